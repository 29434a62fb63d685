//! What one record says: who holds what of whom, since when and until when, and where it stands.
//!
//! In come dates as sources know them, out comes whether a holding is there on a day: certainly, perhaps, or not. A date of a month or a year leaves open
//! which day it was; a holding whose end lies before its start is there perhaps on any day.

use mihenk_entities::date::{Date, Day};
use serde::Serialize;

use super::share::Share;

/// A party's place in its network.
pub type PartyNo = u32;

/// What a holder has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Interest {
    /// A part of the shares or the capital.
    Shares,
    /// A part of the voting rights.
    Votes,
    /// The right to appoint or remove a majority of the board.
    Board,
    /// Control by other means, as a record states it. What it amounts to is for a person to judge.
    Control,
    /// An office, such as that of a director. It is no control by itself.
    Office,
    /// Any other tie: family, an associate, a list's *linked to*.
    Tie,
}

impl Interest {
    /// In words, as a holder *has* it.
    #[must_use]
    pub fn told(self) -> &'static str {
        match self {
            Interest::Shares => "shares",
            Interest::Votes => "voting rights",
            Interest::Board => "right to appoint or remove a majority of the board",
            Interest::Control => "control by other means",
            Interest::Office => "office",
            Interest::Tie => "tie",
        }
    }

    /// Whether it comes in parts of a hundred.
    #[must_use]
    pub fn is_counted(self) -> bool {
        matches!(self, Interest::Shares | Interest::Votes)
    }
}

/// Where something was said.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Source {
    /// The list or file.
    pub dataset: String,
    /// The record in it.
    pub record: String,
}

impl std::fmt::Display for Source {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}, record {}", self.dataset, self.record)
    }
}

/// From when until when something is so. The day of the end is the first on which it is no more, as in the Beneficial Ownership Data Standard 0.4
/// (`endDate`: the date from which the interest ceased).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Period {
    /// Since when; always so far if there is none.
    pub from: Option<Date>,
    /// Until when; open if there is none.
    pub until: Option<Date>,
}

/// Whether something is so on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Certainty {
    /// Not.
    No,
    /// It cannot be told.
    Perhaps,
    /// Certainly.
    Yes,
}

impl Period {
    /// Whether it ends before it begins, whatever the days that its dates leave open.
    #[must_use]
    pub fn is_contradictory(&self) -> bool {
        matches!((self.from, self.until), (Some(from), Some(until)) if until.to < from.from)
    }

    /// Whether it is so on a day.
    #[must_use]
    pub fn holds(&self, day: Day) -> Certainty {
        if self.is_contradictory() {
            return Certainty::Perhaps;
        }
        let begun = self.from.map_or(Certainty::Yes, |from| certainty(day >= from.from, day >= from.to));
        let open = self.until.map_or(Certainty::Yes, |until| certainty(day < until.to, day < until.from));
        begun.min(open)
    }
}

fn certainty(can_be: bool, must_be: bool) -> Certainty {
    match (can_be, must_be) {
        (_, true) => Certainty::Yes,
        (true, false) => Certainty::Perhaps,
        (false, false) => Certainty::No,
    }
}

/// A record of a holding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holding {
    /// Who holds.
    pub owner: PartyNo,
    /// Of whom.
    pub asset: PartyNo,
    /// What.
    pub interest: Interest,
    /// How much of it; all of it for what is not counted.
    pub share: Share,
    /// What kind, in the words of the source: `ordinary`, `director`, `brother`.
    pub kind: String,
    /// From when until when.
    pub period: Period,
    /// Where it stands.
    pub source: Source,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn period(from: &str, until: &str) -> Period {
        let date = |text: &str| (!text.is_empty()).then(|| Date::parse(text).unwrap());
        Period { from: date(from), until: date(until) }
    }

    fn day(text: &str) -> Day {
        Date::parse(text).unwrap().from
    }

    #[test]
    fn a_holding_is_there_from_its_first_day_to_the_day_before_its_end() {
        let year = period("2020-03-01", "2021-03-01");
        for (on, is) in [
            ("2020-02-29", Certainty::No),
            ("2020-03-01", Certainty::Yes),
            ("2021-02-28", Certainty::Yes),
            ("2021-03-01", Certainty::No),
        ] {
            assert_eq!(year.holds(day(on)), is, "{on}");
        }
        assert_eq!(period("", "").holds(day("1900-01-01")), Certainty::Yes);
    }

    #[test]
    fn a_date_that_is_not_exact_leaves_days_open() {
        let years = period("2020", "2022-05");
        for (on, is) in [
            ("2019-12-31", Certainty::No),
            ("2020-01-01", Certainty::Perhaps),
            ("2020-12-31", Certainty::Yes),
            ("2022-04-30", Certainty::Yes),
            ("2022-05-01", Certainty::Perhaps),
            ("2022-05-30", Certainty::Perhaps),
            ("2022-05-31", Certainty::No),
        ] {
            assert_eq!(years.holds(day(on)), is, "{on}");
        }
    }

    #[test]
    fn an_end_before_the_start_says_nothing_of_any_day() {
        let wrong = period("2021-01-01", "2020-01-01");
        assert!(wrong.is_contradictory());
        assert_eq!(wrong.holds(day("1999-01-01")), Certainty::Perhaps);
        assert!(!period("2020", "2020").is_contradictory(), "both may be any day of the year");
    }
}
