//! A problem: why a request under `/api/v1` is not done (RFC 9457).
//!
//! In comes what went wrong, out comes a response of the type `application/problem+json` whose `code` is of the one table ([`Code`]). What the node says of a rule goes out as it is;
//! what is broken inside goes to the log and not to the client.

use std::io::Write;

use axum::{
    body::Body,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use mihenk_node::{NodeError, ledger::LedgerError};
use serde_json::{Map, Value, json};

use super::code::Code;
use crate::refusal::Refusal;

/// The media type of problems.
pub(crate) const MEDIA: &str = "application/problem+json";

/// How somebody says who they are.
const HOW: &str = "ApiKey realm=\"mihenk\", Bearer realm=\"mihenk\"";

/// Why a request is not done.
#[derive(Debug)]
pub(crate) struct Problem {
    pub(crate) code: Code,
    detail: String,
    /// What stands besides `type`, `title`, `status`, `detail` and `code`.
    more: Map<String, Value>,
}

/// A parameter or field that does not fit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Wrong {
    /// Where: a JSON pointer (RFC 6901) into the body, or the name of a parameter.
    pub(crate) at: String,
    /// What was found and what would be right.
    pub(crate) what: String,
}

impl Problem {
    pub(crate) fn new(code: Code, detail: impl Into<String>) -> Problem {
        Problem { code, detail: detail.into(), more: Map::new() }
    }

    pub(crate) fn with(mut self, name: &str, value: impl Into<Value>) -> Problem {
        self.more.insert(name.to_owned(), value.into());
        self
    }

    /// Parameters that do not fit.
    pub(crate) fn parameters(wrong: &[Wrong]) -> Problem {
        Problem::listed(Code::WrongParameter, "parameter", wrong)
    }

    /// Fields that do not fit.
    pub(crate) fn fields(wrong: &[Wrong]) -> Problem {
        Problem::listed(Code::DoesNotFit, "pointer", wrong)
    }

    fn listed(code: Code, name: &str, wrong: &[Wrong]) -> Problem {
        let told = wrong.iter().map(|one| format!("{}: {}", one.at, one.what)).collect::<Vec<_>>().join("; ");
        let errors: Vec<Value> = wrong.iter().map(|one| json!({ name: one.at, "detail": one.what })).collect();
        Problem::new(code, told.trim_start_matches(": ")).with("errors", errors)
    }

    /// A fault of ours: the words go to the log.
    pub(crate) fn broken(why: &str) -> Problem {
        // Nobody may be listening; the answer is given all the same.
        let _ = writeln!(std::io::stderr(), "error: {why}");
        Problem::new(Code::Broken, "the server could not do it; its log says why")
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Problem {
        match refusal {
            Refusal::Node(error) => error.into(),
            Refusal::Broken(why) => Problem::broken(&why),
            other => Problem::new(code(&other), other.words()),
        }
    }
}

fn code(refusal: &Refusal) -> Code {
    match refusal {
        Refusal::NoOffice => Code::NoStore,
        Refusal::NotSignedIn => Code::NotSignedIn,
        Refusal::Foreign => Code::ForeignPage,
        Refusal::NoCsrf => Code::NoFormToken,
        Refusal::TooMany(_) => Code::TooMany,
        Refusal::Unread(_) => Code::UnreadBody,
        Refusal::NoIssuer => Code::NoIssuer,
        Refusal::Issuer(_) => Code::IssuerFailed,
        Refusal::Busy => Code::Busy,
        Refusal::Node(_) | Refusal::Broken(_) => Code::Broken,
    }
}

impl From<NodeError> for Problem {
    fn from(error: NodeError) -> Problem {
        match error {
            NodeError::Ledger(error) => of_ledger(error),
            NodeError::NotSignedIn => {
                Problem::new(Code::NotSignedIn, "the session has ended, or never began; sign in again")
            }
            NodeError::PasswordDue => Problem::new(Code::PasswordDue, "choose a password of your own first"),
            NodeError::SecondFactorDue => Problem::new(Code::SecondFactorDue, error.to_string()),
            NodeError::WrongPassword | NodeError::WrongCode => Problem::new(Code::NotProved, error.to_string()),
            NodeError::NotAllowed { .. } => Problem::new(Code::NotAllowed, error.to_string()),
            NodeError::NotByKey | NodeError::NotInScope { .. } => Problem::new(Code::NotByKey, error.to_string()),
            NodeError::Busy(_) => {
                Problem::new(Code::Busy, "the data folder is being changed by another process; try again")
            }
            NodeError::NoLists(_) | NodeError::NoIndex => Problem::new(Code::NotReady, "no lists are loaded yet"),
            NodeError::Act(_) | NodeError::Input { .. } | NodeError::Table(_) => {
                Problem::new(Code::Refused, error.to_string())
            }
            other => Problem::broken(&other.to_string()),
        }
    }
}

fn of_ledger(error: LedgerError) -> Problem {
    match error {
        LedgerError::Refused(why) => Problem::new(Code::Refused, why),
        LedgerError::Unknown { .. } => Problem::new(Code::NoSuchThing, error.to_string()),
        LedgerError::Changed { ref id, seen, now, ref what } => Problem::new(Code::ChangedMeanwhile, error.to_string())
            .with("id", id.as_str())
            .with("seen", seen)
            .with("now", now)
            .with("done", what.as_str()),
        other => Problem::broken(&other.to_string()),
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let about = self.code.about();
        let mut body = json!({
            "type": self.code.place(),
            "title": about.title,
            "status": about.status,
            "detail": self.detail,
            "code": about.name,
        });
        if let Some(fields) = body.as_object_mut() {
            fields.extend(self.more);
        }
        let mut response = Response::new(Body::from(body.to_string()));
        *response.status_mut() = StatusCode::from_u16(about.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(MEDIA));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        match self.code {
            // RFC 9110, section 11.6.1: who is not known is told how to say who they are.
            Code::NotSignedIn | Code::NotProved => {
                drop(headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static(HOW)));
            }
            Code::Busy | Code::NotReady => drop(headers.insert(header::RETRY_AFTER, HeaderValue::from_static("1"))),
            _ => {}
        }
        response
    }
}
