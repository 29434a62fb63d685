//! The second person: facts first, then what the first one did.
//!
//! In come ids and forms, out come pages. The view of the second person is kept as a draft of theirs, before the page tells anything of the first.

use axum::{
    body::Body,
    extract::{Path, State},
    response::Response,
};
use mihenk_node::{
    alerts::{self, Shown, desk},
    drafts,
    ledger::alerts::{Alert, AlertId, Clearing, review::Verdict},
};
use mihenk_pages::{
    frame::Frame,
    review::{ReviewPage, ReviewsPage, View},
};

use super::{
    Shared,
    form::{Form, form_of},
    visitor::{Visitor, did, page as shown},
};
use crate::office::At;

pub(super) async fn list(State(state): Shared, visitor: Visitor) -> Response {
    let write = |t: &Frame, waiting: &Vec<(Clearing, Alert)>| shown(&ReviewsPage { t, waiting });
    visitor.show(&state, |at| desk::reviews(&at.seat), write).await
}

pub(super) async fn page(State(state): Shared, visitor: Visitor, Path(id): Path<String>) -> Response {
    let read = move |at: &At<'_>| desk::review_of(&at.seat, &id.parse()?);
    let write = |t: &Frame, (found, clearing, view): &(Shown, Clearing, Option<String>)| {
        let view = view.as_deref().and_then(|text| text.split_once('\n'));
        let view = view.map(|(word, note)| View { clears: word == "clear", note: note.to_owned() });
        shown(&ReviewPage::new(t, &found.detail, clearing, &found.named, view))
    };
    visitor.show(&state, read, write).await
}

/// Records the view of the second person.
pub(super) async fn view(State(state): Shared, visitor: Visitor, Path(id): Path<String>, body: Body) -> Response {
    let form = form_of!(body, visitor);
    let (view, note) = (form.text("view").to_owned(), form.reason("note", ""));
    let asked = id.clone();
    let act = move |at: &At<'_>| {
        let id: AlertId = asked.parse()?;
        // Whoever may not review has no view of it.
        desk::review_of(&at.seat, &id)?;
        let word = if view == "clear" { "clear" } else { "keep" };
        drafts::keep(&at.seat, &format!("review/{id}"), &format!("{word}\n{}", note?))
    };
    visitor.act(&state, &form.pairs, act, move |()| format!("/review/{id}")).await
}

async fn verdict(
    state: &std::sync::Arc<crate::app::State>,
    visitor: Visitor,
    id: String,
    form: &Form,
    what: &'static str,
    verdict: Result<Verdict, mihenk_node::ledger::LedgerError>,
) -> Response {
    let revision = form.revision();
    let asked = id.clone();
    let act = move |at: &At<'_>| {
        let id: AlertId = asked.parse()?;
        alerts::review(&at.seat, &id, verdict?, revision)?;
        drafts::keep(&at.seat, &format!("review/{id}"), "")?;
        Ok(at.seat.desk().now())
    };
    visitor.act(state, &form.pairs, act, move |at| format!("/review?{}", did(what, &id, at))).await
}

pub(super) async fn agree(State(state): Shared, visitor: Visitor, Path(id): Path<String>, body: Body) -> Response {
    let form = form_of!(body, visitor);
    verdict(&state, visitor, id, &form, "agreed", Ok(Verdict::Agree)).await
}

pub(super) async fn send_back(State(state): Shared, visitor: Visitor, Path(id): Path<String>, body: Body) -> Response {
    let form = form_of!(body, visitor);
    let said = form.reason("note", "").map(Verdict::SendBack);
    verdict(&state, visitor, id, &form, "sent-back", said).await
}
