//! Records that were not taken, in the form in which they came, so that they can be mended and imported again alone.
//!
//! In come records as they were read, out goes a file: rows of text with separators under the same headings in the same line, or
//! JSON objects, one on each line. Why a record was not taken is not in the file but in the report.

use std::path::{Path, PathBuf};

use mihenk_tables::{BETWEEN_VALUES, Cells, Heading, Options};
use serde_json::{Map, Value};

use crate::{
    batch::{Input, Raw},
    error::NodeError,
    folder::write_whole,
};

/// What was not taken so far.
pub(super) struct RejectedFile {
    is_table: bool,
    headings: Vec<String>,
    delimiter: u8,
    heading_row: u64,
    has_encoding: bool,
    rows: Vec<Vec<String>>,
    lines: Vec<u8>,
}

impl RejectedFile {
    pub(super) fn new(input: &Input<'_>, options: &Options) -> RejectedFile {
        RejectedFile {
            is_table: input.headings().is_some() && !input.is_json(),
            headings: input.headings().unwrap_or_default().to_vec(),
            delimiter: options.delimiter.or(input.delimiter()).unwrap_or(b','),
            heading_row: match options.heading {
                Heading::At(row) => row,
                _ => 1,
            },
            has_encoding: options.encoding.is_some(),
            rows: Vec::new(),
            lines: Vec::new(),
        }
    }

    /// Where it goes when nobody says where: beside the file.
    pub(super) fn place(&self, file: &Path) -> PathBuf {
        let mut place = file.as_os_str().to_owned();
        place.push(if self.is_table { ".rejected.csv" } else { ".rejected.jsonl" });
        PathBuf::from(place)
    }

    /// Adds a record; of flat JSON, `headings` are its fields.
    pub(super) fn add(&mut self, raw: &Raw, headings: &[String]) {
        match raw {
            Raw::Query(object) => {
                // One on each line, whatever line breaks it had.
                let one_line =
                    serde_json::from_slice::<Value>(&object.bytes).map(|value| value.to_string().into_bytes());
                self.lines.extend(one_line.unwrap_or_else(|_| object.bytes.clone()));
                self.lines.push(b'\n');
            }
            Raw::Row(row) if self.is_table => {
                self.rows.push(row.cells.iter().map(|cell| cell.replace(BETWEEN_VALUES, ";")).collect());
            }
            Raw::Row(row) => {
                self.lines.extend(object(headings, &row.cells).to_string().into_bytes());
                self.lines.push(b'\n');
            }
        }
    }

    /// Writes the file, if anything was rejected.
    pub(super) fn write(&self, path: &Path) -> Result<bool, NodeError> {
        if self.rows.is_empty() && self.lines.is_empty() {
            return Ok(false);
        }
        let bytes = if self.is_table { self.table()? } else { self.lines.clone() };
        write_whole(path, &bytes)?;
        Ok(true)
    }

    fn table(&self) -> Result<Vec<u8>, NodeError> {
        // The headings stand where the same options look for them, and the text says that it is UTF-8.
        let mut bytes = if self.has_encoding { "\u{FEFF}".as_bytes().to_vec() } else { Vec::new() };
        bytes.extend((1..self.heading_row).map(|_| b'\n'));
        let mut writer = csv::WriterBuilder::new().delimiter(self.delimiter).flexible(true).from_writer(bytes);
        for row in std::iter::once(&self.headings).chain(&self.rows) {
            let written = writer.write_record(row);
            written.map_err(|error| NodeError::Act(format!("rejected records cannot be written: {error}")))?;
        }
        writer.into_inner().map_err(|error| NodeError::Act(format!("rejected records cannot be written: {error}")))
    }
}

fn object(headings: &[String], cells: &Cells) -> Value {
    let mut object = Map::new();
    for (at, heading) in headings.iter().enumerate() {
        let mut values: Vec<Value> = cells.values(at).map(|value| Value::from(value.to_owned())).collect();
        match values.len() {
            0 => {}
            1 => drop(object.insert(heading.clone(), values.remove(0))),
            _ => drop(object.insert(heading.clone(), Value::from(values))),
        }
    }
    Value::Object(object)
}
