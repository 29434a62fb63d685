//! Lists: which are screened, since when, how old they are, what is being made ready; bringing them up to date.
//!
//! The acts of `mihenk lists`; an update is a job, and what follows from it (screening, tasks) is done with it.

use std::collections::BTreeMap;

use mihenk_node::{
    Clock, Downloader, Limits, Model, NodeError, Step, SystemClock,
    desk::Seat,
    diff,
    folder::Folder,
    ledger::LedgerError,
    lists,
    permission::Permission,
    portfolio::Progress,
    removals::Decision,
    said::Said,
    status,
    update::{ListReport, Outcome, Pinned, Report, Update, prepare, update, update_to},
    upkeep, versions,
};
use serde_json::{Value, json};

use super::{
    ask::Ask,
    jobs::{self, Came},
    operation::Operation,
    reply::Reply,
    schema::{Schema, count, flag, list, object, one_of, shape, text, whole, words},
    told,
};
use crate::{app::State, office::At};

/// Entities of a difference that are told of each kind.
const DIFFERENCES: usize = 1_000;

pub(super) fn operations() -> Vec<Operation> {
    let compared = shape! {
        "from": text(), "to": text(), "added": list(object()), "changed": list(object()), "removed": list(object()),
        "counts": shape! { "added": whole(), "changed": whole(), "removed": whole() },
    };
    let name = || words().not_empty().says("The dataset, such as un_sc_sanctions.");
    vec![
        Operation::get("/lists", "showLists", "Which version of each list is screened, since when, how old it is, what is being made ready")
            .gives(status_schema())
            .with(Permission::See)
            .by(show),
        Operation::get("/lists/{list}", "showList", "A list with its files and what could not be read of them")
            .at("list", name())
            .gives(told::list_about())
            .with(Permission::See)
            .by(one),
        Operation::get("/lists/{list}/history", "showListHistory", "Which version of a list was in use when")
            .at("list", name())
            .gives(shape! { "history": list(object()) })
            .with(Permission::See)
            .by(history),
        Operation::get("/lists/{list}/diff", "compareListVersions", "What differs between two versions of a list")
            .at("list", name())
            .ask("from", words().says("A version, a day, or 'previous'."))
            .ask("to", words().says("A version, a day, or 'waiting': what the publisher has that waits for somebody."))
            .gives(compared)
            .may(super::code::Code::Refused)
            .with(Permission::See)
            .by(difference),
        Operation::post("/lists/update", "updateLists", "Fetch what is new and put it in use; answered at once, and done as a job")
            .body(shape! { @may "lists": list(words().not_empty()).at_most(100).says("Which; all that are loaded when none is named.") })
            .makes(jobs::schema())
            .with(Permission::KeepLists)
            .by(begin_update),
        Operation::post("/lists/{list}/removals", "decideRemovals", "Decide on whom a list has lost")
            .at("list", name())
            .body(shape! { "decision": one_of(&["accept", "reject"]).says("accept: they go; reject: they stay.") })
            .gives(shape! { "list": told::list_about(), "entities": list(list(text())) })
            .with(Permission::KeepLists)
            .by(removals),
    ]
}

fn status_schema() -> Schema {
    let one = shape! {
        "dataset": text(), "title": text(), "version": text(), "state": one_of(&["live", "building"]),
        "live_since": text().or_null(), "published": text().or_null(), "age_days": whole().or_null(), "last_check": text().or_null(),
        "last_result": text().or_null(), "last_failed": flag(), "next_check": text().or_null(), "is_stale": flag(), "waiting": count(0, i64::MAX),
        "kept": count(0, i64::MAX), "building": text().or_null(), "versions": count(0, i64::MAX), "bytes": whole(),
    };
    shape! {
        "lists": list(one), "index": one_of(&["live", "missing"]), "merging": object().or_null(), "building": object().or_null(),
        "list_bytes": whole(), "index_bytes": whole(), "answers": text().or_null().says("The version that answers now."),
        "refresh_failed": text().or_null().says("Why the last look brought nothing new, if it should have."),
    }
}

/// Who may see lists may see them; that is nobody's data.
fn may_see(seat: &Seat<'_>) -> Result<(), NodeError> {
    seat.may(Permission::See)
}

fn show(at: &At<'_>, _: &Ask) -> Result<Reply, NodeError> {
    may_see(&at.seat)?;
    let status = status::status(at.folder(), &at.model(), SystemClock.now())?;
    let mut out = json!(status);
    for list in out["lists"].as_array_mut().into_iter().flatten() {
        let state = if list["building"].is_null() { "live" } else { "building" };
        list["state"] = json!(state);
    }
    out["answers"] = json!(at.state.holder.live().ok().map(|live| live.version.clone()));
    out["refresh_failed"] = json!(at.state.holder.failure());
    Reply::json(&out)
}

fn unknown(name: &str) -> NodeError {
    LedgerError::unknown("list", name).into()
}

fn one(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    may_see(&at.seat)?;
    let name = ask.text("list");
    let all = lists::show(&Folder::new(at.folder().to_owned()))?;
    Reply::json(&all.into_iter().find(|list| list.dataset == name).ok_or_else(|| unknown(name))?)
}

fn history(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    may_see(&at.seat)?;
    let (name, folder) = (ask.text("list"), Folder::new(at.folder().to_owned()));
    let all: Vec<versions::Entry> =
        folder.current()?.history(&folder).into_iter().filter(|entry| entry.dataset == name).collect();
    if all.is_empty() {
        return Err(unknown(name));
    }
    Reply::json(&json!({ "history": all }))
}

fn difference(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    may_see(&at.seat)?;
    let name = ask.text("list");
    if !Folder::new(at.folder().to_owned()).current()?.lists.contains_key(name) {
        return Err(unknown(name));
    }
    let named = |version: &str| format!("{name}@{version}");
    let (one, other) = match (ask.maybe("from"), ask.maybe("to")) {
        (None, None) => (name.to_owned(), None),
        (Some(from), None) => (named(from), Some(name.to_owned())),
        (None, Some(to)) => (name.to_owned(), Some(named(to))),
        (Some(from), Some(to)) => (named(from), Some(named(to))),
    };
    let mut found = diff::compared(at.folder(), &one, other.as_deref())?;
    let counts = json!({
        "added": found.difference.added.len(), "changed": found.difference.changed.len(), "removed": found.difference.removed.len(),
    });
    found.difference.added.truncate(DIFFERENCES);
    found.difference.changed.truncate(DIFFERENCES);
    found.difference.removed.truncate(DIFFERENCES);
    let mut out = json!(found);
    out["counts"] = counts;
    Reply::json(&out)
}

fn begin_update(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    let names = ask.texts("lists");
    upkeep::asks(&at.seat, "lists update")?;
    let job =
        jobs::begin(at.state, "lists-update", at.seat.desk().now(), move |state, tell| updated(state, &names, tell))?;
    let place = format!("{}/jobs/{}", super::BASE, json!(job)["job"]);
    Ok(Reply::json(&job)?.with("location", place))
}

/// Fetches lists with everything that is set for it.
fn fetched<T>(
    state: &State,
    names: &[String],
    tell: &(dyn Fn(Value) + Sync),
    act: &dyn Fn(&Update<'_>) -> Result<T, NodeError>,
) -> Result<(T, Model), NodeError> {
    let office = state.office.clone().ok_or_else(|| NodeError::Act("there is no store".to_owned()))?;
    let model = state.holder.live().map_or_else(|_| Model::built_in(), |live| live.node.model().clone());
    // The same authorities as for 'mihenk lists update'.
    let roots = std::env::var_os("SSL_CERT_FILE").filter(|path| !path.is_empty());
    let pem = roots.map(|path| std::fs::read(&path).map_err(|source| NodeError::Io { path: path.into(), source }));
    let downloader = Downloader::new(Limits::default(), pem.transpose()?.as_deref(), u64::from(std::process::id()))
        .map_err(NodeError::Act)?;
    let manifest = state.keeper.as_ref().map(|keeper| keeper.known().datasets.clone()).unwrap_or_default();
    let report = act(&Update {
        folder: &office.folder,
        model: &model,
        downloader: &downloader,
        clock: &SystemClock,
        names,
        from: &[],
        manifest: &manifest,
        keep: None,
        watch: &|dataset, step| received(dataset, &step, tell),
    })?;
    Ok((report, model))
}

/// Fetches what is new of a list and leaves what is in use as it is.
pub(crate) fn looked(state: &State, name: &str, tell: &(dyn Fn(Value) + Sync)) -> Result<Came, NodeError> {
    let (report, _) = fetched(state, &[name.to_owned()], tell, &prepare)?;
    Ok(Came { failed: failed(&report), report: json!({ "lists": report }) })
}

/// Why lists failed, by their names.
fn failed(report: &Report) -> BTreeMap<String, Said> {
    let why = |list: &ListReport| match &list.outcome {
        Outcome::Failed { why, .. } => Some((list.dataset.clone(), why.clone())),
        _ => None,
    };
    report.lists.iter().filter_map(why).collect()
}

/// Brings lists up to date and does what follows, telling how far it is.
pub(crate) fn updated(state: &State, names: &[String], tell: &(dyn Fn(Value) + Sync)) -> Result<Came, NodeError> {
    let (report, model) = fetched(state, names, tell, &update)?;
    followed(state, &report, model, tell)
}

/// Brings a list up to date to the version that somebody looked at; when its publisher has another one by now, that is kept and said.
pub(crate) fn updated_to(
    state: &State,
    name: &str,
    version: &str,
    tell: &(dyn Fn(Value) + Sync),
) -> Result<Came, NodeError> {
    let pinned = |asked: &Update<'_>| update_to(asked, version);
    match fetched(state, &[name.to_owned()], tell, &pinned)? {
        (Pinned::Taken(report), model) => followed(state, &report, model, tell),
        (Pinned::Other(report), _) => {
            Ok(Came { failed: failed(&report), report: json!({ "lists": report, "instead": version }) })
        }
    }
}

/// Does what follows when lists were brought up to date.
fn followed(state: &State, report: &Report, model: Model, tell: &(dyn Fn(Value) + Sync)) -> Result<Came, NodeError> {
    let office = state.office.clone().ok_or_else(|| NodeError::Act("there is no store".to_owned()))?;
    // What is in use from now on answers at once.
    state.holder.look(false)?;
    let mut screened = 0;
    let followed = upkeep::follow(&office.desk, &office.folder, model, &mut |progress| {
        if let Progress::Screened(done, of) = progress
            && (done == of || done >= screened + 10_000)
        {
            screened = done;
            tell(json!({ "screened": done, "of": of }));
        }
    })?;
    Ok(Came { failed: failed(report), report: json!({ "lists": report, "followed": followed }) })
}

/// Tells how much of a list was received, every four mebibytes; a step has 64 KiB at most.
fn received(dataset: &str, step: &Step, tell: &(dyn Fn(Value) + Sync)) {
    match step {
        Step::Received(bytes, of) if bytes >> 22 != bytes.saturating_sub(1 << 16) >> 22 => {
            tell(json!({ "list": dataset, "received": bytes, "of": of }));
        }
        Step::Received(..) => {}
        Step::Again { attempt, why, .. } => tell(json!({ "list": dataset, "attempt": attempt, "failed": why })),
    }
}

fn removals(at: &At<'_>, ask: &Ask) -> Result<Reply, NodeError> {
    let name = ask.text("list");
    let decision = if ask.text("decision") == "accept" { Decision::Accept } else { Decision::Reject };
    let now = versions::written(SystemClock.now());
    let decided = upkeep::decide(&at.seat, at.folder(), (name, None, decision), None, at.model(), &now)?;
    Reply::json(&decided)
}
