//! One alert: its page, and what an analyst decides about it.
//!
//! In come an id and a form, out comes the page, or the next alert with what was done told on it.

use axum::{
    body::Body,
    extract::{Path, State},
    response::Response,
};
use mihenk_node::{
    NodeError,
    alerts::{
        self,
        desk::{self, Open},
    },
    cases, drafts,
    ledger::{
        alerts::{
            AlertId, Policy,
            work::{RuleUntil, ToClear},
        },
        cases::work::NewCase,
    },
};
use mihenk_pages::{
    alert::{AlertPage, Draft, Given},
    frame::Frame,
    office::Here,
};

use super::{
    Shared,
    form::{Form, form_of},
    visitor::{Visitor, did, page as shown},
    work::path,
};
use crate::{office::At, params::encoded};

/// Where the analyst is led when something is done.
#[derive(Clone, Copy)]
enum Then {
    /// To the most urgent one, as this one is over.
    Next,
    /// To the one behind it, as this one stays open.
    Behind,
    /// Back to this one.
    Here,
}

/// What an act came to: what it is called, and when.
type Done = (&'static str, i64, Option<AlertId>);

pub(super) async fn page(State(state): Shared, visitor: Visitor, Path(id): Path<String>) -> Response {
    let folder = folder(&state);
    let open = visitor.params().text("open").unwrap_or("").to_owned();
    let read = move |at: &At<'_>| opened(at, folder.as_deref(), &id);
    visitor.show(&state, read, |t: &Frame, one: &Opened| shown(&page_of(t, one, &open))).await
}

/// An alert beside the work list, as a part of the page.
pub(super) async fn beside(State(state): Shared, visitor: Visitor, Path(id): Path<String>) -> Response {
    let folder = folder(&state);
    let filter = visitor.params().text("where").unwrap_or("").to_owned();
    let read = move |at: &At<'_>| opened(at, folder.as_deref(), &id);
    visitor.show(&state, read, |t: &Frame, one: &Opened| shown(&page_of(t, one, "").beside(&filter))).await
}

/// An alert, and what holds in the house.
pub(super) type Opened = (Open, Policy);

pub(super) fn folder(state: &crate::app::State) -> Option<std::path::PathBuf> {
    state.office.as_ref().map(|office| office.folder.clone())
}

pub(super) fn opened(at: &At<'_>, folder: Option<&std::path::Path>, id: &str) -> Result<Opened, NodeError> {
    let policy = alerts::policy(folder)?;
    Ok((desk::open(&at.seat, &id.parse()?)?, policy))
}

/// The page of an alert that was opened.
pub(super) fn page_of<'a>(t: &'a Frame, (opened, policy): &'a Opened, open: &'a str) -> AlertPage<'a> {
    let shown_one = &opened.shown;
    let given = Given {
        detail: &shown_one.detail,
        named: &shown_one.named,
        now: shown_one.now,
        queue: &opened.queue,
        cases: &opened.cases,
        policy,
        readers: &opened.readers,
        facts_only: opened.facts_only,
    };
    let id = &shown_one.detail.alert.id;
    let typed = |field: &str| opened.drafts.get(&format!("{id}/{field}")).cloned().unwrap_or_default();
    let draft = Draft {
        reason: String::new(),
        note: typed("note"),
        more: typed("more"),
        escalate: typed("escalate"),
        basis: typed("basis"),
        reopen: typed("reopen"),
    };
    AlertPage::new(t, given, draft, open)
}

/// Who else is here, as a part of the page.
pub(super) async fn here(State(state): Shared, visitor: Visitor, Path(id): Path<String>) -> Response {
    let seen = visitor.params().text("revision").and_then(|text| text.parse().ok()).unwrap_or(i64::MAX);
    let read = move |at: &At<'_>| desk::here(&at.seat, &id.parse()?, seen);
    let write = |t: &Frame, here: &desk::Here| {
        shown(&Here { t, named: &here.named, readers: &here.readers, changed: here.changed })
    };
    visitor.show(&state, read, write).await
}

/// Does something with an alert.
async fn done(
    state: &std::sync::Arc<crate::app::State>,
    visitor: Visitor,
    id: String,
    form: &Form,
    then: Then,
    act: impl FnOnce(&At<'_>, &AlertId) -> Result<&'static str, NodeError> + Send + 'static,
) -> Response {
    let asked = id.clone();
    let act = move |at: &At<'_>| -> Result<Done, NodeError> {
        let id: AlertId = asked.parse()?;
        let what = act(at, &id)?;
        // What was sent is no draft any more.
        drafts::forget(
            &at.seat,
            &["note", "more", "escalate", "basis", "reopen"].map(|field| format!("{id}/{field}")),
        )?;
        let next = match then {
            Then::Next => alerts::next(&at.seat)?.map(|next| next.detail.alert.id),
            Then::Behind => desk::after(&at.seat, &id)?.or(Some(id)),
            Then::Here => Some(id),
        };
        Ok((what, at.seat.desk().now(), next))
    };
    let beside = form.pairs.iter().find(|(name, _)| name == "beside").map(|(_, filter)| encoded(filter));
    let leads = move |(what, at, next): Done| match beside {
        // Whoever decides beside the list stays there.
        Some(filter) => {
            let next = next.map_or_else(String::new, |next| format!("&beside={next}"));
            format!("/work?where={filter}{next}&{}", did(what, &id, at))
        }
        None => {
            let place = next.map_or_else(|| "/work".to_owned(), |next| path(&next));
            format!("{place}?{}", did(what, &id, at))
        }
    };
    visitor.act(state, &form.pairs, act, leads).await
}

pub(super) async fn clear(State(state): Shared, visitor: Visitor, Path(id): Path<String>, body: Body) -> Response {
    let form = form_of!(body, visitor);
    let folder = state.office.as_ref().map(|office| office.folder.clone());
    let (reason, revision, rule) = (form.text("reason").to_owned(), form.revision(), !form.text("rule").is_empty());
    let typed = form.text("note").to_owned();
    let act = move |at: &At<'_>, id: &AlertId| {
        let policy = alerts::policy(folder.as_deref())?;
        // Whoever chose a reason and typed nothing has said what the reason says.
        let says = policy.reasons().iter().find(|one| one.code == reason);
        let note = if typed.is_empty() { says.map_or("", |one| one.says.as_str()) } else { &typed };
        let is_other = says.is_some_and(|one| one.outcome.as_str() == "other-person");
        let rule = (rule && is_other).then_some(RuleUntil::Usual);
        let how = ToClear { note: mihenk_node::ledger::Reason::new(note)?, reason, rule };
        let cleared = alerts::clear(&at.seat, &policy, std::slice::from_ref(id), &how, revision)?;
        Ok(if cleared.proposed > 0 { "proposed" } else { "cleared" })
    };
    done(&state, visitor, id, &form, Then::Next, act).await
}

pub(super) async fn more(State(state): Shared, visitor: Visitor, Path(id): Path<String>, body: Body) -> Response {
    let form = form_of!(body, visitor);
    let note = form.reason("note", "");
    let act = move |at: &At<'_>, id: &AlertId| {
        alerts::comment(&at.seat, id, note?)?;
        Ok("noted")
    };
    done(&state, visitor, id, &form, Then::Behind, act).await
}

pub(super) async fn escalate(State(state): Shared, visitor: Visitor, Path(id): Path<String>, body: Body) -> Response {
    let form = form_of!(body, visitor);
    let (case, title, revision) = (form.text("case").to_owned(), form.text("title").to_owned(), form.revision());
    let (basis, why) = (form.reason("basis", ""), form.reason("note", ""));
    let act = move |at: &At<'_>, id: &AlertId| {
        let alerts = std::slice::from_ref(id);
        if case.is_empty() {
            cases::open(&at.seat, NewCase { title, legal_basis: basis?, purpose: why? }, alerts)?;
        } else {
            cases::join(&at.seat, &case.parse()?, alerts, &why?, revision)?;
        }
        Ok("escalated")
    };
    done(&state, visitor, id, &form, Then::Next, act).await
}

pub(super) async fn take(State(state): Shared, visitor: Visitor, Path(id): Path<String>, body: Body) -> Response {
    let form = form_of!(body, visitor);
    let act = |at: &At<'_>, id: &AlertId| alerts::take(&at.seat, std::slice::from_ref(id), None).map(|()| "taken");
    done(&state, visitor, id, &form, Then::Here, act).await
}

pub(super) async fn give_back(State(state): Shared, visitor: Visitor, Path(id): Path<String>, body: Body) -> Response {
    let form = form_of!(body, visitor);
    let act =
        |at: &At<'_>, id: &AlertId| alerts::give_back(&at.seat, std::slice::from_ref(id), None).map(|()| "given-back");
    done(&state, visitor, id, &form, Then::Here, act).await
}

pub(super) async fn reopen(State(state): Shared, visitor: Visitor, Path(id): Path<String>, body: Body) -> Response {
    let form = form_of!(body, visitor);
    let (note, revision) = (form.reason("note", ""), form.revision());
    let act = move |at: &At<'_>, id: &AlertId| alerts::reopen(&at.seat, id, note?, revision).map(|()| "reopened");
    done(&state, visitor, id, &form, Then::Here, act).await
}

pub(super) async fn undo(State(state): Shared, visitor: Visitor, Path(id): Path<String>) -> Response {
    let act = |at: &At<'_>, id: &AlertId| desk::undo(&at.seat, id).map(|()| "undone");
    done(&state, visitor, id, &Form::default(), Then::Here, act).await
}
