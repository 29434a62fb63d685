//! Cases: alerts, people, companies, accounts, documents and notes that belong together, and what is to be done about them.
//!
//! A case has a legal basis and a purpose from its first moment, an owner, and a time line that is all of its events with those of its alerts
//! ([`queue`]). [`work`] is what analysts do, [`state`] what a case is now, [`event`] what can happen to it, [`graph`] who is tied to whom.
//! How a graph is drawn is no matter of the ledger.

pub mod event;
pub mod graph;
pub mod queue;
mod sql;
pub mod state;
pub mod work;

use mihenk_store::Migrations;

use crate::retention::Part;

pub use event::CaseEvent;
pub use queue::{Detail, case, detail};
pub use state::{Case, CaseTaskId, JoinedAlert, Link, LinkId, Party, PartyId, PartyKind, Task};

pub use crate::id::CaseId;

/// What retention may erase of cases.
pub const KEPT: Part = sql::KEPT;

/// The tables.
pub const MIGRATIONS: Migrations = Migrations { part: "cases", versions: &[include_str!("migrate/cases_1.sql")] };
