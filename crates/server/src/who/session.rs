//! Sessions of a browser: begun, shown, ended.
//!
//! In comes a name with a password, as JSON or as a form, out comes a cookie; what a script needs to know of its session is `GET /api/v1/session`. A form may say
//! with `next` which page of ours comes then. The pages sign in through [`sign_in`].

use std::{sync::Arc, time::Instant};

use axum::{
    body::Body,
    extract::State,
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    response::Response,
};
use mihenk_node::{
    NodeError,
    ledger::people::{Due, Manner, Secret, SignedIn, Token},
};
use serde_json::{Value, json};

use super::{address::Address, cookie, csrf};
use crate::{
    app::{self, read_body},
    caller::Caller,
    office::Office,
    params,
    problem::json_response,
    refusal::Refusal,
};

type Shared = State<Arc<app::State>>;
type Answer = Result<Response, Refusal>;

/// The longest password that is hashed, in bytes.
const PASSWORD_MAX: usize = 1024;

/// Signs somebody in from a browser. A wrong name and a wrong password are answered in the same words after the same time.
pub(crate) async fn sign_in(
    state: &Arc<app::State>,
    from: Address,
    name: String,
    password: String,
) -> Result<SignedIn, Refusal> {
    let office = state.office.clone().ok_or(Refusal::NoOffice)?;
    let (from, door) = (from.counted(), &state.door);
    let wait = door.throttle.tries(from, &name, Instant::now()).map_err(Refusal::TooMany)?;
    tokio::time::sleep(wait).await;
    let (given, secret) = (name.clone(), kept_short(&password));
    let act = move || office.desk.sign_in_as(&given, &secret, Manner::BROWSER);
    match door.hashing.run(act).await? {
        Ok(signed_in) => {
            if !signed_in.wants_code {
                door.throttle.right(from, &name);
            }
            Ok(signed_in)
        }
        Err(error) => {
            if matches!(error, NodeError::WrongPassword) {
                door.throttle.wrong(&name, Instant::now());
            }
            Err(Refusal::Node(error))
        }
    }
}

/// A password as it is looked at; what is longer than anybody's is wrong, and takes no longer.
fn kept_short(password: &str) -> Secret {
    if password.len() > PASSWORD_MAX { Secret::new("") } else { Secret::new(password) }
}

/// Does on a thread for passwords what computes one.
pub(super) async fn with_hashing<T: Send + 'static>(
    state: &Arc<app::State>,
    act: impl FnOnce(&Office) -> Result<T, NodeError> + Send + 'static,
) -> Result<T, Refusal> {
    let office = state.office.clone().ok_or(Refusal::NoOffice)?;
    state.door.hashing.run(move || act(&office)).await?.map_err(Refusal::Node)
}

/// Exchanges somebody's password.
pub(crate) async fn exchange_password(
    state: &Arc<app::State>,
    token: Token,
    before: &str,
    new: &str,
) -> Result<(), Refusal> {
    let (before, new) = (kept_short(before), kept_short(new));
    with_hashing(state, move |office| office.desk.seat(token).choose_password(&before, &new)).await
}

/// What a form or a body of JSON says.
pub(super) struct Fields {
    pairs: Vec<(String, String)>,
    pub(super) is_form: bool,
}

impl Fields {
    pub(super) async fn read(headers: &HeaderMap, body: Body) -> Result<Fields, Refusal> {
        let bytes =
            read_body(body).await.map_err(|_| Refusal::Unread("the body is too long, or did not come in time"))?;
        let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or("");
        if kind.to_ascii_lowercase().starts_with("application/x-www-form-urlencoded") {
            return Ok(Fields { pairs: params::pairs(&bytes), is_form: true });
        }
        let Ok(Value::Object(map)) = serde_json::from_slice(&bytes) else {
            return Err(Refusal::Unread("the body is neither a form nor a JSON object, such as {\"name\": …}"));
        };
        let texts = map.into_iter().filter_map(|(name, value)| Some((name, value.as_str()?.to_owned())));
        Ok(Fields { pairs: texts.collect(), is_form: false })
    }

    pub(super) fn take(&mut self, name: &str) -> Option<String> {
        let at = self.pairs.iter().position(|(other, _)| other == name)?;
        Some(self.pairs.swap_remove(at).1)
    }
}

pub(crate) async fn begin(
    State(state): Shared,
    from: Address,
    method: Method,
    headers: HeaderMap,
    body: Body,
) -> Answer {
    // Nobody is signed in by a page of somebody else.
    if cookie::is_foreign(&method, &headers) {
        return Err(Refusal::Foreign);
    }
    let mut fields = Fields::read(&headers, body).await?;
    let (Some(name), Some(password)) = (fields.take("name"), fields.take("password")) else {
        return Err(Refusal::Unread("a name and a password are needed, each a text"));
    };
    let signed_in = sign_in(&state, from, name, password).await?;
    Ok(entered(&state, &signed_in, fields))
}

/// What whoever signed in is answered: a cookie, and where to go or what a script has to know.
pub(super) fn entered(state: &app::State, signed_in: &SignedIn, mut fields: Fields) -> Response {
    let next = fields.take("next");
    let mut response = match (fields.is_form, signed_in.wants_code) {
        (false, _) => told(signed_in),
        (true, false) => see_other(next),
        (true, true) => see_other(Some(code_page(next))),
    };
    response.headers_mut().insert(header::SET_COOKIE, cookie::keep(&signed_in.token, state.settings.is_secure));
    response
}

fn told(signed_in: &SignedIn) -> Response {
    let body = json!({
        "user": signed_in.user,
        "until": signed_in.until,
        "must_change": signed_in.must_change,
        "wants_code": signed_in.wants_code,
        "csrf": csrf::token(&signed_in.token),
    });
    private(json_response(StatusCode::OK, &body))
}

/// What no cache keeps.
pub(super) fn private(mut response: Response) -> Response {
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// The address of a page of ours; one that leads elsewhere leads home.
pub(crate) fn local(next: Option<String>) -> String {
    let is_ours = |next: &String| {
        next.starts_with('/')
            && !next.starts_with("//")
            && !next.contains(|c: char| c == '\\' || c.is_control() || !c.is_ascii())
    };
    next.filter(is_ours).unwrap_or_else(|| "/".to_owned())
}

/// The page that asks for a one-time code before it leads on.
pub(crate) fn code_page(next: Option<String>) -> String {
    format!("/code?next={}", params::encoded(&local(next)))
}

/// Leads there.
pub(crate) fn see_other(next: Option<String>) -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::SEE_OTHER;
    let place = HeaderValue::from_str(&local(next)).unwrap_or_else(|_| HeaderValue::from_static("/"));
    response.headers_mut().insert(header::LOCATION, place);
    private(response)
}

pub(crate) async fn show(State(state): Shared, caller: Caller) -> Answer {
    let csrf = caller.csrf();
    let holder = state.act(caller, |at| at.seat.holder_now()).await?;
    let due = holder.due.map(|due| match due {
        Due::Password => "password",
        Due::SecondFactor => "second-factor",
    });
    let body = json!({ "user": holder.user, "due": due, "scopes": holder.scopes, "csrf": csrf });
    Ok(private(json_response(StatusCode::OK, &body)))
}

pub(crate) async fn end(State(state): Shared, caller: Caller) -> Answer {
    let ended = state.act(caller, |at| at.seat.sign_out()).await;
    gone(&state, ended)
}

pub(crate) async fn end_all(State(state): Shared, caller: Caller) -> Answer {
    let ended = state.act(caller, |at| at.seat.sign_out_everywhere()).await;
    gone(&state, ended)
}

/// Whoever is not signed in any more is signed out as well.
fn gone(state: &app::State, ended: Result<(), Refusal>) -> Answer {
    match ended {
        Ok(()) | Err(Refusal::Node(NodeError::NotSignedIn)) => {}
        Err(refusal) => return Err(refusal),
    }
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::NO_CONTENT;
    response.headers_mut().insert(header::SET_COOKIE, cookie::forget(state.settings.is_secure));
    // What the browser kept of the pages goes as well.
    response.headers_mut().insert("clear-site-data", HeaderValue::from_static("\"cache\""));
    Ok(private(response))
}

pub(crate) async fn choose_password(State(state): Shared, caller: Caller, headers: HeaderMap, body: Body) -> Answer {
    let mut fields = Fields::read(&headers, body).await?;
    let (Some(before), Some(new)) = (fields.take("before"), fields.take("new")) else {
        return Err(Refusal::Unread(
            "the password until now ('before') and the new one ('new') are needed, each a text",
        ));
    };
    exchange_password(&state, caller.token, &before, &new).await?;
    if fields.is_form {
        return Ok(see_other(fields.take("next")));
    }
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::NO_CONTENT;
    Ok(private(response))
}
