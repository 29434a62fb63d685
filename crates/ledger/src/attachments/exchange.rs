//! Exchanging the key that documents are sealed with for another one.
//!
//! In come the keys, out comes a store in which every document is sealed with the new one. Two administrators decide on it
//! ([`Change::ExchangeKey`](crate::people::Change)), and [`approved`] says that they did. [`begin`] then says which key seals from now on: whoever still
//! has the one before attaches nothing any more. [`seal_again`] takes one document at a time, each an act, so that it does not matter where it is broken
//! off; [`end`] says that nothing is sealed with another key. What a document is does not change, so no event of it does.

use mihenk_store::{Act, Event, Query};
use serde::{Deserialize, Serialize};

use super::{Key, Sealed, sql};
use crate::{
    error::LedgerError,
    happening::{Happening, record},
    refusals,
    who::{Reason, Who},
};

/// What the events are about.
const SUBJECT: &str = "store";

/// What can happen to the key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SealingEvent {
    /// From now on another key seals.
    ExchangeBegun {
        /// The id of the key before.
        from: String,
        /// The id of the key from now on.
        to: String,
        /// Why.
        reason: Reason,
    },
    /// Every document is sealed with it.
    ExchangeEnded {
        /// Its id.
        to: String,
        /// How many documents there are.
        documents: i64,
    },
}

/// The key that two administrators decided to exchange, by its id, until it is; with the proposal that they decided on.
///
/// # Errors
/// When the store refuses.
pub fn approved(query: &mut impl Query) -> Result<Option<(String, String)>, LedgerError> {
    Ok(sql::approval(query)?)
}

/// Whether the exchange of a key may be proposed or confirmed.
pub(crate) fn is_possible(query: &mut impl Query, key: &str) -> Result<(), LedgerError> {
    let is_being_exchanged = sql::sealing_key(query)?.is_some_and(|(_, is_being_exchanged)| is_being_exchanged);
    let is_approved = sql::approval(query)?.is_some_and(|(approved, _)| approved == key);
    match is_being_exchanged || is_approved {
        true => Err(refusals::key_exchange_goes_on(key)),
        false => Ok(()),
    }
}

/// Writes down that two administrators decided to exchange a key.
pub(crate) fn approve(act: &mut Act<'_>, key: &str, change: &str) -> Result<(), LedgerError> {
    Ok(sql::set_approval(act, key, change)?)
}

/// Says which key seals from now on. Nothing is recorded when that was said already.
///
/// # Errors
/// When two administrators did not decide on it.
pub fn begin(act: &mut Act<'_>, who: &Who, from: &Key, to: &Key) -> Result<(), LedgerError> {
    if current(act)?.as_deref() == Some(&to.id()) {
        return Ok(());
    }
    match sql::approval(act)? {
        Some((key, change)) if key == from.id() => {
            begin_apart(act, who, from, to, Reason::new(&format!("confirmed as {change}"))?)
        }
        _ => Err(refusals::key_exchange_needs_two(from.id())),
    }
}

/// The same in a store beside the one in which it was decided on.
///
/// # Errors
/// When the store refuses.
pub fn begin_apart(act: &mut Act<'_>, who: &Who, from: &Key, to: &Key, reason: Reason) -> Result<(), LedgerError> {
    if current(act)?.as_deref() == Some(&to.id()) {
        return Ok(());
    }
    record(act, who, SUBJECT, &SealingEvent::ExchangeBegun { from: from.id(), to: to.id(), reason })?;
    Ok(())
}

/// Seals the next document again that is not sealed with `to`, opening it with whichever of `keys` it was sealed with; `false` when there is none.
///
/// # Errors
/// When none of the keys opens it.
pub fn seal_again(act: &mut Act<'_>, keys: &[Key], to: &Key) -> Result<bool, LedgerError> {
    let Some((id, sealed)) = sql::sealed_otherwise(act, &to.id())? else { return Ok(false) };
    let again = to.seal(id.as_str(), &opened(keys, id.as_str(), &sealed)?)?;
    sql::set_content(act, &id, &again)?;
    Ok(true)
}

/// What is sealed, opened with whichever of the keys it was sealed with.
pub(crate) fn opened(keys: &[Key], id: &str, sealed: &Sealed) -> Result<Vec<u8>, LedgerError> {
    let key = keys.iter().find(|key| key.id() == sealed.key_id).ok_or_else(|| {
        LedgerError::refused(format!(
            "{id} is sealed with the key {}, which is not here; bring that key back beside the new one",
            sealed.key_id
        ))
    })?;
    key.open(id, sealed)
}

/// Says that every document is sealed with the key; gives how many there are.
///
/// # Errors
/// When one is not.
pub fn end(act: &mut Act<'_>, who: &Who, to: &Key) -> Result<i64, LedgerError> {
    if let Some((id, _)) = sql::sealed_otherwise(act, &to.id())? {
        return Err(LedgerError::refused(format!("{id} is not sealed with the key {} yet", to.id())));
    }
    let documents = sql::kept(act)?;
    if sql::sealing_key(act)?.is_some_and(|(_, is_being_exchanged)| is_being_exchanged) {
        record(act, who, SUBJECT, &SealingEvent::ExchangeEnded { to: to.id(), documents })?;
    }
    Ok(documents)
}

/// The id of the key that seals, if it was ever exchanged.
///
/// # Errors
/// When the store refuses.
pub fn current(query: &mut impl Query) -> Result<Option<String>, LedgerError> {
    Ok(sql::sealing_key(query)?.map(|(id, _)| id))
}

/// Refuses to seal with a key that was exchanged.
pub(crate) fn must_be_current(query: &mut impl Query, key: &Key) -> Result<(), LedgerError> {
    match current(query)? {
        Some(current) if current != key.id() => Err(LedgerError::refused(format!(
            "the key {} was exchanged for {current}, which seals documents now; use that one, or exchange it with 'mihenk key exchange'",
            key.id()
        ))),
        _ => Ok(()),
    }
}

impl Happening for SealingEvent {
    const PART: &'static str = "sealing";

    fn apply(&self, act: &mut Act<'_>, _: &Event) -> Result<(), LedgerError> {
        let (to, is_being_exchanged) = match self {
            SealingEvent::ExchangeBegun { to, .. } => (to, true),
            SealingEvent::ExchangeEnded { to, .. } => {
                sql::remove_approval(act)?;
                (to, false)
            }
        };
        sql::set_sealing_key(act, to, is_being_exchanged)?;
        Ok(())
    }
}
