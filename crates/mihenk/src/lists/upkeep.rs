//! `mihenk lists accept`, `remove`, `keep` and `sources`: short acts and what is said of them.
//!
//! In comes the name of a list, or a span; out come a few lines, or JSON.

use std::path::Path;

use jiff::Timestamp;
use mihenk_node::{
    keep,
    removals::{Decision, decide},
    sources, swap,
};

use super::{now, update::size};
use crate::{
    Outcome, changed,
    cli::{Place, lists},
    paint::{Paint, count, wrapped},
    say,
};

/// Captions that are shown of those a decision was about.
const SHOWN: usize = 20;

pub(crate) fn accept(place: &Place, folder: &Path, options: &lists::Accept) -> anyhow::Result<Outcome> {
    let decision = if options.reject { Decision::Reject } else { Decision::Accept };
    let decided = decide(folder, &options.name, decision, &place.model()?, &now())?;
    if options.json {
        say::line(&serde_json::to_string(&decided)?)?;
        changed::follow(place)?;
        return Ok(Outcome::Done);
    }
    let paint = Paint::for_stdout();
    let what = match decision {
        Decision::Accept => "are screened no more",
        Decision::Reject => "stay screened, and nobody is asked again; 'mihenk lists accept' still lets them go",
    };
    let head = format!("{} entities of {} {what}:", count(decided.entities.len()), options.name);
    let mut out = wrapped(&paint.foreign(&head), "", "  ").join("\n") + "\n";
    for (id, caption) in decided.entities.iter().take(SHOWN) {
        out.push_str(&format!("  {} {}\n", paint.foreign(caption), paint.dim(&format!("· {}", paint.foreign(id)))));
    }
    if decided.entities.len() > SHOWN {
        out.push_str(&format!("  … and {} more (--json)\n", count(decided.entities.len() - SHOWN)));
    }
    out.push_str(&format!("version {} is live\n", decided.list.version));
    say::out(&out)?;
    changed::follow(place)?;
    Ok(Outcome::Done)
}

pub(crate) fn remove(place: &Place, folder: &Path, name: &str) -> anyhow::Result<Outcome> {
    let entities = swap::remove(folder, name, &place.model()?, &now())?;
    say::line(&format!("{name} was taken out; {} entities are screened now.", count(entities)))?;
    say::line("Its versions stay until they are swept: mihenk lists keep --for 90d")?;
    changed::follow(place)?;
    Ok(Outcome::Done)
}

pub(crate) fn keep(folder: &Path, options: &lists::Keep) -> anyhow::Result<Outcome> {
    let swept = keep::keep(folder, options.span, Timestamp::now())?;
    if options.json {
        say::line(&serde_json::to_string(&swept)?)?;
        return Ok(Outcome::Done);
    }
    let mut out: String = swept.versions.iter().map(|version| format!("deleted {version}\n")).collect();
    out.push_str(&format!(
        "{} deleted ({}), {} {}.\n",
        if swept.versions.len() == 1 {
            "1 version".to_owned()
        } else {
            format!("{} versions", count(swept.versions.len()))
        },
        size(swept.bytes),
        count(swept.stay),
        if swept.stay == 1 { "stays" } else { "stay" }
    ));
    say::out(&out)?;
    Ok(Outcome::Done)
}

pub(crate) fn sources(json: bool) -> anyhow::Result<Outcome> {
    let all = sources::sources();
    if json {
        say::line(&serde_json::to_string(&all)?)?;
        return Ok(Outcome::Done);
    }
    let paint = Paint::for_stdout();
    let mut out = String::new();
    for source in &all {
        out.push_str(&format!("{}\n", paint.strong(source.name)));
        wrapped(source.title, "  ", "  ").iter().for_each(|line| out.push_str(&format!("{line}\n")));
        for text in [source.coverage, source.publisher, source.page] {
            wrapped(text, "  ", "  ").iter().for_each(|line| out.push_str(&format!("{}\n", paint.dim(line))));
        }
        if source.files.is_empty() {
            let text = "each edition has another address: get it from the page and give it to 'lists add' or --from";
            wrapped(text, "  ", "  ").iter().for_each(|line| out.push_str(&format!("{}\n", paint.warn(line))));
        }
        if let Some(what) = source.unverified {
            let text = format!("its layout was not fully checked: {what}");
            wrapped(&text, "  ", "  ").iter().for_each(|line| out.push_str(&format!("{}\n", paint.warn(line))));
        }
    }
    out.push_str("Fetch one with: mihenk lists update NAME\n");
    say::out(&out)?;
    Ok(Outcome::Done)
}
