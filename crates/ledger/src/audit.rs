//! Reading the chain for whoever has to answer for it.
//!
//! In comes a [`Filter`]: about what, by whom, of what kind, from when to when. Out come events as they stand, oldest first, with the
//! names of those who acted. Checking the chain is not done here but in [`mihenk_store::verify`].

use mihenk_store::{Query, Row, StoreError, Value, params};
use serde::Serialize;
use serde_json::Value as Json;

use crate::{error::LedgerError, happening::said, people};

/// Which events are asked for; what is `None` does not matter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// About this.
    pub subject: Option<String>,
    /// By this user or part of the software.
    pub actor: Option<String>,
    /// Of this kind, such as `alert.cleared`, or of all kinds of a part, such as `alert`.
    pub kind: Option<String>,
    /// Not before this, in milliseconds since 1970.
    pub from: Option<i64>,
    /// Before this.
    pub until: Option<i64>,
    /// Also events about other things that name the subject in what they say, such as an alert about a customer.
    pub related: bool,
    /// The newest of them only, this many.
    pub newest: Option<u32>,
}

/// An event, as it is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Told {
    /// Its place in the chain.
    pub seq: i64,
    /// When, in milliseconds since 1970.
    pub at: i64,
    /// Who: an id of a user, or a part of the software.
    pub actor: String,
    /// The user's name; nothing for a part of the software.
    pub name: Option<String>,
    /// By which key of the API, if by one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// What was done.
    pub kind: String,
    /// To what.
    pub subject: String,
    /// What there is to say; nothing when it was erased.
    pub body: Option<Json>,
}

const COLUMNS: &str =
    "e.seq, e.at, e.actor, u.name, e.kind, e.subject, e.body FROM events e LEFT JOIN users u ON u.id = e.actor";

/// The events that are asked for, oldest first.
///
/// # Errors
/// When the store refuses, or an event is no JSON.
pub fn events(query: &mut impl Query, filter: &Filter) -> Result<Vec<Told>, LedgerError> {
    let (conditions, parameters) = conditions(filter);
    let newest = filter.newest.map_or(String::new(), |newest| format!(" LIMIT {newest}"));
    let sql = format!("SELECT {COLUMNS} WHERE {conditions} ORDER BY e.seq DESC{newest}");
    let rows = query.query(&sql, &parameters)?;
    rows.iter().rev().map(told).collect()
}

/// One event.
///
/// # Errors
/// When there is none in this place of the chain.
pub fn event(query: &mut impl Query, seq: i64) -> Result<Told, LedgerError> {
    let row = query.first(&format!("SELECT {COLUMNS} WHERE e.seq = $1"), params![seq])?;
    row.as_ref().map(told).transpose()?.ok_or_else(|| LedgerError::unknown("event", seq))
}

/// How often many things were read at once within the filter's time: each of these readings may have held the subject.
///
/// # Errors
/// When the store refuses.
pub fn read_among_many(query: &mut impl Query, filter: &Filter) -> Result<i64, LedgerError> {
    let among = Filter { subject: None, related: false, kind: None, newest: None, ..filter.clone() };
    let (conditions, parameters) = conditions(&among);
    let row = query.first(
        &format!("SELECT count(*) FROM events e WHERE e.kind = 'access.many-seen' AND {conditions}"),
        &parameters,
    )?;
    Ok(row.map_or(Ok(0), |row| row.integer(0))?)
}

/// The condition and its parameters, in the order in which it names them.
fn conditions(filter: &Filter) -> (String, Vec<Value>) {
    let mut conditions = vec!["1 = 1".to_owned()];
    let mut parameters: Vec<Value> = Vec::new();
    let mut next = |value: Value| {
        parameters.push(value);
        parameters.len()
    };
    if let Some(subject) = &filter.subject {
        let at = next(subject.into());
        conditions.push(if filter.related {
            // Ids stand in what events say as JSON strings of their own.
            let within = next(format!("%\"{}\"%", subject.replace(['%', '_', '\\'], "")).into());
            format!("(e.subject = ${at} OR e.body LIKE ${within})")
        } else {
            format!("e.subject = ${at}")
        });
    }
    if let Some(actor) = &filter.actor {
        conditions.push(format!("e.actor = ${}", next(actor.into())));
    }
    if let Some(kind) = &filter.kind {
        let at = next(kind.into());
        let part = next(format!("{}.%", kind.replace(['%', '_', '\\'], "")).into());
        conditions.push(format!("(e.kind = ${at} OR e.kind LIKE ${part})"));
    }
    if let Some(from) = filter.from {
        conditions.push(format!("e.at >= ${}", next(from.into())));
    }
    if let Some(until) = filter.until {
        conditions.push(format!("e.at < ${}", next(until.into())));
    }
    (conditions.join(" AND "), parameters)
}

fn told(row: &Row) -> Result<Told, LedgerError> {
    let seq = row.integer(0)?;
    let kind = row.text(4)?;
    let said = row.maybe_text(6)?.map(|body| said(&body)).transpose();
    let said = said.map_err(|error| LedgerError::Event { seq, kind: kind.clone(), why: error.to_string() })?;
    let (body, key) = said.map_or((None, None), |(body, key)| (Some(body), key));
    Ok(Told {
        seq,
        at: row.integer(1)?,
        actor: row.text(2)?,
        name: row.maybe_text(3)?,
        key,
        kind,
        subject: row.text(5)?,
        body,
    })
}

/// The id of a user by the name that an auditor writes; a part of the software is its own name.
///
/// # Errors
/// When the store refuses.
pub fn actor(query: &mut impl Query, name: &str) -> Result<String, StoreError> {
    match people::find(query, name) {
        Ok(user) => Ok(user.id.to_string()),
        Err(LedgerError::Store(error)) => Err(error),
        Err(_) => Ok(name.to_owned()),
    }
}
