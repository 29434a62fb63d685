//! Whom a text or a file names, at the exact characters.
//!
//! In comes a text with what was found in it, out comes the page: the text with each mention marked, and each mention with its evidence.

use askama::Template;
use mihenk_node::{
    said::Said,
    scan::{ScanAnswer, ScanHit},
};

use crate::{
    evidence::{Evidence, lines_fresh},
    frame::Frame,
    words::Words,
};

/// A piece of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Nobody is named in it.
    Plain(&'a str),
    /// A mention, with its number among the hits, counted from 1.
    Hit(&'a str, usize),
}

/// The page.
#[derive(Debug, Template)]
#[template(path = "scan.html")]
pub struct ScanPage<'a> {
    /// What stands around it.
    pub t: &'a Frame,
    /// The text that was given.
    pub text: &'a str,
    /// What was found.
    pub answer: Option<&'a ScanAnswer>,
    /// The text in pieces, where its places are those of the text that was given.
    pub pieces: Vec<Piece<'a>>,
    /// Why it was not read.
    pub refused: Option<&'a Said>,
}

/// Somebody who is named in a text, as pages show it.
#[derive(Clone, Debug)]
pub struct Mention<'a> {
    /// What was found.
    pub hit: &'a ScanHit,
    /// The words behind it.
    pub evidence: Evidence,
    /// The probability, in millionths.
    pub millionths: i64,
    /// The score, in ten-thousandths.
    pub ten_thousandths: i64,
}

/// Those who are named, in the words of a page.
#[must_use]
pub fn mentions<'a>(words: &Words, hits: &'a [ScanHit]) -> Vec<Mention<'a>> {
    let one = |hit: &'a ScanHit| Mention {
        hit,
        evidence: Evidence::of(words, &lines_fresh(&hit.explanation)),
        millionths: (hit.probability * 1_000_000.0).round() as i64,
        ten_thousandths: (hit.score * 10_000.0).round() as i64,
    };
    hits.iter().map(one).collect()
}

impl ScanPage<'_> {
    fn mentions<'a>(&self, answer: &'a ScanAnswer) -> Vec<Mention<'a>> {
        mentions(self.t.words, &answer.hits)
    }
}

/// A text cut at its mentions. One that lies within another is not marked a second time.
#[must_use]
pub fn pieces<'a>(text: &'a str, hits: &[ScanHit]) -> Vec<Piece<'a>> {
    let mut places: Vec<(usize, usize, usize)> =
        hits.iter().enumerate().map(|(at, hit)| (hit.start, hit.end, at + 1)).collect();
    places.sort_unstable_by_key(|&(start, end, number)| (start, std::cmp::Reverse(end), number));
    let (mut out, mut from) = (Vec::new(), 0);
    for (start, end, number) in places {
        let (Some(before), Some(hit)) = (text.get(from..start.max(from)), text.get(start..end)) else { continue };
        if start < from || hit.is_empty() {
            continue;
        }
        if !before.is_empty() {
            out.push(Piece::Plain(before));
        }
        out.push(Piece::Hit(hit, number));
        from = end;
    }
    if let Some(rest) = text.get(from..).filter(|rest| !rest.is_empty()) {
        out.push(Piece::Plain(rest));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_letter_is_lost_and_mentions_are_where_they_are() {
        let hit = |start, end| -> ScanHit {
            ScanHit {
                id: String::new(),
                caption: String::new(),
                schema: "Person",
                score: 0.0,
                probability: 0.0,
                text: String::new(),
                start,
                end,
                field: "text",
                part: None,
                page: None,
                before: String::new(),
                after: String::new(),
                by: "name",
                bits: 0.0,
                listed: String::new(),
                explanation: mihenk_node::Explanation { asked_name: None, listed_name: None, lines: Vec::new() },
                removal_waits: Vec::new(),
                entity: 0,
            }
        };
        let text = "Zerrin Örnek met Bahram.";
        let found = pieces(text, &[hit(17 + 1, 24), hit(0, 13), hit(7, 13)]);
        assert_eq!(
            found,
            [Piece::Hit("Zerrin Örnek", 2), Piece::Plain(" met "), Piece::Hit("Bahram", 1), Piece::Plain(".")]
        );
        // Places that are none of this text are passed over.
        assert_eq!(pieces("Ö", &[hit(1, 2), hit(5, 9)]), [Piece::Plain("Ö")]);
    }
}
