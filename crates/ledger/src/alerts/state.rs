//! What an alert is now: its state, its clearing, the rule that keeps it quiet.
//!
//! Read from the tables; nothing here changes anything. What can happen to an alert is in `event.rs`.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use super::{
    observation::AlertKind,
    policy::Finding,
    priority::{Weight, age_percent},
};
use crate::{
    error::LedgerError,
    id,
    id::{AlertId, CustomerId},
};

id!(
    /// A rule *not the same person*.
    RuleId, "X", "a rule"
);

/// What somebody has to do with an alert.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// Nobody works on it.
    New,
    /// Somebody does.
    Assigned,
    /// It was cleared, and is open again.
    Reopened,
    /// Somebody proposed to clear it; a second person has to agree.
    Proposed,
    /// It was cleared.
    Cleared,
    /// It is part of a case.
    Escalated,
}

/// Whether a second person looked at a clearing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Review {
    /// Nobody has to.
    None,
    /// It takes effect when somebody agrees.
    Needed,
    /// It is one of the sample.
    Sampled,
    /// They agreed.
    Agreed,
    /// They sent it back.
    SentBack,
    /// It was open again before anybody looked.
    Overtaken,
}

/// An alert.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Alert {
    /// Its id.
    pub id: AlertId,
    /// Who may be the listed entity.
    pub customer: CustomerId,
    /// The listed entity's id.
    pub entity: String,
    /// The kind of list.
    pub kind: AlertKind,
    /// What has to be done.
    pub state: State,
    /// The id of whoever works on it.
    pub holder: Option<String>,
    /// What the listed entity is called.
    pub caption: String,
    /// The lists that it stands on.
    pub lists: Vec<String>,
    /// The score in ten-thousandths.
    pub score_ten_thousandths: i64,
    /// The probability in millionths.
    pub probability_millionths: i64,
    /// The evidence in hundredths of a bit.
    pub bits_hundredths: i64,
    /// Harm and exposure.
    pub weight: Weight,
    /// The priority when it is new.
    pub base_priority: i64,
    /// When it was raised, in milliseconds since 1970.
    pub raised_at: i64,
    /// When it was raised or last opened again.
    pub opened_at: i64,
    /// Since when screening finds nothing any more.
    pub gone_since: Option<i64>,
    /// The event that cleared it, or proposed to.
    pub clearing: Option<i64>,
    /// The rule that keeps it quiet.
    pub rule: Option<RuleId>,
    /// The case that it is part of.
    pub case: Option<String>,
    /// The event that says what was found.
    pub found_seq: i64,
}

/// A clearing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Clearing {
    /// The event that did it.
    pub seq: i64,
    /// The alert.
    pub alert: AlertId,
    /// Its kind.
    pub kind: AlertKind,
    /// The reason's code.
    pub reason: String,
    /// What it says about the customer.
    pub outcome: Finding,
    /// Why, in words.
    pub note: String,
    /// Who did it.
    pub by: String,
    /// When, in milliseconds since 1970.
    pub at: i64,
    /// Until when a rule is to hold.
    pub rule_until: Option<i64>,
    /// Whether a second person looked at it.
    pub review: Review,
    /// Who did.
    pub reviewed_by: Option<String>,
    /// When.
    pub reviewed_at: Option<i64>,
}

/// A rule *not the same person*.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Rule {
    /// Its id.
    pub id: RuleId,
    /// The alert that it keeps quiet.
    pub alert: AlertId,
    /// The customer.
    pub customer: CustomerId,
    /// The listed entity's id.
    pub entity: String,
    /// The event whose evidence it rests on.
    pub basis_seq: i64,
    /// Who made it.
    pub made_by: String,
    /// When, in milliseconds since 1970.
    pub made_at: i64,
    /// Until when it holds.
    pub until: i64,
    /// When it ended before that.
    pub ended_at: Option<i64>,
    /// Why.
    pub ended_why: Option<String>,
}

impl State {
    /// All of them.
    pub const ALL: [State; 6] =
        [State::New, State::Assigned, State::Reopened, State::Proposed, State::Cleared, State::Escalated];

    /// As it is written.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            State::New => "new",
            State::Assigned => "assigned",
            State::Reopened => "reopened",
            State::Proposed => "proposed",
            State::Cleared => "cleared",
            State::Escalated => "escalated",
        }
    }

    /// Whether an analyst has to work on it.
    #[must_use]
    pub fn is_open(self) -> bool {
        matches!(self, State::New | State::Assigned | State::Reopened)
    }
}

impl Review {
    const ALL: [Review; 6] =
        [Review::None, Review::Needed, Review::Sampled, Review::Agreed, Review::SentBack, Review::Overtaken];

    /// As it is written.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Review::None => "none",
            Review::Needed => "needed",
            Review::Sampled => "sampled",
            Review::Agreed => "agreed",
            Review::SentBack => "sent-back",
            Review::Overtaken => "overtaken",
        }
    }
}

impl Alert {
    /// The priority at a time.
    #[must_use]
    pub fn priority(&self, now: i64) -> i64 {
        self.base_priority * age_percent(self.opened_at, now) / 100
    }

    /// How the priority comes about, in words that can be computed again.
    #[must_use]
    pub fn priority_words(&self, now: i64) -> String {
        format!(
            "{} = probability {} ‰ × harm {} ({}) × exposure {} % × age {} %",
            self.priority(now),
            (self.probability_millionths / 1000).clamp(1, 1000),
            self.weight.harm,
            self.weight.harm_of,
            self.weight.exposure_percent,
            age_percent(self.opened_at, now)
        )
    }
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for State {
    type Err = LedgerError;

    fn from_str(text: &str) -> Result<State, LedgerError> {
        let found = State::ALL.into_iter().find(|state| state.as_str() == text);
        found.ok_or_else(|| {
            LedgerError::refused(format!(
                "{text:?} is no state of an alert; right would be new, assigned, reopened, proposed, cleared or escalated"
            ))
        })
    }
}

impl FromStr for Review {
    type Err = LedgerError;

    fn from_str(text: &str) -> Result<Review, LedgerError> {
        let found = Review::ALL.into_iter().find(|review| review.as_str() == text);
        found.ok_or_else(|| LedgerError::refused(format!("{text:?} is no state of a review")))
    }
}
