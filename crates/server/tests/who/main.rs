//! Who may come in: sessions, keys, limits, and what each role is answered.
//!
//! A server over a small list with people in it, without a socket; what needs one has its own tests with the program.

#![allow(clippy::unwrap_used, reason = "a test that panics has failed, in its helpers too")]

mod house;

mod sessions;
