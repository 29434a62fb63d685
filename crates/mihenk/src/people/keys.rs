//! `mihenk user key`: keys of the API, for oneself and for services.
//!
//! In come a label, scopes and days, out comes a key that is shown once.

use anyhow::Context;
use mihenk_node::{
    desk::Seat,
    ledger::{
        Reason,
        people::{ApiKey, Change, KeyId, NewKey, Scope, keys::Wanted},
    },
    people,
};
use serde_json::{Value, json};

use super::propose;
use crate::{
    cli::{keys::Key, people::Why},
    desk, say,
    table::Table,
};

pub(super) fn run(seat: &Seat<'_>, key: Key) -> anyhow::Result<()> {
    match key {
        Key::Add { label, scopes, days, service, reason, json } => {
            let wanted = Wanted { label, scopes, days };
            match service {
                None => told(&people::make_key(seat, wanted)?, json),
                Some(name) => {
                    let user = people::find(seat, &name)?.id;
                    let reason = reason.context("a key for a service needs --reason")?;
                    propose(seat, Change::MakeKey { user, wanted }, &Why { reason, json })
                }
            }
        }
        Key::List { all, json } => {
            let keys = if all { people::all_keys(seat)? } else { people::own_keys(seat)? };
            list(&keys, json)
        }
        Key::Rotate { id, overlap, reason, json } => rotate(seat, &id.parse()?, overlap, reason, json),
        Key::Revoke { id, why } => {
            people::revoke_key(seat, &id.parse()?, Reason::new(&why.reason)?)?;
            say::done(
                why.json,
                &json!({ "revoked": id }),
                &format!("{id} is revoked; whoever comes with it is refused"),
            )
        }
    }
}

/// One's own, or a service's by two.
fn rotate(seat: &Seat<'_>, id: &KeyId, overlap_days: u16, reason: Option<String>, json: bool) -> anyhow::Result<()> {
    match reason {
        None => told(&people::rotate_key(seat, id, overlap_days)?, json),
        Some(reason) => propose(seat, Change::RotateKey { key: id.clone(), overlap_days }, &Why { reason, json }),
    }
}

pub(super) fn json(new: &NewKey) -> Value {
    json!({ "key": new.key, "secret": new.secret.reveal() })
}

pub(super) fn told(new: &NewKey, as_json: bool) -> anyhow::Result<()> {
    if as_json {
        return say::line(&json(new).to_string());
    }
    let key = &new.key;
    say::line(&format!("{} {}: {}, until {}", key.id, key.label, scopes(&key.scopes), desk::day(key.until)))?;
    say::line(&format!("key, shown only now: {}", new.secret.reveal()))?;
    say::note("programs send it as 'Authorization: ApiKey KEY'");
    Ok(())
}

fn list(keys: &[ApiKey], as_json: bool) -> anyhow::Result<()> {
    if as_json {
        return say::line(&json!({ "keys": keys }).to_string());
    }
    let mut table = Table::new(&["key", "label", "owner", "for", "until", "last used", ""]);
    for key in keys {
        let state = match (key.revoked_at, key.overlaps_until) {
            (Some(at), _) => format!("revoked {}", desk::time(at)),
            (None, Some(at)) => format!("the one before counts until {}", desk::day(at)),
            (None, None) => String::new(),
        };
        let used = key.used_at.map_or_else(|| "never".to_owned(), desk::time);
        let (until, scopes) = (desk::day(key.until), scopes(&key.scopes));
        table.row([key.id.to_string(), key.label.clone(), key.user.to_string(), scopes, until, used, state]);
    }
    if table.is_empty() {
        say::note("there are no keys");
        return Ok(());
    }
    say::out(&table.to_string())
}

pub(super) fn scopes(scopes: &[Scope]) -> String {
    scopes.iter().map(|scope| scope.as_str()).collect::<Vec<_>>().join(", ")
}
