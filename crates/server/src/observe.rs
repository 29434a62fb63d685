//! What is seen of the server from outside: a line for each request, counts and times, and a word on every answer when a list is old.
//!
//! In comes a request on its way to a route and its answer on the way back; out come a request id, a [`Told::Answered`], and numbers for `/metrics`. Nothing
//! here knows what was asked: of a path only its pattern is kept (`/entities/{id}`), of a query string nothing, of a body nothing.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
    time::Instant,
};

use axum::{
    extract::{MatchedPath, Request, State as Shared},
    http::{HeaderMap, HeaderValue},
    middleware::Next,
    response::Response,
};

use crate::{
    app::{State, random},
    listen::Told,
};

/// Upper bounds of the buckets of times, in seconds.
pub(crate) const BOUNDS: [f64; 12] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0];

/// What was answered.
#[derive(Clone, Debug, PartialEq)]
pub struct Answered {
    /// What tells it from others; the caller may have chosen it.
    pub id: String,
    /// Its verb.
    pub method: String,
    /// The pattern of its path; `other` for a path that is none of ours.
    pub route: String,
    /// The status of the answer.
    pub status: u16,
    /// Milliseconds until the answer began.
    pub ms: f64,
    /// The version of the lists it was computed on, if it was.
    pub version: Option<String>,
    /// What of ours was broken, if something was.
    pub broken: Option<String>,
}

/// What was broken, on its way from a failure to the log.
#[derive(Clone, Debug)]
pub(crate) struct Broken(pub(crate) String);

/// The times of a route.
#[derive(Clone, Debug, Default)]
pub(crate) struct Times {
    /// Answers that took at most so long, by [`BOUNDS`].
    pub(crate) buckets: [u64; BOUNDS.len()],
    pub(crate) seconds: f64,
    pub(crate) count: u64,
}

/// Counts and times since the start.
#[derive(Debug, Default)]
pub(crate) struct Counts {
    routes: Mutex<Routes>,
}

/// Requests by verb, route and status; times by route.
#[derive(Clone, Debug, Default)]
pub(crate) struct Routes {
    pub(crate) requests: BTreeMap<(String, String, u16), u64>,
    pub(crate) times: BTreeMap<String, Times>,
}

impl Counts {
    fn add(&self, request: &Answered) {
        let mut routes = self.routes.lock().unwrap_or_else(PoisonError::into_inner);
        *routes.requests.entry((request.method.clone(), request.route.clone(), request.status)).or_default() += 1;
        let times = routes.times.entry(request.route.clone()).or_default();
        let seconds = request.ms / 1e3;
        BOUNDS.iter().zip(&mut times.buckets).filter(|(bound, _)| seconds <= **bound).for_each(|(_, n)| *n += 1);
        times.seconds += seconds;
        times.count += 1;
    }

    /// As they are now.
    pub(crate) fn now(&self) -> Routes {
        self.routes.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// Observes a request.
pub(crate) async fn observed(Shared(state): Shared<Arc<State>>, request: Request, next: Next) -> Response {
    let start = Instant::now();
    let id = given_id(request.headers()).unwrap_or_else(|| format!("{:016x}", random()));
    let route = request.extensions().get::<MatchedPath>().map_or("other", MatchedPath::as_str).to_owned();
    // Verbs that nobody knows are strangers' text.
    let is_known = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"].contains(&request.method().as_str());
    let method = if is_known { request.method().as_str() } else { "OTHER" }.to_owned();
    let mut response = next.run(request).await;
    let headers = response.headers();
    let version = headers.get("x-mihenk-version").and_then(|value| value.to_str().ok()).map(str::to_owned);
    let broken = response.extensions().get::<Broken>().map(|broken| broken.0.clone());
    let ms = (start.elapsed().as_secs_f64() * 1e6).round() / 1e3;
    let told = Answered { id, method, route, status: response.status().as_u16(), ms, version, broken };
    if let Ok(value) = HeaderValue::from_str(&told.id) {
        response.headers_mut().insert("x-request-id", value);
    }
    if let Some(stale) = state.keeper.as_ref().and_then(|keeper| keeper.known().stale_header.clone()) {
        response.headers_mut().insert("x-mihenk-stale", stale);
    }
    state.counts.add(&told);
    (state.tell)(Told::Answered(told));
    response
}

/// The id that a caller gives: short, and of letters, digits, hyphens and underscores.
fn given_id(headers: &HeaderMap) -> Option<String> {
    let given = headers.get("x-request-id")?.to_str().ok()?;
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    (!given.is_empty() && given.len() <= 64 && given.chars().all(is_plain)).then(|| given.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_that_is_no_word_is_not_taken_over() {
        let given = |text: &str| {
            let mut headers = HeaderMap::new();
            headers.insert("x-request-id", HeaderValue::from_str(text).unwrap());
            given_id(&headers)
        };
        assert_eq!(given("a-B_9").as_deref(), Some("a-B_9"));
        assert_eq!(given("Kerem Örnek".replace('Ö', "O").as_str()), None, "no name gets into the log by it");
        assert_eq!(given(&"a".repeat(65)), None);
    }

    #[test]
    fn a_time_is_in_every_bucket_above_it() {
        let counts = Counts::default();
        let mut request = Answered {
            id: "x".into(),
            method: "GET".into(),
            route: "/x".into(),
            status: 200,
            ms: 2.0,
            version: None,
            broken: None,
        };
        counts.add(&request);
        (request.ms, request.status) = (30_000.0, 500);
        counts.add(&request);
        let now = counts.now();
        assert_eq!(now.times["/x"].buckets, [0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]);
        assert_eq!((now.times["/x"].count, now.requests.len()), (2, 2));
    }
}
