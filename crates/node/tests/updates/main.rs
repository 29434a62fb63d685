//! Lists are kept up to date, whatever the servers do.
//!
//! A server on the loopback interface gives lists, errors, half lists and pages; a folder is looked at byte by byte before and
//! after. Time passes only when a test says so.

#![allow(clippy::unwrap_used, reason = "a test that panics has failed, in its helpers too")]

mod catalogue;
#[path = "../../../lists/tests/lists/clock.rs"]
mod clock;
mod failures;
mod manifest;
mod removals;
#[path = "../../../lists/tests/lists/server.rs"]
mod server;
mod spoiled;
mod versions;
mod watching;
mod world;
