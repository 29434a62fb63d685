//! Somebody was taken for somebody else: from the complaint to the last correction, and the case on paper, from the command line.
//!
//! Cem is an analyst, Dilek analyst and approver, Elif an auditor; the UN's list is the one that the tests of lists read.

use serde_json::Value;

use crate::{
    office::Office,
    world::{World, tree},
};

const CUSTOMERS: &str =
    "id,kind,name,birth_date,country\nC-1,person,Ali Reza Al-Misal,,\nC-2,person,Bahar Deneme,1980-01-02,TR\n";
const ACCOUNT: &str = "account;TR330006100519786457841326;Anadolu Bank;1250.00 EUR";

/// An office whose customer C-1 is held against the UN's list, with an alert, a case, a freeze in force and a notice of it.
struct Wronged {
    office: Office,
    customer: String,
    alert: String,
    case: String,
    freeze: String,
}

fn text(said: &Value, key: &str) -> String {
    said[key].as_str().unwrap().to_owned()
}

fn wronged() -> Wronged {
    let office = Office::open(World::new());
    let list = tree("testdata/lists/un.xml");
    office.world.run(&["lists", "add", list.to_str().unwrap()]).done();
    let file = office.world.write("customers.csv", CUSTOMERS);
    office.by("cem", &["customers", "add", &file, "--portfolio", "retail"]).done();
    let alerts = office.by("cem", &["alert", "list", "--json"]).done().json().remove(0);
    let alert = &alerts["alerts"][0];
    let (alert, customer, entity) = (text(alert, "id"), text(alert, "customer"), text(alert, "entity"));
    let open = [
        "case",
        "open",
        "Al-Misal",
        "--legal-basis",
        "file 12/345",
        "--purpose",
        "who is it",
        "--alert",
        &alert,
        "--json",
    ];
    let case = text(&office.by("cem", &open).done().json()[0], "case");
    let hold =
        ["freeze", "hold", "--programme", "un-1267", "--entity", &entity, "--customer", &customer, "--case", &case];
    let hold = [
        &hold[..],
        &["--reference", "QDi.901", "--review", "2099-01-01", "--asset", ACCOUNT, "--reason", "same name", "--json"],
    ]
    .concat();
    let freeze = text(&office.by("cem", &hold).done().json()[0], "held");
    office.by("dilek", &["freeze", "confirm", &freeze]).done();
    let notice = ["freeze", "notice", &freeze, "--holder", "Anadolu Bank", "--given-to", "Legal", "--how", "letter"];
    office.by("cem", &notice).done();
    Wronged { office, customer, alert, case, freeze }
}

#[test]
fn from_a_complaint_to_the_last_correction() {
    let Wronged { office, customer, alert, case, freeze } = wronged();
    office.by("cem", &["redress", "open", &customer, "--complaint", "not me"]).refused(&["by what was", &alert]);
    let open = ["redress", "open", &customer, "--complaint", "I am a baker in Izmir", "--freeze", &freeze, "--json"];
    let id = text(&office.by("cem", &open).done().json()[0], "redress");
    let due = office.by("dilek", &["redress", "due"]).done().out;
    assert!(due.contains(&id) && due.contains("nobody has proposed what was found"), "{due}");
    let decide = ["redress", "decide", &id, "wrongly-matched", "--because", "birth-date", "--reason", "born in 1990"];
    office.by("elif", &decide).refused(&["it takes the role analyst"]);
    office.by("dilek", &decide).done();
    office.by("dilek", &["redress", "confirm", &id]).refused(&["was proposed by you"]);
    office.by("dilek", &["redress", "decline", &id, "--reason", "Cem worked on it"]).done();
    office.by("cem", &decide).done();
    let confirmed = office.by("dilek", &["redress", "confirm", &id]).done().out;
    assert!(confirmed.contains(&format!("{alert} cleared")) && confirmed.contains("one recipient"), "{confirmed}");
    let shown = office.by("dilek", &["alert", "show", &alert]).done().out;
    assert!(shown.contains("not the same person, until") && shown.contains("proposed by cem"), "{shown}");
    let frozen = office.by("dilek", &["freeze", "show", &freeze]).done().out;
    assert!(frozen.contains("in-force") && frozen.contains("release all assets, proposed by cem"), "{frozen}");

    office.by("cem", &["redress", "letter", &id]).refused(&["redress.toml", "complain_further"]);
    let own = office.world.path("data").join("redress.toml");
    std::fs::write(own, "complain_further = \"The ombudsman of the banks\"\nhouse = \"Anadolu Bank, Ankara\"\n")
        .unwrap();
    let letter = office.by("cem", &["redress", "letter", &id]).done().out;
    assert!(letter.starts_with("Ali Reza Al-Misal\n"), "{letter}");
    let letter = letter.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(letter.contains("You are not the person on the list."), "{letter}");
    assert!(
        letter.contains("United Nations Security Council") && letter.contains("The ombudsman of the banks"),
        "{letter}"
    );
    for never in [&customer, &alert, &case, &freeze, &id, "unsc-", "QDi", "score", "bits", "report"] {
        assert!(!letter.contains(never), "{never}: {letter}");
    }
    let file = office.world.text("letter.html");
    office.by("cem", &["redress", "letter", &id, "--out", &file]).done();
    office.by("cem", &["redress", "letter", &id, "--out", &file]).refused(&["letter.html"]);
    assert!(office.world.read("letter.html").contains("default-src 'none'"));
    office.by("cem", &["redress", "answered", &id, "--how", "letter"]).done();
    let due = office.by("cem", &["redress", "due"]).done().out;
    assert!(
        due.contains("Anadolu Bank does not know") && due.contains(&freeze) && !due.contains("no letter yet"),
        "{due}"
    );
    office
        .by("cem", &["redress", "corrected", &id, "--to", "Anadolu", "--how", "e-mail"])
        .refused(&["these have: Anadolu Bank"]);
    office.by("cem", &["redress", "corrected", &id, "--to", "Anadolu Bank", "--how", "e-mail"]).done();
    office.by("dilek", &["freeze", "confirm", &freeze]).done();
    let left = office.by("cem", &["redress", "due", "--json"]).done().json();
    assert_eq!(left[0].as_array().unwrap().len(), 0);
    let all = office.by("cem", &["redress", "list", "--all"]).done().out;
    assert!(all.contains("wrongly matched, done"), "{all}");
    let shown = office.by("elif", &["redress", "show", &id]).done().out;
    assert!(shown.contains("Anadolu Bank was told") && shown.contains("correction.html"), "{shown}");
}

#[test]
fn a_case_goes_onto_paper() {
    let Wronged { office, alert, case, freeze, .. } = wronged();
    let file = office.world.text("case.html");
    office.by("elif", &["case", "export", &case, "--out", &file]).done();
    let page = office.world.read("case.html");
    for words in [
        "<h1><bdi>Al-Misal</bdi></h1>",
        "file 12/345",
        &alert,
        &freeze,
        "TR330006100519786457841326",
        "<svg",
        "Exported by <bdi>elif</bdi>",
    ] {
        assert!(page.contains(words), "{words}");
    }
    assert!(page.contains("lang=\"und-Arab\" dir=\"rtl\"") && !page.contains("<script"));
    office.by("elif", &["case", "export", &case, "--out", &file]).refused(&["case.html"]);
    office
        .by("ayse", &["case", "export", &case, "--out", &office.world.text("other.html")])
        .refused(&["ayse may not do this"]);
    let seen = office.by("elif", &["audit", "show", "--kind", "access", "--json"]).done().json();
    assert!(seen.iter().any(|event| event["body"]["request"] == "case export" && event["subject"] == case.as_str()));
}
