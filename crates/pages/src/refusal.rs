//! Why something is not done, in the language of the page.
//!
//! In come the code of the server's table and what the node said, out comes a sentence. A rule of the ledger has a sentence of its own, with its facts; what has words of the program alone
//! gets the sentence of its code, with these words beneath it in English.

use mihenk_node::{NodeError, ledger::LedgerError};

use crate::{
    foreign::cleaned,
    said::{meant, roles},
    told,
    words::Words,
};

/// Why something is not done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Why {
    /// In the language of the page.
    pub sentence: String,
    /// What the program says besides; in English.
    pub detail: Option<String>,
}

/// Codes whose sentence says all; what the program says besides is for programs.
const WHOLE: [&str; 17] = [
    "not-signed-in",
    "not-proved",
    "not-allowed",
    "not-by-key",
    "password-due",
    "second-factor-due",
    "foreign-page",
    "no-form-token",
    "no-such-route",
    "no-store",
    "no-issuer",
    "too-slow",
    "too-many",
    "broken",
    "not-ready",
    "busy",
    "takes-too-long",
];

impl Why {
    /// A code with what the program says besides.
    #[must_use]
    pub fn of_code(words: &Words, code: &str, detail: &str) -> Why {
        let is_whole = WHOLE.contains(&code) || detail.is_empty();
        Why { sentence: words.say(&format!("code-{code}")), detail: (!is_whole).then(|| detail.to_owned()) }
    }

    /// So many seconds have to pass first.
    #[must_use]
    pub fn too_many(words: &Words, seconds: u64) -> Why {
        let seconds = i64::try_from(seconds).unwrap_or(i64::MAX);
        Why { sentence: words.with("code-too-many", &[("seconds", seconds.into())]), detail: None }
    }

    /// What the node said, under its code.
    #[must_use]
    pub fn of(words: &Words, code: &str, error: &NodeError) -> Why {
        let whole = |sentence: String| Why { sentence, detail: None };
        match error {
            NodeError::NotAllowed { roles, .. } => {
                whole(words.with("code-not-allowed", &[("roles", self::roles(words, roles).into())]))
            }
            NodeError::WrongCode => whole(words.say("refused-code-wrong")),
            NodeError::Ledger(error) => {
                Why::of_ledger(words, error).unwrap_or_else(|| Why::of_code(words, code, &error.to_string()))
            }
            error => match told::sentence(words, &error.said()) {
                said if said.is_english => Why::of_code(words, code, &error.to_string()),
                said => whole(said.text),
            },
        }
    }

    fn of_ledger(words: &Words, error: &LedgerError) -> Option<Why> {
        let sentence = match error {
            LedgerError::Refused(refused) => meant(words, "refused", &refused.meaning()?)?,
            LedgerError::Unknown { what, id } => {
                let thing = words.of_kind("thing", what.replace(' ', "-"));
                words.with("code-no-such-thing", &[("thing", thing.into()), ("id", cleaned(id).0.into())])
            }
            LedgerError::Changed { id, kinds, .. } => {
                let done = kinds.iter().map(|kind| words.of_kind("event", kind)).collect::<Vec<_>>().join(", ");
                words.with("code-changed-meanwhile", &[("id", id.as_str().into()), ("done", done.into())])
            }
            _ => return None,
        };
        Some(Why { sentence, detail: None })
    }
}

#[cfg(test)]
mod tests {
    use mihenk_node::ledger::{Reason, day::Day};

    use super::*;
    use crate::{
        said::fact,
        words::{Given, Language},
    };

    #[test]
    fn a_rule_is_said_in_the_language_of_the_page_with_its_facts_and_without_english() {
        let error = NodeError::Ledger("2026-13-01".parse::<Day>().unwrap_err());
        let persian = Why::of(Words::of(Language::Persian), "refused", &error);
        assert!(persian.sentence.contains("روز نیست") && persian.detail.is_none(), "{persian:?}");
        let error = NodeError::Ledger(Reason::new(" ").unwrap_err());
        assert_eq!(Why::of(Words::of(Language::Turkish), "refused", &error).sentence, "Bir gerekçe gerekir.");
    }

    #[test]
    fn words_of_the_program_alone_stand_beneath_the_sentence_of_their_code() {
        let error = NodeError::Act("only one version was ever in use".to_owned());
        let why = Why::of(Words::of(Language::Turkish), "refused", &error);
        assert_eq!(why.detail.as_deref(), Some("only one version was ever in use"));
        assert!(why.sentence.starts_with("Kurumun bir kuralı"));
    }

    #[test]
    fn days_and_fields_are_those_of_the_language() {
        let words = Words::of(Language::Persian);
        let text = |given: Given<'_>| match given {
            Given::String(text) => text.into_owned(),
            other => format!("{other:?}"),
        };
        assert_eq!(text(fact(words, "day", "2026-11-26")), "۱۴۰۵/۰۹/۰۵");
        assert_eq!(text(fact(words, "on", "2026-11-26 09:30")), "۱۴۰۵/۰۹/۰۵ ۰۹:۳۰");
        assert_eq!(text(fact(words, "field", "an asset's holder")), "نگه‌دارندهٔ دارایی");
    }
}
