//! Documents on the UN list, whose number element often holds a sentence.
//!
//! In come INDIVIDUAL_DOCUMENT elements: a type, a second and freer type, a number, countries, a date, a note. Out
//! come [`Document`]s with a bare number: *CAR diplomatic passport no. D00000898* is the number D00000898, *Libya
//! B/002210* the number B/002210 of Libya, *381110042 (Expired 25 Jan. 2016)* has an expiry date. The rules take a
//! number apart only at words that announce it; where none does, the text stays the number. Everything around it stays
//! in the summary.

use mihenk_entities::{Date, country::Country};

use crate::{
    document::Document,
    listing::{Listing, one_line},
    xml::Element,
};

/// The parts of a document.
pub(super) const FIELDS: &[&str] = &[
    "TYPE_OF_DOCUMENT",
    "TYPE_OF_DOCUMENT2",
    "NUMBER",
    "ISSUING_COUNTRY",
    "COUNTRY_OF_ISSUE",
    "CITY_OF_ISSUE",
    "DATE_OF_ISSUE",
    "NOTE",
];

/// Adds the documents of a record.
pub(super) fn read(record: &Element<'_>, listing: &mut Listing<'_>) {
    for element in record.children("INDIVIDUAL_DOCUMENT") {
        if let Some(document) = document(|name| one_line(element.text_of(name))) {
            listing.goes_on_at_line(element.line);
            listing.document(&document, "INDIVIDUAL_DOCUMENT");
        }
    }
}

/// The document that the parts describe; none if they are all empty.
fn document(text: impl Fn(&str) -> String) -> Option<Document> {
    let (kind, second, number, note) =
        (text("TYPE_OF_DOCUMENT"), text("TYPE_OF_DOCUMENT2"), text("NUMBER"), text("NOTE"));
    if FIELDS.iter().all(|field| text(field).is_empty()) {
        return None;
    }
    // The number stands in its element, or in the second type ("… card (tazkira) number 545167"), or in the note, which
    // can also be about anything else.
    let note_number = bare_number(&note);
    let in_note = note_number.announced || note.split(' ').next().is_some_and(has_digit);
    let holder = if has_digit(&number) {
        &number
    } else if has_digit(&second) {
        &second
    } else if in_note {
        &note
    } else {
        &number
    };
    let bare = bare_number(holder);
    let kinds = [kind.as_str(), second.as_str()];
    let kind_text = if second.is_empty() || second.eq_ignore_ascii_case(&kind) || second.starts_with("number") {
        kind.clone()
    } else if kind.is_empty() {
        second.clone()
    } else {
        format!("{kind} ({})", second.trim_end_matches(':'))
    };
    let passport = is_passport(kinds, &number);
    let mut summary: Vec<&str> = Vec::new();
    if bare.rest_is_more {
        summary.push(holder);
    }
    if holder != &note || !bare.rest_is_more {
        summary.push(&note);
    }
    summary.retain(|part| !part.is_empty());
    let country = [text("ISSUING_COUNTRY"), text("COUNTRY_OF_ISSUE"), bare.country.clone()];
    let issued = text("DATE_OF_ISSUE");
    Some(Document {
        property: if passport { "passportNumber" } else { "idNumber" },
        kind: kind_text,
        number: bare.number,
        country: country.into_iter().find(|country| !country.is_empty()).unwrap_or_default(),
        issued: if issued.is_empty() { date_behind(&note, &["issued on", "issued", "date of issue"]) } else { issued },
        expires: [&note, &number]
            .into_iter()
            .map(|text| date_behind(text, &EXPIRY))
            .find(|d| !d.is_empty())
            .unwrap_or_default(),
        authority: text("CITY_OF_ISSUE"),
        summary: summary.join("; "),
    })
}

/// Words before a date of expiry, longer ones first.
const EXPIRY: [&str; 10] = [
    "expiration date",
    "date of expiration",
    "expiry date of",
    "expiry date",
    "expires on",
    "expired on",
    "valid until",
    "expir",
    "exp.",
    "expiry",
];

fn is_passport(kinds: [&str; 2], number: &str) -> bool {
    let text = kinds.map(str::to_lowercase).join(" ");
    let passport = ["passport", "passeport", "pasaporte", "laissez-passer", "travel document"];
    passport.iter().any(|word| text.contains(word)) || number.to_lowercase().contains("travel document")
}

fn has_digit(text: &str) -> bool {
    text.chars().any(|c| c.is_ascii_digit())
}

#[derive(Debug, Default, PartialEq, Eq)]
struct Bare {
    number: String,
    country: String,
    /// There was more in the text than number and country.
    rest_is_more: bool,
    /// A word said that a number follows.
    announced: bool,
}

/// The number in a text that may be a sentence.
fn bare_number(text: &str) -> Bare {
    let mut bare = Bare::default();
    let mut rest = text.trim();
    // "403062567 (US)", "381110042 (Expired 25 Jan. 2016)"
    if let Some((before, inside)) = rest.strip_suffix(')').and_then(|text| text.rsplit_once(" (")) {
        match Country::parse(inside) {
            Some(_) => bare.country = inside.to_owned(),
            None => bare.rest_is_more = true,
        }
        rest = before.trim();
    }
    // "R00012098, South Sudan"; "347834, issued under name X"
    if let Some((before, behind)) = rest.split_once(',').filter(|(before, _)| has_digit(before)) {
        match Country::parse(behind.trim()) {
            Some(_) => bare.country = behind.trim().to_owned(),
            None => bare.rest_is_more = true,
        }
        rest = before.trim();
    }
    if let Some(at) = announcement(rest).filter(|_| !is_plain(rest)) {
        if bare.country.is_empty() {
            bare.country = country_before(&rest[..at]);
        }
        (bare.rest_is_more, bare.announced) = (true, true);
        rest = rest[at..].trim_start_matches([':', ' ']);
    }
    if let Some(number) = rest.strip_prefix("SSN ") {
        (bare.rest_is_more, bare.announced) = (true, true);
        rest = number;
    }
    // "Libya B/002210", "British 094629366"
    if let Some((country, number)) = rest.split_once(' ').filter(|(word, number)| !is_plain(word) && has_digit(number))
        && Country::parse(country).is_some()
    {
        bare.country = country.to_owned();
        rest = number;
    }
    // "W334061 issued on 9 Mar. 2011"
    if let Some((number, _)) = [" issued", " expire", " under", " and "].iter().find_map(|words| rest.split_once(words))
    {
        bare.rest_is_more = true;
        rest = number;
    }
    bare.number = rest.trim_matches([' ', ',', ';', '.']).to_owned();
    bare
}

/// Where a number begins that a word announces, surer words first.
fn announcement(text: &str) -> Option<usize> {
    const WORDS: [&[&str]; 3] = [
        &["number: ", "number ", "Number "],
        &["no.: ", "No.: ", "no. ", "No. "],
        &["Code: ", "Passport: ", "Passport ", "card ", ") "],
    ];
    let first = |words: &[&str]| words.iter().filter_map(|word| text.find(word).map(|at| at + word.len())).min();
    WORDS.into_iter().find_map(|words| first(words).filter(|at| has_digit(&text[*at..])))
}

/// Letters, digits and the marks that numbers have, no words.
fn is_plain(text: &str) -> bool {
    !text.split_whitespace().any(|word| word.chars().filter(|c| c.is_lowercase()).count() > 1)
}

/// The country at the beginning of words such as *Central African Republic number*, *Afghan passport number*.
fn country_before(words: &str) -> String {
    let words: Vec<&str> = words.split_whitespace().collect();
    let known =
        (1..=words.len().min(4)).rev().map(|length| words[..length].join(" ")).find(|w| Country::parse(w).is_some());
    known.unwrap_or_default()
}

/// The date that follows one of the words, at most two words further on, as the source writes it; empty if there is
/// none.
fn date_behind(text: &str, announced_by: &[&str]) -> String {
    let lower = text.to_lowercase();
    for announcement in announced_by {
        // Lower case can be longer than the text; then the offsets do not agree and the note stays a note.
        let Some(behind) = lower.find(announcement).and_then(|at| text.get(at + announcement.len()..)) else {
            continue;
        };
        let words: Vec<&str> = behind.split_whitespace().take(6).collect();
        for from in 0..words.len().min(3) {
            for length in (1..=3.min(words.len() - from)).rev() {
                let date = words[from..from + length].join(" ");
                let date = date.trim_matches([' ', '.', ',', ';', ':', ')', '(']);
                if Date::parse(date).is_ok() {
                    return date.to_owned();
                }
            }
        }
    }
    String::new()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    // Invented numbers in the forms in which the list writes them.
    #[test]
    fn a_number_is_found_in_a_sentence() {
        for (text, number, country) in [
            ("OB 0243318", "OB 0243318", ""),
            ("1-78-09-44621-80", "1-78-09-44621-80", ""),
            ("CAR diplomatic passport no. D00000898", "D00000898", "CAR"),
            ("Central African Republic number O00065772", "O00065772", "Central African Republic"),
            ("Afghan national identification card (tazkira) number 300786", "300786", "Afghan"),
            ("Libyan passport No. 513519", "513519", "Libyan"),
            ("Libya B/002210", "B/002210", "Libya"),
            ("403062567 (US)", "403062567", "US"),
            ("R00012098, South Sudan", "R00012098", "South Sudan"),
            ("381110042 (Expired 25 Jan. 2016)", "381110042", ""),
            ("Diplomatic Passport D014433", "D014433", ""),
            ("Diplomatic Passport: Z30321794", "Z30321794", ""),
            ("SSN 156-92-9858 (United States of America)", "156-92-9858", "United States of America"),
            ("04643632 issued on 18 Jun. 1999", "04643632", ""),
            ("Italian Fiscal Code: XYZABC74T11Z352Z", "XYZABC74T11Z352Z", "Italian"),
            ("Libyan passport number 347834, issued under name X, expired on 21 Feb. 2014", "347834", "Libyan"),
            ("B 524420", "B 524420", ""),
            ("PS 472330200", "PS 472330200", ""),
            ("Afghan passport number SE 012800", "SE 012800", "Afghan"),
            ("Moroccan national identity card DE- 473900", "DE- 473900", "Moroccan"),
            ("Russian passport number 8208 No. 555600", "8208 No. 555600", "Russian"),
            ("German travel document (“Reiseausweis”) A 0139200", "A 0139200", "German"),
        ] {
            let bare = bare_number(text);
            assert_eq!((bare.number.as_str(), bare.country.as_str()), (number, country), "{text}");
        }
    }

    #[test]
    fn dates_of_expiry_are_found_in_notes() {
        for (note, date) in [
            ("Expiration date: 2026-12-11.", "2026-12-11"),
            ("Expired 28 Nov. 2016", "28 Nov. 2016"),
            ("issued by X, in Juba. Expires on 11 Jun. 2017. Diplomatic passport", "11 Jun. 2017"),
            ("valid until 10 April 2018", "10 April 2018"),
            ("expires on October 19, 2020", "October 19, 2020"),
            ("Date of expiration: 24 Nov 2026", "24 Nov 2026"),
            ("issued by UK Passport Office with expiry date of 16 Jun. 2019, cancelled in Dec. 2014", "16 Jun. 2019"),
            ("exp. 20 Aug 2017", "20 Aug 2017"),
            ("expiring 27 Oct. 2013", "27 Oct. 2013"),
            ("expired", ""),
            ("officially cancelled as of 2013", ""),
        ] {
            assert_eq!(date_behind(note, &EXPIRY), date, "{note}");
        }
        assert_eq!(date_behind("issued on 28 Feb. 1996, expired on 27 Feb. 2001", &["issued on"]), "28 Feb. 1996");
    }

    #[test]
    fn a_document_is_put_together_from_its_parts() {
        let parts =
            [("TYPE_OF_DOCUMENT", "Passport"), ("NOTE", "Tunisian passport number L 191609 issued on 28 Feb. 1996")];
        let text =
            |name: &str| parts.iter().find(|(key, _)| *key == name).map_or(String::new(), |(_, v)| (*v).to_owned());
        let document = document(text).unwrap();
        assert_eq!((document.property, document.number.as_str()), ("passportNumber", "L 191609"));
        assert_eq!((document.country.as_str(), document.issued.as_str()), ("Tunisian", "28 Feb. 1996"));
        assert!(super::document(|_| String::new()).is_none());
        let note = |name: &str| if name == "NOTE" { "issued in 1993, under name X".to_owned() } else { String::new() };
        assert_eq!(super::document(note).unwrap().number, "", "a year is no number");
    }

    proptest! {
        #[test]
        fn any_text_has_a_number_or_not(text in "\\PC{0,60}|[a-zA-Z0-9.,:() ]{0,50}") {
            let _ = bare_number(&text);
            let _ = date_behind(&text, &EXPIRY);
        }
    }
}
