//! Alerts on a terminal: a table of many, a page for one.
//!
//! In comes what the node gives, out come lines; text of lists and customers is made harmless on its way.

use std::collections::BTreeMap;

use mihenk_node::{
    alerts::{Listed, Shown},
    ledger::alerts::{
        Alert, Clearing, Found, Observation, Rule, State,
        policy::{ClearingReason, Finding},
        review::ReasonCount,
    },
    named::Named,
};
use serde_json::json;

use crate::{
    desk::{day, time},
    paint::{Paint, count, wrapped},
    say,
    table::Table,
};

pub(super) fn list(listed: &Listed, as_json: bool) -> anyhow::Result<()> {
    let Listed { alerts, count: all, named, now } = listed;
    if as_json {
        let rows: Vec<_> = alerts.iter().map(|alert| with_priority(alert, *now)).collect();
        return say::line(&json!({ "count": all, "alerts": rows }).to_string());
    }
    if alerts.is_empty() {
        say::note("there is no such alert");
        return Ok(());
    }
    let mut table = Table::new(&[
        "alert",
        "priority",
        "chance",
        "kind",
        "state",
        "holder",
        "customer",
        "listed as",
        "on",
        "open since",
    ]);
    for alert in alerts {
        table.row([
            alert.id.to_string(),
            count(usize::try_from(alert.priority(*now)).unwrap_or_default()),
            percent(alert.probability_millionths),
            alert.kind.to_string(),
            state_words(alert),
            alert.holder.as_deref().map(|holder| named.of(holder).to_owned()).unwrap_or_default(),
            alert.customer.to_string(),
            alert.caption.clone(),
            alert.lists.join(" "),
            time(alert.opened_at),
        ]);
    }
    say::out(&table.to_string())?;
    let shown = alerts.len() as u64;
    if shown < *all {
        say::note(&format!("{shown} of {all}; --limit shows more"));
    }
    Ok(())
}

fn state_words(alert: &Alert) -> String {
    match (alert.gone_since, &alert.case) {
        (Some(_), _) => format!("{}, gone", alert.state),
        (None, Some(case)) => format!("in {case}"),
        (None, None) => alert.state.to_string(),
    }
}

fn with_priority(alert: &Alert, now: i64) -> serde_json::Value {
    let mut value = json!(alert);
    value["priority"] = json!(alert.priority(now));
    value
}

/// A probability in words for a column; what is small is not made nothing.
fn percent(millionths: i64) -> String {
    match millionths {
        ..=999 => "< 0.1 %".to_owned(),
        1_000..=99_999 => format!("{}.{} %", millionths / 10_000, millionths / 1_000 % 10),
        999_001.. => "> 99.9 %".to_owned(),
        _ => format!("{} %", millionths / 10_000),
    }
}

pub(super) fn alert(shown: &Shown, as_json: bool) -> anyhow::Result<()> {
    let Shown { detail, named, now } = shown;
    let alert = &detail.alert;
    if as_json {
        let mut value = json!(detail);
        value["alert"] = with_priority(alert, *now);
        value["priority_says"] = json!(alert.priority_words(*now));
        return say::line(&value.to_string());
    }
    let paint = Paint::for_stdout();
    let holder = alert.holder.as_deref().map(|holder| format!(", held by {}", named.of(holder))).unwrap_or_default();
    let name = customer_name(detail.observation.as_ref()).unwrap_or_default();
    let (customer, caption) = (paint.foreign(&name), paint.foreign(&alert.caption));
    say::line(&format!(
        "{}  {} {customer} – may be – {}",
        paint.strong(alert.id.as_str()),
        alert.customer,
        paint.strong(&caption)
    ))?;
    let state = match alert.state {
        State::Cleared => paint.good("cleared"),
        State::Escalated => paint.warn(&format!("escalated to {}", alert.case.as_deref().unwrap_or_default())),
        State::Proposed => paint.warn("proposed to clear: waits for a second person"),
        other => paint.warn(other.as_str()),
    };
    say::line(&format!("  {}, {state}{holder}, open since {}", alert.kind, time(alert.opened_at)))?;
    let bits = alert.bits_hundredths;
    let bits = format!("{}{}.{:02}", if bits < 0 { "−" } else { "" }, bits.abs() / 100, bits.abs() % 100);
    let score = alert.score_ten_thousandths;
    say::line(&format!(
        "  probability {}, evidence {bits} bits, score {}.{:04}",
        percent(alert.probability_millionths),
        score / 10_000,
        score % 10_000
    ))?;
    for line in wrapped(&format!("priority {}", alert.priority_words(*now)), "  ", "    ") {
        say::line(&line)?;
    }
    if let Some(since) = alert.gone_since {
        say::line(&paint.warn(&format!("  no longer found since {}", time(since))))?;
    }
    if let Some(observation) = &detail.observation {
        sides(observation)?;
    }
    decided(shown)?;
    say::line("")?;
    let mut table = Table::new(&["when", "who", "what"]);
    for line in &detail.history {
        table.row([time(line.at), named.of(&line.actor).to_owned(), named.within(&line.words)]);
    }
    say::out(&table.to_string())?;
    say::note(&format!("revision {}", detail.revision));
    Ok(())
}

fn customer_name(observation: Option<&Observation>) -> Option<String> {
    observation?.basis.customer.get("name")?.first().cloned()
}

/// Both sides, property by property.
fn sides(observation: &Observation) -> anyhow::Result<()> {
    if let Some(found) = &observation.found {
        let listed = found.listings.iter().map(|one| format!("{} {}", one.dataset, one.reference).trim().to_owned());
        let topics = if found.topics.is_empty() { String::new() } else { format!(" ({})", found.topics.join(", ")) };
        let line = format!("listed by {}{topics}", listed.collect::<Vec<_>>().join(", "));
        say::line(&format!("  {}", Paint::for_stdout().foreign(&line)))?;
        evidence(found)?;
    }
    say::line("")?;
    let mut table = Table::new(&["", "customer", "listed"]);
    let mut rows: BTreeMap<&str, [String; 2]> = BTreeMap::new();
    for (side, values) in [&observation.basis.customer, &observation.basis.listing].into_iter().enumerate() {
        for (name, values) in values {
            rows.entry(name).or_default()[side] = values.join(" | ");
        }
    }
    for (name, [customer, listed]) in rows {
        table.row([name.to_owned(), customer, listed]);
    }
    if table.is_empty() { Ok(()) } else { say::out(&table.to_string()) }
}

/// The lines of the evidence, as screening wrote them: what each is worth, and why.
fn evidence(found: &Found) -> anyhow::Result<()> {
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let paint = Paint::for_stdout();
    if let Some(party) = found.evidence.get("party") {
        let line = format!("  found by its related party {} ({})", text(&party["name"]), text(&party["role"]));
        say::line(&paint.foreign(&line))?;
    }
    let lines = found.evidence.get("lines").and_then(|lines| lines.as_array());
    for line in lines.into_iter().flatten() {
        let bits = line["bits"].as_f64().unwrap_or_default();
        let sign = if bits < 0.0 { "−" } else { "+" };
        let first = format!("  {:>7}  ", format!("{sign}{:.2}", bits.abs()));
        for part in wrapped(&paint.foreign(&text(&line["text"])), &first, &" ".repeat(11)) {
            say::line(&part)?;
        }
    }
    Ok(())
}

/// How it was cleared, what keeps it quiet, its documents, and what else there is of the customer.
fn decided(shown: &Shown) -> anyhow::Result<()> {
    let Shown { detail, named, .. } = shown;
    if let Some(clearing) = &detail.clearing {
        let by = named.of(&clearing.by);
        let line = format!("\ncleared by {by} on {} ({}): {}", time(clearing.at), clearing.reason, clearing.note);
        say::line(&line)?;
        if let (Some(reviewer), Some(at)) = (&clearing.reviewed_by, clearing.reviewed_at) {
            say::line(&format!("reviewed by {} on {}: {}", named.of(reviewer), time(at), clearing.review.as_str()))?;
        }
    }
    if let Some(rule) = &detail.rule {
        let until = day(rule.until - 1);
        say::line(&format!("rule {}: not the same person, until {until}, while both sides are as they are", rule.id))?;
    }
    for document in &detail.attachments {
        say::line(&format!("document {}: {} ({} bytes)", document.id, document.name, document.length))?;
    }
    if !detail.others.is_empty() {
        let others = detail.others.iter().map(|other| format!("{} {} ({})", other.id, other.caption, other.state));
        let text = format!("other alerts of this customer: {}", others.collect::<Vec<_>>().join(", "));
        for line in wrapped(&Paint::for_stdout().foreign(&text), "", "  ") {
            say::line(&line)?;
        }
    }
    Ok(())
}

pub(super) fn reviews(waiting: &[Clearing], named: &Named, as_json: bool) -> anyhow::Result<()> {
    if as_json {
        return say::line(&json!(waiting).to_string());
    }
    if waiting.is_empty() {
        say::note("nothing waits for you");
        return Ok(());
    }
    let mut table = Table::new(&["alert", "kind", "", "cleared by", "when", "reason", "in words"]);
    for one in waiting {
        let why = if one.review.as_str() == "needed" { "takes two" } else { "sample" };
        table.row([
            one.alert.to_string(),
            one.kind.to_string(),
            why.to_owned(),
            named.of(&one.by).to_owned(),
            time(one.at),
            one.reason.clone(),
            one.note.clone(),
        ]);
    }
    say::out(&table.to_string())
}

pub(super) fn reasons(reasons: &[ClearingReason], as_json: bool) -> anyhow::Result<()> {
    if as_json {
        return say::line(&json!(reasons).to_string());
    }
    let mut table = Table::new(&["reason", "says", "about the customer", "kinds"]);
    for reason in reasons {
        let about = match reason.outcome {
            Finding::OtherPerson => "another person",
            Finding::SamePerson => "the same, risk accepted",
            Finding::NotApplicable => "neither",
        };
        let kinds = reason.kinds.iter().map(|kind| kind.as_str()).collect::<Vec<_>>().join(", ");
        let kinds = if kinds.is_empty() { "all".to_owned() } else { kinds };
        table.row([reason.code.clone(), reason.says.clone(), about.to_owned(), kinds]);
    }
    say::out(&table.to_string())
}

pub(super) fn statistics(counts: &[ReasonCount], as_json: bool) -> anyhow::Result<()> {
    if as_json {
        return say::line(&json!(counts).to_string());
    }
    let mut table = Table::new(&["kind", "reason", "given", "waiting", "agreed", "sent back", "of those reviewed"]);
    for one in counts {
        let reviewed = one.agreed + one.sent_back;
        let share = (one.sent_back * 100)
            .checked_div(reviewed)
            .map_or_else(String::new, |share| format!("{share} % sent back"));
        let numbers = [one.given, one.waiting, one.agreed, one.sent_back].map(|number| number.to_string());
        table.row([one.kind.clone(), one.reason.clone()].into_iter().chain(numbers).chain([share]));
    }
    if table.is_empty() {
        say::note("nothing was cleared yet");
        return Ok(());
    }
    say::out(&table.to_string())
}

pub(super) fn rules(rules: &[Rule], named: &Named, as_json: bool) -> anyhow::Result<()> {
    if as_json {
        return say::line(&json!(rules).to_string());
    }
    if rules.is_empty() {
        say::note("there is no rule");
        return Ok(());
    }
    let mut table = Table::new(&["rule", "alert", "customer", "is not", "by", "since", "until", ""]);
    for rule in rules {
        let ended =
            rule.ended_at.map(|at| format!("ended on {}: {}", day(at), rule.ended_why.as_deref().unwrap_or_default()));
        table.row([
            rule.id.to_string(),
            rule.alert.to_string(),
            rule.customer.to_string(),
            rule.entity.clone(),
            named.of(&rule.made_by).to_owned(),
            day(rule.made_at),
            day(rule.until - 1),
            ended.unwrap_or_default(),
        ]);
    }
    say::out(&table.to_string())
}
