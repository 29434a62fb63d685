//! People: users and their roles, and how roles are granted: by two.
//!
//! The first start makes two administrators. From then on one administrator proposes a change (a new user, a role, new
//! credentials, leaving) and another confirms it. An administrator works neither on alerts nor on freezes: the role goes
//! with no other but auditor's reading. Passwords are kept as argon2id (RFC 9106, the second recommended option) apart from the events; what a
//! user is given at first has to be changed before anything else is done.
//!
//! What a role may do is not decided here but in `mihenk-node`.

mod changes;
pub mod keys;
pub mod second_factor;
mod secret;
mod sessions;
mod sql;
mod totp;

use std::{fmt, str::FromStr};

use mihenk_store::{Act, Event, Migrations, Query};
use serde::{Deserialize, Serialize};

pub use changes::Change;
pub use keys::{ApiKey, KeyId, NewKey, Scope};
pub use secret::{ChosenPassword, Secret, Token};
pub use sessions::{
    Candidate, Due, Holder, Manner, NewPassword, Proven, SignedIn, candidate, choose_password, holder, is_seen,
    sign_in, sign_in_at_issuer, sign_out, sign_out_everywhere,
};

use crate::{
    error::LedgerError,
    happening::{Happening, record, record_made},
    id, refusals,
    who::{Reason, Who},
};

/// The tables.
pub const MIGRATIONS: Migrations = Migrations {
    part: "people",
    versions: &[include_str!("migrate/people_1.sql"), include_str!("migrate/people_2.sql")],
};

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
    /// Whether it is a program, which comes by keys, and no person.
    pub is_service: bool,
    /// What they are here for.
    pub roles: Vec<Role>,
}

/// That somebody signs in at an issuer of OpenID Connect.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Tie {
    /// Who.
    pub user: UserId,
    /// The issuer, as it writes itself.
    pub issuer: String,
    /// Who they are there.
    pub subject: String,
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
    /// A user signed in at an issuer of OpenID Connect.
    SignedInAtIssuer {
        /// Which.
        issuer: String,
    },
    /// A user has a device that shows one-time codes.
    SecondFactorEnrolled {},
    /// A user signed in with a recovery code.
    RecoveryCodeUsed {
        /// How many are left.
        left: i64,
    },
    /// A user has new recovery codes.
    RecoveryCodesRenewed {},
    /// A user made a key of the API for themselves. Its id is made from the event's place.
    KeyMade {
        /// What it is.
        wanted: keys::Wanted,
    },
    /// A key has a new secret; the one before goes on for some days. The subject is the key.
    KeyRotated {
        /// How many.
        overlap_days: u16,
    },
    /// A key counts no more. The subject is the key.
    KeyRevoked {
        /// Why.
        reason: Reason,
    },
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
    /// Whom it is about; whoever confirmed it when it is about nobody.
    pub user: User,
    /// The first password, to be handed over and shown to nobody else; only for a new user or new credentials.
    pub first_password: Option<Secret>,
    /// The key of a service, to be handed over and shown to nobody else; only for a new one or a new secret.
    pub key: Option<NewKey>,
    /// Whether the key of documents is to be exchanged now.
    pub exchanges_key: bool,
}

/// Makes the two administrators of the first start, with their first passwords.
///
/// # Errors
/// When there are users already, or both have one name.
pub fn first_start(act: &mut Act<'_>, at: i64, names: [&str; 2]) -> Result<[(User, Secret); 2], LedgerError> {
    if !sql::users(act)?.is_empty() {
        return Err(LedgerError::refused("there are users already; an administrator adds more with 'mihenk user add'"));
    }
    let mut one = |name: &str| {
        let password = Secret::generate()?;
        let user = first_administrator(act, at, name, &password.hashed()?, true)?;
        Ok::<_, LedgerError>((user, password))
    };
    let [name, other] = names;
    Ok([one(name)?, one(other)?])
}

/// How many administrators of the first start are still to be made: each chooses their name and password by a link of their own.
///
/// # Errors
/// When the store refuses.
pub fn missing_administrators(query: &mut impl Query) -> Result<usize, LedgerError> {
    Ok(2_usize.saturating_sub(sql::users(query)?.len()))
}

/// Makes one administrator of the first start, with the password of their choice.
///
/// # Errors
/// When there are two already, or the name is none or taken.
pub fn first_by_link(act: &mut Act<'_>, at: i64, name: &str, password: &ChosenPassword) -> Result<User, LedgerError> {
    if missing_administrators(act)? == 0 {
        return Err(LedgerError::refused("both administrators are there already; they add whoever else works here"));
    }
    first_administrator(act, at, name, password.hash(), false)
}

fn first_administrator(
    act: &mut Act<'_>,
    at: i64,
    name: &str,
    hash: &str,
    must_change: bool,
) -> Result<User, LedgerError> {
    changes::free_name(act, name)?;
    let who = Who::new("first-start", at);
    let event = PeopleEvent::FirstAdministrator { name: name.to_owned() };
    let id = UserId::at(record_made(act, &who, &event, |seq| UserId::at(seq).into())?.seq);
    sql::set_password(act, &id, hash, must_change)?;
    user(act, &id)
}

/// Proposes a change, which another administrator confirms.
///
/// # Errors
/// When it cannot be: a name that is taken, a user that is unknown, roles that do not go together.
pub fn propose(act: &mut Act<'_>, who: &Who, change: Change, reason: Reason) -> Result<ChangeId, LedgerError> {
    change.is_possible(act, who.at)?;
    if matches!(change, Change::ExchangeKey { .. })
        && let Some(waiting) = proposals(act)?.iter().find(|one| matches!(one.change, Change::ExchangeKey { .. }))
    {
        return Err(refusals::key_exchange_waits(&waiting.id));
    }
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
        return Err(refusals::own_change_of_people(id));
    }
    if change.concerns().is_some_and(|user| user.as_str() == who.actor) {
        return Err(refusals::change_about_you(id));
    }
    change.is_possible(act, who.at)?;
    let event = record(act, who, id.as_str(), &PeopleEvent::Confirmed { id: id.clone(), change: change.clone() })?;
    let new = UserId::at(event.seq);
    let (mut about, mut first_password, mut key) = (change.concerns().cloned(), None, None);
    match &change {
        Change::Add { .. } | Change::Reset { .. } => {
            let password = Secret::generate()?;
            let user = about.get_or_insert(new);
            sql::set_password(act, user, &password.hashed()?, true)?;
            sql::sign_out_others(act, user, "")?;
            first_password = Some(password);
        }
        Change::AddService { .. } => about = Some(new),
        Change::MakeKey { .. } => key = Some(keys::with_secret(act, &KeyId::at(event.seq))?),
        Change::RotateKey { key: id, overlap_days } => key = Some(keys::rotated(act, id, *overlap_days, who.at)?),
        Change::ResetSecondFactor { user } => {
            sql::forget_second_factor(act, user)?;
            sql::sign_out_others(act, user, "")?;
        }
        Change::Grant { .. }
        | Change::Revoke { .. }
        | Change::RequireSecondFactor { .. }
        | Change::ExchangeKey { .. }
        | Change::Tie { .. }
        | Change::Untie { .. }
        | Change::Leave { .. } => {}
    }
    let of_key = key.as_ref().map(|new| new.key.user.clone());
    let about = about.or(of_key).map_or_else(|| who.actor.parse(), Ok)?;
    let exchanges_key = matches!(change, Change::ExchangeKey { .. });
    Ok(Confirmed { user: user(act, &about)?, first_password, key, exchanges_key })
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

/// Who is whom at issuers of OpenID Connect, by issuer and subject.
///
/// # Errors
/// When the store refuses.
pub fn ties(query: &mut impl Query) -> Result<Vec<Tie>, LedgerError> {
    sql::subjects(query)
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

impl Happening for PeopleEvent {
    const PART: &'static str = "people";

    fn apply(&self, act: &mut Act<'_>, event: &Event) -> Result<(), LedgerError> {
        match self {
            PeopleEvent::FirstAdministrator { name } => {
                let id = UserId::at(event.seq);
                sql::insert_user(act, &id, name, false)?;
                sql::add_role(act, &id, Role::Administrator)?;
            }
            PeopleEvent::Proposed { change, .. } => {
                let body = serde_json::to_string(change).unwrap_or_default();
                sql::insert_change(act, &ChangeId::at(event.seq), &event.actor, event.at, &body)?;
            }
            PeopleEvent::Confirmed { id, change } => {
                sql::remove_change(act, id)?;
                change.apply(act, event)?;
            }
            PeopleEvent::Declined { id, .. } => sql::remove_change(act, id)?,
            PeopleEvent::PasswordChosen {}
            | PeopleEvent::SignedIn {}
            | PeopleEvent::SignedOut {}
            | PeopleEvent::SignedOutEverywhere {}
            | PeopleEvent::SignedInAtIssuer { .. }
            | PeopleEvent::SecondFactorEnrolled {}
            | PeopleEvent::RecoveryCodeUsed { .. }
            | PeopleEvent::RecoveryCodesRenewed {}
            | PeopleEvent::KeyRotated { .. } => {}
            PeopleEvent::KeyMade { wanted } => {
                let row = keys::row(&KeyId::at(event.seq), &event.actor.parse()?, wanted, &event.actor, event.at);
                sql::insert_key(act, &row)?;
            }
            PeopleEvent::KeyRevoked { .. } => sql::set_revoked(act, &event.subject, event.at)?,
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
        found.ok_or_else(|| refusals::not_a_role(text))
    }
}
