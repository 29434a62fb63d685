//! Days: a date without a time, written as 2026-11-26.
//!
//! In comes such a text, or a moment whose day in UTC is asked for; out comes a [`Day`] that can be compared and written. Review
//! dates, notices and the validity of an exemption are days; what runs out within hours is a moment in milliseconds.

use std::{fmt, str::FromStr};

use jiff::{Timestamp, ToSpan, civil::Date, tz::TimeZone};
use serde::{Deserialize, Serialize};

use crate::{error::LedgerError, refusals};

/// A day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Day(Date);

impl Day {
    /// The day of a moment in milliseconds since 1970, in UTC. A moment that no calendar knows is the nearest it knows.
    #[must_use]
    pub fn of(at: i64) -> Day {
        let nearest = if at < 0 { Timestamp::MIN } else { Timestamp::MAX };
        let moment = Timestamp::from_millisecond(at).unwrap_or(nearest);
        Day(TimeZone::UTC.to_datetime(moment).date())
    }

    /// The date.
    #[must_use]
    pub fn date(self) -> Date {
        self.0
    }

    /// The day after; the last day of the calendar has none and is its own.
    #[must_use]
    pub fn next(self) -> Day {
        Day(self.0.saturating_add(1.day()))
    }

    /// Its first moment in UTC, in milliseconds since 1970.
    #[must_use]
    pub fn begins(self) -> i64 {
        let zoned = self.0.to_zoned(TimeZone::UTC);
        zoned.map_or(i64::MAX, |zoned| zoned.timestamp().as_millisecond())
    }
}

impl From<Date> for Day {
    fn from(date: Date) -> Day {
        Day(date)
    }
}

impl FromStr for Day {
    type Err = LedgerError;

    fn from_str(text: &str) -> Result<Day, LedgerError> {
        let is_written_so = text.len() == 10 && text.bytes().filter(|b| *b == b'-').count() == 2;
        let date = text.parse::<Date>().ok().filter(|_| is_written_so);
        date.map(Day).ok_or_else(|| refusals::not_a_day(text))
    }
}

impl TryFrom<String> for Day {
    type Error = LedgerError;

    fn try_from(text: String) -> Result<Day, LedgerError> {
        text.parse()
    }
}

impl From<Day> for String {
    fn from(day: Day) -> String {
        day.to_string()
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// A moment in milliseconds since 1970, as it is shown: 2026-11-26 09:30, in UTC.
#[must_use]
pub fn minute(at: i64) -> String {
    let moment = Timestamp::from_millisecond(at).map(|moment| TimeZone::UTC.to_datetime(moment));
    moment.map_or_else(
        |_| format!("{at} ms"),
        |t| format!("{:04}-{:02}-{:02} {:02}:{:02}", t.year(), t.month(), t.day(), t.hour(), t.minute()),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_read_as_it_is_written_and_in_no_other_way() {
        let day: Day = "2026-11-26".parse().unwrap();
        assert_eq!(day.to_string(), "2026-11-26");
        for wrong in ["26.11.2026", "2026-11-31", "2026-11", "20261126", "2026-11-26T09:30", "", "tomorrow"] {
            assert!(wrong.parse::<Day>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_moment_has_a_day_and_a_minute() {
        // 2026-11-26 09:30 UTC: 20,783 days and 34,200 seconds after 1970.
        let at = (20_783 * 86_400 + 34_200) * 1000;
        assert_eq!(Day::of(at).to_string(), "2026-11-26");
        assert_eq!(Day::of(at).begins(), 20_783 * 86_400_000);
        assert_eq!(minute(at), "2026-11-26 09:30");
        assert_eq!(Day::of(at).next().to_string(), "2026-11-27");
    }
}
