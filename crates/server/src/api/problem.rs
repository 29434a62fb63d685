//! A problem: why a request under `/api/v1` is not done (RFC 9457).
//!
//! In comes what went wrong, out comes a response of the type `application/problem+json` whose `code` is of the one table ([`Code`]). What the node says of a rule goes out as it is;
//! what is broken inside goes to the log and not to the client.

use axum::{
    body::Body,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use mihenk_node::{NodeError, ledger::LedgerError};
use serde_json::{Map, Value, json};

use super::code::Code;
use crate::{observe::Broken, refusal::Refusal};

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
    /// What of ours is broken, for the log.
    broken: Option<Broken>,
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
        Problem { code, detail: detail.into(), more: Map::new(), broken: None }
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
        // What is wrong with the body itself has no place within it.
        let said = |one: &Wrong| if one.at.is_empty() { one.what.clone() } else { format!("{}: {}", one.at, one.what) };
        let told = wrong.iter().map(said).collect::<Vec<_>>().join("; ");
        let errors: Vec<Value> = wrong.iter().map(|one| json!({ name: one.at, "detail": one.what })).collect();
        Problem::new(code, told).with("errors", errors)
    }

    /// What is sent.
    pub(crate) fn body(&self) -> Value {
        let about = self.code.about();
        let mut body = json!({
            "type": self.code.place(),
            "title": about.title,
            "status": about.status,
            "detail": self.detail,
            "code": about.name,
        });
        if let Some(fields) = body.as_object_mut() {
            fields.extend(self.more.clone());
        }
        body
    }

    /// A fault of ours: the words go to the log, where the request is known.
    pub(crate) fn broken(why: impl Into<String>) -> Problem {
        let told = Problem::new(Code::Broken, "the server could not do it; its log says why");
        Problem { broken: Some(Broken(why.into())), ..told }
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Problem {
        let code = refusal.code();
        match refusal {
            Refusal::Node(error) => of_node(code, error),
            Refusal::Broken(why) => Problem::broken(why),
            other => Problem::new(code, other.words()),
        }
    }
}

impl From<NodeError> for Problem {
    fn from(error: NodeError) -> Problem {
        Refusal::Node(error).into()
    }
}

fn of_node(code: Code, error: NodeError) -> Problem {
    match (code, error) {
        (Code::Broken, error) => Problem::broken(error.to_string()),
        (Code::NotSignedIn, _) => Problem::new(code, "the session has ended, or never began; sign in again"),
        (Code::PasswordDue, _) => Problem::new(code, "choose a password of your own first"),
        (Code::Busy, _) => Problem::new(code, "the data folder is being changed by another process; try again"),
        (Code::NotReady, _) => Problem::new(code, "no lists are loaded yet"),
        (_, NodeError::Ledger(error)) => of_ledger(code, error),
        (_, error) => Problem::new(code, error.to_string()),
    }
}

fn of_ledger(code: Code, error: LedgerError) -> Problem {
    let problem = Problem::new(code, error.to_string());
    match error {
        LedgerError::Changed { id, seen, now, what, .. } => {
            problem.with("id", id).with("seen", seen).with("now", now).with("done", what)
        }
        _ => problem,
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = Response::new(Body::from(self.body().to_string()));
        *response.status_mut() = self.code.status();
        if let Some(broken) = self.broken {
            response.extensions_mut().insert(broken);
        }
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
