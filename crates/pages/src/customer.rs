//! Customers: the portfolios, one customer.
//!
//! In comes what the desk shows, out come pages.

use askama::Template;
use mihenk_node::{
    ledger::customers::{Counts, Customer, Party},
    portfolio::Shown,
};

use crate::frame::Frame;

/// Portfolios and customers.
#[derive(Debug, Template)]
#[template(path = "customers.html")]
pub struct CustomersPage<'a> {
    /// What stands around it.
    pub t: &'a Frame,
    /// The portfolios.
    pub portfolios: &'a [Counts],
    /// Customers, by number.
    pub customers: &'a [Customer],
    /// The portfolio that is shown; empty for all.
    pub portfolio: &'a str,
    /// Whether only those with hits are shown.
    pub with_hits: bool,
    /// The number behind which the next page begins; none when this is the last.
    pub after: Option<i64>,
}

/// One customer.
#[derive(Debug, Template)]
#[template(path = "customer.html")]
pub struct CustomerPage<'a> {
    /// What stands around it.
    pub t: &'a Frame,
    /// The customer.
    pub shown: &'a Shown,
}

impl CustomersPage<'_> {
    fn name<'c>(&self, customer: &'c Customer) -> &'c str {
        let party = customer.contents.parties.iter().find(|party| party.reference.is_empty());
        let name = party.and_then(|party| party.properties.get("name")).and_then(|names| names.first());
        name.map_or(customer.reference.as_str(), String::as_str)
    }
}

impl CustomerPage<'_> {
    fn parties(&self) -> &[Party] {
        &self.shown.customer.contents.parties
    }

    fn name(&self) -> &str {
        let name = self.parties().first().and_then(|party| party.properties.get("name")?.first());
        name.map_or(self.shown.customer.reference.as_str(), String::as_str)
    }

    fn threshold(&self) -> i64 {
        i64::from(self.shown.threshold)
    }
}
