//! Shares: whole parts per billion, with a lower and an upper bound, so that sums are exact and what is not known stays so.
//!
//! In comes text as registers write it (`50`, `33,33 %`, `25-50`, `more than 25 %`, `(25, 50]`), out comes a [`Share`]; a text that is none is a
//! [`ShareError`]. One hundred per cent is [`WHOLE`]. A bound that excludes its number (*more than 25 %*) lies one part inside it; digits beyond the
//! seventh decimal of a percentage are rounded outward, so that the true share is always within the bounds.

use std::fmt;

use serde::Serialize;

/// One hundred per cent.
pub const WHOLE: u32 = 1_000_000_000;
/// One per cent.
const PER_CENT: u32 = WHOLE / 100;

/// A share in parts per billion: somewhere from the lower to the upper bound, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Share {
    lower: u32,
    upper: u32,
}

/// Why a text is no share.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "{0:?} is not a share; right would be a percentage from 0 to 100 such as 50, 33.3, 25-50, \"more than 25\" or (25, 50]"
)]
pub struct ShareError(String);

impl Share {
    /// Nothing is known of it.
    pub const UNKNOWN: Share = Share { lower: 0, upper: WHOLE };
    /// All of it.
    pub const ALL: Share = Share { lower: WHOLE, upper: WHOLE };

    /// So many parts per billion; `None` above [`WHOLE`].
    #[must_use]
    pub fn exact(parts: u32) -> Option<Share> {
        Share::between(parts, parts)
    }

    /// From so many parts per billion to so many; `None` when there is nothing between, or above [`WHOLE`].
    #[must_use]
    pub fn between(lower: u32, upper: u32) -> Option<Share> {
        (lower <= upper && upper <= WHOLE).then_some(Share { lower, upper })
    }

    /// So many whole per cent, at most 100.
    #[must_use]
    pub fn percent(percent: u32) -> Share {
        let parts = percent.min(100) * PER_CENT;
        Share { lower: parts, upper: parts }
    }

    /// The least that it can be.
    #[must_use]
    pub fn lower(self) -> u32 {
        self.lower
    }

    /// The most that it can be.
    #[must_use]
    pub fn upper(self) -> u32 {
        self.upper
    }

    /// Whether it is known to the part.
    #[must_use]
    pub fn is_exact(self) -> bool {
        self.lower == self.upper
    }

    /// The same, where it is not certain that it is there at all.
    #[must_use]
    pub fn perhaps(self) -> Share {
        Share { lower: 0, upper: self.upper }
    }

    /// What both can mean: from the least that either allows to the most.
    #[must_use]
    pub fn hull(self, other: Share) -> Share {
        Share { lower: self.lower.min(other.lower), upper: self.upper.max(other.upper) }
    }

    /// Both together, at most all. The sum of lower bounds can be more than that; then it is cut, and `true` says so.
    #[must_use]
    pub fn and(self, other: Share) -> (Share, bool) {
        let (lower, upper) = (self.lower + other.lower, self.upper + other.upper);
        (Share { lower: lower.min(WHOLE), upper: upper.min(WHOLE) }, lower > WHOLE)
    }

    /// Reads a percentage with or without bounds.
    ///
    /// # Errors
    /// [`ShareError`] says what would be right; a number above 100 is no share.
    pub fn parse(text: &str) -> Result<Share, ShareError> {
        let wrong = || ShareError(text.trim().chars().take(60).collect());
        let plain = plain(text);
        bounds(&plain).and_then(|(lower, upper)| Share::between(lower, upper)).ok_or_else(wrong)
    }
}

/// Small letters, no sign of per cent, one blank between words.
fn plain(text: &str) -> String {
    let lower = text.to_lowercase().replace(['–', '—', '−'], "-");
    let words = lower.replace("per cent", " ").replace("percent", " ").replace('%', " ");
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn bounds(text: &str) -> Option<(u32, u32)> {
    if let Some(bounds) = interval(text) {
        return Some(bounds);
    }
    let above = ["more than ", "over ", "above ", "greater than ", "> ", ">"];
    if let Some(rest) = above.iter().find_map(|words| text.strip_prefix(words)).filter(|rest| !rest.starts_with('=')) {
        let beyond = |rest: &str| Some((number(rest, false)?.checked_add(1)?, WHOLE));
        // "more than 25 but not more than 50", as the United Kingdom's register says it.
        let parts = rest.split_once(" but not more than ").or_else(|| rest.split_once(" up to "));
        return match parts {
            Some((from, to)) => Some((beyond(from)?.0, number(to, true)?)),
            None => beyond(rest),
        };
    }
    let below = ["less than ", "under ", "below ", "< ", "<"];
    if let Some(rest) = below.iter().find_map(|words| text.strip_prefix(words)).filter(|rest| !rest.starts_with('=')) {
        return Some((0, number(rest, true)?.checked_sub(1)?));
    }
    let from = ["at least ", "not less than ", ">= ", ">=", "≥ ", "≥"];
    if let Some(rest) = from.iter().find_map(|words| text.strip_prefix(words)) {
        return Some((number(rest, false)?, WHOLE));
    }
    if let Some(rest) = text.strip_suffix(" or more").or_else(|| text.strip_suffix('+')) {
        return Some((number(rest, false)?, WHOLE));
    }
    let to = ["at most ", "not more than ", "up to ", "<= ", "<=", "≤ ", "≤"];
    if let Some(rest) = to.iter().find_map(|words| text.strip_prefix(words)) {
        return Some((0, number(rest, true)?));
    }
    let pair = text.strip_prefix("between ").and_then(|rest| rest.split_once(" and "));
    let pair = pair.or_else(|| text.split_once(" to ")).or_else(|| text.split_once('-'));
    match pair {
        Some((from, to)) => Some((number(from, false)?, number(to, true)?)),
        None => Some((number(text, false)?, number(text, true)?)),
    }
}

/// `[25, 50]` with both, `(25, 50]` without the first, `]25, 50]` likewise.
fn interval(text: &str) -> Option<(u32, u32)> {
    let (first, last) = (text.chars().next()?, text.chars().next_back()?);
    if !matches!(first, '[' | ']' | '(') || !matches!(last, '[' | ']' | ')') || text.len() < 2 {
        return None;
    }
    let (from, to) = text[1..text.len() - 1].split_once([',', ';'])?;
    let (from, to) = (number(from, false)?, number(to, true)?);
    let from = if first == '[' { from } else { from.checked_add(1)? };
    let to = if last == ']' { to } else { to.checked_sub(1)? };
    Some((from, to))
}

/// A percentage in parts per billion, rounded down or up where it has more digits than they can hold.
fn number(text: &str, is_up: bool) -> Option<u32> {
    let text = text.trim();
    let text = if text.contains('.') { text.to_owned() } else { text.replacen(',', ".", 1) };
    let (whole, decimals) = text.split_once('.').unwrap_or((&text, "0"));
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if !is_digits(whole) || !is_digits(decimals) || whole.len() > 9 {
        return None;
    }
    let whole: u64 = whole.parse().ok()?;
    let (kept, rest) = decimals.split_at(decimals.len().min(7));
    let kept: u64 = format!("{kept:0<7}").parse().ok()?;
    let rest = u64::from(is_up && rest.bytes().any(|b| b != b'0'));
    let parts = whole.checked_mul(u64::from(PER_CENT))?.checked_add(kept + rest)?;
    u32::try_from(parts).ok().filter(|parts| *parts <= WHOLE)
}

/// Parts per billion as a percentage: `33.3333333 %`.
#[must_use]
pub fn told(parts: u64) -> String {
    let (whole, rest) = (parts / u64::from(PER_CENT), parts % u64::from(PER_CENT));
    if rest == 0 {
        return format!("{whole} %");
    }
    format!("{whole}.{} %", format!("{rest:07}").trim_end_matches('0'))
}

/// As [`told`] for a lower bound: one that excludes its number is *more than* that.
#[must_use]
pub fn told_lower(parts: u64) -> String {
    let (number, is_open) = lower_bound(parts);
    if is_open { format!("more than {}", told(number)) } else { told(number) }
}

/// The number of a lower bound, and whether the bound excludes it.
#[must_use]
pub fn lower_bound(parts: u64) -> (u64, bool) {
    // Bounds that exclude lie one part inside; a sum of a few of them a few parts.
    match parts % 100_000 {
        inside @ 1..=9 => (parts - inside, true),
        _ => (parts, false),
    }
}

/// The number of an upper bound, and whether the bound excludes it.
#[must_use]
pub fn upper_bound(parts: u64) -> (u64, bool) {
    match 100_000 - parts % 100_000 {
        inside @ 1..=9 => (parts + inside, true),
        _ => (parts, false),
    }
}

/// As [`told`] for an upper bound.
#[must_use]
pub fn told_upper(parts: u64) -> String {
    let (number, is_open) = upper_bound(parts);
    if is_open { format!("less than {}", told(number)) } else { told(number) }
}

/// A sum between two bounds in words.
#[must_use]
pub fn told_between(lower: u64, upper: u64) -> String {
    if lower == upper {
        return told(lower);
    }
    match (lower, upper == u64::from(WHOLE)) {
        (0, true) => "unknown".to_owned(),
        (0, false) => format!("up to {}", told_upper(upper)),
        (_, true) => {
            let told = told_lower(lower);
            if told.starts_with("more") { told } else { format!("at least {told}") }
        }
        _ => format!("{} to {}", told_lower(lower), told_upper(upper)),
    }
}

/// What somebody has, between two bounds in parts per billion: in words as [`told_between`], as a fact of a sentence ([`mihenk_said`]) as `lower-upper`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Between(pub u64, pub u64);

/// The lower bound of what somebody has, in parts per billion: in words as [`told_lower`], as a fact of a sentence as `lower-`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AtLeast(pub u64);

impl fmt::Display for Between {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Between(lower, upper) = *self;
        if f.alternate() { write!(f, "{lower}-{upper}") } else { f.write_str(&told_between(lower, upper)) }
    }
}

impl fmt::Display for AtLeast {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if f.alternate() { write!(f, "{}-", self.0) } else { f.write_str(&told_lower(self.0)) }
    }
}

impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&told_between(u64::from(self.lower), u64::from(self.upper)))
    }
}

/// As bounds in parts per billion and in words.
impl Serialize for Share {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        let mut share = serializer.serialize_struct("Share", 3)?;
        share.serialize_field("lower_ppb", &self.lower)?;
        share.serialize_field("upper_ppb", &self.upper)?;
        share.serialize_field("told", &self.to_string())?;
        share.end()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const P: u32 = PER_CENT;

    #[test]
    fn shares_are_read_as_registers_write_them() {
        for (text, lower, upper) in [
            ("50", 50 * P, 50 * P),
            ("100.00 %", WHOLE, WHOLE),
            ("33,33 %", 333_300_000, 333_300_000),
            ("0.0000001", 1, 1),
            ("33.33333333333", 333_333_333, 333_333_334),
            ("25-50", 25 * P, 50 * P),
            ("25 % – 50 %", 25 * P, 50 * P),
            ("25 to 50 per cent", 25 * P, 50 * P),
            ("between 25 and 50", 25 * P, 50 * P),
            ("more than 25%", 25 * P + 1, WHOLE),
            ("More than 25% but not more than 50%", 25 * P + 1, 50 * P),
            (">50", 50 * P + 1, WHOLE),
            (">= 50", 50 * P, WHOLE),
            ("75 or more", 75 * P, WHOLE),
            ("75+", 75 * P, WHOLE),
            ("less than 50", 0, 50 * P - 1),
            ("≤ 10", 0, 10 * P),
            ("(25, 50]", 25 * P + 1, 50 * P),
            ("[25,50)", 25 * P, 50 * P - 1),
            ("]25; 50[", 25 * P + 1, 50 * P - 1),
        ] {
            let read = Share::parse(text).unwrap_or_else(|error| panic!("{error}"));
            assert_eq!((read.lower, read.upper), (lower, upper), "{text}");
        }
    }

    #[test]
    fn what_is_no_share_is_refused_with_what_would_be_right() {
        for text in
            ["", "120", "-5", "half", "1.2.3", "50-25", "more than 100", "less than 0", "∞", "[25", "1e2", "(50,50)"]
        {
            let error = Share::parse(text).unwrap_err().to_string();
            assert!(error.contains("percentage from 0 to 100"), "{text}: {error}");
        }
    }

    #[test]
    fn words_say_what_is_known() {
        let told = |text: &str| Share::parse(text).unwrap().to_string();
        assert_eq!(told("33,3"), "33.3 %");
        assert_eq!(told("25-50"), "25 % to 50 %");
        assert_eq!(told("(25, 50)"), "more than 25 % to less than 50 %");
        assert_eq!(told("at least 75"), "at least 75 %");
        assert_eq!(told("> 50"), "more than 50 %");
        assert_eq!(Share::UNKNOWN.to_string(), "unknown");
        assert_eq!(told("up to 10"), "up to 10 %");
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "\\PC{0,20}|[\\[(\\])<>=0-9.,;% -]{0,16}") {
            if let Ok(share) = Share::parse(&text) {
                prop_assert!(share.lower <= share.upper && share.upper <= WHOLE);
            }
        }

        #[test]
        fn what_is_told_is_read_back(parts in 0..=WHOLE) {
            prop_assert_eq!(Share::parse(&told(u64::from(parts))).unwrap(), Share::exact(parts).unwrap());
        }
    }
}
