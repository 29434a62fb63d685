//! Groups that may act together: sets of subjects that are tied several times over, proposed with their evidence.
//!
//! Two belong together when ties of at least two classes ([`Class`]), each worth [`STRONG`] or more, tie them directly: a telephone alone may be an accountant's, a telephone and
//! an office are not. Only people and companies act; what they own is not in a group. A group is whoever such pairs join. A group is a proposal: nothing is stored, and nobody is made
//! one with another.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{
    bits::Bits,
    graph::{Network, Way},
    tie::{Class, Step, Subject},
};
use crate::cases::PartyKind;

/// What each of the ties of a pair must be worth.
pub const STRONG: Bits = Bits::whole(12);

/// Subjects that may act together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Group {
    /// The weakest of the pairs that hold it together.
    pub bits: Bits,
    /// The members, in the order of their ids.
    pub members: Vec<Subject>,
    /// The pairs, the strongest first.
    pub pairs: Vec<Pair>,
}

/// Two that belong together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Pair {
    /// The strongest tie of each class that is strong, added.
    pub bits: Bits,
    /// How many classes these are.
    pub classes: usize,
    /// All that ties the two.
    pub step: Step,
}

/// A pair in numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Two {
    bits: Bits,
    classes: usize,
    one: u32,
    other: u32,
}

/// The groups that some subjects are in; all of them, when none is named. The largest first, then the strongest.
#[must_use]
pub fn groups(network: &Network, of: Option<&[u32]>) -> Vec<Group> {
    let everybody: Vec<u32> = (0..network.len() as u32).collect();
    let mut seen = vec![false; network.len()];
    let mut all = Vec::new();
    for &start in of.unwrap_or(&everybody) {
        if seen[start as usize] {
            continue;
        }
        seen[start as usize] = true;
        let (mut waiting, mut pairs) = (vec![start], Vec::new());
        while let Some(one) = waiting.pop() {
            for two in strong_pairs(network, one) {
                let is_new = !std::mem::replace(&mut seen[two.other as usize], true);
                if is_new {
                    waiting.push(two.other);
                }
                if two.one < two.other {
                    pairs.push(two);
                }
            }
        }
        if !pairs.is_empty() {
            all.push(group(network, pairs));
        }
    }
    all.sort_by(|a: &Group, b: &Group| {
        let size = b.members.len().cmp(&a.members.len()).then(b.bits.cmp(&a.bits));
        size.then_with(|| a.members[0].id.cmp(&b.members[0].id))
    });
    all
}

/// Those that belong together with a subject.
fn strong_pairs(network: &Network, one: u32) -> Vec<Two> {
    let acts = |subject: u32| matches!(network.subject(subject).kind, PartyKind::Person | PartyKind::Company);
    if !acts(one) {
        return Vec::new();
    }
    let mut ties: BTreeMap<u32, BTreeMap<Class, Bits>> = BTreeMap::new();
    let mut related = BTreeSet::new();
    network.each_way(one, |way, other, bits| {
        if !acts(other) {
            return;
        }
        if way == Way::RELATIONS {
            related.insert(other);
        } else if bits >= STRONG {
            let class = way.attribute().map_or(Class::Linked, |attribute| network.class_of(attribute));
            let best = ties.entry(other).or_default().entry(class).or_default();
            *best = bits.max(*best);
        }
    });
    // A subject that too many are tied to is nobody's partner for that.
    for other in related.into_iter().filter(|&other| network.is_passed(one) && network.is_passed(other)) {
        for (class, bits) in network.stated(one, other).filter(|(_, bits)| *bits >= STRONG) {
            let best = ties.entry(other).or_default().entry(class).or_default();
            *best = bits.max(*best);
        }
    }
    let pair = |(other, mut classes): (u32, BTreeMap<Class, Bits>)| {
        if classes.keys().any(|class| class.is_stated()) {
            classes.remove(&Class::Linked);
        }
        let bits = Bits(classes.values().map(|bits| bits.0).sum());
        (classes.len() >= 2).then_some(Two { bits, classes: classes.len(), one, other })
    };
    ties.into_iter().filter_map(pair).collect()
}

fn group(network: &Network, mut pairs: Vec<Two>) -> Group {
    pairs.sort_unstable_by_key(|two| (std::cmp::Reverse(two.bits), two.one, two.other));
    let members: BTreeSet<u32> = pairs.iter().flat_map(|two| [two.one, two.other]).collect();
    // Joined the strongest first, a group is held together by the last pair that joined two parts of it.
    let mut part: BTreeMap<u32, u32> = members.iter().map(|&member| (member, member)).collect();
    let mut bits = Bits::default();
    for two in &pairs {
        let (one, other) = (part[&two.one], part[&two.other]);
        if one != other {
            bits = two.bits;
            part.values_mut().filter(|at| **at == other).for_each(|at| *at = one);
        }
    }
    let pair = |two: &Two| Pair { bits: two.bits, classes: two.classes, step: network.whole_step(two.one, two.other) };
    Group {
        bits,
        members: members.iter().map(|&member| network.subject(member).clone()).collect(),
        pairs: pairs.iter().map(pair).collect(),
    }
}
