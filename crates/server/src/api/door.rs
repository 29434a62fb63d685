//! What stands before signing in and out: who asks, and whether what they send is as described.
//!
//! Cookies, forms and waiting for whoever guesses are the handlers' (`crate::who`); in come the requests for them, out come those that fit the operation, or a
//! [`Problem`]. In debug builds their answers are held against the description, as those of [`super::perform`] are.

use std::sync::Arc;

use axum::{
    body::{Body, Bytes},
    extract::{FromRequestParts, Request},
    http::{HeaderMap, header},
    middleware::{Next, from_fn},
    response::{IntoResponse, Response},
    routing::MethodRouter,
};
use serde_json::{Map, Value};

use super::{
    ask::{Ask, json_of},
    check::check,
    operation::{Before, Handler, Operation, Takes},
    perform::{fits, known, media_of, of_body, wrong_media},
    problem::Problem,
    schema::Schema,
};
use crate::{
    app::{State, read_body},
    caller::Caller,
    params,
    refusal::Refusal,
};

/// The field of our forms that says which session they belong to.
const CSRF: &str = "csrf";

/// The route of an operation at the door.
pub(super) fn route(
    operation: &'static Operation,
    before: Before,
    handler: Handler,
    state: &Arc<State>,
) -> MethodRouter<Arc<State>> {
    let state = Arc::clone(state);
    handler().route_layer(from_fn(move |request: Request, next: Next| {
        let state = Arc::clone(&state);
        async move {
            match passed(operation, before, &state, request).await {
                Ok(request) => as_told(operation, next.run(request).await).await,
                Err(problem) => problem.into_response(),
            }
        }
    }))
}

async fn passed(
    operation: &Operation,
    before: Before,
    state: &Arc<State>,
    request: Request,
) -> Result<Request, Problem> {
    if state.office.is_none() {
        return Err(Refusal::NoOffice.into());
    }
    let (mut parts, body) = request.into_parts();
    if before != Before::Anybody {
        let caller = Caller::from_request_parts(&mut parts, state).await?;
        if before == Before::SignedIn {
            known(state, &caller).await?;
        }
    }
    Ask::read(operation, &[], parts.uri.query(), &parts.headers)?;
    let body = match &operation.takes {
        Takes::Json(schema) | Takes::Form(schema) => {
            let takes_forms = matches!(operation.takes, Takes::Form(_));
            Body::from(held(schema, takes_forms, &parts.headers, body).await?)
        }
        Takes::Nothing | Takes::File(_) => body,
    };
    Ok(Request::from_parts(parts, body))
}

/// The bytes of a body whose fields fit.
async fn held(schema: &Schema, takes_forms: bool, headers: &HeaderMap, body: Body) -> Result<Bytes, Problem> {
    let media = media_of(headers);
    let is_form = takes_forms && media == "application/x-www-form-urlencoded";
    if !is_form && media != "application/json" {
        let or = if takes_forms { " or a form" } else { "" };
        return Err(wrong_media(&media, or));
    }
    let bytes = read_body(body).await.map_err(of_body)?;
    let value = if is_form { of_form(&bytes) } else { json_of(&bytes)? };
    let wrong = check(schema, &value);
    if wrong.is_empty() { Ok(bytes) } else { Err(Problem::fields(&wrong)) }
}

fn of_form(bytes: &[u8]) -> Value {
    let mut fields = Map::new();
    for (name, value) in params::pairs(bytes).into_iter().filter(|(name, _)| name != CSRF) {
        // The first counts, as where the form is read.
        fields.entry(name).or_insert(Value::String(value));
    }
    Value::Object(fields)
}

/// Holds an answer against its description, where that is done.
async fn as_told(operation: &Operation, response: Response) -> Response {
    let is_json = response.headers().get(header::CONTENT_TYPE).is_some_and(|media| media == "application/json");
    if !cfg!(debug_assertions) || !response.status().is_success() || !is_json {
        return response;
    }
    let (parts, body) = response.into_parts();
    let Ok(bytes) = read_body(body).await else {
        return Problem::broken("an answer of the door could not be read").into_response();
    };
    let told = json_of(&bytes).and_then(|value| fits(operation, &value));
    match told {
        Ok(()) => Response::from_parts(parts, Body::from(bytes)),
        Err(problem) => problem.into_response(),
    }
}
