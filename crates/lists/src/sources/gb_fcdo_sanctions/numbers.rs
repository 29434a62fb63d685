//! Register numbers of the UK Sanctions List, which are free text: `INN: 7706001234 OGRN - 1027700000000`.
//!
//! In comes the text of a business registration number; out come numbers under the property that their label names. A text of
//! which every word is a known label or its number is taken apart and kept as a note as well; any other stays one registration
//! number, with what could be told of it beside.

use crate::{document::Document, listing::Listing, sources::gb_fcdo_sanctions::details::report_no_number};

const FIELD: &str = "BusinessRegistrationNumber";

/// Labels before a number, in capitals without marks, longer ones first.
const LABELS: [(&str, &str); 18] = [
    ("TAX IDENTIFICATION NUMBER", "taxNumber"),
    ("BUSINESS REGISTRATION NUMBER", "registrationNumber"),
    ("COMPANY REGISTRATION NUMBER", "registrationNumber"),
    ("TRADE REGISTER NUMBER", "registrationNumber"),
    ("UNIFIED SOCIAL CREDIT CODE", "uscCode"),
    ("REGISTRATION NUMBER", "registrationNumber"),
    ("COMPANY NUMBER", "registrationNumber"),
    ("TAXPAYER ID", "taxNumber"),
    ("TAX NUMBER", "taxNumber"),
    ("SWIFT/BIC", "swiftBic"),
    ("RUSSIA OGRN", "ogrnCode"),
    ("RUSSIA INN", "innCode"),
    ("SWIFT", "swiftBic"),
    ("OGRN", "ogrnCode"),
    ("INN", "innCode"),
    ("KPP", "kppCode"),
    ("BIK", "bikCode"),
    ("TIN", "taxNumber"),
];

/// Adds a register number.
pub(super) fn registration(text: &str, listing: &mut Listing<'_>) {
    if !text.chars().any(char::is_numeric) {
        return report_no_number(text, FIELD, listing);
    }
    let (found, rest) = labelled(text);
    for (property, number) in &found {
        let properties: &[&'static str] = match *property {
            // A number of a country that has a register of its own is a registration number too.
            "innCode" | "ogrnCode" => {
                &[*property, if *property == "innCode" { "taxNumber" } else { "registrationNumber" }]
            }
            _ => &[*property],
        };
        for property in properties {
            listing.number(property, number, FIELD);
        }
    }
    if found.is_empty() || rest {
        let property = "registrationNumber";
        let kind = "Business registration number".to_owned();
        let document = Document { property, kind, number: text.to_owned(), ..Document::default() };
        return listing.document(&document, FIELD);
    }
    listing.note(&format!("{FIELD}: {text}"));
}

/// Properties and numbers in a text, and whether there is more in it than those.
fn labelled(text: &str) -> (Vec<(&'static str, String)>, bool) {
    const MARKS: [char; 9] = [' ', ':', '-', '–', ',', ';', '/', '.', '|'];
    let mut rest = text.trim_matches(MARKS);
    let (mut found, mut more) = (Vec::new(), false);
    while !rest.is_empty() {
        let label = LABELS.iter().find(|(label, _)| {
            let starts = rest.get(..label.len()).is_some_and(|start| start.eq_ignore_ascii_case(label));
            starts && !rest[label.len()..].starts_with(|c: char| c.is_ascii_alphabetic())
        });
        let after = label.map_or(rest, |(label, _)| rest[label.len()..].trim_start_matches(MARKS));
        let end = after.find([' ', ',', ';', '/', '|']).unwrap_or(after.len());
        let number = after[..end].trim_matches(MARKS);
        match label {
            Some((_, property)) if number.chars().any(|c| c.is_ascii_digit()) || *property == "swiftBic" => {
                found.push((*property, number.to_owned()));
            }
            // A label before a label: "Tax Identification Number: INN 4706036197".
            Some(_) => {
                rest = after;
                continue;
            }
            None => more = true,
        }
        rest = after[end..].trim_start_matches(MARKS);
    }
    (found, more)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    // The forms that OpenSanctions found on the list, with other numbers.
    #[test]
    fn labels_tell_what_a_number_is() {
        for (text, expected) in [
            ("INN: 7706001234", &[("innCode", "7706001234")][..]),
            ("INN - 7706001234 OGRN – 1027700000000", &[("innCode", "7706001234"), ("ogrnCode", "1027700000000")]),
            ("INN: 7706001234 / KPP: 770601001", &[("innCode", "7706001234"), ("kppCode", "770601001")]),
            (
                "Tax Identification Number: INN 7706001234; KPP: 770601001",
                &[("innCode", "7706001234"), ("kppCode", "770601001")],
            ),
            ("TIN: 01312202410095", &[("taxNumber", "01312202410095")]),
            ("Russia INN - 7706001234", &[("innCode", "7706001234")]),
            ("SWIFT/BIC EXAMKPPY", &[("swiftBic", "EXAMKPPY")]),
        ] {
            let expected: Vec<(&str, String)> = expected.iter().map(|(p, n)| (*p, (*n).to_owned())).collect();
            assert_eq!(labelled(text), (expected, false), "{text}");
        }
    }

    #[test]
    fn what_is_not_all_labels_and_numbers_says_so() {
        assert_eq!(labelled("03503060"), (Vec::new(), true));
        assert_eq!(labelled("Company of Inns 12"), (Vec::new(), true));
        let (found, more) = labelled("311490-3301-ZAO TIN: 01312202410095");
        assert_eq!((found, more), (vec![("taxNumber", "01312202410095".to_owned())], true));
        assert_eq!(labelled("TIN"), (Vec::new(), false));
    }

    proptest! {
        #[test]
        fn any_text_is_taken_apart(text in "\\PC{0,40}|(INN|TIN|SWIFT| |:|-|[0-9]){0,12}") {
            let _ = labelled(&text);
        }
    }
}
