//! What analysts do with alerts: assign, take, give back, comment, clear, open again.
//!
//! An act on several alerts is all or nothing. An alert that a colleague holds is theirs; whoever comes second is told what
//! the first did.

use mihenk_store::{Act, Query};

use super::{
    alert,
    event::{AlertEvent, day},
    policy::{Finding, Policy},
    priority::DAY_MS,
    sql,
    state::{Alert, State},
};
use crate::{
    attachments::{self, AttachmentId, Key},
    error::LedgerError,
    happening::{history, record, unchanged_since},
    id::AlertId,
    people::{self, UserId},
    refusals,
    who::{Reason, Who},
};

/// How alerts are to be cleared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToClear {
    /// The reason's code in the vocabulary.
    pub reason: String,
    /// Why, in words.
    pub note: Reason,
    /// Whether a rule *not the same person* is to be added.
    pub rule: Option<RuleUntil>,
}

/// Until when a rule is to hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RuleUntil {
    /// As long as is usual for the kind.
    Usual,
    /// Until this time, in milliseconds since 1970.
    At(i64),
}

/// What clearing came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Cleared {
    /// How many are cleared.
    pub cleared: u64,
    /// How many wait for a second person.
    pub proposed: u64,
}

/// Gives alerts to somebody to work on. What another holds is only given on with a reason.
///
/// # Errors
/// When one is not open, is held by another and there is no reason, or was changed since it was looked at.
pub fn assign(
    act: &mut Act<'_>,
    who: &Who,
    ids: &[AlertId],
    to: &UserId,
    reason: Option<&Reason>,
    seen: Option<i64>,
) -> Result<(), LedgerError> {
    for id in ids {
        unchanged_since(act, id.as_str(), seen)?;
        let alert = alert(act, id)?;
        open(act, &alert)?;
        if alert.holder.as_deref() == Some(to.as_str()) && alert.state == State::Assigned {
            return Err(match to.as_str() == who.actor {
                true => refusals::held_by_you(id),
                false => refusals::held_already(id, name(act, to.as_str())?),
            });
        }
        if reason.is_none() {
            not_anothers(act, who, &alert)?;
        }
        record(act, who, id.as_str(), &AlertEvent::Assigned { to: to.clone(), reason: reason.cloned() })?;
    }
    Ok(())
}

/// Gives an alert back, so that anybody can take it.
///
/// # Errors
/// When whoever asks does not hold it.
pub fn give_back(act: &mut Act<'_>, who: &Who, id: &AlertId, reason: Option<Reason>) -> Result<(), LedgerError> {
    let alert = alert(act, id)?;
    open(act, &alert)?;
    not_anothers(act, who, &alert)?;
    if alert.holder.is_none() {
        return Err(refusals::nobody_holds(id));
    }
    record(act, who, id.as_str(), &AlertEvent::GivenBack { reason })?;
    Ok(())
}

/// Says something about an alert, in whatever state it is.
///
/// # Errors
/// When there is none.
pub fn comment(act: &mut Act<'_>, who: &Who, id: &AlertId, text: Reason) -> Result<(), LedgerError> {
    alert(act, id)?;
    record(act, who, id.as_str(), &AlertEvent::Commented { text })?;
    Ok(())
}

/// Clears alerts, all or none. Where the kind asks for two, a second person has to agree before it takes effect.
///
/// # Errors
/// When one is not open, is held by another, the reason is not for its kind, or was changed since it was looked at.
pub fn clear(
    act: &mut Act<'_>,
    who: &Who,
    policy: &Policy,
    ids: &[AlertId],
    how: &ToClear,
    seen: Option<i64>,
) -> Result<Cleared, LedgerError> {
    if ids.is_empty() {
        return Err(refusals::nothing_to_clear());
    }
    let mut done = Cleared::default();
    for id in ids {
        unchanged_since(act, id.as_str(), seen)?;
        let alert = alert(act, id)?;
        open(act, &alert)?;
        not_anothers(act, who, &alert)?;
        let event = clearing(who, policy, &alert, how)?;
        match event {
            AlertEvent::Cleared { takes_two: true, .. } => done.proposed += 1,
            _ => done.cleared += 1,
        }
        record(act, who, id.as_str(), &event)?;
    }
    Ok(done)
}

/// What clearing this alert so would record.
fn clearing(who: &Who, policy: &Policy, alert: &Alert, how: &ToClear) -> Result<AlertEvent, LedgerError> {
    let id = &alert.id;
    let kind = policy.kind(alert.kind)?;
    let reason = policy.reason(&how.reason, alert.kind)?;
    let is_accepted = reason.outcome == Finding::SamePerson;
    if is_accepted && !kind.accept_same_person {
        return Err(refusals::risk_not_accepted(id, alert.kind));
    }
    if how.rule.is_some() && reason.outcome != Finding::OtherPerson {
        return Err(refusals::pair_rule_needs_other(id, &reason.code));
    }
    let rule_until = match how.rule {
        None => None,
        Some(RuleUntil::Usual) => Some(who.at + i64::from(kind.rule_days) * DAY_MS),
        Some(RuleUntil::At(until)) if until <= who.at => {
            return Err(refusals::pair_rule_is_over(day(until)));
        }
        Some(RuleUntil::At(until)) if until > who.at + (i64::from(kind.rule_days_most) + 1) * DAY_MS => {
            return Err(refusals::pair_rule_too_long(alert.kind, kind.rule_days_most));
        }
        Some(RuleUntil::At(until)) => Some(until),
    };
    let is_likely = alert.probability_millionths >= i64::from(kind.second_from_percent) * 10_000;
    Ok(AlertEvent::Cleared {
        reason: reason.code.clone(),
        outcome: reason.outcome,
        note: how.note.clone(),
        rule_until,
        takes_two: is_likely || (is_accepted && kind.second_if_accepted),
        sample_percent: kind.sample_percent,
    })
}

/// Opens a cleared alert again, or takes a proposal to clear back.
///
/// # Errors
/// When it is open, or in a case.
pub fn reopen(
    act: &mut Act<'_>,
    who: &Who,
    id: &AlertId,
    reason: Reason,
    seen: Option<i64>,
) -> Result<(), LedgerError> {
    unchanged_since(act, id.as_str(), seen)?;
    let alert = alert(act, id)?;
    match alert.state {
        State::Cleared | State::Proposed => {}
        State::Escalated => {
            return Err(refusals::alert_in_case(id, alert.case.unwrap_or_default()));
        }
        State::New | State::Assigned | State::Reopened => {
            return Err(refusals::alert_is_open(id, alert.state));
        }
    }
    record(act, who, id.as_str(), &AlertEvent::Reopened { reason })?;
    Ok(())
}

/// Attaches a document to an alert.
///
/// # Errors
/// When there is no such alert, or the document is refused.
pub fn attach(
    act: &mut Act<'_>,
    who: &Who,
    id: &AlertId,
    key: &Key,
    name: &str,
    content: &[u8],
) -> Result<AttachmentId, LedgerError> {
    alert(act, id)?;
    attachments::attach(act, who, id.as_str(), key, name, content)
}

/// Makes an alert part of a case; cases call this.
pub(crate) fn escalate(
    act: &mut Act<'_>,
    who: &Who,
    id: &AlertId,
    case: &str,
    reason: Reason,
) -> Result<Alert, LedgerError> {
    let before = alert(act, id)?;
    if before.state == State::Escalated {
        return Err(refusals::alert_in_case_already(id, before.case.unwrap_or_default()));
    }
    not_anothers(act, who, &before)?;
    record(act, who, id.as_str(), &AlertEvent::Escalated { case: case.to_owned(), reason })?;
    alert(act, id)
}

/// Clears an alert, whatever state it is in, because two people found that it is another person; a rule keeps the pair quiet as long as its kind allows. Redress calls this: its two people
/// stand for the second person that clearing may ask for. `false` when a rule keeps the pair quiet already.
pub(crate) fn clear_by_two(
    act: &mut Act<'_>,
    who: &Who,
    policy: &Policy,
    id: &AlertId,
    code: &str,
    note: &Reason,
) -> Result<bool, LedgerError> {
    let before = alert(act, id)?;
    if before.state == State::Cleared && before.rule.is_some() {
        return Ok(false);
    }
    if !before.state.is_open() {
        reopen(act, who, id, note.clone(), None)?;
    }
    let most = who.at + i64::from(policy.kind(before.kind)?.rule_days_most) * DAY_MS;
    let how = ToClear { reason: code.to_owned(), note: note.clone(), rule: Some(RuleUntil::At(most)) };
    let mut event = clearing(who, policy, &before, &how)?;
    if let AlertEvent::Cleared { takes_two, sample_percent, .. } = &mut event {
        (*takes_two, *sample_percent) = (false, 0);
    }
    record(act, who, id.as_str(), &event)?;
    Ok(true)
}

/// Takes the alert that should be looked at next: the most urgent one that nobody else holds. `None` when there is none.
///
/// # Errors
/// When the store refuses.
pub fn next(act: &mut Act<'_>, who: &Who) -> Result<Option<Alert>, LedgerError> {
    let Some(next) = super::queue::most_urgent(act, who)? else { return Ok(None) };
    if next.holder.as_deref() == Some(who.actor.as_str()) && next.state == State::Assigned {
        return Ok(Some(next));
    }
    record(act, who, next.id.as_str(), &AlertEvent::Assigned { to: who.actor.parse()?, reason: None })?;
    sql::alert(act, &next.id)
}

/// Refuses an alert that is not open, and says who did what with it.
fn open(query: &mut impl Query, alert: &Alert) -> Result<(), LedgerError> {
    if alert.state.is_open() {
        return Ok(());
    }
    let [by, on, told] = last_decision(query, &alert.id)?;
    Err(refusals::alert_not_open(&alert.id, alert.state, by, on, told))
}

fn not_anothers(query: &mut impl Query, who: &Who, alert: &Alert) -> Result<(), LedgerError> {
    match &alert.holder {
        Some(holder) if *holder != who.actor => {
            let [by, on, told] = last_decision(query, &alert.id)?;
            Err(refusals::held_by_another(&alert.id, name(query, holder)?, by, on, told))
        }
        _ => Ok(()),
    }
}

/// The last thing that somebody did to an alert beside talking about it: who, when, what.
fn last_decision(query: &mut impl Query, id: &AlertId) -> Result<[String; 3], LedgerError> {
    let past = history(query, id.as_str())?;
    let mut last = <[String; 3]>::default();
    for event in past.iter().rev() {
        match event.says::<AlertEvent>()? {
            None | Some(AlertEvent::Commented { .. }) => {}
            Some(said) => {
                let time = jiff::Timestamp::from_millisecond(event.at).map(|at| at.strftime("%F %H:%M").to_string());
                let who = name(query, &event.actor)?;
                last = [who, time.unwrap_or_default(), named(query, &said)?];
                break;
            }
        }
    }
    Ok(last)
}

/// The words of an event, with a name in place of a user's id.
fn named(query: &mut impl Query, said: &AlertEvent) -> Result<String, LedgerError> {
    Ok(match said {
        AlertEvent::Assigned { to, .. } => said.words().replace(to.as_str(), &name(query, to.as_str())?),
        _ => said.words(),
    })
}

/// The name of a user, or the part of the software as it stands.
pub(crate) fn name(query: &mut impl Query, actor: &str) -> Result<String, LedgerError> {
    let Ok(id) = actor.parse::<UserId>() else { return Ok(actor.to_owned()) };
    match people::user(query, &id) {
        Ok(user) => Ok(user.name),
        Err(LedgerError::Unknown { .. }) => Ok(actor.to_owned()),
        Err(error) => Err(error),
    }
}
