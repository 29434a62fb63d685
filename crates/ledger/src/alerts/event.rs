//! What can happen to an alert, and what follows from it in the tables.
//!
//! In comes an event of the chain, out come rows; the same whether the event is new or the tables are made anew.

use mihenk_store::{Act, Event};
use serde::{Deserialize, Serialize};

use super::{
    observation::Observation,
    policy::Finding,
    priority::Weight,
    sql,
    state::{Review, RuleId, State},
};
use mihenk_said::Meaning;

use crate::{error::LedgerError, happening::Happening, people::UserId, who::Reason};

/// What can happen to an alert. The subject of each event is the alert's id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AlertEvent {
    /// Screening found a pair for the first time.
    Raised {
        /// What it found.
        observation: Observation,
        /// What that weighs.
        weight: Weight,
        /// What makes two observations the same.
        fingerprint: String,
    },
    /// Screening found it otherwise than before.
    Changed {
        /// What it found.
        observation: Observation,
        /// What that weighs.
        weight: Weight,
        /// What makes two observations the same.
        fingerprint: String,
        /// What changed, in English.
        changes: Vec<String>,
        /// What each of these means ([`super::sayings`]), so that it can be said in other languages; nothing in events from before there were such.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        meant: Vec<Meaning>,
        /// Whether the alert had been cleared and is open again.
        reopens: bool,
    },
    /// Screening finds nothing any more.
    Gone {},
    /// Somebody was given it to work on, or took it.
    Assigned {
        /// Who works on it.
        to: UserId,
        /// Why, when it was another's.
        reason: Option<Reason>,
    },
    /// Whoever held it gave it back.
    GivenBack {
        /// Why, if they said so.
        reason: Option<Reason>,
    },
    /// A comment.
    Commented {
        /// What was said.
        text: Reason,
    },
    /// An analyst cleared it, or proposed to where that takes two.
    Cleared {
        /// The reason's code in the vocabulary.
        reason: String,
        /// What it says about the customer.
        outcome: Finding,
        /// Why, in words.
        note: Reason,
        /// Until when a rule *not the same person* is to hold, in milliseconds since 1970; `None` for no rule.
        rule_until: Option<i64>,
        /// Whether it takes effect only when a second person agrees.
        takes_two: bool,
        /// The share of cleared alerts that a second person looks at, in percent. Whether this is one of them follows from the event's hash.
        sample_percent: u32,
    },
    /// A second person agreed.
    Agreed {},
    /// A second person did not agree: it is open again, with whoever cleared it.
    SentBack {
        /// Who had cleared it.
        to: String,
        /// Why.
        reason: Reason,
    },
    /// It became part of a case.
    Escalated {
        /// The case.
        case: String,
        /// Why.
        reason: Reason,
    },
    /// A person opened it again.
    Reopened {
        /// Why.
        reason: Reason,
    },
    /// A rule was withdrawn; what it kept quiet is open again.
    RuleWithdrawn {
        /// Which.
        rule: RuleId,
        /// Why.
        reason: Reason,
    },
    /// A rule ran out; what it kept quiet is open again.
    RuleExpired {
        /// Which.
        rule: RuleId,
    },
}

impl Happening for AlertEvent {
    const PART: &'static str = "alert";

    fn apply(&self, act: &mut Act<'_>, event: &Event) -> Result<(), LedgerError> {
        let id = event.subject.as_str();
        match self {
            AlertEvent::Raised { observation, weight, fingerprint } => {
                sql::insert(act, event, observation, weight, fingerprint)?;
            }
            AlertEvent::Changed { observation, weight, fingerprint, changes, reopens, meant: _ } => {
                sql::set_found(act, event, observation, weight, fingerprint)?;
                if *reopens {
                    sql::end_rule(act, id, event.at, &changes.join("; "))?;
                    sql::reopen(act, id, event.at, None)?;
                }
            }
            AlertEvent::Gone {} => sql::set_gone(act, id, event.at)?,
            AlertEvent::Assigned { to, .. } => sql::set_holder(act, id, State::Assigned, Some(to.as_str()))?,
            AlertEvent::GivenBack { .. } => sql::set_holder(act, id, State::New, None)?,
            AlertEvent::Commented { .. } => {}
            AlertEvent::Cleared { takes_two, .. } => {
                sql::insert_clearing(act, event, self)?;
                let state = if *takes_two { State::Proposed } else { State::Cleared };
                sql::set_cleared(act, id, state, event.seq)?;
                if !takes_two {
                    sql::begin_rule(act, id, event)?;
                }
            }
            AlertEvent::Agreed {} => {
                sql::set_reviewed(act, id, Review::Agreed, event)?;
                if sql::state(act, id)? == Some(State::Proposed) {
                    sql::set_holder(act, id, State::Cleared, None)?;
                    sql::begin_rule(act, id, event)?;
                }
            }
            AlertEvent::SentBack { to, .. } => {
                sql::set_reviewed(act, id, Review::SentBack, event)?;
                sql::end_rule(act, id, event.at, "sent back by a second person")?;
                sql::reopen(act, id, event.at, Some(to))?;
            }
            AlertEvent::Escalated { case, .. } => {
                sql::end_rule(act, id, event.at, "escalated to a case")?;
                sql::set_case(act, id, case)?;
            }
            AlertEvent::Reopened { .. } => {
                sql::end_rule(act, id, event.at, "opened again by a person")?;
                sql::reopen(act, id, event.at, None)?;
            }
            AlertEvent::RuleWithdrawn { .. } => {
                sql::end_rule(act, id, event.at, "withdrawn")?;
                sql::reopen(act, id, event.at, None)?;
            }
            AlertEvent::RuleExpired { .. } => {
                sql::end_rule(act, id, event.at, "ran out")?;
                sql::reopen(act, id, event.at, None)?;
            }
        }
        Ok(())
    }
}

impl AlertEvent {
    /// What happened, in words for a line of a history; people and ids are named as they stand.
    #[must_use]
    pub fn words(&self) -> String {
        let because = |reason: &Option<Reason>| reason.as_ref().map(|reason| format!(": {reason}")).unwrap_or_default();
        match self {
            AlertEvent::Raised { observation, .. } => match &observation.found {
                Some(found) => format!("raised: {} as {:?}", observation.customer, found.caption),
                None => "raised".to_owned(),
            },
            AlertEvent::Changed { changes, reopens: true, .. } => {
                format!("opened again, because {}", changes.join("; "))
            }
            AlertEvent::Changed { changes, .. } => format!("found otherwise: {}", changes.join("; ")),
            AlertEvent::Gone {} => "no longer found by screening".to_owned(),
            AlertEvent::Assigned { to, reason } => format!("assigned to {to}{}", because(reason)),
            AlertEvent::GivenBack { reason } => format!("given back{}", because(reason)),
            AlertEvent::Commented { text } => format!("comment: {text}"),
            AlertEvent::Cleared { reason, note, rule_until, takes_two, .. } => {
                let verb = if *takes_two { "proposed to clear" } else { "cleared" };
                let rule = rule_until.map(|until| format!("; not the same person until {}", day(until)));
                format!("{verb} ({reason}): {note}{}", rule.unwrap_or_default())
            }
            AlertEvent::Agreed {} => "a second person agreed".to_owned(),
            AlertEvent::SentBack { reason, .. } => format!("sent back by a second person: {reason}"),
            AlertEvent::Escalated { case, reason } => format!("escalated to {case}: {reason}"),
            AlertEvent::Reopened { reason } => format!("opened again: {reason}"),
            AlertEvent::RuleWithdrawn { rule, reason } => format!("opened again, rule {rule} withdrawn: {reason}"),
            AlertEvent::RuleExpired { rule } => format!("opened again, rule {rule} ran out"),
        }
    }
}

/// The day of a time in UTC.
pub(crate) fn day(at: i64) -> String {
    jiff::Timestamp::from_millisecond(at).map_or_else(|_| at.to_string(), |time| time.strftime("%F").to_string())
}
