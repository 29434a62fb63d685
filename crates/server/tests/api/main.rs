//! The contract of the API, route by route.
//!
//! Expected values are those of yente's contract, or follow from the list below, whose people are invented.

#![allow(clippy::unwrap_used, reason = "a test that panics has failed, in its helpers too")]

mod world;

mod catalog;
mod entities;
mod matching;
mod reconcile;
mod search;
mod seen;
mod statements;
mod transport;
