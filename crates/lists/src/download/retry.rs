//! How long to wait before something is tried again.
//!
//! In come the number of the attempt and a seed, or a server's `Retry-After` (RFC 9110, section 10.2.3); out comes a pause. Pauses
//! double and are scattered, so that many programs that failed together do not come back together. No clock, no chance: the
//! same seed gives the same pauses.

use std::time::Duration;

use jiff::{Timestamp, fmt::rfc2822::DateTimeParser};

/// Longest pause of our own.
const PAUSE_MAX: Duration = Duration::from_secs(60);

/// When a server asks to be asked again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RetryAfter {
    /// After a time.
    Wait(Duration),
    /// At a time.
    At(Timestamp),
}

impl RetryAfter {
    /// Reads the header: seconds, or a date.
    #[must_use]
    pub fn parse(text: &str) -> Option<RetryAfter> {
        let text = text.trim();
        if let Ok(seconds) = text.parse() {
            return Some(RetryAfter::Wait(Duration::from_secs(seconds)));
        }
        let zoned = DateTimeParser::new().parse_zoned(text).ok()?;
        Some(RetryAfter::At(zoned.timestamp()))
    }

    /// How long that is from now.
    #[must_use]
    pub fn wait(self, now: Timestamp) -> Duration {
        match self {
            RetryAfter::Wait(time) => time,
            RetryAfter::At(at) => Duration::try_from(at.duration_since(now)).unwrap_or_default(),
        }
    }
}

/// The pause behind an attempt, from 1: between three and five quarters of `first`, twice as long each time.
pub(crate) fn pause(first: Duration, attempt: u32, seed: u64) -> Duration {
    let doubled = first.saturating_mul(1 << (attempt.clamp(1, 20) - 1)).min(PAUSE_MAX);
    let scatter = mixed(seed.wrapping_add(u64::from(attempt))) % 501;
    doubled.saturating_mul(750 + scatter as u32) / 1000
}

/// A number of a text, to scatter with (FNV-1a).
pub(crate) fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// The finishing step of SplitMix64 (Steele, Lea, Flood 2014).
fn mixed(seed: u64) -> u64 {
    let z = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn retry_after_is_seconds_or_a_date() {
        let now: Timestamp = "1999-12-31T23:59:00Z".parse().unwrap();
        let wait = |text: &str| RetryAfter::parse(text).map(|asked| asked.wait(now).as_secs());
        // Both forms are the examples of RFC 9110, 10.2.3.
        assert_eq!(wait("120"), Some(120));
        assert_eq!(wait("Fri, 31 Dec 1999 23:59:59 GMT"), Some(59));
        assert_eq!(wait("Fri, 31 Dec 1999 23:00:00 GMT"), Some(0), "a time that has passed is now");
        assert_eq!(wait("soon"), None);
        assert_eq!(wait("-5"), None);
    }

    proptest! {
        #[test]
        fn pauses_double_within_their_scatter(attempt in 1u32..40, seed: u64) {
            let first = Duration::from_secs(1);
            let middle = Duration::from_secs(1 << (attempt.min(7) - 1)).min(Duration::from_secs(60));
            let got = pause(first, attempt, seed);
            prop_assert!(got >= middle * 3 / 4 && got <= middle * 5 / 4, "{got:?} around {middle:?}");
            prop_assert_eq!(got, pause(first, attempt, seed));
        }

        #[test]
        fn any_header_is_read_or_not(text in "\\PC{0,40}") {
            let _ = RetryAfter::parse(&text).map(|asked| asked.wait(Timestamp::UNIX_EPOCH));
        }
    }
}
