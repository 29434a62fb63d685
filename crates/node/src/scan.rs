//! Reads running text for a person or a script.
//!
//! In comes a file's bytes, out comes a [`ScanAnswer`]: the report's date, agency and story code, and each mention of a
//! listed entity with its place in bytes and the words around it.

use mihenk_screening::{
    candidates::Scratch,
    scan::{Mention, Text, scan},
    screener::Options,
};
use serde::Serialize;

use crate::{answer::share, error::NodeError, node::Node};

/// What was found in a file.
#[derive(Clone, Debug, Serialize)]
pub struct ScanAnswer {
    /// The file, or `-`.
    pub file: String,
    /// The day the report was published.
    pub date: Option<String>,
    /// The agency, as it writes itself.
    pub agency: Option<String>,
    /// The story's code.
    pub code: Option<String>,
    /// Mentions in the order of the text.
    pub hits: Vec<ScanHit>,
}

/// A mention of a listed entity.
#[derive(Clone, Debug, Serialize)]
pub struct ScanHit {
    /// The entity's id.
    pub id: String,
    /// Its caption.
    pub caption: String,
    /// The score.
    pub score: f64,
    /// The probability at the base rate of running text.
    pub probability: f64,
    /// The words as they stand in the file.
    pub text: String,
    /// Where they start, in bytes.
    pub start: usize,
    /// Where they end.
    pub end: usize,
    /// The part of the file.
    pub field: &'static str,
    /// What was looked at: a name, a number, or a word that refers back to a name.
    pub by: &'static str,
    /// The evidence, in bits.
    pub bits: f64,
    /// The listed name or number.
    pub listed: String,
    /// The entity's number in the index.
    #[serde(skip)]
    pub entity: u32,
}

/// Reads a text.
///
/// # Errors
/// When the bytes are not text.
pub fn read(
    node: &Node,
    file: &str,
    bytes: &[u8],
    options: &Options,
    scratch: &mut Scratch,
) -> Result<ScanAnswer, NodeError> {
    let wrong = |what: String| NodeError::Input { file: file.to_owned(), what };
    if bytes.len() > mihenk_screening::scan::TEXT_LEN_MAX {
        let max = mihenk_screening::scan::TEXT_LEN_MAX / (1024 * 1024);
        return Err(wrong(format!("{} bytes; at most {max} MiB are read at once", bytes.len())));
    }
    let source = std::str::from_utf8(bytes).map_err(|e| wrong(not_text(bytes, e.valid_up_to())))?;
    let text = Text::of(source);
    let found = scan(&node.screener(), &text, options, scratch);
    let hits = found.mentions.iter().map(|m| hit(node, source, m)).collect();
    Ok(ScanAnswer {
        file: file.to_owned(),
        date: found.report.date.map(|d| d.value.to_string()),
        agency: found.report.agency.map(|a| a.value),
        code: found.report.code.map(|c| c.value),
        hits,
    })
}

fn hit(node: &Node, source: &str, mention: &Mention) -> ScanHit {
    let screener = node.screener();
    let view = screener.index.entity(mention.entity);
    let by = match (&mention.number, mention.refers_to) {
        (Some(_), _) => "number",
        (None, Some(_)) => "reference",
        (None, None) => "name",
    };
    let listed = match (&mention.number, mention.name) {
        (Some(number), _) => number.asked.normal.clone(),
        (None, Some((_, name))) => screener.index.name_text(&screener.index.names()[name as usize]).to_owned(),
        (None, None) => String::new(),
    };
    ScanHit {
        id: view.id().to_owned(),
        caption: view.caption().to_owned(),
        score: mention.score.as_f64(),
        probability: share(mention.probability),
        text: source.get(mention.start..mention.end).unwrap_or_default().to_owned(),
        start: mention.start,
        end: mention.end,
        field: "text",
        by,
        bits: mention.bits.as_f64(),
        listed,
        entity: mention.entity,
    }
}

/// What bytes that are no UTF-8 may be.
fn not_text(bytes: &[u8], at: usize) -> String {
    let kind = match bytes {
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => "UTF-16",
        [b'%', b'P', b'D', b'F', ..] => "a PDF",
        [b'P', b'K', ..] => "a ZIP archive or an office document",
        _ => "not UTF-8",
    };
    format!("byte {}: the file is {kind}; text and HTML in UTF-8 are read", at + 1)
}

/// The words around a mention: at most `reach` bytes on either side, cut at words.
#[must_use]
pub fn around(source: &str, start: usize, end: usize, reach: usize) -> (String, String) {
    let mut from = start.saturating_sub(reach);
    while !source.is_char_boundary(from) {
        from += 1;
    }
    let mut to = (end + reach).min(source.len());
    while !source.is_char_boundary(to) {
        to -= 1;
    }
    let (mut before, mut behind) = (&source[from..start], &source[end..to]);
    if from > 0 {
        before = before.split_once(char::is_whitespace).map_or(before, |(_, rest)| rest);
    }
    if to < source.len() {
        behind = behind.rsplit_once(char::is_whitespace).map_or(behind, |(rest, _)| rest);
    }
    let one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    (one_line(before), one_line(behind))
}
