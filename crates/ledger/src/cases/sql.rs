//! The statements of cases, their parties, links and tasks.
//!
//! In come ids and values, out come cases. Rules are not here but in `work.rs`.

use jiff::civil::Date;
use mihenk_store::{Act, Event, Query, Row, StoreError, params};

use super::state::{Case, CaseTaskId, JoinedAlert, Link, LinkId, Party, PartyId, PartyKind, Task};
use crate::{
    error::LedgerError,
    id::{AlertId, CaseId, CustomerId},
    people::UserId,
    retention::Part,
};

const CASE: &str =
    "SELECT id, title, legal_basis, purpose, owner, offered_to, opened_by, opened_at, closed_at, closed_why FROM cases";
const ALERT: &str =
    "SELECT alert, customer, customer_name, customer_kind, entity, entity_name, entity_kind, alert_kind, probability
     FROM case_alerts";
const PARTY: &str = "SELECT id, kind, name, role, customer, entity, is_struck FROM case_parties";
const LINK: &str = "SELECT id, from_node, to_node, kind, source, is_struck FROM case_links";
const TASK: &str = "SELECT id, case_id, what, due, owner, done_at, done_by FROM case_tasks";

pub(super) fn insert(
    act: &mut Act<'_>,
    event: &Event,
    title: &str,
    legal_basis: &str,
    purpose: &str,
) -> Result<(), StoreError> {
    act.execute(
        "INSERT INTO cases (id, seq, title, legal_basis, purpose, owner, opened_by, opened_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        params![&event.subject, event.seq, title, legal_basis, purpose, &event.actor, &event.actor, event.at],
    )?;
    Ok(())
}

pub(super) fn set_offered(act: &mut Act<'_>, id: &str, to: Option<&str>) -> Result<(), StoreError> {
    act.execute("UPDATE cases SET offered_to = $1 WHERE id = $2", params![to.map(str::to_owned), id])?;
    Ok(())
}

pub(super) fn set_owner(act: &mut Act<'_>, id: &str, owner: &str) -> Result<(), StoreError> {
    act.execute("UPDATE cases SET owner = $1, offered_to = NULL WHERE id = $2", params![owner, id])?;
    Ok(())
}

pub(super) fn set_closed(act: &mut Act<'_>, id: &str, closed: Option<(i64, &str)>) -> Result<(), StoreError> {
    let (at, why) = (closed.map(|(at, _)| at), closed.map(|(_, why)| why.to_owned()));
    let sql = "UPDATE cases SET closed_at = $1, closed_why = $2, offered_to = NULL WHERE id = $3";
    act.execute(sql, params![at, why, id])?;
    Ok(())
}

pub(super) fn insert_alert(act: &mut Act<'_>, event: &Event, joined: &JoinedAlert) -> Result<(), StoreError> {
    act.execute(
        "INSERT INTO case_alerts (case_id, alert, seq, customer, customer_name, customer_kind, entity, entity_name, entity_kind,
             alert_kind, probability)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        params![
            &event.subject,
            &joined.alert,
            event.seq,
            &joined.customer,
            &joined.customer_name,
            joined.customer_kind.as_str(),
            &joined.entity,
            &joined.entity_name,
            joined.entity_kind.as_str(),
            joined.alert_kind.as_str(),
            joined.probability_millionths
        ],
    )?;
    Ok(())
}

pub(super) fn remove_alert(act: &mut Act<'_>, id: &str, alert: &AlertId) -> Result<(), StoreError> {
    act.execute("DELETE FROM case_alerts WHERE case_id = $1 AND alert = $2", params![id, alert])?;
    Ok(())
}

pub(super) fn insert_party(
    act: &mut Act<'_>,
    event: &Event,
    kind: PartyKind,
    (name, role): (&str, &str),
    (customer, entity): (Option<&CustomerId>, Option<&str>),
) -> Result<(), StoreError> {
    act.execute(
        "INSERT INTO case_parties (id, seq, case_id, kind, name, role, customer, entity, is_struck)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0)",
        params![
            &PartyId::at(event.seq),
            event.seq,
            &event.subject,
            kind.as_str(),
            name,
            role,
            customer.map(|id| id.as_str().to_owned()),
            entity.map(str::to_owned)
        ],
    )?;
    Ok(())
}

pub(super) fn strike_party(act: &mut Act<'_>, id: &PartyId) -> Result<(), StoreError> {
    act.execute("UPDATE case_parties SET is_struck = 1 WHERE id = $1", params![id])?;
    Ok(())
}

pub(super) fn insert_link(
    act: &mut Act<'_>,
    event: &Event,
    (from, to): (&str, &str),
    (kind, source): (&str, &str),
) -> Result<(), StoreError> {
    act.execute(
        "INSERT INTO case_links (id, seq, case_id, from_node, to_node, kind, source, is_struck)
         VALUES ($1, $2, $3, $4, $5, $6, $7, 0)",
        params![&LinkId::at(event.seq), event.seq, &event.subject, from, to, kind, source],
    )?;
    Ok(())
}

pub(super) fn strike_link(act: &mut Act<'_>, id: &LinkId) -> Result<(), StoreError> {
    act.execute("UPDATE case_links SET is_struck = 1 WHERE id = $1", params![id])?;
    Ok(())
}

pub(super) fn insert_task(
    act: &mut Act<'_>,
    event: &Event,
    what: &str,
    due: Date,
    owner: &UserId,
) -> Result<(), StoreError> {
    act.execute(
        "INSERT INTO case_tasks (id, seq, case_id, what, due, owner) VALUES ($1, $2, $3, $4, $5, $6)",
        params![&CaseTaskId::at(event.seq), event.seq, &event.subject, what, due.to_string(), owner],
    )?;
    Ok(())
}

pub(super) fn set_done(act: &mut Act<'_>, id: &CaseTaskId, event: &Event) -> Result<(), StoreError> {
    let sql = "UPDATE case_tasks SET done_at = $1, done_by = $2 WHERE id = $3";
    act.execute(sql, params![event.at, &event.actor, id])?;
    Ok(())
}

pub(super) fn case(query: &mut impl Query, id: &CaseId) -> Result<Option<Case>, LedgerError> {
    query.first(&format!("{CASE} WHERE id = $1"), params![id])?.as_ref().map(to_case).transpose()
}

pub(super) fn cases(query: &mut impl Query, with_closed: bool) -> Result<Vec<Case>, LedgerError> {
    let only = if with_closed { "" } else { " WHERE closed_at IS NULL" };
    query.query(&format!("{CASE}{only} ORDER BY seq"), params![])?.iter().map(to_case).collect()
}

fn to_case(row: &Row) -> Result<Case, LedgerError> {
    Ok(Case {
        id: row.text(0)?.parse()?,
        title: row.text(1)?,
        legal_basis: row.text(2)?,
        purpose: row.text(3)?,
        owner: row.text(4)?,
        offered_to: row.maybe_text(5)?,
        opened_by: row.text(6)?,
        opened_at: row.integer(7)?,
        closed_at: row.maybe_integer(8)?,
        closed_why: row.maybe_text(9)?,
    })
}

pub(super) fn alerts(query: &mut impl Query, id: &CaseId) -> Result<Vec<JoinedAlert>, LedgerError> {
    let rows = query.query(&format!("{ALERT} WHERE case_id = $1 ORDER BY seq"), params![id])?;
    let to_joined = |row: &Row| {
        Ok(JoinedAlert {
            alert: row.text(0)?.parse()?,
            customer: row.text(1)?.parse()?,
            customer_name: row.text(2)?,
            customer_kind: row.text(3)?.parse()?,
            entity: row.text(4)?,
            entity_name: row.text(5)?,
            entity_kind: row.text(6)?.parse()?,
            alert_kind: row.text(7)?.parse()?,
            probability_millionths: row.integer(8)?,
        })
    };
    rows.iter().map(to_joined).collect()
}

pub(super) fn parties(query: &mut impl Query, id: &CaseId) -> Result<Vec<Party>, LedgerError> {
    let rows = query.query(&format!("{PARTY} WHERE case_id = $1 ORDER BY seq"), params![id])?;
    let to_party = |row: &Row| {
        Ok(Party {
            id: row.text(0)?.parse()?,
            kind: row.text(1)?.parse()?,
            name: row.text(2)?,
            role: row.text(3)?,
            customer: row.maybe_text(4)?.map(|id| id.parse()).transpose()?,
            entity: row.maybe_text(5)?,
            is_struck: row.truth(6)?,
        })
    };
    rows.iter().map(to_party).collect()
}

pub(super) fn links(query: &mut impl Query, id: &CaseId) -> Result<Vec<Link>, LedgerError> {
    let rows = query.query(&format!("{LINK} WHERE case_id = $1 ORDER BY seq"), params![id])?;
    let to_link = |row: &Row| {
        Ok(Link {
            id: row.text(0)?.parse()?,
            from: row.text(1)?,
            to: row.text(2)?,
            kind: row.text(3)?,
            source: row.text(4)?,
            is_struck: row.truth(5)?,
        })
    };
    rows.iter().map(to_link).collect()
}

pub(super) fn tasks(query: &mut impl Query, id: &CaseId) -> Result<Vec<Task>, LedgerError> {
    let rows = query.query(&format!("{TASK} WHERE case_id = $1 ORDER BY due, seq"), params![id])?;
    rows.iter().map(to_task).collect()
}

pub(super) fn task(query: &mut impl Query, id: &CaseTaskId) -> Result<Option<Task>, LedgerError> {
    query.first(&format!("{TASK} WHERE id = $1"), params![id])?.as_ref().map(to_task).transpose()
}

/// The open tasks of a user in open cases, the one that is due next first.
pub(super) fn tasks_of(query: &mut impl Query, owner: &str) -> Result<Vec<Task>, LedgerError> {
    let sql = format!(
        "{TASK} WHERE owner = $1 AND done_at IS NULL AND case_id IN (SELECT id FROM cases WHERE closed_at IS NULL) ORDER BY due, seq"
    );
    query.query(&sql, params![owner])?.iter().map(to_task).collect()
}

fn to_task(row: &Row) -> Result<Task, LedgerError> {
    let due = row.text(3)?;
    Ok(Task {
        id: row.text(0)?.parse()?,
        case: row.text(1)?.parse()?,
        what: row.text(2)?,
        due: due.parse().map_err(|_| LedgerError::refused(format!("{due:?} in the store is no date")))?,
        owner: row.text(4)?,
        done_at: row.maybe_integer(5)?,
        done_by: row.maybe_text(6)?,
    })
}

/// What retention may erase: cases that are closed.
pub(super) const KEPT: Part = Part {
    name: "case",
    open: Some("SELECT id FROM cases WHERE closed_at IS NULL"),
    forget: &[
        "DELETE FROM case_alerts WHERE case_id = $1",
        "DELETE FROM case_parties WHERE case_id = $1",
        "DELETE FROM case_links WHERE case_id = $1",
        "DELETE FROM case_tasks WHERE case_id = $1",
        "DELETE FROM cases WHERE id = $1",
    ],
};
