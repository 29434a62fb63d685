//! Customers from the command line: what follows for them when lists change.
//!
//! Cem is an analyst.

use crate::{office::Office, world::World};

const CUSTOMERS: &str = "id,schema,name\n1,Person,Hossein Zolfaqari\n2,Person,Bahram Tavakoli\n";

/// A list with so many others on it that nobody who goes has to wait for a decision.
fn list(world: &World, names: &[&str]) -> String {
    let vessels = (100..140).map(|number| {
        format!(r#"{{"id":"v-{number}","schema":"Vessel","properties":{{"name":["Blue Anchor {number}"]}}}}"#)
    });
    let people = names
        .iter()
        .map(|name| format!(r#"{{"id":"p-{}","schema":"Person","properties":{{"name":["{name}"]}}}}"#, name.len()));
    world.write("mine.jsonl", vessels.chain(people).collect::<Vec<_>>().join("\n"))
}

#[test]
fn customers_are_screened_when_a_list_changes_and_what_came_of_it_is_said_in_a_line() {
    let office = Office::open(World::new());
    office.world.run(&["lists", "add", &list(&office.world, &["Hossein Zolfaqari"])]).done();
    office
        .by("cem", &["customers", "add", &office.world.write("customers.csv", CUSTOMERS), "--portfolio", "retail"])
        .done();
    let added = office.world.run(&["lists", "add", &list(&office.world, &["Bahram Tavakkoli"])]).done();
    let told: Vec<&str> = added.err.lines().filter(|line| line.starts_with("customers: ")).collect();
    assert_eq!(told.len(), 1, "{}", added.err);
    assert!(told[0].contains("something else is found of 2 customers"), "{}", told[0]);
    let hits = office.by("cem", &["customers", "list", "--hits", "--json"]).done().json();
    assert_eq!(hits[0].as_array().unwrap().len(), 1, "one was found, one is found no more");
    let screened = office.by("elif", &["audit", "show", "--kind", "customer.screening-begun", "--json"]).done().json();
    assert!(screened.iter().all(|event| event["actor"] == "screening"), "{screened:?}");
    let again = office.world.run(&["lists", "add", &list(&office.world, &["Bahram Tavakkoli"])]).done();
    assert!(!again.err.contains("customers: "), "nothing was to be done, and nothing is said: {}", again.err);
}

#[test]
fn a_portfolio_has_a_threshold_that_is_shown_and_said_why() {
    let office = Office::open(World::new());
    office.world.run(&["lists", "add", &list(&office.world, &["Hossein Zolfaqari"])]).done();
    let file = office.world.write("customers.csv", CUSTOMERS.replace("Zolfaqari", "Zolfaghari"));
    let add = ["customers", "add", &file, "--portfolio", "retail"];
    let told = office.by("cem", &add).done().out;
    assert!(told.contains("screened at once, from 0.70 on: something new is found of 1 customer"), "{told}");
    assert_eq!(office.by("cem", &[&add[..], &["--threshold", "0.95"]].concat()).code, 2, "without saying why");
    let with =
        |threshold: &'static str| [&add[..], &["--threshold", threshold, "--reason", "too many alerts"]].concat();
    office.by("cem", &with("0.30")).refused(&["a threshold of 0.3; right would be 0.50 to 0.99"]);
    office.by("cem", &with("0.99")).done();
    let shown = office.by("cem", &["customers", "portfolios"]).done().out;
    assert!(shown.contains("threshold") && shown.contains("0.99"), "{shown}");
    assert_eq!(
        office.by("cem", &["customers", "list", "--hits", "--json"]).done().json()[0].as_array().unwrap().len(),
        0
    );
    let customer = office.by("cem", &["customers", "show", "1"]).done().out;
    assert!(customer.contains("hits are kept from 0.99 on"), "{customer}");
}

#[test]
fn one_record_was_not_taken() {
    let office = Office::open(World::new());
    let file = office.world.write("customers.csv", "id,schema,name\n1,Person,Ali Example\n,Person,Veli Example\n");
    let added = office.by("cem", &["customers", "add", &file, "--portfolio", "retail"]);
    assert!(added.err.contains("error: 1 record of 2 was not taken:"), "{}", added.err);
}
