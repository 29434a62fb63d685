//! Who may come in: sessions, keys, limits, and what each role is answered.
//!
//! A server over a small list with people in it, mostly without a socket.

#![allow(clippy::unwrap_used, reason = "a test that panics has failed, in its helpers too")]

mod house;

mod first_start;
mod gate;
mod limits;
mod needs_node;
mod roles;
mod sealing;
mod secure;
mod sessions;
mod slow;
mod unread;
