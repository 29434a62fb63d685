//! Erasures that were made after a backup, made again in a copy of it.
//!
//! In come erasures and a copy, out come the places of events whose content the copy still had. Each erasure that the chain of
//! the copy does not tell of gets an event that does, so that the restored chain verifies.

use std::collections::HashSet;

use crate::{
    connection::Connection,
    erase::{Entry, RECORD},
    error::StoreError,
    event::NewEvent,
    params,
    store::{Act, head},
    verify::{ERASED, ErasedBody},
};

/// Makes erasures again that the chain does not tell of, those that the copy brings along among them.
pub(super) fn erase(copy: &mut Connection, remembered: &[Entry], at: i64, actor: &str) -> Result<Vec<i64>, StoreError> {
    let mut told = told(copy)?;
    let mut erased = Vec::new();
    let own = Entry::all(copy)?;
    for entry in own.iter().chain(remembered) {
        if entry.is_told(copy)? {
            continue;
        }
        let there = entry.apply(copy)?;
        copy.execute("DELETE FROM erasures WHERE event_hash = $1", params![entry.event_hash.as_slice()])?;
        let untold: Vec<i64> = there.into_iter().filter(|seq| !told.contains(seq)).collect();
        if untold.is_empty() {
            continue;
        }
        tell(copy, entry, &untold, at, actor)?;
        told.extend(&untold);
        erased.extend(untold);
    }
    Ok(erased)
}

/// Appends the event that says what was erased again, and why it was the first time.
fn tell(copy: &mut Connection, entry: &Entry, untold: &[i64], at: i64, actor: &str) -> Result<(), StoreError> {
    let body = ErasedBody { seq: untold.to_vec(), reason: entry.reason.clone() };
    let mut head = head(copy)?;
    let new = NewEvent::of(at, actor, ERASED, &entry.subject, &body)?;
    let event = Act::new(copy, &mut head).append(new)?;
    let events = entry.events.iter().filter(|(seq, _)| untold.contains(seq)).copied().collect();
    let told = Entry { event: event.seq, event_hash: event.hash, at, actor: actor.to_owned(), events, ..entry.clone() };
    copy.execute(RECORD, &told.record(false)?).map(drop)
}

/// Events that the chain says were erased.
fn told(copy: &mut Connection) -> Result<HashSet<i64>, StoreError> {
    let rows = copy.all("SELECT body FROM events WHERE kind = $1 AND body IS NOT NULL", params![ERASED])?;
    let mut told = HashSet::new();
    for row in rows {
        // One that cannot be read is found when the chain is walked.
        told.extend(serde_json::from_str::<ErasedBody>(&row.text(0)?).map_or_else(|_| Vec::new(), |body| body.seq));
    }
    Ok(told)
}
