//! Lists that are published as workbooks, or that somebody saved as CSV.
//!
//! In comes a file; out come its [`Sheet`]s with all their rows, each with its number. `mihenk-tables` reads workbooks, with its
//! guards against files that unpack to more than any table does; where a heading stands is for the source to say, since titles
//! may stand above it. A row that is wrong is reported and left out.

use mihenk_tables::{Heading, Options, Table};

use crate::{
    delimited::{self, Row},
    error::Error,
    finding::{Finding, Place, Severity, quote},
    input::Input,
    sayings,
};

/// Rows at the beginning of a sheet among which its heading is looked for.
const HEADING_WITHIN: usize = 20;

/// A sheet.
pub(crate) struct Sheet {
    /// Its name; empty for CSV.
    pub(crate) name: String,
    /// Its rows that are not blank, the heading and titles among them.
    pub(crate) rows: Vec<Row>,
}

/// A sheet whose heading was found.
pub(crate) struct Headed<'s> {
    /// The names of its columns.
    pub(crate) columns: &'s [String],
    /// The rows below the heading.
    pub(crate) rows: &'s [Row],
}

impl Sheet {
    /// The sheet from its heading on, which is the first row that `is_heading` accepts.
    pub(crate) fn headed(&self, is_heading: fn(&[String]) -> bool) -> Option<Headed<'_>> {
        let at = self.rows.iter().take(HEADING_WITHIN).position(|row| is_heading(&row.fields))?;
        Some(Headed { columns: &self.rows[at].fields, rows: &self.rows[at + 1..] })
    }
}

/// Whether the content is a ZIP file, as a workbook is.
pub(crate) fn is_packed(body: &[u8]) -> bool {
    body.starts_with(b"PK\x03\x04")
}

/// Reads all sheets of a file; what is no workbook is taken for a table whose heading `is_heading` accepts.
pub(crate) fn sheets(
    input: &Input,
    is_heading: fn(&[String]) -> bool,
    findings: &mut Vec<Finding>,
) -> Result<Vec<Sheet>, Error> {
    if !is_packed(&input.bytes) {
        let table = delimited::Table::read(input, separator(input), is_heading, findings)?;
        // The heading is a row of the sheet, wherever it stood.
        let heading = Row { line: 1, fields: table.columns };
        return Ok(vec![Sheet { name: String::new(), rows: std::iter::once(heading).chain(table.rows).collect() }]);
    }
    let mut sheets = Vec::new();
    for name in mihenk_tables::sheets(&input.name, &input.bytes)? {
        let options = Options { sheet: Some(name.clone()), heading: Heading::Nowhere, ..Options::default() };
        let mut table = Table::read(&input.name, input.bytes.as_slice(), &options)?;
        let mut rows = Vec::new();
        while let Some(row) = table.next()? {
            // A carriage return inside a cell, as Excel escapes it (ECMA-376, part 1, 22.9.2.19).
            let fields: Vec<String> = row.cells.iter().map(|cell| cell.replace("_x000D_", "\n")).collect();
            match row.problem {
                None => rows.push(Row { line: row.number, fields }),
                Some(problem) => findings.push(Finding {
                    file: input.name.clone(),
                    place: Place { line: Some(row.number), ..Place::default() },
                    found: quote(&fields.join(" ")).into(),
                    expected: sayings::row_not_read_as(problem),
                    severity: Severity::High,
                }),
            }
        }
        sheets.push(Sheet { name, rows });
    }
    Ok(sheets)
}

/// What stands between the fields of a table as text: what there is most of at its beginning.
fn separator(input: &Input) -> u8 {
    let head = &input.body()[..input.body().len().min(4096)];
    let count = |separator: u8| head.iter().filter(|byte| **byte == separator).count();
    if count(b';') > count(b',') { b';' } else { b',' }
}
