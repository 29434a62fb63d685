//! Reads running text for a person or a script.
//!
//! In comes a file's bytes, out comes a [`ScanAnswer`]: the report's date, agency and story code, and each mention of a
//! listed entity with its place in bytes and the words around it.

use mihenk_entities::Schema;
use mihenk_names::Bearer;
use mihenk_screening::{
    bits::Bits,
    candidates::Scratch,
    compare::compare,
    explanation::{Explanation, Line},
    scan::{Mention, Text, scan},
    screener::Options,
};
use serde::{Serialize, Serializer};

use crate::{answer, answer::share, error::NodeError, node::Node};

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
    /// Why the file could not be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
}

impl ScanAnswer {
    /// The answer for a file that could not be read.
    #[must_use]
    pub fn failed(file: &str, error: String) -> ScanAnswer {
        let file = file.to_owned();
        ScanAnswer { file, date: None, agency: None, code: None, hits: Vec::new(), error: Some(error) }
    }
}

/// A mention of a listed entity.
#[derive(Clone, Debug, Serialize)]
pub struct ScanHit {
    /// The entity's id.
    pub id: String,
    /// Its caption.
    pub caption: String,
    /// Its schema.
    #[serde(skip)]
    pub schema: &'static str,
    /// The score.
    pub score: f64,
    /// The probability at the base rate of running text.
    pub probability: f64,
    /// The words as they stand in the file, with whatever markup is inside.
    pub text: String,
    /// Where they start, in bytes.
    pub start: usize,
    /// Where they end.
    pub end: usize,
    /// The part of the file.
    pub field: &'static str,
    /// What a reader sees before it.
    pub before: String,
    /// What a reader sees behind it.
    pub after: String,
    /// What was looked at: a name, a number, or a word that refers back to a name.
    pub by: &'static str,
    /// The evidence, in bits.
    pub bits: f64,
    /// The listed name or number.
    pub listed: String,
    /// The evidence in words; the lines add up to its bits.
    #[serde(serialize_with = "lines")]
    pub explanation: Explanation,
    /// The lists whose publisher has it no more, and which keep it until a person has looked.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub removal_waits: Vec<String>,
    /// The entity's number in the index.
    #[serde(skip)]
    pub entity: u32,
}

/// Longest file that is read, in bytes.
pub const BYTES_MAX: usize = mihenk_screening::scan::TEXT_LEN_MAX;

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
    if bytes.len() > BYTES_MAX {
        let max = BYTES_MAX / (1024 * 1024);
        return Err(wrong(format!(
            "the file has more than {max} MiB, which is the most that is read at once; divide it"
        )));
    }
    let source = std::str::from_utf8(bytes).map_err(|e| wrong(not_text(bytes, e.valid_up_to())))?;
    let text = Text::of(source);
    let found = scan(&node.screener(), &text, options, scratch);
    let page = Page { source, text: &text, mentions: &found.mentions };
    let hits = found.mentions.iter().map(|m| hit(node, &page, m, options)).collect();
    Ok(ScanAnswer {
        file: file.to_owned(),
        date: found.report.date.map(|d| d.value.to_string()),
        agency: found.report.agency.map(|a| a.value),
        code: found.report.code.map(|c| c.value),
        hits,
        error: None,
    })
}

/// What a mention stands in.
struct Page<'a> {
    source: &'a str,
    text: &'a Text,
    mentions: &'a [Mention],
}

impl Page<'_> {
    /// Where the source's bytes from `start` to `end` stand in what a reader sees.
    fn content(&self, start: usize, end: usize) -> (usize, usize) {
        let content = &self.text.content;
        let first = self.place(start);
        let last = self.place(end.saturating_sub(1)).max(first);
        (content.floor_char_boundary(first), content.ceil_char_boundary((last + 1).min(content.len())))
    }

    /// The last place in the content that comes from a byte of the source, or from one before it.
    fn place(&self, source: usize) -> usize {
        let (mut low, mut high) = (0, self.text.content.len());
        while low < high {
            let middle = (low + high).div_ceil(2);
            if self.text.source_offset(middle) <= source { low = middle } else { high = middle - 1 }
        }
        low
    }

    /// What a reader sees of a mention.
    fn words(&self, mention: &Mention) -> &str {
        let (start, end) = self.content(mention.start, mention.end);
        self.text.content.get(start..end).unwrap_or_default()
    }
}

/// Bytes on either side of a mention that are shown.
const REACH: usize = 60;

fn hit(node: &Node, page: &Page, mention: &Mention, options: &Options) -> ScanHit {
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
    // A word that refers back has the evidence of the full name.
    let is_full = |m: &&Mention| Some(m.start) == mention.refers_to && m.entity == mention.entity;
    let words = page.words(page.mentions.iter().find(is_full).unwrap_or(mention));
    let (start, end) = page.content(mention.start, mention.end);
    let (before, after) = around(&page.text.content, start, end, REACH);
    ScanHit {
        removal_waits: node.removal_waits(view.id()),
        id: view.id().to_owned(),
        caption: view.caption().to_owned(),
        schema: view.schema().name(),
        score: mention.score.as_f64(),
        probability: share(mention.probability),
        text: page.source.get(mention.start..mention.end).unwrap_or_default().to_owned(),
        start: mention.start,
        end: mention.end,
        field: "text",
        before,
        after,
        by,
        bits: mention.bits.as_f64(),
        explanation: explain(node, mention, words, &listed, options),
        listed,
        entity: mention.entity,
    }
}

fn lines<S: Serializer>(explanation: &Explanation, serializer: S) -> Result<S::Ok, S::Error> {
    answer::lines(explanation).serialize(serializer)
}

/// The evidence of a mention: of its words against the listed name, less what running text takes away.
fn explain(node: &Node, mention: &Mention, words: &str, listed: &str, options: &Options) -> Explanation {
    let line = |feature, bits, text| Line { feature, bits, text, asked: None, listed: None };
    let mut explanation = Explanation { asked_name: None, listed_name: None, lines: Vec::new() };
    if let Some(number) = &mention.number {
        let text = format!("the same {} {}", number.listed_kind.label(), number.asked.normal);
        explanation.lines.push(line("identifier", mention.bits, text));
        return explanation;
    }
    let schema = match mention.name {
        Some((Bearer::Person, _)) => "Person",
        Some((Bearer::Vessel, _)) => "Vessel",
        _ => "Organization",
    };
    if let Some(compared) =
        Schema::named(schema).and_then(|s| compare(node.model(), s, words, listed, options.base_rate))
    {
        explanation = compared.explanation;
    }
    if let Some((_, name)) = mention.name {
        let row = &node.screener().index.names()[name as usize];
        let weak = node.screener().kind_bits(row);
        if weak != Bits::ZERO {
            explanation.lines.push(line("weak_alias", weak, "the list itself calls this name a weak one".to_owned()));
        }
    }
    let rest = mention.bits - explanation.total();
    if rest != Bits::ZERO {
        let text = "it stands in running text, of which many stretches could be names".to_owned();
        explanation.lines.push(line("prose", rest, text));
    }
    explanation
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

/// The words around a mention, in one line each: at most `reach` bytes on either side, cut at words. What touches the mention
/// touches it here too.
#[must_use]
fn around(source: &str, start: usize, end: usize, reach: usize) -> (String, String) {
    let from = source.floor_char_boundary(start.saturating_sub(reach));
    let to = source.ceil_char_boundary((end + reach).min(source.len()));
    let (mut before, mut behind) =
        (source.get(from..start).unwrap_or_default(), source.get(end..to).unwrap_or_default());
    if from > 0 {
        before = before.split_once(char::is_whitespace).map_or(before, |(_, rest)| rest);
    }
    if to < source.len() {
        behind = behind.rsplit_once(char::is_whitespace).map_or(behind, |(rest, _)| rest);
    }
    let one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let space = |touches: bool| if touches { " " } else { "" };
    let (ends, begins) = (before.ends_with(char::is_whitespace), behind.starts_with(char::is_whitespace));
    (one_line(before) + space(ends && !before.trim().is_empty()), space(begins).to_owned() + &one_line(behind))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_around_are_cut_at_words_and_keep_their_commas() {
        let text = "He said the war against\n  the ISIL, and others, goes on for a long time.";
        let start = text.find("ISIL").unwrap();
        let (before, behind) = around(text, start, start + 4, 20);
        assert_eq!((before.as_str(), behind.as_str()), ("war against the ", ", and others, goes"));
        assert_eq!(around("ISIL", 0, 4, 20), (String::new(), String::new()));
    }

    #[test]
    fn bytes_that_are_no_text_are_named() {
        for (bytes, expected) in [
            (&b"\xFF\xFEa\0"[..], "byte 1: the file is UTF-16"),
            (b"%PDF-1.4 \xE2", "byte 10: the file is a PDF"),
            (b"abc\xC3", "byte 4: the file is not UTF-8"),
        ] {
            let at = std::str::from_utf8(bytes).unwrap_err().valid_up_to();
            assert!(not_text(bytes, at).starts_with(expected), "{}", not_text(bytes, at));
        }
    }
}
