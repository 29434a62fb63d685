//! Alerts: a customer who may be a listed entity, until a person has decided.
//!
//! Screening says what it found ([`observe()`]); that raises an alert, changes it, opens it again or marks it as no longer found, and never clears it.
//! People look at the most urgent one first ([`queue`], [`priority`]), take it, comment, clear it for a reason of the
//! vocabulary ([`policy`], [`work`]) or make it part of a case. A second person agrees to what takes two and looks again at a sample ([`mod@review`]).
//! A rule *not the same person* keeps a pair quiet while what it rested on is as it was ([`mod@rules`]).
//!
//! What an alert is now stands in [`state`], what can happen to it in [`event`]. What screening says is [`observation`];
//! [`sayings`] are the sentences for what it says otherwise than before.

pub mod event;
pub mod observation;
mod observe;
pub mod policy;
pub mod priority;
pub mod queue;
pub mod reliability;
pub mod review;
pub mod rules;
pub mod sayings;
mod sql;
pub mod state;
pub mod terms;
pub mod work;

use std::collections::BTreeSet;

use mihenk_store::{Migrations, Query};

use crate::{error::LedgerError, retention::Part};

pub use event::AlertEvent;
pub use observation::{AlertKind, Basis, Found, Listing, Observation};
pub use observe::observe;
pub use policy::Policy;
pub use queue::{Filter, Term, alert};
pub use state::{Alert, Clearing, Review, Rule, RuleId, State};

pub use crate::id::{AlertId, CustomerId};

/// What retention may erase of alerts.
pub const KEPT: Part = sql::KEPT;

/// The tables.
pub const MIGRATIONS: Migrations = Migrations {
    part: "alerts",
    versions: &[include_str!("migrate/alerts_1.sql"), include_str!("migrate/alerts_2.sql")],
};

/// The versions of lists that any finding rests on whose event still has its content.
///
/// # Errors
/// When the store refuses, or an event cannot be read.
pub fn versions(query: &mut impl Query) -> Result<BTreeSet<String>, LedgerError> {
    sql::versions(query)
}
