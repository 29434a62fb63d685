//! Compares two names, or a file of pairs.
//!
//! In come two names and what they name, out comes the evidence that one and the same is meant, with its waterfall. For
//! files: CSV with the columns `schema`, `name1`, `name2`; other columns are kept, and `score`, `probability`, `bits` and
//! `error` are appended.

mod written;

use std::{
    io::{BufRead, Write},
    sync::Arc,
};

use mihenk_entities::Schema;
use mihenk_screening::{
    compare::{Compared, Weighed, explain, weigh},
    lexicon::Lexicon,
    model::{Model, calibration::BaseRate},
    record::{NAME_LEN_MAX, bearers},
    shape::AskedName,
};
use mihenk_tables::{LINE_LEN_MAX, Row, Rows};
use rayon::prelude::*;

use crate::{compare::written::Written, error::NodeError, pool::Pool, query::schema_of};

/// Pairs that are read before they are compared together.
const CHUNK: usize = 4_096;
/// Bytes of pairs that are read before they are compared together; more only if one row alone has more.
const CHUNK_BYTES: usize = 2 * LINE_LEN_MAX;
/// Pairs that one thread compares at a time.
const PIECE: usize = 128;

/// Compares two names.
///
/// # Errors
/// When a name is empty, too long or has no letters, or the schema is unknown.
pub fn names(model: &Model, schema: &str, first: &str, second: &str, base_rate: BaseRate) -> Result<Compared, String> {
    let [a, b] = read(model, schema, [first, second], &mut Lexicon::default())?;
    explain(model, [&a, &b], [first, second], base_rate).ok_or_else(no_words)
}

fn no_words() -> String {
    "a name has neither letters nor digits".to_owned()
}

/// A name as every kind of bearer that its schema stands for.
type Readings = Vec<Arc<AskedName>>;

/// Reads two names, if they can be compared.
fn read(model: &Model, schema: &str, names: [&str; 2], lexicon: &mut Lexicon) -> Result<[Readings; 2], String> {
    let named = schema_of(schema).map_err(|e| format!("schema: {e}"))?;
    let bearers = bearers(Schema::named(named).ok_or_else(|| format!("schema '{named}' is unknown"))?);
    let mut read = |which: &str, name: &str| {
        if name.trim().is_empty() {
            return Err(format!("{which} is empty"));
        }
        if name.len() > NAME_LEN_MAX {
            return Err(format!("{which} has {} bytes; at most {NAME_LEN_MAX} are read", name.len()));
        }
        let readings: Readings = bearers.iter().map(|&bearer| lexicon.read(name, bearer, model)).collect();
        if readings.iter().all(|r| r.parts.is_empty()) {
            return Err(format!("{which} has neither letters nor digits"));
        }
        if readings.iter().all(|r| r.name.only_titles) {
            return Err(format!("{which} is nothing but titles or a legal form; give the name itself"));
        }
        Ok(readings)
    };
    Ok([read("name1", names[0])?, read("name2", names[1])?])
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
        let rows = Rows::open(input).map_err(NodeError::io(name))?.map_err(|what| wrong(what.into()))?;
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
            bytes += row.cells.bytes();
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
    mut output: impl Write,
    base_rate: BaseRate,
    threshold: f64,
    mut progress: impl FnMut(u64),
) -> Result<Summary, NodeError> {
    let failed = |source| NodeError::Output { source };
    output.write_all(&written::head(&pairs.rows.header)).map_err(failed)?;
    let (columns, width) = (pairs.columns, pairs.rows.header.len());
    let (mut summary, pool) = (Summary::default(), Pool::default());
    loop {
        let chunk = pairs.chunk().map_err(NodeError::io(&pairs.name))?;
        if chunk.is_empty() {
            output.flush().map_err(failed)?;
            return Ok(summary);
        }
        let pieces: Vec<Piece> = chunk
            .par_chunks(PIECE)
            .map_init(
                || pool.take(),
                |lexicon, rows| {
                    let mut piece = Piece::new(width);
                    for row in rows {
                        let weighed = weigh_row(model, row, columns, base_rate, lexicon);
                        piece.add(row, &weighed, threshold);
                    }
                    piece
                },
            )
            .collect();
        for piece in pieces {
            output.write_all(&piece.written.into_bytes()).map_err(failed)?;
            summary.add(piece.summary);
        }
        progress(pairs.rows.bytes());
    }
}

fn weigh_row(
    model: &Model,
    row: &Row,
    columns: [usize; 3],
    base_rate: BaseRate,
    lexicon: &mut Lexicon,
) -> Result<Weighed, String> {
    if let Some(problem) = &row.problem {
        return Err(problem.to_string());
    }
    let [schema, first, second] = columns.map(|column| row.cells.get(column));
    let [first, second] = read(model, schema, [first, second], lexicon)?;
    weigh(model, [&first, &second], base_rate).ok_or_else(no_words)
}

/// What became of a few neighbouring rows.
struct Piece {
    written: Written,
    summary: Summary,
}

impl Piece {
    fn new(width: usize) -> Piece {
        Piece { written: Written::new(width), summary: Summary::default() }
    }

    fn add(&mut self, row: &Row, weighed: &Result<Weighed, String>, threshold: f64) {
        self.summary.pairs += 1;
        match weighed {
            Ok(weighed) => self.summary.matched += u64::from(weighed.score.as_f64() >= threshold),
            Err(what) => {
                self.summary.errors += 1;
                self.summary.tell(format!("line {}: {what}", row.number));
            }
        }
        self.written.row(&row.cells, weighed);
    }
}

impl Summary {
    /// Keeps an error, if it is one of the first.
    fn tell(&mut self, error: String) {
        const FIRST_ERRORS: usize = 5;
        if self.first_errors.len() < FIRST_ERRORS {
            self.first_errors.push(error);
        }
    }

    /// Adds what became of the rows behind these.
    fn add(&mut self, next: Summary) {
        self.pairs += next.pairs;
        self.matched += next.matched;
        self.errors += next.errors;
        next.first_errors.into_iter().for_each(|error| self.tell(error));
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
