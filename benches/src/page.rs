//! The pages of figures: lines of a Markdown table, and the parts of `docs/performance.md` and others between markers.
//!
//! In come measured rows and the commit they were measured on, out comes Markdown. Writing replaces the lines of the rows
//! that ran and leaves the others, each with the commit it was measured on: so one row can be measured again alone. A part
//! of the page named `x` lies between `<!-- bench:x -->` and `<!-- /bench:x -->`; everything else on it is written by people.

use std::{fs, process::Command};

use anyhow::Context;

use crate::{
    inputs::workspace,
    row::{Line, Measured},
    rows::{ROWS, Row},
};

/// The page with the table of figures.
pub(crate) const FIGURES: &str = "docs/performance.md";

/// The head of the table.
pub(crate) const HEAD: &str = "| command | what | figure | asked | baseline, same run | runs | measured on |
|---|---|---|---|---|---|---|";

/// On which commit, and when.
pub(crate) struct Stamp(String);

impl Stamp {
    /// The commit that is checked out, with a `+` if what is measured was changed since; its date unless another is given.
    pub(crate) fn of_commit(date: Option<String>) -> Stamp {
        let commit = git(&["rev-parse", "--short", "HEAD"]).unwrap_or_else(|| "no commit".to_owned());
        let clean = git(&["status", "--porcelain", "--", "crates", "data", "benches", "Cargo.lock"]);
        let changed = clean.is_none_or(|files| !files.is_empty());
        let date = date.or_else(|| git(&["show", "--no-patch", "--format=%cs", "HEAD"])).unwrap_or_default();
        Stamp(format!("{commit}{}, {date}", if changed { "+" } else { "" }))
    }
}

fn git(arguments: &[&str]) -> Option<String> {
    let output = Command::new("git").current_dir(workspace()).args(arguments).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// The command that measures a row.
fn command(row: &str) -> String {
    format!("`cargo xtask bench {row}`")
}

/// A line of the table.
pub(crate) fn line(row: &str, line: &Line, stamp: &Stamp) -> String {
    let reached = match line.reached {
        Some(true) => ": reached",
        Some(false) => ": **missed**",
        None => "",
    };
    let asked = format!("{}{reached}", line.asked);
    let cells = [&command(row), &line.what, &line.figure, &asked, &line.baseline, &line.runs, &stamp.0];
    let cells: Vec<String> =
        cells.iter().map(|c| if c.is_empty() { "–".to_owned() } else { c.replace('|', "\\|") }).collect();
    format!("| {} |", cells.join(" | "))
}

/// Rewrites the parts of the pages that were measured, and the files that go with them.
pub(crate) fn write(done: &[(&Row, Measured)], stamp: &Stamp) -> anyhow::Result<()> {
    let lines: Vec<(&str, Vec<String>)> = done
        .iter()
        .map(|(row, measured)| (row.name, measured.lines.iter().map(|l| line(row.name, l, stamp)).collect()))
        .collect();
    rewrite(FIGURES, |page| {
        let (_, old, _) = part(page, "figures")?;
        replaced(page, "figures", &merged(old, &lines))
    })?;
    for detail in done.iter().flat_map(|(_, measured)| &measured.details) {
        rewrite(detail.page, |page| replaced(page, detail.name, &detail.text))?;
    }
    for (file, content) in done.iter().flat_map(|(_, measured)| &measured.files) {
        rewrite(file, |_| Ok(content.clone()))?;
    }
    Ok(())
}

/// Reads a file below the workspace, if there is one, and writes what becomes of it.
fn rewrite(file: &str, change: impl FnOnce(&str) -> anyhow::Result<String>) -> anyhow::Result<()> {
    let path = workspace().join(file);
    let old = fs::read_to_string(&path).unwrap_or_default();
    let new = change(&old).with_context(|| file.to_owned())?;
    fs::write(&path, new).with_context(|| format!("{file} cannot be written"))
}

/// The table with the lines of some rows replaced, in the order of the rows.
fn merged(old: &str, new: &[(&str, Vec<String>)]) -> String {
    let mut lines: Vec<&str> = HEAD.lines().collect();
    for row in ROWS {
        match new.iter().find(|(name, _)| *name == row.name) {
            Some((_, measured)) => lines.extend(measured.iter().map(String::as_str)),
            None => {
                let start = format!("| {} |", command(row.name));
                lines.extend(old.lines().filter(|line| line.starts_with(&start)));
            }
        }
    }
    lines.join("\n")
}

/// A page cut at the markers of a part: before, between, behind.
fn part<'p>(page: &'p str, name: &str) -> anyhow::Result<(&'p str, &'p str, &'p str)> {
    let (open, close) = (format!("<!-- bench:{name} -->"), format!("<!-- /bench:{name} -->"));
    let missing = || format!("there is no part between {open} and {close}");
    let from = page.find(&open).with_context(missing)? + open.len();
    let to = from + page[from..].find(&close).with_context(missing)?;
    Ok((&page[..from], &page[from..to], &page[to..]))
}

fn replaced(page: &str, name: &str, text: &str) -> anyhow::Result<String> {
    let (before, _, behind) = part(page, name)?;
    Ok(format!("{before}\n\n{}\n\n{behind}", text.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stamp() -> Stamp {
        Stamp("abc1234, 2026-01-31".to_owned())
    }

    #[test]
    fn a_line_has_a_cell_for_everything() {
        let measured = Line {
            what: "pairs | names".into(),
            figure: "F1 0.5".into(),
            asked: "F1 ≥ 0.4".into(),
            reached: Some(true),
            ..Line::default()
        };
        assert_eq!(
            line("checks", &measured, &stamp()),
            "| `cargo xtask bench checks` | pairs \\| names | F1 0.5 | F1 ≥ 0.4: reached | – | – | abc1234, 2026-01-31 |"
        );
        let missed = line("checks", &Line { reached: Some(false), ..measured }, &stamp());
        assert!(missed.contains("F1 ≥ 0.4: **missed**"));
    }

    #[test]
    fn rows_that_did_not_run_keep_their_lines() {
        let old = "| `cargo xtask bench checks` | old |\n| `cargo xtask bench batch` | old |\nsomething else";
        let table = merged(old, &[("batch", vec!["| new 1 |".to_owned(), "| new 2 |".to_owned()])]);
        let lines: Vec<&str> = table.lines().skip(2).collect();
        assert_eq!(lines, ["| `cargo xtask bench checks` | old |", "| new 1 |", "| new 2 |"]);
    }

    #[test]
    fn only_what_lies_between_the_markers_changes() {
        let page = "a\n<!-- bench:x -->\nold\n<!-- /bench:x -->\nb\n";
        let new = replaced(page, "x", "new").unwrap();
        assert_eq!(new, "a\n<!-- bench:x -->\n\nnew\n\n<!-- /bench:x -->\nb\n");
        assert_eq!(replaced(&new, "x", "new").unwrap(), new, "writing twice changes nothing");
        assert!(replaced(page, "y", "new").unwrap_err().to_string().contains("bench:y"));
    }
}
