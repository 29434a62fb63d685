//! Why an act was refused, in words for the person who must act.

use mihenk_store::StoreError;

/// Why an act was refused.
#[derive(Debug, thiserror::Error)]
pub enum LedgerError {
    /// The store could not do it.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A rule speaks against it: which, and what would be right.
    #[error("{0}")]
    Refused(String),
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
    /// A rule speaks against it.
    pub fn refused(why: impl Into<String>) -> LedgerError {
        LedgerError::Refused(why.into())
    }

    /// There is no such thing.
    pub fn unknown(what: &'static str, id: impl ToString) -> LedgerError {
        LedgerError::Unknown { what, id: id.to_string() }
    }
}
