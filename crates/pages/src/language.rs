//! The languages that pages are written in, as the folder `words/` has them.
//!
//! In comes a code, or what a browser prefers, out comes a [`Language`] with its name, its direction and the texts of its Fluent files. The languages are collected when the program is
//! built (`build.rs`); what a language is, its name and the way it writes numbers and days, are messages of its own (`language-…`, [`Writing`]). Another language is its files.

use crate::words::Words;

include!(concat!(env!("OUT_DIR"), "/languages.rs"));

/// A language that pages are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Language(usize);

/// How a language writes numbers and days.
///
/// Its messages: `language-digits` (ten characters, from nought), `language-thousands`, `language-point`, `language-percent` (with `#` for the number), `language-direction` (`ltr`, `rtl`),
/// `language-calendar` (`gregory`, `persian`: Unicode Technical Standard 35, part 1, *ca*) and `language-day`, `language-day-short`, `language-day-long` (patterns of part 4 of the same with `y`, `MM`, `dd`,
/// `d` and `MMMM`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Writing {
    pub(crate) name: String,
    pub(crate) is_rtl: bool,
    pub(crate) digits: [char; 10],
    pub(crate) thousands: String,
    pub(crate) point: String,
    pub(crate) percent: String,
    pub(crate) is_persian_calendar: bool,
    pub(crate) day: String,
    pub(crate) day_short: String,
    pub(crate) day_long: String,
}

#[allow(
    non_upper_case_globals,
    reason = "they read as the variants of an enumeration, the others of which come from the files"
)]
impl Language {
    /// English, in which is said what another language does not say.
    pub const English: Language = Language::coded("en");
    /// Turkish.
    pub const Turkish: Language = Language::coded("tr");
    /// Persian.
    pub const Persian: Language = Language::coded("fa");
}

impl Language {
    /// All of them, English first.
    pub const ALL: [Language; SOURCES.len()] = {
        let mut all = [Language(0); SOURCES.len()];
        let mut at = 0;
        while at < all.len() {
            all[at] = Language(at);
            at += 1;
        }
        all
    };

    /// The language of a code that is there when the program is built.
    const fn coded(code: &str) -> Language {
        let mut at = 0;
        while at < SOURCES.len() {
            let known = SOURCES[at].0.as_bytes();
            // Codes have two letters, or three.
            if known.len() == code.len() && known[0] == code.as_bytes()[0] && known[1] == code.as_bytes()[1] {
                return Language(at);
            }
            at += 1;
        }
        panic!("words/ has no file of this language")
    }

    pub(crate) fn number(self) -> usize {
        self.0
    }

    /// Its code (BCP 47).
    #[must_use]
    pub fn code(self) -> &'static str {
        SOURCES[self.0].0
    }

    /// What its speakers call it.
    #[must_use]
    pub fn name(self) -> &'static str {
        &Words::of(self).writing().name
    }

    /// The direction that it is written in.
    #[must_use]
    pub fn direction(self) -> &'static str {
        if Words::of(self).writing().is_rtl { "rtl" } else { "ltr" }
    }

    /// The language of a code.
    #[must_use]
    pub fn of_code(code: &str) -> Option<Language> {
        Language::ALL.into_iter().find(|language| language.code() == code)
    }

    /// The first language of an `Accept-Language` header (RFC 9110, 12.5.4) that there is; browsers write them in the order of preference.
    #[must_use]
    pub fn accepted(header: &str) -> Option<Language> {
        let codes = header.split(',').map(|part| part.split([';', '-']).next().unwrap_or("").trim());
        codes.into_iter().find_map(Language::of_code)
    }

    pub(crate) fn source(self) -> &'static str {
        SOURCES[self.0].1
    }
}

impl Writing {
    /// By what says the message of a key.
    ///
    /// # Errors
    /// The message that is not there or cannot be what it should be.
    pub(crate) fn of(say: impl Fn(&str) -> Option<String>) -> Result<Writing, &'static str> {
        let text = |key: &'static str| say(key).filter(|text| !text.is_empty()).ok_or(key);
        let one_of = |key: &'static str, no: &str, yes: &str| match text(key)? {
            word if word == yes => Ok(true),
            word if word == no => Ok(false),
            _ => Err(key),
        };
        let digits: Vec<char> = text("language-digits")?.chars().collect();
        Ok(Writing {
            name: text("language-name")?,
            is_rtl: one_of("language-direction", "ltr", "rtl")?,
            digits: digits.try_into().map_err(|_| "language-digits")?,
            thousands: text("language-thousands")?,
            point: text("language-point")?,
            percent: text("language-percent")
                .and_then(|text| text.contains('#').then_some(text).ok_or("language-percent"))?,
            is_persian_calendar: one_of("language-calendar", "gregory", "persian")?,
            day: text("language-day")?,
            day_short: text("language-day-short")?,
            day_long: text("language-day-long")?,
        })
    }

    /// As programs write them.
    pub(crate) fn plain(name: &str) -> Writing {
        Writing {
            name: name.to_owned(),
            is_rtl: false,
            digits: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
            thousands: ",".to_owned(),
            point: ".".to_owned(),
            percent: "#%".to_owned(),
            is_persian_calendar: false,
            day: "y-MM-dd".to_owned(),
            day_short: "MM-dd".to_owned(),
            day_long: "d MMMM y".to_owned(),
        }
    }

    /// Digits in the numerals of the language.
    pub(crate) fn numerals(&self, text: &str) -> String {
        let own = |c: char| c.to_digit(10).map_or(c, |digit| self.digits[digit as usize]);
        text.chars().map(own).collect()
    }

    /// A number with `places` behind the sign.
    pub(crate) fn number(&self, whole: i64, part: i64, places: usize) -> String {
        let digits = whole.unsigned_abs().to_string();
        let mut out = if whole < 0 { "−".to_owned() } else { String::new() };
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                out.push_str(&self.thousands);
            }
            out.push(digit);
        }
        if places > 0 {
            out.push_str(&self.point);
            out.push_str(&format!("{part:0places$}"));
        }
        self.numerals(&out)
    }

    /// A day by a pattern, with the name of its month.
    pub(crate) fn day(&self, pattern: &str, (year, month, day): (i64, i64, i64), name: &str) -> String {
        // The name last: it may have the letters of the pattern.
        let numbers = pattern.replace("dd", &format!("{day:02}")).replace('d', &day.to_string());
        let numbers = numbers.replace('y', &year.to_string());
        match numbers.split_once("MMMM") {
            Some((before, after)) => format!("{}{name}{}", self.numerals(before), self.numerals(after)),
            None => self.numerals(&numbers.replace("MM", &format!("{month:02}"))),
        }
    }
}

#[cfg(test)]
#[path = "../languages.rs"]
mod collected;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_language_is_stands_in_its_own_files() {
        for language in Language::ALL {
            let own = Writing::of(|key| Words::of(language).checked(key, &[]).ok());
            assert!(own.is_ok(), "{}: {own:?}", language.code());
        }
        let names = [Language::English, Language::Turkish, Language::Persian].map(|one| (one.name(), one.direction()));
        assert_eq!(names, [("English", "ltr"), ("Türkçe", "ltr"), ("فارسی", "rtl")]);
        assert_eq!(Language::ALL[0], Language::English);
    }

    #[test]
    fn another_language_is_its_files_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in [("en.ftl", "a = b"), ("words.de.ftl", "c = d"), ("de.ftl", "a = c"), ("readme.md", "")] {
            std::fs::write(folder.path().join(name), text).unwrap();
        }
        let made = collected::sources(folder.path()).unwrap();
        assert!(made.contains("SOURCES: [(&str, &str); 2]"), "{made}");
        assert!(made.find("(\"en\"").unwrap() < made.find("(\"de\"").unwrap(), "{made}");
        let german = made.lines().find(|line| line.contains("(\"de\"")).unwrap();
        assert!(german.contains("words.de.ftl") && german.matches("include_str!").count() == 2, "{made}");
        std::fs::write(folder.path().join("Deutsch.ftl"), "").unwrap();
        assert!(collected::sources(folder.path()).unwrap_err().to_string().contains("CODE.ftl"));
    }

    /// Arabic as it is written in Egypt: digits of its own, right to left, by the Gregorian calendar.
    #[test]
    fn a_language_that_writes_otherwise_needs_no_code() {
        let says = |key: &str| {
            let text = match key {
                "language-name" => "العربية",
                "language-direction" => "rtl",
                "language-calendar" => "gregory",
                "language-digits" => "٠١٢٣٤٥٦٧٨٩",
                "language-thousands" => "٬",
                "language-point" => "٫",
                "language-percent" => "#٪",
                "language-day" => "dd/MM/y",
                "language-day-short" => "dd/MM",
                "language-day-long" => "d MMMM y",
                _ => return None,
            };
            Some(text.to_owned())
        };
        let arabic = Writing::of(says).unwrap();
        assert_eq!(arabic.number(1_234_567, 5, 2), "١٬٢٣٤٬٥٦٧٫٠٥");
        assert_eq!(arabic.day(&arabic.day, (2026, 3, 9), ""), "٠٩/٠٣/٢٠٢٦");
        assert_eq!(arabic.day(&arabic.day_long, (2026, 3, 9), "مارس"), "٩ مارس ٢٠٢٦");
        assert_eq!(Writing::of(|key| says(key).filter(|_| key != "language-digits")), Err("language-digits"));
        assert_eq!(Writing::of(|key| says(key).map(|text| text.replace("rtl", "down"))), Err("language-direction"));
    }
}
