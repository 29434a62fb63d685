//! Alerts and cases as their users work on them.
//!
//! People sign in with sessions of their own; what screening would tell is put into the store beside them.

use mihenk_node::{
    desk::Desk,
    ledger::alerts::{AlertKind, Basis, CustomerId, Found, Listing, Observation, observe},
    store::Place,
};

use crate::house::House;

const PEOPLE: [(&str, &[&str]); 3] = [("ayse", &["analyst"]), ("bahram", &["analyst"]), ("cem", &["approver"])];

fn house() -> House {
    House::new(["yonca", "ziya"], &PEOPLE)
}

impl House {
    /// What screening would tell.
    fn raise(&self, customer: i64, probability_millionths: i64) -> String {
        let place = Place::Sqlite(self.world.path("data").join("store.sqlite"));
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_millis() as i64;
        let desk = Desk::open(&place, &self.world.path("backups"), Box::new(move || now)).unwrap();
        let values =
            |name: &str| [("name".to_owned(), vec![name.to_owned()]), ("schema".to_owned(), vec!["Person".to_owned()])];
        let observation = Observation {
            customer: CustomerId::at(customer),
            entity: "un-1".to_owned(),
            kind: AlertKind::Sanctions,
            exposure: 0,
            found: Some(Found {
                score_ten_thousandths: 7_400,
                probability_millionths,
                bits_hundredths: 2_150,
                caption: "Zerrin \u{1b}[31mÖRNEK".to_owned(),
                listings: vec![Listing { dataset: "un_sc".into(), version: "v1".into(), reference: "QDi.900".into() }],
                topics: vec!["crime.terror".to_owned()],
                evidence: serde_json::json!({ "lines": [{ "feature": "name", "bits": 16.2, "text": "ÖRNEK (1 in 75,000)" }] }),
            }),
            basis: Basis {
                customer: values("Zerrin Örnek").into(),
                listing: values("Zerrin ÖRNEK").into(),
                ..Basis::default()
            },
        };
        desk.act_as("screening", |act, who| observe(act, who, &observation)).unwrap().unwrap().to_string()
    }
}

#[test]
fn an_alert_is_taken_cleared_reviewed_and_opened_again() {
    let house = self::house();
    let (one, two) = (house.raise(1, 600_000), house.raise(2, 200_000));
    let listed = house.run("ayse", &["alert", "list"]).done().out;
    let place = |id: &str| listed.find(id).unwrap();
    assert!(place(&one) < place(&two), "the likelier one first: {listed}");
    assert!(!listed.contains('\u{1b}'), "nothing of a list moves the terminal");
    let next = house.run("ayse", &["alert", "next"]).done();
    assert!(next.out.contains(&one) && next.out.contains("held by ayse"), "{}", next.out);
    let said = house.run("ayse", &["alert", "show", &one, "--json"]).done().json().remove(0);
    let priority = "60000 = probability 600 ‰ × harm 100 (crime.terror) × exposure 100 % × age 100 %";
    assert_eq!((&said["priority_says"], &said["alert"]["priority"]), (&priority.into(), &60_000.into()));
    let clear = |who: &str, id: &str| {
        house.run(who, &["alert", "clear", id, "--because", "name", "--reason", "another name", "--not-same"])
    };
    clear("bahram", &one).refused(&["is held by ayse"]);
    let proposed = clear("ayse", &one).done();
    assert!(proposed.out.contains("a second person has to agree"), "{}", proposed.out);
    house.run("ayse", &["alert", "review", &one, "--agree"]).refused(&["takes the role approver"]);
    assert!(house.run("cem", &["alert", "review"]).done().out.contains("takes two"));
    house.run("cem", &["alert", "review", &one, "--agree"]).done();
    let shown = house.run("cem", &["alert", "show", &one, "--json"]).done().json().remove(0);
    assert_eq!(shown["alert"]["state"], "cleared");
    let rule = shown["rule"]["id"].as_str().unwrap();
    assert!(house.run("cem", &["alert", "rules"]).done().out.contains(rule));
    house.run("bahram", &["alert", "withdraw", rule, "--reason", "a copy"]).done();
    let seen = shown["revision"].to_string();
    let take = house.run("bahram", &["alert", "take", &one, "--seen", &seen]);
    take.refused(&["alert.rule-withdrawn", "look at it again"]);
    clear("ayse", "A-999999").refused(&["there is no alert A-999999"]);
    clear("ayse", "K-1").refused(&["is no id of an alert", "such as A-17"]);
    house.run("ayse", &["alert", "clear", &two, "--because", "name", "--reason", " "]).refused(&["a reason is needed"]);
}

#[test]
fn many_are_cleared_after_their_number_was_said() {
    let house = self::house();
    let ids: Vec<String> = (1..=4).map(|n| house.raise(n, 100_000)).collect();
    house.run("bahram", &["alert", "take", &ids[0]]).done();
    let clear = ["alert", "clear", "--where", "below=20", "--because", "name", "--reason", "another name"];
    let said = house.run("ayse", &clear);
    said.refused(&["3 alerts would be cleared", "nothing was done", "--yes"]);
    let said = house.run("ayse", &[&clear[..], &["--yes", "--json"]].concat()).done().json().remove(0);
    assert_eq!(said["cleared"], 3);
    assert_eq!(house.run("ayse", &["alert", "list", "--json"]).done().json()[0]["count"], 1);
    house.run("ayse", &[&clear[..], &["--yes"]].concat()).refused(&["there is no alert of which this is so"]);
}

#[test]
fn a_case_is_built_drawn_and_closed() {
    let house = self::house();
    let alert = house.raise(1, 600_000);
    let open = [
        "case",
        "open",
        "Who owns <it>",
        "--legal-basis",
        "file 12/345",
        "--purpose",
        "to find out",
        "--alert",
        &alert,
        "--json",
    ];
    let case = house.run("ayse", &open).done().json().remove(0)["case"].as_str().unwrap().to_owned();
    let party = ["case", "party", &case, "Örnek Ltd", "--kind", "company", "--json"];
    let party = house.run("ayse", &party).done().json().remove(0)["party"].as_str().unwrap().to_owned();
    house
        .run("bahram", &["case", "link", &case, "K-1", &party, "--kind", "director of", "--source", "register"])
        .done();
    let file = house.world.text("case.svg");
    let drawn = house.run("cem", &["case", "graph", &case, "--out", &file]).done();
    assert!(drawn.out.contains("director of") && drawn.out.contains("may be, 60 %"), "{}", drawn.out);
    let svg = house.world.read("case.svg");
    assert!(svg.starts_with("<svg") && svg.contains("Who owns &lt;it&gt;") && !svg.contains('\u{1b}'));
    let letter = house.world.write("letter.txt", "a letter that nobody else may read");
    let attached = house.run("ayse", &["case", "attach", &case, &letter, "--json"]).done();
    let document = attached.json().remove(0)["attached"].as_str().unwrap().to_owned();
    assert!(!attached.err.contains("store.key"), "the key is there from the first start: {}", attached.err);
    let out = house.world.text("back.txt");
    house.run("cem", &["case", "export-attachment", &document, "--out", &out]).done();
    assert_eq!(house.world.read("back.txt"), "a letter that nobody else may read");
    house.run("cem", &["case", "export-attachment", &document, "--out", &out]).refused(&["is there already"]);
    let task = ["case", "task", &case, "ask the bank", "--due", "2999-12-01", "--owner", "bahram", "--json"];
    let task = house.run("ayse", &task).done().json().remove(0)["task"].as_str().unwrap().to_owned();
    assert!(house.run("bahram", &["case", "list"]).done().out.contains("ask the bank"));
    let close = ["case", "close", &case, "--reason", "no tie was found"];
    house.run("ayse", &close).refused(&["tasks that are not done"]);
    house.run("bahram", &["case", "done", &task]).done();
    house.run("ayse", &["case", "hand-over", &case, "--to", "bahram", "--reason", "on leave"]).done();
    house.run("bahram", &["case", "accept", &case]).done();
    house.run("ayse", &close).refused(&["is bahram's case"]);
    house.run("bahram", &close).done();
    let told = house.run("cem", &["case", "timeline", &case]).done().out;
    for words in
        ["case opened", "raised", "escalated to", "offered to bahram", "taken over", "closed: no tie was found"]
    {
        assert!(told.contains(words), "{words}: {told}");
    }
    assert!(house.run("cem", &["case", "show", &case]).done().out.contains("file 12/345"));
}
