//! A party's standing, with names in place of numbers: what the command line shows and a server would send.
//!
//! In come a network, regimes, a day and a party; out comes a [`Standing`]. Shares are in parts per billion and in words. Lists that may be long are cut, and say so.

use std::collections::{BTreeSet, VecDeque};

use mihenk_ledger::{
    day::Day,
    ownership::{
        account::{Account, Counts, Proof, Sum, Term, prove},
        effective::{Way, holders, ways},
        holding::{Interest, PartyNo},
        network::{Doubt, Network, OnDay},
        rule::Rule,
        share::{Share, WHOLE, told_between},
        solve::{Answer, Listed, Solved, Sums, solve},
    },
    regimes::LawSource,
};
use mihenk_said::Said;
use serde::Serialize;

use super::reason;

/// Holders, ways, ties, proofs and alterations that are told.
const HOLDERS: usize = 200;
const WAYS: usize = 12;
const TIES: usize = 100;
const PROOFS: usize = 6;
const ALTERED: usize = 500;
/// Parties above one that are looked at for what is doubtful.
const ABOVE: usize = 20_000;

/// A party by id and name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Named {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its schema, if there is a record of it.
    pub schema: Option<&'static str>,
}

/// What is known of a party's holders, and what follows.
#[derive(Clone, Debug, Serialize)]
pub struct Standing {
    /// The party.
    pub entity: Named,
    /// The day of which all this is so.
    pub day: Day,
    /// The lists and files.
    pub sources: Vec<String>,
    /// How many parties there are in them.
    pub parties: usize,
    /// How many holdings between them that day.
    pub holdings: usize,
    /// What is assumed.
    pub assumed: Vec<String>,
    /// What each regime makes of it.
    pub regimes: Vec<RegimeTold>,
    /// Who has shares of it, the nearest first.
    pub holders: Vec<HolderTold>,
    /// Whether there are more holders.
    pub holders_cut: bool,
    /// The ways of shares from those who are blocked, or may be.
    pub ways: Vec<WayTold>,
    /// Offices and ties.
    pub ties: Vec<TieTold>,
    /// What it holds itself.
    pub holds: Vec<HolderTold>,
    /// What is doubtful of it and of those above it.
    pub doubts: Vec<Doubtful>,
    /// What the assumptions alter, for anybody.
    pub altered: Vec<Altered>,
    /// How many alterations there are, told or not.
    pub altered_count: usize,
}

/// What a regime makes of a party.
#[derive(Clone, Debug, Serialize)]
pub struct RegimeTold {
    /// The regime.
    pub id: String,
    /// What people call it.
    pub title: String,
    /// What holds.
    pub answer: Answer,
    /// What would hold if shares could sum to more than all; only where more than all is recorded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub as_recorded: Option<Answer>,
    /// Why, in English.
    pub why: String,
    /// The sentences of it ([`super::sayings`]), so that pages can say them in other languages.
    #[serde(skip)]
    pub because: Vec<Said>,
    /// The lists that name it.
    pub lists: Vec<String>,
    /// What shows it.
    pub proofs: Vec<ProofTold>,
    /// The law.
    pub law: Vec<LawSource>,
}

/// Steps, each of which rests on those before it.
#[derive(Clone, Debug, Serialize)]
pub struct ProofTold {
    /// The listed person whom it is about, where shares of different persons are not added.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub person: Option<Named>,
    /// The steps; the last is the party's own.
    pub steps: Vec<StepTold>,
    /// Whether there are more.
    pub is_cut: bool,
}

/// What is recorded of one party, and what it comes to.
#[derive(Clone, Debug, Serialize)]
pub struct StepTold {
    /// Its number.
    pub nth: usize,
    /// The party.
    pub party: Named,
    /// What holds for it.
    pub answer: Answer,
    /// What its holders have.
    pub terms: Vec<TermTold>,
    /// The sum of shares.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shares: Option<SumTold>,
    /// The sum of votes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub votes: Option<SumTold>,
}

/// What one holder has.
#[derive(Clone, Debug, Serialize)]
pub struct TermTold {
    /// The holder.
    pub holder: Named,
    /// What.
    pub interest: Interest,
    /// How much, at the least, in parts per billion.
    pub lower_ppb: u32,
    /// At the most.
    pub upper_ppb: u32,
    /// How much, in words.
    pub share: String,
    /// Why it counts or does not.
    pub counts: Counts,
    /// The step that shows why, if one does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub step: Option<usize>,
    /// The records.
    pub records: Vec<String>,
}

/// A sum, in parts per billion and in words.
#[derive(Clone, Debug, Serialize)]
pub struct SumTold {
    /// In numbers.
    #[serde(flatten)]
    pub sum: Sum,
    /// What counts for certain and what may, in words.
    pub told: String,
    /// The same where shares sum to at most all.
    pub told_bounded: String,
    /// What is recorded of nobody: all of it, or at the most where a holder's share is not exact.
    pub unrecorded_ppb: u64,
    /// Whether every holder's share is exact.
    pub is_exact: bool,
}

/// Who has shares of a party, or of whom it has.
#[derive(Clone, Debug, Serialize)]
pub struct HolderTold {
    /// Who.
    pub party: Named,
    /// What they have themselves, in words; none if nothing.
    pub direct: Option<String>,
    /// The same, as a share.
    #[serde(skip)]
    pub direct_share: Option<Share>,
    /// What they have in effect, at the least, in parts per billion.
    pub effective_lower_ppb: u64,
    /// At the most; none where there is no limit.
    pub effective_upper_ppb: Option<u64>,
    /// The same in words.
    pub effective: String,
    /// Over how many steps.
    pub steps: u32,
    /// What each regime makes of them, in the order of the regimes.
    pub answers: Vec<Answer>,
}

/// A chain of shares.
#[derive(Clone, Debug, Serialize)]
pub struct WayTold {
    /// The parties from the top down.
    pub parties: Vec<Named>,
    /// The share of each in the next, in words.
    pub shares: Vec<String>,
    /// Their product, in words.
    pub product: String,
}

/// An office or a tie.
#[derive(Clone, Debug, Serialize)]
pub struct TieTold {
    /// Whose.
    pub party: Named,
    /// What: `director`, `sister`.
    pub kind: String,
    /// Whether it is an office or another tie.
    pub interest: Interest,
    /// What each regime makes of them.
    pub answers: Vec<Answer>,
    /// The record.
    pub record: String,
}

/// Something doubtful.
#[derive(Clone, Debug, Serialize)]
pub struct Doubtful {
    /// What.
    #[serde(flatten)]
    pub doubt: Doubt,
    /// Whom it concerns.
    pub parties: Vec<Named>,
}

/// What an assumption alters.
#[derive(Clone, Debug, Serialize)]
pub struct Altered {
    /// For whom.
    pub party: Named,
    /// Under which regime.
    pub regime: String,
    /// What holds without it; none for somebody new.
    pub before: Option<Answer>,
    /// What holds with it.
    pub after: Answer,
}

/// A regime that was asked on a day.
struct Asked<'a> {
    rule: &'a Rule,
    listed: Listed,
    solved: Solved,
}

struct Teller<'a> {
    network: &'a Network,
    on: OnDay,
    asked: Vec<Asked<'a>>,
    no: PartyNo,
}

/// What holds for a party.
pub(super) fn standing(
    network: &Network,
    before: Option<&Network>,
    rules: &[Rule],
    day: Day,
    no: PartyNo,
    (sources, assumed): (&[String], Vec<String>),
) -> Standing {
    let on = network.on(day);
    let asked = rules.iter().map(|rule| ask(network, &on, rule)).collect();
    let teller = Teller { network, on, asked, no };
    let (holders, holders_cut) = teller.holders();
    let (altered, altered_count) = before.map_or_else(Default::default, |before| teller.altered(before, rules, day));
    Standing {
        entity: teller.named(no),
        day,
        sources: sources.to_vec(),
        parties: network.parties().len(),
        holdings: teller.on.graph.edges(),
        assumed,
        regimes: teller.asked.iter().map(|asked| teller.regime(asked)).collect(),
        ways: teller.ways(&holders),
        holders: holders.into_iter().map(|(_, told)| told).collect(),
        holders_cut,
        ties: teller.ties(),
        holds: teller.holds(),
        doubts: teller.doubts(),
        altered,
        altered_count,
    }
}

fn ask<'a>(network: &Network, on: &OnDay, rule: &'a Rule) -> Asked<'a> {
    let listed = on.listed(network, rule);
    let solved = solve(&on.graph, rule, &listed, Sums::Bounded);
    Asked { rule, listed, solved }
}

impl Teller<'_> {
    fn named(&self, no: PartyNo) -> Named {
        let party = self.network.party(no);
        // An id without a record is all that is known of a party.
        let is_nameless = party.is_unknown() && (party.schema.is_some() || party.id.starts_with("unknown:"));
        let name = if is_nameless { "somebody unknown" } else { party.name() }.to_owned();
        Named { id: party.id.clone(), name, schema: party.schema }
    }

    fn answers(&self, no: PartyNo) -> Vec<Answer> {
        self.asked.iter().map(|asked| asked.solved.answer(no)).collect()
    }

    fn regime(&self, asked: &Asked<'_>) -> RegimeTold {
        let Asked { rule, listed, solved } = asked;
        let proofs = prove(&self.on.graph, rule, listed, solved, Sums::Bounded, self.no);
        let has_excess = proofs.iter().flat_map(|proof| &proof.accounts).any(|a| a.shares.excess + a.votes.excess > 0);
        let recorded = self.on.graph.has_excess().then(|| solve(&self.on.graph, rule, listed, Sums::AsRecorded));
        let recorded = recorded.map(|solved| solved.answer(self.no));
        let answer = solved.answer(self.no);
        let as_recorded = recorded.filter(|recorded| has_excess || *recorded != answer);
        let lists = self.network.party(self.no).listed(rule, self.on.day).1;
        let proofs: Vec<ProofTold> = proofs.iter().take(PROOFS).map(|proof| self.proof(proof)).collect();
        let lists: Vec<String> = lists.into_iter().map(str::to_owned).collect();
        let because = reason::why(rule, answer, &lists, &proofs);
        let why = because.iter().map(Said::as_str).collect::<Vec<_>>().join("; ");
        let (id, title, law) = (rule.id.clone(), rule.title.clone(), rule.sources.clone());
        RegimeTold { id, title, answer, as_recorded, why, because, lists, proofs, law }
    }

    fn proof(&self, proof: &Proof) -> ProofTold {
        let place = |no: PartyNo| proof.accounts.iter().position(|account| account.party == no).map(|at| at + 1);
        let step = |(at, account): (usize, &Account)| {
            let terms = account.terms.iter().map(|term| self.term(account.party, term, place(term.holder))).collect();
            let sum = |interest: Interest, sum: Sum| {
                let mut of = account.terms.iter().filter(|term| term.interest == interest).peekable();
                of.peek().is_some().then(|| sum_told(sum, of.all(|term| term.share.is_exact())))
            };
            StepTold {
                nth: at + 1,
                party: self.named(account.party),
                answer: account.answer,
                terms,
                shares: sum(Interest::Shares, account.shares),
                votes: sum(Interest::Votes, account.votes),
            }
        };
        let steps = proof.accounts.iter().enumerate().map(step).collect();
        ProofTold { person: proof.person.map(|no| self.named(no)), steps, is_cut: proof.is_cut }
    }

    fn term(&self, asset: PartyNo, term: &Term, place: Option<usize>) -> TermTold {
        let records = self.on.records.get(&(term.holder, asset, term.interest)).map_or(&[][..], Vec::as_slice);
        let is_shown = matches!(term.counts, Counts::Blocked | Counts::Perhaps);
        TermTold {
            holder: self.named(term.holder),
            interest: term.interest,
            lower_ppb: term.share.lower(),
            upper_ppb: term.share.upper(),
            share: term.share.to_string(),
            counts: term.counts,
            step: place.filter(|_| is_shown && term.holder != self.no),
            records: records.iter().map(|at| self.network.holdings()[*at].source.to_string()).collect(),
        }
    }

    fn holders(&self) -> (Vec<(PartyNo, HolderTold)>, bool) {
        let found = holders(&self.on.graph, self.no);
        let is_cut = found.is_cut || found.all.len() > HOLDERS;
        let told = found.all.iter().take(HOLDERS).map(|holder| {
            let upper = holder.upper.unwrap_or(u64::from(WHOLE));
            let effective = match holder.upper {
                Some(_) => told_between(holder.lower, upper),
                None => "no limit: a cycle holds itself wholly".to_owned(),
            };
            let told = HolderTold {
                party: self.named(holder.party),
                direct: holder.direct.map(|share| share.to_string()),
                direct_share: holder.direct,
                effective_lower_ppb: holder.lower,
                effective_upper_ppb: holder.upper,
                effective: if upper - holder.lower <= 1 { told_between(upper, upper) } else { effective },
                steps: holder.steps,
                answers: self.answers(holder.party),
            };
            (holder.party, told)
        });
        (told.collect(), is_cut)
    }

    /// The ways from those who are listed, or may be anybody.
    fn ways(&self, holders: &[(PartyNo, HolderTold)]) -> Vec<WayTold> {
        let is_start = |no: PartyNo| {
            let listed = |asked: &Asked<'_>| {
                let Listed { certain, perhaps, unknown } = &asked.listed;
                [certain, perhaps, unknown].iter().any(|flags| flags[no as usize])
            };
            self.asked.iter().any(listed)
        };
        let starts = holders.iter().map(|(no, _)| *no).filter(|no| is_start(*no));
        let mut all: Vec<Way> = starts.flat_map(|no| ways(&self.on.graph, no, self.no, WAYS).0).collect();
        all.sort_by_key(|way| (std::cmp::Reverse(way.upper), way.parties.len()));
        let told = |way: &Way| WayTold {
            parties: way.parties.iter().map(|no| self.named(*no)).collect(),
            shares: way.shares.iter().map(ToString::to_string).collect(),
            product: told_between(way.lower, if way.upper == way.lower + 1 { way.lower } else { way.upper }),
        };
        all.iter().take(WAYS).map(told).collect()
    }

    fn ties(&self) -> Vec<TieTold> {
        let mut ties = Vec::new();
        for (&(owner, asset, interest), records) in &self.on.records {
            if !matches!(interest, Interest::Office | Interest::Tie) || (owner != self.no && asset != self.no) {
                continue;
            }
            let party = if owner == self.no { asset } else { owner };
            for at in records {
                let holding = &self.network.holdings()[*at];
                ties.push(TieTold {
                    party: self.named(party),
                    kind: holding.kind.clone(),
                    interest,
                    answers: self.answers(party),
                    record: holding.source.to_string(),
                });
            }
        }
        let rank = |tie: &TieTold| std::cmp::Reverse(tie.answers.iter().copied().max());
        ties.sort_by(|one, other| rank(one).cmp(&rank(other)).then_with(|| one.party.name.cmp(&other.party.name)));
        ties.truncate(TIES);
        ties
    }

    fn holds(&self) -> Vec<HolderTold> {
        let held = self.on.graph.held_by(self.no).iter().filter(|end| end.interest == Interest::Shares);
        let told = held.map(|end| HolderTold {
            party: self.named(end.party),
            direct: Some(end.share.to_string()),
            direct_share: Some(end.share),
            effective_lower_ppb: u64::from(end.share.lower()),
            effective_upper_ppb: Some(u64::from(end.share.upper())),
            effective: end.share.to_string(),
            steps: 1,
            answers: self.answers(end.party),
        });
        let mut told: Vec<HolderTold> = told.collect();
        told.sort_by_key(|held| (std::cmp::Reverse(held.effective_lower_ppb), held.party.id.clone()));
        told.truncate(HOLDERS);
        told
    }

    fn doubts(&self) -> Vec<Doubtful> {
        let above = self.above();
        // The last party is the one that is held, or whom it is about.
        let concerns = |doubt: &&Doubt| doubt.parties.last().is_none_or(|no| above.contains(no));
        let told = |doubt: &Doubt| Doubtful {
            doubt: doubt.clone(),
            parties: doubt.parties.iter().map(|no| self.named(*no)).collect(),
        };
        self.on.doubts.iter().filter(concerns).map(told).collect()
    }

    /// The party and everybody above it, by whatever they have.
    fn above(&self) -> BTreeSet<PartyNo> {
        let (mut seen, mut waiting) = (BTreeSet::from([self.no]), VecDeque::from([self.no]));
        while let Some(at) = waiting.pop_front() {
            for end in self.on.graph.holders_of(at).iter().filter(|end| end.interest != Interest::Tie) {
                if seen.len() < ABOVE && seen.insert(end.party) {
                    waiting.push_back(end.party);
                }
            }
        }
        seen
    }

    /// For whom something else holds than without the assumptions.
    fn altered(&self, before: &Network, rules: &[Rule], day: Day) -> (Vec<Altered>, usize) {
        let on = before.on(day);
        let (mut altered, mut count) = (Vec::new(), 0);
        for (rule, asked) in rules.iter().zip(&self.asked) {
            let was = ask(before, &on, rule).solved;
            for (&after, no) in asked.solved.answers().iter().zip(0..) {
                let before = was.answers().get(no as usize).copied();
                // Somebody new whom nothing concerns is no alteration.
                if before == Some(after) || (before.is_none() && after == Answer::NotBlocked) {
                    continue;
                }
                count += 1;
                if altered.len() < ALTERED {
                    altered.push(Altered { party: self.named(no), regime: rule.id.clone(), before, after });
                }
            }
        }
        (altered, count)
    }
}

fn sum_told(sum: Sum, is_exact: bool) -> SumTold {
    SumTold {
        sum,
        told: told_between(sum.lower, sum.upper),
        told_bounded: told_between(sum.lower_bounded, sum.upper_bounded),
        unrecorded_ppb: u64::from(WHOLE).saturating_sub(sum.recorded),
        is_exact,
    }
}

/// Whether somebody is listed for certain, for whoever draws.
pub(super) fn is_listed(answers: &[Answer]) -> bool {
    answers.contains(&Answer::Listed)
}
