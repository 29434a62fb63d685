//! Screens a file of records.
//!
//! In come JSON lines in yente's form or CSV, out goes one line for each record, in their order, while the file is read:
//! memory holds a few thousand records at a time, whatever the size of the file. All processors work; the bytes that come
//! out do not depend on how many there are. A record that cannot be asked is answered with its error and counted; the rest
//! goes on. `rows.rs` reads lines and rows, [`crate::query`] says what they mean, `written.rs` how an answer is written.

mod written;

use std::io::{BufRead, Read, Write};

use mihenk_screening::screener::Options;
use rayon::prelude::*;

use crate::{
    answer::Answer,
    error::NodeError,
    node::Node,
    pool::Pool,
    query::{Columns, Noticed, Query, Refusal, id_in},
    rows::{LINE_LEN_MAX, Line, Lines, Row, Rows, too_long},
};

/// Records that are read before they are screened together.
const CHUNK: usize = 2_048;
/// Bytes of records that are read before they are screened together; more only if one record alone has more.
const CHUNK_BYTES: usize = 2 * LINE_LEN_MAX;

/// What a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A JSON object on each line.
    JsonLines,
    /// Comma-separated values with a header row.
    Csv,
}

impl Format {
    /// Recognises a format by the first bytes of a file.
    #[must_use]
    pub fn of(start: &[u8]) -> Format {
        let first = start.iter().find(|b| !b.is_ascii_whitespace() && !matches!(b, 0xEF | 0xBB | 0xBF));
        if matches!(first, Some(b'{' | b'[')) { Format::JsonLines } else { Format::Csv }
    }
}

/// What became of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Records read.
    pub records: u64,
    /// Records with at least one match.
    pub matched: u64,
    /// Records with a hit below the threshold only.
    pub possible: u64,
    /// Records that could not be asked.
    pub errors: u64,
    /// The first few errors.
    pub first_errors: Vec<String>,
    /// What was noticed.
    pub noticed: Noticed,
    /// Columns that were not understood.
    pub unknown_columns: Vec<String>,
}

/// A file of records, of which the beginning was read.
#[derive(Debug)]
pub struct Input<R> {
    name: String,
    kind: Kind<R>,
}

#[derive(Debug)]
enum Kind<R> {
    Json(Lines<R>),
    Csv(Rows<R>, Columns),
}

impl<R: BufRead> Input<std::io::Chain<std::io::Cursor<Vec<u8>>, R>> {
    /// Recognises the format by content and reads the header of CSV, so that a file of the wrong kind is refused before
    /// anything is written.
    ///
    /// # Errors
    /// When the file cannot be read, or is no list of records at all.
    pub fn open(name: &str, mut input: R) -> Result<Self, NodeError> {
        const BEGINNING: u64 = 512;
        let mut start = Vec::new();
        input.by_ref().take(BEGINNING).read_to_end(&mut start).map_err(NodeError::io(name))?;
        if start.iter().all(|&b| b.is_ascii_whitespace() || matches!(b, 0xEF | 0xBB | 0xBF)) && start.len() < 512 {
            let what = "the file is empty; expected JSON lines {\"id\", \"schema\", \"properties\"} or CSV with a header \
                        row such as id,schema,name,birthDate,country";
            return Err(NodeError::Input { file: name.to_owned(), what: what.to_owned() });
        }
        let format = Format::of(&start);
        Input::of(name, std::io::Cursor::new(start).chain(input), format)
    }
}

impl<R: BufRead> Input<R> {
    fn of(name: &str, input: R, format: Format) -> Result<Input<R>, NodeError> {
        let wrong = |what: String| NodeError::Input { file: name.to_owned(), what };
        let kind = match format {
            Format::JsonLines => Kind::Json(Lines::new(input)),
            Format::Csv => {
                let rows = Rows::open(input).map_err(NodeError::io(name))?.map_err(wrong)?;
                let columns = Columns::read(rows.header.iter().map(String::as_str)).map_err(wrong)?;
                Kind::Csv(rows, columns)
            }
        };
        Ok(Input { name: name.to_owned(), kind })
    }

    /// The next records; none at the end.
    fn chunk(&mut self) -> std::io::Result<Vec<Raw>> {
        let (mut chunk, mut bytes) = (Vec::new(), 0);
        while chunk.len() < CHUNK && bytes < CHUNK_BYTES {
            let raw = match &mut self.kind {
                Kind::Json(lines) => lines.next()?.map(Raw::Json),
                Kind::Csv(rows, _) => rows.next()?.map(Raw::Csv),
            };
            match raw {
                None => break,
                Some(Raw::Json(line)) if line.is_blank() && !line.is_cut => {}
                Some(raw) => {
                    bytes += raw.len();
                    chunk.push(raw);
                }
            }
        }
        Ok(chunk)
    }

    fn bytes(&self) -> u64 {
        match &self.kind {
            Kind::Json(lines) => lines.bytes(),
            Kind::Csv(rows, _) => rows.bytes(),
        }
    }

    fn columns(&self) -> Option<&Columns> {
        if let Kind::Csv(_, columns) = &self.kind { Some(columns) } else { None }
    }
}

/// A record as it stands in the file.
enum Raw {
    Json(Line),
    Csv(Row),
}

impl Raw {
    fn len(&self) -> usize {
        match self {
            Raw::Json(line) => line.bytes.len(),
            Raw::Csv(row) => row.cells.bytes(),
        }
    }

    fn line(&self) -> u64 {
        match self {
            Raw::Json(line) => line.number,
            Raw::Csv(row) => row.line,
        }
    }

    fn query(&self, columns: Option<&Columns>) -> Result<Query, Refusal> {
        match (self, columns) {
            (Raw::Json(line), _) => json_query(line),
            (Raw::Csv(row), Some(columns)) => {
                let cells: Vec<&str> = row.cells.iter().collect();
                match &row.problem {
                    Some(what) => Err(Refusal { id: columns.id_of(&cells), what: what.clone() }),
                    None => columns.query(&cells, row.line),
                }
            }
            // Rows come from a file with columns.
            (Raw::Csv(_), None) => Err(Refusal { id: None, what: "no columns are known".to_owned() }),
        }
    }
}

fn json_query(line: &Line) -> Result<Query, Refusal> {
    if line.is_cut {
        return Err(Refusal { id: None, what: too_long() });
    }
    match std::str::from_utf8(&line.bytes) {
        Ok(text) => Query::from_json(text, line.number),
        Err(e) => {
            let id = id_in(&String::from_utf8_lossy(&line.bytes));
            Err(Refusal { id, what: format!("byte {} is not UTF-8; save the file as UTF-8", e.valid_up_to() + 1) })
        }
    }
}

/// What an output cannot do.
fn output_error(source: std::io::Error) -> NodeError {
    NodeError::Output { source }
}

/// Screens everything that `input` holds. `progress` is told the bytes read so far.
///
/// # Errors
/// When the file cannot be read or the output written.
pub fn screen<R: BufRead>(
    node: &Node,
    mut input: Input<R>,
    mut output: impl Write,
    format: Format,
    options: &Options,
    mut progress: impl FnMut(u64),
) -> Result<Summary, NodeError> {
    let mut summary = Summary::default();
    summary.unknown_columns.extend(input.columns().into_iter().flat_map(|c| c.unknown.clone()));
    output.write_all(written::head(format)).map_err(output_error)?;
    let pool = Pool::default();
    loop {
        let chunk = input.chunk().map_err(NodeError::io(&input.name))?;
        if chunk.is_empty() {
            output.flush().map_err(output_error)?;
            return Ok(summary);
        }
        let columns = input.columns();
        let answered: Vec<Answered> = chunk
            .into_par_iter()
            .map_init(
                || pool.take(),
                |scratch, raw| match raw.query(columns) {
                    Ok(query) => {
                        let answer = node.answer(&query, options, scratch);
                        Answered::of(raw.line(), answer, query.unknown, format)
                    }
                    Err(refusal) => Answered::refused(raw.line(), &refusal, format),
                },
            )
            .collect();
        for one in answered {
            output.write_all(&one.bytes).map_err(output_error)?;
            summary.count(one);
        }
        progress(input.bytes());
    }
}

/// A record's line of the output, and what is counted of it.
struct Answered {
    line: u64,
    outcome: Outcome,
    unknown: Vec<String>,
    warnings: Vec<String>,
    bytes: Vec<u8>,
}

enum Outcome {
    Match,
    Possible,
    Nothing,
    Error(String),
}

impl Answered {
    fn of(line: u64, answer: Answer, unknown: Vec<String>, format: Format) -> Answered {
        if let Some(what) = answer.error {
            return Answered::refused(line, &Refusal { id: Some(answer.id), what }, format);
        }
        let outcome = match answer.results.first() {
            Some(first) if first.hit.is_match => Outcome::Match,
            Some(_) => Outcome::Possible,
            None => Outcome::Nothing,
        };
        let bytes = written::answer(&answer, format);
        Answered { line, outcome, unknown, warnings: answer.warnings, bytes }
    }

    fn refused(line: u64, refusal: &Refusal, format: Format) -> Answered {
        let what = format!("line {line}: {}", refusal.what);
        let bytes = written::refusal(refusal.id.as_ref(), &what, format);
        Answered { line, outcome: Outcome::Error(what), unknown: Vec::new(), warnings: Vec::new(), bytes }
    }
}

impl Summary {
    fn count(&mut self, one: Answered) {
        const FIRST_ERRORS: usize = 5;
        self.records += 1;
        self.noticed.add(one.line, one.unknown, &one.warnings);
        match one.outcome {
            Outcome::Match => self.matched += 1,
            Outcome::Possible => self.possible += 1,
            Outcome::Nothing => {}
            Outcome::Error(what) => {
                self.errors += 1;
                if self.first_errors.len() < FIRST_ERRORS {
                    self.first_errors.push(what);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_format_is_known_by_its_beginning() {
        for (start, format) in [
            (&b"{\"id\""[..], Format::JsonLines),
            (b"\xEF\xBB\xBF\n {", Format::JsonLines),
            (b"[1]", Format::JsonLines),
            (b"id,name", Format::Csv),
            (b"\xEF\xBB\xBFid;name", Format::Csv),
        ] {
            assert_eq!(Format::of(start), format);
        }
    }
}
