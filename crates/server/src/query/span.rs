//! Spans: `[a TO b]` with both ends, `{a TO b}` without them, `*` for an end that is open.
//!
//! In come the signs of a query, out comes a [`Span`] that can be held against values. Values and ends are compared as words, so a date is before another as
//! its text is: `birthDate:[1950 TO 1960]` has everybody who was born in these years, the last one with all its days.

use super::{Against, Chars, quoted};
use crate::texts::{Value, folded};

/// An end of a span: its words, and whether it belongs to it; none if it is open.
type End = Option<(String, bool)>;

/// Between two values.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Span {
    from: End,
    to: End,
}

impl Span {
    /// Reads one whose opening sign is next.
    pub(super) fn read(chars: &mut Chars<'_>) -> Result<Span, String> {
        let has_from = chars.next() == Some('[');
        let mut ends: Vec<String> = Vec::new();
        let mut word = String::new();
        let has_to = loop {
            match chars.next() {
                None => return Err("a span is opened and not closed".to_owned()),
                Some(c @ (']' | '}')) => {
                    ends.push(word);
                    break c == ']';
                }
                Some('"') => word.push_str(&quoted(chars)?),
                Some('\\') => word.extend(chars.next()),
                Some(c) if c.is_whitespace() => ends.push(std::mem::take(&mut word)),
                Some(c) => word.push(c),
            }
        };
        ends.retain(|word| !word.is_empty());
        let [from, to, end] = ends.as_slice() else {
            return Err("a span is written [a TO b], with * for an end that is open".to_owned());
        };
        if to != "TO" {
            return Err(format!("between the ends of a span stands TO, not '{to}'"));
        }
        let read = |text: &str, is_in: bool| (text != "*").then(|| (folded(text), is_in));
        Ok(Span { from: read(from, has_from), to: read(end, has_to) })
    }

    /// Whether words are between the ends.
    fn has(&self, words: &str) -> bool {
        let is_after = self.from.as_ref().is_none_or(|(from, is_in)| match is_in {
            true => words >= from.as_str(),
            // What begins with an end that is left out, as a day does with its year, is left out with it.
            false => words > from.as_str() && !begins(words, from),
        });
        let is_before = self.to.as_ref().is_none_or(|(to, is_in)| match is_in {
            true => words <= to.as_str() || begins(words, to),
            false => words < to.as_str(),
        });
        is_after && is_before
    }
}

/// Whether words begin with these.
fn begins(words: &str, with: &str) -> bool {
    words.strip_prefix(with).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
}

/// How well a thing fits a span; none if it has no value in it.
pub(super) fn score(field: Option<&str>, span: &Span, against: &Against<'_>) -> Option<f64> {
    let is_it = |value: &&Value| field.is_none_or(|field| *value.property == *field);
    let has =
        |value: &Value| span.has(&value.words) || value.words.split(' ').any(|word| is_word(word) && span.has(word));
    match field {
        Some("id" | "entity_id" | "canonical_id") => span.has(&folded(against.id)),
        _ => against.texts.all().iter().filter(is_it).any(has),
    }
    .then_some(super::ELSEWHERE)
}

/// Whether a part of a value is a word of its own, and not a number within a date.
fn is_word(word: &str) -> bool {
    !word.bytes().all(|byte| byte.is_ascii_digit())
}
