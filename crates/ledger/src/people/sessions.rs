//! Sessions: who signs in, for how long, and what ends it.
//!
//! Signing in takes three steps, so that nobody waits for a slow hash: [`candidate`] reads what is kept of whoever has the name, [`Candidate::proves`]
//! computes outside of every transaction, [`sign_in`] begins the session if the password is still the one that was proven. A name that nobody has goes the same
//! way in the same time.
//!
//! A session ends at a time, and, in a browser, when nothing was done in it for a while ([`Manner`]). When somebody chooses a password, their other sessions end.

use mihenk_store::{Act, Query};

use super::{KeyId, PeopleEvent, Scope, Secret, Token, User, UserId, sql, user};
use crate::{error::LedgerError, happening::record, refusals, who::Who};

/// A minute, in milliseconds.
const MINUTE: i64 = 60 * 1000;
/// How long a one-time code may take to come after the password, in milliseconds.
const CODE_MS: i64 = 5 * MINUTE;
/// How far apart it is written down that a session was used.
const SEEN_EVERY_MS: i64 = MINUTE;

/// How long a session lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Manner {
    /// From its beginning, in milliseconds.
    pub lasts_ms: i64,
    /// After the last act in it, in milliseconds; 0 for no such end.
    pub idle_ms: i64,
}

impl Manner {
    /// At the command line: half a day.
    pub const COMMAND_LINE: Manner = Manner { lasts_ms: 12 * 60 * MINUTE, idle_ms: 0 };
    /// In a browser: half a day, or half an hour in which nothing was done.
    pub const BROWSER: Manner = Manner { lasts_ms: 12 * 60 * MINUTE, idle_ms: 30 * MINUTE };
}

/// What is kept of whoever has a name, if anybody does.
#[derive(Debug)]
pub struct Candidate {
    user: Option<User>,
    kept: Option<String>,
}

/// Whoever gave the right password.
#[derive(Debug)]
pub struct Proven {
    user: UserId,
    kept: String,
}

/// Somebody who has signed in.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// Who.
    pub user: User,
    /// What proves it from now on.
    pub token: Token,
    /// Until when, in milliseconds since 1970.
    pub until: i64,
    /// Whether a password of their own must be chosen first.
    pub must_change: bool,
    /// Whether a one-time code is still to come; until then the token is good for nothing else.
    pub wants_code: bool,
}

/// What has to be done before anything else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    /// A password of one's own is to be chosen.
    Password,
    /// A role of theirs needs a second factor, and they have none yet.
    SecondFactor,
}

/// Whose token it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holder {
    /// Who.
    pub user: User,
    /// What they have to do first.
    pub due: Option<Due>,
    /// What they may do with it, if it is a key.
    pub scopes: Option<Vec<Scope>>,
    /// Which key it is, if it is one.
    pub key: Option<KeyId>,
    /// Whether it should be written down that the token was used.
    is_to_be_seen: bool,
}

/// A password that is to be the next, with its hash.
#[derive(Debug)]
pub struct NewPassword {
    before: String,
    hash: String,
}

/// What is kept of whoever has a name.
///
/// # Errors
/// When the store refuses.
pub fn candidate(query: &mut impl Query, name: &str) -> Result<Candidate, LedgerError> {
    let user = sql::user_by_name(query, name)?.filter(|user| user.is_active);
    candidate_of(query, user)
}

fn candidate_of(query: &mut impl Query, user: Option<User>) -> Result<Candidate, LedgerError> {
    let kept = match &user {
        Some(user) => sql::credentials(query, &user.id)?.map(|(hash, _)| hash),
        None => None,
    };
    Ok(Candidate { user, kept })
}

impl Candidate {
    /// Whoever it is, if the password is theirs. It takes a tenth of a second, whether there is such a user or not.
    #[must_use]
    pub fn proves(self, password: &Secret) -> Option<Proven> {
        let is_right = password.is(self.kept.as_deref());
        match (self.user, self.kept, is_right) {
            (Some(user), Some(kept), true) => Some(Proven { user: user.id, kept }),
            _ => None,
        }
    }
}

/// Begins a session of whoever gave the right password.
///
/// # Errors
/// When the password was changed meanwhile, or they may sign in no more.
pub fn sign_in(act: &mut Act<'_>, at: i64, proven: &Proven, manner: Manner) -> Result<SignedIn, LedgerError> {
    let user = user(act, &proven.user)?;
    let kept = sql::credentials(act, &user.id)?.filter(|(hash, _)| *hash == proven.kept && user.is_active);
    if kept.is_none() {
        return Err(refusals::password_changed_meanwhile());
    }
    begin_or_ask(act, &Who::new(user.id.to_string(), at), user, manner)
}

/// Begins a session of whoever an issuer of OpenID Connect says it is. Nobody is made a user by it: who is whom was decided by two administrators.
///
/// # Errors
/// When nobody is tied to the subject, or they may sign in no more.
pub fn sign_in_at_issuer(
    act: &mut Act<'_>,
    at: i64,
    issuer: &str,
    subject: &str,
    manner: Manner,
) -> Result<SignedIn, LedgerError> {
    let user = match sql::by_subject(act, issuer, subject)? {
        Some(id) => sql::user(act, &id)?.filter(|user| user.is_active),
        None => None,
    };
    let user = user.ok_or_else(|| refusals::nobody_at_issuer(subject, issuer))?;
    let who = Who::new(user.id.to_string(), at);
    record(act, &who, user.id.as_str(), &PeopleEvent::SignedInAtIssuer { issuer: issuer.to_owned() })?;
    begin_or_ask(act, &who, user, manner)
}

/// Begins a session, or asks whoever has a second factor for a code.
fn begin_or_ask(act: &mut Act<'_>, who: &Who, user: User, manner: Manner) -> Result<SignedIn, LedgerError> {
    if sql::second_factor(act, &user.id)?.is_none_or(|factor| !factor.is_confirmed) {
        return begin(act, who, user, manner);
    }
    keep(act, who.at, user, Manner { lasts_ms: CODE_MS, idle_ms: 0 }, true)
}

/// Begins a session.
pub(super) fn begin(act: &mut Act<'_>, who: &Who, user: User, manner: Manner) -> Result<SignedIn, LedgerError> {
    record(act, who, user.id.as_str(), &PeopleEvent::SignedIn {})?;
    keep(act, who.at, user, manner, false)
}

fn keep(act: &mut Act<'_>, at: i64, user: User, manner: Manner, wants_code: bool) -> Result<SignedIn, LedgerError> {
    let (token, until) = (Token::generate()?, at + manner.lasts_ms);
    let (hash, idle_ms) = (token.hashed(), manner.idle_ms);
    sql::sign_in(act, &sql::Session { token: &hash, user: &user.id, at, until, idle_ms, wants_code })?;
    let must_change = sql::credentials(act, &user.id)?.is_some_and(|(_, must_change)| must_change);
    Ok(SignedIn { user, token, until, must_change, wants_code })
}

/// Ends a session.
///
/// # Errors
/// When the store refuses.
pub fn sign_out(act: &mut Act<'_>, who: &Who, token: &Token) -> Result<(), LedgerError> {
    sql::sign_out(act, &token.hashed())?;
    record(act, who, &who.actor, &PeopleEvent::SignedOut {})?;
    Ok(())
}

/// Ends all sessions of whoever acts, this one too.
///
/// # Errors
/// When the store refuses.
pub fn sign_out_everywhere(act: &mut Act<'_>, who: &Who) -> Result<(), LedgerError> {
    sql::sign_out_others(act, &who.actor.parse()?, "")?;
    record(act, who, &who.actor, &PeopleEvent::SignedOutEverywhere {})?;
    Ok(())
}

/// Whose token this is; `None` when it is nobody's any more.
///
/// # Errors
/// When the store refuses.
pub fn holder(query: &mut impl Query, token: &Token, at: i64) -> Result<Option<Holder>, LedgerError> {
    if token.is_key() {
        return holder_of_key(query, token, at);
    }
    let Some((id, seen_at)) = sql::signed_in(query, &token.hashed(), at, false)? else { return Ok(None) };
    let Some(user) = sql::user(query, &id)?.filter(|user| user.is_active) else { return Ok(None) };
    let due = due(query, &user)?;
    Ok(Some(Holder { user, due, scopes: None, key: None, is_to_be_seen: at - seen_at >= SEEN_EVERY_MS }))
}

fn holder_of_key(query: &mut impl Query, token: &Token, at: i64) -> Result<Option<Holder>, LedgerError> {
    let Some((key, id, scopes, used_at)) = sql::key_of_secret(query, &token.hashed(), at)? else { return Ok(None) };
    let Some(user) = sql::user(query, &id)?.filter(|user| user.is_active) else { return Ok(None) };
    let is_to_be_seen = used_at.is_none_or(|used_at| at - used_at >= SEEN_EVERY_MS);
    Ok(Some(Holder { user, due: None, scopes: Some(scopes), key: Some(key), is_to_be_seen }))
}

fn due(query: &mut impl Query, user: &User) -> Result<Option<Due>, LedgerError> {
    // Whoever signs in at an issuer alone has no password.
    if sql::credentials(query, &user.id)?.is_some_and(|(_, must_change)| must_change) {
        return Ok(Some(Due::Password));
    }
    let required = sql::second_factor_roles(query)?;
    let needs_one = user.roles.iter().any(|role| required.contains(role));
    let is_missing = needs_one && sql::second_factor(query, &user.id)?.is_none_or(|factor| !factor.is_confirmed);
    Ok(is_missing.then_some(Due::SecondFactor))
}

/// Writes down that a token was used, if that was not done within the last minute.
///
/// # Errors
/// When the store refuses.
pub fn is_seen(act: &mut Act<'_>, token: &Token, holder: &Holder, at: i64) -> Result<(), LedgerError> {
    match (holder.is_to_be_seen, &holder.key) {
        (false, _) => {}
        (true, None) => sql::set_seen(act, &token.hashed(), at)?,
        (true, Some(_)) => sql::set_used(act, &token.hashed(), at)?,
    }
    Ok(())
}

impl Holder {
    /// Whether it should be written down that the token was used ([`is_seen`]).
    #[must_use]
    pub fn is_to_be_seen(&self) -> bool {
        self.is_to_be_seen
    }
}

impl NewPassword {
    /// Proves the password until now and hashes the next one, which takes two tenths of a second; `candidate` is whoever chooses.
    ///
    /// # Errors
    /// When the one until now is wrong, or the next one is short or the same.
    pub fn new(candidate: Candidate, before: &Secret, next: &Secret) -> Result<NewPassword, LedgerError> {
        let proven = candidate.proves(before).ok_or_else(refusals::password_before_wrong)?;
        next.is_good_enough(before)?;
        Ok(NewPassword { before: proven.kept, hash: next.hashed()? })
    }
}

/// Chooses a password of one's own; the other sessions of whoever acts end.
///
/// # Errors
/// When it was changed meanwhile.
pub fn choose_password(act: &mut Act<'_>, who: &Who, token: &Token, new: &NewPassword) -> Result<(), LedgerError> {
    let user = user(act, &who.actor.parse()?)?;
    if sql::credentials(act, &user.id)?.is_none_or(|(hash, _)| hash != new.before) {
        return Err(refusals::password_changed_meanwhile());
    }
    sql::set_password(act, &user.id, &new.hash, false)?;
    sql::sign_out_others(act, &user.id, &token.hashed())?;
    record(act, who, user.id.as_str(), &PeopleEvent::PasswordChosen {})?;
    Ok(())
}
