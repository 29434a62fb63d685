//! What the program says of rows, values and lists, in the language of the page.
//!
//! In comes something [`Said`], out comes its sentence in the language with the same facts, each isolated. What has no name, or a name that this version does not know, is shown in the
//! English words that it came with, marked as English.

use mihenk_node::{
    ledger::refusals,
    said::{Fact, Said},
};

use crate::{
    foreign::cleaned,
    said::{self, Sentence, key_of},
    words::{Given, Words},
};

/// Something said, in the language of the page.
pub(crate) fn sentence(words: &Words, said: &Said) -> Sentence {
    text(words, said).map_or_else(|| Sentence::english(said.as_str()), Sentence::of_page)
}

/// The sentence of a name; none where there are words alone.
fn text(words: &Words, said: &Said) -> Option<String> {
    let name = said.name()?;
    let is_rule = refusals::ALL.iter().any(|rule| rule.name == name);
    let given = |(name, one): (&str, &Fact)| match one {
        Fact::Said(said) => sentence(words, said).text.into(),
        Fact::Text(text) if is_rule => said::fact(words, name, text),
        Fact::Text(text) => fact(words, name, text),
    };
    let facts: Vec<(&str, Given<'_>)> = said.facts().map(|(name, one)| (name, given((name, one)))).collect();
    let key = key_of(if is_rule { "refused" } else { "told" }, name);
    words.filled(&key, &facts)
}

/// The place of a record: `line 7`, `row 7`.
pub(crate) fn place(words: &Words, text: &str) -> String {
    match text.split_once(' ') {
        Some((kind @ ("line" | "row"), number)) => {
            words.with(&format!("place-{kind}"), &[("n", words.digits(number).into())])
        }
        _ => text.to_owned(),
    }
}

/// A fact as the page says it. What stands in a file is shown as it stands there: the number of a customer has no sign for thousands.
fn fact<'a>(words: &Words, name: &str, text: &str) -> Given<'a> {
    const COUNTS: [&str; 17] = [
        "cells", "right", "most", "length", "at", "byte", "nth", "count", "page", "pages", "received", "promised",
        "seconds", "attempts", "packed", "out", "rows",
    ];
    match name {
        "schema_again" => words.of_kind("schema", cleaned(text).0).into(),
        "property" | "schema" => words.of_kind(name, cleaned(text).0).into(),
        "json" | "held" | "form" => {
            let parts = text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| !part.is_empty());
            let slug = parts.collect::<Vec<_>>().join("-").to_lowercase();
            words.known(&format!("{name}-{slug}")).unwrap_or_else(|| text.to_owned()).into()
        }
        "place" => place(words, text).into(),
        // The publisher's words; "or" is ours.
        "choices" => cleaned(text).0.replace(" or ", &format!(" {} ", words.say("word-or"))).into(),
        "year" | "month" | "day" | "line" | "row" => words.digits(text).into(),
        _ if COUNTS.contains(&name) => text.parse::<i64>().map_or_else(|_| text.to_owned().into(), Given::from),
        _ => cleaned(text).0.into(),
    }
}

#[cfg(test)]
mod tests {
    use mihenk_node::{
        Entity, NodeError,
        query::Query,
        said::Saying,
        sayings::{self, tables},
    };

    use super::*;
    use crate::words::Language;

    fn all() -> impl Iterator<Item = &'static Saying> {
        tables().into_iter().flatten()
    }

    #[test]
    fn everything_that_is_said_has_a_sentence_in_each_language_that_its_facts_fill() {
        for saying in all() {
            let facts: Vec<(&str, Given<'_>)> = saying.facts.iter().map(|name| (*name, "X-1".into())).collect();
            for language in Language::ALL {
                let sentence = Words::of(language).checked(&key_of("told", saying.name), &facts);
                assert!(sentence.is_ok(), "{language:?} {}: {sentence:?}", saying.name);
            }
        }
    }

    #[test]
    fn each_fact_is_in_each_language() {
        for saying in all() {
            for language in Language::ALL {
                let facts: Vec<(&str, Given<'_>)> =
                    saying.facts.iter().map(|name| (*name, format!("<{name}>").into())).collect();
                let sentence = Words::of(language).checked(&key_of("told", saying.name), &facts).unwrap_or_default();
                for name in saying.facts {
                    assert!(sentence.contains(&format!("<{name}>")), "{language:?} {}: no {name}", saying.name);
                }
            }
        }
    }

    #[test]
    fn no_sentence_is_there_for_what_is_never_said_and_no_name_stands_twice() {
        let mut names: Vec<&str> = all().map(|saying| saying.name).collect();
        for line in Language::English.source().lines().filter(|line| line.starts_with("told-")) {
            let key = line.split(" =").next().unwrap_or_default();
            assert!(names.iter().any(|name| key_of("told", name) == key), "nothing says {key}");
        }
        names.extend(refusals::ALL.iter().map(|rule| rule.name));
        names.sort_unstable();
        let twice = names.windows(2).find(|pair| pair[0] == pair[1]);
        assert_eq!(twice, None);
    }

    fn warnings(properties: &str) -> Vec<Said> {
        let text = format!("{{\"id\":\"1\",\"schema\":\"Person\",\"properties\":{properties}}}");
        Query::of(Entity::from_json(&text).unwrap()).unwrap().warnings
    }

    #[test]
    fn what_is_wrong_within_what_is_wrong_is_said_in_the_same_language() {
        let said = &warnings("{\"name\":[\"Ali Örnek\"],\"nationality\":[\"Atlantis\"]}")[0];
        let turkish = sentence(Words::of(Language::Turkish), said).to_string();
        assert!(turkish.contains("Uyruk") && turkish.contains("Atlantis") && turkish.contains("ülke"), "{turkish}");
        assert!(!turkish.contains("lang=\"en\"") && !turkish.contains("left out"), "{turkish}");
        let persian = sentence(Words::of(Language::Persian), said).to_string();
        assert!(persian.contains("تابعیت") && persian.contains("\u{2068}Atlantis\u{2069}"), "{persian}");
    }

    #[test]
    fn places_and_counts_are_those_of_the_language_and_what_stands_in_a_file_stays() {
        let said = sayings::number_twice("12345", "line 7");
        let persian = sentence(Words::of(Language::Persian), &said).to_string();
        assert!(
            persian.contains("\u{2068}12345\u{2069}") && persian.contains("سطر") && persian.contains('۷'),
            "{persian}"
        );
        let day = mihenk_node::entities::Date::parse("31/02/1990").unwrap_err().said();
        let persian = sentence(Words::of(Language::Persian), &day).to_string();
        assert!(persian.contains("31/02/1990") && persian.contains("۱۹۹۰"), "{persian}");
    }

    #[test]
    fn what_has_no_name_or_an_unknown_one_is_shown_in_english_and_marked() {
        let words = Words::of(Language::Turkish);
        let bare = sentence(words, &Said::words("the <file> ends here")).to_string();
        assert_eq!(bare, "<span lang=\"en\" dir=\"ltr\">the &#60;file&#62; ends here</span>");
        let unknown = Said::named("of_tomorrow", vec![("text", "x".into())], "said tomorrow".to_owned());
        assert!(sentence(words, &unknown).to_string().contains("lang=\"en\""));
        let without = Said::named("not_a_date", Vec::new(), "'x' is not a date".to_owned());
        assert!(sentence(words, &without).to_string().contains("lang=\"en\""), "a fact is missing");
    }

    #[test]
    fn why_a_file_is_not_read_is_said_in_the_language_of_the_page_and_in_english_as_before() {
        let empty = NodeError::Unreadable { file: "customers.csv".to_owned(), what: sayings::file_is_empty() };
        assert_eq!(empty.to_string(), "customers.csv: the file is empty");
        assert_eq!(empty.said().as_str(), empty.to_string());
        let turkish = sentence(Words::of(Language::Turkish), &empty.said()).to_string();
        assert!(turkish.contains("customers.csv") && turkish.contains("Dosya boş"), "{turkish}");
        let said = |name, facts: Vec<(&'static str, Fact)>| Said::named(name, facts, "as before".to_owned());
        let (found, wanted) = (said("html_page", Vec::new()).into(), said("readable_lists", Vec::new()).into());
        let html = said("no_list_but", vec![("file", "sdn.xml".into()), ("found", found), ("wanted", wanted)]);
        let persian = sentence(Words::of(Language::Persian), &html).to_string();
        assert!(persian.contains("صفحهٔ HTML") && persian.contains("شورای امنیت"), "{persian}");
        assert!(!persian.contains("lang=") && !persian.contains("as before"), "{persian}");
    }

    #[test]
    fn a_rule_of_the_ledger_is_said_as_the_ledger_has_it() {
        let rule = Said::named("party_number_twice", vec![("reference", "1234".into())], "two".to_owned());
        let turkish = sentence(Words::of(Language::Turkish), &rule).to_string();
        assert!(turkish.contains("1234") && !turkish.contains("lang"), "{turkish}");
    }
}
