//! Identifiers that the UN list has no element for and writes into its comments.
//!
//! In comes COMMENTS1; out comes the whole text as a note and, where the text announces them by a label, gender, the
//! IMO numbers of shipping companies, SWIFT codes, tax numbers, telephone numbers, e-mail and web addresses. Labels
//! are those that occur on the list; prose is never interpreted.

use crate::listing::{Listing, one_line};

/// What stands behind a label.
#[derive(Clone, Copy)]
enum Value {
    /// One word with a digit in it.
    Number,
    /// One word.
    Word,
    /// *Male* or *female*.
    Gender,
}

/// Labels, the property that takes what stands behind them, and its form.
const LABELS: [(&str, &str, Value); 13] = [
    ("Gender: ", "gender", Value::Gender),
    ("Sex: ", "gender", Value::Gender),
    ("IMO number: ", "imoNumber", Value::Number),
    ("IMO Number: ", "imoNumber", Value::Number),
    ("(IMO) Number: ", "imoNumber", Value::Number),
    ("Company Number IMO ", "imoNumber", Value::Number),
    ("SWIFT: ", "swiftBic", Value::Word),
    ("SWIFT/BIC: ", "swiftBic", Value::Word),
    ("Fiscal Code: ", "taxNumber", Value::Number),
    ("Fiscal code: ", "taxNumber", Value::Number),
    ("National Tax Number: ", "taxNumber", Value::Number),
    ("Registered company number: ", "registrationNumber", Value::Number),
    ("company registration number ", "registrationNumber", Value::Number),
];

/// Adds a comment.
pub(super) fn read(text: &str, listing: &mut Listing<'_>) {
    let text = one_line(text);
    listing.note(&text);
    for (label, property, value) in LABELS {
        for (at, _) in text.match_indices(label) {
            let word = first_word(&text[at + label.len()..]);
            match value {
                Value::Gender if listing.is("Person") && is_gender(word) => listing.gender(word, "COMMENTS1"),
                Value::Number if word.chars().any(|c| c.is_ascii_digit()) => {
                    listing.number(property, word, "COMMENTS1");
                }
                Value::Word if !word.is_empty() => listing.number(property, word, "COMMENTS1"),
                _ => {}
            }
        }
    }
    for word in text.split([' ', ';', ',']).map(|word| word.trim_matches(['.', ':', '(', ')', '"'])) {
        let mail = word
            .split_once('@')
            .is_some_and(|(name, host)| !name.is_empty() && host.contains('.') && !host.contains('@'));
        if mail {
            listing.add("email", word.trim_start_matches("mailto:"));
        }
    }
    for (at, _) in text.match_indices("Website: ") {
        listing.add("website", text[at + 9..].split([' ', ')']).next().unwrap_or("").trim_end_matches('.'));
    }
}

fn first_word(text: &str) -> &str {
    text.split([' ', ';', ',', '[', ')']).next().unwrap_or("").trim_end_matches('.')
}

fn is_gender(word: &str) -> bool {
    // "Gender: male.in response to" has lost a space.
    ["male", "female"].iter().any(|gender| word.eq_ignore_ascii_case(gender))
}

#[cfg(test)]
mod tests {
    use mihenk_entities::{Entity, EntityId, Schema};

    use super::*;

    fn read_as(schema: &str, text: &str) -> Entity {
        let id = EntityId::new("unsc-1").unwrap();
        let mut listing = Listing::new("un", id, Schema::named(schema).unwrap(), "un.xml", 1);
        read(text, &mut listing);
        let (mut entities, mut findings) = (Vec::new(), Vec::new());
        listing.finish(&mut entities, &mut findings);
        entities.remove(0)
    }

    #[test]
    fn labelled_identifiers_are_taken_and_the_text_is_kept() {
        let text = "Owner of a tanker. IMO number: 5571322. SWIFT/BIC: KUDBKPPY.\nEmail addresses: \
                    a@example.org; b-1@example.com.";
        let company = read_as("Company", text);
        assert_eq!(company.first("imoNumber"), Some("5571322"));
        assert_eq!(company.first("swiftBic"), Some("KUDBKPPY"));
        assert_eq!(company.values("email"), ["a@example.org", "b-1@example.com"]);
        assert_eq!(company.first("notes"), Some(one_line(text).as_str()));
        let person = read_as("Person", "Sex: female. Italian Fiscal Code: XYZABC74T11Z352Z. Sentenced to prison.");
        assert_eq!((person.first("gender"), person.first("taxNumber")), (Some("female"), Some("XYZABC74T11Z352Z")));
        let prose = read_as("Person", "Gender: unknown. Reported to be male. @ home. Fiscal Code: unknown");
        assert_eq!(prose.properties.len(), 1, "only the note");
    }
}
