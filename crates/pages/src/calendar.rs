//! Days of the Solar Hijri calendar, as Persian pages write them.
//!
//! In comes a day of the Gregorian calendar, out come year, month and day of the calendar of Iran. Years begin on the day of the March equinox at Tehran; the rule of 33 years, eight of
//! which are leap years, gives the days that were proclaimed in all years from 1178 to 1633 (1799 to 2254), which is longer than any record here. It is the same rule that ICU's
//! Persian calendar uses. Outside these years there is no answer.

use jiff::civil::Date;

/// The day before the first year as the rule counts back to it, from 1 January 1 (Gregorian), which is day 1. It is chosen so that 1 Farvardin 1400 is 21 March 2021; the year 1 itself
/// is outside the rule.
const BEFORE_FIRST: i64 = 226_894;

/// Year, month and day; `None` outside the years for which the rule holds.
#[must_use]
pub fn solar_hijri(date: Date) -> Option<(i64, i64, i64)> {
    let day = day_number(date);
    // The year that has begun 365.2422 days apart, or the one beside it.
    let about = (day - BEFORE_FIRST) * 33 / 12_053 + 1;
    let year = (about - 1..=about + 1).rev().find(|&year| before_year(year) < day)?;
    if !(1178..=1633).contains(&year) {
        return None;
    }
    let of_year = day - before_year(year) - 1;
    let (month, of_month) =
        if of_year < 186 { (of_year / 31, of_year % 31) } else { (6 + (of_year - 186) / 30, (of_year - 186) % 30) };
    Some((year, month + 1, of_month + 1))
}

/// Days before 1 Farvardin of a year: eight leap years in 33.
fn before_year(year: i64) -> i64 {
    BEFORE_FIRST + 365 * (year - 1) + (8 * year + 21).div_euclid(33)
}

/// Days since 31 December of the year before 1 (Gregorian).
fn day_number(date: Date) -> i64 {
    let before = i64::from(date.year()) - 1;
    365 * before + before.div_euclid(4) - before.div_euclid(100)
        + before.div_euclid(400)
        + i64::from(date.day_of_year())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    /// Years that began, and days of which the calendar of Iran is known from its own history.
    #[test]
    fn days_are_those_that_were_proclaimed() {
        for (day, hijri) in [
            (date(2020, 3, 20), (1399, 1, 1)),
            (date(2021, 3, 20), (1399, 12, 30)),
            (date(2021, 3, 21), (1400, 1, 1)),
            (date(2024, 3, 20), (1403, 1, 1)),
            (date(2025, 3, 20), (1403, 12, 30)),
            (date(2025, 3, 21), (1404, 1, 1)),
            (date(1979, 2, 11), (1357, 11, 22)),
            (date(1979, 4, 1), (1358, 1, 12)),
            (date(1925, 3, 31), (1304, 1, 11)),
            (date(2026, 11, 26), (1405, 9, 5)),
        ] {
            assert_eq!(solar_hijri(day), Some(hijri), "{day}");
        }
    }

    #[test]
    fn days_follow_one_another_and_years_have_twelve_months() {
        let mut day = date(1800, 1, 1);
        let mut before = solar_hijri(day).unwrap();
        while day < date(2250, 1, 1) {
            day = day.tomorrow().unwrap();
            let now = solar_hijri(day).unwrap();
            let (year, month, of_month) = before;
            let last = match month {
                1..=6 => 31,
                7..=11 => 30,
                _ if (8 * (year + 1) + 21).div_euclid(33) > (8 * year + 21).div_euclid(33) => 30,
                _ => 29,
            };
            let next = match (of_month == last, month) {
                (false, _) => (year, month, of_month + 1),
                (true, 12) => (year + 1, 1, 1),
                (true, _) => (year, month + 1, 1),
            };
            assert_eq!(now, next, "{day}");
            before = now;
        }
    }

    #[test]
    fn outside_the_rule_there_is_no_answer() {
        assert_eq!(solar_hijri(date(1700, 1, 1)), None);
        assert_eq!(solar_hijri(date(2400, 1, 1)), None);
    }
}
