//! Cases: opened, built, handed over, closed, exported.
//!
//! The acts of `mihenk case`, each with what it takes and gives; pictures and the page come as files.

use mihenk_node::{
    NodeError, cases, graph,
    ledger::{
        Reason,
        attachments::MOST_BYTES,
        cases::work::{NewCase, NewParty},
    },
    permission::Permission,
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

/// Cases of a page where nothing is said.
const PAGE: usize = 50;

pub(super) fn operations() -> Vec<Operation> {
    [reading(), building(), passing()].into_iter().flatten().collect()
}

fn one(operation: Operation) -> Operation {
    operation.at("case", id("C"))
}

fn work(operation: Operation) -> Operation {
    one(operation).with(Permission::WorkCases)
}

fn done(verb: &'static str, schema: Schema) -> Schema {
    fields(vec![(verb, true, schema)])
}

fn reading() -> Vec<Operation> {
    let see = |operation: Operation| one(operation).with(Permission::See);
    let shown = shape! {
        "case": told::case(), "alerts": list(object()), "parties": list(object()), "links": list(object()), "tasks": list(told::task()),
        "documents": list(told::attachment()), "revision": whole(), "names": told::names(),
    };
    vec![
        Operation::get("/cases", "listCases", "Cases, oldest first, and the open tasks of whoever asks")
            .ask("closed", flag().says("Also closed ones."))
            .paged(50, 500)
            .gives(shape! { "count": whole(), "cases": list(told::case()), "your_tasks": list(told::task()), "names": told::names() })
            .with(Permission::See)
            .by(list_some),
        see(Operation::get("/cases/{case}", "showCase", "A case with all that is known of it")).gives(shown).by(show),
        see(Operation::get("/cases/{case}/timeline", "showTimeline", "What happened in a case and to its alerts"))
            .gives(shape! { "timeline": list(told::line()), "names": told::names() })
            .by(timeline),
        see(Operation::get("/cases/{case}/graph", "showCaseGraph", "Who is in a case and what ties them"))
            .gives(shape! { "title": text(), "nodes": list(object()), "ties": list(object()) })
            .by(tied),
        see(Operation::get("/cases/{case}/picture", "drawCase", "The same as a picture")).writes("image/svg+xml").by(picture),
        see(Operation::get("/cases/{case}/export", "exportCase", "A case as one page of HTML")).writes("text/html").by(export),
    ]
}

fn building() -> Vec<Operation> {
    let kind = one_of(&["person", "company", "account", "wallet", "vessel", "other"]);
    vec![
        Operation::post("/cases", "openCase", "Open a case, with alerts if there are any")
            .body(shape! {
                "title": words().not_empty(), "legal_basis": reason().says("On what basis data is put together."),
                "purpose": reason().says("For what."), @may "alerts": list(id("A")).at_most(1_000),
            })
            .makes(done("case", id("C")))
            .with(Permission::WorkCases)
            .by(open),
        work(Operation::post("/cases/{case}/alerts", "joinAlerts", "Make alerts part of a case"))
            .body(shape! { "alerts": list(id("A")).not_empty().at_most(1_000), "reason": reason(), @may "revision": whole() })
            .revised()
            .gives(shape! { "case": id("C"), "joined": told::ids("A") })
            .by(join),
        work(Operation::post("/cases/{case}/alerts/{alert}/part", "partAlert", "Take an alert out of a case; it is open again"))
            .at("alert", id("A"))
            .body(shape! { "reason": reason() })
            .gives(done("parted", id("A")))
            .by(part),
        work(Operation::post("/cases/{case}/parties", "addParty", "Add a person, a company, an account, a vessel"))
            .body(shape! {
                "kind": kind, "name": words().not_empty(), "role": words().not_empty(), @may "customer": id("K"),
                @may "entity": words().says("The id of a listed entity."),
            })
            .makes(done("party", id("CP")))
            .by(add_party),
        work(Operation::post("/cases/{case}/links", "addLink", "Tie two parties"))
            .body(shape! {
                "from": words().not_empty(), "to": words().not_empty(), "kind": words().not_empty(),
                "source": words().not_empty().says("Where that is known from."),
            })
            .makes(done("link", id("CL")))
            .by(link),
        work(Operation::post("/cases/{case}/strike", "strike", "Strike out a party or a link"))
            .body(shape! { "what": words().not_empty().says("An id such as CP-17 or CL-18."), "reason": reason() })
            .gives(done("struck", text()))
            .by(strike),
        work(Operation::post("/cases/{case}/notes", "noteInCase", "Note something"))
            .body(shape! { "text": reason().says("What is noted.") })
            .makes(done("noted", id("C")))
            .by(note),
        work(Operation::post("/cases/{case}/documents", "attachToCase", "Attach a document"))
            .must("name", words().not_empty().says("What the document is called."))
            .file(MOST_BYTES as u64)
            .makes(told::attached())
            .by(attach),
    ]
}

fn passing() -> Vec<Operation> {
    vec![
        work(Operation::post(
            "/cases/{case}/tasks",
            "setTask",
            "Set a task for an analyst; for oneself when nobody is named",
        ))
        .body(shape! { "what": words().not_empty(), "due": day(), @may "owner": words() })
        .makes(done("task", id("CT")))
        .by(set_task),
        Operation::post("/tasks/{task}/done", "taskDone", "Say that a task is done")
            .at("task", id("CT"))
            .body(shape! { @may "note": reason() })
            .gives(shape! { "done": id("CT"), "case": id("C") })
            .with(Permission::WorkCases)
            .by(task_done),
        work(Operation::post("/cases/{case}/offer", "offerCase", "Offer a case to another analyst"))
            .body(shape! { "to": words().not_empty(), "reason": reason() })
            .gives(shape! { "offered": id("C"), "to": text() })
            .by(offer),
        work(Operation::post("/cases/{case}/accept", "acceptCase", "Take over a case that was offered"))
            .gives(done("accepted", id("C")))
            .by(accept),
        work(Operation::post("/cases/{case}/decline", "declineCase", "Do not take it over, or take the offer back"))
            .body(shape! { "reason": reason() })
            .gives(done("declined", id("C")))
            .by(decline),
        work(Operation::post("/cases/{case}/close", "closeCase", "Close a case"))
            .body(shape! { "reason": reason(), @may "revision": whole() })
            .revised()
            .gives(done("closed", id("C")))
            .by(close),
        work(Operation::post("/cases/{case}/reopen", "reopenCase", "Open a closed case again"))
            .body(shape! { "reason": reason() })
            .gives(done("reopened", id("C")))
            .by(reopen),
    ]
}

fn list_some(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    let listed = cases::list(&at.seat, ask.flag("closed"))?;
    Reply::json(&json!({
        "count": listed.cases.len(), "cases": ask.page(&listed.cases, PAGE), "your_tasks": listed.tasks, "names": listed.named.all(),
    }))
}

fn show(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    let shown = cases::show(&at.seat, &ask.parse("case")?)?;
    let mut value = json!(shown.detail);
    value["names"] = json!(shown.named.all());
    Ok(Reply::json(&value)?.revised(shown.detail.revision))
}

fn timeline(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    let (lines, named) = cases::timeline(&at.seat, &ask.parse("case")?)?;
    Reply::json(&json!({ "timeline": lines, "names": named.all() }))
}

fn tied(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    let (title, drawn) = cases::graph(&at.seat, &ask.parse("case")?)?;
    let mut value = json!(drawn);
    value["title"] = json!(title);
    Reply::json(&value)
}

fn picture(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    let (title, drawn) = cases::graph(&at.seat, &ask.parse("case")?)?;
    Ok(Reply::text(graph::draw(&format!("{}  {title}", ask.text("case")), &drawn)))
}

fn export(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    let page = cases::export(&at.seat, at.folder(), &ask.parse("case")?)?;
    // It holds texts of others: it is kept and not opened here.
    Ok(Reply::file(&format!("{}.html", ask.text("case")), page.into_bytes()))
}

fn open(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    let new = NewCase {
        title: ask.text("title").to_owned(),
        legal_basis: ask.reason("legal_basis")?,
        purpose: ask.reason("purpose")?,
    };
    let id = cases::open(&at.seat, new, &ask.parse_all("alerts")?)?;
    let place = format!("{}/cases/{id}", super::BASE);
    Ok(Reply::json(&json!({ "case": id }))?.with("location", place))
}

fn join(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    let ids = ask.parse_all("alerts")?;
    cases::join(&at.seat, &ask.parse("case")?, &ids, &ask.reason("reason")?, ask.revision)?;
    Reply::json(&json!({ "case": ask.text("case"), "joined": ids }))
}

fn part(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    cases::part(&at.seat, &ask.parse("case")?, &ask.parse("alert")?, ask.reason("reason")?)?;
    Reply::json(&json!({ "parted": ask.text("alert") }))
}

fn add_party(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    let new = NewParty {
        kind: ask.parse("kind")?,
        name: ask.text("name").to_owned(),
        role: ask.text("role").to_owned(),
        customer: ask.maybe_parse("customer")?,
        entity: ask.own("entity"),
    };
    Reply::json(&json!({ "party": cases::add_party(&at.seat, &ask.parse("case")?, new)? }))
}

fn link(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    let (ends, about) = ((ask.text("from"), ask.text("to")), (ask.text("kind"), ask.text("source")));
    Reply::json(&json!({ "link": cases::link(&at.seat, &ask.parse("case")?, ends, about)? }))
}

fn strike(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    cases::strike(&at.seat, &ask.parse("case")?, ask.text("what"), ask.reason("reason")?)?;
    Reply::json(&json!({ "struck": ask.text("what") }))
}

/// What was done to the case that is meant.
fn said(verb: &str, ask: &Ask) -> Result<Reply, NodeError> {
    let mut value = json!({});
    value[verb] = Value::from(ask.text("case"));
    Reply::json(&value)
}

fn note(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    cases::note(&at.seat, &ask.parse("case")?, ask.reason("text")?)?;
    said("noted", ask)
}

fn attach(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    at.seat.may(Permission::WorkCases)?;
    let id = cases::attach(&at.seat, &ask.parse("case")?, &at.key()?, ask.text("name"), &ask.bytes()?)?;
    Reply::json(&json!({ "attached": id, "to": ask.text("case") }))
}

fn set_task(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    let due = ask.day("due")?.ok_or_else(|| NodeError::Act("a day is missing".to_owned()))?;
    let id = cases::set_task(&at.seat, &ask.parse("case")?, ask.text("what"), due.date(), ask.maybe("owner"))?;
    Reply::json(&json!({ "task": id }))
}

fn task_done(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    let note = ask.maybe("note").map(Reason::new).transpose()?;
    let case = cases::task_done(&at.seat, &ask.parse("task")?, note)?;
    Reply::json(&json!({ "done": ask.text("task"), "case": case }))
}

fn offer(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    cases::offer(&at.seat, &ask.parse("case")?, ask.text("to"), ask.reason("reason")?)?;
    Reply::json(&json!({ "offered": ask.text("case"), "to": ask.text("to") }))
}

fn accept(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    cases::accept(&at.seat, &ask.parse("case")?)?;
    said("accepted", ask)
}

fn decline(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    cases::decline(&at.seat, &ask.parse("case")?, ask.reason("reason")?)?;
    said("declined", ask)
}

fn close(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    cases::close(&at.seat, &ask.parse("case")?, ask.reason("reason")?, ask.revision)?;
    said("closed", ask)
}

fn reopen(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    cases::reopen(&at.seat, &ask.parse("case")?, ask.reason("reason")?)?;
    said("reopened", ask)
}
