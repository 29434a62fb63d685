//! Reports that a financial intelligence unit receives: read whole or not at all, matched, triaged, with clocks that nobody lets run out by themselves.
//!
//! The clock of the desk is set by hand; people and companies are invented.

use mihenk_node::{
    Model, cases, intake,
    ledger::{
        attachments::Key,
        cases::{
            PartyKind,
            work::{NewCase, NewParty},
        },
        customers::{self, Contents, CustomerId, Party},
        intake::{
            ClockKind, ClockState, Priority, ReceivedId, ReceivedState,
            work::{NewClock, NewDisclosure},
        },
        people::Role,
        reports::goaml::{self, Version},
    },
};

use crate::office::{DAY, Office, START, why};

/// Cem is an analyst, Farid and Gul are reporting officers.
fn office() -> Office {
    let office = Office::open();
    office.add("cem", &[Role::Analyst]);
    office.add("farid", &[Role::Officer]);
    office.add("gul", &[Role::Officer]);
    office
}

fn text(text: &str) -> Option<String> {
    Some(text.to_owned())
}

/// A report on the activity of one person, as a bank would send it.
pub(crate) fn report(reference: &str, first: &str, last: &str) -> goaml::Report {
    let person = goaml::Person {
        first_name: text(first),
        last_name: text(last),
        passport_number: text("U12345678"),
        passport_country: text("TR"),
        ..Default::default()
    };
    let party = goaml::ReportParty {
        person: Some(Box::new(person)),
        reason: text("cash in many small parts"),
        ..Default::default()
    };
    goaml::Report {
        rentity_id: Some(17),
        rentity_branch: text("Ankara"),
        submission_code: text("E"),
        report_code: text("SAR"),
        entity_reference: text(reference),
        submission_date: Some(goaml::DateTime::constant(2026, 11, 25, 9, 0, 0, 0)),
        currency_code_local: text("TRY"),
        reason: text("Deposits that do not fit the customer's trade."),
        action: text("None yet."),
        activity: Some(goaml::Activity { report_parties: vec![party], ..Default::default() }),
        report_indicators: vec!["CASH".to_owned()],
        ..Default::default()
    }
}

fn xml(report: &goaml::Report) -> String {
    goaml::write(report, Version::V5_0_2).unwrap()
}

pub(crate) fn receive(office: &Office, report: &goaml::Report) -> intake::Taken {
    let (text, key) = (xml(report), Key::new(&[7; 32]).unwrap());
    let root = office.folder.path();
    intake::receive(&office.seat("farid"), root, Model::built_in(), &key, ("report.xml", text.as_bytes())).unwrap()
}

fn customer(office: &Office, reference: &str, name: &str) -> CustomerId {
    let properties = [("name".to_owned(), vec![name.to_owned()])].into();
    let party = Party { reference: String::new(), role: String::new(), schema: "Person".to_owned(), properties };
    let contents = Contents::new(0, vec![party]).unwrap();
    office
        .desk
        .act_as("screening", |act, who| customers::put(act, who, ("retail", reference), contents, None, None))
        .unwrap();
    let which = mihenk_node::portfolio::Which { name: reference, portfolio: Some("retail") };
    mihenk_node::portfolio::show(&office.seat("farid"), &which).unwrap().customer.id
}

#[test]
fn a_report_is_matched_with_customers_cases_and_other_reports_in_any_script() {
    let office = office();
    let id = customer(&office, "1", "حسین ذوالفقاری");
    customer(&office, "2", "Marta Kowalczyk");
    let new = NewCase { title: "Deposits".to_owned(), legal_basis: why(), purpose: why() };
    let case = cases::open(&office.seat("cem"), new, &[]).unwrap();
    let party = NewParty {
        kind: PartyKind::Person,
        name: "Hosein Zolfaghari".to_owned(),
        role: "depositor".to_owned(),
        customer: None,
        entity: None,
    };
    cases::add_party(&office.seat("cem"), &case, party).unwrap();
    let first = receive(&office, &report("A-1", "Hossein", "Zolfaqari"));
    let among: Vec<(&str, &str)> =
        first.matches.iter().map(|found| (found.among.as_str(), found.id.as_str())).collect();
    assert!(among.contains(&("customers", id.as_str())) && among.contains(&("cases", case.as_str())), "{among:?}");
    assert_eq!(among.len(), 2);
    // The same passport under another name.
    let second = receive(&office, &report("A-2", "Reza", "Karimi"));
    let found: Vec<&str> = second.matches.iter().map(|found| found.id.as_str()).collect();
    assert_eq!(found, [first.id.as_str()], "the passport is that of the first report");
    assert!(second.matches[0].path.starts_with("report/activity"), "{}", second.matches[0].path);
}

#[test]
fn a_file_is_taken_in_whole_or_not_at_all() {
    let office = office();
    let (text, key) = (xml(&report("A-1", "Reza", "Karimi")), Key::new(&[7; 32]).unwrap());
    let root = office.folder.path();
    let take = |bytes: &[u8]| {
        intake::receive(&office.seat("farid"), root, Model::built_in(), &key, ("report.xml", bytes))
            .map(|taken| taken.id)
            .map_err(|error| error.to_string())
    };
    for cut in (0..text.len()).step_by(text.len() / 50) {
        let error = take(&text.as_bytes()[..cut]).unwrap_err();
        assert!(error.starts_with("report.xml: "), "{error}");
    }
    assert!(intake::list(&office.seat("gul"), true).unwrap().0.is_empty());
    let id = take(text.as_bytes()).unwrap();
    let again = take(text.as_bytes()).unwrap_err();
    assert!(again.contains(&format!("was received before, as {id}")), "{again}");
    // Another version of it under the same reference is taken in, and says so.
    let other = take(xml(&report("A-1", "Reza", "Karimi-Nejad")).as_bytes()).unwrap();
    let lines = intake::show(&office.seat("gul"), &other).unwrap().detail.history;
    assert!(lines.iter().any(|line| line.words.contains(&format!("sent {id} under the same reference A-1"))));
}

#[test]
fn a_report_with_errors_is_taken_in_shows_them_and_can_go_back() {
    let office = office();
    let text = xml(&report("A-1", "Reza", "Karimi")).replace("<report_code>SAR</report_code>", "");
    let (root, key) = (office.folder.path(), Key::new(&[7; 32]).unwrap());
    let taken =
        intake::receive(&office.seat("farid"), root, Model::built_in(), &key, ("r.xml", text.as_bytes())).unwrap();
    assert!(taken.errors > 0);
    let received = intake::give_back(&office.seat("farid"), &taken.id, why()).unwrap();
    assert!(received.errors().any(|finding| finding.path.contains("report_code")));
    let late = intake::triage(&office.seat("farid"), &taken.id, Priority::High, why()).unwrap_err().to_string();
    assert!(late.contains("is returned"), "{late}");
}

#[test]
fn what_is_about_terrorism_comes_first_until_somebody_says_otherwise() {
    let office = office();
    let plain = receive(&office, &report("A-1", "Reza", "Karimi")).id;
    let terror =
        goaml::Report { reason: text("Terrorist financing is suspected."), ..report("A-2", "Marta", "Kowalczyk") };
    let terror = receive(&office, &terror).id;
    let order = |office: &Office| -> Vec<ReceivedId> {
        intake::list(&office.seat("gul"), false).unwrap().0.into_iter().map(|received| received.id).collect()
    };
    assert_eq!(order(&office), [terror.clone(), plain.clone()]);
    intake::triage(&office.seat("farid"), &terror, Priority::Low, why()).unwrap();
    assert_eq!(order(&office), [plain, terror.clone()]);
    intake::rematch(&office.seat("farid"), office.folder.path(), Model::built_in(), &terror).unwrap();
    let shown = intake::show(&office.seat("gul"), &terror).unwrap().detail.received;
    assert_eq!((shown.priority, shown.state), (Priority::Low, ReceivedState::Triaged), "what a person said stays");
}

#[test]
fn an_order_that_runs_out_is_told_and_ends_by_a_person_alone() {
    let office = office();
    let id = receive(&office, &report("A-1", "Reza", "Karimi")).id;
    let farid = office.seat("farid");
    let order = |until| NewClock {
        kind: ClockKind::Postponement,
        whom: "Anadolu Bank".to_owned(),
        what: "transfer 17".to_owned(),
        basis: "the order of 26 November".to_owned(),
        until,
    };
    for (until, why) in [(None, "has an end"), (Some(START), "after now"), (Some(i64::MAX), "within two years")] {
        let error = intake::begin(&farid, &id, &order(until)).unwrap_err().to_string();
        assert!(error.contains(why), "{error}");
    }
    let clock = intake::begin(&farid, &id, &order(Some(START + 3 * DAY))).unwrap();
    let early = intake::close(&farid, &id, why()).unwrap_err().to_string();
    assert!(early.contains("still runs"), "{early}");
    office.goes_on(2 * DAY);
    let farid = office.seat("farid");
    intake::extend(&farid, &clock, START + 5 * DAY, why()).unwrap();
    assert!(intake::extend(&farid, &clock, START + 4 * DAY, why()).is_err(), "shorter is no extension");
    office.goes_on(4 * DAY);
    let farid = office.seat("farid");
    let due = intake::due(&farid).unwrap();
    assert!(due[0].ran_out(office.desk.now()) && due[0].state == ClockState::Running, "nobody ended it");
    assert!(intake::end(&farid, &clock, ClockState::Given, why()).is_err(), "an order is not given");
    intake::end(&farid, &clock, ClockState::Ended, why()).unwrap();
    intake::close(&farid, &id, why()).unwrap();
}

#[test]
fn nothing_is_disclosed_while_a_consent_is_open_or_refused() {
    let office = office();
    let id = receive(&office, &report("A-1", "Reza", "Karimi")).id;
    let farid = office.seat("farid");
    let disclosure = |consent| NewDisclosure {
        whom: "the unit of the neighbour".to_owned(),
        what: why(),
        caveats: "intelligence only".to_owned(),
        is_spontaneous: true,
        consent,
    };
    let asked = NewClock {
        kind: ClockKind::Consent,
        whom: "the unit that sent it".to_owned(),
        what: "passing it on".to_owned(),
        basis: "Egmont principles".to_owned(),
        until: None,
    };
    let consent = intake::begin(&farid, &id, &asked).unwrap();
    let open = intake::disclose(&farid, &id, disclosure(None)).unwrap_err().to_string();
    assert!(open.contains("is not given yet"), "{open}");
    intake::end(&farid, &consent, ClockState::Given, why()).unwrap();
    intake::disclose(&farid, &id, disclosure(Some(consent))).unwrap();
    let second = intake::begin(&farid, &id, &asked).unwrap();
    intake::end(&farid, &second, ClockState::Refused, why()).unwrap();
    let refused = intake::disclose(&farid, &id, disclosure(Some(second))).unwrap_err().to_string();
    assert!(refused.contains("was refused by"), "{refused}");
    assert_eq!(intake::show(&farid, &id).unwrap().detail.disclosures.len(), 1);
}

#[test]
fn a_case_does_not_say_that_a_report_was_joined_to_it() {
    let office = office();
    let new = NewCase { title: "Deposits".to_owned(), legal_basis: why(), purpose: why() };
    let case = cases::open(&office.seat("cem"), new, &[]).unwrap();
    let id = receive(&office, &report("A-1", "Reza", "Karimi")).id;
    let before = cases::timeline(&office.seat("cem"), &case).unwrap().0;
    intake::join(&office.seat("farid"), &id, &case, why()).unwrap();
    assert_eq!(cases::timeline(&office.seat("cem"), &case).unwrap().0, before);
    assert_eq!(intake::show(&office.seat("gul"), &id).unwrap().detail.received.case.as_deref(), Some(case.as_str()));
    let error = intake::show(&office.seat("cem"), &id).unwrap_err().to_string();
    assert!(error.contains("it takes the role officer"), "{error}");
}
