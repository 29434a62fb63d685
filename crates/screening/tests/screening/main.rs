//! Screening from outside: what its public API promises, tried on a list and on names made here.
//!
//! Each module is one promise: [`lossless`] nothing that could reach the cutoff is lost, [`laws`] what evidence must obey,
//! [`someone_else`] who is not meant, [`identifiers`] numbers, [`files`] the index and the model on disk, [`base_rate`] the
//! probability, [`hostile`] any text at all, [`running_text`] and [`heads`] prose. [`given`] is what they are tried on.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking, in its helpers too")]

mod base_rate;
mod files;
mod given;
mod heads;
mod hostile;
mod identifiers;
mod incremental;
mod laws;
mod lossless;
mod running_text;
mod someone_else;
