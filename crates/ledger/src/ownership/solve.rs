//! Who is blocked under a regime, in three answers: certainly, certainly not, or it cannot be told.
//!
//! In come a day's [`Graph`], a [`Rule`] and who is listed; out comes a [`Solved`]. Each answer is a least fixed point, reached from the listed parties by a list
//! of work ([`Spread`]): whoever joins adds what they hold to the tallies of others, who join in turn once the rule catches them. It is
//! computed twice: with lower bounds, which gives who is blocked whatever the truth within the bounds is, and with upper bounds and with all
//! parties of whom nothing is known, which gives who might be. Whoever is in the second and not in the first cannot be told.
//!
//! Where shares of different persons are not added, each listed person spreads alone ([`Solved::by`]); what they reached is taken back before the next begins,
//! so that the work is what is reached, not the graph times the persons.
//!
//! *As recorded* takes every figure as it stands. *Bounded* holds that the shares of one party sum to at most all: others' shares leave less
//! for an unknown one, and where more than all is recorded, the figures of the listed may be those that are too high.

use serde::Serialize;

use super::{
    graph::{End, Graph},
    holding::{Interest, PartyNo},
    rule::{Rule, VOTES},
    share::WHOLE,
};

/// What holds for a party under a regime.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Answer {
    /// It is not blocked, on what is recorded.
    NotBlocked,
    /// What is recorded leaves it open.
    CannotBeTold,
    /// It is blocked because of who stands behind it.
    Blocked,
    /// It stands on a list of the regime.
    Listed,
}

impl Answer {
    /// In words.
    #[must_use]
    pub fn told(self) -> &'static str {
        match self {
            Answer::NotBlocked => "not blocked",
            Answer::CannotBeTold => "cannot be told",
            Answer::Blocked => "blocked",
            Answer::Listed => "listed",
        }
    }
}

/// Who is on a regime's lists on a day, and of whom nothing is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// By party: whether they are listed for certain.
    pub certain: Vec<bool>,
    /// By party: whether it cannot be told if they are listed.
    pub perhaps: Vec<bool>,
    /// By party: whether they may be anybody.
    pub unknown: Vec<bool>,
}

impl Listed {
    /// Nobody of so many.
    #[must_use]
    pub fn nobody(parties: usize) -> Listed {
        Listed { certain: vec![false; parties], perhaps: vec![false; parties], unknown: vec![false; parties] }
    }

    fn those(flags: &[bool]) -> impl Iterator<Item = PartyNo> {
        (0..).zip(flags).filter(|(_, is)| **is).map(|(party, _)| party)
    }

    /// Those who are listed, certainly or perhaps.
    pub fn persons(&self) -> impl Iterator<Item = PartyNo> {
        (0..).zip(self.certain.iter().zip(&self.perhaps)).filter(|(_, (a, b))| **a || **b).map(|(party, _)| party)
    }
}

/// How the sum of a party's shares is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sums {
    /// At most all.
    Bounded,
    /// Whatever the records sum to.
    AsRecorded,
}

/// Which bounds of shares count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The lower: who is reached is blocked for certain.
    Certain,
    /// The upper: who is not reached is not blocked.
    Possible,
}

/// What those who were reached hold of a party.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Tally {
    /// Shares: the bounds that count.
    shares: u64,
    /// Shares: the lower bounds, whatever counts.
    shares_least: u64,
    /// Votes, likewise.
    votes: u64,
    votes_least: u64,
    /// Holdings each of which is enough alone.
    enough: u32,
}

/// A least fixed point on its way.
pub struct Spread<'a> {
    graph: &'a Graph,
    rule: &'a Rule,
    side: Side,
    sums: Sums,
    tallies: Vec<Tally>,
    order: Vec<u32>,
    reached: Vec<PartyNo>,
    added: usize,
}

impl<'a> Spread<'a> {
    /// One in which nobody is reached yet.
    #[must_use]
    pub fn new(graph: &'a Graph, rule: &'a Rule, side: Side, sums: Sums) -> Spread<'a> {
        let parties = graph.parties();
        let (tallies, order) = (vec![Tally::default(); parties], vec![0; parties]);
        Spread { graph, rule, side, sums, tallies, order, reached: Vec::new(), added: 0 }
    }

    /// Spreads from some parties until nobody joins any more.
    pub fn from(&mut self, starts: impl IntoIterator<Item = PartyNo>) {
        starts.into_iter().for_each(|party| self.join(party));
        while let Some(&party) = self.reached.get(self.added) {
            self.added += 1;
            for end in self.graph.held_by(party) {
                if self.add(end) && self.is_caught(end.party) {
                    self.join(end.party);
                }
            }
        }
    }

    /// Everybody who was reached, in the order in which they were.
    #[must_use]
    pub fn reached(&self) -> &[PartyNo] {
        &self.reached
    }

    /// When a party was reached, from 1; `None` if it was not.
    #[must_use]
    pub fn order(&self, party: PartyNo) -> Option<u32> {
        Some(self.order[party as usize]).filter(|order| *order > 0)
    }

    /// Takes back everybody who was reached after the first so many.
    pub fn take_back(&mut self, to: usize) {
        for party in self.reached.split_off(to) {
            self.order[party as usize] = 0;
            for end in self.graph.held_by(party) {
                self.subtract(end);
            }
        }
        self.added = self.reached.len();
    }

    /// The sums of shares and of votes that count towards a party.
    #[must_use]
    pub fn sums(&self, party: PartyNo) -> (u64, u64) {
        let tally = &self.tallies[party as usize];
        let shares = self.sum(party, Interest::Shares, tally.shares, tally.shares_least);
        (shares, self.sum(party, Interest::Votes, tally.votes, tally.votes_least))
    }

    fn join(&mut self, party: PartyNo) {
        if self.order[party as usize] == 0 {
            self.reached.push(party);
            // Parties are numbered in 32 bits.
            self.order[party as usize] = self.reached.len() as u32;
        }
    }

    /// Adds a holding; `false` if it counts for nothing.
    fn add(&mut self, end: &End) -> bool {
        let Some(tally) = self.worth(end) else { return false };
        let sum = &mut self.tallies[end.party as usize];
        sum.shares += tally.shares;
        sum.shares_least += tally.shares_least;
        sum.votes += tally.votes;
        sum.votes_least += tally.votes_least;
        sum.enough += tally.enough;
        true
    }

    fn subtract(&mut self, end: &End) {
        let Some(tally) = self.worth(end) else { return };
        let sum = &mut self.tallies[end.party as usize];
        sum.shares -= tally.shares;
        sum.shares_least -= tally.shares_least;
        sum.votes -= tally.votes;
        sum.votes_least -= tally.votes_least;
        sum.enough -= tally.enough;
    }

    /// What a holding adds to the tally of what it is in.
    fn worth(&self, end: &End) -> Option<Tally> {
        let (lower, upper) = (u64::from(end.share.lower()), u64::from(end.share.upper()));
        let counting = if self.side == Side::Certain { lower } else { upper };
        let nothing = Tally::default();
        match end.interest {
            Interest::Shares => Some(Tally { shares: counting, shares_least: lower, ..nothing }),
            Interest::Votes if self.rule.votes => {
                // Where shares of several are added, a majority of votes is still one holder's: *alone*, say the Best Practices. Whether several
                // act as one cannot be told from records.
                let alone = self.rule.aggregate && self.side == Side::Certain;
                let votes = if alone { 0 } else { counting };
                let is_enough = alone && lower.saturating_sub(self.excess(end.party, Interest::Votes)) >= VOTES;
                Some(Tally { votes, votes_least: lower, enough: u32::from(is_enough), ..nothing })
            }
            Interest::Board if self.rule.board => {
                Some(Tally { enough: u32::from(counting == u64::from(WHOLE)), ..nothing })
            }
            Interest::Control if self.rule.control && self.side == Side::Possible => {
                Some(Tally { enough: u32::from(upper > 0), ..nothing })
            }
            _ => None,
        }
    }

    fn is_caught(&self, party: PartyNo) -> bool {
        if self.order[party as usize] > 0 {
            return false;
        }
        let (shares, votes) = self.sums(party);
        let is_by_votes = self.rule.votes && votes >= VOTES;
        self.tallies[party as usize].enough > 0 || shares >= self.rule.threshold.parts() || is_by_votes
    }

    fn sum(&self, party: PartyNo, interest: Interest, counted: u64, least: u64) -> u64 {
        if self.sums == Sums::AsRecorded {
            return counted;
        }
        let excess = self.excess(party, interest);
        match self.side {
            // What is too much may be in the figures of those who count.
            Side::Certain => counted.saturating_sub(excess),
            Side::Possible if excess > 0 => counted.min(u64::from(WHOLE)),
            // What others have for certain is not theirs.
            Side::Possible => counted.min(u64::from(WHOLE) - (self.graph.recorded(party, interest) - least)),
        }
    }

    fn excess(&self, party: PartyNo, interest: Interest) -> u64 {
        if self.sums == Sums::AsRecorded { 0 } else { self.graph.excess(party, interest) }
    }
}

/// What holds for each party.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Solved {
    answers: Vec<Answer>,
    by: Vec<PartyNo>,
}

/// Nobody in particular.
const NOBODY: PartyNo = PartyNo::MAX;

impl Solved {
    /// What holds for a party.
    #[must_use]
    pub fn answer(&self, party: PartyNo) -> Answer {
        self.answers[party as usize]
    }

    /// What holds for each.
    #[must_use]
    pub fn answers(&self) -> &[Answer] {
        &self.answers
    }

    /// The listed person who has, or may have, a party, where shares of different persons are not added. `None` where they are, or where it may be
    /// anybody.
    #[must_use]
    pub fn by(&self, party: PartyNo) -> Option<PartyNo> {
        Some(self.by[party as usize]).filter(|by| *by != NOBODY)
    }
}

/// Who is blocked under a rule.
#[must_use]
pub fn solve(graph: &Graph, rule: &Rule, listed: &Listed, sums: Sums) -> Solved {
    let parties = graph.parties();
    let mut solved = Solved { answers: vec![Answer::NotBlocked; parties], by: vec![NOBODY; parties] };
    // The unknown first, then who may be blocked, then who is: what is certain goes before what is possible.
    let mut possible = Spread::new(graph, rule, Side::Possible, sums);
    possible.from(Listed::those(&listed.unknown));
    let mut certain = Spread::new(graph, rule, Side::Certain, sums);
    if rule.aggregate {
        possible.from(listed.persons());
        certain.from(Listed::those(&listed.certain));
        solved.mark(possible.reached(), Answer::CannotBeTold, NOBODY);
        solved.mark(certain.reached(), Answer::Blocked, NOBODY);
    } else {
        solved.mark(possible.reached(), Answer::CannotBeTold, NOBODY);
        let unknown = possible.reached().len();
        for person in listed.persons() {
            possible.from([person]);
            solved.mark(&possible.reached()[unknown..], Answer::CannotBeTold, person);
            possible.take_back(unknown);
        }
        for person in Listed::those(&listed.certain) {
            certain.from([person]);
            solved.mark(certain.reached(), Answer::Blocked, person);
            certain.take_back(0);
        }
    }
    for person in Listed::those(&listed.certain) {
        solved.answers[person as usize] = Answer::Listed;
    }
    solved
}

impl Solved {
    fn mark(&mut self, reached: &[PartyNo], answer: Answer, by: PartyNo) {
        for &party in reached {
            if self.answers[party as usize] < answer {
                self.answers[party as usize] = answer;
                self.by[party as usize] = by;
            }
        }
    }
}
