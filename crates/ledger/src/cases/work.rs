//! What analysts do with cases: open, join, tie, note, set tasks, hand over, close.
//!
//! Any analyst may add to a case; handing over and closing are its owner's. A case that is closed changes no more until it is opened again.

use jiff::civil::Date;
use mihenk_store::{Act, Query};

use super::{
    event::CaseEvent,
    queue::case,
    sql,
    state::{Case, CaseTaskId, JoinedAlert, LinkId, PartyId, PartyKind},
};
use crate::{
    alerts::{self, state::State},
    attachments::{self, AttachmentId, Key},
    error::LedgerError,
    happening::{record, record_made, unchanged_since},
    id::{AlertId, CaseId, CustomerId},
    people::{self, UserId},
    refusals,
    who::{Reason, Who},
};

/// The longest name, role, title, in bytes.
const TEXT_BYTES: usize = 1000;

/// What a new case needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewCase {
    /// What it is about.
    pub title: String,
    /// On what law or order it rests.
    pub legal_basis: Reason,
    /// What for.
    pub purpose: Reason,
}

/// What a new party needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewParty {
    /// What it is.
    pub kind: PartyKind,
    /// What it is called; of an account its number.
    pub name: String,
    /// What it has to do with the case; may be empty.
    pub role: String,
    /// The customer that it is.
    pub customer: Option<CustomerId>,
    /// The listed entity that it is.
    pub entity: Option<String>,
}

/// Opens a case; whoever opens it owns it.
///
/// # Errors
/// When it has no title.
pub fn open(act: &mut Act<'_>, who: &Who, new: NewCase) -> Result<CaseId, LedgerError> {
    let title = text("a title", &new.title)?;
    let opened = CaseEvent::Opened { title, legal_basis: new.legal_basis, purpose: new.purpose };
    Ok(CaseId::at(record_made(act, who, &opened, |seq| CaseId::at(seq).into())?.seq))
}

/// Makes alerts part of a case, all or none: they are escalated.
///
/// # Errors
/// When the case is closed, or an alert is held by another, in a case already, or unknown.
pub fn join_alerts(
    act: &mut Act<'_>,
    who: &Who,
    id: &CaseId,
    ids: &[AlertId],
    reason: &Reason,
    seen: Option<i64>,
) -> Result<(), LedgerError> {
    is_open(act, id)?;
    for alert in ids {
        unchanged_since(act, alert.as_str(), seen)?;
        let joined = alerts::work::escalate(act, who, alert, id.as_str(), reason.clone())?;
        let joined = described(act, &joined)?;
        record(act, who, id.as_str(), &CaseEvent::AlertJoined { joined })?;
    }
    Ok(())
}

/// Takes an alert out of a case; it is open again.
///
/// # Errors
/// When it is not part of the case, or the case is closed.
pub fn part_alert(
    act: &mut Act<'_>,
    who: &Who,
    id: &CaseId,
    alert: &AlertId,
    reason: Reason,
) -> Result<(), LedgerError> {
    is_open(act, id)?;
    let known = alerts::alert(act, alert)?;
    if known.state != State::Escalated || known.case.as_deref() != Some(id.as_str()) {
        return Err(refusals::alert_not_in_case(alert, id));
    }
    record(act, who, alert.as_str(), &alerts::AlertEvent::Reopened { reason: reason.clone() })?;
    record(act, who, id.as_str(), &CaseEvent::AlertParted { alert: alert.clone(), reason })?;
    Ok(())
}

/// An alert as a case keeps it: with the names of both sides.
fn described(query: &mut impl Query, alert: &alerts::Alert) -> Result<JoinedAlert, LedgerError> {
    let observation = alerts::queue::detail(query, &alert.id)?.observation;
    let basis = observation.map(|observation| observation.basis).unwrap_or_default();
    let first = |values: &std::collections::BTreeMap<String, Vec<String>>, name: &str| {
        values.get(name).and_then(|values| values.first()).cloned()
    };
    Ok(JoinedAlert {
        alert: alert.id.clone(),
        customer: alert.customer.clone(),
        customer_name: first(&basis.customer, "name").unwrap_or_else(|| alert.customer.to_string()),
        customer_kind: PartyKind::of_schema(first(&basis.customer, "schema").as_deref()),
        entity: alert.entity.clone(),
        entity_name: alert.caption.clone(),
        entity_kind: PartyKind::of_schema(first(&basis.listing, "schema").as_deref()),
        alert_kind: alert.kind,
        probability_millionths: alert.probability_millionths,
    })
}

/// Adds a person, a company, an account, a vessel.
///
/// # Errors
/// When it has no name, is there already, or the case is closed.
pub fn add_party(act: &mut Act<'_>, who: &Who, id: &CaseId, new: NewParty) -> Result<PartyId, LedgerError> {
    is_open(act, id)?;
    let name = text("a name", &new.name)?;
    let parties = sql::parties(act, id)?;
    let same = parties.iter().filter(|party| !party.is_struck).find(|party| {
        let is_customer = new.customer.is_some() && party.customer == new.customer;
        let is_entity = new.entity.is_some() && party.entity == new.entity;
        is_customer || is_entity || (party.kind == new.kind && party.name == name)
    });
    if let Some(same) = same {
        return Err(refusals::party_there_already(&same.name, id, &same.id));
    }
    let role = if new.role.trim().is_empty() { String::new() } else { text("a role", &new.role)? };
    let added = CaseEvent::PartyAdded { kind: new.kind, name, role, customer: new.customer, entity: new.entity };
    Ok(PartyId::at(record(act, who, id.as_str(), &added)?.seq))
}

/// Ties two parties of a case. Each end is the id of a party (`CP-4`), of a customer (`K-2`), or of a listed entity of one of its alerts.
///
/// # Errors
/// When an end is not in the case, both are one, or nothing says how or how it is known.
pub fn link(
    act: &mut Act<'_>,
    who: &Who,
    id: &CaseId,
    (from, to): (&str, &str),
    (kind, source): (&str, &str),
) -> Result<LinkId, LedgerError> {
    is_open(act, id)?;
    let graph = super::graph::of(&super::queue::detail(act, id)?);
    let end = |written: &str| {
        graph.key(written).map(str::to_owned).ok_or_else(|| {
            let known = graph.nodes.iter().map(|node| node.key.as_str()).collect::<Vec<_>>().join(", ");
            if known.is_empty() {
                return refusals::no_ends_yet(written, id);
            }
            refusals::no_such_end(written, id, known)
        })
    };
    let (from, to) = (end(from)?, end(to)?);
    if from == to {
        return Err(refusals::tied_to_itself(from));
    }
    let (kind, source) = (text("how they are tied", kind)?, text("a source", source)?);
    Ok(LinkId::at(record(act, who, id.as_str(), &CaseEvent::Linked { from, to, kind, source })?.seq))
}

/// Strikes out a party; what ties it is not drawn any more.
///
/// # Errors
/// When it is not in the case, or struck out already.
pub fn strike_party(
    act: &mut Act<'_>,
    who: &Who,
    id: &CaseId,
    party: &PartyId,
    reason: Reason,
) -> Result<(), LedgerError> {
    is_open(act, id)?;
    let is_there = sql::parties(act, id)?.iter().any(|one| one.id == *party && !one.is_struck);
    if !is_there {
        return Err(LedgerError::unknown("party of this case", party));
    }
    record(act, who, id.as_str(), &CaseEvent::PartyStruck { party: party.clone(), reason })?;
    Ok(())
}

/// Strikes out what ties two parties.
///
/// # Errors
/// When it is not in the case, or struck out already.
pub fn strike_link(
    act: &mut Act<'_>,
    who: &Who,
    id: &CaseId,
    link: &LinkId,
    reason: Reason,
) -> Result<(), LedgerError> {
    is_open(act, id)?;
    let is_there = sql::links(act, id)?.iter().any(|one| one.id == *link && !one.is_struck);
    if !is_there {
        return Err(LedgerError::unknown("link of this case", link));
    }
    record(act, who, id.as_str(), &CaseEvent::LinkStruck { link: link.clone(), reason })?;
    Ok(())
}

/// Notes something.
///
/// # Errors
/// When the case is closed.
pub fn note(act: &mut Act<'_>, who: &Who, id: &CaseId, text: Reason) -> Result<(), LedgerError> {
    is_open(act, id)?;
    record(act, who, id.as_str(), &CaseEvent::Noted { text })?;
    Ok(())
}

/// Attaches a document.
///
/// # Errors
/// When the case is closed, or the document is refused.
pub fn attach(
    act: &mut Act<'_>,
    who: &Who,
    id: &CaseId,
    key: &Key,
    name: &str,
    content: &[u8],
) -> Result<AttachmentId, LedgerError> {
    is_open(act, id)?;
    attachments::attach(act, who, id.as_str(), key, name, content)
}

/// Sets a task.
///
/// # Errors
/// When its day is past, nothing is to be done, or the case is closed.
pub fn set_task(
    act: &mut Act<'_>,
    who: &Who,
    id: &CaseId,
    what: &str,
    due: Date,
    owner: &UserId,
) -> Result<CaseTaskId, LedgerError> {
    is_open(act, id)?;
    let today = jiff::Timestamp::from_millisecond(who.at).map(|at| at.to_zoned(jiff::tz::TimeZone::UTC).date());
    if today.is_ok_and(|today| due < today) {
        return Err(refusals::task_day_is_past(due));
    }
    let owner = people::user(act, owner)?;
    if !owner.is_active {
        return Err(refusals::signs_in_no_more(owner.name));
    }
    let set = CaseEvent::TaskSet { what: text("what is to be done", what)?, due, owner: owner.id };
    Ok(CaseTaskId::at(record(act, who, id.as_str(), &set)?.seq))
}

/// Says that a task is done.
///
/// # Errors
/// When there is none, or it was done already.
pub fn task_done(act: &mut Act<'_>, who: &Who, id: &CaseTaskId, note: Option<Reason>) -> Result<CaseId, LedgerError> {
    let task = sql::task(act, id)?.ok_or_else(|| LedgerError::unknown("task", id))?;
    is_open(act, &task.case)?;
    if let (Some(at), Some(by)) = (task.done_at, &task.done_by) {
        let by = alerts::work::name(act, by)?;
        return Err(refusals::task_done_already(id, by, alerts::event::day(at)));
    }
    record(act, who, task.case.as_str(), &CaseEvent::TaskDone { task: id.clone(), note })?;
    Ok(task.case)
}

/// Offers a case to another analyst, who has to accept. When its owner signs in no more, anybody may.
///
/// # Errors
/// When whoever asks is not its owner, or it is offered to its owner.
pub fn offer(act: &mut Act<'_>, who: &Who, id: &CaseId, to: &UserId, reason: Reason) -> Result<(), LedgerError> {
    let case = is_open(act, id)?;
    is_owners(act, who, &case)?;
    if to.as_str() == case.owner {
        return Err(refusals::case_theirs_already(id));
    }
    if let Some(offered) = &case.offered_to {
        let name = alerts::work::name(act, offered)?;
        return Err(refusals::case_offered_already(id, name));
    }
    record(act, who, id.as_str(), &CaseEvent::Offered { to: to.clone(), reason })?;
    Ok(())
}

/// Takes over a case that was offered.
///
/// # Errors
/// When it was not offered to whoever asks.
pub fn accept(act: &mut Act<'_>, who: &Who, id: &CaseId) -> Result<(), LedgerError> {
    let case = is_open(act, id)?;
    if case.offered_to.as_deref() != Some(who.actor.as_str()) {
        return Err(refusals::not_offered_to_you(id));
    }
    record(act, who, id.as_str(), &CaseEvent::TakenOver {})?;
    Ok(())
}

/// Does not take over a case that was offered; or its owner takes the offer back.
///
/// # Errors
/// When it is not offered, or to another and by another.
pub fn decline(act: &mut Act<'_>, who: &Who, id: &CaseId, reason: Reason) -> Result<(), LedgerError> {
    let case = is_open(act, id)?;
    let Some(offered) = &case.offered_to else {
        return Err(refusals::not_offered(id));
    };
    if *offered != who.actor {
        is_owners(act, who, &case)?;
    }
    record(act, who, id.as_str(), &CaseEvent::OfferEnded { reason })?;
    Ok(())
}

/// Closes a case.
///
/// # Errors
/// When whoever asks is not its owner, or a task is not done.
pub fn close(act: &mut Act<'_>, who: &Who, id: &CaseId, reason: Reason, seen: Option<i64>) -> Result<(), LedgerError> {
    unchanged_since(act, id.as_str(), seen)?;
    let case = is_open(act, id)?;
    is_owners(act, who, &case)?;
    let open: Vec<_> = sql::tasks(act, id)?.into_iter().filter(|task| task.done_at.is_none()).collect();
    if !open.is_empty() {
        let named = open.iter().map(|task| format!("{} ({})", task.id, task.what)).collect::<Vec<_>>().join(", ");
        return Err(refusals::tasks_not_done(id, named));
    }
    record(act, who, id.as_str(), &CaseEvent::Closed { reason })?;
    Ok(())
}

/// Opens a closed case again; whoever does owns it.
///
/// # Errors
/// When it is open.
pub fn reopen(act: &mut Act<'_>, who: &Who, id: &CaseId, reason: Reason) -> Result<(), LedgerError> {
    if case(act, id)?.is_open() {
        return Err(refusals::case_is_open(id));
    }
    record(act, who, id.as_str(), &CaseEvent::Reopened { reason })?;
    Ok(())
}

fn is_open(query: &mut impl Query, id: &CaseId) -> Result<Case, LedgerError> {
    let case = case(query, id)?;
    if let Some(at) = case.closed_at {
        let why = case.closed_why.unwrap_or_default();
        let on = alerts::event::day(at);
        return Err(refusals::case_is_closed(id, on, why));
    }
    Ok(case)
}

fn is_owners(query: &mut impl Query, who: &Who, case: &Case) -> Result<(), LedgerError> {
    if case.owner == who.actor {
        return Ok(());
    }
    let owner = people::user(query, &case.owner.parse()?)?;
    if !owner.is_active {
        return Ok(());
    }
    Err(refusals::for_its_owner(&case.id, owner.name))
}

fn text(what: &str, text: &str) -> Result<String, LedgerError> {
    let text = text.trim();
    match text.len() {
        0 => Err(refusals::text_needed(what)),
        length if length > TEXT_BYTES => Err(refusals::text_too_long(what, TEXT_BYTES)),
        _ => Ok(text.to_owned()),
    }
}
