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
