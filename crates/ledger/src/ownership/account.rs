//! Why a party is blocked, or is not: for each step the holders, what of theirs counts and why, and sums that a reader can add up.
//!
//! In come a day's graph, a rule, who is listed and a party; out comes a [`Proof`]: accounts in an order in which each rests on those before it, the last of
//! them the party's own. Under a rule that does not add the shares of different persons there is one proof for each listed person who has a part.

use std::collections::{BTreeSet, VecDeque};

use serde::Serialize;

use super::{
    graph::{End, Graph},
    holding::{Interest, PartyNo},
    rule::{Rule, VOTES},
    share::{Share, WHOLE},
    solve::{Answer, Listed, Side, Solved, Spread, Sums},
};

/// Steps of a proof that are kept, and listed persons that are looked at one by one.
const STEPS: usize = 60;
const PERSONS: usize = 200;

/// Why what a holder has counts, or does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Counts {
    /// The holder is listed, or is the person whom the account is about.
    Listed,
    /// The holder is blocked, as an earlier step shows.
    Blocked,
    /// The holder is blocked only in consequence of this.
    InConsequence,
    /// Whether the holder is blocked or listed cannot be told, or the holder may be anybody.
    Perhaps,
    /// The holder is not blocked.
    No,
}

impl Counts {
    /// Whether it is in the sum of what is certain.
    #[must_use]
    pub fn is_certain(self) -> bool {
        matches!(self, Counts::Listed | Counts::Blocked)
    }
}

/// What a holder has of the party of an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Term {
    /// The holder.
    pub holder: PartyNo,
    /// What.
    pub interest: Interest,
    /// How much.
    pub share: Share,
    /// Why it counts.
    pub counts: Counts,
}

impl Term {
    /// A proof does not go in circles: what rests on the party that is asked for is no reason for it.
    fn follows(&mut self) {
        if self.counts == Counts::Blocked {
            self.counts = Counts::InConsequence;
        }
    }
}

/// A sum of shares, or of votes, between bounds, in parts per billion.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Sum {
    /// What is certain.
    pub lower: u64,
    /// What is possible.
    pub upper: u64,
    /// What is recorded of all holders, at the least.
    pub recorded: u64,
    /// How much more than all that is.
    pub excess: u64,
    /// What is certain where shares sum to at most all.
    pub lower_bounded: u64,
    /// What is possible where shares sum to at most all.
    pub upper_bounded: u64,
}

/// What is recorded of a party, and what it comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// The party.
    pub party: PartyNo,
    /// What holds for it.
    pub answer: Answer,
    /// Its holders, those who count first.
    pub terms: Vec<Term>,
    /// Their shares.
    pub shares: Sum,
    /// Their votes.
    pub votes: Sum,
}

/// Accounts, each of which rests on those before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proof {
    /// The listed person whom it is about, where shares of different persons are not added.
    pub person: Option<PartyNo>,
    /// The accounts; the last is that of the party that was asked for.
    pub accounts: Vec<Account>,
    /// Whether there were more steps than are kept.
    pub is_cut: bool,
}

impl Account {
    /// Whether a holder has enough by what is no share: the board, or a majority of votes.
    #[must_use]
    pub fn has_right(&self, rule: &Rule) -> bool {
        self.terms.iter().any(|term| {
            let is_majority = term.interest == Interest::Votes && u64::from(term.share.lower()) >= VOTES;
            term.counts.is_certain() && (is_board(rule, term) || (rule.votes && is_majority))
        })
    }
}

fn is_board(rule: &Rule, term: &Term) -> bool {
    rule.board && term.interest == Interest::Board && term.share == Share::ALL
}

/// The proofs of what holds for a party: one; or under a rule that does not add up persons one for each that has a part, the most weighty first.
#[must_use]
pub fn prove(graph: &Graph, rule: &Rule, listed: &Listed, solved: &Solved, sums: Sums, party: PartyNo) -> Vec<Proof> {
    let maker = Maker { graph, rule, listed, sums };
    if rule.aggregate {
        let sure: Vec<PartyNo> = (0..).zip(&listed.certain).filter(|(_, is)| **is).map(|(no, _)| no).collect();
        let persons: Vec<PartyNo> = listed.persons().collect();
        return vec![maker.proof(None, &sure, &persons, solved.answer(party), party)];
    }
    let mut persons: Vec<PartyNo> = solved.by(party).into_iter().collect();
    if solved.answer(party) <= Answer::CannotBeTold {
        persons.extend(maker.listed_above(party).into_iter().filter(|person| Some(*person) != solved.by(party)));
    }
    let certain = |person: PartyNo| listed.certain[person as usize];
    let proof = |&person: &PartyNo| {
        let sure = if certain(person) { vec![person] } else { vec![] };
        maker.proof(Some(person), &sure, &[person], solved.answer(party), party)
    };
    let mut proofs: Vec<Proof> = persons.iter().map(proof).filter(|proof| has_part(proof, party)).collect();
    let weight = |proof: &Proof| proof.accounts.last().map_or(0, |account| account.shares.upper + account.votes.upper);
    // The person who has, or may have, the party stays first.
    let first = usize::from(solved.by(party).is_some() && !proofs.is_empty());
    proofs[first..].sort_by_key(|proof| std::cmp::Reverse(weight(proof)));
    if proofs.is_empty() {
        proofs.push(maker.proof(None, &[], &[], solved.answer(party), party));
    }
    proofs
}

fn has_part(proof: &Proof, party: PartyNo) -> bool {
    let account = proof.accounts.last();
    proof.person == Some(party) || account.is_some_and(|a| a.terms.iter().any(|term| term.counts != Counts::No))
}

struct Maker<'a> {
    graph: &'a Graph,
    rule: &'a Rule,
    listed: &'a Listed,
    sums: Sums,
}

impl Maker<'_> {
    fn proof(
        &self,
        person: Option<PartyNo>,
        certain: &[PartyNo],
        possible: &[PartyNo],
        answer: Answer,
        party: PartyNo,
    ) -> Proof {
        let given: BTreeSet<PartyNo> = certain.iter().copied().collect();
        let unknown = (0..).zip(&self.listed.unknown).filter(|(_, is)| **is).map(|(no, _)| no);
        let guessed: BTreeSet<PartyNo> = unknown.chain(possible.iter().copied()).collect();
        let mut sure = Spread::new(self.graph, self.rule, Side::Certain, self.sums);
        sure.from(certain.iter().copied());
        let mut maybe = Spread::new(self.graph, self.rule, Side::Possible, self.sums);
        maybe.from((0..).zip(&self.listed.unknown).filter(|(_, is)| **is).map(|(no, _)| no));
        maybe.from(possible.iter().copied());
        let mut done = Vec::new();
        let (mut waiting, mut seen) = (vec![party], BTreeSet::from([party]));
        let mut is_cut = false;
        while let Some(at) = waiting.pop() {
            let mut account = self.account(&sure, &maybe, &given, at);
            if at == party {
                account.answer = answer;
            } else {
                account.terms.iter_mut().filter(|term| term.holder == party).for_each(Term::follows);
            }
            for term in &account.terms {
                // Who may be blocked matters only where that is open.
                let is_step = match term.counts {
                    Counts::Perhaps => account.answer == Answer::CannotBeTold && !guessed.contains(&term.holder),
                    counts => counts == Counts::Blocked,
                };
                if is_step && seen.insert(term.holder) {
                    waiting.push(term.holder);
                }
            }
            done.push((at, account));
            if done.len() >= STEPS && !waiting.is_empty() {
                is_cut = true;
                break;
            }
        }
        // In the order in which they were reached; what is only possible behind that, and the party itself last.
        let place = |at: PartyNo| match (at == party, sure.order(at), maybe.order(at)) {
            (true, ..) => (2, 0),
            (_, Some(order), _) => (0, order),
            (_, _, order) => (1, order.unwrap_or(u32::MAX)),
        };
        done.sort_by_key(|(at, _)| place(*at));
        Proof { person, accounts: done.into_iter().map(|(_, account)| account).collect(), is_cut }
    }

    fn account(&self, sure: &Spread<'_>, maybe: &Spread<'_>, given: &BTreeSet<PartyNo>, party: PartyNo) -> Account {
        let answer = match (sure.order(party), maybe.order(party)) {
            (Some(_), _) => Answer::Blocked,
            (None, Some(_)) => Answer::CannotBeTold,
            (None, None) => Answer::NotBlocked,
        };
        let counts = |end: &End| match (sure.order(end.party), sure.order(party)) {
            (Some(_), _) if given.contains(&end.party) => Counts::Listed,
            (Some(theirs), Some(own)) if theirs > own => Counts::InConsequence,
            (Some(_), _) => Counts::Blocked,
            (None, _) if maybe.order(end.party).is_some() => Counts::Perhaps,
            _ => Counts::No,
        };
        let is_told = |end: &&End| match end.interest {
            Interest::Shares => true,
            Interest::Votes => self.rule.votes,
            Interest::Board => self.rule.board,
            Interest::Control => self.rule.control,
            Interest::Office | Interest::Tie => false,
        };
        let term =
            |end: &End| Term { holder: end.party, interest: end.interest, share: end.share, counts: counts(end) };
        let mut terms: Vec<Term> = self.graph.holders_of(party).iter().filter(is_told).map(term).collect();
        terms
            .sort_by_key(|term| (term.counts as u8, term.interest, std::cmp::Reverse(term.share.upper()), term.holder));
        let (shares, votes) = (self.sum(party, &terms, Interest::Shares), self.sum(party, &terms, Interest::Votes));
        Account { party, answer, terms, shares, votes }
    }

    fn sum(&self, party: PartyNo, terms: &[Term], interest: Interest) -> Sum {
        let of = |is: &dyn Fn(&Term) -> bool, bound: fn(Share) -> u32| -> u64 {
            terms.iter().filter(|t| t.interest == interest && is(t)).map(|t| u64::from(bound(t.share))).sum()
        };
        let lower = of(&|term| term.counts.is_certain(), Share::lower);
        let is_possible = |term: &Term| term.counts.is_certain() || term.counts == Counts::Perhaps;
        let upper = of(&is_possible, Share::upper);
        let others = of(&|term| term.counts == Counts::No, Share::lower);
        let (recorded, excess) = (self.graph.recorded(party, interest), self.graph.excess(party, interest));
        let left = if excess > 0 { u64::from(WHOLE) } else { u64::from(WHOLE) - others };
        let (lower_bounded, upper_bounded) = (lower.saturating_sub(excess), upper.min(left));
        Sum { lower, upper, recorded, excess, lower_bounded, upper_bounded }
    }

    /// Those who are listed, certainly or perhaps, and have something of a party through whatever chain.
    fn listed_above(&self, party: PartyNo) -> Vec<PartyNo> {
        let mut seen = BTreeSet::from([party]);
        let (mut waiting, mut found) = (VecDeque::from([party]), Vec::new());
        while let Some(at) = waiting.pop_front() {
            for end in self.graph.holders_of(at) {
                if matches!(end.interest, Interest::Office | Interest::Tie) || !seen.insert(end.party) {
                    continue;
                }
                if self.listed.certain[end.party as usize] || self.listed.perhaps[end.party as usize] {
                    found.push(end.party);
                }
                waiting.push_back(end.party);
            }
            if found.len() >= PERSONS {
                break;
            }
        }
        found
    }
}
