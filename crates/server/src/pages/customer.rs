//! Customers: listed, shown.
//!
//! In come ids and parameters, out come pages.

use axum::{
    extract::{Path, State},
    response::Response,
};
use mihenk_node::{
    ledger::customers::{Counts, Customer, Filter},
    portfolio::{self, Shown, Which},
};
use mihenk_pages::{
    customer::{CustomerPage, CustomersPage},
    frame::Frame,
};

use super::{
    Shared,
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
