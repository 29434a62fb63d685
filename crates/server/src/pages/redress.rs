//! Complaints: listed with what is due, shown, opened, decided by two, answered, corrected.
//!
//! In come ids and forms, out come pages. Who may what, and that two people stand behind a decision, is looked up by each act.

use axum::{
    body::Body,
    extract::{Multipart, Path, State},
    response::Response,
};
use mihenk_node::{
    NodeError, alerts, drafts,
    ledger::{
        LedgerError,
        alerts::{Alert, policy::ClearingReason},
        attachments::AttachmentId,
        day::Day,
        freezes::notice::Letter,
        language::Language,
        redress::{Redress, RedressId, due::Due, tell::Telling},
    },
    named::Named,
    redress::{self, Complaint, Shown},
};
use mihenk_pages::{
    frame::Frame,
    redress::{LetterPage, RedressPage, RedressesPage},
};

use super::{
    Shared,
    form::{Form, fields_of, file_of, form_of},
    visitor::{Visitor, page as shown},
};
use crate::office::At;

/// Alerts of a customer that are looked through for those of a complaint.
const ALERTS: u32 = 100;

type All = (Vec<Due>, Vec<Redress>, Named, String, String);

pub(super) async fn list(State(state): Shared, visitor: Visitor) -> Response {
    let params = visitor.params();
    let with_done = params.text("done").is_some();
    let customer = params.text("customer").unwrap_or("").to_owned();
    let read = move |at: &At<'_>| -> Result<All, NodeError> {
        let (due, _) = redress::due(&at.seat)?;
        let (all, named) = redress::list(&at.seat, with_done)?;
        let draft = drafts::of(&at.seat)?.remove("redress/new").unwrap_or_default();
        Ok((due, all, named, draft, Day::of(at.seat.desk().now()).to_string()))
    };
    let write = |t: &Frame, (due, all, named, draft, today): &All| {
        shown(&RedressesPage { t, due, all, named, with_done, customer: &customer, draft, today })
    };
    visitor.show(&state, read, write).await
}

/// A complaint with everything that its page shows.
struct Whole {
    shown: Shown,
    alerts: Vec<Alert>,
    due: Vec<Due>,
    reasons: Vec<ClearingReason>,
    has_letters: bool,
    draft: String,
}

pub(super) async fn page(State(state): Shared, visitor: Visitor, Path(id): Path<String>) -> Response {
    let read = move |at: &At<'_>| -> Result<Whole, NodeError> {
        let shown = redress::show(&at.seat, &id.parse()?)?;
        let about = &shown.detail.redress;
        let terms = [format!("customer={}", about.customer)];
        let mut alerts = alerts::list(&at.seat, &terms, ALERTS)?.alerts;
        alerts.retain(|alert| about.alerts.contains(&alert.id));
        let mut due = redress::due(&at.seat)?.0;
        due.retain(|one| one.id == about.id.as_str());
        let draft = drafts::of(&at.seat)?.remove(&format!("{}/why", about.id)).unwrap_or_default();
        let has_letters = redress::house(at.folder())?.complain_further.is_some();
        let reasons = alerts::policy(Some(at.folder()))?.reasons().to_vec();
        Ok(Whole { alerts, due, reasons, has_letters, draft, shown })
    };
    let write = |t: &Frame, whole: &Whole| {
        let Whole { shown: found, alerts, due, reasons, has_letters, draft } = whole;
        shown(&RedressPage { t, shown: found, alerts, due, reasons, has_letters: *has_letters, draft })
    };
    visitor.show(&state, read, write).await
}

/// The letter of today, to the person or to one who received the wrong record.
pub(super) async fn letter(State(state): Shared, visitor: Visitor, Path(id): Path<String>) -> Response {
    let to = visitor.params().text("to").unwrap_or("").to_owned();
    let chosen = visitor.params().text("language").unwrap_or("").to_owned();
    let (asked, whom) = (id.clone(), to.clone());
    let read = move |at: &At<'_>| {
        let whom = Some(whom.as_str()).filter(|whom| !whom.is_empty());
        redress::letter(&at.seat, at.folder(), &asked.parse()?, whom, language(&chosen)?)
    };
    let write = |t: &Frame, letter: &Letter| shown(&LetterPage { t, id: &id, letter, to: &to });
    visitor.show(&state, read, write).await
}

pub(super) async fn open(State(state): Shared, visitor: Visitor, body: Body) -> Response {
    let form = form_of!(body, visitor);
    let complaint = complaint(&form);
    let act = move |at: &At<'_>| {
        let id = redress::open(&at.seat, at.folder(), complaint?)?;
        drafts::keep(&at.seat, "redress/new", "")?;
        Ok(id)
    };
    visitor.act(&state, &form.pairs, act, |id| path(&id)).await
}

/// The complaint that a form writes. Ids stand apart by blanks or commas.
fn complaint(form: &Form) -> Result<Complaint, LedgerError> {
    fn ids<T: std::str::FromStr<Err = LedgerError>>(text: &str) -> Result<Vec<T>, LedgerError> {
        text.split([' ', ',', '،']).filter(|part| !part.is_empty()).map(str::parse).collect()
    }
    let given = |name: &str| Some(form.text(name)).filter(|text| !text.is_empty());
    Ok(Complaint {
        customer: form.text("customer").parse()?,
        person: given("person").map(str::to_owned),
        complaint: form.reason("complaint", "")?,
        alerts: ids(form.text("alerts"))?,
        freezes: ids(form.text("freezes"))?,
        compared: Vec::new(),
        received: form.maybe_day("received")?,
        due: form.maybe_day("due")?,
        owner: None,
    })
}

pub(super) async fn propose(State(state): Shared, visitor: Visitor, Path(id): Path<String>, body: Body) -> Response {
    let form = form_of!(body, visitor);
    let (found, because) = (form.text("found").parse(), form.text("because").to_owned());
    let (why, revision) = (form.reason("why", ""), form.revision());
    let act = move |at: &At<'_>, id: &RedressId| {
        let because = Some(because.as_str()).filter(|code| !code.is_empty());
        redress::propose(&at.seat, at.folder(), id, (found?, because), why?, revision)?;
        drafts::keep(&at.seat, &format!("{id}/why"), "")
    };
    visitor.act_on(&state, ("/redress", id), &form, act).await
}

pub(super) async fn confirm(State(state): Shared, visitor: Visitor, Path(id): Path<String>, body: Body) -> Response {
    let form = form_of!(body, visitor);
    let revision = form.revision();
    let act = move |at: &At<'_>, id: &RedressId| redress::confirm(&at.seat, at.folder(), id, revision).map(|_| ());
    visitor.act_on(&state, ("/redress", id), &form, act).await
}

pub(super) async fn decline(State(state): Shared, visitor: Visitor, Path(id): Path<String>, body: Body) -> Response {
    let form = form_of!(body, visitor);
    let (why, revision) = (form.reason("why", ""), form.revision());
    let act = move |at: &At<'_>, id: &RedressId| redress::decline(&at.seat, id, why?, revision);
    visitor.act_on(&state, ("/redress", id), &form, act).await
}

pub(super) async fn assign(State(state): Shared, visitor: Visitor, Path(id): Path<String>, body: Body) -> Response {
    let form = form_of!(body, visitor);
    let (to, why) = (form.text("to").to_owned(), form.reason("why", ""));
    let act = move |at: &At<'_>, id: &RedressId| redress::assign(&at.seat, id, &to, why?);
    visitor.act_on(&state, ("/redress", id), &form, act).await
}

pub(super) async fn note(State(state): Shared, visitor: Visitor, Path(id): Path<String>, body: Body) -> Response {
    let form = form_of!(body, visitor);
    let note = form.reason("note", "");
    let act = move |at: &At<'_>, id: &RedressId| redress::note(&at.seat, id, note?);
    visitor.act_on(&state, ("/redress", id), &form, act).await
}

pub(super) async fn recipient(State(state): Shared, visitor: Visitor, Path(id): Path<String>, body: Body) -> Response {
    let form = form_of!(body, visitor);
    let [name, received] = ["name", "received"].map(|field| form.text(field).to_owned());
    let why = form.reason("why", "");
    let act = move |at: &At<'_>, id: &RedressId| redress::add_recipient(&at.seat, id, (&name, &received), why?);
    visitor.act_on(&state, ("/redress", id), &form, act).await
}

/// How and when somebody was told, as a form writes it.
/// The language of a letter; English when nobody chose.
fn language(text: &str) -> Result<Language, LedgerError> {
    if text.is_empty() { Ok(Language::default()) } else { text.parse() }
}

fn telling(form: &Form) -> Result<Telling, LedgerError> {
    Ok(Telling {
        how: form.text("how").to_owned(),
        on: form.maybe_day("on")?,
        language: language(form.text("language"))?,
    })
}

pub(super) async fn answered(State(state): Shared, visitor: Visitor, Path(id): Path<String>, body: Body) -> Response {
    let form = form_of!(body, visitor);
    let telling = telling(&form);
    let act = move |at: &At<'_>, id: &RedressId| {
        redress::answered(&at.seat, at.folder(), id, &at.key()?, &telling?).map(|_: AttachmentId| ())
    };
    visitor.act_on(&state, ("/redress", id), &form, act).await
}

pub(super) async fn corrected(State(state): Shared, visitor: Visitor, Path(id): Path<String>, body: Body) -> Response {
    let form = form_of!(body, visitor);
    let (telling, to) = (telling(&form), form.text("to").to_owned());
    let act = move |at: &At<'_>, id: &RedressId| {
        redress::corrected(&at.seat, at.folder(), id, &at.key()?, &to, &telling?).map(|_: AttachmentId| ())
    };
    visitor.act_on(&state, ("/redress", id), &form, act).await
}

/// Attaches what the person sent, sealed.
pub(super) async fn attach(
    State(state): Shared,
    visitor: Visitor,
    Path(id): Path<String>,
    multipart: Multipart,
) -> Response {
    let fields = fields_of!(multipart, visitor);
    let act = move |at: &At<'_>, id: &RedressId| {
        let file = file_of(fields)?;
        redress::attach(&at.seat, id, &at.key()?, &file.file_name, &file.bytes).map(|_| ())
    };
    visitor.act_on(&state, ("/redress", id), &Form::default(), act).await
}

fn path(id: &RedressId) -> String {
    format!("/redress/{id}")
}
