//! Reports to an authority: drafts, clocks, what was sent; and that nobody else learns of them.
//!
//! The clock of the desk is set by hand.

use mihenk_node::{
    audit,
    freezes::{self, Proposal},
    ledger::{
        attachments::Key,
        audit::Filter,
        day::Day,
        freezes::{FreezeId, Terms},
        people::Role,
        reports::{COMPARTMENT, ReportId, ReportState, goaml::Version, state::Answer},
        retention::Rule,
    },
    merging::merges::Lookup,
    reports::{self, Change, Draft},
    retention,
    store::{Place, Query, Store, StoreError},
};

use crate::office::{DAY, Office, why};

/// Cem is an analyst, Dilek approver, Elif auditor, Farid reporting officer.
fn office() -> Office {
    peopled(Office::open())
}

/// The same people in another office.
pub(crate) fn peopled(office: Office) -> Office {
    office.add("cem", &[Role::Analyst]);
    office.add("dilek", &[Role::Approver]);
    office.add("elif", &[Role::Auditor]);
    office.add("farid", &[Role::Officer]);
    office
}

pub(crate) fn frozen(office: &Office) -> FreezeId {
    let terms = Terms {
        entity: None,
        lists: vec![],
        also: vec![],
        customer: Some("K-7".to_owned()),
        programme: "us-ofac".to_owned(),
        authority: "OFAC".to_owned(),
        reference: "SDGT 1".to_owned(),
        scope: "no payment".to_owned(),
        start: "2026-11-18".parse().unwrap(),
        review: "2027-11-26".parse().unwrap(),
        assets: vec!["account;TR33;Anadolu Bank;10.00 EUR".parse().unwrap()],
        alerts: vec![],
        case: None,
    };
    let terms = Terms { entity: Some("ofac-8759".to_owned()), lists: vec!["us_ofac_sdn".to_owned()], ..terms };
    let root = office.folder.path();
    let id = freezes::propose(&office.seat("cem"), root, &Lookup::default(), terms, None, why()).unwrap();
    freezes::confirm(&office.seat("dilek"), &Proposal::Freeze(id.clone()), None).unwrap();
    id
}

fn draft_of(freeze: &FreezeId) -> Draft {
    Draft {
        kind: "ofac-blocked".to_owned(),
        about: Some(freeze.to_string()),
        title: None,
        event_day: None,
        follows: None,
    }
}

pub(crate) fn drafted(office: &Office, freeze: &FreezeId) -> ReportId {
    reports::draft(&office.seat("farid"), office.folder.path(), &draft_of(freeze)).unwrap()
}

pub(crate) fn send(office: &Office, id: &ReportId, key: &Key) -> Result<(), String> {
    let sent =
        reports::send(&office.seat("farid"), office.folder.path(), id, Version::default(), key, (None, "portal"));
    sent.map(drop).map_err(|error| error.to_string())
}

pub(crate) fn set(office: &Office, id: &ReportId, field: &str, value: &str) {
    let change = Change::Fields(vec![(field.to_owned(), value.to_owned())]);
    reports::correct(&office.seat("farid"), office.folder.path(), id, &change, why(), None).unwrap();
}

#[test]
fn a_freeze_owes_a_report_that_is_due_in_ten_business_days() {
    let office = office();
    let freeze = frozen(&office);
    let root = office.folder.path();
    let due = reports::due(&office.seat("farid"), root).unwrap();
    // Ten business days after 18 November 2026 with Thanksgiving between: 3 December. Counted by hand in the ledger's tests.
    let by: Day = "2026-12-03".parse().unwrap();
    assert_eq!((due[0].kind.as_str(), due[0].id.as_str(), due[0].by), ("ofac-blocked", freeze.as_str(), Some(by)));
    let id = drafted(&office, &freeze);
    let due = reports::due(&office.seat("farid"), root).unwrap();
    assert_eq!((due.len(), due[0].id.as_str(), due[0].is_over), (1, id.as_str(), false), "the draft stands for it");
    office.goes_on(8 * DAY);
    assert!(reports::due(&office.seat("farid"), root).unwrap()[0].is_over, "on 4 December");
}

#[test]
fn a_report_without_a_mandatory_field_is_not_sent_and_what_was_sent_changes_no_more() {
    let office = office();
    let id = drafted(&office, &frozen(&office));
    let key = Key::generate().unwrap();
    let refused = send(&office, &id, &key).unwrap_err();
    assert!(refused.contains("contact: Contact") && !refused.contains("property:"), "{refused}");
    set(&office, &id, "contact", "Farid, +90 312 000 00 00");
    set(&office, &id, "value", "a lot");
    let refused = send(&office, &id, &key).unwrap_err();
    assert!(refused.contains("value: "), "{refused}");
    set(&office, &id, "value", "10.00 EUR");
    send(&office, &id, &key).unwrap();

    let shown = reports::show(&office.seat("farid"), office.folder.path(), &id, Version::default()).unwrap();
    assert_eq!(shown.detail.report.state, ReportState::Sent);
    let sent = shown.detail.report.sent.unwrap();
    let (document, content) = reports::document(&office.seat("farid"), &sent.document, &key).unwrap();
    assert_eq!(document.sha256, sent.sha256);
    let page = String::from_utf8(content).unwrap();
    assert!(page.contains("Farid, +90 312 000 00 00") && page.contains("10.00 EUR"), "{page}");

    let change = Change::Fields(vec![("contact".to_owned(), "another".to_owned())]);
    let late = reports::correct(&office.seat("farid"), office.folder.path(), &id, &change, why(), None);
    assert!(late.unwrap_err().to_string().contains("what was sent is a record"));
    let answer = |is_taken| Answer {
        is_taken,
        reference: "FAC-1".to_owned(),
        on: "2026-11-26".parse().unwrap(),
        note: String::new(),
    };
    reports::answered(&office.seat("farid"), &id, answer(false)).unwrap();
    let due = reports::due(&office.seat("farid"), office.folder.path()).unwrap();
    assert!(due.iter().any(|due| due.id == id.as_str() && due.told.contains("another one has to follow")), "{due:?}");
    let again = Draft { follows: Some(id.clone()), ..draft_of(&shown.detail.report.about.unwrap().parse().unwrap()) };
    let again = reports::draft(&office.seat("farid"), office.folder.path(), &again).unwrap();
    let due = reports::due(&office.seat("farid"), office.folder.path()).unwrap();
    assert!(due.iter().any(|due| due.id == again.as_str()) && !due.iter().any(|due| due.id == id.as_str()), "{due:?}");
}

#[test]
fn a_request_is_due_until_it_is_answered() {
    let office = office();
    let id = drafted(&office, &frozen(&office));
    let farid = office.seat("farid");
    let early = reports::asked(&farid, &id, "Q-1", (None, None), why()).unwrap_err().to_string();
    assert!(early.contains("not sent yet"), "{early}");
    set(&office, &id, "contact", "Farid");
    send(&office, &id, &Key::generate().unwrap()).unwrap();
    let by = Some("2026-12-01".parse().unwrap());
    let request = reports::asked(&farid, &id, "Q-1", (None, by), why()).unwrap();
    let due = |office: &Office| reports::due(&farid, office.folder.path()).unwrap();
    assert!(due(&office).iter().any(|due| due.id == request.as_str() && due.by == by));
    reports::replied(&farid, &request, "letter of 26 November", None).unwrap();
    assert!(!due(&office).iter().any(|due| due.id == request.as_str()));
    let twice = reports::replied(&farid, &request, "letter", None).unwrap_err().to_string();
    assert!(twice.contains("was answered on 2026-11-26"), "{twice}");
}

/// What the store's chain says, without what is random in it.
fn told(office: &Office) -> Vec<String> {
    let events = office.events().into_iter();
    let told = events.map(|event| {
        let body = event.content.as_ref().map_or("", |content| content.body.as_str());
        // The head of the compartment's chain is a hash of random salt: that it is there is the same every day.
        let body = if event.kind == "compartment.head" { "a hash" } else { body };
        format!("{} {} {} {} {body}", event.at, event.actor, event.kind, event.subject)
    });
    told.collect()
}

fn tables(office: &Office) -> Vec<String> {
    let names = Office::table(office.desk.store(), "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name");
    let names = names.iter().map(|name| name.trim_matches(|c: char| !c.is_alphanumeric() && c != '_').to_owned());
    let names = names.map(|name| name.replace("Text(\"", ""));
    // Tokens and salts are random; that there are as many of them follows from the events.
    let secret = ["events", "signed_in", "credentials"];
    names
        .filter(|name| !secret.contains(&name.as_str()) && !name.starts_with("sqlite_"))
        .flat_map(|name| Office::table(office.desk.store(), &format!("SELECT * FROM {name} ORDER BY 1")))
        .collect()
}

#[test]
fn the_store_is_the_same_whether_there_is_a_report_or_not() {
    let (with, without) = (office(), office());
    // As each command does that opens a store to act: the first time of a day names the head of the compartment's chain.
    for office in [&with, &without] {
        office.desk.tick().unwrap();
    }
    let freezes = [frozen(&with), frozen(&without)];
    let id = drafted(&with, &freezes[0]);
    set(&with, &id, "contact", "Farid");
    send(&with, &id, &Key::generate().unwrap()).unwrap();
    // Whoever looks at a freeze leaves a trace, whatever for; in the other office Farid only looks. He signs in as often.
    freezes::show(&without.seat("farid"), &freezes[1]).unwrap();
    for _ in 0..2 {
        without.seat("farid");
    }
    assert_eq!(told(&with), told(&without));
    assert_eq!(tables(&with), tables(&without));
    let all = audit::show(&with.seat("elif"), &Filter { related: true, ..Filter::default() }).unwrap().events;
    assert!(!all.iter().any(|event| event.kind.starts_with("report") || event.subject == id.as_str()));
}

#[test]
fn whoever_is_no_reporting_officer_hears_the_same_of_a_report_that_is_there_and_one_that_is_not() {
    let office = office();
    let id = drafted(&office, &frozen(&office));
    let none: ReportId = "RP-999999".parse().unwrap();
    let root = office.folder.path();
    for name in ["ayse", "cem", "dilek", "elif"] {
        let seat = office.seat(name);
        let asked = |id: &ReportId| reports::show(&seat, root, id, Version::default()).unwrap_err().to_string();
        assert_eq!(asked(&id), asked(&none));
        assert!(asked(&id).contains("it takes the role officer"), "{}", asked(&id));
        assert!(reports::list(&seat).is_err() && reports::due(&seat, root).is_err());
        assert!(reports::draft(&seat, root, &draft_of(&"F-1".parse().unwrap())).is_err());
    }
    let unknown = reports::show(&office.seat("farid"), root, &none, Version::default()).unwrap_err().to_string();
    assert!(unknown.contains("there is no report RP-999999"), "{unknown}");
}

#[test]
fn of_the_reports_about_one_thing_no_other_is_read_and_none_is_said_to_have_been() {
    let office = office();
    let (one, other) = (frozen(&office), frozen(&office));
    let about_one = drafted(&office, &one);
    drafted(&office, &other);
    let found = reports::about(&office.seat("farid"), one.as_str()).unwrap();
    assert_eq!(found.iter().map(|report| &report.id).collect::<Vec<_>>(), [&about_one]);
    assert!(reports::about(&office.seat("farid"), "C-999999").unwrap().is_empty());
    assert!(reports::about(&office.seat("cem"), one.as_str()).is_err());
    let place = Place::Sqlite(office.folder.path().join("store-compartment.sqlite"));
    let compartment = Store::open(&place, COMPARTMENT, crate::office::START, &mut |_| Ok(())).unwrap();
    let events = compartment.events(1, None).unwrap();
    let bodies = events.iter().filter_map(|event| event.content.as_ref()).map(|content| content.body.as_str());
    let seen: Vec<&str> = bodies.filter(|body| body.contains("report about")).collect();
    assert!(seen[0].contains("\"count\":1") && seen[1..].iter().all(|body| body.contains("\"count\":0")), "{seen:?}");
}

#[test]
fn the_compartment_cannot_be_changed_without_the_stores_chain_showing_it() {
    let office = office();
    office.opens_again();
    drafted(&office, &frozen(&office));
    let elif = office.seat("elif");
    assert!(audit::compartment_is_whole(&elif).unwrap());
    let path = office.folder.path().join("store-compartment.sqlite");
    // A chain that is whole but another: all of it made anew.
    drop(elif);
    let Office { desk, folder, .. } = office;
    drop(desk);
    std::fs::remove_file(&path).unwrap();
    let place = mihenk_node::store::Place::Sqlite(folder.path().join("store.sqlite"));
    let desk = mihenk_node::desk::Desk::open(&place, folder.path(), Box::new(|| crate::office::START)).unwrap();
    let token = desk.sign_in("elif", &crate::office::password("elif")).unwrap().token;
    assert!(!audit::compartment_is_whole(&desk.seat(token)).unwrap());
}

#[test]
fn one_head_a_day_whatever_happened() {
    let office = office();
    let freeze = frozen(&office);
    let heads = |office: &Office| {
        let sql = "SELECT count(*) FROM events WHERE kind = 'compartment.head'";
        let rows = office.desk.store().read::<_, StoreError>(|reading| reading.query(sql, &[])).unwrap();
        rows[0].integer(0).unwrap()
    };
    assert_eq!(heads(&office), 0, "the store was empty when it was opened");
    office.opens_again();
    assert_eq!(heads(&office), 1);
    drafted(&office, &freeze);
    office.opens_again();
    assert_eq!(heads(&office), 1);
    office.goes_on(DAY);
    office.opens_again();
    assert_eq!(heads(&office), 2);
}

/// Reports that were sent long ago are erased with what belongs to them, and the compartment's chain is still what the store's names.
pub(crate) fn erases_in_time(office: &Office) {
    let rule = Rule { part: "report".to_owned(), keep_days: 30, purpose: "to answer for what was reported".to_owned() };
    let proposal = retention::propose(&office.seat("ayse"), rule, why()).unwrap();
    retention::confirm(&office.seat("bahram"), &proposal).unwrap();
    let freeze = frozen(office);
    let (draft, sent) = (drafted(office, &freeze), drafted(office, &freeze));
    set(office, &sent, "contact", "Farid");
    send(office, &sent, &Key::generate().unwrap()).unwrap();
    office.goes_on(40 * DAY);
    office.desk.tick().unwrap();
    let told = retention::run(&office.seat("ayse"), office.folder.path(), &why()).unwrap();
    assert!(told.erased.is_empty(), "of the compartment nothing is told: {:?}", told.erased);
    let left: Vec<ReportId> =
        reports::list(&office.seat("farid")).unwrap().into_iter().map(|report| report.id).collect();
    assert_eq!(left, [draft], "a draft is never due");
    assert!(audit::compartment_is_whole(&office.seat("elif")).unwrap());
}

#[test]
fn what_is_due_in_the_compartment_is_erased_and_nobody_is_told() {
    erases_in_time(&office());
}
