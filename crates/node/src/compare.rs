//! Compares two names, or a file of pairs.
//!
//! In come two names and what they name, out comes the evidence that one and the same is meant, with its waterfall. For
//! files: CSV with the columns `schema`, `name1`, `name2`; other columns are kept, and `score`, `probability`, `bits` and
//! `error` are appended.

use std::io::{Read, Write};

use mihenk_entities::Schema;
use mihenk_screening::{
    compare::{Compared, compare},
    model::{Model, calibration::BaseRate},
    record::NAME_LEN_MAX,
};
use rayon::prelude::*;

use crate::{answer::share, error::NodeError};

/// Compares two names.
///
/// # Errors
/// When a name is empty, too long or has no letters, or the schema is unknown.
pub fn names(model: &Model, schema: &str, first: &str, second: &str, base_rate: BaseRate) -> Result<Compared, String> {
    let schema = Schema::named(schema)
        .ok_or_else(|| format!("schema '{schema}' is not a FollowTheMoney schema; write for example Person"))?;
    for (which, name) in [("name1", first), ("name2", second)] {
        if name.trim().is_empty() {
            return Err(format!("{which} is empty"));
        }
        if name.len() > NAME_LEN_MAX {
            return Err(format!("{which} has {} bytes; at most {NAME_LEN_MAX} are read", name.len()));
        }
    }
    compare(model, schema, first, second, base_rate).ok_or_else(|| "a name has neither letters nor digits".to_owned())
}

/// What became of a file of pairs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Pairs read.
    pub pairs: u64,
    /// Pairs at or above the threshold.
    pub matched: u64,
    /// Pairs that could not be compared.
    pub errors: u64,
    /// The first few errors.
    pub first_errors: Vec<String>,
}

/// Compares every row of a CSV file.
///
/// # Errors
/// When the file cannot be read or written, or lacks a column.
pub fn file(
    model: &Model,
    name: &str,
    input: impl Read,
    output: impl Write,
    base_rate: BaseRate,
    threshold: f64,
) -> Result<Summary, NodeError> {
    let wrong = |what: String| NodeError::Input { file: name.to_owned(), what };
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(input);
    let header = reader.headers().map_err(|e| wrong(e.to_string()))?.clone();
    let column = |wanted: &str| {
        let at = header.iter().position(|c| c.trim_start_matches('\u{FEFF}').eq_ignore_ascii_case(wanted));
        at.ok_or_else(|| wrong(format!("the first row has no column '{wanted}'; expected schema,name1,name2")))
    };
    let columns = [column("schema")?, column("name1")?, column("name2")?];
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(output);
    let appended = ["score", "probability", "bits", "error"];
    writer.write_record(header.iter().chain(appended)).map_err(|e| wrong(e.to_string()))?;
    let mut summary = Summary::default();
    let mut rows = reader.into_byte_records();
    loop {
        let chunk: Vec<_> = rows.by_ref().take(4_096).collect();
        if chunk.is_empty() {
            break;
        }
        let done: Vec<(Vec<String>, Result<Compared, String>)> =
            chunk.into_par_iter().map(|row| compare_row(model, row, columns, header.len(), base_rate)).collect();
        for (cells, result) in done {
            let line = summary.pairs + 2;
            summary.pairs += 1;
            let told = tell(&mut summary, line, &result, threshold);
            writer
                .write_record(cells.iter().map(String::as_str).chain(told.iter().map(String::as_str)))
                .map_err(|e| wrong(e.to_string()))?;
        }
    }
    writer.flush().map_err(NodeError::io(name))?;
    Ok(summary)
}

type CsvRow = Result<csv::ByteRecord, csv::Error>;

fn compare_row(
    model: &Model,
    row: CsvRow,
    columns: [usize; 3],
    width: usize,
    base_rate: BaseRate,
) -> (Vec<String>, Result<Compared, String>) {
    let row = match row {
        Ok(row) => row,
        Err(e) => return (vec![String::new(); width], Err(e.to_string())),
    };
    let bad = row.iter().position(|cell| std::str::from_utf8(cell).is_err());
    let mut cells: Vec<String> = row.iter().map(|cell| String::from_utf8_lossy(cell).into_owned()).collect();
    cells.resize(width.max(cells.len()), String::new());
    if let Some(bad) = bad {
        return (cells, Err(format!("column {} is not UTF-8; save the file as UTF-8", bad + 1)));
    }
    let [schema, first, second] = columns.map(|c| cells.get(c).map_or("", |c| c.trim()));
    let result = names(model, schema, first, second, base_rate);
    (cells, result)
}

/// The appended cells, and the counts.
fn tell(summary: &mut Summary, line: u64, result: &Result<Compared, String>, threshold: f64) -> [String; 4] {
    match result {
        Ok(compared) => {
            summary.matched += u64::from(compared.score.as_f64() >= threshold);
            [
                format!("{:.4}", compared.score.as_f64()),
                format!("{:.6}", share(compared.probability)),
                format!("{:.2}", compared.bits.as_f64()),
                String::new(),
            ]
        }
        Err(what) => {
            summary.errors += 1;
            if summary.first_errors.len() < 5 {
                summary.first_errors.push(format!("line {line}: {what}"));
            }
            [String::new(), String::new(), String::new(), what.clone()]
        }
    }
}
