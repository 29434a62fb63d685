//! The crate from outside: files in, readings out.
//!
//! One module a source, one for files that are not lists or do not belong together, one for damaged files, one for the
//! real lists where they are at hand. Samples are in `testdata/lists`; what each shows is in its README.

#![allow(clippy::unwrap_used, reason = "a test that panics has failed, in its helpers too")]

mod clock;
mod complete;
mod damage;
mod download;
mod files;
mod ftm;
mod ofac;
mod page;
mod real;
mod samples;
mod secure;
mod server;
mod un;
