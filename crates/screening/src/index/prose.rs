//! What a word of a long text is held against before any listed word is looked at.
//!
//! In come the words and names of an index, out come a few sets ([`Sieve`]) and, for each listed word, a few bytes that refuse most words
//! of a text that share a key with it. Made when a long text is read, in a few milliseconds, and kept as long as the index is open.

use mihenk_names::sound;

use super::{
    Index, Sieve,
    frame::{Apart, Frame},
    meetings::{each_broad, of_form, of_group, tagged},
    rows::{MASK, WordRow},
};
use crate::term::{Term, WordRarity};

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
}

/// How far a word of a text may be from a listed one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Reach {
    /// In sound, in hundredths of a bit; below zero if nothing else that sounds alike is near.
    pub(crate) room: i32,
    /// How many letters may be typed wrong in a long word.
    pub(crate) slips: u32,
}

/// A listed word in few bytes.
#[derive(Clone, Copy, Debug)]
struct Brief {
    frame: Frame,
    /// Which letters occur.
    letters: u32,
    /// Some bits of the broad sound.
    broad: u16,
    room: i16,
    slips: u8,
    /// Letters of the form.
    len: u8,
    kinds: Kinds,
}

/// In which names a word stands, and what decides besides sounds and letters.
#[derive(Clone, Copy, Debug, Default)]
struct Kinds {
    /// In a name that one word may stand for.
    is_lone: bool,
    /// In such a name, made of neighbours.
    is_merged: bool,
    /// The parts of the longest other name it stands in.
    longest: u8,
    /// Whether it has other forms by the list of variants.
    has_variants: bool,
    /// Whether it is written or spelled in such a way that its sounds alone say little.
    is_open: bool,
}

/// A word of a text, as far as it is held against listed ones.
pub(crate) struct Held {
    frame: Frame,
    letters: u32,
    broad: u16,
    len: usize,
    is_open: bool,
    /// Whether it is long enough for letters that are typed wrong.
    may_slip: bool,
}

/// In what way a word of a text may be near to a listed one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct May {
    /// By other sounds.
    pub(crate) sound: bool,
    /// By letters that were typed wrong.
    pub(crate) slip: bool,
    /// In another way: as the very word, by a list, by a writing without vowels.
    pub(crate) other: bool,
}

impl May {
    pub(crate) const ANY: May = May { sound: true, slip: true, other: true };
    const NONE: May = May { sound: false, slip: false, other: false };

    /// Whether it may be near at all.
    pub(crate) fn is_any(self) -> bool {
        self != May::NONE
    }
}

impl Prose {
    /// Of an index, of whose words `reach` says how far words of a text may be from them.
    pub(super) fn of(index: &Index, reach: impl Fn(&WordRarity) -> Reach) -> Prose {
        let empty = |count| Sieve::of(count, std::iter::empty());
        let apart = Apart::of_alike();
        let kinds = kinds(index);
        let brief = |(row, kinds): (&WordRow, &Kinds)| {
            let (term, reach) = (index.term(row), reach(&row.rarity));
            Brief {
                frame: apart.frame(term.sound),
                letters: row.keys.letters,
                broad: row.keys.broad as u16,
                room: reach.room.clamp(-1, i32::from(i16::MAX)) as i16,
                slips: reach.slips as u8,
                len: row.form_len,
                kinds: Kinds {
                    has_variants: !term.variants.is_empty(),
                    is_open: term.lacks_vowels || term.is_transcribed,
                    ..*kinds
                },
            }
        };
        let mut out = Prose {
            lone: empty(1 << 17),
            merged: empty(1 << 16),
            long: empty(1 << 17),
            alone: empty(1 << 15),
            merged_sounds: empty(1 << 14),
            words: index.words().iter().zip(&kinds).map(brief).collect(),
            apart,
        };
        out.add_kinds(index, &kinds);
        out
    }

    fn add_kinds(&mut self, index: &Index, kinds: &[Kinds]) {
        for (row, kinds) in index.words().iter().zip(kinds).filter(|(_, kinds)| kinds.is_lone) {
            let term = index.term(row);
            self.alone.add(of_form(term.form));
            if kinds.is_merged {
                each_sound(term.sound, |number| self.merged_sounds.add(number));
                let groups = row.variants.iter().filter(|group| **group != 0);
                groups.for_each(|&group| self.merged_sounds.add(of_group(group)));
            }
        }
        for (key, under) in index.words_by_key() {
            let has = |kind: fn(&Kinds) -> bool| under.iter().any(|&word| kind(&kinds[word as usize]));
            let key = u64::from(key);
            if has(|kinds| kinds.is_lone) {
                self.lone.add(key);
            }
            if has(|kinds| kinds.is_merged) {
                self.merged.add(key);
            }
            if has(|kinds| usize::from(kinds.longest) > LONG) {
                self.long.add(key);
            }
        }
    }

    /// A word of a text that is to be held against listed ones; `may_slip` says whether letters of it may be typed wrong.
    pub(crate) fn held(&self, term: &Term, may_slip: bool) -> Held {
        Held {
            frame: self.apart.frame(term.sound),
            letters: term.keys.letters,
            broad: term.keys.broad as u16,
            len: term.form.len().min(usize::from(u8::MAX)),
            is_open: term.lacks_vowels || term.is_transcribed,
            may_slip,
        }
    }

    /// In what way a word may be near to a listed one with which it shares a key, so that they matter; `has_variants` says whether a list
    /// has other forms of it, `gap` how many words away the next one stands that may be of the same name. Seen in a few steps, and says
    /// yes too often.
    #[inline]
    pub(crate) fn may_be_near(&self, held: &Held, has_variants: bool, word: u32, gap: usize) -> May {
        let listed = &self.words[word as usize];
        let (kinds, apart) = (&listed.kinds, held.len.abs_diff(usize::from(listed.len)));
        let letters = (held.letters ^ listed.letters).count_ones();
        let may_be_same = letters == 0 && apart == 0;
        // Where nothing stands beside a word it is the very word or neighbours of the list.
        let matters =
            gap <= usize::from(kinds.longest) || kinds.is_lone && (gap <= 1 || may_be_same || kinds.is_merged);
        if !matters {
            return May::NONE;
        }
        let is_open = held.is_open || kinds.is_open || has_variants && kinds.has_variants;
        if is_open || may_be_same || held.broad == listed.broad {
            return May::ANY;
        }
        let room = i32::from(listed.room);
        let slips = if held.may_slip { u32::from(listed.slips) } else { 0 };
        May {
            sound: room >= 0 && self.apart.may_be_within(&held.frame, &listed.frame, room),
            // A letter more or less changes one that occurs, another letter two.
            slip: slips > 0 && apart <= slips as usize && letters + apart as u32 <= 2 * slips,
            other: false,
        }
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

    /// Whether a word with these sounds may stand for neighbours read as one in a name of one word.
    pub(crate) fn may_sound_merged(&self, sounds: &[u8]) -> bool {
        let mut found = false;
        each_sound(sounds, |number| found |= self.merged_sounds.may_have(number));
        found
    }

    /// Whether a word in a group of variants may.
    pub(crate) fn may_be_variant_of_merged(&self, group: u32) -> bool {
        group != 0 && self.merged_sounds.may_have(of_group(group))
    }
}

/// In which names the words of an index stand.
fn kinds(index: &Index) -> Vec<Kinds> {
    let mut kinds = vec![Kinds::default(); index.words().len()];
    for row in index.names() {
        for unit in index.units(row) {
            let is_merged = (unit.mask & MASK).count_ones() > 1;
            let kinds = &mut kinds[unit.word as usize];
            kinds.is_lone |= row.words < 2;
            kinds.is_merged |= row.words < 2 && is_merged;
            if row.words > 1 {
                kinds.longest = kinds.longest.max(row.part_count);
            }
        }
    }
    kinds
}

/// Calls `each` with the numbers by which words that sound alike are known.
fn each_sound(sounds: &[u8], mut each: impl FnMut(u64)) {
    sound::fine(sounds).iter().for_each(|skeleton| each(tagged(skeleton, 21)));
    sound::unvowelled(sounds).iter().for_each(|skeleton| each(tagged(skeleton, 22)));
    each_broad(sounds, each);
}
