//! `mihenk lists diff`: what changed between two versions.
//!
//! In come two versions or files; out come those added, changed (which property, from what to what) and removed: for a person,
//! as JSON, or as delta lines. Without `--all` a person is shown those who are screened, and only the number of listings,
//! documents, addresses and relations.

use std::{fmt::Write, path::Path};

use mihenk_node::{
    Entity,
    diff::{Compared, compared, is_listed},
    differences::Change,
};

use crate::{
    Outcome,
    cli::{Place, lists},
    paint::{Paint, count, wrapped},
    say,
};

pub(crate) fn run(place: &Place, folder: &Path, options: &lists::Diff) -> anyhow::Result<Outcome> {
    let compared = compared(folder, &options.one, options.other.as_deref())?;
    if options.json {
        say::line(&serde_json::to_string(&compared)?)?;
    } else if options.delta {
        compared.difference.delta().try_for_each(|line| say::out(&line))?;
    } else {
        say::out(&told(&compared, options.all, Paint::for_stdout()))?;
        say::out(&super::merge::told_of(place, folder)?.unwrap_or_default())?;
    }
    Ok(Outcome::Done)
}

fn told(compared: &Compared, all: bool, paint: Paint) -> String {
    let found = &compared.difference;
    let mut out = format!("{} → {}\n", paint.foreign(&compared.from), paint.foreign(&compared.to));
    if found.is_empty() {
        out.push_str("Nothing changed.\n");
        return out;
    }
    let shown = |e: &Entity| all || is_listed(e);
    let added: Vec<&Entity> = found.added.iter().filter(|e| shown(e)).collect();
    let removed: Vec<&Entity> = found.removed.iter().filter(|e| shown(e)).collect();
    let changed: Vec<&Change> = found.changed.iter().filter(|c| shown(&c.entity)).collect();
    let counts = format!("{} added, {} changed, {} removed", added.len(), changed.len(), removed.len());
    let _ = writeln!(out, "{}", paint.strong(&counts));
    let rest =
        found.added.len() + found.changed.len() + found.removed.len() - (added.len() + changed.len() + removed.len());
    added.iter().for_each(|e| out.push_str(&entity(e, &paint.good("+"), paint)));
    for change in changed {
        out.push_str(&entity(&change.entity, &paint.warn("~"), paint));
        out.push_str(&fields(change, paint));
    }
    removed.iter().for_each(|e| out.push_str(&entity(e, &paint.bad("−"), paint)));
    if rest > 0 {
        let text = format!("and {} listings, documents, addresses or relations (--all)", count(rest));
        let _ = writeln!(out, "{}", paint.dim(&text));
    }
    out
}

fn entity(entity: &Entity, mark: &str, paint: Paint) -> String {
    let caption = paint.strong(&paint.foreign(entity.caption()));
    let about = format!(" · {} · {}", entity.schema.name(), paint.foreign(entity.id.as_str()));
    format!("{mark} {caption}{}\n", paint.dim(&about))
}

fn fields(change: &Change, paint: Paint) -> String {
    let mut out = String::new();
    for field in &change.fields {
        let gone: Vec<&str> = field.gone().collect();
        let came: Vec<&str> = field.came().collect();
        let name = paint.foreign(&field.property);
        let text = match (gone.is_empty(), came.is_empty()) {
            (true, _) => format!("{name}: now also {}", came.join("; ")),
            (_, true) => format!("{name}: no longer {}", gone.join("; ")),
            _ => format!("{name}: {} → {}", gone.join("; "), came.join("; ")),
        };
        let lines = wrapped(&paint.foreign(&text), "    ", "      ");
        lines.iter().for_each(|line| {
            let _ = writeln!(out, "{line}");
        });
    }
    out
}
