//! Which alerts there are, in the order in which they should be looked at.
//!
//! A [`Filter`] is a list of terms `name=value`, all of which have to be so; [`list`], [`count`] and acts on many alerts read the same terms.

use std::collections::BTreeMap;

use mihenk_store::{Query, Value};
use serde::Serialize;

use super::{
    event::AlertEvent,
    observation::{AlertKind, Observation},
    observe::seen_at,
    priority::{DAY_MS, age, age_percent},
    sql,
    state::{Alert, Clearing, Rule, State},
};
use crate::{
    attachments::{self, Attachment, AttachmentEvent},
    error::LedgerError,
    happening::{Line, Past, history, revision},
    id::{AlertId, CustomerId},
    who::Who,
};

/// What has to be so of an alert.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Term {
    /// In one of these states.
    State(Vec<State>),
    /// Open, whoever holds it.
    Open,
    /// Of this kind.
    Kind(AlertKind),
    /// The entity stands on this list.
    List(String),
    /// Of this customer.
    Customer(CustomerId),
    /// About this entity.
    Entity(String),
    /// Held by this user's id; `None` for nobody.
    Holder(Option<String>),
    /// Open, and held by nobody but this user.
    FreeFor(String),
    /// Open for so many days or more.
    OlderThanDays(i64),
    /// Of a probability below this, in millionths.
    Below(i64),
    /// Of at least this probability.
    From(i64),
    /// No longer found by screening.
    Gone,
}

/// All that has to be so.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// The terms.
    pub terms: Vec<Term>,
}

/// An alert with all that is known of it.
#[derive(Clone, Debug, Serialize)]
pub struct Detail {
    /// The alert.
    pub alert: Alert,
    /// What screening found; `None` when it was erased.
    pub observation: Option<Observation>,
    /// What was done, in its order.
    pub history: Vec<Line>,
    /// How it was cleared.
    pub clearing: Option<Clearing>,
    /// The rule that keeps it quiet.
    pub rule: Option<Rule>,
    /// Its documents.
    pub attachments: Vec<Attachment>,
    /// Other alerts of the same customer.
    pub others: Vec<Alert>,
    /// The place of the last event about it.
    pub revision: i64,
}

/// An SQL condition with its values, numbered in the order in which they come.
#[derive(Default)]
struct Condition {
    sql: String,
    values: Vec<Value>,
}

impl Condition {
    fn and(&mut self, text: &str) {
        self.sql.push_str(if self.sql.is_empty() { "WHERE " } else { " AND " });
        self.sql.push_str(text);
    }

    fn value(&mut self, value: impl Into<Value>) -> String {
        self.values.push(value.into());
        format!("${}", self.values.len())
    }

    fn of(filter: &Filter, now: i64) -> Condition {
        let mut condition = Condition::default();
        for term in &filter.terms {
            condition.term(term, now);
        }
        condition
    }

    fn term(&mut self, term: &Term, now: i64) {
        let text = match term {
            Term::State(states) => {
                let each = states.iter().map(|state| self.value(state.as_str())).collect::<Vec<_>>();
                format!("state IN ({})", each.join(", "))
            }
            Term::Open => sql::OPEN.to_owned(),
            Term::Kind(kind) => format!("kind = {}", self.value(kind.as_str())),
            Term::List(list) => {
                let pattern = self.value(format!(" {list} "));
                // Names of lists hold letters, digits, dashes and underscores; an underscore must not stand for any letter.
                format!("replace(' ' || lists || ' ', {pattern}, '') <> ' ' || lists || ' '")
            }
            Term::Customer(id) => format!("customer = {}", self.value(id.as_str())),
            Term::Entity(id) => format!("entity = {}", self.value(id.as_str())),
            Term::Holder(Some(id)) => format!("holder = {}", self.value(id.as_str())),
            Term::Holder(None) => "holder IS NULL".to_owned(),
            Term::FreeFor(id) => {
                format!("{} AND (holder IS NULL OR holder = {})", sql::OPEN, self.value(id.as_str()))
            }
            Term::OlderThanDays(days) => format!("opened_at <= {}", self.value(now - days * DAY_MS)),
            Term::Below(millionths) => format!("probability < {}", self.value(*millionths)),
            Term::From(millionths) => format!("probability >= {}", self.value(*millionths)),
            Term::Gone => "gone_since IS NOT NULL".to_owned(),
        };
        self.and(&text);
    }

    /// Leaves out open alerts that are not among the first `limit` whatever their age: `limit` others have a higher base than the oldest open alert's age
    /// could make of theirs. So only a few are sorted, however many wait.
    fn leave_out_what_age_cannot_lift(
        &mut self,
        query: &mut impl Query,
        now: i64,
        limit: u32,
    ) -> Result<(), LedgerError> {
        let Some(base) = sql::base_of_place(query, &self.sql, &self.values, limit.saturating_sub(1))? else {
            return Ok(());
        };
        let oldest = sql::oldest_open(query)?.unwrap_or(now);
        let least = self.value(base * 100 / age_percent(oldest, now).max(100));
        self.and(&format!("base_priority >= {least}"));
        Ok(())
    }

    /// Most urgent first: as `Alert::priority` computes it. The oldest of equal ones comes first.
    fn by_priority(&mut self, now: i64) {
        let age = age();
        let days = format!("(({} - opened_at) / {DAY_MS})", self.value(now));
        let percent = format!("(100 + {} * {days})", age.percent_a_day);
        let most = age.most_percent;
        self.sql.push_str(&format!(
            " ORDER BY base_priority * (CASE WHEN {percent} > {most} THEN {most} WHEN {percent} < 100 THEN 100 ELSE {percent} END) / 100 DESC, seq"
        ));
    }

    fn limit(&mut self, limit: u32) {
        let limit = self.value(i64::from(limit));
        self.sql.push_str(&format!(" LIMIT {limit}"));
    }
}

/// Alerts, most urgent first.
///
/// # Errors
/// When the store refuses.
pub fn list(query: &mut impl Query, filter: &Filter, now: i64, limit: u32) -> Result<Vec<Alert>, LedgerError> {
    let mut condition = Condition::of(filter, now);
    if filter.terms.iter().any(|term| matches!(term, Term::Open | Term::FreeFor(_))) {
        condition.leave_out_what_age_cannot_lift(query, now, limit)?;
    }
    condition.by_priority(now);
    condition.limit(limit);
    sql::alerts(query, &condition.sql, &condition.values)
}

/// How many there are.
///
/// # Errors
/// When the store refuses.
pub fn count(query: &mut impl Query, filter: &Filter, now: i64) -> Result<u64, LedgerError> {
    let condition = Condition::of(filter, now);
    sql::count(query, &condition.sql, &condition.values)
}

/// The ids of all of them, for an act on many.
///
/// # Errors
/// When the store refuses.
pub fn ids(query: &mut impl Query, filter: &Filter, now: i64) -> Result<Vec<AlertId>, LedgerError> {
    let mut condition = Condition::of(filter, now);
    condition.sql.push_str(" ORDER BY seq");
    Ok(sql::alerts(query, &condition.sql, &condition.values)?.into_iter().map(|alert| alert.id).collect())
}

/// What came and what was decided on a day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct DayCount {
    /// The day, in days since 1970 (UTC).
    pub day: i64,
    /// Alerts that were raised.
    pub raised: u64,
    /// Alerts that were cleared or became part of a case.
    pub decided: u64,
}

/// So many days from one on, also those on which nothing happened.
///
/// # Errors
/// When the store refuses.
pub fn per_day(query: &mut impl Query, from: i64, days: i64) -> Result<Vec<DayCount>, LedgerError> {
    let mut all: Vec<DayCount> = (from..from + days).map(|day| DayCount { day, ..DayCount::default() }).collect();
    let place = |day: i64| usize::try_from(day - from).ok();
    for (day, count) in sql::raised_per_day(query, from * DAY_MS)? {
        place(day).and_then(|place| all.get_mut(place)).into_iter().for_each(|one| one.raised += count);
    }
    for (day, count) in sql::decided_per_day(query, from * DAY_MS)? {
        place(day).and_then(|place| all.get_mut(place)).into_iter().for_each(|one| one.decided += count);
    }
    Ok(all)
}

/// How many alerts were decided from a time on, and in how many hours any was: how fast work goes, whoever does it.
///
/// # Errors
/// When the store refuses.
pub fn pace(query: &mut impl Query, from: i64) -> Result<(u64, u64), LedgerError> {
    Ok(sql::pace(query, from)?)
}

/// What was decided of the alerts of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ListCount {
    /// The list.
    pub list: String,
    /// Alerts that were cleared or became part of a case.
    pub decided: u64,
    /// Those of them in which somebody else was meant.
    pub other: u64,
}

/// Decisions that are counted by list.
const BY_LIST: i64 = 2_000;

/// The last decisions from a time on by list, the list with most of them first; an alert of several lists counts for each.
///
/// # Errors
/// When the store refuses.
pub fn by_list(query: &mut impl Query, from: i64) -> Result<Vec<ListCount>, LedgerError> {
    let mut all: BTreeMap<String, ListCount> = BTreeMap::new();
    for (lists, is_other, count) in sql::decided_by_lists(query, from, BY_LIST)? {
        for list in lists.split_whitespace() {
            let one = all.entry(list.to_owned()).or_default();
            one.decided += count;
            one.other += if is_other { count } else { 0 };
        }
    }
    let mut all: Vec<ListCount> = all.into_iter().map(|(list, one)| ListCount { list, ..one }).collect();
    all.sort_by(|a, b| b.decided.cmp(&a.decided).then_with(|| a.list.cmp(&b.list)));
    Ok(all)
}

/// Since when the oldest open alert waits.
///
/// # Errors
/// When the store refuses.
pub fn oldest_open(query: &mut impl Query) -> Result<Option<i64>, LedgerError> {
    Ok(sql::oldest_open(query)?)
}

/// The most urgent open alert that nobody but `who` holds.
pub(super) fn most_urgent(query: &mut impl Query, who: &Who) -> Result<Option<Alert>, LedgerError> {
    let free = Filter { terms: vec![Term::FreeFor(who.actor.clone())] };
    Ok(list(query, &free, who.at, 1)?.into_iter().next())
}

/// An alert.
///
/// # Errors
/// When there is none.
pub fn alert(query: &mut impl Query, id: &AlertId) -> Result<Alert, LedgerError> {
    sql::alert(query, id)?.ok_or_else(|| LedgerError::unknown("alert", id))
}

/// An alert with all that is known of it.
///
/// # Errors
/// When there is none.
pub fn detail(query: &mut impl Query, id: &AlertId) -> Result<Detail, LedgerError> {
    let alert = alert(query, id)?;
    let observation = seen_at(query, alert.found_seq)?;
    let clearing = alert.clearing.map(|seq| sql::clearing(query, seq)).transpose()?.flatten();
    let rule = alert.rule.as_ref().map(|rule| sql::rule(query, rule)).transpose()?.flatten();
    let of_customer = Filter { terms: vec![Term::Customer(alert.customer.clone())] };
    let mut others = list(query, &of_customer, alert.raised_at, 20)?;
    others.retain(|other| other.id != alert.id);
    let attachments = attachments::of(query, id.as_str())?;
    let (history, revision) = (lines(query, id)?, revision(query, id.as_str())?);
    Ok(Detail { alert, observation, history, clearing, rule, attachments, others, revision })
}

/// All that was done to an alert, in words.
///
/// # Errors
/// When an event cannot be understood.
pub fn lines(query: &mut impl Query, id: &AlertId) -> Result<Vec<Line>, LedgerError> {
    let past = history(query, id.as_str())?;
    past.into_iter().map(|past| words(&past).map(|words| past.line(words))).collect()
}

fn words(past: &Past) -> Result<String, LedgerError> {
    if let Some(said) = past.says::<AlertEvent>()? {
        return Ok(said.words());
    }
    if let Some(said) = past.says::<AttachmentEvent>()? {
        return Ok(said.words(past.seq));
    }
    Ok(format!("{} (erased)", past.kind))
}
