//! Screens a file of records.
//!
//! In come JSON lines in yente's form or CSV, out goes one line for each record, in their order, while the file is read:
//! memory holds a few thousand records at a time, whatever the size of the file. All processors work; the bytes that come
//! out do not depend on how many there are. A record that cannot be asked is answered with its error and counted; the rest
//! goes on.

use std::io::{BufRead, Write};

use mihenk_screening::screener::Options;
use rayon::prelude::*;
use serde_json::json;

use crate::{
    answer::{Answer, answer, share},
    error::NodeError,
    node::Node,
    pool::Pool,
    query::{Columns, Noticed, Query},
};

/// Records that are read before they are screened together.
const CHUNK: usize = 2_048;
/// Longest line that is read, in bytes.
const LINE_LEN_MAX: usize = 4 * 1024 * 1024;

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
        if first == Some(&b'{') { Format::JsonLines } else { Format::Csv }
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

/// A record read, or why it could not be.
type Row = Result<Query, (Option<String>, String)>;

/// One record of a file with the number of its line.
struct Numbered {
    line: u64,
    row: Row,
}

/// Screens everything that `input` holds. `progress` is told the bytes read so far.
///
/// # Errors
/// When the file cannot be read or written, or is no list of records at all.
pub fn screen(
    node: &Node,
    name: &str,
    mut input: impl BufRead,
    output: impl Write,
    formats: (Format, Format),
    options: &Options,
    progress: impl FnMut(u64),
) -> Result<Summary, NodeError> {
    let pool = Pool::default();
    let mut run =
        Run { node, name, options, pool: &pool, output, format: formats.1, summary: Summary::default(), progress };
    run.head()?;
    match formats.0 {
        Format::JsonLines => run.json_lines(&mut input)?,
        Format::Csv => run.csv(input)?,
    }
    run.output.flush().map_err(NodeError::io(name))?;
    Ok(run.summary)
}

struct Run<'a, W, P> {
    node: &'a Node,
    name: &'a str,
    options: &'a Options,
    pool: &'a Pool,
    output: W,
    format: Format,
    summary: Summary,
    progress: P,
}

impl<W: Write, P: FnMut(u64)> Run<'_, W, P> {
    fn json_lines(&mut self, input: &mut impl BufRead) -> Result<(), NodeError> {
        let (mut number, mut bytes) = (0u64, 0u64);
        loop {
            let mut lines: Vec<(u64, Vec<u8>)> = Vec::with_capacity(CHUNK);
            while lines.len() < CHUNK {
                let mut line = Vec::new();
                let read = read_line(input, &mut line).map_err(NodeError::io(self.name))?;
                if read == 0 {
                    break;
                }
                bytes += read;
                number += 1;
                if !line.iter().all(u8::is_ascii_whitespace) {
                    lines.push((number, line));
                }
            }
            if lines.is_empty() {
                return Ok(());
            }
            let rows =
                lines.into_par_iter().map(|(line, bytes)| Numbered { line, row: json_row(&bytes, line) }).collect();
            self.answer_all(rows)?;
            (self.progress)(bytes);
        }
    }

    fn csv(&mut self, input: impl BufRead) -> Result<(), NodeError> {
        let mut reader = csv::ReaderBuilder::new().flexible(true).has_headers(false).from_reader(input);
        let mut record = csv::ByteRecord::new();
        let wrong = |name: &str, what: String| NodeError::Input { file: name.to_owned(), what };
        let mut read =
            |record: &mut csv::ByteRecord| reader.read_byte_record(record).map(|more| (more, reader.position().byte()));
        if !read(&mut record).map_err(|e| wrong(self.name, e.to_string()))?.0 {
            return Err(wrong(
                self.name,
                "the file is empty; expected a header row such as id,schema,name,birthDate,country".into(),
            ));
        }
        let header = texts(&record).map_err(|e| wrong(self.name, format!("line 1: {e}")))?;
        let columns =
            Columns::read(header.iter().map(|c| c.trim_start_matches('\u{FEFF}'))).map_err(|e| wrong(self.name, e))?;
        self.summary.unknown_columns.clone_from(&columns.unknown);
        loop {
            let mut rows: Vec<Numbered> = Vec::with_capacity(CHUNK);
            let mut at = 0;
            while rows.len() < CHUNK {
                match read(&mut record) {
                    Ok((false, _)) => break,
                    Ok((true, byte)) => {
                        at = byte;
                        let line = record.position().map_or(0, csv::Position::line);
                        let row = texts(&record).map_err(|e| (None, e)).and_then(|cells| columns.query(&cells, line));
                        rows.push(Numbered { line, row });
                    }
                    Err(e) => rows.push(Numbered { line: 0, row: Err((None, e.to_string())) }),
                }
            }
            if rows.is_empty() {
                return Ok(());
            }
            self.answer_all(rows)?;
            (self.progress)(at);
        }
    }

    /// Screens a chunk and writes its answers in order.
    fn answer_all(&mut self, rows: Vec<Numbered>) -> Result<(), NodeError> {
        let (screener, options, pool, format) = (self.node.screener(), self.options, self.pool, self.format);
        for numbered in &rows {
            if let Ok(query) = &numbered.row {
                self.summary.noticed.add(query);
            }
        }
        let lines: Vec<(Outcome, Vec<u8>)> = rows
            .into_par_iter()
            .map_init(
                || pool.take(),
                |scratch, numbered| match numbered.row {
                    Ok(query) => {
                        let answer = answer(&screener, &query, options, scratch);
                        (Outcome::of(&answer), write_answer(&answer, format))
                    }
                    Err((id, what)) => {
                        let what = format!("line {}: {what}", numbered.line);
                        (Outcome::Error(what.clone()), write_error(id.as_deref(), &what, format))
                    }
                },
            )
            .collect();
        for (outcome, bytes) in lines {
            self.count(outcome);
            self.output.write_all(&bytes).map_err(NodeError::io(self.name))?;
        }
        Ok(())
    }

    fn count(&mut self, outcome: Outcome) {
        const FIRST_ERRORS: usize = 5;
        self.summary.records += 1;
        match outcome {
            Outcome::Match => self.summary.matched += 1,
            Outcome::Possible => self.summary.possible += 1,
            Outcome::Nothing => {}
            Outcome::Error(what) => {
                self.summary.errors += 1;
                if self.summary.first_errors.len() < FIRST_ERRORS {
                    self.summary.first_errors.push(what);
                }
            }
        }
    }

    fn head(&mut self) -> Result<(), NodeError> {
        if self.format == Format::Csv {
            let head = b"id,rank,entity,caption,schema,score,match,probability,bits,explanation,error\n";
            self.output.write_all(head).map_err(NodeError::io(self.name))?;
        }
        Ok(())
    }
}

enum Outcome {
    Match,
    Possible,
    Nothing,
    Error(String),
}

impl Outcome {
    fn of(answer: &Answer) -> Outcome {
        match answer.results.first() {
            Some(first) if first.hit.is_match => Outcome::Match,
            Some(_) => Outcome::Possible,
            None => Outcome::Nothing,
        }
    }
}

/// Reads a line of at most [`LINE_LEN_MAX`] bytes; of a longer one the rest is skipped, so that it is refused as not JSON.
fn read_line(input: &mut impl BufRead, line: &mut Vec<u8>) -> std::io::Result<u64> {
    let mut total = 0u64;
    loop {
        let available = input.fill_buf()?;
        if available.is_empty() {
            return Ok(total);
        }
        let end = available.iter().position(|&b| b == b'\n').map(|i| i + 1);
        let used = end.unwrap_or(available.len());
        let room = LINE_LEN_MAX.saturating_sub(line.len()).min(used);
        line.extend_from_slice(&available[..room]);
        input.consume(used);
        total += used as u64;
        if end.is_some() {
            return Ok(total);
        }
    }
}

fn json_row(bytes: &[u8], line: u64) -> Row {
    if bytes.len() >= LINE_LEN_MAX {
        return Err((None, format!("the line is longer than {LINE_LEN_MAX} bytes")));
    }
    let text = std::str::from_utf8(bytes).map_err(|e| (None, format!("byte {} is not UTF-8", e.valid_up_to() + 1)))?;
    Query::from_json(text.trim_start_matches('\u{FEFF}'), line)
}

/// The cells of a row as text.
fn texts(record: &csv::ByteRecord) -> Result<Vec<String>, String> {
    let text = |(i, cell): (usize, &[u8])| {
        String::from_utf8(cell.to_vec()).map_err(|_| format!("column {} is not UTF-8; save the file as UTF-8", i + 1))
    };
    record.iter().enumerate().map(text).collect()
}

fn write_answer(answer: &Answer, format: Format) -> Vec<u8> {
    if format == Format::JsonLines {
        // Texts and finite numbers: JSON can always write them.
        let mut out = serde_json::to_vec(answer).unwrap_or_default();
        out.push(b'\n');
        return out;
    }
    if answer.results.is_empty() {
        return row(&[&answer.id, "", "", "", "", "", "", "", "", "", ""]);
    }
    let each = answer.results.iter().enumerate().map(|(i, found)| {
        let told: Vec<String> = found.explanation.lines.iter().map(|l| format!("{} {}", l.bits, l.text)).collect();
        row(&[
            &answer.id,
            &(i + 1).to_string(),
            &found.id,
            &found.caption,
            found.schema,
            &format!("{:.4}", found.hit.score.as_f64()),
            if found.hit.is_match { "true" } else { "false" },
            &format!("{:.6}", share(found.hit.probability)),
            &format!("{:.2}", found.hit.bits.as_f64()),
            &told.join("; "),
            "",
        ])
    });
    each.flatten().collect()
}

fn write_error(id: Option<&str>, what: &str, format: Format) -> Vec<u8> {
    if format == Format::Csv {
        return row(&[id.unwrap_or(""), "", "", "", "", "", "", "", "", "", what]);
    }
    let mut out = json!({"id": id, "results": [], "error": what}).to_string().into_bytes();
    out.push(b'\n');
    out
}

/// A row of CSV; writing to memory cannot fail.
fn row(cells: &[&str]) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let _ = writer.write_record(cells);
    writer.into_inner().unwrap_or_default()
}
