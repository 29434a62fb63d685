//! Cases on a terminal: tables for what there is, lines for what happened.
//!
//! In comes what the node gives, out come lines; text of customers and colleagues is made harmless on its way.

use mihenk_node::{
    cases::{Listed, Shown},
    ledger::{cases::Task, cases::graph::Graph, happening::Line},
    named::Named,
};
use serde_json::json;

use crate::{
    desk::{day, time},
    paint::{Paint, wrapped},
    say,
    table::Table,
};

pub(super) fn list(listed: &Listed, as_json: bool) -> anyhow::Result<()> {
    let Listed { cases, tasks, named, now } = listed;
    if as_json {
        return say::line(&json!({ "cases": cases, "your_tasks": tasks }).to_string());
    }
    if cases.is_empty() {
        say::note("there is no open case");
    } else {
        let mut table = Table::new(&["case", "title", "owner", "opened", ""]);
        for case in cases {
            let state = match (case.closed_at, &case.offered_to) {
                (Some(at), _) => format!("closed on {}", day(at)),
                (None, Some(to)) => format!("offered to {}", named.of(to)),
                (None, None) => String::new(),
            };
            let owner = named.of(&case.owner).to_owned();
            table.row([case.id.to_string(), case.title.clone(), owner, day(case.opened_at), state]);
        }
        say::out(&table.to_string())?;
    }
    if !tasks.is_empty() {
        heading("What you have to do")?;
        self::tasks(tasks, named, *now, true)?;
    }
    Ok(())
}

fn heading(text: &str) -> anyhow::Result<()> {
    say::line(&format!("\n{}", Paint::for_stdout().strong(text)))
}

fn tasks(tasks: &[Task], named: &Named, now: i64, with_case: bool) -> anyhow::Result<()> {
    let first = if with_case { "case" } else { "owner" };
    let mut table = Table::new(&["task", first, "due", "", "what"]);
    for task in tasks {
        let state = match (task.done_at, task.is_overdue(now)) {
            (Some(at), _) => format!("done {}", day(at)),
            (None, true) => "overdue".to_owned(),
            (None, false) => String::new(),
        };
        let first = if with_case { task.case.to_string() } else { named.of(&task.owner).to_owned() };
        table.row([task.id.to_string(), first, task.due.to_string(), state, task.what.clone()]);
    }
    say::out(&table.to_string())
}

pub(super) fn case(shown: &Shown, as_json: bool) -> anyhow::Result<()> {
    let Shown { detail, named, now } = shown;
    if as_json {
        return say::line(&json!(detail).to_string());
    }
    let paint = Paint::for_stdout();
    let case = &detail.case;
    say::line(&format!("{}  {}", paint.strong(case.id.as_str()), paint.strong(&paint.foreign(&case.title))))?;
    let state = match (case.closed_at, &case.offered_to) {
        (Some(at), _) => format!("closed on {}: {}", time(at), case.closed_why.as_deref().unwrap_or_default()),
        (None, Some(to)) => format!("offered to {}", named.of(to)),
        (None, None) => "open".to_owned(),
    };
    let opened = format!(
        "{}'s, opened on {} by {}, {state}",
        named.of(&case.owner),
        time(case.opened_at),
        named.of(&case.opened_by)
    );
    for (name, text) in [("", &opened), ("legal basis: ", &case.legal_basis), ("purpose: ", &case.purpose)] {
        for line in wrapped(&paint.foreign(&format!("{name}{text}")), "  ", "    ") {
            say::line(&line)?;
        }
    }
    parties(shown)?;
    if !detail.alerts.is_empty() {
        heading("Alerts")?;
        let mut table = Table::new(&["alert", "customer", "", "may be", "kind", "chance"]);
        for joined in &detail.alerts {
            table.row([
                joined.alert.to_string(),
                joined.customer.to_string(),
                joined.customer_name.clone(),
                joined.entity_name.clone(),
                joined.alert_kind.to_string(),
                format!("{} %", joined.probability_millionths / 10_000),
            ]);
        }
        say::out(&table.to_string())?;
    }
    if !detail.tasks.is_empty() {
        heading("Tasks")?;
        tasks(&detail.tasks, named, *now, false)?;
    }
    if !detail.documents.is_empty() {
        heading("Documents")?;
        let mut table = Table::new(&["document", "name", "bytes", "by", "when", "SHA-256"]);
        for one in &detail.documents {
            let by = named.of(&one.by).to_owned();
            table.row([
                one.id.to_string(),
                one.name.clone(),
                one.length.to_string(),
                by,
                time(one.at),
                one.sha256[..16].to_owned() + "…",
            ]);
        }
        say::out(&table.to_string())?;
    }
    say::note(&format!("revision {}", detail.revision));
    Ok(())
}

fn parties(shown: &Shown) -> anyhow::Result<()> {
    let detail = &shown.detail;
    if !detail.parties.is_empty() {
        heading("Parties")?;
        let mut table = Table::new(&["party", "kind", "name", "role", "is", ""]);
        for party in &detail.parties {
            let is = party.customer.as_ref().map(ToString::to_string).or_else(|| party.entity.clone());
            let struck = if party.is_struck { "struck out" } else { "" };
            let kind = party.kind.to_string();
            table.row([
                party.id.to_string(),
                kind,
                party.name.clone(),
                party.role.clone(),
                is.unwrap_or_default(),
                struck.to_owned(),
            ]);
        }
        say::out(&table.to_string())?;
    }
    if !detail.links.is_empty() {
        heading("Ties")?;
        let mut table = Table::new(&["tie", "from", "how", "to", "source", ""]);
        for link in &detail.links {
            let struck = if link.is_struck { "struck out" } else { "" };
            table.row([
                link.id.to_string(),
                link.from.clone(),
                link.kind.clone(),
                link.to.clone(),
                link.source.clone(),
                struck.to_owned(),
            ]);
        }
        say::out(&table.to_string())?;
    }
    Ok(())
}

pub(super) fn timeline(lines: &[Line], named: &Named, as_json: bool) -> anyhow::Result<()> {
    if as_json {
        return say::line(&json!(lines).to_string());
    }
    let mut table = Table::new(&["when", "who", "about", "what"]);
    for line in lines {
        table.row([time(line.at), named.of(&line.actor).to_owned(), line.subject.clone(), named.within(&line.words)]);
    }
    say::out(&table.to_string())
}

pub(super) fn graph(graph: &Graph, as_json: bool) -> anyhow::Result<()> {
    if as_json {
        return say::line(&json!(graph).to_string());
    }
    if graph.nodes.is_empty() {
        say::note("nobody is in this case yet; join alerts or add parties");
        return Ok(());
    }
    let mut table = Table::new(&["id", "kind", "name", "role", ""]);
    for node in &graph.nodes {
        let listed = if node.is_listed { "listed" } else { "" };
        table.row([node.key.clone(), node.kind.to_string(), node.label.clone(), node.role.clone(), listed.to_owned()]);
    }
    say::out(&table.to_string())?;
    if graph.ties.is_empty() {
        return Ok(());
    }
    say::line("")?;
    let name =
        |key: &str| graph.nodes.iter().find(|node| node.key == key).map(|node| node.label.clone()).unwrap_or_default();
    let mut table = Table::new(&["from", "how", "to", "source"]);
    for tie in &graph.ties {
        table.row([name(&tie.from), tie.label.clone(), name(&tie.to), tie.source.clone()]);
    }
    say::out(&table.to_string())
}
