//! Names on the UN list: the parts of a person's name, and aliases, which often hold more than one name and a remark.
//!
//! In come the name elements of a record; out come `name`, the parts, `alias`, `weakAlias` (quality *Low*) and
//! `previousName` (*f.k.a.*, *previously listed as*). The UN numbers the parts of a name and does not say which is the
//! family name, so the first is `firstName`, the second `secondName`, the rest `middleName`, and none is claimed to be
//! `lastName`. An alias is split only where the list itself separates: `;`, ` b) `, a gloss in another script in
//! brackets, an abbreviation at the end. What is a remark rather than a name is cut off, and the whole text kept as a
//! note.

use crate::{
    finding::{Severity, quote},
    listing::{Listing, one_line},
    organisation::split_abbreviation,
    sayings,
    xml::Element,
};

/// The parts of an alias.
pub(super) const FIELDS: &[&str] =
    &["QUALITY", "ALIAS_NAME", "NOTE", "DATE_OF_BIRTH", "CITY_OF_BIRTH", "COUNTRY_OF_BIRTH", "STATE_OF_BIRTH"];

const PARTS: [(&str, &str); 4] = [
    ("FIRST_NAME", "firstName"),
    ("SECOND_NAME", "secondName"),
    ("THIRD_NAME", "middleName"),
    ("FOURTH_NAME", "middleName"),
];

/// The parts of a name in one line.
pub(super) fn joined(record: &Element<'_>) -> String {
    let parts = PARTS.map(|(field, _)| part(record.text_of(field)));
    parts.iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(" ")
}

/// A part of a name; `na` stands for none.
fn part(text: &str) -> String {
    let text = one_line(text);
    if text.eq_ignore_ascii_case("na") || text.eq_ignore_ascii_case("n/a") { String::new() } else { text }
}

/// The names of an individual.
pub(super) fn person(record: &Element<'_>, listing: &mut Listing<'_>) {
    let name = joined(record);
    if name.is_empty() {
        listing.report(Severity::High, "FIRST_NAME", sayings::found_no_name(), sayings::name_part_expected());
    }
    listing.add("name", &name);
    for (field, property) in PARTS {
        listing.add(property, &part(record.text_of(field)));
    }
    other_names(record, listing);
}

/// The names of a group, a company, a ministry.
pub(super) fn organisation(record: &Element<'_>, listing: &mut Listing<'_>) {
    let name = joined(record);
    if name.is_empty() {
        listing.report(Severity::High, "FIRST_NAME", sayings::found_no_name(), sayings::name_expected());
    }
    let names: Vec<String> = name.split(';').flat_map(|name| name.split(" / ")).map(one_line).collect();
    for (i, name) in names.iter().enumerate() {
        listing.add(if i == 0 { "name" } else { "alias" }, name);
    }
    for name in &names {
        abbreviation(name, listing);
    }
    other_names(record, listing);
}

/// `BUTEMBO AIRLINES (BAL)` is also *BUTEMBO AIRLINES* and, less surely, *BAL*.
fn abbreviation(name: &str, listing: &mut Listing<'_>) {
    if let Some((full, short)) = split_abbreviation(name) {
        listing.add("alias", full);
        listing.add("abbreviation", short);
        listing.add("weakAlias", short);
    }
}

fn other_names(record: &Element<'_>, listing: &mut Listing<'_>) {
    for original in record.children("NAME_ORIGINAL_SCRIPT") {
        for name in original.text.split([';', '؛']).map(one_line) {
            listing.add("alias", &name);
        }
    }
    for alias in record.children("INDIVIDUAL_ALIAS").chain(record.children("ENTITY_ALIAS")) {
        listing.goes_on_at_line(alias.line);
        read_alias(alias, listing);
    }
}

fn read_alias(alias: &Element<'_>, listing: &mut Listing<'_>) {
    let (text, note) = (one_line(alias.text_of("ALIAS_NAME")), one_line(alias.text_of("NOTE")));
    let quality = alias.text_of("QUALITY");
    let mut property = match quality.trim_end_matches('.').to_ascii_lowercase().as_str() {
        "good" | "a.k.a" | "aka" | "n.k.a" | "nka" => "alias",
        "low" => "weakAlias",
        "f.k.a" | "fka" => "previousName",
        "" => "alias",
        _ => {
            let expected = sayings::taken_as_good_alias("Good, Low, a.k.a. or f.k.a.");
            listing.report(Severity::Low, "QUALITY", quote(quality), expected);
            listing.note(&format!("{text}: {quality}"));
            "alias"
        }
    };
    let lower = note.to_lowercase();
    if property == "alias"
        && ["previously listed as", "formerly listed as"].iter().any(|words| lower.starts_with(words))
    {
        property = "previousName";
    }
    let split = split(&text);
    for name in &split.names {
        listing.add(if split.former { "previousName" } else { property }, name);
        if !listing.is("Person") {
            abbreviation(name, listing);
        }
    }
    if split.remark {
        listing.note(&format!("Alias: {text}"));
    }
    for name in names_in_note(&note) {
        listing.add(property, &name);
    }
    if !note.is_empty() {
        listing.note(&format!("Alias {text}: {note}"));
    }
    birth_of_alias(alias, &text, listing);
}

/// Some aliases are false identities with a birth of their own.
fn birth_of_alias(alias: &Element<'_>, name: &str, listing: &mut Listing<'_>) {
    let date = alias.text_of("DATE_OF_BIRTH");
    if !date.is_empty() {
        listing.date("birthDate", date, "DATE_OF_BIRTH");
    }
    let country = one_line(alias.text_of("COUNTRY_OF_BIRTH"));
    if !country.is_empty() {
        listing.country("birthCountry", &country, "COUNTRY_OF_BIRTH");
    }
    let place = [one_line(alias.text_of("CITY_OF_BIRTH")), one_line(alias.text_of("STATE_OF_BIRTH"))];
    let mut place: Vec<&str> = place.iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
    if !place.is_empty() {
        place.extend(Some(country.as_str()).filter(|country| !country.is_empty()));
        listing.add("birthPlace", &place.join(", "));
    }
    if !date.is_empty() || !country.is_empty() {
        let born = [date, &place.join(", ")].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
        listing.note(&format!("Alias {name}: born {born}"));
    }
}

/// What an alias text holds.
#[derive(Debug, Default, PartialEq, Eq)]
struct Split {
    names: Vec<String>,
    /// The text says that it is a former name.
    former: bool,
    /// There is more in the text than names.
    remark: bool,
}

/// Takes an alias text apart.
fn split(text: &str) -> Split {
    let mut split = Split::default();
    for piece in pieces(text) {
        split.take(&piece);
    }
    split
}

impl Split {
    fn take(&mut self, piece: &str) {
        let piece = self.without_birth(piece);
        let Some((outer, inner)) = brackets(piece) else { return self.name(piece) };
        let inner_lower = inner.to_lowercase();
        let is_latin = |text: &str| text.chars().filter(|c| c.is_alphabetic()).all(|c| c < '\u{250}');
        if let Some(original) = inner.strip_prefix("original script:").or_else(|| inner.strip_prefix("original script"))
        {
            self.name(outer);
            self.name(original);
        } else if is_latin(outer) != is_latin(inner) {
            // One name, and the same in another script.
            self.name(outer);
            for name in inner.split(';') {
                let name = name.split(" - sub-unit").next().unwrap_or(name);
                match brackets(name).filter(|(_, inner)| inner.contains("original script")) {
                    Some((name, _)) => self.name(name),
                    None => self.name(name),
                }
            }
        } else if inner.contains(';') {
            // "Name (NAME) (name in Arabic (original script); spelling; spelling)": all of them names.
            self.name(outer);
            inner.split(';').for_each(|name| self.take(name));
        } else if inner_lower.contains("listed as") {
            self.former = true;
            self.remark = true;
            self.name(outer);
        } else if inner.starts_with(|c: char| c.is_lowercase()) || inner_lower == "combat name" || inner.contains(' ') {
            self.remark = true;
            self.name(outer);
        } else {
            self.name(piece);
        }
    }

    fn without_birth<'a>(&mut self, piece: &'a str) -> &'a str {
        for words in [", born ", " born in ", " son of ", ", son of "] {
            if let Some((name, _)) = piece.split_once(words) {
                self.remark = true;
                return name;
            }
        }
        piece
    }

    fn name(&mut self, text: &str) {
        const QUOTES: [char; 6] = ['"', '“', '”', '„', '«', '»'];
        let mut name = text.trim().trim_matches([',', ';', '…', ' ']);
        if name.starts_with(QUOTES) && name.ends_with(QUOTES) {
            name = name.trim_matches(QUOTES).trim();
        }
        // A bracket whose other half is elsewhere.
        if !name.contains('(') {
            name = name.trim_start_matches(')').trim_end_matches(')').trim();
        }
        if name.chars().any(char::is_alphanumeric) && !self.names.iter().any(|known| known == name) {
            self.names.push(name.to_owned());
        }
    }
}

/// The pieces between `;` outside brackets and behind marks such as ` b) `.
fn pieces(text: &str) -> Vec<String> {
    let mut pieces = vec![String::new()];
    let mut depth = 0usize;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let before = text[..at].chars().next_back();
        let mark = c.is_ascii_lowercase() && before.is_none_or(char::is_whitespace) && text[at + 1..].starts_with(") ");
        if mark && depth == 0 {
            chars.next();
            pieces.push(String::new());
            continue;
        }
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            ';' if depth == 0 => {
                pieces.push(String::new());
                continue;
            }
            _ => {}
        }
        if let Some(piece) = pieces.last_mut() {
            piece.push(c);
        }
    }
    pieces.retain(|piece| !piece.trim().is_empty());
    pieces
}

/// What stands before the bracket that closes at the end, and what is in it.
fn brackets(text: &str) -> Option<(&str, &str)> {
    let text = text.trim().trim_end_matches([',', '.']);
    let body = text.strip_suffix(')')?;
    let mut depth = 1usize;
    for (at, c) in body.char_indices().rev() {
        match c {
            ')' => depth += 1,
            '(' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            let outer = body[..at].trim();
            return (!outer.is_empty()).then_some((outer, body[at + 1..].trim()));
        }
    }
    None
}

/// Names that stand in the note of an alias: in the original script, or a plain list of spellings.
fn names_in_note(note: &str) -> Vec<String> {
    for words in ["original script:", "In Arabic:", "in Arabic:", "in Arabic script:"] {
        if let Some((_, name)) = note.split_once(words) {
            return vec![name.split([';', '.']).next().unwrap_or("").trim().to_owned()];
        }
    }
    let pieces: Vec<&str> = note.split(';').map(str::trim).filter(|piece| !piece.is_empty()).collect();
    let name_like = |piece: &&str| {
        let words = piece.split_whitespace().count();
        let letters = piece.chars().all(|c| c.is_alphabetic() || " -'’‘.".contains(c));
        (2..=8).contains(&words)
            && letters
            && piece.split_whitespace().all(|word| {
                word.starts_with(|c: char| c.is_uppercase() || "'’‘".contains(c))
                    || word.starts_with("al-")
                    || word == "the"
            })
    };
    if pieces.len() > 1 && pieces.iter().all(name_like) {
        return pieces.into_iter().map(str::to_owned).collect();
    }
    Vec::new()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn names(text: &str) -> Vec<String> {
        split(text).names
    }

    // Invented names in the forms in which the list writes several in one element.
    #[test]
    fn an_alias_text_is_split_where_the_list_separates() {
        for (text, expected) in [
            ("Ali Example", &["Ali Example"][..]),
            ("Azim Example; Azim Exampel", &["Azim Example", "Azim Exampel"]),
            (
                "Mohd Example; Mohammed Example b) M. Javad Sample; M. Jawad Sample",
                &["Mohd Example", "Mohammed Example", "M. Javad Sample", "M. Jawad Sample"],
            ),
            ("“Chief Example”", &["Chief Example"]),
            ("\"EXAMPLE, Abu\"", &["EXAMPLE, Abu"]),
            ("“General” Example", &["“General” Example"]),
            (") Abd Example", &["Abd Example"]),
            ("Abou Example (ابو مثال)", &["Abou Example", "ابو مثال"]),
            ("مثال (Methal; Mithal; Mitaal)", &["مثال", "Methal", "Mithal", "Mitaal"]),
            ("Amir Example (original script: Амир Пример)", &["Amir Example", "Амир Пример"]),
            ("شبكة مثال (Example Network - sub-unit name)", &["شبكة مثال", "Example Network"]),
            (
                "Hayat Example (HE) (حياة (original script); Hayet Example; Hai’at Example)",
                &["Hayat Example (HE)", "حياة", "Hayet Example", "Hai’at Example"],
            ),
            ("Example, Ali Abu", &["Example, Ali Abu"]),
            ("Butayev (Butaev)", &["Butayev (Butaev)"]),
            ("Example Movement (EM)", &["Example Movement (EM)"]),
        ] {
            assert_eq!(names(text), expected, "{text}");
        }
    }

    #[test]
    fn remarks_are_cut_off_and_marked() {
        for (text, name) in [
            ("Example (birth name)", "Example"),
            ("EL EXAMPLE (COMBAT NAME)", "EL EXAMPLE"),
            ("Example (false identity related to number 123)", "Example"),
            ("Khir Example, born in Somewhere on 01 Jan.1967", "Khir Example"),
            ("Akhter Example son of Noor Example (اختر ولد نور ),", "Akhter Example"),
        ] {
            let split = split(text);
            assert_eq!((split.names.as_slice(), split.remark), (&[name.to_owned()][..], true), "{text}");
        }
        let former = split("Ezat Example (previously listed as)");
        assert!(former.former && former.names == ["Ezat Example"]);
    }

    #[test]
    fn notes_give_names_only_when_they_are_nothing_else() {
        assert_eq!(names_in_note("original script: Абу Пример"), ["Абу Пример"]);
        assert_eq!(names_in_note("Previously listed as. In Arabic: مثال"), ["مثال"]);
        assert_eq!(
            names_in_note("Yunis al-Example; Sheikh Yunis the Example"),
            ["Yunis al-Example", "Sheikh Yunis the Example"]
        );
        for note in ["nom de guerre", "DOB: 1970; POB: Baghdad", "born in 1973; nationality: Yemeni", ""] {
            assert!(names_in_note(note).is_empty(), "{note}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_taken_apart(text in "\\PC{0,60}|[a-c();,\" ]{0,40}") {
            let _ = split(&text);
            let _ = names_in_note(&text);
        }
    }
}
