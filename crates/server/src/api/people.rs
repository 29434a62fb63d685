//! Users, roles, keys of services, ties to an issuer: an administrator proposes, another one confirms.
//!
//! The acts of `mihenk user`; a first password, or the key of a service, is in one answer and nowhere else.

use mihenk_node::{
    NodeError,
    ledger::people::{Change, Role, Secret, UserId},
    people,
    permission::Permission,
};
use serde_json::json;

use super::{
    ask::Ask,
    keys,
    operation::Operation,
    reply::Reply,
    schema::{Schema, fields, id, list, object, one_of, reason, shape, text, whole, words},
    sealing::exchange_begun,
    told,
};
use crate::office::At;

pub(super) fn operations() -> Vec<Operation> {
    let proposal = shape! { "id": id("N"), "by": text(), "at": whole(), "change": object() };
    let all = vec![
        Operation::get("/people", "listPeople", "Users, and what waits for a second administrator")
            .gives(shape! { "users": list(told::user()), "waiting": list(proposal) })
            .by(show),
        Operation::post("/people/changes", "proposeChange", "Propose to add a user or a service, to grant or take a role, to reset a password or a second factor, to let somebody leave")
            .body(shape! {
                "what": one_of(&["add", "add-service", "grant", "revoke", "reset", "reset-second-factor", "leave"]),
                "name": words().not_empty().says("The user's name."),
                @may "roles": list(role()).at_most(6).says("The roles of a new user; the one that is granted or taken."), "reason": reason(),
            })
            .makes(done("proposed"))
            .by(propose),
        Operation::post("/people/changes/{change}/confirm", "confirmChange", "Confirm another administrator's proposal; a first password, or the key of a service, is shown once")
            .at("change", id("N"))
            .gives(shape! {
                "user": told::user(), "first_password": text().or_null(),
                "key": text().or_null(),
                "job": whole().or_null().says("The work that exchanges the key of documents, if that was confirmed."),
            })
            .by(confirm),
        Operation::post("/people/changes/{change}/decline", "declineChange", "Decline a proposal, or take one's own back")
            .at("change", id("N"))
            .body(shape! { "reason": reason() })
            .gives(done("declined"))
            .by(decline),
    ];
    let all = all.into_iter().chain(of_services()).chain(of_issuers());
    all.map(|operation| operation.with(Permission::ManagePeople)).collect()
}

/// Keys of services; that of a person is made by that person ([`keys`]).
fn of_services() -> Vec<Operation> {
    vec![
        Operation::get("/people/keys", "listAllKeys", "The keys of everybody, the newest first; without what proves them")
            .gives(shape! { "keys": list(keys::key()) })
            .by(all_keys),
        Operation::post("/people/keys", "proposeServiceKey", "Propose a key for a service; whoever confirms it is shown it once")
            .body(shape! {
                "name": words().not_empty().says("The service's name."), "label": keys::label(), "scopes": keys::scopes(), "days": keys::days(), "reason": reason(),
            })
            .makes(done("proposed"))
            .by(propose_key),
        Operation::post("/people/keys/{key}/rotate", "proposeServiceKeyRotation", "Propose a new secret for a service's key; the one before goes on for some days")
            .at("key", id("AK"))
            .body(shape! { @may "overlap_days": keys::overlap_days(), "reason": reason() })
            .makes(done("proposed"))
            .by(propose_rotation),
    ]
}

/// Who is whom at an issuer of OpenID Connect, and who needs one-time codes.
fn of_issuers() -> Vec<Operation> {
    let issuer = || words().not_empty().says("The issuer, as it writes itself: https://login.example");
    vec![
        Operation::post("/people/ties", "proposeTie", "Propose that somebody signs in at an issuer of OpenID Connect")
            .body(shape! {
                "name": words().not_empty().says("The user's name."), "issuer": issuer(), "subject": words().not_empty().says("Who they are there."), "reason": reason(),
            })
            .makes(done("proposed"))
            .by(propose_tie),
        Operation::post("/people/ties/end", "proposeUntie", "Propose that somebody signs in there no more")
            .body(shape! { "name": words().not_empty().says("The user's name."), "issuer": issuer(), "reason": reason() })
            .makes(done("proposed"))
            .by(propose_untie),
        Operation::post("/people/second-factor", "proposeSecondFactor", "Propose which roles need one-time codes, and no others")
            .body(shape! { "roles": list(role()).at_most(6), "reason": reason() })
            .makes(done("proposed"))
            .by(propose_second_factor),
    ]
}

fn role() -> Schema {
    one_of(&["viewer", "analyst", "approver", "officer", "auditor", "administrator"])
}

fn done(verb: &'static str) -> Schema {
    fields(vec![(verb, true, id("N"))])
}

fn show(at: &At<'_>, _: &Ask) -> Result<Reply, NodeError> {
    let (users, waiting) = people::show(&at.seat)?;
    Reply::json(&json!({ "users": users, "waiting": waiting }))
}

fn propose(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    let (name, roles) = (ask.text("name"), ask.parse_all::<Role>("roles")?);
    let user = || named(at, ask);
    let one = || match roles[..] {
        [role] => Ok(role),
        _ => Err(NodeError::Act("one role is granted or taken at a time; name it in 'roles'".to_owned())),
    };
    let change = match ask.text("what") {
        "add" => Change::Add { name: name.to_owned(), roles },
        "add-service" => Change::AddService { name: name.to_owned(), roles },
        "reset-second-factor" => Change::ResetSecondFactor { user: user()? },
        "grant" => Change::Grant { user: user()?, role: one()? },
        "revoke" => Change::Revoke { user: user()?, role: one()? },
        "reset" => Change::Reset { user: user()? },
        _ => Change::Leave { user: user()? },
    };
    proposed(at, ask, change)
}

/// The user whom a request names.
fn named(at: &At<'_>, ask: &Ask) -> Result<UserId, NodeError> {
    people::find(&at.seat, ask.text("name")).map(|user| user.id)
}

fn proposed(at: &At<'_>, ask: &Ask, change: Change) -> Result<Reply, NodeError> {
    Reply::json(&json!({ "proposed": people::propose(&at.seat, change, ask.reason("reason")?)? }))
}

fn all_keys(at: &At<'_>, _: &Ask) -> Result<Reply, NodeError> {
    Reply::json(&json!({ "keys": people::all_keys(&at.seat)? }))
}

fn propose_key(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    proposed(at, ask, Change::MakeKey { user: named(at, ask)?, wanted: keys::wanted(ask)? })
}

fn propose_rotation(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    proposed(at, ask, Change::RotateKey { key: ask.parse("key")?, overlap_days: keys::overlap(ask) })
}

fn propose_tie(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    let (issuer, subject) = (ask.text("issuer").to_owned(), ask.text("subject").to_owned());
    proposed(at, ask, Change::Tie { user: named(at, ask)?, issuer, subject })
}

fn propose_untie(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    proposed(at, ask, Change::Untie { user: named(at, ask)?, issuer: ask.text("issuer").to_owned() })
}

fn propose_second_factor(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    proposed(at, ask, Change::RequireSecondFactor { roles: ask.parse_all("roles")? })
}

fn confirm(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    let confirmed = people::confirm(&at.seat, &ask.parse("change")?)?;
    // A key may count no more, and somebody may have a role less.
    at.state.door.gate.forget();
    let job = confirmed.exchanges_key.then(|| exchange_begun(at)).transpose()?;
    let password = confirmed.first_password.as_ref().map(Secret::reveal);
    let key = confirmed.key.as_ref().map(|key| key.secret.reveal());
    Reply::json(&json!({ "user": confirmed.user, "first_password": password, "key": key, "job": job }))
}

fn decline(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    people::decline(&at.seat, &ask.parse("change")?, ask.reason("reason")?)?;
    Reply::json(&json!({ "declined": ask.text("change") }))
}
