//! Official sanctions lists in, FollowTheMoney entities out.
//!
//! In come files, or bytes that stand for files, in any order; [`read_files`] recognises each by its content, groups
//! those that belong together and gives a [`Reading`] for each list: its entities, what they were made from, and a
//! [`Finding`] for everything that could not be read or understood. A file of the wrong kind, or one that was cut, is
//! an [`Error`] and nothing is taken over. Reading knows no network and no clock: the same bytes give the same entities.
//! [`download`] fetches files and is the one place of the program that opens a connection to somewhere else;
//! [`differences`] compares two versions of a list, `delta` puts changes onto one.
//!
//! A list's way through the crate: `recognise` says what a file is, `sets` which files belong together, a file of
//! `sources` makes records into `listing`s, `relations` ties records that name one another.
//!
//! ```
//! use mihenk_lists::{Input, read_inputs};
//!
//! let line = r#"{"id": "Q1", "schema": "Person", "properties": {"name": ["Ali Example"]}}"#;
//! let readings = read_inputs(&[Input { name: "sample.json".to_owned(), bytes: format!("{line}\n").into_bytes() }])?;
//! assert_eq!(readings[0].entities[0].caption(), "Ali Example");
//! # Ok::<(), mihenk_lists::Error>(())
//! ```

#![forbid(unsafe_code)]

mod bookkeeping;
pub mod catalogue;
mod dates;
mod delimited;
mod delta;
pub mod differences;
mod document;
pub mod download;
mod error;
mod finding;
mod input;
mod lettered;
mod listing;
mod organisation;
pub mod own;
pub mod page;
mod reading;
mod recognise;
mod relations;
pub mod sayings;
mod seen;
mod sets;
mod source;
mod sources;
mod workbook;
mod xml;

use std::path::PathBuf;

pub use delta::patched;
pub use error::Error;
pub use finding::{Finding, Place, Severity};
pub use input::{Input, InputDigest};
pub use reading::Reading;
pub use seen::{Seen, moment};
pub use sets::Part;
pub use source::{Cadence, Layout, SOURCES, Source, SourceFile};

use crate::{
    relations::resolve,
    sets::{Plan, group},
    sources::{bods, ftm},
};

/// Reads list files: one [`Reading`] for each list, in the order of the files.
///
/// # Errors
/// [`Error`] names the file, what was found and what would be right. Nothing is read then, also of the other files.
pub fn read_files(paths: &[PathBuf]) -> Result<Vec<Reading>, Error> {
    let inputs: Vec<Input> = paths.iter().map(|path| Input::open(path)).collect::<Result<_, _>>()?;
    read_inputs(&inputs)
}

/// Reads lists from memory, as [`read_files`] does from disk.
///
/// # Errors
/// As [`read_files`].
pub fn read_inputs(inputs: &[Input]) -> Result<Vec<Reading>, Error> {
    if inputs.is_empty() {
        return Err(Error::NoInput);
    }
    let drafts = group(inputs)?.into_iter().map(|plan| match plan {
        Plan::Official(set) => (set.source.read)(&set),
        Plan::Ftm(input) => ftm::read(input),
        Plan::Simple(input) => own::read_simple(input),
        Plan::Bods(input) => bods::read(input),
    });
    Ok(resolve(drafts.collect::<Result<_, _>>()?))
}
