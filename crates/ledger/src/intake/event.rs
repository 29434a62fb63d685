//! What can happen to a received report, and what follows from it in the tables.
//!
//! In comes an event of the compartment's chain, out come rows; the same whether the event is new or the tables are made anew.

use mihenk_store::{Act, Event};
use serde::{Deserialize, Serialize};

use super::{
    ClockId, DisclosureId, sql,
    state::{ClockKind, ClockState, Match, Priority, ReceivedState},
};
use crate::{day::minute, error::LedgerError, happening::Happening, reports::goaml, who::Reason};

/// What can happen to a received report. The subject of each event is its id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum IntakeEvent {
    /// It was received.
    Received {
        /// The name of the file.
        file: String,
        /// Its SHA-256, in hexadecimal.
        sha256: String,
        /// The version of goAML's schema that it follows.
        version: goaml::Version,
        /// What it says.
        report: Box<goaml::Report>,
        /// What is wrong with it.
        findings: Vec<goaml::Finding>,
        /// How soon it wants attention, as the software proposes.
        priority: Priority,
    },
    /// Its subjects were held against lists and what is held.
    Matched {
        /// Whom they may be.
        matches: Vec<Match>,
        /// How soon it wants attention, as the software proposes then.
        priority: Option<Priority>,
    },
    /// Somebody said how much it matters.
    Triaged {
        /// How soon it wants attention.
        priority: Priority,
        /// Why.
        reason: Reason,
    },
    /// It became part of a case. The case does not say so.
    Joined {
        /// Which.
        case: String,
        /// Why.
        reason: Reason,
    },
    /// It went back to whoever sent it.
    Returned {
        /// Why.
        reason: Reason,
    },
    /// A consent was asked, or a transaction ordered to wait.
    ClockBegun {
        /// Which of these.
        kind: ClockKind,
        /// Who is asked, or who has to hold the transaction.
        whom: String,
        /// To what, or which transaction.
        what: String,
        /// On what law or agreement it rests.
        basis: String,
        /// When it runs out, in milliseconds since 1970.
        until: Option<i64>,
    },
    /// It runs longer.
    ClockExtended {
        /// Which.
        clock: ClockId,
        /// Until when.
        until: i64,
        /// Why.
        reason: Reason,
    },
    /// A consent was given or refused, or an order ended.
    ClockEnded {
        /// Which.
        clock: ClockId,
        /// How.
        state: ClockState,
        /// What was said, and why.
        reason: Reason,
    },
    /// Something was disclosed to somebody.
    Disclosed {
        /// To whom.
        whom: String,
        /// What.
        what: Reason,
        /// What the receiver may do with it.
        caveats: String,
        /// Whether nobody had asked for it.
        is_spontaneous: bool,
        /// The consent that it rests on.
        consent: Option<ClockId>,
    },
    /// A note.
    Noted {
        /// What was noted.
        text: Reason,
    },
    /// Nothing is left to do.
    Closed {
        /// Why.
        reason: Reason,
    },
}

impl Happening for IntakeEvent {
    const PART: &'static str = "intake";

    fn apply(&self, act: &mut Act<'_>, event: &Event) -> Result<(), LedgerError> {
        let id = event.subject.as_str();
        match self {
            IntakeEvent::Received { sha256, report, findings, priority, .. } => {
                sql::insert(act, event, sha256, report, findings, *priority)
            }
            IntakeEvent::Matched { matches, priority } => sql::set_matches(act, id, matches, *priority),
            IntakeEvent::Triaged { priority, .. } => sql::set_triaged(act, id, *priority),
            IntakeEvent::Joined { case, .. } => sql::set_case(act, id, case),
            IntakeEvent::Returned { .. } => sql::set_state(act, id, ReceivedState::Returned),
            IntakeEvent::ClockBegun { kind, whom, what, basis, until } => {
                sql::insert_clock(act, event, *kind, (whom, what, basis), *until)
            }
            IntakeEvent::ClockExtended { clock, until, .. } => sql::set_until(act, clock, *until),
            IntakeEvent::ClockEnded { clock, state, reason } => sql::set_ended(act, clock, *state, reason.as_str()),
            IntakeEvent::Disclosed { whom, what, caveats, is_spontaneous, consent } => {
                let texts = (whom.as_str(), what.as_str(), caveats.as_str());
                sql::insert_disclosure(act, event, texts, *is_spontaneous, consent.as_ref())
            }
            IntakeEvent::Noted { .. } => Ok(()),
            IntakeEvent::Closed { .. } => sql::set_state(act, id, ReceivedState::Closed),
        }
    }
}

impl IntakeEvent {
    /// What happened, in words for a line of the history; `seq` is the event's place, from which ids are made.
    #[must_use]
    pub fn words(&self, seq: i64) -> String {
        match self {
            IntakeEvent::Received { file, version, findings, .. } => {
                let errors = findings.iter().filter(|finding| finding.is_error()).count();
                format!("received as {file} (goAML {version}), {errors} of {} findings are errors", findings.len())
            }
            IntakeEvent::Matched { matches, .. } => {
                format!("held against lists and what is held: {} matches", matches.len())
            }
            IntakeEvent::Triaged { priority, reason } => format!("triaged as {priority}: {reason}"),
            IntakeEvent::Joined { case, reason } => format!("joined to {case}: {reason}"),
            IntakeEvent::Returned { reason } => format!("returned to its sender: {reason}"),
            IntakeEvent::ClockBegun { kind, whom, what, until, .. } => {
                let until = until.map(|until| format!(", until {}", minute(until))).unwrap_or_default();
                format!("{kind} {} of {whom}: {what}{until}", ClockId::at(seq))
            }
            IntakeEvent::ClockExtended { clock, until, reason } => {
                format!("{clock} runs until {}: {reason}", minute(*until))
            }
            IntakeEvent::ClockEnded { clock, state, reason } => format!("{clock} {state}: {reason}"),
            IntakeEvent::Disclosed { whom, what, caveats, is_spontaneous, .. } => {
                let how = if *is_spontaneous { "disclosed of our own accord" } else { "disclosed on request" };
                format!("{} {how} to {whom}: {what} ({caveats})", DisclosureId::at(seq))
            }
            IntakeEvent::Noted { text } => format!("note: {text}"),
            IntakeEvent::Closed { reason } => format!("closed: {reason}"),
        }
    }
}
