//! Changes that take two administrators: what each is, whether it is possible, and what follows from it.
//!
//! In comes a [`Change`], out come rows; that the second one is another is seen to where it is confirmed.

use mihenk_store::{Act, Event, Query};
use serde::{Deserialize, Serialize};

use super::{
    KeyId, Role, User, UserId,
    keys::{self, Wanted},
    sql, user,
};
use crate::{attachments::exchange, error::LedgerError, refusals};

/// What one administrator proposes and another confirms.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Change {
    /// A new user.
    Add {
        /// The name to sign in with.
        name: String,
        /// What they are here for.
        roles: Vec<Role>,
    },
    /// A new service: it has no password and comes by keys.
    AddService {
        /// Its name.
        name: String,
        /// What it is here for.
        roles: Vec<Role>,
    },
    /// One more role.
    Grant {
        /// Whose.
        user: UserId,
        /// Which.
        role: Role,
    },
    /// A role less.
    Revoke {
        /// Whose.
        user: UserId,
        /// Which.
        role: Role,
    },
    /// A new first password.
    Reset {
        /// Whose.
        user: UserId,
    },
    /// The second factor of somebody who lost the device and the recovery codes is taken off.
    ResetSecondFactor {
        /// Whose.
        user: UserId,
    },
    /// These roles, and no others, need a second factor.
    RequireSecondFactor {
        /// Which.
        roles: Vec<Role>,
    },
    /// A key for a service.
    MakeKey {
        /// Which service.
        user: UserId,
        /// What it is to be.
        wanted: Wanted,
    },
    /// A new secret for the key of a service.
    RotateKey {
        /// Which key.
        key: KeyId,
        /// How many days the one before goes on.
        overlap_days: u16,
    },
    /// Somebody signs in at an issuer of OpenID Connect.
    Tie {
        /// Who.
        user: UserId,
        /// The issuer, as it writes itself.
        issuer: String,
        /// Who they are there.
        subject: String,
    },
    /// They do so no more.
    Untie {
        /// Who.
        user: UserId,
        /// The issuer.
        issuer: String,
    },
    /// Another key seals documents.
    ExchangeKey {
        /// The id of the key until now.
        key: String,
    },
    /// No more signing in.
    Leave {
        /// Who leaves.
        user: UserId,
    },
}

impl Change {
    /// Whom it is about; a new user has no id yet, and a rule is about nobody.
    pub(super) fn concerns(&self) -> Option<&UserId> {
        match self {
            Change::Add { .. }
            | Change::AddService { .. }
            | Change::RequireSecondFactor { .. }
            | Change::RotateKey { .. }
            | Change::ExchangeKey { .. } => None,
            Change::Grant { user, .. }
            | Change::Revoke { user, .. }
            | Change::Reset { user }
            | Change::ResetSecondFactor { user }
            | Change::MakeKey { user, .. }
            | Change::Tie { user, .. }
            | Change::Untie { user, .. }
            | Change::Leave { user } => Some(user),
        }
    }

    /// Refuses what cannot be.
    pub(super) fn is_possible(&self, query: &mut impl Query, at: i64) -> Result<(), LedgerError> {
        match self {
            Change::Add { name, roles } => {
                free_name(query, name)?;
                go_together(roles, false)
            }
            Change::AddService { name, roles } => {
                free_name(query, name)?;
                go_together(roles, true)
            }
            Change::Grant { user: id, role } => {
                let user = user(query, id)?;
                if user.roles.contains(role) {
                    return Err(refusals::role_there_already(id, role));
                }
                let mut roles = user.roles;
                roles.push(*role);
                go_together(&roles, user.is_service)
            }
            Change::Revoke { user: id, role } if !user(query, id)?.roles.contains(role) => {
                Err(refusals::role_not_there(id, role))
            }
            Change::Revoke { user: id, role: Role::Administrator } | Change::Leave { user: id } => {
                stays_administered(query, id)
            }
            Change::Revoke { .. } => Ok(()),
            Change::Reset { user: id } => a_person(query, id).map(|_| ()),
            Change::ResetSecondFactor { user: id } => {
                a_person(query, id)?;
                let has_one = sql::second_factor(query, id)?.is_some();
                has_one.then_some(()).ok_or_else(|| refusals::no_second_factor(id))
            }
            Change::RequireSecondFactor { .. } => Ok(()),
            Change::MakeKey { user: id, wanted } => keys::possible(&a_service(query, id)?, wanted),
            Change::RotateKey { key, overlap_days } => {
                let key = keys::rotatable(query, key, *overlap_days, at)?;
                a_service(query, &key.user).map(|_| ())
            }
            Change::ExchangeKey { key } => exchange::is_possible(query, key),
            Change::Tie { user: id, issuer, subject } => may_tie(query, id, issuer, subject),
            Change::Untie { user: id, issuer } => match sql::has_subject(query, id, issuer)? {
                true => Ok(()),
                false => Err(LedgerError::refused(format!("{id} does not sign in at {issuer}"))),
            },
        }
    }

    /// Writes what follows from it once it is confirmed.
    pub(super) fn apply(&self, act: &mut Act<'_>, confirmed: &Event) -> Result<(), LedgerError> {
        let new = UserId::at(confirmed.seq);
        match self {
            Change::Add { name, roles } => insert(act, &new, name, roles, false)?,
            Change::AddService { name, roles } => insert(act, &new, name, roles, true)?,
            Change::Grant { user, role } => sql::add_role(act, user, *role)?,
            Change::Revoke { user, role } => sql::remove_role(act, user, *role)?,
            Change::Leave { user } => sql::set_active(act, user, false)?,
            Change::RequireSecondFactor { roles } => sql::set_second_factor_roles(act, roles)?,
            Change::MakeKey { user, wanted } => {
                let id = KeyId::at(confirmed.seq);
                sql::insert_key(act, &keys::row(&id, user, wanted, &confirmed.actor, confirmed.at))?;
            }
            Change::Tie { user, issuer, subject } => sql::insert_subject(act, user, issuer, subject)?,
            Change::Untie { user, issuer } => sql::remove_subject(act, user, issuer)?,
            Change::ExchangeKey { key } => exchange::approve(act, key, &confirmed.subject)?,
            // What follows from these is a secret, which no event holds.
            Change::Reset { .. } | Change::ResetSecondFactor { .. } | Change::RotateKey { .. } => {}
        }
        Ok(())
    }
}

fn insert(act: &mut Act<'_>, id: &UserId, name: &str, roles: &[Role], is_service: bool) -> Result<(), LedgerError> {
    sql::insert_user(act, id, name, is_service)?;
    for role in roles {
        sql::add_role(act, id, *role)?;
    }
    Ok(())
}

fn a_person(query: &mut impl Query, id: &UserId) -> Result<User, LedgerError> {
    let user = user(query, id)?;
    match user.is_service {
        false => Ok(user),
        true => Err(refusals::is_a_service(id)),
    }
}

fn a_service(query: &mut impl Query, id: &UserId) -> Result<User, LedgerError> {
    let user = user(query, id)?;
    match user.is_service && user.is_active {
        true => Ok(user),
        false => Err(LedgerError::refused(format!(
            "{id} is no service in use; a person makes keys of their own with 'mihenk user key add'"
        ))),
    }
}

fn may_tie(query: &mut impl Query, id: &UserId, issuer: &str, subject: &str) -> Result<(), LedgerError> {
    a_person(query, id)?;
    let is_plain = |text: &str, most: usize| {
        !text.is_empty() && text.len() <= most && !text.chars().any(|c| c.is_control() || c.is_whitespace())
    };
    if !issuer.starts_with("http") || !is_plain(issuer, 512) {
        return Err(LedgerError::refused(format!(
            "{issuer:?} is no issuer; right would be its address as it writes itself, such as https://login.example"
        )));
    }
    // OpenID Connect Core 1.0, section 2: at most 255 ASCII characters.
    if !subject.is_ascii() || !is_plain(subject, 255) {
        return Err(LedgerError::refused(format!(
            "{subject:?} is no subject: up to 255 ASCII characters without blanks"
        )));
    }
    if let Some(other) = sql::by_subject(query, issuer, subject)? {
        return Err(LedgerError::refused(format!("{subject} at {issuer} is {other} already")));
    }
    if sql::has_subject(query, id, issuer)? {
        return Err(LedgerError::refused(format!("{id} is somebody else at {issuer} already")));
    }
    Ok(())
}

/// Two active administrators have to be left, or nothing could be confirmed any more.
fn stays_administered(query: &mut impl Query, leaving: &UserId) -> Result<(), LedgerError> {
    user(query, leaving)?;
    let is_administrator = |user: &User| user.is_active && user.roles.contains(&Role::Administrator);
    let left = sql::users(query)?.iter().filter(|user| is_administrator(user) && user.id != *leaving).count();
    if left < 2 {
        return Err(refusals::two_administrators_stay());
    }
    Ok(())
}

pub(super) fn free_name(query: &mut impl Query, name: &str) -> Result<(), LedgerError> {
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '@');
    if name.is_empty() || name.len() > 64 || !name.chars().all(is_plain) {
        return Err(refusals::not_a_sign_in_name(name));
    }
    if sql::user_by_name(query, name)?.is_some() {
        return Err(refusals::name_taken(name));
    }
    Ok(())
}

/// An administrator is neither analyst nor approver nor reporting officer; a service neither confirms nor reports nor administers.
fn go_together(roles: &[Role], is_service: bool) -> Result<(), LedgerError> {
    if roles.is_empty() {
        return Err(refusals::role_needed());
    }
    let is_for_people = |role: &&Role| matches!(role, Role::Approver | Role::Officer | Role::Administrator);
    if let Some(role) = roles.iter().find(|role| is_service && is_for_people(role)) {
        return Err(refusals::role_not_for_service(role));
    }
    let is_administrator = roles.contains(&Role::Administrator);
    match roles.iter().find(|role| is_administrator && matches!(role, Role::Analyst | Role::Approver | Role::Officer)) {
        Some(role) => Err(refusals::role_not_for_administrator(role)),
        None => Ok(()),
    }
}
