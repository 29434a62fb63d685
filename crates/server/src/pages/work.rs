//! The work list.
//!
//! In come terms as the command line has them, out comes the page; taking the next alert, or several.

use std::collections::BTreeMap;

use axum::{body::Body, extract::State, response::Response};
use mihenk_node::{
    alerts::{self, desk},
    ledger::alerts::AlertId,
};
use mihenk_pages::{
    frame::Frame,
    work::{FILTERS, WorkPage},
};

use super::{
    Shared, alert,
    answer::failed,
    form::Form,
    visitor::{Visitor, did, page as shown},
};
use crate::office::At;

/// Alerts, what customers are called, and the alert that is open beside them.
type Seen = (alerts::Listed, BTreeMap<String, String>, Option<alert::Opened>);

/// Alerts of a page.
const LIMIT: u32 = 50;

pub(super) async fn page(State(state): Shared, visitor: Visitor) -> Response {
    let filter = visitor.params().text("where").unwrap_or("free").to_owned();
    let terms: Vec<String> = filter.split_whitespace().map(str::to_owned).collect();
    let (folder, beside) = (alert::folder(&state), visitor.params().text("beside").map(str::to_owned));
    let read = move |at: &At<'_>| {
        let (listed, customers) = desk::list_named(&at.seat, &terms, LIMIT)?;
        let opened = beside.map(|id| alert::opened(at, folder.as_deref(), &id)).transpose()?;
        Ok((listed, customers, opened))
    };
    let write = |t: &Frame, (listed, customers, opened): &Seen| {
        let beside = opened.as_ref().map(|opened| alert::page_of(t, opened, "").beside(&filter));
        shown(&WorkPage { t, listed, customers, filter: &filter, filters: &FILTERS, beside })
    };
    visitor.show(&state, read, write).await
}

pub(super) async fn next(State(state): Shared, visitor: Visitor) -> Response {
    let take = |at: &At<'_>| alerts::next(&at.seat);
    visitor
        .act(&state, &[], take, |next| next.map_or_else(|| "/work".to_owned(), |shown| path(&shown.detail.alert.id)))
        .await
}

pub(super) async fn take(State(state): Shared, visitor: Visitor, body: Body) -> Response {
    let form = match Form::read(body).await {
        Ok(form) => form,
        Err(failure) => return failed(&visitor.frame(), failure),
    };
    let written: Vec<String> = form.all("id").map(str::to_owned).collect();
    let take = move |at: &At<'_>| {
        let ids = written.iter().map(|id| id.parse::<AlertId>()).collect::<Result<Vec<_>, _>>()?;
        alerts::take(&at.seat, &ids, None)?;
        Ok((ids.into_iter().next(), at.seat.desk().now()))
    };
    let then = |(first, now): (Option<AlertId>, i64)| match first {
        Some(id) => format!("{}?{}", path(&id), did("taken", id.as_str(), now)),
        None => "/work".to_owned(),
    };
    visitor.act(&state, &form.pairs, take, then).await
}

pub(super) fn path(id: &AlertId) -> String {
    format!("/alerts/{id}")
}
