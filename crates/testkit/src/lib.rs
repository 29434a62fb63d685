//! For tests only: what several crates need to be tried against, and nothing that a user ever runs.
//!
//! [`postgresql`] starts a PostgreSQL of one's own from the system's programs. The program `append_under_load` of this package
//! writes to a store until it is killed; the tests here kill it. [`chromium`] is a browser, [`axe`] finds what keeps people out of a page,
//! [`authenticator`] has a person's one-time codes, and [`fetched`] keeps what is taken from a package registry.

#![forbid(unsafe_code)]

pub mod authenticator;
pub mod axe;
pub mod chromium;
mod fetched;
pub mod load;
pub mod postgresql;

pub use fetched::fetched;
