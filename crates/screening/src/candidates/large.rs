//! Whom could it be, on a list of millions: names that have words for two parts of the asked name first, then the others.
//!
//! In comes an asked name, out come candidates as from [`Scratch::candidates`], step by step. A common word is in a hundred
//! thousand names, and nearly all of them have nothing else in common with the asked name. So the postings are gone through
//! with a bit for each name, which stays near the processor where what is collected would not, and only names that were seen
//! for two parts are collected. What a name with words for a single part needs to be worth a look depends on its [`Group`],
//! which stands in the postings: most groups are passed over as a whole, and no row of a name is fetched for them.
//!
//! It is done in steps, and for each it is known what the hits of those before have, so it needs to find only what could come
//! before the last of them: names with a word for the most telling part and one more, of these first the ones whose words give most;
//! names with words for two other parts, and those with single letters; names with words for one part. Where two words are common
//! given names, the second step finds that names of which they are all can no longer be returned.

use crate::{
    bound::Bound,
    candidates::{Asked, Candidate, Collected, Found, Needed, Scratch, TOGETHER},
    index::{
        Index,
        rows::{Among, Entry, Group},
    },
    weights::Weights,
};

/// Which names were seen: a bit for each.
#[derive(Debug, Default)]
pub(super) struct Marks {
    /// For a part before the one that is gone through.
    before: Bitmap,
    /// For two parts, or collected for another reason.
    collected: Bitmap,
    /// Collected in a step before.
    judged: Bitmap,
    /// The names with a bit in `judged`, then those with one in `collected`.
    names: Vec<u32>,
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

    /// Takes the bits of a name and its neighbours away, where those of all names are taken away.
    fn clear(&mut self, at: u32) {
        self.0[at as usize / 64] = 0;
    }
}

impl Marks {
    /// No name was seen.
    fn start(&mut self, names: usize) {
        for name in self.names.drain(..) {
            self.collected.clear(name);
            self.judged.clear(name);
        }
        for bitmap in [&mut self.before, &mut self.collected, &mut self.judged] {
            bitmap.0.resize(names.div_ceil(64), 0);
        }
    }

    /// Those that were collected are done with.
    fn put_aside(&mut self) {
        for &name in &self.names {
            self.collected.clear(name);
            self.judged.set(name);
        }
    }

    /// Whether a name was collected in this step or one before.
    fn was_collected(&self, name: u32) -> bool {
        self.collected.has(name) || self.judged.has(name)
    }

    /// Collects, of the names that have a word for a part and stand `among` those, the ones that have a mark, and those with single
    /// letters if they are among the `new`.
    fn collect_each(&mut self, asked: &Asked, part: usize, index: &Index, among: Option<Among>, new: Option<Among>) {
        asked.each_entry(part, index, among, |entry, _| {
            let (name, has_letters) = (Entry(entry).name(), Entry(entry).among() == Among::Letters);
            let is_worth = self.before.has(name) || has_letters && new.is_some();
            if is_worth && !self.judged.has(name) {
                self.collect(name);
            }
        });
    }

    /// Finds what the names that were collected have for a part, and takes the marks of all others away.
    fn find_collected(
        &mut self,
        asked: &Asked,
        part: usize,
        index: &Index,
        among: Option<Among>,
        hits: &mut Vec<(u32, Found)>,
    ) {
        asked.each_entry(part, index, among, |entry, found| {
            let name = Entry(entry).name();
            self.before.clear(name);
            if self.collected.has(name) {
                hits.push((entry, found));
            }
        });
    }

    fn collect(&mut self, name: u32) {
        if !self.collected.has(name) {
            self.collected.set(name);
            self.names.push(name);
        }
    }
}

impl Asked<'_> {
    /// Calls `each` with the entries of the words for a part that stand `among` those, and what such a word gives.
    fn each_entry(&self, part: usize, index: &Index, among: Option<Among>, mut each: impl FnMut(u32, Found)) {
        for (unit, comparable, unit_bit) in self.units_of(part) {
            for (word, likeness) in comparable.iter() {
                let found = self.found(part, unit, unit_bit, likeness);
                let entries = index.postings(*word);
                let entries = if among == Some(Among::All) { entries } else { first_of(entries, among) };
                entries.iter().for_each(|&entry| each(entry, found));
            }
        }
    }
}

/// The entries that stand `among` those, which come first.
fn first_of(postings: &[u32], among: Option<Among>) -> &[u32] {
    &postings[..postings.partition_point(|&entry| Some(Entry(entry).among()) <= among)]
}

/// Names that are judged first, to know what the others have to reach.
const AT_FIRST: usize = 64;

impl Scratch {
    /// Collects the names that have words for the most telling part of the asked name and another one, or a birth date that may
    /// be the one asked for. Those whose words give most are candidates, in no order; the rest is left for a second step, when it
    /// is known what they have to reach.
    pub fn most_telling_of_two_parts(
        &mut self,
        asked: &Asked,
        index: &Index,
        weights: &Weights,
        needed: &Needed,
        out: &mut Vec<Candidate>,
    ) {
        self.sums.resize(index.name_count(), Collected::default());
        self.marks.start(index.name_count());
        let (order, _) = asked.parts_by_evidence();
        let Some((&(first, _), others)) = order.split_first() else { return out.clear() };
        for name in needed.born.days().flat_map(|day| index.names_born(day)) {
            self.marks.collect(name);
            self.admit(name);
        }
        let mut hits = std::mem::take(&mut self.hits);
        let marks = &mut self.marks;
        asked.each_entry(first, index, Some(Among::All), |entry, _| marks.before.set(Entry(entry).name()));
        for &(part, _) in others {
            asked.each_entry(part, index, Some(Among::All), |entry, found| {
                let name = Entry(entry).name();
                if marks.before.has(name) {
                    marks.collect(name);
                } else if !marks.collected.has(name) {
                    return;
                }
                hits.push((entry, found));
            });
        }
        marks.find_collected(asked, first, index, Some(Among::All), &mut hits);
        self.add_all(hits);
        if AT_FIRST < self.touched.len() {
            let Scratch { touched, sums, later, .. } = self;
            let order =
                |name: &u32| std::cmp::Reverse((sums[*name as usize].is_admitted(), sums[*name as usize].sum()));
            touched.select_nth_unstable_by_key(AT_FIRST, order);
            later.extend(touched.drain(AT_FIRST..));
        }
        self.judge_by_group(asked, index, weights, needed, None, out);
    }

    /// The rest of those that were collected. To be asked after [`Scratch::most_telling_of_two_parts`].
    pub fn others_of_two_parts(
        &mut self,
        asked: &Asked,
        index: &Index,
        weights: &Weights,
        needed: &Needed,
        out: &mut Vec<Candidate>,
    ) {
        std::mem::swap(&mut self.touched, &mut self.later);
        self.judge_by_group(asked, index, weights, needed, None, out);
    }

    /// The names that have no word for the most telling part, but words for two others; and those that have single letters beside
    /// a word for any. To be asked after [`Scratch::others_of_two_parts`].
    pub fn without_the_most_telling(
        &mut self,
        asked: &Asked,
        index: &Index,
        weights: &Weights,
        needed: &Needed,
        out: &mut Vec<Candidate>,
    ) {
        let parts = asked.parts_with_new(&Bound::new(asked.name, weights, needed.least), needed);
        let Some((&(first, _), others)) = parts.split_first() else { return out.clear() };
        let worth = others.first().and_then(|&(_, new)| new);
        let worth = if others.len() > 1 { worth } else { worth.min(Some(Among::Letters)) };
        let mut hits = std::mem::take(&mut self.hits);
        let marks = &mut self.marks;
        marks.put_aside();
        marks.collect_each(asked, first, index, Some(Among::Letters), Some(Among::Letters));
        for (number, &(part, new)) in others.iter().enumerate() {
            marks.collect_each(asked, part, index, worth, new);
            if number + 1 < others.len() {
                asked.each_entry(part, index, new, |entry, _| marks.before.set(Entry(entry).name()));
            }
        }
        marks.find_collected(asked, first, index, Some(Among::Letters), &mut hits);
        others.iter().for_each(|&(part, _)| marks.find_collected(asked, part, index, worth, &mut hits));
        self.add_all(hits);
        self.judge_by_group(asked, index, weights, needed, None, out);
    }

    /// The names that have words for a single part. To be asked after [`Scratch::without_the_most_telling`].
    pub fn those_of_one_part(
        &mut self,
        asked: &Asked,
        index: &Index,
        weights: &Weights,
        needed: &Needed,
        out: &mut Vec<Candidate>,
    ) {
        let bound = Bound::new(asked.name, weights, needed.least);
        let mut hits = std::mem::take(&mut self.hits);
        for part in 0..asked.name.parts.len() {
            let alone = Alone::of(part, &bound, needed);
            for (unit, comparable, unit_bit) in asked.units_of(part) {
                for (word, likeness) in comparable.iter() {
                    let found = asked.found(part, unit, unit_bit, likeness);
                    let postings = index.postings(*word);
                    for some in alone.worth_a_look(i32::from(found.bits), postings) {
                        let new = some.iter().filter(|&&entry| !self.marks.was_collected(Entry(entry).name()));
                        hits.extend(new.map(|&entry| (entry, found)));
                    }
                }
            }
        }
        self.add_all(hits);
        // Not every word of such a name was found, so all units are looked for.
        self.judge_by_group(asked, index, weights, needed, Some(u32::MAX), out);
    }

    /// As [`Scratch::judge`], but first by what is known without a look at the name's row.
    fn judge_by_group(
        &mut self,
        asked: &Asked,
        index: &Index,
        weights: &Weights,
        needed: &Needed,
        units: Option<u32>,
        out: &mut Vec<Candidate>,
    ) {
        let mut bound = Bound::new(asked.name, weights, needed.least);
        let mut of_other_days = Bound::new(asked.name, weights, needed.of_other_days);
        let Scratch { touched, sums, .. } = self;
        let mut kept = 0;
        for from in (0..touched.len()).step_by(TOGETHER) {
            let to = (from + TOGETHER).min(touched.len());
            std::hint::black_box(touched[from..to].iter().fold(0, |all, &name| all ^ sums[name as usize].flags));
            for at in from..to {
                let name = touched[at];
                let collected = &mut sums[name as usize];
                let group = collected.group();
                let is_of_other_days = group.among() == Among::All && !collected.is_admitted();
                let bound = if is_of_other_days { &mut of_other_days } else { &mut bound };
                if collected.parts() != 0 && bound.may_reach_in_group(collected, group) {
                    touched[kept] = name;
                    kept += 1;
                } else {
                    *collected = Collected::default();
                }
            }
        }
        touched.truncate(kept);
        self.judge(asked, index, &mut bound, needed, units, out);
    }

    /// Adds what was found; what was found for one part stands together.
    fn add_all(&mut self, mut hits: Vec<(u32, Found)>) {
        for some in hits.chunks(TOGETHER) {
            // All are touched before the first is added to: these reads do not depend on one another, so their waits overlap.
            let touched = some.iter().fold(0, |all, (entry, _)| all ^ self.sums[Entry(*entry).name() as usize].flags);
            std::hint::black_box(touched);
            some.iter().for_each(|&(entry, found)| self.add_entry(entry, found, Some(Among::All)));
        }
        hits.clear();
        self.hits = hits;
    }
}

/// How much evidence a word must give to be worth a look in a name that has words for its part alone, for each group of names.
struct Alone {
    /// By group, for a word that is one in the name and for one that is made of neighbours there.
    least: [[i32; 2]; Group::COUNT],
    /// The least of all.
    least_of_all: i32,
}

impl Alone {
    fn of(part: usize, bound: &Bound, needed: &Needed) -> Alone {
        let mut least = [[0; 2]; Group::COUNT];
        for (group, least) in Group::all().zip(&mut least) {
            let needed = match group.among() {
                // Of these, the ones that are worth it were collected whatever they have.
                Among::Letters => {
                    *least = [i32::MAX; 2];
                    continue;
                }
                Among::OtherDays => needed.least,
                Among::All => needed.of_other_days,
            };
            *least = [false, true].map(|merged| bound.least_alone(1 << part, group, merged, needed));
        }
        let least_of_all = least.iter().flatten().copied().min().unwrap_or(0);
        Alone { least, least_of_all }
    }

    /// The entries of a word's postings that are worth a look, a stretch for each group.
    fn worth_a_look<'p>(&self, bits: i32, postings: &'p [u32]) -> impl Iterator<Item = &'p [u32]> {
        let groups = (0..Group::COUNT).filter(move |&group| self.least[group].iter().any(|&least| bits >= least));
        let groups = groups.take(if bits >= self.least_of_all { Group::COUNT } else { 0 });
        groups.map(|group| {
            let from = postings.partition_point(|&entry| Entry(entry).group().index() < group);
            let len = postings[from..].partition_point(|&entry| Entry(entry).group().index() == group);
            &postings[from..from + len]
        })
    }
}
