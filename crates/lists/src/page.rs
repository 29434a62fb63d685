//! The book's page of sources, from what each source declares.
//!
//! In come the declarations, out comes Markdown. `docs/book/src/reference/sources.md` is this text; a test compares the two and
//! says how to renew the page.

use std::fmt::Write;

use crate::source::{Layout, SOURCES, Source};

const HEAD: &str = "\
# Sources

<!-- Made from the declarations in crates/lists/src/sources by `cargo xtask generate`; change them, not this page. -->

The official lists that Mihenk knows by name. `mihenk lists update NAME` downloads one and puts it in use, from the address below or from another
one that [`sources.toml`](../updates.md) gives. Anyone's list in FollowTheMoney form can be added beside them.

";

/// The page.
#[must_use]
pub fn sources_page() -> String {
    let mut out = HEAD.to_owned();
    out.push_str("| name | list | publisher | looked for |\n|---|---|---|---|\n");
    for source in SOURCES {
        let every = match source.files.is_empty() {
            true => "not: no fixed address".to_owned(),
            false => format!("every {}", hours(source.cadence.check_every().as_secs())),
        };
        let _ = writeln!(out, "| `{}` | {} | {} | {every} |", source.name, source.title, source.publisher);
    }
    SOURCES.iter().for_each(|source| out.push_str(&section(source)));
    out
}

fn section(source: &Source) -> String {
    let mut out = format!("\n## {}\n\n| | |\n|---|---|\n", source.name);
    let rows = [
        ("list", source.title.to_owned()),
        ("publisher", source.publisher.to_owned()),
        ("coverage", source.coverage.to_owned()),
        ("licence", source.licence.to_owned()),
        ("page for people", format!("<{}>", source.page)),
        ("published", source.cadence.told().to_owned()),
        ("layout", layout(source.layout)),
    ];
    for (name, text) in rows {
        let _ = writeln!(out, "| {name} | {} |", text.replace('|', "\\|"));
    }
    for file in source.files {
        let _ = writeln!(out, "| {} | <{}> |", file.part.told(), file.url);
    }
    if source.files.is_empty() {
        out.push_str("| file | each edition has addresses of its own, which are on the page for people |\n");
    }
    for file in source.other_forms {
        let _ = writeln!(out, "| also read | <{}> |", file.url);
    }
    out
}

fn layout(layout: Layout) -> String {
    match layout {
        Layout::Verified => "checked against the publisher's documentation or files".to_owned(),
        Layout::Unverified(what) => format!("**not fully checked**: {what}"),
    }
}

fn hours(seconds: u64) -> String {
    match seconds / 3600 {
        1 => "hour".to_owned(),
        hours => format!("{hours} hours"),
    }
}
