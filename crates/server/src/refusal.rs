//! Why an act of a person is not done, before it is put into a form.
//!
//! The API answers it as a problem (RFC 9457), the pages in words beside what was typed; neither form is known here.

use std::time::Duration;

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use mihenk_node::{NodeError, ledger::LedgerError};
use serde_json::json;

use crate::problem::json_response;

/// Why an act is not done.
#[derive(Debug)]
pub(crate) enum Refusal {
    /// The server has no store.
    NoOffice,
    /// Nobody says who they are.
    NotSignedIn,
    /// A page of another site sent it, and a browser the cookie with it.
    Foreign,
    /// It came with a cookie and without the token of our forms.
    NoCsrf,
    /// Too often; after which time it may be tried again.
    TooMany(Duration),
    /// The body is not what it should be: what would be right.
    Unread(&'static str),
    /// Nobody signs in at an issuer here.
    NoIssuer,
    /// The issuer of OpenID Connect does not answer as it should: how.
    Issuer(String),
    /// So much is being done already.
    Busy,
    /// What the node says.
    Node(NodeError),
    /// Something of ours is broken; the words are for the log.
    Broken(String),
}

impl Refusal {
    /// The status that belongs to it (RFC 9110).
    pub(crate) fn status(&self) -> StatusCode {
        match self {
            Refusal::NoOffice | Refusal::NoIssuer => StatusCode::NOT_FOUND,
            Refusal::Issuer(_) => StatusCode::BAD_GATEWAY,
            Refusal::NotSignedIn
            | Refusal::Node(NodeError::NotSignedIn | NodeError::WrongPassword | NodeError::WrongCode) => {
                StatusCode::UNAUTHORIZED
            }
            Refusal::Foreign
            | Refusal::NoCsrf
            | Refusal::Node(
                NodeError::NotAllowed { .. }
                | NodeError::NotInScope { .. }
                | NodeError::NotByKey
                | NodeError::PasswordDue
                | NodeError::SecondFactorDue,
            ) => StatusCode::FORBIDDEN,
            Refusal::TooMany(_) => StatusCode::TOO_MANY_REQUESTS,
            Refusal::Unread(_) => StatusCode::BAD_REQUEST,
            Refusal::Busy | Refusal::Node(NodeError::Busy(_)) => StatusCode::SERVICE_UNAVAILABLE,
            Refusal::Node(NodeError::Ledger(LedgerError::Unknown { .. })) => StatusCode::NOT_FOUND,
            Refusal::Node(NodeError::Ledger(LedgerError::Changed { .. })) => StatusCode::CONFLICT,
            Refusal::Node(NodeError::Ledger(LedgerError::Refused(_)) | NodeError::Act(_) | NodeError::Input { .. }) => {
                StatusCode::UNPROCESSABLE_ENTITY
            }
            Refusal::Node(_) | Refusal::Broken(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// In words, for whoever asked.
    pub(crate) fn words(&self) -> String {
        match self {
            Refusal::NoOffice => "this server has no store, so nobody works here".to_owned(),
            Refusal::NotSignedIn => "nobody is signed in; send a key or sign in".to_owned(),
            Refusal::Foreign => "this came from a page of another site".to_owned(),
            Refusal::NoCsrf => "the form's token is missing or of another session; load the page again".to_owned(),
            Refusal::TooMany(wait) => format!("too many tries; try again in {} seconds", seconds(*wait)),
            Refusal::NoIssuer => "this server has no issuer at which somebody could sign in".to_owned(),
            Refusal::Issuer(why) => format!("signing in at the issuer failed: {why}"),
            Refusal::Unread(why) => (*why).to_owned(),
            Refusal::Busy => "too much is being done at once; try again in a second".to_owned(),
            Refusal::Node(error) => error.to_string(),
            Refusal::Broken(why) => why.clone(),
        }
    }

    /// Headers that belong to its status.
    pub(crate) fn complete(&self, response: &mut Response) {
        let headers = response.headers_mut();
        match self {
            Refusal::TooMany(wait) => drop(headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds(*wait)))),
            Refusal::Busy => drop(headers.insert(header::RETRY_AFTER, HeaderValue::from_static("1"))),
            // RFC 9110, section 11.6.1: who is not known is told how to say who they are.
            _ if self.status() == StatusCode::UNAUTHORIZED => {
                let how = HeaderValue::from_static("ApiKey realm=\"mihenk\", Bearer realm=\"mihenk\"");
                headers.insert(header::WWW_AUTHENTICATE, how);
            }
            _ => {}
        }
    }
}

/// Whole seconds, none of which is zero.
fn seconds(wait: Duration) -> u64 {
    (wait.as_millis().div_ceil(1000) as u64).max(1)
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let mut response = json_response(self.status(), &json!({ "detail": self.words() }));
        self.complete(&mut response);
        response
    }
}
