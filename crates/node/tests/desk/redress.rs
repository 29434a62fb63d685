//! Redress at a node: who may do what, and letters that are the same whether something was reported or not.
//!
//! The clock of the desk is set by hand.

use std::{collections::BTreeMap, fs};

use mihenk_node::{
    freezes::{self, Proposal},
    ledger::{
        Reason,
        alerts::{self, AlertId, AlertKind, Basis, Found as Hit, Listing, Observation},
        attachments::Key,
        customers::{self, Contents, CustomerId, Party},
        freezes::{FreezeId, Notice, Terms},
        language::Language,
        people::Role,
        redress::{Found, RedressId, tell::Telling},
        reports::goaml::Version,
    },
    merging::merges::Lookup,
    redress::{self, Complaint},
    reports::{self, Change, Draft},
};

use crate::office::{Office, why};

struct Wronged {
    office: Office,
    customer: CustomerId,
    alert: AlertId,
    freeze: FreezeId,
    redress: RedressId,
}

fn values(pairs: &[(&str, &str)]) -> BTreeMap<String, Vec<String>> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), vec![(*value).to_owned()])).collect()
}

pub(crate) fn person(office: &Office, name: &str) -> CustomerId {
    let own = Party {
        reference: String::new(),
        role: String::new(),
        schema: "Person".to_owned(),
        properties: values(&[("name", name), ("birthDate", "1971-02-03")]),
    };
    let contents = Contents::new(0, vec![own]).unwrap();
    let put =
        office.desk.act_as("screening", |act, who| customers::put(act, who, ("retail", name), contents, None, None));
    put.unwrap().id().clone()
}

pub(crate) fn alert(office: &Office, customer: &CustomerId) -> AlertId {
    let observation = Observation {
        customer: customer.clone(),
        entity: "ofac-8759".to_owned(),
        kind: AlertKind::Sanctions,
        exposure: 0,
        found: Some(Hit {
            score_ten_thousandths: 7_400,
            probability_millionths: 900_000,
            bits_hundredths: 2_150,
            caption: "Zerrin ÖRNEK".to_owned(),
            listings: vec![Listing { dataset: "us_ofac_sdn".into(), version: "v1".into(), reference: "8759".into() }],
            topics: vec!["sanction".to_owned()],
            evidence: serde_json::json!([]),
        }),
        basis: Basis {
            customer: values(&[("name", "Zerrin Örnek"), ("birthDate", "1971-02-03")]),
            listing: values(&[("name", "Zerrin ÖRNEK"), ("birthDate", "1949-07-07")]),
            ..Basis::default()
        },
    };
    office.desk.act_as("screening", |act, who| alerts::observe(act, who, &observation)).unwrap().unwrap()
}

fn frozen(office: &Office, customer: &CustomerId) -> FreezeId {
    let terms = Terms {
        entity: Some("ofac-8759".to_owned()),
        lists: vec!["us_ofac_sdn".to_owned()],
        also: vec![],
        customer: Some(customer.to_string()),
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
    let id =
        freezes::propose(&office.seat("cem"), office.folder.path(), &Lookup::default(), terms, None, why()).unwrap();
    freezes::confirm(&office.seat("dilek"), &Proposal::Freeze(id.clone()), None).unwrap();
    let notice = Notice {
        holder: "Anadolu Bank".to_owned(),
        to: "Legal".to_owned(),
        how: "letter".to_owned(),
        on: "2026-11-26".parse().unwrap(),
    };
    freezes::give_notice(&office.seat("cem"), &id, notice).unwrap();
    id
}

/// Cem is an analyst, Dilek approver, Elif auditor, Farid reporting officer, Gül viewer. Zerrin was taken for somebody else and complains.
fn wronged() -> Wronged {
    let office = Office::open();
    let people = [Role::Analyst, Role::Approver, Role::Auditor, Role::Officer, Role::Viewer];
    for (name, role) in ["cem", "dilek", "elif", "farid", "gul"].into_iter().zip(people) {
        office.add(name, &[role]);
    }
    fs::write(office.folder.path().join("redress.toml"), "complain_further = \"The ombudsman\"\n").unwrap();
    let (customer, other) = (person(&office, "Zerrin Örnek"), person(&office, "Bahram Nemune"));
    let (alert_id, _) = (alert(&office, &customer), alert(&office, &other));
    let freeze = frozen(&office, &customer);
    let id =
        redress::open(&office.seat("cem"), office.folder.path(), complaint(&customer, &alert_id, &freeze)).unwrap();
    Wronged { office, customer, alert: alert_id, freeze, redress: id }
}

fn complaint(customer: &CustomerId, alert: &AlertId, freeze: &FreezeId) -> Complaint {
    Complaint {
        customer: customer.clone(),
        person: None,
        complaint: Reason::new("that is not me").unwrap(),
        alerts: vec![alert.clone()],
        freezes: vec![freeze.clone()],
        compared: vec![],
        received: None,
        due: None,
        owner: None,
    }
}

impl Wronged {
    fn decided(&self, found: Found) {
        let code = (found == Found::WronglyMatched).then_some("birth-date");
        let (office, root) = (&self.office, self.office.folder.path());
        redress::propose(&office.seat("cem"), root, &self.redress, (found, code), why(), None).unwrap();
        redress::confirm(&office.seat("dilek"), root, &self.redress, None).unwrap();
    }

    fn letters(&self) -> Vec<String> {
        let root = self.office.folder.path();
        let letter =
            |to| redress::letter(&self.office.seat("gul"), root, &self.redress, to, Language::English).unwrap();
        [letter(None), letter(Some("Anadolu Bank"))].iter().flat_map(|one| [one.text(), one.html()]).collect()
    }

    /// A report to an authority about the same freeze, drafted and sent.
    fn reported(&self) {
        let (office, root) = (&self.office, self.office.folder.path());
        let draft = Draft {
            kind: "ofac-blocked".to_owned(),
            about: Some(self.freeze.to_string()),
            title: None,
            event_day: None,
            follows: None,
        };
        let farid = office.seat("farid");
        let id = reports::draft(&farid, root, &draft).unwrap();
        let contact = Change::Fields(vec![("contact".to_owned(), "Farid".to_owned())]);
        reports::correct(&farid, root, &id, &contact, why(), None).unwrap();
        reports::send(&farid, root, &id, Version::default(), &Key::generate().unwrap(), (None, "portal")).unwrap();
    }
}

#[test]
fn a_letter_is_the_same_whether_something_was_reported_or_not() {
    let (with, without) = (wronged(), wronged());
    with.reported();
    [&with, &without].iter().for_each(|one| one.decided(Found::WronglyMatched));
    assert_eq!(with.letters(), without.letters());
    for letter in &with.letters()[..2] {
        assert!(letter.contains("Specially Designated Nationals") && letter.contains("The ombudsman"), "{letter}");
        for never in [
            "Nemune",
            "1949",
            "8759",
            "report",
            "0.74",
            "90 %",
            with.customer.as_str(),
            with.alert.as_str(),
            with.freeze.as_str(),
        ] {
            assert!(!letter.contains(never), "{never}: {letter}");
        }
        assert!(!letter.contains(with.redress.as_str()), "{letter}");
    }
    let due = |one: &Wronged| redress::due(&one.office.seat("gul")).unwrap().0;
    assert_eq!(due(&with), due(&without));
}

#[test]
fn analysts_propose_approvers_confirm_and_nobody_else_does_either() {
    let wronged = wronged();
    let (office, root, id) = (&wronged.office, wronged.office.folder.path(), &wronged.redress);
    let what = (Found::CannotBeTold, None);
    let key = Key::generate().unwrap();
    let telling = Telling { how: "letter".to_owned(), on: None, language: Language::English };
    for name in ["ayse", "dilek", "elif", "farid", "gul"] {
        let seat = office.seat(name);
        let before = office.events().len();
        let refused = [
            redress::open(&seat, root, complaint(&wronged.customer, &wronged.alert, &wronged.freeze)).map(drop),
            redress::propose(&seat, root, id, what, why(), None),
            redress::note(&seat, id, why()),
            redress::assign(&seat, id, "cem", why()),
            redress::attach(&seat, id, &key, "a.txt", b"a").map(drop),
            redress::add_recipient(&seat, id, ("x", "y"), why()),
            redress::answered(&seat, root, id, &key, &telling).map(drop),
            redress::corrected(&seat, root, id, &key, "x", &telling).map(drop),
        ];
        for said in refused {
            let said = said.unwrap_err().to_string();
            assert!(said.contains("it takes the role analyst"), "{name}: {said}");
        }
        assert_eq!(office.events().len(), before, "{name} leaves no event");
        assert_eq!(redress::show(&seat, id).is_ok(), name != "ayse", "an administrator sees nobody's data");
    }
    redress::propose(&office.seat("cem"), root, id, what, why(), None).unwrap();
    for name in ["cem", "elif", "farid", "gul"] {
        let said = redress::confirm(&office.seat(name), root, id, None).unwrap_err().to_string();
        assert!(said.contains("it takes the role approver"), "{name}: {said}");
    }
    let said = redress::decline(&office.seat("gul"), id, why(), None).unwrap_err().to_string();
    assert!(said.contains("it takes the role approver"), "{said}");
    redress::decline(&office.seat("cem"), id, why(), None).unwrap();
    redress::propose(&office.seat("cem"), root, id, what, why(), None).unwrap();
    redress::decline(&office.seat("dilek"), id, why(), None).unwrap();
    let said = redress::assign(&office.seat("cem"), id, "dilek", why()).unwrap_err().to_string();
    assert!(said.contains("it takes the role analyst"), "{said}");
}

#[test]
fn whoever_is_analyst_and_approver_does_not_confirm_their_own() {
    let wronged = wronged();
    let (office, root, id) = (&wronged.office, wronged.office.folder.path(), &wronged.redress);
    office.add("hale", &[Role::Analyst, Role::Approver]);
    let seat = office.seat("hale");
    redress::propose(&seat, root, id, (Found::RightlyMatched, None), why(), None).unwrap();
    let said = redress::confirm(&seat, root, id, None).unwrap_err().to_string();
    assert!(said.contains("proposed by you"), "{said}");
}

#[test]
fn reading_leaves_an_event_and_the_clock_of_the_house_counts() {
    let wronged = wronged();
    let (office, id) = (&wronged.office, &wronged.redress);
    let before = office.events().len();
    let shown = redress::show(&office.seat("gul"), id).unwrap();
    // 26 November and 30 days: four to the end of November, 26 more.
    assert_eq!(shown.detail.redress.due, "2026-12-26".parse().unwrap());
    let last = office.events().pop().unwrap();
    assert!(last.kind == "access.seen" && last.subject == id.as_str() && office.events().len() > before);
    fs::write(office.folder.path().join("redress.toml"), "decide_days = 0\n").unwrap();
    let said = redress::house(office.folder.path()).unwrap_err().to_string();
    assert!(said.contains("redress.toml: decide_days = 0"), "{said}");
}
