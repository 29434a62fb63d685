//! How much of a party each holder has in effect, through chains and cycles, and on which ways.
//!
//! In come a day's graph and a party, out come its holders with the sum over all ways of the product of the shares on it: 60 per cent of what has 50 per cent
//! is 30. Around a cycle the sum has no end and a limit, which is reached from below in steps of 10⁻¹⁸ and rounded outward. It says who profits; no regime's test
//! rests on it, for these count what an owned entity holds whole.

use std::collections::{BTreeMap, VecDeque};

use serde::Serialize;

use super::{
    graph::Graph,
    holding::{Interest, PartyNo},
    share::{Share, WHOLE},
};

/// One whole, in the steps in which products are summed.
const ONE: u128 = 1_000_000_000_000_000_000;
/// A hundred times all is no share any more: the sum grows without limit.
const NO_SHARE: u128 = 100 * ONE;
/// Holders, rounds and holdings looked at, at most.
const HOLDERS: usize = 20_000;
const ROUNDS: usize = 2_000;
const WORK: usize = 20_000_000;
/// Parties on one way, and ways looked at.
const WAY_LENGTH: usize = 24;
const LOOKED_AT: usize = 200_000;

/// What somebody has of a party.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holder {
    /// Who.
    pub party: PartyNo,
    /// What they have themselves; none if nothing.
    pub direct: Option<Share>,
    /// What they have in effect, in parts per billion: at least.
    pub lower: u64,
    /// At most; none where a cycle holds itself wholly, and there is no limit.
    pub upper: Option<u64>,
    /// Over how many parties the shortest way leads: 1 is direct.
    pub steps: u32,
}

/// All holders of a party.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holders {
    /// The holders, the nearest first, then the one with most.
    pub all: Vec<Holder>,
    /// Whether there were more than are kept.
    pub is_cut: bool,
}

/// A chain of shares from a holder to a party.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Way {
    /// The parties from the holder to the party.
    pub parties: Vec<PartyNo>,
    /// The share of each in the next.
    pub shares: Vec<Share>,
    /// The product of the lower bounds, in parts per billion, rounded down.
    pub lower: u64,
    /// The product of the upper bounds, rounded up.
    pub upper: u64,
}

/// Who has shares of a party, themselves or through others.
#[must_use]
pub fn holders(graph: &Graph, party: PartyNo) -> Holders {
    let (order, steps, is_cut) = above(graph, party);
    let index: BTreeMap<PartyNo, usize> = order.iter().zip(0..).map(|(party, at)| (*party, at)).collect();
    let lower = summed(graph, party, &order, &index, |share| share.lower(), false);
    let upper = summed(graph, party, &order, &index, |share| share.upper(), true);
    let parts = |value: u128, is_up: bool| -> u64 {
        let unit = ONE / u128::from(WHOLE);
        // What is over is cut: nobody has more than all.
        let parts = if is_up { value.div_ceil(unit) } else { value / unit };
        u64::try_from(parts.min(u128::from(WHOLE))).unwrap_or(u64::from(WHOLE))
    };
    let mut all: Vec<Holder> = order
        .iter()
        .zip(0..)
        .map(|(&holder, at)| Holder {
            party: holder,
            direct: direct(graph, holder, party),
            lower: parts(lower.values[at], false),
            upper: upper.is_settled.then(|| parts(upper.values[at], true)),
            steps: steps[at],
        })
        .collect();
    all.sort_by_key(|holder| (holder.steps, std::cmp::Reverse(holder.lower), holder.party));
    Holders { all, is_cut }
}

fn direct(graph: &Graph, holder: PartyNo, party: PartyNo) -> Option<Share> {
    let own = graph.holders_of(party).iter().filter(|end| end.party == holder && end.interest == Interest::Shares);
    own.map(|end| end.share).reduce(|one, other| one.and(other).0)
}

/// Everybody above a party by shares, the nearest first, and over how many steps.
fn above(graph: &Graph, party: PartyNo) -> (Vec<PartyNo>, Vec<u32>, bool) {
    let mut steps = BTreeMap::from([(party, 0u32)]);
    let (mut order, mut waiting) = (Vec::new(), VecDeque::from([party]));
    while let Some(at) = waiting.pop_front() {
        let next = steps[&at] + 1;
        for end in graph.holders_of(at).iter().filter(|end| end.interest == Interest::Shares) {
            if steps.contains_key(&end.party) {
                continue;
            }
            if order.len() == HOLDERS {
                let steps = order.iter().map(|party| steps[party]).collect();
                return (order, steps, true);
            }
            steps.insert(end.party, next);
            order.push(end.party);
            waiting.push_back(end.party);
        }
    }
    let steps = order.iter().map(|party| steps[party]).collect();
    (order, steps, false)
}

struct Summed {
    values: Vec<u128>,
    is_settled: bool,
}

/// For each holder the sum over all ways to the party of the product of the shares: what they have directly, and their part of what others above the
/// party have. Summed in rounds until nothing changes; a sum that is not settled is too low.
fn summed(
    graph: &Graph,
    party: PartyNo,
    order: &[PartyNo],
    index: &BTreeMap<PartyNo, usize>,
    bound: impl Fn(Share) -> u32,
    is_up: bool,
) -> Summed {
    // What each holds of the party and of others above it.
    let mut held: Vec<Vec<(Option<usize>, u128)>> = Vec::with_capacity(order.len());
    let mut work = 1;
    for holder in order {
        let ends = graph.held_by(*holder).iter().filter(|end| end.interest == Interest::Shares);
        let known = ends.filter(|end| end.party == party || index.contains_key(&end.party));
        let known = known.map(|end| (index.get(&end.party).copied(), u128::from(bound(end.share))));
        held.push(known.collect());
        work += held.last().map_or(0, Vec::len);
    }
    let mut values = vec![0u128; order.len()];
    for _ in 0..ROUNDS.min(WORK / work + 2) {
        let mut is_changed = false;
        for (at, ends) in held.iter().enumerate() {
            let product = |(of, share): &(Option<usize>, u128)| {
                let product = share * of.map_or(ONE, |of| values[of]);
                if is_up { product.div_ceil(u128::from(WHOLE)) } else { product / u128::from(WHOLE) }
            };
            let value = ends.iter().map(product).sum::<u128>().min(NO_SHARE);
            is_changed |= value != values[at];
            values[at] = value;
        }
        if !is_changed {
            let is_settled = values.iter().all(|value| *value < NO_SHARE);
            return Summed { values, is_settled };
        }
    }
    Summed { values, is_settled: false }
}

/// The ways of shares from a holder to a party on which nobody comes twice, the one that gives most first; and whether there may be more.
#[must_use]
pub fn ways(graph: &Graph, holder: PartyNo, party: PartyNo, most: usize) -> (Vec<Way>, bool) {
    let mut found = Vec::new();
    let mut looked_at = 0;
    let mut way = vec![(party, Share::ALL)];
    climb(graph, holder, &mut way, &mut found, &mut looked_at);
    let is_cut = looked_at > LOOKED_AT || found.len() > most;
    found.sort_by(|one, other| {
        (other.lower, other.upper).cmp(&(one.lower, one.upper)).then_with(|| one.parties.cmp(&other.parties))
    });
    found.truncate(most);
    (found, is_cut)
}

fn climb(graph: &Graph, holder: PartyNo, way: &mut Vec<(PartyNo, Share)>, found: &mut Vec<Way>, looked_at: &mut usize) {
    let Some(&(at, _)) = way.last() else { return };
    for end in graph.holders_of(at).iter().filter(|end| end.interest == Interest::Shares) {
        *looked_at += 1;
        if *looked_at > LOOKED_AT || way.len() > WAY_LENGTH || way.iter().any(|(party, _)| *party == end.party) {
            continue;
        }
        way.push((end.party, end.share));
        if end.party == holder {
            found.push(from_top(way));
        } else {
            climb(graph, holder, way, found, looked_at);
        }
        way.pop();
    }
}

fn from_top(way: &[(PartyNo, Share)]) -> Way {
    let parties = way.iter().rev().map(|(party, _)| *party).collect();
    let shares: Vec<Share> = way[1..].iter().rev().map(|(_, share)| *share).collect();
    let whole = u128::from(WHOLE);
    let down = shares.iter().fold(ONE, |so_far, share| so_far * u128::from(share.lower()) / whole);
    let up = shares.iter().fold(ONE, |so_far, share| (so_far * u128::from(share.upper())).div_ceil(whole));
    let parts = |value: u128| u64::try_from(value).unwrap_or(u64::from(WHOLE));
    Way { parties, shares, lower: parts(down / (ONE / whole)), upper: parts(up.div_ceil(ONE / whole)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ownership::graph::Edge;

    fn graph(parties: usize, edges: &[(PartyNo, PartyNo, u32)]) -> Graph {
        let edge = |&(owner, asset, percent): &(PartyNo, PartyNo, u32)| Edge {
            owner,
            asset,
            interest: Interest::Shares,
            share: Share::percent(percent),
        };
        Graph::new(parties, edges.iter().map(edge).collect())
    }

    const P: u64 = 10_000_000;

    #[test]
    fn shares_multiply_along_a_way_and_add_up_over_ways() {
        // 0 has 60 % of 1, which has 50 % of 3; 0 has 20 % of 2, which has 40 % of 3: 30 + 8 = 38.
        let graph = graph(4, &[(0, 1, 60), (1, 3, 50), (0, 2, 20), (2, 3, 40)]);
        let found = holders(&graph, 3);
        let of = |party| found.all.iter().find(|holder| holder.party == party).unwrap();
        assert_eq!((of(0).lower, of(0).upper, of(0).direct, of(0).steps), (38 * P, Some(38 * P), None, 2));
        assert_eq!(of(1).direct, Some(Share::percent(50)));
        let (all, is_cut) = ways(&graph, 0, 3, 10);
        assert_eq!(all.iter().map(|way| way.lower).collect::<Vec<_>>(), [30 * P, 8 * P]);
        assert_eq!((all[0].parties.as_slice(), is_cut), (&[0, 1, 3][..], false));
    }

    #[test]
    fn a_cycle_has_a_limit() {
        // 0 has 50 % of 1; 1 and 2 hold 50 % of each other. Of 2, 0 has ½·½ + ½·½·¼ + … = ¼ ∕ (1 − ¼) = ⅓ when ways that pass 2 again count;
        // to arrive at 2 once, it is ½·½ = ¼: what 2 has of itself is not another's.
        let graph = graph(3, &[(0, 1, 50), (1, 2, 50), (2, 1, 50)]);
        let found = holders(&graph, 2);
        let of = |party| found.all.iter().find(|holder| holder.party == party).unwrap();
        assert_eq!((of(0).lower, of(0).upper), (25 * P, Some(25 * P)));
        // 1 and 2 hold half of each other and 2 half of 3: 0 has of 3, over 1 and 2, ½·½·½ ∕ (1 − ¼) = 1/6.
        let graph = self::graph(4, &[(0, 1, 50), (1, 2, 50), (2, 1, 50), (2, 3, 50)]);
        let found = holders(&graph, 3);
        let of = |party| found.all.iter().find(|holder| holder.party == party).unwrap();
        assert_eq!((of(0).lower, of(0).upper), (166_666_666, Some(166_666_667)));
    }

    #[test]
    fn a_cycle_that_holds_itself_wholly_has_no_limit() {
        let graph = graph(4, &[(0, 1, 10), (1, 2, 100), (2, 1, 100), (2, 3, 50)]);
        let found = holders(&graph, 3);
        let of = |party| found.all.iter().find(|holder| holder.party == party).unwrap();
        assert_eq!(of(0).upper, None);
    }
}
