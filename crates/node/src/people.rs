//! Acts on users and roles: an administrator proposes, another one confirms.
//!
//! In come a seat and a change, out comes a proposal or what confirming it came to; the rules stand in the ledger.

use mihenk_ledger::{
    LedgerError, Reason,
    people::{
        self, ApiKey, Change, ChangeId, KeyId, NewKey, Proposal, Role, Tie, User,
        keys::{self, Wanted},
        second_factor,
    },
};

pub use mihenk_ledger::people::Confirmed;

use crate::{desk::Seat, error::NodeError, permission::Permission};

/// Proposes a change.
///
/// # Errors
/// When whoever sits here is no administrator, or the change is not possible.
pub fn propose(seat: &Seat<'_>, change: Change, reason: Reason) -> Result<ChangeId, NodeError> {
    seat.act(Permission::ManagePeople, |act, who| people::propose(act, who, change, reason))
}

/// Confirms another administrator's proposal.
///
/// # Errors
/// When it is one's own, unknown, or not possible any more.
pub fn confirm(seat: &Seat<'_>, id: &ChangeId) -> Result<Confirmed, NodeError> {
    seat.act(Permission::ManagePeople, |act, who| people::confirm(act, who, id))
}

/// Declines a proposal, or takes one's own back.
///
/// # Errors
/// When it is unknown.
pub fn decline(seat: &Seat<'_>, id: &ChangeId, reason: Reason) -> Result<(), NodeError> {
    seat.act(Permission::ManagePeople, |act, who| people::decline(act, who, id, reason))
}

/// All users, and what waits for a second administrator.
///
/// # Errors
/// When whoever sits here is no administrator.
pub fn show(seat: &Seat<'_>) -> Result<(Vec<User>, Vec<Proposal>), NodeError> {
    seat.act(Permission::ManagePeople, |act, _| Ok((people::users(act)?, people::proposals(act)?)))
}

/// Everything that two administrators decide on.
#[derive(Clone, Debug)]
pub struct Shown {
    /// All users, by name.
    pub users: Vec<User>,
    /// What waits for a second administrator, oldest first.
    pub waiting: Vec<Proposal>,
    /// All keys, the newest first.
    pub keys: Vec<ApiKey>,
    /// Who is whom at issuers of OpenID Connect.
    pub ties: Vec<Tie>,
    /// The roles that need one-time codes.
    pub with_codes: Vec<Role>,
}

/// All of it at one moment.
///
/// # Errors
/// When whoever sits here is no administrator.
pub fn everything(seat: &Seat<'_>) -> Result<Shown, NodeError> {
    seat.act(Permission::ManagePeople, |act, _| {
        Ok(Shown {
            users: people::users(act)?,
            waiting: people::proposals(act)?,
            keys: keys::keys(act, None)?,
            ties: people::ties(act)?,
            with_codes: second_factor::required(act)?,
        })
    })
}

/// A user by name or id, as an administrator writes it.
///
/// # Errors
/// When there is none.
pub fn find(seat: &Seat<'_>, name: &str) -> Result<User, NodeError> {
    seat.act(Permission::ManagePeople, |act, _| people::find(act, name))
}

/// Makes a key for whoever sits here.
///
/// # Errors
/// When they came by a key themselves, have to do something else first, or it cannot be.
pub fn make_key(seat: &Seat<'_>, wanted: Wanted) -> Result<NewKey, NodeError> {
    seat.as_self_in_order(|act, who| keys::make(act, who, wanted))
}

/// Gives a key of one's own a new secret; a service's takes two ([`Change::RotateKey`]).
///
/// # Errors
/// When it is another's, or cannot be rotated.
pub fn rotate_key(seat: &Seat<'_>, id: &KeyId, overlap_days: u16) -> Result<NewKey, NodeError> {
    seat.as_self_in_order(|act, who| {
        if keys::key(act, id)?.user.as_str() != who.actor {
            return Err(LedgerError::unknown("key of yours", id));
        }
        keys::rotate(act, who, id, overlap_days)
    })
}

/// Revokes a key, at once: one's own, or any that an administrator names. It needs no second one: what is revoked in error is made anew.
///
/// # Errors
/// When it is another's, or revoked already.
pub fn revoke_key(seat: &Seat<'_>, id: &KeyId, reason: Reason) -> Result<(), NodeError> {
    let own = reason.clone();
    let mine = seat.as_self_in_order(|act, who| {
        if keys::key(act, id)?.user.as_str() != who.actor {
            return Ok(false);
        }
        keys::revoke(act, who, id, own).map(|()| true)
    })?;
    match mine {
        true => Ok(()),
        false => seat.act(Permission::ManagePeople, |act, who| keys::revoke(act, who, id, reason)),
    }
}

/// The keys of whoever sits here.
///
/// # Errors
/// When they came by a key themselves.
pub fn own_keys(seat: &Seat<'_>) -> Result<Vec<ApiKey>, NodeError> {
    seat.as_self_in_order(|act, who| keys::keys(act, Some(&who.actor.parse()?)))
}

/// All keys.
///
/// # Errors
/// When whoever sits here is no administrator.
pub fn all_keys(seat: &Seat<'_>) -> Result<Vec<ApiKey>, NodeError> {
    seat.act(Permission::ManagePeople, |act, _| keys::keys(act, None))
}

/// A service's key, which an administrator rotates or shows.
///
/// # Errors
/// When there is none.
pub fn key(seat: &Seat<'_>, id: &KeyId) -> Result<ApiKey, NodeError> {
    seat.act(Permission::ManagePeople, |act, _| keys::key(act, id))
}
