//! Reports on a terminal: tables for what there is, lines for what one says.
//!
//! In comes what the node gives, out come lines; text of others is made harmless on its way.

use mihenk_node::{
    ledger::reports::{
        Content, Kinds, Report, ReportKind,
        due::Due,
        goaml::{self, Version},
    },
    reports::Shown,
};
use serde_json::json;

use crate::{
    Outcome,
    desk::time,
    paint::{Paint, wrapped},
    say,
    table::Table,
};

pub(super) fn kinds(kinds: &Kinds, id: Option<&str>, as_json: bool) -> anyhow::Result<Outcome> {
    if let Some(id) = id {
        one_kind(kinds.get(id)?, as_json)?;
        return Ok(Outcome::Done);
    }
    if as_json {
        say::line(&json!(kinds.all()).to_string())?;
        return Ok(Outcome::Done);
    }
    let mut table = Table::new(&["kind", "what", "due", "law verified"]);
    for kind in kinds.all() {
        let verified = kind.sources.iter().filter(|source| source.verified).count();
        let of = format!("{verified} of {}", kind.sources.len());
        table.row([kind.id.clone(), kind.title.clone(), kind.clock.words(), of]);
    }
    say::out(&table.to_string())?;
    Ok(Outcome::Done)
}

fn one_kind(kind: &ReportKind, as_json: bool) -> anyhow::Result<()> {
    if as_json {
        return say::line(&json!(kind).to_string());
    }
    let paint = Paint::for_stdout();
    say::line(&format!("{}  {}", paint.strong(&kind.id), paint.strong(&kind.title)))?;
    say::line(&format!("  to {}, {}", kind.authority, kind.clock.words()))?;
    if !kind.fields.is_empty() {
        let mut table = Table::new(&["field", "", "what"]);
        for field in &kind.fields {
            let must = if field.mandatory { "mandatory" } else { "" };
            table.row([field.name.clone(), must.to_owned(), field.label.clone()]);
        }
        say::out(&table.to_string())?;
    }
    for source in &kind.sources {
        let mark = if source.verified { "" } else { " (not verified)" };
        let text =
            format!("{} {}{mark}: {} Read at {}.", source.document, source.paragraph, source.says, source.read_at);
        for line in wrapped(&text, "  ", "    ") {
            say::line(&line)?;
        }
    }
    Ok(())
}

pub(super) fn due(all: &[Due], as_json: bool) -> anyhow::Result<()> {
    if as_json {
        return say::line(&json!(all).to_string());
    }
    if all.is_empty() {
        return say::line("Nothing is due.");
    }
    let paint = Paint::for_stdout();
    let over = all.iter().filter(|due| due.is_over).count();
    if over > 0 {
        let plural = if over == 1 { "thing is" } else { "things are" };
        say::line(&paint.bad(&format!("{over} {plural} overdue.")))?;
    }
    let mut table = Table::new(&["by", "", "kind", "about", "what"]);
    for due in all {
        let by = due.by.map_or_else(|| "promptly".to_owned(), |by| by.to_string());
        let mark = if due.is_over { "overdue" } else { "" };
        table.row([by, mark.to_owned(), due.kind.clone(), due.id.clone(), due.told.clone()]);
    }
    say::out(&table.to_string())
}

pub(super) fn list(reports: &[Report], as_json: bool) -> anyhow::Result<()> {
    if as_json {
        return say::line(&json!(reports).to_string());
    }
    if reports.is_empty() {
        return say::line("There is no report.");
    }
    let mut table = Table::new(&["report", "kind", "state", "due", "about", "title"]);
    for report in reports {
        table.row([
            report.id.to_string(),
            report.kind.clone(),
            report.state.to_string(),
            report.due.map(|due| due.to_string()).unwrap_or_default(),
            report.about.clone().unwrap_or_default(),
            report.title.clone(),
        ]);
    }
    say::out(&table.to_string())
}

pub(super) fn report(shown: &Shown, version: Version, as_json: bool) -> anyhow::Result<()> {
    let Shown { detail, kind, findings, named } = shown;
    if as_json {
        return say::line(&json!({ "detail": detail, "missing": findings }).to_string());
    }
    let paint = Paint::for_stdout();
    let report = &detail.report;
    say::line(&format!("{}  {}", paint.strong(report.id.as_str()), paint.strong(&paint.foreign(&report.title))))?;
    let due = report.due.map_or_else(|| kind.clock.words(), |due| format!("due on {due}"));
    let about = report.about.as_ref().map(|about| format!(" about {about}")).unwrap_or_default();
    say::line(&format!("  {}{about}, {}; {due}", kind.title, report.state))?;
    match &report.content {
        Content::Sheet(fields) => {
            for field in &kind.fields {
                let value = fields.get(&field.name).map_or("", String::as_str).replace('\n', "; ");
                for line in wrapped(&paint.foreign(&format!("{}: {value}", field.label)), "  ", "    ") {
                    say::line(&line)?;
                }
            }
        }
        Content::Goaml(content) => {
            for (name, value) in summary(content) {
                for line in wrapped(&paint.foreign(&format!("{name}: {value}")), "  ", "    ") {
                    say::line(&line)?;
                }
            }
        }
    }
    if !findings.is_empty() {
        let what =
            if matches!(report.content, Content::Goaml(_)) { format!(" (goAML {version})") } else { String::new() };
        say::line(&format!("\n{}", paint.strong(&format!("Missing before it can be sent{what}"))))?;
        let mut table = Table::new(&["where", "", "what"]);
        for finding in findings {
            let mark = if finding.is_warning { "for some" } else { "" };
            table.row([finding.place.clone(), mark.to_owned(), finding.what.clone()]);
        }
        say::out(&table.to_string())?;
    }
    say::line(&format!("\n{}", paint.strong("What happened")))?;
    let mut table = Table::new(&["when", "who", "what"]);
    for line in &detail.history {
        table.row([time(line.at), named.of(&line.actor).to_owned(), line.words.clone()]);
    }
    say::out(&table.to_string())?;
    say::note(&format!("revision {}", detail.revision));
    Ok(())
}

/// What a report of goAML says, in lines.
pub(crate) fn summary(report: &goaml::Report) -> Vec<(String, String)> {
    let mut lines = Vec::new();
    let mut add = |name: &str, value: Option<String>| {
        lines.extend(value.map(|value| (name.to_owned(), value)));
    };
    add("code", report.report_code.clone());
    add("reporting entity", report.rentity_id.map(|id| id.to_string()));
    add("our reference", report.entity_reference.clone());
    add("reason", report.reason.clone());
    add("action", report.action.clone());
    let transactions = report.transaction.len();
    add("transactions", (transactions > 0).then(|| transactions.to_string()));
    let subjects = goaml::subjects(report);
    for subject in &subjects {
        lines.push((subject.path.clone(), name(&subject.subject)));
    }
    lines
}

fn name(subject: &goaml::Subject<'_>) -> String {
    let joined = |parts: [&Option<String>; 2]| parts.into_iter().flatten().cloned().collect::<Vec<_>>().join(" ");
    match subject {
        goaml::Subject::Person(person) => joined([&person.first_name, &person.last_name]),
        goaml::Subject::Account(account) => {
            account.iban.clone().or_else(|| account.account.clone()).unwrap_or_default()
        }
        goaml::Subject::Entity(entity) => entity.name.clone().unwrap_or_default(),
    }
}
