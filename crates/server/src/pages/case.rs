//! Cases: listed, shown, opened, and worked on.
//!
//! In come ids and forms, out come pages.

use axum::{
    body::Body,
    extract::{Multipart, Path, State},
    response::Response,
};
use mihenk_node::{
    NodeError, alerts,
    cases::{self, Listed, Shown},
    drafts, freezes,
    ledger::{
        Reason,
        attachments::Attachment,
        cases::{
            CaseId,
            graph::{self, Graph},
            work::{NewCase, NewParty},
        },
        freezes::Freeze,
        happening::Line,
        reports::Report,
    },
    reports,
};
use mihenk_pages::{
    case::{CasePage, CasesPage},
    frame::Frame,
    network::Network,
};

use super::{
    Shared,
    answer::file,
    form::{Form, fields_of, file_of, form_of},
    visitor::{Visitor, page as shown},
};
use crate::office::At;

pub(super) async fn list(State(state): Shared, visitor: Visitor) -> Response {
    let with_closed = visitor.params().text("closed").is_some();
    let read = move |at: &At<'_>| {
        let draft = drafts::of(&at.seat)?.remove("cases/purpose").unwrap_or_default();
        Ok((cases::list(&at.seat, with_closed)?, draft))
    };
    let write = |t: &Frame, (listed, draft): &(Listed, String)| shown(&CasesPage { t, listed, with_closed, draft });
    visitor.show(&state, read, write).await
}

/// A case with everything that its page shows.
type Whole = (Shown, Vec<Line>, Vec<Freeze>, String, Vec<Report>);

/// The reports about a case, for reporting officers; nobody else learns that there could be one.
fn about(at: &At<'_>, case: &CaseId) -> Result<Vec<Report>, NodeError> {
    match reports::about(&at.seat, case.as_str()) {
        Err(NodeError::NotAllowed { .. } | NodeError::NotInScope { .. }) => Ok(Vec::new()),
        told => told,
    }
}

pub(super) async fn page(State(state): Shared, visitor: Visitor, Path(id): Path<String>) -> Response {
    let open = visitor.params().text("open").unwrap_or("").split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    let read = move |at: &At<'_>| {
        let id: CaseId = id.parse()?;
        let found = cases::show(&at.seat, &id)?;
        let (lines, _) = cases::timeline(&at.seat, &id)?;
        let (mut frozen, _) = freezes::list(&at.seat, true)?;
        frozen.retain(|freeze| freeze.terms.case.as_deref() == Some(id.as_str()));
        let draft = drafts::of(&at.seat)?.remove(&format!("{id}/note")).unwrap_or_default();
        Ok((found, lines, frozen, draft, about(at, &id)?))
    };
    let write = |t: &Frame, (found, lines, freezes, draft, reports): &Whole| {
        let graph: Graph = graph::of(&found.detail);
        let network = Network::of(&graph, &open);
        let page = CasePage {
            t,
            detail: &found.detail,
            named: &found.named,
            now: found.now,
            graph: &graph,
            network,
            lines,
            freezes,
            reports,
            draft,
        };
        shown(&page)
    };
    visitor.show(&state, read, write).await
}

pub(super) async fn open(State(state): Shared, visitor: Visitor, body: Body) -> Response {
    let form = form_of!(body, visitor);
    let title = form.text("title").to_owned();
    let (basis, purpose) = (form.reason("basis", ""), form.reason("purpose", ""));
    let act = move |at: &At<'_>| {
        let id = cases::open(&at.seat, NewCase { title, legal_basis: basis?, purpose: purpose? }, &[])?;
        drafts::keep(&at.seat, "cases/purpose", "")?;
        Ok(id)
    };
    visitor.act(&state, &form.pairs, act, |id| path(&id)).await
}

pub(super) async fn note(State(state): Shared, visitor: Visitor, Path(id): Path<String>, body: Body) -> Response {
    let form = form_of!(body, visitor);
    let note = form.reason("note", "");
    let act = move |at: &At<'_>, id: &CaseId| {
        cases::note(&at.seat, id, note?)?;
        drafts::keep(&at.seat, &format!("{id}/note"), "")
    };
    visitor.act_on(&state, ("/cases", id), &form, act).await
}

pub(super) async fn party(State(state): Shared, visitor: Visitor, Path(id): Path<String>, body: Body) -> Response {
    let form = form_of!(body, visitor);
    let [kind, name, role] = ["kind", "name", "role"].map(|field| form.text(field).to_owned());
    let act = move |at: &At<'_>, id: &CaseId| {
        let new = NewParty { kind: kind.parse()?, name, role, customer: None, entity: None };
        cases::add_party(&at.seat, id, new).map(|_| ())
    };
    visitor.act_on(&state, ("/cases", id), &form, act).await
}

pub(super) async fn tie(State(state): Shared, visitor: Visitor, Path(id): Path<String>, body: Body) -> Response {
    let form = form_of!(body, visitor);
    let [from, to, kind, source] = ["from", "to", "kind", "source"].map(|field| form.text(field).to_owned());
    let act = move |at: &At<'_>, id: &CaseId| cases::link(&at.seat, id, (&from, &to), (&kind, &source)).map(|_| ());
    visitor.act_on(&state, ("/cases", id), &form, act).await
}

pub(super) async fn task(State(state): Shared, visitor: Visitor, Path(id): Path<String>, body: Body) -> Response {
    let form = form_of!(body, visitor);
    let (what, due) = (form.text("what").to_owned(), form.day("due"));
    let act = move |at: &At<'_>, id: &CaseId| cases::set_task(&at.seat, id, &what, due?.date(), None).map(|_| ());
    visitor.act_on(&state, ("/cases", id), &form, act).await
}

pub(super) async fn task_done(State(state): Shared, visitor: Visitor, Path(id): Path<String>, body: Body) -> Response {
    let form = form_of!(body, visitor);
    let task = form.text("task").to_owned();
    let act = move |at: &At<'_>, _: &CaseId| cases::task_done(&at.seat, &task.parse()?, None).map(|_| ());
    visitor.act_on(&state, ("/cases", id), &form, act).await
}

pub(super) async fn close(State(state): Shared, visitor: Visitor, Path(id): Path<String>, body: Body) -> Response {
    let form = form_of!(body, visitor);
    let (why, revision) = (Reason::new(form.text("why")), form.revision());
    let act = move |at: &At<'_>, id: &CaseId| cases::close(&at.seat, id, why?, revision);
    visitor.act_on(&state, ("/cases", id), &form, act).await
}

/// Attaches a document, sealed.
pub(super) async fn attach(
    State(state): Shared,
    visitor: Visitor,
    Path(id): Path<String>,
    multipart: Multipart,
) -> Response {
    let fields = fields_of!(multipart, visitor);
    let act = move |at: &At<'_>, id: &CaseId| {
        let file = file_of(fields)?;
        cases::attach(&at.seat, id, &at.key()?, &file.file_name, &file.bytes).map(|_| ())
    };
    visitor.act_on(&state, ("/cases", id), &Form::default(), act).await
}

/// A document, as a file to be kept: no browser shows what it is.
pub(super) async fn document(State(state): Shared, visitor: Visitor, Path(id): Path<String>) -> Response {
    let read = move |at: &At<'_>| alerts::document(&at.seat, &id.parse()?, &at.key()?);
    let write = |_: &Frame, (about, bytes): &(Attachment, Vec<u8>)| file(&about.name, bytes.clone());
    visitor.show(&state, read, write).await
}

fn path(id: &CaseId) -> String {
    format!("/cases/{id}")
}
