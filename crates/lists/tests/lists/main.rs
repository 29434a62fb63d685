//! The crate from outside: files in, readings out.
//!
//! One module a source, one for what no sample may lose, one for files that are not lists or do not belong together, two for damaged files, one for the
//! real lists where they are at hand. Samples are in `testdata/lists`; what each shows is in its README.

mod au;
mod ca;
mod ch;
mod complete;
mod damage;
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
mod real;
mod samples;
mod shaken;
mod tr;
mod uk;
mod un;
mod workbooks;
