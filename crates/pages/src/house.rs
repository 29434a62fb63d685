//! What concerns the house: quiet pairs, the overview, the chain and what is computed again.
//!
//! In comes what acts give, out come pages.

use askama::Template;
use mihenk_node::{
    alerts::{QuietPairs, desk::Overview},
    audit::History,
    ledger::{
        alerts::{Clearing, Observation, Rule, review::ReasonCount},
        audit::Told,
    },
    portfolio::Replayed,
};

use crate::{frame::Frame, refusal::Why};

/// Rules *not the same person*.
#[derive(Debug, Template)]
#[template(path = "rules.html")]
pub struct RulesPage<'a> {
    /// What stands around it.
    pub t: &'a Frame,
    /// The rules, with why each pair was found to be two.
    pub pairs: &'a QuietPairs,
    /// Whether those that ended are among them.
    pub with_ended: bool,
}

/// How work goes.
#[derive(Debug, Template)]
#[template(path = "dashboard.html")]
pub struct DashboardPage<'a> {
    /// What stands around it.
    pub t: &'a Frame,
    /// Alerts in numbers.
    pub overview: &'a Overview,
    /// How often each reason was given.
    pub reasons: &'a [ReasonCount],
}

/// The chain.
#[derive(Debug, Template)]
#[template(path = "audit.html")]
pub struct AuditPage<'a> {
    /// What stands around it.
    pub t: &'a Frame,
    /// What was asked for.
    pub subject: &'a str,
    /// The events.
    pub history: &'a History,
    /// Whether the chain is whole, in words of the program; none when nobody asked.
    pub verdict: Option<Result<String, String>>,
    /// What was computed again.
    pub replayed: Option<&'a Replayed>,
    /// Why it was not.
    pub refused: Option<&'a Why>,
}

impl RulesPage<'_> {
    fn reason(&self, rule: &Rule) -> Option<&Clearing> {
        self.pairs.reasons.get(&rule.alert)
    }

    fn is_live(&self, rule: &Rule) -> bool {
        rule.ended_at.is_none()
    }
}

impl DashboardPage<'_> {
    fn most(&self) -> u64 {
        self.overview.days.iter().map(|day| day.raised.max(day.decided)).max().unwrap_or(1)
    }

    /// Where a day's bars begin: fourteen days over the width of the picture.
    fn x(&self, place: &usize) -> usize {
        8 + place * 71
    }

    /// The height of a bar, of 140 at the most.
    fn height(&self, number: &u64) -> u64 {
        number * 140 / self.most().max(1)
    }

    fn top(&self, number: &u64) -> u64 {
        150 - self.height(number)
    }

    /// Day and month of a day since 1970.
    fn short(&self, day: &i64) -> String {
        self.t.short_day(day * 86_400_000)
    }

    fn sent_back(&self, reason: &ReasonCount) -> i64 {
        let reviewed = (reason.agreed + reason.sent_back).max(1);
        i64::try_from(reason.sent_back * 1_000_000 / reviewed).unwrap_or(0)
    }

    fn has_review(&self, reason: &ReasonCount) -> bool {
        reason.agreed + reason.sent_back > 0
    }
}

impl AuditPage<'_> {
    fn body(&self, body: &Option<serde_json::Value>) -> String {
        let text = body.as_ref().map(ToString::to_string).unwrap_or_default();
        if text.chars().count() <= 160 { text } else { text.chars().take(159).chain(['…']).collect() }
    }

    fn newest_first(&self) -> impl Iterator<Item = &Told> {
        self.history.events.iter().rev()
    }

    fn bits_then(&self, replayed: &Replayed) -> String {
        self.bits(Some(&replayed.then))
    }

    fn bits_now(&self, replayed: &Replayed) -> String {
        self.bits(replayed.now.as_ref())
    }

    fn bits(&self, observation: Option<&Observation>) -> String {
        let found = observation.and_then(|one| one.found.as_ref());
        found.map_or_else(|| "—".to_owned(), |found| self.t.bits(found.bits_hundredths))
    }
}
