//! What is done with a freeze that restrains: other terms, notices to whoever holds assets, exemptions.
//!
//! In come ids and forms, out comes the page of the freeze again, or a letter as a file. That another person confirms is the ledger's rule.

use axum::{
    body::Body,
    extract::{Path, State},
    response::Response,
};
use mihenk_node::{
    NodeError,
    freezes::{self, Proposal},
    ledger::{
        Reason,
        day::Day,
        freezes::{
            Asset, ExemptionId, FreezeId, Notice, Variation,
            exemptions::{Committee, Wanted},
        },
        money::Amount,
    },
    permission::Permission,
};

use super::{
    Shared,
    answer::file,
    form::{Form, form_of},
    visitor::{Visitor, did},
};
use crate::office::At;

/// Rows of a form in which assets are written.
const COLUMNS: [&str; 4] = ["kind", "identifier", "holder", "value"];

/// The assets that the rows of a form name.
pub(super) fn assets(form: &Form) -> Result<Vec<Asset>, NodeError> {
    let columns = COLUMNS.map(|name| form.all(name).collect::<Vec<_>>());
    let cell = |column: usize, row: usize| columns[column].get(row).copied().unwrap_or("");
    let rows = (0..columns[1].len()).filter(|&row| !cell(1, row).trim().is_empty());
    let asset = |row: usize| [0, 1, 2, 3].map(|column| cell(column, row)).join(";").parse();
    rows.map(|row| asset(row).map_err(NodeError::from)).collect()
}

/// A field that says something.
pub(super) fn given(form: &Form, name: &str) -> Option<String> {
    Some(form.text(name).to_owned()).filter(|text| !text.is_empty())
}

fn amount(text: &str) -> Result<Option<Amount>, NodeError> {
    if text.trim().is_empty() { Ok(None) } else { Ok(Some(text.parse()?)) }
}

/// What a form would make other: every field that the page shows comes with it, and the ledger leaves out what is so already.
fn variation(form: &Form) -> Result<Variation, NodeError> {
    let value = |(name, text): &(String, String)| {
        let number = name.strip_prefix("value-")?.parse::<u32>().ok()?;
        Some(amount(text).map(|value| (number, value)))
    };
    Ok(Variation {
        add: assets(form)?,
        values: form.pairs.iter().filter_map(value).collect::<Result<_, _>>()?,
        scope: given(form, "scope"),
        authority: given(form, "authority"),
        reference: given(form, "reference"),
        review: form.maybe_day("review")?,
    })
}

fn may_propose(at: &At<'_>) -> Result<(), NodeError> {
    at.seat.may(Permission::ProposeRestraint)
}

/// Proposes other terms.
pub(super) async fn vary(State(state): Shared, visitor: Visitor, Path(id): Path<String>, body: Body) -> Response {
    let form = form_of!(body, visitor);
    let (revision, other, why) = (form.revision(), variation(&form), form.reason("why", ""));
    let act = move |at: &At<'_>, id: &FreezeId| {
        freezes::vary(&at.seat, id, revision, other?, why?)?;
        mihenk_node::drafts::keep(&at.seat, &format!("{id}/vary"), "")
    };
    visitor.act_on_if(&state, ("/freezes", id), &form, may_propose, act).await
}

/// Writes down that a notice was given.
pub(super) async fn notice(State(state): Shared, visitor: Visitor, Path(id): Path<String>, body: Body) -> Response {
    let form = form_of!(body, visitor);
    let text = |name: &str| form.text(name).to_owned();
    let (holder, to, how, on) = (text("holder"), text("to"), text("how"), form.day("on"));
    let act = move |at: &At<'_>, id: &FreezeId| freezes::give_notice(&at.seat, id, Notice { holder, to, how, on: on? });
    visitor.act_on_if(&state, ("/freezes", id), &form, may_propose, act).await
}

/// The letter to whoever holds assets, as a file.
pub(super) async fn letter(State(state): Shared, visitor: Visitor, Path(id): Path<String>) -> Response {
    let holder = visitor.params().text("holder").unwrap_or("").to_owned();
    let name = format!("{id}.html");
    let read = move |at: &At<'_>| {
        at.seat.may(Permission::See)?;
        let letters = freezes::letters(&at.seat, at.folder(), &id.parse()?, Some(&holder))?;
        Ok(letters.first().map(mihenk_node::ledger::freezes::notice::Letter::html).unwrap_or_default())
    };
    visitor.show(&state, read, |_, html: &String| file(&name, html.clone().into_bytes())).await
}

/// Proposes an exemption.
pub(super) async fn exempt(State(state): Shared, visitor: Visitor, Path(id): Path<String>, body: Body) -> Response {
    let form = form_of!(body, visitor);
    let (revision, why) = (form.revision(), form.reason("why", ""));
    let wanted = wanted(&form);
    let act = move |at: &At<'_>, id: &FreezeId| {
        freezes::exempt(&at.seat, at.folder(), id, revision, &wanted?, why?)?;
        mihenk_node::drafts::keep(&at.seat, &format!("{id}/exempt"), "")
    };
    visitor.act_on_if(&state, ("/freezes", id), &form, may_propose, act).await
}

fn wanted(form: &Form) -> Result<Wanted, NodeError> {
    Ok(Wanted {
        kind: form.text("exemption").to_owned(),
        limit: amount(form.text("limit"))?,
        from: form.day("from")?,
        until: form.day("until")?,
        recipient: form.text("recipient").to_owned(),
        reference: given(form, "reference"),
    })
}

/// Does something with an exemption, and comes back to the page of its freeze.
async fn done(
    state: &std::sync::Arc<crate::app::State>,
    visitor: Visitor,
    (freeze, exemption): (String, String),
    form: &Form,
    permission: Permission,
    act: impl FnOnce(&At<'_>, ExemptionId) -> Result<(), NodeError> + Send + 'static,
) -> Response {
    let act = move |at: &At<'_>| {
        at.seat.may(permission)?;
        let freeze: FreezeId = freeze.parse()?;
        act(at, exemption.parse()?)?;
        Ok((freeze, at.seat.desk().now()))
    };
    let then = |(freeze, at): (FreezeId, i64)| format!("/freezes/{freeze}?{}", did("done", freeze.as_str(), at));
    visitor.act(state, &form.pairs, act, then).await
}

type Ids = Path<(String, String)>;

pub(super) async fn confirm(State(state): Shared, visitor: Visitor, Path(ids): Ids, body: Body) -> Response {
    let form = form_of!(body, visitor);
    let revision = form.revision();
    let act = move |at: &At<'_>, id| freezes::confirm(&at.seat, &Proposal::Exemption(id), revision).map(drop);
    done(&state, visitor, ids, &form, Permission::ConfirmRestraint, act).await
}

pub(super) async fn decline(State(state): Shared, visitor: Visitor, Path(ids): Ids, body: Body) -> Response {
    let form = form_of!(body, visitor);
    let (revision, why) = (form.revision(), form.reason("why", ""));
    let act = move |at: &At<'_>, id| freezes::decline(&at.seat, &Proposal::Exemption(id), revision, why?).map(drop);
    done(&state, visitor, ids, &form, Permission::See, act).await
}

/// Writes down what the committee was told or said.
pub(super) async fn committee(State(state): Shared, visitor: Visitor, Path(ids): Ids, body: Body) -> Response {
    let form = form_of!(body, visitor);
    let (said, on) = (said(&form), form.day("on"));
    let act = move |at: &At<'_>, id| {
        let calendar = freezes::calendar(at.folder(), None)?;
        freezes::committee(&at.seat, &id, on?, said?, &calendar).map(drop)
    };
    done(&state, visitor, ids, &form, Permission::ProposeRestraint, act).await
}

fn said(form: &Form) -> Result<Committee, NodeError> {
    let words = form.text("words").to_owned();
    Ok(match form.text("said") {
        "notified" => Committee::Notified { reference: words },
        "approved" => Committee::Approved { reference: words },
        _ => Committee::Objected { reason: Reason::new(&words)? },
    })
}

/// Counts a payment.
pub(super) async fn pay(State(state): Shared, visitor: Visitor, Path(ids): Ids, body: Body) -> Response {
    let form = form_of!(body, visitor);
    let (paid, on, why) = (form.text("amount").parse::<Amount>(), form.day("on"), form.reason("why", ""));
    let act = move |at: &At<'_>, id| freezes::use_exemption(&at.seat, &id, paid?, on?, why?).map(drop);
    done(&state, visitor, ids, &form, Permission::ProposeRestraint, act).await
}

/// Today, as a form has it.
pub(super) fn today(at: &At<'_>) -> String {
    Day::of(at.seat.desk().now()).to_string()
}
