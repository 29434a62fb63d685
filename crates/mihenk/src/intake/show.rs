//! Received reports on a terminal: tables for what there is, lines for what one says.
//!
//! In comes what the node gives, out come lines; text of others is made harmless on its way.

use mihenk_node::{
    intake::{Shown, Taken},
    ledger::intake::{Clock, Match, Received},
};
use serde_json::json;

use crate::{
    desk::time,
    paint::{Paint, wrapped},
    reports::summary,
    say,
    table::Table,
    when,
};

pub(super) fn taken(file: &str, taken: &Taken, as_json: bool) -> anyhow::Result<()> {
    if as_json {
        let out = json!({ "file": file, "received": taken.id, "errors": taken.errors, "matches": taken.matches });
        return say::line(&out.to_string());
    }
    let errors = match taken.errors {
        0 => "nothing wrong with it".to_owned(),
        1 => "one error".to_owned(),
        many => format!("{many} errors"),
    };
    let matches = match taken.matches.len() {
        0 => "no match".to_owned(),
        1 => "one match".to_owned(),
        many => format!("{many} matches"),
    };
    let paint = Paint::for_stdout();
    say::line(&format!("{} is {}: {errors}, {matches}", paint.foreign(file), taken.id))
}

pub(super) fn list(received: &[Received], clocks: &[Clock], now: i64, as_json: bool) -> anyhow::Result<()> {
    if as_json {
        return say::line(&json!({ "received": received, "clocks": clocks }).to_string());
    }
    if received.is_empty() {
        return say::line("There is no received report.");
    }
    let mut table =
        Table::new(&["report", "code", "priority", "state", "from", "reference", "received", "matches", "runs"]);
    for one in received {
        let running = clocks.iter().filter(|clock| clock.report == one.id);
        let running: Vec<String> = running.map(|clock| left(clock, now)).collect();
        table.row([
            one.id.to_string(),
            one.code.clone(),
            one.priority.to_string(),
            one.state.to_string(),
            one.reporter.clone(),
            one.reference.clone(),
            time(one.received_at),
            one.matches.len().to_string(),
            running.join("; "),
        ]);
    }
    say::out(&table.to_string())
}

fn left(clock: &Clock, now: i64) -> String {
    match clock.until {
        Some(until) if clock.ran_out(now) => format!("{} ran out {}", clock.kind, when::minute(until)),
        Some(until) => format!("{} until {}", clock.kind, when::minute(until)),
        None => clock.kind.to_string(),
    }
}

pub(super) fn due(clocks: &[Clock], now: i64, as_json: bool) -> anyhow::Result<()> {
    if as_json {
        return say::line(&json!(clocks).to_string());
    }
    if clocks.is_empty() {
        return say::line("No consent and no order runs.");
    }
    let paint = Paint::for_stdout();
    let over = clocks.iter().filter(|clock| clock.ran_out(now)).count();
    if over > 0 {
        let plural = if over == 1 { "clock" } else { "clocks" };
        say::line(
            &paint.bad(&format!("{over} {plural} ran out. Nothing was given or ended: somebody has to decide.")),
        )?;
    }
    self::clocks(clocks, now)
}

fn clocks(clocks: &[Clock], now: i64) -> anyhow::Result<()> {
    let mut table = Table::new(&["clock", "report", "what", "of", "about", "basis", "came to"]);
    for clock in clocks {
        let state = clock.ended.as_ref().map_or_else(String::new, |why| format!("{}: {why}", clock.state));
        table.row([
            clock.id.to_string(),
            clock.report.to_string(),
            left(clock, now),
            clock.whom.clone(),
            clock.what.clone(),
            clock.basis.clone(),
            state,
        ]);
    }
    say::out(&table.to_string())
}

pub(super) fn matches(matches: &[Match], as_json: bool) -> anyhow::Result<()> {
    if as_json {
        return say::line(&json!(matches).to_string());
    }
    if matches.is_empty() {
        return say::line("No subject matches anybody who is listed or held.");
    }
    let mut table = Table::new(&["in the report", "name", "may be", "id", "among", "score", "bits"]);
    for found in matches {
        table.row([
            found.path.clone(),
            found.name.clone(),
            found.caption.clone(),
            found.id.clone(),
            found.among.clone(),
            format!("{}.{:04}", found.score / 10_000, found.score % 10_000),
            format!("{:.2}", found.bits as f64 / 100.0),
        ]);
    }
    say::out(&table.to_string())
}

pub(super) fn received(shown: &Shown, as_json: bool) -> anyhow::Result<()> {
    let Shown { detail, named, now } = shown;
    if as_json {
        return say::line(&json!(detail).to_string());
    }
    let paint = Paint::for_stdout();
    let one = &detail.received;
    let case = one.case.as_ref().map(|case| format!(", joined to {case}")).unwrap_or_default();
    say::line(&format!(
        "{}  {}",
        paint.strong(one.id.as_str()),
        paint.strong(&format!("{} of {}", one.code, one.reporter))
    ))?;
    say::line(&format!("  {}, priority {}{case}", one.state, one.priority))?;
    for (name, value) in summary(&one.report) {
        for line in wrapped(&paint.foreign(&format!("{name}: {value}")), "  ", "    ") {
            say::line(&line)?;
        }
    }
    let heading = |text: &str| say::line(&format!("\n{}", paint.strong(text)));
    if !one.findings.is_empty() {
        heading("What is wrong with it")?;
        let mut table = Table::new(&["where", "", "found", "right"]);
        for finding in &one.findings {
            let place = finding.place.map(|place| format!(" ({place})")).unwrap_or_default();
            let mark = if finding.is_error() { "error" } else { "" };
            table.row([
                format!("{}{place}", finding.path),
                mark.to_owned(),
                finding.found.to_string(),
                finding.right.to_string(),
            ]);
        }
        say::out(&table.to_string())?;
    }
    heading("Whom it matches")?;
    matches(&one.matches, false)?;
    if !detail.clocks.is_empty() {
        heading("Consents and orders")?;
        clocks(&detail.clocks, *now)?;
    }
    if !detail.disclosures.is_empty() {
        heading("Disclosed")?;
        let mut table = Table::new(&["disclosure", "when", "to", "what", "caveats", "consent"]);
        for told in &detail.disclosures {
            let consent = told.consent.as_ref().map(ToString::to_string).unwrap_or_default();
            let (id, at) = (told.id.to_string(), time(told.at));
            table.row([id, at, told.whom.clone(), told.what.clone(), told.caveats.clone(), consent]);
        }
        say::out(&table.to_string())?;
    }
    heading("What happened")?;
    let mut table = Table::new(&["when", "who", "what"]);
    for line in &detail.history {
        table.row([time(line.at), named.of(&line.actor).to_owned(), line.words.clone()]);
    }
    say::out(&table.to_string())?;
    say::note(&format!("revision {}", detail.revision));
    Ok(())
}

/// What goes back to the sender of a report.
pub(super) fn returned(received: &Received, as_json: bool) -> anyhow::Result<()> {
    if as_json {
        return say::line(&json!({ "returned": received.id, "findings": received.findings }).to_string());
    }
    say::line(&format!("{} goes back to {}; what to tell them:", received.id, received.reporter))?;
    for finding in received.errors() {
        say::line(&format!("  {finding}"))?;
    }
    Ok(())
}
