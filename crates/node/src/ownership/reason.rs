//! Why a regime says what it says, in one sentence.
//!
//! In come the answer and its proofs with names, out comes the sentence; the proof itself is for whoever wants to add it up.

use mihenk_ledger::ownership::{
    account::Counts,
    holding::Interest,
    rule::{Rule, VOTES},
    share::told,
    solve::Answer,
};

use super::told::{ProofTold, StepTold, TermTold};

pub(super) fn why(rule: &Rule, answer: Answer, lists: &[String], proofs: &[ProofTold]) -> String {
    if answer == Answer::Listed {
        return format!("it stands on {}", lists.join(", "));
    }
    let Some((proof, step)) = proofs.first().and_then(|proof| Some((proof, proof.steps.last()?))) else {
        return "nothing is recorded of its holders".to_owned();
    };
    let told = match answer {
        Answer::Blocked => blocked(rule, proof, step),
        Answer::CannotBeTold => open(rule, proof, step, lists),
        Answer::NotBlocked | Answer::Listed => free(rule, proofs, step),
    };
    let shares = step.shares.as_ref().filter(|sum| answer != Answer::Blocked && sum.is_exact && sum.unrecorded_ppb > 0);
    match shares {
        Some(shares) => format!("{told}; of {} no holder is recorded", self::told(shares.unrecorded_ppb)),
        None => told,
    }
}

/// Those whose holdings count, as whoever has them.
fn whose(proof: &ProofTold) -> String {
    match &proof.person {
        Some(person) => format!("{} has", person.name),
        None => "those who are blocked have".to_owned(),
    }
}

fn blocked(rule: &Rule, proof: &ProofTold, step: &StepTold) -> String {
    let whose = whose(proof);
    let shares = step.shares.as_ref().filter(|sum| sum.sum.lower_bounded >= rule.threshold.parts());
    if let Some(shares) = shares {
        // More than all may be recorded, and what is too much may be theirs.
        let least = if shares.sum.excess > 0 { "at least " } else { "" };
        return format!(
            "{whose} {least}{} of its shares; {} is enough",
            lower(shares.sum.lower_bounded),
            rule.threshold.told()
        );
    }
    let counts = |term: &&TermTold| matches!(term.counts, Counts::Listed | Counts::Blocked);
    if let Some(term) = step.terms.iter().filter(counts).find(|term| term.interest == Interest::Board) {
        return format!("{} may appoint or remove a majority of its board", term.holder.name);
    }
    let votes = step.votes.as_ref().map_or(0, |sum| sum.sum.lower_bounded);
    if rule.aggregate
        && let Some(term) = step.terms.iter().filter(counts).find(|term| u64::from(term.lower_ppb) >= VOTES)
    {
        return format!("{} has {} of its votes, a majority alone", term.holder.name, term.share);
    }
    format!("{whose} {} of its votes, a majority", lower(votes))
}

fn lower(parts: u64) -> String {
    mihenk_ledger::ownership::share::told_lower(parts)
}

fn open(rule: &Rule, proof: &ProofTold, step: &StepTold, lists: &[String]) -> String {
    if !lists.is_empty() {
        return format!("whether {} names it on that day the dates leave open", lists.join(", "));
    }
    if let Some(term) = step.terms.iter().find(|term| term.interest == Interest::Control && term.counts != Counts::No) {
        return format!(
            "{} controls it by other means, as recorded; whether that is control in law, a person has to judge",
            term.holder.name
        );
    }
    let whose = match &proof.person {
        Some(person) => format!("{} has, or may have,", person.name),
        None if rule.aggregate => "those who are or may be blocked have".to_owned(),
        None => "somebody who may be anybody has".to_owned(),
    };
    match (&step.shares, &step.votes) {
        (Some(shares), _) if shares.sum.upper_bounded >= rule.threshold.parts() => {
            format!("{whose} {} of its shares; {} would be enough", shares.told_bounded, rule.threshold.told())
        }
        (_, Some(votes)) if votes.sum.upper_bounded >= VOTES => {
            format!("{whose} {} of its votes; whether one has a majority is open", votes.told_bounded)
        }
        _ => "what is recorded leaves it open".to_owned(),
    }
}

fn free(rule: &Rule, proofs: &[ProofTold], step: &StepTold) -> String {
    let has_part = |step: &StepTold| step.terms.iter().any(|term| term.counts != Counts::No);
    if !has_part(step) {
        return match step.terms.is_empty() {
            true => "no holder is recorded".to_owned(),
            false => "nobody who is blocked has a part of it, as far as is recorded".to_owned(),
        };
    }
    let shares = step.shares.as_ref().map_or_else(|| "no part".to_owned(), |sum| sum.told_bounded.clone());
    if proofs.len() > 1 {
        let person = proofs[0].person.as_ref().map_or("one", |person| person.name.as_str());
        return format!(
            "of {} listed persons with a part none has {}: {person} has most, {shares}; parts of different persons are not added",
            proofs.len(),
            rule.threshold.told()
        );
    }
    format!("{} {shares} of its shares, not {}", whose(&proofs[0]), rule.threshold.told())
}
