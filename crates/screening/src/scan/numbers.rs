//! Numbers in running text that identify: IMO numbers, wallets, LEI, IBAN, documents.
//!
//! In comes text, out come mentions of the entities that have one of its numbers. A number in prose may be an amount or a
//! telephone: kinds without a check digit count only behind a word that says what they are, or when letters and digits are
//! mixed; the others must pass their check.

use mihenk_entities::{Identifier, IdentifierKind, identifier::Check};

use super::Mention;
use crate::{
    identity::SharedIdentifier,
    index::build::identifier_hash,
    screener::{Options, Screener},
};

/// A number has so many figures at least, or it is long.
const FIGURES: usize = 5;
const LONG: usize = 26;

/// Mentions of entities by a number.
pub(super) fn find(screener: &Screener, text: &str, options: &Options) -> Vec<Mention> {
    let mut out: Vec<Mention> = Vec::new();
    for (start, word) in telling_runs(text) {
        let digits = if word.len() < 6 { 0 } else { word.bytes().filter(u8::is_ascii_digit).count() };
        if digits >= FIGURES && (6..=80).contains(&word.len()) || word.len() >= LONG {
            let before = runs_before(text, start);
            for kind in IdentifierKind::ALL {
                out.extend(find_kind(screener, options, word, start, kind, &before));
            }
        }
    }
    out.sort_by_key(|m| (m.start, m.entity, std::cmp::Reverse(m.bits)));
    out.dedup_by_key(|m| (m.start, m.entity));
    out
}

fn find_kind(
    screener: &Screener,
    options: &Options,
    word: &str,
    start: usize,
    kind: IdentifierKind,
    before: &[&str],
) -> Vec<Mention> {
    let Some(asked) = Identifier::read(kind, word) else { return Vec::new() };
    let rows = screener.index.identifiers(identifier_hash(&asked.normal));
    if rows.is_empty() || !is_meant(&asked, word, before) {
        return Vec::new();
    }
    rows.iter()
        .filter_map(|row| {
            let (normal, listed_kind) = screener.index.identifier(row);
            let shared = SharedIdentifier { asked: asked.clone(), listed_kind };
            (normal == asked.normal && shared.is_strong()).then(|| Mention {
                entity: row.entity,
                bits: shared.bits(),
                score: screener.model.scale.score(shared.bits()),
                probability: screener.model.calibration.probability(shared.bits(), options.base_rate),
                start,
                end: start + word.len(),
                name: None,
                number: Some(shared),
                refers_to: None,
            })
        })
        .collect()
}

/// Whether a number in prose is a number of this kind.
fn is_meant(asked: &Identifier, word: &str, before: &[&str]) -> bool {
    use IdentifierKind::{Bic, Iban, Imo, Isin, Lei, Wallet};
    let said = |words: &[&str]| before.iter().any(|b| words.contains(&b.to_lowercase().as_str()));
    match asked.kind {
        Imo => asked.check == Check::Passed && (said(&["imo"]) || word.to_ascii_uppercase().starts_with("IMO")),
        Lei | Iban | Isin => asked.check == Check::Passed,
        Wallet => word.len() >= 26,
        Bic => false,
        _ => {
            let mixed = word.bytes().any(|b| b.is_ascii_alphabetic()) && word.len() >= 8;
            mixed
                || said(&[
                    "passport",
                    "passeport",
                    "pasaport",
                    "pasaporte",
                    "pass",
                    "id",
                    "identity",
                    "no",
                    "number",
                    "nr",
                    "registration",
                    "tax",
                    "cedula",
                    "mmsi",
                ])
        }
    }
}

/// Bytes of the runs that are looked at: letters and digits, and hyphens inside.
const INSIDE: [bool; 256] = {
    let mut inside = [false; 256];
    let mut b = 0;
    while b < 128 {
        inside[b] = (b as u8).is_ascii_alphanumeric() || b as u8 == b'-';
        b += 1;
    }
    inside
};

fn is_inside(b: &u8) -> bool {
    INSIDE[usize::from(*b)]
}

/// The runs that have a figure or are [`LONG`], with their places, in order; and some others, for they are looked for by blocks of bytes.
fn telling_runs(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let bytes = text.as_bytes();
    let (mut at, mut until) = (0, 0);
    std::iter::from_fn(move || {
        if at >= until {
            let block = at + telling_block(&bytes[at..])?;
            until = block + BLOCK;
            at = bytes[at..block].iter().rposition(|b| !is_inside(b)).map_or(at, |end| at + end + 1);
        }
        at += bytes[at..].iter().position(is_inside)?;
        let start = at;
        at = bytes[at..].iter().position(|b| !is_inside(b)).map_or(bytes.len(), |len| at + len);
        let word = text[start..at].trim_start_matches('-');
        Some((at - word.len(), word.trim_end_matches('-')))
    })
}

/// Every run that is [`LONG`] fills a block of so many bytes, wherever the blocks begin.
const BLOCK: usize = LONG.div_ceil(2);

/// Where the first block stands that has a figure or is filled by a run; the last one may be shorter.
fn telling_block(bytes: &[u8]) -> Option<usize> {
    let (blocks, rest) = bytes.as_chunks::<BLOCK>();
    let has_figure = |block: &[u8; BLOCK]| block.iter().fold(false, |any, b| any | b.is_ascii_digit());
    let is_telling = |block: &[u8; BLOCK]| has_figure(block) || block.iter().all(is_inside);
    let last = || (!rest.is_empty()).then_some(blocks.len());
    blocks.iter().position(is_telling).or_else(last).map(|block| block * BLOCK)
}

/// The last three runs before one that begins at a place.
fn runs_before(text: &str, start: usize) -> [&str; 3] {
    let bytes = text.as_bytes();
    let behind_last = |end: usize, is: fn(&u8) -> bool| bytes[..end].iter().rposition(is).map_or(0, |at| at + 1);
    // Hyphens right before the place are the run's own.
    let mut from = behind_last(start, |b| !is_inside(b));
    let mut before = [""; 3];
    for slot in before.iter_mut().rev() {
        let end = behind_last(from, is_inside);
        from = behind_last(end, |b| !is_inside(b));
        *slot = text[from..end].trim_matches('-');
    }
    before
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Every run with the three before it, seen one by one.
    fn all_runs(text: &str) -> Vec<(usize, &str, [&str; 3])> {
        let (mut out, mut before) = (Vec::new(), [""; 3]);
        let mut from = 0;
        for run in text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-')) {
            let word = run.trim_matches('-');
            let hyphens = if word.is_empty() { 0 } else { run.len() - run.trim_start_matches('-').len() };
            if !run.is_empty() {
                out.push((from + hyphens, word, before));
                before = [before[1], before[2], word];
            }
            from += run.len() + text[from + run.len()..].chars().next().map_or(0, char::len_utf8);
        }
        out
    }

    fn is_telling(word: &str) -> bool {
        word.bytes().any(|b| b.is_ascii_digit()) || word.len() >= LONG
    }

    proptest! {
        #[test]
        fn no_run_with_a_figure_and_no_long_one_is_passed_over(text in "([a-zA-Z]{1,40}|[a-z]{1,4}|[0-9]{1,12}|[A-Z0-9]{4,30}|-{1,3}|[ .,;\n]{1,3}|[éعж]){0,40}") {
            let expected: Vec<_> = all_runs(&text).into_iter().filter(|run| is_telling(run.1)).collect();
            let found: Vec<_> = telling_runs(&text)
                .filter(|(_, word)| is_telling(word))
                .map(|(start, word)| (start, word, runs_before(&text, start)))
                .collect();
            prop_assert_eq!(found, expected);
        }
    }
}
