//! Why an act was refused, in words for the person who must act.
//!
//! In come the store's errors and the rules' refusals, out comes one type that names what was asked and what would be right.

use mihenk_store::StoreError;

use mihenk_said::Said;

/// Why an act was refused.
#[derive(Debug, thiserror::Error)]
pub enum LedgerError {
    /// The store could not do it.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A rule speaks against it: which, and what would be right.
    #[error("{0}")]
    Refused(Said),
    /// There is no such thing, or whoever asks may not know of it.
    #[error("there is no {what} {id}")]
    Unknown {
        /// Of what kind: `alert`, `case`.
        what: &'static str,
        /// As it was asked for.
        id: String,
    },
    /// Somebody else changed it since it was looked at.
    #[error("{id} was changed since you looked at it (revision {seen}, now {now}): {what}; look at it again")]
    Changed {
        /// What was changed.
        id: String,
        /// The revision that was looked at.
        seen: i64,
        /// The revision now.
        now: i64,
        /// What was done meanwhile, by whom.
        what: String,
        /// The kinds of what was done, such as `alert.cleared`.
        kinds: Vec<String>,
    },
    /// An event cannot be understood; the store was written by another program or is damaged.
    #[error("event {seq} ({kind}) cannot be understood: {why}")]
    Event {
        /// Its place in the chain.
        seq: i64,
        /// Its kind.
        kind: String,
        /// What does not fit.
        why: String,
    },
}

impl LedgerError {
    /// A rule speaks against it that is not in the table ([`crate::refusals`]).
    pub fn refused(why: impl Into<String>) -> LedgerError {
        LedgerError::Refused(Said::words(why))
    }

    /// There is no such thing.
    #[allow(clippy::needless_pass_by_value)] // ids are given as they are: a reference, a number, a text
    pub fn unknown(what: &'static str, id: impl std::fmt::Display) -> LedgerError {
        LedgerError::Unknown { what, id: id.to_string() }
    }
}
