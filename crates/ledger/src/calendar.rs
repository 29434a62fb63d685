//! Working days, for periods that are counted in them.
//!
//! In comes a calendar as a file that the user keeps: which days of the week are free, and which holidays there are; out comes the day on
//! which a period ends. Nothing is known of any country's holidays: without a file, Saturday and Sunday are free and no other day is.
//!
//! ```toml
//! title = "New York, 2026"
//! weekend = ["saturday", "sunday"]
//! holidays = ["2026-11-26", "2026-12-25"]
//! until = "2026-12-31"
//! ```

use std::collections::BTreeSet;

use jiff::civil::Weekday;
use serde::Deserialize;

use crate::{day::Day, error::LedgerError};

/// Days that are looked through for working days before a calendar is called one without any.
const LOOKED_THROUGH: usize = 366;

/// Which days are worked on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar {
    /// What it is called.
    pub title: String,
    weekend: Vec<Weekday>,
    holidays: BTreeSet<Day>,
    /// The last day that it knows.
    until: Option<Day>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    title: String,
    weekend: Vec<String>,
    #[serde(default)]
    holidays: Vec<Day>,
    #[serde(default)]
    until: Option<Day>,
}

impl Default for Calendar {
    fn default() -> Calendar {
        let title = "Saturday and Sunday free, no holidays known".to_owned();
        Calendar { title, weekend: vec![Weekday::Saturday, Weekday::Sunday], holidays: BTreeSet::new(), until: None }
    }
}

impl Calendar {
    /// Reads a calendar; `file` is what it is called in an error.
    ///
    /// # Errors
    /// When it is no such TOML, a day of the week is unknown, or no day would be worked on.
    pub fn read(text: &str, file: &str) -> Result<Calendar, LedgerError> {
        let wrong = |why: String| LedgerError::refused(format!("{file}: {why}"));
        let written: Written = toml::from_str(text).map_err(|error| wrong(error.to_string()))?;
        let weekend = written.weekend.iter().map(|name| {
            weekday(name)
                .ok_or_else(|| wrong(format!("{name:?} is no day of the week; right would be one such as friday")))
        });
        let weekend = weekend.collect::<Result<Vec<_>, _>>()?;
        let holidays = written.holidays.into_iter().collect();
        let calendar = Calendar { title: written.title, weekend, holidays, until: written.until };
        let all = [Weekday::Monday, Weekday::Tuesday, Weekday::Wednesday, Weekday::Thursday, Weekday::Friday];
        let is_free = |day: &Weekday| calendar.weekend.contains(day);
        if all.iter().all(is_free) && is_free(&Weekday::Saturday) && is_free(&Weekday::Sunday) {
            return Err(wrong("every day of the week is free".to_owned()));
        }
        Ok(calendar)
    }

    /// Whether it is worked on this day.
    #[must_use]
    pub fn is_working(&self, day: Day) -> bool {
        !self.weekend.contains(&day.date().weekday()) && !self.holidays.contains(&day)
    }

    /// The last of so many working days after this day, which itself does not count.
    ///
    /// # Errors
    /// When the calendar knows no working day for a year, or ends before.
    pub fn after(&self, day: Day, working_days: u32) -> Result<Day, LedgerError> {
        let (mut day, mut left, mut free) = (day, working_days, 0);
        while left > 0 {
            day = day.next();
            if self.is_working(day) {
                (left, free) = (left - 1, 0);
                continue;
            }
            free += 1;
            if free > LOOKED_THROUGH {
                return Err(LedgerError::refused(format!(
                    "the calendar {:?} has no working day for a year",
                    self.title
                )));
            }
        }
        match self.until {
            Some(until) if day > until => Err(LedgerError::refused(format!(
                "the calendar {:?} ends on {until}, before {working_days} working days have gone; a newer one is needed",
                self.title
            ))),
            _ => Ok(day),
        }
    }
}

fn weekday(name: &str) -> Option<Weekday> {
    Some(match name.to_ascii_lowercase().as_str() {
        "monday" => Weekday::Monday,
        "tuesday" => Weekday::Tuesday,
        "wednesday" => Weekday::Wednesday,
        "thursday" => Weekday::Thursday,
        "friday" => Weekday::Friday,
        "saturday" => Weekday::Saturday,
        "sunday" => Weekday::Sunday,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn three_working_days_by_hand() {
        // 26 November 2026 is a Thursday: Friday 27, Monday 30, Tuesday 1 December.
        let plain = Calendar::default();
        assert_eq!(plain.after(day("2026-11-26"), 3).unwrap(), day("2026-12-01"));
        // A Saturday: Monday, Tuesday, Wednesday.
        assert_eq!(plain.after(day("2026-11-28"), 3).unwrap(), day("2026-12-02"));
        // Friday and Saturday free, and Sunday 29 a holiday: Monday, Tuesday, Wednesday.
        let text = "title = \"t\"\nweekend = [\"friday\", \"saturday\"]\nholidays = [\"2026-11-29\"]";
        assert_eq!(Calendar::read(text, "c").unwrap().after(day("2026-11-26"), 3).unwrap(), day("2026-12-02"));
    }

    #[test]
    fn a_calendar_that_cannot_be_is_refused_in_words() {
        for (text, why) in [
            ("title = \"t\"\nweekend = [\"caturday\"]", "no day of the week"),
            ("title = \"t\"\nweekend = []\nholidays = [\"2026-13-01\"]", "is no day"),
            ("title = \"t\"", "weekend"),
            ("title = \"t\"\nweekend = []\nwekend = []", "wekend"),
            (
                "title = \"t\"\nweekend = [\"monday\", \"tuesday\", \"wednesday\", \"thursday\", \"friday\", \"saturday\", \"sunday\"]",
                "every day",
            ),
        ] {
            let error = Calendar::read(text, "calendar.toml").unwrap_err().to_string();
            assert!(error.starts_with("calendar.toml: ") && error.contains(why), "{error}");
        }
    }
}
