//! Why a list could not be read at all.
//!
//! An [`Error`] means that nothing of the call was taken over: a file is missing, of the wrong kind, or cut. Each
//! message names the file, the place, what was found and what would be right, for the person who has to get another
//! file. What went wrong with one record or one value inside a list that could be read is no error but a
//! [`crate::Finding`].

use std::path::PathBuf;

use mihenk_said::Said;

use crate::sayings;

/// Why no list came out.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.said())]
pub enum Error {
    /// The file cannot be opened or read.
    Read {
        /// The path as given.
        file: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The file is no table that can be read.
    Table(#[from] mihenk_tables::Error),
    /// A map, or a table that does not fit its map.
    Map {
        /// The file.
        file: String,
        /// What was found and what would be right.
        what: String,
    },
    /// Nothing was given to read.
    NoInput,
    /// The file has no content.
    Empty {
        /// The file.
        file: String,
    },
    /// The content is no list that is known here.
    WrongKind {
        /// The file.
        file: String,
        /// What it is.
        found: Said,
        /// What would be right.
        expected: Said,
    },
    /// The file ends before the list does.
    Cut {
        /// The file.
        file: String,
        /// The last line, from 1.
        line: u64,
        /// The length of the file.
        byte: u64,
        /// How it ends.
        found: Said,
        /// How it should end.
        expected: Said,
    },
    /// The file breaks the rules of its form in a way that makes the rest unreadable.
    Malformed {
        /// The file.
        file: String,
        /// The line, from 1.
        line: u64,
        /// The byte, from 0.
        byte: u64,
        /// What stands there.
        found: Said,
        /// What should stand there.
        expected: Said,
    },
    /// The form is right, but there is no record in it.
    NoRecords {
        /// The file.
        file: String,
    },
    /// A file that only adds to another one came without it.
    MissingPrimary {
        /// The file.
        file: String,
        /// What it is.
        part: &'static str,
        /// What is missing.
        missing: &'static str,
    },
    /// Two files are the same part of the same list.
    Twice {
        /// One file.
        first: String,
        /// The other.
        second: String,
        /// What both are.
        part: &'static str,
    },
}

impl Error {
    /// The same with its name and its facts.
    #[must_use]
    pub fn said(&self) -> Said {
        match self {
            Error::Read { file, source } => sayings::list_unreadable(file.display().to_string(), Said::from(source)),
            Error::Table(error) => error.said(),
            Error::Map { file, what } => mihenk_tables::sayings::in_file(file, what),
            Error::NoInput => sayings::no_file_given(),
            Error::Empty { file } => sayings::list_file_empty(file),
            Error::WrongKind { file, found, expected } => sayings::no_list_but(file, found, expected),
            Error::Cut { file, line, byte, found, expected } => sayings::list_cut(file, *line, *byte, found, expected),
            Error::Malformed { file, line, byte, found, expected } => {
                sayings::list_malformed(file, *line, *byte, found, expected)
            }
            Error::NoRecords { file } => sayings::list_without_records(file),
            Error::MissingPrimary { file, part, missing } => sayings::list_only_adds(file, *part, *missing),
            Error::Twice { first, second, part } => sayings::list_given_twice(first, second, *part),
        }
    }

    /// The file that the error is about, if it is about one.
    #[must_use]
    pub fn file(&self) -> Option<String> {
        match self {
            Error::NoInput => None,
            Error::Read { file, .. } => Some(file.display().to_string()),
            Error::Table(mihenk_tables::Error::Io { file, .. } | mihenk_tables::Error::Form { file, .. }) => {
                Some(file.clone())
            }
            Error::Twice { second: file, .. }
            | Error::Empty { file }
            | Error::WrongKind { file, .. }
            | Error::Cut { file, .. }
            | Error::Malformed { file, .. }
            | Error::NoRecords { file }
            | Error::Map { file, .. }
            | Error::MissingPrimary { file, .. } => Some(file.clone()),
        }
    }
}
