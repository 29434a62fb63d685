//! The compartment on PostgreSQL: a schema beside the store's, in which each statement of reports runs once.
//!
//! What the rules are is tested on SQLite.

use mihenk_node::{
    audit, intake,
    ledger::{
        attachments::Key,
        intake::{ClockKind, ClockState, Priority, work::NewClock},
        people::{Change, Manner, Role, Scope, keys::Wanted},
        reports::state::Answer,
    },
    people,
    permission::Permission,
    reports,
    store::{Place, Query, StoreError},
};

use crate::{
    intake::{receive, report},
    office::{DAY, Office, START, password, why},
    reports::{drafted, erases_in_time, frozen, peopled, send, set},
    second_factor::{enrolled, enter},
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

#[test]
fn keys_codes_and_subjects_on_postgresql() {
    let place: Place = mihenk_testkit::postgresql::database().parse().unwrap();
    let office = Office::open_at(&place, tempfile::tempdir().unwrap());
    let cem = office.add("cem", &[Role::Viewer]);
    let wanted = Wanted { label: "a program".to_owned(), scopes: vec![Scope::Read], days: 30 };
    let first = people::make_key(&cem, wanted).unwrap();
    let second = people::rotate_key(&cem, &first.key.id, 7).unwrap();
    for secret in [&first.secret, &second.secret] {
        office.desk.seat(secret.clone()).act(Permission::See, |_, _| Ok(())).unwrap();
    }
    assert!(people::own_keys(&cem).unwrap()[0].overlaps_until.is_some());
    people::revoke_key(&cem, &first.key.id, why()).unwrap();
    assert!(office.desk.holder(&second.secret).unwrap().is_none());

    let (device, codes) = enrolled(&office, "cem");
    let pending = office.desk.sign_in("cem", &password("cem")).unwrap();
    assert!(enter(&office, &pending, "000000").is_err());
    office.goes_on(30_000);
    enter(&office, &pending, &device.code(office.desk.now())).unwrap();
    enter(&office, &office.desk.sign_in("cem", &password("cem")).unwrap(), &codes[0]).unwrap();
    assert_eq!(cem.second_factor().unwrap().recovery_codes, 9);

    let user = people::find(&office.seat("ayse"), "cem").unwrap().id;
    let issuer = "https://login.example";
    for change in [
        Change::Tie { user: user.clone(), issuer: issuer.to_owned(), subject: "cem-1".to_owned() },
        Change::RequireSecondFactor { roles: vec![Role::Viewer, Role::Officer] },
        Change::ResetSecondFactor { user },
    ] {
        people::confirm(&office.seat("bahram"), &people::propose(&office.seat("ayse"), change, why()).unwrap())
            .unwrap();
    }
    let signed_in = office.desk.sign_in_at_issuer(issuer, "cem-1", Manner::BROWSER).unwrap();
    assert!(!signed_in.wants_code);
    assert!(office.desk.sign_in_at_issuer(issuer, "cem-2", Manner::BROWSER).is_err());
    office.desk.seat(signed_in.token).sign_out_everywhere().unwrap();
    assert!(cem.user().is_err());
    assert_eq!(office.desk.missing_administrators().unwrap(), 0);
}
