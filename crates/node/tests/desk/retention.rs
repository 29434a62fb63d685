//! How long what is kept, and that what was erased is gone.
//!
//! The files of the office are searched for what was erased, byte by byte.

use std::{fs, path::Path};

use mihenk_node::{
    Model, Node,
    batch::{Input, Manner},
    ledger::{access, people::Role, retention::Rule},
    permission::Permission,
    portfolio::{self, Add, Bounds, Way, Which},
    retention::{confirm, hold, lift, propose, run, show},
};

use crate::office::{DAY, Office, why};

fn rule(part: &str, keep_days: u32, purpose: &str) -> Rule {
    Rule { part: part.to_owned(), keep_days, purpose: purpose.to_owned() }
}

/// An office where Cem looked at K-7 by a request that names a person, and access is kept for 30 days.
fn office() -> Office {
    let office = Office::open();
    let cem = office.add("cem", &[Role::Analyst]);
    cem.act(Permission::See, |act, who| access::seen(act, who, "K-7", "a look at Zülküf Karademir")).unwrap();
    let id = propose(&office.seat("ayse"), rule("access", 30, "to answer for who looked at what"), why()).unwrap();
    let own = confirm(&office.seat("ayse"), &id).unwrap_err().to_string();
    assert!(own.contains("was proposed by you"), "{own}");
    confirm(&office.seat("bahram"), &id).unwrap();
    office
}

/// Whether any file of the office holds the text.
fn holds(office: &Office, text: &str) -> bool {
    holds_in(office.folder.path(), text)
}

fn holds_in(folder: &Path, text: &str) -> bool {
    fs::read_dir(folder).unwrap().any(|entry| {
        let path = entry.unwrap().path();
        if path.is_dir() {
            return holds_in(&path, text);
        }
        fs::read(path).is_ok_and(|bytes| bytes.windows(text.len()).any(|window| window == text.as_bytes()))
    })
}

#[test]
fn what_is_due_is_erased_everywhere_and_the_chain_still_verifies() {
    let office = office();
    let backup = office.folder.path().join("backup");
    mihenk_node::backup::backup(&office.seat("ayse"), office.folder.path(), &backup).unwrap();
    office.goes_on(29 * DAY);
    assert!(show(&office.seat("ayse")).unwrap().1.is_empty(), "a day before");
    office.goes_on(2 * DAY);
    assert!(holds(&office, "Karademir"));
    let ran = run(&office.seat("bahram"), office.folder.path(), &why()).unwrap();
    assert!(ran.erased.iter().any(|due| due.subject == "K-7"));
    assert!(ran.pending.is_empty(), "{:?}", ran.pending);
    assert!(!holds(&office, "Karademir"), "in the store, its log or the backup");
    let verified = office.desk.store().verify(None).unwrap().whole().unwrap();
    assert!(verified.erased >= 1);
    assert!(
        run(&office.seat("bahram"), office.folder.path(), &why())
            .unwrap()
            .erased
            .iter()
            .all(|due| due.subject != "K-7")
    );
}

#[test]
fn a_legal_hold_keeps_it_until_it_is_lifted() {
    let office = office();
    hold(&office.seat("ayse"), "K-7", why()).unwrap();
    assert!(hold(&office.seat("ayse"), "K-7", why()).is_err());
    assert!(hold(&office.seat("ayse"), "K-8", why()).is_err(), "nothing is known of it");
    office.goes_on(400 * DAY);
    run(&office.seat("ayse"), office.folder.path(), &why()).unwrap();
    assert!(holds(&office, "Karademir"));
    lift(&office.seat("bahram"), "K-7", why()).unwrap();
    office.goes_on(400 * DAY);
    run(&office.seat("ayse"), office.folder.path(), &why()).unwrap();
    assert!(!holds(&office, "Karademir"));
}

#[test]
fn a_rule_names_a_part_a_time_and_a_purpose() {
    let office = Office::open();
    let ayse = office.seat("ayse");
    for (rule, why_not) in [
        (rule("weather", 30, "curiosity"), "nothing is kept under \"weather\""),
        (rule("access", 0, "curiosity"), "0 days are no time"),
        (rule("access", 30, " "), "for what purpose"),
    ] {
        let refused = propose(&ayse, rule, why()).unwrap_err().to_string();
        assert!(refused.contains(why_not), "{refused}");
    }
}

#[test]
fn an_erased_customer_is_in_no_index_of_customers_either() {
    let office = Office::open();
    let cem = office.add("cem", &[Role::Analyst]);
    let id = propose(&office.seat("ayse"), rule("customer", 30, "to answer for whom we served"), why()).unwrap();
    confirm(&office.seat("bahram"), &id).unwrap();
    let root = office.folder.path();
    let list = |name: &str| {
        let vessels = (0..40).map(|number| {
            format!(r#"{{"id":"v-{number}","schema":"Vessel","properties":{{"name":["Blue Anchor {number}"]}}}}"#)
        });
        let person = format!(r#"{{"id":"p-1","schema":"Person","properties":{{"name":["{name}"]}}}}"#);
        let file = root.join("one.jsonl");
        fs::write(&file, vessels.chain([person]).collect::<Vec<_>>().join("\n")).unwrap();
        Node::add_lists(root, &[file], &Model::built_in(), "2026-11-26T00:00:00Z").unwrap();
        portfolio::node(root, Model::built_in()).unwrap()
    };
    let (table, manner) = (
        "id,schema,name\n7,Person,Zuelkuef Karademir\n8,Person,Nevruz Karademir\n9,Person,Ali Example\n",
        Manner::default(),
    );
    let input = Input::read("customers.csv", table.as_bytes(), &manner).unwrap();
    let (portfolio, name) = ("retail", "customers.csv");
    let add = Add {
        portfolio,
        folder: root,
        name,
        manner: &manner,
        is_whole: false,
        rejected: portfolio::Rejects::Nowhere,
        threshold: None,
    };
    portfolio::add(&cem, &list("Nobody Everheard"), input, &add, &mut |_| {}).unwrap();
    // An index of customers is made as soon as there is one of them.
    let bounds = Bounds { loose: 0, few: usize::MAX, customers_an_entity: 1 };
    for name in ["Ali Example", "Another Everheard"] {
        portfolio::screen(&office.desk, root, &list(name), Way::Changes, &bounds, &mut |_| {}).unwrap();
    }
    assert!(holds_in(&root.join("portfolio"), "Zuelkuef"), "as the index is made");
    let which = Which { name: "7", portfolio: Some("retail") };
    portfolio::remove(&cem, &which, None, why()).unwrap();
    office.goes_on(31 * DAY);
    let rests_on = || fs::read_to_string(root.join("references")).unwrap().lines().count();
    assert_eq!(rests_on(), 3, "three versions of the list were screened against");
    let ran = run(&office.seat("bahram"), root, &why()).unwrap();
    assert_eq!(ran.erased.len(), 1, "who has left");
    assert_eq!(rests_on(), 2, "on the first version nothing rests, on the second an alert, and the third is in use");
    assert!(!holds(&office, "Zuelkuef"), "in the store, its log or the index");
    assert!(holds(&office, "Nevruz"));
}
