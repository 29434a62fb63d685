//! What is around a subject: whom some ties lead to, each by its strongest path.
//!
//! Strength is that of [`paths`](super::paths). A subject that too many are tied to is found, and nobody behind it.

use serde::Serialize;

use super::{
    MOST_TIES,
    bits::Bits,
    graph::Network,
    paths::{Path, strength},
    reach::{Scratch, way_back},
};

/// Ties that are looked at; when it is reached, only what fewer ties lead to is found.
const WORK: usize = 600_000;

/// What is around a subject.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Around {
    /// The id of the subject.
    pub of: String,
    /// The strongest path to each, the strongest first.
    pub paths: Vec<Path>,
    /// How many are within reach, also those that were not asked for.
    pub reached: usize,
    /// Up to how many ties was looked. Fewer than asked when too many subjects are within reach.
    pub ties_searched: usize,
}

/// Finds whom up to `most_ties` ties lead to: the `most` with the strongest paths.
#[must_use]
pub fn around(network: &Network, of: u32, most_ties: usize, most: usize, scratch: &mut Scratch) -> Around {
    let table = &mut scratch.table;
    table.begin(network, of);
    let mut ties_searched = 0;
    for layer in 1..=most_ties.clamp(1, MOST_TIES) {
        // The first tie is always looked at, however many there are.
        if table.work > WORK {
            break;
        }
        table.add_layer(network, layer, |from| from == of || network.is_passed(from), |_| true);
        ties_searched = layer;
    }
    let mut all: Vec<(Bits, usize, u32)> = Vec::new();
    for &subject in table.subjects().iter().filter(|&&subject| subject != of) {
        let by = |ties: usize| table.best(subject, ties).map(|weakest| (strength(weakest, ties), ties));
        let best =
            (1..=ties_searched).filter_map(by).max_by_key(|&(strength, ties)| (strength, std::cmp::Reverse(ties)));
        all.extend(best.map(|(strength, ties)| (strength, ties, subject)));
    }
    all.sort_unstable_by_key(|&(strength, ties, subject)| (std::cmp::Reverse(strength), ties, subject));
    let path = |&(strength, ties, subject): &(Bits, usize, u32)| {
        let weakest = table.best(subject, ties).unwrap_or_default();
        let mut way = way_back(table, network, subject, ties, weakest);
        way.reverse();
        Path {
            strength,
            weakest,
            discount: Bits(weakest.0 - strength.0),
            steps: way.into_iter().map(|(to, way, from)| network.step(from, way, to)).collect(),
        }
    };
    Around {
        of: network.subject(of).id.clone(),
        paths: all.iter().take(most).map(path).collect(),
        reached: all.len(),
        ties_searched,
    }
}
