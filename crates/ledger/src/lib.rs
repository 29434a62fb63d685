//! Customers, alerts, cases, holds, freezes and the people who act on them: the rules, and what their events say.
//!
//! Everything here is what its events say. A function of this crate reads the tables, holds the rule against them, records
//! an event and writes what follows from it into the tables, all within the act that its caller has begun
//! ([`mihenk_store::Store::act`]). Who may call it is decided in `mihenk-node`; the time comes in with [`Who`]. In come an
//! act, who acts and what they want, out comes what is so now, or a [`LedgerError`] in words.
//!
//! [`who`] says who acts and when, [`happening`] how events are recorded and tables made anew from them, [`access`] what was read, [`people`] who there is. Statements are in
//! `sql.rs` of each part and nowhere else.

#![forbid(unsafe_code)]

pub mod access;
pub mod audit;
mod error;
pub mod happening;
pub mod id;
pub mod people;
pub mod retention;
pub mod who;

use mihenk_store::Migrations;

pub use error::LedgerError;
pub use who::{Reason, Who};

/// The tables of this crate, for [`mihenk_store::Store::open`]: one part for each part of the crate.
pub const MIGRATIONS: &[Migrations] = &[people::MIGRATIONS, retention::MIGRATIONS];

/// The parts whose data is kept for a purpose and a time ([`retention`]).
pub const KEPT: &[retention::Part] = &[access::KEPT];
