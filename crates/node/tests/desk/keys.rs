//! Keys of the API and services: a key never does more than its owner, and a service's takes two.
//!
//! In come acts through the seats of people and of keys, out come what is done and what is refused.

use mihenk_node::{
    NodeError, audit, cases,
    desk::Seat,
    ledger::{
        MIGRATIONS,
        audit::Filter,
        cases::work::NewCase,
        happening::rebuild,
        people::{Change, NewKey, Role, Scope, Secret, Token, keys::Wanted},
    },
    people::{self, confirm, propose},
    permission::Permission,
    store::{Place, Store},
};

use crate::office::{DAY, Office, why};

fn wanted(scopes: &[Scope]) -> Wanted {
    Wanted { label: "a program".to_owned(), scopes: scopes.to_vec(), days: 90 }
}

fn may(seat: &Seat<'_>, permission: Permission) -> Result<(), NodeError> {
    seat.act(permission, |_, _| Ok(()))
}

fn service(office: &Office, roles: &[Role], scopes: &[Scope]) -> NewKey {
    let (ayse, bahram) = (office.seat("ayse"), office.seat("bahram"));
    let add = Change::AddService { name: "core-banking".to_owned(), roles: roles.to_vec() };
    let service = confirm(&bahram, &propose(&ayse, add, why()).unwrap()).unwrap();
    assert!(service.user.is_service && service.first_password.is_none());
    let make = Change::MakeKey { user: service.user.id, wanted: wanted(scopes) };
    confirm(&bahram, &propose(&ayse, make, why()).unwrap()).unwrap().key.unwrap()
}

#[test]
fn a_key_does_what_its_owner_may_and_its_scopes_name() {
    let office = Office::open();
    let cem = office.add("cem", &[Role::Analyst, Role::Approver]);
    let key = people::make_key(&cem, wanted(&[Scope::Read])).unwrap();
    assert!(key.secret.reveal().starts_with("mihenk_") && key.secret.reveal().len() == 7 + 64);
    let by_key = office.desk.seat(key.secret);
    may(&by_key, Permission::See).unwrap();
    may(&by_key, Permission::Screen).unwrap();
    let refused = may(&by_key, Permission::WorkAlerts).unwrap_err().to_string();
    assert_eq!(refused, "this key may not do this; it is for read");

    // What takes a person takes one, whatever the key is for; and a role that the owner does not have no key gives.
    let all = office.desk.seat(people::make_key(&cem, wanted(&Scope::ALL)).unwrap().secret);
    may(&all, Permission::WorkAlerts).unwrap();
    for permission in
        [Permission::ConfirmRestraint, Permission::ReviewQuality, Permission::Report, Permission::ManagePeople]
    {
        assert!(matches!(may(&all, permission), Err(NodeError::NotByKey)), "{permission:?}");
    }
    assert!(matches!(may(&all, Permission::Audit), Err(NodeError::NotAllowed { .. })));
    assert!(matches!(people::make_key(&all, wanted(&[Scope::Screen])), Err(NodeError::NotByKey)));
    assert!(matches!(all.sign_out_everywhere(), Err(NodeError::NotByKey)));
    let chosen = all.choose_password(&Secret::new("a guess"), &Secret::new("a long new password"));
    assert!(matches!(chosen, Err(NodeError::NotByKey)), "it learns nothing of the password");

    // The owner's role goes, and what the key may with it.
    let ayse = office.seat("ayse");
    let user = people::find(&ayse, "cem").unwrap().id;
    let id = propose(&ayse, Change::Revoke { user: user.clone(), role: Role::Analyst }, why()).unwrap();
    confirm(&office.seat("bahram"), &id).unwrap();
    assert!(matches!(may(&all, Permission::WorkAlerts), Err(NodeError::NotAllowed { .. })));
    let id = propose(&ayse, Change::Leave { user }, why()).unwrap();
    confirm(&office.seat("bahram"), &id).unwrap();
    assert!(matches!(may(&all, Permission::See), Err(NodeError::NotSignedIn)));
}

#[test]
fn a_key_ends_is_rotated_and_is_revoked_at_once() {
    let office = Office::open();
    let cem = office.add("cem", &[Role::Viewer]);
    let first = people::make_key(&cem, wanted(&[Scope::Screen])).unwrap();
    let works = |token: &Token| may(&office.desk.seat(token.clone()), Permission::Screen).is_ok();
    assert!(works(&first.secret) && !works(&Token::new("mihenk_00")) && !works(&Token::new("")));
    assert!(people::own_keys(&cem).unwrap()[0].used_at.is_some());

    let second = people::rotate_key(&office.seat("cem"), &first.key.id, 7).unwrap();
    assert!(works(&first.secret) && works(&second.secret) && first.key.id == second.key.id);
    office.goes_on(7 * DAY);
    assert!(!works(&first.secret) && works(&second.secret));
    let third = people::rotate_key(&office.seat("cem"), &first.key.id, 0).unwrap();
    assert!(!works(&second.secret) && works(&third.secret));
    assert!(people::rotate_key(&office.seat("cem"), &first.key.id, 31).is_err());

    people::revoke_key(&office.seat("cem"), &first.key.id, why()).unwrap();
    assert!(!works(&third.secret));
    let again = people::revoke_key(&office.seat("cem"), &first.key.id, why()).unwrap_err().to_string();
    assert!(again.contains("is revoked already"), "{again}");

    let other = people::make_key(&office.seat("cem"), wanted(&[Scope::Screen])).unwrap();
    office.goes_on(90 * DAY - 1);
    assert!(works(&other.secret));
    office.goes_on(1);
    assert!(!works(&other.secret));
    for bad in [0, 367] {
        assert!(people::make_key(&office.seat("cem"), Wanted { days: bad, ..wanted(&[Scope::Read]) }).is_err());
    }
    assert!(people::make_key(&office.seat("cem"), wanted(&[])).is_err());
}

#[test]
fn anothers_key_is_not_there_but_for_administrators() {
    let office = Office::open();
    let (cem, dilek) = (office.add("cem", &[Role::Viewer]), office.add("dilek", &[Role::Viewer]));
    let key = people::make_key(&cem, wanted(&[Scope::Screen])).unwrap();
    assert!(people::own_keys(&dilek).unwrap().is_empty());
    assert!(people::rotate_key(&dilek, &key.key.id, 1).unwrap_err().to_string().contains("there is no key of yours"));
    assert!(matches!(people::revoke_key(&dilek, &key.key.id, why()), Err(NodeError::NotAllowed { .. })));
    assert_eq!(people::all_keys(&office.seat("ayse")).unwrap(), people::own_keys(&cem).unwrap());
    people::revoke_key(&office.seat("bahram"), &key.key.id, why()).unwrap();
    assert!(may(&office.desk.seat(key.secret), Permission::Screen).is_err());
}

#[test]
fn a_service_comes_by_keys_alone_and_each_takes_two() {
    let office = Office::open();
    let (ayse, bahram) = (office.seat("ayse"), office.seat("bahram"));
    for role in [Role::Approver, Role::Officer, Role::Administrator] {
        let add = Change::AddService { name: "x".to_owned(), roles: vec![role] };
        let refused = propose(&ayse, add, why()).unwrap_err().to_string();
        assert!(refused.contains("takes a person"), "{refused}");
    }
    let key = service(&office, &[Role::Analyst], &[Scope::Customers]);
    let seat = office.desk.seat(key.secret.clone());
    may(&seat, Permission::KeepCustomers).unwrap();
    assert!(may(&seat, Permission::WorkAlerts).is_err());
    assert!(office.desk.sign_in("core-banking", &Secret::new("")).is_err());
    let user = key.key.user.clone();
    for change in [
        Change::Reset { user: user.clone() },
        Change::Grant { user: user.clone(), role: Role::Approver },
        Change::MakeKey { user: user.clone(), wanted: wanted(&[Scope::Work]) },
        Change::MakeKey { user: people::find(&ayse, "bahram").unwrap().id, wanted: wanted(&[Scope::Read]) },
        Change::Tie { user, issuer: "https://login.example".to_owned(), subject: "x".to_owned() },
    ] {
        assert!(propose(&ayse, change.clone(), why()).is_err(), "{change:?}");
    }
    assert!(people::rotate_key(&ayse, &key.key.id, 1).is_err(), "one alone cannot");
    let rotate = propose(&ayse, Change::RotateKey { key: key.key.id, overlap_days: 1 }, why()).unwrap();
    assert!(confirm(&ayse, &rotate).is_err());
    let next = confirm(&bahram, &rotate).unwrap().key.unwrap();
    may(&office.desk.seat(next.secret), Permission::KeepCustomers).unwrap();
    may(&seat, Permission::KeepCustomers).unwrap();
}

#[test]
fn what_is_done_by_a_key_says_so_and_is_its_owners_act() {
    let office = Office::open();
    let cem = office.add("cem", &[Role::Analyst]);
    let elif = office.add("elif", &[Role::Auditor]);
    let key = people::make_key(&cem, wanted(&[Scope::Work])).unwrap();
    let by_key = office.desk.seat(key.secret.clone());
    let new = |title: &str| NewCase { title: title.to_owned(), legal_basis: why(), purpose: why() };
    let opened = cases::open(&by_key, new("by a program"), &[]).unwrap();
    let own = cases::open(&cem, new("in person"), &[]).unwrap();
    cases::note(&by_key, &opened, why()).unwrap();

    let of = |subject: &str| {
        audit::show(&elif, &Filter { subject: Some(subject.to_owned()), related: true, ..Filter::default() }).unwrap()
    };
    let (by_program, in_person) = (of(opened.as_str()), of(own.as_str()));
    let id = key.key.id.to_string();
    assert!(by_program.events.len() >= 2);
    for event in by_program.events.iter().filter(|event| !event.kind.starts_with("access.")) {
        assert_eq!((event.name.as_deref(), event.key.as_ref()), (Some("cem"), Some(&id)), "{event:?}");
        assert!(event.body.as_ref().unwrap().get("by_key").is_none(), "what it says is what it would say in person");
    }
    assert!(in_person.events.iter().all(|event| event.key.is_none()));
    // Whoever asks what became of a key is told what was done by it.
    assert!(of(&id).events.iter().any(|event| event.subject == opened.as_str()));
    // Tables follow from the events as from any others.
    let place = Place::Sqlite(office.folder.path().join("anew.sqlite"));
    let anew = Store::open(&place, MIGRATIONS, 0, &mut |_| Ok(())).unwrap();
    for event in office.events() {
        anew.act(|act| rebuild(act, &event)).unwrap();
        assert!(!event.content.unwrap().body.contains(key.secret.reveal()));
    }
    let sql = "SELECT * FROM cases ORDER BY 1";
    let (then, now) = (Office::table(office.desk.store(), sql), Office::table(&anew, sql));
    assert!(then.len() == 2 && then == now, "{then:?} {now:?}");
}

#[test]
fn tables_of_keys_hold_what_the_events_say_and_the_chain_no_secret() {
    let office = Office::open();
    let cem = office.add("cem", &[Role::Viewer]);
    let own = people::make_key(&cem, wanted(&[Scope::Screen, Scope::Read, Scope::Screen])).unwrap();
    people::revoke_key(&cem, &own.key.id, why()).unwrap();
    let of_service = service(&office, &[Role::Viewer], &[Scope::Screen]);
    let (ayse, user) = (office.seat("ayse"), people::find(&office.seat("ayse"), "cem").unwrap().id);
    for change in [
        Change::Tie { user, issuer: "https://login.example".to_owned(), subject: "cem-1".to_owned() },
        Change::RequireSecondFactor { roles: vec![Role::Auditor] },
    ] {
        confirm(&office.seat("bahram"), &propose(&ayse, change, why()).unwrap()).unwrap();
    }
    let place = Place::Sqlite(office.folder.path().join("anew.sqlite"));
    let anew = Store::open(&place, MIGRATIONS, 0, &mut |_| Ok(())).unwrap();
    for event in office.events() {
        anew.act(|act| rebuild(act, &event)).unwrap();
        let body = event.content.unwrap().body;
        assert!(!body.contains(own.secret.reveal()) && !body.contains(of_service.secret.reveal()), "{body}");
    }
    for sql in ["users", "api_keys", "subjects", "second_factor_roles"] {
        let sql = format!("SELECT * FROM {sql} ORDER BY 1");
        let (then, now) = (Office::table(office.desk.store(), &sql), Office::table(&anew, &sql));
        assert!(!then.is_empty() && then == now, "{sql}: {then:?} {now:?}");
    }
}
