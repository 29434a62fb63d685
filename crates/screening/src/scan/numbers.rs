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

/// Mentions of entities by a number.
pub(super) fn find(screener: &Screener, text: &str, options: &Options) -> Vec<Mention> {
    let mut out: Vec<Mention> = Vec::new();
    let mut before: [&str; 3] = [""; 3];
    for (start, word) in runs(text) {
        let digits = if word.len() < 6 { 0 } else { word.bytes().filter(u8::is_ascii_digit).count() };
        if digits >= 5 && (6..=80).contains(&word.len()) || word.len() >= 26 {
            for kind in IdentifierKind::ALL {
                out.extend(find_kind(screener, options, word, start, kind, &before));
            }
        }
        before.rotate_left(1);
        before[2] = word;
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

/// Runs of letters and digits with their places; hyphens inside belong to them.
fn runs(text: &str) -> impl Iterator<Item = (usize, &str)> {
    const INSIDE: [bool; 256] = {
        let mut inside = [false; 256];
        let mut b = 0;
        while b < 128 {
            inside[b] = (b as u8).is_ascii_alphanumeric() || b as u8 == b'-';
            b += 1;
        }
        inside
    };
    let is_inside = |b: &u8| INSIDE[usize::from(*b)];
    let mut at = 0;
    std::iter::from_fn(move || {
        let bytes = text.as_bytes();
        at += bytes[at..].iter().position(is_inside)?;
        let start = at;
        at = bytes[at..].iter().position(|b| !is_inside(b)).map_or(bytes.len(), |len| at + len);
        let word = text[start..at].trim_start_matches('-');
        Some((at - word.len(), word.trim_end_matches('-')))
    })
}
