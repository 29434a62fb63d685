//! What prose has and a record of a name has not: words that only happen to be like a listed one.
//!
//! In come words of a text, listed names and how they compare, out comes whether the words may be meant as that name. A
//! record of a name is a name; a stretch of prose has to look like one.

use std::cell::LazyCell;

use mihenk_entities::country::Country;
use mihenk_names::{Bearer, Name, Role, name::is_ordinary_word};

use super::words::TextWord;
use crate::{
    alignment::Pair,
    bits::Bits,
    comparison::Comparison,
    likeness::{Channel, Likeness},
    shape::AskedName,
};

/// Whether a word is a legal form or a title and names nobody: a listed name may consist of a number and *Corp.*
pub(super) fn is_legal_form(word: &TextWord, bearer: Bearer) -> bool {
    let beside_a_name = format!("x {}", word.token.form);
    let parts = Name::read(&beside_a_name, bearer).parts;
    parts.last().is_some_and(|p| matches!(p.role, Role::LegalForm(..) | Role::Title))
}

/// Whether syllables of a text that leaves no space between words are a name: sentences are full of syllables that sound like
/// those of a name. So all of the listed name must stand there, one syllable behind the other, in its order or with the family
/// name at the other end, and each must be the same or a known form of it.
pub(super) fn is_written_out(
    listed: &LazyCell<Name, impl FnOnce() -> Name>,
    asked: &AskedName,
    comparison: &Comparison,
) -> bool {
    /// Two syllables in a row are many a word, unless the list has the very characters.
    const SYLLABLES: u32 = 3;
    let explained = comparison.pairs.iter().fold(0, |m, p| m | p.asked_mask);
    let parts = asked.name.parts.iter().enumerate().filter(|(i, _)| explained >> i & 1 == 1);
    if !parts.clone().any(|(_, part)| part.script.is_syllabic()) {
        return true;
    }
    let written_so = listed.parts.iter().any(|p| p.script.is_syllabic());
    let in_a_row = (explained >> explained.trailing_zeros()).trailing_ones() == explained.count_ones();
    let places: Vec<u32> = comparison.pairs.iter().map(|p| p.listed_mask.trailing_zeros()).collect();
    let turns = (0..places.len()).filter(|&i| places[(i + 1) % places.len()] < places[i]).count();
    let alike = |p: &Pair| {
        matches!(p.likeness.channel, Channel::Exact | Channel::Variant)
            || p.likeness.channel == Channel::Spelling && p.likeness.cost <= Bits(250)
    };
    comparison.listed_open == 0
        && in_a_row
        && turns <= 1
        && comparison.pairs.iter().all(alike)
        && (written_so || explained.count_ones() >= SYLLABLES)
}

/// Whether an organisation or a ship may be called by the words that were found: by all of its name, but for words that many
/// have (*Bank*, *Iran*, *Group*), and then not only by words that many have; and with no other words among them.
pub(super) fn is_called_so(listed: &Name, comparison: &Comparison) -> bool {
    /// One organisation in a thousand has such a word.
    const RARE_ENOUGH: Bits = Bits(1_000);
    let explained = comparison.pairs.iter().fold(0, |m, p| m | p.asked_mask);
    let inside = comparison.asked_open
        & !(u32::MAX << (31 - explained.leading_zeros()))
        & (u32::MAX << explained.trailing_zeros());
    let mut open = listed.parts.iter().enumerate().filter(|(i, _)| comparison.listed_open >> i & 1 == 1);
    let is_left_out = |form: &str| is_ordinary_word(form) || Country::parse(form).is_some();
    let telling = comparison.listed_open == 0 || comparison.pairs.iter().any(|p| p.likeness.bits >= RARE_ENOUGH);
    inside == 0 && telling && open.all(|(_, part)| is_left_out(&part.form))
}

/// The part of a stretch that the listed name explains.
pub(super) fn explained(asked: &AskedName, comparison: &Comparison, offset: usize) -> Option<(usize, usize)> {
    let mask = comparison.pairs.iter().fold(0, |m, p| m | p.asked_mask);
    let parts = &asked.name.parts;
    let first = parts.get(mask.trailing_zeros() as usize)?;
    let last = parts.get(31 - mask.leading_zeros() as usize)?;
    Some((offset + first.start, offset + last.end))
}

/// What more a name needs that takes two liberties at once: in prose there are many words that sound like listed ones.
pub(super) fn unsure(comparison: &Comparison) -> Bits {
    let sure = |p: &Pair| p.likeness.channel == Channel::Exact;
    let (any, all) = (comparison.pairs.iter().any(sure), comparison.pairs.iter().all(sure));
    unsure_of(any, !all, comparison.listed_open == 0)
}

/// As [`unsure`], of words that are the very words of the list or not.
pub(crate) fn unsure_of(has_exact: bool, has_varied: bool, is_whole: bool) -> Bits {
    match (has_exact, is_whole) {
        _ if !has_varied => Bits::ZERO,
        (true, true) => Bits::ZERO,
        // Another spelling beside a word that is missing.
        (true, false) => Bits(200),
        // No word is the same as in the list …
        (false, true) => Bits(300),
        // … and one is missing.
        (false, false) => Bits(600),
    }
}

/// A word that sounds like a listed one may differ from it by this much …
pub(super) const SOUND_COST_MAX: Bits = Bits(350);
/// … and has more evidence than this.
pub(super) const SOUND_LEAST: Bits = Bits(200);
/// A word with a letter typed wrong takes at least so many bytes …
pub(super) const TYPO_LETTERS: usize = 8;
/// … and has more evidence than this.
pub(super) const TYPO_LEAST: Bits = Bits(500);

/// Whether a word of prose is near enough to a listed word to start looking.
pub(super) fn is_near(likeness: &Likeness, letters: usize) -> bool {
    match likeness.channel {
        Channel::Exact => true,
        Channel::Variant => likeness.cost <= Bits(200),
        Channel::Spelling | Channel::Unvowelled | Channel::Transcription => {
            likeness.cost <= SOUND_COST_MAX && likeness.bits > SOUND_LEAST
        }
        Channel::Typo => letters >= TYPO_LETTERS && likeness.bits > TYPO_LEAST,
        Channel::Visual | Channel::Disorder | Channel::Initial => false,
    }
}
