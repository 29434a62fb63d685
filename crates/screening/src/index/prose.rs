//! What a word of a long text is held against before any listed word is looked at.
//!
//! In come the words and names of an index, out come a few sets ([`Sieve`]) and, for each listed word, a few bytes that refuse most words
//! of a text that share a key with it. Made when a long text is read, in a few milliseconds, and kept as long as the index is open.

use mihenk_names::sound;

use super::{
    Index, Sieve,
    gaps::{Apart, Gaps},
    meetings::{each_broad, of_form, of_group, tagged},
    rows::{MASK, WordRow},
};
use crate::term::Term;

/// A name with more parts than this is long.
pub(crate) const LONG: usize = 6;

/// What is looked at first of the words of an index.
#[derive(Debug)]
pub(crate) struct Prose {
    /// The keys of the words in names that one word of a text may stand for.
    lone: Sieve,
    /// The keys of neighbours read as one in names that one word may stand for.
    merged: Sieve,
    /// The keys of the words in names with more than [`LONG`] parts.
    long: Sieve,
    /// The forms of units in names that one word may stand for.
    alone: Sieve,
    /// The numbers for the sounds of neighbours read as one in names that one word may stand for.
    merged_sounds: Sieve,
    words: Vec<Brief>,
    apart: Apart,
    /// The most that a word with several letters typed wrong counts, apart from what that costs.
    pub(crate) rarest_slip: i16,
}

/// A listed word in few bytes.
#[derive(Clone, Copy, Debug)]
struct Brief {
    /// The key of its coarse consonants, if there is one.
    coarse: u32,
    /// What stands between these.
    gaps: Gaps,
    /// Which letters occur.
    letters: u32,
    /// Some bits of the broad sound, and what [`firm`] gives.
    broad: u16,
    firm: u16,
}

/// Two words that are nearer in sound than this have the same firm consonants: no spelling exchanges them for less.
const FIRM: i32 = 350;

/// The consonants that are written alike by all, in their order, as a number.
fn firm(sounds: &[u8]) -> u16 {
    let firm = sounds.iter().filter_map(|sound| b"lrmn".iter().position(|firm| firm == sound));
    firm.fold(1, |all: u16, firm| all.wrapping_mul(5).wrapping_add(firm as u16 + 1))
}

/// A letter typed wrong changes at most so many that occur.
const LETTERS_A_SLIP: u32 = 2;

/// In which names a word stands.
#[derive(Clone, Copy, Default)]
struct Kinds {
    lone: bool,
    long: bool,
    merged: bool,
}

/// A word of a text, as far as it is held against listed ones.
pub(crate) struct Held {
    coarse: u32,
    gaps: Gaps,
    letters: u32,
    broad: u16,
    firm: u16,
    /// How many letters of it may be typed wrong.
    slips: u32,
}

impl Held {
    /// Of a word, of which so many letters may be typed wrong.
    pub(crate) fn of(term: &Term, slips: u32) -> Held {
        let keys = term.keys;
        let coarse = if term.lacks_vowels || term.is_transcribed { 0 } else { only(&keys.coarse) };
        let (broad, firm) = (keys.broad as u16, firm(term.sound));
        Held { coarse, gaps: Gaps::of(term.sound), letters: keys.letters, broad, firm, slips }
    }
}

/// The only key of some; 0 if there are several.
fn only(keys: &[u32]) -> u32 {
    if keys[1] == 0 { keys[0] } else { 0 }
}

impl Prose {
    pub(super) fn of(index: &Index) -> Prose {
        let empty = |count| Sieve::of(count, std::iter::empty());
        let brief = |row: &WordRow| {
            let term = index.term(row);
            // Of these other things decide.
            let is_other = term.lacks_vowels || term.is_transcribed || !term.variants.is_empty();
            let coarse = if is_other { 0 } else { only(&row.keys.coarse) };
            let (broad, firm) = (row.keys.broad as u16, firm(term.sound));
            Brief { coarse, gaps: Gaps::of(term.sound), letters: row.keys.letters, broad, firm }
        };
        let mut out = Prose {
            lone: empty(1 << 17),
            merged: empty(1 << 16),
            long: empty(1 << 17),
            alone: empty(1 << 15),
            merged_sounds: empty(1 << 14),
            words: index.words().iter().map(brief).collect(),
            apart: Apart::of_alike(),
            rarest_slip: index.words().iter().map(|row| row.rarity.edit_two).max().unwrap_or(0),
        };
        out.add_kinds(index);
        out
    }

    fn add_kinds(&mut self, index: &Index) {
        let mut kinds = vec![Kinds::default(); index.words().len()];
        for row in index.names() {
            for unit in index.units(row) {
                let is_merged = (unit.mask & MASK).count_ones() > 1;
                let kinds = &mut kinds[unit.word as usize];
                kinds.lone |= row.words < 2;
                kinds.long |= usize::from(row.part_count) > LONG;
                kinds.merged |= row.words < 2 && is_merged;
            }
        }
        for (row, kinds) in index.words().iter().zip(&kinds).filter(|(_, kinds)| kinds.lone) {
            let term = index.term(row);
            self.alone.add(of_form(term.form));
            if kinds.merged {
                each_sound(term.sound, |number| self.merged_sounds.add(number));
                let groups = row.variants.iter().filter(|group| **group != 0);
                groups.for_each(|&group| self.merged_sounds.add(of_group(group)));
            }
        }
        for (key, under) in index.words_by_key() {
            let has = |kind: fn(&Kinds) -> bool| under.iter().any(|&word| kind(&kinds[word as usize]));
            let key = u64::from(key);
            if has(|kinds| kinds.lone) {
                self.lone.add(key);
            }
            if has(|kinds| kinds.merged) {
                self.merged.add(key);
            }
            if has(|kinds| kinds.long) {
                self.long.add(key);
            }
        }
    }

    /// Whether a word may be near to a listed one with which it shares a key, in sound or with letters typed wrong; `room` is how
    /// far apart in sound they may be. Seen in a few steps, and says yes too often.
    #[inline]
    pub(crate) fn may_be_near(&self, held: &Held, word: u32, room: i32) -> bool {
        let listed = &self.words[word as usize];
        if held.coarse == 0 || listed.coarse == 0 || held.broad == listed.broad {
            return true;
        }
        let may_sound_alike = if held.coarse == listed.coarse {
            // Of words that share their coarse consonants it is known how far apart they are at least.
            self.apart.least(held.gaps, listed.gaps) <= room
        } else {
            held.firm == listed.firm || room >= FIRM
        };
        may_sound_alike || (held.letters ^ listed.letters).count_ones() <= LETTERS_A_SLIP * held.slips
    }

    /// Whether a key may be one of a word that stands in a name of one word.
    pub(crate) fn may_be_lone(&self, key: u32) -> bool {
        self.lone.may_have(u64::from(key))
    }

    /// Whether a key may be one of neighbours read as one that stand in a name of one word.
    pub(crate) fn may_be_merged(&self, key: u32) -> bool {
        self.merged.may_have(u64::from(key))
    }

    /// Whether a key may be one of a word that stands in a long name.
    pub(crate) fn may_be_far(&self, key: u32) -> bool {
        self.long.may_have(u64::from(key))
    }

    /// Whether a word with this form may be all that a name of one word has.
    pub(crate) fn may_be_alone(&self, form: &[u8]) -> bool {
        self.alone.may_have(of_form(form))
    }

    /// Whether a word with these sounds, in these groups of variants, may stand for neighbours read as one in a name of one word.
    pub(crate) fn may_sound_merged(&self, sounds: &[u8], groups: &[u32]) -> bool {
        let mut found = groups.iter().any(|&group| group != 0 && self.merged_sounds.may_have(of_group(group)));
        each_sound(sounds, |number| found |= self.merged_sounds.may_have(number));
        found
    }
}

/// Calls `each` with the numbers by which words that sound alike are known.
fn each_sound(sounds: &[u8], mut each: impl FnMut(u64)) {
    sound::fine(sounds).iter().for_each(|skeleton| each(tagged(skeleton, 21)));
    sound::unvowelled(sounds).iter().for_each(|skeleton| each(tagged(skeleton, 22)));
    each_broad(sounds, each);
}
