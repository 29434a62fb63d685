//! Dates as sources know them: a day, a month, a year, *about* a year, or somewhere between two.
//!
//! In comes text in ISO 8601 (`1957`, `1957-05`, `1957-05-16`), in its extension ISO 8601-2 for what is not exact (`1957~`
//! about, `1955/1958` between), or as people and lists write days (`16 May 1957`, `16 Mayıs 1957`, `circa 1957`, `16.05.1957`);
//! out comes a [`Date`], or a [`DateError`] that says what is wrong with it. Days are those of the Gregorian calendar; those of
//! two others are converted where the text names them (`crate::calendar`). A form whose day and month could be swapped is not
//! guessed: `05/06/1957` is refused.

use std::fmt;

use mihenk_said::Said;

use crate::{calendar, sayings};

/// A date of any precision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Date {
    /// The earliest day it can mean.
    pub from: Day,
    /// The latest day it can mean.
    pub to: Day,
    /// How exact the source was.
    pub precision: Precision,
}

/// A day of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Day {
    /// Year of the common era.
    pub year: i16,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
}

/// How exact a date is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum Precision {
    /// One day.
    Day = 0,
    /// One month.
    Month = 1,
    /// One year.
    Year = 2,
    /// About a year; the source says so.
    About = 3,
    /// Somewhere in an interval.
    Between = 4,
}

/// Why a text is no date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DateError {
    /// Not one of the known forms.
    Form(String),
    /// A day that the calendar does not have.
    NoSuchDay {
        /// The text as found.
        text: String,
        /// Its year.
        year: i16,
        /// Its month.
        month: u8,
        /// Its day.
        day: u8,
    },
    /// Day and month cannot be told apart.
    Ambiguous(String),
}

impl DateError {
    /// With its name and its facts.
    #[must_use]
    pub fn said(&self) -> Said {
        match self {
            DateError::Form(text) => sayings::not_a_date(text),
            DateError::NoSuchDay { text, year, month, day } => sayings::no_such_day(text, *year, *month, *day),
            DateError::Ambiguous(text) => sayings::date_of_two_days(text),
        }
    }
}

impl fmt::Display for DateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.said().fmt(f)
    }
}

impl std::error::Error for DateError {}

impl Date {
    /// Reads a date.
    ///
    /// # Errors
    /// [`DateError`] names the text and what would be right.
    pub fn parse(text: &str) -> Result<Date, DateError> {
        let trimmed = text.trim();
        let wrong = || DateError::Form(shorten(trimmed));
        if trimmed.len() > 64 {
            return Err(wrong());
        }
        let lower = if trimmed.is_ascii() { trimmed.to_ascii_lowercase() } else { in_ascii(trimmed) };
        if let Some(parsed) = year_first(&lower) {
            return parsed;
        }
        if let Some((from, to)) = lower.split_once('/').filter(|(a, b)| a.len() >= 4 && b.len() >= 4) {
            if let Some(date) = calendar::parse(&lower) {
                return Ok(date);
            }
            return Date::between(Date::parse(from)?, Date::parse(to)?).ok_or_else(wrong);
        }
        if let Some(rest) = about_what(&lower) {
            return Ok(Date::parse(rest)?.about());
        }
        if let Some((from, to)) = interval(&lower) {
            let to = Date::parse(to)?;
            // "Between Aug. and Sep. 1977"
            let from =
                Date::parse(from).or_else(|error| Date::parse(&format!("{from} {}", to.to.year)).map_err(|_| error))?;
            return Date::between(from, to).ok_or_else(wrong);
        }
        if let Some(date) = calendar::parse(&lower) {
            return Ok(date);
        }
        iso(&lower).or_else(|| in_words(&lower)).unwrap_or_else(|| numeric(&lower).unwrap_or_else(|| Err(wrong())))
    }

    /// A whole year.
    #[must_use]
    pub fn year(year: i16) -> Date {
        Date { from: Day { year, month: 1, day: 1 }, to: Day { year, month: 12, day: 31 }, precision: Precision::Year }
    }

    /// One day, if the calendar has it.
    #[must_use]
    pub fn day(year: i16, month: u8, day: u8) -> Option<Date> {
        let valid = (1..=12).contains(&month) && day >= 1 && day <= days_in(year, month);
        let day = Day { year, month, day };
        valid.then_some(Date { from: day, to: day, precision: Precision::Day })
    }

    /// One month, if the calendar has it.
    #[must_use]
    pub fn month(year: i16, month: u8) -> Option<Date> {
        if !(1..=12).contains(&month) {
            return None;
        }
        let (from, to) = (Day { year, month, day: 1 }, Day { year, month, day: days_in(year, month) });
        Some(Date { from, to, precision: Precision::Month })
    }

    /// The time from the start of one date to the end of another; `None` when it would run backwards.
    #[must_use]
    pub fn between(from: Date, to: Date) -> Option<Date> {
        (from.from <= to.to).then_some(Date { from: from.from, to: to.to, precision: Precision::Between })
    }

    /// The same, but only about right.
    #[must_use]
    pub fn about(self) -> Date {
        let precision = if self.precision == Precision::Between { Precision::Between } else { Precision::About };
        Date { precision, ..self }
    }

    /// The day, when it is one.
    #[must_use]
    pub fn exact_day(&self) -> Option<Day> {
        (self.precision == Precision::Day).then_some(self.from)
    }
}

/// ISO 8601 and, for intervals and *about*, ISO 8601-2 (EDTF); [`Date::parse`] reads it back.
impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Day { year, month, day } = self.from;
        let whole_year = (self.from, self.to) == (Date::year(year).from, Date::year(year).to);
        match self.precision {
            Precision::Day => write!(f, "{year:04}-{month:02}-{day:02}"),
            Precision::Month => write!(f, "{year:04}-{month:02}"),
            Precision::Year => write!(f, "{year:04}"),
            Precision::About if whole_year => write!(f, "{year:04}~"),
            Precision::About if self.from == self.to => write!(f, "{year:04}-{month:02}-{day:02}~"),
            Precision::About => write!(f, "{year:04}-{month:02}~"),
            Precision::Between => {
                let (from, to) = (Date::year(self.from.year), Date::year(self.to.year));
                if from.from == self.from && to.to == self.to {
                    return write!(f, "{:04}/{:04}", self.from.year, self.to.year);
                }
                let to = self.to;
                write!(f, "{year:04}-{month:02}-{day:02}/{:04}-{:02}-{:02}", to.year, to.month, to.day)
            }
        }
    }
}

fn shorten(text: &str) -> String {
    let mut out: String = text.chars().take(60).collect();
    if out.len() < text.len() {
        out.push('…');
    }
    out
}

/// Digits of other scripts as ours; words in other letters as they are romanised.
fn in_ascii(text: &str) -> String {
    let digit = |c: char| match c {
        '٠'..='٩' => char::from_digit(c as u32 - '٠' as u32, 10),
        '۰'..='۹' => char::from_digit(c as u32 - '۰' as u32, 10),
        '年' | '月' => Some('/'),
        '日' => Some(' '),
        '–' | '—' => Some('-'),
        _ => None,
    };
    let plain: String = text.chars().map(|c| digit(c).unwrap_or(c)).collect();
    let plain = plain.trim();
    if plain.is_ascii() {
        return plain.to_ascii_lowercase();
    }
    let words: Vec<String> = mihenk_names::tokenize(plain).into_iter().map(|token| token.form).collect();
    words.join(" ")
}

/// `1957/05/16`, `1957.5.16`: with the year first the month comes next everywhere.
fn year_first(text: &str) -> Option<Result<Date, DateError>> {
    let mut parts = text.split(['/', '.']);
    let (y, m, d) = (parts.next()?, parts.next()?, parts.next()?);
    let whole = parts.next().is_none() && y.len() == 4 && m.len() <= 2 && d.len() <= 2;
    let year: i16 = y.parse().ok().filter(|_| whole)?;
    // A year that is none of ours is one of another calendar; which one, the text does not say.
    if year < 1500 {
        return Some(Err(DateError::Form(shorten(text))));
    }
    Some(day_or_error(text, year, m.parse().ok()?, d.parse().ok()?))
}

/// What stands behind *circa* or before `~`.
fn about_what(text: &str) -> Option<&str> {
    const WORDS: [&str; 9] =
        ["circa ", "c. ", "ca. ", "ca ", "approximately ", "approx. ", "approx ", "about ", "around "];
    WORDS
        .iter()
        .find_map(|word| text.strip_prefix(word))
        .or_else(|| text.strip_suffix(['~', '?']))
        .or_else(|| text.strip_prefix('c').filter(|rest| rest.len() == 4 && rest.bytes().all(|b| b.is_ascii_digit())))
}

/// `1955 to 1958`, `between 1955 and 1958`, `1955-1958`.
fn interval(text: &str) -> Option<(&str, &str)> {
    if let Some(rest) = text.strip_prefix("between ") {
        return rest.split_once(" and ");
    }
    let years = |(a, b): &(&str, &str)| [a, b].iter().all(|y| y.len() == 4 && y.bytes().all(|c| c.is_ascii_digit()));
    text.split_once(" to ").or_else(|| text.split_once(" - ")).or_else(|| text.split_once('-').filter(years))
}

/// `1957`, `1957-05`, `1957-05-16`, with a time or a time zone behind it or not.
fn iso(text: &str) -> Option<Result<Date, DateError>> {
    let text = text.get(..10).filter(|_| text.len() == 11 && text.ends_with('z')).unwrap_or(text);
    // "1957-05-16+02:00", as XML writes a day with its time zone.
    let zoned = text.len() == 16 && matches!(text.as_bytes()[10], b'+' | b'-') && text.as_bytes()[13] == b':';
    let text = text.get(..10).filter(|_| zoned).unwrap_or(text);
    let date = text.split(['t', ' ']).next()?;
    if date.len() < text.len() && !text.contains(':') {
        return None;
    }
    let mut cut = date.split('-');
    let year = cut.next().filter(|y| y.len() == 4 && y.bytes().all(|b| b.is_ascii_digit()))?.parse().ok()?;
    let month = cut.next().map(|m| m.parse().ok().filter(|_| m.len() == 2));
    let day = cut.next().map(|d| d.parse().ok().filter(|_| d.len() == 2));
    if cut.next().is_some() {
        return None;
    }
    Some(match (month, day) {
        _ if year == 0 => Err(DateError::Form(shorten(text))),
        (None, _) => Ok(Date::year(year)),
        (Some(Some(m)), None) => Date::month(year, m).ok_or(DateError::Form(shorten(text))),
        // Sources write "1957-00-00" for a year without a day.
        (Some(Some(0)), Some(Some(0))) => Ok(Date::year(year)),
        (Some(Some(m)), Some(Some(0))) => Date::month(year, m).ok_or(DateError::Form(shorten(text))),
        (Some(Some(m)), Some(Some(d))) => day_or_error(text, year, m, d),
        _ => return None,
    })
}

fn day_or_error(text: &str, year: i16, month: u8, day: u8) -> Result<Date, DateError> {
    if !(1..=12).contains(&month) {
        return Err(DateError::Form(shorten(text)));
    }
    Date::day(year, month, day).ok_or_else(|| DateError::NoSuchDay { text: shorten(text), year, month, day })
}

/// `16 May 1957`, `May 16, 1957`, `May 1957`.
fn in_words(text: &str) -> Option<Result<Date, DateError>> {
    let words: Vec<&str> = text.split([' ', ',', '.', '-']).filter(|w| !w.is_empty()).collect();
    let digits = |w: &str| w.trim_end_matches(|c: char| c.is_ascii_alphabetic()).parse::<i16>().ok();
    match words.as_slice() {
        [m, y] => {
            let (month, year) = (month_number(m)?, y.parse().ok().filter(|_| y.len() == 4)?);
            Some(Date::month(year, month).ok_or(DateError::Form(shorten(text))))
        }
        // "1957 May 16"
        [y, m, d] if y.len() == 4 && month_number(m).is_some() => {
            let (year, month) = (y.parse().ok()?, month_number(m)?);
            Some(day_or_error(text, year, month, d.parse().ok()?))
        }
        [a, b, y] => {
            let year = y.parse().ok().filter(|_| y.len() == 4)?;
            let (day, month) = match (month_number(a), month_number(b)) {
                (None, Some(month)) => (digits(a)?, month),
                (Some(month), None) => (digits(b)?, month),
                _ => return None,
            };
            Some(day_or_error(text, year, month, u8::try_from(day).ok()?))
        }
        _ => None,
    }
}

/// `16.05.1957`, `16/05/1957`, `19570516`; refused when day and month could be swapped.
fn numeric(text: &str) -> Option<Result<Date, DateError>> {
    if text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit()) {
        let (y, m, d) = (text[..4].parse().ok()?, text[4..6].parse().ok()?, text[6..].parse().ok()?);
        return Some(day_or_error(text, y, m, d));
    }
    let words: Vec<&str> = text.split(['/', '.', '-']).collect();
    let [a, b, y] = words.as_slice() else { return None };
    let year: i16 = y.parse().ok().filter(|_| y.len() == 4)?;
    let (a, b): (u8, u8) = (a.parse().ok()?, b.parse().ok()?);
    if text.contains('.') || a > 12 || a == b {
        return Some(day_or_error(text, year, b, a));
    }
    if b > 12 {
        return Some(day_or_error(text, year, a, b));
    }
    Some(Err(DateError::Ambiguous(shorten(text))))
}

fn month_number(word: &str) -> Option<u8> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    if word.len() < 3 {
        return None;
    }
    let word = if word == "sept" { "sep" } else { word };
    let english = MONTHS.iter().position(|m| *m == word || word.len() == 3 && m.starts_with(word));
    english.or_else(|| MONTHS_ABROAD.iter().position(|m| m.split(' ').any(|m| m == word))).map(|i| i as u8 + 1)
}

/// Turkish, German, French, Spanish, Italian, Russian (as it stands in dates), as they are romanised.
const MONTHS_ABROAD: [&str; 12] = [
    "ocak januar janvier enero gennaio yanvarya",
    "subat februar fevrier febrero febbraio fevralya",
    "mart marz maerz mars marzo marta",
    "nisan avril abril aprile aprelya",
    "mayis mai mayo maggio maya",
    "haziran juni juin junio giugno iyunya",
    "temmuz juli juillet julio luglio iyulya",
    "agustos aout agosto avgusta",
    "eylul septembre septiembre settembre sentyabrya",
    "ekim oktober octobre octubre ottobre oktyabrya",
    "kasim novembre noviembre noyabrya",
    "aralik dezember decembre diciembre dicembre dekabrya",
];

fn days_in(year: i16, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn usual_forms_are_read() {
        for (text, expected) in [
            ("1957", "1957"),
            ("1957-05", "1957-05"),
            ("1957-05-16", "1957-05-16"),
            ("1957-05-16T00:00:00", "1957-05-16"),
            ("1957-00-00", "1957"),
            ("16 May 1957", "1957-05-16"),
            ("May 16, 1957", "1957-05-16"),
            ("Sep 1957", "1957-09"),
            ("circa 1957", "1957~"),
            ("1957~", "1957~"),
            ("1955/1958", "1955/1958"),
            ("1955 to 1958", "1955/1958"),
            ("16.05.1957", "1957-05-16"),
            ("25/05/1957", "1957-05-25"),
            ("19570516", "1957-05-16"),
            ("29 Feb 2000", "2000-02-29"),
            ("1957/05/16", "1957-05-16"),
            ("1957.5.16", "1957-05-16"),
            ("1957 May 16", "1957-05-16"),
            ("1957-05-16Z", "1957-05-16"),
            ("2015-07-01-04:00", "2015-07-01"),
            ("approx. 1965", "1965~"),
            ("c1957", "1957~"),
            ("1957?", "1957~"),
            ("1957-1960", "1957/1960"),
            ("1957 – 1960", "1957/1960"),
            ("Between 1957 and 1960", "1957/1960"),
            ("Between Aug. and Sep. 1977", "1977-08-01/1977-09-30"),
            ("16 Mayıs 1957", "1957-05-16"),
            ("16 мая 1957", "1957-05-16"),
            ("16. März 1957", "1957-03-16"),
            ("5 août 1957", "1957-08-05"),
            ("1957年5月16日", "1957-05-16"),
            ("١٩٥٧", "1957"),
            ("۱۹۵۷-۰۵-۱۶", "1957-05-16"),
            ("24/06/1402 (Hijri Calendar)", "1982-04-18/1982-04-20"),
        ] {
            assert_eq!(Date::parse(text).map(|d| d.to_string()), Ok(expected.to_owned()), "{text}");
        }
    }

    #[test]
    fn what_is_no_date_is_refused_with_the_reason() {
        assert_eq!(
            Date::parse("1957-02-31").unwrap_err().to_string(),
            "'1957-02-31' is not a day of the calendar: month 2 of 1957 has no day 31"
        );
        assert!(matches!(Date::parse("29 Feb 1900"), Err(DateError::NoSuchDay { .. })), "1900 was no leap year");
        assert!(matches!(Date::parse("05/06/1957"), Err(DateError::Ambiguous(_))));
        for text in [
            "",
            "yesterday",
            "1957-13",
            "1957-13-01",
            "57",
            "1958/1955",
            "1957-5-1",
            "0000-00-00",
            "16 Mai 1957 x",
            "۱۳۳۶/۲/۲۶",
        ] {
            assert!(matches!(Date::parse(text), Err(DateError::Form(_))), "{text}");
        }
    }

    proptest! {
        #[test]
        fn anything_is_read_or_refused_and_what_is_read_reads_back(text in "\\PC{0,24}|[0-9/~. -]{4,21}") {
            if let Ok(date) = Date::parse(&text) {
                prop_assert_eq!(Date::parse(&date.to_string()), Ok(date));
            }
        }
    }
}
