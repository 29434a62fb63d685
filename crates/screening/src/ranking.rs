//! Who is ahead while candidates are weighed: the best name of each entity, and what the last of the hits to be returned has
//! at least.
//!
//! In come names that were compared, out comes the order of their entities. A query returns a few hits, and against a large
//! list thousands of names reach the cutoff; once as many entities as are wanted have some amount of evidence for certain, a
//! name that cannot reach that amount needs no comparison. What an entity has for certain is worked out from the best of its
//! names so far and from what is observed beside them; it only grows, for a better name can only add.

use std::collections::hash_map::Entry;

use rustc_hash::FxHashMap;

use crate::bits::Bits;

/// What is observed on an entity beside its names.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Beside {
    /// What attributes add or take away.
    pub(crate) attributes: Bits,
    /// What having many names or another number takes away; zero or below.
    pub(crate) takes: Bits,
    /// Whether the birth dates are others.
    pub(crate) born_other: bool,
    /// Whether its schema can match the record's.
    pub(crate) can_match: bool,
}

impl Beside {
    /// All of it that does not depend on the name.
    pub(crate) fn sum(&self) -> Bits {
        self.attributes + self.takes
    }
}

/// A name of an entity that was compared with one of the record's.
#[derive(Clone, Copy, Debug)]
pub(crate) struct BestName {
    /// Whether a word of the one stands for a word of the other; names without any are no evidence for a match.
    pub(crate) alike: bool,
    /// The evidence of the names.
    pub(crate) bits: Bits,
    /// What it makes of the entity together with everything else, but for a shared number.
    pub(crate) total: Bits,
    /// The asked name, by its place among those read.
    pub(crate) asked: usize,
    /// The listed name.
    pub(crate) listed: u32,
}

impl BestName {
    /// Whether it is better than another one of the same entity.
    pub(crate) fn is_better(&self, other: &BestName) -> bool {
        let order = |n: &BestName| (n.alike, n.bits, std::cmp::Reverse((n.asked, n.listed)));
        order(self) > order(other)
    }
}

/// The entities that were found, and how far ahead the first of them are.
#[derive(Debug)]
pub(crate) struct Ranking {
    limit: usize,
    cutoff: Bits,
    best: FxHashMap<u32, BestName>,
    /// The entities with most, as many as are returned at most, with what each has for certain; the most first.
    first: Vec<(Bits, u32)>,
}

impl Ranking {
    /// Of a query that returns so many hits that have so much evidence.
    pub(crate) fn new(limit: usize, cutoff: Bits) -> Ranking {
        Ranking { limit, cutoff, best: FxHashMap::default(), first: Vec::new() }
    }

    /// What an entity must have to be a hit: the cutoff at first, and what the last of those returned has for certain as soon
    /// as there are as many. One that has less is not returned; one that has as much may be.
    pub(crate) fn least(&self) -> Bits {
        match self.first.last() {
            Some(last) if self.first.len() == self.limit => last.0,
            _ => self.cutoff,
        }
    }

    /// The best name of an entity so far.
    pub(crate) fn name_of(&self, entity: u32) -> Option<&BestName> {
        self.best.get(&entity)
    }

    /// Takes a name of an entity that has `certain` evidence with it at least.
    pub(crate) fn add(&mut self, entity: u32, name: BestName, certain: Bits) {
        match self.best.entry(entity) {
            Entry::Occupied(mut known) if name.is_better(known.get()) => drop(known.insert(name)),
            Entry::Occupied(_) => return,
            Entry::Vacant(place) => drop(place.insert(name)),
        }
        if certain < self.cutoff || self.limit == 0 || certain < self.least() {
            return;
        }
        self.first.retain(|first| first.1 != entity);
        let at = self.first.partition_point(|first| first.0 >= certain);
        self.first.insert(at, (certain, entity));
        self.first.truncate(self.limit);
    }

    /// The entities that may be returned, in no order, each with its best name: all that have as much as the last one, if there
    /// are more than are returned.
    pub(crate) fn into_first(self) -> Vec<(u32, BestName)> {
        let mut all: Vec<(u32, BestName)> = self.best.into_iter().filter(|(_, n)| n.total >= self.cutoff).collect();
        if let Some(last) = self.limit.checked_sub(1).filter(|&last| last < all.len()) {
            let total = all.select_nth_unstable_by_key(last, |(_, name)| std::cmp::Reverse(name.total)).1.1.total;
            all.retain(|(_, name)| name.total >= total);
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(bits: i32) -> BestName {
        BestName { alike: true, bits: Bits(bits), total: Bits(bits), asked: 0, listed: 7 }
    }

    #[test]
    fn what_is_needed_rises_when_enough_entities_have_more() {
        let mut ranking = Ranking::new(2, Bits(100));
        ranking.add(1, name(500), Bits(500));
        // The same entity once more is no second hit.
        ranking.add(1, name(600), Bits(600));
        // One below the cutoff is none either.
        ranking.add(2, name(300), Bits(90));
        assert_eq!(ranking.least(), Bits(100));
        ranking.add(3, name(400), Bits(350));
        assert_eq!(ranking.least(), Bits(350));
        ranking.add(4, name(700), Bits(650));
        assert_eq!(ranking.least(), Bits(600));
    }

    #[test]
    fn those_that_are_level_with_the_last_are_all_kept() {
        let mut ranking = Ranking::new(2, Bits(100));
        for (entity, bits) in [(1, 300), (2, 200), (3, 300), (4, 300), (5, 250)] {
            ranking.add(entity, name(bits), Bits(bits));
        }
        let mut first: Vec<u32> = ranking.into_first().into_iter().map(|(entity, _)| entity).collect();
        first.sort_unstable();
        assert_eq!(first, [1, 3, 4]);
    }
}
