//! A freeze, all of them, and what is due, in words and tables.
//!
//! In come what the node gave and the names of users; out comes what a person reads, or JSON.

use std::collections::BTreeMap;

use mihenk_node::{
    freezes::Shown,
    ledger::{
        day::{Day, minute},
        freezes::{
            Exemption, Freeze, Pause, State,
            due::{Due, What},
        },
        regimes::Regimes,
    },
};
use serde_json::json;

use crate::{paint::Paint, say, table::Table};

/// Names of users by id.
pub(super) type Names = BTreeMap<String, String>;

fn name<'a>(names: &'a Names, id: &'a str) -> &'a str {
    names.get(id).map_or(id, String::as_str)
}

pub(super) fn due(all: &[Due], names: &Names, now: i64, as_json: bool) -> anyhow::Result<()> {
    if as_json {
        return say::line(&serde_json::to_string(all)?);
    }
    if all.is_empty() {
        return say::line("Nothing waits and nothing runs out.");
    }
    let paint = Paint::for_stdout();
    let over = all.iter().filter(|due| due.is_over).count();
    if over > 0 {
        let plural = if over == 1 { "thing is" } else { "things are" };
        say::line(&paint.bad(&format!("{over} {plural} overdue. Nothing was released: somebody has to decide.")))?;
    }
    let mut table = Table::new(&["by (UTC)", "", "what", "to do"]);
    for due in all {
        let mark = if due.is_over { late(due.what) } else { left(due.by - now) };
        table.row([minute(due.by), mark, due.id.clone(), named(&due.told, names)]);
    }
    say::out(&table.to_string())
}

/// The text with names in place of the ids of users.
fn named(text: &str, names: &Names) -> String {
    let word = |word: &str| {
        let id = word.trim_end_matches([';', ',', ':', '.']);
        names.get(id).map_or_else(|| word.to_owned(), |name| format!("{name}{}", &word[id.len()..]))
    };
    text.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

fn late(what: What) -> String {
    match what {
        What::DecidePause | What::ConfirmHold => "RAN OUT".to_owned(),
        _ => "overdue".to_owned(),
    }
}

fn left(ms: i64) -> String {
    let minutes = ms / 60_000;
    match minutes {
        0..60 => format!("in {minutes} min"),
        60..2880 => format!("in {} h", minutes / 60),
        _ => format!("in {} days", minutes / 1440),
    }
}

pub(super) fn list(freezes: &[Freeze], pauses: &[Pause], as_json: bool) -> anyhow::Result<()> {
    if as_json {
        return say::line(&json!({ "freezes": freezes, "pauses": pauses }).to_string());
    }
    if freezes.is_empty() && pauses.is_empty() {
        return say::line("Nothing is frozen, held, proposed or paused.");
    }
    if !freezes.is_empty() {
        let mut table = Table::new(&["freeze", "state", "programme", "reference", "customer", "assets", "review", ""]);
        for freeze in freezes {
            let terms = &freeze.terms;
            table.row([
                freeze.id.to_string(),
                freeze.state.as_str().to_owned(),
                terms.programme.clone(),
                terms.reference.clone(),
                terms.customer.clone().unwrap_or_default(),
                format!("{} of {}", terms.restrained().count(), terms.assets.len()),
                terms.review.to_string(),
                remark(freeze),
            ]);
        }
        say::out(&table.to_string())?;
    }
    if !pauses.is_empty() {
        let mut table = Table::new(&["pause", "state", "until (UTC)", "customer", "what"]);
        for pause in pauses {
            let customer = pause.customer.clone().unwrap_or_default();
            table.row([
                pause.id.to_string(),
                pause.state.as_str().to_owned(),
                minute(pause.until),
                customer,
                pause.what.clone(),
            ]);
        }
        let gap = if freezes.is_empty() { "" } else { "\n" };
        say::out(&format!("{gap}{table}"))?;
    }
    Ok(())
}

fn remark(freeze: &Freeze) -> String {
    let mut told = Vec::new();
    if freeze.state == State::Held && freeze.ran_out {
        told.push("NOT CONFIRMED IN TIME".to_owned());
    }
    if freeze.delisted.is_some() {
        told.push("listing gone: release?".to_owned());
    }
    if let Some(waiting) = &freeze.waiting {
        told.push(format!("waits: {}", waiting.change));
    }
    told.join("; ")
}

pub(super) fn freeze(shown: &Shown, regimes: &Regimes, names: &Names, today: Day, as_json: bool) -> anyhow::Result<()> {
    if as_json {
        return say::line(&serde_json::to_string(shown)?);
    }
    let (freeze, paint) = (&shown.freeze, Paint::for_stdout());
    say::line(&format!("{} {}", paint.strong(freeze.id.as_str()), freeze.state.as_str()))?;
    for (what, value) in facts(freeze, regimes, names) {
        say::line(&format!("  {what:<12} {}", paint.foreign(&value)))?;
    }
    let mut table = Table::new(&["asset", "kind", "identifier", "holder", "value", ""]);
    for asset in &freeze.terms.assets {
        let value = asset.value.map_or_else(|| "not known".to_owned(), |value| value.to_string());
        let state = if asset.is_released { "released" } else { "" };
        table.row([
            asset.number.to_string(),
            asset.kind.as_str().to_owned(),
            asset.identifier.clone(),
            asset.holder.clone(),
            value,
            state.to_owned(),
        ]);
    }
    say::out(&format!("\n{table}"))?;
    for notice in &freeze.notices {
        let told = format!("notice to {} ({}) on {} by {}", notice.holder, notice.to, notice.on, notice.how);
        say::line(&paint.foreign(&told))?;
    }
    if shown.exemptions.is_empty() {
        return Ok(());
    }
    let mut table = Table::new(&["exemption", "kind", "recipient", "valid", "uses", ""]);
    for (exemption, uses) in &shown.exemptions {
        let terms = &exemption.terms;
        table.row([
            exemption.id.to_string(),
            terms.kind.clone(),
            terms.recipient.clone(),
            format!("{} to {}", terms.from, terms.until),
            uses.len().to_string(),
            usable(exemption, Some(today)),
        ]);
    }
    say::out(&format!("\n{table}"))
}

fn facts(freeze: &Freeze, regimes: &Regimes, names: &Names) -> Vec<(&'static str, String)> {
    let terms = &freeze.terms;
    let title = regimes.get(&terms.programme).map_or(terms.programme.clone(), |regime| regime.title.clone());
    let mut facts =
        vec![("basis", title), ("authority", terms.authority.clone()), ("reference", terms.reference.clone())];
    let lists = if terms.lists.is_empty() { "no list that is loaded here".to_owned() } else { terms.lists.join(", ") };
    facts.extend(terms.entity.iter().map(|entity| ("entity", format!("{entity} on {lists}"))));
    facts.extend(terms.customer.iter().map(|id| ("customer", id.clone())));
    facts.extend((!terms.alerts.is_empty()).then(|| ("alerts", terms.alerts.join(", "))));
    facts.extend(terms.case.iter().map(|id| ("case", id.clone())));
    facts.push(("scope", terms.scope.clone()));
    facts.push(("since", format!("{}, review on {}", terms.start, terms.review)));
    facts.push(("proposed", format!("{} on {}", name(names, &freeze.proposed_by), minute(freeze.proposed_at))));
    if let (Some(by), Some(at)) = (&freeze.confirmed_by, freeze.confirmed_at) {
        facts.push(("confirmed", format!("{} on {}", name(names, by), minute(at))));
    }
    if let (State::Held, Some(until)) = (freeze.state, freeze.confirm_until) {
        let ran_out = if freeze.ran_out { "; that ran out, it stays held" } else { "" };
        facts.push(("to confirm", format!("until {}{ran_out}", minute(until))));
    }
    if let Some(waiting) = &freeze.waiting {
        facts.push(("waits", format!("{}, proposed by {}", waiting.change, name(names, &waiting.by))));
    }
    if let Some(task) = &freeze.delisted {
        facts.push(("listing gone", format!("from {} on {}", task.lists.join(", "), minute(task.at))));
    }
    facts
}

/// Whether an exemption may be used, and what is left.
pub(super) fn usable(exemption: &Exemption, today: Option<Day>) -> String {
    let left = match (exemption.left(), exemption.terms.limit) {
        (Some(left), Some(limit)) => format!("{left} left of {limit}"),
        _ => "no limit".to_owned(),
    };
    // Without a day, one within its validity: what is asked is how far its procedure is.
    match exemption.hindered(today.unwrap_or(exemption.terms.from)) {
        None => left,
        Some(why) => format!("{left}; not yet usable: {why}"),
    }
}
