//! Who is within reach, and how good the best way on from each of them is.
//!
//! A search between two meets in the middle: around each end grows a *ball* of those that so many ties lead to, always the one with fewer at its rim,
//! until both together reach as far as a path may be long. Only those between the ends are looked at again: a [`Table`] says of each, for every number of ties, the weakest
//! tie of the best way from there to the end, and so the search for paths never follows a way that leads nowhere. An attribute is opened once by a ball,
//! and one that too many bear never, so that no address makes a search slow. The work is bounded in ties looked at, not in time: the same question has the same answer everywhere.

use super::{
    MOST_TIES,
    bits::Bits,
    graph::{Network, Way},
};

/// Ties that growing both balls may look at; when it is reached, shorter paths are looked for.
const WORK: usize = 600_000;

/// Memory of a search, for the next one to use again.
#[derive(Debug, Default)]
pub struct Scratch {
    pub(super) balls: [Ball; 2],
    pub(super) table: Table,
}

/// Those that some ties lead to.
#[derive(Debug, Default)]
pub(super) struct Ball {
    /// The question in which a subject was last reached, and by how many ties.
    marks: Vec<(u32, u8)>,
    attribute_marks: Vec<u32>,
    question: u32,
    reached: Vec<u32>,
    /// Where the rim begins among those reached.
    rim: usize,
    /// Ties up to which everybody was reached.
    radius: usize,
}

impl Ball {
    fn begin(&mut self, network: &Network, start: u32) {
        self.marks.resize(network.len(), (0, 0));
        self.attribute_marks.resize(network.attribute_count(), 0);
        self.question += 1;
        self.reached.clear();
        (self.rim, self.radius) = (0, 0);
        self.reach(start, 0);
    }

    /// How many ties away a subject is, if it was reached.
    fn distance(&self, subject: u32) -> Option<usize> {
        let (question, distance) = self.marks[subject as usize];
        (question == self.question && usize::from(distance) <= self.radius).then_some(usize::from(distance))
    }

    /// Whether nobody further away can be reached.
    fn is_whole(&self) -> bool {
        self.rim == self.reached.len()
    }

    fn reach(&mut self, subject: u32, distance: u8) {
        let mark = &mut self.marks[subject as usize];
        if mark.0 != self.question {
            *mark = (self.question, distance);
            self.reached.push(subject);
        }
    }

    /// Reaches those that one more tie leads to; `false` when that took too much work, and then the ball is as large as before.
    fn grow(&mut self, network: &Network, other_end: u32, work: &mut usize) -> bool {
        let (rim, next) = (self.rim..self.reached.len(), self.radius as u8 + 1);
        for at in rim.clone() {
            let from = self.reached[at];
            // No path leads through its own end.
            if from == other_end {
                continue;
            }
            for (other, _) in network.related(from) {
                *work += 1;
                self.enter(network, other, next, other_end);
            }
            for (attribute, _) in network.tying(from) {
                if self.attribute_marks[attribute as usize] == self.question {
                    continue;
                }
                self.attribute_marks[attribute as usize] = self.question;
                for &other in network.bearers(attribute) {
                    *work += 1;
                    self.enter(network, other, next, other_end);
                }
            }
            if *work > WORK {
                return false;
            }
        }
        self.rim = rim.end;
        self.radius += 1;
        true
    }

    fn enter(&mut self, network: &Network, other: u32, distance: u8, other_end: u32) {
        if other == other_end || network.is_passed(other) {
            self.reach(other, distance);
        }
    }
}

/// How far a search between two came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Reach {
    /// Paths of up to so many ties are all within what was reached.
    pub(super) ties: usize,
    /// Whether somebody is within reach of both.
    pub(super) do_meet: bool,
    /// Whether one end reaches nobody else: what is not tied within this is not tied by any number of ties.
    pub(super) is_whole: bool,
}

impl Scratch {
    /// Grows balls around two ends until paths of up to `most` ties are within them, or the work is too much.
    pub(super) fn between(&mut self, network: &Network, ends: (u32, u32), most: usize) -> Reach {
        let [one, other] = &mut self.balls;
        one.begin(network, ends.0);
        other.begin(network, ends.1);
        let mut work = 0;
        while one.radius + other.radius < most && !one.is_whole() && !other.is_whole() {
            let is_first = one.reached.len() - one.rim <= other.reached.len() - other.rim;
            let (ball, other_end) = if is_first { (&mut *one, ends.1) } else { (&mut *other, ends.0) };
            if !ball.grow(network, other_end, &mut work) {
                break;
            }
        }
        let is_whole = one.is_whole() || other.is_whole();
        let ties = if is_whole { most } else { one.radius + other.radius };
        let (small, large) = if one.reached.len() < other.reached.len() { (&*one, &*other) } else { (&*other, &*one) };
        let do_meet = small.reached.iter().any(|&at| small.distance(at).is_some() && large.distance(at).is_some());
        Reach { ties, do_meet, is_whole }
    }

    /// Whether a path of up to `ties` ties can lead through a subject that is `to_end` ties or more from the second end.
    fn is_between(&self, subject: u32, to_end: usize, ties: usize) -> bool {
        let one = &self.balls[0];
        match one.distance(subject) {
            Some(distance) => distance + to_end <= ties,
            None if one.is_whole() => false,
            None => one.radius + 1 + to_end <= ties,
        }
    }

    /// Fills the table of ways to the second end.
    pub(super) fn fill(&mut self, network: &Network, ends: (u32, u32), ties: usize) {
        let mut table = std::mem::take(&mut self.table);
        table.begin(network, ends.1);
        for layer in 1..=ties {
            let may_enter = |subject: u32| {
                let may_pass = subject == ends.0 || network.is_passed(subject);
                may_pass && self.is_between(subject, layer, ties)
            };
            table.add_layer(network, layer, |from| from != ends.0, may_enter);
        }
        self.table = table;
    }
}

/// Of each subject, for every number of ties: the weakest tie of the best way to the end, by at most so many.
#[derive(Debug, Default)]
pub(super) struct Table {
    /// The question in which a subject was last reached, and its row.
    marks: Vec<(u32, u32)>,
    question: u32,
    rows: Vec<[Bits; MOST_TIES + 1]>,
    subjects: Vec<u32>,
    /// The most that an attribute has passed on, with the question and the layer.
    passed_on: Vec<(u32, u8, Bits)>,
    /// Those for whom the last layer found something better.
    better: Vec<u32>,
    /// Attributes that have more to pass on.
    open: Vec<u32>,
    /// Ties looked at.
    pub(super) work: usize,
}

/// That no way leads on.
const NONE: Bits = Bits(i32::MIN);
/// The end itself: there is no tie to be weak.
pub(super) const NO_TIE: Bits = Bits(i32::MAX);

impl Table {
    /// Begins with the end alone.
    pub(super) fn begin(&mut self, network: &Network, end: u32) {
        self.marks.resize(network.len(), (0, 0));
        self.passed_on.resize(network.attribute_count(), (0, 0, NONE));
        self.question += 1;
        self.rows.clear();
        self.subjects.clear();
        self.better.clear();
        self.work = 0;
        self.put(end, 0, NO_TIE);
        self.better.push(end);
    }

    /// Everybody with a way to the end.
    pub(super) fn subjects(&self) -> &[u32] {
        &self.subjects
    }

    /// The weakest tie of the best way from a subject to the end by at most so many ties.
    pub(super) fn best(&self, subject: u32, ties: usize) -> Option<Bits> {
        let (question, row) = self.marks[subject as usize];
        if question != self.question {
            return None;
        }
        let row = &self.rows[row as usize][..=ties];
        row.iter().rev().copied().find(|&bits| bits != NONE)
    }

    /// Keeps a value if it is better than all before; `true` when it is the first of its layer.
    fn put(&mut self, subject: u32, layer: usize, bits: Bits) -> bool {
        let mark = &mut self.marks[subject as usize];
        if mark.0 != self.question {
            *mark = (self.question, self.rows.len() as u32);
            self.rows.push([NONE; MOST_TIES + 1]);
            self.subjects.push(subject);
        }
        let row = &mut self.rows[mark.1 as usize];
        if row[..=layer].iter().any(|&known| known >= bits) {
            return false;
        }
        let is_first = row[layer] == NONE;
        row[layer] = bits;
        is_first
    }

    /// Goes one tie on from those for whom the last layer found something better.
    pub(super) fn add_layer(
        &mut self,
        network: &Network,
        layer: usize,
        may_leave: impl Fn(u32) -> bool,
        may_enter: impl Fn(u32) -> bool,
    ) {
        let before = std::mem::take(&mut self.better);
        let mut next = Vec::new();
        for &from in before.iter().filter(|&&from| may_leave(from)) {
            let (_, row) = self.marks[from as usize];
            let so_far = self.rows[row as usize][layer - 1];
            for (other, bits) in network.related(from) {
                self.work += 1;
                if may_enter(other) && self.put(other, layer, so_far.min(bits)) {
                    next.push(other);
                }
            }
            for (attribute, bits) in network.tying(from) {
                self.offer(attribute, layer as u8, so_far.min(bits));
            }
        }
        for attribute in std::mem::take(&mut self.open) {
            let bits = self.passed_on[attribute as usize].2;
            for &other in network.bearers(attribute) {
                self.work += 1;
                if may_enter(other) && self.put(other, layer, bits) {
                    next.push(other);
                }
            }
        }
        self.better = next;
    }

    /// Leaves something with an attribute to pass on, if it is better than what it had.
    fn offer(&mut self, attribute: u32, layer: u8, bits: Bits) {
        let passed = &mut self.passed_on[attribute as usize];
        let (is_known, is_open) = (passed.0 == self.question, *passed >= (self.question, layer, NONE));
        if is_known && bits <= passed.2 {
            return;
        }
        // It may be offered several times in a layer; it is opened once.
        if !(is_known && is_open) {
            self.open.push(attribute);
        }
        *passed = (self.question, layer, bits);
    }
}

/// A way from a subject to the end whose ties are all worth `weakest` or more, by at most so many ties: the first in the order of numbers.
pub(super) fn way_back(
    table: &Table,
    network: &Network,
    from: u32,
    ties: usize,
    weakest: Bits,
) -> Vec<(u32, Way, u32)> {
    let (mut at, mut way) = (from, Vec::new());
    for left in (0..ties).rev() {
        let mut best: Option<(u32, Way)> = None;
        network.each_way(at, |way, other, bits| {
            let is_end = table.best(other, 0).is_some();
            let leads_on = bits >= weakest
                && (is_end || network.is_passed(other))
                && table.best(other, left).is_some_and(|on| on >= weakest);
            if leads_on && best.is_none_or(|best| (other, way) < best) {
                best = Some((other, way));
            }
        });
        let Some((other, by)) = best else { break };
        way.push((at, by, other));
        at = other;
        if table.best(at, 0).is_some() {
            break;
        }
    }
    way
}
