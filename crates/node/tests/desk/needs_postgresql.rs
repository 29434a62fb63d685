//! The compartment on PostgreSQL: a schema beside the store's, in which each statement of reports runs once.
//!
//! What the rules are is tested on SQLite.

use mihenk_node::{
    audit, intake,
    ledger::{
        attachments::Key,
        intake::{ClockKind, ClockState, Priority, work::NewClock},
        reports::state::Answer,
    },
    reports,
    store::{Place, Query, StoreError},
};

use crate::{
    intake::{receive, report},
    office::{DAY, Office, START, why},
    reports::{drafted, erases_in_time, frozen, peopled, send, set},
};

fn office() -> Office {
    let place: Place = mihenk_testkit::postgresql::database().parse().unwrap();
    peopled(Office::open_at(&place, tempfile::tempdir().unwrap()))
}

#[test]
fn reports_on_postgresql_are_in_a_schema_of_their_own() {
    let office = office();
    office.desk.tick().unwrap();
    let id = drafted(&office, &frozen(&office));
    set(&office, &id, "contact", "Farid");
    send(&office, &id, &Key::generate().unwrap()).unwrap();
    let farid = office.seat("farid");
    let request = reports::asked(&farid, &id, "Q-1", (None, None), why()).unwrap();
    reports::replied(&farid, &request, "a letter", None).unwrap();
    let on = "2026-11-26".parse().unwrap();
    let answer = Answer { is_taken: true, reference: "FAC-1".to_owned(), on, note: String::new() };
    reports::answered(&farid, &id, answer).unwrap();
    assert!(reports::due(&farid, office.folder.path()).unwrap().is_empty());
    let sql = "SELECT count(*) FROM information_schema.tables WHERE table_schema = current_schema() AND table_name LIKE 'report%'";
    let here = office.desk.store().read::<_, StoreError>(|reading| reading.query(sql, &[])).unwrap();
    assert_eq!(here[0].integer(0).unwrap(), 0, "the store has no table of reports");
    assert!(audit::compartment_is_whole(&office.seat("elif")).unwrap());
}

#[test]
fn received_reports_on_postgresql() {
    let office = office();
    let taken = receive(&office, &report("A-1", "Reza", "Karimi"));
    let farid = office.seat("farid");
    intake::triage(&farid, &taken.id, Priority::High, why()).unwrap();
    let order = NewClock {
        kind: ClockKind::Postponement,
        whom: "Anadolu Bank".to_owned(),
        what: "transfer 17".to_owned(),
        basis: "the order of today".to_owned(),
        until: Some(START + DAY),
    };
    let clock = intake::begin(&farid, &taken.id, &order).unwrap();
    intake::extend(&farid, &clock, START + 2 * DAY, why()).unwrap();
    assert_eq!(intake::due(&farid).unwrap()[0].id, clock);
    intake::end(&farid, &clock, ClockState::Ended, why()).unwrap();
    intake::close(&farid, &taken.id, why()).unwrap();
    assert_eq!(intake::list(&farid, true).unwrap().0.len(), 1);
    assert!(intake::show(&farid, &taken.id).unwrap().detail.clocks[0].ended.is_some());
}

#[test]
fn what_is_due_is_erased_on_postgresql_too() {
    erases_in_time(&office());
}
