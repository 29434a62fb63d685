//! Who acts, when, and why.
//!
//! [`Who`] comes into every act: the user or the part of the software, and the time, as the caller's clock says. A
//! [`Reason`] is text that is never empty.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{error::LedgerError, people::KeyId, refusals};

/// The longest reason or comment that is kept, in bytes.
const REASON_BYTES: usize = 16 * 1024;

/// Who acts, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Who {
    /// The id of a user, or the name of a part of the software: `clock`, `screening`, `first-start`.
    pub actor: String,
    /// Milliseconds since 1970 (UTC).
    pub at: i64,
    /// With which key of the API, if they came by one.
    pub key: Option<KeyId>,
}

impl Who {
    /// Somebody in person, or a part of the software.
    #[must_use]
    pub fn new(actor: impl Into<String>, at: i64) -> Who {
        Who { actor: actor.into(), at, key: None }
    }
}

/// Why somebody did something, in their words: never empty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Reason(String);

impl Reason {
    /// A reason without the blanks around it.
    ///
    /// # Errors
    /// When nothing is left, or it is longer than 16 KiB.
    pub fn new(text: &str) -> Result<Reason, LedgerError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(refusals::reason_needed());
        }
        if text.len() > REASON_BYTES {
            return Err(refusals::reason_too_long());
        }
        Ok(Reason(text.to_owned()))
    }

    /// As text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Reason {
    type Error = LedgerError;

    fn try_from(text: String) -> Result<Reason, LedgerError> {
        Reason::new(&text)
    }
}

impl From<Reason> for String {
    fn from(reason: Reason) -> String {
        reason.0
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
