//! Who is blocked because of whom: the published examples, structures worked out by hand, and random graphs against a solver that is slow and obvious.
//!
//! `plan` reads the small language in which structures are written, `slow` is the other solver, `words` builds networks from entities.

#![allow(clippy::unwrap_used, reason = "a test that panics has failed, in its helpers too")]

mod examples;
mod plan;
mod random;
mod slow;
mod structures;
mod words;
