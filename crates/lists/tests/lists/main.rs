//! The crate from outside: files in, readings out.
//!
//! One module a source, one for files that are not lists or do not belong together, one for damaged files, one for the
//! real lists where they are at hand. Samples are in `testdata/lists`; what each shows is in its README.

mod complete;
mod damage;
mod files;
mod ftm;
mod ofac;
mod own;
mod real;
mod samples;
mod un;
