//! Screens a file of records.
//!
//! In comes a table or JSON lines in yente's form ([`Input`]), out goes one line for each record, in their order, while the
//! file is read: memory holds a few thousand records at a time, whatever the size of the file. All processors work; the bytes
//! that come out do not depend on how many there are. A record that cannot be asked is answered with its error and counted; the
//! rest goes on. [`crate::query`] says what records mean, `written` how an answer is written, [`Output`] where answers go and
//! how a run that was interrupted goes on, [`Summary`] what is counted.

mod input;
mod output;
mod summary;
mod written;

use std::io::Write;

use mihenk_said::Said;
use mihenk_screening::screener::Options;
use rayon::prelude::*;

pub(crate) use self::input::{Asking, Raw, holds_queries, is_empty};
pub use self::{
    input::{Input, Manner},
    output::{Checkpoint, Output, Terms},
    summary::{Noticed, Report, Summary},
};
use crate::{answer::Answer, error::NodeError, node::Node, pool::Pool, query::Refusal};

/// Records that are read before they are screened together.
const CHUNK: usize = 2_048;
/// Bytes of records that are read before they are screened together; more only if one record alone has more.
const CHUNK_BYTES: usize = 2 * mihenk_tables::LINE_LEN_MAX;

/// How answers are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A JSON object on each line.
    JsonLines,
    /// Comma-separated values with a header row.
    Csv,
}

/// What an output cannot do.
fn output_error(source: std::io::Error) -> NodeError {
    NodeError::Output { source }
}

/// Screens everything that `input` holds. `progress` is told the bytes read so far.
///
/// # Errors
/// When the file cannot be read or the output written.
pub fn screen(
    node: &Node,
    mut input: Input<'_>,
    mut output: impl Write,
    format: Format,
    options: &Options,
    mut progress: impl FnMut(u64),
) -> Result<Summary, NodeError> {
    let mut summary = Summary::default();
    output.write_all(written::head(format)).map_err(output_error)?;
    let mut run = Run { node, format, options, pool: Pool::default() };
    while let Some(bytes) = run.piece(&mut input, &mut summary)? {
        output.write_all(&bytes).map_err(output_error)?;
        progress(input.bytes());
    }
    output.flush().map_err(output_error)?;
    Ok(summary)
}

/// Screens everything that `input` holds into a file from where `checkpoint` says, or from the beginning, and puts the file in
/// its place.
///
/// # Errors
/// When the file cannot be read or the output written; what was answered stays for another run to go on with.
pub fn screen_to(
    node: &Node,
    mut input: Input<'_>,
    mut output: Output,
    checkpoint: Option<Checkpoint>,
    format: Format,
    options: &Options,
    mut progress: impl FnMut(u64),
) -> Result<Summary, NodeError> {
    let mut summary = match checkpoint {
        Some(checkpoint) => {
            input.skip(checkpoint.records())?;
            checkpoint.into_summary()
        }
        None => {
            output.piece(written::head(format))?;
            Summary::default()
        }
    };
    let mut run = Run { node, format, options, pool: Pool::default() };
    while let Some(bytes) = run.piece(&mut input, &mut summary)? {
        output.piece(&bytes)?;
        output.checkpoint(&summary)?;
        progress(input.bytes());
    }
    output.finish()?;
    Ok(summary)
}

/// What stays the same over a file.
struct Run<'a> {
    node: &'a Node,
    format: Format,
    options: &'a Options,
    pool: Pool<mihenk_screening::candidates::Scratch>,
}

impl Run<'_> {
    /// Answers the next records, and counts them; none at the end.
    fn piece(&mut self, input: &mut Input<'_>, summary: &mut Summary) -> Result<Option<Vec<u8>>, NodeError> {
        let chunk = input.chunk()?;
        summary.unknown_columns = input.unknown_columns();
        if chunk.is_empty() {
            return Ok(None);
        }
        let (asking, pool) = (input.asking(), &self.pool);
        let answered: Vec<Answered> = chunk
            .into_par_iter()
            .map_init(
                || pool.take(),
                |scratch, raw| match asking.query(&raw) {
                    Ok(query) => {
                        let answer = self.node.answer(&query, self.options, scratch);
                        Answered::of(asking.place(&raw), answer, query.unknown, self.format)
                    }
                    Err(refusal) => Answered::refused(asking.place(&raw), &refusal, self.format),
                },
            )
            .collect();
        let mut bytes = Vec::with_capacity(answered.iter().map(|one| one.bytes.len()).sum());
        for one in answered {
            bytes.extend_from_slice(&one.bytes);
            summary.count(one, self.node)?;
        }
        Ok(Some(bytes))
    }
}

/// A record's line of the output, and what is counted of it.
struct Answered {
    place: String,
    outcome: Outcome,
    /// The entities of its hits and their probabilities in millionths.
    hits: Vec<(u32, u32)>,
    unknown: Vec<String>,
    warnings: Vec<Said>,
    bytes: Vec<u8>,
}

enum Outcome {
    Match,
    Possible,
    Nothing,
    Error(String),
}

impl Answered {
    fn of(place: String, answer: Answer, unknown: Vec<String>, format: Format) -> Answered {
        if let Some(what) = answer.error {
            return Answered::refused(place, &Refusal { id: Some(answer.id), what }, format);
        }
        let outcome = match answer.results.first() {
            Some(first) if first.hit.is_match => Outcome::Match,
            Some(_) => Outcome::Possible,
            None => Outcome::Nothing,
        };
        let hits = answer.results.iter().map(|found| (found.entity, found.hit.probability)).collect();
        let bytes = written::answer(&answer, format);
        Answered { place, outcome, hits, unknown, warnings: answer.warnings, bytes }
    }

    fn refused(place: String, refusal: &Refusal, format: Format) -> Answered {
        let what = format!("{place}: {}", refusal.what);
        let bytes = written::refusal(refusal.id.as_ref(), &what, format);
        let outcome = Outcome::Error(refusal.what.to_string());
        Answered { place, outcome, hits: Vec::new(), unknown: Vec::new(), warnings: Vec::new(), bytes }
    }
}
