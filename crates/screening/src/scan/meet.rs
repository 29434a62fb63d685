//! Words without vowels that meet in a listed name.
//!
//! In come the words of a text in Arabic letters one by one, with numbers that stand for what a listed word may have in common
//! with them ([`Meetings`]); out come the listed names of which several words stand near one another, with these words. Nothing is
//! looked up of a word before it has met another one, and a name is left out whose words cannot give enough evidence together.

use std::{cell::OnceCell, ops::Range};

use mihenk_names::{
    Bearer, Script, Variants, Word,
    distance::{Letters, Sounds, Writing},
    name::{Name, behind_article, may_change},
    place::plain_form,
    sound::Sound,
    variants,
};
use rustc_hash::FxHashMap;

use super::{
    hear::Met,
    near::may_be_near,
    prose::{SOUND_COST_MAX, SOUND_LEAST},
    words::{Words, each_without_prefixes},
};
use crate::{
    bits::Bits,
    index::{
        Index,
        meetings::{Meetings, REACH, beyond_words, short},
        prose::May,
        rows::{MASK, NameRow, UnitRow},
    },
    likeness::{Asking, UNVOWELLED_DISTANCE_MAX},
    model::Model,
    shape::PartRole,
    term::{Term, TermKeys, WordRarity, share},
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

/// Collects which words meet in which names.
pub(super) struct Meeting<'a> {
    meetings: &'a Meetings,
    /// The words with the numbers that are worth asking for, in order.
    heard: Vec<(u32, u64)>,
    met: Vec<Met>,
}

impl<'a> Meeting<'a> {
    pub(super) fn new(meetings: &'a Meetings) -> Meeting<'a> {
        Meeting { meetings, heard: Vec::new(), met: Vec::new() }
    }

    /// Takes note of a number that a word has; words come in order.
    pub(super) fn hear(&mut self, word: u32, number: u64) {
        self.heard.push((word, number));
    }

    /// Finds which words meet among some that nothing parts.
    fn meet(&mut self, heard: Range<usize>) {
        self.met.clear();
        let heard = &self.heard[heard];
        for (i, &(word, number)) in heard.iter().enumerate() {
            let later = heard[i + 1..].iter().skip_while(|heard| heard.0 == word);
            for &(other, other_number) in later.take_while(|heard| (heard.0 - word) as usize <= REACH) {
                if self.meetings.may_meet(number, other_number) {
                    let names = self.meetings.names(number, other_number);
                    self.met.extend(names.flat_map(|name| [word, other].map(|word| Met { name, word })));
                }
            }
        }
        self.met.sort_unstable_by_key(Met::by_name);
        self.met.dedup();
    }

    /// The words that met, with the names that they may make up, in no order.
    pub(super) fn names(mut self, text: &str, words: &Words, judge: &Judge) -> Vec<Met> {
        let mut out = Vec::new();
        let mut begin = 0;
        while begin < self.heard.len() {
            let goes_on = |pair: &&[(u32, u64)]| !words.are_parted(pair[0].0 as usize, pair[1].0 as usize);
            let end = begin + 1 + self.heard[begin..].windows(2).take_while(goes_on).count();
            self.meet(begin..end);
            let mut readings = Readings { text, words, known: FxHashMap::default() };
            for of_name in self.met.chunk_by(|a, b| a.name == b.name) {
                self.add_enough(of_name, &mut readings, judge, &mut out);
            }
            begin = end;
        }
        out
    }

    /// Adds the words near one another that may be enough for a name.
    fn add_enough(&self, of_name: &[Met], readings: &mut Readings, judge: &Judge, out: &mut Vec<Met>) {
        let name = of_name[0].name;
        let row = &judge.index.names()[name as usize];
        let mut found = |word: u32| judge.found(row, word, readings.of(word), self.meetings);
        let is_near = |a: &Met, b: &Met| b.word - a.word <= u32::from(row.part_count);
        for run in of_name.chunk_by(is_near).filter(|run| run.len() > 1) {
            let mut all: Vec<Found> = run.iter().filter_map(|met| found(met.word)).collect();
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

    /// Words near a run of words that share a number with a name too, but are no rarer than two of the run.
    fn beside(&self, run: &[Met], units: &[UnitRow]) -> Vec<u32> {
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
    form: String,
    sound: Sound,
    variants: [Variants; 3],
    skeletons: [u32; 4],
    /// Bytes of the text that were read.
    letters: usize,
    /// Prepared to be compared with words that have their vowels, and with those that lack them.
    sounds: OnceCell<Box<Sounds>>,
    term: OnceCell<Box<(Word, TermKeys, Letters)>>,
}

/// The ways to read some words, worked out when they are first asked for.
struct Readings<'a> {
    text: &'a str,
    words: &'a Words<'a>,
    known: FxHashMap<u32, Vec<Reading>>,
}

impl Readings<'_> {
    fn of(&mut self, word: u32) -> &[Reading] {
        self.known.entry(word).or_insert_with(|| {
            let place = self.words.place(word as usize);
            let mut out: Vec<Reading> = Vec::new();
            each_without_prefixes(&self.text[place.start..place.end], |source| {
                each_form(source, |form| {
                    if out.iter().all(|reading| reading.form != form) {
                        out.push(Reading::of(form, source.len()));
                    }
                });
            });
            out
        })
    }
}

impl Reading {
    fn of(form: &str, letters: usize) -> Reading {
        let sound = Sound::of_unvowelled(form);
        let mut skeletons = [0; 4];
        skeletons.iter_mut().zip(sound.unvowelled().iter()).for_each(|(slot, skeleton)| *slot = short(skeleton));
        let variants = Bearer::ALL.map(|bearer| variants(bearer, form));
        let (sounds, term) = (OnceCell::new(), OnceCell::new());
        Reading { form: form.to_owned(), sound, variants, skeletons, letters, sounds, term }
    }

    /// The distance in sound to a listed word that has its vowels.
    fn distance(&self, listed: &Term) -> Option<i32> {
        let sounds = || Box::new(Sounds::new(self.sound.as_bytes(), Writing::FirstUnvowelled));
        self.sounds.get_or_init(sounds).distance(listed.sound, UNVOWELLED_DISTANCE_MAX)
    }

    /// Whether it may be near to a listed word that lacks its vowels too; nothing if they are not alike.
    fn nearness(&self, listed: &Term, model: &Model) -> Option<bool> {
        /// More edits are never counted, and each changes at most two of the letters that occur.
        const EDITS: u32 = 3;
        let (word, keys, letters) = &**self.term.get_or_init(|| {
            let word = Word::new(self.form.clone(), Script::Arabic, Bearer::Vessel);
            let (keys, letters) = (TermKeys::of(&word), Letters::new(word.form.as_bytes()));
            Box::new((word, keys, letters))
        });
        let is_misprint = || {
            (keys.letters ^ listed.keys.letters).count_ones() <= 2 * EDITS && letters.osa(listed.form, EDITS).is_some()
        };
        let sounds_alike = share(&keys.fine, &listed.keys.fine)
            || share(&keys.coarse, &listed.keys.coarse)
            || keys.broad != 0 && keys.broad == listed.keys.broad
            || keys.visual == listed.keys.visual;
        if !sounds_alike && !is_misprint() {
            return None;
        }
        let rarity = WordRarity::default();
        let asking = Asking::new(Term {
            form: word.form.as_bytes(),
            sound: self.sound.as_bytes(),
            keys,
            rarity: &rarity,
            variants: Variants::default(),
            lacks_vowels: true,
            is_syllable: false,
            is_transcribed: false,
        });
        Some(may_be_near(&asking, listed, self.letters, May::ANY, &model.costs))
    }
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
            for unit in self.index.units(row) {
                let Some(found) = self.unit(word, unit, reading, bearer(row), meetings) else { continue };
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

    fn unit(&self, word: u32, unit: &UnitRow, reading: &Reading, bearer: Bearer, meetings: &Meetings) -> Option<Found> {
        let has_one = meetings.has_one(unit.word, &reading.skeletons);
        // Most words of a name are like none that is near, and need not be looked at.
        if has_one == Some(false) && reading.variants[bearer as usize].is_empty() {
            return None;
        }
        let row = self.index.words().get(unit.word as usize)?;
        let (listed, costs) = (self.index.term(row), &self.model.costs);
        let parts = (unit.mask & MASK).count_ones();
        let at = |bits, is_exact| At { word, bits, parts, is_exact };
        if listed.form == reading.form.as_bytes() {
            return Some(Found { at: at(listed.rarity.rarest(), true), is_near: true });
        }
        let variant = reading.variants[bearer as usize].shared(&listed.variants);
        let variant = variant.map(|_| (i32::from(listed.rarity.variant) - costs.variant.0, true));
        let (bits, is_near) = [variant, self.by_sound_or_letters(&listed, reading, has_one == Some(true))]
            .into_iter()
            .flatten()
            .reduce(|a, b| (a.0.max(b.0), a.1 || b.1))?;
        Some(Found { at: at(bits, false), is_near })
    }

    /// The most evidence of a word for a listed one that it is like, and whether it is near enough to start looking.
    fn by_sound_or_letters(&self, listed: &Term, reading: &Reading, has_skeleton: bool) -> Option<(i32, bool)> {
        let costs = &self.model.costs;
        if listed.lacks_vowels {
            let is_near = reading.nearness(listed, self.model)?;
            return Some((listed.rarity.rarest() - if is_near { costs.spelling.0 } else { costs.typo[0].0 }, is_near));
        }
        if !has_skeleton {
            return None;
        }
        let distance = reading.distance(listed)?;
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
