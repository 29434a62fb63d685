//! Names on Canada's list, where one field holds several.
//!
//! In come a surname, given names, the name of an entity or a ship, and a field of aliases; out come `name` with its
//! parts and `alias`. Aliases are cut at `;`, and at `, ` where what follows is a name and no legal form (*Example,
//! LLC*); words that announce a name (*Russian:*, *a.k.a.*) are cut off, and the whole text is kept as a note then. A
//! name with a slash may be one name or the same in two languages; it stays as it is, and its halves are aliases too if
//! each has two words.

use super::field;
use crate::{
    finding::Severity,
    listing::{Listing, one_line},
    organisation::{is_company, split_abbreviation},
    sayings,
    xml::Element,
};

/// Words before an alias that say what it is.
const ANNOUNCED: [&str; 14] = [
    "a.k.a.",
    "aka",
    "also known as",
    "formerly known as",
    "f.k.a.",
    "alias:",
    "hebrew:",
    "arabic:",
    "belarusian:",
    "belarussian:",
    "russian:",
    "ukrainian:",
    "persian:",
    "farsi:",
];

/// The name under which a record stands.
pub(super) fn main(record: &Element<'_>) -> String {
    let (given, last) = (field(record, "given"), field(record, "last"));
    let person = one_line(&format!("{given} {last}"));
    if person.is_empty() { field(record, "entity") } else { person }
}

/// Adds the names; gives all of them, the name of the record first.
pub(super) fn read(record: &Element<'_>, listing: &mut Listing<'_>) -> Vec<String> {
    let name = main(record);
    if name.is_empty() {
        listing.report(Severity::High, "EntityOrShip", sayings::found_no_name(), sayings::name_expected());
    }
    let mut called = Vec::new();
    if listing.is("Person") {
        listing.add("firstName", &field(record, "given"));
        listing.add("lastName", &field(record, "last"));
        let entity = field(record, "entity");
        if !entity.is_empty() {
            listing.note(&format!("EntityOrShip: {entity}"));
        }
        called.push(name);
    } else {
        called.extend(of_entity(&name, listing));
    }
    for (i, name) in called.iter().enumerate() {
        listing.add(if i == 0 { "name" } else { "alias" }, name);
    }
    for field in record.children.iter().filter(|child| super::base(child.name) == "Aliases") {
        listing.goes_on_at_line(field.line);
        let text = one_line(&field.text);
        let aliases = aliases(&text);
        if aliases.remark {
            listing.note(&format!("Aliases: {text}"));
        }
        for alias in aliases.names {
            listing.add("alias", &alias);
            called.push(alias);
        }
    }
    called
}

/// The name of an entity, and what is in brackets or behind a slash of it.
fn of_entity(text: &str, listing: &mut Listing<'_>) -> Vec<String> {
    let mut names = vec![text.to_owned()];
    if let Some((outer, inner)) = announced_in_brackets(text) {
        listing.note(text);
        names = vec![outer.to_owned()];
        names.extend(aliases(inner).names);
    }
    if let Some((full, short)) = split_abbreviation(&names[0]).filter(|_| listing.is("Organization")) {
        listing.add("abbreviation", short);
        listing.add("weakAlias", short);
        names.push(full.to_owned());
    }
    let halves: Vec<&str> = names[0].split('/').map(str::trim).collect();
    if halves.len() > 1 && halves.iter().all(|half| half.split_whitespace().count() > 1) {
        names.extend(halves.into_iter().map(str::to_owned).collect::<Vec<_>>());
    }
    names
}

/// `Example (a.k.a. Sample)`: what stands before the bracket, and what is in it.
fn announced_in_brackets(text: &str) -> Option<(&str, &str)> {
    let (outer, rest) = text.split_once(" (")?;
    let inner = rest.trim_end().strip_suffix(')')?;
    is_announced(inner).then_some((outer.trim(), inner))
}

fn is_announced(text: &str) -> bool {
    without_announcement(text).len() < text.len()
}

/// A name without the words that announce it.
fn without_announcement(text: &str) -> &str {
    let text = text.trim();
    let lower = text.to_ascii_lowercase();
    let word = ANNOUNCED.iter().find(|word| {
        lower.strip_prefix(**word).is_some_and(|rest| word.ends_with([':', '.']) || rest.starts_with([' ', ':']))
    });
    match word {
        Some(word) => without_announcement(text[word.len()..].trim_start_matches([':', ' '])),
        None => text,
    }
}

/// What a field of aliases holds.
#[derive(Debug, Default, PartialEq, Eq)]
struct Aliases {
    names: Vec<String>,
    /// There is more in the field than names.
    remark: bool,
}

fn aliases(text: &str) -> Aliases {
    let mut aliases = Aliases::default();
    for piece in pieces(text) {
        let name = without_announcement(&piece);
        aliases.remark |= name.len() < piece.trim().len();
        let (name, inner) = announced_in_brackets(name).unwrap_or((name, ""));
        aliases.remark |= !inner.is_empty();
        for name in [name, without_announcement(inner)] {
            let name = name.trim_matches([',', ';', ' ']);
            if name.chars().any(char::is_alphanumeric) && !aliases.names.iter().any(|known| known == name) {
                aliases.names.push(name.to_owned());
            }
        }
    }
    aliases
}

/// The pieces between `;`, and between `, ` where both sides are names, outside brackets.
fn pieces(text: &str) -> Vec<String> {
    let mut pieces: Vec<String> = vec![String::new()];
    let mut depth = 0usize;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        let cuts = depth == 0 && (c == ';' || (c == ',' && chars.peek().is_some_and(|next| next.is_whitespace())));
        if cuts {
            // What was cut at a comma may have to be put together again.
            let mark = if c == ',' { "," } else { "" };
            pieces.push(mark.to_owned());
        } else if let Some(piece) = pieces.last_mut() {
            piece.push(c);
        }
    }
    let mut names: Vec<String> = Vec::new();
    for piece in pieces {
        match (piece.strip_prefix(','), names.last_mut()) {
            (Some(rest), Some(last)) if is_legal_form(rest) => {
                last.push(',');
                last.push_str(rest);
            }
            (Some(rest), _) => names.push(rest.to_owned()),
            (None, _) => names.push(piece),
        }
    }
    names.retain(|name| !name.trim().is_empty());
    names
}

/// Whether a piece is a legal form and nothing else: *LLC*, *S.A. DE C.V.*
fn is_legal_form(text: &str) -> bool {
    let text = text.trim();
    text.len() <= 16 && is_company(&format!("Example {text}")) && !text.contains("  ") && text.split(' ').count() <= 3
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn aliases_are_cut_where_the_list_cuts() {
        for (text, expected, remark) in [
            ("Andrei ", &["Andrei"][..], false),
            ("Example Bank, Sample Bank", &["Example Bank", "Sample Bank"], false),
            ("Example, LLC, Sample, Ltd.", &["Example, LLC", "Sample, Ltd."], false),
            ("Belarusian: Алег Прымер; Russian: Олег Пример", &["Алег Прымер", "Олег Пример"], true),
            ("a.k.a. Sample Bank", &["Sample Bank"], true),
            ("Example Bank (a.k.a. Sample Bank)", &["Example Bank", "Sample Bank"], true),
            ("Example (Moscow, Minsk) Bank", &["Example (Moscow, Minsk) Bank"], false),
            ("Akademik Example", &["Akademik Example"], false),
            ("Russian Example Bank", &["Russian Example Bank"], false),
            ("", &[], false),
        ] {
            let aliases = aliases(text);
            assert_eq!(
                (aliases.names.as_slice(), aliases.remark),
                (&expected.iter().map(|s| (*s).to_owned()).collect::<Vec<_>>()[..], remark),
                "{text}"
            );
        }
    }

    proptest! {
        #[test]
        fn any_field_is_cut_and_every_word_stays(text in "\\PC{0,60}|[A-Z][a-z]{0,4}([,;] ?[A-Za-z.]{1,6}| [A-Za-z(): ]{1,8}){0,6}") {
            let aliases = aliases(&text);
            if !aliases.remark {
                let all = aliases.names.join(" ");
                for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
                    prop_assert!(all.contains(word), "{word} of {text} in {all}");
                }
            }
        }
    }
}
