//! Reading running text: who and what in it is on a list?
//!
//! In comes a [`Text`], out comes a [`Scan`]: what a press report says of itself and the [`Mention`]s of listed entities,
//! each with its place in bytes of the source. Nobody says where the names are. [`mentions`] looks every word up in the same
//! index and weighs the stretch of text around it with the same evidence as a typed name; running text is full of words, so
//! a stretch must also look like a name, and names of one ordinary word are not looked for. What refers back to somebody named
//! before is found by `references`, numbers by [`numbers`]; [`text`] reads HTML, [`report`] the head of a report.

mod hear;
mod meet;
pub mod mentions;
mod near;
pub mod numbers;
mod prose;
mod references;
pub mod report;
mod shared;
pub mod text;
mod words;

pub(crate) use self::prose::unsure_of;
pub use self::{mentions::Mention, report::Report, text::Text};
use crate::{
    candidates::Scratch,
    screener::{Options, Screener},
};

/// What was found in a text.
#[derive(Clone, Debug)]
pub struct Scan {
    /// What the report says of itself; places are bytes of the source.
    pub report: Report,
    /// Mentions of listed entities in the order of the text.
    pub mentions: Vec<Mention>,
}

/// Longest text that is read at once, in bytes.
pub const TEXT_LEN_MAX: usize = 16 * 1024 * 1024;

/// Reads a text.
#[must_use]
pub fn scan(screener: &Screener, text: &Text, options: &Options, scratch: &mut Scratch) -> Scan {
    scratch.serve(screener.index);
    let mut report = Report::of(&text.content);
    let mut mentions = mentions::find(screener, &text.content, options, scratch);
    mentions.extend(numbers::find(screener, &text.content, options));
    mentions.sort_by_key(|m| (m.start, m.end, std::cmp::Reverse(m.bits), m.entity));
    for mention in &mut mentions {
        (mention.start, mention.end) = text.source_range(mention.start, mention.end);
        mention.refers_to = mention.refers_to.map(|at| text.source_offset(at));
    }
    let place = |start: &mut usize, end: &mut usize| (*start, *end) = text.source_range(*start, *end);
    if let Some(f) = &mut report.date {
        place(&mut f.start, &mut f.end);
    }
    for f in [&mut report.agency, &mut report.code].into_iter().flatten() {
        place(&mut f.start, &mut f.end);
    }
    Scan { report, mentions }
}
