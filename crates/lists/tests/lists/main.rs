//! The crate from outside: files in, readings out.
//!
//! One module a source, one for what no sample may lose, one for files that are not lists or do not belong together, two for damaged files, one for the
//! real lists where they are at hand. Samples are in `testdata/lists`; what each shows is in its README.

mod au;
mod complete;
mod damage;
mod eu;
mod files;
mod ftm;
mod lossless;
mod ofac;
mod own;
mod real;
mod samples;
mod shaken;
mod tr;
mod uk;
mod un;
mod workbooks;
