//! What users typed and have not sent yet, so that nothing typed is lost when a session ends or a machine fails.
//!
//! In comes a text with the place where it was typed, out comes the same when the user is back. A draft is nobody's act: no event tells of it, nobody but its user reads it, and it goes
//! when it is sent, emptied, or was not touched for [`KEPT_DAYS`]. Besides secrets, sealed content and [`crate::replies`] this is the one table that no event says.

mod sql;

use std::collections::BTreeMap;

use mihenk_store::{Act, Migrations, Query};

use crate::{error::LedgerError, refusals, who::Who};

/// The table.
pub const MIGRATIONS: Migrations = Migrations { part: "drafts", versions: &[include_str!("migrate/drafts_1.sql")] };

/// Days that a draft is kept after it was touched last.
pub const KEPT_DAYS: i64 = 30;
/// The longest draft, in bytes.
const TEXT_BYTES: usize = 64 << 10;
/// The longest name of a place, in bytes.
const PLACE_BYTES: usize = 200;
/// Drafts of one user.
const DRAFTS: i64 = 500;

/// Keeps what was typed in a place; an empty text forgets it.
///
/// # Errors
/// When it is longer than 64 KiB, or the user has too many.
pub fn keep(act: &mut Act<'_>, who: &Who, place: &str, text: &str) -> Result<(), LedgerError> {
    if place.is_empty() || place.len() > PLACE_BYTES || place.chars().any(char::is_control) {
        return Err(LedgerError::refused(format!("{place:?} is no place of a draft")));
    }
    if text.len() > TEXT_BYTES {
        return Err(refusals::draft_too_long());
    }
    sql::forget_before(act, who.at - KEPT_DAYS * 86_400_000)?;
    if text.trim().is_empty() {
        return Ok(sql::forget(act, &who.actor, place)?);
    }
    if sql::count(act, &who.actor)? >= DRAFTS {
        return Err(refusals::too_many_drafts(DRAFTS));
    }
    Ok(sql::keep(act, &who.actor, place, text, who.at)?)
}

/// What a user typed, by place.
///
/// # Errors
/// When the store refuses.
pub fn of(query: &mut impl Query, user: &str) -> Result<BTreeMap<String, String>, LedgerError> {
    Ok(sql::of(query, user)?)
}
