//! Quiet pairs, the overview, the model, the chain.
//!
//! In come forms, out come pages.

use axum::{
    body::Body,
    extract::{Path, State},
    response::Response,
};
use mihenk_node::{
    BaseRate, Model, NodeError,
    alerts::{
        self, QuietPairs,
        desk::{self, Overview},
    },
    audit::{self, History},
    ledger::{
        alerts::{reliability::Bin, review::ReasonCount},
        audit::Filter,
        refusals,
    },
    permission::Permission,
    portfolio::{self, Replayed},
    store::verify::Verdict,
};
use mihenk_pages::{
    frame::Frame,
    house::{AuditPage, DashboardPage, RulesPage},
    model::ModelPage,
    refusal::Why,
};

use super::{
    Shared,
    answer::refused,
    form::form_of,
    stream,
    visitor::{Visitor, did, page as shown},
};
use crate::{
    api::{audit::exported, code::Code},
    office::At,
    refusal::Refusal,
};

/// Events of a page.
const NEWEST: u32 = 100;

pub(super) async fn rules(State(state): Shared, visitor: Visitor) -> Response {
    let with_ended = visitor.params().text("ended").is_some();
    let write = |t: &Frame, pairs: &QuietPairs| shown(&RulesPage { t, pairs, with_ended });
    visitor.show(&state, move |at| alerts::quiet_pairs(&at.seat, with_ended), write).await
}

pub(super) async fn withdraw(State(state): Shared, visitor: Visitor, Path(id): Path<String>, body: Body) -> Response {
    let form = form_of!(body, visitor);
    let why = form.reason("why", "");
    let act = move |at: &At<'_>| {
        let alert = alerts::withdraw(&at.seat, &id.parse()?, why?)?;
        Ok((at.seat.desk().now(), alert))
    };
    visitor.act(&state, &form.pairs, act, |(at, id)| format!("/rules?{}", did("reopened", id.as_str(), at))).await
}

pub(super) async fn dashboard(State(state): Shared, visitor: Visitor) -> Response {
    let read = |at: &At<'_>| Ok((desk::overview(&at.seat)?, alerts::statistics(&at.seat)?));
    let write =
        |t: &Frame, (overview, reasons): &(Overview, Vec<ReasonCount>)| shown(&DashboardPage { t, overview, reasons });
    visitor.show(&state, read, write).await
}

/// The model that answers, and whether its probabilities were honest here.
pub(super) async fn model(State(state): Shared, visitor: Visitor) -> Response {
    let read = |at: &At<'_>| Ok((desk::honesty(&at.seat)?, at.model()));
    let write = |t: &Frame, (bins, model): &(Vec<Bin>, Model)| {
        shown(&ModelPage { t, model, bins, one_in: BaseRate::SCREENING.one_in })
    };
    visitor.show(&state, read, write).await
}

fn events(at: &At<'_>, subject: &str) -> Result<History, NodeError> {
    let subject = Some(subject.trim().to_owned()).filter(|text| !text.is_empty());
    audit::show(&at.seat, &Filter { subject, newest: Some(NEWEST), ..Filter::default() })
}

pub(super) async fn chain(State(state): Shared, visitor: Visitor) -> Response {
    let subject = visitor.params().text("subject").unwrap_or("").to_owned();
    let asked = subject.clone();
    let write = |t: &Frame, history: &History| {
        shown(&AuditPage { t, subject: &subject, history, verdict: None, replayed: None, refused: None })
    };
    visitor.show(&state, move |at| events(at, &asked), write).await
}

/// A range of the chain for an examiner, as a file that can be checked without the store.
pub(super) async fn export(State(state): Shared, visitor: Visitor) -> Response {
    let params = visitor.params();
    let number = |name: &str| {
        let text = params.text(name).unwrap_or("").trim().to_owned();
        let read = (!text.is_empty()).then(|| text.parse::<i64>().map_err(|_| refusals::not_an_event_number(text)));
        read.transpose()
    };
    let (first, last) = (number("from"), number("to"));
    let read = move |at: &At<'_>| {
        at.seat.may(Permission::Audit)?;
        exported(at, first?.unwrap_or(1), last?)
    };
    match visitor.ask(&state, read).await {
        Ok((frame, (name, spool))) => {
            stream::file(&name, spool).unwrap_or_else(|error| refused(&frame, &Refusal::Broken(error.to_string()), &[]))
        }
        Err(response) => *response,
    }
}

pub(super) async fn verify(State(state): Shared, visitor: Visitor) -> Response {
    let read = |at: &At<'_>| {
        let verdict = audit::verify(&at.seat, None)?;
        Ok((events(at, "")?, verdict))
    };
    let write = |t: &Frame, (history, verdict): &(History, Verdict)| {
        let verdict = Some(verdict);
        shown(&AuditPage { t, subject: "", history, verdict, replayed: None, refused: None })
    };
    visitor.show(&state, read, write).await
}

pub(super) async fn replay(State(state): Shared, visitor: Visitor, body: Body) -> Response {
    let form = form_of!(body, visitor);
    let seq = form.text("seq").parse().unwrap_or(0);
    let folder = state.office.as_ref().map(|office| office.folder.clone()).unwrap_or_default();
    type Again = (History, String, Result<Replayed, NodeError>);
    let read = move |at: &At<'_>| -> Result<Again, NodeError> {
        let again = match portfolio::replay(&at.seat, &folder, Model::built_in(), seq) {
            Ok(replayed) => Ok(replayed),
            Err(error @ NodeError::NotAllowed { .. }) => return Err(error),
            Err(error) => Err(error),
        };
        let subject = again.as_ref().map(|replayed| replayed.alert.clone()).unwrap_or_default();
        Ok((events(at, &subject)?, subject, again))
    };
    let write = |t: &Frame, (history, subject, again): &Again| {
        let why = again.as_ref().err().map(|error| Why::of(t.words, Code::Refused.about().name, error));
        shown(&AuditPage { t, subject, history, verdict: None, replayed: again.as_ref().ok(), refused: why.as_ref() })
    };
    visitor.show(&state, read, write).await
}
