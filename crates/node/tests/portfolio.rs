//! Portfolios of customers: what a file of them becomes, and that watching them finds what looking at everybody would.
//!
//! Lists and customers are invented. The lists change in ways drawn at random (somebody is added, changed, removed, comes back), and
//! so do the customers; after each change the short way and the whole one must have found the same.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking, in its helpers too")]

#[path = "portfolio/changes.rs"]
mod changes;
#[path = "portfolio/files.rs"]
mod files;
#[path = "portfolio/imports.rs"]
mod imports;
#[path = "portfolio/needs_postgresql.rs"]
mod needs_postgresql;
#[path = "portfolio/world.rs"]
mod world;
