//! Words without vowels that meet in a listed name.
//!
//! In come the words of a text in Arabic letters one by one, with numbers that stand for what a listed word may have in common
//! with them ([`Meetings`]); out come the listed names of which several words stand near one another, with these words. Nothing is
//! looked up of a word before it has met another one, and a name is left out whose words cannot give enough evidence together.

use mihenk_names::{
    Bearer, Script, Variants, Word,
    name::{Name, behind_article, may_change},
    place::plain_form,
    variants,
};
use rustc_hash::FxHashMap;

use super::{
    near::may_be_near,
    prose::{SOUND_COST_MAX, SOUND_LEAST},
    words::{Words, each_without_prefixes},
};
use crate::{
    bits::Bits,
    index::{
        Index,
        meetings::{Meetings, REACH, beyond_words, short},
        rows::{MASK, NameRow, UnitRow},
    },
    likeness::{Asking, UNVOWELLED_DISTANCE_MAX},
    model::Model,
    shape::PartRole,
    term::{Term, TermKeys, WordRarity},
    weights::Feature,
};

/// A word of a text that may stand for a word of a listed name.
#[derive(Clone, Copy, Debug)]
struct At {
    /// The word's number in the text.
    word: u32,
    /// The most evidence that it gives.
    bits: i32,
    /// Parts of the name that it may stand for.
    parts: u32,
    /// Whether it may be the very word.
    is_exact: bool,
}

impl At {
    /// Adds what more the same word may give.
    fn add(&mut self, other: At) {
        self.bits = self.bits.max(other.bits);
        self.parts = self.parts.max(other.parts);
        self.is_exact |= other.is_exact;
    }
}

/// A word that met others in a name.
#[derive(Clone, Copy, Debug)]
pub(super) struct Met {
    /// The name.
    pub(super) name: u32,
    /// The word's number in the text.
    pub(super) word: u32,
}

/// A word that shares a number with a name which has another one near by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Heard {
    name: u32,
    word: u32,
}

/// Collects which words meet in which names.
pub(super) struct Meeting<'a> {
    meetings: &'a Meetings,
    /// The words with the numbers that are worth asking for, in order.
    heard: Vec<(u32, u64)>,
    met: Vec<Heard>,
}

impl<'a> Meeting<'a> {
    pub(super) fn new(meetings: &'a Meetings) -> Meeting<'a> {
        Meeting { meetings, heard: Vec::new(), met: Vec::new() }
    }

    /// Takes note of a number that a word has; words come in order.
    pub(super) fn hear(&mut self, word: u32, number: u64) {
        self.heard.push((word, number));
    }

    /// Finds which words meet.
    fn meet(&mut self, words: &Words) {
        let is_near =
            |from: u32, to: u32| to as usize - from as usize <= REACH && !words.are_parted(from as usize, to as usize);
        for (i, &(word, number)) in self.heard.iter().enumerate() {
            let later = self.heard[i + 1..].iter().skip_while(|heard| heard.0 == word);
            for &(other, other_number) in later.take_while(|heard| is_near(word, heard.0)) {
                if self.meetings.may_meet(number, other_number) {
                    let names = self.meetings.names(number, other_number);
                    self.met.extend(names.flat_map(|name| [word, other].map(|word| Heard { name, word })));
                }
            }
        }
        self.met.sort_unstable();
        self.met.dedup();
    }

    /// The words that met, with the names that they may make up.
    pub(super) fn names(mut self, text: &str, words: &Words, judge: &Judge) -> Vec<Met> {
        self.meet(words);
        let mut known: FxHashMap<u32, Vec<Reading>> = FxHashMap::default();
        let mut out = Vec::new();
        for of_name in self.met.chunk_by(|a, b| a.name == b.name) {
            let name = of_name[0].name;
            let row = &judge.index.names()[name as usize];
            let mut found = |word: u32| {
                let readings = known.entry(word).or_insert_with(|| readings(text, words, word as usize));
                judge.found(row, word, readings, self.meetings)
            };
            let is_near = |a: &Heard, b: &Heard| {
                let (from, to) = (a.word as usize, b.word as usize);
                to - from <= usize::from(row.part_count) && !words.are_parted(from, to)
            };
            for run in of_name.chunk_by(is_near).filter(|run| run.len() > 1) {
                let mut all: Vec<Found> = run.iter().filter_map(|heard| found(heard.word)).collect();
                if all.iter().filter(|found| found.is_near).count() < usize::from(row.words).min(2) {
                    continue;
                }
                if !judge.is_enough(row, all.iter().map(|found| found.at)) {
                    all.extend(self.beside(run, judge.index.units(row)).into_iter().filter_map(&mut found));
                }
                if judge.is_enough(row, all.iter().map(|found| found.at)) {
                    out.extend(all.iter().filter(|found| found.is_near).map(|found| Met { name, word: found.at.word }));
                }
            }
        }
        out
    }

    /// Words near a run of words that share a number with a name too, but are no rarer than two of the run.
    fn beside(&self, run: &[Heard], units: &[UnitRow]) -> Vec<u32> {
        let (first, last) = (run[0].word, run[run.len() - 1].word);
        let from = self.heard.partition_point(|heard| heard.0 + (REACH as u32) < first);
        let near = self.heard[from..].iter().take_while(|heard| heard.0 <= last + REACH as u32);
        let is_new = |word: u32| run.iter().all(|heard| heard.word != word);
        let mut out: Vec<u32> =
            near.filter(|heard| is_new(heard.0) && self.meetings.have(units, heard.1)).map(|heard| heard.0).collect();
        out.dedup();
        out
    }
}

/// One way to read a word without vowels.
struct Reading {
    word: Word,
    keys: TermKeys,
    variants: [Variants; 3],
    skeletons: Vec<u32>,
    /// Bytes of the text that were read.
    letters: usize,
}

fn readings(text: &str, words: &Words, at: usize) -> Vec<Reading> {
    let place = words.place(at);
    let mut out: Vec<Reading> = Vec::new();
    each_without_prefixes(&text[place.start..place.end], |source| {
        each_form(source, |form| {
            if out.iter().all(|reading| reading.word.form != form) {
                let word = Word::new(form.to_owned(), Script::Arabic, Bearer::Vessel);
                let skeletons = word.unvowelled().iter().map(short).collect();
                let variants = Bearer::ALL.map(|bearer| variants(bearer, form));
                out.push(Reading { keys: TermKeys::of(&word), word, variants, skeletons, letters: source.len() });
            }
        });
    });
    out
}

/// Calls `each` with the forms of the units that a word of plain Arabic letters may be read as, by whatever bearer.
pub(super) fn each_form(source: &str, mut each: impl FnMut(&str)) {
    let mut form = String::new();
    plain_form(source, Script::Arabic, &mut form);
    if form.len() < 2 {
        return;
    }
    let rest = behind_article(&form);
    each(rest);
    if rest.len() < form.len() {
        each(&form);
    }
    if may_change(rest) || may_change(&form) {
        Name::read(source, Bearer::Person).each_unit(|unit| each(&unit.form));
    }
}

/// What a word of a text may give for a name.
#[derive(Clone, Copy)]
struct Found {
    at: At,
    /// Whether it is near enough to a word of the name to start looking.
    is_near: bool,
}

/// Judges what words can give for names.
pub(super) struct Judge<'a> {
    pub(super) index: &'a Index,
    pub(super) model: &'a Model,
    /// The least evidence of a mention, with what running text must give more.
    pub(super) needed: Bits,
}

impl Judge<'_> {
    fn found(&self, row: &NameRow, word: u32, readings: &[Reading], meetings: &Meetings) -> Option<Found> {
        let mut best: Option<Found> = None;
        for reading in readings {
            let rarity = WordRarity::default();
            let asking = Asking::new(Term {
                form: reading.word.form.as_bytes(),
                sound: reading.word.sound.as_bytes(),
                keys: &reading.keys,
                rarity: &rarity,
                variants: reading.variants[bearer(row) as usize],
                lacks_vowels: true,
                is_syllable: false,
                is_transcribed: false,
            });
            for unit in self.index.units(row) {
                let Some(found) = self.unit(word, unit, reading, &asking, meetings) else { continue };
                match &mut best {
                    Some(best) => {
                        best.at.add(found.at);
                        best.is_near |= found.is_near;
                    }
                    None => best = Some(found),
                }
            }
        }
        best
    }

    fn unit(
        &self,
        word: u32,
        unit: &UnitRow,
        reading: &Reading,
        asking: &Asking,
        meetings: &Meetings,
    ) -> Option<Found> {
        let row = self.index.words().get(unit.word as usize)?;
        let (listed, costs) = (self.index.term(row), &self.model.costs);
        let parts = (unit.mask & MASK).count_ones();
        let at = |bits, is_exact| At { word, bits, parts, is_exact };
        if listed.form == reading.word.form.as_bytes() {
            return Some(Found { at: at(listed.rarity.rarest(), true), is_near: true });
        }
        let variant = asking.term().variants.shared(&listed.variants);
        let variant = variant.map(|_| (i32::from(listed.rarity.variant) - costs.variant.0, true));
        let (bits, is_near) = [variant, self.by_sound_or_letters(unit.word, &listed, reading, asking, meetings)]
            .into_iter()
            .flatten()
            .reduce(|a, b| (a.0.max(b.0), a.1 || b.1))?;
        Some(Found { at: at(bits, false), is_near })
    }

    /// The most evidence of a word for a listed one that it is like, and whether it is near enough to start looking.
    fn by_sound_or_letters(
        &self,
        word: u32,
        listed: &Term,
        reading: &Reading,
        asking: &Asking,
        meetings: &Meetings,
    ) -> Option<(i32, bool)> {
        let costs = &self.model.costs;
        if listed.lacks_vowels {
            let is_near = may_be_near(asking, listed, reading.letters, costs);
            return Some((listed.rarity.rarest() - if is_near { costs.spelling.0 } else { costs.typo[0].0 }, is_near));
        }
        if !meetings.has_one(word, &reading.skeletons) {
            return None;
        }
        let distance = asking.sound_distance(listed, UNVOWELLED_DISTANCE_MAX)?;
        let cost = distance * 80 / 100 + costs.unvowelled.0;
        let bits = i32::from(listed.rarity.unvowelled) - cost;
        Some((bits, cost <= SOUND_COST_MAX.0 && bits > SOUND_LEAST.0))
    }

    /// Whether words may give enough evidence for a name: what they give at most, less what is certain to be taken away.
    fn is_enough(&self, row: &NameRow, words: impl Iterator<Item = At>) -> bool {
        let has_number = || self.index.parts(row).iter().any(|part| part.role == PartRole::Number as u8);
        if row.letters > 0 || row.words < 2 || has_number() {
            return true;
        }
        let weights = &self.model.weights;
        let mut most = Bits(100).scaled(weights.of(Feature::Stranger));
        let (mut parts, mut has_exact, mut has_varied) = (0, false, false);
        for at in words {
            let feature = if at.is_exact { Feature::Exact } else { Feature::Varied };
            most += Bits(at.bits.max(0)).scaled(weights.of(feature));
            parts += at.parts;
            has_exact |= at.is_exact;
            has_varied |= !at.is_exact;
        }
        most + beyond_words(weights, parts >= u32::from(row.words), has_exact, has_varied) >= self.needed
    }
}

fn bearer(row: &NameRow) -> Bearer {
    Bearer::ALL.get(usize::from(row.bearer)).copied().unwrap_or(Bearer::Person)
}
