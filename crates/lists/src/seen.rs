//! When a publisher says that it saw an entity first and last, and changed it last.
//!
//! In comes an object of FollowTheMoney as OpenSanctions writes it, with `first_seen`, `last_seen` and `last_change` beside the properties
//! (<https://www.opensanctions.org/docs/entity/>); out comes a [`Seen`]. A moment without a zone is one in UTC. What is no moment is as if it were not there: a list
//! is not refused for it, and nothing but what is shown rests on it.

use jiff::{Timestamp, civil::DateTime, tz::TimeZone};
use serde_json::Value;

/// Moments in seconds since 1970 (UTC), whole and above zero; none where nothing is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// When it was seen first.
    pub first: Option<u32>,
    /// When it was seen last.
    pub last: Option<u32>,
    /// When something of it changed last.
    pub change: Option<u32>,
}

impl Seen {
    /// What an object says of itself.
    #[must_use]
    pub fn of(object: &Value) -> Seen {
        let moment = |name: &str| object.get(name).and_then(Value::as_str).and_then(moment);
        Seen { first: moment("first_seen"), last: moment("last_seen"), change: moment("last_change") }
    }

    /// Whether nothing is known.
    #[must_use]
    pub fn is_unknown(&self) -> bool {
        *self == Seen::default()
    }

    /// What is known of one thing in two places: seen first by the earlier, seen last and changed by the later.
    #[must_use]
    pub fn and(self, other: Seen) -> Seen {
        let earlier = |a: Option<u32>, b: Option<u32>| a.into_iter().chain(b).min();
        Seen {
            first: earlier(self.first, other.first),
            last: self.last.max(other.last),
            change: self.change.max(other.change),
        }
    }
}

/// A moment or a day, as RFC 3339 or ISO 8601 write it, in seconds since 1970 (UTC).
#[must_use]
pub fn moment(text: &str) -> Option<u32> {
    let at = text.parse::<Timestamp>().ok().or_else(|| {
        let local: DateTime = text.parse().ok()?;
        TimeZone::UTC.to_timestamp(local).ok()
    })?;
    u32::try_from(at.as_second()).ok().filter(|&seconds| seconds > 0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    #[test]
    fn moments_are_read_as_they_are_published() {
        // date -u -d '2021-09-20T05:38:53' +%s
        assert_eq!(moment("2021-09-20T05:38:53"), Some(1_632_116_333));
        assert_eq!(moment("2021-09-20T05:38:53Z"), Some(1_632_116_333));
        assert_eq!(moment("2021-09-20T08:38:53+03:00"), Some(1_632_116_333));
        assert_eq!(moment("2021-09-20"), Some(1_632_096_000));
        for none in ["", "yesterday", "2021-13-01", "2021-02-30", "1969-12-31", "1970-01-01"] {
            assert_eq!(moment(none), None, "{none}");
        }
        let object = json!({ "first_seen": "2021-09-20", "last_seen": 7, "last_change": null });
        assert_eq!(Seen::of(&object), Seen { first: Some(1_632_096_000), ..Seen::default() });
    }

    proptest! {
        #[test]
        fn any_text_is_a_moment_or_none(text in "[0-9TZ:+-]{0,25}|\\PC{0,20}") {
            let _ = moment(&text);
        }
    }
}
