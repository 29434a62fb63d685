//! What the program says, in the language of the page: a name of one of its tables looked up, with the facts put in.
//!
//! In comes a [`Said`] or its [`Meaning`] with the table that it is of, out comes a [`Sentence`]. Words that have no name (those of old events, and of a program that knows more) stay in
//! English and are marked as English.

use std::fmt;

use askama::filters::{Escaper, Html, HtmlSafe};
use mihenk_node::said::{Meaning, Said};

use crate::{
    countries,
    foreign::{cleaned, cleaned_running},
    share,
    words::{Given, Words},
};

/// A sentence as a page shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// What it says.
    pub text: String,
    /// Whether it is English, whatever the language of the page is.
    pub is_english: bool,
}

impl Sentence {
    /// In the language of the page.
    #[must_use]
    pub fn of_page(text: String) -> Sentence {
        Sentence { text, is_english: false }
    }

    /// What the program says, in English.
    #[must_use]
    pub fn english(text: &str) -> Sentence {
        Sentence { text: cleaned_running(text), is_english: true }
    }

    /// What is said, by the table that it is of.
    #[must_use]
    pub fn of(words: &Words, table: &str, said: &Said) -> Sentence {
        let known = said.meaning().and_then(|meaning| meant(words, table, &meaning));
        known.map_or_else(|| Sentence::english(said.as_str()), Sentence::of_page)
    }
}

impl fmt::Display for Sentence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.is_english {
            return Html.write_escaped_str(f, &self.text);
        }
        f.write_str("<span lang=\"en\" dir=\"ltr\">")?;
        Html.write_escaped_str(&mut *f, &self.text)?;
        f.write_str("</span>")
    }
}

impl HtmlSafe for Sentence {}

/// The sentence of a table for a name, with its facts; none where the page has none.
pub(crate) fn meant(words: &Words, table: &str, meaning: &Meaning) -> Option<String> {
    let key = key_of(table, &meaning.name);
    words.known(&key)?;
    let is_country = meaning.facts.get("property").is_some_and(|property| countries::holds(property));
    let said = |name: &str, text: &str| match name {
        "value" if is_country => cleaned(&words.countries_of(text)).0.into(),
        _ => fact(words, name, text),
    };
    let facts: Vec<(&str, Given<'_>)> =
        meaning.facts.iter().map(|(name, text)| (name.as_ref(), said(name, text))).collect();
    Some(words.with(&key, &facts))
}

/// The key of a sentence.
pub(crate) fn key_of(table: &str, name: &str) -> String {
    format!("{table}-{}", name.replace('_', "-"))
}

/// Facts whose text is a word of a kind: which fact, which kind of word.
const KINDS: [(&str, &str); 15] = [
    ("alert_state", "state"),
    ("alert_kind", "kind"),
    ("alert_kind_before", "kind"),
    ("freeze_state", "freeze"),
    ("exemption_state", "exemption"),
    ("webhook_state", "webhook-is"),
    ("letter_state", "letter-is"),
    ("report_state", "report-state"),
    ("redress_state", "redress"),
    ("asset_kind", "asset"),
    ("role", "role"),
    ("found", "found"),
    ("property", "property"),
    ("topic", "topic"),
    ("threshold", "threshold"),
];

/// Facts that are shown as they are, even where they look like numbers or days.
const AS_IT_IS: [&str; 9] =
    ["reference", "text", "text_before", "character", "code", "known", "rest", "listing", "attribute"];

/// A fact as the page says it: states and kinds by their words, days in the calendar of the language, numbers in its numerals.
pub(crate) fn fact<'a>(words: &Words, name: &str, text: &str) -> Given<'a> {
    if let Some((_, kind)) = KINDS.iter().find(|(known, _)| *known == name) {
        return words.of_kind(kind, text).into();
    }
    if AS_IT_IS.contains(&name) {
        return cleaned(text).0.into();
    }
    let several = |between: &str, key: &str| text.split(between).collect::<Vec<_>>().join(&words.say(key));
    match name {
        "roles" => roles(words, text).into(),
        "field" => {
            let slug = text.replace('\'', "").replace(' ', "-");
            words.known(&format!("field-{slug}")).unwrap_or_else(|| text.to_owned()).into()
        }
        "any_of" => several(" or ", "finding-or").into(),
        "all_of" => several(" and ", "finding-and").into(),
        "share" => share::of_fact(words, text).into(),
        "bits" | "bits_before" => words.bits(text.parse::<i64>().unwrap_or(0)).into(),
        "person" | "holder" if text == "somebody unknown" => words.say("owned-somebody").into(),
        "low" | "high" | "before" | "now" => {
            text.parse::<i64>().map_or_else(|_| cleaned(text).0, |number| words.number(number)).into()
        }
        // What a list or a customer has there may be a number that is no quantity.
        "value" => words.moment(&cleaned(text).0).into(),
        _ => match text.parse::<i64>() {
            Ok(number) if text.len() < 10 => number.into(),
            _ => words.moment(&cleaned(text).0).into(),
        },
    }
}

/// The roles of which one is needed.
pub(crate) fn roles(words: &Words, written: &str) -> String {
    written.split(" or ").map(|role| words.of_kind("role", role)).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use mihenk_node::ledger::{alerts, ownership::share::Between, refusals, reports::goaml};
    use mihenk_node::said::Saying;

    use super::*;
    use crate::words::Language;

    /// Each table, by what its keys begin with.
    const TABLES: [(&str, &[Saying]); 4] = [
        ("refused", refusals::ALL),
        ("goaml", goaml::sayings::ALL),
        ("unlike", alerts::sayings::ALL),
        ("owned", mihenk_node::ownership::sayings::ALL),
    ];
    /// What is no sentence of a table: words that facts become.
    const BESIDES: [&str; 1] = ["owned-somebody"];

    #[test]
    fn every_sentence_of_a_table_is_there_in_each_language_and_its_facts_fill_it() {
        for (table, saying) in TABLES.iter().flat_map(|(table, all)| all.iter().map(move |one| (table, one))) {
            let facts: Vec<(&str, Given<'_>)> = saying.facts.iter().map(|name| (*name, "X-1".into())).collect();
            for language in Language::ALL {
                let sentence = Words::of(language).checked(&key_of(table, saying.name), &facts);
                assert!(sentence.is_ok(), "{language:?} {table} {}: {sentence:?}", saying.name);
            }
        }
    }

    #[test]
    fn findings_and_reasons_say_each_fact_in_each_language() {
        for (table, saying) in TABLES[1..].iter().flat_map(|(table, all)| all.iter().map(move |one| (table, one))) {
            let facts: Vec<(&str, Given<'_>)> =
                saying.facts.iter().map(|name| (*name, format!("<{name}>").into())).collect();
            for language in Language::ALL {
                let sentence = Words::of(language).checked(&key_of(table, saying.name), &facts).unwrap();
                for name in saying.facts {
                    assert!(sentence.contains(&format!("<{name}>")), "{language:?} {table} {}: no {name}", saying.name);
                }
            }
        }
    }

    #[test]
    fn no_sentence_is_there_that_no_table_says() {
        let known: BTreeSet<String> = TABLES
            .iter()
            .flat_map(|(table, all)| all.iter().map(move |one| key_of(table, one.name)))
            .chain(BESIDES.map(str::to_owned))
            .collect();
        let is_of_table = |line: &&str| TABLES.iter().any(|(table, _)| line.starts_with(&format!("{table}-")));
        for line in Language::English.source().lines().filter(is_of_table) {
            let key = line.split(" =").next().unwrap_or_default();
            assert!(known.contains(key), "no table says {key}");
        }
    }

    /// Without the marks that isolate.
    fn plain(text: &str) -> String {
        text.chars().filter(|c| !matches!(c, '\u{2066}'..='\u{2069}')).collect()
    }

    fn said(language: Language, table: &str, said: &Said) -> String {
        let sentence = Sentence::of(Words::of(language), table, said);
        assert!(!sentence.is_english, "{said}");
        plain(&sentence.text)
    }

    #[test]
    fn what_stands_in_a_report_or_a_list_stays_as_it_is_and_quantities_are_written_as_the_language_does() {
        let turkish = |one: &Said| said(Language::Turkish, "goaml", one);
        assert!(turkish(&goaml::sayings::text("1234567")).contains("1234567"));
        assert!(turkish(&goaml::sayings::character("0001")).contains("U+0001"));
        assert!(turkish(&goaml::sayings::whole_number_between(1, 2_147_483_647)).contains("2.147.483.647"));
        assert!(
            turkish(&goaml::sayings::one_of("t_from or t_from_my_client")).contains("t_from ya da t_from_my_client")
        );
        let passport = alerts::sayings::customer_gained("passportNumber", "12345678");
        let persian = said(Language::Persian, "unlike", &passport);
        assert!(persian.contains("گذرنامه") && persian.contains("12345678"), "{persian}");
        let born = alerts::sayings::listing_lost("birthDate", "2026-11-26");
        assert!(said(Language::Persian, "unlike", &born).contains("۱۴۰۵/۰۹/۰۵"));
        let moved = alerts::sayings::listing_gained("nationality", "ir");
        assert!(said(Language::Turkish, "unlike", &moved).contains("İran"));
        let blocked = mihenk_node::ownership::sayings::shares_not(Between(0, 300_000_000), "half");
        assert!(said(Language::Turkish, "owned", &blocked).contains("en çok %30"));
    }

    #[test]
    fn words_without_a_name_stay_english_and_are_marked() {
        let words = Words::of(Language::Persian);
        let old = Sentence::of(words, "unlike", &Said::words("it is <found> again"));
        assert_eq!(old.to_string(), "<span lang=\"en\" dir=\"ltr\">it is &#60;found&#62; again</span>");
        let newer = Meaning { name: "of_tomorrow".into(), facts: Default::default() };
        assert_eq!(meant(words, "unlike", &newer), None);
    }
}
