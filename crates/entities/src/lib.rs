//! The data model: what an entity is, and what its values mean.
//!
//! Mihenk speaks FollowTheMoney (<https://followthemoney.tech>), the form in which OpenSanctions publishes lists and yente
//! takes queries: an [`Entity`] has an id, a [`Schema`] and multi-valued properties of text. Values stay as the source
//! wrote them; what a value *means* is worked out by the modules here: [`date`], [`country`], [`identifier`], [`gender`],
//! [`mod@address`], [`telephone`].
//! This crate is pure: no files, no clock, no network.

#![forbid(unsafe_code)]

pub mod address;
mod calendar;
pub mod country;
pub mod date;
pub mod entity;
pub mod gender;
pub mod identifier;
pub mod sayings;
pub mod schema;
pub mod telephone;
mod wallet;

pub use date::Date;
pub use entity::{Entity, EntityError, EntityId, Properties};
pub use identifier::{Identifier, IdentifierKind};
pub use schema::{Property, PropertyType, Schema};

/// What stands for the way names, countries and schemata are read. What was derived from entities, such as an index, holds
/// for one way of reading only.
#[must_use]
pub fn reading() -> u64 {
    static READING: std::sync::LazyLock<u64> =
        std::sync::LazyLock::new(|| schema::reading(country::reading(mihenk_names::reading())));
    *READING
}
