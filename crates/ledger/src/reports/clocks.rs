//! When a report is due.
//!
//! In come the day on which something happened, a [`Clock`] and the calendars; out comes the day by which the report has to be there. A clock is data of a
//! kind of report; a calendar says which days are worked on ([`Calendar`]).

use std::collections::BTreeMap;

use jiff::{ToSpan, civil::Date};
use serde::{Deserialize, Serialize};

use crate::{calendar::Calendar, day::Day, error::LedgerError};

/// The calendars that come with the program: their names and texts.
const BUILT_IN: &[(&str, &str)] = &[("us-federal", include_str!("../../../../data/calendars/us-federal.toml"))];

/// By when a report is due.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Clock {
    /// The law names no day: without delay, promptly, as soon as practicable.
    Promptly {},
    /// So many working days after the day on which it happened.
    WorkingDays {
        /// How many.
        working_days: u32,
        /// Of which calendar; the house's own when none is named.
        #[serde(default)]
        calendar: Option<String>,
    },
    /// So many days after it.
    Days {
        /// How many.
        days: u32,
    },
    /// Once a year.
    Yearly {
        /// By this month, 1 to 12.
        month: i8,
        /// And this day of it.
        day: i8,
        /// As things stood at the end of this month.
        as_of_month: i8,
        /// And this day of it.
        as_of_day: i8,
    },
}

/// The calendars that are known, and the house's own.
#[derive(Clone, Debug)]
pub struct Calendars {
    house: Calendar,
    named: BTreeMap<String, Calendar>,
}

impl Calendars {
    /// Those that come with the program beside the house's own.
    ///
    /// # Errors
    /// Never in a program that passed its tests, which read each.
    pub fn built_in(house: Calendar) -> Result<Calendars, LedgerError> {
        let read = BUILT_IN.iter().map(|(name, text)| Ok(((*name).to_owned(), Calendar::read(text, name)?)));
        Ok(Calendars { house, named: read.collect::<Result<_, LedgerError>>()? })
    }

    /// Adds one of the user's own, or replaces one.
    ///
    /// # Errors
    /// When the text is no calendar.
    pub fn add(&mut self, name: &str, text: &str, file: &str) -> Result<(), LedgerError> {
        self.named.insert(name.to_owned(), Calendar::read(text, file)?);
        Ok(())
    }

    fn get(&self, name: Option<&str>) -> Result<&Calendar, LedgerError> {
        let Some(name) = name else { return Ok(&self.house) };
        self.named.get(name).ok_or_else(|| {
            let known = self.named.keys().map(String::as_str).collect::<Vec<_>>().join(", ");
            LedgerError::refused(format!("there is no calendar {name:?}; right would be one of {known}"))
        })
    }
}

impl Clock {
    /// The day by which a report is due about what happened on this day; `None` when the law names no day.
    ///
    /// # Errors
    /// When the calendar is unknown, or knows no working day for a year.
    pub fn due(&self, happened: Day, calendars: &Calendars) -> Result<Option<Day>, LedgerError> {
        match self {
            Clock::Promptly {} => Ok(None),
            Clock::Days { days } => {
                let date = happened.date().saturating_add(i64::from(*days).days());
                Ok(Some(date.into()))
            }
            Clock::WorkingDays { working_days, calendar } => {
                calendars.get(calendar.as_deref())?.after(happened, *working_days).map(Some)
            }
            Clock::Yearly { .. } => Ok(self.next(happened).map(|(_, due)| due)),
        }
    }

    /// For a yearly clock, the day as of which the report is whose turn it is on a day, and the day by which it is due: the first that is not yet over.
    #[must_use]
    pub fn next(&self, today: Day) -> Option<(Day, Day)> {
        let Clock::Yearly { month, day, as_of_month, as_of_day } = *self else { return None };
        (0..=2).find_map(|years| {
            let due = Date::new(today.date().year() + years, month, day).ok()?;
            if due < today.date() {
                return None;
            }
            let before = i16::from((as_of_month, as_of_day) > (month, day));
            let as_of = Date::new(due.year() - before, as_of_month, as_of_day).ok()?;
            Some((as_of.into(), due.into()))
        })
    }

    pub(super) fn check(&self) -> Result<(), String> {
        match *self {
            Clock::WorkingDays { working_days: 0, .. } => Err("a clock of 0 working days".to_owned()),
            Clock::Yearly { month, day, as_of_month, as_of_day } => {
                // A leap year is left out: a clock of 29 February would miss three years of four.
                let is_day = |month, day| Date::new(2025, month, day).is_ok();
                let is_right = is_day(month, day) && is_day(as_of_month, as_of_day);
                if is_right {
                    Ok(())
                } else {
                    Err(format!("{month}-{day} or {as_of_month}-{as_of_day} is no day of every year"))
                }
            }
            _ => Ok(()),
        }
    }

    /// In words, such as `within 10 working days`.
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Clock::Promptly {} => "promptly".to_owned(),
            Clock::Days { days } => format!("within {days} days"),
            Clock::WorkingDays { working_days, .. } => format!("within {working_days} working days"),
            Clock::Yearly { month, day, as_of_month, as_of_day } => {
                format!("each year by {month:02}-{day:02}, as of {as_of_month:02}-{as_of_day:02}")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn ten_business_days_across_thanksgiving_by_hand() {
        // Wednesday 18 November 2026: 19, 20, 23, 24, 25, (26 is Thanksgiving), 27, 30, 1, 2, 3 December.
        let clock = Clock::WorkingDays { working_days: 10, calendar: Some("us-federal".to_owned()) };
        let calendars = Calendars::built_in(Calendar::default()).unwrap();
        assert_eq!(clock.due(day("2026-11-18"), &calendars).unwrap(), Some(day("2026-12-03")));
        let unknown = Clock::WorkingDays { working_days: 1, calendar: Some("moon".to_owned()) };
        assert!(unknown.due(day("2026-11-18"), &calendars).unwrap_err().to_string().contains("us-federal"));
    }

    #[test]
    fn a_yearly_report_is_as_of_a_day_before() {
        let ofac = Clock::Yearly { month: 9, day: 30, as_of_month: 6, as_of_day: 30 };
        assert_eq!(ofac.next(day("2026-09-30")), Some((day("2026-06-30"), day("2026-09-30"))));
        assert_eq!(ofac.next(day("2026-10-01")), Some((day("2027-06-30"), day("2027-09-30"))));
        // As of the last day of a year, due in the next one.
        let other = Clock::Yearly { month: 1, day: 31, as_of_month: 12, as_of_day: 31 };
        assert_eq!(other.next(day("2026-11-26")), Some((day("2026-12-31"), day("2027-01-31"))));
    }

    #[test]
    fn days_count_every_day() {
        let calendars = Calendars::built_in(Calendar::default()).unwrap();
        assert_eq!(Clock::Days { days: 14 }.due(day("2026-12-24"), &calendars).unwrap(), Some(day("2027-01-07")));
        assert_eq!(Clock::Promptly {}.due(day("2026-12-24"), &calendars).unwrap(), None);
    }
}
