//! `/api/v1`: everything that the commands of the command line do, over HTTP.
//!
//! [`operation`] is what an operation is; each noun has a file with a table of them. Routes ([`routes`]) and the OpenAPI document ([`document`]) are
//! made from these tables. [`perform`] answers a request: [`ask`] reads it, [`check`] holds it against its [`schema`], [`reply`] writes the answer, [`problem`] what
//! goes wrong, with a code of the table in [`code`]; [`door`] stands before signing in and out. Nothing is decided here: acts are those of `mihenk-node`.

mod alerts;
pub(crate) mod ask;
pub(crate) mod audit;
mod cases;
mod check;
pub(crate) mod code;
mod customers;
mod document;
mod documents;
mod door;
mod events;
mod freezes;
mod intake;
pub(crate) mod jobs;
mod keys;
pub(crate) mod lists;
mod merging;
mod once;
mod operation;
mod ownership;
mod people;
mod perform;
pub(crate) mod problem;
mod redress;
mod reply;
mod reports;
mod retention;
pub(crate) mod schema;
mod screening;
pub(crate) mod sealing;
mod server;
mod sessions;
mod spool;
mod told;
mod webhooks;

use std::sync::{Arc, OnceLock};

use axum::{
    Router,
    body::Body,
    extract::{RawPathParams, RawQuery, Request, State, rejection::RawPathParamsRejection},
    http::{HeaderMap, header},
    middleware::Next,
    response::{IntoResponse, Response},
    routing::{MethodFilter, MethodRouter, on},
};

use self::{
    code::Code,
    operation::{By, Operation},
    perform::{Came, perform},
    problem::Problem,
};
use crate::{app, caller::Caller, observe::Broken, refusal::Refusal};

/// Where all of it is.
pub(crate) const BASE: &str = "/api/v1";

/// What the API remembers while the server runs.
#[derive(Debug, Default)]
pub(crate) struct Api {
    pub(crate) jobs: jobs::Jobs,
    pub(crate) feed: events::Feed,
}

/// All operations, in the order of the document.
pub(crate) fn operations() -> &'static [Operation] {
    static ALL: OnceLock<Vec<Operation>> = OnceLock::new();
    ALL.get_or_init(|| {
        let nouns: [(&'static str, Vec<Operation>); 21] = [
            ("server", server::operations()),
            ("sessions", sessions::operations()),
            ("keys", keys::operations()),
            ("screening", screening::operations()),
            ("lists", lists::operations()),
            ("merging", merging::operations()),
            ("ownership", ownership::operations()),
            ("customers", customers::operations()),
            ("alerts", alerts::operations()),
            ("cases", cases::operations()),
            ("cases", documents::operations()),
            ("freezes", freezes::operations()),
            ("redress", redress::operations()),
            ("reports", reports::operations()),
            ("intake", intake::operations()),
            ("people", people::operations()),
            ("people", sealing::operations()),
            ("audit", audit::operations()),
            ("retention", retention::operations()),
            ("events", events::operations()),
            ("events", webhooks::operations()),
        ];
        let tagged = |(tag, operations): (&'static str, Vec<Operation>)| {
            operations.into_iter().map(move |operation| Operation { tag, ..operation })
        };
        nouns.into_iter().flat_map(tagged).collect()
    })
}

/// The OpenAPI document.
#[must_use]
pub fn openapi(title: &str) -> serde_json::Value {
    document::document(operations(), title)
}

/// The reference page of problems, in Markdown.
#[must_use]
pub fn problem_page() -> String {
    code::page()
}

/// The routes.
pub(crate) fn routes(state: &Arc<app::State>) -> Router<Arc<app::State>> {
    let mut router = Router::new();
    for operation in operations() {
        let methods = match operation.by {
            By::Door(before, handler) => door::route(operation, before, handler, state),
            _ => route(operation),
        };
        router = router.route(&format!("{BASE}{}", operation.path), methods);
    }
    router
}

fn route(operation: &'static Operation) -> MethodRouter<Arc<app::State>> {
    let filter = match operation.method {
        "POST" => MethodFilter::POST,
        "PATCH" => MethodFilter::PATCH,
        "DELETE" => MethodFilter::DELETE,
        _ => MethodFilter::GET,
    };
    let handler = move |State(state): State<Arc<app::State>>,
                        caller: Result<Caller, Refusal>,
                        path: Result<RawPathParams, RawPathParamsRejection>,
                        RawQuery(query): RawQuery,
                        headers: HeaderMap,
                        body: Body| async move {
        let owned =
            |path: RawPathParams| path.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        perform(operation, state, Came { caller, path: path.ok().map(owned), query, headers, body }).await
    };
    on(filter, handler)
}

/// Sees to it that whatever goes wrong under `/api/v1` is told as a problem, wherever in the server it goes wrong.
pub(crate) async fn as_problems(request: Request, next: Next) -> Response {
    let is_ours = request.uri().path() == BASE || request.uri().path().starts_with("/api/v1/");
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let response = next.run(request).await;
    if !is_ours || response.status().as_u16() < 400 || is_problem(&response) {
        return response;
    }
    let code = Code::of_status(response.status().as_u16());
    let detail = match code {
        Code::NoSuchRoute => format!("nothing is answered at {path}; {BASE}/openapi.json says what is"),
        Code::WrongMethod => format!("{method} is not answered at {path}"),
        _ => code.about().when.to_owned(),
    };
    let mut problem = Problem::new(code, detail).into_response();
    if let Some(broken) = response.extensions().get::<Broken>() {
        problem.extensions_mut().insert(broken.clone());
    }
    for name in [header::ALLOW, header::RETRY_AFTER] {
        if let Some(value) = response.headers().get(&name) {
            problem.headers_mut().insert(name, value.clone());
        }
    }
    problem
}

fn is_problem(response: &Response) -> bool {
    response.headers().get(header::CONTENT_TYPE).is_some_and(|media| media == problem::MEDIA)
}

#[cfg(test)]
mod tests {
    use axum::routing::get;
    use tower::ServiceExt;

    use super::*;
    use crate::problem::Failure;

    #[tokio::test]
    async fn what_is_broken_is_told_to_the_log_and_not_to_the_client() {
        let by_problem = async || Problem::broken("the disk is full");
        let by_failure = async || Failure::Broken("the disk is full".to_owned());
        let routes = Router::new()
            .route("/api/v1/problem", get(by_problem))
            .route("/api/v1/failure", get(by_failure))
            .layer(axum::middleware::from_fn(as_problems));
        for path in ["/api/v1/problem", "/api/v1/failure"] {
            let request = Request::get(path).body(Body::empty()).unwrap();
            let response = routes.clone().oneshot(request).await.unwrap();
            assert_eq!(response.status(), 500);
            assert_eq!(response.extensions().get::<Broken>().map(|broken| broken.0.as_str()), Some("the disk is full"));
            let body = axum::body::to_bytes(response.into_body(), 4096).await.unwrap();
            assert!(!String::from_utf8_lossy(&body).contains("disk"), "{path}");
        }
    }
}
