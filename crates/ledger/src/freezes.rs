//! Pauses, holds, freezes, exemptions: restraining assets under two people's eyes, and letting them go again.
//!
//! A *pause* (hours, by software or one person) is no decision: when it runs out it escalates and stays. A *freeze* is proposed by one person and
//! confirmed by another; where a UN listing is to be followed without delay one person *holds* at once and another confirms within
//! 24 hours, and a hold that ran out stays a hold. Changing and releasing take two likewise. A *delisting* opens a task to
//! release; nothing is ever released by the software. What may be paid all the same is an *exemption*, with each use counted.
//!
//! In come acts of people and the time, out come events and tables: what is restrained now ([`show`]), what runs out first ([`due()`]), and
//! what was restrained at any moment ([`register()`]). [`terms`] says what a freeze is about; laws are in [`crate::regimes`].

mod acts;
mod apply;
mod clock;
pub mod due;
pub mod exemptions;
pub mod notice;
mod pauses;
pub mod register;
mod sql;
pub mod terms;

use mihenk_store::{Act, Migrations, Query};
use serde::{Deserialize, Serialize};

pub use acts::{confirm, decline, delisted, give_notice, hold, propose, propose_release, propose_variation, review};
pub use clock::{RanOut, ran_out, tick};
pub use due::due;
pub use exemptions::{Exemption, ExemptionId, ExemptionTerms};
pub use notice::Notice;
pub use pauses::{Pause, PauseId, PauseState, pause, resume};
pub use register::register;
pub use terms::{Asset, AssetKind, Terms, Variation};

use crate::{
    day::Day,
    error::LedgerError,
    happening::{self, Line, Past, revision},
    id,
    people::UserId,
    refusals,
    retention::Part,
    who::{Reason, Who},
};

/// The tables.
pub const MIGRATIONS: Migrations = Migrations {
    part: "freezes",
    versions: &[include_str!("migrate/freezes_1.sql"), include_str!("migrate/freezes_2.sql")],
};

/// What is still restrained or paused is never due to be erased; nor is an exemption from it.
pub const KEPT: Part = Part {
    name: "freeze",
    open: Some(
        "SELECT id FROM freezes WHERE state IN ('proposed', 'held', 'in-force')
         UNION SELECT s.subject FROM redress_subjects s JOIN redresses r ON r.id = s.redress WHERE r.is_open = 1
         UNION SELECT p.id FROM pauses p LEFT JOIN freezes f ON f.id = p.freeze_id
         WHERE p.state IN ('paused', 'ran-out') OR f.state IN ('proposed', 'held', 'in-force')
         UNION SELECT e.id FROM exemptions e JOIN freezes f ON f.id = e.freeze_id
         WHERE f.state IN ('proposed', 'held', 'in-force')",
    ),
    forget: &[
        "DELETE FROM freeze_changes_waiting WHERE freeze_id = $1",
        "DELETE FROM freeze_delistings WHERE freeze_id = $1",
        "DELETE FROM freeze_notices WHERE freeze_id = $1",
        "DELETE FROM freeze_register WHERE freeze_id = $1",
        "DELETE FROM freezes WHERE id = $1",
        "DELETE FROM pauses WHERE id = $1",
        "DELETE FROM exemption_uses WHERE exemption_id = $1",
        "DELETE FROM exemptions WHERE id = $1",
        "DELETE FROM freeze_told WHERE subject = $1",
    ],
};

/// Within how long a second person confirms a hold, in milliseconds: 24 hours.
pub const CONFIRM_WITHIN_MS: i64 = 24 * 60 * 60 * 1000;

id!(
    /// A freeze, from its proposal or hold on.
    FreezeId, "F", "a freeze"
);

/// Where a freeze stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// One person proposed it; nothing is restrained yet.
    Proposed,
    /// One person holds on a UN listing; restrained, and a second person has to confirm.
    Held,
    /// Two people stand behind it.
    InForce,
    /// Two people let it go.
    Released,
    /// The proposal was taken back or declined, or the hold was declined by a second person.
    Declined,
}

impl State {
    /// As it is written.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            State::Proposed => "proposed",
            State::Held => "held",
            State::InForce => "in-force",
            State::Released => "released",
            State::Declined => "declined",
        }
    }

    /// Whether assets are restrained.
    #[must_use]
    pub fn restrains(self) -> bool {
        matches!(self, State::Held | State::InForce)
    }

    fn read(text: &str) -> Result<State, LedgerError> {
        let all = [State::Proposed, State::Held, State::InForce, State::Released, State::Declined];
        let found = all.into_iter().find(|state| state.as_str() == text);
        found.ok_or_else(|| LedgerError::refused(format!("{text:?} is no state of a freeze")))
    }
}

/// A freeze.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Freeze {
    /// The id.
    pub id: FreezeId,
    /// Where it stands.
    pub state: State,
    /// What it is about.
    pub terms: Terms,
    /// Who proposed it or holds.
    pub proposed_by: String,
    /// When, in milliseconds since 1970.
    pub proposed_at: i64,
    /// Who confirmed it.
    pub confirmed_by: Option<String>,
    /// When.
    pub confirmed_at: Option<i64>,
    /// Until when a hold has to be confirmed.
    pub confirm_until: Option<i64>,
    /// Whether that time ran out.
    pub ran_out: bool,
    /// The pause that it came from.
    pub pause: Option<PauseId>,
    /// A change that waits for a second person.
    pub waiting: Option<Waiting>,
    /// The lists that its entity is no more on, while the task to release it is open.
    pub delisted: Option<Delisting>,
    /// Notices that were given.
    pub notices: Vec<Notice>,
    /// The place in the chain of the last event about it.
    pub revision: i64,
}

/// What one person proposed and another has not yet confirmed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Waiting {
    /// Who proposed it.
    pub by: String,
    /// When.
    pub at: i64,
    /// What.
    pub change: Change,
}

/// An open task to release what rested on a listing that is gone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Delisting {
    /// When it was opened.
    pub at: i64,
    /// The lists that the entity is no more on.
    pub lists: Vec<String>,
}

/// A change to a freeze that is in force.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Change {
    /// Its terms become others.
    Vary(Variation),
    /// Assets are let go.
    Release {
        /// Their numbers; all that are left when empty.
        assets: Vec<u32>,
    },
}

/// What can happen to what is restrained.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FreezeEvent {
    /// Something was paused.
    Paused {
        /// What: a payment, an account, an onboarding.
        what: String,
        /// The customer.
        customer: Option<String>,
        /// The listed entity that it was paused for.
        entity: Option<String>,
        /// Until when, in milliseconds since 1970.
        until: i64,
        /// Why.
        reason: Reason,
    },
    /// A pause ran out; it stays paused and is escalated.
    PauseRanOut {},
    /// A person let what was paused go on.
    Resumed {
        /// Why.
        reason: Reason,
    },
    /// One person holds.
    Held {
        /// What it is about.
        terms: Terms,
        /// Until when a second person has to confirm.
        confirm_until: i64,
        /// The pause that it came from.
        pause: Option<PauseId>,
        /// Why.
        reason: Reason,
    },
    /// A hold was not confirmed in time; it stays held and is escalated.
    HoldRanOut {},
    /// One person proposed a freeze.
    Proposed {
        /// What it is about.
        terms: Terms,
        /// The pause that it came from.
        pause: Option<PauseId>,
        /// Why.
        reason: Reason,
    },
    /// A second person confirmed a proposal or a hold.
    Confirmed {},
    /// A proposal was taken back or declined, or a hold declined by a second person.
    Declined {
        /// Why.
        reason: Reason,
    },
    /// One person proposed a change.
    ChangeProposed {
        /// Which.
        change: Change,
        /// Why.
        reason: Reason,
    },
    /// A second person confirmed it.
    ChangeConfirmed {
        /// Which.
        change: Change,
    },
    /// The change was taken back or declined.
    ChangeDeclined {
        /// Why.
        reason: Reason,
    },
    /// Somebody looked at it again, and it stays.
    Reviewed {
        /// When it is looked at next.
        next: Day,
        /// Why it stays.
        reason: Reason,
    },
    /// The day on which it was to be reviewed is over, and nobody did; it stays in force.
    ReviewOverdue {
        /// The day.
        day: Day,
    },
    /// Whoever holds the asset was told.
    NoticeGiven {
        /// To whom, when, how.
        notice: Notice,
    },
    /// The listing that it rested on is gone; a task to release is open.
    Delisted {
        /// The lists that the entity is no more on.
        lists: Vec<String>,
    },
    /// One person proposed an exemption.
    ExemptionProposed {
        /// Which.
        terms: ExemptionTerms,
        /// Why.
        reason: Reason,
    },
    /// A second person confirmed it.
    ExemptionConfirmed {},
    /// It was taken back or declined.
    ExemptionDeclined {
        /// Why.
        reason: Reason,
    },
    /// The committee was notified.
    CommitteeNotified {
        /// On which day.
        on: Day,
        /// The last day on which it may object; none where it has to approve.
        may_object_until: Option<Day>,
        /// The calendar that the working days were counted with.
        calendar: String,
        /// The number of the letter.
        reference: String,
    },
    /// The committee approved.
    CommitteeApproved {
        /// On which day.
        on: Day,
        /// The number of the letter.
        reference: String,
    },
    /// The committee objected, or refused.
    CommitteeObjected {
        /// On which day.
        on: Day,
        /// What it said.
        reason: Reason,
    },
    /// The last day of an exemption is over.
    ExemptionEnded {
        /// The day.
        day: Day,
    },
    /// Something was paid under an exemption.
    Used {
        /// How much.
        amount: crate::money::Amount,
        /// On which day.
        on: Day,
        /// For what.
        reason: Reason,
    },
}

/// A freeze.
///
/// # Errors
/// When there is none.
pub fn show(query: &mut impl Query, id: &FreezeId) -> Result<Freeze, LedgerError> {
    let mut freeze = sql::freeze(query, id)?.ok_or_else(|| LedgerError::unknown("freeze", id))?;
    freeze.revision = revision(query, id.as_str())?;
    Ok(freeze)
}

/// All freezes, newest first; those that ended only when asked for.
///
/// # Errors
/// When the store refuses.
pub fn list(query: &mut impl Query, also_ended: bool) -> Result<Vec<Freeze>, LedgerError> {
    let mut all = sql::freezes(query)?;
    all.retain(|freeze| also_ended || !matches!(freeze.state, State::Released | State::Declined));
    for freeze in &mut all {
        freeze.revision = revision(query, freeze.id.as_str())?;
    }
    Ok(all)
}

/// What happened to a freeze, a pause or an exemption, in its order; each line by the kind of its event.
///
/// # Errors
/// When the store refuses.
pub fn history(query: &mut impl Query, id: &str) -> Result<Vec<Line>, LedgerError> {
    let line = |past: Past| {
        let kind = past.kind.clone();
        past.line(kind)
    };
    Ok(happening::history(query, id)?.into_iter().map(line).collect())
}

/// All pauses, newest first; those that ended only when asked for.
///
/// # Errors
/// When the store refuses.
pub fn pauses(query: &mut impl Query, also_ended: bool) -> Result<Vec<Pause>, LedgerError> {
    let mut all = sql::pauses(query)?;
    all.retain(|pause| also_ended || pause.state.is_open());
    for pause in &mut all {
        pause.revision = revision(query, pause.id.as_str())?;
    }
    Ok(all)
}

/// The exemptions of a freeze, oldest first.
///
/// # Errors
/// When the store refuses.
pub fn exemptions_of(query: &mut impl Query, id: &FreezeId) -> Result<Vec<Exemption>, LedgerError> {
    let mut all = sql::exemptions(query, Some(id))?;
    for exemption in &mut all {
        exemption.revision = revision(query, exemption.id.as_str())?;
    }
    Ok(all)
}

/// The person who acts; the software decides nothing.
fn person(who: &Who) -> Result<UserId, LedgerError> {
    who.actor.parse().map_err(|_| refusals::no_person_restrains(&who.actor))
}

/// Nobody confirms what they proposed.
fn another(who: &Who, by: &str, id: &str) -> Result<(), LedgerError> {
    other_than(who, by, || refusals::own_proposal(id))
}

/// Refuses the software, and the one person who may not.
fn other_than(who: &Who, by: &str, why: impl FnOnce() -> LedgerError) -> Result<(), LedgerError> {
    person(who)?;
    if who.actor == by { Err(why()) } else { Ok(()) }
}

/// Text of one line that is not empty.
pub(crate) fn line(text: &str, what: &str) -> Result<String, LedgerError> {
    let text = text.trim();
    if text.is_empty() || text.len() > 500 || text.chars().any(char::is_control) {
        return Err(refusals::line_wrong(what, text));
    }
    Ok(text.to_owned())
}

/// The id of something that another part of the ledger keeps: a letter, a dash, a number.
fn other_id(text: &str, letter: char, what: &str) -> Result<String, LedgerError> {
    let text = text.trim().to_ascii_uppercase();
    let number = text.strip_prefix(letter).and_then(|rest| rest.strip_prefix('-'));
    match number.and_then(|number| number.parse::<i64>().ok()) {
        Some(number) if number > 0 => Ok(format!("{letter}-{number}")),
        _ => Err(refusals::not_an_id(text, what, letter)),
    }
}

/// A change that waits, in words.
impl std::fmt::Display for Change {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Change::Vary(variation) => write!(f, "vary: {variation}"),
            Change::Release { assets } if assets.is_empty() => f.write_str("release all assets"),
            Change::Release { assets } => {
                let numbers = assets.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
                write!(f, "release asset {numbers}")
            }
        }
    }
}

/// What is needed to act on a freeze: it, unchanged since somebody looked.
fn looked_at(act: &mut Act<'_>, id: &FreezeId, seen: Option<i64>) -> Result<Freeze, LedgerError> {
    crate::happening::unchanged_since(act, id.as_str(), seen)?;
    show(act, id)
}
