//! The routes, and what holds for all of them.
//!
//! In comes a [`State`], out comes the router that answers every request: the length of an address, the size of a body, the time an answer may take,
//! panics, compression, origins, and the traces that callers follow. Screening and reading records wait for the disk and the processor, so they
//! run on threads of their own ([`State::run`]), of which there are as many as the runtime is given.

use std::{
    hash::{BuildHasher, RandomState},
    sync::Arc,
    time::Duration,
};

use axum::{
    Router,
    body::{Body, Bytes},
    extract::Request,
    http::{HeaderMap, HeaderValue, Method, StatusCode, Version, header},
    middleware::{Next, from_fn, from_fn_with_state},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use mihenk_node::{NodeError, Pool, Scratch};
use serde::Serialize;
use serde_json::json;
use tokio::sync::{Semaphore, oneshot};
use tower_http::{
    catch_panic::CatchPanicLayer,
    compression::{
        CompressionLayer,
        predicate::{NotForContentType, Predicate, SizeAbove},
    },
    cors::{AllowHeaders, AllowMethods, AllowOrigin, CorsLayer},
};

use crate::{
    api, described,
    live::{Holder, Live},
    metrics,
    observe::{Counts, observed},
    office::Office,
    pages,
    problem::{Failure, json_response},
    routes,
    settings::Settings,
    upkeep::{Keeper, Tell},
    who::{self, address::Peer},
};

/// Bytes of a body; a hundred queries with everything that is known of a person are a hundredth of it.
const BODY_MAX: usize = 16 << 20;
/// How long a body may take to come.
const BODY_TIME: Duration = Duration::from_secs(30);
/// How many times as long an answer may take where a file of customers comes with the request.
const FILE_TIMES: u32 = 20;
/// Requests that are worked on or wait to be.
const AT_ONCE: usize = 512;
/// Bodies that are smaller are not compressed.
const COMPRESSED_FROM: u64 = 500;

/// What all requests share.
pub(crate) struct State {
    pub(crate) holder: Holder,
    pub(crate) settings: Settings,
    pub(crate) scratch: Pool<Scratch>,
    /// What keeps lists up to date; nothing does for lists in memory.
    pub(crate) keeper: Option<Keeper>,
    /// Counts and times of requests.
    pub(crate) counts: Counts,
    /// Is told what happens.
    pub(crate) tell: Tell,
    /// Where people work, if there is a store.
    pub(crate) office: Option<Arc<Office>>,
    pub(crate) gate: Arc<Semaphore>,
    /// What slows down whoever guesses.
    pub(crate) door: who::door::Door,
    pub(crate) api: api::Api,
}

impl State {
    /// With lists that nobody keeps up to date, and nobody who is told anything.
    pub(crate) fn new(holder: Holder, office: Option<Office>, settings: Settings) -> Arc<State> {
        State::kept(holder, office, settings, None, Arc::new(drop))
    }

    pub(crate) fn kept(
        holder: Holder,
        office: Option<Office>,
        settings: Settings,
        keeper: Option<Keeper>,
        tell: Tell,
    ) -> Arc<State> {
        let (gate, counts) = (Arc::new(Semaphore::new(AT_ONCE)), Counts::default());
        let office = office.map(Arc::new);
        Arc::new(State {
            holder,
            settings,
            scratch: Pool::default(),
            keeper,
            counts,
            tell,
            office,
            gate,
            door: Default::default(),
            api: api::Api::default(),
        })
    }

    /// Does on a thread of its own what computes on one version of the lists, and says which one that was.
    pub(crate) async fn run<T: Send + 'static>(
        self: &Arc<State>,
        act: impl FnOnce(&State, &Live) -> Result<T, Failure> + Send + 'static,
    ) -> Result<(Arc<Live>, T), Failure> {
        let live = self.holder.live()?;
        let state = Arc::clone(self);
        self.aside(move || act(&state, &live).map(|value| (live, value))).await?
    }

    /// Does on a thread of its own what waits for the disk or the processor, if there is a place.
    pub(crate) async fn aside<T: Send + 'static>(
        &self,
        act: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, NotDone> {
        let permit = Arc::clone(&self.gate).try_acquire_owned().map_err(|_| NotDone::Busy)?;
        let done = tokio::task::spawn_blocking(move || {
            let result = act();
            drop(permit);
            result
        });
        done.await.map_err(|error| NotDone::Broken(error.to_string()))
    }

    /// As [`State::run`], answered as JSON.
    pub(crate) async fn json<T: Serialize + Send + 'static>(
        self: &Arc<State>,
        act: impl FnOnce(&State, &Live) -> Result<T, Failure> + Send + 'static,
    ) -> Result<Response, Failure> {
        let (live, value) = self.run(act).await?;
        Ok(stamped(&live, json_response(StatusCode::OK, &value)))
    }
}

/// Why something was not done on a thread of its own.
#[derive(Debug)]
pub(crate) enum NotDone {
    /// So much is being done already.
    Busy,
    /// It ended in a panic; the words are for the log.
    Broken(String),
}

impl From<NotDone> for Failure {
    fn from(not: NotDone) -> Failure {
        match not {
            NotDone::Busy => Failure::Busy,
            NotDone::Broken(why) => Failure::Broken(why),
        }
    }
}

/// An answer says on which version of the lists and with which model it was computed.
pub(crate) fn stamped(live: &Live, mut response: Response) -> Response {
    let model = live.node.model().short_id();
    for (name, value) in [("x-mihenk-version", &live.version), ("x-mihenk-model", &model)] {
        // Digits, letters and hyphens.
        if let Ok(value) = HeaderValue::from_str(value) {
            response.headers_mut().insert(name, value);
        }
    }
    response
}

/// The bytes of a body, if they come in time and are not too many.
pub(crate) async fn read_body(body: Body) -> Result<Bytes, Failure> {
    match tokio::time::timeout(BODY_TIME, axum::body::to_bytes(body, BODY_MAX)).await {
        Ok(Ok(bytes)) => Ok(bytes),
        Ok(Err(_)) => Err(Failure::Told(
            StatusCode::PAYLOAD_TOO_LARGE,
            format!("The body has more than {} MiB or ended early; send fewer queries in one request", BODY_MAX >> 20),
        )),
        Err(_) => Err(Failure::Told(
            StatusCode::REQUEST_TIMEOUT,
            format!("The body did not come within {} seconds", BODY_TIME.as_secs()),
        )),
    }
}

/// Everything that is answered.
pub(crate) fn router(state: Arc<State>) -> Router {
    let routes = Router::new()
        .route("/openapi.json", get(routes::openapi))
        .route("/favicon.ico", get(async || described::icon()))
        .route("/healthz", get(routes::healthz))
        .route("/readyz", get(routes::readyz))
        .route("/updatez", post(routes::updatez))
        .merge(who::routes())
        .merge(api::routes(&state))
        .merge(pages::routes())
        .merge(screening(&state))
        .fallback(pages::nowhere)
        .method_not_allowed_fallback(async || {
            Failure::Told(StatusCode::METHOD_NOT_ALLOWED, "Method Not Allowed".to_owned())
        })
        .with_state(Arc::clone(&state));
    finished(routes, state)
}

/// What clients of yente ask, for those who may screen.
fn screening(state: &Arc<State>) -> Router<Arc<State>> {
    Router::new()
        .route("/catalog", get(routes::catalog))
        .route("/manifest", get(routes::catalog))
        .route(
            "/metrics",
            get(async |axum::extract::State(state): axum::extract::State<Arc<State>>| metrics::page(&state)),
        )
        .route("/algorithms", get(routes::algorithms))
        .route("/match/{dataset}", post(routes::matching))
        .route("/search/{dataset}", get(routes::search))
        .route("/statements", get(routes::statements))
        .route("/entities/{id}", get(routes::entity))
        .route("/entities/{id}/adjacent", get(routes::adjacent))
        .route("/entities/{id}/adjacent/{property}", get(routes::adjacent_in))
        .route("/reconcile/{dataset}", get(routes::reconcile_manifest).post(routes::reconcile))
        .route("/reconcile/{dataset}/suggest/entity", get(routes::suggest_entity))
        .route("/reconcile/{dataset}/suggest/property", get(routes::suggest_property))
        .route("/reconcile/{dataset}/suggest/type", get(routes::suggest_type))
        .route("/reconcile/{dataset}/extend/property", get(routes::extend_property))
        .route_layer(from_fn_with_state(Arc::clone(state), who::gate::screens))
}

/// What holds for all routes.
fn finished(routes: Router, state: Arc<State>) -> Router {
    let broken =
        |_: Box<dyn std::any::Any + Send>| Failure::Broken("a request ended in a panic".to_owned()).into_response();
    routes
        .layer(from_fn_with_state(Arc::clone(&state), who::csrf::read))
        .layer(CatchPanicLayer::custom(broken))
        .layer(from_fn_with_state(Arc::clone(&state), timely))
        .layer(from_fn_with_state(Arc::clone(&state), bounded))
        .layer(from_fn_with_state(Arc::clone(&state), who::limits::hold))
        .layer(from_fn_with_state(Arc::clone(&state), who::always_secure))
        .layer(from_fn(api::as_problems))
        .layer(CompressionLayer::new().compress_when(SizeAbove::new(COMPRESSED_FROM - 1).and(NotForContentType::SSE)))
        .layer(
            CorsLayer::new()
                .allow_origin(AllowOrigin::mirror_request())
                .allow_credentials(true)
                .allow_methods(AllowMethods::mirror_request())
                .allow_headers(AllowHeaders::mirror_request()),
        )
        .layer(from_fn(traced))
        .layer(from_fn_with_state(state, observed))
}

/// Gives up what takes too long (503: RFC 9110, section 15.6.4); a file of customers may take long to come.
async fn timely(
    axum::extract::State(state): axum::extract::State<Arc<State>>,
    request: Request,
    next: Next,
) -> Response {
    let is_file = request.method() == Method::POST && request.uri().path().ends_with("/customers/import");
    let usual = state.settings.answer_time;
    let most = if is_file { usual * FILE_TIMES } else { usual };
    match tokio::time::timeout(most, next.run(request)).await {
        Ok(response) => response,
        Err(_) => {
            let why = format!(
                "The answer was not there within {} seconds; what was asked to be done may still be done",
                most.as_secs_f64()
            );
            Failure::Told(StatusCode::SERVICE_UNAVAILABLE, why).into_response()
        }
    }
}

/// Headers of a request that are read, and bytes of all of them. What is far beyond is refused before there is a request (RFC 6585, section 5).
const HEADERS: usize = 100;
const HEADER_BYTES: usize = 64 << 10;

/// Refuses headers that are too many and addresses that are too long, and what comes over a connection without saying to whom (RFC 9112, section 3.2).
async fn bounded(
    axum::extract::State(state): axum::extract::State<Arc<State>>,
    request: Request,
    next: Next,
) -> Response {
    let uri = request.uri();
    let is_of_a_client = request.version() == Version::HTTP_11 && request.extensions().get::<Peer>().is_some();
    if is_of_a_client && uri.host().is_none() && !request.headers().contains_key(header::HOST) {
        return Failure::bad("The header Host is missing; HTTP/1.1 requires it").into_response();
    }
    let headers = request.headers();
    let bytes: usize = headers.iter().map(|(name, value)| name.as_str().len() + value.len()).sum();
    if headers.len() > HEADERS || bytes > HEADER_BYTES {
        let why = format!(
            "The headers are {} with {bytes} bytes; right would be {HEADERS} at most with {HEADER_BYTES} bytes together",
            headers.len()
        );
        return Failure::Told(StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE, why).into_response();
    }
    let length = uri.path().len() + uri.query().map_or(0, |query| query.len() + 1);
    if length > state.settings.max_url_length {
        return Failure::Told(StatusCode::URI_TOO_LONG, "Request URI too long".to_owned()).into_response();
    }
    next.run(request).await
}

/// Adds the headers by which callers follow a request (W3C Trace Context, level 1): the caller's trace, a span of ours.
async fn traced(request: Request, next: Next) -> Response {
    let trace = given_trace(request.headers()).unwrap_or_else(|| format!("{:016x}{:016x}", random(), random()));
    let span = format!("{:016x}", random());
    let mut response = next.run(request).await;
    let pairs = [("traceparent", format!("00-{trace}-{span}-01")), ("tracestate", format!("yente={span}"))];
    for (name, value) in pairs {
        // Hexadecimal digits.
        if let Ok(value) = HeaderValue::from_str(&value) {
            response.headers_mut().insert(name, value);
        }
    }
    response
}

/// The trace that a caller names.
fn given_trace(headers: &HeaderMap) -> Option<String> {
    let given = headers.get("traceparent")?.to_str().ok()?;
    let trace = given.split('-').nth(1)?;
    let is_hex = trace.len() == 32 && trace.bytes().all(|byte| byte.is_ascii_hexdigit() && !byte.is_ascii_uppercase());
    (is_hex && trace.bytes().any(|byte| byte != b'0')).then(|| trace.to_owned())
}

/// A number that tells requests apart; never zero, and no secret.
pub(crate) fn random() -> u64 {
    RandomState::new().hash_one(0_u8) | 1
}

/// Brings all lists up to date and opens the folder again, on a thread of its own: it may take minutes, and no request is to wait for it.
pub(crate) fn update(state: &Arc<State>) -> Result<oneshot::Receiver<Result<(), NodeError>>, Failure> {
    let (sender, done) = oneshot::channel();
    let state = Arc::clone(state);
    let act = move || {
        let result = match &state.keeper {
            Some(keeper) => keeper.forced(&state.holder),
            None => state.holder.look(true).map(drop),
        };
        // Whoever asked may not wait.
        let _ = sender.send(result);
    };
    let thread = std::thread::Builder::new().name("update".to_owned()).spawn(act);
    thread.map_err(|error| Failure::Broken(error.to_string()))?;
    Ok(done)
}

/// What a request for a tag is answered with: the body, or that it is known.
pub(crate) fn tagged(headers: &HeaderMap, etag: &str, bytes: &[u8]) -> Response {
    let known = headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    let is_known = known.is_some_and(|known| crate::catalog::is_known(etag, known));
    let mut response = Response::new(if is_known { Body::empty() } else { Body::from(bytes.to_vec()) });
    if is_known {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
    } else {
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    }
    if let Ok(etag) = HeaderValue::from_str(etag) {
        response.headers_mut().insert(header::ETAG, etag);
    }
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=300"));
    response
}

/// That everything is well.
pub(crate) fn ok() -> Response {
    json_response(StatusCode::OK, &json!({ "status": "ok" }))
}
