//! Which cases there are, what one is now, and what happened in it.
//!
//! Reading alone; that it was read is recorded by the caller.

use mihenk_store::Query;
use serde::Serialize;

use super::{
    event::CaseEvent,
    sql,
    state::{Case, JoinedAlert, Link, Party, Task},
};
use crate::{
    alerts,
    attachments::{self, Attachment, AttachmentEvent},
    error::LedgerError,
    happening::{Line, Past, history, revision},
    id::CaseId,
};

/// A case with all that is known of it.
#[derive(Clone, Debug, Serialize)]
pub struct Detail {
    /// The case.
    pub case: Case,
    /// Its alerts.
    pub alerts: Vec<JoinedAlert>,
    /// Its parties, with those that were struck out.
    pub parties: Vec<Party>,
    /// What ties them, with what was struck out.
    pub links: Vec<Link>,
    /// Its tasks, the one that is due next first.
    pub tasks: Vec<Task>,
    /// Its documents.
    pub documents: Vec<Attachment>,
    /// The place of the last event about it.
    pub revision: i64,
}

/// A case.
///
/// # Errors
/// When there is none.
pub fn case(query: &mut impl Query, id: &CaseId) -> Result<Case, LedgerError> {
    sql::case(query, id)?.ok_or_else(|| LedgerError::unknown("case", id))
}

/// All cases, oldest first.
///
/// # Errors
/// When the store refuses.
pub fn list(query: &mut impl Query, with_closed: bool) -> Result<Vec<Case>, LedgerError> {
    sql::cases(query, with_closed)
}

/// What somebody still has to do, the task that is due next first.
///
/// # Errors
/// When the store refuses.
pub fn tasks_of(query: &mut impl Query, user: &str) -> Result<Vec<Task>, LedgerError> {
    sql::tasks_of(query, user)
}

/// A case with all that is known of it.
///
/// # Errors
/// When there is none.
pub fn detail(query: &mut impl Query, id: &CaseId) -> Result<Detail, LedgerError> {
    Ok(Detail {
        case: case(query, id)?,
        alerts: sql::alerts(query, id)?,
        parties: sql::parties(query, id)?,
        links: sql::links(query, id)?,
        tasks: sql::tasks(query, id)?,
        documents: attachments::of(query, id.as_str())?,
        revision: revision(query, id.as_str())?,
    })
}

/// What happened in a case and to its alerts, in the order in which it did.
///
/// # Errors
/// When there is none, or an event cannot be understood.
pub fn timeline(query: &mut impl Query, id: &CaseId) -> Result<Vec<Line>, LedgerError> {
    case(query, id)?;
    let mut lines = Vec::new();
    for past in history(query, id.as_str())? {
        let words = words(&past)?;
        lines.push(past.line(words));
    }
    for joined in sql::alerts(query, id)? {
        lines.extend(alerts::queue::lines(query, &joined.alert)?);
    }
    lines.sort_by_key(|line| line.seq);
    Ok(lines)
}

fn words(past: &Past) -> Result<String, LedgerError> {
    if let Some(said) = past.says::<CaseEvent>()? {
        return Ok(said.words(past.seq));
    }
    if let Some(said) = past.says::<AttachmentEvent>()? {
        return Ok(said.words(past.seq));
    }
    Ok(format!("{} (erased)", past.kind))
}
