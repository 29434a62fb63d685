//! No tipping off (FATF R.21): every command, as every role that is not the reporting officer's, in two worlds that differ in a report alone.
//!
//! The commands are those that `--help` names, so that one that is added is walked too. What both worlds say, and with which exit code, must be the same; what is random or the time is masked.

use std::collections::BTreeSet;

use crate::{house::House, world::World};

/// Commands that look at no store, ask the network, or take long.
const ELSEWHERE: &[&str] =
    &["demo", "login", "logout", "user init", "lists update", "model build", "restore", "serve", "help"];
/// Everybody but the reporting officer.
const OTHERS: [(&str, &[&str]); 4] =
    [("cem", &["analyst"]), ("dilek", &["approver"]), ("elif", &["auditor"]), ("vera", &["viewer"])];

/// The others, two administrators, and Farid, who reports.
fn house() -> House {
    let people: Vec<_> = OTHERS.into_iter().chain([("farid", &["officer"][..])]).collect();
    House::new(["ayse", "bahram"], &people)
}

impl House {
    /// A case and a freeze, as in any house; gives their ids.
    fn works(&self) -> (String, String) {
        let case = ["case", "open", "Deposits", "--legal-basis", "Law 1", "--purpose", "to know", "--json"];
        let case = self.run("cem", &case).done().json().remove(0)["case"].as_str().unwrap().to_owned();
        self.run("cem", &["case", "party", &case, "Reza Karimi", "--kind", "person"]).done();
        let freeze = [
            "freeze",
            "propose",
            "--programme",
            "court-order",
            "--customer",
            "K-7",
            "--reference",
            "2026/1",
            "--asset",
            "account;TR33;Anadolu Bank;10.00 EUR",
            "--review",
            "2099-01-01",
            "--reason",
            "ordered",
            "--json",
        ];
        let freeze = self.run("cem", &freeze).done().json().remove(0);
        let freeze = freeze["proposed"].as_str().unwrap().to_owned();
        self.run("dilek", &["freeze", "confirm", &freeze]).done();
        (case, freeze)
    }

    /// What the officer does in one of the worlds: a report on the case, with a document.
    fn reports(&self, case: &str) -> String {
        let report = self.run("farid", &["report", "draft", "sar", "--case", case, "--json"]).done().json().remove(0);
        let report = report["report"].as_str().unwrap().to_owned();
        let document = self.world.write("statement.txt", "account statement");
        self.run("farid", &["report", "attach", &report, &document]).done();
        report
    }
}

/// The commands that have none below them, as `--help` names them.
fn commands(world: &World) -> Vec<String> {
    let mut open = vec![String::new()];
    let mut leaves = Vec::new();
    while let Some(path) = open.pop() {
        if ELSEWHERE.contains(&path.as_str()) {
            continue;
        }
        let arguments: Vec<&str> = path.split_whitespace().chain(["--help"]).collect();
        let help = world.run(&arguments).done().out;
        let below = help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
        let names: BTreeSet<&str> = below
            .filter(|line| line.starts_with("  ") && !line.starts_with("   "))
            .filter_map(|line| line.split_whitespace().next())
            .filter(|name| *name != "help")
            .collect();
        if names.is_empty() {
            leaves.push(path);
            continue;
        }
        open.extend(names.into_iter().map(|name| format!("{path} {name}").trim().to_owned()));
    }
    leaves.sort();
    leaves
}

/// A text without times, hashes, passwords and the folder of its world.
fn masked(world: &World, text: &str) -> String {
    let text = text.replace(&world.text(""), "FOLDER/").replace(&std::env::temp_dir().display().to_string(), "TMP");
    let mut out = String::new();
    for word in text.split_inclusive(|c: char| !(c.is_alphanumeric() || c == ':' || c == '-')) {
        let (bare, end) =
            word.split_at(word.trim_end_matches(|c: char| !(c.is_alphanumeric() || c == ':' || c == '-')).len());
        let digits = bare.chars().filter(char::is_ascii_digit).count();
        let is_time = digits >= 3 && bare.contains(':');
        let is_number = digits == bare.len() && digits > 9;
        let is_random = bare.len() >= 12 && digits >= 2 && !bare.contains(['-', ':']);
        out.push_str(if is_time || is_number || is_random { "…" } else { bare });
        out.push_str(end);
    }
    out
}

#[test]
fn nobody_else_learns_of_a_report_by_any_command() {
    let (with, without) = (house(), house());
    let (case, freeze) = with.works();
    assert_eq!(without.works(), (case.clone(), freeze.clone()));
    let report = with.reports(&case);
    // Whoever drafts from a case has looked at it; in the other world the officer only looks.
    without.run("farid", &["case", "show", &case]).done();
    let all = commands(&with.world);
    assert!(all.len() > 80, "the walk found {} commands", all.len());
    assert!(all.iter().any(|path| path == "report show") && all.iter().any(|path| path == "case graph"));
    let others = OTHERS.iter().map(|(name, _)| *name).chain(["ayse"]);
    for name in others {
        for path in &all {
            let mut tried: Vec<Vec<&str>> = vec![vec![], vec!["--json"]];
            let group = path.split_whitespace().next().unwrap_or_default();
            match group {
                "report" => tried.extend([vec![report.as_str()], vec![&report, "--reason", "x"], vec!["RP-999999"]]),
                "case" => tried.push(vec![case.as_str()]),
                "freeze" => tried.push(vec![freeze.as_str()]),
                "audit" => tried.extend([
                    vec!["--subject", case.as_str()],
                    vec!["--subject", report.as_str()],
                    vec!["--kind", "report"],
                    vec!["--actor", "farid"],
                ]),
                _ => {}
            }
            for more in tried {
                let arguments: Vec<&str> = path.split_whitespace().chain(more).collect();
                let said = [&with, &without].map(|house| {
                    let said = house.run(name, &arguments);
                    (said.code, masked(&house.world, &said.out), masked(&house.world, &said.err))
                });
                assert_eq!(said[0], said[1], "{name}: mihenk {}", arguments.join(" "));
            }
        }
    }
    // The walk is worth something only if the officer does see it.
    assert!(with.run("farid", &["report", "list"]).done().out.contains(&report));
    assert!(!without.run("farid", &["report", "list"]).done().out.contains(&report));
}
