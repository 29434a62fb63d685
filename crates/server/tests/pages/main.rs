//! The pages: as requests without a socket, and as people see them in a real browser.
//!
//! Everybody on the list and among the customers is invented.

#![allow(clippy::unwrap_used, reason = "a test that panics has failed, in its helpers too")]

mod audit;
mod facts;
mod forms;
mod house;
mod keys;
mod lists;
mod needs_chromium;
mod people;
mod reports;
mod restrained;
mod roles;
mod settings;
