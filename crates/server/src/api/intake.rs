//! Reports that were received: taken in, matched, triaged, joined, consents and orders, disclosures. Known to reporting officers alone, as reports are.
//!
//! The acts of `mihenk intake`. Whoever is no officer is refused before anything else is looked at.

use mihenk_node::{
    NodeError, intake,
    ledger::intake::{
        ClockKind, ClockState,
        work::{NewClock, NewDisclosure},
    },
    permission::Permission,
};
use serde_json::{Value, json};

use super::{
    ask::Ask,
    audit::millis_of,
    operation::Operation,
    reply::Reply,
    schema::{Schema, fields, flag, id, list, moment, object, one_of, reason, shape, text, whole, words},
    told,
};
use crate::office::At;

/// Bytes of a received report.
const FILE: u64 = 64 << 20;

pub(super) fn operations() -> Vec<Operation> {
    let all = [reading(), working(), clocks()].into_iter().flatten();
    all.map(|operation| operation.with(Permission::Report)).collect()
}

fn one(operation: Operation) -> Operation {
    operation.at("received", id("IN"))
}

fn received() -> Schema {
    shape! {
        "id": id("IN"), "code": text(), "reporter": text(), "reference": text(), "sha256": text(),
        "state": one_of(&["new", "triaged", "returned", "closed"]), "priority": priority(), "report": object(), "findings": list(object()),
        "matches": list(object()), "case": text().or_null(), "received_by": text(), "received_at": whole(),
    }
}

fn priority() -> Schema {
    one_of(&["high", "normal", "low"])
}

fn clock() -> Schema {
    shape! {
        "id": id("CK"), "report": id("IN"), "kind": one_of(&["consent", "postponement"]), "state": one_of(&["running", "given", "refused", "ended"]),
        "whom": text(), "what": text(), "basis": text(), "begun_at": whole(), "until": whole().or_null(), "ended": text().or_null(),
    }
}

fn reading() -> Vec<Operation> {
    let shown = shape! {
        "received": received(), "clocks": list(clock()), "disclosures": list(object()), "documents": list(told::attachment()),
        "history": list(told::line()), "revision": whole(), "names": told::names(),
    };
    vec![
        Operation::get(
            "/intake",
            "listReceived",
            "Received reports, what wants attention first, with consents and orders that run",
        )
        .ask("closed", flag().says("Also closed ones."))
        .gives(shape! { "received": list(received()), "clocks": list(clock()) })
        .by(list_all),
        Operation::get("/intake/due", "listClocks", "What has run out and what runs, what ran out first")
            .gives(shape! { "clocks": list(clock()) })
            .by(due),
        one(Operation::get("/intake/{received}", "showReceived", "A received report with all that is known of it"))
            .gives(shown)
            .by(show),
    ]
}

fn done(verb: &'static str) -> Schema {
    fields(vec![(verb, true, id("IN"))])
}

fn working() -> Vec<Operation> {
    vec![
        Operation::post("/intake", "receiveReport", "Take a file of goAML in: read, kept sealed, held against the lists and what is held")
            .must("name", words().not_empty().says("What the file is called."))
            .file(FILE)
            .makes(shape! { "id": id("IN"), "errors": whole(), "matches": list(object()) })
            .by(receive),
        one(Operation::post("/intake/{received}/match", "matchReceived", "Hold its subjects against the lists and what is held now"))
            .gives(shape! { "matches": list(object()) })
            .by(rematch),
        one(Operation::post("/intake/{received}/triage", "triageReceived", "Say how much a report matters"))
            .body(shape! { "priority": priority(), "reason": reason() })
            .gives(shape! { "triaged": id("IN"), "priority": priority() })
            .by(triage),
        one(Operation::post("/intake/{received}/join", "joinReceived", "Make it part of a case; the case does not say so"))
            .body(shape! { "case": id("C"), "reason": reason() })
            .gives(shape! { "joined": id("IN"), "case": id("C") })
            .by(join),
        one(Operation::post("/intake/{received}/return", "returnReceived", "Return it to whoever sent it"))
            .body(shape! { "reason": reason() })
            .gives(received())
            .by(give_back),
        one(Operation::post("/intake/{received}/disclosures", "disclose", "Write down what was disclosed to somebody"))
            .body(shape! {
                "to": words().not_empty(), "what": reason().says("What was disclosed."), @may "caveats": words(), @may "spontaneous": flag(), @may "consent": id("CK"),
            })
            .makes(shape! { "disclosure": id("DS") })
            .by(disclose),
        one(Operation::post("/intake/{received}/notes", "noteInReceived", "Note something"))
            .body(shape! { "text": reason().says("What is noted.") })
            .gives(done("noted"))
            .by(note),
        one(Operation::post("/intake/{received}/close", "closeReceived", "Close it")).body(shape! { "reason": reason() }).gives(done("closed")).by(close),
    ]
}

fn clocks() -> Vec<Operation> {
    vec![
        one(Operation::post("/intake/{received}/clocks", "beginClock", "Ask for a consent, or order a transaction to wait"))
            .body(shape! {
                "kind": one_of(&["consent", "postponement"]), "of": words().not_empty().says("Whose, or whom it orders."), "what": words().not_empty(),
                "basis": words().not_empty(), @may "until": moment(),
            })
            .makes(shape! { "clock": id("CK") })
            .by(begin),
        Operation::post("/intake/clocks/{clock}/extend", "extendClock", "Let it run longer")
            .at("clock", id("CK"))
            .body(shape! { "until": moment(), "reason": reason() })
            .gives(shape! { "extended": id("CK"), "until": whole() })
            .by(extend),
        Operation::post("/intake/clocks/{clock}/end", "endClock", "Write down that a consent was given or refused, or end an order")
            .at("clock", id("CK"))
            .body(shape! { "state": one_of(&["given", "refused", "ended"]), "reason": reason() })
            .gives(shape! { "clock": id("CK"), "state": text(), "report": id("IN") })
            .by(end),
    ]
}

/// Refuses whoever is no reporting officer before anything else is looked at.
fn officer(at: &At<'_>) -> Result<(), NodeError> {
    at.seat.may(Permission::Report)
}

fn list_all(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    let (received, clocks) = intake::list(&at.seat, ask.flag("closed"))?;
    Reply::json(&json!({ "received": received, "clocks": clocks }))
}

fn due(at: &At<'_>, _: &Ask) -> Result<Reply, NodeError> {
    Reply::json(&json!({ "clocks": intake::due(&at.seat)? }))
}

fn show(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    let shown = intake::show(&at.seat, &ask.parse("received")?)?;
    let mut value = json!(shown.detail);
    value["names"] = json!(shown.named.all());
    Ok(Reply::json(&value)?.revised(shown.detail.revision))
}

fn receive(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    officer(at)?;
    let bytes = ask.bytes()?;
    let taken = intake::receive(&at.seat, at.folder(), at.model(), &at.key()?, (ask.text("name"), &bytes))?;
    let place = format!("{}/intake/{}", super::BASE, taken.id);
    Ok(Reply::json(&json!({ "id": taken.id, "errors": taken.errors, "matches": taken.matches }))?
        .with("location", place))
}

fn rematch(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    officer(at)?;
    Reply::json(&json!({ "matches": intake::rematch(&at.seat, at.folder(), at.model(), &ask.parse("received")?)? }))
}

/// What was done to the one that is meant.
fn said(verb: &str, ask: &Ask) -> Result<Reply, NodeError> {
    let mut value = json!({});
    value[verb] = Value::from(ask.text("received"));
    Reply::json(&value)
}

fn triage(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    intake::triage(&at.seat, &ask.parse("received")?, ask.parse("priority")?, ask.reason("reason")?)?;
    Reply::json(&json!({ "triaged": ask.text("received"), "priority": ask.text("priority") }))
}

fn join(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    intake::join(&at.seat, &ask.parse("received")?, &ask.parse("case")?, ask.reason("reason")?)?;
    Reply::json(&json!({ "joined": ask.text("received"), "case": ask.text("case") }))
}

fn give_back(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    Reply::json(&intake::give_back(&at.seat, &ask.parse("received")?, ask.reason("reason")?)?)
}

fn disclose(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    let new = NewDisclosure {
        whom: ask.text("to").to_owned(),
        what: ask.reason("what")?,
        caveats: ask.text("caveats").to_owned(),
        is_spontaneous: ask.flag("spontaneous"),
        consent: ask.maybe_parse("consent")?,
    };
    Reply::json(&json!({ "disclosure": intake::disclose(&at.seat, &ask.parse("received")?, new)? }))
}

fn note(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    intake::note(&at.seat, &ask.parse("received")?, ask.reason("text")?)?;
    said("noted", ask)
}

fn close(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    intake::close(&at.seat, &ask.parse("received")?, ask.reason("reason")?)?;
    said("closed", ask)
}

fn begin(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    let text = |name: &str| ask.text(name).to_owned();
    let kind: ClockKind = ask.parse("kind")?;
    let new =
        NewClock { kind, whom: text("of"), what: text("what"), basis: text("basis"), until: millis_of(ask, "until")? };
    Reply::json(&json!({ "clock": intake::begin(&at.seat, &ask.parse("received")?, &new)? }))
}

fn extend(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    let until = millis_of(ask, "until")?.unwrap_or(0);
    intake::extend(&at.seat, &ask.parse("clock")?, until, ask.reason("reason")?)?;
    Reply::json(&json!({ "extended": ask.text("clock"), "until": until }))
}

fn end(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    let state: ClockState = ask.parse("state")?;
    let report = intake::end(&at.seat, &ask.parse("clock")?, state, ask.reason("reason")?)?;
    Reply::json(&json!({ "clock": ask.text("clock"), "state": state, "report": report }))
}
