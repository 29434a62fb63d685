//! What can happen to a redress, and what follows from it in the tables.
//!
//! In comes an event of the chain, out come rows; the same whether the event is new or the tables are made anew. What follows for alerts and freezes has events of
//! its own there.

use mihenk_store::{Act, Event};
use serde::{Deserialize, Serialize};

use super::{
    sql,
    state::{Compared, Confirmed, Decision, Found, RedressState, Told},
};
use crate::{
    alerts::{AlertId, CustomerId},
    attachments::AttachmentId,
    day::Day,
    error::LedgerError,
    freezes::FreezeId,
    happening::Happening,
    people::UserId,
    who::Reason,
};

/// What can happen to a redress. The subject of each event is its id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RedressEvent {
    /// Somebody complained that they were taken for somebody else.
    Opened {
        /// The customer that was matched.
        customer: CustomerId,
        /// Who complains.
        person: String,
        /// Of what.
        complaint: Reason,
        /// The alerts that it is about.
        alerts: Vec<AlertId>,
        /// The freezes that it is about.
        freezes: Vec<FreezeId>,
        /// What was compared.
        compared: Vec<Compared>,
        /// When it was received.
        received: Day,
        /// By when it is decided.
        due: Day,
        /// Who works on it.
        owner: UserId,
    },
    /// Another works on it.
    Assigned {
        /// Who.
        to: UserId,
        /// Why.
        reason: Reason,
    },
    /// A note.
    Noted {
        /// What was noted.
        text: Reason,
    },
    /// One person proposed what was found.
    Proposed {
        /// What.
        found: Found,
        /// The code with which alerts are cleared, when they are.
        because: Option<String>,
        /// Why, in words.
        reason: Reason,
        /// The alerts with the events whose evidence it rests on.
        rests_on: Vec<(AlertId, i64)>,
        /// The freezes whose release was proposed with it.
        releases: Vec<FreezeId>,
    },
    /// A second person confirmed it.
    Confirmed {
        /// By when the person has the letter.
        answer_by: Day,
        /// By when recipients are told.
        correct_by: Day,
    },
    /// The proposal was taken back or declined.
    Declined {
        /// Why.
        reason: Reason,
    },
    /// Somebody received the wrong record.
    RecipientAdded {
        /// Who.
        name: String,
        /// What they received.
        received: String,
        /// The freeze of which they had notice.
        freeze: Option<FreezeId>,
        /// How that is known, when a person added them.
        reason: Option<Reason>,
    },
    /// A recipient was told that it was wrong.
    Corrected {
        /// The place of the event that says that they received it.
        recipient: i64,
        /// Who.
        name: String,
        /// How they were told.
        how: String,
        /// On which day.
        on: Day,
        /// The letter.
        document: AttachmentId,
    },
    /// The person has the letter.
    Answered {
        /// How they were told.
        how: String,
        /// On which day.
        on: Day,
        /// The letter.
        document: AttachmentId,
    },
}

impl Happening for RedressEvent {
    const PART: &'static str = "redress";

    fn apply(&self, act: &mut Act<'_>, event: &Event) -> Result<(), LedgerError> {
        let id = event.subject.as_str();
        let told = |how: &str, on: Day, document: &AttachmentId| Told {
            how: how.to_owned(),
            on,
            document: document.clone(),
            by: event.actor.clone(),
        };
        match self {
            RedressEvent::Opened { .. } => sql::insert(act, event, self)?,
            RedressEvent::Assigned { to, .. } => sql::set_owner(act, id, to)?,
            RedressEvent::Noted { .. } => {}
            RedressEvent::Proposed { found, because, reason, rests_on, releases } => {
                let decision = Decision {
                    found: *found,
                    because: because.clone(),
                    reason: reason.as_str().to_owned(),
                    by: event.actor.clone(),
                    at: event.at,
                    rests_on: rests_on.clone(),
                    releases: releases.clone(),
                    confirmed: None,
                };
                sql::set_decision(act, id, RedressState::Proposed, Some(&decision))?;
            }
            RedressEvent::Confirmed { answer_by, correct_by } => {
                let mut decision = sql::decision(act, id)?;
                if let Some(decision) = &mut decision {
                    let (by, at) = (event.actor.clone(), event.at);
                    decision.confirmed = Some(Confirmed { by, at, answer_by: *answer_by, correct_by: *correct_by });
                }
                sql::set_decision(act, id, RedressState::Decided, decision.as_ref())?;
            }
            RedressEvent::Declined { .. } => sql::set_decision(act, id, RedressState::Open, None)?,
            RedressEvent::RecipientAdded { name, received, freeze, .. } => {
                sql::insert_recipient(act, event, name, received, freeze.as_ref())?;
            }
            RedressEvent::Corrected { recipient, how, on, document, .. } => {
                sql::set_corrected(act, id, *recipient, &told(how, *on, document))?;
            }
            RedressEvent::Answered { how, on, document } => sql::set_answered(act, id, &told(how, *on, document))?,
        }
        sql::set_open(act, id)
    }
}

impl RedressEvent {
    /// What happened, in words for a line of a history; people and ids are named as they stand.
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            RedressEvent::Opened { customer, person, complaint, .. } => {
                format!("complaint of {person} ({customer}): {complaint}")
            }
            RedressEvent::Assigned { to, reason } => format!("assigned to {to}: {reason}"),
            RedressEvent::Noted { text } => format!("note: {text}"),
            RedressEvent::Proposed { found, because, reason, releases, .. } => {
                let code = because.as_ref().map(|code| format!(" ({code})")).unwrap_or_default();
                let releases = releases.iter().map(|id| format!("; release of {id} proposed")).collect::<String>();
                format!("proposed: {found}{code}: {reason}{releases}")
            }
            RedressEvent::Confirmed { answer_by, .. } => {
                format!("confirmed by a second person; the person has an answer by {answer_by}")
            }
            RedressEvent::Declined { reason } => format!("proposal declined: {reason}"),
            RedressEvent::RecipientAdded { name, received, reason, .. } => {
                let reason = reason.as_ref().map(|reason| format!(": {reason}")).unwrap_or_default();
                format!("{name} received the wrong record ({received}){reason}")
            }
            RedressEvent::Corrected { name, how, on, document, .. } => {
                format!("{name} was told on {on} by {how}; the letter is {document}")
            }
            RedressEvent::Answered { how, on, document } => {
                format!("the person was answered on {on} by {how}; the letter is {document}")
            }
        }
    }
}
