//! Customers, alerts, cases, holds, freezes and the people who act on them: the rules, and what their events say.
//!
//! Everything here is what its events say. A function of this crate reads the tables, holds the rule against them, records
//! an event and writes what follows from it into the tables, all within the act that its caller has begun
//! ([`mihenk_store::Store::act`]). Who may call it is decided in `mihenk-node`; the time comes in with [`Who`]. In come an
//! act, who acts and what they want, out comes what is so now, or a [`LedgerError`] in words.
//!
//! [`who`] says who acts and when, [`happening`] how events are recorded and tables made anew from them, [`access`] what was read, [`people`] who there is,
//! [`customers`] who is watched, [`alerts`] what screening found and what people decided about it, [`cases`] what belongs together, [`attachments`] documents,
//! [`freezes`] what is restrained, on the law of [`regimes`], in [`money`], by [`day`]s and the working days of a [`calendar`]. [`drafts`] are what was typed and not sent, [`replies`] answers that may be asked for once more. [`audit`] reads
//! the chain, [`retention`] says how long what is kept, [`merging`] which listed entities are one by decision, [`webhooks`] who is told of what happens. [`redress`] puts right what was done to somebody who was
//! taken for somebody else. [`reports`] are what goes to authorities, [`intake`] what an
//! authority receives, both in a [`compartment`]. [`ownership`] and [`networks`] know no store. [`refusals`] is the table of what speaks against an act, whose
//! sentences have names and facts ([`mihenk_said`]), so that pages say them in other languages. Statements are in `sql.rs` of each part and nowhere else.

#![forbid(unsafe_code)]

pub mod access;
pub mod alerts;
pub mod attachments;
pub mod audit;
pub mod calendar;
pub mod cases;
pub mod compartment;
pub mod customers;
pub mod day;
pub mod drafts;
mod error;
pub mod freezes;
pub mod happening;
pub mod id;
pub mod intake;
pub mod language;
pub mod merging;
pub mod money;
pub mod networks;
pub mod ownership;
pub mod people;
pub mod redress;
pub mod refusals;
pub mod regimes;
pub mod replies;
pub mod reports;
pub mod retention;
mod rows;
pub mod webhooks;
pub mod who;

use mihenk_store::Migrations;

pub use error::LedgerError;
pub use who::{Reason, Who};

/// The tables of this crate, for [`mihenk_store::Store::open`]: one part for each part of the crate.
pub const MIGRATIONS: &[Migrations] = &[
    people::MIGRATIONS,
    retention::MIGRATIONS,
    customers::MIGRATIONS,
    alerts::MIGRATIONS,
    attachments::MIGRATIONS,
    cases::MIGRATIONS,
    freezes::MIGRATIONS,
    merging::MIGRATIONS,
    drafts::MIGRATIONS,
    redress::MIGRATIONS,
    webhooks::MIGRATIONS,
    replies::MIGRATIONS,
];

/// The parts whose data is kept for a purpose and a time ([`retention`]).
pub const KEPT: &[retention::Part] =
    &[access::KEPT, customers::KEPT, alerts::KEPT, cases::KEPT, attachments::KEPT, freezes::KEPT, redress::KEPT];
