//! Deciding: one person proposes what was found, another confirms it.
//!
//! Nobody confirms what they proposed, and the software decides nothing. What a decision does to alerts, cases and freezes is done by their own acts within the same act:
//! all of it happens or none. A freeze is never released here; its release is proposed, and takes two of its own.

use mihenk_store::{Act, Query};
use serde::Serialize;

use super::{
    House, RedressEvent,
    state::{Decision, Found, Redress, RedressId, RedressState},
    tell,
    work::redress,
};
use crate::{
    alerts::{self, Alert, AlertId, Policy, policy::Finding, state::State},
    cases,
    day::{Day, minute},
    error::LedgerError,
    freezes::{self, Change, FreezeId},
    happening::{record, unchanged_since},
    people::UserId,
    refusals,
    who::{Reason, Who},
};

/// What a decision changed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Done {
    /// The alerts that were cleared, with a rule *not the same person*.
    pub cleared: Vec<AlertId>,
    /// Whom to tell.
    pub recipients: usize,
}

/// Proposes what was found; another person confirms it. With *wrongly matched* the release of its freezes is proposed at once, so that whoever confirms the one finds the
/// other; alerts stay as they are until then.
///
/// # Errors
/// When something is proposed or decided already, a reason for clearing is missing or of no use, an alert's case is closed, or a freeze has another change waiting.
pub fn propose(
    act: &mut Act<'_>,
    who: &Who,
    policy: &Policy,
    id: &RedressId,
    (found, because): (Found, Option<&str>),
    reason: Reason,
    seen: Option<i64>,
) -> Result<(), LedgerError> {
    person(who)?;
    unchanged_since(act, id.as_str(), seen)?;
    let redress = redress(act, id)?;
    if redress.state != RedressState::Open {
        return Err(not_open(act, &redress)?);
    }
    let alerts = alerts_of(act, &redress)?;
    let rests_on = alerts.iter().map(|alert| (alert.id.clone(), alert.found_seq)).collect();
    let releases = match (found, because) {
        (Found::WronglyMatched, Some(code)) => {
            alerts.iter().try_for_each(|alert| can_be_cleared(act, policy, alert, code))?;
            propose_releases(act, who, &redress, &reason)?
        }
        (Found::WronglyMatched, None) if alerts.is_empty() => propose_releases(act, who, &redress, &reason)?,
        (Found::WronglyMatched, None) => {
            let codes = policy.reasons().iter().filter(|one| one.outcome == Finding::OtherPerson);
            let codes = codes.map(|one| one.code.as_str()).collect::<Vec<_>>().join(", ");
            return Err(refusals::clearing_reason_needed(codes));
        }
        (_, Some(_)) => {
            return Err(refusals::clears_no_alert(found));
        }
        (_, None) => Vec::new(),
    };
    let because = because.map(str::to_owned);
    record(act, who, id.as_str(), &RedressEvent::Proposed { found, because, reason, rests_on, releases })?;
    Ok(())
}

/// Refuses an alert that could not be cleared for this reason.
fn can_be_cleared(act: &mut Act<'_>, policy: &Policy, alert: &Alert, code: &str) -> Result<(), LedgerError> {
    let reason = policy.reason(code, alert.kind)?;
    if reason.outcome != Finding::OtherPerson {
        return Err(refusals::reason_is_no_other_person(code, &alert.customer));
    }
    let Some(case) = &alert.case else { return Ok(()) };
    if alert.state == State::Escalated && !cases::case(act, &case.parse()?)?.is_open() {
        return Err(refusals::in_a_closed_case(&alert.id, case));
    }
    Ok(())
}

/// Proposes to release what is in force, where nobody has yet.
fn propose_releases(
    act: &mut Act<'_>,
    who: &Who,
    redress: &Redress,
    reason: &Reason,
) -> Result<Vec<FreezeId>, LedgerError> {
    let mut proposed = Vec::new();
    for id in &redress.freezes {
        let freeze = freezes::show(act, id)?;
        let waits = freeze.waiting.as_ref().is_some_and(|waiting| is_whole_release(&waiting.change));
        if freeze.state != freezes::State::InForce || waits {
            continue;
        }
        let reason = Reason::new(&format!("{}: {reason}", redress.id))?;
        freezes::propose_release(act, who, id, None, Vec::new(), reason)?;
        proposed.push(id.clone());
    }
    Ok(proposed)
}

fn is_whole_release(change: &Change) -> bool {
    matches!(change, Change::Release { assets } if assets.is_empty())
}

/// Confirms what another person proposed. *Wrongly matched* takes its alerts out of their cases and clears them with rules *not the same person*, and writes down whom to
/// tell; what is frozen stays so until two people release it.
///
/// # Errors
/// When it is one's own proposal, nothing is proposed, or an alert was found otherwise since.
pub fn confirm(
    act: &mut Act<'_>,
    who: &Who,
    (policy, house): (&Policy, &House),
    id: &RedressId,
    seen: Option<i64>,
) -> Result<Done, LedgerError> {
    person(who)?;
    unchanged_since(act, id.as_str(), seen)?;
    let redress = redress(act, id)?;
    let decision = waiting(&redress)?;
    if decision.by == who.actor {
        return Err(refusals::own_proposal(id));
    }
    let alerts = alerts_of(act, &redress)?;
    for alert in &alerts {
        if !decision.rests_on.contains(&(alert.id.clone(), alert.found_seq)) {
            return Err(refusals::found_otherwise_since(&alert.id, id));
        }
    }
    let today = Day::of(who.at);
    let answer_by = House::days_after(today, house.answer_days);
    let correct_by = House::days_after(today, house.correct_days);
    record(act, who, id.as_str(), &RedressEvent::Confirmed { answer_by, correct_by })?;
    if decision.found != Found::WronglyMatched {
        return Ok(Done::default());
    }
    let cleared = clear(act, who, policy, &redress, decision, &alerts)?;
    let found = tell::recipients_found(&redress, &alerts, &freezes::list(act, true)?);
    for one in &found {
        let (name, received, freeze) = (one.name.clone(), one.received.clone(), one.freeze.clone());
        record(act, who, id.as_str(), &RedressEvent::RecipientAdded { name, received, freeze, reason: None })?;
    }
    Ok(Done { cleared, recipients: found.len() })
}

fn clear(
    act: &mut Act<'_>,
    who: &Who,
    policy: &Policy,
    redress: &Redress,
    decision: &Decision,
    alerts: &[Alert],
) -> Result<Vec<AlertId>, LedgerError> {
    let mut cleared = Vec::new();
    let Some(code) = &decision.because else { return Ok(cleared) };
    let note = Reason::new(&format!("{}, proposed by {}: {}", redress.id, decision.by, decision.reason))?;
    for alert in alerts {
        can_be_cleared(act, policy, alert, code)?;
        if let (State::Escalated, Some(case)) = (alert.state, &alert.case) {
            cases::work::part_alert(act, who, &case.parse()?, &alert.id, note.clone())?;
        }
        if alerts::work::clear_by_two(act, who, policy, &alert.id, code, &note)? {
            cleared.push(alert.id.clone());
        }
    }
    Ok(cleared)
}

/// Takes one's own proposal back, or declines another's; releases that were proposed with it and still wait are taken back too.
///
/// # Errors
/// When nothing is proposed.
pub fn decline(
    act: &mut Act<'_>,
    who: &Who,
    id: &RedressId,
    reason: Reason,
    seen: Option<i64>,
) -> Result<(), LedgerError> {
    person(who)?;
    unchanged_since(act, id.as_str(), seen)?;
    let redress = redress(act, id)?;
    let decision = waiting(&redress)?;
    for freeze in &decision.releases {
        let waits = freezes::show(act, freeze)?.waiting;
        if waits.is_some_and(|waiting| waiting.by == decision.by && is_whole_release(&waiting.change)) {
            freezes::decline(act, who, freeze, None, Reason::new(&format!("{id}: {reason}"))?)?;
        }
    }
    record(act, who, id.as_str(), &RedressEvent::Declined { reason })?;
    Ok(())
}

/// The person who acts; the software decides nothing.
fn person(who: &Who) -> Result<UserId, LedgerError> {
    who.actor.parse().map_err(|_| refusals::no_person_decides(&who.actor))
}

/// What waits for a second person.
fn waiting(redress: &Redress) -> Result<&Decision, LedgerError> {
    let id = &redress.id;
    match (redress.state, &redress.decision) {
        (RedressState::Proposed, Some(decision)) => Ok(decision),
        (RedressState::Decided, _) => {
            let (when, by) =
                redress.decided().map_or_else(Default::default, |(_, two)| (minute(two.at), two.by.clone()));
            Err(refusals::redress_decided_already(id, when, by))
        }
        _ => Err(refusals::nothing_proposed(id)),
    }
}

/// Refuses a second proposal, and says who was first.
fn not_open(query: &mut impl Query, redress: &Redress) -> Result<LedgerError, LedgerError> {
    let id = &redress.id;
    let Some(decision) = &redress.decision else {
        return Ok(refusals::redress_is(id, redress.state.as_str()));
    };
    let by = alerts::work::name(query, &decision.by)?;
    let (found, at) = (decision.found, minute(decision.at));
    Ok(match &decision.confirmed {
        None => refusals::redress_proposed_already(by, found, id, at),
        Some(two) => {
            let second = alerts::work::name(query, &two.by)?;
            refusals::redress_confirmed_already(by, found, id, at, second, minute(two.at))
        }
    })
}

pub(super) fn alerts_of(query: &mut impl Query, redress: &Redress) -> Result<Vec<Alert>, LedgerError> {
    redress.alerts.iter().map(|id| alerts::alert(query, id)).collect()
}
