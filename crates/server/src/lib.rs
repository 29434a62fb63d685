//! HTTP: the API that clients of yente speak.
//!
//! [`serve()`] opens a data folder and answers until it is told to stop; [`router()`] is the same for a node in memory and without a socket. Nothing is
//! decided here: what is asked goes to `mihenk-node`, and what comes back is put into the form that clients know. The contract is that of yente
//! 5.5; whatever an answer has besides stands beside it under names that yente does not have (`probability`, `bits`, `explanation`).
//!
//! `app` has the routes and what holds for all of them, `routes` what each does. `live` is what answers at the moment and how it is exchanged
//! for the next version; `library` all its records for whatever needs more than screening. `matching` with `example`, `algorithms`, `weighed`
//! and `filter` is `/match`; `search` with `query` and `texts` is `/search`; `entity` and `neighbours` are `/entities`; `catalog` and
//! `reconcile` what their names say. `upkeep` keeps lists up to date, as `schedule` says; `observe`, `metrics` and `log` let a person see what it does. `params` reads addresses, `problem` says what is wrong, `described` what there is.
//!
//! `who` says who asks: sessions, keys, limits, TLS. Without users whoever reaches the server may screen, and it listens on the machine itself only.

#![forbid(unsafe_code)]

mod algorithms;
mod api;
mod app;
mod caller;
mod catalog;
mod deliver;
mod described;
mod entity;
mod example;
mod filter;
mod library;
mod listen;
mod live;
mod log;
mod matching;
mod metrics;
mod neighbours;
mod observe;
mod office;
mod page;
mod pages;
mod params;
mod problem;
mod query;
mod reconcile;
mod refusal;
mod routes;
mod schedule;
mod search;
mod settings;
mod sorting;
mod statements;
mod texts;
mod topics;
mod unread;
mod upkeep;
mod weighed;
mod who;

pub use api::{openapi, problem_page};
pub use axum::Router;
pub use deliver::Deliverer;
use mihenk_node::{Node, manifest::Dataset};

pub use listen::{Lists, Serve, ServeError, Told, serve};
pub use log::Level;
pub use mihenk_pages::settings::explained;
pub use observe::Answered;
pub use office::Office;
pub use schedule::Schedule;
pub use settings::{Settings, Shown, truth};
pub use upkeep::{Follow, Upkeep};
pub use who::{oidc::Oidc, tls::TlsFiles};

/// The routes over a node that is never exchanged.
pub fn router(node: Node, manifest: Vec<Dataset>, settings: Settings) -> Router {
    app::router(app::State::new(live::Holder::of_node(node, manifest), None, settings))
}

/// The routes over a node and an office.
pub fn router_with_office(node: Node, office: Office, settings: Settings) -> Router {
    app::router(app::State::new(live::Holder::of_node(node, Vec::new()), Some(office), settings))
}

/// The routes where nothing is loaded yet.
pub fn router_of_nothing(settings: Settings) -> Router {
    let nowhere = live::Holder::of_folder("nowhere".into(), None, Vec::new());
    app::router(app::State::new(nowhere, None, settings))
}
