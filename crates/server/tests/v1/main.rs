//! `/api/v1`, route by route, as each role.
//!
//! Expected values follow from the list and the customers in `world`, whose people are invented, and from the rules that the crates below test.

#![allow(clippy::unwrap_used, reason = "a test that panics has failed, in its helpers too")]

mod world;

mod described;
mod events;
mod people;
mod problems;
mod screening;
mod webhooks;
mod work;
