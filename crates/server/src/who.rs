//! Who may come in: sessions of a browser, passwords, limits, where requests come from.
//!
//! In come requests, out come requests of which it is known who asks, or refusals. What somebody may do is decided by no part of this, but by each act of
//! `mihenk-node`. `door` is what all of it shares; `cookie` and `csrf` keep other sites out of a session, `session` begins and ends one, `throttle`
//! slows down whoever guesses, `threads` compute password hashes away from everything else, `address` says where a request comes from. `codes` are one-time
//! codes, `gate` stands before what clients of yente ask, `limits` counts requests, `places` connections, `patient` leaves who
//! reads nothing, `tls` holds the certificate, `first` is the first start (`plain` how its page looks), `oidc` signs in at an issuer.

pub(crate) mod address;
pub(crate) mod codes;
pub(crate) mod cookie;
pub(crate) mod csrf;
pub(crate) mod door;
pub(crate) mod first;
pub(crate) mod gate;
pub(crate) mod limits;
pub(crate) mod oidc;
pub(crate) mod patient;
pub(crate) mod places;
mod plain;
pub(crate) mod session;
mod threads;
mod throttle;
pub(crate) mod tls;

use std::sync::Arc;

use axum::{
    Router,
    extract::{Request, State as Shared},
    http::{HeaderValue, header},
    middleware::Next,
    response::Response,
    routing::get,
};

use crate::app::State;

/// The links of the first start. Signing in and out is in the table of the API's operations.
pub(crate) fn routes() -> Router<Arc<State>> {
    Router::new().route("/first/{link}", get(first::show).post(first::choose))
}

/// Tells browsers that have come by TLS to come so for a year (RFC 6797).
pub(crate) async fn always_secure(Shared(state): Shared<Arc<State>>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    if state.settings.is_secure {
        let year = HeaderValue::from_static("max-age=31536000");
        response.headers_mut().insert(header::STRICT_TRANSPORT_SECURITY, year);
    }
    response
}
