//! How long what is kept: rules by two administrators, legal holds, erasing what is due.
//!
//! The acts of `mihenk retention`; what is erased in the compartment is told to nobody.

use mihenk_node::{NodeError, ledger::retention::Rule, permission::Permission, retention};
use serde_json::{Value, json};

use super::{
    ask::Ask,
    operation::Operation,
    reply::Reply,
    schema::{Schema, count, fields, id, list, object, reason, shape, text, whole, words},
};
use crate::office::At;

pub(super) fn operations() -> Vec<Operation> {
    let due = || shape! { "part": text(), "subject": text(), "last": whole(), "seqs": list(whole()) };
    let held = shape! { "subject": text(), "by": text(), "at": whole(), "reason": text() };
    let waiting = shape! { "id": id("R"), "by": text(), "rule": rule() };
    let holds = |operation: Operation, verb: &'static str| {
        let body = shape! { "subject": words().not_empty().says("An id such as K-17."), "reason": reason() };
        operation.body(body).gives(done(verb, text()))
    };
    let all = vec![
        Operation::get("/retention", "showRetention", "What is kept for how long, what is held, and what is due now")
            .gives(shape! { "rules": list(rule()), "waiting": list(waiting), "holds": list(held), "due": list(due()) })
            .by(show),
        Operation::post("/retention/rules", "proposeRetention", "Propose a rule; another administrator confirms it")
            .body(shape! {
                "part": words().not_empty(), "keep_days": count(0, i64::from(u32::MAX)), "purpose": words().not_empty(), "reason": reason(),
            })
            .makes(done("proposed", id("R")))
            .by(propose),
        Operation::post("/retention/rules/{rule}/confirm", "confirmRetention", "Confirm another administrator's rule")
            .at("rule", id("R"))
            .gives(shape! { "rule": rule() })
            .by(confirm),
        Operation::post("/retention/rules/{rule}/decline", "declineRetention", "Decline a proposed rule")
            .at("rule", id("R"))
            .body(shape! { "reason": reason() })
            .gives(done("declined", id("R")))
            .by(decline),
        holds(Operation::post("/retention/holds", "placeLegalHold", "Keep all of a subject until the hold is lifted"), "held").by(hold),
        holds(Operation::post("/retention/holds/lift", "liftLegalHold", "Lift a legal hold"), "lifted").by(lift),
        Operation::post("/retention/run", "eraseDue", "Erase what is due")
            .body(shape! { "reason": reason() })
            .gives(shape! { "erased": list(due()), "pending": list(object()) })
            .by(run),
    ];
    all.into_iter().map(|operation| operation.with(Permission::ManageStore)).collect()
}

fn rule() -> Schema {
    shape! { "part": text(), "keep_days": whole(), "purpose": text() }
}

fn done(verb: &'static str, schema: Schema) -> Schema {
    fields(vec![(verb, true, schema)])
}

fn show(at: &At<'_>, _: &Ask) -> Result<Reply, NodeError> {
    let (shown, due) = retention::show(&at.seat)?;
    let (rules, waiting, holds) = shown;
    let waiting: Vec<Value> =
        waiting.iter().map(|(id, by, rule)| json!({ "id": id, "by": by, "rule": rule })).collect();
    Reply::json(&json!({ "rules": rules, "waiting": waiting, "holds": holds, "due": due }))
}

fn propose(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    let rule = Rule {
        part: ask.text("part").to_owned(),
        keep_days: ask.whole("keep_days").and_then(|days| u32::try_from(days).ok()).unwrap_or(u32::MAX),
        purpose: ask.text("purpose").to_owned(),
    };
    Reply::json(&json!({ "proposed": retention::propose(&at.seat, rule, ask.reason("reason")?)? }))
}

fn confirm(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    Reply::json(&json!({ "rule": retention::confirm(&at.seat, &ask.parse("rule")?)? }))
}

fn decline(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    retention::decline(&at.seat, &ask.parse("rule")?, ask.reason("reason")?)?;
    Reply::json(&json!({ "declined": ask.text("rule") }))
}

fn hold(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    retention::hold(&at.seat, ask.text("subject"), ask.reason("reason")?)?;
    Reply::json(&json!({ "held": ask.text("subject") }))
}

fn lift(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    retention::lift(&at.seat, ask.text("subject"), ask.reason("reason")?)?;
    Reply::json(&json!({ "lifted": ask.text("subject") }))
}

fn run(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    let ran = retention::run(&at.seat, at.folder(), &ask.reason("reason")?)?;
    let pending: Vec<Value> =
        ran.pending.iter().map(|pending| json!({ "place": pending.place, "why": pending.why })).collect();
    Reply::json(&json!({ "erased": ran.erased, "pending": pending }))
}
