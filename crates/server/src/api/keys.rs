//! Keys of whoever has signed in: made, listed, rotated, revoked.
//!
//! The acts of `mihenk user key`; what proves a key is in one answer and nowhere else. Keys of services are proposed and confirmed with the other changes that take two
//! ([`super::people`]).

use mihenk_node::{
    NodeError,
    ledger::people::{NewKey, keys::Wanted},
    people,
};
use serde_json::json;

use super::{
    ask::Ask,
    operation::Operation,
    reply::Reply,
    schema::{Schema, count, id, list, millis, one_of, reason, shape, text},
};
use crate::office::At;

/// Days that the key before goes on when nothing is said.
const OVERLAP_DAYS: i64 = 7;

pub(super) fn operations() -> Vec<Operation> {
    let one = |operation: Operation| operation.at("key", id("AK"));
    let new = || shape! { "key": key(), "secret": text().says("What proves it; shown once.") };
    vec![
        Operation::get("/keys", "listKeys", "One's own keys, the newest first")
            .gives(shape! { "keys": list(key()) })
            .by(list_own),
        Operation::post("/keys", "makeKey", "Make a key for oneself; what proves it is shown once")
            .body(shape! { "label": label(), "scopes": scopes(), "days": days() })
            .makes(new())
            .by(make),
        one(Operation::post(
            "/keys/{key}/rotate",
            "rotateKey",
            "Give a key of one's own a new secret; the one before goes on for some days",
        ))
        .body(shape! { @may "overlap_days": overlap_days() })
        .gives(new())
        .by(rotate),
        one(Operation::post(
            "/keys/{key}/revoke",
            "revokeKey",
            "Revoke a key at once: one's own, or any as an administrator",
        ))
        .body(shape! { "reason": reason() })
        .gives_nothing()
        .by(revoke),
    ]
}

/// What a key is called.
pub(super) fn label() -> Schema {
    text().not_empty().at_most(64).says("What the key is called.")
}

/// What a key is for.
pub(super) fn scopes() -> Schema {
    list(one_of(&["screen", "read", "customers", "work", "audit"])).not_empty().at_most(5).says("What the key is for.")
}

/// How long a key counts.
pub(super) fn days() -> Schema {
    count(1, 366).says("How many days the key counts.")
}

/// How long the key before goes on.
pub(super) fn overlap_days() -> Schema {
    count(0, 30).usually(OVERLAP_DAYS).says("How many days the secret before goes on.")
}

/// A key, without what proves it.
pub(super) fn key() -> Schema {
    shape! {
        "id": id("AK"), "user": text(), "label": text(), "scopes": list(text()), "made_by": text(), "made_at": millis(), "until": millis(),
        "revoked_at": millis().or_null(), "used_at": millis().or_null().says("When it was last used, to the minute."),
        "overlaps_until": millis().or_null().says("Until when the secret before the last one counts as well."),
    }
}

/// A number of days that the description has held within its bounds.
pub(super) fn days_of(ask: &Ask, name: &str, usual: i64) -> u16 {
    u16::try_from(ask.whole(name).unwrap_or(usual)).unwrap_or(u16::MAX)
}

/// The key that is wanted.
pub(super) fn wanted(ask: &Ask) -> Result<Wanted, NodeError> {
    Ok(Wanted { label: ask.text("label").to_owned(), scopes: ask.parse_all("scopes")?, days: days_of(ask, "days", 0) })
}

/// The days that the secret before goes on.
pub(super) fn overlap(ask: &Ask) -> u16 {
    days_of(ask, "overlap_days", OVERLAP_DAYS)
}

fn list_own(at: &At<'_>, _: &Ask) -> Result<Reply, NodeError> {
    Reply::json(&json!({ "keys": people::own_keys(&at.seat)? }))
}

fn make(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    told(&people::make_key(&at.seat, wanted(ask)?)?)
}

fn rotate(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    let new = people::rotate_key(&at.seat, &ask.parse("key")?, overlap(ask))?;
    at.state.door.gate.forget();
    told(&new)
}

fn revoke(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    people::revoke_key(&at.seat, &ask.parse("key")?, ask.reason("reason")?)?;
    at.state.door.gate.forget();
    Ok(Reply::nothing())
}

fn told(new: &NewKey) -> Result<Reply, NodeError> {
    Reply::json(&json!({ "key": new.key, "secret": new.secret.reveal() }))
}
