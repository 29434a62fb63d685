//! The pages: what a browser shows to people at work.
//!
//! In come requests of a [`Visitor`](visitor::Visitor), out come pages of `mihenk-pages` over what acts of `mihenk-node` gave. Handlers read the parts of a request, act through the seat of the visitor and hand
//! over what came back: they decide nothing. What is wrong becomes a page in words, with what was typed on it, so that nothing is lost. A form leads to another page (303), so that
//! nobody sends it twice; what was done stands in that page's address, and what can be taken back there can be for ten seconds.

mod alert;
mod answer;
mod case;
mod customer;
mod exempt;
mod form;
mod freeze;
mod house;
mod import;
mod keys;
mod lists;
mod look;
mod people;
mod redress;
mod report;
mod review;
mod screen;
mod settings;
mod sign_in;
mod stream;
mod visitor;
mod work;

use std::sync::Arc;

use axum::{
    Router,
    extract::DefaultBodyLimit,
    routing::{get, post},
};

use crate::app::State;

pub(crate) use look::nowhere;

type Shared = axum::extract::State<Arc<State>>;

/// The routes of the pages.
pub(crate) fn routes() -> Router<Arc<State>> {
    Router::new()
        .route("/", get(look::home))
        .route("/assets/{name}", get(look::asset))
        .route(crate::api::code::PLACE, get(look::problems))
        .route("/look", post(look::choose))
        .route("/drafts", post(look::keep_draft))
        .route("/login", get(sign_in::page).post(sign_in::sign_in))
        .route("/logout", post(sign_in::sign_out))
        .route("/code", get(sign_in::code_page).post(sign_in::enter_code))
        .route("/second-factor", get(sign_in::factor_page).post(sign_in::enrol))
        .route("/second-factor/confirm", post(sign_in::confirm_factor))
        .route("/password", get(sign_in::password_page).post(sign_in::choose_password))
        .route("/work", get(work::page))
        .route("/cases", get(case::list).post(case::open))
        .route("/cases/{id}", get(case::page))
        .route("/cases/{id}/note", post(case::note))
        .route("/cases/{id}/party", post(case::party))
        .route("/cases/{id}/tie", post(case::tie))
        .route("/cases/{id}/task", post(case::task))
        .route("/cases/{id}/done", post(case::task_done))
        .route("/cases/{id}/close", post(case::close))
        .route("/cases/{id}/attach", post(case::attach))
        .route("/documents/{id}", get(case::document))
        .route("/review", get(review::list))
        .route("/review/{id}", get(review::page))
        .route("/review/{id}/view", post(review::view))
        .route("/review/{id}/agree", post(review::agree))
        .route("/review/{id}/send-back", post(review::send_back))
        .route("/lists", get(lists::list))
        .route("/lists/{name}", get(lists::page))
        .route("/entity/{id}", get(lists::entity))
        .route("/rules", get(house::rules))
        .route("/rules/{id}/withdraw", post(house::withdraw))
        .route("/dashboard", get(house::dashboard))
        .route("/model", get(house::model))
        .route("/audit", get(house::chain))
        .route("/audit/export", get(house::export))
        .route("/audit/verify", post(house::verify))
        .route("/audit/replay", post(house::replay))
        .route("/screen", get(screen::page))
        .route("/scan", get(screen::scan_page).post(screen::scan))
        .merge(versions())
        .merge(freezes())
        .merge(alerts())
        .merge(customers())
        .merge(complaints())
        .merge(people())
        .merge(reports())
        .merge(settings())
}

/// The routes of what is restrained.
fn freezes() -> Router<Arc<State>> {
    Router::new()
        .route("/freezes", get(freeze::list).post(freeze::propose))
        .route("/freezes/new", get(freeze::new))
        .route("/freezes/{id}", get(freeze::page))
        .route("/freezes/{id}/confirm", post(freeze::confirm))
        .route("/freezes/{id}/decline", post(freeze::decline))
        .route("/freezes/{id}/release", post(freeze::release))
        .route("/freezes/{id}/review", post(freeze::review))
        .route("/freezes/{id}/vary", post(exempt::vary))
        .route("/freezes/{id}/notices", post(exempt::notice))
        .route("/freezes/{id}/letter", get(exempt::letter))
        .route("/freezes/{id}/exemptions", post(exempt::exempt))
        .route("/freezes/{id}/exemptions/{exemption}/confirm", post(exempt::confirm))
        .route("/freezes/{id}/exemptions/{exemption}/decline", post(exempt::decline))
        .route("/freezes/{id}/exemptions/{exemption}/committee", post(exempt::committee))
        .route("/freezes/{id}/exemptions/{exemption}/uses", post(exempt::pay))
}

/// The routes of versions of lists.
fn versions() -> Router<Arc<State>> {
    Router::new()
        .route("/lists/{name}/diff", get(lists::difference))
        .route("/lists/{name}/removals", post(lists::decide))
        .route("/lists/{name}/look", post(lists::look))
        .route("/lists/{name}/update", post(lists::update))
}

/// The routes of reports.
fn reports() -> Router<Arc<State>> {
    Router::new()
        .route("/reports", get(report::list).post(report::draft))
        .route("/reports/{id}", get(report::page))
        .route("/reports/{id}/correct", post(report::correct))
        .route("/reports/{id}/content", get(report::content_file).post(report::content))
        .route("/reports/{id}/file", get(report::written))
        .route("/reports/{id}/document/{document}", get(report::document))
        .route("/reports/{id}/send", post(report::send))
        .route("/reports/{id}/answered", post(report::answered))
        .route("/reports/{id}/asked", post(report::asked))
        .route("/reports/{id}/replied", post(report::replied))
        .route("/reports/{id}/note", post(report::note))
        .route("/reports/{id}/withdraw", post(report::withdraw))
        .route("/reports/{id}/attach", post(report::attach))
}

/// The routes of people and their keys.
fn people() -> Router<Arc<State>> {
    Router::new()
        .route("/keys", get(keys::page).post(keys::make))
        .route("/keys/{id}/rotate", post(keys::rotate))
        .route("/keys/{id}/revoke", post(keys::revoke))
        .route("/people", get(people::page))
        .route("/people/add", post(people::add))
        .route("/people/change", post(people::change))
        .route("/people/keys", post(people::make_key))
        .route("/people/keys/{id}/rotate", post(people::rotate_key))
        .route("/people/keys/{id}/revoke", post(people::revoke_key))
        .route("/people/ties", post(people::tie))
        .route("/people/ties/end", post(people::untie))
        .route("/people/codes", post(people::require_codes))
        .route("/people/{id}/confirm", post(people::confirm))
        .route("/people/{id}/decline", post(people::decline))
}

/// The routes of settings.
fn settings() -> Router<Arc<State>> {
    Router::new()
        .route("/settings", get(settings::page))
        .route("/settings/retention", get(settings::retention))
        .route("/settings/retention/propose", post(settings::propose))
        .route("/settings/retention/hold", post(settings::hold))
        .route("/settings/retention/lift", post(settings::lift))
        .route("/settings/retention/run", post(settings::run))
        .route("/settings/retention/{id}/confirm", post(settings::confirm))
        .route("/settings/retention/{id}/decline", post(settings::decline))
        .route("/settings/keeping", get(settings::keeping))
        .route("/settings/key/exchange", post(settings::exchange))
        .route("/settings/webhooks", get(keys::webhooks).post(keys::propose))
        .route("/settings/webhooks/{id}/confirm", post(keys::confirm))
        .route("/settings/webhooks/{id}/decline", post(keys::decline))
        .route("/settings/webhooks/{id}/end", post(keys::end))
        .route("/settings/webhooks/letters/{id}/replay", post(keys::replay))
}

/// The routes of customers and of the files in which they come.
fn customers() -> Router<Arc<State>> {
    Router::new()
        .route("/customers", get(customer::list))
        // The file goes to the disk as it comes, and is bounded there.
        .route("/customers/import", get(import::start).post(import::send).layer(DefaultBodyLimit::disable()))
        .route("/customers/import/{id}", get(import::page).post(import::take))
        .route("/customers/import/{id}/look", post(import::look))
        .route("/customers/import/{id}/discard", post(import::discard))
        .route("/customers/import/{id}/rejected", get(import::rejected))
        .route("/customers/{id}", get(customer::page))
}

/// The routes of alerts and of what waits.
fn alerts() -> Router<Arc<State>> {
    Router::new()
        .route("/queue/next", post(work::next))
        .route("/queue/take", post(work::take))
        .route("/alerts/{id}", get(alert::page))
        .route("/alerts/{id}/here", get(alert::here))
        .route("/alerts/{id}/beside", get(alert::beside))
        .route("/alerts/{id}/clear", post(alert::clear))
        .route("/alerts/{id}/more", post(alert::more))
        .route("/alerts/{id}/escalate", post(alert::escalate))
        .route("/alerts/{id}/take", post(alert::take))
        .route("/alerts/{id}/give-back", post(alert::give_back))
        .route("/alerts/{id}/reopen", post(alert::reopen))
        .route("/alerts/{id}/undo", post(alert::undo))
}

/// The routes of those who say that they are not the listed one.
fn complaints() -> Router<Arc<State>> {
    Router::new()
        .route("/redress", get(redress::list).post(redress::open))
        .route("/redress/{id}", get(redress::page))
        .route("/redress/{id}/letter", get(redress::letter))
        .route("/redress/{id}/propose", post(redress::propose))
        .route("/redress/{id}/confirm", post(redress::confirm))
        .route("/redress/{id}/decline", post(redress::decline))
        .route("/redress/{id}/answered", post(redress::answered))
        .route("/redress/{id}/corrected", post(redress::corrected))
        .route("/redress/{id}/recipient", post(redress::recipient))
        .route("/redress/{id}/note", post(redress::note))
        .route("/redress/{id}/assign", post(redress::assign))
        .route("/redress/{id}/attach", post(redress::attach))
}
