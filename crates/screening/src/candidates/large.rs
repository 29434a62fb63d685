//! Whom could it be, on a list of millions: names that have words for two parts of the asked name first, then the others.
//!
//! In comes an asked name, out come candidates as from [`Scratch::candidates`], in two steps. A common word is in a hundred
//! thousand names, and nearly all of them have nothing else in common with the asked name. So the postings are gone through
//! with a bit for each name, which stays near the processor where what is collected would not, and only names that were seen
//! for two parts are collected. What a name with words for a single part needs to be worth a look depends on its [`Group`],
//! which stands in the postings: most groups are passed over as a whole, and no row of a name is fetched for them. When the
//! second step is asked for, the first hits are known, and it needs to find only what could come before the last of them. The
//! first step is itself in two: those whose words give most are judged before the others.

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
    /// The names with a bit in `collected`.
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
        }
        self.before.0.resize(names.div_ceil(64), 0);
        self.collected.0.resize(names.div_ceil(64), 0);
    }

    fn collect(&mut self, name: u32) {
        if !self.collected.has(name) {
            self.collected.set(name);
            self.names.push(name);
        }
    }
}

/// Names that are judged first, to know what the others have to reach.
const AT_FIRST: usize = 64;

impl Scratch {
    /// Collects the names that have words for two parts of the asked name, single letters, or a birth date that may be the one
    /// asked for. Those whose words give most are candidates, in no order; the rest is left for a second step, when it is known
    /// what they have to reach.
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
        let Some((&(last, _), others)) = order.split_last() else { return out.clear() };
        for name in needed.born.days().flat_map(|day| index.names_born(day)) {
            self.marks.collect(name);
            self.admit(name);
        }
        for (number, &(part, _)) in others.iter().enumerate() {
            self.mark(asked, part, index, number == 0);
        }
        let mut hits = std::mem::take(&mut self.hits);
        self.mark_last(asked, last, index, &mut hits);
        let of_last = hits.len();
        for &(part, _) in others {
            self.find_marked(asked, part, index, &mut hits);
        }
        // What was found for one part stays together.
        for some in hits[of_last..].chunks(TOGETHER).chain(hits[..of_last].chunks(TOGETHER)) {
            self.add_hits(some);
        }
        hits.clear();
        self.hits = hits;
        if AT_FIRST < self.touched.len() {
            let Scratch { touched, sums, later, .. } = self;
            let order =
                |name: &u32| std::cmp::Reverse((sums[*name as usize].is_admitted(), sums[*name as usize].sum()));
            touched.select_nth_unstable_by_key(AT_FIRST, order);
            later.extend(touched.drain(AT_FIRST..));
        }
        self.judge_by_group(asked, index, weights, needed, None, out);
    }

    /// The rest of the names that were collected. To be asked after [`Scratch::most_telling_of_two_parts`].
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

    /// The names that have words for a single part. To be asked after [`Scratch::others_of_two_parts`].
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
                        let marks = &self.marks;
                        let new = some.iter().filter(|&&entry| !marks.collected.has(Entry(entry).name()));
                        hits.extend(new.map(|&entry| (entry, found)));
                    }
                }
            }
        }
        for some in hits.chunks(TOGETHER) {
            self.add_hits(some);
        }
        hits.clear();
        self.hits = hits;
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
        touched.retain(|&name| {
            let collected = &mut sums[name as usize];
            let group = collected.group();
            let is_of_other_days = group.among() == Among::All && !collected.is_admitted();
            let bound = if is_of_other_days { &mut of_other_days } else { &mut bound };
            let may_reach = collected.parts() != 0 && bound.may_reach_in_group(collected, group);
            if !may_reach {
                *collected = Collected::default();
            }
            may_reach
        });
        self.judge(asked, index, &mut bound, needed, units, out);
    }

    /// Marks the names that have a word for a part.
    fn mark(&mut self, asked: &Asked, part: usize, index: &Index, is_first: bool) {
        let marks = &mut self.marks;
        let entries = || asked.entries_of(part, index).map(Entry);
        for entry in entries() {
            let name = entry.name();
            if !is_first && marks.before.has(name) || entry.among() == Among::Letters {
                marks.collect(name);
            }
            if is_first {
                marks.before.set(name);
            }
        }
        if !is_first {
            entries().for_each(|entry| marks.before.set(entry.name()));
        }
    }

    /// As [`Scratch::mark`], for the last part, of which all that is found is known at once.
    fn mark_last(&mut self, asked: &Asked, part: usize, index: &Index, hits: &mut Vec<(u32, Found)>) {
        let marks = &mut self.marks;
        for (unit, comparable, unit_bit) in asked.units_of(part) {
            for (word, likeness) in comparable.iter() {
                let found = asked.found(part, unit, unit_bit, likeness);
                for &entry in index.postings(*word) {
                    let name = Entry(entry).name();
                    if marks.before.has(name) || Entry(entry).among() == Among::Letters {
                        marks.collect(name);
                    } else if !marks.collected.has(name) {
                        continue;
                    }
                    hits.push((entry, found));
                }
            }
        }
    }

    /// Finds what the names to be collected have for a part, and takes the marks of all others away.
    fn find_marked(&mut self, asked: &Asked, part: usize, index: &Index, hits: &mut Vec<(u32, Found)>) {
        let marks = &mut self.marks;
        for (unit, comparable, unit_bit) in asked.units_of(part) {
            for (word, likeness) in comparable.iter() {
                let found = asked.found(part, unit, unit_bit, likeness);
                for &entry in index.postings(*word) {
                    let name = Entry(entry).name();
                    marks.before.clear(name);
                    if marks.collected.has(name) {
                        hits.push((entry, found));
                    }
                }
            }
        }
    }

    fn add_hits(&mut self, some: &[(u32, Found)]) {
        // All are touched before the first is added to: these reads do not depend on one another, so their waits overlap.
        let touched = some.iter().fold(0, |all, (entry, _)| all ^ self.sums[Entry(*entry).name() as usize].flags);
        std::hint::black_box(touched);
        some.iter().for_each(|&(entry, found)| self.add_entry(entry, found, Among::All));
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
                // These are collected whatever they have.
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
