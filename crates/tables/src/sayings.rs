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

    // Why a file is no table
    in_file(file, what) = "{file}: {what}";
    in_line(line, what) = "line {line}: {what}";
    in_row(row, what) = "row {row}: {what}";
    is_a_folder() = "a folder; give a file";
    is_no_text() = "no text but a workbook or a table in binary form";
    is_a_pdf() = "a PDF document; take the table as CSV or XLSX";
    is_old_office() = "an old Office document, or one with a password; save it as XLSX without password";
    is_packed(form) = "{form}; unpack it first";
    is_rtf() = "an RTF document; save the table as CSV or XLSX";
    is_markup() = "markup (HTML or XML), no table; save it as CSV or XLSX";
    is_binary() = "binary data (it has NUL bytes), no table";
    is_utf16() = "the file is UTF-16; save it as UTF-8";
    lines_end_with_cr() = "the lines end with CR alone; save the file with LF or CR LF";
    table_is_empty() = "the file is empty; expected a first row with the names of the columns";
    sheet_is_empty() = "the sheet is empty; expected a first row with the names of the columns";
    columns_too_many(count, most) = "{count} columns; a table has {most} at most";
    more_than_memory(most) =
        "more than {most} bytes that would be held in memory; unpack it to a file and give that";
    unpacks_to_too_much(packed, out) =
        "{packed} bytes unpack to more than {out} bytes, which no table does; it was not read on";
    gzip_cut() = "the gzip file is cut; fetch or pack it again";
    gzip_damaged(what) = "the gzip file is damaged ({what}); fetch or pack it again";
    zip_broken(what) = "the file is damaged or cut ({what}); fetch or save it again";
    workbook_damaged() = "the workbook is damaged; save it again";
    workbook_broken(what) = "the workbook is damaged or cut ({what}); save it again";
    workbook_ends_early() = "the workbook could not be read to its end";
    workbook_has_password() = "the workbook has a password; save it without one";
    zip_is_no_workbook(what) =
        "a ZIP archive, but no workbook of Excel with a sheet of cells ({what}); save the table as XLSX or CSV";
    no_such_sheet(name, known) = "the workbook has no sheet '{name}'; it has {known}";
    no_sheet_of_cells() = "the workbook has no sheet of cells";
    parquet_unreadable(what) = "the Parquet file cannot be read: {what}";
    parquet_damaged() = "the Parquet file is damaged; write it again";
    parquet_left_out() =
        "an Apache Parquet file, which this program was built without (feature 'parquet'); save it as CSV";
}
