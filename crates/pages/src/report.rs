//! Reports to an authority: for reporting officers alone.
//!
//! In comes what the compartment gives an officer, out come pages. Whoever is no officer gets the same refusal whatever there is, and no other page says that there is anything.

use askama::Template;
use mihenk_node::{
    ledger::reports::{Report, ReportKind},
    reports::Shown,
};

use crate::frame::Frame;

/// All reports, and a form for a draft.
#[derive(Debug, Template)]
#[template(path = "reports.html")]
pub struct ReportsPage<'a> {
    /// What stands around it.
    pub t: &'a Frame,
    /// The reports.
    pub reports: &'a [Report],
    /// The kinds that there are.
    pub kinds: &'a [ReportKind],
}

/// One report.
#[derive(Debug, Template)]
#[template(path = "report.html")]
pub struct ReportPage<'a> {
    /// What stands around it.
    pub t: &'a Frame,
    /// The report.
    pub shown: &'a Shown,
}

impl ReportPage<'_> {
    fn report(&self) -> &Report {
        &self.shown.detail.report
    }
}
