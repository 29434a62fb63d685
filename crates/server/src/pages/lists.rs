//! Lists, and one listed party.
//!
//! In come names and ids, out come pages.

use axum::{
    extract::{Path, State},
    response::Response,
};
use mihenk_node::{
    Profile, Source, diff,
    ledger::day::Day,
    ownership::{Holdings, Question, Standing},
    status,
};
use mihenk_pages::{
    entity::EntityPage,
    lists::{ListPage, ListsPage},
};

use super::{
    Shared,
    answer::{failed, unknown},
    visitor::{Visitor, page as shown},
};
use crate::problem::Failure;

/// Entities of lists up to which the records of holdings are read for one page; with more it is asked for by a link.
const HOLDINGS_UP_TO: usize = 5_000;

pub(super) async fn list(State(state): Shared, visitor: Visitor) -> Response {
    let frame = match visitor.anybody(&state).await {
        Ok(frame) => frame,
        Err(response) => return *response,
    };
    let folder = state.office.as_ref().map(|office| office.folder.clone());
    let run = state.run(move |_, live| {
        let now = jiff::Timestamp::now();
        Ok(folder.map(|folder| status::status(&folder, live.node.model(), now)).transpose()?)
    });
    let (live, status) = match run.await {
        Ok(done) => done,
        Err(failure) => return failed(&frame, failure),
    };
    let (lists, entities) = (live.node.lists(), live.node.entity_count());
    shown(&ListsPage { t: &frame, status: status.as_ref(), lists, entities, version: &live.version })
}

pub(super) async fn page(State(state): Shared, visitor: Visitor, Path(name): Path<String>) -> Response {
    let frame = match visitor.anybody(&state).await {
        Ok(frame) => frame,
        Err(response) => return *response,
    };
    let folder = state.office.as_ref().map(|office| office.folder.clone());
    let asked = name.clone();
    let run = state.run(move |_, live| {
        let about = live.node.lists().iter().find(|list| list.dataset == asked);
        let about = about.cloned().ok_or_else(|| Failure::none("Not Found"))?;
        let name_of = |id: &String| {
            let number = live.node.number_of(id);
            (id.clone(), number.map_or_else(|| id.clone(), |number| live.node.heading(number).1.to_owned()))
        };
        let waiting: Vec<(String, String)> = about.waiting().iter().map(name_of).collect();
        let compared = folder.map(|folder| diff::compared(&folder, &asked, None).map_err(|error| error.to_string()));
        Ok((about, waiting, compared))
    });
    let (about, waiting, compared) = match run.await {
        Ok((_, done)) => done,
        Err(Failure::Told(status, _)) if status == 404 => return unknown(&frame),
        Err(failure) => return failed(&frame, failure),
    };
    let not_compared = compared.as_ref().and_then(|compared| compared.as_ref().err()).map(String::as_str);
    let compared = compared.as_ref().and_then(|compared| compared.as_ref().ok());
    shown(&ListPage { t: &frame, about: &about, compared, not_compared, waiting: &waiting })
}

/// What a page of a listed party is made of.
struct Party {
    profile: Profile,
    caption: String,
    referents: Vec<String>,
    removal_waits: Vec<String>,
    standing: Option<Result<Standing, String>>,
}

pub(super) async fn entity(State(state): Shared, visitor: Visitor, Path(id): Path<String>) -> Response {
    let wants_holdings = visitor.params().text("ownership").is_some();
    let frame = match visitor.anybody(&state).await {
        Ok(frame) => frame,
        Err(response) => return *response,
    };
    let folder = state.office.as_ref().map(|office| office.folder.clone());
    let run = state.run(move |_, live| {
        let node = &live.node;
        let number = node.number_of(&id).or_else(|| node.number_of(node.lookup().canonical(&id)));
        let number = number.ok_or_else(|| Failure::none("Not Found"))?;
        let profile = node.profile(number)?;
        let (canonical, caption, _) = node.heading(number);
        let is_small = node.entity_count() <= HOLDINGS_UP_TO || wants_holdings;
        let standing = folder.filter(|_| is_small).map(|folder| {
            let holdings = Holdings::read(&Source::of(folder), Some(node), &[]).map_err(|error| error.to_string())?;
            let day = Day::of(jiff::Timestamp::now().as_millisecond());
            let question = Question { entity: canonical.to_owned(), day, regimes: Vec::new(), changes: Vec::new() };
            holdings.standing(&question).map_err(|error| error.to_string())
        });
        Ok(Party {
            caption: caption.to_owned(),
            referents: node.referents(canonical),
            removal_waits: node.removal_waits(canonical),
            profile,
            standing,
        })
    });
    let party = match run.await {
        Ok((_, party)) => party,
        Err(Failure::Told(status, _)) if status == 404 => return unknown(&frame),
        Err(failure) => return failed(&frame, failure),
    };
    shown(&EntityPage {
        t: &frame,
        profile: &party.profile,
        caption: &party.caption,
        referents: &party.referents,
        removal_waits: &party.removal_waits,
        standing: party.standing.as_ref().and_then(|standing| standing.as_ref().ok()),
        no_standing: party.standing.as_ref().and_then(|standing| standing.as_ref().err()).map(String::as_str),
    })
}
