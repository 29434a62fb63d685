//! Keys of whoever has signed in: made, listed, rotated, revoked.
//!
//! In comes what a key is to be, out comes one that is shown once. Keys of services are proposed and confirmed with the other changes that take two.

use std::sync::Arc;

use axum::{
    body::Body,
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use mihenk_node::{
    NodeError,
    ledger::{
        LedgerError, Reason,
        people::{KeyId, NewKey, keys::Wanted},
    },
    people,
};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::json;

use super::session::private;
use crate::{
    app::{self, read_body},
    caller::Caller,
    problem::json_response,
    refusal::Refusal,
};

type Shared = State<Arc<app::State>>;
type Answer = Result<Response, Refusal>;

/// Days that the key before goes on when nothing is said.
const OVERLAP_DAYS: u16 = 7;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rotation {
    overlap_days: Option<u16>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Why {
    reason: Reason,
}

async fn body<T: DeserializeOwned>(body: Body) -> Result<T, Refusal> {
    let bytes = read_body(body).await.map_err(|_| Refusal::Unread("the body is too long, or did not come in time"))?;
    let input = |error: serde_json::Error| NodeError::Input { file: "the body".to_owned(), what: error.to_string() };
    serde_json::from_slice(&bytes).map_err(|error| Refusal::Node(input(error)))
}

fn id(text: &str) -> Result<KeyId, Refusal> {
    text.parse().map_err(|error: LedgerError| Refusal::Node(NodeError::Ledger(error)))
}

pub(crate) async fn list(State(state): Shared, caller: Caller) -> Answer {
    let keys = state.act(caller, |at| people::own_keys(&at.seat)).await?;
    Ok(private(json_response(StatusCode::OK, &json!({ "keys": keys }))))
}

pub(crate) async fn make(State(state): Shared, caller: Caller, given: Body) -> Answer {
    let wanted: Wanted = body(given).await?;
    let new = state.act(caller, |at| people::make_key(&at.seat, wanted)).await?;
    Ok(told(StatusCode::CREATED, &new))
}

pub(crate) async fn rotate(State(state): Shared, Path(key): Path<String>, caller: Caller, given: Body) -> Answer {
    let (key, rotation) = (id(&key)?, body::<Rotation>(given).await?);
    let days = rotation.overlap_days.unwrap_or(OVERLAP_DAYS);
    let new = state.act(caller, move |at| people::rotate_key(&at.seat, &key, days)).await?;
    state.door.gate.forget();
    Ok(told(StatusCode::OK, &new))
}

pub(crate) async fn revoke(State(state): Shared, Path(key): Path<String>, caller: Caller, given: Body) -> Answer {
    let (key, why) = (id(&key)?, body::<Why>(given).await?);
    state.act(caller, move |at| people::revoke_key(&at.seat, &key, why.reason)).await?;
    state.door.gate.forget();
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::NO_CONTENT;
    Ok(private(response))
}

fn told(status: StatusCode, new: &NewKey) -> Response {
    private(json_response(status, &json!({ "key": new.key, "secret": new.secret.reveal() })))
}
