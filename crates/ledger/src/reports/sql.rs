//! The statements of reports and of what authorities ask.
//!
//! In come ids and values, out come reports. Rules are not here but in `work.rs`.

use mihenk_store::{Act, Event, Query, Row, params};

use super::{
    Content, Report, ReportId, Request, RequestId,
    state::{Answer, ReportState, Sent},
};
use crate::{
    day::Day,
    error::LedgerError,
    retention::Part,
    rows::{json, read},
};

const REPORT: &str =
    "SELECT id, kind, title, about, follows, event_day, due, state, content, drafted_by, drafted_at, sent, answers
     FROM reports";
const REQUEST: &str =
    "SELECT id, report, reference, asked_on, due, what, answered_on, answered_by FROM report_requests";

/// What retention may erase: reports that are no draft and have no open request.
pub(super) const KEPT: Part = Part {
    name: "report",
    open: Some(
        "SELECT id FROM reports WHERE state = 'draft' OR id IN (SELECT report FROM report_requests WHERE answered_on IS NULL)",
    ),
    forget: &[
        "DELETE FROM report_requests WHERE report = $1",
        "DELETE FROM attachment_contents WHERE id IN (SELECT id FROM attachments WHERE subject = $1)",
        "DELETE FROM attachments WHERE subject = $1",
        "DELETE FROM reports WHERE id = $1",
    ],
};

pub(super) fn insert(
    act: &mut Act<'_>,
    event: &Event,
    (kind, title): (&str, &str),
    (about, follows): (Option<&str>, Option<&ReportId>),
    (event_day, due): (Day, Option<Day>),
    content: &Content,
) -> Result<(), LedgerError> {
    act.execute(
        "INSERT INTO reports (id, seq, kind, title, about, follows, event_day, due, state, content, drafted_by, drafted_at, answers)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        params![
            &event.subject,
            event.seq,
            kind,
            title,
            about.map(str::to_owned),
            follows.map(|id| id.as_str().to_owned()),
            event_day.to_string(),
            due.map(|due| due.to_string()),
            ReportState::Draft.as_str(),
            json(content)?,
            &event.actor,
            event.at,
            "[]"
        ],
    )?;
    Ok(())
}

pub(super) fn set_content(act: &mut Act<'_>, id: &str, content: &Content) -> Result<(), LedgerError> {
    act.execute("UPDATE reports SET content = $1 WHERE id = $2", params![json(content)?, id])?;
    Ok(())
}

pub(super) fn set_state(act: &mut Act<'_>, id: &str, state: ReportState) -> Result<(), LedgerError> {
    act.execute("UPDATE reports SET state = $1 WHERE id = $2", params![state.as_str(), id])?;
    Ok(())
}

pub(super) fn set_sent(act: &mut Act<'_>, id: &str, sent: &Sent) -> Result<(), LedgerError> {
    act.execute("UPDATE reports SET sent = $1 WHERE id = $2", params![json(sent)?, id])?;
    set_state(act, id, ReportState::Sent)
}

pub(super) fn add_answer(act: &mut Act<'_>, id: &str, answer: &Answer) -> Result<(), LedgerError> {
    let row = act.first("SELECT answers FROM reports WHERE id = $1", params![id])?;
    let mut answers: Vec<Answer> = row.map_or_else(|| Ok(Vec::new()), |row| read(&row.text(0)?))?;
    answers.push(answer.clone());
    act.execute("UPDATE reports SET answers = $1 WHERE id = $2", params![json(&answers)?, id])?;
    set_state(act, id, if answer.is_taken { ReportState::Acknowledged } else { ReportState::Rejected })
}

pub(super) fn insert_request(
    act: &mut Act<'_>,
    event: &Event,
    reference: &str,
    (on, due): (Day, Option<Day>),
    what: &str,
) -> Result<(), LedgerError> {
    act.execute(
        "INSERT INTO report_requests (id, seq, report, reference, asked_on, due, what) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        params![
            &RequestId::at(event.seq),
            event.seq,
            &event.subject,
            reference,
            on.to_string(),
            due.map(|due| due.to_string()),
            what
        ],
    )?;
    Ok(())
}

pub(super) fn set_answered(act: &mut Act<'_>, id: &RequestId, by: &str, on: Day) -> Result<(), LedgerError> {
    let sql = "UPDATE report_requests SET answered_on = $1, answered_by = $2 WHERE id = $3";
    act.execute(sql, params![on.to_string(), by, id])?;
    Ok(())
}

pub(super) fn report(query: &mut impl Query, id: &ReportId) -> Result<Option<Report>, LedgerError> {
    query.first(&format!("{REPORT} WHERE id = $1"), params![id])?.as_ref().map(to_report).transpose()
}

pub(super) fn reports(query: &mut impl Query) -> Result<Vec<Report>, LedgerError> {
    query.query(&format!("{REPORT} ORDER BY seq"), params![])?.iter().map(to_report).collect()
}

pub(super) fn reports_about(query: &mut impl Query, about: &str) -> Result<Vec<Report>, LedgerError> {
    query.query(&format!("{REPORT} WHERE about = $1 ORDER BY seq"), params![about])?.iter().map(to_report).collect()
}

fn to_report(row: &Row) -> Result<Report, LedgerError> {
    Ok(Report {
        id: row.text(0)?.parse()?,
        kind: row.text(1)?,
        title: row.text(2)?,
        about: row.maybe_text(3)?,
        follows: row.maybe_text(4)?.map(|id| id.parse()).transpose()?,
        event_day: row.text(5)?.parse()?,
        due: row.maybe_text(6)?.map(|day| day.parse()).transpose()?,
        state: ReportState::read(&row.text(7)?)?,
        content: read(&row.text(8)?)?,
        drafted_by: row.text(9)?,
        drafted_at: row.integer(10)?,
        sent: row.maybe_text(11)?.map(|sent| read(&sent)).transpose()?,
        answers: read(&row.text(12)?)?,
    })
}

pub(super) fn request(query: &mut impl Query, id: &RequestId) -> Result<Option<Request>, LedgerError> {
    query.first(&format!("{REQUEST} WHERE id = $1"), params![id])?.as_ref().map(to_request).transpose()
}

/// What was asked about one report, or about all.
pub(super) fn requests(query: &mut impl Query, report: Option<&ReportId>) -> Result<Vec<Request>, LedgerError> {
    let rows = match report {
        Some(id) => query.query(&format!("{REQUEST} WHERE report = $1 ORDER BY seq"), params![id])?,
        None => query.query(&format!("{REQUEST} ORDER BY seq"), params![])?,
    };
    rows.iter().map(to_request).collect()
}

fn to_request(row: &Row) -> Result<Request, LedgerError> {
    let day = |cell: Option<String>| cell.map(|day| day.parse()).transpose();
    Ok(Request {
        id: row.text(0)?.parse()?,
        report: row.text(1)?.parse()?,
        reference: row.text(2)?,
        asked_on: row.text(3)?.parse()?,
        due: day(row.maybe_text(4)?)?,
        what: row.text(5)?,
        answered_on: day(row.maybe_text(6)?)?,
        answered_by: row.maybe_text(7)?,
    })
}
