//! Why an act of a person is not done, before it is put into a form.
//!
//! The API answers it as a problem (RFC 9457), the pages in words beside what was typed; neither form is known here.

use axum::{
    http::StatusCode,
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
            Refusal::NoOffice => StatusCode::NOT_FOUND,
            Refusal::NotSignedIn | Refusal::Node(NodeError::NotSignedIn) => StatusCode::UNAUTHORIZED,
            Refusal::Node(NodeError::NotAllowed { .. } | NodeError::PasswordDue) => StatusCode::FORBIDDEN,
            Refusal::Busy | Refusal::Node(NodeError::Busy(_)) => StatusCode::SERVICE_UNAVAILABLE,
            Refusal::Node(NodeError::Ledger(LedgerError::Unknown { .. })) => StatusCode::NOT_FOUND,
            Refusal::Node(NodeError::Ledger(LedgerError::Changed { .. })) => StatusCode::CONFLICT,
            Refusal::Node(NodeError::Ledger(LedgerError::Refused(_)) | NodeError::Act(_) | NodeError::Input { .. }) => {
                StatusCode::UNPROCESSABLE_ENTITY
            }
            Refusal::Node(_) | Refusal::Broken(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let told = match &self {
            Refusal::Broken(why) => why.clone(),
            Refusal::Node(error) => error.to_string(),
            _ => self.status().to_string(),
        };
        json_response(self.status(), &json!({ "detail": told }))
    }
}
