//! One-time codes: the second step of signing in, and the device of whoever has signed in.
//!
//! In comes what a device shows, out comes a session, or what a new device has to know: its secret, as text and as a QR code.

use std::{sync::Arc, time::Instant};

use axum::{
    body::Body,
    extract::State,
    http::{HeaderMap, StatusCode},
    response::Response,
};
use mihenk_node::{
    ledger::people::{Manner, SignedIn, Token, second_factor::RecoveryCodes},
    qr,
};
use serde_json::json;

use super::{
    address::Address,
    session::{Fields, entered, private},
};
use crate::{app, caller::Caller, problem::json_response, refusal::Refusal};

type Shared = State<Arc<app::State>>;
type Answer = Result<Response, Refusal>;

/// Ends signing in with a code; `pending` is the token that the password gave.
pub(crate) async fn enter(
    state: &Arc<app::State>,
    from: Address,
    pending: Token,
    code: String,
) -> Result<SignedIn, Refusal> {
    state.door.throttle.tries(from.counted(), "", Instant::now()).map_err(Refusal::TooMany)?;
    let signed_in =
        state.office_act(move |office| office.desk.enter_code(&pending, &office.key()?, &code, Manner::BROWSER));
    let signed_in = signed_in.await?;
    state.door.throttle.right(from.counted(), &signed_in.user.name);
    Ok(signed_in)
}

async fn code(headers: &HeaderMap, body: Body) -> Result<(String, Fields), Refusal> {
    let mut fields = Fields::read(headers, body).await?;
    let code = fields.take("code").ok_or(Refusal::Unread("a code is needed, a text"))?;
    Ok((code, fields))
}

pub(crate) async fn enter_code(
    State(state): Shared,
    from: Address,
    caller: Caller,
    headers: HeaderMap,
    body: Body,
) -> Answer {
    let (code, fields) = code(&headers, body).await?;
    let signed_in = enter(&state, from, caller.token, code).await?;
    Ok(entered(&state, &signed_in, fields))
}

pub(crate) async fn show(State(state): Shared, caller: Caller) -> Answer {
    let factor = state.act(caller, |at| at.seat.second_factor()).await?;
    Ok(private(json_response(StatusCode::OK, &factor)))
}

pub(crate) async fn enrol(State(state): Shared, caller: Caller) -> Answer {
    let enrolled = state.office_act(move |office| {
        let enrolment = office.desk.seat(caller.token).enrol_second_factor(&office.key()?)?;
        let svg = qr::svg(&enrolment.uri)?;
        Ok(json!({ "secret": enrolment.secret, "uri": enrolment.uri, "svg": svg }))
    });
    Ok(private(json_response(StatusCode::OK, &enrolled.await?)))
}

pub(crate) async fn confirm(State(state): Shared, caller: Caller, headers: HeaderMap, body: Body) -> Answer {
    let (code, _) = code(&headers, body).await?;
    let confirmed = state
        .office_act(move |office| office.desk.seat(caller.token).confirm_second_factor(&office.key()?, &code))
        .await?;
    Ok(told(&confirmed))
}

pub(crate) async fn renew(State(state): Shared, caller: Caller, headers: HeaderMap, body: Body) -> Answer {
    let (code, _) = code(&headers, body).await?;
    let renewed = state
        .office_act(move |office| office.desk.seat(caller.token).renew_recovery_codes(&office.key()?, &code))
        .await?;
    Ok(told(&renewed))
}

fn told(codes: &RecoveryCodes) -> Response {
    private(json_response(StatusCode::OK, &json!({ "recovery_codes": codes })))
}
