//! Redress: a person who was taken for somebody else complains, two people decide, and what was wrong is put right.
//!
//! A redress (`RD-…`) is about a customer and the alerts and freezes by which it was wronged. An analyst proposes what was found, an approver confirms it ([`decide`]).
//! *Wrongly matched* clears the alerts of the pair with a rule *not the same person* ([`crate::alerts::rules`]), which holds while both sides are as they are, and proposes to
//! release the freeze; nothing is released here. Then the person gets a letter and whoever received the wrong record a correction ([`letter`]), each written down ([`tell`]).
//!
//! [`work`] opens a redress and keeps it, [`state`] is what it is now, [`event`] what can happen to it, [`due()`] what has to be done, [`house`] the clocks and what letters say of the house. What
//! authorities are told of anybody is in a compartment that nothing here reads ([`crate::compartment`]): a letter is the same whatever is in it.

pub mod decide;
pub mod due;
pub mod event;
pub mod house;
pub mod letter;
mod sql;
pub mod state;
pub mod tell;
pub mod work;

use mihenk_store::Migrations;

use crate::retention::Part;

pub use due::due;
pub use event::RedressEvent;
pub use house::House;
pub use state::{Compared, Decision, Found, Recipient, Redress, RedressId, RedressState, Told};

/// What retention may erase of redress.
pub const KEPT: Part = sql::KEPT;

/// The tables.
pub const MIGRATIONS: Migrations = Migrations { part: "redress", versions: &[include_str!("migrate/redress_1.sql")] };
