//! Compares two names, or a file of pairs.
//!
//! In come two names and what they name, out comes the evidence that one and the same is meant, with its waterfall. For
//! files: CSV with the columns `schema`, `name1`, `name2`; other columns are kept, and `score`, `probability`, `bits` and
//! `error` are appended.

use std::io::{BufRead, Write};

use mihenk_entities::Schema;
use mihenk_names::{Name, tokenize};
use mihenk_screening::{
    compare::{Compared, compare},
    model::{Model, calibration::BaseRate},
    record::{NAME_LEN_MAX, bearers},
};
use rayon::prelude::*;

use crate::{
    answer::share,
    error::NodeError,
    query::schema_of,
    rows::{LINE_LEN_MAX, Row, Rows},
};

/// Pairs that are read before they are compared together.
const CHUNK: usize = 4_096;
/// Bytes of pairs that are read before they are compared together; more only if one row alone has more.
const CHUNK_BYTES: usize = 2 * LINE_LEN_MAX;

/// Compares two names.
///
/// # Errors
/// When a name is empty, too long or has no letters, or the schema is unknown.
pub fn names(model: &Model, schema: &str, first: &str, second: &str, base_rate: BaseRate) -> Result<Compared, String> {
    let named = schema_of(schema).map_err(|e| format!("schema: {e}"))?;
    let schema = Schema::named(named).ok_or_else(|| format!("schema '{named}' is unknown"))?;
    for (which, name) in [("name1", first), ("name2", second)] {
        if name.trim().is_empty() {
            return Err(format!("{which} is empty"));
        }
        if name.len() > NAME_LEN_MAX {
            return Err(format!("{which} has {} bytes; at most {NAME_LEN_MAX} are read", name.len()));
        }
        if tokenize(name).is_empty() {
            return Err(format!("{which} has neither letters nor digits"));
        }
        if bearers(schema).iter().all(|&bearer| Name::is_only_titles(name, bearer)) {
            return Err(format!("{which} is nothing but titles or a legal form; give the name itself"));
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

/// A file of pairs, of which the header was read.
#[derive(Debug)]
pub struct Pairs<R> {
    name: String,
    rows: Rows<R>,
    columns: [usize; 3],
}

impl<R: BufRead> Pairs<R> {
    /// Reads the header, so that a file of the wrong kind is refused before anything is written.
    ///
    /// # Errors
    /// When the file cannot be read or lacks a column.
    pub fn open(name: &str, input: R) -> Result<Pairs<R>, NodeError> {
        let wrong = |what: String| NodeError::Input { file: name.to_owned(), what };
        let rows = Rows::open(input).map_err(NodeError::io(name))?.map_err(wrong)?;
        let column = |wanted: &str| {
            let at = rows.header.iter().position(|c| c.trim().eq_ignore_ascii_case(wanted));
            at.ok_or_else(|| wrong(format!("the first row has no column '{wanted}'; expected schema,name1,name2")))
        };
        let columns = [column("schema")?, column("name1")?, column("name2")?];
        Ok(Pairs { name: name.to_owned(), rows, columns })
    }

    fn chunk(&mut self) -> std::io::Result<Vec<Row>> {
        let (mut chunk, mut bytes) = (Vec::new(), 0);
        while chunk.len() < CHUNK && bytes < CHUNK_BYTES {
            let Some(row) = self.rows.next()? else { break };
            bytes += row.cells.iter().map(String::len).sum::<usize>();
            chunk.push(row);
        }
        Ok(chunk)
    }
}

/// Compares every row of a CSV file. `progress` is told the bytes read so far.
///
/// # Errors
/// When the file cannot be read or the output written.
pub fn file<R: BufRead>(
    model: &Model,
    mut pairs: Pairs<R>,
    output: impl Write,
    base_rate: BaseRate,
    threshold: f64,
    mut progress: impl FnMut(u64),
) -> Result<Summary, NodeError> {
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(output);
    let failed = |e: csv::Error| NodeError::Output { source: e.into() };
    let appended = ["score", "probability", "bits", "error"];
    writer.write_record(pairs.rows.header.iter().map(String::as_str).chain(appended)).map_err(failed)?;
    let mut summary = Summary::default();
    loop {
        let chunk = pairs.chunk().map_err(NodeError::io(&pairs.name))?;
        if chunk.is_empty() {
            writer.flush().map_err(|source| NodeError::Output { source })?;
            return Ok(summary);
        }
        let (columns, width) = (pairs.columns, pairs.rows.header.len());
        let compared: Vec<(Row, Result<Compared, String>)> = chunk
            .into_par_iter()
            .map(|mut row| {
                let result = compare_row(model, &row, columns, base_rate);
                // What is appended stands in its own columns, also behind a row of another length.
                row.cells.resize(width, String::new());
                (row, result)
            })
            .collect();
        for (row, result) in compared {
            let told = summary.count(row.line, &result, threshold);
            writer.write_record(row.cells.iter().chain(&told)).map_err(failed)?;
        }
        progress(pairs.rows.bytes());
    }
}

fn compare_row(model: &Model, row: &Row, columns: [usize; 3], base_rate: BaseRate) -> Result<Compared, String> {
    if let Some(problem) = &row.problem {
        return Err(problem.clone());
    }
    let [schema, first, second] = columns.map(|c| row.cells.get(c).map_or("", |c| c.trim()));
    names(model, schema, first, second, base_rate)
}

impl Summary {
    /// Counts a pair; gives the cells that are appended.
    fn count(&mut self, line: u64, result: &Result<Compared, String>, threshold: f64) -> [String; 4] {
        const FIRST_ERRORS: usize = 5;
        self.pairs += 1;
        match result {
            Ok(compared) => {
                self.matched += u64::from(compared.score.as_f64() >= threshold);
                [
                    format!("{:.4}", compared.score.as_f64()),
                    format!("{:.6}", share(compared.probability)),
                    format!("{:.2}", compared.bits.as_f64()),
                    String::new(),
                ]
            }
            Err(what) => {
                self.errors += 1;
                if self.first_errors.len() < FIRST_ERRORS {
                    self.first_errors.push(format!("line {line}: {what}"));
                }
                [String::new(), String::new(), String::new(), what.clone()]
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn compared(csv: &str) -> (Summary, Vec<String>) {
        let mut out = Vec::new();
        let pairs = Pairs::open("pairs.csv", csv.as_bytes()).unwrap();
        let summary = file(&Model::built_in(), pairs, &mut out, BaseRate::EVEN, 0.70, |_| {}).unwrap();
        (summary, String::from_utf8(out).unwrap().lines().map(str::to_owned).collect())
    }

    #[test]
    fn columns_are_kept_and_the_evidence_is_appended() {
        let (summary, lines) =
            compared("case,Schema,name1,name2\n1,Person,Ali Shamkhani,علی شمخانی\n2,Person,Ali Shamkhani,John Smith\n");
        assert_eq!((summary.pairs, summary.matched, summary.errors), (2, 1, 0));
        assert_eq!(lines[0], "case,Schema,name1,name2,score,probability,bits,error");
        assert!(lines[1].starts_with("1,Person,Ali Shamkhani,علی شمخانی,0."), "{}", lines[1]);
    }

    #[test]
    fn a_row_that_cannot_be_compared_says_why_in_its_place() {
        let (summary, lines) = compared(
            "schema,name1,name2,note\nPerson,,B,x\nPirson,A,B,x\nPerson,A,B\nPerson,A,B,x,y\nPerson,Dr.,B,x\n\
             Person,\"A,B,x\nPerson,Ali,Ali,x\n",
        );
        assert_eq!((summary.pairs, summary.errors), (7, 6));
        for (line, expected) in lines.iter().skip(1).zip([
            "Person,,B,x,,,,name1 is empty",
            "Pirson,A,B,x,,,,\"schema: 'Pirson' is not",
            "Person,A,B,,,,,\"the row has 3 cells, the first row has 4",
            "Person,A,B,x,,,,\"the row has 5 cells, the first row has 4",
            "Person,Dr.,B,x,,,,name1 is nothing but titles",
            "Person,\"\"\"A\",B,x,,,,\"a quote is not closed",
            "Person,Ali,Ali,x,0.",
        ]) {
            assert!(line.starts_with(expected), "{line} / {expected}");
        }
        assert_eq!(summary.first_errors[0], "line 2: name1 is empty");
    }

    #[test]
    fn a_file_without_the_columns_is_refused() {
        for (csv, expected) in [("", "is empty"), ("name1,name2\n", "'schema'"), ("schema;name1\n", "'name2'")] {
            let error = Pairs::open("pairs.csv", csv.as_bytes()).unwrap_err().to_string();
            assert!(error.starts_with("pairs.csv: ") && error.contains(expected), "{error}");
        }
    }
}
