//! Settings, for administrators: what is set, how long what is kept, the key of documents, the disk.
//!
//! In come forms, out come pages. What is set is what the program was started with; nothing here changes it. Erasing is told on the page that answers; exchanging the key is proposed here, confirmed
//! with the changes of people, and work that goes on after the answer.

use axum::{
    body::Body,
    extract::{Path, State},
    response::Response,
};
use mihenk_node::{
    NodeError,
    disk::{self, Used},
    ledger::{
        people::User,
        retention::{Due, Rule, Shown as Kept},
    },
    people,
    permission::Permission,
    retention::{self, Ran},
    sealing::{self, KeyAbout},
};
use mihenk_pages::{
    frame::Frame,
    settings::{KeepingPage, RetentionPage, SettingsPage},
};

use super::{
    Shared,
    form::{Form, form_of},
    visitor::{Visitor, page as shown},
};
use crate::{
    api::{jobs, sealing::exchange_begun},
    office::At,
};

pub(super) async fn page(State(state): Shared, visitor: Visitor) -> Response {
    let settings = state.settings.shown.clone();
    let may = |at: &At<'_>| at.seat.may(Permission::ManageStore);
    visitor.show(&state, may, |t, ()| shown(&SettingsPage { t, settings: &settings })).await
}

type Retention = (Kept, Vec<Due>, Vec<User>);

fn kept(at: &At<'_>) -> Result<Retention, NodeError> {
    let (shown, due) = retention::show(&at.seat)?;
    Ok((shown, due, people::show(&at.seat)?.0))
}

fn written(t: &Frame, (shown_now, due, users): &Retention, ran: Option<&Ran>) -> Response {
    let (rules, waiting, holds) = shown_now;
    let parts = retention::parts();
    shown(&RetentionPage { t, rules, waiting, holds, due, parts: &parts, users, ran })
}

pub(super) async fn retention(State(state): Shared, visitor: Visitor) -> Response {
    visitor.show(&state, kept, |t, all: &Retention| written(t, all, None)).await
}

/// The page of what is kept how long.
const RETENTION: &str = "/settings/retention";

pub(super) async fn propose(State(state): Shared, visitor: Visitor, body: Body) -> Response {
    let form = form_of!(body, visitor);
    let why = form.reason("why", "");
    let (part, days) = (form.text("part").to_owned(), form.text("days").parse::<u32>());
    let purpose = form.text("purpose").to_owned();
    let act = move |at: &At<'_>| {
        // Whoever may not is told so first.
        at.seat.may(Permission::ManageStore)?;
        let keep_days =
            days.map_err(|_| NodeError::Act("days: right would be a whole number such as 1826".to_owned()))?;
        retention::propose(&at.seat, Rule { part, keep_days, purpose }, why?).map(drop)
    };
    visitor.act_at(&state, RETENTION, &form, act).await
}

pub(super) async fn confirm(State(state): Shared, visitor: Visitor, Path(id): Path<String>) -> Response {
    let act = move |at: &At<'_>| retention::confirm(&at.seat, &id.parse()?).map(drop);
    visitor.act_at(&state, RETENTION, &Form::default(), act).await
}

pub(super) async fn decline(State(state): Shared, visitor: Visitor, Path(id): Path<String>, body: Body) -> Response {
    let form = form_of!(body, visitor);
    let why = form.reason("why", "");
    visitor.act_at(&state, RETENTION, &form, move |at: &At<'_>| retention::decline(&at.seat, &id.parse()?, why?)).await
}

pub(super) async fn hold(State(state): Shared, visitor: Visitor, body: Body) -> Response {
    let form = form_of!(body, visitor);
    let (subject, why) = (form.text("subject").to_owned(), form.reason("why", ""));
    visitor.act_at(&state, RETENTION, &form, move |at: &At<'_>| retention::hold(&at.seat, &subject, why?)).await
}

pub(super) async fn lift(State(state): Shared, visitor: Visitor, body: Body) -> Response {
    let form = form_of!(body, visitor);
    let (subject, why) = (form.text("subject").to_owned(), form.reason("why", ""));
    visitor.act_at(&state, RETENTION, &form, move |at: &At<'_>| retention::lift(&at.seat, &subject, why?)).await
}

/// Erases what is due, and shows what that was.
pub(super) async fn run(State(state): Shared, visitor: Visitor, body: Body) -> Response {
    let form = form_of!(body, visitor);
    let (is_sure, why) = (!form.text("sure").is_empty(), form.reason("why", ""));
    let act = move |at: &At<'_>| {
        at.seat.may(Permission::ManageStore)?;
        if !is_sure {
            return Err(NodeError::Act("say that you have looked at what will be erased".to_owned()));
        }
        let ran = retention::run(&at.seat, at.folder(), &why?)?;
        Ok((kept(at)?, ran))
    };
    visitor.show(&state, act, |t, (all, ran): &(Retention, Ran)| written(t, all, Some(ran))).await
}

pub(super) async fn keeping(State(state): Shared, visitor: Visitor) -> Response {
    let number = visitor.params().text("job").and_then(|text| text.parse::<u64>().ok());
    let job = number.and_then(|number| state.api.jobs.get(number)).filter(|job| job.is("key-exchange"));
    let exchange = job.map(|job| (job.is_running(), job.problem().cloned()));
    let file = state.office.as_ref().map(|office| office.key_file.clone()).unwrap_or_default();
    let read = move |at: &At<'_>| Ok((sealing::about(&at.seat, &file)?, disk::used(&at.seat, at.folder())?));
    let write = |t: &Frame, (key, used): &(KeyAbout, Used)| {
        let exchange = exchange.as_ref().map(|(is_running, problem)| (*is_running, problem.as_ref()));
        shown(&KeepingPage { t, key, used, exchange })
    };
    visitor.show(&state, read, write).await
}

/// Proposes to exchange the key of documents; goes on with an exchange that was confirmed and is not over.
pub(super) async fn exchange(State(state): Shared, visitor: Visitor, body: Body) -> Response {
    let form = form_of!(body, visitor);
    let why = form.reason("why", "");
    let file = state.office.as_ref().map(|office| office.key_file.clone()).unwrap_or_default();
    let act = move |at: &At<'_>| {
        at.seat.may(Permission::ManageStore)?;
        if sealing::is_due(at.seat.desk(), &file)? {
            return exchange_begun(at).map(Some);
        }
        sealing::propose(&at.seat, &file, why?).map(|_| None)
    };
    match visitor.ask_with(&state, &form.pairs, act).await {
        Ok((_, Some(job))) => exchanging(&state, job).await,
        Ok((_, None)) => super::answer::see_other("/settings/keeping"),
        Err(response) => *response,
    }
}

/// Waits a little for the end of it, and shows how it stands.
pub(super) async fn exchanging(state: &std::sync::Arc<crate::app::State>, job: u64) -> Response {
    jobs::wait(state, job).await;
    super::answer::see_other(&format!("/settings/keeping?job={job}"))
}
