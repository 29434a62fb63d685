//! Reports to authorities: what is done for them outside the ledger.
//!
//! [`schema`] holds a report against a schema that the user has.

pub mod schema;
