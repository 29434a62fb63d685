//! Who is one by decision, where there is a ledger: recorded with the person, in backups, and back with them.
//!
//! The file in the data folder is what screening reads; it has to say what the ledger says, whatever happened to either.

use std::fs;

use mihenk_node::{
    Model, Node, backup,
    folder::Folder,
    ledger::people::Role,
    merging::{
        acts::{Act, Deciding, Session},
        decisions::{Decision, Decisions, Said},
        ledger::{decide, reconcile},
    },
    store::Place,
};
use serde_json::json;

use crate::office::Office;

const NOW: &str = "2026-11-26T00:00:00Z";

/// An office with two lists that may have the same three people, and Cem, who is an analyst.
fn office() -> Office {
    let office = Office::open();
    office.add("cem", &[Role::Analyst]);
    for list in ["one", "two"] {
        let person = |number: usize| {
            let name = ["Zerrin Örnek", "Hossein Zolfaqari", "Bahram Tavakoli"][number];
            json!({ "id": format!("{list}-{number}"), "schema": "Person", "properties": { "name": [name] } })
                .to_string()
        };
        let file = office.folder.path().join(format!("{list}.jsonl"));
        fs::write(&file, (0..3).map(person).collect::<Vec<_>>().join("\n")).unwrap();
        Node::add_lists(office.folder.path(), &[file], &Model::built_in(), NOW).unwrap();
    }
    office
}

fn session(office: &Office) -> Session {
    Session::open(office.folder.path(), Model::built_in()).unwrap()
}

fn same<'a>(a: &'a str, b: &'a str) -> Deciding<'a> {
    Deciding { act: Act::Accept, a, b, reason: "the same passport", by: "somebody" }
}

fn file(office: &Office) -> Vec<Decision> {
    let decisions = Decisions::read(&Folder::new(office.folder.path().to_owned())).unwrap();
    decisions.that_hold().into_values().cloned().collect()
}

fn kinds(office: &Office) -> Vec<(String, String)> {
    let events = office.events().into_iter().filter(|event| event.kind.starts_with("merging."));
    events.map(|event| (event.kind, event.actor)).collect()
}

#[test]
fn a_decision_is_an_event_by_whoever_signed_in_and_a_line() {
    let office = office();
    let cem = office.seat("cem").user().unwrap().id.to_string();
    let refused = decide(&office.seat("ayse"), &mut session(&office), &same("one-0", "two-0"), NOW).unwrap_err();
    assert!(refused.to_string().contains("it takes the role analyst"), "{refused}");
    assert_eq!((file(&office).len(), kinds(&office).len()), (0, 0), "neither the one nor the other");
    decide(&office.seat("cem"), &mut session(&office), &same("one-0", "two-0"), NOW).unwrap();
    assert_eq!(kinds(&office), [("merging.decided".to_owned(), cem)]);
    let line = &file(&office)[0];
    assert_eq!((line.by.as_str(), line.said, line.names.0.as_str()), ("cem", Said::Same, "Zerrin Örnek"));
    assert_eq!(reconcile(&office.desk, office.folder.path()).unwrap(), 0);
}

#[test]
fn the_ledger_takes_over_what_the_file_alone_has_and_mends_the_file() {
    let office = office();
    // Before anybody signed in.
    session(&office).decide(&Deciding { by: "Jale", ..same("one-0", "two-0") }, NOW).unwrap();
    assert_eq!(reconcile(&office.desk, office.folder.path()).unwrap(), 1);
    assert_eq!(reconcile(&office.desk, office.folder.path()).unwrap(), 0, "once");
    assert_eq!(kinds(&office), [("merging.taken-over".to_owned(), "folder".to_owned())]);
    decide(&office.seat("cem"), &mut session(&office), &same("one-1", "two-1"), NOW).unwrap();
    // As after a crash between the event and the line, and as after the file was lost.
    let path = office.folder.path().join("decisions.jsonl");
    let whole = fs::read_to_string(&path).unwrap();
    assert_eq!(whole.lines().count(), 2);
    fs::write(&path, format!("{}\n", whole.lines().next().unwrap())).unwrap();
    assert_eq!(reconcile(&office.desk, office.folder.path()).unwrap(), 0);
    assert_eq!(fs::read_to_string(&path).unwrap(), whole);
    fs::remove_file(&path).unwrap();
    reconcile(&office.desk, office.folder.path()).unwrap();
    assert_eq!(fs::read_to_string(&path).unwrap(), whole);
    assert_eq!(file(&office).iter().map(|line| line.by.as_str()).collect::<Vec<_>>(), ["Jale", "cem"]);
}

#[test]
fn decisions_come_back_with_a_backup() {
    let office = office();
    session(&office).decide(&Deciding { by: "Jale", ..same("one-0", "two-0") }, NOW).unwrap();
    decide(&office.seat("cem"), &mut session(&office), &same("one-1", "two-1"), NOW).unwrap();
    let (root, copy) = (office.folder.path(), office.folder.path().join("copy"));
    backup::backup(&office.seat("ayse"), root, &copy).unwrap();
    // On another machine, where the folder has a decision of its own.
    let other = tempfile::tempdir().unwrap();
    let lost =
        fs::read_to_string(root.join("decisions.jsonl")).unwrap().lines().next().unwrap().replace("one-0", "one-2");
    fs::write(other.path().join("decisions.jsonl"), &lost).unwrap();
    let asked = backup::Asked {
        from: copy,
        to: Place::Sqlite(other.path().join("store.sqlite")),
        folder: other.path().to_owned(),
        replace: false,
        backups: other.path().join("backups"),
        at: crate::office::START,
    };
    let back = backup::put_back(&asked, None).unwrap();
    let text = |path: &std::path::Path| fs::read_to_string(path).unwrap();
    assert_eq!(text(&other.path().join("decisions.jsonl")), text(&root.join("decisions.jsonl")));
    assert_eq!(text(std::path::Path::new(&back.decisions.unwrap())), lost, "nothing is lost in silence");
}

#[test]
fn the_table_follows_from_the_events() {
    let office = office();
    session(&office).decide(&same("one-0", "two-0"), NOW).unwrap();
    reconcile(&office.desk, office.folder.path()).unwrap();
    decide(&office.seat("cem"), &mut session(&office), &Deciding { act: Act::Undo, ..same("one-0", "two-0") }, NOW)
        .unwrap();
    let again = office.folder.path().join("again.sqlite");
    let again =
        mihenk_node::store::Store::open(&Place::Sqlite(again), mihenk_node::ledger::MIGRATIONS, 0, &mut |_| Ok(()))
            .unwrap();
    let rebuild = |act: &mut mihenk_node::store::Act<'_>| {
        office.events().iter().try_for_each(|event| mihenk_node::ledger::happening::rebuild(act, event))
    };
    again.act(rebuild).unwrap();
    let rows = |store| Office::table(store, "SELECT * FROM merging_decisions ORDER BY seq");
    assert_eq!(rows(&again).len(), 2);
    assert_eq!(rows(&again), rows(office.desk.store()));
}

#[test]
fn who_decides_otherwise_comes_behind_what_the_file_alone_had() {
    let office = office();
    session(&office).decide(&Deciding { by: "Jale", ..same("one-0", "two-0") }, NOW).unwrap();
    let other = Deciding { act: Act::Reject, ..same("one-0", "two-0") };
    decide(&office.seat("cem"), &mut session(&office), &other, NOW).unwrap();
    reconcile(&office.desk, office.folder.path()).unwrap();
    let said: Vec<(Said, String)> = file(&office).into_iter().map(|line| (line.said, line.by)).collect();
    assert_eq!(said, [(Said::Different, "cem".to_owned())], "the last decision of a pair holds");
}
