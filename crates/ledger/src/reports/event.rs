//! What can happen to a report, and what follows from it in the tables.
//!
//! In comes an event of the compartment's chain, out come rows; the same whether the event is new or the tables are made anew.

use mihenk_store::{Act, Event};
use serde::{Deserialize, Serialize};

use super::{
    Content, ReportId, RequestId, sql,
    state::{Answer, ReportState, Sent},
};
use crate::{day::Day, error::LedgerError, happening::Happening, who::Reason};

/// What can happen to a report. The subject of each event is the report's id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReportEvent {
    /// It was drafted.
    Drafted {
        /// Its kind.
        kind: String,
        /// What it is about, in a line.
        title: String,
        /// The case or freeze that it is about.
        about: Option<String>,
        /// The report that it corrects or answers for.
        follows: Option<ReportId>,
        /// The day on which what it reports happened.
        event_day: Day,
        /// The day by which it is due.
        due: Option<Day>,
        /// What it says.
        content: Content,
    },
    /// The draft says something else from now on.
    Corrected {
        /// What it says.
        content: Content,
        /// Why.
        reason: Reason,
    },
    /// It was sent.
    Sent {
        /// What, how and when.
        sent: Sent,
    },
    /// The authority took it, or did not.
    Answered {
        /// What it said.
        answer: Answer,
    },
    /// The authority asked for more.
    Asked {
        /// Its reference.
        reference: String,
        /// On which day.
        on: Day,
        /// By when it is due.
        due: Option<Day>,
        /// What is asked.
        what: Reason,
    },
    /// That was answered.
    Replied {
        /// What was asked.
        request: RequestId,
        /// By which report or document.
        by: String,
        /// On which day.
        on: Day,
    },
    /// The draft was given up.
    Withdrawn {
        /// Why.
        reason: Reason,
    },
    /// A note.
    Noted {
        /// What was noted.
        text: Reason,
    },
}

impl Happening for ReportEvent {
    const PART: &'static str = "report";

    fn apply(&self, act: &mut Act<'_>, event: &Event) -> Result<(), LedgerError> {
        let id = event.subject.as_str();
        match self {
            ReportEvent::Drafted { kind, title, about, follows, event_day, due, content } => {
                let days = (*event_day, *due);
                sql::insert(act, event, (kind, title), (about.as_deref(), follows.as_ref()), days, content)
            }
            ReportEvent::Corrected { content, .. } => sql::set_content(act, id, content),
            ReportEvent::Sent { sent } => sql::set_sent(act, id, sent),
            ReportEvent::Answered { answer } => sql::add_answer(act, id, answer),
            ReportEvent::Asked { reference, on, due, what } => {
                sql::insert_request(act, event, reference, (*on, *due), what.as_str())
            }
            ReportEvent::Replied { request, by, on } => sql::set_answered(act, request, by, *on),
            ReportEvent::Withdrawn { .. } => sql::set_state(act, id, ReportState::Withdrawn),
            ReportEvent::Noted { .. } => Ok(()),
        }
    }
}

impl ReportEvent {
    /// What happened, in words for a line of the report's history; `seq` is the event's place, from which ids are made.
    #[must_use]
    pub fn words(&self, seq: i64) -> String {
        match self {
            ReportEvent::Drafted { kind, about, follows, due, .. } => {
                let about = about.as_ref().map(|about| format!(" about {about}")).unwrap_or_default();
                let follows = follows.as_ref().map(|follows| format!(", following {follows}")).unwrap_or_default();
                let due = due.map(|due| format!(", due {due}")).unwrap_or_default();
                format!("drafted: {kind}{about}{follows}{due}")
            }
            ReportEvent::Corrected { reason, .. } => format!("draft corrected: {reason}"),
            ReportEvent::Sent { sent } => {
                format!("sent on {} by {} as {} ({})", sent.on, sent.how, sent.form, sent.document)
            }
            ReportEvent::Answered { answer } => {
                let said = if answer.is_taken { "acknowledged" } else { "not taken" };
                let note = if answer.note.is_empty() { String::new() } else { format!(": {}", answer.note) };
                format!("{said} on {} as {}{note}", answer.on, answer.reference)
            }
            ReportEvent::Asked { reference, on, due, what } => {
                let due = due.map(|due| format!(", due {due}")).unwrap_or_default();
                format!("request {} on {on} as {reference}{due}: {what}", RequestId::at(seq))
            }
            ReportEvent::Replied { request, by, on } => format!("{request} answered on {on} by {by}"),
            ReportEvent::Withdrawn { reason } => format!("withdrawn: {reason}"),
            ReportEvent::Noted { text } => format!("note: {text}"),
        }
    }
}
