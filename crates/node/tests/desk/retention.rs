//! How long what is kept, and that what was erased is gone.

use std::fs;

use mihenk_node::{
    ledger::{access, people::Role, retention::Rule},
    permission::Permission,
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
    let files = fs::read_dir(office.folder.path()).unwrap();
    files
        .filter_map(|file| fs::read(file.unwrap().path()).ok())
        .any(|bytes| bytes.windows(text.len()).any(|window| window == text.as_bytes()))
}

#[test]
fn what_is_due_is_erased_everywhere_and_the_chain_still_verifies() {
    let office = office();
    let backup = office.folder.path().join("backup");
    mihenk_node::backup::backup(&office.seat("ayse"), &backup).unwrap();
    office.goes_on(29 * DAY);
    assert!(show(&office.seat("ayse")).unwrap().1.is_empty(), "a day before");
    office.goes_on(2 * DAY);
    assert!(holds(&office, "Karademir"));
    let ran = run(&office.seat("bahram"), &why()).unwrap();
    assert!(ran.erased.iter().any(|due| due.subject == "K-7"));
    assert!(ran.pending.is_empty(), "{:?}", ran.pending);
    assert!(!holds(&office, "Karademir"), "in the store, its log or the backup");
    let verified = office.desk.store().verify(None).unwrap().whole().unwrap();
    assert!(verified.erased >= 1);
    assert!(run(&office.seat("bahram"), &why()).unwrap().erased.iter().all(|due| due.subject != "K-7"));
}

#[test]
fn a_legal_hold_keeps_it_until_it_is_lifted() {
    let office = office();
    hold(&office.seat("ayse"), "K-7", why()).unwrap();
    assert!(hold(&office.seat("ayse"), "K-7", why()).is_err());
    assert!(hold(&office.seat("ayse"), "K-8", why()).is_err(), "nothing is known of it");
    office.goes_on(400 * DAY);
    run(&office.seat("ayse"), &why()).unwrap();
    assert!(holds(&office, "Karademir"));
    lift(&office.seat("bahram"), "K-7", why()).unwrap();
    office.goes_on(400 * DAY);
    run(&office.seat("ayse"), &why()).unwrap();
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
