//! Freezes: the register of any day, one freeze, proposing, confirming, releasing.
//!
//! In come ids and forms, out come pages. That two people stand behind each is the ledger's rule.

use std::collections::BTreeMap;

use axum::{
    body::Body,
    extract::{Path, State},
    response::Response,
};
use mihenk_node::{
    NodeError, drafts,
    freezes::{self, Proposal, Shown},
    ledger::{
        day::Day,
        freezes::{Freeze, FreezeId, Terms, due::Due, register::Register},
        regimes::{ExemptionRule, Regime},
    },
    named::Named,
    permission::Permission,
};
use mihenk_pages::{
    frame::Frame,
    freeze::{FreezePage, FreezesPage, NewFreezePage},
};

use super::{
    Shared,
    answer::failed,
    exempt,
    form::{Form, form_of},
    visitor::{Visitor, page as shown},
};
use crate::office::At;

/// One freeze, who ids are, what was typed, what may be exempt, and which day it is.
type One = (Shown, Named, BTreeMap<String, String>, Vec<ExemptionRule>, String);
type All = (Vec<Freeze>, Vec<Due>, Register, Named);

pub(super) async fn list(State(state): Shared, visitor: Visitor) -> Response {
    let day = visitor.params().text("at").unwrap_or("").to_owned();
    let asked = day.clone();
    let read = move |at: &At<'_>| -> Result<All, NodeError> {
        let moment = match asked.as_str() {
            "" => None,
            // To the end of that day, if it is over.
            text => Some((text.parse::<Day>()?.next().begins() - 1).min(at.seat.desk().now())),
        };
        let register = freezes::register(&at.seat, moment)?;
        Ok((freezes::list(&at.seat, true)?.0, freezes::due(&at.seat)?, register, named(at)?))
    };
    let write = |t: &Frame, (freezes, due, register, named): &All| {
        shown(&FreezesPage { t, freezes, due, register, named, day: &day })
    };
    visitor.show(&state, read, write).await
}

pub(super) async fn page(State(state): Shared, visitor: Visitor, Path(id): Path<String>) -> Response {
    let read = move |at: &At<'_>| {
        let found = freezes::show(&at.seat, &id.parse()?)?;
        let drafts = drafts::of(&at.seat)?;
        // What may be exempt matters to whoever may propose it, while there is something to exempt.
        let may = at.seat.may(Permission::ProposeRestraint).is_ok() && found.freeze.state.restrains();
        let regimes = may.then(|| freezes::regimes(at.folder())).transpose()?;
        let regime = regimes.as_ref().and_then(|all| all.get(&found.freeze.terms.programme).ok());
        let rules = regime.map(|regime| regime.exemptions.clone()).unwrap_or_default();
        Ok((found, named(at)?, drafts, rules, exempt::today(at)))
    };
    let write = |t: &Frame, (found, named, drafts, rules, today): &One| {
        shown(&FreezePage { t, shown: found, named, drafts, rules, today })
    };
    visitor.show(&state, read, write).await
}

fn named(at: &At<'_>) -> Result<Named, NodeError> {
    at.seat.act(Permission::See, |act, _| Named::read(act))
}

pub(super) async fn new(State(state): Shared, visitor: Visitor) -> Response {
    let params = visitor.params();
    let [entity, case] = ["entity", "case"].map(|name| params.text(name).unwrap_or("").to_owned());
    let folder = state.office.as_ref().map(|office| office.folder.clone()).unwrap_or_default();
    let read = move |at: &At<'_>| {
        at.seat.may(Permission::ProposeRestraint)?;
        let today = Day::of(at.seat.desk().now()).to_string();
        let draft = drafts::of(&at.seat)?.remove("freezes/new").unwrap_or_default();
        Ok((freezes::regimes(&folder)?.all().to_vec(), today, draft))
    };
    let write = |t: &Frame, (regimes, today, draft): &(Vec<Regime>, String, String)| {
        shown(&NewFreezePage { t, regimes, entity: &entity, case: &case, today, draft })
    };
    visitor.show(&state, read, write).await
}

pub(super) async fn propose(State(state): Shared, visitor: Visitor, body: Body) -> Response {
    let form = form_of!(body, visitor);
    let folder = state.office.as_ref().map(|office| office.folder.clone()).unwrap_or_default();
    let live = match state.holder.live() {
        Ok(live) => live,
        Err(failure) => return failed(&visitor.frame(), failure),
    };
    let (terms, why) = (terms(&form), form.reason("why", ""));
    let act = move |at: &At<'_>| {
        let id = freezes::propose(&at.seat, &folder, live.node.lookup(), terms?, None, why?)?;
        drafts::keep(&at.seat, "freezes/new", "")?;
        Ok(id)
    };
    visitor.act(&state, &form.pairs, act, |id| format!("/freezes/{id}")).await
}

/// The terms that a form writes.
fn terms(form: &Form) -> Result<Terms, NodeError> {
    Ok(Terms {
        entity: exempt::given(form, "entity"),
        also: Vec::new(),
        lists: Vec::new(),
        customer: exempt::given(form, "customer"),
        programme: form.text("programme").to_owned(),
        authority: form.text("authority").to_owned(),
        reference: form.text("reference").to_owned(),
        scope: form.text("scope").to_owned(),
        start: form.day("start")?,
        review: form.day("review")?,
        assets: exempt::assets(form)?,
        alerts: Vec::new(),
        case: exempt::given(form, "case"),
    })
}

pub(super) async fn confirm(State(state): Shared, visitor: Visitor, Path(id): Path<String>, body: Body) -> Response {
    let form = form_of!(body, visitor);
    let revision = form.revision();
    let act = move |at: &At<'_>, id: &FreezeId| {
        freezes::confirm(&at.seat, &Proposal::Freeze(id.clone()), revision).map(|_| ())
    };
    visitor.act_on(&state, ("/freezes", id), &form, act).await
}

pub(super) async fn decline(State(state): Shared, visitor: Visitor, Path(id): Path<String>, body: Body) -> Response {
    let form = form_of!(body, visitor);
    let (revision, why) = (form.revision(), form.reason("why", ""));
    let act = move |at: &At<'_>, id: &FreezeId| {
        freezes::decline(&at.seat, &Proposal::Freeze(id.clone()), revision, why?).map(|_| ())
    };
    visitor.act_on(&state, ("/freezes", id), &form, act).await
}

pub(super) async fn release(State(state): Shared, visitor: Visitor, Path(id): Path<String>, body: Body) -> Response {
    let form = form_of!(body, visitor);
    let (revision, why) = (form.revision(), form.reason("why", ""));
    let assets: Vec<u32> = form.all("asset").filter_map(|number| number.parse().ok()).collect();
    let act = move |at: &At<'_>, id: &FreezeId| {
        freezes::release(&at.seat, id, revision, assets, why?)?;
        drafts::keep(&at.seat, &format!("{id}/release"), "")
    };
    visitor.act_on(&state, ("/freezes", id), &form, act).await
}

pub(super) async fn review(State(state): Shared, visitor: Visitor, Path(id): Path<String>, body: Body) -> Response {
    let form = form_of!(body, visitor);
    let (revision, why, next) = (form.revision(), form.reason("why", ""), form.day("next"));
    let act = move |at: &At<'_>, id: &FreezeId| freezes::review(&at.seat, id, revision, next?, why?);
    visitor.act_on(&state, ("/freezes", id), &form, act).await
}
