//! `mihenk lists merge`: who is on several lists, who may be, and what was decided.
//!
//! In come the options; out come a summary, those who are one with what makes them so, the proposals with their evidence, or what
//! became of a decision: in words or as JSON. Asking one proposal after the other is in `review`.

use std::{fmt::Write, path::Path};

use anyhow::{anyhow, bail};
use mihenk_node::{
    BaseRate,
    desk::Desk,
    folder::Folder,
    ledger::people::Token,
    merging::{
        self,
        acts::{Act, Deciding, Session},
        decisions::{Decision, Said},
        merges::{By, MergeCounts, Merges},
        proposing::{Proposal, Proposals, Side, proposals},
    },
    status,
};

use super::{now, review};
use crate::{
    Outcome, changed,
    cli::{
        Place,
        merge::{Asked, Merge},
    },
    customers::counted,
    desk,
    paint::{Paint, count, wrapped},
    report, say,
};

pub(crate) fn run(place: &Place, folder: &Path, options: &Merge) -> anyhow::Result<Outcome> {
    match options.asked().map_err(|what| anyhow!(what))? {
        Asked::Summary => summary(place, folder, options),
        Asked::Merged => merged(place, folder, options),
        Asked::List => list(place, folder, options),
        Asked::Review => review::run(place, folder, options),
        Asked::Decide(act, a, b) => decide(place, folder, options, act, (a, b)),
    }
}

/// Who of the lists in a folder is one, in a line or two; nothing where nobody is and nothing is open.
pub(crate) fn told_of(place: &Place, folder: &Path) -> anyhow::Result<Option<String>> {
    let merging = status::merging(&Folder::new(folder.to_owned()), &place.model()?)?;
    Ok(merging.and_then(|merging| told(&merging.counts, Some(merging.proposals))))
}

/// Who is one, in a line or two; nothing where nobody is and nothing is open. `proposals`: how many are open, if that is to be said.
pub(crate) fn told(counts: &MergeCounts, proposals: Option<Option<usize>>) -> Option<String> {
    let merged = counts.by_rule + counts.by_person;
    let open = proposals.flatten().filter(|open| *open > 0);
    if merged + counts.conflicts + counts.absent == 0 && open.is_none() {
        return None;
    }
    let are = |number: usize| if number == 1 { "is" } else { "are" };
    let mut lines = vec![format!(
        "{} {} on several lists ({} entries): {} joined by rule, {} by decision",
        count(merged),
        are(merged),
        count(counts.entries),
        count(counts.by_rule),
        count(counts.by_person)
    )];
    match proposals {
        Some(Some(1)) => lines.push("1 proposal is open: mihenk lists merge --review".to_owned()),
        Some(Some(open)) => lines.push(format!("{} proposals are open: mihenk lists merge --review", count(open))),
        Some(None) => lines.push("who else may be: mihenk lists merge --list".to_owned()),
        None => {}
    }
    if counts.conflicts + counts.absent > 0 {
        let (conflicts, absent) = (count(counts.conflicts), count(counts.absent));
        lines
            .push(format!("decisions that do not fit: {conflicts}, that wait for an id: {absent}: mihenk lists merge"));
    }
    Some(lines.join("\n") + "\n")
}

fn summary(place: &Place, folder: &Path, options: &Merge) -> anyhow::Result<Outcome> {
    let session = Session::open(folder, place.model()?)?;
    let counts = session.merges().counts();
    let status = status::merging(&Folder::new(folder.to_owned()), &place.model()?)?;
    let open = status.and_then(|merging| merging.proposals);
    if options.json {
        let mut out = serde_json::to_value(counts)?;
        out["proposals"] = serde_json::to_value(open)?;
        out["warnings"] = serde_json::to_value(session.merges().warnings())?;
        say::line(&out.to_string())?;
        return Ok(Outcome::Done);
    }
    let nobody = || "Nobody is on several lists, as far as rules and decisions say.\n".to_owned();
    let mut out = told(&counts, Some(open)).unwrap_or_else(nobody);
    let paint = Paint::for_stdout();
    for warning in session.merges().warnings() {
        wrapped(&paint.foreign(&warning), "  ", "    ").iter().for_each(|line| {
            let _ = writeln!(out, "{}", paint.bad(line));
        });
    }
    out.push_str("who they are: --merged · who may be: --list · go through them: --review\n");
    say::out(&out)?;
    Ok(Outcome::Done)
}

fn merged(place: &Place, folder: &Path, options: &Merge) -> anyhow::Result<Outcome> {
    let session = Session::open(folder, place.model()?)?;
    let merges = session.merges();
    if options.json {
        say::line(&serde_json::to_string(merges)?)?;
        return Ok(Outcome::Done);
    }
    let paint = Paint::for_stdout();
    let mut out = String::new();
    for merged in merges.merged.iter().take(options.limit) {
        let name = session.caption(&merged.id).unwrap_or(&merged.id);
        let _ = writeln!(out, "{}", paint.strong(&paint.foreign(name)));
        for link in &merged.links {
            let by = if link.by == By::Rule { "" } else { "decided by " };
            let text = format!("{} = {}: {by}{}", link.a, link.b, link.why);
            wrapped(&paint.foreign(&text), "  ", "    ").iter().for_each(|line| {
                let _ = writeln!(out, "{line}");
            });
        }
    }
    rest(&mut out, merges.merged.len(), options.limit, paint);
    say::out(&out)?;
    Ok(Outcome::Done)
}

fn list(place: &Place, folder: &Path, options: &Merge) -> anyhow::Result<Outcome> {
    let found = proposals(folder, place.model()?, options.wanted())?;
    if options.json {
        say::line(&serde_json::to_string(&found)?)?;
        return Ok(Outcome::Done);
    }
    let paint = Paint::for_stdout();
    let mut out = head(&found);
    for (number, proposal) in found.proposals.iter().take(options.limit).enumerate() {
        let _ = write!(out, "\n{}", short(proposal, number + 1, options.base_rate, paint));
    }
    rest(&mut out, found.proposals.len(), options.limit, paint);
    say::out(&out)?;
    Ok(Outcome::Done)
}

fn rest(out: &mut String, all: usize, limit: usize, paint: Paint) {
    if all > limit {
        let text = format!("… and {} more (--limit N, --json)", count(all - limit));
        let _ = writeln!(out, "{}", paint.dim(&text));
    }
}

/// How many proposals there are.
pub(super) fn head(found: &Proposals) -> String {
    match found.proposals.len() {
        0 => "No proposals are open.\n".to_owned(),
        1 => format!("1 proposal, model {}\n", found.model),
        n => format!("{} proposals, best first, model {}\n", count(n), found.model),
    }
}

/// A proposal in a few lines.
fn short(proposal: &Proposal, number: usize, base_rate: u32, paint: Paint) -> String {
    let mut out = String::new();
    let names = format!("{} ↔ {}", proposal.a.caption, proposal.b.caption);
    let _ = writeln!(out, "{number:>3}  {}", paint.strong(&paint.foreign(&names)));
    let _ = writeln!(out, "     {}", figures(proposal, base_rate));
    for side in [&proposal.a, &proposal.b] {
        wrapped(&paint.foreign(&identity(side)), "     ", "       ").iter().for_each(|line| {
            let _ = writeln!(out, "{}", paint.dim(line));
        });
    }
    let mut lines: Vec<&serde_json::Value> = proposal.explanation.iter().filter(|line| weight(line) != 0.0).collect();
    lines.retain(|line| !matches!(line["feature"].as_str(), Some("stranger" | "relative" | "together")));
    lines.sort_by(|a, b| weight(b).abs().total_cmp(&weight(a).abs()));
    let strongest =
        lines.iter().take(3).map(|line| format!("{:+.2} {}", weight(line), line["text"].as_str().unwrap_or("")));
    let strongest = strongest.collect::<Vec<_>>().join("; ");
    if !strongest.is_empty() {
        wrapped(&paint.foreign(&strongest), "     ", "     ").iter().for_each(|line| {
            let _ = writeln!(out, "{line}");
        });
    }
    out.push_str(&blocked(proposal, "     ", paint));
    out
}

/// What would join them by itself, and why it does not.
pub(super) fn blocked(proposal: &Proposal, indent: &str, paint: Paint) -> String {
    if proposal.against.is_empty() {
        return String::new();
    }
    let text = format!("not joined by itself: {}, but {}", proposal.shares.join("; "), proposal.against.join("; "));
    wrapped(&paint.foreign(&text), indent, &format!("{indent}  "))
        .iter()
        .map(|line| format!("{}\n", paint.warn(line)))
        .collect()
}

pub(super) fn figures(proposal: &Proposal, base_rate: u32) -> String {
    if proposal.explanation.is_empty() {
        return "there is no evidence to weigh".to_owned();
    }
    let millionths = (proposal.probability * 1e6).round() as u32;
    format!("score {:.4} · {}", proposal.score, report::probability(millionths, BaseRate { one_in: base_rate }))
}

pub(super) fn weight(line: &serde_json::Value) -> f64 {
    line["bits"].as_f64().unwrap_or(0.0)
}

fn identity(side: &Side) -> String {
    let fact = |name: &str| side.facts.iter().find(|(fact, _)| fact == name).map(|(_, values)| values.join(", "));
    let mut parts = vec![side.id.clone(), side.schema.clone()];
    parts.extend(fact("born").map(|born| format!("born {born}")));
    parts.extend(fact("countries"));
    parts.extend(fact("listed"));
    parts.join(" · ")
}

fn decide(place: &Place, folder: &Path, options: &Merge, act: Act, (a, b): (&str, &str)) -> anyhow::Result<Outcome> {
    let office = Office::of(place, folder, options)?;
    let mut session = Session::open(folder, place.model()?)?;
    let reason = options.reason.as_deref().unwrap_or("");
    let decision = office.decide(&mut session, &Deciding { act, a, b, reason, by: office.by() })?;
    let added = session.finish(&now())?;
    if options.json {
        let into = into(&added.merges, &decision);
        say::line(&serde_json::json!({"decision": decision, "merged_into": into}).to_string())?;
    } else {
        let paint = Paint::for_stdout();
        say::out(&done(&decision, &added.merges, paint))?;
        say::line(&format!("{} entities are screened now.", count(added.entities)))?;
    }
    added.merges.warnings().iter().for_each(|warning| say::note(&format!("warning: {warning}")));
    changed::follow(place)?;
    Ok(Outcome::Done)
}

/// Who decides, and where it is recorded: at a desk, or in the data folder alone where no ledger has people yet.
pub(super) struct Office {
    desk: Option<(Desk, Token)>,
    by: String,
}

impl Office {
    pub(super) fn of(place: &Place, folder: &Path, options: &Merge) -> anyhow::Result<Office> {
        let Some(desk) = changed::desk_with_people(place)? else { return Ok(Office { desk: None, by: options.by() }) };
        if options.by.is_some() {
            bail!("who decides is who signed in; leave --by out");
        }
        let taken = merging::ledger::reconcile(&desk, folder)?;
        if taken > 0 {
            say::note(&format!(
                "{} that stood in the data folder alone are in the ledger now",
                counted(taken, "decision", "decisions")
            ));
        }
        let token = desk::token(place)?;
        let by = desk.seat(token.clone()).user()?.name;
        Ok(Office { desk: Some((desk, token)), by })
    }

    pub(super) fn by(&self) -> &str {
        &self.by
    }

    pub(super) fn decide(&self, session: &mut Session, deciding: &Deciding<'_>) -> anyhow::Result<Decision> {
        Ok(match &self.desk {
            Some((desk, token)) => merging::ledger::decide(&desk.seat(token.clone()), session, deciding, &now())?,
            None => session.decide(deciding, &now())?,
        })
    }
}

fn into<'m>(merges: &'m Merges, decision: &Decision) -> Option<&'m str> {
    let has = |ids: &[String], id: &str| ids.iter().any(|known| known == id);
    let both = merges.merged.iter().find(|m| has(&m.ids, &decision.a) && has(&m.ids, &decision.b));
    both.map(|merged| merged.id.as_str())
}

/// What was decided, and what came of it.
pub(super) fn done(decision: &Decision, merges: &Merges, paint: Paint) -> String {
    let what = match decision.said {
        Said::Same => "are one",
        Said::Different => "are two",
        Said::Undone => "are as if nothing had been decided of them",
    };
    let (a, b) = (format!("{} ({})", decision.names.0, decision.a), format!("{} ({})", decision.names.1, decision.b));
    let mut text = format!("{a} and {b} {what}, says {}: {}", decision.by, decision.reason);
    match (into(merges, decision), decision.said) {
        (Some(id), Said::Undone) => {
            text += &format!(". They are still one, as {id}: mihenk lists merge --merged says why");
        }
        (Some(id), _) => text += &format!(". They are screened as {id}"),
        _ => {}
    }
    wrapped(&paint.foreign(&text), "", "  ").join("\n") + "\n"
}
