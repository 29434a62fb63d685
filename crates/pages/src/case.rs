//! Cases: the list, and one case with its time line, parties, network, documents and tasks.
//!
//! In comes what the desk shows, out come pages.

use askama::Template;
use mihenk_node::{
    cases::Listed,
    ledger::{
        cases::{
            PartyKind, Task,
            graph::{Graph, Tie},
            queue::Detail,
        },
        freezes::Freeze,
        happening::Line,
        reports::Report,
    },
    named::Named,
};

use crate::{frame::Frame, network::Network};

/// All cases.
#[derive(Debug, Template)]
#[template(path = "cases.html")]
pub struct CasesPage<'a> {
    /// What stands around it.
    pub t: &'a Frame,
    /// The cases.
    pub listed: &'a Listed,
    /// Whether closed ones are among them.
    pub with_closed: bool,
    /// What was typed for a new one.
    pub draft: &'a str,
}

/// One case.
#[derive(Debug, Template)]
#[template(path = "case.html")]
pub struct CasePage<'a> {
    /// What stands around it.
    pub t: &'a Frame,
    /// The case.
    pub detail: &'a Detail,
    /// Who ids are.
    pub named: &'a Named,
    /// The time.
    pub now: i64,
    /// Who is tied to whom.
    pub graph: &'a Graph,
    /// The same as a picture.
    pub network: Network,
    /// What happened.
    pub lines: &'a [Line],
    /// What is restrained in this case.
    pub freezes: &'a [Freeze],
    /// The reports about it, for a reporting officer.
    pub reports: &'a [Report],
    /// What was typed for a note.
    pub draft: &'a str,
}

impl CasesPage<'_> {
    fn is_overdue(&self, task: &Task) -> bool {
        task.is_overdue(self.listed.now)
    }
}

impl CasePage<'_> {
    fn is_overdue(&self, task: &Task) -> bool {
        task.is_overdue(self.now)
    }

    /// What happened, each with its place on the picture of time: from 20 to 980.
    fn marks(&self) -> Vec<(i64, &Line)> {
        let first = self.lines.iter().map(|line| line.at).min().unwrap_or(0);
        let span = (self.lines.iter().map(|line| line.at).max().unwrap_or(0) - first).max(1);
        self.lines.iter().map(|line| (20 + (line.at - first) * 960 / span, line)).collect()
    }

    /// The first and the last day of the picture.
    fn ends(&self) -> [String; 2] {
        let at = |found: Option<i64>| found.map(|at| self.t.long_day(at)).unwrap_or_default();
        [at(self.lines.iter().map(|line| line.at).min()), at(self.lines.iter().map(|line| line.at).max())]
    }

    fn address(&self) -> String {
        format!("/cases/{}", self.detail.case.id)
    }

    fn label<'g>(&'g self, key: &'g str) -> &'g str {
        self.graph.nodes.iter().find(|node| node.key == key).map_or(key, |node| node.label.as_str())
    }

    fn ties(&self) -> &[Tie] {
        &self.graph.ties
    }

    fn kinds(&self) -> [PartyKind; 6] {
        PartyKind::ALL
    }

    fn is_owner(&self) -> bool {
        self.t.is_me(&self.detail.case.owner)
    }
}
