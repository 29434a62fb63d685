//! `mihenk lists`: load official lists and lists of the user's own, propose a map for a table, show what is loaded; what keeps
//! them up to date is in files beside this one.
//!
//! In come list files, a table, or nothing; out comes what each list is, its date, how many entities it has and what could not be read:
//! a few lines after loading, everything when asked, or JSON. What is a list and what is wrong with it is said by
//! `mihenk-lists`; where it is kept, by `mihenk-node`.

mod diff;
mod merge;
mod review;
mod status;
mod update;
mod upkeep;

use std::path::{Path, PathBuf};

use anyhow::bail;
use mihenk_node::{Node, Source, folder::Folder, lists, lists::ListAbout, own, versions};

use crate::{
    Outcome, changed,
    cli::{Lists, Place},
    paint::{Paint, count, wrapped},
    say,
};

pub(crate) fn run(place: &Place, command: Lists) -> anyhow::Result<Outcome> {
    let folder = place.folder()?;
    if matches!(Source::of(folder.clone()), Source::Files(_)) {
        bail!("{} is a file; lists are kept in a folder: give --data the name of one", folder.display());
    }
    match command {
        Lists::Map { file, table } => {
            say::out(&own::propose(&file, &table.options(None))?.to_toml())?;
            Ok(Outcome::Done)
        }
        Lists::Add { files, map, json } => add(place, &folder, &files, map.as_deref(), json),
        Lists::Show { all, json } => show(place, &folder, all, json),
        Lists::Update(options) => update::run(place, &folder, &options),
        Lists::Status(options) => status::run(place, &folder, &options),
        Lists::Accept(options) => upkeep::accept(place, &folder, &options),
        Lists::Diff(options) => diff::run(place, &folder, &options),
        Lists::Merge(options) => merge::run(place, &folder, &options),
        Lists::Remove { name } => upkeep::remove(place, &folder, &name),
        Lists::Keep(options) => upkeep::keep(&folder, &options),
        Lists::Sources { json } => upkeep::sources(json),
    }
}

fn now() -> String {
    versions::written(jiff::Timestamp::now())
}

fn add(place: &Place, folder: &Path, files: &[PathBuf], map: Option<&Path>, json: bool) -> anyhow::Result<Outcome> {
    let paint = Paint::for_stdout();
    let added = match map {
        None => Node::add_lists(folder, files, &place.model()?, &now())?,
        Some(map) => {
            let [file] = files else { bail!("a map is for one table; give one file with --map") };
            Node::add_own_list(folder, file, &own::open_map(map)?, &place.model()?, &now())?
        }
    };
    if json {
        say::line(&serde_json::to_string(&added.lists)?)?;
    } else {
        let mut out: String = added.lists.iter().map(|list| summary(list, paint) + "\n").collect();
        out.push_str(&format!("{} entities are screened now.\n", count(added.entities)));
        out.push_str(&merge::told(&added.merges.counts(), None).unwrap_or_default());
        if added.lists.iter().any(|l| !l.findings.is_empty()) {
            out.push_str("What could not be read: mihenk lists show\n");
        }
        say::out(&out)?;
    }
    added.lists.iter().for_each(warn_of_removals);
    added.merges.warnings().iter().for_each(|warning| say::note(&format!("warning: {warning}")));
    changed::follow(place)?;
    Ok(Outcome::Done)
}

/// Says loudly that a list lost so many that nobody was let go.
fn warn_of_removals(list: &ListAbout) {
    let waiting = list.waiting().len();
    if waiting == 0 {
        return;
    }
    let (name, were) = (&list.dataset, list.entities.iter().map(|(_, n)| n).sum::<usize>());
    say::note(&format!(
        "warning: {} of {} entities of {name} are not in the list as it was published now. Additions and changes are \
         live; those {} stay screened until somebody has looked:",
        count(waiting),
        count(were),
        count(waiting)
    ));
    say::note(&format!("  mihenk lists diff {name} {name}@waiting     shows them"));
    say::note(&format!("  mihenk lists accept {name}                  lets them go (--reject keeps them)"));
}

fn show(place: &Place, folder: &Path, all: bool, json: bool) -> anyhow::Result<Outcome> {
    let paint = Paint::for_stdout();
    let loaded = lists::show(&Folder::new(folder.to_owned()))?;
    if json {
        say::line(&serde_json::to_string(&loaded)?)?;
    } else if loaded.is_empty() {
        say::line(&format!("No lists are loaded in {}; load some with 'mihenk lists add FILE…'.", folder.display()))?;
    } else {
        let mut out = loaded.iter().map(|list| whole(list, all, paint)).collect::<Vec<_>>().join("\n");
        out.push_str(&merge::told_of(place, folder)?.map_or_else(String::new, |told| format!("\n{told}")));
        say::out(&out)?;
    }
    Ok(Outcome::Done)
}

/// A list in a few lines: what it is, its date, what it holds, and how much could not be read.
fn summary(list: &ListAbout, paint: Paint) -> String {
    let dataset = if list.title == list.dataset { String::new() } else { format!(" · {}", list.dataset) };
    let mut lines =
        vec![format!("{}{}", paint.strong(&paint.foreign(&list.title)), paint.dim(&paint.foreign(&dataset)))];
    let published = list.published.as_deref().map_or("no date in the file".to_owned(), |d| format!("published {d}"));
    lines.push(format!("  {} · version {}", paint.foreign(&published), list.version));
    let entities: usize = list.entities.iter().map(|(_, n)| n).sum();
    let schemata: Vec<String> = list.entities.iter().map(|(schema, n)| format!("{} {schema}", count(*n))).collect();
    let held = format!(
        "{}: {} ({}); listings, documents, addresses and relations: {}",
        counted(list.records, "record", "records"),
        counted(entities, "entity", "entities"),
        schemata.join(", "),
        count(list.related)
    );
    lines.extend(wrapped(&held, "  ", "    "));
    if let Some(held) = &list.held {
        let (waiting, kept) = (held.waiting.len(), held.kept.len());
        let text = format!(
            "no longer published but screened since {}: {} waiting for a decision, {} kept by decision",
            held.since,
            count(waiting),
            count(kept)
        );
        lines.extend(wrapped(&paint.foreign(&text), "  ", "    ").iter().map(|line| paint.bad(line)));
    }
    let unread = unread(list);
    match unread.is_empty() {
        true => lines.push(format!("  {}", paint.good("everything was read"))),
        false => {
            let told = wrapped(&format!("not read in full: {}", unread.join(", ")), "  ", "    ");
            lines.extend(told.iter().map(|line| paint.warn(line)));
        }
    }
    lines.join("\n") + "\n"
}

/// How much could not be read, by what that means.
fn unread(list: &ListAbout) -> Vec<String> {
    let parts = [
        ("high", "place where something may be missing", "places where something may be missing"),
        ("medium", "value that could not be understood", "values that could not be understood"),
        ("low", "value kept as text", "values kept as text"),
    ];
    let told = parts.iter().map(|(severity, one, many)| (list.count(severity), one, many));
    told.filter(|(n, ..)| *n > 0).map(|(n, one, many)| counted(n, one, many)).collect()
}

fn counted(number: usize, one: &str, many: &str) -> String {
    format!("{} {}", count(number), if number == 1 { one } else { many })
}

/// A list with its files and what could not be read: all of it, or what matters.
fn whole(list: &ListAbout, all: bool, paint: Paint) -> String {
    const SHOWN: usize = 12;
    let mut out = summary(list, paint);
    if let Some(what) = &list.unverified {
        let told = wrapped(&paint.foreign(&format!("layout not verified: {what}")), "  ", "    ");
        told.iter().for_each(|line| out.push_str(&format!("{}\n", paint.warn(line))));
    }
    out.push_str(&format!("  loaded {}\n", paint.foreign(&list.loaded)));
    for file in &list.files {
        let text = format!("{} · {} bytes · sha256 {}", file.name, count(file.bytes as usize), &file.sha256);
        let lines = wrapped(&paint.foreign(&text), "  ", "    ");
        lines.iter().for_each(|line| out.push_str(&format!("{}\n", paint.dim(line))));
    }
    let important = |severity: &str| all || severity != "low";
    let mut told = 0;
    for finding in list.findings.iter().filter(|f| important(&f.severity)).take(if all { usize::MAX } else { SHOWN }) {
        let mark = match finding.severity.as_str() {
            "high" => paint.bad("high  "),
            "medium" => paint.warn("medium"),
            _ => paint.dim("low   "),
        };
        let under = "           ";
        let lines = wrapped(&paint.foreign(&finding.text), under, under);
        out.push_str(&format!("    {mark} {}\n", lines[0].trim_start()));
        lines[1..].iter().for_each(|line| out.push_str(&format!("{line}\n")));
        told += 1;
    }
    if told < list.findings.len() {
        let rest = list.findings.len() - told;
        let text = format!("… and {} more: mihenk lists show --all", count(rest));
        out.push_str(&format!("    {}\n", paint.dim(&text)));
    }
    out
}
