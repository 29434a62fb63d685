//! `mihenk lists status`: which version of each list is screened, how old it is, what waits.
//!
//! In comes a data folder, out come a few lines for each list, red only where somebody has to act, or JSON.

use std::path::Path;

use jiff::Timestamp;
use mihenk_node::status::{ListStatus, Status, status};

use super::update::size;
use crate::{
    Outcome,
    cli::{Place, lists},
    paint::{Paint, count, wrapped},
    say,
};

pub(crate) fn run(place: &Place, folder: &Path, options: &lists::Status) -> anyhow::Result<Outcome> {
    let now = Timestamp::now();
    let status = status(folder, &place.model()?, now)?;
    if options.json {
        say::line(&serde_json::to_string(&status)?)?;
    } else {
        say::out(&told(folder, &status, now, Paint::for_stdout()))?;
    }
    Ok(if status.is_stale() { Outcome::Hits } else { Outcome::Done })
}

fn told(folder: &Path, status: &Status, now: Timestamp, paint: Paint) -> String {
    if status.lists.is_empty() {
        let text = "No lists are loaded in";
        return format!("{text} {}; fetch some with 'mihenk lists update NAME…'.\n", folder.display());
    }
    let mut out = String::new();
    for list in &status.lists {
        out.push_str(&one(list, now, paint));
        out.push('\n');
    }
    let index = match (&status.building, status.index) {
        (Some(building), _) => paint.warn(&format!("a new one is being built since {}", building.since)),
        (None, "live") => paint.good("live"),
        _ => paint.warn("missing; whoever screens first builds it"),
    };
    if let Some(merging) = &status.merging {
        out.push_str(&super::merge::told(&merging.counts, Some(merging.proposals)).unwrap_or_default());
    }
    out.push_str(&format!(
        "index {index} · on the disk: lists {}, index {}\n",
        size(status.list_bytes),
        size(status.index_bytes)
    ));
    out
}

fn one(list: &ListStatus, now: Timestamp, paint: Paint) -> String {
    let mut lines = vec![format!(
        "{}{}",
        paint.strong(&paint.foreign(&list.title)),
        paint.dim(&if list.title == list.dataset { String::new() } else { format!(" · {}", list.dataset) })
    )];
    let mut say = |text: &str, colour: &dyn Fn(&str) -> String| {
        lines.extend(wrapped(&paint.foreign(text), "  ", "    ").iter().map(|line| colour(line)));
    };
    let plain = |text: &str| text.to_owned();
    let live = list.live_since.as_deref().map_or_else(String::new, |at| format!(" since {at} ({})", ago(at, now)));
    say(&format!("version {} live{live}", list.version), &plain);
    let published = list.published.as_deref().map_or("no date in the file".to_owned(), |day| {
        format!("published {day}{}", list.age_days.map_or_else(String::new, |n| format!(" ({n} days ago)")))
    });
    let versions = if list.versions == 1 { "1 version".to_owned() } else { format!("{} versions", list.versions) };
    say(&format!("{published} · {versions}, {}", size(list.bytes)), &plain);
    match (&list.last_check, &list.last_result) {
        (Some(at), Some(result)) if list.last_failed => {
            say(&format!("last check {at} ({}) failed: {result}", ago(at, now)), &|line| paint.bad(line));
        }
        (Some(at), Some(result)) => say(&format!("last check {at} ({}): {result}", ago(at, now)), &plain),
        _ => say("never looked for", &plain),
    }
    if let Some(next) = &list.next_check {
        let is_due = next.parse::<Timestamp>().is_ok_and(|at| at <= now);
        say(&format!("next check {}", if is_due { "is due" } else { next }), &plain);
    }
    if list.is_stale {
        say("it may be old: nobody has looked with success for too long", &|line| paint.bad(line));
    }
    if list.waiting > 0 {
        let name = &list.dataset;
        let text = format!("{} removals wait: mihenk lists diff {name} {name}@waiting", count(list.waiting));
        say(&text, &|line| paint.bad(line));
    }
    if list.kept > 0 {
        say(&format!("{} are kept although they are not published any more", count(list.kept)), &|l| paint.warn(l));
    }
    if let Some(version) = &list.building {
        say(&format!("version {version} is being made ready"), &|line| paint.warn(line));
    }
    lines.join("\n") + "\n"
}

/// How long ago, in the largest unit.
fn ago(at: &str, now: Timestamp) -> String {
    let Ok(at) = at.parse::<Timestamp>() else { return "at a time that cannot be read".to_owned() };
    let seconds = now.duration_since(at).as_secs();
    let (n, unit) = match seconds {
        i64::MIN..0 => return "in the future by this machine's clock".to_owned(),
        0..120 => return "just now".to_owned(),
        120..7200 => (seconds / 60, "minutes"),
        7200..172_800 => (seconds / 3600, "hours"),
        _ => (seconds / 86_400, "days"),
    };
    format!("{n} {unit} ago")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_told_in_the_largest_unit() {
        let now: Timestamp = "2026-01-10T00:00:00Z".parse().unwrap();
        for (at, told) in [
            ("2026-01-09T23:59:00Z", "just now"),
            ("2026-01-09T23:00:00Z", "60 minutes ago"),
            ("2026-01-09T00:00:00Z", "24 hours ago"),
            ("2026-01-01T00:00:00Z", "9 days ago"),
            ("2026-01-11T00:00:00Z", "in the future by this machine's clock"),
            ("soon", "at a time that cannot be read"),
        ] {
            assert_eq!(ago(at, now), told);
        }
    }
}
