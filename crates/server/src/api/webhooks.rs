//! Webhooks: registered by two administrators; what was given up, and having it delivered again.
//!
//! The acts of `mihenk webhook`; `crate::deliver` delivers.

use mihenk_node::{NodeError, ledger::webhooks::PARTS, permission::Permission, webhooks};
use serde_json::json;

use super::{
    ask::Ask,
    operation::Operation,
    reply::Reply,
    schema::{Schema, fields, flag, id, list, one_of, reason, shape, text, whole, words},
    told,
};
use crate::office::At;

pub(super) fn operations() -> Vec<Operation> {
    let one = |operation: Operation| operation.at("webhook", id("W"));
    let letter = shape! {
        "id": id("WL"), "webhook": id("W"), "after": whole(), "upto": whole(), "why": text(), "given_up_at": whole(),
        "state": one_of(&["dead", "waiting", "delivered"]), "failed": whole(), "next_at": whole(),
    };
    let all = vec![
        Operation::get("/webhooks", "listWebhooks", "Who is told of what happens, and how the last delivery went")
            .gives(shape! { "webhooks": list(webhook()), "names": told::names() })
            .by(list_all),
        Operation::post("/webhooks", "proposeWebhook", "Propose to tell an address; another administrator confirms it")
            .body(shape! {
                "url": words().not_empty().says("https, or http to this machine."),
                @may "parts": list(one_of(&PARTS)).at_most(6).says("Of what it is told; of everything when nothing is named."), "reason": reason(),
            })
            .makes(done("proposed"))
            .by(propose),
        one(Operation::post("/webhooks/{webhook}/confirm", "confirmWebhook", "Confirm another administrator's proposal; the secret is shown once"))
            .gives(shape! { "webhook": webhook(), "secret": text().says("As the Standard Webhooks libraries take it.") })
            .by(confirm),
        one(Operation::post("/webhooks/{webhook}/decline", "declineWebhook", "Decline a proposal, or take one's own back"))
            .body(shape! { "reason": reason() })
            .gives(done("declined"))
            .by(decline),
        one(Operation::post("/webhooks/{webhook}/end", "endWebhook", "Tell an address no more"))
            .body(shape! { "reason": reason() })
            .gives(done("ended"))
            .by(end),
        Operation::get("/webhooks/letters", "listDeadLetters", "What was given up, newest first")
            .ask("delivered", flag().says("Also what was delivered since."))
            .gives(shape! { "letters": list(letter) })
            .by(letters),
        Operation::post("/webhooks/letters/{letter}/replay", "replayDeadLetter", "Have it delivered again")
            .at("letter", id("WL"))
            .gives(fields(vec![("replayed", true, id("WL"))]))
            .by(replay),
    ];
    all.into_iter().map(|operation| operation.with(Permission::ManageWebhooks)).collect()
}

fn webhook() -> Schema {
    shape! {
        "id": id("W"), "url": text(), "parts": list(text()), "state": one_of(&["proposed", "active", "declined", "ended"]), "proposed_by": text(),
        "proposed_at": whole(), "confirmed_by": text().or_null(), "after": whole(), "failed": whole(), "next_at": whole(),
        "last_told": text().or_null(), "last_at": whole().or_null(),
    }
}

fn done(verb: &'static str) -> Schema {
    fields(vec![(verb, true, id("W"))])
}

fn list_all(at: &At<'_>, _: &Ask) -> Result<Reply, NodeError> {
    let (all, named) = webhooks::list(&at.seat)?;
    Reply::json(&json!({ "webhooks": all, "names": named.all() }))
}

fn propose(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    let id = webhooks::propose(&at.seat, ask.text("url"), &ask.texts("parts"), ask.reason("reason")?)?;
    Reply::json(&json!({ "proposed": id }))
}

fn confirm(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    at.seat.may(Permission::ManageWebhooks)?;
    let (webhook, secret) = webhooks::confirm(&at.seat, &ask.parse("webhook")?, &at.key()?)?;
    Reply::json(&json!({ "webhook": webhook, "secret": secret }))
}

fn decline(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    webhooks::decline(&at.seat, &ask.parse("webhook")?, ask.reason("reason")?)?;
    Reply::json(&json!({ "declined": ask.text("webhook") }))
}

fn end(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    webhooks::end(&at.seat, &ask.parse("webhook")?, ask.reason("reason")?)?;
    Reply::json(&json!({ "ended": ask.text("webhook") }))
}

fn letters(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    Reply::json(&json!({ "letters": webhooks::letters(&at.seat, ask.flag("delivered"))? }))
}

fn replay(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    webhooks::replay(&at.seat, &ask.parse("letter")?)?;
    Reply::json(&json!({ "replayed": ask.text("letter") }))
}
