//! Who is ahead while candidates are weighed: the best name of each entity, and what the last of the hits to be returned has
//! at least.
//!
//! In come names that were compared, out comes the order of their entities. A query returns a few hits, and against a large
//! list thousands of names reach the cutoff; once as many entities as are wanted have some amount of evidence for certain, a
//! name that cannot reach that amount needs no comparison. What an entity with one name has for certain is worked out from that
//! name and from what is observed beside it; it only grows, for a better name of the record can only add. Of an entity with
//! several names another one may contradict the best, so all its names are compared before anything is certain: only when there
//! are as many entities as are returned, and only for those that would come before the last of them.

use std::{cmp::Reverse, collections::hash_map::Entry};

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
    /// What it makes of the entity together with everything else, but for a shared number and for what other names of the
    /// entity take away ([`crate::weights::Feature::Elsewhere`]).
    pub(crate) total: Bits,
    /// The asked name, by its place among those read.
    pub(crate) asked: usize,
    /// The listed name.
    pub(crate) listed: u32,
}

impl BestName {
    /// Whether it is better than another one of the same entity.
    pub(crate) fn is_better(&self, other: &BestName) -> bool {
        let order = |n: &BestName| (n.alike, n.bits, Reverse((n.asked, n.listed)));
        order(self) > order(other)
    }
}

/// An entity that was found.
#[derive(Clone, Copy, Debug)]
struct Found {
    name: BestName,
    /// Whether all its names were compared.
    is_settled: bool,
}

/// What an entity has for certain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Certain {
    /// So much at least.
    Least(Bits),
    /// Nothing that could be said without comparing all its names.
    Unsettled,
}

/// The entities that were found, and how far ahead the first of them are.
#[derive(Debug)]
pub(crate) struct Ranking<'a> {
    limit: usize,
    cutoff: Bits,
    best: FxHashMap<u32, Found>,
    /// The entities with most, as many as are returned at most, each with what it has for certain and its id, in the order of
    /// hits.
    first: Vec<(Reverse<Bits>, &'a str, u32)>,
    /// Entities of which nothing is certain yet.
    unsettled: Vec<u32>,
}

impl<'a> Ranking<'a> {
    /// Of a query that returns so many hits that have so much evidence.
    pub(crate) fn new(limit: usize, cutoff: Bits) -> Ranking<'a> {
        Ranking { limit, cutoff, best: FxHashMap::default(), first: Vec::new(), unsettled: Vec::new() }
    }

    /// What an entity must have to be a hit: the cutoff at first, and what the last of those returned has for certain as soon
    /// as there are as many. One that has less is not returned; one that has as much may be.
    pub(crate) fn least(&self) -> Bits {
        self.last().map_or(self.cutoff, |last| last.0.0)
    }

    fn last(&self) -> Option<&(Reverse<Bits>, &'a str, u32)> {
        self.first.last().filter(|_| self.first.len() == self.limit)
    }

    /// Whether an entity with so much evidence at most may be among the hits; of those that are level the ids decide.
    pub(crate) fn may_be_first(&self, most: Bits, entity: u32, id: impl FnOnce() -> &'a str) -> bool {
        match self.last() {
            Some(last) if most == last.0.0 => last.2 == entity || id() < last.1,
            Some(last) => most > last.0.0,
            None => most >= self.cutoff,
        }
    }

    /// The best name of an entity so far.
    pub(crate) fn name_of(&self, entity: u32) -> Option<&BestName> {
        self.best.get(&entity).map(|found| &found.name)
    }

    /// Whether all names of an entity were compared.
    pub(crate) fn is_settled(&self, entity: u32) -> bool {
        self.best.get(&entity).is_some_and(|found| found.is_settled)
    }

    /// Takes a name of an entity.
    pub(crate) fn add(&mut self, entity: u32, id: &'a str, name: BestName, certain: Certain) {
        let found = Found { name, is_settled: false };
        match self.best.entry(entity) {
            Entry::Occupied(mut known) if name.is_better(&known.get().name) => drop(known.insert(found)),
            Entry::Occupied(_) => return,
            Entry::Vacant(place) => drop(place.insert(found)),
        }
        match certain {
            Certain::Least(bits) => self.put_in_order(entity, id, bits),
            Certain::Unsettled => self.unsettled.push(entity),
        }
    }

    /// An entity all of whose names are to be compared to know what it has for certain, if that may make others needless.
    pub(crate) fn next_to_settle(&mut self) -> Option<u32> {
        if self.best.len() < self.limit || self.limit == 0 {
            return None;
        }
        while let Some(entity) = self.unsettled.pop() {
            let (found, least) = (self.best.get(&entity), self.least());
            if found.is_some_and(|f| !f.is_settled && (f.name.total > least || self.last().is_none())) {
                return Some(entity);
            }
        }
        None
    }

    /// Takes the best of all names of an entity, with what others of its names take away.
    pub(crate) fn settle(&mut self, entity: u32, id: &'a str, name: BestName) {
        self.best.insert(entity, Found { name, is_settled: true });
        self.put_in_order(entity, id, name.total);
    }

    fn put_in_order(&mut self, entity: u32, id: &'a str, certain: Bits) {
        if certain < self.cutoff || self.limit == 0 || certain < self.least() {
            return;
        }
        self.first.retain(|first| first.2 != entity);
        let place = (Reverse(certain), id, entity);
        let at = self.first.partition_point(|first| *first < place);
        self.first.insert(at, place);
        self.first.truncate(self.limit);
    }

    /// The entities that may be returned, in no order, each with its best name.
    pub(crate) fn into_first(self) -> impl Iterator<Item = (u32, BestName)> {
        let least = self.least();
        let names = self.best.into_iter().map(|(entity, found)| (entity, found.name));
        names.filter(move |(_, name)| name.total >= least)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(bits: i32) -> BestName {
        BestName { alike: true, bits: Bits(bits), total: Bits(bits), asked: 0, listed: 7 }
    }

    const IDS: [&str; 6] = ["id-0", "id-1", "id-2", "id-3", "id-4", "id-5"];

    fn add(ranking: &mut Ranking, entity: u32, bits: i32, certain: Certain) {
        ranking.add(entity, IDS[entity as usize], name(bits), certain);
    }

    fn least(bits: i32) -> Certain {
        Certain::Least(Bits(bits))
    }

    #[test]
    fn what_is_needed_rises_when_enough_entities_have_more() {
        let mut ranking = Ranking::new(2, Bits(100));
        add(&mut ranking, 1, 500, least(500));
        // The same entity once more is no second hit.
        add(&mut ranking, 1, 600, least(600));
        // One below the cutoff is none either.
        add(&mut ranking, 2, 300, least(90));
        assert_eq!(ranking.least(), Bits(100));
        add(&mut ranking, 3, 400, least(350));
        assert_eq!(ranking.least(), Bits(350));
        add(&mut ranking, 4, 700, least(650));
        assert_eq!(ranking.least(), Bits(600));
    }

    #[test]
    fn of_those_that_are_level_the_ids_decide() {
        let mut ranking = Ranking::new(2, Bits(100));
        for (entity, bits) in [(3, 300), (2, 200), (4, 300), (5, 250)] {
            add(&mut ranking, entity, bits, least(bits));
        }
        assert!(!ranking.may_be_first(Bits(300), 5, || IDS[5]));
        assert!(ranking.may_be_first(Bits(300), 1, || IDS[1]));
        // Whoever is among the first may be named again.
        assert!(ranking.may_be_first(Bits(300), 4, || IDS[4]));
        add(&mut ranking, 1, 300, least(300));
        assert!(!ranking.may_be_first(Bits(300), 4, || IDS[4]));
        let mut first: Vec<u32> = ranking.into_first().map(|(entity, _)| entity).collect();
        first.sort_unstable();
        assert_eq!(first, [1, 3, 4]);
    }

    #[test]
    fn entities_with_several_names_are_settled_when_that_may_spare_others() {
        let mut ranking = Ranking::new(2, Bits(100));
        add(&mut ranking, 1, 500, Certain::Unsettled);
        assert_eq!(ranking.next_to_settle(), None, "one more is returned in any case");
        add(&mut ranking, 2, 400, least(400));
        assert_eq!(ranking.next_to_settle(), Some(1));
        ranking.settle(1, IDS[1], name(300));
        assert_eq!((ranking.least(), ranking.is_settled(1)), (Bits(300), true));
        // What is level with the last or below it makes nothing needless.
        add(&mut ranking, 3, 300, Certain::Unsettled);
        assert_eq!(ranking.next_to_settle(), None);
    }
}
