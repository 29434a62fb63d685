//! Why a regime says what it says: one sentence, and a second one where not all holders are recorded.
//!
//! In come the answer and its proofs with names, out come the sentences; the proof itself is for whoever wants to add it up.

use std::fmt;

use mihenk_ledger::ownership::{
    account::Counts,
    holding::Interest,
    rule::{Rule, VOTES},
    share::{AtLeast, Between},
    solve::Answer,
};
use mihenk_said::Said;

use super::{
    sayings,
    told::{ProofTold, StepTold, SumTold, TermTold},
};

pub(super) fn why(rule: &Rule, answer: Answer, lists: &[String], proofs: &[ProofTold]) -> Vec<Said> {
    if answer == Answer::Listed {
        return vec![sayings::on_lists(lists.join(", "))];
    }
    let Some((proof, step)) = proofs.first().and_then(|proof| Some((proof, proof.steps.last()?))) else {
        return vec![sayings::nothing_recorded()];
    };
    let mut told = vec![match answer {
        Answer::Blocked => blocked(rule, proof, step),
        Answer::CannotBeTold => open(rule, proof, step, lists),
        Answer::NotBlocked | Answer::Listed => free(rule, proofs, step),
    }];
    let shares = step.shares.as_ref().filter(|sum| answer != Answer::Blocked && sum.is_exact && sum.unrecorded_ppb > 0);
    told.extend(shares.map(|sum| sayings::no_holder_of(Between(sum.unrecorded_ppb, sum.unrecorded_ppb))));
    told
}

/// The listed person whom a proof is about, where shares of different persons are not added.
fn person(proof: &ProofTold) -> Option<&str> {
    proof.person.as_ref().map(|person| person.name.as_str())
}

fn blocked(rule: &Rule, proof: &ProofTold, step: &StepTold) -> Said {
    let shares = step.shares.as_ref().filter(|sum| sum.sum.lower_bounded >= rule.threshold.parts());
    if let Some(shares) = shares {
        let (share, threshold) = (AtLeast(shares.sum.lower_bounded), rule.threshold);
        // More than all may be recorded, and what is too much may be theirs.
        return match (person(proof), shares.sum.excess > 0) {
            (Some(person), false) => sayings::shares_of_enough(person, share, threshold),
            (Some(person), true) => sayings::shares_of_at_least(person, share, threshold),
            (None, false) => sayings::shares_enough(share, threshold),
            (None, true) => sayings::shares_at_least(share, threshold),
        };
    }
    let counts = |term: &&TermTold| matches!(term.counts, Counts::Listed | Counts::Blocked);
    if let Some(term) = step.terms.iter().filter(counts).find(|term| term.interest == Interest::Board) {
        return sayings::board(&term.holder.name);
    }
    let votes = AtLeast(step.votes.as_ref().map_or(0, |sum| sum.sum.lower_bounded));
    if rule.aggregate
        && let Some(term) = step.terms.iter().filter(counts).find(|term| u64::from(term.lower_ppb) >= VOTES)
    {
        return sayings::votes_alone(&term.holder.name, Between(term.lower_ppb.into(), term.upper_ppb.into()));
    }
    match person(proof) {
        Some(person) => sayings::votes_of(person, votes),
        None => sayings::votes(votes),
    }
}

/// What counts for certain and what may, where shares sum to at most all.
fn bounded(sum: &SumTold) -> Between {
    Between(sum.sum.lower_bounded, sum.sum.upper_bounded)
}

fn open(rule: &Rule, proof: &ProofTold, step: &StepTold, lists: &[String]) -> Said {
    if !lists.is_empty() {
        return sayings::dates_open(lists.join(", "));
    }
    if let Some(term) = step.terms.iter().find(|term| term.interest == Interest::Control && term.counts != Counts::No) {
        return sayings::control(&term.holder.name);
    }
    match (&step.shares, &step.votes) {
        (Some(shares), _) if shares.sum.upper_bounded >= rule.threshold.parts() => {
            let (share, threshold) = (bounded(shares), rule.threshold);
            match person(proof) {
                Some(person) => sayings::perhaps_shares_of(person, share, threshold),
                None if rule.aggregate => sayings::perhaps_shares(share, threshold),
                None => sayings::anybody_shares(share, threshold),
            }
        }
        (_, Some(votes)) if votes.sum.upper_bounded >= VOTES => match person(proof) {
            Some(person) => sayings::perhaps_votes_of(person, bounded(votes)),
            None if rule.aggregate => sayings::perhaps_votes(bounded(votes)),
            None => sayings::anybody_votes(bounded(votes)),
        },
        _ => sayings::left_open(),
    }
}

/// A part that may be none at all.
struct Part(Option<Between>);

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Some(share) => share.fmt(f),
            None if f.alternate() => f.write_str("none"),
            None => f.write_str("no part"),
        }
    }
}

fn free(rule: &Rule, proofs: &[ProofTold], step: &StepTold) -> Said {
    if step.terms.is_empty() {
        return sayings::no_holder();
    }
    if step.terms.iter().all(|term| term.counts == Counts::No) {
        return sayings::nobody_blocked();
    }
    let (share, threshold) = (Part(step.shares.as_ref().map(bounded)), rule.threshold);
    match (proofs.len(), person(&proofs[0])) {
        (count @ 2.., person) => sayings::persons_apart(count, threshold, person.unwrap_or("one"), share),
        (_, Some(person)) => sayings::shares_of_not(person, share, threshold),
        (_, None) => sayings::shares_not(share, threshold),
    }
}
