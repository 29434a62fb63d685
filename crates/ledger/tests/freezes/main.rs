//! What is restrained, by whom, and how it is let go: the rules that nobody can go round.
//!
//! Each test speaks to the ledger as the acts of the node do, with a clock of its own. After each the tables are made anew from the chain and held
//! against those that the acts wrote.

#![allow(clippy::unwrap_used, reason = "a test that panics has failed, in its helpers too")]

mod bad_input;
mod exemptions;
mod life;
mod needs_postgresql;
mod random;
mod register;
mod world;
