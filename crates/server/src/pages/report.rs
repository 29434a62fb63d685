//! Reports: listed, shown and drafted, by reporting officers.
//!
//! In come ids and forms, out come pages. Whether somebody may is looked up before anything of the compartment is.

use axum::{
    body::Body,
    extract::{Path, State},
    response::Response,
};
use mihenk_node::{
    ledger::reports::{Kinds, Report, goaml::Version},
    reports::{self, Draft, Shown},
};
use mihenk_pages::{
    frame::Frame,
    report::{ReportPage, ReportsPage},
};

use super::{
    Shared,
    form::form_of,
    visitor::{Visitor, page as shown},
};
use crate::office::At;

pub(super) async fn list(State(state): Shared, visitor: Visitor) -> Response {
    let folder = state.office.as_ref().map(|office| office.folder.clone()).unwrap_or_default();
    let read = move |at: &At<'_>| Ok((reports::list(&at.seat)?, reports::kinds(&folder)?));
    let write =
        |t: &Frame, (reports, kinds): &(Vec<Report>, Kinds)| shown(&ReportsPage { t, reports, kinds: kinds.all() });
    visitor.show(&state, read, write).await
}

pub(super) async fn page(State(state): Shared, visitor: Visitor, Path(id): Path<String>) -> Response {
    let folder = state.office.as_ref().map(|office| office.folder.clone()).unwrap_or_default();
    let read = move |at: &At<'_>| {
        // Whoever may not is told so, whether or not what they wrote is an id.
        at.seat.act(mihenk_node::permission::Permission::Report, |_, _| Ok(()))?;
        reports::show(&at.seat, &folder, &id.parse()?, Version::default())
    };
    visitor.show(&state, read, |t: &Frame, found: &Shown| shown(&ReportPage { t, shown: found })).await
}

pub(super) async fn draft(State(state): Shared, visitor: Visitor, body: Body) -> Response {
    let form = form_of!(body, visitor);
    let folder = state.office.as_ref().map(|office| office.folder.clone()).unwrap_or_default();
    let given = |name: &str| Some(form.text(name).to_owned()).filter(|text| !text.is_empty());
    let day = given("day").map(|day| day.parse()).transpose();
    let (kind, about, title) = (form.text("kind").to_owned(), given("about"), given("title"));
    let act = move |at: &At<'_>| {
        let draft = Draft { kind, about, title, event_day: day?, follows: None };
        reports::draft(&at.seat, &folder, &draft)
    };
    visitor.act(&state, &form.pairs, act, |id| format!("/reports/{id}")).await
}
