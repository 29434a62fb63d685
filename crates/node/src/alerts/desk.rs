//! An alert with all that its page shows, and taking back what was just done with one.
//!
//! In come a seat and an alert, out comes everything in one act: what is known of it, what else waits, open cases, who else looks at it, what was typed and not sent. [`undo`] is
//! a second event for what somebody did within the last seconds, and never for what takes two.

use std::collections::BTreeMap;

use mihenk_ledger::{
    LedgerError, Reason, Who, access,
    alerts::{Alert, AlertEvent, AlertId, Clearing, Filter, State, Term, queue, reliability, review, work},
    cases::{self, Case},
    customers, drafts,
    happening::history,
    people, refusals,
};
use mihenk_store::Act;

use super::{Listed, Shown, shown};
use crate::{desk::Seat, error::NodeError, named::Named, permission::Permission};

/// How long something can be taken back, in milliseconds: ten seconds, and what a click takes on its way.
const UNDO_MS: i64 = 12_000;
/// Since when whoever looked at an alert counts as looking at it.
const LATELY_MS: i64 = 3 * 60_000;
/// Alerts that stand beside an open one.
const BESIDE: u32 = 25;

/// An alert with all that its page shows.
#[derive(Clone, Debug)]
pub struct Open {
    /// The alert.
    pub shown: Shown,
    /// What waits for whoever sits here, most urgent first.
    pub queue: Vec<Alert>,
    /// Open cases, oldest first.
    pub cases: Vec<Case>,
    /// Who else looked at it lately, by id, with when.
    pub readers: Vec<(String, i64)>,
    /// What was typed and not sent, by place.
    pub drafts: BTreeMap<String, String>,
    /// Whether how it was cleared is left out: whoever sits here is to review that, and has not said yet what they would have done.
    pub facts_only: bool,
}

/// Who else is at an alert.
#[derive(Clone, Debug)]
pub struct Here {
    /// Who looked lately, by id, with when.
    pub readers: Vec<(String, i64)>,
    /// Whether it was changed since.
    pub changed: bool,
    /// Who the ids are.
    pub named: Named,
}

/// Opens an alert.
///
/// # Errors
/// When there is none, or whoever sits here may not see alerts.
pub fn open(seat: &Seat<'_>, id: &AlertId) -> Result<Open, NodeError> {
    seat.act(Permission::See, |act, who| {
        let readers = access::readers(act, id.as_str(), who.at - LATELY_MS, &who.actor)?;
        let filter = Filter { terms: vec![Term::FreeFor(who.actor.clone())] };
        let queue = queue::list(act, &filter, who.at, BESIDE)?;
        let cases = cases::queue::list(act, false)?;
        let drafts = drafts::of(act, &who.actor)?;
        let mut shown = shown(act, who, id, "alert show")?;
        let reviews = Permission::ReviewQuality.check(&people::user(act, &who.actor.parse()?)?).is_ok();
        let waits = reviews && review::waiting_for(act, who)?.iter().any(|one| one.alert == *id);
        let facts_only = waits && !drafts.contains_key(&format!("review/{id}"));
        if facts_only {
            shown.detail.clearing = None;
            shown.detail.rule = None;
            shown.detail.history.retain(|line| line.kind != "alert.cleared");
        }
        Ok(Open { shown, queue, cases, readers, drafts, facts_only })
    })
}

/// Who else looks at an alert, and whether it was changed since a revision. Leaves no event: nothing of the alert is told.
///
/// # Errors
/// When whoever sits here may not see alerts.
pub fn here(seat: &Seat<'_>, id: &AlertId, seen: i64) -> Result<Here, NodeError> {
    seat.act(Permission::See, |act, who| {
        let readers = access::readers(act, id.as_str(), who.at - LATELY_MS, &who.actor)?;
        let changed = match mihenk_ledger::happening::unchanged_since(act, id.as_str(), Some(seen)) {
            Ok(()) => false,
            Err(LedgerError::Changed { .. }) => true,
            Err(error) => return Err(error),
        };
        Ok(Here { readers, changed, named: Named::read(act)? })
    })
}

/// Alerts with what their customers are called.
///
/// # Errors
/// As [`super::list`].
pub fn list_named(
    seat: &Seat<'_>,
    written: &[String],
    limit: u32,
) -> Result<(Listed, BTreeMap<String, String>), NodeError> {
    seat.act(Permission::See, |act, who| {
        let listed = super::listed(act, who, written, limit)?;
        let mut names = BTreeMap::new();
        for alert in &listed.alerts {
            if !names.contains_key(alert.customer.as_str()) {
                names.insert(alert.customer.to_string(), name_of(act, alert)?);
            }
        }
        Ok((listed, names))
    })
}

/// What the customer of an alert is called; its id when its record is gone.
fn name_of(act: &mut Act<'_>, alert: &Alert) -> Result<String, LedgerError> {
    let customer = match customers::customer(act, &alert.customer) {
        Ok(customer) => customer,
        Err(LedgerError::Unknown { .. }) => return Ok(alert.customer.to_string()),
        Err(error) => return Err(error),
    };
    let party = customer.contents.parties.into_iter().find(|party| party.reference.is_empty());
    let name = party.and_then(|party| party.properties.get("name").and_then(|names| names.first().cloned()));
    Ok(name.unwrap_or(customer.reference))
}

/// Takes back what whoever sits here did with an alert within the last seconds: clearing it, taking it, making it part of a case.
///
/// # Errors
/// When the last thing that was done with it was something else, by somebody else, or longer ago.
pub fn undo(seat: &Seat<'_>, id: &AlertId) -> Result<(), NodeError> {
    seat.act(Permission::WorkAlerts, |act, who| {
        let past = history(act, id.as_str())?;
        let last = past.last().filter(|last| last.actor == who.actor && last.at >= who.at - UNDO_MS);
        let said = last.map(|last| last.says::<AlertEvent>()).transpose()?.flatten();
        let why = Reason::new("taken back at once")?;
        match said {
            Some(AlertEvent::Cleared { .. }) => work::reopen(act, who, id, why, None),
            Some(AlertEvent::Assigned { .. }) => work::give_back(act, who, id, Some(why)),
            Some(AlertEvent::Escalated { case, .. }) => part(act, who, id, &case, why),
            _ => Err(refusals::undone_too_late(id)),
        }
    })
}

/// Takes an alert out of a case; one that was opened for it alone is closed.
fn part(act: &mut Act<'_>, who: &Who, id: &AlertId, case: &str, why: Reason) -> Result<(), LedgerError> {
    let case = case.parse()?;
    cases::work::part_alert(act, who, &case, id, why.clone())?;
    let detail = cases::queue::detail(act, &case)?;
    let is_new = detail.case.opened_at >= who.at - UNDO_MS && detail.case.opened_by == who.actor;
    if is_new && detail.alerts.is_empty() {
        cases::work::close(act, who, &case, why, None)?;
    }
    Ok(())
}

/// Whether something that was done at a time can still be taken back.
#[must_use]
pub fn can_undo(at: i64, now: i64) -> bool {
    (0..UNDO_MS).contains(&(now - at))
}

/// The alert that stands behind another one in the order in which they wait, and that no colleague holds; none when there is no other. Leaves no event: nothing of it is told.
///
/// # Errors
/// When whoever sits here may not see alerts.
pub fn after(seat: &Seat<'_>, id: &AlertId) -> Result<Option<AlertId>, NodeError> {
    seat.act(Permission::See, |act, who| {
        let filter = Filter { terms: vec![Term::FreeFor(who.actor.clone())] };
        let queue = queue::list(act, &filter, who.at, BESIDE)?;
        let place = queue.iter().position(|alert| alert.id == *id);
        let behind = place.map_or(0, |place| place + 1);
        let next = queue.get(behind).or_else(|| queue.first()).filter(|alert| alert.id != *id);
        Ok(next.map(|alert| alert.id.clone()))
    })
}

/// Alerts in numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Overview {
    /// The time at which it is so.
    pub now: i64,
    /// Somebody has to work on them.
    pub open: u64,
    /// Somebody does.
    pub held: u64,
    /// A second person has to agree.
    pub proposed: u64,
    /// Since when the oldest open one waits.
    pub oldest: Option<i64>,
    /// The last fourteen days, the oldest first.
    pub days: Vec<queue::DayCount>,
    /// How many were decided in these days, and in how many hours any was.
    pub pace: (u64, u64),
    /// What was decided in these days by list.
    pub lists: Vec<queue::ListCount>,
}

/// Days of an overview.
const DAYS: i64 = 14;

/// How work on alerts goes, in numbers; nothing of a person is in them.
///
/// # Errors
/// When whoever sits here may not see alerts.
pub fn overview(seat: &Seat<'_>) -> Result<Overview, NodeError> {
    seat.act(Permission::See, |act, who| {
        let mut count = |terms: Vec<Term>| queue::count(act, &Filter { terms }, who.at);
        let open = count(vec![Term::Open])?;
        let held = open - count(vec![Term::Open, Term::Holder(None)])?;
        let proposed = count(vec![Term::State(vec![State::Proposed])])?;
        let oldest = queue::oldest_open(act)?;
        let first = who.at / 86_400_000 - DAYS + 1;
        let days = queue::per_day(act, first, DAYS)?;
        let (pace, lists) = (queue::pace(act, first * 86_400_000)?, queue::by_list(act, first * 86_400_000)?);
        Ok(Overview { now: who.at, open, held, proposed, oldest, days, pace, lists })
    })
}

/// Whether probabilities were honest here: what was said of alerts, and what people decided. Nothing of a person is in it.
///
/// # Errors
/// When whoever sits here may not see alerts.
pub fn honesty(seat: &Seat<'_>) -> Result<Vec<reliability::Bin>, NodeError> {
    seat.act(Permission::See, |act, _| reliability::of(act))
}

/// What waits for whoever sits here as a second person, with its alert.
///
/// # Errors
/// When they may not review.
pub fn reviews(seat: &Seat<'_>) -> Result<Vec<(Clearing, Alert)>, NodeError> {
    seat.act(Permission::ReviewQuality, |act, who| {
        let waiting = review::waiting_for(act, who)?;
        access::many_seen(act, who, waiting.iter().map(|one| one.alert.as_str()), "alert review")?;
        waiting.into_iter().map(|one| queue::alert(act, &one.alert).map(|alert| (one, alert))).collect()
    })
}

/// What waits for whoever sits here as a second person, about one alert, with what they said of it.
///
/// # Errors
/// When they may not review, or it does not wait for them.
pub fn review_of(seat: &Seat<'_>, id: &AlertId) -> Result<(Shown, Clearing, Option<String>), NodeError> {
    seat.act(Permission::ReviewQuality, |act, who| {
        let waiting = review::waiting_for(act, who)?.into_iter().find(|one| one.alert == *id);
        let clearing = waiting.ok_or_else(|| refusals::not_for_your_review(id))?;
        let view = drafts::of(act, &who.actor)?.remove(&format!("review/{id}"));
        Ok((shown(act, who, id, "alert review")?, clearing, view))
    })
}
