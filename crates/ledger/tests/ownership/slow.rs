//! The same questions, answered slowly and obviously.
//!
//! Round after round over all edges until nothing changes, one person at a time, without any index. It shares no code with the solver but the rules.

use mihenk_ledger::ownership::{
    graph::Edge,
    holding::{Interest, PartyNo},
    rule::Rule,
    share::Share,
    solve::{Answer, Listed, Sums},
};

const WHOLE: i64 = 1_000_000_000;
const MAJORITY: i64 = WHOLE / 2 + 1;

pub(crate) struct Slow<'a> {
    pub(crate) parties: usize,
    pub(crate) edges: &'a [Edge],
    pub(crate) rule: &'a Rule,
    pub(crate) sums: Sums,
}

impl Slow<'_> {
    pub(crate) fn answers(&self, listed: &Listed) -> Vec<Answer> {
        let mut certain = vec![false; self.parties];
        let mut possible = vec![false; self.parties];
        for group in self.groups(&listed.certain) {
            merge(&mut certain, &self.closed(group, true));
        }
        let either: Vec<bool> = listed.certain.iter().zip(&listed.perhaps).map(|(a, b)| *a || *b).collect();
        for mut group in self.groups(&either) {
            merge(&mut group, &listed.unknown);
            merge(&mut possible, &self.closed(group, false));
        }
        let answer = |party: usize| match (listed.certain[party], certain[party], possible[party]) {
            (true, ..) => Answer::Listed,
            (_, true, _) => Answer::Blocked,
            (_, _, true) => Answer::CannotBeTold,
            _ => Answer::NotBlocked,
        };
        (0..self.parties).map(answer).collect()
    }

    /// All of them together where shares are added, each alone where they are not; and always nobody.
    fn groups(&self, members: &[bool]) -> Vec<Vec<bool>> {
        if self.rule.aggregate {
            return vec![members.to_vec()];
        }
        let alone = |party: usize| (0..self.parties).map(|other| other == party).collect();
        let mut groups: Vec<Vec<bool>> = (0..self.parties).filter(|party| members[*party]).map(alone).collect();
        groups.push(vec![false; self.parties]);
        groups
    }

    fn closed(&self, mut group: Vec<bool>, is_certain: bool) -> Vec<bool> {
        loop {
            let joins = (0..self.parties).find(|party| !group[*party] && self.is_caught(&group, *party, is_certain));
            match joins {
                Some(party) => group[party] = true,
                None => return group,
            }
        }
    }

    fn is_caught(&self, group: &[bool], party: usize, is_certain: bool) -> bool {
        let of = |edge: &&Edge| edge.asset as usize == party && edge.owner != edge.asset;
        let edges: Vec<&Edge> = self.edges.iter().filter(of).collect();
        let theirs = |edge: &Edge| group[edge.owner as usize];
        let shares = self.sum(&edges, Interest::Shares, &theirs, is_certain);
        if shares >= self.rule.threshold.parts() as i64 {
            return true;
        }
        if self.rule.votes {
            let votes = if self.rule.aggregate && is_certain {
                let excess = self.excess(&edges, Interest::Votes);
                let alone = edges.iter().filter(|e| e.interest == Interest::Votes && theirs(e));
                alone.map(|edge| i64::from(edge.share.lower()) - excess).max().unwrap_or(0)
            } else {
                self.sum(&edges, Interest::Votes, &theirs, is_certain)
            };
            if votes >= MAJORITY {
                return true;
            }
        }
        edges.iter().filter(|edge| theirs(edge)).any(|edge| match edge.interest {
            Interest::Board if is_certain => self.rule.board && edge.share == Share::ALL,
            Interest::Board => self.rule.board && i64::from(edge.share.upper()) == WHOLE,
            Interest::Control => self.rule.control && !is_certain && edge.share.upper() > 0,
            _ => false,
        })
    }

    fn sum(&self, edges: &[&Edge], interest: Interest, theirs: &dyn Fn(&Edge) -> bool, is_certain: bool) -> i64 {
        let of = |is: &dyn Fn(&Edge) -> bool, bound: fn(Share) -> u32| -> i64 {
            edges.iter().filter(|e| e.interest == interest && is(e)).map(|e| i64::from(bound(e.share))).sum()
        };
        let (lower, upper) = (of(theirs, Share::lower), of(theirs, Share::upper));
        if self.sums == Sums::AsRecorded {
            return if is_certain { lower } else { upper };
        }
        let excess = self.excess(edges, interest);
        if is_certain {
            return (lower - excess).max(0);
        }
        let others = of(&|edge| !theirs(edge), Share::lower);
        upper.min(if excess > 0 { WHOLE } else { WHOLE - others })
    }

    fn excess(&self, edges: &[&Edge], interest: Interest) -> i64 {
        if self.sums == Sums::AsRecorded {
            return 0;
        }
        let all: i64 = edges.iter().filter(|e| e.interest == interest).map(|e| i64::from(e.share.lower())).sum();
        (all - WHOLE).max(0)
    }
}

fn merge(into: &mut [bool], from: &[bool]) {
    into.iter_mut().zip(from).for_each(|(into, from)| *into |= *from);
}

/// The number of a party.
pub(crate) fn number(party: usize) -> PartyNo {
    PartyNo::try_from(party).unwrap()
}
