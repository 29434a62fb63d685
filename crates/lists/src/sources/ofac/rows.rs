//! The rows of OFAC's CSV files: where one ends, what its fields are, whether the file is whole.
//!
//! In comes a file, out come rows of text fields. The dialect has one record a line, no header, text between quotes,
//! `-0-` for an empty field, and behind the last row a line with the byte 1A, the end mark of CP/M. Rows are cut at
//! line ends before quotes are read, so that one stray quote spoils its own row and not the rest of the file. A row
//! that is not as it should be is a finding of high severity; a file that ends inside a row, or without the end mark
//! that its companions have, is cut. Record layout: OFAC, *Specially Designated Nationals and Blocked Persons: Data
//! Specification*, updated 25 September 2023; its tables are repeated at
//! <https://moov-io.github.io/watchman/file-structure/>.

use std::borrow::Cow;

use mihenk_said::Said;

use crate::{
    error::Error,
    finding::{Finding, Place, Severity, quote},
    input::{Input, decode},
    sayings,
    sources::ofac::is_consolidated_program,
};

/// The byte that OFAC writes behind the last row.
pub(crate) const END_MARK: u8 = 0x1A;

/// What an empty field looks like.
const EMPTY: &str = "-0-";

/// A table of OFAC's files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Table {
    /// `sdn.csv`, `cons_prim.csv`.
    Primary,
    /// `alt.csv`, `cons_alt.csv`.
    Aliases,
    /// `add.csv`, `cons_add.csv`.
    Addresses,
    /// `sdn_comments.csv`, `cons_comments.csv`.
    Comments,
}

impl Table {
    /// The names of its columns, as the specification has them.
    pub(crate) fn columns(self) -> &'static [&'static str] {
        match self {
            Table::Primary => &[
                "ent_num",
                "SDN_Name",
                "SDN_Type",
                "Program",
                "Title",
                "Call_Sign",
                "Vess_type",
                "Tonnage",
                "GRT",
                "Vess_flag",
                "Vess_owner",
                "Remarks",
            ],
            Table::Aliases => &["ent_num", "alt_num", "alt_type", "alt_name", "alt_remarks"],
            Table::Addresses => {
                &["Ent_num", "Add_num", "Address", "City/State/Province/Postal Code", "Country", "Add_remarks"]
            }
            Table::Comments => &["ent_num", "Remarks"],
        }
    }

    /// How many leading columns are numbers.
    fn numbers(self) -> usize {
        if matches!(self, Table::Aliases | Table::Addresses) { 2 } else { 1 }
    }

    fn takes(self, fields: &[Cow<'_, str>]) -> bool {
        let is_number = |field: &Cow<'_, str>| field.trim().parse::<u64>().is_ok();
        fields.len() == self.columns().len() && fields[..self.numbers()].iter().all(is_number)
    }
}

/// One row.
#[derive(Clone, Debug)]
pub(crate) struct Row<'a> {
    /// The line, from 1.
    pub(crate) line: u64,
    fields: Vec<Cow<'a, str>>,
}

impl Row<'_> {
    /// The number of the entity it is about.
    pub(crate) fn number(&self) -> u64 {
        // A row is only made when this is a number.
        self.fields[0].trim().parse().unwrap_or_default()
    }

    /// The field in that column, empty for `-0-`.
    pub(crate) fn field(&self, column: usize) -> &str {
        let field = self.raw(column).trim();
        if field == EMPTY { "" } else { field }
    }

    /// The field as it stands, with the spaces at its ends: a remark of exactly the size limit goes on elsewhere.
    pub(crate) fn raw(&self, column: usize) -> &str {
        self.fields.get(column).map_or("", |field| field)
    }
}

/// One file.
pub(crate) struct Sheet<'a> {
    /// Its name.
    pub(crate) file: &'a str,
    /// Whether it ended with the end mark.
    pub(crate) end_mark: bool,
    table: Table,
    text: Cow<'a, str>,
    bytes: u64,
    legacy: bool,
}

impl<'a> Sheet<'a> {
    /// Takes a file as that table.
    pub(crate) fn open(input: &'a Input, table: Table) -> Sheet<'a> {
        let body = input.body();
        let trimmed = body.trim_ascii_end();
        let before_mark = trimmed.strip_suffix(&[END_MARK]);
        let (text, legacy) = decode(before_mark.unwrap_or(body));
        let end_mark = before_mark.is_some();
        Sheet { file: &input.name, end_mark, table, text, bytes: input.bytes.len() as u64, legacy }
    }

    /// Its rows; what cannot be read goes to the findings.
    pub(crate) fn rows(&self, findings: &mut Vec<Finding>) -> Result<Vec<Row<'_>>, Error> {
        let mut rows = Vec::new();
        let lines = self.text.split('\n').filter(|line| !line.trim().is_empty()).count() as u64;
        let mut seen = 0;
        for (line, text) in (1..).zip(self.text.split('\n')).filter(|(_, text)| !text.trim().is_empty()) {
            seen += 1;
            let (fields, closed) = fields(text);
            let whole = closed && self.table.takes(&fields);
            let last_without_end = seen == lines && !self.end_mark && (!whole || !self.text.ends_with('\n'));
            if last_without_end {
                return Err(self.cut(line, fields.len(), text));
            }
            if whole {
                rows.push(Row { line, fields });
            } else {
                findings.push(self.broken(line, fields.len(), text));
            }
        }
        if self.legacy {
            let found = sayings::found_bytes_no_utf8();
            let expected = sayings::read_as_windows_1252();
            findings.push(self.finding(None, found, expected, Severity::Medium));
        }
        Ok(rows)
    }

    fn cut(&self, line: u64, count: usize, text: &str) -> Error {
        let columns = self.table.columns().len();
        let found = match count.cmp(&columns) {
            std::cmp::Ordering::Equal => sayings::last_row_open(quote(tail(text))),
            _ => sayings::last_row_short(count, columns, quote(text)),
        };
        let expected = sayings::ofac_whole_rows();
        Error::Cut { file: self.file.to_owned(), line, byte: self.bytes, found, expected }
    }

    /// The error for a file that ends at a row's end, when its companions have end marks.
    pub(crate) fn cut_before_mark(&self, companion: &str) -> Error {
        let expected = sayings::ofac_end_mark(companion);
        let line = self.text.split('\n').filter(|line| !line.trim().is_empty()).count() as u64;
        let found = sayings::ofac_without_mark();
        Error::Cut { file: self.file.to_owned(), line, byte: self.bytes, found, expected }
    }

    fn broken(&self, line: u64, count: usize, text: &str) -> Finding {
        let columns = self.table.columns();
        let found = sayings::found_row_of(count, quote(text));
        let expected = sayings::row_columns(columns.len(), columns.join(", "));
        self.finding(Some(line), found, expected, Severity::High)
    }

    /// A finding about this file.
    pub(crate) fn finding(
        &self,
        line: Option<u64>,
        found: impl Into<Said>,
        expected: Said,
        severity: Severity,
    ) -> Finding {
        Finding {
            file: self.file.to_owned(),
            place: Place { line, ..Place::default() },
            found: found.into(),
            expected,
            severity,
        }
    }
}

fn tail(text: &str) -> &str {
    let start = text.char_indices().rev().nth(60).map_or(0, |(at, _)| at);
    &text[start..]
}

/// The fields of a line, and whether its quotes are closed.
fn fields(line: &str) -> (Vec<Cow<'_, str>>, bool) {
    let mut fields = Vec::with_capacity(12);
    let mut rest = line.strip_suffix('\r').unwrap_or(line);
    loop {
        let unspaced = rest.trim_start_matches(' ');
        let (field, behind, closed) = match unspaced.strip_prefix('"') {
            Some(quoted) => quoted_field(quoted),
            None => {
                let end = rest.find(',').unwrap_or(rest.len());
                (Cow::Borrowed(&rest[..end]), &rest[end..], true)
            }
        };
        fields.push(field);
        match behind.trim_start_matches(' ').strip_prefix(',') {
            Some(next) if closed => rest = next,
            _ => return (fields, closed && behind.trim().is_empty()),
        }
    }
}

/// A field behind its opening quote: its text with doubled quotes made single, what follows, and whether it was closed.
fn quoted_field(text: &str) -> (Cow<'_, str>, &str, bool) {
    let mut doubled = false;
    let mut from = 0;
    while let Some(at) = text[from..].find('"').map(|at| from + at) {
        if !text[at + 1..].starts_with('"') {
            let field = &text[..at];
            let field = if doubled { Cow::Owned(field.replace("\"\"", "\"")) } else { Cow::Borrowed(field) };
            return (field, &text[at + 1..], true);
        }
        doubled = true;
        from = at + 2;
    }
    (Cow::Borrowed(text), "", false)
}

/// The table that a line is a row of.
pub(crate) fn table_of(line: &str) -> Option<Table> {
    let (fields, closed) = fields(line);
    let tables = [Table::Primary, Table::Aliases, Table::Addresses, Table::Comments];
    tables.into_iter().find(|table| closed && table.takes(&fields))
}

/// The entity numbers with which the lines of a file begin.
pub(crate) fn entity_numbers(body: &[u8]) -> impl Iterator<Item = u64> {
    body.split(|&b| b == b'\n').filter_map(|line| {
        let number = line.split(|&b| b == b',').next()?;
        std::str::from_utf8(number).ok()?.trim().parse().ok()
    })
}

/// Whether a primary file is the consolidated (non-SDN) list: most of its rows are under programmes that do not block.
///
/// Both lists have the same form and no name. Some SDN rows carry such programmes too, hence *most*.
pub(crate) fn is_consolidated(body: &[u8]) -> bool {
    let (text, _) = decode(body);
    let (mut marked, mut rows) = (0usize, 0usize);
    for line in text.split('\n') {
        let (fields, _) = fields(line);
        let Some(program) = fields.get(3).filter(|_| Table::Primary.takes(&fields)) else { continue };
        rows += 1;
        marked += usize::from(programs(program).any(is_consolidated_program));
    }
    marked * 2 > rows
}

/// The programmes of a field such as `SDGT] [IRGC`.
pub(crate) fn programs(field: &str) -> impl Iterator<Item = &str> {
    field.split(['[', ']']).map(str::trim).filter(|program| !program.is_empty() && *program != EMPTY)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn texts(line: &str) -> (Vec<String>, bool) {
        let (fields, closed) = fields(line);
        (fields.into_iter().map(Cow::into_owned).collect(), closed)
    }

    fn read(bytes: &[u8], table: Table) -> (Result<Vec<u64>, String>, Vec<Finding>) {
        let input = Input { name: "x.csv".to_owned(), bytes: bytes.to_vec() };
        let mut findings = Vec::new();
        let sheet = Sheet::open(&input, table);
        let rows = sheet.rows(&mut findings).map(|rows| rows.iter().map(Row::number).collect());
        (rows.map_err(|error| error.to_string()), findings)
    }

    #[test]
    fn fields_are_read_with_their_quotes() {
        let (fields, closed) = texts("12,\"A, \"\"B\"\"\",-0- ,\"\", x\r");
        assert_eq!(fields, ["12", "A, \"B\"", "-0- ", "", " x"]);
        assert!(closed);
        assert!(!texts("12,\"A, B").1, "the quote is open");
        assert!(!texts("12,\"A\" B,C").1, "text behind a closing quote");
        assert_eq!(texts("").0, [""]);
    }

    #[test]
    fn a_stray_quote_spoils_one_row_and_is_reported() {
        let (rows, findings) = read(b"1,\"a\"\r\n2,\"b\r\n3,\"c\"\r\n\x1A", Table::Comments);
        assert_eq!(rows, Ok(vec![1, 3]));
        assert_eq!(findings.len(), 1);
        assert_eq!((findings[0].place.line, findings[0].severity), (Some(2), Severity::High));
    }

    #[test]
    fn a_file_that_ends_in_a_row_is_cut() {
        for cut in ["1,\"a\"\r\n2,\"b", "1,\"a\"\r\n2", "1,\"a\"\r\n2,\"b\"", "1,\"a\"\r\n2,\"b\",3\r\n"] {
            let (rows, _) = read(cut.as_bytes(), Table::Comments);
            let error = rows.unwrap_err();
            assert!(error.contains("line 2") && error.contains("cut in the middle"), "{error}");
        }
        assert!(read(b"1,\"a\"\r\n2,\"b\"\r\n", Table::Comments).0.is_ok());
    }

    #[test]
    fn old_encodings_are_read_and_reported() {
        let (rows, findings) = read(b"1,\"G\xF3mez\"\r\n\x1A", Table::Comments);
        assert_eq!((rows, findings.len()), (Ok(vec![1]), 1));
    }

    #[test]
    fn the_consolidated_list_is_told_by_its_programmes() {
        let row = |program: &str| format!("1,\"A\",-0- ,\"{program}\"{}\r\n", ",-0- ".repeat(8));
        let consolidated = row("NS-PLC") + &row("UKRAINE-EO13662] [RUSSIA-EO14024") + &row("BURMA-EO14014");
        assert!(is_consolidated(consolidated.as_bytes()));
        let sdn = row("SDGT] [NS-PLC") + &row("SDGT") + &row("CUBA");
        assert!(!is_consolidated(sdn.as_bytes()));
        assert_eq!(programs("FTO] [SDGT] [CAATSA - RUSSIA").collect::<Vec<_>>(), ["FTO", "SDGT", "CAATSA - RUSSIA"]);
    }

    proptest! {
        #[test]
        fn any_line_has_fields(line in "[\"a, 0\\-]{0,30}|\\PC{0,40}") {
            let (fields, _) = fields(&line);
            prop_assert!(!fields.is_empty());
        }

        #[test]
        fn any_bytes_give_rows_or_an_error(bytes in prop::collection::vec(any::<u8>(), 0..120)) {
            let _ = read(&bytes, Table::Aliases);
            let _ = is_consolidated(&bytes);
        }
    }
}
