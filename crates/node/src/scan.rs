//! Reads documents and running text for a person or a script.
//!
//! In comes a file's bytes, out comes a [`ScanAnswer`]: the report's date, agency and story code, each mention of a listed
//! entity with its place and the words around it, and what of the file could not be read. What a file is and how its text
//! is found in it, `mihenk-documents` knows; whom a text names, `mihenk-screening`.

use mihenk_documents::{Bounds, Form, Part, Why};
use mihenk_entities::Schema;
use mihenk_names::Bearer;
use mihenk_said::Said;
use mihenk_screening::{
    bits::Bits,
    candidates::Scratch,
    compare::compare,
    explanation::{Explanation, Line},
    scan::{Mention, Text, scan},
    screener::Options,
};
use serde::{Serialize, Serializer};

use crate::{answer, answer::share, error::NodeError, node::Node, sayings};

/// What was found in a file.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ScanAnswer {
    /// The file, or `-`.
    pub file: String,
    /// What it is by its content: `text`, `html`, `pdf`, `docx`, `mail`, `zip`.
    pub form: Option<&'static str>,
    /// The day the report was published.
    pub date: Option<String>,
    /// The agency, as it writes itself.
    pub agency: Option<String>,
    /// The story's code.
    pub code: Option<String>,
    /// Mentions in the order of the text.
    pub hits: Vec<ScanHit>,
    /// What of the file could not be read.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unread: Vec<Unread>,
    /// Why the file could not be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
}

impl ScanAnswer {
    /// The answer for a file that could not be read.
    #[must_use]
    pub fn failed(file: &str, error: String) -> ScanAnswer {
        ScanAnswer { file: file.to_owned(), error: Some(error), ..ScanAnswer::default() }
    }

    /// Whether text may be missing; pictures in a letter are said, but make nothing incomplete that can be read.
    #[must_use]
    pub fn is_incomplete(&self) -> bool {
        self.error.is_some() || self.unread.iter().any(|u| u.is_grave)
    }
}

/// Something of a file that could not be read.
#[derive(Clone, Debug, Serialize)]
pub struct Unread {
    /// The part of the file; none for all of it.
    pub part: Option<String>,
    /// What was found, and what would be right.
    pub what: Said,
    /// Whether text may be missing.
    #[serde(rename = "grave")]
    pub is_grave: bool,
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
    /// Where they start, in bytes: of the file if it is text or HTML, else of the text of its part.
    pub start: usize,
    /// Where they end.
    pub end: usize,
    /// What of a record it is: a text.
    pub field: &'static str,
    /// The part of a document: `body`, `contract.docx > header 1`; none for a file that has no parts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub part: Option<String>,
    /// The page of a PDF, counted from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
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

/// Longest file that is read, in bytes; of text, [`TEXT_LEN_MAX`](mihenk_screening::scan::TEXT_LEN_MAX) are read at once.
pub const BYTES_MAX: usize = 256 * 1024 * 1024;

/// Reads a document.
///
/// # Errors
/// When nothing of it could be read. What is missing of a document that was read otherwise is in the answer.
pub fn read(
    node: &Node,
    file: &str,
    bytes: &[u8],
    options: &Options,
    scratch: &mut Scratch,
) -> Result<ScanAnswer, NodeError> {
    let wrong = |what: Said| NodeError::Unreadable { file: file.to_owned(), what };
    if bytes.len() > BYTES_MAX {
        let max = BYTES_MAX / (1024 * 1024);
        return Err(wrong(sayings::more_mebibytes(max)));
    }
    let document = mihenk_documents::read(bytes, &bounds());
    if let Some(unread) = document.unread.iter().find(|u| u.path.is_empty() && document.parts.is_empty()) {
        return Err(wrong(why(&unread.why)));
    }
    let form = document.form.map(Form::name);
    let mut answer = ScanAnswer { file: file.to_owned(), form, ..ScanAnswer::default() };
    for part in &document.parts {
        read_part(node, part, options, scratch, &mut answer);
    }
    answer.unread = document.unread.iter().map(unread).collect();
    Ok(answer)
}

fn bounds() -> Bounds {
    Bounds { text: mihenk_screening::scan::TEXT_LEN_MAX, ..Bounds::default() }
}

/// Why something was not read, by its name.
fn why(why: &Why) -> Said {
    match why {
        Why::Form(form) => sayings::document_of_form(*form),
        Why::Picture(form) => sayings::document_is_picture(*form),
        Why::Encrypted => sayings::document_encrypted(),
        Why::Damaged(what) => sayings::document_damaged(what),
        Why::TooLarge { what, most } => sayings::document_too_large(what, most),
        Why::NoText(pages) => sayings::document_without_text(*pages),
        Why::PageOfPictures(page) => sayings::page_of_pictures(*page),
        Why::Page { page, what } => sayings::page_not_read(*page, what),
        Why::Replaced { first, more, encoding } => sayings::bytes_no_text(*first, *more, *encoding),
    }
}

fn unread(unread: &mihenk_documents::Unread) -> Unread {
    let part = (!unread.path.is_empty()).then(|| unread.path.join(" > "));
    Unread { part, what: why(&unread.why), is_grave: unread.is_grave() }
}

/// Reads one text of a document; what it says of itself counts for the whole, unless an earlier one did.
fn read_part(node: &Node, part: &Part, options: &Options, scratch: &mut Scratch, answer: &mut ScanAnswer) {
    let text = if part.form == Some(Form::Html) { Text::html(&part.text) } else { Text::of(&part.text) };
    let found = scan(&node.screener(), &text, options, scratch);
    let page = Page { part, text: &text, mentions: &found.mentions };
    answer.hits.extend(found.mentions.iter().map(|m| hit(node, &page, m, options)));
    answer.date = answer.date.take().or(found.report.date.map(|d| d.value.to_string()));
    answer.agency = answer.agency.take().or(found.report.agency.map(|a| a.value));
    answer.code = answer.code.take().or(found.report.code.map(|c| c.value));
}

/// What a mention stands in.
struct Page<'a> {
    part: &'a Part,
    text: &'a Text,
    mentions: &'a [Mention],
}

impl Page<'_> {
    /// Where the bytes of the part's text from `start` to `end` stand in what a reader sees.
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
        text: page.part.text.get(mention.start..mention.end).unwrap_or_default().to_owned(),
        start: page.part.places.source(&page.part.text, mention.start),
        end: page.part.places.source(&page.part.text, mention.end),
        field: "text",
        part: page.part.name(),
        page: page.part.page(mention.start),
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
    fn why_something_was_not_read_has_a_name_and_the_words_it_had() {
        let text = || "something".to_owned();
        for one in [
            Why::Form("a font"),
            Why::Picture("a PNG picture"),
            Why::Encrypted,
            Why::Damaged(text()),
            Why::TooLarge { what: text(), most: text() },
            Why::NoText(7),
            Why::PageOfPictures(7),
            Why::Page { page: 7, what: text() },
            Why::Replaced { first: 7, more: 3, encoding: "UTF-8" },
        ] {
            let said = why(&one);
            assert_eq!(said.to_string(), one.to_string());
            assert!(said.name().is_some());
        }
    }

    #[test]
    fn the_words_around_are_cut_at_words_and_keep_their_commas() {
        let text = "He said the war against\n  the ISIL, and others, goes on for a long time.";
        let start = text.find("ISIL").unwrap();
        let (before, behind) = around(text, start, start + 4, 20);
        assert_eq!((before.as_str(), behind.as_str()), ("war against the ", ", and others, goes"));
        assert_eq!(around("ISIL", 0, 4, 20), (String::new(), String::new()));
    }
}
