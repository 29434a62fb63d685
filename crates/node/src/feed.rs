//! What happened, for those who listen: which event, when, about what, by whom; never what it says.
//!
//! In come a seat and a place in the chain, out come the events behind it that whoever sits there may know of, as their roles say. Only ids go out, so that listening is no
//! reading of a person's data. Nothing of the compartment is in the store's chain but its heads, and those are for nobody here: what a listener
//! hears is the same whatever the compartment holds.

use mihenk_ledger::{people::Role, webhooks::PARTS as SEEN};
use mihenk_store::{Event, events::each_event};
use serde::Serialize;

use crate::{
    desk::{Desk, Seat},
    error::NodeError,
    permission::Permission,
};

/// Events that are looked at together.
const STEP: i64 = 500;

/// The parts that administrators may know of.
const MANAGED: [&str; 4] = ["people", "retention", "sealing", "webhook"];

/// That something happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Happened {
    /// Its place in the chain.
    pub seq: i64,
    /// When, in milliseconds since 1970 (UTC).
    pub at: i64,
    /// What, such as `alert.cleared`.
    pub kind: String,
    /// About what: an id.
    pub subject: String,
    /// By whom: the id of a user, or a part of the software.
    pub actor: String,
}

/// Some of what happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Batch {
    /// What whoever asked may know of, in its order.
    pub events: Vec<Happened>,
    /// The place in the chain up to which was looked; it goes on behind it.
    pub upto: i64,
    /// Whether there is more behind it.
    pub is_more: bool,
}

/// The last place of the chain.
///
/// # Errors
/// When the store cannot be read.
pub fn head(desk: &Desk) -> Result<i64, NodeError> {
    Ok(desk.store().head()?.seq)
}

/// Refuses whoever may listen to nothing.
///
/// # Errors
/// When whoever sits here is not signed in, has to choose a password first, or has no role that listens.
pub fn may_listen(seat: &Seat<'_>) -> Result<(), NodeError> {
    match seat.may(Permission::See) {
        Err(NodeError::NotAllowed { .. }) => seat.may(Permission::ManageWebhooks),
        other => other,
    }
}

/// What happened behind a place of the chain.
///
/// # Errors
/// When whoever sits here is not signed in any more, or the store cannot be read.
pub fn after(seat: &Seat<'_>, place: i64) -> Result<Batch, NodeError> {
    let roles = seat.user()?.roles;
    let has = |permission: Permission| roles.iter().any(|role: &Role| permission.roles().contains(role));
    let (sees, manages) = (has(Permission::See), has(Permission::ManageWebhooks));
    chosen(seat.desk(), place, |part| sees && SEEN.contains(&part) || manages && MANAGED.contains(&part))
}

/// What happened behind a place of the chain in the parts that are wanted.
///
/// # Errors
/// When the store cannot be read.
pub(crate) fn chosen(desk: &Desk, place: i64, is_for: impl Fn(&str) -> bool) -> Result<Batch, NodeError> {
    let head = head(desk)?;
    let (first, upto) = (place.max(0).saturating_add(1), place.max(0).saturating_add(STEP).min(head.max(place)));
    let mut events = Vec::new();
    let mut take = |event: Event| {
        let part = event.kind.split_once('.').map_or("", |(part, _)| part);
        if is_for(part) {
            let Event { seq, at, actor, kind, subject, .. } = event;
            events.push(Happened { seq, at, kind, subject, actor });
        }
        Ok(())
    };
    desk.store().read(|reading| each_event(reading, first, Some(upto), &mut take))?;
    Ok(Batch { events, upto, is_more: upto < head })
}
