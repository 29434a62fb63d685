//! `mihenk lists merge --review`: one proposal after the other, side by side, and a question.
//!
//! In come proposals and what somebody types; each answer is recorded at once, and what was answered is put in use at the end. It asks
//! whoever is at standard input, so that it can be answered by a script as well.

use std::{
    fmt::Write,
    io::{BufRead, stdin},
    path::Path,
};

use mihenk_node::merging::{
    acts::{Act, Deciding, Session},
    proposing::{Proposal, proposals},
};

use super::{
    merge::{Office, blocked, done, figures, head, weight},
    now,
};
use crate::{
    Outcome, changed,
    cli::{Place, merge::Merge},
    paint::{Paint, columns, count, wrapped, wrapped_to},
    say,
};

/// Values that are shown of a kind of fact.
const VALUES: usize = 6;

/// Columns of what a fact is called, and of each side.
const LABEL: usize = 12;
const SIDE: usize = 33;

/// An answer to a proposal.
enum Answer {
    Decided(Act, String),
    Skip,
    Quit,
}

pub(crate) fn run(place: &Place, folder: &Path, options: &Merge) -> anyhow::Result<Outcome> {
    let found = proposals(folder, place.model()?, options.wanted())?;
    let paint = Paint::for_stdout();
    say::out(&head(&found))?;
    let office = Office::of(place, folder, options)?;
    let mut session = Session::open(folder, place.model()?)?;
    let mut lines = stdin().lock().lines().map_while(Result::ok);
    let mut decided = 0;
    for (number, proposal) in found.proposals.iter().enumerate() {
        say::out(&side_by_side(proposal, number + 1, found.proposals.len(), options.base_rate, paint))?;
        let answer = ask(&mut lines, options.reason.as_deref())?;
        let (act, reason) = match answer {
            Answer::Quit => break,
            Answer::Skip => continue,
            Answer::Decided(act, reason) => (act, reason),
        };
        let (a, b) = (proposal.a.id.as_str(), proposal.b.id.as_str());
        match office.decide(&mut session, &Deciding { act, a, b, reason: &reason, by: office.by() }) {
            Ok(decision) => {
                decided += 1;
                say::out(&done(&decision, session.merges(), paint))?;
            }
            Err(error) => say::note(&format!("not recorded: {error}")),
        }
    }
    let added = session.finish(&now())?;
    let plural = if decided == 1 { "decision" } else { "decisions" };
    say::line(&format!(
        "\n{} {plural} recorded; {} entities are screened now.",
        count(decided),
        count(added.entities)
    ))?;
    added.merges.warnings().iter().for_each(|warning| say::note(&format!("warning: {warning}")));
    changed::follow(place)?;
    Ok(Outcome::Done)
}

/// Asks until there is an answer; the end of the input is the end of the review.
fn ask(lines: &mut impl Iterator<Item = String>, reason: Option<&str>) -> anyhow::Result<Answer> {
    loop {
        say::out("\none and the same? [y]es, [n]o, [s]kip, [q]uit: ")?;
        let Some(line) = lines.next() else { return Ok(Answer::Quit) };
        let act = match line.trim().to_lowercase().as_str() {
            "y" | "yes" => Act::Accept,
            "n" | "no" => Act::Reject,
            "s" | "skip" => return Ok(Answer::Skip),
            "q" | "quit" => return Ok(Answer::Quit),
            _ => continue,
        };
        loop {
            say::out(&reason.map_or("why? ".to_owned(), |usual| format!("why? [{usual}] ")))?;
            let Some(line) = lines.next() else { return Ok(Answer::Quit) };
            match (line.trim(), reason) {
                ("", None) => say::line("A decision needs a reason.")?,
                ("", Some(usual)) => return Ok(Answer::Decided(act, usual.to_owned())),
                (given, _) => return Ok(Answer::Decided(act, given.to_owned())),
            }
        }
    }
}

/// A proposal with everything that a person holds against one another.
fn side_by_side(proposal: &Proposal, number: usize, of: usize, base_rate: u32, paint: Paint) -> String {
    let mut out = format!("\n{}\n", paint.strong(&format!("{} of {}", count(number), count(of))));
    let (a, b) = (&proposal.a, &proposal.b);
    let head = |side: &mihenk_node::merging::proposing::Side| {
        let ids = std::iter::once(&side.id).chain(&side.referents);
        vec![side.schema.clone(), ids.cloned().collect::<Vec<_>>().join(", ")]
    };
    out.push_str(&row("", &head(a), &head(b), paint));
    let mut labels: Vec<&str> = Vec::new();
    for (label, _) in a.facts.iter().chain(&b.facts) {
        if !labels.contains(&label.as_str()) {
            labels.push(label);
        }
    }
    let order = ["names", "born", "birth place", "gender", "countries", "numbers", "addresses", "listed", "notes"];
    labels.sort_by_key(|label| order.iter().position(|known| known == label));
    for label in labels {
        let of = |facts: &[(String, Vec<String>)]| {
            facts.iter().find(|(known, _)| known == label).map_or_else(Vec::new, |(_, values)| values.clone())
        };
        out.push_str(&row(label, &of(&a.facts), &of(&b.facts), paint));
    }
    let _ = writeln!(out, "{}", figures(proposal, base_rate));
    for line in proposal.explanation.iter().filter(|line| weight(line) != 0.0) {
        let bits = format!("{:>+9.2}", weight(line));
        let bits = if weight(line) < 0.0 { paint.bad(&bits) } else { paint.good(&bits) };
        let under = " ".repeat(11);
        let lines = wrapped(&paint.foreign(line["text"].as_str().unwrap_or("")), &under, &under);
        let _ = writeln!(out, "{bits}  {}", lines[0].trim_start());
        lines[1..].iter().for_each(|line| out.push_str(&format!("{line}\n")));
    }
    out.push_str(&blocked(proposal, "", paint));
    out
}

/// A fact of both, in two columns.
fn row(label: &str, a: &[String], b: &[String], paint: Paint) -> String {
    let cells = |values: &[String]| -> Vec<String> {
        let mut out: Vec<String> = Vec::new();
        for value in values.iter().take(VALUES) {
            let short: String = value.chars().take(200).collect();
            out.extend(wrapped_to(SIDE, &paint.foreign(&short), "", "  "));
        }
        if values.len() > VALUES {
            out.push(format!("… and {} more", values.len() - VALUES));
        }
        out
    };
    let (a, b) = (cells(a), cells(b));
    let mut out = String::new();
    for at in 0..a.len().max(b.len()) {
        let cell = |cells: &[String]| cells.get(at).cloned().unwrap_or_default();
        let (left, right) = (cell(&a), cell(&b));
        let space = " ".repeat((SIDE + 1).saturating_sub(columns(&left)).max(1));
        let label = if at == 0 { label } else { "" };
        let line = format!("{}{left}{space}{right}", paint.dim(&format!("{label:<LABEL$}")));
        let _ = writeln!(out, "{}", line.trim_end());
    }
    out
}
