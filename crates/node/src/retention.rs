//! Acts on how long what is kept: rules by two administrators, legal holds, and erasing what is due.
//!
//! In come a seat and a rule, a subject or nothing, out comes what is so now, or what was erased and where it could not be.

use std::path::Path;

use mihenk_ledger::{
    KEPT, LedgerError, Reason, Who,
    customers::KEPT as KEPT_CUSTOMERS,
    reports::COMPARTMENT_KEPT,
    retention::{self, Due, Part, Rule, RuleId, Shown},
};
use mihenk_said::Said;
use mihenk_store::{
    Act,
    erase::{Erasure, Pending},
};

use crate::{desk::Seat, error::NodeError, kept, permission::Permission, portfolio};

/// What is kept for how long, and what is due now.
///
/// # Errors
/// When whoever sits here is no administrator.
pub fn show(seat: &Seat<'_>) -> Result<(Shown, Vec<Due>), NodeError> {
    seat.act(Permission::ManageStore, |act, who| Ok((retention::show(act)?, retention::due(act, KEPT, who.at)?)))
}

/// The parts that rules may be for.
#[must_use]
pub fn parts() -> Vec<&'static str> {
    [KEPT, COMPARTMENT_KEPT].concat().iter().map(|part| part.name).collect()
}

/// Proposes a rule.
///
/// # Errors
/// When whoever sits here is no administrator, or the rule is none.
pub fn propose(seat: &Seat<'_>, rule: Rule, reason: Reason) -> Result<RuleId, NodeError> {
    // A rule may be for what the compartment keeps: that there are such parts is known to everybody.
    let parts = [KEPT, COMPARTMENT_KEPT].concat();
    seat.act(Permission::ManageStore, |act, who| retention::propose(act, who, &parts, rule, reason))
}

/// Confirms another administrator's rule.
///
/// # Errors
/// When it is one's own or unknown.
pub fn confirm(seat: &Seat<'_>, id: &RuleId) -> Result<Rule, NodeError> {
    seat.act(Permission::ManageStore, |act, who| retention::confirm(act, who, id))
}

/// Declines a proposed rule.
///
/// # Errors
/// When it is unknown.
pub fn decline(seat: &Seat<'_>, id: &RuleId, reason: Reason) -> Result<(), NodeError> {
    seat.act(Permission::ManageStore, |act, who| retention::decline(act, who, id, reason))
}

/// Places a legal hold.
///
/// # Errors
/// When nothing is known of the subject, or it is held.
pub fn hold(seat: &Seat<'_>, subject: &str, reason: Reason) -> Result<(), NodeError> {
    seat.act(Permission::ManageStore, |act, who| retention::hold(act, who, subject, reason))
}

/// Lifts a legal hold.
///
/// # Errors
/// When there is none.
pub fn lift(seat: &Seat<'_>, subject: &str, reason: Reason) -> Result<(), NodeError> {
    seat.act(Permission::ManageStore, |act, who| retention::lift(act, who, subject, reason))
}

/// What erasing came to.
#[derive(Clone, Debug)]
pub struct Ran {
    /// What was erased.
    pub erased: Vec<Due>,
    /// Where it could not be erased yet.
    pub pending: Vec<Pending>,
}

/// Erases what is due: one act for each subject, which takes content and rows together. Indices of customers in the data folder go first.
///
/// # Errors
/// When whoever sits here is no administrator, or the store refuses.
pub fn run(seat: &Seat<'_>, folder: &Path, reason: &Reason) -> Result<Ran, NodeError> {
    let due = seat.act(Permission::ManageStore, |act, who| retention::due(act, KEPT, who.at))?;
    if due.iter().any(|due| due.part == KEPT_CUSTOMERS.name) {
        portfolio::forget(seat.desk(), folder)?;
    }
    let erased = seat.act(Permission::ManageStore, |act, who| {
        // What has become due since waits for the next time: its index is still there.
        let still = retention::due(act, KEPT, who.at)?;
        let due: Vec<Due> = due.into_iter().filter(|due| still.contains(due)).collect();
        erase(act, who, KEPT, &due, reason)?;
        Ok(due)
    })?;
    erase_apart(seat, reason)?;
    let mut pending = if erased.is_empty() { Vec::new() } else { seat.desk().store().finish_erasing()? };
    // Also when nothing was due now: it may have been broken off the last time.
    if let Err(error) = kept::release(seat.desk(), folder) {
        let place = Said::words(folder.join("references").display().to_string());
        pending.push(Pending { place, why: error.said() });
    }
    Ok(Ran { erased, pending })
}

fn erase(act: &mut Act<'_>, who: &Who, parts: &[Part], due: &[Due], reason: &Reason) -> Result<(), LedgerError> {
    for due in due {
        act.erase(&Erasure {
            at: who.at,
            actor: who.actor.clone(),
            subject: due.subject.clone(),
            reason: reason.to_string(),
            seqs: due.seqs.clone(),
            statements: retention::forget(parts, due),
        })?;
    }
    Ok(())
}

/// Erases what is due in the compartment. What that was, and whether anything was, is told to nobody here.
fn erase_apart(seat: &Seat<'_>, reason: &Reason) -> Result<(), NodeError> {
    let rules = seat.act(Permission::ManageStore, |act, _| retention::rules(act))?;
    let is_any = seat.act_apart(Permission::ManageStore, |act, who| {
        let due = retention::due_by(act, &rules, COMPARTMENT_KEPT, who.at)?;
        erase(act, who, COMPARTMENT_KEPT, &due, reason)?;
        Ok(!due.is_empty())
    })?;
    if is_any {
        // What a backup still holds is erased the next time; it cannot be told here.
        seat.desk().compartment().finish_erasing()?;
    }
    Ok(())
}
