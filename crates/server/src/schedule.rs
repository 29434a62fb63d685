//! When lists are looked for: a crontab line.
//!
//! In comes a text of five fields (minute, hour, day of the month, month, day of the week), out comes the next time that fits. Each field has numbers,
//! spans, lists and steps: `*/15`, `1-5`, `0,30`. If both days are given, one of them is enough, as in crontab(5) of cron. Times are UTC. Where nothing is said,
//! lists are looked for at one minute of every hour, which is drawn, so that not everybody asks a publisher at the same time.

use jiff::{Timestamp, ToSpan, civil::DateTime, tz::TimeZone};

/// When.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schedule {
    minutes: u64,
    hours: u64,
    days: u64,
    months: u64,
    weekdays: u64,
    /// Whether both kinds of day are given, so that either is enough.
    either_day: bool,
}

/// A field: what it is called, its least and its greatest number.
const FIELDS: [(&str, u32, u32); 5] =
    [("minute", 0, 59), ("hour", 0, 23), ("day of the month", 1, 31), ("month", 1, 12), ("day of the week", 0, 7)];

impl Schedule {
    /// One minute of every hour; `draw` says which.
    #[must_use]
    pub fn hourly(draw: u64) -> Schedule {
        let all = |(_, least, most): (&str, u32, u32)| span(least, most, 1);
        let [_, hours, days, months, weekdays] = FIELDS.map(all);
        Schedule { minutes: 1 << (draw % 60), hours, days, months, weekdays, either_day: false }
    }

    /// Reads a crontab line.
    ///
    /// # Errors
    /// The field, what was found, and what would be right.
    pub fn read(text: &str) -> Result<Schedule, String> {
        let given: Vec<&str> = text.split_whitespace().collect();
        let [minute, hour, day, month, weekday] = given.as_slice() else {
            return Err(format!("'{text}' has {} fields; write five, such as '17 * * * *'", given.len()));
        };
        let read = |at: usize, text: &str| field(text, FIELDS[at]);
        let mut weekdays = read(4, weekday)?;
        // Sunday is 0 and 7.
        weekdays |= weekdays >> 7 & 1;
        Ok(Schedule {
            minutes: read(0, minute)?,
            hours: read(1, hour)?,
            days: read(2, day)?,
            months: read(3, month)?,
            weekdays,
            either_day: !day.starts_with('*') && !weekday.starts_with('*'),
        })
    }

    /// The next time after this one; none if there is none within eight years (30 February).
    #[must_use]
    pub fn next(&self, after: Timestamp) -> Option<Timestamp> {
        let utc = TimeZone::UTC;
        let mut at = utc.to_datetime(after).with().second(0).subsec_nanosecond(0).build().ok()?;
        at = at.checked_add(1.minute()).ok()?;
        let end = at.checked_add(8.years()).ok()?;
        while at < end {
            if !has(self.months, at.month()) || !self.has_day(at) {
                at = at.date().tomorrow().ok()?.at(0, 0, 0, 0);
            } else if !has(self.hours, at.hour()) {
                at = at.with().minute(0).build().ok()?.checked_add(1.hour()).ok()?;
            } else if !has(self.minutes, at.minute()) {
                at = at.checked_add(1.minute()).ok()?;
            } else {
                return utc.to_timestamp(at).ok();
            }
        }
        None
    }

    fn has_day(&self, at: DateTime) -> bool {
        let (day, weekday) = (has(self.days, at.day()), has(self.weekdays, at.weekday().to_sunday_zero_offset()));
        if self.either_day { day || weekday } else { day && weekday }
    }
}

fn has(numbers: u64, number: i8) -> bool {
    numbers >> number & 1 == 1
}

fn span(least: u32, most: u32, step: u32) -> u64 {
    (least..=most).step_by(step as usize).fold(0, |numbers, number| numbers | 1 << number)
}

fn field(text: &str, (name, least, most): (&str, u32, u32)) -> Result<u64, String> {
    let wrong =
        || format!("{name}: '{text}' is not understood; write numbers from {least} to {most}, 1-5, 0,30, * or */15");
    let number =
        |text: &str| text.parse::<u32>().ok().filter(|number| (least..=most).contains(number)).ok_or_else(wrong);
    text.split(',').try_fold(0, |numbers, part| {
        let (range, step) = match part.split_once('/') {
            Some((range, step)) => (range, step.parse::<u32>().ok().filter(|step| *step > 0).ok_or_else(wrong)?),
            None => (part, 1),
        };
        let (from, to) = match range.split_once('-') {
            _ if range == "*" => (least, most),
            Some((from, to)) => (number(from)?, number(to)?),
            None if part.contains('/') => (number(range)?, most),
            None => (number(range)?, number(range)?),
        };
        if from > to { Err(wrong()) } else { Ok(numbers | span(from, to, step)) }
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn next(line: &str, after: &str) -> String {
        Schedule::read(line)
            .unwrap()
            .next(after.parse().unwrap())
            .map_or_else(|| "never".to_owned(), |at| at.to_string())
    }

    #[test]
    fn the_next_time_fits_every_field() {
        // 2026-01-31 is a Saturday.
        for (line, after, expected) in [
            ("17 * * * *", "2026-01-31T12:17:00Z", "2026-01-31T13:17:00Z"),
            ("17 * * * *", "2026-01-31T12:16:59Z", "2026-01-31T12:17:00Z"),
            ("*/15 8-10 * * *", "2026-01-31T10:45:00Z", "2026-02-01T08:00:00Z"),
            ("0 0 1 * *", "2026-01-31T12:00:00Z", "2026-02-01T00:00:00Z"),
            ("30 6 * * 1-5", "2026-01-31T12:00:00Z", "2026-02-02T06:30:00Z"),
            ("0 0 * * 7", "2026-01-31T12:00:00Z", "2026-02-01T00:00:00Z"),
            ("0 0 15 * 1", "2026-01-31T12:00:00Z", "2026-02-02T00:00:00Z"),
            ("0 0 29 2 *", "2026-01-31T12:00:00Z", "2028-02-29T00:00:00Z"),
            ("0 0 30 2 *", "2026-01-31T12:00:00Z", "never"),
            ("59 23 31 12 *", "2026-12-31T23:59:00Z", "2027-12-31T23:59:00Z"),
        ] {
            assert_eq!(next(line, after), expected, "{line} after {after}");
        }
    }

    #[test]
    fn every_hour_has_its_minute() {
        let schedule = Schedule::hourly(137);
        assert_eq!(schedule, Schedule::read("17 * * * *").unwrap());
    }

    #[test]
    fn what_is_no_line_is_said() {
        for (line, word) in [
            ("* * * *", "4 fields"),
            ("60 * * * *", "minute: '60'"),
            ("* 5-3 * * *", "hour"),
            ("*/0 * * * *", "minute"),
            ("x * * * *", "'x'"),
        ] {
            assert!(Schedule::read(line).unwrap_err().contains(word), "{line}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "[0-9*/, -]{0,24}|\\PC{0,20}", seconds in 0i64..4_000_000_000) {
            if let Ok(schedule) = Schedule::read(&text) {
                let after = Timestamp::from_second(seconds).unwrap();
                prop_assert!(schedule.next(after).is_none_or(|next| next > after));
            }
        }
    }
}
