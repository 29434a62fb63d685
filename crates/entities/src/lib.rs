//! The data model: what an entity is, and what its values mean.
//!
//! Mihenk speaks FollowTheMoney (<https://followthemoney.tech>), the form in which OpenSanctions publishes lists and yente
//! takes queries: an [`Entity`] has an id, a [`Schema`] and multi-valued properties of text. Values stay as the source
//! wrote them; what a value *means* is worked out by the modules here: [`date`], [`country`], [`identifier`], [`gender`].
//! This crate is pure: no files, no clock, no network.

#![forbid(unsafe_code)]

mod calendar;
pub mod country;
pub mod date;
pub mod entity;
pub mod gender;
pub mod identifier;
pub mod schema;
mod wallet;

pub use date::Date;
pub use entity::{Entity, EntityError, EntityId};
pub use identifier::{Identifier, IdentifierKind};
pub use schema::{Property, PropertyType, Schema};
