//! The program as a user has it: every test runs the binary, in a folder of its own.
//!
//! What comes out is compared with what issue 3 promises: exit codes, which stream, the forms that scripts rely on. What
//! people read is kept as snapshots (`reading`), with the figures of the model masked, since another model changes them.

#![allow(clippy::unwrap_used, reason = "a test that panics has failed, in its helpers too")]

mod alerts;
mod bad_input;
mod batch;
mod customers;
mod freezes;
mod house;
mod lists;
mod merge;
mod networks;
mod office;
mod own;
mod reading;
mod redress;
mod resume;
mod scan;
mod screen;
mod serve;
#[path = "../../../lists/tests/lists/server.rs"]
mod server;
mod tables;
mod tipping_off;
mod upkeep;
mod world;
