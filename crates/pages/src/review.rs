//! The second person's view of what another one cleared.
//!
//! In comes a clearing with its alert, out comes a page with the facts alone. What the first person gave as a reason stands there only when the second one has recorded a view of
//! their own, so that nobody agrees because somebody else did.

use askama::Template;
use mihenk_node::{
    ledger::alerts::{Alert, Clearing, queue::Detail},
    named::Named,
};

use crate::{
    alert::{SideRow, customer_name, sides_of},
    evidence::{Evidence, lines_of},
    frame::Frame,
};

/// What waits.
#[derive(Debug, Template)]
#[template(path = "reviews.html")]
pub struct ReviewsPage<'a> {
    /// What stands around it.
    pub t: &'a Frame,
    /// What waits, with its alert.
    pub waiting: &'a [(Clearing, Alert)],
}

/// What the second person would have done, before they saw what the first one did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    /// Whether they would have cleared it.
    pub clears: bool,
    /// Why.
    pub note: String,
}

/// One clearing.
#[derive(Debug, Template)]
#[template(path = "review.html")]
pub struct ReviewPage<'a> {
    /// What stands around it.
    pub t: &'a Frame,
    /// The alert.
    pub detail: &'a Detail,
    /// How it was cleared; shown with a view alone.
    pub clearing: &'a Clearing,
    /// Who ids are.
    pub named: &'a Named,
    /// What the customer is called.
    pub customer: &'a str,
    /// The evidence.
    pub evidence: Evidence,
    /// Both sides.
    pub sides: Vec<SideRow>,
    /// The view that was recorded.
    pub view: Option<View>,
}

impl<'a> ReviewPage<'a> {
    /// The page of a clearing.
    #[must_use]
    pub fn new(
        t: &'a Frame,
        detail: &'a Detail,
        clearing: &'a Clearing,
        named: &'a Named,
        view: Option<View>,
    ) -> ReviewPage<'a> {
        let observation = detail.observation.as_ref();
        ReviewPage {
            customer: customer_name(detail),
            evidence: Evidence::of(t.words, &observation.map(lines_of).unwrap_or_default()),
            sides: observation.map(sides_of).unwrap_or_default(),
            t,
            detail,
            clearing,
            named,
            view,
        }
    }
}
