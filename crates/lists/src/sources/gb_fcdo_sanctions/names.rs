//! Names on the UK Sanctions List: in six parts, each a primary name, a variation of it or an alias, good or weak.
//!
//! In come `Name` and `NonLatinName` elements; out come `name` (primary names and their variations), `alias`, `weakAlias`
//! (*Low quality a.k.a*) and, for people, `firstName` (part 1), `middleName` (parts 2 to 5) and `lastName` (part 6, which is the
//! whole name of an entity or a ship, and of a person who has no other part). The list does not say which of the middle parts is a father's name. Names in another script
//! are aliases; which script and language they are in stands in a note.

use crate::{
    finding::{Severity, quote},
    listing::{Listing, one_line},
    organisation::split_abbreviation,
    sayings,
    sources::gb_fcdo_sanctions::elements,
    xml::Element,
};

const PARTS: [(&str, &str); 6] = [
    ("Name1", "firstName"),
    ("Name2", "middleName"),
    ("Name3", "middleName"),
    ("Name4", "middleName"),
    ("Name5", "middleName"),
    ("Name6", "lastName"),
];

/// All names in Latin letters.
pub(super) fn all(record: &Element<'_>) -> Vec<String> {
    let names = elements(record, &["Names", "Name"]).into_iter().map(whole);
    names.filter(|name| !name.is_empty()).collect()
}

/// The first name, for messages.
pub(super) fn first(record: &Element<'_>) -> String {
    all(record).into_iter().next().unwrap_or_default()
}

/// Adds the names of a record; gives them back, the one it goes by first.
pub(super) fn read(record: &Element<'_>, listing: &mut Listing<'_>) -> Vec<String> {
    let mut called = Vec::new();
    for name in elements(record, &["Names", "Name"]) {
        listing.goes_on_at_line(name.line);
        let text = whole(name);
        let property = property(name, &text, listing);
        listing.add(property, &text);
        let parts = PARTS.iter().filter(|(part, _)| !name.text_of(part).is_empty());
        if listing.is("Person") && parts.clone().count() > 1 {
            for (part, property) in parts {
                listing.add(property, name.text_of(part));
            }
        } else if let Some((full, short)) = split_abbreviation(&text).filter(|_| !listing.is("Person")) {
            for (property, text) in [("alias", full), ("abbreviation", short), ("weakAlias", short)] {
                listing.add(property, text);
            }
        }
        called.insert(if property == "name" { 0 } else { called.len() }, text);
    }
    called.retain(|name| !name.is_empty());
    let mut languages: Vec<(String, Vec<String>)> = Vec::new();
    for name in elements(record, &["NonLatinNames", "NonLatinName"]) {
        listing.goes_on_at_line(name.line);
        let text = one_line(name.text_of("NameNonLatinScript"));
        listing.add("alias", &text);
        let parts = ["NonLatinScriptLanguage", "NonLatinScriptType"].map(|part| one_line(name.text_of(part)));
        let language = parts.iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(", ");
        match languages.iter_mut().find(|(known, _)| *known == language) {
            Some((_, names)) => names.push(text.clone()),
            None if !language.is_empty() => languages.push((language, vec![text.clone()])),
            None => {}
        }
        called.push(text);
    }
    if called.is_empty() {
        listing.report(Severity::High, "Names", sayings::found_no_name(), sayings::names_expected());
    }
    for (language, names) in languages {
        listing.note(&format!("Names in language {language}: {}", names.join("; ")));
    }
    called
}

/// The parts in the order in which they are said.
fn whole(name: &Element<'_>) -> String {
    one_line(&PARTS.map(|(part, _)| name.text_of(part)).join(" "))
}

fn property(name: &Element<'_>, text: &str, listing: &mut Listing<'_>) -> &'static str {
    let (kind, strength) = (one_line(name.text_of("NameType")), one_line(name.text_of("AliasStrength")));
    let lower = kind.to_ascii_lowercase();
    let alias = match lower.as_str() {
        // A name without a kind is the only one of its record.
        "primary name" | "primary name variation" | "" => false,
        "alias" => true,
        _ => {
            let expected = sayings::taken_as_alias("Primary Name, Primary Name Variation or Alias");
            listing.report(Severity::Low, "NameType", quote(&kind), expected);
            listing.note(&format!("{text}: {kind}"));
            true
        }
    };
    let strength_lower = strength.to_ascii_lowercase();
    let weak = match strength_lower.trim_end_matches('.') {
        "" | "good quality a.k.a" | "strong" => false,
        "low quality a.k.a" | "weak" => true,
        _ => {
            let expected = sayings::taken_as_a_good_one("Good quality a.k.a or Low quality a.k.a");
            listing.report(Severity::Low, "AliasStrength", quote(&strength), expected);
            listing.note(&format!("{text}: {strength}"));
            false
        }
    };
    match (alias, weak) {
        (false, _) => "name",
        (true, true) => "weakAlias",
        (true, false) => "alias",
    }
}
