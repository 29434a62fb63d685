//! Who may come in: sessions of a browser, passwords, limits, where requests come from.
//!
//! In come requests, out come requests of which it is known who asks, or refusals. What somebody may do is decided by no part of this, but by each act of
//! `mihenk-node`. `door` is what all of it shares; `cookie` and `csrf` keep other sites out of a session, `session` begins and ends one, `throttle`
//! slows down whoever guesses, `hashing` computes password hashes away from everything else, `address` says where a request comes from.

pub(crate) mod address;
pub(crate) mod cookie;
pub(crate) mod csrf;
pub(crate) mod door;
mod hashing;
pub(crate) mod session;
mod throttle;

use std::sync::Arc;

use axum::{
    Router,
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
}
