//! Why a table could not be read at all.
//!
//! An [`Error`] names the file, what was found and what would be right. What is wrong with one row of many is no error: it
//! stands with that row.

use std::io;

use mihenk_said::Said;

use crate::sayings;

/// Why no rows come out, or no more of them.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The system could not open or read it.
    #[error("{file}: {source}")]
    Io {
        /// The file.
        file: String,
        /// What the system said.
        source: io::Error,
    },
    /// It is no table that can be read, or not as it was asked for.
    #[error("{file}: {what}")]
    Form {
        /// The file.
        file: String,
        /// What was found and what would be right.
        what: Said,
    },
}

impl Error {
    /// For `map_err`: an error of the system with a file.
    pub(crate) fn io(file: &str) -> impl FnOnce(io::Error) -> Error {
        let file = file.to_owned();
        move |source| Error::Io { file, source }
    }

    /// A file of the wrong form.
    pub(crate) fn form(file: &str, what: Said) -> Error {
        Error::Form { file: file.to_owned(), what }
    }

    /// The same with its name and its facts.
    #[must_use]
    pub fn said(&self) -> Said {
        match self {
            Error::Io { file, source } => sayings::in_file(file, Said::from(source)),
            Error::Form { file, what } => sayings::in_file(file, what),
        }
    }
}
