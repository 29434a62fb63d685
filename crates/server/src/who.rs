//! Who may come in: sessions of a browser, passwords, limits, where requests come from.
//!
//! In come requests, out come requests of which it is known who asks, or refusals. What somebody may do is decided by no part of this, but by each act of
//! `mihenk-node`. `door` is what all of it shares; `cookie` and `csrf` keep other sites out of a session, `session` begins and ends one, `throttle`
//! slows down whoever guesses, `threads` compute password hashes away from everything else, `address` says where a request comes from. `codes` are one-time
//! codes, `keys` those of the API, `gate` stands before what clients of yente ask, `limits` counts requests, `places` connections, `patient` leaves who
//! reads nothing, `tls` holds the certificate, `first` is the first start (`plain` how its page looks), `oidc` signs in at an issuer.

pub(crate) mod address;
pub(crate) mod codes;
pub(crate) mod cookie;
pub(crate) mod csrf;
pub(crate) mod door;
pub(crate) mod first;
pub(crate) mod gate;
mod keys;
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
    routing::{get, post},
};

use crate::app::State;

/// The routes of signing in and out.
pub(crate) fn routes() -> Router<Arc<State>> {
    Router::new()
        .route("/api/v1/session", get(session::show).post(session::begin).delete(session::end))
        .route("/api/v1/session/end", post(session::end))
        .route("/api/v1/session/end-all", post(session::end_all))
        .route("/api/v1/session/password", post(session::choose_password))
        .route("/api/v1/session/code", post(codes::enter_code))
        .route("/api/v1/session/oidc", get(oidc::begin))
        .route("/api/v1/session/oidc/callback", get(oidc::finish))
        .route("/api/v1/session/second-factor", get(codes::show).post(codes::enrol))
        .route("/api/v1/session/second-factor/confirm", post(codes::confirm))
        .route("/api/v1/session/second-factor/recovery-codes", post(codes::renew))
        .route("/first/{link}", get(first::show).post(first::choose))
        .route("/api/v1/keys", get(keys::list).post(keys::make))
        .route("/api/v1/keys/{id}/rotate", post(keys::rotate))
        .route("/api/v1/keys/{id}/revoke", post(keys::revoke))
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
