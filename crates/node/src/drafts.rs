//! Drafts of whoever sits here ([`mihenk_ledger::drafts`]).
//!
//! In comes a text with its place, out comes nothing; pages put drafts back where they were typed.

use std::collections::BTreeMap;

use mihenk_ledger::drafts;

use crate::{desk::Seat, error::NodeError};

/// Keeps what was typed in a place; an empty text forgets it.
///
/// # Errors
/// When whoever sits here is not signed in, or the text is too long.
pub fn keep(seat: &Seat<'_>, place: &str, text: &str) -> Result<(), NodeError> {
    seat.as_self_in_order(|act, who| drafts::keep(act, who, place, text))
}

/// Forgets what was typed in several places, as it was sent.
///
/// # Errors
/// When whoever sits here is not signed in.
pub fn forget(seat: &Seat<'_>, places: &[String]) -> Result<(), NodeError> {
    seat.as_self_in_order(|act, who| places.iter().try_for_each(|place| drafts::keep(act, who, place, "")))
}

/// What was typed, by place.
///
/// # Errors
/// When whoever sits here is not signed in.
pub fn of(seat: &Seat<'_>) -> Result<BTreeMap<String, String>, NodeError> {
    seat.as_self_in_order(|act, who| drafts::of(act, &who.actor))
}
