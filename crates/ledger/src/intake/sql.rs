//! The statements of received reports, their clocks and disclosures.
//!
//! In come ids and values, out come received reports. Rules are not here but in `work.rs`.

use mihenk_store::{Act, Event, Query, Row, params};

use super::{
    ClockId, DisclosureId, ReceivedId,
    state::{Clock, ClockKind, ClockState, Disclosure, Match, Priority, Received, ReceivedState},
};
use crate::{
    error::LedgerError,
    reports::goaml,
    retention::Part,
    rows::{json, read},
};

const RECEIVED: &str = "SELECT id, code, reporter, reference, sha256, state, priority, report, findings, matches, case_id, received_by, received_at
     FROM received";
const CLOCK: &str = "SELECT id, report, kind, state, whom, what, basis, begun_at, until_at, ended FROM received_clocks";
const DISCLOSURE: &str =
    "SELECT id, report, whom, what, caveats, is_spontaneous, consent, disclosed_at FROM disclosures";

/// What retention may erase: reports that are closed or went back, and of which nothing runs.
pub(super) const KEPT: Part = Part {
    name: "intake",
    open: Some(
        "SELECT id FROM received WHERE state IN ('new', 'triaged')
         UNION SELECT report FROM received_clocks WHERE state = 'running'",
    ),
    forget: &[
        "DELETE FROM disclosures WHERE report = $1",
        "DELETE FROM received_clocks WHERE report = $1",
        "DELETE FROM attachment_contents WHERE id IN (SELECT id FROM attachments WHERE subject = $1)",
        "DELETE FROM attachments WHERE subject = $1",
        "DELETE FROM received WHERE id = $1",
    ],
};

/// Who sent a report: the number of the reporting entity, and its branch.
pub(super) fn reporter(report: &goaml::Report) -> String {
    let id = report.rentity_id.map_or_else(|| "unknown".to_owned(), |id| id.to_string());
    report.rentity_branch.as_ref().map_or_else(|| id.clone(), |branch| format!("{id} ({branch})"))
}

pub(super) fn insert(
    act: &mut Act<'_>,
    event: &Event,
    sha256: &str,
    report: &goaml::Report,
    findings: &[goaml::Finding],
    priority: Priority,
) -> Result<(), LedgerError> {
    act.execute(
        "INSERT INTO received (id, seq, code, reporter, reference, sha256, state, priority, report, findings, matches, received_by, received_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        params![
            &event.subject,
            event.seq,
            report.report_code.clone().unwrap_or_default(),
            reporter(report),
            report.entity_reference.clone().unwrap_or_default(),
            sha256,
            ReceivedState::New.as_str(),
            priority.as_str(),
            json(report)?,
            json(&findings)?,
            "[]",
            &event.actor,
            event.at
        ],
    )?;
    Ok(())
}

pub(super) fn set_matches(
    act: &mut Act<'_>,
    id: &str,
    matches: &[Match],
    priority: Option<Priority>,
) -> Result<(), LedgerError> {
    act.execute("UPDATE received SET matches = $1 WHERE id = $2", params![json(&matches)?, id])?;
    if let Some(priority) = priority {
        act.execute("UPDATE received SET priority = $1 WHERE id = $2", params![priority.as_str(), id])?;
    }
    Ok(())
}

pub(super) fn set_triaged(act: &mut Act<'_>, id: &str, priority: Priority) -> Result<(), LedgerError> {
    let sql = "UPDATE received SET priority = $1, state = $2 WHERE id = $3";
    act.execute(sql, params![priority.as_str(), ReceivedState::Triaged.as_str(), id])?;
    Ok(())
}

pub(super) fn set_case(act: &mut Act<'_>, id: &str, case: &str) -> Result<(), LedgerError> {
    act.execute("UPDATE received SET case_id = $1 WHERE id = $2", params![case, id])?;
    Ok(())
}

pub(super) fn set_state(act: &mut Act<'_>, id: &str, state: ReceivedState) -> Result<(), LedgerError> {
    act.execute("UPDATE received SET state = $1 WHERE id = $2", params![state.as_str(), id])?;
    Ok(())
}

pub(super) fn insert_clock(
    act: &mut Act<'_>,
    event: &Event,
    kind: ClockKind,
    (whom, what, basis): (&str, &str, &str),
    until: Option<i64>,
) -> Result<(), LedgerError> {
    act.execute(
        "INSERT INTO received_clocks (id, seq, report, kind, state, whom, what, basis, begun_at, until_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        params![
            &ClockId::at(event.seq),
            event.seq,
            &event.subject,
            kind.as_str(),
            ClockState::Running.as_str(),
            whom,
            what,
            basis,
            event.at,
            until
        ],
    )?;
    Ok(())
}

pub(super) fn set_until(act: &mut Act<'_>, id: &ClockId, until: i64) -> Result<(), LedgerError> {
    act.execute("UPDATE received_clocks SET until_at = $1 WHERE id = $2", params![until, id])?;
    Ok(())
}

pub(super) fn set_ended(act: &mut Act<'_>, id: &ClockId, state: ClockState, why: &str) -> Result<(), LedgerError> {
    act.execute("UPDATE received_clocks SET state = $1, ended = $2 WHERE id = $3", params![state.as_str(), why, id])?;
    Ok(())
}

pub(super) fn insert_disclosure(
    act: &mut Act<'_>,
    event: &Event,
    (whom, what, caveats): (&str, &str, &str),
    is_spontaneous: bool,
    consent: Option<&ClockId>,
) -> Result<(), LedgerError> {
    act.execute(
        "INSERT INTO disclosures (id, seq, report, whom, what, caveats, is_spontaneous, consent, disclosed_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        params![
            &DisclosureId::at(event.seq),
            event.seq,
            &event.subject,
            whom,
            what,
            caveats,
            i64::from(is_spontaneous),
            consent.map(|id| id.as_str().to_owned()),
            event.at
        ],
    )?;
    Ok(())
}

pub(super) fn received(query: &mut impl Query, id: &ReceivedId) -> Result<Option<Received>, LedgerError> {
    query.first(&format!("{RECEIVED} WHERE id = $1"), params![id])?.as_ref().map(to_received).transpose()
}

/// All of them, what wants attention first.
pub(super) fn all(query: &mut impl Query, with_closed: bool) -> Result<Vec<Received>, LedgerError> {
    let only = if with_closed { "" } else { " WHERE state IN ('new', 'triaged')" };
    let rows = query.query(&format!("{RECEIVED}{only} ORDER BY seq"), params![])?;
    let mut all = rows.iter().map(to_received).collect::<Result<Vec<_>, _>>()?;
    all.sort_by_key(|received| received.priority);
    Ok(all)
}

/// The one that was received with this content, or under the same reference of the same reporter.
pub(super) fn same(
    query: &mut impl Query,
    sha256: &str,
    reporter: &str,
    reference: &str,
) -> Result<(Option<ReceivedId>, Option<ReceivedId>), LedgerError> {
    let first = |row: Option<Row>| row.map(|row| row.text(0)?.parse()).transpose();
    let by_hash = query.first("SELECT id FROM received WHERE sha256 = $1 ORDER BY seq", params![sha256])?;
    let sql = "SELECT id FROM received WHERE reporter = $1 AND reference = $2 ORDER BY seq DESC LIMIT 1";
    let by_reference = if reference.is_empty() { None } else { query.first(sql, params![reporter, reference])? };
    Ok((first(by_hash)?, first(by_reference)?))
}

fn to_received(row: &Row) -> Result<Received, LedgerError> {
    Ok(Received {
        id: row.text(0)?.parse()?,
        code: row.text(1)?,
        reporter: row.text(2)?,
        reference: row.text(3)?,
        sha256: row.text(4)?,
        state: row.text(5)?.parse()?,
        priority: row.text(6)?.parse()?,
        report: read(&row.text(7)?)?,
        findings: read(&row.text(8)?)?,
        matches: read(&row.text(9)?)?,
        case: row.maybe_text(10)?,
        received_by: row.text(11)?,
        received_at: row.integer(12)?,
    })
}

pub(super) fn clock(query: &mut impl Query, id: &ClockId) -> Result<Option<Clock>, LedgerError> {
    query.first(&format!("{CLOCK} WHERE id = $1"), params![id])?.as_ref().map(to_clock).transpose()
}

/// The clocks of one report, or those of all that still run.
pub(super) fn clocks(query: &mut impl Query, report: Option<&ReceivedId>) -> Result<Vec<Clock>, LedgerError> {
    let rows = match report {
        Some(id) => query.query(&format!("{CLOCK} WHERE report = $1 ORDER BY seq"), params![id])?,
        None => query.query(&format!("{CLOCK} WHERE state = 'running' ORDER BY seq"), params![])?,
    };
    rows.iter().map(to_clock).collect()
}

fn to_clock(row: &Row) -> Result<Clock, LedgerError> {
    Ok(Clock {
        id: row.text(0)?.parse()?,
        report: row.text(1)?.parse()?,
        kind: row.text(2)?.parse()?,
        state: row.text(3)?.parse()?,
        whom: row.text(4)?,
        what: row.text(5)?,
        basis: row.text(6)?,
        begun_at: row.integer(7)?,
        until: row.maybe_integer(8)?,
        ended: row.maybe_text(9)?,
    })
}

pub(super) fn disclosures(query: &mut impl Query, report: &ReceivedId) -> Result<Vec<Disclosure>, LedgerError> {
    let rows = query.query(&format!("{DISCLOSURE} WHERE report = $1 ORDER BY seq"), params![report])?;
    let to_disclosure = |row: &Row| {
        Ok(Disclosure {
            id: row.text(0)?.parse()?,
            report: row.text(1)?.parse()?,
            whom: row.text(2)?,
            what: row.text(3)?,
            caveats: row.text(4)?,
            is_spontaneous: row.truth(5)?,
            consent: row.maybe_text(6)?.map(|id| id.parse()).transpose()?,
            at: row.integer(7)?,
        })
    };
    rows.iter().map(to_disclosure).collect()
}
