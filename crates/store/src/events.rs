//! Events as they stand in the chain, one after another.
//!
//! In comes a range, out come [`Event`]s; nothing is checked here, which is what [`crate::verify`] is for.

use crate::{
    error::StoreError,
    event::{Content, Event},
    params,
    store::{Query, Store, to_hash},
    value::Row,
};

impl Store {
    /// The events from `first` to `last`, or to the end of the chain.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn events(&self, first: i64, last: Option<i64>) -> Result<Vec<Event>, StoreError> {
        let mut events = Vec::new();
        self.read(|reading| {
            each_event(reading, first, last, &mut |event| {
                events.push(event);
                Ok(())
            })
        })?;
        Ok(events)
    }
}

/// Calls `each` with every event from `first` to `last`, without holding them all.
///
/// # Errors
/// When the store refuses, or with what `each` returns.
pub fn each_event(
    query: &mut impl Query,
    first: i64,
    last: Option<i64>,
    each: &mut dyn FnMut(Event) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let sql = "SELECT seq, at, actor, kind, subject, body, salt, body_hash, prev_hash, hash FROM events
               WHERE seq >= $1 AND seq <= $2 ORDER BY seq";
    query.each(sql, params![first, last.unwrap_or(i64::MAX)], &mut |row| each(event(&row)?))
}

fn event(row: &Row) -> Result<Event, StoreError> {
    let content = match (row.maybe_text(5)?, row.maybe_bytes(6)?) {
        (Some(body), Some(salt)) => Some(Content { salt, body }),
        _ => None,
    };
    Ok(Event {
        seq: row.integer(0)?,
        at: row.integer(1)?,
        actor: row.text(2)?,
        kind: row.text(3)?,
        subject: row.text(4)?,
        content,
        body_hash: to_hash(row, 7)?,
        prev_hash: to_hash(row, 8)?,
        hash: to_hash(row, 9)?,
    })
}
