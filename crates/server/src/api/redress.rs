//! Complaints of people who were taken for somebody else: opened, decided by two, answered, corrected.
//!
//! The acts of `mihenk redress`; letters come in their parts, to be written in any form.

use mihenk_node::{
    NodeError,
    ledger::{
        attachments::MOST_BYTES,
        language::Language,
        redress::{Compared, Found, tell::Telling},
    },
    permission::Permission,
    redress::{self, Complaint},
};
use serde_json::{Value, json};

use super::{
    ask::Ask,
    operation::Operation,
    reply::Reply,
    schema::{Schema, day, fields, flag, id, list, object, one_of, reason, shape, text, whole, words},
    told,
};
use crate::office::At;

pub(super) fn operations() -> Vec<Operation> {
    [reading(), working(), deciding()].into_iter().flatten().collect()
}

fn one(operation: Operation) -> Operation {
    operation.at("redress", id("RD"))
}

fn redress_schema() -> Schema {
    shape! {
        "id": id("RD"), "state": one_of(&["open", "proposed", "decided"]), "is_open": flag(), "customer": id("K"), "person": text(),
        "complaint": text(), "alerts": list(id("A")), "freezes": list(id("F")), "received": day(), "due": day(), "owner": text(),
        "decision": object().or_null(), "answered": object().or_null(),
    }
    .open()
}

fn reading() -> Vec<Operation> {
    let see = |operation: Operation| operation.with(Permission::See);
    let due = shape! { "by": day(), "is_over": flag(), "id": text(), "what": text(), "owner": text(), "told": text() };
    let shown = shape! {
        "redress": redress_schema(), "recipients": list(object()), "documents": list(told::attachment()), "history": list(told::line()),
        "revision": whole(), "names": told::names(),
    };
    vec![
        see(Operation::get("/redress", "listRedress", "Complaints, oldest first"))
            .ask("done", flag().says("Also those of which nothing is left to do."))
            .gives(shape! { "redress": list(redress_schema()), "names": told::names() })
            .by(list_all),
        see(Operation::get("/redress/due", "listDueRedress", "What has to be done, first what is over"))
            .gives(shape! { "due": list(due), "names": told::names() })
            .by(due_now),
        see(one(Operation::get("/redress/{redress}", "showRedress", "A complaint with all that is known of it")))
            .gives(shown)
            .by(show),
        see(one(Operation::get(
            "/redress/{redress}/letter",
            "writeRedressLetter",
            "The letter of today: to the person, or to somebody who received the wrong record",
        )))
        .ask("to", words())
        .ask("language", languages())
        .gives(shape! { "to": text(), "subject": text(), "parts": list(object()) })
        .may(super::code::Code::Refused)
        .by(letter),
    ]
}

/// The languages of letters.
fn languages() -> Schema {
    one_of(&["en", "tr", "fa"]).says("The language of the letter; English when it is left out.")
}

fn work(operation: Operation) -> Operation {
    one(operation).with(Permission::WorkRedress)
}

fn done(verb: &'static str) -> Schema {
    fields(vec![(verb, true, id("RD"))])
}

fn working() -> Vec<Operation> {
    let compared: Vec<&str> = Compared::ALL.iter().map(|one| one.as_str()).collect();
    let told_so = || shape! { "to": words().not_empty(), "how": words().not_empty(), @may "on": day(), @may "language": languages() };
    vec![
        Operation::post("/redress", "openRedress", "Open a complaint")
            .body(shape! {
                "customer": id("K"), "complaint": reason().says("Of what."), @may "person": words(), @may "alerts": list(id("A")).at_most(1_000),
                @may "freezes": list(id("F")).at_most(100), @may "compared": list(one_of(&compared)).at_most(20), @may "received": day(),
                @may "due": day(), @may "owner": words(),
            })
            .makes(done("redress"))
            .with(Permission::WorkRedress)
            .by(open),
        work(Operation::post("/redress/{redress}/assign", "assignRedress", "Give it to an analyst"))
            .body(shape! { "to": words().not_empty(), "reason": reason() })
            .gives(shape! { "assigned": id("RD"), "to": text() })
            .by(assign),
        work(Operation::post("/redress/{redress}/notes", "noteInRedress", "Note something"))
            .body(shape! { "text": reason().says("What is noted.") })
            .gives(done("noted"))
            .by(note),
        work(Operation::post("/redress/{redress}/documents", "attachToRedress", "Attach a document"))
            .must("name", words().not_empty())
            .file(MOST_BYTES as u64)
            .makes(told::attached())
            .by(attach),
        work(Operation::post("/redress/{redress}/recipients", "addRecipient", "Write down somebody else who received the wrong record"))
            .body(shape! { "name": words().not_empty(), "received": words().not_empty().says("What they received."), "reason": reason() })
            .makes(shape! { "recipient": text(), "of": id("RD") })
            .by(recipient),
        work(Operation::post("/redress/{redress}/answered", "answeredRedress", "Write down that the person has the answer; it is kept"))
            .body(shape! { "how": words().not_empty(), @may "on": day(), @may "language": languages() })
            .gives(shape! { "answered": id("RD"), "document": id("D") })
            .by(answered),
        work(Operation::post("/redress/{redress}/corrected", "correctedRecipient", "Write down that a recipient was told; the letter is kept"))
            .body(told_so())
            .gives(shape! { "corrected": id("RD"), "to": text(), "document": id("D") })
            .by(corrected),
    ]
}

fn deciding() -> Vec<Operation> {
    vec![
        work(Operation::post("/redress/{redress}/propose", "proposeRedress", "Propose what was found"))
            .body(shape! {
                "found": one_of(&["wrongly-matched", "rightly-matched", "cannot-be-told"]), @may "because": words(), "reason": reason(),
                @may "revision": whole(),
            })
            .revised()
            .gives(shape! { "proposed": id("RD"), "found": text() })
            .by(propose),
        one(Operation::post("/redress/{redress}/confirm", "confirmRedress", "Confirm what another person proposed"))
            .body(shape! { @may "revision": whole() })
            .revised()
            .gives(shape! { "confirmed": id("RD"), "done": object() })
            .with(Permission::ConfirmRestraint)
            .by(confirm),
        one(Operation::post("/redress/{redress}/decline", "declineRedress", "Take one's own proposal back, or decline another's"))
            .body(shape! { "reason": reason(), @may "revision": whole() })
            .revised()
            .gives(done("declined"))
            .with(Permission::See)
            .by(decline),
    ]
}

fn list_all(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    let (all, named) = redress::list(&at.seat, ask.flag("done"))?;
    Reply::json(&json!({ "redress": all, "names": named.all() }))
}

fn due_now(at: &At<'_>, _: &Ask) -> Result<Reply, NodeError> {
    let (due, named) = redress::due(&at.seat)?;
    Reply::json(&json!({ "due": due, "names": named.all() }))
}

fn show(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    let shown = redress::show(&at.seat, &ask.parse("redress")?)?;
    let mut value = json!(shown.detail);
    value["names"] = json!(shown.named.all());
    Ok(Reply::json(&value)?.revised(shown.detail.revision))
}

fn letter(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    Reply::json(&redress::letter(&at.seat, at.folder(), &ask.parse("redress")?, ask.maybe("to"), language(ask)?)?)
}

fn open(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    let new = Complaint {
        customer: ask.parse("customer")?,
        person: ask.own("person"),
        complaint: ask.reason("complaint")?,
        alerts: ask.parse_all("alerts")?,
        freezes: ask.parse_all("freezes")?,
        compared: ask.parse_all("compared")?,
        received: ask.day("received")?,
        due: ask.day("due")?,
        owner: ask.own("owner"),
    };
    let id = redress::open(&at.seat, at.folder(), new)?;
    let place = format!("{}/redress/{id}", super::BASE);
    Ok(Reply::json(&json!({ "redress": id }))?.with("location", place))
}

/// What was done to the one that is meant.
fn said(verb: &str, ask: &Ask) -> Result<Reply, NodeError> {
    let mut value = json!({});
    value[verb] = Value::from(ask.text("redress"));
    Reply::json(&value)
}

fn assign(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    redress::assign(&at.seat, &ask.parse("redress")?, ask.text("to"), ask.reason("reason")?)?;
    Reply::json(&json!({ "assigned": ask.text("redress"), "to": ask.text("to") }))
}

fn note(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    redress::note(&at.seat, &ask.parse("redress")?, ask.reason("text")?)?;
    said("noted", ask)
}

fn attach(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    at.seat.may(Permission::WorkRedress)?;
    let id = redress::attach(&at.seat, &ask.parse("redress")?, &at.key()?, ask.text("name"), &ask.bytes()?)?;
    Reply::json(&json!({ "attached": id, "to": ask.text("redress") }))
}

fn recipient(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    let who = (ask.text("name"), ask.text("received"));
    redress::add_recipient(&at.seat, &ask.parse("redress")?, who, ask.reason("reason")?)?;
    Reply::json(&json!({ "recipient": ask.text("name"), "of": ask.text("redress") }))
}

/// The language of the letter; English when nobody says.
fn language(ask: &Ask) -> Result<Language, NodeError> {
    Ok(ask.maybe_parse("language")?.unwrap_or_default())
}

fn telling(ask: &Ask) -> Result<Telling, NodeError> {
    Ok(Telling { how: ask.text("how").to_owned(), on: ask.day("on")?, language: language(ask)? })
}

fn answered(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    at.seat.may(Permission::WorkRedress)?;
    let id = ask.parse("redress")?;
    let document = redress::answered(&at.seat, at.folder(), &id, &at.key()?, &telling(ask)?)?;
    Reply::json(&json!({ "answered": id, "document": document }))
}

fn corrected(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    at.seat.may(Permission::WorkRedress)?;
    let (id, to) = (ask.parse("redress")?, ask.text("to"));
    let document = redress::corrected(&at.seat, at.folder(), &id, &at.key()?, to, &telling(ask)?)?;
    Reply::json(&json!({ "corrected": id, "to": to, "document": document }))
}

fn propose(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    let found: Found = ask.parse("found")?;
    let (id, reason) = (ask.parse("redress")?, ask.reason("reason")?);
    redress::propose(&at.seat, at.folder(), &id, (found, ask.maybe("because")), reason, ask.revision)?;
    Reply::json(&json!({ "proposed": id, "found": found }))
}

fn confirm(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    let id = ask.parse("redress")?;
    let done = redress::confirm(&at.seat, at.folder(), &id, ask.revision)?;
    Reply::json(&json!({ "confirmed": id, "done": done }))
}

fn decline(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    redress::decline(&at.seat, &ask.parse("redress")?, ask.reason("reason")?, ask.revision)?;
    said("declined", ask)
}
