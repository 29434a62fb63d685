//! What can be wrong with a row, and with what is said of a file: the one table of this crate.
//!
//! In come facts, out comes something [said](mihenk_said). `column` is a number from 1, with its heading behind it where there is one.

mihenk_said::sayings! {
    line_too_long(most) = "the line has more than {most} bytes, which no record needs; it was not read";
    quote_open() =
        "a quote is not closed, or a closing quote stands inside a cell; a cell with quotes is written \"so \"\"quoted\"\"\"";
    column_not_utf8(column) = "column {column} is not UTF-8; save the file as UTF-8, or name its encoding";
    column_no_text(column, encoding) = "column {column} has bytes that are no text in {encoding}";
    cells_too_many(cells, right) =
        "the row has {cells} cells, the first row has {right}; a cell that contains the separator stands in quotes";
    cells_too_few(cells, right) = "the row has {cells} cells, the first row has {right}";
    column_beyond(at, most) = "a cell in column {at}; at most {most} columns are read";
    column_holds(name, held) = "column '{name}' holds {held}; expected a text, a number or a list";
    list_not_closed() = "the list is not closed with ], so records may be missing: the file seems to be cut";
    byte_not_utf8(byte) = "byte {byte} is not UTF-8; save the file as UTF-8, or name its encoding";
    no_json_object(what) = "no JSON object: {what}";
    field_no_text(name, what) = "field '{name}': {what}; expected a text, a number, or a list of these";
    half_a_pair() = "half of a surrogate pair";
    too_deep() = "objects or lists too deep in one another";
    field_beyond(name, at, most) = "field '{name}' would be column {at}; at most {most} are read";
    not_an_encoding(name) =
        "'{name}' is no encoding that is known; write for example utf-8, utf-16le, windows-1254, windows-1256";
}
