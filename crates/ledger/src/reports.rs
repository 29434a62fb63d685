//! Reports to an authority: drafts, what was sent, what came back, and by when what is due.
//!
//! A report and what rests on it is a compartment (FATF Recommendation 21: no tipping off). It is kept in a store of its own, whose tables are
//! [`COMPARTMENT`], so that nothing of the store that others read depends on whether there is a report; who may open it is decided in `mihenk-node`.
//!
//! [`kinds`] says which reports there are, on what law and with what fields, as data; [`clocks`] when one is due; [`work`] is what reporting officers do,
//! [`state`] what a report is now, [`event`] what can happen to it, [`due`] what comes next, [`sheet`] how one is written that has no form of its own.

pub mod clocks;
pub mod content;
pub mod due;
pub mod event;
pub mod goaml;
pub mod kinds;
pub mod sheet;
mod sql;
pub mod state;
pub mod work;

use mihenk_store::Migrations;

use crate::{attachments, id, retention::Part};

pub use content::Content;
pub use event::ReportEvent;
pub use kinds::{Kinds, ReportKind};
pub use state::{Report, ReportState, Request};

id!(
    /// A report to an authority.
    ReportId, "RP", "a report"
);
id!(
    /// What an authority asked for about a report.
    RequestId, "RQ", "a request of an authority"
);

/// The tables.
pub const MIGRATIONS: Migrations = Migrations { part: "reports", versions: &[include_str!("migrate/reports_1.sql")] };

/// The tables of the compartment's store: reports, those that were received, and documents of its own.
pub const COMPARTMENT: &[Migrations] =
    &[MIGRATIONS, crate::intake::MIGRATIONS, attachments::MIGRATIONS, crate::retention::MIGRATIONS];

/// The parts of the compartment whose data is kept for a purpose and a time.
pub const COMPARTMENT_KEPT: &[Part] = &[KEPT, crate::intake::KEPT];

/// What retention may erase of reports.
pub const KEPT: Part = sql::KEPT;
