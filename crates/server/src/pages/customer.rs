//! Customers: listed, shown, taken in from a file.
//!
//! In come ids, parameters and files, out come pages.

use axum::{
    extract::{Multipart, Path, State},
    response::Response,
};
use mihenk_node::{
    batch::{Input, Manner},
    ledger::customers::{Counts, Customer, Filter},
    portfolio::{self, Add, Added, Shown, Which},
};
use mihenk_pages::{
    customer::{CustomerPage, CustomersPage, ImportPage},
    frame::Frame,
};

use super::{
    Shared,
    answer::failed,
    form::fields,
    visitor::{Visitor, page as shown},
};
use crate::office::At;

/// Customers of a page.
const LIMIT: usize = 50;

pub(super) async fn list(State(state): Shared, visitor: Visitor) -> Response {
    let params = visitor.params();
    let wanted = params.text("portfolio").unwrap_or("").to_owned();
    let with_hits = params.text("hits").is_some();
    let after = params.text("after").and_then(|text| text.parse().ok()).unwrap_or(0);
    let asked = wanted.clone();
    let read = move |at: &At<'_>| {
        let portfolio = Some(asked.as_str()).filter(|name| !name.is_empty());
        let filter = Filter { portfolio, with_hits, with_left: false, after, limit: LIMIT as i64 + 1 };
        Ok((portfolio::portfolios(&at.seat)?, portfolio::list(&at.seat, &filter)?))
    };
    let write = |t: &Frame, (portfolios, all): &(Vec<Counts>, Vec<Customer>)| {
        let customers = &all[..all.len().min(LIMIT)];
        let last = customers.last().filter(|_| all.len() > LIMIT);
        let after = last.and_then(|one| one.id.as_str().trim_start_matches("K-").parse().ok());
        shown(&CustomersPage { t, portfolios, customers, portfolio: &wanted, with_hits, after })
    };
    visitor.show(&state, read, write).await
}

pub(super) async fn page(State(state): Shared, visitor: Visitor, Path(id): Path<String>) -> Response {
    let read = move |at: &At<'_>| portfolio::show(&at.seat, &Which { name: &id, portfolio: None });
    let write = |t: &Frame, found: &Shown| shown(&CustomerPage { t, shown: found });
    visitor.show(&state, read, write).await
}

pub(super) async fn import_page(State(state): Shared, visitor: Visitor) -> Response {
    let allowed = |at: &At<'_>| at.seat.act(mihenk_node::permission::Permission::KeepCustomers, |_, _| Ok(()));
    visitor.show(&state, allowed, |t, ()| shown(&ImportPage { t, added: None, refused: None })).await
}

pub(super) async fn import(State(state): Shared, visitor: Visitor, form: Multipart) -> Response {
    let (mut portfolio, mut file, mut is_whole) = (String::new(), None, false);
    let fields = match fields(form).await {
        Ok(fields) => fields,
        Err(failure) => return failed(&visitor.frame(), failure),
    };
    for field in fields {
        match field.name.as_str() {
            "portfolio" => portfolio = String::from_utf8_lossy(&field.bytes).trim().to_owned(),
            "whole" => is_whole = true,
            "file" => file = Some((field.file_name, field.bytes)),
            _ => {}
        }
    }
    let live = match state.holder.live() {
        Ok(live) => live,
        Err(failure) => return failed(&visitor.frame(), failure),
    };
    let folder = state.office.as_ref().map(|office| office.folder.clone()).unwrap_or_default();
    let act = move |at: &At<'_>| {
        let (name, bytes) = file.unwrap_or_default();
        let manner = Manner::default();
        let input = Input::read(&name, &bytes[..], &manner)?;
        let add = Add {
            portfolio: &portfolio,
            folder: &folder,
            name: &name,
            manner: &manner,
            is_whole,
            rejected: portfolio::Rejects::Nowhere,
            threshold: None,
        };
        portfolio::add(&at.seat, &live.node, input, &add, &mut |_| {})
    };
    let write = |t: &Frame, added: &Added| shown(&ImportPage { t, added: Some(added), refused: None });
    visitor.show(&state, act, write).await
}
