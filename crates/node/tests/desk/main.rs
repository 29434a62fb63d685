//! Acts of people at a desk: each rule with a test that tries to break it.

#![allow(clippy::unwrap_used, reason = "a test that panics has failed, in its helpers too")]

mod office;
mod people;
mod retention;
