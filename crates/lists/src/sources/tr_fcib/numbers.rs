//! Numbers in MASAK's workbooks: one cell for identity, tax and foreigner's numbers, passports and whatever else.
//!
//! In comes the text of a cell, `TCKN: 12345678950 VKN 1234567890`; out come numbers with the property that their label or their
//! length tells: a Turkish identity number has 11 digits, a tax number 10. A text in which there is more than labels and
//! numbers stays a note.

use crate::{
    document::Document,
    finding::{Severity, quote},
    lettered::lettered,
    listing::{Listing, one_line},
    sayings,
};

const FIELD: &str = "TCKN/VKN/PASAPORT NO";

/// Labels in capitals, and the property of the number behind them.
const LABELS: [(&str, &str); 11] = [
    ("TCKN", "idNumber"),
    ("YKN", "idNumber"),
    ("GKN", "idNumber"),
    ("VKN", "taxNumber"),
    ("PASAPORT", "passportNumber"),
    ("PASSPORT", "passportNumber"),
    ("PAS", "passportNumber"),
    ("IMO", "imoNumber"),
    ("SWIFT", "swiftBic"),
    ("NO", ""),
    ("NUMBER", ""),
];

/// Fewest digits of a number that stands without a label.
const DIGITS_MIN: usize = 5;

/// Adds the numbers of a cell.
pub(super) fn read(text: &str, listing: &mut Listing<'_>) {
    if text.is_empty() {
        return;
    }
    let (found, more) = numbers(text, listing.is("Person"));
    if found.is_empty() {
        listing.report(Severity::Medium, FIELD, quote(text), sayings::no_number_found());
        return listing.note(&format!("{FIELD}: {text}"));
    }
    for (property, number) in found {
        if ["imoNumber", "swiftBic"].contains(&property) {
            listing.number(property, &number, FIELD);
            continue;
        }
        let kind = if property == "passportNumber" { "Pasaport" } else { "" }.to_owned();
        listing.document(&Document { property, kind, number, ..Document::default() }, FIELD);
    }
    if more {
        listing.note(&format!("{FIELD}: {}", one_line(text)));
    }
}

/// Numbers with their properties, and whether there is more in the text than those.
fn numbers(text: &str, person: bool) -> (Vec<(&'static str, String)>, bool) {
    let (mut found, mut more) = (Vec::new(), false);
    for piece in lettered(text) {
        let mut label = "";
        for word in piece.split([' ', ':', ',', '(', ')', '\u{a0}']).flat_map(parts).filter(|word| !word.is_empty()) {
            let upper = word.trim_end_matches('.').to_uppercase();
            let bare = upper.strip_suffix("/BIC").unwrap_or(&upper);
            if let Some((_, property)) = LABELS.iter().find(|(known, _)| *known == bare) {
                label = if property.is_empty() { label } else { property };
                continue;
            }
            let digits = word.chars().filter(char::is_ascii_digit).count();
            let is_number = digits >= DIGITS_MIN || (label == "swiftBic" && [8, 11].contains(&word.len()));
            if !is_number {
                more = true;
                continue;
            }
            let all_digits = digits == word.len();
            let property = match (label, all_digits, digits) {
                ("passportNumber", ..) if !person => "idNumber",
                (label, ..) if !label.is_empty() => label,
                (_, true, 11) => "idNumber",
                (_, true, 10) => "taxNumber",
                _ if person => "passportNumber",
                _ => "idNumber",
            };
            found.push((property, word.to_owned()));
            label = "";
        }
    }
    (found, more)
}

/// `99182343852-VKN` is a number and a label, `58231640694/99262833990` two numbers, `B/002210` one.
fn parts(word: &str) -> Vec<&str> {
    let word = word.trim_matches(['-', '–', '/', ';', '.']);
    let parts: Vec<&str> = word.split(['-', '–', '/']).map(str::trim).collect();
    let whole = |part: &&str| {
        let digits = part.bytes().filter(u8::is_ascii_digit).count();
        digits >= 7 || LABELS.iter().any(|(label, property)| !property.is_empty() && part.eq_ignore_ascii_case(label))
    };
    let is_label = |part: &&str| LABELS.iter().any(|(label, _)| part.eq_ignore_ascii_case(label));
    if parts.len() > 1 && parts.iter().all(whole) && !parts.iter().all(is_label) { parts } else { vec![word] }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    // The forms that OpenSanctions found on the list, with other digits.
    #[test]
    fn labels_and_lengths_tell_what_a_number_is() {
        let of = |text: &str| {
            let (found, more) = numbers(text, true);
            (found.iter().map(|(p, n)| format!("{p} {n}")).collect::<Vec<_>>().join(", "), more)
        };
        for (text, expected) in [
            ("12345678950", "idNumber 12345678950"),
            ("TCKN: 12345678950 VKN:1234567890", "idNumber 12345678950, taxNumber 1234567890"),
            ("12345678950/ 1234567890", "idNumber 12345678950, taxNumber 1234567890"),
            ("12345678950-VKN: 0123456789", "idNumber 12345678950, taxNumber 0123456789"),
            ("112345678-223456789", "passportNumber 112345678, passportNumber 223456789"),
            ("PAS. NO 4738399", "passportNumber 4738399"),
            ("Pasaport no: 750812699", "passportNumber 750812699"),
            ("IMO number: 9187629", "imoNumber 9187629"),
            ("SWIFT/BIC: EXAMKPPY", "swiftBic EXAMKPPY"),
            ("B/002210", "passportNumber B/002210"),
            ("a) 927234299 b) 108120299", "passportNumber 927234299, passportNumber 108120299"),
        ] {
            assert_eq!(of(text), (expected.to_owned(), false), "{text}");
        }
        assert_eq!(of("836420199, 28 Ekim 2016 tarihinde"), ("passportNumber 836420199".to_owned(), true));
        assert_eq!(numbers("Pasaport no: 750812699", false).0, [("idNumber", "750812699".to_owned())]);
    }

    proptest! {
        #[test]
        fn any_cell_is_taken_apart(text in "\\PC{0,40}|(TCKN|VKN|PAS|[0-9]{5}|[-/: ]){0,10}") {
            let _ = numbers(&text, true);
        }
    }
}
