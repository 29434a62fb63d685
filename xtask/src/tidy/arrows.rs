//! Arrows between the crates: who may use whom.
//!
//! In come the packages of the workspace as `cargo metadata` lists them, out come [`Finding`]s for every arrow that is not
//! drawn in [`MAY_USE`]. The table is the drawing of `ARCHITECTURE.md`; arrows point down it, never up, never sideways
//! between capabilities. A dependency for tests is held to the same rule, except that it may use the testkit.

use serde_json::Value;

use super::Finding;

/// Each crate with what it may use, from the bottom up. Crates that do not exist yet have their place already.
const MAY_USE: &[(&str, &[&str])] = &[
    ("said", &[]),
    ("names", &[]),
    ("entities", &["said", "names"]),
    ("documents", &[]),
    ("tables", &["said"]),
    ("lists", &["said", "entities", "tables"]),
    ("screening", &["said", "entities", "names"]),
    ("store", &["said"]),
    ("ledger", &["said", "store", "entities"]),
    ("content", &[]),
    ("border", &["store", "entities"]),
    ("exchange", &["store", "entities"]),
    ("monitoring", &["entities"]),
    ("payments", &["entities"]),
    (
        "node",
        &[
            "said",
            "names",
            "entities",
            "documents",
            "tables",
            "lists",
            "screening",
            "store",
            "ledger",
            "content",
            "border",
            "exchange",
            "monitoring",
            "payments",
        ],
    ),
    ("pages", &["node"]),
    ("server", &["node", "pages"]),
    ("mihenk", &["server", "node"]),
];

/// What is for contributors and may use anything. Nothing may use it, but for tests that may use the testkit.
const FOR_CONTRIBUTORS: &[&str] = &["benches", "testkit", "xtask"];

/// A package of the workspace.
pub(crate) struct Package {
    name: String,
    manifest: String,
    /// Name and, unless it is an ordinary one, kind (`dev`, `build`).
    dependencies: Vec<(String, Option<String>)>,
}

/// The packages in the answer of `cargo metadata --no-deps`; None when it does not have the form of one.
pub(crate) fn packages(metadata: &Value) -> Option<Vec<Package>> {
    let root = metadata["workspace_root"].as_str()?;
    metadata["packages"].as_array()?.iter().map(|package| read(package, root)).collect()
}

fn read(package: &Value, root: &str) -> Option<Package> {
    let manifest = package["manifest_path"].as_str()?;
    let manifest = manifest.strip_prefix(root).unwrap_or(manifest).replace('\\', "/");
    let mut dependencies = Vec::new();
    for dependency in package["dependencies"].as_array()? {
        dependencies.push((dependency["name"].as_str()?.to_owned(), dependency["kind"].as_str().map(str::to_owned)));
    }
    Some(Package {
        name: package["name"].as_str()?.to_owned(),
        manifest: manifest.trim_start_matches('/').to_owned(),
        dependencies,
    })
}

/// Every arrow that is not drawn; `read` gives the text of a manifest, to say the line.
pub(crate) fn check(packages: &[Package], read: impl Fn(&str) -> String) -> Vec<Finding> {
    let mut findings = Vec::new();
    for package in packages {
        let from = short(&package.name);
        if FOR_CONTRIBUTORS.contains(&from) {
            continue;
        }
        let Some((_, may_use)) = MAY_USE.iter().find(|(name, _)| *name == from) else {
            let found = format!("the crate {} has no place in the house", package.name);
            findings.push(Finding::new(&package.manifest, 1, found, "a row in MAY_USE of xtask/src/tidy/arrows.rs"));
            continue;
        };
        let manifest = read(&package.manifest);
        for (name, kind) in &package.dependencies {
            let to = short(name);
            let is_ours = packages.iter().any(|other| other.name == *name);
            let is_for_tests = kind.as_deref() == Some("dev") && to == "testkit";
            if !is_ours || may_use.contains(&to) || is_for_tests {
                continue;
            }
            let line = manifest.lines().position(|line| scan_name(line) == Some(name)).map_or(1, |at| at + 1);
            let right = match may_use {
                [] => format!("{from} uses no other crate of the house"),
                _ => format!("{from} may use {}", may_use.join(", ")),
            };
            findings.push(Finding::new(&package.manifest, line, format!("an arrow {from} → {to}"), right));
        }
    }
    findings
}

/// The crate's name in the drawing.
fn short(package: &str) -> &str {
    package.strip_prefix("mihenk-").unwrap_or(package)
}

/// The dependency that a line of a manifest declares.
fn scan_name(line: &str) -> Option<&str> {
    let name = line.split(['=', '.', ' ']).next()?;
    (!name.is_empty() && line.contains('=')).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    const MANIFEST: &str = "[package]\nname = \"x\"\n\n[dependencies]\nmihenk-names.workspace = true\nmihenk-lists = { path = \"../lists\" }\n";

    /// A workspace of `names`, `lists`, `testkit` and one more package with the given dependencies.
    fn found(name: &str, dependencies: &[(&str, Option<&str>)]) -> Vec<String> {
        let one = |name: &str, dependencies: Vec<Value>| {
            let manifest = format!("/house/crates/{}/Cargo.toml", short(name));
            serde_json::json!({"name": name, "manifest_path": manifest, "dependencies": dependencies})
        };
        let arrows = dependencies.iter().map(|(name, kind)| serde_json::json!({"name": name, "kind": kind})).collect();
        let others = ["mihenk-names", "mihenk-lists", "mihenk-testkit"].map(|name| one(name, Vec::new()));
        let packages = [&others[..], &[one(name, arrows)]].concat();
        let metadata = serde_json::json!({"workspace_root": "/house", "packages": packages});
        let findings = check(&super::packages(&metadata).unwrap(), |_| MANIFEST.to_owned());
        findings.iter().map(|finding| format!("{}:{}: {}", finding.file, finding.line, finding.found)).collect()
    }

    #[test]
    fn drawn_arrows_and_crates_from_elsewhere_are_fine() {
        assert!(found("mihenk-screening", &[("mihenk-names", None), ("serde", None)]).is_empty());
        assert!(found("mihenk-node", &[("mihenk-lists", None), ("mihenk-names", Some("dev"))]).is_empty());
        assert!(found("mihenk-benches", &[("mihenk-lists", None)]).is_empty());
    }

    #[test]
    fn up_and_sideways_are_found_with_their_line() {
        assert_eq!(
            found("mihenk-screening", &[("mihenk-names", None), ("mihenk-lists", None)]),
            ["crates/screening/Cargo.toml:6: an arrow screening → lists"]
        );
        assert_eq!(found("mihenk", &[("mihenk-names", None)]), ["crates/mihenk/Cargo.toml:5: an arrow mihenk → names"]);
    }

    #[test]
    fn the_testkit_is_for_tests() {
        assert!(found("mihenk-screening", &[("mihenk-testkit", Some("dev"))]).is_empty());
        assert_eq!(found("mihenk-screening", &[("mihenk-testkit", None)]).len(), 1);
        assert_eq!(found("mihenk-screening", &[("mihenk-lists", Some("dev"))]).len(), 1);
        assert_eq!(found("mihenk-screening", &[("mihenk-lists", Some("build"))]).len(), 1);
    }

    #[test]
    fn a_crate_without_a_place_is_found() {
        assert_eq!(
            found("mihenk-helpers", &[]),
            ["crates/helpers/Cargo.toml:1: the crate mihenk-helpers has no place in the house"]
        );
    }

    #[test]
    fn the_table_points_down() {
        for (row, (name, may_use)) in MAY_USE.iter().enumerate() {
            for used in *may_use {
                let place = MAY_USE.iter().position(|(other, _)| other == used);
                assert!(place.is_some_and(|place| place < row), "{name} → {used}");
            }
        }
    }
}
