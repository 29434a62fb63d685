//! What can happen to a case, and what follows from it in the tables.
//!
//! In comes an event of the chain, out come rows; the same whether the event is new or the tables are made anew.

use jiff::civil::Date;
use mihenk_store::{Act, Event};
use serde::{Deserialize, Serialize};

use super::{
    sql,
    state::{CaseTaskId, JoinedAlert, LinkId, PartyId, PartyKind},
};
use crate::{
    error::LedgerError,
    happening::Happening,
    id::{AlertId, CustomerId},
    people::UserId,
    who::Reason,
};

/// What can happen to a case. The subject of each event is the case's id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CaseEvent {
    /// It was opened, by whoever owns it from now on.
    Opened {
        /// What it is about.
        title: String,
        /// On what law or order it rests.
        legal_basis: Reason,
        /// What for.
        purpose: Reason,
    },
    /// An alert became part of it.
    AlertJoined {
        /// The alert as it was then.
        joined: JoinedAlert,
    },
    /// An alert is part of it no more.
    AlertParted {
        /// Which.
        alert: AlertId,
        /// Why.
        reason: Reason,
    },
    /// A person, a company, an account, a vessel was added.
    PartyAdded {
        /// What it is.
        kind: PartyKind,
        /// What it is called.
        name: String,
        /// What it has to do with the case.
        role: String,
        /// The customer that it is.
        customer: Option<CustomerId>,
        /// The listed entity that it is.
        entity: Option<String>,
    },
    /// A party was struck out.
    PartyStruck {
        /// Which.
        party: PartyId,
        /// Why.
        reason: Reason,
    },
    /// Two parties were tied.
    Linked {
        /// From which.
        from: String,
        /// To which.
        to: String,
        /// How.
        kind: String,
        /// How it is known.
        source: String,
    },
    /// A link was struck out.
    LinkStruck {
        /// Which.
        link: LinkId,
        /// Why.
        reason: Reason,
    },
    /// A note.
    Noted {
        /// What was noted.
        text: Reason,
    },
    /// A task was set.
    TaskSet {
        /// What is to be done.
        what: String,
        /// By when.
        due: Date,
        /// By whom.
        owner: UserId,
    },
    /// A task was done.
    TaskDone {
        /// Which.
        task: CaseTaskId,
        /// What came of it.
        note: Option<Reason>,
    },
    /// Its owner offered it to another.
    Offered {
        /// To whom.
        to: UserId,
        /// Why.
        reason: Reason,
    },
    /// They took it over.
    TakenOver {},
    /// They did not, or the owner took the offer back.
    OfferEnded {
        /// Why.
        reason: Reason,
    },
    /// It was closed.
    Closed {
        /// Why.
        reason: Reason,
    },
    /// It was opened again.
    Reopened {
        /// Why.
        reason: Reason,
    },
}

impl Happening for CaseEvent {
    const PART: &'static str = "case";

    fn apply(&self, act: &mut Act<'_>, event: &Event) -> Result<(), LedgerError> {
        let id = event.subject.as_str();
        match self {
            CaseEvent::Opened { title, legal_basis, purpose } => {
                sql::insert(act, event, title, legal_basis.as_str(), purpose.as_str())?;
            }
            CaseEvent::AlertJoined { joined } => sql::insert_alert(act, event, joined)?,
            CaseEvent::AlertParted { alert, .. } => sql::remove_alert(act, id, alert)?,
            CaseEvent::PartyAdded { kind, name, role, customer, entity } => {
                sql::insert_party(act, event, *kind, (name, role), (customer.as_ref(), entity.as_deref()))?;
            }
            CaseEvent::PartyStruck { party, .. } => sql::strike_party(act, party)?,
            CaseEvent::Linked { from, to, kind, source } => sql::insert_link(act, event, (from, to), (kind, source))?,
            CaseEvent::LinkStruck { link, .. } => sql::strike_link(act, link)?,
            CaseEvent::Noted { .. } => {}
            CaseEvent::TaskSet { what, due, owner } => sql::insert_task(act, event, what, *due, owner)?,
            CaseEvent::TaskDone { task, .. } => sql::set_done(act, task, event)?,
            CaseEvent::Offered { to, .. } => sql::set_offered(act, id, Some(to.as_str()))?,
            CaseEvent::TakenOver {} => sql::set_owner(act, id, &event.actor)?,
            CaseEvent::OfferEnded { .. } => sql::set_offered(act, id, None)?,
            CaseEvent::Closed { reason } => sql::set_closed(act, id, Some((event.at, reason.as_str())))?,
            CaseEvent::Reopened { .. } => {
                sql::set_closed(act, id, None)?;
                sql::set_owner(act, id, &event.actor)?;
            }
        }
        Ok(())
    }
}

impl CaseEvent {
    /// What happened, in words for a line of the time line; `seq` is the event's place, from which ids are made.
    #[must_use]
    pub fn words(&self, seq: i64) -> String {
        match self {
            CaseEvent::Opened { title, .. } => format!("case opened: {title}"),
            CaseEvent::AlertJoined { joined } => format!(
                "alert {} joined: {} ({}) and {} ({})",
                joined.alert, joined.customer_name, joined.customer, joined.entity_name, joined.alert_kind
            ),
            CaseEvent::AlertParted { alert, reason } => format!("alert {alert} taken out: {reason}"),
            CaseEvent::PartyAdded { kind, name, role, .. } => {
                let role = if role.is_empty() { String::new() } else { format!(", {role}") };
                format!("{kind} {} added: {name}{role}", PartyId::at(seq))
            }
            CaseEvent::PartyStruck { party, reason } => format!("{party} struck out: {reason}"),
            CaseEvent::Linked { from, to, kind, source } => {
                format!("link {}: {from} {kind} {to} (source: {source})", LinkId::at(seq))
            }
            CaseEvent::LinkStruck { link, reason } => format!("{link} struck out: {reason}"),
            CaseEvent::Noted { text } => format!("note: {text}"),
            CaseEvent::TaskSet { what, due, owner } => {
                format!("task {} for {owner} until {due}: {what}", CaseTaskId::at(seq))
            }
            CaseEvent::TaskDone { task, note } => {
                let note = note.as_ref().map(|note| format!(": {note}")).unwrap_or_default();
                format!("task {task} done{note}")
            }
            CaseEvent::Offered { to, reason } => format!("offered to {to}: {reason}"),
            CaseEvent::TakenOver {} => "taken over".to_owned(),
            CaseEvent::OfferEnded { reason } => format!("not taken over: {reason}"),
            CaseEvent::Closed { reason } => format!("closed: {reason}"),
            CaseEvent::Reopened { reason } => format!("opened again: {reason}"),
        }
    }
}
