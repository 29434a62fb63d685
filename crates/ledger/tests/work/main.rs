//! Alerts, cases and redress through the public interface of the ledger.
//!
//! Each rule has a test that tries to break it; a refused act leaves no event; tables made anew from the chain are the same.

#![allow(clippy::unwrap_used, reason = "a test that panics has failed, in its helpers too")]

mod alerts;
mod cases;
mod needs_postgresql;
mod redress;
mod replies;
mod webhooks;
mod world;
