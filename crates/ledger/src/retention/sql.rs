//! The statements of retention: rules, proposals, legal holds, and what is due.

use mihenk_store::{Act, Event, Query, Row, StoreError, params};

use super::{Due, LegalHold, Part, Rule, RuleId};
use crate::{error::LedgerError, who::Reason};

pub(super) fn rules(query: &mut impl Query) -> Result<Vec<Rule>, LedgerError> {
    let rows = query.query("SELECT part, keep_days, purpose FROM retention_rules ORDER BY part", params![])?;
    rows.iter()
        .map(|row| {
            let keep_days = u32::try_from(row.integer(1)?).unwrap_or(u32::MAX);
            Ok(Rule { part: row.text(0)?, keep_days, purpose: row.text(2)? })
        })
        .collect()
}

pub(super) fn set_rule(act: &mut Act<'_>, rule: &Rule) -> Result<(), StoreError> {
    act.execute(
        "INSERT INTO retention_rules (part, keep_days, purpose) VALUES ($1, $2, $3)
         ON CONFLICT (part) DO UPDATE SET keep_days = excluded.keep_days, purpose = excluded.purpose",
        params![&rule.part, rule.keep_days, &rule.purpose],
    )?;
    Ok(())
}

pub(super) fn insert_waiting(act: &mut Act<'_>, id: &RuleId, by: &str, rule: &Rule) -> Result<(), StoreError> {
    let rule = serde_json::to_string(rule).unwrap_or_default();
    act.execute("INSERT INTO retention_waiting (id, proposed_by, rule) VALUES ($1, $2, $3)", params![id, by, rule])?;
    Ok(())
}

pub(super) fn remove_waiting(act: &mut Act<'_>, id: &RuleId) -> Result<(), StoreError> {
    act.execute("DELETE FROM retention_waiting WHERE id = $1", params![id])?;
    Ok(())
}

pub(super) fn waiting(query: &mut impl Query, id: &RuleId) -> Result<Option<(String, Rule)>, LedgerError> {
    let row = query.first("SELECT proposed_by, rule FROM retention_waiting WHERE id = $1", params![id])?;
    row.map(|row| Ok((row.text(0)?, rule(&row, 1)?))).transpose()
}

pub(super) fn all_waiting(query: &mut impl Query) -> Result<Vec<(RuleId, String, Rule)>, LedgerError> {
    let rows = query.query("SELECT id, proposed_by, rule FROM retention_waiting ORDER BY id", params![])?;
    rows.iter().map(|row| Ok((row.text(0)?.parse()?, row.text(1)?, rule(row, 2)?))).collect()
}

fn rule(row: &Row, at: usize) -> Result<Rule, LedgerError> {
    serde_json::from_str(&row.text(at)?)
        .map_err(|error| LedgerError::refused(format!("a proposed rule cannot be read: {error}")))
}

pub(super) fn holds(query: &mut impl Query) -> Result<Vec<LegalHold>, LedgerError> {
    let rows =
        query.query("SELECT subject, placed_by, placed_at, reason FROM legal_holds ORDER BY subject", params![])?;
    let hold = |row: &Row| -> Result<LegalHold, LedgerError> {
        Ok(LegalHold { subject: row.text(0)?, by: row.text(1)?, at: row.integer(2)?, reason: row.text(3)? })
    };
    rows.iter().map(hold).collect()
}

pub(super) fn place_hold(act: &mut Act<'_>, event: &Event, reason: &Reason) -> Result<(), StoreError> {
    act.execute(
        "INSERT INTO legal_holds (subject, placed_by, placed_at, reason) VALUES ($1, $2, $3, $4)",
        params![&event.subject, &event.actor, event.at, reason.as_str()],
    )?;
    Ok(())
}

pub(super) fn lift_hold(act: &mut Act<'_>, subject: &str) -> Result<(), StoreError> {
    act.execute("DELETE FROM legal_holds WHERE subject = $1", params![subject])?;
    Ok(())
}

/// Subjects of a part to which nothing was done since `before`, that are neither open nor held, and whose events still have content.
pub(super) fn due(query: &mut impl Query, part: &Part, before: i64) -> Result<Vec<Due>, LedgerError> {
    let open = part.open.map_or(String::new(), |open| format!(" AND e.subject NOT IN ({open})"));
    let sql = format!(
        "SELECT e.subject, e.seq,
             COALESCE((SELECT max(l.at) FROM events l WHERE l.subject = e.subject AND l.kind NOT LIKE 'access.%'), e.at) AS last
         FROM events e WHERE e.kind LIKE $1 AND e.body IS NOT NULL AND e.at < $2
         AND e.subject NOT IN (SELECT subject FROM legal_holds){open} ORDER BY e.subject, e.seq"
    );
    let mut due: Vec<Due> = Vec::new();
    query.each(&sql, params![format!("{}.%", part.name), before], &mut |row| {
        let (subject, seq, last) = (row.text(0)?, row.integer(1)?, row.integer(2)?);
        if last >= before {
            return Ok(());
        }
        match due.last_mut().filter(|due| due.subject == subject) {
            Some(due) => due.seqs.push(seq),
            None => due.push(Due { part: part.name.to_owned(), subject, last, seqs: vec![seq] }),
        }
        Ok(())
    })?;
    Ok(due)
}
