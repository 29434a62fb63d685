//! Reports to an authority: drafted, corrected, sent, answered.
//!
//! Known to reporting officers alone. Whoever is none is refused in the same words and the same time whatever there is: the node looks at the role before it looks at anything
//! of the compartment, and nothing here looks before it. An id that is no id of anything is refused alike.

use mihenk_node::{
    NodeError,
    ledger::{
        LedgerError,
        attachments::MOST_BYTES,
        day::Day,
        reports::{Content, goaml::Version, state::Answer},
    },
    permission::Permission,
    reports::{self, Change, Draft},
};
use serde_json::{Value, json};

use super::{
    ask::Ask,
    operation::Operation,
    reply::Reply,
    schema::{Schema, day, fields, flag, id, list, map, object, one_of, reason, shape, text, whole, words},
    told,
};
use crate::office::At;

pub(super) fn operations() -> Vec<Operation> {
    let all = [reading(), writing(), hearing()].into_iter().flatten();
    all.map(|operation| operation.with(Permission::Report)).collect()
}

fn one(operation: Operation) -> Operation {
    operation.at("report", id("RP"))
}

fn version() -> Schema {
    one_of(&["4.0", "5.0.2"]).usually("5.0.2").says("The version of goAML.")
}

fn report() -> Schema {
    shape! {
        "id": id("RP"), "kind": text(), "title": text(), "about": text().or_null(), "follows": text().or_null(), "event_day": day(),
        "due": day().or_null(), "state": one_of(&["draft", "sent", "acknowledged", "rejected", "withdrawn"]), "drafted_by": text(), "drafted_at": whole(),
    }
    .open()
}

fn finding() -> Schema {
    shape! { "place": text(), "what": text(), "is_warning": flag() }
}

fn reading() -> Vec<Operation> {
    let shown = shape! {
        "report": report(), "requests": list(object()), "documents": list(told::attachment()), "history": list(told::line()),
        "revision": whole(), "kind": object(), "findings": list(finding()), "names": told::names(),
    };
    let due = shape! { "by": day().or_null(), "is_over": flag(), "kind": text(), "id": text(), "told": text() };
    vec![
        Operation::get("/reports", "listReports", "Reports, oldest first")
            .gives(shape! { "reports": list(report()) })
            .by(list_all),
        Operation::get("/reports/due", "listDueReports", "What is due to authorities, what is over first")
            .gives(shape! { "due": list(due) })
            .may(super::code::Code::Refused)
            .by(due_now),
        Operation::get(
            "/reports/kinds",
            "listReportKinds",
            "Kinds of reports, to whom, by when, and where that was read",
        )
        .gives(shape! { "kinds": list(object()) })
        .by(kinds),
        one(Operation::get(
            "/reports/{report}",
            "showReport",
            "A report with all that is known of it, and what is missing in it",
        ))
        .ask("version", version())
        .gives(shown)
        .by(show),
        one(Operation::get("/reports/{report}/written", "writeReport", "The report as it would go now, or as it went"))
            .ask("version", version())
            .writes("application/octet-stream")
            .may(super::code::Code::Refused)
            .by(written),
        Operation::get("/reports/documents/{document}", "readReportDocument", "A document of a report, as it came")
            .at("document", id("D"))
            .writes("application/octet-stream")
            .may(super::code::Code::Refused)
            .by(document),
    ]
}

fn done(verb: &'static str) -> Schema {
    fields(vec![(verb, true, id("RP"))])
}

fn writing() -> Vec<Operation> {
    vec![
        Operation::post("/reports", "draftReport", "Draft a report from what it is about")
            .body(shape! {
                "kind": words().not_empty().says("A kind of /reports/kinds."), @may "about": words().says("A case (C-3) or a freeze (F-12)."),
                @may "title": words(), @may "event_day": day(), @may "follows": id("RP"),
            })
            .makes(done("report"))
            .by(draft),
        one(Operation::post("/reports/{report}/correct", "correctReport", "Put other values into fields of a draft, or other content in its place"))
            .body(shape! {
                @may "fields": map(text()), @may "content": object().says("All of it, as 'showReport' gives it."), "reason": reason(), @may "revision": whole(),
            })
            .revised()
            .gives(done("corrected"))
            .by(correct),
        one(Operation::post("/reports/{report}/sent", "sentReport", "Write down that a report was sent; what was sent is kept"))
            .body(shape! { "how": words().not_empty(), @may "on": day(), @may "version": version() })
            .gives(shape! { "on": day(), "how": text(), "form": text(), "document": id("D"), "sha256": text() })
            .by(send),
        one(Operation::post("/reports/{report}/documents", "attachToReport", "Attach a document that a report rests on"))
            .must("name", words().not_empty())
            .file(MOST_BYTES as u64)
            .makes(told::attached())
            .by(attach),
        one(Operation::post("/reports/{report}/notes", "noteInReport", "Note something"))
            .body(shape! { "text": reason().says("What is noted.") })
            .gives(done("noted"))
            .by(note),
        one(Operation::post("/reports/{report}/withdraw", "withdrawReport", "Give up a draft"))
            .body(shape! { "reason": reason() })
            .gives(done("withdrawn"))
            .by(withdraw),
    ]
}

fn hearing() -> Vec<Operation> {
    vec![
        one(Operation::post("/reports/{report}/answers", "answeredReport", "Write down what the authority said"))
            .body(shape! { "is_taken": flag(), "reference": words().not_empty(), @may "on": day(), @may "note": words() })
            .gives(done("answered"))
            .by(answered),
        one(Operation::post("/reports/{report}/requests", "askedForMore", "Write down that the authority asks for more"))
            .body(shape! { "reference": words().not_empty(), "what": reason().says("What it asks for."), @may "on": day(), @may "due": day() })
            .makes(shape! { "request": id("RQ") })
            .by(asked),
        Operation::post("/reports/requests/{request}/replied", "repliedToRequest", "Write down that a request was answered")
            .at("request", id("RQ"))
            .body(shape! { "by": words().not_empty().says("With what."), @may "on": day() })
            .gives(shape! { "replied": id("RQ"), "report": id("RP") })
            .by(replied),
    ]
}

/// Refuses whoever is no reporting officer before anything else is looked at.
fn officer(at: &At<'_>) -> Result<(), NodeError> {
    at.seat.may(Permission::Report)
}

fn version_of(ask: &Ask) -> Result<Version, NodeError> {
    ask.maybe("version").map_or(Ok(Version::default()), |text| text.parse().map_err(NodeError::Act))
}

fn list_all(at: &At<'_>, _: &Ask) -> Result<Reply, NodeError> {
    Reply::json(&json!({ "reports": reports::list(&at.seat)? }))
}

fn due_now(at: &At<'_>, _: &Ask) -> Result<Reply, NodeError> {
    officer(at)?;
    Reply::json(&json!({ "due": reports::due(&at.seat, at.folder())? }))
}

fn kinds(at: &At<'_>, _: &Ask) -> Result<Reply, NodeError> {
    officer(at)?;
    Reply::json(&json!({ "kinds": reports::kinds(at.folder())?.all() }))
}

fn show(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    officer(at)?;
    let shown = reports::show(&at.seat, at.folder(), &ask.parse("report")?, version_of(ask)?)?;
    let mut value = json!(shown.detail);
    value["kind"] = json!(shown.kind);
    value["findings"] = json!(shown.findings);
    value["names"] = json!(shown.named.all());
    Ok(Reply::json(&value)?.revised(shown.detail.revision))
}

fn written(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    officer(at)?;
    let written = reports::written(&at.seat, at.folder(), &ask.parse("report")?, version_of(ask)?)?;
    Ok(Reply::file(&written.name, written.bytes))
}

fn document(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    officer(at)?;
    let (document, content) = reports::document(&at.seat, &ask.parse("document")?, &at.key()?)?;
    Ok(Reply::file(&document.name, content))
}

fn draft(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    officer(at)?;
    let draft = Draft {
        kind: ask.text("kind").to_owned(),
        about: ask.own("about"),
        title: ask.own("title"),
        event_day: ask.day("event_day")?,
        follows: ask.maybe_parse("follows")?,
    };
    let id = reports::draft(&at.seat, at.folder(), &draft)?;
    let place = format!("{}/reports/{id}", super::BASE);
    Ok(Reply::json(&json!({ "report": id }))?.with("location", place))
}

fn correct(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    officer(at)?;
    let values = ask.raw("fields").and_then(Value::as_object);
    let change = match (values, ask.take::<Content>("content")?) {
        (Some(values), None) => {
            let pair = |(name, value): (&String, &Value)| (name.clone(), value.as_str().unwrap_or("").to_owned());
            Change::Fields(values.iter().map(pair).collect())
        }
        (None, Some(content)) => Change::Whole(content),
        _ => return Err(LedgerError::refused("say either 'fields' or 'content'").into()),
    };
    let id = ask.parse("report")?;
    reports::correct(&at.seat, at.folder(), &id, &change, ask.reason("reason")?, ask.revision)?;
    Reply::json(&json!({ "corrected": id }))
}

fn send(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    officer(at)?;
    let id = ask.parse("report")?;
    let how = (ask.day("on")?, ask.text("how"));
    Reply::json(&reports::send(&at.seat, at.folder(), &id, version_of(ask)?, &at.key()?, how)?)
}

fn attach(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    officer(at)?;
    let id = reports::attach(&at.seat, &ask.parse("report")?, &at.key()?, ask.text("name"), &ask.bytes()?)?;
    Reply::json(&json!({ "attached": id, "to": ask.text("report") }))
}

fn note(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    reports::note(&at.seat, &ask.parse("report")?, ask.reason("text")?)?;
    Reply::json(&json!({ "noted": ask.text("report") }))
}

fn withdraw(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    reports::withdraw(&at.seat, &ask.parse("report")?, ask.reason("reason")?)?;
    Reply::json(&json!({ "withdrawn": ask.text("report") }))
}

fn answered(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    let text = |name: &str| ask.text(name).to_owned();
    let on = ask.day("on")?.unwrap_or_else(|| Day::of(at.seat.desk().now()));
    let answer = Answer { is_taken: ask.flag("is_taken"), reference: text("reference"), on, note: text("note") };
    reports::answered(&at.seat, &ask.parse("report")?, answer)?;
    Reply::json(&json!({ "answered": ask.text("report") }))
}

fn asked(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    let days = (ask.day("on")?, ask.day("due")?);
    let id = reports::asked(&at.seat, &ask.parse("report")?, ask.text("reference"), days, ask.reason("what")?)?;
    Reply::json(&json!({ "request": id }))
}

fn replied(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    let report = reports::replied(&at.seat, &ask.parse("request")?, ask.text("by"), ask.day("on")?)?;
    Reply::json(&json!({ "replied": ask.text("request"), "report": report }))
}
