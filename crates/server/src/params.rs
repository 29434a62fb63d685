//! Parameters of an address: what stands behind the `?`.
//!
//! In comes the query string, out come values of the type that is asked for. Lists are repeated parameters; commas mean nothing. Unknown parameters
//! are passed over, since clients still send some of earlier versions. What does not fit is collected, so that one answer tells all of it
//! ([`Params::finish`]).

use percent_encoding::{NON_ALPHANUMERIC, percent_decode, utf8_percent_encode};
use serde_json::{Value, json};

use crate::problem::{Failure, FieldError};

/// The form of `changed_since`: a day, with hour, minute and second where they are wanted.
const SINCE: &str = r"^\d{4}-\d{2}-\d{2}(T\d{2}(:\d{2}(:\d{2})?)?)?$";

/// Parameters, and what was wrong with those that were asked for.
#[derive(Debug, Default)]
pub(crate) struct Params {
    pairs: Vec<(String, String)>,
    errors: Vec<FieldError>,
}

/// The names and values of a query string or a form; bytes that are no UTF-8 become the replacement character.
pub(crate) fn pairs(text: &[u8]) -> Vec<(String, String)> {
    let decode = |part: &[u8]| {
        let spaced: Vec<u8> = part.iter().map(|&b| if b == b'+' { b' ' } else { b }).collect();
        percent_decode(&spaced).decode_utf8_lossy().into_owned()
    };
    let parts = text.split(|&b| b == b'&').filter(|part| !part.is_empty());
    parts
        .map(|part| {
            let at = part.iter().position(|&b| b == b'=').unwrap_or(part.len());
            (decode(&part[..at]), decode(part.get(at + 1..).unwrap_or(&[])))
        })
        .collect()
}

/// A text as it may stand in an address.
pub(crate) fn encoded(text: &str) -> String {
    utf8_percent_encode(text, NON_ALPHANUMERIC).to_string()
}

impl Params {
    /// Reads a query string.
    pub(crate) fn read(query: Option<&str>) -> Params {
        Params { pairs: pairs(query.unwrap_or("").as_bytes()), errors: Vec::new() }
    }

    /// The last value of a parameter.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.pairs.iter().rev().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
    }

    /// All values of a parameter.
    pub(crate) fn all(&self, name: &str) -> Vec<String> {
        self.pairs.iter().filter(|(n, _)| n == name).map(|(_, value)| value.clone()).collect()
    }

    fn wrong(&mut self, kind: &'static str, name: &str, msg: String, ctx: Option<Value>) {
        let input = self.text(name).map_or(Value::Null, |value| json!(value));
        self.errors.push(FieldError { kind, loc: vec![json!("query"), json!(name)], msg, input, ctx });
    }

    /// A whole number; one below zero is zero, one above `most` is wrong.
    pub(crate) fn count(&mut self, name: &str, default: usize, most: usize) -> usize {
        let Some(text) = self.text(name) else { return default };
        match text.trim().parse::<i128>() {
            Ok(number) if number > most as i128 => {
                let msg = format!("Input should be less than or equal to {most}");
                self.wrong("less_than_equal", name, msg, Some(json!({ "le": most })));
                default
            }
            Ok(number) => number.max(0) as usize,
            Err(_) => {
                let msg = "Input should be a valid integer, unable to parse string as an integer";
                self.wrong("int_parsing", name, msg.to_owned(), None);
                default
            }
        }
    }

    /// A number.
    pub(crate) fn number(&mut self, name: &str, default: f64) -> f64 {
        let Some(text) = self.text(name) else { return default };
        match text.trim().parse::<f64>() {
            Ok(number) if number.is_finite() => number,
            _ => {
                let msg = "Input should be a valid number, unable to parse string as a number";
                self.wrong("float_parsing", name, msg.to_owned(), None);
                default
            }
        }
    }

    /// Yes or no, in any of the ways that people write it.
    pub(crate) fn flag(&mut self, name: &str, default: bool) -> bool {
        let Some(text) = self.text(name) else { return default };
        match text.trim().to_ascii_lowercase().as_str() {
            "true" | "1" | "yes" | "on" | "t" | "y" => true,
            "false" | "0" | "no" | "off" | "f" | "n" => false,
            _ => {
                let msg = "Input should be a valid boolean, unable to interpret input";
                self.wrong("bool_parsing", name, msg.to_owned(), None);
                default
            }
        }
    }

    /// A day or a moment of a day.
    pub(crate) fn since(&mut self, name: &str) -> Option<String> {
        let text = self.text(name)?.to_owned();
        if is_moment(&text) {
            return Some(text);
        }
        let msg = format!("String should match pattern '{SINCE}'");
        self.wrong("string_pattern_mismatch", name, msg, Some(json!({ "pattern": SINCE })));
        None
    }

    /// Values of which there may be so many.
    pub(crate) fn at_most(&mut self, name: &str, most: usize) -> Vec<String> {
        let values = self.all(name);
        if values.len() > most {
            let msg = format!("List should have at most {most} items after validation, not {}", values.len());
            let ctx = json!({ "field_type": "List", "max_length": most, "actual_length": values.len() });
            self.wrong("too_long", name, msg, Some(ctx));
        }
        values
    }

    /// One of some words; the first if there is none.
    pub(crate) fn word(&mut self, name: &str, words: &[&'static str]) -> &'static str {
        let first = words.first().copied().unwrap_or("");
        let Some(text) = self.text(name) else { return first };
        if let Some(word) = words.iter().copied().find(|word| *word == text) {
            return word;
        }
        self.no_word(name, words);
        first
    }

    /// Some of some words; `default` if there are none.
    pub(crate) fn words(&mut self, name: &str, words: &[&'static str], default: &[&'static str]) -> Vec<&'static str> {
        let given = self.all(name);
        if given.is_empty() {
            return default.to_vec();
        }
        let mut out = Vec::new();
        for text in &given {
            match words.iter().copied().find(|word| word == text) {
                Some(word) if out.contains(&word) => {}
                Some(word) => out.push(word),
                None => self.no_word(name, words),
            }
        }
        out
    }

    fn no_word(&mut self, name: &str, words: &[&'static str]) {
        let quoted: Vec<String> = words.iter().map(|word| format!("'{word}'")).collect();
        let expected = match quoted.split_last() {
            Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
            _ => quoted.concat(),
        };
        self.wrong("enum", name, format!("Input should be {expected}"), Some(json!({ "expected": expected })));
    }

    /// All that was wrong with what was asked for.
    pub(crate) fn finish(&mut self) -> Result<(), Failure> {
        if self.errors.is_empty() { Ok(()) } else { Err(Failure::Fields(std::mem::take(&mut self.errors))) }
    }
}

/// Whether a text is of the form [`SINCE`].
fn is_moment(text: &str) -> bool {
    const FORM: &[u8] = b"0000-00-00T00:00:00";
    let fits = |(byte, form): (u8, &u8)| if *form == b'0' { byte.is_ascii_digit() } else { byte == *form };
    matches!(text.len(), 10 | 13 | 16 | 19) && text.bytes().zip(FORM).all(fits)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn lists_are_repeated_and_the_last_single_value_counts() {
        let mut params = Params::read(Some("topics=a,b&topics=c&limit=3&limit=7&nested=False&q=a+b%20%C3%A9"));
        assert_eq!(params.all("topics"), ["a,b", "c"]);
        assert_eq!(params.count("limit", 5, 500), 7);
        assert!(!params.flag("nested", true));
        assert_eq!(params.text("q"), Some("a b é"));
        assert!(params.finish().is_ok());
    }

    #[test]
    fn below_zero_is_zero_and_too_much_is_told() {
        let mut params = Params::read(Some("limit=-3&offset=9500&changed_since=2024-1-1&fuzzy=maybe"));
        assert_eq!(params.count("limit", 5, 500), 0);
        params.count("offset", 0, 9_499);
        params.since("changed_since");
        params.flag("fuzzy", false);
        let Err(Failure::Fields(fields)) = params.finish() else { panic!() };
        let told: Vec<(&str, &str)> = fields.iter().map(|f| (f.kind, f.loc[1].as_str().unwrap())).collect();
        let expected =
            [("less_than_equal", "offset"), ("string_pattern_mismatch", "changed_since"), ("bool_parsing", "fuzzy")];
        assert_eq!(told, expected);
    }

    #[test]
    fn a_moment_has_a_day_at_least() {
        for text in ["2024-01-01", "2024-01-01T10", "2024-01-01T10:30", "2024-01-01T10:30:00"] {
            assert!(is_moment(text), "{text}");
        }
        for text in ["", "2024-01", "2024-01-01T", "2024-01-01T10:30:00Z", "2024-01-01 10", "２０２４-01-01"] {
            assert!(!is_moment(text), "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_query_string_is_read(text in "\\PC{0,60}|(%[0-9a-fA-F]{0,2}|[a-z=&+]){0,40}") {
            let mut params = Params::read(Some(&text));
            params.count("a", 1, 5);
            params.flag("b", true);
            let _ = params.finish();
        }
    }
}
