//! What people do about a redress beside deciding it: open, assign, note, attach; and what one is now.
//!
//! In come who acts and what they want. A redress is about alerts and freezes of one customer, and each of these is in one redress at a time until it is decided.

use std::collections::{BTreeMap, BTreeSet};

use mihenk_store::{Act, Query};
use serde::Serialize;

use super::{
    House, RedressEvent, sql,
    state::{Compared, Recipient, Redress, RedressId},
    tell::recipients,
};
use crate::{
    alerts::{self, Alert, AlertId, CustomerId, Filter, Term},
    attachments::{self, Attachment, AttachmentEvent, AttachmentId, Key},
    customers,
    day::Day,
    error::LedgerError,
    freezes::{self, Freeze, FreezeId},
    happening::{Line, history, record, record_made, revision},
    people::UserId,
    refusals,
    who::{Reason, Who},
};

/// What a new redress needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewRedress {
    /// Who was matched.
    pub customer: CustomerId,
    /// Who complains; the customer's name when nobody says.
    pub person: Option<String>,
    /// Of what.
    pub complaint: Reason,
    /// The alerts that it is about.
    pub alerts: Vec<AlertId>,
    /// The freezes that it is about.
    pub freezes: Vec<FreezeId>,
    /// What was compared; what both sides of the alerts know when it is empty.
    pub compared: Vec<Compared>,
    /// When it was received.
    pub received: Day,
    /// By when it is decided; as the house's clock says when nobody does.
    pub due: Option<Day>,
    /// Who works on it.
    pub owner: UserId,
}

/// A redress with all that is known of it.
#[derive(Clone, Debug, Serialize)]
pub struct Detail {
    /// The redress.
    pub redress: Redress,
    /// Who received the wrong record.
    pub recipients: Vec<Recipient>,
    /// Its documents.
    pub documents: Vec<Attachment>,
    /// What happened.
    pub history: Vec<Line>,
    /// The place of the last event about it.
    pub revision: i64,
}

/// Opens a redress.
///
/// # Errors
/// When there is no such customer, nothing says by what they were wronged, an alert or freeze is another's or in another redress, or a day cannot be.
pub fn open(act: &mut Act<'_>, who: &Who, house: &House, new: NewRedress) -> Result<RedressId, LedgerError> {
    let customer = customers::customer(act, &new.customer)?;
    let own = customer.contents.own().map(|own| own.caption().to_owned()).unwrap_or_default();
    let person = freezes::line(new.person.as_deref().unwrap_or(&own), "the name of who complains")?;
    let freezes = concerned_freezes(act, &new)?;
    let alerts = concerned_alerts(act, &new, &freezes)?;
    if alerts.is_empty() && freezes.is_empty() {
        return Err(about_what(act, &new.customer));
    }
    let subjects = alerts.iter().map(|alert| alert.id.as_str()).chain(freezes.iter().map(|one| one.id.as_str()));
    for subject in subjects {
        if let Some(other) = sql::open_about(act, subject)? {
            return Err(refusals::redress_there_already(other, subject));
        }
    }
    if new.received > Day::of(who.at) {
        return Err(refusals::complaint_ahead(new.received));
    }
    let due = new.due.unwrap_or_else(|| House::days_after(new.received, house.decide_days));
    if due < new.received {
        return Err(refusals::due_before_complaint(due, new.received));
    }
    let compared = if new.compared.is_empty() { compared(act, &alerts)? } else { in_order(new.compared) };
    let opened = RedressEvent::Opened {
        customer: new.customer,
        person,
        complaint: new.complaint,
        alerts: alerts.into_iter().map(|alert| alert.id).collect(),
        freezes: freezes.into_iter().map(|freeze| freeze.id).collect(),
        compared,
        received: new.received,
        due,
        owner: new.owner,
    };
    Ok(RedressId::at(record_made(act, who, &opened, |seq| RedressId::at(seq).into())?.seq))
}

fn concerned_freezes(act: &mut Act<'_>, new: &NewRedress) -> Result<Vec<Freeze>, LedgerError> {
    let mut found: Vec<Freeze> = Vec::new();
    for id in &new.freezes {
        let freeze = freezes::show(act, id)?;
        if freeze.terms.customer.as_deref() != Some(new.customer.as_str()) {
            return Err(refusals::not_about_customer(id, &new.customer));
        }
        if found.iter().all(|one| one.id != *id) {
            found.push(freeze);
        }
    }
    Ok(found)
}

/// The alerts that are named, and those of the pairs that the freezes rest on.
fn concerned_alerts(act: &mut Act<'_>, new: &NewRedress, freezes: &[Freeze]) -> Result<Vec<Alert>, LedgerError> {
    let mut found: Vec<Alert> = Vec::new();
    for id in &new.alerts {
        let alert = alerts::alert(act, id)?;
        if alert.customer != new.customer {
            return Err(refusals::about_another_customer(id, &alert.customer, &new.customer));
        }
        found.push(alert);
    }
    for entity in freezes.iter().filter_map(|freeze| freeze.terms.entity.clone()) {
        let terms = vec![Term::Customer(new.customer.clone()), Term::Entity(entity)];
        found.extend(alerts::queue::list(act, &Filter { terms }, 0, 1)?);
    }
    let mut seen = BTreeSet::new();
    found.retain(|alert| seen.insert(alert.id.clone()));
    Ok(found)
}

/// Refuses what names neither an alert nor a freeze, and says what there is.
fn about_what(act: &mut Act<'_>, customer: &CustomerId) -> LedgerError {
    let of_customer = Filter { terms: vec![Term::Customer(customer.clone())] };
    let known = alerts::queue::ids(act, &of_customer, 0).unwrap_or_default();
    let known = known.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    match known.as_str() {
        "" => refusals::wronged_by_nothing(customer),
        known => refusals::wronged_by_what(customer, known),
    }
}

/// What both sides of the alerts know: that was compared. A name always was.
fn compared(act: &mut Act<'_>, alerts: &[Alert]) -> Result<Vec<Compared>, LedgerError> {
    let mut all = vec![Compared::Name];
    for alert in alerts {
        let observation = alerts::queue::detail(act, &alert.id)?.observation;
        let basis = observation.map(|observation| observation.basis).unwrap_or_default();
        let kinds = |side: &BTreeMap<String, Vec<String>>| {
            side.keys().filter_map(|property| Compared::of_property(property)).collect::<Vec<_>>()
        };
        let listed = kinds(&basis.listing);
        all.extend(kinds(&basis.customer).into_iter().filter(|kind| *kind != Compared::Other && listed.contains(kind)));
    }
    Ok(in_order(all))
}

fn in_order(mut all: Vec<Compared>) -> Vec<Compared> {
    all.sort_unstable();
    all.dedup();
    all
}

/// A redress.
///
/// # Errors
/// When there is none.
pub fn redress(query: &mut impl Query, id: &RedressId) -> Result<Redress, LedgerError> {
    sql::redress(query, id)?.ok_or_else(|| LedgerError::unknown("redress", id))
}

/// All of them, oldest first; those of which nothing is left to do only when they are asked for.
///
/// # Errors
/// When the store refuses.
pub fn list(query: &mut impl Query, with_done: bool) -> Result<Vec<Redress>, LedgerError> {
    sql::redresses(query, with_done)
}

/// A redress with all that is known of it.
///
/// # Errors
/// When there is none, or an event cannot be understood.
pub fn detail(query: &mut impl Query, id: &RedressId) -> Result<Detail, LedgerError> {
    let redress = redress(query, id)?;
    let mut lines = Vec::new();
    for past in history(query, id.as_str())? {
        let words = match (past.says::<RedressEvent>()?, past.says::<AttachmentEvent>()?) {
            (Some(said), _) => said.words(),
            (None, Some(said)) => said.words(past.seq),
            (None, None) => format!("{} (erased)", past.kind),
        };
        lines.push(past.line(words));
    }
    let freezes = freezes::list(query, true)?;
    Ok(Detail {
        recipients: recipients(query, &redress, &freezes)?,
        documents: attachments::of(query, id.as_str())?,
        history: lines,
        revision: revision(query, id.as_str())?,
        redress,
    })
}

/// Gives a redress to somebody to work on.
///
/// # Errors
/// When it is theirs already, or nothing is left to do.
pub fn assign(act: &mut Act<'_>, who: &Who, id: &RedressId, to: UserId, reason: Reason) -> Result<(), LedgerError> {
    let redress = redress(act, id)?;
    if !redress.is_open {
        return Err(refusals::nothing_left_to_do(id));
    }
    if redress.owner == to.as_str() {
        let name = alerts::work::name(act, to.as_str())?;
        return Err(refusals::redress_theirs_already(id, name));
    }
    record(act, who, id.as_str(), &RedressEvent::Assigned { to, reason })?;
    Ok(())
}

/// Notes something, whatever the state.
///
/// # Errors
/// When there is no such redress.
pub fn note(act: &mut Act<'_>, who: &Who, id: &RedressId, text: Reason) -> Result<(), LedgerError> {
    redress(act, id)?;
    record(act, who, id.as_str(), &RedressEvent::Noted { text })?;
    Ok(())
}

/// Attaches a document.
///
/// # Errors
/// When there is no such redress, or the document is refused.
pub fn attach(
    act: &mut Act<'_>,
    who: &Who,
    id: &RedressId,
    key: &Key,
    name: &str,
    content: &[u8],
) -> Result<AttachmentId, LedgerError> {
    redress(act, id)?;
    attachments::attach(act, who, id.as_str(), key, name, content)
}
