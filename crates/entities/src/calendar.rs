//! Dates of the Islamic and the Persian calendar, where the source says that it uses one.
//!
//! In comes a text with the calendar in brackets, `24/06/1402 (Hijri Calendar)`, `1385 (Persian)`; out comes the same time as a
//! [`Date`] of ours. Without the name of the calendar nothing is guessed: 1376 is a year of either. Neither calendar can be
//! computed to the day (one follows the sight of the moon, the other the sun at Tehran), so a day becomes the three days around it
//! and a year the two years it lies in. Islamic: the tabular calendar of 30-year cycles with its civil epoch (Reingold and
//! Dershowitz, *Calendrical Calculations*); Persian: a year begins on 20, 21 or 22 March, its first six months have 31 days.

use crate::date::{Date, Precision};

/// The date in a text that names its calendar; none if it names none, or holds no date of it.
pub(crate) fn parse(lower: &str) -> Option<Date> {
    let (date, calendar) = lower.strip_suffix(')')?.rsplit_once('(')?;
    let has = |words: &[&str]| words.iter().any(|word| calendar.contains(word));
    let persian = has(&["persian", "solar", "shamsi", "jalali", "iranian calendar"]);
    let islamic = has(&["hijri", "hijra", "lunar", "islamic"]) && !persian;
    if !persian && !islamic {
        return None;
    }
    let (year, day) = fields(date.trim())?;
    let first_day = |month, day| if persian { persian_day(year, month, day) } else { islamic_day(year, month, day) };
    let (from, to) = match day {
        Some((month, day)) => (first_day(month, day) - 1, first_day(month, day) + 1),
        None => (first_day(1, 1) - 1, if persian { persian_day(year + 1, 1, 1) } else { islamic_day(year + 1, 1, 1) }),
    };
    let date = Date::between(gregorian(from)?, gregorian(to)?)?;
    Some(Date { precision: Precision::Between, ..date })
}

/// Year, and month and day when there are: `24/06/1402`, `1402-06-24`, `1402`. Only years that can be those of somebody alive
/// since the nineteenth century of our era.
fn fields(text: &str) -> Option<(i32, Option<(i32, i32)>)> {
    let numbers: Option<Vec<i32>> = text.split(['/', '-', '.']).map(|part| part.trim().parse().ok()).collect();
    let (year, day) = match numbers?.as_slice() {
        [year] => (*year, None),
        [year, month, day] if *year > 31 => (*year, Some((*month, *day))),
        [day, month, year] => (*year, Some((*month, *day))),
        _ => return None,
    };
    let valid = day.is_none_or(|(month, day)| (1..=12).contains(&month) && (1..=31).contains(&day));
    ((1200..1500).contains(&year) && valid).then_some((year, day))
}

/// The number of the day, counted as Julian day numbers are.
fn islamic_day(year: i32, month: i32, day: i32) -> i32 {
    (11 * year + 3) / 30 + 354 * year + 30 * month - (month - 1) / 2 + day + 1_948_440 - 385
}

fn persian_day(year: i32, month: i32, day: i32) -> i32 {
    let before = if month <= 7 { 31 * (month - 1) } else { 186 + 30 * (month - 7) };
    number_of(year + 621, 3, 21) + before + day - 1
}

/// The Julian day number of a Gregorian day (Fliegel and Van Flandern, 1968).
fn number_of(year: i32, month: i32, day: i32) -> i32 {
    let shift = (month - 14) / 12;
    1461 * (year + 4800 + shift) / 4 + 367 * (month - 2 - 12 * shift) / 12 - 3 * ((year + 4900 + shift) / 100) / 4 + day
        - 32_075
}

/// The Gregorian day of a Julian day number (the same paper).
fn gregorian(number: i32) -> Option<Date> {
    let l = number + 68_569;
    let n = 4 * l / 146_097;
    let l = l - (146_097 * n + 3) / 4;
    let i = 4000 * (l + 1) / 1_461_001;
    let l = l - 1461 * i / 4 + 31;
    let j = 80 * l / 2447;
    let day = l - 2447 * j / 80;
    let l = j / 11;
    let (month, year) = (j + 2 - 12 * l, 100 * (n - 49) + i + l);
    Date::day(i16::try_from(year).ok()?, u8::try_from(month).ok()?, u8::try_from(day).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    // The UN lists 24/06/1402 (Hijri) beside 18 and 19 April 1982 for one man. 11 February 1979, the day of the Iranian
    // revolution, is 22 Bahman 1357. 1 Muharram 1400, when the Grand Mosque was seized, was 20 or 21 November 1979.
    #[test]
    fn days_and_years_are_found_in_ours() {
        for (text, expected) in [
            ("24/06/1402 (hijri calendar)", "1982-04-18/1982-04-20"),
            ("1400-01-01 (hijri)", "1979-11-20/1979-11-22"),
            ("22/11/1357 (persian)", "1979-02-10/1979-02-12"),
            ("1385 (persian)", "2006-03-20/2007-03-21"),
            ("1385 (solar hijri)", "2006-03-20/2007-03-21"),
        ] {
            assert_eq!(parse(text).map(|d| d.to_string()).as_deref(), Some(expected), "{text}");
        }
        for text in ["1385", "1957 (hijri)", "40/40/1402 (hijri)", "1402 (approximately)", "(hijri)", "x (persian)"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn day_numbers_go_both_ways() {
        for number in (2_300_000..2_500_000).step_by(97) {
            let day = gregorian(number).unwrap().from;
            assert_eq!(number_of(i32::from(day.year), i32::from(day.month), i32::from(day.day)), number);
        }
    }
}
