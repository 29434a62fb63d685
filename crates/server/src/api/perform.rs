//! Doing what a request asks: from the parts of a request to a response.
//!
//! The one way in for every operation. Who asks comes first, then whether what they send fits the description, then the body, then the act on a thread of
//! its own; so nobody who is not signed in learns anything, and no body is read of whoever may not send one. Answers are held against their description in
//! tests and debug builds.

use std::{sync::Arc, time::Duration};

use axum::{
    body::Body,
    http::HeaderMap,
    response::{IntoResponse, Response},
};
use mihenk_node::NodeError;

use super::{
    ask::Ask,
    check::check,
    code::Code,
    events, once,
    operation::{Act, Answer, By, Operation, Takes},
    problem::{Problem, Wrong},
    reply::{Content, Reply},
    spool,
};
use crate::{
    app::{State, read_body},
    caller::Caller,
    office::At,
    problem::Failure,
    refusal::Refusal,
};

/// How long an act may take; the server as a whole gives up a little later.
fn time(state: &State) -> Duration {
    state.settings.answer_time * 11 / 12
}

/// The parts of a request.
pub(crate) struct Came {
    pub(crate) caller: Result<Caller, Refusal>,
    /// Names and values of the path; none when it is no UTF-8.
    pub(crate) path: Option<Vec<(String, String)>>,
    pub(crate) query: Option<String>,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Body,
}

/// Answers a request.
pub(crate) async fn perform(operation: &'static Operation, state: Arc<State>, came: Came) -> Response {
    match performed(operation, &state, came).await {
        Ok(response) => response,
        Err(problem) => problem.into_response(),
    }
}

async fn performed(operation: &'static Operation, state: &Arc<State>, came: Came) -> Result<Response, Problem> {
    let Came { caller, path, query, headers, body } = came;
    let caller = needed(operation, state, caller)?;
    if let Some(caller) = &caller {
        known(state, caller).await?;
    }
    let path = path.ok_or_else(|| Problem::new(Code::NoSuchThing, "the path is no UTF-8"))?;
    let mut ask = Ask::read(operation, &path, query.as_deref(), &headers)?;
    if let (By::Stream, Some(caller)) = (operation.by, caller.as_ref()) {
        return events::stream(state, caller.token.clone(), ask.last_event.as_deref()).await;
    }
    let key = once::Key::read(operation, caller.as_ref(), &path, query.as_deref(), &headers)?;
    let sent = body_of(operation, state, &mut ask, &headers, body).await?;
    let Some(key) = key else {
        return Ok(done(operation, state, caller, ask).await?.response(operation.status, operation.gives.0));
    };
    let doing = match key.begin(state, &sent).await? {
        once::Now::Before(reply) => return Ok(reply.response(operation.status, operation.gives.0)),
        once::Now::Doing(doing) => doing,
    };
    // It goes on when whoever asked does not wait for the answer, for they may ask for it again.
    let state = Arc::clone(state);
    let task = tokio::spawn(async move {
        let result = done(operation, &state, caller, ask).await;
        // What cannot be kept is neither answered nor done once more: its key is taken.
        let _ = doing.ended(&result).await;
        result
    });
    let reply = task.await.map_err(|error| Problem::broken(error.to_string()))??;
    Ok(reply.response(operation.status, operation.gives.0))
}

/// Who asks, if somebody has to.
fn needed(operation: &Operation, state: &State, caller: Result<Caller, Refusal>) -> Result<Option<Caller>, Problem> {
    match operation.by {
        By::Public(_) | By::Door(..) => Ok(None),
        By::Anybody(_) if state.office.is_none() => Ok(None),
        By::Person(_) | By::Stream if state.office.is_none() => Err(Refusal::NoOffice.into()),
        _ => Ok(Some(caller?)),
    }
}

/// Refuses whoever is not signed in any more, before anything else is said.
pub(super) async fn known(state: &Arc<State>, caller: &Caller) -> Result<(), Problem> {
    let token = caller.token.clone();
    state.within(token, |at| at.seat.user().map(drop)).await?.map_err(Problem::from)
}

/// Reads the body that the operation takes; gives what tells it from another body.
async fn body_of(
    operation: &Operation,
    state: &State,
    ask: &mut Ask,
    headers: &HeaderMap,
    body: Body,
) -> Result<Vec<u8>, Problem> {
    match &operation.takes {
        Takes::Nothing => Ok(Vec::new()),
        // Forms come to the door.
        Takes::Json(_) | Takes::Form(_) => {
            let media = media_of(headers);
            if media != "application/json" {
                return Err(wrong_media(&media, ""));
            }
            let bytes = read_body(body).await.map_err(of_body)?;
            ask.read_json(operation, &bytes)?;
            Ok(bytes.to_vec())
        }
        Takes::File(most) => {
            let folder = state.office.as_ref().map(|office| office.folder.as_path());
            let spool = spool::take(folder, body, *most).await?;
            let told = spool.length.to_be_bytes().to_vec();
            ask.put_file(spool);
            Ok(told)
        }
    }
}

/// The media type of a body, without its parameters.
pub(super) fn media_of(headers: &HeaderMap) -> String {
    let media = headers.get("content-type").and_then(|value| value.to_str().ok()).unwrap_or("");
    media.split(';').next().unwrap_or("").trim().to_ascii_lowercase()
}

pub(super) fn wrong_media(media: &str, or: &str) -> Problem {
    let found = if media.is_empty() { "no media type".to_owned() } else { format!("{media:?}") };
    let told = format!("{found} was found; right would be 'Content-Type: application/json'{or}");
    Problem::new(Code::WrongMediaType, told)
}

pub(super) fn of_body(failure: Failure) -> Problem {
    match failure {
        Failure::Told(status, what) => Problem::new(Code::of_status(status.as_u16()), what),
        _ => Problem::new(Code::MalformedJson, "the body could not be read"),
    }
}

/// Does it on a thread of its own.
async fn done(
    operation: &'static Operation,
    state: &Arc<State>,
    caller: Option<Caller>,
    ask: Ask,
) -> Result<Reply, Problem> {
    let result = match (operation.by, caller) {
        (By::Person(act), Some(caller)) => tokio::time::timeout(time(state), by_person(state, caller, act, ask)).await,
        (By::Anybody(answer) | By::Public(answer), _) => {
            tokio::time::timeout(time(state), by_anybody(state, answer, ask)).await
        }
        _ => return Err(Refusal::NotSignedIn.into()),
    };
    let late = format!("it was not done within {} seconds; it may still be", time(state).as_secs_f64());
    let reply = result.map_err(|_| Problem::new(Code::TakesTooLong, late))??;
    if cfg!(debug_assertions) {
        as_described(operation, &reply)?;
    }
    Ok(reply)
}

async fn by_person(state: &Arc<State>, caller: Caller, act: Act, ask: Ask) -> Result<Reply, Problem> {
    state.act(caller, move |at: &At<'_>| act(at, &ask)).await.map_err(Problem::from)
}

async fn by_anybody(state: &Arc<State>, answer: Answer, ask: Ask) -> Result<Reply, Problem> {
    let other = Arc::clone(state);
    let done: Result<Reply, NodeError> = state.aside(move || answer(&other, &ask)).await.map_err(Refusal::from)?;
    done.map_err(Problem::from)
}

/// Holds an answer against its description.
fn as_described(operation: &Operation, reply: &Reply) -> Result<(), Problem> {
    match &reply.content {
        Content::Json(value) => fits(operation, value),
        Content::Bytes(..) => Ok(()),
    }
}

/// The same, of its JSON.
pub(super) fn fits(operation: &Operation, value: &serde_json::Value) -> Result<(), Problem> {
    let wrong: Vec<Wrong> = check(&operation.gives.1, value);
    match wrong.first() {
        None => Ok(()),
        Some(wrong) => {
            let told = format!("the answer of {} is not as described: {} {}", operation.id, wrong.at, wrong.what);
            Err(Problem::broken(told))
        }
    }
}
