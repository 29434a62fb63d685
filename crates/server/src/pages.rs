//! The pages: what a browser shows to people at work.
//!
//! In come requests of a [`Visitor`](visitor::Visitor), out come pages of `mihenk-pages` over what acts of `mihenk-node` gave. Handlers read the parts of a request, act through the seat of the visitor and hand
//! over what came back: they decide nothing. What is wrong becomes a page in words, with what was typed on it, so that nothing is lost. A form leads to another page (303), so that
//! nobody sends it twice; what was done stands in that page's address, and what can be taken back there can be for ten seconds.

mod alert;
mod answer;
mod form;
mod look;
mod screen;
mod sign_in;
mod visitor;
mod work;

use std::sync::Arc;

use axum::{
    Router,
    routing::{get, post},
};

use crate::app::State;

type Shared = axum::extract::State<Arc<State>>;

/// The routes of the pages.
pub(crate) fn routes() -> Router<Arc<State>> {
    Router::new()
        .route("/", get(look::home))
        .route("/assets/{name}", get(look::asset))
        .route("/look", post(look::choose))
        .route("/drafts", post(look::keep_draft))
        .route("/login", get(sign_in::page).post(sign_in::sign_in))
        .route("/logout", post(sign_in::sign_out))
        .route("/password", get(sign_in::password_page).post(sign_in::choose_password))
        .route("/work", get(work::page))
        .route("/work/next", post(work::next))
        .route("/work/take", post(work::take))
        .route("/alerts/{id}", get(alert::page))
        .route("/alerts/{id}/here", get(alert::here))
        .route("/alerts/{id}/clear", post(alert::clear))
        .route("/alerts/{id}/more", post(alert::more))
        .route("/alerts/{id}/escalate", post(alert::escalate))
        .route("/alerts/{id}/take", post(alert::take))
        .route("/alerts/{id}/give-back", post(alert::give_back))
        .route("/alerts/{id}/reopen", post(alert::reopen))
        .route("/alerts/{id}/undo", post(alert::undo))
        .route("/screen", get(screen::page))
        .route("/scan", get(screen::scan_page).post(screen::scan))
}
