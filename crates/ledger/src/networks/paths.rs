//! Paths between two subjects: those of the fewest ties, and those of the best evidence.
//!
//! A path's *strength* is its weakest tie, less [`A_STEP`] for each tie beyond the first. The shortest paths are those of the fewest ties, the stronger before the weaker; the strongest
//! are those of the greatest strength, the shorter before the longer; what is left alike is ordered by the ids along the way. No subject and no attribute is in a path twice, and two
//! paths that lead by the same subjects are one. `reach` knows how good the best way on from everywhere is, so paths come out in their order, one after another.

use std::{cmp::Ordering, collections::BinaryHeap};

use serde::Serialize;

use super::{
    A_STEP, MOST_TIES,
    bits::Bits,
    graph::{Network, Way},
    reach::{NO_TIE, Scratch},
    tie::{Shared, Step},
};

/// Beginnings of paths that one question may look at.
const BEGINNINGS: usize = 60_000;

/// What is asked of two subjects.
#[derive(Clone, Copy, Debug)]
pub struct Asked {
    /// The most ties of a path, [`MOST_TIES`] at most.
    pub most_ties: usize,
    /// The most paths of either kind.
    pub paths: usize,
}

/// How two subjects are tied.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Between {
    /// The id of the one.
    pub from: String,
    /// The id of the other.
    pub to: String,
    /// The paths of the fewest ties, in their order.
    pub shortest: Vec<Path>,
    /// The paths of the best evidence, in their order.
    pub strongest: Vec<Path>,
    /// What they have in common with too many others to be tied by it.
    pub shared: Vec<Shared>,
    /// Up to how many ties paths were looked for. Fewer than asked when too many subjects are within reach.
    pub ties_searched: usize,
    /// Whether there is no path, of however many ties.
    pub is_apart: bool,
    /// Whether there may be more paths than were looked at.
    pub is_cut: bool,
}

/// A path, with what its strength is made of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Path {
    /// `weakest` less `discount`.
    pub strength: Bits,
    /// Its weakest tie.
    pub weakest: Bits,
    /// [`A_STEP`] for each tie beyond the first.
    pub discount: Bits,
    /// Its steps, from the one to the other.
    pub steps: Vec<Step>,
}

/// The strength of a path.
#[must_use]
pub fn strength(weakest: Bits, ties: usize) -> Bits {
    Bits(weakest.0 - discount(ties).0)
}

fn discount(ties: usize) -> Bits {
    Bits(A_STEP.0 * ties.saturating_sub(1) as i32)
}

/// In which order paths come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum First {
    Fewest,
    Strongest,
}

/// Finds how two subjects are tied.
#[must_use]
pub fn between(network: &Network, (from, to): (u32, u32), asked: Asked, scratch: &mut Scratch) -> Between {
    let most = asked.most_ties.clamp(1, MOST_TIES);
    let id = |number: u32| network.subject(number).id.clone();
    let mut out = Between {
        from: id(from),
        to: id(to),
        shortest: Vec::new(),
        strongest: Vec::new(),
        shared: network.shared(from, to),
        ties_searched: most,
        is_apart: false,
        is_cut: false,
    };
    if from == to {
        return out;
    }
    let reach = scratch.between(network, (from, to), most);
    out.ties_searched = reach.ties;
    if !reach.do_meet {
        out.is_apart = reach.is_whole;
        return out;
    }
    scratch.fill(network, (from, to), reach.ties);
    for (first, paths) in [(First::Fewest, &mut out.shortest), (First::Strongest, &mut out.strongest)] {
        let search = Search { network, scratch, ends: (from, to), ties: reach.ties, first };
        let (found, is_cut) = search.best(asked.paths);
        paths.extend(found.iter().map(|way| way.path(network)));
        out.is_cut |= is_cut;
    }
    out
}

/// A beginning of a path, or a whole one.
#[derive(Clone, Debug)]
struct Beginning {
    /// How good the best path is that begins so; greater comes first.
    promise: (i32, i32),
    subjects: [u32; MOST_TIES + 1],
    ways: [Way; MOST_TIES],
    ties: usize,
    weakest: Bits,
}

impl Beginning {
    fn subjects(&self) -> &[u32] {
        &self.subjects[..=self.ties]
    }

    fn last(&self) -> u32 {
        self.subjects[self.ties]
    }

    fn on(&self, way: Way, to: u32, bits: Bits) -> Beginning {
        let mut next = self.clone();
        next.ways[self.ties] = way;
        next.ties += 1;
        next.subjects[next.ties] = to;
        next.weakest = self.weakest.min(bits);
        next
    }

    fn has_been(&self, way: Way, to: u32) -> bool {
        let is_through = way.attribute().is_some() && self.ways[..self.ties].contains(&way);
        is_through || self.subjects().contains(&to)
    }

    fn path(&self, network: &Network) -> Path {
        let steps = (0..self.ties).map(|at| network.step(self.subjects[at], self.ways[at], self.subjects[at + 1]));
        Path {
            strength: strength(self.weakest, self.ties),
            weakest: self.weakest,
            discount: discount(self.ties),
            steps: steps.collect(),
        }
    }
}

/// The one that comes out first is the greatest: the best promise, then the first in the order of subjects and ways.
impl Ord for Beginning {
    fn cmp(&self, other: &Beginning) -> Ordering {
        let promise = self.promise.cmp(&other.promise);
        promise
            .then_with(|| other.subjects().cmp(self.subjects()))
            .then_with(|| other.ways[..other.ties].cmp(&self.ways[..self.ties]))
    }
}

impl PartialOrd for Beginning {
    fn partial_cmp(&self, other: &Beginning) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Beginning {
    fn eq(&self, other: &Beginning) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Beginning {}

/// A search for the best paths in one order.
struct Search<'a> {
    network: &'a Network,
    scratch: &'a Scratch,
    ends: (u32, u32),
    ties: usize,
    first: First,
}

impl Search<'_> {
    /// The best paths in their order, and whether the search was cut short.
    fn best(&self, wanted: usize) -> (Vec<Beginning>, bool) {
        let mut start = Beginning {
            promise: (0, 0),
            subjects: [self.ends.0; MOST_TIES + 1],
            ways: [Way::RELATIONS; MOST_TIES],
            ties: 0,
            weakest: NO_TIE,
        };
        let mut found: Vec<Beginning> = Vec::new();
        let Some(promise) = self.promise(&start) else { return (found, false) };
        start.promise = promise;
        let (mut waiting, mut looked_at) = (BinaryHeap::from([start]), 0);
        while let Some(beginning) = waiting.pop() {
            if found.len() == wanted {
                return (found, false);
            }
            if beginning.last() == self.ends.1 {
                if found.iter().all(|path| path.subjects() != beginning.subjects()) {
                    found.push(beginning);
                }
                continue;
            }
            looked_at += 1;
            if looked_at > BEGINNINGS {
                return (found, true);
            }
            self.network.each_way(beginning.last(), |way, to, bits| {
                let may_enter = to == self.ends.1 || self.network.is_passed(to);
                if !may_enter || beginning.has_been(way, to) {
                    return;
                }
                let mut next = beginning.on(way, to, bits);
                if let Some(promise) = self.promise(&next) {
                    next.promise = promise;
                    waiting.push(next);
                }
            });
        }
        (found, false)
    }

    /// How good the best path can be that begins so; none when none leads to the end.
    fn promise(&self, beginning: &Beginning) -> Option<(i32, i32)> {
        let promise = |ties: usize| {
            let on = self.scratch.table.best(beginning.last(), ties - beginning.ties)?;
            let (strength, few) = (strength(beginning.weakest.min(on), ties).0, -(ties as i32));
            Some(match self.first {
                First::Fewest => (few, strength),
                First::Strongest => (strength, few),
            })
        };
        (beginning.ties..=self.ties).filter_map(promise).max()
    }
}
