//! Names on the Swiss list: parts in an order, and other spellings of each part.
//!
//! In comes an `identity`; out come `name`, `alias`, `previousName` and `weakAlias` (quality *low*), and the parts of a
//! person's primary name. A name is its parts in the order that the list gives. Other spellings belong to a language
//! and a script; a name in another spelling has the parts of that language and script, and the usual ones where there
//! are none. The primary name of an identity that is not the main one is an alias.

use rustc_hash::FxHashSet;

use crate::{
    finding::{Severity, quote},
    listing::{Listing, one_line},
    sayings,
    xml::Element,
};

/// How many names are formed from several spellings of several parts; with more, one part is exchanged at a time.
const COMBINATIONS_MAX: usize = 24;

/// A part: its kind, its place, the usual spelling, and others by language and script.
struct Part {
    kind: String,
    order: i64,
    value: String,
    others: Vec<((String, String), String)>,
}

/// The first name of a target, for what it says of its schema.
pub(super) fn first(body: &Element<'_>) -> Option<String> {
    let name = body.children("identity").flat_map(|identity| identity.children("name")).next()?;
    spellings(&parts(name)).into_iter().next()
}

/// Adds the names of an identity; gives all of them, the usual spelling first.
pub(super) fn read(identity: &Element<'_>, listing: &mut Listing<'_>) -> Vec<String> {
    let main = identity.attribute("main") != Some("false");
    let mut called = Vec::new();
    for name in identity.children("name") {
        listing.goes_on_at_line(name.line);
        let (kind, quality) = (name.attribute("name-type").unwrap_or(""), name.attribute("quality").unwrap_or(""));
        let property = property(kind, quality, main, listing);
        let parts = parts(name);
        let spellings = spellings(&parts);
        if spellings.is_empty() {
            listing.report(
                Severity::Low,
                "name",
                sayings::found_name_without_parts(),
                sayings::value_expected("name-part"),
            );
        }
        for (i, spelling) in spellings.iter().enumerate() {
            listing.add(if i > 0 && property == "name" { "alias" } else { property }, spelling);
        }
        for part in &parts {
            add_part(part, property == "name", listing);
        }
        called.extend(spellings);
    }
    called
}

fn property(kind: &str, quality: &str, main: bool, listing: &mut Listing<'_>) -> &'static str {
    if quality == "low" {
        return "weakAlias";
    }
    if !["good", ""].contains(&quality) {
        listing.report(Severity::Low, "quality", quote(quality), sayings::taken_as_good("good or low"));
        listing.note(&format!("quality: {quality}"));
    }
    match kind {
        "primary-name" | "" if main => "name",
        "primary-name" | "alias" | "" => "alias",
        "formerly-known-as" => "previousName",
        _ => {
            let expected = sayings::taken_as_alias("primary-name, alias or formerly-known-as");
            listing.report(Severity::Low, "name-type", quote(kind), expected);
            listing.note(&format!("name-type: {kind}"));
            "alias"
        }
    }
}

fn parts(name: &Element<'_>) -> Vec<Part> {
    let mut parts: Vec<Part> = name
        .children("name-part")
        .map(|element| Part {
            kind: element.attribute("name-part-type").unwrap_or("").to_owned(),
            order: element.attribute("order").and_then(|order| order.parse().ok()).unwrap_or(i64::MAX),
            value: one_line(element.text_of("value")),
            others: element
                .children("spelling-variant")
                .map(|variant| {
                    let attribute = |name| variant.attribute(name).unwrap_or("").to_owned();
                    ((attribute("lang"), attribute("script")), one_line(&variant.text))
                })
                .filter(|(_, text)| !text.is_empty())
                .collect(),
        })
        .filter(|part| !part.value.is_empty() || !part.others.is_empty())
        .collect();
    parts.sort_by_key(|part| part.order);
    parts
}

/// The whole name in every spelling, the usual one first.
fn spellings(parts: &[Part]) -> Vec<String> {
    let named: Vec<&Part> = parts.iter().filter(|part| part.kind != "title").collect();
    let usual: Vec<&str> = named.iter().map(|part| part.value.as_str()).collect();
    let mut spellings = vec![join(&usual)];
    let mut kinds: Vec<&(String, String)> = Vec::new();
    for (kind, _) in named.iter().flat_map(|part| &part.others) {
        if !kinds.contains(&kind) {
            kinds.push(kind);
        }
    }
    for kind in kinds {
        let choices: Vec<Vec<&str>> = named
            .iter()
            .map(|part| {
                let own = part.others.iter().filter(|(other, _)| other == kind).map(|(_, text)| text.as_str());
                let own: Vec<&str> = own.collect();
                if own.is_empty() { vec![part.value.as_str()] } else { own }
            })
            .collect();
        let count = choices.iter().fold(1usize, |count, choice| count.saturating_mul(choice.len()));
        spellings.extend(if count <= COMBINATIONS_MAX { product(&choices) } else { one_at_a_time(&choices) });
    }
    let mut seen = FxHashSet::default();
    spellings.retain(|name| !name.is_empty() && seen.insert(name.clone()));
    spellings
}

fn product(choices: &[Vec<&str>]) -> Vec<String> {
    let mut names: Vec<Vec<&str>> = vec![Vec::new()];
    for choice in choices {
        names = names.iter().flat_map(|name| choice.iter().map(move |&part| [name, &[part][..]].concat())).collect();
    }
    names.iter().map(|name| join(name)).collect()
}

fn one_at_a_time(choices: &[Vec<&str>]) -> Vec<String> {
    let first: Vec<&str> = choices.iter().filter_map(|choice| choice.first().copied()).collect();
    let mut names = vec![join(&first)];
    for (at, choice) in choices.iter().enumerate() {
        for part in choice.iter().skip(1) {
            let mut name = first.clone();
            name[at] = part;
            names.push(join(&name));
        }
    }
    names
}

fn join(parts: &[&str]) -> String {
    parts.iter().copied().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// A part of its own property, of the primary name; titles and tribal names of every name.
fn add_part(part: &Part, primary: bool, listing: &mut Listing<'_>) {
    let texts = std::iter::once(part.value.as_str()).chain(part.others.iter().map(|(_, text)| text.as_str()));
    let texts: Vec<&str> = texts.filter(|text| !text.is_empty()).collect();
    let property = match part.kind.as_str() {
        "title" => "title",
        "tribal-name" => "weakAlias",
        "given-name" if primary => "firstName",
        "further-given-name" if primary => "secondName",
        "father-name" | "grand-father-name" if primary => "fatherName",
        "family-name" | "maiden-name" if primary => "lastName",
        "suffix" if primary => "nameSuffix",
        "whole-name" | "other" | "" | "given-name" | "further-given-name" | "father-name" | "grand-father-name"
        | "family-name" | "maiden-name" | "suffix" => return,
        kind => {
            listing.report(Severity::Low, "name-part-type", quote(kind), sayings::unknown_name_part());
            return;
        }
    };
    texts.iter().for_each(|text| listing.add(property, text));
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn part(kind: &str, order: i64, value: &str, others: &[(&str, &str, &str)]) -> Part {
        let others = others.iter().map(|(lang, script, text)| (((*lang).into(), (*script).into()), (*text).into()));
        Part { kind: kind.to_owned(), order, value: value.to_owned(), others: others.collect() }
    }

    #[test]
    fn a_name_has_the_spellings_of_each_language_and_script() {
        let parts = [
            part("title", 1, "Dr.", &[]),
            part("family-name", 2, "Prymer", &[("RUS", "LATN", "Primer"), ("RUS", "CYRL", "Пример")]),
            part("given-name", 3, "Aleh", &[("RUS", "LATN", "Oleg"), ("RUS", "LATN", "Olek")]),
        ];
        assert_eq!(spellings(&parts), ["Prymer Aleh", "Primer Oleg", "Primer Olek", "Пример Aleh"]);
        assert_eq!(spellings(&[]), Vec::<String>::new());
    }

    #[test]
    fn many_spellings_are_exchanged_one_at_a_time() {
        let others: Vec<(&str, &str, &str)> = ["a", "b", "c", "d", "e", "f"].map(|text| ("x", "y", text)).to_vec();
        let parts = [part("a", 1, "A", &others), part("b", 2, "B", &others)];
        let names = spellings(&parts);
        assert_eq!(names.len(), 1 + 6 + 5);
        let has = |text: &str| names.iter().any(|name| name.split(' ').any(|word| word == text));
        assert!(["A", "B", "a", "b", "c", "d", "e", "f"].into_iter().all(has), "{names:?}");
    }

    proptest! {
        #[test]
        fn every_part_is_in_a_name(values in prop::collection::vec(("[a-z]{1,4}", prop::collection::vec("[A-Z]{1,4}", 0..6)), 1..5)) {
            let parts: Vec<Part> = values
                .iter()
                .map(|(value, others)| {
                    let others: Vec<(&str, &str, &str)> = others.iter().map(|text| ("", "", text.as_str())).collect();
                    part("other", 1, value, &others)
                })
                .collect();
            let names = spellings(&parts);
            for text in values.iter().flat_map(|(value, others)| std::iter::once(value).chain(others)) {
                prop_assert!(names.iter().any(|name| name.split(' ').any(|word| word == text)), "{text} in {names:?}");
            }
        }
    }
}
