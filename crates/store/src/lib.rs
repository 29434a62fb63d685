//! Events, their chain, transactions and migrations, on SQLite and PostgreSQL.
//!
//! One append-only table of events is what happened; other tables say what follows from it and are written in the same
//! transaction. This crate knows neither what an event means nor who may do what. In come statements and events, out come
//! rows, and proof that no event was changed. Statements are the same text on both databases.
//!
//! [`place`] says where a store is, [`store`] opens it and runs acts, [`event`] says what is hashed, [`migrate`] makes
//! tables, [`value`] is what goes into statements and comes out of them. [`verify`] walks the chain, [`export`] writes a
//! range of it that can be checked without the store, [`erase`] takes the content of events away for good, [`backup`] and
//! [`restore`] copy a store and put a copy back.

#![forbid(unsafe_code)]

pub mod backup;
mod connection;
pub mod erase;
mod error;
pub mod event;
pub mod events;
pub mod export;
pub mod hex;
pub mod migrate;
pub mod place;
pub mod restore;
pub mod sayings;
pub mod store;
pub mod value;
pub mod verify;
mod writer;

pub use error::StoreError;
pub use event::{Content, Event, NewEvent};
pub use migrate::Migrations;
pub use place::Place;
pub use store::{Act, Head, Query, Reading, Store};
pub use value::{Row, Value};
