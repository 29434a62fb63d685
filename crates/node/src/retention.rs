//! Acts on how long what is kept: rules by two administrators, legal holds, and erasing what is due.

use mihenk_ledger::{
    KEPT, Reason,
    retention::{self, Due, Rule, RuleId, Shown},
};
use mihenk_store::erase::{Erasure, Pending};

use crate::{desk::Seat, error::NodeError, permission::Permission};

/// What is kept for how long, and what is due now.
///
/// # Errors
/// When whoever sits here is no administrator.
pub fn show(seat: &Seat<'_>) -> Result<(Shown, Vec<Due>), NodeError> {
    seat.act(Permission::ManageStore, |act, who| Ok((retention::show(act)?, retention::due(act, KEPT, who.at)?)))
}

/// Proposes a rule.
///
/// # Errors
/// When whoever sits here is no administrator, or the rule is none.
pub fn propose(seat: &Seat<'_>, rule: Rule, reason: Reason) -> Result<RuleId, NodeError> {
    seat.act(Permission::ManageStore, |act, who| retention::propose(act, who, KEPT, rule, reason))
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

/// Erases what is due: one act for each subject, which takes content and rows together.
///
/// # Errors
/// When whoever sits here is no administrator, or the store refuses.
pub fn run(seat: &Seat<'_>, reason: &Reason) -> Result<Ran, NodeError> {
    let erased = seat.act(Permission::ManageStore, |act, who| {
        let due = retention::due(act, KEPT, who.at)?;
        for due in &due {
            act.erase(&Erasure {
                at: who.at,
                actor: who.actor.clone(),
                subject: due.subject.clone(),
                reason: reason.to_string(),
                seqs: due.seqs.clone(),
                statements: retention::forget(KEPT, due),
            })?;
        }
        Ok(due)
    })?;
    let pending = if erased.is_empty() { Vec::new() } else { seat.desk().store().finish_erasing()? };
    Ok(Ran { erased, pending })
}
