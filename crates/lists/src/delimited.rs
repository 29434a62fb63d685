//! Tables as text: rows of fields with a header, separated by commas or semicolons.
//!
//! In comes a file; out come the names of its columns and [`Row`]s with the line on which each begins. The dialect is that of
//! RFC 4180 with any separator: quotes around a field, doubled inside it, line breaks allowed between them. A row with more or
//! fewer fields than the header is reported and left out. A file that ends inside a row is [`Error::Cut`]; one that may have been
//! cut in its very last field is reported; one that was cut between two rows cannot be told from a whole one. Text that is not UTF-8 is read as Windows-1252 and reported.

use crate::{
    error::Error,
    finding::{Finding, Place, Severity, quote},
    input::{Input, decode},
    sayings,
};

/// One row.
#[derive(Debug)]
pub(crate) struct Row {
    /// The line on which it begins, from 1.
    pub(crate) line: u64,
    /// Its fields, as many as the table has columns.
    pub(crate) fields: Vec<String>,
}

/// A table.
#[derive(Debug)]
pub(crate) struct Table {
    /// What stands above the header.
    pub(crate) preamble: Vec<Vec<String>>,
    /// The names of its columns.
    pub(crate) columns: Vec<String>,
    /// Its rows.
    pub(crate) rows: Vec<Row>,
}

impl Table {
    /// Reads a file whose header is the first row that `is_header` accepts.
    pub(crate) fn read(
        input: &Input,
        separator: u8,
        is_header: fn(&[String]) -> bool,
        findings: &mut Vec<Finding>,
    ) -> Result<Table, Error> {
        let (text, legacy) = decode(input.body());
        if legacy {
            let expected = sayings::read_as_windows_1252();
            let place = Place::default();
            let found = sayings::found_bytes_no_utf8();
            findings.push(Finding { file: input.name.clone(), place, found, expected, severity: Severity::Medium });
        }
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(separator)
            .flexible(true)
            .has_headers(false)
            .from_reader(text.as_bytes());
        let mut table = Table { preamble: Vec::new(), columns: Vec::new(), rows: Vec::new() };
        let mut last = (0, 1);
        let mut record = csv::StringRecord::new();
        // Reading from memory, and text that is UTF-8: neither can fail.
        while reader.read_record(&mut record).unwrap_or(false) {
            let (line, byte) = record.position().map_or((0, 0), |position| (position.line(), position.byte()));
            let line = line + empty_lines_at(&text, byte);
            let fields: Vec<String> = record.iter().map(str::to_owned).collect();
            last = (byte, line);
            if table.columns.is_empty() {
                match is_header(&fields) {
                    true => table.columns = fields.iter().map(|name| name.trim().to_owned()).collect(),
                    false => table.preamble.push(fields),
                }
            } else if fields.len() == table.columns.len() {
                table.rows.push(Row { line, fields });
            } else {
                findings.push(broken(input, line, fields.len(), table.columns.len(), &fields.join(" ")));
            }
        }
        table.refuse_if_cut(input, &text, separator, last, findings)?;
        if !text.ends_with(['\n', '\r']) {
            let place = Place { line: Some(last.1), ..Place::default() };
            let found = sayings::found_no_line_end();
            let expected = sayings::perhaps_cut();
            findings.push(Finding { file: input.name.clone(), place, found, expected, severity: Severity::Medium });
        }
        Ok(table)
    }

    /// The number of a column, whatever the case of its name.
    pub(crate) fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.eq_ignore_ascii_case(name))
    }

    /// The last row is not whole: it has too few fields, or its last one is not closed.
    fn refuse_if_cut(
        &self,
        input: &Input,
        text: &str,
        separator: u8,
        (byte, line): (u64, u64),
        findings: &[Finding],
    ) -> Result<(), Error> {
        let rest = text.get(byte as usize..).unwrap_or("");
        let (open, count) = end_of(rest, separator);
        let short =
            findings.last().is_some_and(|finding| finding.place.line == Some(line) && count < self.columns.len());
        if !open && !short {
            return Ok(());
        }
        let found = match open {
            true => sayings::last_row_open(quote(rest)),
            false => sayings::last_row_short(count, self.columns.len(), quote(rest)),
        };
        let expected = sayings::whole_rows();
        let last_line = crate::input::line_of(&input.bytes, input.bytes.trim_ascii_end().len());
        Err(Error::Cut { file: input.name.clone(), line: last_line, byte: input.bytes.len() as u64, found, expected })
    }
}

/// Line ends that the reader skips before a row.
fn empty_lines_at(text: &str, byte: u64) -> u64 {
    let rest = text.as_bytes().get(byte as usize..).unwrap_or_default();
    rest.iter().take_while(|byte| matches!(byte, b'\n' | b'\r')).filter(|byte| **byte == b'\n').count() as u64
}

/// Whether the last row of a text ends between quotes, and how many fields it has.
fn end_of(row: &str, separator: u8) -> (bool, usize) {
    let (mut quoted, mut count, mut at_start) = (false, 1, true);
    for &byte in row.trim_start_matches(['\n', '\r']).as_bytes() {
        match byte {
            b'"' if quoted || at_start => quoted = !quoted,
            b'\r' => continue,
            _ if byte == separator && !quoted => {
                count += 1;
                at_start = true;
                continue;
            }
            _ => {}
        }
        // Behind a closing quote another one opens the field again: it was doubled.
        at_start = byte == b'"' && !quoted;
    }
    (quoted, count)
}

fn broken(input: &Input, line: u64, count: usize, columns: usize, text: &str) -> Finding {
    Finding {
        file: input.name.clone(),
        place: Place { line: Some(line), ..Place::default() },
        found: sayings::found_row_of(count, quote(text)),
        expected: sayings::row_fields(columns),
        severity: Severity::High,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(bytes: &[u8]) -> (Result<Table, Error>, Vec<Finding>) {
        let input = Input { name: "x.csv".to_owned(), bytes: bytes.to_vec() };
        let mut findings = Vec::new();
        let table = Table::read(&input, b';', |row| row.iter().any(|name| name == "id"), &mut findings);
        (table, findings)
    }

    #[test]
    fn rows_have_their_lines() {
        let (table, findings) = read("Made;1\n\u{FEFF}id;name\n1;\"A; \"\"B\"\"\n C\"\n\n2;Ö\r\n".as_bytes());
        // A mark inside the file is text, not a mark.
        assert!(table.is_ok() && findings.is_empty());
        let (table, findings) = read(b"\xEF\xBB\xBFMade;1\nid;name\n1;\"A; \"\"B\"\"\n C\"\n\n2;\xC3\x96\r\n");
        let table = table.unwrap();
        assert_eq!((table.preamble.len(), table.column("NAME")), (1, Some(1)));
        let rows: Vec<(u64, &str)> = table.rows.iter().map(|row| (row.line, row.fields[1].as_str())).collect();
        assert_eq!(rows, [(3, "A; \"B\"\n C"), (6, "Ö")]);
        assert!(findings.is_empty());
    }

    #[test]
    fn a_row_of_another_length_is_reported_and_one_at_the_end_is_a_cut_file() {
        let (table, findings) = read(b"id;name\n1;A;x\n2;B\n");
        assert_eq!(table.unwrap().rows.len(), 1);
        assert_eq!((findings[0].place.line, findings[0].severity), (Some(2), Severity::High));
        for cut in ["id;name\n1;A\n2", "id;name\n1;A\n2;\"B", "id;name\n1;A\n2;\"B\"\"", "id;name\n1;\"A;\n2;B\n"] {
            let error = read(cut.as_bytes()).0.unwrap_err().to_string();
            assert!(error.contains("cut in the middle") && error.contains("the last row"), "{cut:?}: {error}");
        }
    }

    #[test]
    fn old_encodings_are_read_and_reported() {
        let (table, findings) = read(b"id;name\n1;G\xF3mez\n");
        assert_eq!((table.unwrap().rows[0].fields[1].as_str(), findings.len()), ("Gómez", 1));
    }

    proptest! {
        #[test]
        fn any_bytes_give_rows_or_an_error(bytes in prop::collection::vec(any::<u8>(), 0..80), text in "[id;name\"\r\n1]{0,60}") {
            let _ = read(&bytes);
            let _ = read(format!("id;name\n{text}").as_bytes());
        }
    }
}
