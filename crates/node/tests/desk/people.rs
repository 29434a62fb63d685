//! Users, roles, and the two who are needed.

use mihenk_node::{
    desk::Seat,
    ledger::{
        LedgerError, MIGRATIONS, Reason,
        happening::rebuild,
        people::{Change, Role, Secret},
    },
    people::{confirm, propose, show},
    permission::Permission,
    store::{Place, Store},
};

use crate::office::{DAY, Office, password, why};

fn grant(seat: &Seat<'_>, name: &str, role: Role) -> Change {
    Change::Grant { user: mihenk_node::people::find(seat, name).unwrap().id, role }
}

#[test]
fn the_first_start_is_only_once_and_its_passwords_must_be_changed() {
    let office = Office::open();
    let again = office.desk.first_start(["cem", "dilek"]).unwrap_err().to_string();
    assert!(again.contains("there are users already"), "{again}");
    let change = Change::Add { name: "cem".to_owned(), roles: vec![Role::Viewer] };
    let id = propose(&office.seat("ayse"), change, why()).unwrap();
    let first = confirm(&office.seat("bahram"), &id).unwrap().first_password.unwrap();
    let seat = office.desk.seat(office.desk.sign_in("cem", &first).unwrap().token);
    let refused = seat.act(Permission::See, |_, _| Ok(())).unwrap_err().to_string();
    assert!(refused.contains("choose a password of your own first"), "{refused}");
    let same = seat.choose_password(&first, &first).unwrap_err().to_string();
    assert!(same.contains("is the one until now"), "{same}");
    assert!(seat.choose_password(&first, &Secret::new("short")).is_err());
    seat.choose_password(&first, &password("cem")).unwrap();
    office.seat("cem").act(Permission::See, |_, _| Ok(())).unwrap();
}

#[test]
fn nobody_confirms_what_they_proposed_or_what_is_about_them() {
    let office = Office::open();
    office.add("cem", &[Role::Administrator]);
    let (ayse, bahram) = (office.seat("ayse"), office.seat("bahram"));
    let change = grant(&ayse, "bahram", Role::Auditor);
    let id = propose(&ayse, change, why()).unwrap();
    let own = confirm(&ayse, &id).unwrap_err().to_string();
    assert!(own.contains("was proposed by you"), "{own}");
    let about = confirm(&bahram, &id).unwrap_err().to_string();
    assert!(about.contains("is about you"), "{about}");
    assert_eq!(confirm(&office.seat("cem"), &id).unwrap().user.roles, [Role::Administrator, Role::Auditor]);
    let twice = confirm(&office.seat("cem"), &id).unwrap_err().to_string();
    assert!(twice.contains("there is no proposed change"), "{twice}");
}

#[test]
fn an_administrator_is_neither_analyst_nor_approver() {
    let office = Office::open();
    office.add("cem", &[Role::Analyst]);
    let ayse = office.seat("ayse");
    for (name, role) in [("bahram", Role::Analyst), ("bahram", Role::Approver), ("cem", Role::Administrator)] {
        let refused = propose(&ayse, grant(&ayse, name, role), why()).unwrap_err().to_string();
        assert!(refused.contains("an administrator cannot be"), "{name} {role}: {refused}");
    }
    let both = Change::Add { name: "dilek".to_owned(), roles: vec![Role::Administrator, Role::Approver] };
    assert!(propose(&ayse, both, why()).is_err());
}

#[test]
fn two_administrators_are_always_left() {
    let office = Office::open();
    let ayse = office.seat("ayse");
    let bahram = mihenk_node::people::find(&ayse, "bahram").unwrap().id;
    for change in [Change::Leave { user: bahram.clone() }, Change::Revoke { user: bahram, role: Role::Administrator }] {
        let refused = propose(&ayse, change, why()).unwrap_err().to_string();
        assert!(refused.contains("two administrators have to be left"), "{refused}");
    }
}

#[test]
fn a_role_that_is_gone_counts_no_more_for_who_is_signed_in() {
    let office = Office::open();
    let cem = office.add("cem", &[Role::Analyst, Role::Viewer]);
    cem.act(Permission::WorkAlerts, |_, _| Ok(())).unwrap();
    let ayse = office.seat("ayse");
    let user = mihenk_node::people::find(&ayse, "cem").unwrap().id;
    let id = propose(&ayse, Change::Revoke { user: user.clone(), role: Role::Analyst }, why()).unwrap();
    confirm(&office.seat("bahram"), &id).unwrap();
    let refused = cem.act(Permission::WorkAlerts, |_, _| Ok(())).unwrap_err().to_string();
    assert_eq!(refused, "cem may not do this; it takes the role analyst");
    let id = propose(&ayse, Change::Leave { user }, why()).unwrap();
    confirm(&office.seat("bahram"), &id).unwrap();
    assert!(cem.act(Permission::See, |_, _| Ok(())).is_err());
    assert!(office.desk.sign_in("cem", &password("cem")).is_err());
}

#[test]
fn signing_in_ends_by_itself_and_says_nothing_of_who_there_is() {
    let office = Office::open();
    let ayse = office.seat("ayse");
    office.goes_on(DAY / 2);
    let refused = show(&ayse).unwrap_err().to_string();
    assert!(refused.contains("nobody is signed in"), "{refused}");
    let words = |name: &str| office.desk.sign_in(name, &Secret::new("guess")).unwrap_err().to_string();
    assert_eq!(words("ayse"), words("nobody"));
}

#[test]
fn an_act_that_is_refused_leaves_no_event_and_a_reason_is_never_empty() {
    let office = Office::open();
    let cem = office.add("cem", &[Role::Analyst]);
    let before = office.events().len();
    let change = Change::Add { name: "dilek".to_owned(), roles: vec![Role::Viewer] };
    assert!(propose(&cem, change, why()).is_err());
    let half = cem.act::<()>(Permission::WorkAlerts, |act, who| {
        mihenk_node::ledger::access::seen(act, who, "A-1", "a test")?;
        Err(LedgerError::refused("no"))
    });
    assert!(half.is_err());
    assert_eq!(office.events().len(), before);
    assert!(Reason::new(" \n\t ").is_err());
}

#[test]
fn the_tables_hold_what_the_events_say() {
    let office = Office::open();
    office.add("cem", &[Role::Analyst]);
    let ayse = office.seat("ayse");
    propose(&ayse, grant(&ayse, "cem", Role::Viewer), why()).unwrap();
    let place = Place::Sqlite(office.folder.path().join("anew.sqlite"));
    let anew = Store::open(&place, MIGRATIONS, 0, &mut |_| Ok(())).unwrap();
    for event in office.events() {
        anew.act(|act| rebuild(act, &event)).unwrap();
    }
    for sql in [
        "SELECT * FROM users ORDER BY id",
        "SELECT * FROM roles ORDER BY user_id, role",
        "SELECT * FROM changes_waiting ORDER BY id",
    ] {
        let (then, now) = (Office::table(office.desk.store(), sql), Office::table(&anew, sql));
        assert!(!then.is_empty(), "{sql}");
        assert_eq!(then, now, "{sql}");
    }
}

#[test]
fn secrets_are_not_in_the_chain() {
    let office = Office::open();
    office.add("cem", &[Role::Analyst]);
    for event in office.events() {
        let body = event.content.unwrap().body;
        assert!(!body.contains("argon2") && !body.contains("correct horse"), "{body}");
    }
    assert_eq!(format!("{:?} {:?}", password("cem"), office.token("cem")), "Secret(…) Token(…)");
}
