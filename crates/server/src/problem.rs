//! What goes wrong, in the form that clients of yente read.
//!
//! In comes a [`Failure`], out comes a response: `{"detail": "…"}`, or a list of fields for what does not fit its type (422). Clients read `detail`
//! alone, as a text or as a list of `{loc, msg}`. The words of field errors are those of pydantic 2, whose errors yente hands on.

use std::io::Write;

use axum::{
    body::Body,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use mihenk_node::NodeError;
use serde::Serialize;
use serde_json::{Value, json};

/// Why a request is not answered.
#[derive(Debug)]
pub(crate) enum Failure {
    /// A status and what is wrong, for a person.
    Told(StatusCode, String),
    /// Parameters or fields that do not fit their type: 422.
    Fields(Vec<FieldError>),
    /// A form of OpenRefine that does not fit: 400 with a list.
    Form(&'static str, Vec<FieldError>),
    /// An entity is found under another id: 308.
    Moved(String),
    /// Something of ours is broken; the words are for the log.
    Broken(String),
    /// So many are served already that this one is not.
    Busy,
}

/// A parameter or field that does not fit.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct FieldError {
    /// What kind of error, a word of pydantic.
    #[serde(rename = "type")]
    pub(crate) kind: &'static str,
    /// Where: `query` or `body`, then names and numbers.
    pub(crate) loc: Vec<Value>,
    /// For a person.
    pub(crate) msg: String,
    /// What was given.
    pub(crate) input: Value,
    /// What would be right.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) ctx: Option<Value>,
}

impl Failure {
    /// What a request means cannot be done: 400.
    pub(crate) fn bad(what: impl Into<String>) -> Failure {
        Failure::Told(StatusCode::BAD_REQUEST, what.into())
    }

    /// There is none: 404.
    pub(crate) fn none(what: impl Into<String>) -> Failure {
        Failure::Told(StatusCode::NOT_FOUND, what.into())
    }

    /// Nothing is loaded yet: 503.
    pub(crate) fn not_ready() -> Failure {
        Failure::Told(StatusCode::SERVICE_UNAVAILABLE, "Index not ready.".to_owned())
    }

    /// One field of the body does not fit: 422.
    pub(crate) fn field(kind: &'static str, loc: Vec<Value>, msg: impl Into<String>, input: Value) -> Failure {
        Failure::Fields(vec![FieldError { kind, loc, msg: msg.into(), input, ctx: None }])
    }
}

impl From<NodeError> for Failure {
    fn from(error: NodeError) -> Failure {
        Failure::Broken(error.to_string())
    }
}

/// A JSON body with its status.
pub(crate) fn json_response(status: StatusCode, body: &impl Serialize) -> Response {
    // Texts, numbers and lists of ours: JSON can always write them.
    let bytes = serde_json::to_vec(body).unwrap_or_default();
    let mut response = Response::new(Body::from(bytes));
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        match self {
            Failure::Told(status, what) => json_response(status, &json!({ "detail": what })),
            Failure::Fields(fields) => json_response(StatusCode::UNPROCESSABLE_ENTITY, &json!({ "detail": fields })),
            Failure::Form(name, fields) => {
                json_response(StatusCode::BAD_REQUEST, &json!({ "detail": name, "errors": fields }))
            }
            Failure::Moved(place) => {
                let mut response = Response::new(Body::empty());
                *response.status_mut() = StatusCode::PERMANENT_REDIRECT;
                match HeaderValue::from_str(&place) {
                    Ok(place) => response.headers_mut().insert(header::LOCATION, place),
                    Err(_) => return Failure::none("No such entity!").into_response(),
                };
                response
            }
            Failure::Broken(what) => {
                // Nobody may be listening; the answer is given all the same.
                let _ = writeln!(std::io::stderr(), "error: {what}");
                json_response(StatusCode::INTERNAL_SERVER_ERROR, &json!({ "status": "error" }))
            }
            Failure::Busy => {
                let told = json!({ "detail": "Too many requests are being answered; try again in a second." });
                let mut response = json_response(StatusCode::SERVICE_UNAVAILABLE, &told);
                response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
                response
            }
        }
    }
}
