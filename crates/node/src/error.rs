//! Why an act could not be done, in words for the person who must act.
//!
//! In come the errors of the system and of the crates below, out comes a [`NodeError`] that names the file or folder, what
//! was found, and what would be right. What is wrong with one record of many is no error: it is that record's answer.

use std::{io, path::PathBuf};

use mihenk_lists::Error as ListError;
use mihenk_said::Said;
use mihenk_screening::{index::file::IndexError, model::file::ModelError};

use crate::sayings;

/// Why an act could not be done.
#[derive(Debug, thiserror::Error)]
pub enum NodeError {
    /// A file could not be read or written.
    #[error("{path}: {source}")]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A list could not be read.
    #[error(transparent)]
    List(#[from] ListError),
    /// A table could not be read.
    #[error(transparent)]
    Table(#[from] mihenk_tables::Error),
    /// The index cannot be used and could not be built anew.
    #[error(transparent)]
    Index(#[from] IndexError),
    /// There is no index yet.
    #[error("there was none for these lists, this model and this program")]
    NoIndex,
    /// A model file cannot be used.
    #[error("{path}: {source}")]
    Model {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        source: ModelError,
    },
    /// No list was loaded yet.
    #[error(
        "no lists are loaded in {0}; fetch some with 'mihenk lists update NAME…', load files with 'mihenk lists add FILE…', or try 'mihenk demo'"
    )]
    NoLists(PathBuf),
    /// The data folder holds something that Mihenk did not write.
    #[error("{path} is damaged: {what}; load the lists again with 'mihenk lists add FILE…'")]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What does not fit.
        what: String,
    },
    /// Another process is changing the data folder.
    #[error("{0} is being changed by another process; try again when it has ended")]
    Busy(PathBuf),
    /// The answers cannot be written.
    #[error("the output cannot be written: {source}")]
    Output {
        /// What the system said.
        source: io::Error,
    },
    /// The store cannot be opened, read or written.
    #[error(transparent)]
    Store(#[from] mihenk_store::StoreError),
    /// A rule of the ledger speaks against it.
    #[error(transparent)]
    Ledger(#[from] mihenk_ledger::LedgerError),
    /// Nobody is signed in, or not any more.
    #[error("nobody is signed in, or not any more; sign in with 'mihenk login NAME'")]
    NotSignedIn,
    /// Nobody has this name, or it is not their password; which of both is not told.
    #[error("name or password is wrong")]
    WrongPassword,
    /// A one-time code is wrong.
    #[error("the code is wrong, or was used already; wait for the next one")]
    WrongCode,
    /// A key cannot do it: a person who has signed in has to.
    #[error("a key cannot do this; sign in yourself")]
    NotByKey,
    /// A key is for something else.
    #[error("this key may not do this; it is for {scopes}")]
    NotInScope {
        /// What it is for.
        scopes: String,
    },
    /// A role needs a second factor, and there is none yet.
    #[error("your role needs one-time codes: add a device first, with 'mihenk user code enrol'")]
    SecondFactorDue,
    /// A first password has to be exchanged before anything else is done.
    #[error("choose a password of your own first: 'mihenk user password'")]
    PasswordDue,
    /// The role does not allow it.
    #[error("{name} may not do this; it takes the role {roles}")]
    NotAllowed {
        /// Who asked.
        name: String,
        /// Which roles may.
        roles: String,
    },
    /// Something that cannot be done as it was asked.
    #[error("{0}")]
    Act(String),
    /// Input that cannot be understood at all.
    #[error("{file}: {what}")]
    Input {
        /// The file, or what stands for it.
        file: String,
        /// What was found and what would be right.
        what: String,
    },
    /// The same, by its name.
    #[error("{file}: {what}")]
    Unreadable {
        /// The file, or what stands for it.
        file: String,
        /// What was found and what would be right.
        what: Said,
    },
    /// Something that cannot be done as it was asked, by its name.
    #[error("{0}")]
    Refused(Said),
}

impl NodeError {
    /// The same as something said: with its name and its facts where it has them, else in its words.
    #[must_use]
    pub fn said(&self) -> Said {
        match self {
            NodeError::List(error) => error.said(),
            NodeError::Table(error) => error.said(),
            NodeError::Ledger(error) => sayings::of_ledger(error),
            NodeError::Input { file, what } => mihenk_tables::sayings::in_file(file, what),
            NodeError::Unreadable { file, what } => mihenk_tables::sayings::in_file(file, what),
            NodeError::Refused(said) => said.clone(),
            NodeError::Io { path, source } => {
                mihenk_tables::sayings::in_file(path.display().to_string(), Said::from(source))
            }
            other => Said::words(other.to_string()),
        }
    }

    /// For `map_err`: an error of the system at a path.
    pub(crate) fn io(path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> NodeError {
        let path = path.into();
        move |source| NodeError::Io { path, source }
    }
}
