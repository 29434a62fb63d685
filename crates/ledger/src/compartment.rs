//! How the compartment's chain is tied to the store's, without the store saying anything of what is in it.
//!
//! Once a day, whatever happened, the compartment's chain gets an event that says nothing, and the store's chain the hash of that event: so the compartment cannot be
//! changed afterwards without the store's chain showing it, and a reader of the store's chain sees the same every day. What the compartment holds is in
//! [`crate::reports`].

use mihenk_store::{Act, Event, Query, hex, params};
use serde::{Deserialize, Serialize};

use crate::{
    day::Day,
    error::LedgerError,
    happening::{Happening, record},
    who::Who,
};

/// The subject of these events.
const SUBJECT: &str = "compartment";

/// What ties the two chains.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CompartmentEvent {
    /// In the compartment's chain: a day.
    Day {},
    /// In the store's chain: where the compartment's stood.
    Head {
        /// The hash of the event of that day, in hexadecimal.
        hash: String,
    },
}

impl Happening for CompartmentEvent {
    const PART: &'static str = "compartment";

    fn apply(&self, _: &mut Act<'_>, _: &Event) -> Result<(), LedgerError> {
        Ok(())
    }
}

/// Whether the store's chain has events, and no head of the compartment's for this day yet.
///
/// # Errors
/// When the store refuses.
pub fn wants_head(query: &mut impl Query, at: i64) -> Result<bool, LedgerError> {
    let sql = "SELECT COALESCE(max(CASE WHEN kind = 'compartment.head' THEN at END), -1), count(*) FROM events WHERE kind = 'compartment.head' OR seq = 1";
    let Some(row) = query.first(sql, params![])? else { return Ok(false) };
    Ok(row.integer(1)? > 0 && row.integer(0)? < Day::of(at).begins())
}

/// Writes a day into the compartment's chain, and gives its hash.
///
/// # Errors
/// When the store refuses.
pub fn day(act: &mut Act<'_>, who: &Who) -> Result<String, LedgerError> {
    Ok(hex::text(&record(act, who, SUBJECT, &CompartmentEvent::Day {})?.hash))
}

/// Writes where the compartment's chain stood into the store's.
///
/// # Errors
/// When the store refuses.
pub fn head(act: &mut Act<'_>, who: &Who, hash: String) -> Result<(), LedgerError> {
    record(act, who, SUBJECT, &CompartmentEvent::Head { hash }).map(|_| ())
}

/// The heads that the store's chain names, oldest first.
///
/// # Errors
/// When the store refuses, or an event cannot be understood.
pub fn heads(query: &mut impl Query) -> Result<Vec<String>, LedgerError> {
    let mut heads = Vec::new();
    for past in crate::happening::history(query, SUBJECT)? {
        if let Some(CompartmentEvent::Head { hash }) = past.says::<CompartmentEvent>()? {
            heads.push(hash);
        }
    }
    Ok(heads)
}

/// Whether the compartment's chain has an event of each of these hashes, in this order.
///
/// # Errors
/// When the store refuses.
pub fn holds(query: &mut impl Query, heads: &[String]) -> Result<bool, LedgerError> {
    let mut before = 0;
    for head in heads {
        let Some(hash) = hex::hash(head) else { return Ok(false) };
        let found = query.first("SELECT seq FROM events WHERE hash = $1", params![hash.as_slice()])?;
        match found.map(|row| row.integer(0)).transpose()? {
            Some(seq) if seq > before => before = seq,
            _ => return Ok(false),
        }
    }
    Ok(true)
}
