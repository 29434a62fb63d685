//! Reports that a financial intelligence unit receives: triage, whom they match, what they are joined to, whom they are disclosed to.
//!
//! All of it is in the compartment ([`crate::reports`]): that a report was received may be known to reporting officers alone. In comes a report as it was read
//! ([`crate::reports::goaml`]) with its findings; out comes what is so now. [`work`] is what officers do, [`state`] what a received report is, [`event`] what can happen
//! to it. A consent that was asked and an order that postpones a transaction have a clock: when it runs out, somebody is told; nothing is given, released or disclosed by
//! the software.

pub mod event;
mod sql;
pub mod state;
pub mod work;

use mihenk_store::Migrations;

use crate::{id, retention::Part};

pub use event::IntakeEvent;
pub use state::{Clock, ClockKind, ClockState, Disclosure, Match, Priority, Received, ReceivedState};

id!(
    /// A report that was received.
    ReceivedId, "IN", "a received report"
);
id!(
    /// A consent that was asked, or an order that postpones a transaction.
    ClockId, "CK", "a consent or an order"
);
id!(
    /// What was disclosed to somebody.
    DisclosureId, "DS", "a disclosure"
);

/// The tables, in the compartment.
pub const MIGRATIONS: Migrations = Migrations { part: "intake", versions: &[include_str!("migrate/intake_1.sql")] };

/// What retention may erase of received reports.
pub const KEPT: Part = sql::KEPT;
