//! The languages of the pages: words, numerals, days.
//!
//! In comes a key of the Fluent files in `words/`, out comes the text in one language. Numbers are written with the
//! numerals and signs of the language (Unicode CLDR: `arabext` digits for Persian), days in its calendar. A key that a file does not have is shown in English; a test
//! holds that every file has every key.

use std::{fmt, sync::OnceLock};

use askama::filters::HtmlSafe;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue, bundle::FluentBundle};
use intl_memoizer::{Memoizable, concurrent::IntlLangMemoizer};
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use unic_langid::LanguageIdentifier;

use crate::calendar::solar_hijri;
pub use crate::language::Language;
use crate::language::Writing;

/// What is put into a text.
pub type Given<'a> = FluentValue<'a>;

type Bundle = FluentBundle<FluentResource, IntlLangMemoizer>;

/// The texts of a language.
pub struct Words {
    language: Language,
    writing: Writing,
    bundle: Bundle,
}

/// A time as a page shows it: with what programs read in the attribute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Time {
    iso: String,
    text: String,
}

/// A whole number as templates have it: of any width, themselves or a reference.
pub trait Whole: Copy {
    /// As 64 bits; what does not fit is the largest.
    fn whole(self) -> i64;
}

macro_rules! whole {
    ($($kind:ty),*) => {$(
        impl Whole for $kind {
            fn whole(self) -> i64 {
                i64::try_from(self).unwrap_or(i64::MAX)
            }
        }

    )*};
}

impl<W: Whole> Whole for &W {
    fn whole(self) -> i64 {
        (*self).whole()
    }
}

whole!(i64, i32, u16, u32, u64, usize);

impl Words {
    /// The words of a language.
    #[must_use]
    pub fn of(language: Language) -> &'static Words {
        static ALL: OnceLock<[Words; Language::ALL.len()]> = OnceLock::new();
        let all = ALL.get_or_init(|| Language::ALL.map(Words::read));
        &all[language.number()]
    }

    fn read(language: Language) -> Words {
        // What is broken in a file is left out here; the test of the files says what.
        let resource = FluentResource::try_new(language.source().to_owned()).unwrap_or_else(|(read, _)| read);
        let id: LanguageIdentifier = language.code().parse().unwrap_or_default();
        let mut bundle = Bundle::new_concurrent(vec![id]);
        bundle.add_resource_overriding(resource);
        let says = |key: &str| {
            let pattern = bundle.get_message(key)?.value()?;
            Some(bundle.format_pattern(pattern, None, &mut Vec::new()).into_owned())
        };
        let writing = Writing::of(says);
        // A language that says too little of itself writes numbers and days as programs do; a test says what is missing.
        let writing = writing.unwrap_or_else(|_| Writing::plain(language.code()));
        bundle.set_formatter(Some(formatted));
        Words { language, writing, bundle }
    }

    /// How the language writes numbers and days.
    pub(crate) fn writing(&self) -> &Writing {
        &self.writing
    }

    /// The language.
    #[must_use]
    pub fn language(&self) -> Language {
        self.language
    }

    /// The text of a key.
    #[must_use]
    pub fn say(&self, key: &str) -> String {
        self.text(key, None).unwrap_or_else(|| key.to_owned())
    }

    /// The text of a key with values put in, each isolated from the text around it.
    #[must_use]
    pub fn with(&self, key: &str, values: &[(&str, FluentValue<'_>)]) -> String {
        let args: FluentArgs<'_> = values.iter().map(|(name, value)| (*name, value.clone())).collect();
        self.text(key, Some(&args)).unwrap_or_else(|| key.to_owned())
    }

    /// The text of a key, if the language or English has it.
    #[must_use]
    pub fn known(&self, key: &str) -> Option<String> {
        self.text(key, None)
    }

    /// The text of a key with values put in; none where neither the language nor English has it, or it names a value that is not given.
    #[must_use]
    pub fn filled(&self, key: &str, values: &[(&str, Given<'_>)]) -> Option<String> {
        let args: FluentArgs<'_> = values.iter().map(|(name, value)| (*name, value.clone())).collect();
        self.put(key, Some(&args)).filter(|(_, is_whole)| *is_whole).map(|(text, _)| text)
    }

    fn text(&self, key: &str, args: Option<&FluentArgs<'_>>) -> Option<String> {
        self.put(key, args).map(|(text, _)| text)
    }

    /// A text, and whether every value that it names was given.
    fn put(&self, key: &str, args: Option<&FluentArgs<'_>>) -> Option<(String, bool)> {
        let Some(pattern) = self.bundle.get_message(key).and_then(|message| message.value()) else {
            let english = (self.language != Language::English).then(|| Words::of(Language::English))?;
            return english.put(key, args);
        };
        let mut errors = Vec::new();
        let text = self.bundle.format_pattern(pattern, args, &mut errors).into_owned();
        Some((text, errors.is_empty()))
    }

    /// The text for one of several words, such as a state; the word itself where none is known.
    #[must_use]
    pub fn of_kind(&self, kind: &str, word: impl AsRef<str>) -> String {
        let word = word.as_ref();
        self.known(&format!("{kind}-{}", word.replace('.', "-"))).unwrap_or_else(|| word.to_owned())
    }

    /// Whether this language itself has a text.
    #[cfg(test)]
    pub(crate) fn has(&self, key: &str) -> bool {
        self.bundle.has_message(key)
    }

    /// A text of this language itself, or what keeps it from being said.
    #[cfg(test)]
    pub(crate) fn checked(&self, key: &str, values: &[(&str, Given<'_>)]) -> Result<String, String> {
        let message = self.bundle.get_message(key).and_then(|message| message.value()).ok_or("there is none")?;
        let mut args = FluentArgs::new();
        for (name, value) in values {
            args.set((*name).to_owned(), value.clone());
        }
        let mut errors = Vec::new();
        let text = self.bundle.format_pattern(message, Some(&args), &mut errors).into_owned();
        if errors.is_empty() { Ok(text) } else { Err(format!("{errors:?}")) }
    }

    /// Text that is a day or a minute (UTC) as programs write them, as the language writes them; other text as it is.
    #[must_use]
    pub fn moment(&self, text: &str) -> String {
        let (day, clock) = text.split_once(' ').unwrap_or((text, ""));
        let is_clock = clock.is_empty() || (clock.len() == 5 && clock.as_bytes()[2] == b':');
        match day.parse::<Date>() {
            Ok(date) if day.len() == 10 && is_clock => {
                format!("{} {}", self.written_day(date), self.digits(clock)).trim_end().to_owned()
            }
            _ => text.to_owned(),
        }
    }

    /// A whole number with its thousands apart.
    #[must_use]
    pub fn number(&self, number: impl Whole) -> String {
        self.writing.number(number.whole(), 0, 0)
    }

    /// Hundredths as a number with its sign, as evidence is written.
    #[must_use]
    pub fn bits(&self, hundredths: impl Whole) -> String {
        let hundredths = hundredths.whole();
        let sign = if hundredths < 0 { '−' } else { '+' };
        let number = format!("{sign}{}", self.writing.number(hundredths.abs() / 100, hundredths.abs() % 100, 2));
        // The sign stands before the number, whatever direction the line has (U+2066, U+2069).
        if self.writing.is_rtl { format!("\u{2066}{number}\u{2069}") } else { number }
    }

    /// Ten-thousandths of a score with two places.
    #[must_use]
    pub fn score(&self, ten_thousandths: impl Whole) -> String {
        let ten_thousandths = ten_thousandths.whole();
        self.writing.number(ten_thousandths / 10_000, ten_thousandths % 10_000 / 100, 2)
    }

    /// Millionths as per cent; what cannot be told from nothing or from all is said so.
    #[must_use]
    pub fn percent(&self, millionths: impl Whole) -> String {
        let millionths = millionths.whole();
        let (sign, whole, part, places) = match millionths {
            ..=999 => ("<", 0, 1, 1),
            1_000..=99_999 => ("", millionths / 10_000, millionths / 1_000 % 10, 1),
            999_001.. => (">", 99, 9, 1),
            _ => ("", millionths / 10_000, 0, 0),
        };
        format!("{sign}{}", self.in_percent(&self.writing.number(whole, part, places)))
    }

    /// Whole per cent.
    #[must_use]
    pub fn whole_percent(&self, percent: i64) -> String {
        self.in_percent(&self.writing.number(percent, 0, 0))
    }

    fn in_percent(&self, number: &str) -> String {
        self.writing.percent.replace('#', number)
    }

    /// A part of all in parts per billion as per cent, with as many digits as it has.
    #[must_use]
    pub fn share_of_all(&self, parts: u64) -> String {
        let (whole, mut rest, mut places) = (parts / 10_000_000, parts % 10_000_000, 7);
        while places > 0 && rest.is_multiple_of(10) {
            (rest, places) = (rest / 10, places - 1);
        }
        self.in_percent(&self.writing.number(whole.whole(), rest.whole(), places))
    }

    /// An amount of money in its currency's minor units, with `places` of them behind the sign.
    #[must_use]
    pub fn amount(&self, minor: i64, places: usize, currency: &str) -> String {
        let of_one = 10_i64.pow(u32::try_from(places).unwrap_or(0));
        let sign = if minor < 0 { "−" } else { "" };
        let number = self.writing.number(minor.abs() / of_one, minor.abs() % of_one, places);
        format!("{sign}{number} {currency}")
    }

    /// Digits in the numerals of the language.
    #[must_use]
    pub fn digits(&self, text: &str) -> String {
        self.writing.numerals(text)
    }

    /// Bytes in the largest unit of which there is one (1,024 of the smaller one).
    #[must_use]
    pub fn size(&self, bytes: impl Whole) -> String {
        let bytes = bytes.whole();
        let (unit, key) = match bytes {
            ..1_024 => (1, "size-b"),
            1_024..1_048_576 => (1 << 10, "size-k"),
            1_048_576..1_073_741_824 => (1 << 20, "size-m"),
            _ => (1 << 30, "size-g"),
        };
        let (whole, tenths) = (bytes / unit, bytes % unit * 10 / unit);
        let number = if whole < 10 && unit > 1 { self.writing.number(whole, tenths, 1) } else { self.number(whole) };
        self.with(key, &[("n", number.into())])
    }

    /// A time in milliseconds since 1970, to the minute (UTC).
    #[must_use]
    pub fn minute(&self, milliseconds: impl Whole) -> Time {
        let Ok(time) = Timestamp::from_millisecond(milliseconds.whole()) else {
            return Time { iso: String::new(), text: String::new() };
        };
        let time = time.to_zoned(TimeZone::UTC);
        let clock = format!("{:02}:{:02}", time.hour(), time.minute());
        let day = self.written_day(time.date());
        let text = format!("{day} {}", self.digits(&clock));
        Time { iso: time.strftime("%Y-%m-%dT%H:%MZ").to_string(), text }
    }

    /// The day of a time in milliseconds since 1970 (UTC).
    #[must_use]
    pub fn day(&self, milliseconds: impl Whole) -> Time {
        match Timestamp::from_millisecond(milliseconds.whole()) {
            Ok(time) => self.date(time.to_zoned(TimeZone::UTC).date().to_string()),
            Err(_) => self.date(""),
        }
    }

    /// A day that is written as 2026-11-26; what is none stays as it is.
    #[must_use]
    pub fn date(&self, text: impl AsRef<str>) -> Time {
        let text = text.as_ref();
        match text.parse::<Date>() {
            Ok(date) => Time { iso: date.to_string(), text: self.written_day(date) },
            Err(_) => Time { iso: text.to_owned(), text: self.digits(text) },
        }
    }

    /// A day with the name of its month, for headings.
    #[must_use]
    pub fn long_day(&self, milliseconds: impl Whole) -> String {
        let Ok(time) = Timestamp::from_millisecond(milliseconds.whole()) else { return String::new() };
        let date = time.to_zoned(TimeZone::UTC).date();
        self.day_by(&self.writing.day_long, date)
    }

    /// Day and month, for the axis of a picture.
    #[must_use]
    pub fn short_day(&self, milliseconds: impl Whole) -> String {
        let Ok(time) = Timestamp::from_millisecond(milliseconds.whole()) else { return String::new() };
        let date = time.to_zoned(TimeZone::UTC).date();
        self.day_by(&self.writing.day_short, date)
    }

    /// A time as RFC 3339 writes it; what is none stays as it is.
    #[must_use]
    pub fn stamp(&self, text: &str) -> Time {
        match text.parse::<Timestamp>() {
            Ok(time) => self.minute(time.as_millisecond()),
            Err(_) => self.date(text),
        }
    }

    fn written_day(&self, date: Date) -> String {
        self.day_by(&self.writing.day, date)
    }

    /// A day by a pattern, in the calendar of the language; in the Gregorian one where that has no such day.
    fn day_by(&self, pattern: &str, date: Date) -> String {
        let own = if self.writing.is_persian_calendar { solar_hijri(date) } else { None };
        let (parts, months) = match own {
            Some(parts) => (parts, "month-persian"),
            None => ((date.year().into(), date.month().into(), date.day().into()), "month"),
        };
        // A year of the other calendar is written as programs do, so that nobody takes it for one of this.
        let is_other = self.writing.is_persian_calendar && own.is_none() && !pattern.contains("MMMM");
        let pattern = if is_other && pattern.contains('y') { "y-MM-dd" } else { pattern };
        let name = if pattern.contains("MMMM") { self.say(&format!("{months}-{}", parts.1)) } else { String::new() };
        self.writing.day(pattern, parts, &name)
    }

    /// How long ago a time was, or how long it is to it, in its largest unit.
    #[must_use]
    pub fn span(&self, milliseconds: impl Whole) -> String {
        let minutes = milliseconds.whole().abs() / 60_000;
        let (key, n) = match minutes {
            ..=59 => ("span-minutes", minutes),
            60..=2879 => ("span-hours", minutes / 60),
            _ => ("span-days", minutes / 1440),
        };
        self.with(key, &[("n", n.into())])
    }
}

impl Time {
    /// As it stands in a place that takes no markup.
    #[must_use]
    pub fn plain(&self) -> &str {
        &self.text
    }
}

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        use askama::filters::{Escaper, Html};
        f.write_str("<time datetime=\"")?;
        Html.write_escaped_str(&mut *f, &self.iso)?;
        f.write_str("\">")?;
        Html.write_escaped_str(&mut *f, &self.text)?;
        f.write_str("</time>")
    }
}

impl HtmlSafe for Time {}

impl fmt::Debug for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Words").field("language", &self.language).finish_non_exhaustive()
    }
}

/// The language of a bundle, as its memoizer finds it.
struct OfBundle(Language);

impl Memoizable for OfBundle {
    type Args = ();
    type Error = ();

    fn construct(language: LanguageIdentifier, (): ()) -> Result<OfBundle, ()> {
        Language::of_code(language.language.as_str()).map(OfBundle).ok_or(())
    }
}

/// Whole numbers that are put into texts, as their language writes them.
fn formatted(value: &FluentValue<'_>, memoizer: &IntlLangMemoizer) -> Option<String> {
    let FluentValue::Number(number) = value else { return None };
    let whole = number.value as i64;
    memoizer.with_try_get((), |of: &OfBundle| Words::of(of.0).writing.number(whole, 0, 0)).ok()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn keys(language: Language) -> BTreeSet<String> {
        let lines = language.source().lines();
        let key = |line: &str| {
            let (name, _) = line.split_once(" =")?;
            (!name.is_empty()
                && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-' || b == b'_'))
            .then(|| name.to_owned())
        };
        lines.filter_map(key).collect()
    }

    #[test]
    fn the_files_can_be_read_and_have_the_same_keys() {
        let english = keys(Language::English);
        assert!(english.len() > 100);
        for language in Language::ALL {
            let read = FluentResource::try_new(language.source().to_owned());
            assert!(read.is_ok(), "{language:?}: {:?}", read.err().map(|(_, errors)| errors));
            let these = keys(language);
            let missing: Vec<&String> = english.symmetric_difference(&these).collect();
            assert!(missing.is_empty(), "{language:?}: {missing:?}");
        }
    }

    #[test]
    fn no_file_says_a_key_twice() {
        for language in Language::ALL {
            let is_key = |line: &&str| line.starts_with(|c: char| c.is_ascii_alphabetic()) && line.contains(" =");
            let mut keys: Vec<&str> =
                language.source().lines().filter(is_key).filter_map(|line| line.split(" =").next()).collect();
            keys.sort_unstable();
            let twice: Vec<&[&str]> = keys.windows(2).filter(|pair| pair[0] == pair[1]).collect();
            assert!(twice.is_empty(), "{}: the last one would be said everywhere: {twice:?}", language.code());
        }
    }

    #[test]
    fn every_key_that_a_template_or_a_source_says_is_there() {
        let english = keys(Language::English);
        let root = env!("CARGO_MANIFEST_DIR");
        let mut seen = 0;
        for folder in ["templates", "src"] {
            for entry in std::fs::read_dir(format!("{root}/{folder}")).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() || path.ends_with("words.rs") {
                    continue;
                }
                let text = std::fs::read_to_string(&path).unwrap();
                for mark in ["t.say(\"", "words.say(\"", "t.with(\"", "words.with(\""] {
                    for part in text.split(mark).skip(1) {
                        let key = part.split('"').next().unwrap();
                        seen += 1;
                        assert!(english.contains(key), "{}: there is no {key}", path.display());
                    }
                }
            }
        }
        assert!(seen > 50);
    }

    #[test]
    fn numbers_are_written_as_the_language_writes_them() {
        let [english, turkish, persian] = [Language::English, Language::Turkish, Language::Persian].map(Words::of);
        assert_eq!(english.number(1_234_567), "1,234,567");
        assert_eq!(turkish.number(1_234_567), "1.234.567");
        assert_eq!(persian.number(1_234_567), "۱٬۲۳۴٬۵۶۷");
        assert_eq!((english.bits(-412), turkish.bits(1_620)), ("−4.12".to_owned(), "+16,20".to_owned()));
        assert_eq!(persian.bits(50), "\u{2066}+۰٫۵۰\u{2069}");
        assert_eq!(english.percent(973_400), "97%");
        assert_eq!(turkish.percent(45_600), "%4,5");
        assert_eq!(persian.percent(200), "<۰٫۱٪");
        assert_eq!(english.percent(999_999), ">99.9%");
        assert_eq!(english.score(7_042), "0.70");
        assert_eq!(turkish.amount(123_456, 2, "TRY"), "1.234,56 TRY");
    }

    #[test]
    fn days_are_those_of_the_language() {
        // 2026-11-26 09:30 UTC
        let at = 20_783_i64 * 86_400_000 + 34_200_000;
        let texts = [Language::English, Language::Turkish, Language::Persian]
            .map(|language| Words::of(language).minute(at).text);
        assert_eq!(texts, ["2026-11-26 09:30", "26.11.2026 09:30", "۱۴۰۵/۰۹/۰۵ ۰۹:۳۰"]);
        assert_eq!(Words::of(Language::Persian).long_day(at), "۵ آذر ۱۴۰۵");
        assert_eq!(Words::of(Language::Persian).date("1979-02-11").text, "۱۳۵۷/۱۱/۲۲");
        assert_eq!(
            Words::of(Language::English).minute(at).to_string(),
            "<time datetime=\"2026-11-26T09:30Z\">2026-11-26 09:30</time>"
        );
    }

    #[test]
    fn the_header_of_a_browser_chooses_a_language() {
        assert_eq!(Language::accepted("de-DE,tr;q=0.8,en;q=0.5"), Some(Language::Turkish));
        assert_eq!(Language::accepted("fa-IR"), Some(Language::Persian));
        assert_eq!(Language::accepted("de, *"), None);
    }
}
