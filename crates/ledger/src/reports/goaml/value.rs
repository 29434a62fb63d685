//! Values of goAML: exact numbers, dates with time, truth; from text and back.
//!
//! In comes the text of an element, out comes what it says, or nothing when it says nothing of the kind; the check finds out with the
//! same functions, so that nothing is lost in silence. Numbers keep the decimals they were written with and are never
//! rounded. Forms are those of XML Schema part 2 (xs:decimal, xs:dateTime, xs:boolean); the schema's `sql_date` is an xs:dateTime not before 1753.

use std::{fmt, str::FromStr};

use jiff::civil::DateTime;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// An exact decimal number, with as many decimals as it was written with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Decimal {
    units: i128,
    decimals: u8,
}

/// Digits of a number; ten to that power fits an `i128`.
const DIGITS_MAX: usize = 36;

impl Decimal {
    /// So many units of the last decimal: `new(125_000, 2)` is 1250.00. None with more than 36 digits.
    #[must_use]
    pub fn new(units: i128, decimals: u8) -> Option<Decimal> {
        let fits = usize::from(decimals) <= DIGITS_MAX && units.unsigned_abs() < 10_u128.pow(36);
        fits.then_some(Decimal { units, decimals })
    }

    /// How many decimals it was written with.
    #[must_use]
    pub fn decimals(self) -> u8 {
        self.decimals
    }

    /// Its units: how often it holds one of its last decimal.
    #[must_use]
    pub fn units(self) -> i128 {
        self.units
    }

    /// Whether it is less than a whole number.
    pub(super) fn is_below(self, bound: i64) -> bool {
        let (whole, part) = self.split();
        whole < i128::from(bound) || (whole == i128::from(bound) && part < 0)
    }

    /// Whether it is more than a whole number.
    pub(super) fn is_above(self, bound: i64) -> bool {
        let (whole, part) = self.split();
        whole > i128::from(bound) || (whole == i128::from(bound) && part > 0)
    }

    /// What stands before the point and behind it, both with the sign.
    fn split(self) -> (i128, i128) {
        let one = 10_i128.pow(u32::from(self.decimals));
        (self.units / one, self.units % one)
    }
}

impl FromStr for Decimal {
    type Err = ();

    fn from_str(text: &str) -> Result<Decimal, ()> {
        let text = text.trim_matches(is_blank);
        let (sign, digits) = match text.as_bytes().first() {
            Some(b'-') => (-1, &text[1..]),
            Some(b'+') => (1, &text[1..]),
            _ => (1, text),
        };
        let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
        let is_number = !(whole.is_empty() && part.is_empty())
            && whole.len() + part.len() <= DIGITS_MAX
            && [whole, part].iter().all(|part| part.bytes().all(|b| b.is_ascii_digit()));
        if !is_number {
            return Err(());
        }
        let units: i128 = format!("0{whole}{part}").parse().map_err(|_| ())?;
        let decimals = u8::try_from(part.len()).map_err(|_| ())?;
        Ok(Decimal { units: sign * units, decimals })
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let decimals = usize::from(self.decimals);
        let sign = if self.units < 0 { "-" } else { "" };
        let digits = format!("{:0>width$}", self.units.unsigned_abs(), width = decimals + 1);
        let (whole, part) = digits.split_at(digits.len() - decimals);
        let point = if part.is_empty() { "" } else { "." };
        write!(f, "{sign}{whole}{point}{part}")
    }
}

impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Decimal, D::Error> {
        let text = String::deserialize(from)?;
        text.parse()
            .map_err(|()| de::Error::custom(format!("{text:?} is no number; right would be one such as 1250.00")))
    }
}

/// White space of XML, which is around a number or a date without meaning.
pub(super) fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r')
}

/// A date and time, and what its text says besides.
pub(super) struct ReadDateTime {
    pub(super) value: DateTime,
    /// What is left out of the value: a part of a second, a zone, a time that is not there.
    pub(super) without: Option<Without>,
}

/// What a value of a date and time does without.
pub(super) enum Without {
    /// A time; it is read as 00:00:00.
    Time,
    /// What stands behind the seconds.
    Rest(String),
}

/// Reads `yyyy-MM-ddTHH:mm:ss`, and what else an xs:dateTime or an xs:date may be, saying what was left out.
pub(super) fn date_time(text: &str) -> Option<ReadDateTime> {
    let text = text.trim_matches(is_blank);
    let day = text.get(..10)?;
    let form = |part: &str, form: &str| {
        part.len() == form.len()
            && part.bytes().zip(form.bytes()).all(|(b, f)| b == f || (f == b'0' && b.is_ascii_digit()))
    };
    if !form(day, "0000-00-00") {
        return None;
    }
    if text.len() == 10 {
        let value = format!("{day}T00:00:00").parse().ok()?;
        return Some(ReadDateTime { value, without: Some(Without::Time) });
    }
    let clock = text.get(10..19)?;
    if !form(clock, "T00:00:00") {
        return None;
    }
    let rest = &text[19..];
    let fraction = rest.strip_prefix('.').map_or(0, |digits| 1 + digits.bytes().take_while(u8::is_ascii_digit).count());
    let zone = &rest[fraction..];
    let is_zone = zone.is_empty() || zone == "Z" || form(zone, "+00:00") || form(zone, "-00:00");
    if fraction == 1 || !is_zone {
        return None;
    }
    let value = text[..19].parse().ok()?;
    let is_said = rest.bytes().any(|b| b != b'.' && b != b'0');
    Some(ReadDateTime { value, without: is_said.then(|| Without::Rest(rest.to_owned())) })
}

/// As goAML wants it: `yyyy-MM-ddTHH:mm:ss`.
pub(super) fn written(value: DateTime) -> String {
    value.strftime("%Y-%m-%dT%H:%M:%S").to_string()
}

/// Reads an xs:boolean.
pub(super) fn boolean(text: &str) -> Option<bool> {
    match text.trim_matches(is_blank) {
        "true" | "1" => Some(true),
        "false" | "0" => Some(false),
        _ => None,
    }
}

/// The first character that XML 1.0 forbids (production 2, `Char`), with its place in bytes.
pub(super) fn forbidden(text: &str) -> Option<(usize, char)> {
    text.char_indices().find(|&(_, c)| !is_allowed(c))
}

/// Whether XML 1.0 allows a character.
pub(super) fn is_allowed(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r') || (c >= ' ' && !matches!(c, '\u{FFFE}' | '\u{FFFF}'))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_number_keeps_its_decimals() {
        for (text, units, decimals, written) in [
            ("1250.00", 125_000, 2, "1250.00"),
            ("-0.5", -5, 1, "-0.5"),
            ("+7", 7, 0, "7"),
            (".25", 25, 2, "0.25"),
            ("3.", 3, 0, "3"),
            (" 12.50\n", 1250, 2, "12.50"),
            ("007", 7, 0, "7"),
        ] {
            let number: Decimal = text.parse().unwrap();
            assert_eq!(
                (number.units(), number.decimals(), number.to_string().as_str()),
                (units, decimals, written),
                "{text}"
            );
        }
        for text in ["", "-", ".", "1,250.00", "1 250", "1e3", "0x1", "١٢", "1.2.3", "--1", &"9".repeat(37)] {
            assert!(text.parse::<Decimal>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_number_is_held_against_whole_bounds_to_its_last_decimal() {
        let number = |text: &str| text.parse::<Decimal>().unwrap();
        assert!(number("-0.01").is_below(0));
        assert!(!number("0.00").is_below(0));
        assert!(number("100.0001").is_above(100));
        assert!(!number("100.0000").is_above(100));
        assert!(number("-90.5").is_below(-90));
        assert!(!number("-89.5").is_below(-90));
    }

    #[test]
    fn a_date_is_read_in_the_forms_of_xml_schema() {
        let read = |text: &str| date_time(text).map(|read| (written(read.value), read.without.is_some()));
        let plain = Some(("2026-11-26T09:30:00".to_owned(), false));
        assert_eq!(read("2026-11-26T09:30:00"), plain);
        assert_eq!(read("2026-11-26T09:30:00.000"), plain);
        assert_eq!(read("2026-11-26T09:30:00.25Z"), Some(("2026-11-26T09:30:00".to_owned(), true)));
        assert_eq!(read("2026-11-26T09:30:00+04:00"), Some(("2026-11-26T09:30:00".to_owned(), true)));
        assert_eq!(read("2026-11-26"), Some(("2026-11-26T00:00:00".to_owned(), true)));
        for text in [
            "",
            "26.11.2026",
            "2026-13-01T00:00:00",
            "2026-11-26 09:30:00",
            "2026-11-26T25:00:00",
            "2026-11-26T09:30",
            "2026-11-26T09:30:00.",
        ] {
            assert!(date_time(text).is_none(), "{text}");
        }
    }

    #[test]
    fn xml_forbids_control_characters_and_two_others() {
        assert_eq!(forbidden("a\u{0}"), Some((1, '\u{0}')));
        assert_eq!(forbidden("\u{FFFE}"), Some((0, '\u{FFFE}')));
        assert_eq!(forbidden("tab\tline\nreturn\r Ayşe \u{1F600} \u{85}"), None);
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_as_the_same(units in -(10_i128.pow(36)) + 1..10_i128.pow(36), decimals in 0..30_u8) {
            let number = Decimal::new(units, decimals).unwrap();
            prop_assume!(number.to_string().bytes().filter(u8::is_ascii_digit).count() <= DIGITS_MAX);
            prop_assert_eq!(number.to_string().parse::<Decimal>(), Ok(number));
        }

        #[test]
        fn no_text_is_a_panic(text in ".*") {
            let _ = (text.parse::<Decimal>(), date_time(&text), boolean(&text), forbidden(&text));
        }
    }
}
