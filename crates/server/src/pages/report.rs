//! Reports: listed with what is due, drafted, filled in, sent, with what the authority said; by reporting officers.
//!
//! In come ids and forms, out come pages. Whether somebody may is looked up before anything of the compartment is, so that whoever may not is told the same whatever there is.

use axum::{
    body::Body,
    extract::{Multipart, Path, State},
    response::Response,
};
use mihenk_node::{
    NodeError,
    ledger::{
        Reason,
        attachments::Attachment,
        day::Day,
        reports::{
            Content, Kinds, Report, ReportId,
            due::Due,
            goaml::{self, Version},
            state::Answer,
            work::Written,
        },
    },
    permission::Permission,
    reports::{self, Change, Draft, Shown},
};
use mihenk_pages::{
    frame::Frame,
    report::{ReportPage, ReportsPage},
};

use super::{
    Shared,
    answer::file,
    form::{Field, Form, fields_of, file_of, form_of},
    visitor::{Visitor, page as shown},
};
use crate::office::At;

/// Refuses whoever is no reporting officer before anything else is looked at.
fn officer(at: &At<'_>) -> Result<(), NodeError> {
    at.seat.may(Permission::Report)
}

type All = (Vec<Due>, Vec<Report>, Kinds, String);

pub(super) async fn list(State(state): Shared, visitor: Visitor) -> Response {
    let params = visitor.params();
    let [about, follows] = ["about", "follows"].map(|name| params.text(name).unwrap_or("").to_owned());
    let read = move |at: &At<'_>| -> Result<All, NodeError> {
        officer(at)?;
        let today = Day::of(at.seat.desk().now()).to_string();
        let due = reports::due(&at.seat, at.folder())?;
        Ok((due, reports::list(&at.seat)?, reports::kinds(at.folder())?, today))
    };
    let write = |t: &Frame, (due, reports, kinds, today): &All| {
        shown(&ReportsPage { t, due, reports, kinds: kinds.all(), about: &about, follows: &follows, today })
    };
    visitor.show(&state, read, write).await
}

pub(super) async fn page(State(state): Shared, visitor: Visitor, Path(id): Path<String>) -> Response {
    let read = move |at: &At<'_>| {
        officer(at)?;
        let found = reports::show(&at.seat, at.folder(), &id.parse()?, Version::default())?;
        Ok((found, Day::of(at.seat.desk().now()).to_string()))
    };
    let write = |t: &Frame, (found, today): &(Shown, String)| shown(&ReportPage::new(t, found, today));
    visitor.show(&state, read, write).await
}

pub(super) async fn draft(State(state): Shared, visitor: Visitor, body: Body) -> Response {
    let form = form_of!(body, visitor);
    let given = |name: &str| Some(form.text(name).to_owned()).filter(|text| !text.is_empty());
    let day = form.maybe_day("day");
    let follows = given("follows").map(|id| id.parse()).transpose();
    let (kind, about, title) = (form.text("kind").to_owned(), given("about"), given("title"));
    let act = move |at: &At<'_>| {
        officer(at)?;
        let draft = Draft { kind, about, title, event_day: day?, follows: follows? };
        reports::draft(&at.seat, at.folder(), &draft)
    };
    visitor.act(&state, &form.pairs, act, |id| path(&id)).await
}

/// Does something with a report and comes back to it.
async fn done(
    state: &std::sync::Arc<crate::app::State>,
    visitor: Visitor,
    id: String,
    form: &Form,
    act: impl FnOnce(&At<'_>, &ReportId) -> Result<(), NodeError> + Send + 'static,
) -> Response {
    visitor.act_on_if(state, ("/reports", id), form, officer, act).await
}

/// Puts other values into the fields of a sheet.
pub(super) async fn correct(State(state): Shared, visitor: Visitor, Path(id): Path<String>, body: Body) -> Response {
    let form = form_of!(body, visitor);
    let value = |(name, value): &(String, String)| {
        // A browser sends lines of a text with CR LF.
        name.strip_prefix("field.").map(|name| (name.to_owned(), value.replace("\r\n", "\n")))
    };
    let values: Vec<(String, String)> = form.pairs.iter().filter_map(value).collect();
    let (why, revision) = (form.reason("why", "filled in"), form.revision());
    let act = move |at: &At<'_>, id: &ReportId| {
        reports::correct(&at.seat, at.folder(), id, &Change::Fields(values), why?, revision)
    };
    done(&state, visitor, id, &form, act).await
}

/// Puts other content into a report of goAML: a file, as XML or as JSON, or the text of the page.
pub(super) async fn content(
    State(state): Shared,
    visitor: Visitor,
    Path(id): Path<String>,
    multipart: Multipart,
) -> Response {
    let fields = fields_of!(multipart, visitor);
    let text = |name: &str| {
        let field = fields.iter().find(|field| field.name == name);
        field.map(|field| String::from_utf8_lossy(&field.bytes).trim().replace("\r\n", "\n")).unwrap_or_default()
    };
    let (why, revision) = (text("why"), text("revision").parse().ok());
    // What was typed is not lost when it is refused or came too late; a file is where it was.
    let typed = ["text", "why"].map(|name| (name.to_owned(), text(name)));
    let form = Form { pairs: typed.to_vec() };
    let act = move |at: &At<'_>, id: &ReportId| {
        let why = Reason::new(if why.is_empty() { "filled in" } else { &why })?;
        let file = fields.iter().find(|field| field.name == "file" && !field.bytes.is_empty());
        let given = file.or_else(|| fields.iter().find(|field| field.name == "text"));
        let content = given.map(content_of).transpose()?;
        let content = content.ok_or_else(|| NodeError::Act("there is no file and no text in the form".to_owned()))?;
        reports::correct(&at.seat, at.folder(), id, &Change::Whole(content), why, revision)
    };
    done(&state, visitor, id, &form, act).await
}

/// What a report says, as a file of JSON that can be changed and given back.
pub(super) async fn content_file(State(state): Shared, visitor: Visitor, Path(id): Path<String>) -> Response {
    let read = move |at: &At<'_>| {
        officer(at)?;
        let found = reports::show(&at.seat, at.folder(), &id.parse()?, Version::default())?;
        let text = serde_json::to_vec_pretty(&found.detail.report.content);
        Ok((format!("{id}.json"), text.map_err(|error| NodeError::Act(error.to_string()))?))
    };
    visitor.show(&state, read, |_: &Frame, (name, bytes): &(String, Vec<u8>)| file(name, bytes.clone())).await
}

fn content_of(field: &Field) -> Result<Content, NodeError> {
    let wrong = |why: String| NodeError::Input { file: field.file_name.clone(), what: why };
    let is_xml = field.bytes.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'<');
    if is_xml {
        let incoming = goaml::read(&field.bytes).map_err(|error| wrong(error.to_string()))?;
        return Ok(Content::Goaml(Box::new(incoming.report)));
    }
    serde_json::from_slice(&field.bytes).map_err(|error| wrong(format!("this is no content of a report: {error}")))
}

/// The report as it would go now, or as it went, as a file.
pub(super) async fn written(State(state): Shared, visitor: Visitor, Path(id): Path<String>) -> Response {
    let read = move |at: &At<'_>| {
        officer(at)?;
        reports::written(&at.seat, at.folder(), &id.parse()?, Version::default())
    };
    visitor.show(&state, read, |_: &Frame, written: &Written| file(&written.name, written.bytes.clone())).await
}

/// A document of a report, as a file.
pub(super) async fn document(
    State(state): Shared,
    visitor: Visitor,
    Path((_, document)): Path<(String, String)>,
) -> Response {
    let read = move |at: &At<'_>| {
        officer(at)?;
        reports::document(&at.seat, &document.parse()?, &at.key()?)
    };
    let write = |_: &Frame, (about, bytes): &(Attachment, Vec<u8>)| file(&about.name, bytes.clone());
    visitor.show(&state, read, write).await
}

/// Writes down that it was sent, and keeps what was.
pub(super) async fn send(State(state): Shared, visitor: Visitor, Path(id): Path<String>, body: Body) -> Response {
    let form = form_of!(body, visitor);
    let (how, on) = (form.text("how").to_owned(), form.maybe_day("on"));
    let act = move |at: &At<'_>, id: &ReportId| {
        reports::send(&at.seat, at.folder(), id, Version::default(), &at.key()?, (on?, &how)).map(|_| ())
    };
    done(&state, visitor, id, &form, act).await
}

/// Writes down what the authority said of it, with its reference.
pub(super) async fn answered(State(state): Shared, visitor: Visitor, Path(id): Path<String>, body: Body) -> Response {
    let form = form_of!(body, visitor);
    let [reference, note] = ["reference", "note"].map(|name| form.text(name).to_owned());
    let (is_taken, on) = (form.text("taken") == "yes", form.maybe_day("on"));
    let act = move |at: &At<'_>, id: &ReportId| {
        let on = on?.unwrap_or_else(|| Day::of(at.seat.desk().now()));
        reports::answered(&at.seat, id, Answer { is_taken, reference, on, note })
    };
    done(&state, visitor, id, &form, act).await
}

/// Writes down that the authority asks for more.
pub(super) async fn asked(State(state): Shared, visitor: Visitor, Path(id): Path<String>, body: Body) -> Response {
    let form = form_of!(body, visitor);
    let (reference, what) = (form.text("reference").to_owned(), form.reason("what", ""));
    let (on, due) = (form.maybe_day("on"), form.maybe_day("due"));
    let act =
        move |at: &At<'_>, id: &ReportId| reports::asked(&at.seat, id, &reference, (on?, due?), what?).map(|_| ());
    done(&state, visitor, id, &form, act).await
}

/// Writes down that a request was answered.
pub(super) async fn replied(State(state): Shared, visitor: Visitor, Path(id): Path<String>, body: Body) -> Response {
    let form = form_of!(body, visitor);
    let [request, by] = ["request", "by"].map(|name| form.text(name).to_owned());
    let on = form.maybe_day("on");
    let act = move |at: &At<'_>, _: &ReportId| reports::replied(&at.seat, &request.parse()?, &by, on?).map(|_| ());
    done(&state, visitor, id, &form, act).await
}

pub(super) async fn note(State(state): Shared, visitor: Visitor, Path(id): Path<String>, body: Body) -> Response {
    let form = form_of!(body, visitor);
    let note = form.reason("note", "");
    let act = move |at: &At<'_>, id: &ReportId| reports::note(&at.seat, id, note?);
    done(&state, visitor, id, &form, act).await
}

pub(super) async fn withdraw(State(state): Shared, visitor: Visitor, Path(id): Path<String>, body: Body) -> Response {
    let form = form_of!(body, visitor);
    let why = form.reason("why", "");
    let act = move |at: &At<'_>, id: &ReportId| reports::withdraw(&at.seat, id, why?);
    done(&state, visitor, id, &form, act).await
}

/// Attaches a document that the report rests on, sealed within the compartment.
pub(super) async fn attach(
    State(state): Shared,
    visitor: Visitor,
    Path(id): Path<String>,
    multipart: Multipart,
) -> Response {
    let fields = fields_of!(multipart, visitor);
    let act = move |at: &At<'_>, id: &ReportId| {
        let file = file_of(fields)?;
        reports::attach(&at.seat, id, &at.key()?, &file.file_name, &file.bytes).map(|_| ())
    };
    done(&state, visitor, id, &Form::default(), act).await
}

fn path(id: &ReportId) -> String {
    format!("/reports/{id}")
}
