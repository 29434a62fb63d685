//! Users and roles: an administrator proposes, another one confirms.
//!
//! The acts of `mihenk user`; a first password, or the key of a service, is in one answer and nowhere else.

use mihenk_node::{
    NodeError,
    ledger::people::{Change, Role, Secret},
    people,
    permission::Permission,
};
use serde_json::json;

use super::{
    ask::Ask,
    operation::Operation,
    reply::Reply,
    schema::{Schema, fields, id, list, object, one_of, reason, shape, text, whole, words},
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
            .gives(shape! { "user": told::user(), "first_password": text().or_null(), "key": text().or_null() })
            .by(confirm),
        Operation::post("/people/changes/{change}/decline", "declineChange", "Decline a proposal, or take one's own back")
            .at("change", id("N"))
            .body(shape! { "reason": reason() })
            .gives(done("declined"))
            .by(decline),
    ];
    all.into_iter().map(|operation| operation.with(Permission::ManagePeople)).collect()
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
    let user = || people::find(&at.seat, name).map(|user| user.id);
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
    Reply::json(&json!({ "proposed": people::propose(&at.seat, change, ask.reason("reason")?)? }))
}

fn confirm(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    let confirmed = people::confirm(&at.seat, &ask.parse("change")?)?;
    let password = confirmed.first_password.as_ref().map(Secret::reveal);
    let key = confirmed.key.as_ref().map(|key| key.secret.reveal());
    Reply::json(&json!({ "user": confirmed.user, "first_password": password, "key": key }))
}

fn decline(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    people::decline(&at.seat, &ask.parse("change")?, ask.reason("reason")?)?;
    Reply::json(&json!({ "declined": ask.text("change") }))
}
