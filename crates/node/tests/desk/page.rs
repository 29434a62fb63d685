//! A case as one page: what is in it, that nothing of others is markup in it, and that it is the same whether something was reported or not.
//!
//! The clock of the desk is set by hand.

use mihenk_node::{
    cases, freezes,
    ledger::{
        Reason,
        alerts::AlertId,
        attachments::Key,
        cases::{
            CaseId, PartyKind,
            work::{NewCase, NewParty},
        },
        freezes::Terms,
        people::Role,
    },
    merging::merges::Lookup,
    reports::{self, Draft},
};

use crate::{
    office::{Office, why},
    redress::{alert, person},
};

const HOSTILE: &str = "</title></style><script>alert(1)</script><img src=https://example.org/x> & \u{202E}Örnek";

struct Told {
    office: Office,
    case: CaseId,
    alert: AlertId,
}

/// Cem is an analyst, Dilek approver, Farid reporting officer, Gül viewer.
fn told() -> Told {
    let office = Office::open();
    for (name, role) in
        [("cem", Role::Analyst), ("dilek", Role::Approver), ("farid", Role::Officer), ("gul", Role::Viewer)]
    {
        office.add(name, &[role]);
    }
    let (zerrin, other) = (person(&office, "Zerrin Örnek"), person(&office, "Bahram Nemune"));
    let (alert_id, _) = (alert(&office, &zerrin), alert(&office, &other));
    let cem = office.seat("cem");
    let reason = |text: &str| Reason::new(text).unwrap();
    let new =
        NewCase { title: HOSTILE.to_owned(), legal_basis: reason("order 12/345"), purpose: reason("who is it <b>") };
    let case = cases::open(&cem, new, std::slice::from_ref(&alert_id)).unwrap();
    let party = |name: &str| NewParty {
        kind: PartyKind::Person,
        name: name.to_owned(),
        role: HOSTILE.to_owned(),
        customer: None,
        entity: None,
    };
    let first = cases::add_party(&cem, &case, party("زرین نمونه")).unwrap();
    let second = cases::add_party(&cem, &case, party(HOSTILE)).unwrap();
    cases::link(&cem, &case, (first.as_str(), second.as_str()), (HOSTILE, HOSTILE)).unwrap();
    cases::set_task(&cem, &case, HOSTILE, "2026-12-01".parse().unwrap(), None).unwrap();
    cases::attach(&cem, &case, &Key::generate().unwrap(), "letter <x>.txt", b"what is in it").unwrap();
    cases::note(&cem, &case, reason(HOSTILE)).unwrap();
    let terms = |case: Option<String>, identifier: &str| Terms {
        entity: None,
        lists: vec![],
        also: vec![],
        customer: Some(zerrin.to_string()),
        programme: "court-order".to_owned(),
        authority: "Court of Utopia".to_owned(),
        reference: "2026/1".to_owned(),
        scope: "no payment".to_owned(),
        start: "2026-11-26".parse().unwrap(),
        review: "2027-11-26".parse().unwrap(),
        assets: vec![format!("account;{identifier};Anadolu Bank;10.00 EUR").parse().unwrap()],
        alerts: vec![],
        case,
    };
    let root = office.folder.path();
    freezes::propose(&cem, root, &Lookup::default(), terms(Some(case.to_string()), "TR33"), None, why()).unwrap();
    freezes::propose(&cem, root, &Lookup::default(), terms(None, "TR44"), None, why()).unwrap();
    drop(cem);
    Told { office, case, alert: alert_id }
}

impl Told {
    fn page(&self, by: &str) -> String {
        cases::export(&self.office.seat(by), self.office.folder.path(), &self.case).unwrap()
    }
}

#[test]
fn a_page_has_what_belongs_to_the_case_and_nothing_else() {
    let told = told();
    let page = told.page("gul");
    for wanted in [
        "order 12/345",
        told.alert.as_str(),
        "TR33",
        "court-order",
        "Exported by <bdi>gul</bdi> on 2026-11-26 00:00",
        "90 %",
    ] {
        let wanted = if wanted == "court-order" { "Court of Utopia" } else { wanted };
        assert!(page.contains(wanted), "{wanted}");
    }
    assert!(page.contains("<bdi lang=\"und-Arab\" dir=\"rtl\">زرین نمونه</bdi>"));
    // SHA-256 of "what is in it", by sha256sum.
    assert!(
        page.contains("e622b638981da7028155bd0d32817f480b73249427539f797d4de918f19d50d0")
            && !page.contains("what is in it")
    );
    for other in ["TR44", "Nemune"] {
        assert!(!page.contains(other), "{other}");
    }
    let last = told.office.events();
    let seen = last.iter().rev().find(|event| event.kind == "access.seen").unwrap();
    assert_eq!(seen.subject, told.case.as_str());
    assert!(seen.content.as_ref().unwrap().body.contains("case export"));
    assert!(
        cases::export(&told.office.seat("ayse"), told.office.folder.path(), &told.case).is_err(),
        "an administrator"
    );
}

#[test]
fn nothing_of_others_is_markup_and_nothing_is_fetched() {
    let told = told();
    let page = told.page("cem");
    assert!(page.contains("default-src 'none'; style-src 'unsafe-inline'"));
    for raw in ["<script", "<img", "<b>", "<x>", "</title></style>", "\u{202E}", "javascript:", "@import"] {
        assert!(!page.to_lowercase().contains(raw), "{raw:?}");
    }
    assert!(page.contains("&#60;script&#62;") || page.contains("&lt;script&gt;"), "it is there as text");
    assert!(!page.contains("&amp;lt;") && !page.contains("&amp;#60;"), "escaped once");
    // No tag names an address but that of SVG's namespace.
    let tags = page.split('<').skip(1).map(|rest| rest.split('>').next().unwrap());
    for tag in tags.filter(|tag| tag.contains("://") || tag.contains("src=")) {
        assert!(tag.starts_with("svg xmlns=") && tag.matches("://").count() == 1, "{tag}");
    }
    assert_eq!(page.matches("url(").count(), page.matches("url(#m)").count());
}

#[test]
fn a_page_is_the_same_whether_something_was_reported_or_not() {
    let (with, without) = (told(), told());
    let draft = Draft {
        kind: "str".to_owned(),
        about: Some(with.case.to_string()),
        title: None,
        event_day: Some("2026-11-26".parse().unwrap()),
        follows: None,
    };
    reports::draft(&with.office.seat("farid"), with.office.folder.path(), &draft).unwrap();
    assert_eq!(with.page("gul"), without.page("gul"));
    assert!(!with.page("gul").to_lowercase().contains("report"));
}
