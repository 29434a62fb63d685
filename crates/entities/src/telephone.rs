//! Telephone numbers in a form that can be compared.
//!
//! In comes a number as somebody wrote it, out come its digits with the prefix of the country: the international number of ITU-T E.164 (up to 15 digits, none
//! of which begins with 0). It is read only when the country is written, by `+` or `00`: which country a number without it belongs to would be a guess, and two numbers that are the same
//! in two countries would be one. Whether a number exists is not looked up; [`country`] says where it is dialled, if its beginning tells.

use std::{collections::HashMap, sync::LazyLock};

use crate::country::Country;

/// Countries by the digits with which numbers begin.
static CODES: LazyLock<HashMap<&'static str, Country>> = LazyLock::new(|| {
    let lines = include_str!("../../../data/dialling-codes.txt").lines();
    let rows = lines.filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('|'));
    rows.filter_map(|(code, country)| Some((code.trim(), Country::parse(country.trim())?))).collect()
});

/// The country in which a number is dialled; none where its beginning is shared or the country is not written.
#[must_use]
pub fn country(text: &str) -> Option<Country> {
    let number = international(text)?;
    (1..number.len()).rev().find_map(|length| CODES.get(&number[..length]).copied())
}

/// The fewest digits that are taken for an international number, and the most that there are (E.164, 6).
const DIGITS: std::ops::RangeInclusive<usize> = 8..=15;

/// The digits of an international number; `None` when the country is not written, or it is no number.
#[must_use]
pub fn international(text: &str) -> Option<String> {
    // "+44 (0)20 …": the nought is dialled within the country only.
    let text = text.trim().replacen("(0)", "", 1);
    let start = text.find(|c: char| c == '+' || c == '＋' || digit(c).is_some())?;
    let number = &text[start..];
    let (has_plus, number) = match number.strip_prefix(['+', '＋']) {
        Some(number) => (true, number),
        None => (false, number),
    };
    // An extension is not part of the number.
    let end = number.find(|c: char| digit(c).is_none() && !is_between(c)).unwrap_or(number.len());
    let mut digits: String = number[..end].chars().filter_map(digit).collect();
    if !has_plus {
        digits = digits.strip_prefix("00")?.to_owned();
    }
    (DIGITS.contains(&digits.len()) && !digits.starts_with('0')).then_some(digits)
}

/// What people write between digits.
fn is_between(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '-' | '–' | '‑' | '.' | '/' | '(' | ')' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}')
}

/// A digit of any of the scripts in which the lists write them, as ASCII.
fn digit(c: char) -> Option<char> {
    let from = match c {
        '0'..='9' => return Some(c),
        '٠'..='٩' => '٠',
        '۰'..='۹' => '۰',
        '０'..='９' => '０',
        '०'..='९' => '०',
        _ => return None,
    };
    char::from_digit(u32::from(c) - u32::from(from), 10)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_longest_beginning_says_the_country() {
        let code = |text: &str| country(text).map(Country::code);
        assert_eq!(code("+44 20 7946 0018"), Some("gb"));
        assert_eq!(code("00 44 1534 496 0018"), Some("je"));
        assert_eq!((code("+7 495 555 01 00"), code("+7 701 555 0100")), (Some("ru"), Some("kz")));
        assert_eq!(code("+90 312 555 0100"), Some("tr"));
        assert_eq!(code("+1 212 555 0100"), None, "twenty-five countries share it");
        assert_eq!((code("020 7946 0018"), code("+999 5550 0100")), (None, None));
        assert!(CODES.len() > 200 && CODES.get("90").is_some(), "every line is read");
    }

    // Numbers set aside for films and examples: Ofcom 020 7946 0000–0999, the North American 555-0100–0199.
    #[test]
    fn ways_of_writing_one_number_have_one_form() {
        for written in [
            "+442079460018",
            "+44 20 7946 0018",
            "+44 (0)20 7946 0018",
            "0044-20-7946.0018",
            "Tel: +44 (20) 7946-0018 ext. 12",
            "+۴۴ ۲۰ ۷۹۴۶ ۰۰۱۸",
            "٠٠٤٤ ٢٠ ٧٩٤٦ ٠٠١٨",
            "\u{200E}+44 20 7946 0018\u{200E}",
        ] {
            assert_eq!(international(written).as_deref(), Some("442079460018"), "{written}");
        }
        assert_eq!(international("+1 212 555 0100").as_deref(), Some("12125550100"));
    }

    #[test]
    fn no_country_is_guessed() {
        for written in [
            "020 7946 0018",
            "7946 0018",
            "555-0100",
            "+44 123",
            "+0 20 7946 0018",
            "+1234567890123456",
            "",
            "+",
            "n/a",
        ] {
            assert_eq!(international(written), None, "{written}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "\\PC{0,40}") {
            if let Some(digits) = international(&text) {
                prop_assert!(digits.len() <= 15 && digits.bytes().all(|b| b.is_ascii_digit()) && !digits.starts_with('0'));
                prop_assert_eq!(international(&format!("+{digits}")), Some(digits));
            }
        }
    }
}
