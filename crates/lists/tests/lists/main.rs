//! The crate from outside: files in, readings out.
//!
//! One module a source, one for what no sample may lose, one for files that are not lists or do not belong together, two for damaged files, one for the
//! real lists where they are at hand. Samples are in `testdata/lists`; what each shows is in its README.

#![allow(clippy::unwrap_used, reason = "a test that panics has failed, in its helpers too")]

mod au;
mod ca;
mod ch;
mod clock;
mod complete;
mod damage;
mod download;
mod eu;
mod files;
mod forms;
mod ftm;
mod lossless;
mod nothing_lost;
mod ofac;
mod ofac_advanced;
mod ofac_xml;
mod own;
mod page;
mod real;
mod samples;
mod secure;
mod server;
mod shaken;
mod tr;
mod uk;
mod un;
mod workbooks;
