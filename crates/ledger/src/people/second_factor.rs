//! The second factor: a one-time code of a device, besides the password.
//!
//! In comes whoever acts and what their device shows, out comes that they have one, or a session. The device's secret is kept sealed with the key of documents,
//! never in an event; a code counts once. Whoever lost the device has recovery codes, each for once, of which hashes are kept. Whoever lost those too gets the
//! second factor taken off by two administrators ([`Change::ResetSecondFactor`](super::Change)); which roles need one is decided by two as well.

use std::fmt;

use mihenk_store::{Act, Query};
use serde::Serialize;

use super::{
    Manner, PeopleEvent, Role, SignedIn, Token, UserId,
    secret::{random, random_letters},
    sessions, sql, totp, user,
};
use crate::{
    attachments::{Key, Sealed, exchange},
    error::LedgerError,
    happening::record,
    refusals,
    who::Who,
};

/// Recovery codes that somebody has.
const RECOVERY_CODES: usize = 10;
/// Letters of one: 16 of 31 are 79 bits.
const RECOVERY_LETTERS: usize = 16;
/// Wrong codes after which the password has to be given again.
const TRIES: i64 = 5;

/// What a device is told once.
#[derive(Clone, Serialize)]
pub struct Enrolment {
    /// The secret in base 32, for typing.
    pub secret: String,
    /// The same as an `otpauth` URI, for a QR code.
    pub uri: String,
}

impl fmt::Debug for Enrolment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Enrolment(…)")
    }
}

/// Codes for whoever loses the device, shown once.
pub type RecoveryCodes = Vec<String>;

/// Whether somebody has a second factor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct SecondFactor {
    /// Whether they have one.
    pub is_enrolled: bool,
    /// Whether a role of theirs needs one.
    pub is_required: bool,
    /// Recovery codes that are left.
    pub recovery_codes: i64,
}

/// Makes a secret for a device of whoever acts. It counts when a code of it was given ([`confirm`]).
///
/// # Errors
/// When they have a device already.
pub fn enrol(act: &mut Act<'_>, who: &Who, key: &Key) -> Result<Enrolment, LedgerError> {
    let user = user(act, &who.actor.parse()?)?;
    if sql::second_factor(act, &user.id)?.is_some_and(|factor| factor.is_confirmed) {
        return Err(refusals::second_factor_there_already());
    }
    exchange::must_be_current(act, key)?;
    let secret = random::<{ totp::SECRET_BYTES }>()?;
    sql::set_second_factor(act, &user.id, &key.seal(&sealed_as(&user.id), &secret)?)?;
    Ok(Enrolment { secret: totp::base32(&secret), uri: totp::uri(&secret, &user.name) })
}

/// Proves that the device shows the right code; from then on it is asked for. Gives recovery codes.
///
/// # Errors
/// When there is nothing to prove, or the code is wrong.
pub fn confirm(act: &mut Act<'_>, who: &Who, key: &Key, code: &str) -> Result<RecoveryCodes, LedgerError> {
    let id: UserId = who.actor.parse()?;
    let factor = sql::second_factor(act, &id)?.filter(|factor| !factor.is_confirmed);
    let factor = factor.ok_or_else(refusals::no_new_device)?;
    let secret = key.open(&sealed_as(&id), &factor.sealed)?;
    let step = totp::step_of(&secret, code, who.at, factor.last_step).ok_or_else(refusals::code_wrong)?;
    sql::confirm_second_factor(act, &id, step)?;
    record(act, who, id.as_str(), &PeopleEvent::SecondFactorEnrolled {})?;
    recovery_codes(act, &id)
}

/// Makes new recovery codes; those before count no more.
///
/// # Errors
/// When whoever acts has no second factor, or the code is wrong.
pub fn renew_recovery_codes(act: &mut Act<'_>, who: &Who, key: &Key, code: &str) -> Result<RecoveryCodes, LedgerError> {
    let id: UserId = who.actor.parse()?;
    if !is_right(act, &id, key, code, who.at)? {
        return Err(refusals::code_wrong());
    }
    record(act, who, id.as_str(), &PeopleEvent::RecoveryCodesRenewed {})?;
    recovery_codes(act, &id)
}

fn recovery_codes(act: &mut Act<'_>, id: &UserId) -> Result<RecoveryCodes, LedgerError> {
    sql::forget_recovery_codes(act, id)?;
    let mut codes = Vec::new();
    for _ in 0..RECOVERY_CODES {
        let letters = random_letters(RECOVERY_LETTERS)?;
        sql::insert_recovery_code(act, id, &Token::new(&letters).hashed())?;
        codes.push([&letters[..4], &letters[4..8], &letters[8..12], &letters[12..]].join("-"));
    }
    Ok(codes)
}

/// Ends signing in with a code of the device, or a recovery code. `pending` is the token that the password gave. `None` when the code is wrong;
/// after five wrong ones the password has to be given again.
///
/// # Errors
/// When nobody is signing in with this token, or the key is another than the secret was sealed with.
pub fn enter(
    act: &mut Act<'_>,
    at: i64,
    pending: &Token,
    key: &Key,
    code: &str,
    manner: Manner,
) -> Result<Option<SignedIn>, LedgerError> {
    let hash = pending.hashed();
    let (id, _) = sql::signed_in(act, &hash, at, true)?.ok_or_else(refusals::code_too_late)?;
    let who = Who::new(id.to_string(), at);
    if !is_right(act, &id, key, code, at)? && !is_recovery_code(act, &who, &id, code)? {
        sql::count_wrong_code(act, &hash, TRIES)?;
        return Ok(None);
    }
    sql::sign_out(act, &hash)?;
    let user = user(act, &id)?;
    if !user.is_active {
        return Err(refusals::signs_in_no_more(&user.name));
    }
    sessions::begin(act, &who, user, manner).map(Some)
}

/// Whether a code of the device is right; it then counts no more.
fn is_right(act: &mut Act<'_>, id: &UserId, key: &Key, code: &str, at: i64) -> Result<bool, LedgerError> {
    let Some(factor) = sql::second_factor(act, id)?.filter(|factor| factor.is_confirmed) else { return Ok(false) };
    let secret = key.open(&sealed_as(id), &factor.sealed)?;
    let Some(step) = totp::step_of(&secret, code, at, factor.last_step) else { return Ok(false) };
    sql::confirm_second_factor(act, id, step)?;
    Ok(true)
}

fn is_recovery_code(act: &mut Act<'_>, who: &Who, id: &UserId, code: &str) -> Result<bool, LedgerError> {
    let letters: String = code.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    if letters.len() != RECOVERY_LETTERS || !sql::use_recovery_code(act, id, &Token::new(&letters).hashed())? {
        return Ok(false);
    }
    let left = sql::recovery_codes(act, id)?;
    record(act, who, id.as_str(), &PeopleEvent::RecoveryCodeUsed { left })?;
    Ok(true)
}

/// The roles that need a second factor.
///
/// # Errors
/// When the store refuses.
pub fn required(query: &mut impl Query) -> Result<Vec<Role>, LedgerError> {
    sql::second_factor_roles(query)
}

/// How it stands with the second factor of a user.
///
/// # Errors
/// When the store refuses.
pub fn of(query: &mut impl Query, id: &UserId) -> Result<SecondFactor, LedgerError> {
    let user = user(query, id)?;
    let is_enrolled = sql::second_factor(query, id)?.is_some_and(|factor| factor.is_confirmed);
    let required = sql::second_factor_roles(query)?;
    let is_required = user.roles.iter().any(|role| required.contains(role));
    Ok(SecondFactor { is_enrolled, is_required, recovery_codes: sql::recovery_codes(query, id)? })
}

/// Seals the next secret again that is not sealed with `to`; `false` when there is none. A part of exchanging the key.
///
/// # Errors
/// When none of the keys opens it.
pub fn seal_again(act: &mut Act<'_>, keys: &[Key], to: &Key) -> Result<bool, LedgerError> {
    let Some((id, sealed)) = sql::sealed_otherwise(act, &to.id())? else { return Ok(false) };
    let secret = exchange::opened(keys, &sealed_as(&id), &sealed)?;
    sql::seal_second_factor_again(act, &id, &to.seal(&sealed_as(&id), &secret)?)?;
    Ok(true)
}

/// Whether any secret is kept, or one that is not sealed with this key.
///
/// # Errors
/// When the store refuses.
pub fn is_any_sealed(query: &mut impl Query, otherwise_than: &str) -> Result<bool, LedgerError> {
    Ok(sql::sealed_otherwise(query, otherwise_than)?.is_some())
}

/// What the secret is sealed for, so that two users' cannot be exchanged.
fn sealed_as(id: &UserId) -> String {
    format!("second factor of {id}")
}

/// A secret as it is kept.
pub(super) struct Kept {
    pub(super) sealed: Sealed,
    pub(super) is_confirmed: bool,
    pub(super) last_step: i64,
}
