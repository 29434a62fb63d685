//! The languages that pages are written in.
//!
//! In comes a code, or what a browser prefers, out comes a [`Language`] with its name, its direction and the texts of its Fluent files in `words/`. Another language is one more file of each and one more
//! [`Language`].

/// A language that pages are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// English.
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
    pub fn code(self) -> &'static str {
        match self {
            Language::English => "en",
            Language::Turkish => "tr",
            Language::Persian => "fa",
        }
    }

    /// What its speakers call it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Language::English => "English",
            Language::Turkish => "Türkçe",
            Language::Persian => "فارسی",
        }
    }

    /// The direction that it is written in.
    #[must_use]
    pub fn direction(self) -> &'static str {
        if self == Language::Persian { "rtl" } else { "ltr" }
    }

    /// The language of a code.
    #[must_use]
    pub fn of_code(code: &str) -> Option<Language> {
        Language::ALL.into_iter().find(|language| language.code() == code)
    }

    /// The first language of an `Accept-Language` header (RFC 9110, 12.5.4) that there is; browsers write them in the order of preference.
    #[must_use]
    pub fn accepted(header: &str) -> Option<Language> {
        let codes = header.split(',').map(|part| part.split([';', '-']).next().unwrap_or("").trim());
        codes.into_iter().find_map(Language::of_code)
    }

    pub(crate) fn source(self) -> &'static str {
        macro_rules! files {
            ($code:literal) => {
                concat!(
                    include_str!(concat!("../words/", $code, ".ftl")),
                    "\n",
                    include_str!(concat!("../words/sentences.", $code, ".ftl")),
                    "\n",
                    include_str!(concat!("../words/findings.", $code, ".ftl")),
                    "\n",
                    include_str!(concat!("../words/told.", $code, ".ftl")),
                    "\n",
                    include_str!(concat!("../words/forms.", $code, ".ftl")),
                )
            };
        }
        match self {
            Language::English => files!("en"),
            Language::Turkish => files!("tr"),
            Language::Persian => files!("fa"),
        }
    }
}
