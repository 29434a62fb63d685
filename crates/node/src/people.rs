//! Acts on users and roles: an administrator proposes, another one confirms.
//!
//! In come a seat and a change, out comes a proposal or what confirming it came to; the rules stand in the ledger.

use mihenk_ledger::{
    Reason,
    people::{self, Change, ChangeId, Proposal, User},
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

/// A user by name or id, as an administrator writes it.
///
/// # Errors
/// When there is none.
pub fn find(seat: &Seat<'_>, name: &str) -> Result<User, NodeError> {
    seat.act(Permission::ManagePeople, |act, _| people::find(act, name))
}
