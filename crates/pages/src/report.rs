//! Reports to an authority: for reporting officers alone.
//!
//! In comes what the compartment gives an officer, out come pages. Whoever is no officer gets the same refusal whatever there is, and no other page says that there is anything. What is missing
//! in a draft stands at its field. What was sent is a record: nothing here takes it back, and nothing that is typed here is kept as a draft of the page, as drafts are kept outside of the compartment.

use askama::Template;
use mihenk_node::{
    NodeError,
    ledger::reports::{
        Content, Report, ReportKind,
        content::{Finding, wrong_fields},
        due::{Due, What},
        kinds::Written,
        state::ReportState,
    },
    reports::Shown,
};

use crate::{frame::Frame, refusal::Why, said::Sentence};

/// What is due, all reports, and a form for a draft.
#[derive(Debug, Template)]
#[template(path = "reports.html")]
pub struct ReportsPage<'a> {
    /// What stands around it.
    pub t: &'a Frame,
    /// What authorities wait for, what is over first.
    pub due: &'a [Due],
    /// The reports.
    pub reports: &'a [Report],
    /// The kinds that there are.
    pub kinds: &'a [ReportKind],
    /// What a new one is about, as it was asked for.
    pub about: &'a str,
    /// The report that a new one follows.
    pub follows: &'a str,
    /// Today.
    pub today: &'a str,
}

/// A field of a report as the page shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldRow {
    /// Its name.
    pub name: String,
    /// What the authority's form calls it.
    pub label: String,
    /// What stands in it.
    pub value: String,
    /// Whether the report cannot go without.
    pub is_mandatory: bool,
    /// What it is written as.
    pub written: Written,
    /// What is wrong with it.
    pub wrong: Option<Why>,
}

/// One report.
#[derive(Debug, Template)]
#[template(path = "report.html")]
pub struct ReportPage<'a> {
    /// What stands around it.
    pub t: &'a Frame,
    /// The report.
    pub shown: &'a Shown,
    /// Its fields, where it is a sheet.
    pub fields: Vec<FieldRow>,
    /// What stands in it, where it is a report of goAML.
    pub content: Option<String>,
    /// Today.
    pub today: &'a str,
}

impl<'a> ReportPage<'a> {
    /// The page of a report.
    #[must_use]
    pub fn new(t: &'a Frame, shown: &'a Shown, today: &'a str) -> ReportPage<'a> {
        let report = &shown.detail.report;
        let content = match &report.content {
            Content::Sheet(_) => None,
            Content::Goaml(_) => serde_json::to_string_pretty(&report.content).ok(),
        };
        ReportPage { fields: fields(t, shown), content, t, shown, today }
    }

    fn report(&self) -> &Report {
        &self.shown.detail.report
    }

    fn is_draft(&self) -> bool {
        self.report().state == ReportState::Draft
    }

    /// Whether another one has to follow.
    fn is_rejected(&self) -> bool {
        self.report().state == ReportState::Rejected
    }

    /// What is missing or wrong; or what only some authorities would refuse.
    fn findings(&self, is_warning: bool) -> Vec<&Finding> {
        self.shown.findings.iter().filter(|finding| finding.is_warning == is_warning).collect()
    }

    /// What was found and what would be right.
    fn what(&self, finding: &Finding) -> Sentence {
        let Some(of) = &finding.goaml else { return Sentence::english(&finding.what) };
        let [found, right] = [&of.found, &of.right].map(|said| self.t.said("goaml", said));
        if found.is_english || right.is_english {
            return Sentence::english(&finding.what);
        }
        let mut text = self.t.with("finding", &[("found", found.text.into()), ("right", right.text.into())]);
        if !of.demanded_by.is_empty() {
            let by = of.demanded_by.join(", ");
            text = format!("{text} {}", self.t.with("finding-demanded", &[("by", by.into())]));
        }
        if !of.verified {
            text = format!("{text} {}", self.t.say("finding-not-verified"));
        }
        Sentence::of_page(text)
    }

    /// The key of the sentence that counts what is missing: at the fields of a sheet, or listed.
    fn errors_key(&self) -> &'static str {
        if self.content.is_none() { "report-errors" } else { "report-errors-listed" }
    }

    /// How many things keep it from being sent.
    fn errors(&self) -> usize {
        self.shown.findings.iter().filter(|finding| !finding.is_warning).count()
    }
}

fn fields(t: &Frame, shown: &Shown) -> Vec<FieldRow> {
    let Content::Sheet(values) = &shown.detail.report.content else { return Vec::new() };
    let is_draft = shown.detail.report.state == ReportState::Draft;
    let mut wrong = if is_draft { wrong_fields(&shown.kind, values) } else { Vec::new() };
    let row = |field: &mihenk_node::ledger::reports::kinds::Field| {
        let place = wrong.iter().position(|(name, _)| *name == field.name);
        let why = place.map(|at| Why::of(t.words, "refused", &NodeError::Ledger(wrong.swap_remove(at).1)));
        FieldRow {
            value: values.get(&field.name).cloned().unwrap_or_default(),
            name: field.name.clone(),
            label: field.label.clone(),
            is_mandatory: field.mandatory,
            written: field.written,
            wrong: why,
        }
    };
    shown.kind.fields.iter().map(row).collect()
}

impl FieldRow {
    fn is_day(&self) -> bool {
        // A day that is none yet is shown as it was typed, so that it can be mended.
        self.written == Written::Day && self.wrong.as_ref().is_none_or(|_| self.value.is_empty())
    }

    /// Lines that its box has.
    fn lines(&self) -> usize {
        self.value.lines().count().clamp(if self.written == Written::Amounts { 2 } else { 1 }, 12)
    }
}

impl ReportsPage<'_> {
    fn what(&self, due: &Due) -> &'static str {
        match due.what {
            What::Send => "report-due-send",
            What::Follow => "report-due-follow",
            What::Reply => "report-due-reply",
            What::Draft => "report-due-draft",
        }
    }

    /// Where what is due is done: the report; the draft of one; none for a request, whose report says it.
    fn place(&self, due: &Due) -> Option<String> {
        match due.what {
            What::Send | What::Follow => Some(format!("/reports/{}", due.id)),
            What::Draft if due.id.is_empty() => Some("/reports#new".to_owned()),
            What::Draft => Some(format!("/reports?about={}#new", due.id)),
            What::Reply => None,
        }
    }

    fn title<'k>(&'k self, kind: &'k str) -> &'k str {
        self.kinds.iter().find(|one| one.id == kind).map_or(kind, |one| one.title.as_str())
    }
}
