//! The statements of alerts, their clearings, and rules *not the same person*.
//!
//! In come ids and values, out come alerts. Rules of who may do what when are not here but in the files that call it.

use std::collections::{BTreeMap, BTreeSet};

use mihenk_store::{Act, Event, Query, Row, StoreError, Value, params};
use serde::Deserialize;

use super::{
    event::AlertEvent,
    observation::Observation,
    policy::Finding,
    priority::Weight,
    review::is_sampled,
    state::{Alert, Clearing, Review, Rule, RuleId, State},
};
use crate::{
    error::LedgerError,
    happening::said,
    id::{AlertId, CustomerId},
    retention::Part,
};

const ALERT: &str = "SELECT id, customer, entity, kind, state, holder, caption, lists, score, probability, bits, harm, harm_of, exposure_percent,
     base_priority, raised_at, opened_at, gone_since, clearing, rule, case_id, found_seq FROM alerts";
const CLEARING: &str = "SELECT seq, alert, kind, reason, outcome, note, cleared_by, cleared_at, rule_until, review, reviewed_by, reviewed_at
     FROM clearings";
const RULE: &str =
    "SELECT id, alert, customer, entity, basis_seq, made_by, made_at, until, ended_at, ended_why FROM not_same";

/// Open, whoever holds it.
pub(super) const OPEN: &str = "state IN ('new', 'assigned', 'reopened')";

/// What is known of a pair when screening comes back to it.
pub(super) struct Known {
    pub(super) id: AlertId,
    pub(super) state: State,
    pub(super) fingerprint: String,
    pub(super) is_gone: bool,
    pub(super) rule: Option<RuleId>,
    pub(super) found_seq: i64,
}

pub(super) fn pair(query: &mut impl Query, customer: &CustomerId, entity: &str) -> Result<Option<Known>, LedgerError> {
    let sql =
        "SELECT id, state, fingerprint, gone_since, rule, found_seq FROM alerts WHERE customer = $1 AND entity = $2";
    let Some(row) = query.first(sql, params![customer, entity])? else { return Ok(None) };
    Ok(Some(Known {
        id: row.text(0)?.parse()?,
        state: row.text(1)?.parse()?,
        fingerprint: row.text(2)?,
        is_gone: row.maybe_integer(3)?.is_some(),
        rule: row.maybe_text(4)?.map(|rule| rule.parse()).transpose()?,
        found_seq: row.integer(5)?,
    }))
}

/// What the table holds of an observation, in the order of the statements below.
struct Cells {
    caption: String,
    lists: String,
    score: i64,
    probability: i64,
    bits: i64,
}

fn cells(observation: &Observation) -> Cells {
    let Some(found) = &observation.found else {
        return Cells { caption: String::new(), lists: String::new(), score: 0, probability: 0, bits: 0 };
    };
    let mut lists: Vec<&str> = found.listings.iter().map(|listing| listing.dataset.as_str()).collect();
    lists.sort_unstable();
    lists.dedup();
    Cells {
        caption: found.caption.clone(),
        lists: lists.join(" "),
        score: found.score_ten_thousandths,
        probability: found.probability_millionths,
        bits: found.bits_hundredths,
    }
}

pub(super) fn insert(
    act: &mut Act<'_>,
    event: &Event,
    observation: &Observation,
    weight: &Weight,
    fingerprint: &str,
) -> Result<(), StoreError> {
    let cells = cells(observation);
    act.execute(
        "INSERT INTO alerts (id, seq, customer, entity, kind, state, caption, lists, score, probability, bits, harm, harm_of,
             exposure_percent, base_priority, raised_at, opened_at, found_seq, fingerprint)
         VALUES ($1, $2, $3, $4, $5, 'new', $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)",
        params![
            &event.subject,
            event.seq,
            &observation.customer,
            &observation.entity,
            observation.kind.as_str(),
            cells.caption,
            cells.lists,
            cells.score,
            cells.probability,
            cells.bits,
            weight.harm,
            &weight.harm_of,
            weight.exposure_percent,
            weight.base(cells.probability),
            event.at,
            event.at,
            event.seq,
            fingerprint
        ],
    )?;
    Ok(())
}

pub(super) fn set_found(
    act: &mut Act<'_>,
    event: &Event,
    observation: &Observation,
    weight: &Weight,
    fingerprint: &str,
) -> Result<(), StoreError> {
    let cells = cells(observation);
    act.execute(
        "UPDATE alerts SET kind = $1, caption = $2, lists = $3, score = $4, probability = $5, bits = $6, harm = $7, harm_of = $8,
             exposure_percent = $9, base_priority = $10, found_seq = $11, fingerprint = $12, gone_since = NULL WHERE id = $13",
        params![
            observation.kind.as_str(),
            cells.caption,
            cells.lists,
            cells.score,
            cells.probability,
            cells.bits,
            weight.harm,
            &weight.harm_of,
            weight.exposure_percent,
            weight.base(cells.probability),
            event.seq,
            fingerprint,
            &event.subject
        ],
    )?;
    Ok(())
}

pub(super) fn set_gone(act: &mut Act<'_>, id: &str, at: i64) -> Result<(), StoreError> {
    act.execute("UPDATE alerts SET gone_since = $1 WHERE id = $2", params![at, id])?;
    Ok(())
}

pub(super) fn set_holder(act: &mut Act<'_>, id: &str, state: State, holder: Option<&str>) -> Result<(), StoreError> {
    let holder = holder.map(str::to_owned);
    act.execute("UPDATE alerts SET state = $1, holder = $2 WHERE id = $3", params![state.as_str(), holder, id])?;
    Ok(())
}

pub(super) fn set_case(act: &mut Act<'_>, id: &str, case: &str) -> Result<(), StoreError> {
    undecide(act, id, State::Escalated, (None, Some(case)), None)
}

pub(super) fn set_cleared(act: &mut Act<'_>, id: &str, state: State, clearing: i64) -> Result<(), StoreError> {
    let sql = "UPDATE alerts SET state = $1, holder = NULL, clearing = $2 WHERE id = $3";
    act.execute(sql, params![state.as_str(), clearing, id])?;
    Ok(())
}

/// Opens an alert again.
pub(super) fn reopen(act: &mut Act<'_>, id: &str, at: i64, holder: Option<&str>) -> Result<(), StoreError> {
    undecide(act, id, State::Reopened, (holder, None), Some(at))
}

/// Puts an alert where its clearing does not count any more; one that nobody has looked at yet needs no looking at.
fn undecide(
    act: &mut Act<'_>,
    id: &str,
    state: State,
    (holder, case): (Option<&str>, Option<&str>),
    opened_at: Option<i64>,
) -> Result<(), StoreError> {
    act.execute(
        "UPDATE clearings SET review = 'overtaken' WHERE alert = $1 AND review IN ('needed', 'sampled')",
        params![id],
    )?;
    let (holder, case) = (holder.map(str::to_owned), case.map(str::to_owned));
    act.execute(
        "UPDATE alerts SET state = $1, holder = $2, case_id = $3, opened_at = COALESCE($4, opened_at), clearing = NULL
         WHERE id = $5",
        params![state.as_str(), holder, case, opened_at, id],
    )?;
    Ok(())
}

pub(super) fn state(query: &mut impl Query, id: &str) -> Result<Option<State>, LedgerError> {
    let row = query.first("SELECT state FROM alerts WHERE id = $1", params![id])?;
    row.map(|row| row.text(0)?.parse()).transpose()
}

pub(super) fn insert_clearing(act: &mut Act<'_>, event: &Event, cleared: &AlertEvent) -> Result<(), LedgerError> {
    let AlertEvent::Cleared { reason, outcome, note, rule_until, takes_two, sample_percent } = cleared else {
        return Ok(());
    };
    let review = match takes_two {
        true => Review::Needed,
        false if is_sampled(&event.hash, *sample_percent) => Review::Sampled,
        false => Review::None,
    };
    act.execute(
        "INSERT INTO clearings (seq, alert, kind, reason, outcome, note, cleared_by, cleared_at, rule_until, review)
         SELECT $1, id, kind, $2, $3, $4, $5, $6, $7, $8 FROM alerts WHERE id = $9",
        params![
            event.seq,
            reason,
            outcome.as_str(),
            note.as_str(),
            &event.actor,
            event.at,
            *rule_until,
            review.as_str(),
            &event.subject
        ],
    )?;
    Ok(())
}

pub(super) fn set_reviewed(act: &mut Act<'_>, id: &str, review: Review, event: &Event) -> Result<(), StoreError> {
    act.execute(
        "UPDATE clearings SET review = $1, reviewed_by = $2, reviewed_at = $3
         WHERE seq = (SELECT clearing FROM alerts WHERE id = $4)",
        params![review.as_str(), &event.actor, event.at, id],
    )?;
    Ok(())
}

/// Puts the rule of an alert's clearing in force, if it asks for one. The rule is its maker's, whoever agreed.
pub(super) fn begin_rule(act: &mut Act<'_>, id: &str, event: &Event) -> Result<(), StoreError> {
    let rule = RuleId::at(event.seq);
    let made = act.execute(
        "INSERT INTO not_same (id, seq, alert, customer, entity, basis_seq, made_by, made_at, until)
         SELECT $1, $2, a.id, a.customer, a.entity, a.found_seq, c.cleared_by, $3, c.rule_until
         FROM alerts a JOIN clearings c ON c.seq = a.clearing WHERE a.id = $4 AND c.rule_until IS NOT NULL",
        params![&rule, event.seq, event.at, id],
    )?;
    if made > 0 {
        act.execute("UPDATE alerts SET rule = $1 WHERE id = $2", params![&rule, id])?;
    }
    Ok(())
}

/// Ends the rule that keeps an alert quiet, if there is one.
pub(super) fn end_rule(act: &mut Act<'_>, id: &str, at: i64, why: &str) -> Result<(), StoreError> {
    act.execute(
        "UPDATE not_same SET ended_at = $1, ended_why = $2 WHERE id = (SELECT rule FROM alerts WHERE id = $3)",
        params![at, why, id],
    )?;
    act.execute("UPDATE alerts SET rule = NULL WHERE id = $1", params![id])?;
    Ok(())
}

pub(super) fn alert(query: &mut impl Query, id: &AlertId) -> Result<Option<Alert>, LedgerError> {
    query.first(&format!("{ALERT} WHERE id = $1"), params![id])?.as_ref().map(to_alert).transpose()
}

/// Alerts for which `condition` is so; it begins with `WHERE` or an order.
pub(super) fn alerts(query: &mut impl Query, condition: &str, values: &[Value]) -> Result<Vec<Alert>, LedgerError> {
    query.query(&format!("{ALERT} {condition}"), values)?.iter().map(to_alert).collect()
}

pub(super) fn count(query: &mut impl Query, condition: &str, values: &[Value]) -> Result<u64, LedgerError> {
    let row = query.first(&format!("SELECT count(*) FROM alerts {condition}"), values)?;
    Ok(row.map_or(Ok(0), |row| row.integer(0))?.unsigned_abs())
}

/// The base priority behind which there are `limit` alerts of as much or more for which `condition` is so; `None` when there are fewer.
pub(super) fn base_of_place(
    query: &mut impl Query,
    condition: &str,
    values: &[Value],
    limit: u32,
) -> Result<Option<i64>, StoreError> {
    let sql =
        format!("SELECT base_priority FROM alerts {condition} ORDER BY base_priority DESC LIMIT 1 OFFSET {limit}");
    query.first(&sql, values)?.map(|row| row.integer(0)).transpose()
}

fn to_alert(row: &Row) -> Result<Alert, LedgerError> {
    Ok(Alert {
        id: row.text(0)?.parse()?,
        customer: row.text(1)?.parse()?,
        entity: row.text(2)?,
        kind: row.text(3)?.parse()?,
        state: row.text(4)?.parse()?,
        holder: row.maybe_text(5)?,
        caption: row.text(6)?,
        lists: row.text(7)?.split(' ').filter(|list| !list.is_empty()).map(str::to_owned).collect(),
        score_ten_thousandths: row.integer(8)?,
        probability_millionths: row.integer(9)?,
        bits_hundredths: row.integer(10)?,
        weight: Weight { harm: row.integer(11)?, harm_of: row.text(12)?, exposure_percent: row.integer(13)? },
        base_priority: row.integer(14)?,
        raised_at: row.integer(15)?,
        opened_at: row.integer(16)?,
        gone_since: row.maybe_integer(17)?,
        clearing: row.maybe_integer(18)?,
        rule: row.maybe_text(19)?.map(|rule| rule.parse()).transpose()?,
        case: row.maybe_text(20)?,
        found_seq: row.integer(21)?,
    })
}

pub(super) fn clearing(query: &mut impl Query, seq: i64) -> Result<Option<Clearing>, LedgerError> {
    query.first(&format!("{CLEARING} WHERE seq = $1"), params![seq])?.as_ref().map(to_clearing).transpose()
}

/// The clearings that rules *not the same person* stand behind.
pub(super) fn clearings_of_rules(query: &mut impl Query) -> Result<Vec<Clearing>, LedgerError> {
    let sql = format!("{CLEARING} WHERE seq IN (SELECT a.clearing FROM alerts a JOIN not_same r ON r.alert = a.id)");
    query.query(&sql, params![])?.iter().map(to_clearing).collect()
}

/// What waits for a second person other than `not_by`: first what takes effect only then, then the sample; each by age.
pub(super) fn clearings_waiting(query: &mut impl Query, not_by: &str) -> Result<Vec<Clearing>, LedgerError> {
    let sql = format!("{CLEARING} WHERE review IN ('needed', 'sampled') AND cleared_by <> $1 ORDER BY review, seq");
    query.query(&sql, params![not_by])?.iter().map(to_clearing).collect()
}

fn to_clearing(row: &Row) -> Result<Clearing, LedgerError> {
    Ok(Clearing {
        seq: row.integer(0)?,
        alert: row.text(1)?.parse()?,
        kind: row.text(2)?.parse()?,
        reason: row.text(3)?,
        outcome: row.text(4)?.parse::<Finding>()?,
        note: row.text(5)?,
        by: row.text(6)?,
        at: row.integer(7)?,
        rule_until: row.maybe_integer(8)?,
        review: row.text(9)?.parse()?,
        reviewed_by: row.maybe_text(10)?,
        reviewed_at: row.maybe_integer(11)?,
    })
}

/// For each kind, reason and state of review: how many.
pub(super) fn counts(query: &mut impl Query) -> Result<Vec<(String, String, Review, u64)>, LedgerError> {
    let sql = "SELECT kind, reason, review, count(*) FROM clearings GROUP BY kind, reason, review ORDER BY kind, reason, review";
    let rows = query.query(sql, params![])?;
    rows.iter()
        .map(|row| Ok((row.text(0)?, row.text(1)?, row.text(2)?.parse()?, row.integer(3)?.unsigned_abs())))
        .collect()
}

pub(super) fn rule(query: &mut impl Query, id: &RuleId) -> Result<Option<Rule>, LedgerError> {
    query.first(&format!("{RULE} WHERE id = $1"), params![id])?.as_ref().map(to_rule).transpose()
}

pub(super) fn rules(query: &mut impl Query, with_ended: bool) -> Result<Vec<Rule>, LedgerError> {
    let only = if with_ended { "" } else { " WHERE ended_at IS NULL" };
    query.query(&format!("{RULE}{only} ORDER BY until, seq"), params![])?.iter().map(to_rule).collect()
}

pub(super) fn rules_due(query: &mut impl Query, now: i64) -> Result<Vec<Rule>, LedgerError> {
    let sql = format!("{RULE} WHERE until <= $1 AND ended_at IS NULL ORDER BY until, seq");
    query.query(&sql, params![now])?.iter().map(to_rule).collect()
}

fn to_rule(row: &Row) -> Result<Rule, LedgerError> {
    Ok(Rule {
        id: row.text(0)?.parse()?,
        alert: row.text(1)?.parse()?,
        customer: row.text(2)?.parse()?,
        entity: row.text(3)?,
        basis_seq: row.integer(4)?,
        made_by: row.text(5)?,
        made_at: row.integer(6)?,
        until: row.integer(7)?,
        ended_at: row.maybe_integer(8)?,
        ended_why: row.maybe_text(9)?,
    })
}

/// What retention may erase: alerts that are decided, that no rule keeps quiet, and whose case is closed. A pair that is found again afterwards is a new alert.
pub(super) const KEPT: Part = Part {
    name: "alert",
    open: Some(
        "SELECT id FROM alerts WHERE state IN ('new', 'assigned', 'reopened', 'proposed') OR rule IS NOT NULL
         OR case_id IN (SELECT id FROM cases WHERE closed_at IS NULL)
         UNION SELECT s.subject FROM redress_subjects s JOIN redresses r ON r.id = s.redress WHERE r.is_open = 1",
    ),
    forget: &[
        "DELETE FROM not_same WHERE alert = $1",
        "DELETE FROM clearings WHERE alert = $1",
        "DELETE FROM alerts WHERE id = $1",
    ],
};

/// The versions of lists in the findings of events that were not erased.
pub(super) fn versions(query: &mut impl Query) -> Result<BTreeSet<String>, LedgerError> {
    #[derive(Deserialize)]
    struct Body {
        observation: Observed,
    }
    #[derive(Deserialize)]
    struct Observed {
        basis: Rested,
    }
    #[derive(Deserialize)]
    struct Rested {
        lists: BTreeMap<String, String>,
    }
    let sql = "SELECT seq, body FROM events WHERE kind IN ('alert.raised', 'alert.changed') AND body IS NOT NULL";
    let (mut all, mut unread) = (BTreeSet::new(), None);
    query.each(sql, params![], &mut |row| {
        match said(&row.text(1)?).and_then(|(body, _)| serde_json::from_value::<Body>(body)) {
            Ok(body) => all.extend(body.observation.basis.lists.into_values()),
            Err(error) => unread = unread.take().or(Some((row.integer(0)?, error.to_string()))),
        }
        Ok(())
    })?;
    match unread {
        None => Ok(all),
        Some((seq, why)) => Err(LedgerError::Event { seq, kind: "alert".to_owned(), why }),
    }
}

/// How many alerts were raised on each day from a time on, by the day since 1970.
pub(super) fn raised_per_day(query: &mut impl Query, from: i64) -> Result<Vec<(i64, u64)>, StoreError> {
    counts_by_day(query, "SELECT raised_at / 86400000, count(*) FROM alerts WHERE raised_at >= $1 GROUP BY 1", from)
}

/// How many alerts were cleared or escalated on each day from a time on, by the day since 1970; a day may come twice.
pub(super) fn decided_per_day(query: &mut impl Query, from: i64) -> Result<Vec<(i64, u64)>, StoreError> {
    let cleared = "SELECT cleared_at / 86400000, count(*) FROM clearings WHERE cleared_at >= $1 GROUP BY 1";
    let escalated = "SELECT at / 86400000, count(*) FROM events WHERE kind = 'alert.escalated' AND at >= $1 GROUP BY 1";
    let mut days = counts_by_day(query, cleared, from)?;
    days.extend(counts_by_day(query, escalated, from)?);
    Ok(days)
}

/// How many alerts were cleared or escalated from a time on, and in how many hours any was.
pub(super) fn pace(query: &mut impl Query, from: i64) -> Result<(u64, u64), StoreError> {
    let sql = "SELECT count(*), count(DISTINCT hour)
               FROM (SELECT cleared_at / 3600000 AS hour FROM clearings WHERE cleared_at >= $1
                     UNION ALL SELECT at / 3600000 AS hour FROM events WHERE kind = 'alert.escalated' AND at >= $1) decided";
    let row = query.first(sql, params![from])?;
    row.map_or(Ok((0, 0)), |row| Ok((row.integer(0)?.unsigned_abs(), row.integer(1)?.unsigned_abs())))
}

/// The last decisions from a time on, by the lists of their alerts and by whether somebody else was meant: how many. No more than `most` are looked at.
pub(super) fn decided_by_lists(
    query: &mut impl Query,
    from: i64,
    most: i64,
) -> Result<Vec<(String, bool, u64)>, StoreError> {
    let sql = "SELECT a.lists, decided.other, count(*)
               FROM (SELECT alert, CASE WHEN outcome = 'other-person' THEN 1 ELSE 0 END AS other, cleared_at AS at FROM clearings WHERE cleared_at >= $1
                     UNION ALL SELECT subject AS alert, 0 AS other, at FROM events WHERE kind = 'alert.escalated' AND at >= $1
                     ORDER BY 3 DESC LIMIT $2) decided
               JOIN alerts a ON a.id = decided.alert GROUP BY 1, 2";
    let rows = query.query(sql, params![from, most])?;
    rows.iter().map(|row| Ok((row.text(0)?, row.integer(1)? == 1, row.integer(2)?.unsigned_abs()))).collect()
}

fn counts_by_day(query: &mut impl Query, sql: &str, from: i64) -> Result<Vec<(i64, u64)>, StoreError> {
    let rows = query.query(sql, params![from])?;
    rows.iter().map(|row| Ok((row.integer(0)?, row.integer(1)?.unsigned_abs()))).collect()
}

/// Decided alerts by the tenth in which their probability lies, and by whether they were taken as the same: how many, and the sum of their probabilities in millionths.
pub(super) fn decided_by_tenth(query: &mut impl Query) -> Result<Vec<(i64, bool, u64, i64)>, StoreError> {
    let sql = "SELECT CASE WHEN a.probability >= 900000 THEN 9 ELSE a.probability / 100000 END AS tenth,
                      CASE WHEN a.state = 'escalated' OR c.outcome = 'same-person' THEN 1 ELSE 0 END AS same,
                      count(*), CAST(sum(a.probability) AS BIGINT)
               FROM alerts a LEFT JOIN clearings c ON c.seq = a.clearing
               WHERE a.state = 'escalated' OR (a.state = 'cleared' AND c.outcome IN ('other-person', 'same-person'))
               GROUP BY 1, 2 ORDER BY 1, 2";
    let rows = query.query(sql, params![])?;
    let read = |row: &Row| Ok((row.integer(0)?, row.integer(1)? == 1, row.integer(2)?.unsigned_abs(), row.integer(3)?));
    rows.iter().map(read).collect()
}

/// When the oldest open alert was opened.
pub(super) fn oldest_open(query: &mut impl Query) -> Result<Option<i64>, StoreError> {
    let sql = format!("SELECT min(opened_at) FROM alerts WHERE {OPEN}");
    query.first(&sql, params![])?.map_or(Ok(None), |row| row.maybe_integer(0))
}
