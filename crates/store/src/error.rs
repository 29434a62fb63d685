//! Why something could not be stored or read, in words for the person who must act.
//!
//! In come the errors of the two databases, out comes a [`StoreError`] that names the store, what was found, and what would
//! be right. Passwords in an address are never part of it.

use std::path::PathBuf;

/// Why something could not be stored or read.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The store cannot be opened.
    #[error("the store {store} cannot be opened: {why}")]
    Open {
        /// The store, without a password.
        store: String,
        /// What the database said.
        why: String,
    },
    /// An address that means no store.
    #[error("{found:?} is no address of a store; right would be a path, or postgres://USER@HOST:PORT/DATABASE")]
    Address {
        /// What was given, without a password.
        found: String,
    },
    /// Text that means no place in the chain.
    #[error("{found:?} is no head of a chain; right would be SEQ:HASH, as 'mihenk audit head' shows it")]
    NoHead {
        /// What was given.
        found: String,
    },
    /// The program was built without this database.
    #[error("this program was built without {0}; use a store in a file, or build it with the feature of that name")]
    NotBuilt(&'static str),
    /// A newer program wrote the store.
    #[error(
        "the store {store} was written by a newer program ({part} version {found}, this one knows {known}); use that program, or restore a backup"
    )]
    Newer {
        /// The store.
        store: String,
        /// Whose tables.
        part: String,
        /// The version in the store.
        found: i64,
        /// The newest version known.
        known: i64,
    },
    /// A migration is not the one that was applied.
    #[error(
        "the store {store} was made by another program: migration {version} of {part} has another text than this one's"
    )]
    OtherMigration {
        /// The store.
        store: String,
        /// Whose tables.
        part: String,
        /// The migration.
        version: i64,
    },
    /// A statement was refused by the database.
    #[error("the database refused a statement: {0}")]
    Statement(String),
    /// The commit failed: nothing of it is stored.
    #[error("the store could not commit, nothing was stored: {0}")]
    Commit(String),
    /// The connection broke while the commit was under way, and the store cannot be asked what became of it.
    #[error(
        "the connection to the store broke during the commit, so it is unknown whether this was stored; look at it again before you repeat it: {0}"
    )]
    CommitUnknown(String),
    /// Somebody else has been writing for too long.
    #[error(
        "another program has been writing to the store for more than {seconds} s; nothing was stored, try again when it is done ({why})"
    )]
    Busy {
        /// How long was waited.
        seconds: u64,
        /// What the database said.
        why: String,
    },
    /// An erasure that cannot be made; nothing was erased.
    #[error("nothing was erased: {0}")]
    Erasure(String),
    /// A range that cannot be exported.
    #[error("nothing was exported: {0}")]
    Export(String),
    /// A backup that cannot be made, used or changed.
    #[error("the backup {path}: {why}")]
    Backup {
        /// The backup.
        path: PathBuf,
        /// What is wrong with it, and what would be right.
        why: String,
    },
    /// A restore that was refused; the store is as it was.
    #[error("{from} was not restored into {store}, which is as it was: {why}")]
    Restore {
        /// The backup.
        from: PathBuf,
        /// The store, without a password.
        store: String,
        /// Why not, and what would be right.
        why: String,
    },
    /// A cell holds something else than it must.
    #[error("the store is damaged: column {column} of a row holds {found} where {wanted} must be")]
    Cell {
        /// Place in the row, from 0.
        column: usize,
        /// What must be there.
        wanted: &'static str,
        /// What is.
        found: &'static str,
    },
    /// The system gave no random bytes.
    #[error("the system gives no random bytes: {0}")]
    Random(String),
    /// A file could not be read or written.
    #[error("{path}: {source}")]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
}

/// How long one writer waits for another.
pub(crate) const SECONDS_FOR_OTHERS: u64 = 30;

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> StoreError {
        use rusqlite::ErrorCode::{DatabaseBusy, DatabaseLocked};
        let why = error.to_string();
        match error.sqlite_error_code() {
            Some(DatabaseBusy | DatabaseLocked) => StoreError::Busy { seconds: SECONDS_FOR_OTHERS, why },
            _ => StoreError::Statement(why),
        }
    }
}

impl StoreError {
    /// For `map_err`: what happened to a file.
    pub(crate) fn io(path: &std::path::Path) -> impl Fn(std::io::Error) -> StoreError {
        move |source| StoreError::Io { path: path.to_owned(), source }
    }
}
