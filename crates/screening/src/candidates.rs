//! Whom could it be: the listed names that might reach the cutoff.
//!
//! In comes an asked name, out come the numbers of listed names with an upper bound of their evidence. For each word of the
//! asked name the index gives every comparable word; the names that have them collect, for each asked part, the best
//! evidence any of its words can give. A name is a candidate if that sum, with everything that could still speak for it,
//! reaches what is needed. Nothing that could reach it is left out: two words that share no key have no evidence at all,
//! single letters are added as if they all matched, and everything else that adds is bounded by its greatest value.

use std::sync::Arc;

use mihenk_names::{Bearer, Role};
use rustc_hash::FxHashMap;

use crate::{
    bits::Bits,
    index::{Index, build::mixed, rows::NameRow},
    likeness::{Likeness, likeness},
    model::Model,
    pairing::{Side, side},
    shape::{AskedName, AskedUnit, PartRole},
    term::OwnTerm,
    weights::{Feature, Weights},
};

/// The comparable words of the index for one asked word, sorted by number.
pub type Comparable = Arc<[(u32, Likeness)]>;

/// Memory that one thread uses again for every query.
#[derive(Debug, Default)]
pub struct Scratch {
    /// What was collected for each name.
    sums: Vec<Collected>,
    touched: Vec<u32>,
    keys: Vec<u32>,
    ranges: Vec<(u32, u32)>,
    words: Vec<u32>,
    steps: Vec<(i32, u32, u32)>,
    known: [FxHashMap<String, Known>; 9],
}

/// A word that was asked before.
#[derive(Clone, Debug)]
struct Known {
    own: Arc<OwnTerm>,
    /// As a word, and as neighbours read as one.
    comparable: [Option<Comparable>; 2],
}

/// What a listed name has in common with the asked one, as far as words go.
#[derive(Clone, Copy, Debug, Default)]
struct Collected {
    /// The most evidence its words can give.
    sum: i32,
    /// The asked parts it was collected for.
    parts: u32,
    /// The asked units that have a comparable word in it.
    units: u32,
}

/// Words of one kind that are remembered at most; then it starts again.
const KNOWN_MAX: usize = 20_000;

/// Words are remembered apart by bearer, and by what their script leaves out.
fn table(bearer: Bearer, lacks_vowels: bool, is_syllable: bool) -> usize {
    bearer as usize * 3 + usize::from(lacks_vowels) + 2 * usize::from(is_syllable)
}

/// A listed name that may reach the cutoff.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Its number in the index.
    pub name: u32,
    /// It cannot have more evidence than this.
    pub bound: Bits,
    /// The asked units that have a comparable word in it, as a bit mask.
    pub units: u32,
}

/// An asked name with the comparable words of each of its units.
#[derive(Debug)]
pub struct Asked<'a> {
    /// The name.
    pub name: &'a AskedName,
    /// How it is read.
    pub bearer: Bearer,
    /// For each unit, the words of the index that are comparable with it.
    pub comparable: Vec<Comparable>,
    /// For each unit, what pairing must know of it.
    pub sides: Vec<Side>,
    /// The units that are single letters.
    pub letters: Vec<usize>,
    /// One bit for each comparable word, by a hash of its number: most words of a candidate are none.
    seen: [u64; 8],
}

impl<'a> Asked<'a> {
    /// Looks the words of a name up in the index.
    #[must_use]
    pub fn new(name: &'a AskedName, bearer: Bearer, index: &Index, model: &Model, scratch: &mut Scratch) -> Asked<'a> {
        let comparable: Vec<Comparable> =
            name.units.iter().map(|u| scratch.comparable(u, bearer, index, model)).collect();
        let sides = name.units.iter().enumerate().map(|(i, u)| side(i, u)).collect();
        let letters =
            name.units.iter().enumerate().filter(|(_, u)| u.own.word.form.len() == 1).map(|(i, _)| i).collect();
        let mut asked = Asked { name, bearer, comparable, sides, letters, seen: [0; 8] };
        for i in 0..asked.comparable.len() {
            for j in 0..asked.comparable[i].len() {
                let (at, bit) = place(asked.comparable[i][j].0);
                asked.seen[at] |= bit;
            }
        }
        asked
    }

    /// Whether a word may be comparable with any unit; false means that it is not.
    #[must_use]
    pub fn may_know(&self, word: u32) -> bool {
        let (at, bit) = place(word);
        self.seen[at] & bit != 0
    }
}

/// Where the bit of a word is.
fn place(word: u32) -> (usize, u64) {
    let hash = word.wrapping_mul(0x9E37_79B1) >> 23;
    ((hash >> 6) as usize & 7, 1 << (hash & 63))
}

impl Scratch {
    /// Reads a name; words that were asked before are remembered.
    pub fn read(&mut self, text: &str, bearer: Bearer, model: &Model) -> AskedName {
        AskedName::read_with(text, bearer, &model.rarity, |unit| {
            let table = &mut self.known[table(bearer, unit.script.is_unvowelled(), unit.script.is_syllabic())];
            if let Some(known) = table.get(&unit.form) {
                return Arc::clone(&known.own);
            }
            if table.len() >= KNOWN_MAX {
                table.clear();
            }
            let own = Arc::new(OwnTerm::new(unit.word(bearer), model.rarity.of(bearer)));
            table.insert(unit.form.clone(), Known { own: Arc::clone(&own), comparable: [None, None] });
            own
        })
    }

    /// The words of the index that share a key with an asked word, with their likeness.
    pub fn comparable(&mut self, unit: &AskedUnit, bearer: Bearer, index: &Index, model: &Model) -> Comparable {
        let (own, merged) = (&unit.own, unit.is_merged());
        let at = table(bearer, own.word.lacks_vowels, own.word.is_syllable);
        let known = self.known[at].get(&own.word.form);
        if let Some(known) = known.and_then(|k| k.comparable[usize::from(merged)].as_ref()) {
            return Arc::clone(known);
        }
        let term = own.term();
        let mut found: Vec<(u32, Likeness)> = Vec::new();
        if term.form.len() > 1 {
            self.keys.clear();
            let push = |key| self.keys.push(mixed(key, bearer));
            if merged {
                term.each_sound_key(true, push);
            } else {
                term.each_key(true, push);
            }
            index.words_under(&self.keys, &mut self.ranges, &mut self.words);
            let rows = index.words();
            for &word in &self.words {
                let row = &rows[word as usize];
                if row.form_len == 1 {
                    continue;
                }
                found.extend(likeness(&term, &index.term(row), &model.costs).map(|l| (word, l)));
            }
        }
        let found: Comparable = found.into();
        let fresh = || Known { own: Arc::clone(own), comparable: [None, None] };
        let known = self.known[at].entry(own.word.form.clone()).or_insert_with(fresh);
        known.comparable[usize::from(merged)] = Some(Arc::clone(&found));
        found
    }

    /// The names that may have `needed` bits of evidence or more, best bound first.
    pub fn candidates(
        &mut self,
        asked: &Asked,
        index: &Index,
        weights: &Weights,
        needed: Bits,
        out: &mut Vec<Candidate>,
    ) {
        out.clear();
        self.sums.resize(index.names().len(), Collected::default());
        let parts = asked.name.parts.len();
        for part in 0..parts {
            self.collect(asked, part, index);
        }
        let bound = Bound::new(asked, weights);
        let names = index.names();
        for &name in &self.touched {
            let collected = std::mem::take(&mut self.sums[name as usize]);
            let row = &names[name as usize];
            if row.bearer != asked.bearer as u8 {
                continue;
            }
            let most = bound.of(collected.sum, collected.parts, row);
            if most >= needed {
                out.push(Candidate { name, bound: most, units: collected.units });
            }
        }
        self.touched.clear();
        out.sort_unstable_by_key(|c| (std::cmp::Reverse(c.bound), c.name));
    }

    /// Adds, to every name that has a word comparable with one part, the most evidence it can give for that part.
    fn collect(&mut self, asked: &Asked, part: usize, index: &Index) {
        self.steps.clear();
        for (i, (unit, comparable)) in asked.name.units.iter().zip(&asked.comparable).enumerate() {
            if unit.mask >> part & 1 == 0 {
                continue;
            }
            let parts = unit.mask.count_ones() as i32;
            // Units beyond the 32nd share its bit.
            let bit = 1u32 << i.min(31);
            // Rounded up, so that the bound stays one.
            self.steps.extend(comparable.iter().map(|(word, l)| ((l.bits.0.max(0) + parts - 1) / parts, *word, bit)));
        }
        self.steps.sort_unstable_by_key(|s| std::cmp::Reverse(s.0));
        let bit = 1u32 << part;
        for &(bits, word, unit) in &self.steps {
            for &name in index.postings(word) {
                let collected = &mut self.sums[name as usize];
                if collected.parts == 0 {
                    self.touched.push(name);
                }
                collected.units |= unit;
                if collected.parts & bit == 0 {
                    collected.sum += bits;
                    collected.parts |= bit;
                }
            }
        }
    }
}

/// What could still be added to the words' evidence.
struct Bound {
    counting: u32,
    initials_asked: i32,
    initial_most: i32,
    stranger: Bits,
    whole: Bits,
    exact: i32,
    varied: i32,
    initial: i32,
    number: Bits,
}

impl Bound {
    fn new(asked: &Asked, weights: &Weights) -> Bound {
        let shape = asked.name.shape();
        let counting = shape.mask(|r| matches!(r, PartRole::Word | PartRole::Initial));
        let single = |u: &&AskedUnit| !u.is_merged();
        let initials =
            asked.name.units.iter().filter(single).filter(|u| u.role == Role::Initial || u.own.word.form.len() == 1);
        let initial_of = |u: &AskedUnit| i32::from(u.own.rarity.initial).max(30);
        let initials_asked = initials.map(initial_of).sum();
        let initial_most = asked.name.units.iter().filter(single).map(initial_of).max().unwrap_or(0);
        let line = |feature: Feature| Bits(100).scaled(weights.of(feature));
        Bound {
            counting,
            initials_asked,
            initial_most,
            stranger: line(Feature::Stranger),
            whole: line(Feature::Whole) + line(Feature::WholeExact),
            exact: weights.of(Feature::Exact),
            varied: weights.of(Feature::Varied),
            initial: weights.of(Feature::Initial),
            number: if shape.numbers().is_empty() { Bits::ZERO } else { line(Feature::NumberSame) },
        }
    }

    fn of(&self, sum: i32, covered: u32, row: &NameRow) -> Bits {
        let words = Bits(sum).scaled(self.exact.max(self.varied));
        let initials = self.initials_asked + i32::from(row.initials) * self.initial_most;
        let open = self.counting & !covered != 0 && initials == 0;
        let whole = if open { Bits::ZERO } else { self.whole };
        // One hundredth for each rounding that happens when the evidence is added line by line.
        words + Bits(initials).scaled(self.initial.max(100)) + self.stranger + whole + self.number + Bits(8)
    }
}
