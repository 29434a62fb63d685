//! People: users and their roles, and how roles are granted: by two.
//!
//! The first start makes two administrators. From then on one administrator proposes a change (a new user, a role, new
//! credentials, leaving) and another confirms it. An administrator works neither on alerts nor on freezes: the role goes
//! with no other but auditor's reading. Passwords are kept as argon2id (RFC 9106, the second recommended option) apart from the events; what a
//! user is given at first has to be changed before anything else is done.
//!
//! What a role may do is not decided here but in `mihenk-node`.

mod secret;
mod sessions;
mod sql;

use std::{fmt, str::FromStr};

use mihenk_store::{Act, Event, Migrations, Query};
use serde::{Deserialize, Serialize};

pub use secret::{Secret, Token};
pub use sessions::{
    Candidate, Due, Holder, Manner, NewPassword, Proven, SignedIn, candidate, choose_password, holder, is_seen, sign_in, sign_out,
    sign_out_everywhere,
};

use crate::{
    error::LedgerError,
    happening::{Happening, record, record_made},
    id,
    who::{Reason, Who},
};

/// The tables.
pub const MIGRATIONS: Migrations = Migrations { part: "people", versions: &[include_str!("migrate/people_1.sql"), include_str!("migrate/people_2.sql")] };

id!(
    /// A user.
    UserId, "U", "a user"
);
id!(
    /// A change that one administrator proposed.
    ChangeId, "N", "a proposed change"
);

/// What somebody is here for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Sees alerts, cases, customers and freezes.
    Viewer,
    /// Works on them.
    Analyst,
    /// Confirms what analysts propose.
    Approver,
    /// Reports to the authority, and alone knows of reports: the reporting officer (MLRO, nominated officer).
    Officer,
    /// Sees everything that was done, by whom, and can prove it.
    Auditor,
    /// Manages users, roles, retention and backups; works on no alert.
    Administrator,
}

/// A user.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct User {
    /// The id.
    pub id: UserId,
    /// The name to sign in with.
    pub name: String,
    /// Whether they may sign in.
    pub is_active: bool,
    /// What they are here for.
    pub roles: Vec<Role>,
}

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
    /// No more signing in.
    Leave {
        /// Who leaves.
        user: UserId,
    },
}

/// What can happen to people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PeopleEvent {
    /// The first start made a user with the role of administrator.
    FirstAdministrator {
        /// The name to sign in with.
        name: String,
    },
    /// An administrator proposed a change.
    Proposed {
        /// Which.
        change: Change,
        /// Why.
        reason: Reason,
    },
    /// Another one confirmed it.
    Confirmed {
        /// The proposal.
        id: ChangeId,
        /// Which change.
        change: Change,
    },
    /// Another one, or the same, took it back.
    Declined {
        /// The proposal.
        id: ChangeId,
        /// Why.
        reason: Reason,
    },
    /// A user chose a password of their own.
    PasswordChosen {},
    /// A user signed in.
    SignedIn {},
    /// A user signed out.
    SignedOut {},
    /// A user ended all their sessions.
    SignedOutEverywhere {},
}

/// A change that waits for a second administrator.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Proposal {
    /// Its id.
    pub id: ChangeId,
    /// Who proposed it.
    pub by: String,
    /// When, in milliseconds since 1970.
    pub at: i64,
    /// Which.
    pub change: Change,
}

/// What confirming a change came to.
#[derive(Clone, Debug)]
pub struct Confirmed {
    /// Whom it is about.
    pub user: User,
    /// The first password, to be handed over and shown to nobody else; only for a new user or new credentials.
    pub first_password: Option<Secret>,
}

/// Makes the two administrators of the first start, with their first passwords.
///
/// # Errors
/// When there are users already, or both have one name.
pub fn first_start(act: &mut Act<'_>, at: i64, names: [&str; 2]) -> Result<[(User, Secret); 2], LedgerError> {
    if !sql::users(act)?.is_empty() {
        return Err(LedgerError::refused("there are users already; an administrator adds more with 'mihenk user add'"));
    }
    let who = Who { actor: "first-start".to_owned(), at };
    let [one, two] = names;
    Ok([first_administrator(act, &who, one)?, first_administrator(act, &who, two)?])
}

fn first_administrator(act: &mut Act<'_>, who: &Who, name: &str) -> Result<(User, Secret), LedgerError> {
    free_name(act, name)?;
    let event = PeopleEvent::FirstAdministrator { name: name.to_owned() };
    let id = UserId::at(record_made(act, who, &event, |seq| UserId::at(seq).into())?.seq);
    let password = Secret::generate()?;
    sql::set_password(act, &id, &password.hashed()?, true)?;
    Ok((user(act, &id)?, password))
}

/// Proposes a change, which another administrator confirms.
///
/// # Errors
/// When it cannot be: a name that is taken, a user that is unknown, roles that do not go together.
pub fn propose(act: &mut Act<'_>, who: &Who, change: Change, reason: Reason) -> Result<ChangeId, LedgerError> {
    possible(act, &change)?;
    let event = record_made(act, who, &PeopleEvent::Proposed { change, reason }, |seq| ChangeId::at(seq).into())?;
    Ok(ChangeId::at(event.seq))
}

/// Confirms what another administrator proposed.
///
/// # Errors
/// When it is unknown, one's own, or not possible any more.
pub fn confirm(act: &mut Act<'_>, who: &Who, id: &ChangeId) -> Result<Confirmed, LedgerError> {
    let (_, by, _, change) = sql::change(act, id)?.ok_or_else(|| LedgerError::unknown("proposed change", id))?;
    if by == who.actor {
        return Err(LedgerError::refused(format!("{id} was proposed by you; another administrator has to confirm it")));
    }
    if concerns(&change).is_some_and(|user| user.as_str() == who.actor) {
        return Err(LedgerError::refused(format!("{id} is about you; another administrator has to confirm it")));
    }
    possible(act, &change)?;
    let event = record(act, who, id.as_str(), &PeopleEvent::Confirmed { id: id.clone(), change: change.clone() })?;
    let about = concerns(&change).unwrap_or_else(|| UserId::at(event.seq));
    let first_password = match change {
        Change::Add { .. } | Change::Reset { .. } => {
            let password = Secret::generate()?;
            sql::set_password(act, &about, &password.hashed()?, true)?;
            sql::sign_out_others(act, &about, "")?;
            Some(password)
        }
        Change::Grant { .. } | Change::Revoke { .. } | Change::Leave { .. } => None,
    };
    Ok(Confirmed { user: user(act, &about)?, first_password })
}

/// Takes a proposal back, or declines another's.
///
/// # Errors
/// When it is unknown.
pub fn decline(act: &mut Act<'_>, who: &Who, id: &ChangeId, reason: Reason) -> Result<(), LedgerError> {
    sql::change(act, id)?.ok_or_else(|| LedgerError::unknown("proposed change", id))?;
    record(act, who, id.as_str(), &PeopleEvent::Declined { id: id.clone(), reason })?;
    Ok(())
}

/// What waits for a second administrator, oldest first.
///
/// # Errors
/// When the store refuses.
pub fn proposals(query: &mut impl Query) -> Result<Vec<Proposal>, LedgerError> {
    let waiting = sql::changes(query)?;
    Ok(waiting.into_iter().map(|(id, by, at, change)| Proposal { id, by, at, change }).collect())
}

/// All users, by name.
///
/// # Errors
/// When the store refuses.
pub fn users(query: &mut impl Query) -> Result<Vec<User>, LedgerError> {
    sql::users(query)
}

/// A user by id.
///
/// # Errors
/// When there is none.
pub fn user(query: &mut impl Query, id: &UserId) -> Result<User, LedgerError> {
    sql::user(query, id)?.ok_or_else(|| LedgerError::unknown("user", id))
}

/// A user by name or id.
///
/// # Errors
/// When there is none.
pub fn find(query: &mut impl Query, name: &str) -> Result<User, LedgerError> {
    if let Some(user) = sql::user_by_name(query, name)? {
        return Ok(user);
    }
    let by_id = name.parse().ok().map(|id| sql::user(query, &id)).transpose()?.flatten();
    by_id.ok_or_else(|| LedgerError::unknown("user", name))
}

/// Whom a change is about; a new user has no id yet.
fn concerns(change: &Change) -> Option<UserId> {
    match change {
        Change::Add { .. } => None,
        Change::Grant { user, .. } | Change::Revoke { user, .. } | Change::Reset { user } | Change::Leave { user } => {
            Some(user.clone())
        }
    }
}

fn possible(query: &mut impl Query, change: &Change) -> Result<(), LedgerError> {
    match change {
        Change::Add { name, roles } => {
            free_name(query, name)?;
            go_together(roles)
        }
        Change::Grant { user: id, role } => {
            let mut roles = user(query, id)?.roles;
            if roles.contains(role) {
                return Err(LedgerError::refused(format!("{id} has the role {role} already")));
            }
            roles.push(*role);
            go_together(&roles)
        }
        Change::Revoke { user: id, role } if !user(query, id)?.roles.contains(role) => {
            Err(LedgerError::refused(format!("{id} does not have the role {role}")))
        }
        Change::Revoke { user: id, role: Role::Administrator } | Change::Leave { user: id } => {
            stays_administered(query, id)
        }
        Change::Revoke { .. } => Ok(()),
        Change::Reset { user: id } => user(query, id).map(|_| ()),
    }
}

/// Two active administrators have to be left, or nothing could be confirmed any more.
fn stays_administered(query: &mut impl Query, leaving: &UserId) -> Result<(), LedgerError> {
    user(query, leaving)?;
    let is_administrator = |user: &User| user.is_active && user.roles.contains(&Role::Administrator);
    let left = sql::users(query)?.iter().filter(|user| is_administrator(user) && user.id != *leaving).count();
    if left < 2 {
        return Err(LedgerError::refused(
            "two administrators have to be left, as each change takes two; add another one first",
        ));
    }
    Ok(())
}

fn free_name(query: &mut impl Query, name: &str) -> Result<(), LedgerError> {
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '@');
    if name.is_empty() || name.len() > 64 || !name.chars().all(is_plain) {
        return Err(LedgerError::refused(format!(
            "{name:?} is no name to sign in with; right would be up to 64 letters, digits, dots, dashes, underscores"
        )));
    }
    if sql::user_by_name(query, name)?.is_some() {
        return Err(LedgerError::refused(format!("there is a user {name} already")));
    }
    Ok(())
}

/// An administrator is neither analyst nor approver nor reporting officer.
fn go_together(roles: &[Role]) -> Result<(), LedgerError> {
    if roles.is_empty() {
        return Err(LedgerError::refused(
            "a user needs a role: viewer, analyst, approver, officer, auditor or administrator",
        ));
    }
    let is_administrator = roles.contains(&Role::Administrator);
    match roles.iter().find(|role| is_administrator && matches!(role, Role::Analyst | Role::Approver | Role::Officer)) {
        Some(role) => Err(LedgerError::refused(format!("an administrator cannot be {role} as well"))),
        None => Ok(()),
    }
}

impl Happening for PeopleEvent {
    const PART: &'static str = "people";

    fn apply(&self, act: &mut Act<'_>, event: &Event) -> Result<(), LedgerError> {
        match self {
            PeopleEvent::FirstAdministrator { name } => {
                let id = UserId::at(event.seq);
                sql::insert_user(act, &id, name)?;
                sql::add_role(act, &id, Role::Administrator)?;
            }
            PeopleEvent::Proposed { change, .. } => {
                let body = serde_json::to_string(change).unwrap_or_default();
                sql::insert_change(act, &ChangeId::at(event.seq), &event.actor, event.at, &body)?;
            }
            PeopleEvent::Confirmed { id, change } => {
                sql::remove_change(act, id)?;
                change.apply(act, &UserId::at(event.seq))?;
            }
            PeopleEvent::Declined { id, .. } => sql::remove_change(act, id)?,
            PeopleEvent::PasswordChosen {}
            | PeopleEvent::SignedIn {}
            | PeopleEvent::SignedOut {}
            | PeopleEvent::SignedOutEverywhere {} => {}
        }
        Ok(())
    }
}

impl Change {
    /// Writes what follows from it; `new` is the id of a user that it makes.
    fn apply(&self, act: &mut Act<'_>, new: &UserId) -> Result<(), LedgerError> {
        match self {
            Change::Add { name, roles } => {
                sql::insert_user(act, new, name)?;
                for role in roles {
                    sql::add_role(act, new, *role)?;
                }
            }
            Change::Grant { user, role } => sql::add_role(act, user, *role)?,
            Change::Revoke { user, role } => sql::remove_role(act, user, *role)?,
            Change::Leave { user } => sql::set_active(act, user, false)?,
            Change::Reset { .. } => {}
        }
        Ok(())
    }
}

impl Role {
    /// All of them.
    pub const ALL: [Role; 6] =
        [Role::Viewer, Role::Analyst, Role::Approver, Role::Officer, Role::Auditor, Role::Administrator];

    /// As it is written.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Role::Viewer => "viewer",
            Role::Analyst => "analyst",
            Role::Approver => "approver",
            Role::Officer => "officer",
            Role::Auditor => "auditor",
            Role::Administrator => "administrator",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Role {
    type Err = LedgerError;

    fn from_str(text: &str) -> Result<Role, LedgerError> {
        let found = Role::ALL.into_iter().find(|role| role.as_str() == text);
        found.ok_or_else(|| {
            LedgerError::refused(format!(
                "{text:?} is no role; right would be viewer, analyst, approver, officer, auditor or administrator"
            ))
        })
    }
}
