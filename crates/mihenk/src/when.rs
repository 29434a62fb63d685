//! Times as people write and read them: in UTC.
//!
//! In come milliseconds since 1970 or what a user wrote, out comes the other.

use anyhow::Context;
use jiff::{Timestamp, civil::DateTime, tz::TimeZone};

/// A time to the minute: `2026-11-26 09:30`.
pub(crate) fn minute(at: i64) -> String {
    let Ok(time) = Timestamp::from_millisecond(at) else { return at.to_string() };
    TimeZone::UTC.to_datetime(time).strftime("%Y-%m-%d %H:%M").to_string()
}

/// A day (its begin) or a time in UTC, such as `2026-11-26` or `2026-11-26T09:30`.
pub(crate) fn read(text: &str) -> anyhow::Result<i64> {
    if let Ok(time) = text.parse::<Timestamp>() {
        return Ok(time.as_millisecond());
    }
    let time: DateTime =
        text.parse().with_context(|| format!("{text:?} is no time; right would be 2026-11-26 or 2026-11-26T09:30"))?;
    Ok(TimeZone::UTC.to_timestamp(time)?.as_millisecond())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_its_first_moment_in_utc() {
        // 2026-11-26 is 20,783 days after 1970-01-01.
        assert_eq!(read("2026-11-26").unwrap(), 20_783 * 86_400_000);
        assert_eq!(read("2026-11-26T09:30").unwrap(), 20_783 * 86_400_000 + (9 * 60 + 30) * 60_000);
        assert_eq!(read("2026-11-26T12:30+03:00").unwrap(), 20_783 * 86_400_000 + (9 * 60 + 30) * 60_000);
        assert_eq!(minute(20_783 * 86_400_000 + 60_000), "2026-11-26 00:01");
        assert!(read("yesterday").is_err());
    }
}
