//! Postal addresses in a form that can be compared.
//!
//! In comes an address on one line, out come its words, romanised as names are, in the order of the alphabet: lists write the same address with the house number before and behind the
//! street and the city before and behind the code. Common abbreviations are written out, words that only say what follows (*No.*, *P.O.*) and a country at the end are left
//! out. An address without a number, or of fewer than three words, is a town or a street and has no such form.
//!
//! It does not correct spelling, does not know that a street was renamed or that two names of a town mean one, does not translate *Straße* into *street*, and takes two addresses whose words are the same in another
//! order for one.

use mihenk_names::tokenize;

use crate::country::Country;

/// The fewest words of an address.
const WORDS_MIN: usize = 3;
/// An address with more is a text.
const WORDS_MAX: usize = 60;

/// Abbreviations of which the long form is as common, and the long form.
const LONG: &[(&str, &str)] = &[
    ("st", "street"),
    ("str", "street"),
    ("ave", "avenue"),
    ("av", "avenue"),
    ("rd", "road"),
    ("blvd", "boulevard"),
    ("bld", "building"),
    ("bldg", "building"),
    ("sq", "square"),
    ("ln", "lane"),
    ("dr", "drive"),
    ("apt", "apartment"),
    ("fl", "floor"),
    ("ste", "suite"),
    ("rm", "room"),
    ("ul", "ulitsa"),
    ("cad", "caddesi"),
    ("cd", "caddesi"),
    ("sok", "sokak"),
    ("sk", "sokak"),
    ("sokagi", "sokak"),
    ("mah", "mahallesi"),
    ("mh", "mahallesi"),
    ("pobox", "box"),
    ("pob", "box"),
];

/// Words that say what stands behind them.
const SAID: &[&str] = &["no", "nr", "number", "num", "po", "p", "o", "the", "of"];

/// The words of an address in order, with blanks between; `None` when it is no address of somebody.
#[must_use]
pub fn comparable(text: &str) -> Option<String> {
    let words = tokenize(without_country(text));
    let long = |form: &str| LONG.iter().find(|(short, _)| *short == form).map_or(form, |(_, long)| long).to_owned();
    let mut words: Vec<String> = words.iter().map(|token| long(&token.form)).collect();
    words.retain(|word| !SAID.contains(&word.as_str()));
    let has_number = words.iter().any(|word| word.bytes().any(|b| b.is_ascii_digit()));
    let has_letters = words.iter().any(|word| word.bytes().any(|b| b.is_ascii_alphabetic()));
    if !has_number || !has_letters || !(WORDS_MIN..=WORDS_MAX).contains(&words.len()) {
        return None;
    }
    words.sort_unstable();
    words.dedup();
    Some(words.join(" "))
}

/// An address without the country that it ends in, if there is something else.
fn without_country(text: &str) -> &str {
    match text.trim_end_matches(['.', ' ', ',']).rsplit_once([',', ';', '\n']) {
        Some((before, last)) if Country::parse(last.trim()).is_some() => before,
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn ways_of_writing_one_address_have_one_form() {
        for (one, other) in [
            ("12 Long Street, Karim City, Iran", "Long St. 12, Karim City"),
            ("P.O. Box 1234, Dubai, United Arab Emirates", "PO Box No. 1234, Dubai, , AE"),
            ("ул. Садовая, д. 5, Москва", "Ul Sadovaya, d 5, Moskva, Russia"),
            ("Atatürk Cad. No:5 Kat 3, Ankara", "ATATÜRK CADDESI 5, KAT 3, ANKARA, TÜRKİYE"),
        ] {
            assert!(comparable(one).is_some(), "{one}");
            assert_eq!(comparable(one), comparable(other), "{one} / {other}");
        }
        assert_eq!(comparable("12 Long Street, Karim City").as_deref(), Some("12 city karim long street"));
    }

    #[test]
    fn a_town_or_a_street_is_nobodys_address() {
        for vague in ["Tehran", "Tehran, Iran", "Main Street, Karim City, Iran", "12 Long", "", "12, 13, 14 ,", "Homs"]
        {
            assert_eq!(comparable(vague), None, "{vague}");
        }
        assert_ne!(comparable("12 Long Street, Karim City"), comparable("13 Long Street, Karim City"));
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "\\PC{0,120}") {
            if let Some(form) = comparable(&text) {
                prop_assert!(form.split(' ').is_sorted());
            }
        }
    }
}
