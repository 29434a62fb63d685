//! Why a list could not be read at all.
//!
//! An [`Error`] means that nothing of the call was taken over: a file is missing, of the wrong kind, or cut. Each
//! message names the file, the place, what was found and what would be right, for the person who has to get another
//! file. What went wrong with one record or one value inside a list that could be read is no error but a
//! [`crate::Finding`].

use std::path::PathBuf;

/// Why no list came out.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The file cannot be opened or read.
    #[error("{file}: cannot be read: {source}")]
    Read {
        /// The path as given.
        file: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The file is no table that can be read.
    #[error(transparent)]
    Table(#[from] mihenk_tables::Error),
    /// A map, or a table that does not fit its map.
    #[error("{file}: {what}")]
    Map {
        /// The file.
        file: String,
        /// What was found and what would be right.
        what: String,
    },
    /// Nothing was given to read.
    #[error("no file was given; name at least one list file")]
    NoInput,
    /// The file has no content.
    #[error("{file}: the file is empty; download it again")]
    Empty {
        /// The file.
        file: String,
    },
    /// The content is no list that is known here.
    #[error("{file}: no list but {found}; expected {expected}")]
    WrongKind {
        /// The file.
        file: String,
        /// What it is.
        found: String,
        /// What would be right.
        expected: &'static str,
    },
    /// The file ends before the list does.
    #[error(
        "{file}: the file is cut in the middle, at line {line} (byte {byte}): {found}; expected {expected}; \
         download it again"
    )]
    Cut {
        /// The file.
        file: String,
        /// The last line, from 1.
        line: u64,
        /// The length of the file.
        byte: u64,
        /// How it ends.
        found: String,
        /// How it should end.
        expected: String,
    },
    /// The file breaks the rules of its form in a way that makes the rest unreadable.
    #[error("{file}: line {line} (byte {byte}): {found}; expected {expected}")]
    Malformed {
        /// The file.
        file: String,
        /// The line, from 1.
        line: u64,
        /// The byte, from 0.
        byte: u64,
        /// What stands there.
        found: String,
        /// What should stand there.
        expected: String,
    },
    /// The form is right, but there is no record in it.
    #[error(
        "{file}: the list holds no record; a list without records is not taken for a complete one, download it again"
    )]
    NoRecords {
        /// The file.
        file: String,
    },
    /// A file that only adds to another one came without it.
    #[error("{file}: this is {part}, which only adds to {missing}; give {missing} in the same call")]
    MissingPrimary {
        /// The file.
        file: String,
        /// What it is.
        part: &'static str,
        /// What is missing.
        missing: &'static str,
    },
    /// Two files are the same part of the same list.
    #[error("{first} and {second} are both {part} of the same list; give one of them")]
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
