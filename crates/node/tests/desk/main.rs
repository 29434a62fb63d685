//! Acts of people at a desk: each rule with a test that tries to break it.
//!
//! What the command line makes of them is tested with the program.

#![allow(clippy::unwrap_used, reason = "a test that panics has failed, in its helpers too")]

mod decisions;
mod delistings;
mod freezes;
mod intake;
mod keys;
mod needs_postgresql;
mod office;
mod page;
mod people;
mod redress;
mod reports;
mod retention;
mod second_factor;
