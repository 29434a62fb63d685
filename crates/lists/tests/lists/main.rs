//! The crate from outside: files in, readings out.
//!
//! One module a source, one for files that are not lists or do not belong together, one for damaged files, one for the
//! real lists where they are at hand. Samples are in `testdata/lists`; what each shows is in its README.

mod complete;
mod damage;
mod files;
mod forms;
mod ftm;
mod nothing_lost;
mod ofac;
mod ofac_advanced;
mod ofac_xml;

mod real;
mod samples;
mod un;
