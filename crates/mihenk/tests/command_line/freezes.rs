//! Assets are held, frozen, exempt and released from the command line, by two people each time.
//!
//! Cem is an analyst, Dilek analyst and approver, Elif an auditor; the UN's list is the one that the tests of lists read.

use serde_json::Value;

use crate::{
    office::Office,
    world::{World, tree},
};

const ACCOUNT: &str = "account;TR330006100519786457841326;Anadolu Bank;1250.00 EUR";

/// An office with the UN's list as the tests write it: unsc-9900001 is on it.
fn office() -> Office {
    let office = Office::open(World::new());
    let list = tree("testdata/lists/un.xml");
    office.world.run(&["lists", "add", list.to_str().unwrap()]).done();
    office
}

fn begin<'a>(verb: &'a str, programme: &'a str, rest: &[&'a str]) -> Vec<&'a str> {
    let fixed = ["freeze", verb, "--programme", programme, "--entity", "unsc-9900001", "--customer", "K-7"];
    let more = ["--reference", "QDi.901", "--review", "2099-01-01", "--reason", "same passport"];
    [&fixed[..], &more[..], rest].concat()
}

fn id(said: &[Value], key: &str) -> String {
    said[0][key].as_str().unwrap().to_owned()
}

/// A hold by Cem, which Dilek confirmed.
fn frozen(office: &Office) -> String {
    let held = office.by("cem", &begin("hold", "un-1267", &["--asset", ACCOUNT, "--json"])).done().json();
    let id = id(&held, "held");
    office.by("dilek", &["freeze", "confirm", &id]).done();
    id
}

#[test]
fn from_a_hold_to_a_release() {
    let office = office();
    let held = office.by("cem", &begin("hold", "un-1267", &["--asset", ACCOUNT])).done().out;
    assert!(held.contains("another person confirms it within 24 hours"), "{held}");
    let id = held.split(' ').next().unwrap().to_owned();
    office.by("cem", &["freeze", "confirm", &id]).refused(&["it takes the role approver"]);
    let due = office.by("dilek", &["freeze", "due"]).done().out;
    assert!(due.contains("held by cem since") && due.contains("no notice to Anadolu Bank"), "{due}");
    let confirmed = office.by("dilek", &["freeze", "confirm", &id]).done().out;
    assert_eq!(confirmed, format!("{id} is in-force; 1 asset restrained, review on 2099-01-01\n"));
    office.by("dilek", &["freeze", "confirm", &id]).refused(&["nothing of", "confirmed by"]);

    let shown = office.by("elif", &["freeze", "show", &id]).done().out;
    for words in ["UN: ISIL (Da'esh) and Al-Qaida", "unsc-9900001 on un_sc_sanctions", "1250.00 EUR", "dilek on 20"] {
        assert!(shown.contains(words), "{shown}");
    }
    let letter = office.by("cem", &["freeze", "notice", &id]).done().out;
    assert!(letter.starts_with("Anadolu Bank\n") && letter.contains("[this text was not verified]"), "{letter}");
    let html = office.by("cem", &["freeze", "notice", &id, "--html"]).done().out;
    assert!(html.starts_with("<!DOCTYPE html>") && html.contains("<dd>1250.00 EUR</dd>"), "{html}");
    let given = ["freeze", "notice", &id, "--holder", "Anadolu Bank", "--given-to", "legal desk", "--how", "letter"];
    office.by("cem", &given).done();

    office.by("dilek", &["freeze", "release", &id, "--reason", "namesake"]).done();
    office.by("dilek", &["freeze", "confirm", &id]).refused(&["was proposed by you"]);
    office.by("dilek", &["freeze", "decline", &id, "--reason", "not yet"]).done();
    office.by("cem", &["freeze", "release", &id, "--reason", "namesake"]).done();
    let released = office.by("dilek", &["freeze", "confirm", &id]).done().out;
    assert_eq!(released, format!("{id} is released\n"));
    let list = office.by("elif", &["freeze", "list"]).done().out;
    assert_eq!(list, "Nothing is frozen, held, proposed or paused.\n");
    assert!(office.by("elif", &["freeze", "list", "--all"]).done().out.contains("released"));
    assert!(office.by("elif", &["audit", "show", "--subject", "K-7"]).done().out.contains("freeze.held"));
}

#[test]
fn what_cannot_be_is_refused_in_words() {
    let office = office();
    let refused = |arguments: Vec<&str>, words: &[&str]| {
        office.by("cem", &arguments).refused(words);
    };
    refused(begin("propose", "un-1267", &[]), &["needs an asset"]);
    refused(begin("propose", "un-9", &["--asset", ACCOUNT]), &["no regime", "un-1988"]);
    refused(begin("propose", "un-1267", &["--asset", "account;X;Bank;1 EUX"]), &["no currency of ISO 4217"]);
    refused(begin("propose", "un-1267", &["--asset", "account;X;Bank;1.005 EUR"]), &["EUR has 2"]);
    refused(begin("hold", "court-order", &["--asset", ACCOUNT]), &["only a UN listing does"]);
    let mut unlisted = begin("hold", "un-1267", &["--asset", ACCOUNT, "--on-list", "un_sc_sanctions"]);
    unlisted[5] = "unsc-1";
    refused(unlisted, &["unsc-1 is not on un_sc_sanctions"]);
    let mut past = begin("propose", "un-1267", &["--asset", ACCOUNT]);
    let at = past.iter().position(|word| *word == "2099-01-01").unwrap();
    past[at] = "2020-01-01";
    refused(past, &["review date 2020-01-01 is not ahead"]);
    let mut silent = begin("propose", "un-1267", &["--asset", ACCOUNT]);
    let at = silent.iter().position(|word| *word == "same passport").unwrap();
    silent[at] = " ";
    refused(silent, &["a reason is needed"]);
    office.by("elif", &begin("propose", "un-1267", &["--asset", ACCOUNT])).refused(&["it takes the role analyst"]);
    assert_eq!(
        office.by("cem", &["freeze", "list", "--all", "--json"]).done().json()[0]["freezes"],
        Value::Array(vec![])
    );
}

#[test]
fn a_listing_that_is_gone_opens_a_task_once_somebody_let_it_go() {
    let office = office();
    let id = frozen(&office);
    let quiet = office.by("cem", &["freeze", "check-listings", "--json"]).done().json();
    assert_eq!((&quiet[0]["looked_at"], quiet[0]["opened"].as_array().unwrap().len()), (&Value::from(1), 0));

    // The list comes without its first person: that is more than a tenth, so the removal waits.
    let text = std::fs::read_to_string(tree("testdata/lists/un.xml")).unwrap();
    let (first, last) =
        (text.find("<INDIVIDUAL>").unwrap(), text.find("</INDIVIDUAL>").unwrap() + "</INDIVIDUAL>".len());
    let less = format!("{}{}", &text[..first], &text[last..]);
    office.world.run(&["lists", "add", &office.world.write("un.xml", less)]).done();
    let waits = office.by("cem", &["freeze", "check-listings", "--json"]).done().json();
    assert_eq!(waits[0]["opened"].as_array().unwrap().len(), 0, "who is still screened is still listed");

    let told = office.world.run(&["lists", "accept", "un_sc_sanctions"]).done().err;
    assert!(
        told.contains(&format!("the listing that {id} rested on is gone; a task to release it is opened")),
        "{told}"
    );
    let told = office.by("cem", &["freeze", "check-listings"]).done().out;
    assert!(told.contains(&format!("{id}: the listing is gone; a task to release is open.")), "{told}");
    let due = office.by("cem", &["freeze", "due"]).done().out;
    assert!(due.contains("unsc-9900001 is no more on un_sc_sanctions"), "{due}");
    let list = office.by("cem", &["freeze", "list", "--json"]).done().json();
    assert_eq!(list[0]["freezes"][0]["state"], "in-force", "nothing is released by itself");
}

#[test]
fn an_exemption_is_used_to_its_limit() {
    let office = office();
    let id = frozen(&office);
    let kind = |kind: &str, rest: &[&str]| {
        let fixed = ["freeze", "exempt", &id, "--kind", kind, "--until", "2098-12-31", "--recipient", "landlord"];
        let all = [&fixed[..], &["--reason", "rent", "--json"], rest].concat();
        office.by("cem", &all)
    };
    kind("holiday", &[]).refused(&["knows no exemption", "basic-expenses"]);
    kind("basic-expenses", &[]).refused(&["needs a limit"]);
    let basic = id_of(&kind("basic-expenses", &["--limit", "500.00 EUR"]).done().json());
    office.by("dilek", &["freeze", "confirm", &basic]).done();
    let spend =
        |exemption: &str, amount: &str| office.by("cem", &["freeze", "use", exemption, amount, "--reason", "rent"]);
    spend(&basic, "1.00 EUR").refused(&["the committee was not notified"]);
    let calendar = office.world.write("c.toml", "title = \"t\"\nweekend = [\"friday\"]\nholidays = [\"2026-11-30\"]\n");
    let notified =
        ["freeze", "committee", &basic, "--notified", "N/1", "--on", "2025-01-01", "--calendar", &calendar, "--json"];
    let said = office.by("cem", &notified).done().json();
    // A Wednesday; Thursday, Saturday, Sunday, as Friday is free.
    assert_eq!(said[0]["exemption"]["may_object_until"], "2025-01-05");
    let used = spend(&basic, "499.99 EUR").done().out;
    assert!(used.contains("0.01 EUR left of 500.00 EUR"), "{used}");
    spend(&basic, "0.02 EUR").refused(&["more than is left"]);
    let shown = office.by("elif", &["freeze", "show", &id]).done().out;
    assert!(shown.contains("basic-expenses") && shown.contains("0.01 EUR left"), "{shown}");
}

fn id_of(said: &[Value]) -> String {
    id(said, "proposed")
}

#[test]
fn the_register_has_totals_and_knows_the_past() {
    let office = office();
    let id = frozen(&office);
    let out = office.by("elif", &["freeze", "register"]).done().out;
    for words in [
        "1 asset restrained on ",
        "By programme",
        "By currency",
        "By holder",
        "Anadolu Bank  1       0          1250.00 EUR",
    ] {
        assert!(out.contains(words), "{words}: {out}");
    }
    let csv = office.by("elif", &["freeze", "register", "--csv"]).done().out;
    assert!(
        csv.starts_with("freeze,asset,state,programme,") && csv.contains(&format!("{id},1,in-force,un-1267,QDi.901"))
    );
    let totals = office.by("elif", &["freeze", "register", "--csv", "--by", "currency"]).done().out;
    assert_eq!(totals, "of,currency,assets,held,amount_minor\nEUR,EUR,1,0,125000\n");
    let json = office.by("elif", &["freeze", "register", "--json", "--by", "holder"]).done().json();
    assert_eq!(json[0]["totals"][0][1][0]["amount_minor"], 125_000);
    let before = office.by("elif", &["freeze", "register", "--at", "2020-01-01"]).done().out;
    assert!(before.starts_with("0 assets restrained on 2020-01-01 23:59"), "{before}");
    office.by("elif", &["freeze", "register", "--at", "2090-01-01"]).refused(&["is ahead"]);
}

#[test]
fn regimes_say_what_was_verified() {
    let office = Office::open(World::new());
    let one = office.world.run(&["freeze", "regimes", "un-1267"]).done().out;
    assert!(
        one.contains("S/RES/2664 (2022) 1 [verified]") && one.contains("S/RES/1735 (2006) 15 [NOT VERIFIED]"),
        "{one}"
    );
    let all = office.world.run(&["freeze", "regimes", "--json"]).done().json();
    assert_eq!(all[0].as_array().unwrap().len(), 8);
    let paused = ["freeze", "pause", "payment 1", "--for", "4h", "--reason", "hit"];
    assert!(office.by("cem", &paused).done().out.contains("stays paused until somebody decides"));
    office
        .by("cem", &["freeze", "pause", "payment 1", "--for", "4d", "--reason", "hit"])
        .refused(&["at most 72 hours"]);
}
