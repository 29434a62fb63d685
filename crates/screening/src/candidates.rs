//! Whom could it be: the listed names that might reach the cutoff.
//!
//! In comes an asked name, out come the numbers of listed names with an upper bound of their evidence. For each word of the
//! asked name the index gives every comparable word; the names that have them collect, for each asked part, the best
//! evidence any of its words can give. A name is a candidate if that sum, with everything that could still speak for it,
//! reaches what is needed. Nothing that could reach it is left out: two words that share no key have no evidence at all,
//! single letters are added as if they all matched, and everything else that adds is bounded by its greatest value.

use std::sync::Arc;

use mihenk_names::{Bearer, Script, Unit};
use rustc_hash::FxHashMap;

use crate::{
    attributes::Births,
    bits::Bits,
    bound::Bound,
    index::{
        Index,
        build::mixed,
        rows::{Among, MASK, MERGED_THERE, NAME, WordRow},
    },
    likeness::{Asking, Likeness, likeness_of},
    model::Model,
    pairing::{Side, side},
    shape::{AskedName, AskedUnit},
    term::OwnTerm,
    weights::Weights,
};

/// The comparable words of the index for one asked word, sorted by number.
pub type Comparable = Arc<[(u32, Likeness)]>;

/// Memory that one thread uses again for every query.
#[derive(Debug, Default)]
pub struct Scratch {
    /// What was collected for each name.
    sums: Vec<Collected>,
    touched: Vec<u32>,
    marks: Marks,
    hits: Vec<(u32, Found)>,
    keys: Vec<u32>,
    ranges: Vec<(u32, u32)>,
    words: Vec<u32>,
    known: [FxHashMap<String, Known>; 3 * Script::WRITINGS],
    /// The index that the known words were looked up in.
    index: Option<(u32, [u8; 32])>,
    /// From where on another way is taken.
    large: Large,
}

/// From which sizes on the way for large lists is taken. It finds the same; for small ones it costs more than it saves.
#[derive(Clone, Copy, Debug)]
struct Large {
    /// An index with fewer names is in reach as a whole.
    names: usize,
    /// From so many entries of the postings on, names that have words for two parts are looked for first: when there are enough
    /// good ones, the many that have a word for one are not worth looking at.
    entries: usize,
    /// So many names more are not worth looking at from their side.
    few: usize,
}

impl Default for Large {
    fn default() -> Large {
        Large { names: 200_000, entries: 4_000, few: 500 }
    }
}

/// A word that was asked before.
#[derive(Clone, Debug)]
struct Known {
    own: Arc<OwnTerm>,
    /// As a word, and as neighbours read as one.
    comparable: [Option<Comparable>; 2],
}

/// What a listed name has in common with the asked one, as far as words go. Twelve bytes: there is one for each listed name,
/// and most of them are looked at out of order.
#[derive(Clone, Copy, Debug, Default)]
pub struct Collected {
    /// The most evidence its words can give. 24 parts of at most 32 bits each, in hundredths, would be too many for 16 bits;
    /// beyond it nothing is decided any more, so it stays at the greatest number.
    sum: u16,
    /// The most for the part that is being collected.
    best: u16,
    /// The asked parts it was collected for; above them [`MERGED_THERE`] and [`ADMITTED`].
    flags: u32,
    /// The asked units that have a comparable word in it.
    units: u32,
}

impl Collected {
    /// The most evidence its words can give, in hundredths of a bit.
    #[must_use]
    pub fn sum(&self) -> i32 {
        i32::from(self.sum)
    }

    /// The asked parts it was collected for.
    #[must_use]
    pub fn parts(&self) -> u32 {
        self.flags & MASK
    }

    /// Whether one of its words is made of neighbours in the listed name.
    #[must_use]
    pub fn is_merged(&self) -> bool {
        self.flags & MERGED_THERE != 0
    }

    /// Adds a word for a part.
    fn add(&mut self, part: u32, unit: u32, bits: u16, merged: u32) {
        self.units |= unit;
        if self.flags & part == 0 {
            self.best = 0;
        }
        self.flags |= part | merged;
        // Of several words for one part the one that gives most counts.
        self.sum = self.sum.saturating_add(bits.saturating_sub(self.best));
        self.best = self.best.max(bits);
    }
}

/// Which of the names that may reach what is needed are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// All of them.
    All,
    /// Those that have words for two parts of the asked name, single letters, or a birth date that may be the one asked for.
    OfTwoParts,
}

/// Flag of a name that has its place for another reason than its words.
const ADMITTED: u32 = 1 << 30;

/// What a listed name must reach to be a candidate.
#[derive(Debug)]
pub struct Needed<'a> {
    /// With the most that attributes can add.
    pub least: Bits,
    /// With the most that they can add to an entity that has one birth date or none, and not one of the near ones.
    pub of_other_days: Bits,
    /// What birth dates say.
    pub born: Births<'a>,
}

/// Words of one kind that are remembered at most; then it starts again.
const KNOWN_MAX: usize = 20_000;

/// Words are remembered apart by bearer, and by what their script does to their sounds.
fn table(bearer: Bearer, writing: usize) -> usize {
    bearer as usize * Script::WRITINGS + writing
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
    /// For each unit, the most evidence that a comparable word gives.
    most: Vec<i32>,
    /// One bit for each comparable word, by a hash of its number: most words of a candidate are none.
    seen: Vec<u64>,
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
        let most = comparable.iter().map(|c| c.iter().map(|(_, l)| l.bits.0).max().unwrap_or(0)).collect();
        let words: usize = comparable.iter().map(|c| c.len()).sum();
        // Eight bits for each word keep most others out.
        let mut seen = vec![0_u64; (words / 8).next_power_of_two().clamp(8, 1 << 14)];
        for &(word, _) in comparable.iter().flat_map(|c| c.iter()) {
            let (at, bit) = place(word, seen.len());
            seen[at] |= bit;
        }
        Asked { name, bearer, comparable, sides, letters, most, seen }
    }

    /// The parts with the most evidence that a word can give for each, the most telling first; and all of it in sum.
    fn parts_by_evidence(&self) -> (Vec<(usize, i32)>, i32) {
        let most = |part: usize| {
            let units = self.name.units.iter().zip(&self.most).filter(|(u, _)| u.mask >> part & 1 == 1);
            units.map(|(u, &most)| per_part(most, u)).max().unwrap_or(0)
        };
        let mut order: Vec<(usize, i32)> = (0..self.name.parts.len()).map(|part| (part, most(part))).collect();
        order.sort_by_key(|&(_, most)| std::cmp::Reverse(most));
        let sum = order.iter().map(|o| o.1).sum();
        (order, sum)
    }

    /// Whether a word may be comparable with any unit; false means that it is not.
    #[must_use]
    pub fn may_know(&self, word: u32) -> bool {
        let (at, bit) = place(word, self.seen.len());
        self.seen[at] & bit != 0
    }

    /// Calls `each` with the parts, the most telling first, and with which names are worth a place that have no word for those
    /// before.
    fn each_part(&self, bound: &Bound, needed: &Needed, mut each: impl FnMut(usize, Among)) {
        let (order, mut rest) = self.parts_by_evidence();
        let mut open = 0;
        for &(part, most) in &order {
            // A name that has no word for the parts so far may have too little left to be worth a place.
            let left = bound.of_any(rest, open);
            let new = match () {
                () if left >= needed.of_other_days => Among::All,
                () if left >= needed.least => Among::OtherDays,
                () => Among::Letters,
            };
            each(part, new);
            open |= 1 << part;
            rest -= most;
        }
    }

    /// The most evidence of a name that has words for a single part, and neither single letters nor a near birth date nor several.
    #[must_use]
    pub fn most_of_one_part(&self, weights: &Weights, needed: &Needed) -> Bits {
        let bound = Bound::new(self.name, weights, needed.least);
        let (order, _) = self.parts_by_evidence();
        let parts = order.iter().map(|&(part, most)| bound.of_any(most, !(1 << part)));
        parts.max().unwrap_or(Bits::ZERO)
    }

    /// How many entries of the postings its words have.
    #[must_use]
    pub fn entries(&self, index: &Index) -> usize {
        self.comparable.iter().flat_map(|words| words.iter()).map(|&(word, _)| index.postings(word).len()).sum()
    }

    /// The units that cover a part, with their bit; units beyond the 32nd share one.
    fn units_of(&self, part: usize) -> impl Iterator<Item = (&AskedUnit, &Comparable, u32)> {
        let units = self.name.units.iter().zip(&self.comparable).enumerate();
        let covering = units.filter(move |(_, (unit, _))| unit.mask >> part & 1 == 1);
        covering.map(|(i, (unit, comparable))| (unit, comparable, 1u32 << i.min(31)))
    }
}

/// The evidence of a unit shared out among its parts, rounded up so that a bound stays one.
fn per_part(bits: i32, unit: &AskedUnit) -> i32 {
    let parts = unit.mask.count_ones() as i32;
    (bits.max(0) + parts - 1) / parts
}

/// Where the bit of a word is, in so many units of 64, a power of two.
fn place(word: u32, len: usize) -> (usize, u64) {
    let hash = word.wrapping_mul(0x9E37_79B1) >> 10;
    ((hash >> 6) as usize & (len - 1), 1 << (hash & 63))
}

/// Names whose memory is asked for together.
const TOGETHER: usize = 32;

/// Looking for the words of a part in a name costs as much as so many entries of the postings.
const ENTRIES_A_NAME: usize = 4;

impl Scratch {
    /// Gets ready for an index; what was remembered of another one is forgotten.
    pub fn serve(&mut self, index: &Index) {
        let now = Some(index.fingerprint());
        if self.index != now {
            *self = Scratch { index: now, large: self.large, ..Scratch::default() };
        }
    }

    /// Memory that takes the way for large lists on small ones as well, for the test that it finds the same.
    #[must_use]
    pub fn for_large_lists() -> Scratch {
        Scratch { large: Large { names: 0, entries: 0, few: 0 }, ..Scratch::default() }
    }

    /// Whether a name has so many to look through that those with words for two parts are looked for first.
    #[must_use]
    pub fn looks_twice(&self, asked: &Asked, index: &Index) -> bool {
        index.name_count() > self.large.names && asked.entries(index) > self.large.entries
    }

    /// Reads a name; words that were asked before are remembered.
    pub fn read(&mut self, text: &str, bearer: Bearer, model: &Model) -> AskedName {
        AskedName::read_with(text, bearer, &model.rarity, |unit| self.own(unit, bearer, model))
    }

    /// A word, worked out or remembered.
    pub(crate) fn own(&mut self, unit: &Unit, bearer: Bearer, model: &Model) -> Arc<OwnTerm> {
        let table = &mut self.known[table(bearer, unit.script.writing())];
        if let Some(known) = table.get(&unit.form) {
            return Arc::clone(&known.own);
        }
        if table.len() >= KNOWN_MAX {
            table.clear();
        }
        let own = Arc::new(OwnTerm::new(unit.word(bearer), model.rarity.of(bearer)));
        table.insert(unit.form.clone(), Known { own: Arc::clone(&own), comparable: [None, None] });
        own
    }

    /// The words of the index that share a key with an asked word, with their likeness.
    pub fn comparable(&mut self, unit: &AskedUnit, bearer: Bearer, index: &Index, model: &Model) -> Comparable {
        let (own, merged) = (&unit.own, unit.is_merged());
        let at = table(bearer, own.word.writing);
        let known = self.known[at].get(&own.word.form);
        if let Some(known) = known.and_then(|k| k.comparable[usize::from(merged)].as_ref()) {
            return Arc::clone(known);
        }
        let term = own.term();
        let mut found: Vec<(u32, Likeness)> = Vec::new();
        if term.form.len() > 1 {
            self.keys.clear();
            let sieve = index.sieve_if_made();
            let push = |key| {
                let key = mixed(key, bearer);
                if sieve.is_none_or(|sieve| sieve.may_have(key)) {
                    self.keys.push(key);
                }
            };
            // Neighbours read as one are found by sound; *abd* with what follows is one word, and mistyped like one.
            if merged && !own.word.form.starts_with("abd") {
                term.each_sound_key(index.asked_by(), push);
            } else {
                term.each_key(index.asked_by(), push);
            }
            index.words_under(&self.keys, &mut self.ranges, &mut self.words);
            let rows = index.words();
            // Every row is touched first: these reads do not depend on one another, so their waits for memory overlap.
            let touch = |row: &WordRow| row.keys.letters ^ u32::from(row.rarity.form.unsigned_abs());
            let touched = self.words.iter().fold(0, |all, &word| all ^ touch(&rows[word as usize]));
            std::hint::black_box(touched);
            let asking = Asking::new(term);
            for &word in &self.words {
                let row = &rows[word as usize];
                if row.form_len == 1 {
                    continue;
                }
                found.extend(likeness_of(&asking, &index.term(row), &model.costs).map(|l| (word, l)));
            }
        }
        let found: Comparable = found.into();
        let fresh = || Known { own: Arc::clone(own), comparable: [None, None] };
        let known = self.known[at].entry(own.word.form.clone()).or_insert_with(fresh);
        known.comparable[usize::from(merged)] = Some(Arc::clone(&found));
        found
    }

    /// The names that may have the `needed` evidence or more, best bound first.
    pub fn candidates(
        &mut self,
        asked: &Asked,
        index: &Index,
        weights: &Weights,
        needed: &Needed,
        wanted: Wanted,
        out: &mut Vec<Candidate>,
    ) {
        out.clear();
        self.sums.resize(index.names().len(), Collected::default());
        let mut bound = Bound::new(asked.name, weights, needed.least);
        match wanted {
            Wanted::All => self.collect_each(asked, index, &bound, needed),
            Wanted::OfTwoParts => self.collect_twice(asked, index, &bound, needed),
        }
        let names = index.names();
        for some in self.touched.chunks(TOGETHER) {
            if names.len() > self.large.names {
                // All are touched before the first is judged: these reads do not depend on one another, so their waits overlap.
                let touch = |name: u32| names[name as usize].least_rarity ^ self.sums[name as usize].sum;
                std::hint::black_box(some.iter().fold(0, |all, &name| all ^ touch(name)));
            }
            for &name in some {
                let collected = std::mem::take(&mut self.sums[name as usize]);
                let row = &names[name as usize];
                let is_none = row.bearer != asked.bearer as u8 || collected.parts() == 0;
                if is_none || !bound.may_reach(&collected, row) {
                    continue;
                }
                let most = bound.of(&collected, row);
                if most >= needed.least && most + needed.born.less(row.born) >= needed.least {
                    out.push(Candidate { name, bound: most, units: collected.units });
                }
            }
        }
        self.touched.clear();
        out.sort_unstable_by_key(|c| (std::cmp::Reverse(c.bound), c.name));
    }

    /// Collects part by part, the most telling first; names that only have words for later ones may have too little left.
    fn collect_each(&mut self, asked: &Asked, index: &Index, bound: &Bound, needed: &Needed) {
        for name in needed.born.days().flat_map(|day| index.names_born(day)) {
            self.admit(name);
        }
        asked.each_part(bound, needed, |part, new| {
            let entries = || -> usize {
                let words = asked.units_of(part).flat_map(|(_, comparable, _)| comparable.iter());
                words.map(|&(word, _)| index.postings(word).len()).sum()
            };
            if new != Among::All && entries() > (self.touched.len() + self.large.few) * ENTRIES_A_NAME {
                self.collect_forward(asked, part, index, new);
            } else {
                self.collect(asked, part, index, new);
            }
        });
    }

    /// As [`Scratch::collect_each`], of names that have words for two parts: most have not, and of these no more is kept than a
    /// bit. Those with single letters or several birth dates, and those born on a day that is asked for, are collected
    /// whatever they have.
    fn collect_twice(&mut self, asked: &Asked, index: &Index, bound: &Bound, needed: &Needed) {
        self.marks.resize(index.names().len());
        let born: Vec<u32> = needed.born.days().flat_map(|day| index.names_born(day)).collect();
        for &name in &born {
            self.marks.found.set(name);
            self.marks.twice.set(name);
        }
        let (marks, hits) = (&mut self.marks, &mut self.hits);
        asked.each_part(bound, needed, |part, new| {
            let first = hits.len();
            for (unit, comparable, unit_bit) in asked.units_of(part) {
                for (word, likeness) in comparable.iter() {
                    let found = Found { part: 1 << part, unit: unit_bit, bits: bits_of_part(likeness, unit) };
                    for &entry in index.postings(*word) {
                        let name = entry & NAME;
                        if Among::of_entry(entry) > new && !marks.found.has(name) {
                            continue;
                        }
                        marks.found.set(name);
                        if marks.before.has(name) {
                            marks.twice.set(name);
                        }
                        hits.push((entry, found));
                    }
                }
            }
            hits[first..].iter().for_each(|(entry, _)| marks.before.set(entry & NAME));
        });
        let hits = std::mem::take(&mut self.hits);
        for &(entry, found) in &hits {
            if self.marks.twice.has(entry & NAME) || Among::of_entry(entry) != Among::All {
                self.add_entry(entry, found, Among::All);
            }
        }
        for name in hits.iter().map(|(entry, _)| entry & NAME).chain(born) {
            self.marks.clear(name);
        }
        self.hits = hits;
        self.hits.clear();
    }

    /// Gives a name a place, whatever its words are.
    fn admit(&mut self, name: u32) {
        let collected = &mut self.sums[name as usize];
        if collected.flags == 0 {
            collected.flags = ADMITTED;
            self.touched.push(name);
        }
    }

    /// Adds, to every name that has a word comparable with one part, the most evidence it can give for that part. Names
    /// that have nothing in common with other parts are left out unless they are among the `new`.
    fn collect(&mut self, asked: &Asked, part: usize, index: &Index, new: Among) {
        let out_of_reach = index.name_count() > self.large.names;
        for (unit, comparable, unit_bit) in asked.units_of(part) {
            for (word, likeness) in comparable.iter() {
                let found = Found { part: 1 << part, unit: unit_bit, bits: bits_of_part(likeness, unit) };
                for some in index.postings(*word).chunks(TOGETHER) {
                    if out_of_reach {
                        let touched = some.iter().fold(0, |all, entry| all ^ self.sums[(entry & NAME) as usize].flags);
                        std::hint::black_box(touched);
                    }
                    some.iter().for_each(|&entry| self.add_entry(entry, found, new));
                }
            }
        }
    }

    /// As [`Scratch::collect`], from the other side: common words are in more names than have anything else in common, so the
    /// words of these are looked at.
    fn collect_forward(&mut self, asked: &Asked, part: usize, index: &Index, new: Among) {
        let known = self.touched.len();
        for (unit, comparable, unit_bit) in asked.units_of(part) {
            for (word, likeness) in comparable.iter() {
                let found = Found { part: 1 << part, unit: unit_bit, bits: bits_of_part(likeness, unit) };
                // The new ones come first.
                for &entry in index.postings(*word).iter().take_while(|entry| Among::of_entry(**entry) <= new) {
                    self.add_entry(entry, found, new);
                }
            }
        }
        let names = index.names();
        for &name in &self.touched[..known] {
            let row = &names[name as usize];
            if Among::of_name(row) <= new {
                continue;
            }
            for listed in index.units(row).iter().filter(|listed| asked.may_know(listed.word)) {
                let merged = if (listed.mask & MASK).count_ones() > 1 { MERGED_THERE } else { 0 };
                for (unit, comparable, unit_bit) in asked.units_of(part) {
                    if let Ok(at) = comparable.binary_search_by_key(&listed.word, |known| known.0) {
                        let bits = bits_of_part(&comparable[at].1, unit);
                        self.sums[name as usize].add(1 << part, unit_bit, bits, merged);
                    }
                }
            }
        }
    }

    fn add_entry(&mut self, entry: u32, found: Found, new: Among) {
        let name = entry & NAME;
        let collected = &mut self.sums[name as usize];
        if collected.flags == 0 {
            if Among::of_entry(entry) > new {
                return;
            }
            self.touched.push(name);
        }
        collected.add(found.part, found.unit, found.bits, entry & MERGED_THERE);
    }
}

/// Which names were found: a bit for each, small enough to stay near the processor where what is collected would not.
#[derive(Debug, Default)]
struct Marks {
    /// Found at all.
    found: Bitmap,
    /// Found for a part before the one that is collected.
    before: Bitmap,
    /// Found for two parts.
    twice: Bitmap,
}

impl Marks {
    fn resize(&mut self, names: usize) {
        for map in [&mut self.found, &mut self.before, &mut self.twice] {
            map.0.resize(names.div_ceil(64), 0);
        }
    }

    fn clear(&mut self, name: u32) {
        for map in [&mut self.found, &mut self.before, &mut self.twice] {
            // The neighbours' bits go too: all marks are cleared together.
            map.0[name as usize / 64] = 0;
        }
    }
}

#[derive(Debug, Default)]
struct Bitmap(Vec<u64>);

impl Bitmap {
    fn has(&self, at: u32) -> bool {
        self.0[at as usize / 64] >> (at % 64) & 1 == 1
    }

    fn set(&mut self, at: u32) {
        self.0[at as usize / 64] |= 1 << (at % 64);
    }
}

/// What a comparable word gives.
#[derive(Clone, Copy, Debug)]
struct Found {
    part: u32,
    unit: u32,
    bits: u16,
}

fn bits_of_part(likeness: &Likeness, unit: &AskedUnit) -> u16 {
    per_part(likeness.bits.0, unit).min(i32::from(u16::MAX)) as u16
}
