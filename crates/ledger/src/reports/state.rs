//! What a report is now.
//!
//! Read from the tables; nothing here changes anything. What can happen to a report is in `event.rs`.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Content, ReportId, RequestId};
use crate::{attachments::AttachmentId, day::Day, error::LedgerError};

/// Where a report stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReportState {
    /// It can be corrected.
    Draft,
    /// It is with the authority; what was sent is a record.
    Sent,
    /// The authority acknowledged it.
    Acknowledged,
    /// The authority did not take it; another one has to follow.
    Rejected,
    /// It was given up before it was sent.
    Withdrawn,
}

/// A report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Its id.
    pub id: ReportId,
    /// Its kind, such as `ofac-blocked`.
    pub kind: String,
    /// What it is about, in a line.
    pub title: String,
    /// The case or freeze that it is about.
    pub about: Option<String>,
    /// The report that it corrects or answers for.
    pub follows: Option<ReportId>,
    /// The day on which what it reports happened.
    pub event_day: Day,
    /// The day by which it is due.
    pub due: Option<Day>,
    /// Where it stands.
    pub state: ReportState,
    /// What it says.
    pub content: Content,
    /// Who drafted it.
    pub drafted_by: String,
    /// When, in milliseconds since 1970.
    pub drafted_at: i64,
    /// What was sent.
    pub sent: Option<Sent>,
    /// What came back, oldest first.
    pub answers: Vec<Answer>,
}

/// What was sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sent {
    /// On which day.
    pub on: Day,
    /// How: a portal, a courier.
    pub how: String,
    /// The form and its version, such as `goaml 5.0.2`.
    pub form: String,
    /// The document, as it went.
    pub document: AttachmentId,
    /// Its SHA-256, in hexadecimal.
    pub sha256: String,
}

/// What an authority said of a report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// Whether it took it.
    pub is_taken: bool,
    /// Its reference.
    pub reference: String,
    /// On which day.
    pub on: Day,
    /// What it said.
    pub note: String,
}

/// What an authority asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Request {
    /// Its id.
    pub id: RequestId,
    /// About which report.
    pub report: ReportId,
    /// The authority's reference.
    pub reference: String,
    /// When it was asked.
    pub asked_on: Day,
    /// By when it is due.
    pub due: Option<Day>,
    /// What is asked.
    pub what: String,
    /// When it was answered.
    pub answered_on: Option<Day>,
    /// By which report or document.
    pub answered_by: Option<String>,
}

impl ReportState {
    /// All of them.
    pub const ALL: [ReportState; 5] = [
        ReportState::Draft,
        ReportState::Sent,
        ReportState::Acknowledged,
        ReportState::Rejected,
        ReportState::Withdrawn,
    ];

    /// As it is written.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            ReportState::Draft => "draft",
            ReportState::Sent => "sent",
            ReportState::Acknowledged => "acknowledged",
            ReportState::Rejected => "rejected",
            ReportState::Withdrawn => "withdrawn",
        }
    }

    pub(super) fn read(text: &str) -> Result<ReportState, LedgerError> {
        let found = ReportState::ALL.into_iter().find(|state| state.as_str() == text);
        found.ok_or_else(|| LedgerError::refused(format!("{text:?} in the store is no state of a report")))
    }
}

impl fmt::Display for ReportState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
