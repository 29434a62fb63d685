//! Complaints on a terminal: what is due, one with all that is known of it, letters.
//!
//! In comes what the node gives, out come lines; text of others is made harmless on its way.

use mihenk_node::{
    ledger::{
        freezes::notice::{Letter, Part},
        redress::{Recipient, Redress, RedressId, RedressState, decide::Done, due::Due},
    },
    named::Named,
    redress::Shown,
};
use serde_json::json;

use crate::{
    desk::time,
    paint::{Paint, wrapped},
    say,
    table::Table,
};

pub(super) fn due(all: &[Due], named: &Named, as_json: bool) -> anyhow::Result<()> {
    if as_json {
        return say::line(&json!(all).to_string());
    }
    if all.is_empty() {
        say::note("nothing is due");
        return Ok(());
    }
    let mut table = Table::new(&["by", "", "redress", "owner", "what"]);
    for one in all {
        let over = if one.is_over { "over" } else { "" };
        table.row([
            one.by.to_string(),
            over.to_owned(),
            one.id.clone(),
            named.of(&one.owner).to_owned(),
            named.within(&one.told),
        ]);
    }
    say::out(&table.to_string())
}

pub(super) fn list(all: &[Redress], named: &Named, as_json: bool) -> anyhow::Result<()> {
    if as_json {
        return say::line(&json!(all).to_string());
    }
    if all.is_empty() {
        say::note("there is no complaint of which something is left to do");
        return Ok(());
    }
    let mut table = Table::new(&["redress", "person", "customer", "received", "decided by", "owner", ""]);
    for one in all {
        table.row([
            one.id.to_string(),
            one.person.clone(),
            one.customer.to_string(),
            one.received.to_string(),
            one.due.to_string(),
            named.of(&one.owner).to_owned(),
            state(one),
        ]);
    }
    say::out(&table.to_string())
}

fn state(redress: &Redress) -> String {
    let found = redress.decision.as_ref().map(|decision| decision.found.to_string()).unwrap_or_default();
    match (redress.state, redress.is_open) {
        (RedressState::Open, _) => "open".to_owned(),
        (RedressState::Proposed, _) => format!("{found}, proposed"),
        (RedressState::Decided, true) => format!("{found}, not everybody told"),
        (RedressState::Decided, false) => format!("{found}, done"),
    }
}

pub(super) fn redress(shown: &Shown, as_json: bool) -> anyhow::Result<()> {
    let Shown { detail, named, .. } = shown;
    if as_json {
        return say::line(&json!(detail).to_string());
    }
    let paint = Paint::for_stdout();
    let redress = &detail.redress;
    say::line(&format!(
        "{}  {}  {}",
        paint.strong(redress.id.as_str()),
        paint.strong(&paint.foreign(&redress.person)),
        paint.dim(redress.customer.as_str())
    ))?;
    for line in wrapped(&paint.foreign(&format!("“{}”", redress.complaint)), "  ", "   ") {
        say::line(&line)?;
    }
    for (name, value) in facts(shown) {
        let first = format!("  {name:<10}  ");
        for line in wrapped(&paint.foreign(&value), &first, &" ".repeat(14)) {
            say::line(&line)?;
        }
    }
    recipients(&detail.recipients)?;
    if !detail.documents.is_empty() {
        let mut table = Table::new(&["document", "name", "bytes", "by", "when"]);
        for one in &detail.documents {
            table.row([
                one.id.to_string(),
                one.name.clone(),
                one.length.to_string(),
                named.of(&one.by).to_owned(),
                time(one.at),
            ]);
        }
        say::out(&format!("\n{table}"))?;
    }
    let mut table = Table::new(&["when", "who", "what"]);
    for line in &detail.history {
        table.row([time(line.at), named.of(&line.actor).to_owned(), named.within(&line.words)]);
    }
    say::out(&format!("\n{table}"))?;
    say::note(&format!("revision {}", detail.revision));
    Ok(())
}

/// What is known of a complaint, by name.
fn facts(shown: &Shown) -> Vec<(&'static str, String)> {
    let Shown { detail, named, today } = shown;
    let redress = &detail.redress;
    let about = redress.alerts.iter().map(ToString::to_string).chain(redress.freezes.iter().map(ToString::to_string));
    let compared = redress.compared.iter().map(|one| one.as_str()).collect::<Vec<_>>().join(", ");
    let over = if redress.decided().is_none() && redress.due < *today { ", which is over" } else { "" };
    let mut facts = vec![
        ("about", about.collect::<Vec<_>>().join(", ")),
        ("matched on", compared),
        ("received", format!("{}, to be decided by {}{over}", redress.received, redress.due)),
        (
            "owner",
            format!(
                "{}, opened by {} on {}",
                named.of(&redress.owner),
                named.of(&redress.opened_by),
                time(redress.opened_at)
            ),
        ),
        ("state", state(redress)),
    ];
    if let Some(decision) = &redress.decision {
        let code = decision.because.as_ref().map(|code| format!(" ({code})")).unwrap_or_default();
        facts.push((
            "proposed",
            format!(
                "{}{code} by {} on {}: {}",
                decision.found,
                named.of(&decision.by),
                time(decision.at),
                decision.reason
            ),
        ));
        if let Some(two) = &decision.confirmed {
            facts.push(("confirmed", format!("by {} on {}", named.of(&two.by), time(two.at))));
        }
    }
    let told = |told: &mihenk_node::ledger::redress::Told| {
        format!("on {} by {}, kept as {}", told.on, told.how, told.document)
    };
    facts.extend(redress.answered.as_ref().map(|one| ("answered", told(one))));
    facts
}

fn recipients(all: &[Recipient]) -> anyhow::Result<()> {
    if all.is_empty() {
        return Ok(());
    }
    let mut table = Table::new(&["received it", "what", "told"]);
    for one in all {
        let told =
            one.told.as_ref().map_or_else(|| "not yet".to_owned(), |told| format!("{} by {}", told.on, told.how));
        table.row([one.name.clone(), one.received.clone(), told]);
    }
    say::out(&format!("\n{table}"))
}

pub(super) fn confirmed(id: &RedressId, done: &Done) -> String {
    let mut told = vec![format!("{id} is decided")];
    if !done.cleared.is_empty() {
        let cleared = done.cleared.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        told.push(format!("{cleared} cleared, and quiet while both sides are as they are"));
    }
    match done.recipients {
        0 => {}
        1 => told.push("one recipient of the wrong record to tell".to_owned()),
        many => told.push(format!("{many} recipients of the wrong record to tell")),
    }
    format!("{}\n'mihenk redress letter {id}' writes the letter to the person", told.join("; "))
}

/// A letter, its paragraphs in lines that fit a terminal.
pub(super) fn letter(letter: &Letter) -> String {
    let paint = Paint::for_stdout();
    let mut lines = vec![paint.foreign(&letter.to), String::new(), paint.strong(&paint.foreign(&letter.subject))];
    for part in &letter.parts {
        lines.push(String::new());
        match part {
            Part::Text(text) => lines.extend(wrapped(&paint.foreign(text), "", "")),
            Part::Pairs(pairs) => {
                for (name, value) in pairs {
                    lines.extend(wrapped(&paint.foreign(&format!("{name}: {value}")), "  ", "    "));
                }
            }
        }
    }
    lines.join("\n") + "\n"
}
