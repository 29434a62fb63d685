//! The work list: alerts, most urgent first.
//!
//! In comes what the desk lists, out comes the first page of the day.

use std::collections::BTreeMap;

use askama::Template;
use mihenk_node::{alerts::Listed, ledger::alerts::Alert};

use crate::{alert::BesidePart, frame::Frame};

/// The filters that have a name, as terms of the command line.
pub const FILTERS: [(&str, &str); 6] = [
    ("filter-free", "free"),
    ("filter-mine", "open holder=me"),
    ("filter-open", "open"),
    ("filter-sanctions", "open kind=sanctions"),
    ("filter-gone", "open gone"),
    ("filter-proposed", "state=proposed"),
];

/// The page.
#[derive(Debug, Template)]
#[template(path = "work.html")]
pub struct WorkPage<'a> {
    /// What stands around it.
    pub t: &'a Frame,
    /// The alerts.
    pub listed: &'a Listed,
    /// What customers are called, by id.
    pub customers: &'a BTreeMap<String, String>,
    /// The terms that are asked for.
    pub filter: &'a str,
    /// Those that have a name.
    pub filters: &'a [(&'a str, &'a str)],
    /// The alert that is open beside the list.
    pub beside: Option<BesidePart<'a>>,
}

impl WorkPage<'_> {
    fn customer<'a>(&'a self, alert: &'a Alert) -> &'a str {
        self.customers.get(alert.customer.as_str()).map_or(alert.customer.as_str(), String::as_str)
    }

    /// Whether an alert is the one that is open beside the list.
    fn is_beside(&self, alert: &Alert) -> bool {
        self.beside.as_ref().is_some_and(|beside| beside.alert.id == alert.id)
    }

    fn is_filter(&self, terms: &str) -> bool {
        terms == self.filter
    }

    fn priority(&self, alert: &Alert) -> i64 {
        alert.priority(self.listed.now)
    }

    fn priority_words(&self, alert: &Alert) -> String {
        alert.priority_words(self.listed.now)
    }

    /// Thousandths of the highest priority on the page.
    fn share(&self, alert: &Alert) -> i64 {
        let now = self.listed.now;
        let most = self.listed.alerts.iter().map(|other| other.priority(now)).max().unwrap_or(1).max(1);
        alert.priority(now) * 1_000 / most
    }
}
