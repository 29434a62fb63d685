//! Keys of the API: for programs, with a scope and an end.
//!
//! Somebody makes a key for themselves, or two administrators make one for a service. In comes what it is for, out comes a key that is shown once; its hash is
//! kept, apart from the events. A key does what its owner may and its scopes name, and never more; that table is in `mihenk-node`. It is revoked at once, by
//! its owner or by any administrator. A service's key is rotated by two: the one before goes on for some days, so that nothing stops.

use std::{fmt, str::FromStr};

use mihenk_store::{Act, Query};
use serde::{Deserialize, Serialize};

use super::{PeopleEvent, Token, User, UserId, sql, user};
use crate::{
    error::LedgerError,
    happening::{record, record_made},
    id, refusals,
    who::{Reason, Who},
};

/// A day, in milliseconds.
const DAY_MS: i64 = 24 * 60 * 60 * 1000;
/// The longest that a key counts, in days.
const LONGEST_DAYS: u16 = 366;
/// The longest that a key goes on beside the one that follows it, in days.
const LONGEST_OVERLAP_DAYS: u16 = 30;
/// The longest label, in characters.
const LABEL: usize = 64;

id!(
    /// A key of the API.
    KeyId, "AK", "a key"
);

/// What a key is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Scope {
    /// Screening, and looking at lists.
    Screen,
    /// That, and seeing customers, alerts, cases and freezes.
    Read,
    /// That, and keeping customers.
    Customers,
    /// All that an analyst does. Not for services: a person decides.
    Work,
    /// Seeing what was done by whom.
    Audit,
}

/// A key, without what proves it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ApiKey {
    /// Its id.
    pub id: KeyId,
    /// Whose.
    pub user: UserId,
    /// What it is called.
    pub label: String,
    /// What it is for.
    pub scopes: Vec<Scope>,
    /// Who made it.
    pub made_by: String,
    /// When, in milliseconds since 1970.
    pub made_at: i64,
    /// Until when it counts, in milliseconds since 1970.
    pub until: i64,
    /// When it was revoked, in milliseconds since 1970.
    pub revoked_at: Option<i64>,
    /// When it was last used, to the minute, in milliseconds since 1970.
    pub used_at: Option<i64>,
    /// Until when the secret before the last one counts as well, in milliseconds since 1970.
    pub overlaps_until: Option<i64>,
}

/// A key with what proves it, to be shown once.
#[derive(Clone, Debug)]
pub struct NewKey {
    /// The key.
    pub key: ApiKey,
    /// What proves it.
    pub secret: Token,
}

/// What a key is to be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wanted {
    /// What it is called.
    pub label: String,
    /// What it is for.
    pub scopes: Vec<Scope>,
    /// How many days it counts.
    pub days: u16,
}

/// Makes a key for whoever acts.
///
/// # Errors
/// When it has no label or scope, or counts longer than a year.
pub fn make(act: &mut Act<'_>, who: &Who, wanted: Wanted) -> Result<NewKey, LedgerError> {
    let user = user(act, &who.actor.parse()?)?;
    possible(&user, &wanted)?;
    let made = record_made(act, who, &PeopleEvent::KeyMade { wanted }, |seq| KeyId::at(seq).into())?;
    with_secret(act, &KeyId::at(made.seq))
}

/// Revokes a key, at once. Whose it is has been looked at by the caller.
///
/// # Errors
/// When there is none, or it is revoked already.
pub fn revoke(act: &mut Act<'_>, who: &Who, id: &KeyId, reason: Reason) -> Result<(), LedgerError> {
    is_in_use(act, id, who.at)?;
    record(act, who, id.as_str(), &PeopleEvent::KeyRevoked { reason })?;
    sql::forget_secrets(act, id)?;
    Ok(())
}

/// Gives a key of one's own a new secret; the one before goes on for some days.
///
/// # Errors
/// When there is none, it counts no more, or it would go on for longer than a month.
pub fn rotate(act: &mut Act<'_>, who: &Who, id: &KeyId, overlap_days: u16) -> Result<NewKey, LedgerError> {
    rotatable(act, id, overlap_days, who.at)?;
    record(act, who, id.as_str(), &PeopleEvent::KeyRotated { overlap_days })?;
    rotated(act, id, overlap_days, who.at)
}

/// A new secret beside the one before.
pub(super) fn rotated(act: &mut Act<'_>, id: &KeyId, overlap_days: u16, at: i64) -> Result<NewKey, LedgerError> {
    sql::end_secrets(act, id, at + i64::from(overlap_days) * DAY_MS, at)?;
    with_secret(act, id)
}

/// A new secret of a key, which counts as long as the key does.
pub(super) fn with_secret(act: &mut Act<'_>, id: &KeyId) -> Result<NewKey, LedgerError> {
    let (secret, until) = (Token::generate_key()?, key(act, id)?.until);
    sql::insert_secret(act, id, &secret.hashed(), until)?;
    Ok(NewKey { key: key(act, id)?, secret })
}

/// Refuses what no key can be.
pub(super) fn possible(user: &User, wanted: &Wanted) -> Result<(), LedgerError> {
    let label = wanted.label.trim();
    if label.is_empty() || label.chars().count() > LABEL || label.chars().any(char::is_control) {
        return Err(refusals::key_label_wrong(LABEL));
    }
    if wanted.scopes.is_empty() {
        return Err(refusals::key_needs_scope());
    }
    if user.is_service && wanted.scopes.contains(&Scope::Work) {
        return Err(refusals::service_does_not_work());
    }
    if wanted.days == 0 || wanted.days > LONGEST_DAYS {
        return Err(refusals::key_days_wrong(LONGEST_DAYS, wanted.days));
    }
    Ok(())
}

/// Refuses to rotate what cannot be.
pub(super) fn rotatable(query: &mut impl Query, id: &KeyId, overlap_days: u16, at: i64) -> Result<ApiKey, LedgerError> {
    if overlap_days > LONGEST_OVERLAP_DAYS {
        return Err(refusals::key_overlap_too_long(LONGEST_OVERLAP_DAYS));
    }
    is_in_use(query, id, at)
}

fn is_in_use(query: &mut impl Query, id: &KeyId, at: i64) -> Result<ApiKey, LedgerError> {
    let key = key(query, id)?;
    if key.revoked_at.is_some() {
        return Err(refusals::key_revoked_already(id));
    }
    if key.until <= at {
        return Err(refusals::key_over(id));
    }
    Ok(key)
}

/// A key.
///
/// # Errors
/// When there is none.
pub fn key(query: &mut impl Query, id: &KeyId) -> Result<ApiKey, LedgerError> {
    let found = sql::keys(query, Some(id), None)?.into_iter().next();
    found.ok_or_else(|| LedgerError::unknown("key", id))
}

/// The keys of a user, or all, the newest first.
///
/// # Errors
/// When the store refuses.
pub fn keys(query: &mut impl Query, of: Option<&UserId>) -> Result<Vec<ApiKey>, LedgerError> {
    sql::keys(query, None, of)
}

/// What the event of a key's making says, as a row.
pub(super) fn row(id: &KeyId, user: &UserId, wanted: &Wanted, by: &str, at: i64) -> ApiKey {
    let mut scopes = wanted.scopes.clone();
    scopes.sort_unstable();
    scopes.dedup();
    ApiKey {
        id: id.clone(),
        user: user.clone(),
        label: wanted.label.trim().to_owned(),
        scopes,
        made_by: by.to_owned(),
        made_at: at,
        until: at + i64::from(wanted.days) * DAY_MS,
        revoked_at: None,
        used_at: None,
        overlaps_until: None,
    }
}

impl Scope {
    /// All of them.
    pub const ALL: [Scope; 5] = [Scope::Screen, Scope::Read, Scope::Customers, Scope::Work, Scope::Audit];

    /// As it is written.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Scope::Screen => "screen",
            Scope::Read => "read",
            Scope::Customers => "customers",
            Scope::Work => "work",
            Scope::Audit => "audit",
        }
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Scope {
    type Err = LedgerError;

    fn from_str(text: &str) -> Result<Scope, LedgerError> {
        Scope::ALL.into_iter().find(|scope| scope.as_str() == text).ok_or_else(|| refusals::not_a_scope(text))
    }
}
