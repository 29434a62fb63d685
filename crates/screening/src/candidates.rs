//! Whom could it be: the listed names that might reach the cutoff.
//!
//! In comes an asked name, out come the numbers of listed names with an upper bound of their evidence. For each word of the
//! asked name the index gives every comparable word; the names that have them collect, for each asked part, the best
//! evidence any of its words can give. A name is a candidate if that sum, with everything that could still speak for it,
//! reaches what is needed. Nothing that could reach it is left out: two words that share no key have no evidence at all,
//! single letters are added as if they all matched, and everything else that adds is bounded by its greatest value.

mod large;

use std::sync::Arc;

use mihenk_names::{Bearer, Script, Unit};
use rustc_hash::FxHashMap;

use self::large::Marks;
use crate::{
    alignment::Pair,
    attributes::Births,
    bits::Bits,
    bound::Bound,
    index::{
        Index,
        build::mixed,
        rows::{Among, Entry, Group, MASK, WordRow},
    },
    likeness::{Asking, Channel, Likeness, likeness_of},
    model::Model,
    pairing::{Side, side},
    shape::{AskedName, AskedUnit, PartRole},
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
    /// Collected names that are judged in a later step.
    later: Vec<u32>,
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
    /// The most for the part that is being collected; above it [`NONE_EXACT`].
    best: u16,
    /// The asked parts it was collected for; above them its group, [`VARIED`], [`ADMITTED`] and [`MERGED`].
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
        self.flags & MERGED != 0
    }

    /// The group of the name, if it was collected by an entry of the postings.
    fn group(&self) -> Group {
        Group::at(self.flags >> GROUP_SHIFT & GROUP_MASK)
    }

    /// Whether it has its place for another reason than its words.
    fn is_admitted(&self) -> bool {
        self.flags & ADMITTED != 0
    }

    /// Whether there is a part that must be explained for which it has words, but not the very one.
    #[must_use]
    pub fn is_varied(&self) -> bool {
        self.flags & VARIED != 0 || self.best & NONE_EXACT != 0
    }

    /// Adds a word for a part; the words for one part follow one another.
    fn add(&mut self, found: Found, flags: u32) {
        self.units |= found.unit;
        if self.flags & found.part == 0 {
            self.flags |= if self.best & NONE_EXACT != 0 { VARIED } else { 0 };
            self.best = NONE_EXACT;
        }
        self.flags |= found.part | flags;
        // Of several words for one part the one that gives most counts.
        let best = self.best & !NONE_EXACT;
        self.sum = self.sum.saturating_add(found.bits.saturating_sub(best));
        self.best = best.max(found.bits) | if found.varied { self.best & NONE_EXACT } else { 0 };
    }
}

/// Flag of a part for which the very word was not found so far.
const NONE_EXACT: u16 = 1 << 15;
/// Flag of a name that has words for a part that must be explained, but not the very one.
const VARIED: u32 = 1 << 29;
/// Flag of a name one of whose words is made of neighbours there.
const MERGED: u32 = 1 << 31;
/// Where the group of a name stands.
const GROUP_SHIFT: u32 = MASK.count_ones();
const GROUP_MASK: u32 = (1 << 5) - 1;
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
    pub born: &'a Births<'a>,
}

impl<'a> Needed<'a> {
    /// Of a name that must have so much evidence with the most that attributes can add.
    #[must_use]
    pub fn new(least: Bits, born: &'a Births<'a>) -> Needed<'a> {
        Needed { least, of_other_days: least + born.most - born.most_of_other_days(), born }
    }
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
    /// The names cannot have more evidence than this.
    pub bound: Bits,
    /// The same, less what the birth date has less than the most that it could add.
    pub reach: Bits,
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

    /// The parts, the most telling first, each with the names that are worth a place though they have no word for those before:
    /// these and all before them in the order of [`Among`], or none.
    fn parts_with_new(&self, bound: &Bound, needed: &Needed) -> Vec<(usize, Option<Among>)> {
        let (order, mut rest) = self.parts_by_evidence();
        let (mut open, parts) = (0, order.len() as u32);
        let mut out = Vec::with_capacity(order.len());
        for &(part, most) in &order {
            // A name that has no word for the parts so far may have too little left to be worth a place.
            let left = bound.of_any(rest, open);
            let new = match () {
                () if left >= needed.of_other_days => Some(Among::All),
                () if left >= needed.least => Some(Among::OtherDays),
                () if bound.of_any_with_letters(rest, open, parts) >= needed.least => Some(Among::Letters),
                () => None,
            };
            out.push((part, new));
            open |= 1 << part;
            rest -= most;
        }
        out
    }

    /// What a listed name has in common with it, of which the pairs are known.
    pub(crate) fn collected(&self, pairs: &[Pair]) -> Collected {
        let mut collected = Collected::default();
        let parts = pairs.iter().fold(0, |mask, pair| mask | pair.asked_mask);
        for part in (0..self.name.parts.len()).filter(|part| parts >> part & 1 == 1) {
            for pair in pairs.iter().filter(|pair| pair.asked_mask >> part & 1 == 1) {
                let (at, merged) =
                    (usize::from(pair.asked), if pair.listed_mask.count_ones() > 1 { MERGED } else { 0 });
                let found = self.found(part, &self.name.units[at], 1 << at.min(31), &pair.likeness);
                collected.add(found, merged);
            }
        }
        collected
    }

    /// How many entries of the postings its words have.
    #[must_use]
    pub fn entries(&self, index: &Index) -> usize {
        self.comparable.iter().flat_map(|words| words.iter()).map(|&(word, _)| index.postings(word).len()).sum()
    }

    /// How many entries the words for a part have.
    fn entry_count(&self, part: usize, index: &Index) -> usize {
        let words = self.units_of(part).flat_map(|(_, comparable, _)| comparable.iter());
        words.map(|&(word, _)| index.postings(word).len()).sum()
    }

    /// What a comparable word of a unit gives for a part.
    fn found(&self, part: usize, unit: &AskedUnit, unit_bit: u32, likeness: &Likeness) -> Found {
        let must_be_explained = matches!(self.name.parts[part].role, PartRole::Word | PartRole::Initial);
        Found {
            part: 1 << part,
            unit: unit_bit,
            bits: per_part(likeness.bits.0, unit).min(i32::from(!NONE_EXACT)) as u16,
            varied: must_be_explained && likeness.channel != Channel::Exact,
        }
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
pub(crate) const TOGETHER: usize = 32;

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
        self.is_out_of_reach(index) && asked.entries(index) > self.large.entries
    }

    /// Whether reading an index means waiting for memory, so that reads are made together.
    pub(crate) fn is_out_of_reach(&self, index: &Index) -> bool {
        index.name_count() > self.large.names
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
                if sieve.is_none_or(|sieve| sieve.may_have(u64::from(key))) {
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

    /// The names that may have the `needed` evidence or more, in no order.
    pub fn candidates(
        &mut self,
        asked: &Asked,
        index: &Index,
        weights: &Weights,
        needed: &Needed,
        out: &mut Vec<Candidate>,
    ) {
        self.sums.resize(index.names().len(), Collected::default());
        let mut bound = Bound::new(asked.name, weights, needed.least);
        self.collect_each(asked, index, &bound, needed);
        self.judge(asked, index, &mut bound, needed, None, out);
    }

    /// Judges the names that were collected. Where not every word of them was found, `units` says which may have one.
    fn judge(
        &mut self,
        asked: &Asked,
        index: &Index,
        bound: &mut Bound,
        needed: &Needed,
        units: Option<u32>,
        out: &mut Vec<Candidate>,
    ) {
        out.clear();
        let names = index.names();
        for some in self.touched.chunks(TOGETHER) {
            if self.is_out_of_reach(index) {
                // All are touched before the first is judged: these reads do not depend on one another, so their waits overlap.
                let touch = |name: u32| {
                    names[name as usize].entity ^ u32::from(names[name as usize].born ^ self.sums[name as usize].sum)
                };
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
                let reach = most + needed.born.less(row.born);
                if most >= needed.least && reach >= needed.least {
                    out.push(Candidate { name, bound: most, reach, units: units.unwrap_or(collected.units) });
                }
            }
        }
        self.touched.clear();
    }

    /// Collects part by part, the most telling first; names that only have words for later ones may have too little left.
    fn collect_each(&mut self, asked: &Asked, index: &Index, bound: &Bound, needed: &Needed) {
        for name in needed.born.days().flat_map(|day| index.names_born(day)) {
            self.admit(name);
        }
        for (part, new) in asked.parts_with_new(bound, needed) {
            let looks = (self.touched.len() + self.large.few) * ENTRIES_A_NAME;
            if new != Some(Among::All) && asked.entry_count(part, index) > looks {
                self.collect_forward(asked, part, index, new);
            } else {
                self.collect(asked, part, index, new);
            }
        }
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
    fn collect(&mut self, asked: &Asked, part: usize, index: &Index, new: Option<Among>) {
        let out_of_reach = self.is_out_of_reach(index);
        for (unit, comparable, unit_bit) in asked.units_of(part) {
            for (word, likeness) in comparable.iter() {
                let found = asked.found(part, unit, unit_bit, likeness);
                for some in index.postings(*word).chunks(TOGETHER) {
                    if out_of_reach {
                        let touched =
                            some.iter().fold(0, |all, entry| all ^ self.sums[Entry(*entry).name() as usize].flags);
                        std::hint::black_box(touched);
                    }
                    some.iter().for_each(|&entry| self.add_entry(entry, found, new));
                }
            }
        }
    }

    /// As [`Scratch::collect`], from the other side: common words are in more names than have anything else in common, so the
    /// words of these are looked at.
    fn collect_forward(&mut self, asked: &Asked, part: usize, index: &Index, new: Option<Among>) {
        let known = self.touched.len();
        for (unit, comparable, unit_bit) in asked.units_of(part) {
            for (word, likeness) in comparable.iter() {
                let found = asked.found(part, unit, unit_bit, likeness);
                // The new ones come first.
                for &entry in index.postings(*word).iter().take_while(|entry| Some(Entry(**entry).among()) <= new) {
                    self.add_entry(entry, found, new);
                }
            }
        }
        let names = index.names();
        for some in self.touched[..known].chunks(TOGETHER) {
            if index.name_count() > self.large.names {
                let rows = some.iter().map(|&name| &names[name as usize]);
                let units = rows.map(|row| index.units(row).first().map_or(0, |unit| unit.word));
                std::hint::black_box(units.fold(0, |all, word| all ^ word));
            }
            for &name in some {
                let row = &names[name as usize];
                if Some(Among::of_name(row)) <= new {
                    continue;
                }
                for listed in index.units(row).iter().filter(|listed| asked.may_know(listed.word)) {
                    let merged = if (listed.mask & MASK).count_ones() > 1 { MERGED } else { 0 };
                    for (unit, comparable, unit_bit) in asked.units_of(part) {
                        if let Ok(at) = comparable.binary_search_by_key(&listed.word, |known| known.0) {
                            let found = asked.found(part, unit, unit_bit, &comparable[at].1);
                            self.sums[name as usize].add(found, merged);
                        }
                    }
                }
            }
        }
    }

    fn add_entry(&mut self, entry: u32, found: Found, new: Option<Among>) {
        let entry = Entry(entry);
        let name = entry.name();
        let collected = &mut self.sums[name as usize];
        if collected.flags == 0 {
            if Some(entry.among()) > new {
                return;
            }
            self.touched.push(name);
        }
        let merged = if entry.is_merged() { MERGED } else { 0 };
        collected.add(found, (entry.group().index() as u32) << GROUP_SHIFT | merged);
    }
}

/// What a comparable word gives.
#[derive(Clone, Copy, Debug)]
struct Found {
    part: u32,
    unit: u32,
    bits: u16,
    /// It is not the very word that must be explained.
    varied: bool,
}
