//! Why a command stopped, for the person who has to act.
//!
//! In comes what went wrong and, where there is one, the line to type next; out come the two lines on standard error and
//! the exit code. One type for the whole program: nobody takes a failure apart, somebody reads it.

use std::fmt;

/// What went wrong and what to do about it.
#[derive(Debug)]
pub(crate) struct Failure {
    what: String,
    hint: Option<String>,
    code: u8,
}

impl Failure {
    /// Something that was asked for did not work.
    pub(crate) fn new(what: impl Into<String>) -> Self {
        Self { what: what.into(), hint: None, code: 1 }
    }

    /// The command line is not understood; `usage` says what would be.
    pub(crate) fn usage(what: impl Into<String>, usage: &str) -> Self {
        Self { what: what.into(), hint: Some(usage.to_owned()), code: 2 }
    }

    /// Adds the line to type, or what to look at, next.
    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// The exit code of the program.
    pub(crate) fn code(&self) -> u8 {
        self.code
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "error: {}", self.what)?;
        match &self.hint {
            Some(usage) if self.code == 2 => write!(f, "\n\n{usage}"),
            Some(hint) => write!(f, "\nhint: {hint}"),
            None => Ok(()),
        }
    }
}
