//! One's own keys, and the addresses that are told of what happens.
//!
//! In come forms, out come pages. What proves a key, and the secret of an address, are on the page that answers and nowhere again.

use axum::{
    body::Body,
    extract::{Path, State},
    response::Response,
};
use mihenk_node::{
    NodeError,
    ledger::{
        people::{ApiKey, NewKey, Scope, keys::Wanted},
        webhooks::{Letter, Webhook},
    },
    named::Named,
    people,
    permission::Permission,
    webhooks,
};
use mihenk_pages::{
    frame::Frame,
    keys::{KeysPage, WebhooksPage},
};

use super::{
    Shared,
    form::{Form, form_of},
    people::days,
    visitor::{Visitor, did, page as shown},
};
use crate::office::At;

/// One's own keys, and the time.
type Own = (Vec<ApiKey>, i64);
/// Addresses, who ids are, what was given up.
type Told = (Vec<Webhook>, Named, Vec<Letter>);

fn own(at: &At<'_>) -> Result<Own, NodeError> {
    Ok((people::own_keys(&at.seat)?, at.seat.desk().now()))
}

pub(super) async fn page(State(state): Shared, visitor: Visitor) -> Response {
    let write = |t: &Frame, (keys, now): &Own| shown(&KeysPage { t, keys, now: *now, first: None });
    visitor.show(&state, own, write).await
}

/// A key that was made or has a new secret, which the page shows.
async fn shown_once(
    state: Shared,
    visitor: Visitor,
    form: &Form,
    act: impl FnOnce(&At<'_>) -> Result<NewKey, NodeError> + Send + 'static,
) -> Response {
    let act = move |at: &At<'_>| {
        let new = act(at)?;
        at.state.door.gate.forget();
        Ok((new, own(at)?))
    };
    match visitor.ask_with(&state.0, &form.pairs, act).await {
        Ok((t, (new, (keys, now)))) => {
            let first = Some((new.key.label.as_str(), new.secret.reveal()));
            shown(&KeysPage { t: &t, keys: &keys, now, first })
        }
        Err(response) => *response,
    }
}

pub(super) async fn make(state: Shared, visitor: Visitor, body: Body) -> Response {
    let form = form_of!(body, visitor);
    let scopes = form.all("scope").map(str::parse).collect::<Result<Vec<Scope>, _>>();
    let (label, days) = (form.text("label").to_owned(), days(&form));
    let act = move |at: &At<'_>| people::make_key(&at.seat, Wanted { label, scopes: scopes?, days: days? });
    shown_once(state, visitor, &form, act).await
}

pub(super) async fn rotate(state: Shared, visitor: Visitor, Path(id): Path<String>, body: Body) -> Response {
    let form = form_of!(body, visitor);
    let days = days(&form);
    shown_once(state, visitor, &form, move |at: &At<'_>| people::rotate_key(&at.seat, &id.parse()?, days?)).await
}

/// Revokes a key of one's own, at once.
pub(super) async fn revoke(State(state): Shared, visitor: Visitor, Path(id): Path<String>, body: Body) -> Response {
    let form = form_of!(body, visitor);
    let why = form.reason("why", "");
    let act = move |at: &At<'_>| {
        people::revoke_key(&at.seat, &id.parse()?, why?)?;
        at.state.door.gate.forget();
        Ok(at.seat.desk().now())
    };
    visitor.act(&state, &form.pairs, act, |at| format!("/keys?{}", did("done", "", at))).await
}

fn told(at: &At<'_>) -> Result<Told, NodeError> {
    let (all, named) = webhooks::list(&at.seat)?;
    Ok((all, named, webhooks::letters(&at.seat, true)?))
}

pub(super) async fn webhooks(State(state): Shared, visitor: Visitor) -> Response {
    let write = |t: &Frame, (webhooks, named, letters): &Told| {
        shown(&WebhooksPage { t, webhooks, named, letters, first: None })
    };
    visitor.show(&state, told, write).await
}

/// Does something about an address, and comes back; whoever may not is told so first.
async fn act(
    state: &std::sync::Arc<crate::app::State>,
    visitor: Visitor,
    form: &Form,
    act: impl FnOnce(&At<'_>) -> Result<(), NodeError> + Send + 'static,
) -> Response {
    let act = move |at: &At<'_>| {
        at.seat.may(Permission::ManageWebhooks)?;
        act(at)
    };
    visitor.act_at(state, "/settings/webhooks", form, act).await
}

pub(super) async fn propose(State(state): Shared, visitor: Visitor, body: Body) -> Response {
    let form = form_of!(body, visitor);
    let (url, why) = (form.text("url").to_owned(), form.reason("why", ""));
    let parts: Vec<String> = form.all("part").map(str::to_owned).collect();
    act(&state, visitor, &form, move |at| webhooks::propose(&at.seat, &url, &parts, why?).map(drop)).await
}

/// Confirms another administrator's proposal; its secret is shown on the page that answers.
pub(super) async fn confirm(State(state): Shared, visitor: Visitor, Path(id): Path<String>) -> Response {
    let act = move |at: &At<'_>| {
        at.seat.may(Permission::ManageWebhooks)?;
        let confirmed = webhooks::confirm(&at.seat, &id.parse()?, &at.key()?)?;
        Ok((confirmed, told(at)?))
    };
    let write = |t: &Frame, ((webhook, secret), (webhooks, named, letters)): &((Webhook, String), Told)| {
        let first = Some((webhook.url.as_str(), secret.as_str()));
        shown(&WebhooksPage { t, webhooks, named, letters, first })
    };
    visitor.show(&state, act, write).await
}

pub(super) async fn decline(State(state): Shared, visitor: Visitor, Path(id): Path<String>, body: Body) -> Response {
    let form = form_of!(body, visitor);
    let why = form.reason("why", "");
    act(&state, visitor, &form, move |at| webhooks::decline(&at.seat, &id.parse()?, why?)).await
}

pub(super) async fn end(State(state): Shared, visitor: Visitor, Path(id): Path<String>, body: Body) -> Response {
    let form = form_of!(body, visitor);
    let why = form.reason("why", "");
    act(&state, visitor, &form, move |at| webhooks::end(&at.seat, &id.parse()?, why?)).await
}

/// Has a dead letter delivered again.
pub(super) async fn replay(State(state): Shared, visitor: Visitor, Path(id): Path<String>) -> Response {
    act(&state, visitor, &Form::default(), move |at| webhooks::replay(&at.seat, &id.parse()?)).await
}
