//! What is restrained at a node: who may do what, time that passes, what is kept.
//!
//! The clock of the desk is set by hand.

use mihenk_node::{
    clock::Ticked,
    freezes::{self, NewPause, Proposal},
    ledger::{
        freezes::{FreezeId, State, Terms, due::What},
        people::Role,
        retention::Rule,
    },
    merging::merges::Lookup,
    retention,
};

use crate::office::{DAY, Office, why};

const HOUR: i64 = 60 * 60 * 1000;

pub(crate) fn terms() -> Terms {
    Terms {
        entity: None,
        also: vec![],
        lists: vec![],
        customer: Some("K-7".to_owned()),
        programme: "court-order".to_owned(),
        authority: "Court of Utopia".to_owned(),
        reference: "2026/1".to_owned(),
        scope: "no payment".to_owned(),
        start: "2026-11-26".parse().unwrap(),
        review: "2027-11-26".parse().unwrap(),
        assets: vec!["account;TR33;Anadolu Bank;10.00 EUR".parse().unwrap()],
        alerts: vec![],
        case: None,
    }
}

/// Cem is an analyst, Dilek analyst and approver, Elif an auditor.
pub(crate) fn office() -> Office {
    let office = Office::open();
    office.add("cem", &[Role::Analyst]);
    office.add("dilek", &[Role::Analyst, Role::Approver]);
    office.add("elif", &[Role::Auditor]);
    office
}

fn proposed(office: &Office, by: &str) -> FreezeId {
    freezes::propose(&office.seat(by), office.folder.path(), &Lookup::default(), terms(), None, why()).unwrap()
}

#[test]
fn analysts_propose_and_approvers_confirm_what_they_did_not_propose() {
    let office = office();
    for name in ["ayse", "elif"] {
        let error =
            freezes::propose(&office.seat(name), office.folder.path(), &Lookup::default(), terms(), None, why())
                .unwrap_err();
        assert!(error.to_string().contains("it takes the role analyst"), "{error}");
    }
    let id = proposed(&office, "dilek");
    let what = Proposal::Freeze(id.clone());
    let own = freezes::confirm(&office.seat("dilek"), &what, None).unwrap_err().to_string();
    assert!(own.contains("proposed by you"), "{own}");
    let analyst = freezes::confirm(&office.seat("cem"), &what, None).unwrap_err().to_string();
    assert!(analyst.contains("it takes the role approver"), "{analyst}");
    // Nor does an analyst decline another's; a viewer of it declines nothing.
    for (name, role) in [("cem", "approver"), ("elif", "approver")] {
        let error = freezes::decline(&office.seat(name), &what, None, why()).unwrap_err().to_string();
        assert!(error.contains(&format!("it takes the role {role}")), "{error}");
    }
    let administrator = freezes::show(&office.seat("ayse"), &id).unwrap_err().to_string();
    assert!(administrator.contains("may not do this"), "{administrator}");
    freezes::decline(&office.seat("dilek"), &what, None, why()).unwrap();

    let id = proposed(&office, "cem");
    freezes::confirm(&office.seat("dilek"), &Proposal::Freeze(id.clone()), None).unwrap();
    assert_eq!(freezes::show(&office.seat("elif"), &id).unwrap().freeze.state, State::InForce);
    let seen = office.events().into_iter().rfind(|event| event.kind == "access.seen").unwrap();
    assert_eq!(seen.subject, id.as_str(), "looking left an event");
}

#[test]
fn a_pause_escalates_when_somebody_looks_at_what_is_due() {
    let office = office();
    let new = NewPause { what: "payment 1".to_owned(), customer: None, entity: None, for_ms: 2 * HOUR };
    let id = freezes::pause(&office.seat("cem"), &new, why()).unwrap();
    office.goes_on(3 * HOUR);
    let due = freezes::due(&office.seat("elif")).unwrap();
    assert_eq!((due[0].what, due[0].is_over, due[0].id.as_str()), (What::DecidePause, true, id.as_str()));
    let last = office.events().into_iter().rfind(|event| event.subject == id.as_str()).unwrap();
    assert_eq!((last.kind.as_str(), last.actor.as_str()), ("freeze.pause-ran-out", "clock"));
    let own = freezes::resume(&office.seat("cem"), &id, None, why()).unwrap_err().to_string();
    assert!(own.contains("somebody other"), "{own}");
    freezes::resume(&office.seat("dilek"), &id, None, why()).unwrap();
}

#[test]
fn what_is_restrained_is_kept_and_what_was_released_is_erased_in_time() {
    let office = office();
    let rule = Rule { part: "freeze".to_owned(), keep_days: 30, purpose: "to answer for what was frozen".to_owned() };
    let proposal = retention::propose(&office.seat("ayse"), rule, why()).unwrap();
    retention::confirm(&office.seat("bahram"), &proposal).unwrap();
    let id = proposed(&office, "cem");
    freezes::confirm(&office.seat("dilek"), &Proposal::Freeze(id.clone()), None).unwrap();
    office.goes_on(40 * DAY);
    let due =
        || retention::show(&office.seat("ayse")).unwrap().1.into_iter().map(|due| due.subject).collect::<Vec<_>>();
    assert!(!due().contains(&id.to_string()), "in force");
    freezes::release(&office.seat("cem"), &id, None, vec![], why()).unwrap();
    freezes::confirm(&office.seat("dilek"), &Proposal::Freeze(id.clone()), None).unwrap();
    office.goes_on(40 * DAY);
    assert!(due().contains(&id.to_string()), "released 40 days ago");
}

#[test]
fn files_of_the_users_own() {
    let office = office();
    let root = office.folder.path();
    std::fs::create_dir(root.join("regimes")).unwrap();
    std::fs::write(root.join("regimes/mine.toml"), "id = 1").unwrap();
    let error = freezes::regimes(root).unwrap_err().to_string();
    assert!(error.contains("mine.toml"), "{error}");
    assert!(freezes::calendar(root, None).unwrap().title.contains("Saturday"));
    assert!(freezes::calendar(root, Some(&root.join("none.toml"))).is_err());
}

#[test]
fn one_look_at_the_clock_records_all_that_ran_out_once() {
    let office = office();
    let new = NewPause { what: "payment 1".to_owned(), customer: None, entity: None, for_ms: 2 * HOUR };
    let pause = freezes::pause(&office.seat("cem"), &new, why()).unwrap();
    let id = proposed(&office, "cem");
    freezes::confirm(&office.seat("dilek"), &Proposal::Freeze(id.clone()), None).unwrap();
    // The first time of a day names the head of the compartment's chain.
    assert_eq!(office.desk.tick().unwrap(), Ticked::default());
    let quiet = office.desk.store().head().unwrap();
    assert_eq!(office.desk.tick().unwrap(), Ticked::default());
    assert_eq!(office.desk.store().head().unwrap(), quiet, "a clock that has nothing to do leaves nothing");
    // The day of review, 2027-11-26, is 365 days away; it is over when it ends.
    office.goes_on(365 * DAY);
    assert_eq!(office.desk.tick().unwrap().ran_out, [pause.to_string()]);
    office.goes_on(DAY);
    let ticked = office.desk.tick().unwrap();
    assert_eq!((ticked.ran_out.as_slice(), ticked.told()), (&[id.to_string()][..], Some(format!("{id} ran out"))));
    let last = office.events().pop().unwrap();
    assert_eq!((last.kind.as_str(), last.actor.as_str()), ("freeze.review-overdue", "clock"));
    assert_eq!(office.desk.tick().unwrap(), Ticked::default(), "once");
    assert_eq!(freezes::show(&office.seat("elif"), &id).unwrap().freeze.state, State::InForce);
    // The next day of review is another one.
    let next = "2028-06-01".parse().unwrap();
    freezes::review(&office.seat("dilek"), &id, None, next, why()).unwrap();
    office.goes_on(365 * DAY);
    assert_eq!(office.desk.tick().unwrap().ran_out, [id.to_string()]);
}
