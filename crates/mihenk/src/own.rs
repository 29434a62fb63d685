//! `mihenk own`: who stands behind an entity, what each regime makes of it and why, what a change would alter.
//!
//! In come an id or a name, lists and files; out come the answers, the holders, the proofs as sums to add up, what is doubtful, and on demand a
//! picture or JSON. What holds is worked out in `mihenk-node`; `show` puts it into words.

mod show;

use std::fs;

use anyhow::Context;
use mihenk_node::{
    Node, Source,
    graph::{Dashed, draw_with},
    ledger::day::Day,
    ownership::{Holdings, Question, picture},
};

use crate::{
    Outcome,
    cli::{Place, ownership::Own},
    say,
};

pub(crate) fn run(place: &Place, own: &Own) -> anyhow::Result<Outcome> {
    let source = Source::of(place.folder()?);
    let holdings = Holdings::read(&source, node(place, &source, own)?.as_ref(), &own.from)?;
    for warning in holdings.warnings() {
        say::note(&format!("warning: {warning}"));
    }
    let day = own.as_of.unwrap_or_else(|| Day::of(jiff::Timestamp::now().as_millisecond()));
    let (entity, regimes, changes) = (own.entity.clone(), own.regime.clone(), own.what_if.clone());
    let standing = holdings.standing(&Question { entity, day, regimes, changes })?;
    if let Some(out) = &own.svg {
        let heading = format!("Who stands behind {} · {day}", standing.entity.name);
        let svg = draw_with(&heading, &picture(&standing), Dashed { means: "not certain", is_directed: true });
        fs::write(out, svg).with_context(|| out.display().to_string())?;
    }
    if own.json {
        say::line(&serde_json::to_string(&standing)?)?;
    } else {
        say::out(&show::standing(&standing, own.law))?;
    }
    if let Some(out) = &own.svg {
        say::note(&format!("drawn in {}", out.display()));
    }
    Ok(Outcome::Done)
}

/// The node of a data folder, which knows who of several lists is one; none where nothing is loaded and files say everything.
fn node(place: &Place, source: &Source, own: &Own) -> anyhow::Result<Option<Node>> {
    let is_loaded = match source {
        Source::Folder(path) => !mihenk_node::folder::Folder::new(path.clone()).current()?.lists.is_empty(),
        Source::Files(_) => false,
    };
    if !is_loaded && own.from.is_empty() && matches!(source, Source::Folder(_)) {
        // The error says how to load lists.
        return place.node().map(Some);
    }
    if is_loaded { place.node().map(Some) } else { Ok(None) }
}
