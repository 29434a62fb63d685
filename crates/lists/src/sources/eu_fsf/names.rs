//! Names on the EU's list: each with its parts, its language, a function and a title, and whether it is a strong alias.
//!
//! In come `nameAlias` elements; out come `name` (the first strong one), `alias`, `weakAlias` (`strong="false"`, or a remark
//! that says *low quality*), the parts of the name, `title`, `position`, `gender`. The list gives a name in up to 24 languages
//! of the Union; which language a name is in stands in a note, one for each language.

use crate::{
    finding::Severity,
    listing::{Listing, one_line},
    organisation::split_abbreviation,
    sayings,
    sources::eu_fsf::{remarks, value},
    xml::Element,
};

/// The first name, for messages.
pub(super) fn first(record: &Element<'_>) -> String {
    record.child("nameAlias").map(whole).unwrap_or_default()
}

/// Adds the names of a record; gives them back, the one it goes by first.
pub(super) fn read(record: &Element<'_>, listing: &mut Listing<'_>) -> Vec<String> {
    let names: Vec<&Element<'_>> = record.children("nameAlias").filter(|name| !whole(name).is_empty()).collect();
    if names.is_empty() {
        listing.report(Severity::High, "nameAlias", sayings::found_no_name(), sayings::one_expected("nameAlias"));
    }
    let main = names.iter().position(|name| !is_weak(name)).unwrap_or(0);
    let mut called = Vec::new();
    let mut languages: Vec<(String, Vec<String>)> = Vec::new();
    for (at, name) in names.iter().enumerate() {
        listing.goes_on_at_line(name.line);
        let text = whole(name);
        let property = match (at == main, is_weak(name)) {
            (true, _) => "name",
            (_, true) => "weakAlias",
            (_, false) => "alias",
        };
        listing.add(property, &text);
        parts(name, listing);
        for remark in remarks(name) {
            listing.note(&format!("Name {text}: {remark}"));
        }
        let language = value(name, "nameLanguage");
        match languages.iter_mut().find(|(known, _)| *known == language) {
            Some((_, names)) => names.push(text.clone()),
            None if !language.is_empty() => languages.push((language, vec![text.clone()])),
            None => {}
        }
        called.insert(if at == main { 0 } else { called.len() }, text);
    }
    // A name element may have a function or a gender and no name.
    for nameless in record.children("nameAlias").filter(|name| whole(name).is_empty()) {
        listing.goes_on_at_line(nameless.line);
        parts(nameless, listing);
        remarks(nameless).iter().for_each(|remark| listing.note(remark));
    }
    for (language, names) in languages {
        listing.note(&format!("Names in language {language}: {}", names.join("; ")));
    }
    called
}

/// The whole name, else its parts.
fn whole(name: &Element<'_>) -> String {
    let text = value(name, "wholeName");
    if !text.is_empty() {
        return text;
    }
    one_line(&["firstName", "middleName", "lastName"].map(|part| value(name, part)).join(" "))
}

/// The CSV file does not say which names are strong; there they are taken as that.
fn is_weak(name: &Element<'_>) -> bool {
    let low = |text: String| ["low quality", "lo quality"].iter().any(|words| text.to_lowercase().contains(words));
    value(name, "strong").eq_ignore_ascii_case("false") || remarks(name).into_iter().any(low)
}

fn parts(name: &Element<'_>, listing: &mut Listing<'_>) {
    let person = listing.is("Person");
    for (attribute, property) in [("firstName", "firstName"), ("middleName", "middleName"), ("lastName", "lastName")] {
        let text = value(name, attribute);
        if person || !value(name, "wholeName").contains(&text) {
            listing.add(property, &text);
        }
    }
    for title in lettered(&value(name, "title")) {
        listing.add("title", &title);
    }
    let function = value(name, "function");
    match person {
        true => lettered(&function).iter().for_each(|function| listing.add("position", function)),
        false if !function.is_empty() => listing.note(&format!("Function: {function}")),
        false => {}
    }
    let gender = value(name, "gender");
    if !gender.is_empty() {
        listing.gender(&gender, "gender");
    }
    if let (false, Some((full, short))) = (person, split_abbreviation(&whole(name))) {
        listing.add("alias", full);
        listing.add("abbreviation", short);
        listing.add("weakAlias", short);
    }
}

/// The pieces of `(a) Mullah, (b) Maulavi`.
fn lettered(text: &str) -> Vec<String> {
    let mut rest = text;
    let mut pieces = Vec::new();
    for letter in 'a'..='j' {
        let mark = format!("({letter})");
        let Some((before, behind)) = rest.split_once(mark.as_str()) else { break };
        pieces.push(before);
        rest = behind;
    }
    pieces.push(rest);
    pieces.iter().map(|piece| piece.trim_matches([' ', ',', ';']).to_owned()).filter(|p| !p.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lettered_titles_are_taken_apart() {
        assert_eq!(lettered("(a) Mullah, (b) Maulavi"), ["Mullah", "Maulavi"]);
        assert_eq!(lettered("Minister (a former one)"), ["Minister (a former one)"]);
        assert!(lettered("").is_empty());
    }
}
