//! The language of a letter.
//!
//! In comes what whoever drafts it chose, `en`, `tr` or `fa`; out comes what the page of the letter has to say of itself. English is chosen where nobody chooses.

use std::{fmt, str::FromStr};

use crate::error::LedgerError;

/// A language in which letters can be written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// Turkish.
    Turkish,
    /// Persian.
    Persian,
}

impl Language {
    /// All of them.
    pub const ALL: [Language; 3] = [Language::English, Language::Turkish, Language::Persian];

    /// Its code (BCP 47).
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Language::English => "en",
            Language::Turkish => "tr",
            Language::Persian => "fa",
        }
    }

    /// The direction that it is written in, as HTML has it.
    #[must_use]
    pub fn direction(self) -> &'static str {
        if self == Language::Persian { "rtl" } else { "ltr" }
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Language {
    type Err = LedgerError;

    fn from_str(text: &str) -> Result<Language, LedgerError> {
        let found = Language::ALL.into_iter().find(|language| language.as_str() == text.trim());
        found.ok_or_else(|| {
            LedgerError::refused(format!("{text:?} is no language of letters; right would be en, tr or fa"))
        })
    }
}
