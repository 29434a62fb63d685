//! Who holds what on one day, in arrays: the form in which a million holdings are looked through in milliseconds.
//!
//! In come edges between numbered parties, out comes a [`Graph`] with what each party holds and who holds it, side by side (compressed sparse
//! rows), and the sum of what is recorded of each. What somebody holds of themselves is left out: it can make nobody blocked who
//! is not blocked without it.

use super::{
    holding::{Interest, PartyNo},
    share::{Share, WHOLE},
};

/// A holding of one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edge {
    /// Who holds.
    pub owner: PartyNo,
    /// Of whom.
    pub asset: PartyNo,
    /// What.
    pub interest: Interest,
    /// How much; of what is not counted, all of it where it is certain, and from nothing to all where it is not.
    pub share: Share,
}

/// One end of an edge, with the other end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct End {
    /// The party at the other end.
    pub party: PartyNo,
    /// How much.
    pub share: Share,
    /// What.
    pub interest: Interest,
}

/// The holdings of one day.
#[derive(Clone, Debug)]
pub struct Graph {
    out: Rows,
    into: Rows,
    shares: Vec<u64>,
    votes: Vec<u64>,
}

#[derive(Clone, Debug)]
struct Rows {
    start: Vec<u32>,
    ends: Vec<End>,
}

impl Rows {
    fn of(&self, party: PartyNo) -> &[End] {
        let at = party as usize;
        &self.ends[self.start[at] as usize..self.start[at + 1] as usize]
    }

    /// Ends sorted by party, in the order of the edges.
    fn new(parties: usize, edges: &[Edge], key: impl Fn(&Edge) -> (PartyNo, PartyNo)) -> Rows {
        let mut start = vec![0u32; parties + 1];
        for edge in edges {
            start[key(edge).0 as usize + 1] += 1;
        }
        for at in 0..parties {
            start[at + 1] += start[at];
        }
        let mut next = start.clone();
        let nothing = End { party: 0, share: Share::UNKNOWN, interest: Interest::Tie };
        let mut ends = vec![nothing; edges.len()];
        for edge in edges {
            let (at, party) = key(edge);
            ends[next[at as usize] as usize] = End { party, share: edge.share, interest: edge.interest };
            next[at as usize] += 1;
        }
        Rows { start, ends }
    }
}

impl Graph {
    /// The graph of some edges between so many parties. An edge from a party to itself is left out.
    ///
    /// # Panics
    /// When an edge names a party that there is not, or there are four billion edges.
    #[must_use]
    pub fn new(parties: usize, mut edges: Vec<Edge>) -> Graph {
        edges.retain(|edge| edge.owner != edge.asset);
        assert!(u32::try_from(edges.len()).is_ok(), "edges are numbered in 32 bits");
        let (mut shares, mut votes) = (vec![0; parties], vec![0; parties]);
        for edge in &edges {
            match edge.interest {
                Interest::Shares => shares[edge.asset as usize] += u64::from(edge.share.lower()),
                Interest::Votes => votes[edge.asset as usize] += u64::from(edge.share.lower()),
                _ => {}
            }
        }
        let out = Rows::new(parties, &edges, |edge| (edge.owner, edge.asset));
        let into = Rows::new(parties, &edges, |edge| (edge.asset, edge.owner));
        Graph { out, into, shares, votes }
    }

    /// How many parties there are.
    #[must_use]
    pub fn parties(&self) -> usize {
        self.shares.len()
    }

    /// How many holdings there are.
    #[must_use]
    pub fn edges(&self) -> usize {
        self.out.ends.len()
    }

    /// What a party holds.
    #[must_use]
    pub fn held_by(&self, party: PartyNo) -> &[End] {
        self.out.of(party)
    }

    /// Who holds a party.
    #[must_use]
    pub fn holders_of(&self, party: PartyNo) -> &[End] {
        self.into.of(party)
    }

    /// The sum of the least that is recorded of a party's shares, or of its votes.
    #[must_use]
    pub fn recorded(&self, party: PartyNo, interest: Interest) -> u64 {
        match interest {
            Interest::Votes => self.votes[party as usize],
            _ => self.shares[party as usize],
        }
    }

    /// How much more than all of a party's shares, or votes, is recorded.
    #[must_use]
    pub fn excess(&self, party: PartyNo, interest: Interest) -> u64 {
        self.recorded(party, interest).saturating_sub(u64::from(WHOLE))
    }

    /// Whether more than all is recorded of anybody.
    #[must_use]
    pub fn has_excess(&self) -> bool {
        self.shares.iter().chain(&self.votes).any(|sum| *sum > u64::from(WHOLE))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edge(owner: PartyNo, asset: PartyNo, percent: u32) -> Edge {
        Edge { owner, asset, interest: Interest::Shares, share: Share::percent(percent) }
    }

    #[test]
    fn both_directions_say_the_same() {
        let graph = Graph::new(4, vec![edge(0, 1, 60), edge(2, 1, 50), edge(1, 3, 10), edge(3, 3, 40)]);
        assert_eq!(graph.edges(), 3, "what a party holds of itself is left out");
        let parties = |ends: &[End]| ends.iter().map(|end| end.party).collect::<Vec<_>>();
        assert_eq!(parties(graph.holders_of(1)), [0, 2]);
        assert_eq!(parties(graph.held_by(1)), [3]);
        assert_eq!(parties(graph.holders_of(3)), [1]);
        assert_eq!(graph.excess(1, Interest::Shares), 100_000_000);
        assert_eq!((graph.excess(3, Interest::Shares), graph.has_excess()), (0, true));
    }
}
