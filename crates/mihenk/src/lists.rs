//! `mihenk lists`: load official lists, show what is loaded.

use anyhow::bail;
use mihenk_node::{Node, Source, folder::Folder, lists, lists::ListAbout};

use crate::{
    Outcome,
    cli::{Lists, Place},
    paint::{Paint, count},
};

pub(crate) fn run(place: &Place, command: Lists) -> anyhow::Result<Outcome> {
    let folder = place.folder()?;
    if matches!(Source::of(folder.clone()), Source::Files(_)) {
        bail!("{} is a file; lists are kept in a folder", folder.display());
    }
    match command {
        Lists::Add { files, json } => {
            let now = jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
            let added = Node::add_lists(&folder, &files, &place.model()?, &now)?;
            if json {
                println!("{}", serde_json::to_string(&added.lists)?);
            } else {
                added.lists.iter().for_each(|list| print_list(list, false));
                println!("\n{} entities are screened now; lists in {}", count(added.entities), folder.display());
            }
        }
        Lists::Show { all, json } => {
            let loaded = lists::show(&Folder::new(folder.clone()))?;
            if json {
                println!("{}", serde_json::to_string(&loaded)?);
            } else if loaded.is_empty() {
                println!("No lists are loaded in {}; load some with 'mihenk lists add FILE…'.", folder.display());
            } else {
                loaded.iter().for_each(|list| print_list(list, all));
            }
        }
    }
    Ok(Outcome::Done)
}

fn print_list(list: &ListAbout, all: bool) {
    let paint = Paint::for_stdout();
    println!("{}  {}", paint.strong(&paint.foreign(&list.dataset)), paint.foreign(&list.title));
    let published =
        list.published.as_deref().map_or_else(|| "no date in the file".to_owned(), |d| format!("published {d}"));
    println!("  {published} · loaded {} · version {}", list.loaded, list.version);
    let schemata: Vec<String> = list.entities.iter().map(|(schema, n)| format!("{} {schema}", count(*n))).collect();
    let entities: usize = list.entities.iter().map(|(_, n)| n).sum();
    println!(
        "  {} records → {} entities ({}) and {} listings, documents, addresses and relations",
        count(list.records),
        count(entities),
        schemata.join(", "),
        count(list.related)
    );
    for file in &list.files {
        println!(
            "  {}",
            paint.dim(&format!("{} · {} bytes · sha256 {}", file.name, count(file.bytes as usize), &file.sha256[..16]))
        );
    }
    print_findings(list, all, paint);
    println!();
}

/// What could not be read: how much of each severity, and what matters in full.
fn print_findings(list: &ListAbout, all: bool, paint: Paint) {
    let [high, medium, low] = ["high", "medium", "low"].map(|s| list.count(s));
    if high + medium + low == 0 {
        println!("  {}", paint.good("everything was read"));
        return;
    }
    let parts = [(high, "may be missing"), (medium, "could not be understood"), (low, "kept as text")];
    let told: Vec<String> = parts.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{n} {what}")).collect();
    println!("  could not be read in full: {}", told.join(", "));
    let shown = list.findings.iter().filter(|f| all || f.severity != "low");
    for finding in shown.take(if all { usize::MAX } else { 12 }) {
        let mark = match finding.severity.as_str() {
            "high" => paint.bad("high  "),
            "medium" => paint.warn("medium"),
            _ => paint.dim("low   "),
        };
        println!("    {mark} {}", paint.foreign(&finding.text));
    }
    if !all && (high + medium > 12 || low > 0) {
        println!("    {}", paint.dim("'mihenk lists show --all' shows every one"));
    }
}
