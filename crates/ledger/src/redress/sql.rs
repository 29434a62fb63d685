//! The statements of redress: complaints, what each is about, who received what.
//!
//! In come ids and values, out come redresses. Rules are not here but in `work.rs`.

use mihenk_store::{Act, Event, Query, Row, params};

use super::{
    RedressEvent,
    state::{Decision, Recipient, Redress, RedressId, RedressState, Told},
};
use crate::{
    alerts::AlertId,
    error::LedgerError,
    freezes::FreezeId,
    people::UserId,
    retention::Part,
    rows::{json, read},
};

const REDRESS: &str = "SELECT id, state, is_open, customer, person, complaint, compared, received, due, owner, opened_by, opened_at, decision,
     answered FROM redresses";
const RECIPIENT: &str = "SELECT seq, name, received, of_freeze, told FROM redress_recipients";

/// What is left to be done keeps a redress: a decision, an answer, a correction.
pub(super) const KEPT: Part = Part {
    name: "redress",
    open: Some("SELECT id FROM redresses WHERE is_open = 1"),
    forget: &[
        "DELETE FROM redress_recipients WHERE redress = $1",
        "DELETE FROM redress_subjects WHERE redress = $1",
        "DELETE FROM attachment_contents WHERE id IN (SELECT id FROM attachments WHERE subject = $1)",
        "DELETE FROM attachments WHERE subject = $1",
        "DELETE FROM redresses WHERE id = $1",
    ],
};

pub(super) fn insert(act: &mut Act<'_>, event: &Event, opened: &RedressEvent) -> Result<(), LedgerError> {
    let RedressEvent::Opened { customer, person, complaint, alerts, freezes, compared, received, due, owner } = opened
    else {
        return Ok(());
    };
    act.execute(
        "INSERT INTO redresses (id, seq, state, is_open, customer, person, complaint, compared, received, due, owner, opened_by, opened_at)
         VALUES ($1, $2, 'open', 1, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        params![
            &event.subject,
            event.seq,
            customer,
            person,
            complaint.as_str(),
            json(compared)?,
            received.to_string(),
            due.to_string(),
            owner,
            &event.actor,
            event.at
        ],
    )?;
    let subjects = alerts.iter().map(AlertId::as_str).chain(freezes.iter().map(FreezeId::as_str));
    for (number, subject) in (1i64..).zip(subjects) {
        act.execute(
            "INSERT INTO redress_subjects (redress, subject, seq, number) VALUES ($1, $2, $3, $4)",
            params![&event.subject, subject, event.seq, number],
        )?;
    }
    Ok(())
}

pub(super) fn set_owner(act: &mut Act<'_>, id: &str, owner: &UserId) -> Result<(), LedgerError> {
    act.execute("UPDATE redresses SET owner = $1 WHERE id = $2", params![owner, id])?;
    Ok(())
}

pub(super) fn set_decision(
    act: &mut Act<'_>,
    id: &str,
    state: RedressState,
    decision: Option<&Decision>,
) -> Result<(), LedgerError> {
    let decision = decision.map(json).transpose()?;
    let sql = "UPDATE redresses SET state = $1, decision = $2 WHERE id = $3";
    act.execute(sql, params![state.as_str(), decision, id])?;
    Ok(())
}

pub(super) fn decision(query: &mut impl Query, id: &str) -> Result<Option<Decision>, LedgerError> {
    let row = query.first("SELECT decision FROM redresses WHERE id = $1", params![id])?;
    let text = row.map(|row| row.maybe_text(0)).transpose()?.flatten();
    text.map(|text| read(&text)).transpose()
}

pub(super) fn set_answered(act: &mut Act<'_>, id: &str, told: &Told) -> Result<(), LedgerError> {
    act.execute("UPDATE redresses SET answered = $1 WHERE id = $2", params![json(told)?, id])?;
    Ok(())
}

/// Works out whether anything is left to be done.
pub(super) fn set_open(act: &mut Act<'_>, id: &str) -> Result<(), LedgerError> {
    act.execute(
        "UPDATE redresses SET is_open = CASE WHEN state = 'decided' AND answered IS NOT NULL
             AND NOT EXISTS (SELECT 1 FROM redress_recipients r WHERE r.redress = redresses.id AND r.told IS NULL) THEN 0 ELSE 1 END
         WHERE id = $1",
        params![id],
    )?;
    Ok(())
}

pub(super) fn insert_recipient(
    act: &mut Act<'_>,
    event: &Event,
    name: &str,
    received: &str,
    freeze: Option<&FreezeId>,
) -> Result<(), LedgerError> {
    act.execute(
        "INSERT INTO redress_recipients (redress, seq, name, received, of_freeze) VALUES ($1, $2, $3, $4, $5)",
        params![&event.subject, event.seq, name, received, freeze],
    )?;
    Ok(())
}

pub(super) fn set_corrected(act: &mut Act<'_>, id: &str, seq: i64, told: &Told) -> Result<(), LedgerError> {
    let sql = "UPDATE redress_recipients SET told = $1 WHERE redress = $2 AND seq = $3";
    act.execute(sql, params![json(told)?, id, seq])?;
    Ok(())
}

pub(super) fn redress(query: &mut impl Query, id: &RedressId) -> Result<Option<Redress>, LedgerError> {
    let row = query.first(&format!("{REDRESS} WHERE id = $1"), params![id])?;
    row.map(|row| to_redress(query, &row)).transpose()
}

/// Oldest first; those of which nothing is left to do only when they are asked for.
pub(super) fn redresses(query: &mut impl Query, with_done: bool) -> Result<Vec<Redress>, LedgerError> {
    let only = if with_done { "" } else { " WHERE is_open = 1" };
    let rows = query.query(&format!("{REDRESS}{only} ORDER BY seq"), params![])?;
    rows.iter().map(|row| to_redress(query, row)).collect()
}

/// The redress that is open about an alert or a freeze.
pub(super) fn open_about(query: &mut impl Query, subject: &str) -> Result<Option<String>, LedgerError> {
    let sql = "SELECT s.redress FROM redress_subjects s JOIN redresses r ON r.id = s.redress
         WHERE s.subject = $1 AND r.state <> 'decided' ORDER BY s.seq";
    Ok(query.first(sql, params![subject])?.map(|row| row.text(0)).transpose()?)
}

fn to_redress(query: &mut impl Query, row: &Row) -> Result<Redress, LedgerError> {
    let id: RedressId = row.text(0)?.parse()?;
    let (mut alerts, mut freezes) = (Vec::new(), Vec::new());
    let subjects = "SELECT subject FROM redress_subjects WHERE redress = $1 ORDER BY number";
    for subject in query.query(subjects, params![&id])? {
        let subject = subject.text(0)?;
        match subject.parse::<AlertId>() {
            Ok(alert) => alerts.push(alert),
            Err(_) => freezes.push(subject.parse()?),
        }
    }
    Ok(Redress {
        id,
        state: RedressState::read(&row.text(1)?)?,
        is_open: row.integer(2)? != 0,
        customer: row.text(3)?.parse()?,
        person: row.text(4)?,
        complaint: row.text(5)?,
        compared: read(&row.text(6)?)?,
        alerts,
        freezes,
        received: row.text(7)?.parse()?,
        due: row.text(8)?.parse()?,
        owner: row.text(9)?,
        opened_by: row.text(10)?,
        opened_at: row.integer(11)?,
        decision: row.maybe_text(12)?.map(|text| read(&text)).transpose()?,
        answered: row.maybe_text(13)?.map(|text| read(&text)).transpose()?,
    })
}

pub(super) fn recipients(query: &mut impl Query, id: &RedressId) -> Result<Vec<Recipient>, LedgerError> {
    let rows = query.query(&format!("{RECIPIENT} WHERE redress = $1 ORDER BY seq"), params![id])?;
    let to_recipient = |row: &Row| {
        Ok(Recipient {
            seq: row.integer(0)?,
            name: row.text(1)?,
            received: row.text(2)?,
            freeze: row.maybe_text(3)?.map(|id| id.parse()).transpose()?,
            told: row.maybe_text(4)?.map(|text| read(&text)).transpose()?,
        })
    };
    rows.iter().map(to_recipient).collect()
}
