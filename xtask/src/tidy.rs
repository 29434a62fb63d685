//! `cargo xtask tidy`: the rules of the house that can be checked, on every file of the tree.
//!
//! In comes the tree, out come [`Finding`]s: a place, what is there, what would be right. Each rule is a function from a
//! path and a text to findings and lives in a file below: [`arrows`] between crates, [`sources`], [`documents`] and data.
//! What needs judgement (is the name right, is the comment true) belongs to a reviewer and not here. The test at the
//! end runs all of it, so that `cargo test` does too.

mod arrows;
pub(crate) mod documents;
mod functions;
pub(crate) mod scan;
mod sources;

use std::fmt;

use crate::{failure::Failure, tree::Tree};

/// Something that is not as it should be.
#[derive(Debug)]
pub(crate) struct Finding {
    file: String,
    line: usize,
    found: String,
    right: String,
}

impl Finding {
    /// What was found at a place, and what would be right; `line` counts from 1.
    fn new(file: &str, line: usize, found: impl Into<String>, right: impl Into<String>) -> Self {
        Self { file: file.to_owned(), line, found: found.into(), right: right.into() }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}; right would be: {}", self.file, self.line, self.found, self.right)
    }
}

/// Prints every finding; fails when there is one.
pub(crate) fn run(tree: &Tree) -> Result<(), Failure> {
    let findings = check(tree)?;
    for finding in &findings {
        println!("{finding}");
    }
    match findings.len() {
        0 => Ok(()),
        1 => Err(Failure::new("tidy: 1 finding, see above")),
        many => Err(Failure::new(format!("tidy: {many} findings, see above"))),
    }
}

/// Everything that is wrong with the tree, in the order of its files.
fn check(tree: &Tree) -> Result<Vec<Finding>, Failure> {
    let mut findings = dependencies(tree)?;
    for path in tree.files()? {
        findings.extend(file(tree, &path)?);
    }
    findings.sort_by(|a, b| (&a.file, a.line).cmp(&(&b.file, b.line)));
    Ok(findings)
}

fn dependencies(tree: &Tree) -> Result<Vec<Finding>, Failure> {
    let output = tree
        .cargo()
        .args(["metadata", "--no-deps", "--format-version", "1"])
        .output()
        .map_err(|e| Failure::new(format!("cargo cannot be started: {e}")))?;
    if !output.status.success() {
        return Err(Failure::new(format!("cargo metadata: {}", String::from_utf8_lossy(&output.stderr).trim())));
    }
    let metadata = serde_json::from_slice(&output.stdout).ok();
    let packages = metadata.as_ref().and_then(arrows::packages);
    let packages = packages.ok_or_else(|| Failure::new("cargo metadata has a form that is not known here"))?;
    Ok(arrows::check(&packages, |manifest| tree.read(manifest).unwrap_or_default()))
}

/// The rules for one file, by its kind.
fn file(tree: &Tree, path: &str) -> Result<Vec<Finding>, Failure> {
    let mut findings = Vec::new();
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    match ending {
        "rs" => findings.extend(sources::check(path, &tree.read(path)?)),
        "md" => {
            let text = tree.read(path)?;
            findings.extend(documents::links(path, &text, |target| tree.has(target)));
            findings.extend(sources::machine_paths(path, &text, |_| true));
            if path == "README.md" {
                findings.extend(documents::first_command(path, &text));
            }
        }
        "txt" if path.starts_with("data/") => {
            let readme = tree.read(&format!("{folder}/README.md")).ok();
            findings.extend(documents::data(path, &tree.read(path)?, readme.as_deref()));
        }
        "toml" | "sh" | "yml" => findings.extend(sources::machine_paths(path, &tree.read(path)?, |_| true)),
        _ if path == ".ci/run" => findings.extend(sources::machine_paths(path, &tree.read(path)?, |_| false)),
        _ => {}
    }
    Ok(findings)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tree_is_tidy() {
        let findings = check(&Tree::find().unwrap()).unwrap();
        let lines: Vec<String> = findings.iter().map(ToString::to_string).collect();
        assert!(lines.is_empty(), "\n{}\n", lines.join("\n"));
    }

    #[test]
    fn a_finding_says_where_what_and_what_would_be_right() {
        let finding = Finding::new("a.rs", 7, "`unsafe`", "safe code");
        assert_eq!(finding.to_string(), "a.rs:7: `unsafe`; right would be: safe code");
    }
}
