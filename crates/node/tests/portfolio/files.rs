//! What a file of customers becomes.
//!
//! Good rows go in, bad ones come out with a reason and can be taken in again.

use mihenk_node::{
    ledger::{
        Reason,
        customers::{self, Filter},
    },
    portfolio::{self, Edit, Way, Which},
};

use crate::world::{SHORT_WAY, World};

const LIST: &str = r#"{"id":"p-1","schema":"Person","datasets":["one"],"properties":{"name":["Hossein Zolfaqari"],"birthDate":["1957"]}}"#;

fn world() -> World {
    let world = World::new();
    world.load("one", &[LIST.to_owned()]);
    world
}

const TABLE: &str = "id,parent,role,schema,name,birthDate,exposure\n\
    1001,,,Person,Leyla Karaca,1980-02-03,1500\n\
    D7,1002,director,Person,Hossein Zolfaghari,,\n\
    1002,,,Company,Zamani Carpets Ltd,,\"20,000\"\n";

#[test]
fn customers_and_those_related_to_them_are_taken_in_and_screened() {
    let world = world();
    let added = world.add("customers.csv", TABLE.as_bytes(), false);
    assert_eq!((added.added, added.changed, added.related, added.rejected.len()), (2, 0, 1, 0), "{added:?}");
    assert!(added.unknown_columns.is_empty(), "{:?}", added.unknown_columns);
    let found = world.found();
    assert!(found["1001"].is_empty());
    assert_eq!((found["1002"][0].entity.as_str(), found["1002"][0].party.as_str()), ("p-1", "D7"));
    let shown = portfolio::show(&world.seat(), &Which { name: "1002", portfolio: None }).unwrap();
    let parties = &shown.customer.contents.parties;
    assert_eq!((parties.len(), parties[1].role.as_str(), parties[1].caption()), (2, "director", "Hossein Zolfaghari"));
    assert!(!parties[1].properties.contains_key("role") && !parties[1].properties.contains_key("parent"));
    assert_eq!(shown.customer.contents.exposure, 20_000);
    assert_eq!(world.events("access.seen"), 1, "looking at a customer leaves an event");
}

#[test]
fn the_same_file_again_changes_nothing_and_a_changed_row_only_its_customer() {
    let world = world();
    world.add("customers.csv", TABLE.as_bytes(), false);
    let before = world.desk.store().head().unwrap();
    let again = world.add("customers.csv", TABLE.as_bytes(), false);
    assert_eq!((again.added, again.changed, again.unchanged), (0, 0, 2));
    assert_eq!(world.desk.store().head().unwrap(), before, "not one event");
    let changed =
        world.add("customers.csv", TABLE.replace("Leyla Karaca,1980", "Hossein Zolfaqari,1957").as_bytes(), false);
    assert_eq!((changed.added, changed.changed, changed.unchanged), (0, 1, 1));
    assert_eq!((world.events("customer.changed"), world.found()["1001"].len()), (1, 1));
    let twice = "id,schema,name\n7,Person,Ali Example\n7,Person,Ali Example\n7,Person,Veli Example\n";
    let twice = world.add("twice.csv", twice.as_bytes(), false);
    assert_eq!((twice.added, twice.rejected.len()), (1, 1));
    assert!(twice.rejected[0].reason.as_str().contains("stands in line 2 already"), "{:?}", twice.rejected);
}

#[test]
fn bad_rows_are_told_with_row_column_and_reason_and_can_be_added_alone_once_mended() {
    let world = world();
    let mut table = "id;schema;name;date of birth\n".to_owned();
    for number in 0..300 {
        let born = if number % 100 == 50 { "31.02.1980" } else { "1980-02-03" };
        table += &format!("{number};Person;Ali Example{number};{born}\n");
    }
    table += ";Person;Nameless Number;\n900;Pirson;Ali Example;\n901;Person;;\n902;Address;Long Street;\n";
    let added = world.add("customers.csv", table.as_bytes(), false);
    assert_eq!((added.records, added.added, added.rejected.len()), (304, 297, 7));
    let told: Vec<(&str, Option<&str>)> =
        added.rejected.iter().map(|one| (one.place.as_str(), one.column.as_deref())).collect();
    assert_eq!(
        told[..4],
        [
            ("line 52", Some("date of birth")),
            ("line 152", Some("date of birth")),
            ("line 252", Some("date of birth")),
            ("line 302", Some("id"))
        ]
    );
    assert!(added.rejected[0].reason.as_str().contains("31"), "{}", added.rejected[0].reason);
    assert!(added.rejected[6].reason.as_str().contains("not one that is screened"), "{}", added.rejected[6].reason);
    let path = added.rejected_file.unwrap();
    let rejected = std::fs::read_to_string(&path).unwrap();
    assert_eq!(rejected.lines().count(), 8);
    assert!(rejected.starts_with("id;schema;name;date of birth\n50;Person;Ali Example50;31.02.1980\n"), "{rejected}");
    let mended = rejected
        .replace("31.02.1980", "28.02.1980")
        .replace("\n;Person;Nameless", "\n903;Person;Nameless")
        .replace("Pirson", "Person")
        .replace("901;Person;;", "901;Person;Veli Example;")
        .replace("Address", "Company");
    let added = world.add("mended.csv", mended.as_bytes(), false);
    assert_eq!((added.added, added.rejected.len(), added.rejected_file), (7, 0, None));
}

#[test]
fn json_has_related_parties_within_and_bad_lines_come_back_as_lines() {
    let world = world();
    let lines = concat!(
        r#"{"id": 5, "schema": "Company", "exposure": 10, "properties": {"name": "Zamani Carpets"}, "parties": [{"id": "x", "role": "owner", "schema": "Person", "properties": {"name": ["Hossein Zolfaqari"]}}]}"#,
        "\n",
        r#"{"id": 6, "schema": "Person", "properties": {"name": "Ali Example", "birthDate": "1980-13-01"}}"#,
        "\n",
        r#"{"schema": "Person", "properties": {"name": "Ali Example"}}"#,
        "\nnot JSON\n"
    );
    let added = world.add("customers.jsonl", lines.as_bytes(), false);
    assert_eq!((added.added, added.related, added.rejected.len()), (1, 1, 3), "{added:?}");
    assert_eq!(world.found()["5"][0].party, "x");
    let rejected = std::fs::read_to_string(added.rejected_file.unwrap()).unwrap();
    assert_eq!(rejected.lines().count(), 3);
    assert_eq!(rejected.lines().last(), Some("not JSON"));
}

#[test]
fn nobody_leaves_unless_the_file_is_the_whole_portfolio() {
    let world = world();
    world.add("customers.csv", TABLE.as_bytes(), false);
    let one = "id,schema,name,birthDate,exposure\n1002,Company,Zamani Carpets Ltd,,\"20,000\"\n";
    assert_eq!(world.add("one.csv", one.as_bytes(), false).left, 0);
    let added = world.add("one.csv", one.as_bytes(), true);
    assert_eq!((added.left, added.changed), (1, 1), "a customer, and a director of another");
    assert_eq!(world.found().keys().collect::<Vec<_>>(), ["1002"]);
    assert!(world.found()["1002"].is_empty(), "its director went with what was found of him");
    let back = world.add("customers.csv", TABLE.as_bytes(), false);
    assert_eq!((back.changed, world.found().len()), (2, 2), "who comes back is the customer of before");
    let bad = "id,schema,name\n,Person,Ali Example\n";
    let added = world.add("bad.csv", bad.as_bytes(), true);
    assert_eq!((added.left, added.nobody_leaves.is_some()), (0, true), "a record without number may be anybody's");
}

#[test]
fn a_related_party_of_nobody_is_rejected() {
    let world = world();
    let added = world.add("parties.csv", b"id,parent,schema,name\nD1,77,Person,Ali Example\n", false);
    assert_eq!((added.added, added.rejected.len()), (0, 1));
    assert!(added.rejected[0].reason.as_str().contains("there is no customer '77'"), "{:?}", added.rejected);
}

#[test]
fn a_customer_is_changed_and_removed_by_hand_with_a_reason() {
    let world = world();
    world.add("customers.csv", TABLE.as_bytes(), false);
    let (which, why) = (Which { name: "1001", portfolio: Some("retail") }, Reason::new("she married").unwrap());
    let shown = portfolio::show(&world.seat(), &which).unwrap();
    let change = |edit: &Edit| portfolio::change(&world.seat(), &world.lists(), &world.node(), &which, edit, &why);
    let edit = Edit {
        set: vec![
            ("name".to_owned(), vec!["Hossein Zolfaqari".to_owned()]),
            ("birthDate".to_owned(), vec!["1957-02-03".to_owned()]),
        ],
        seen: Some(shown.revision),
        ..Edit::default()
    };
    let (_, told) = change(&edit).unwrap();
    assert_eq!((told.customers, world.found()["1001"].len()), (1, 1), "screened at once");
    let late = change(&edit).unwrap_err().to_string();
    assert!(late.contains("was changed since you looked at it"), "{late}");
    let same = change(&Edit { seen: None, ..edit }).unwrap_err().to_string();
    assert!(same.contains("is so already"), "{same}");
    for (property, expected) in [("name", "nothing to go by"), ("hobby", "no property of Person")] {
        let values = if property == "name" { vec![] } else { vec!["x".to_owned()] };
        let error =
            change(&Edit { set: vec![(property.to_owned(), values)], ..Edit::default() }).unwrap_err().to_string();
        assert!(error.contains(expected), "{error}");
    }
    let before = world.events("customer.found");
    portfolio::remove(&world.seat(), &which, None, why.clone()).unwrap();
    assert!(
        portfolio::remove(&world.seat(), &which, None, why.clone())
            .unwrap_err()
            .to_string()
            .contains("has left already")
    );
    world.load("one", &[LIST.replace("Zolfaqari", "Somebody")]);
    world.screen(Way::Changes, &SHORT_WAY);
    assert_eq!(world.events("customer.found"), before + 1, "the other one only: who has left is watched no more");
    let all = portfolio::list(&world.seat(), &Filter { with_left: true, limit: 10, ..Filter::default() }).unwrap();
    assert_eq!(all.iter().filter(|one| one.has_left).count(), 1);
}

#[test]
fn what_a_portfolio_counts_is_what_is_in_it() {
    let world = world();
    let agrees = |when: &str, expected: (i64, i64, i64)| {
        let counted = |filter: Filter<'_>| {
            let filter = Filter { limit: i64::MAX, ..filter };
            portfolio::list(&world.seat(), &filter).unwrap().len() as i64
        };
        let present = counted(Filter::default());
        let listed = (
            present,
            counted(Filter { with_left: true, ..Filter::default() }) - present,
            counted(Filter { with_hits: true, ..Filter::default() }),
        );
        let counts = portfolio::portfolios(&world.seat()).unwrap().remove(0);
        assert_eq!((counts.customers, counts.left, counts.with_hits), expected, "{when}");
        assert_eq!(listed, expected, "{when}");
    };
    world.add("customers.csv", TABLE.as_bytes(), false);
    agrees("a director of 1002 is listed", (2, 0, 1));
    world.add("again.csv", TABLE.as_bytes(), false);
    agrees("taken in twice", (2, 0, 1));
    let which = Which { name: "1002", portfolio: Some("retail") };
    portfolio::remove(&world.seat(), &which, None, Reason::new("the account was closed").unwrap()).unwrap();
    agrees("who has left counts no hit", (1, 1, 0));
    world.add("back.csv", TABLE.as_bytes(), false);
    agrees("and back", (2, 0, 1));
    world.load("one", &[LIST.replace("Hossein Zolfaqari", "Leyla Karaca").replace("1957", "1980-02-03")]);
    world.screen(Way::Changes, &SHORT_WAY);
    agrees("another one is listed now", (2, 0, 1));
    world.load("one", &[LIST.replace("Hossein Zolfaqari", "Nobody Else")]);
    world.screen(Way::Changes, &SHORT_WAY);
    agrees("nobody is", (2, 0, 0));
}

#[test]
fn without_lists_customers_are_held_and_screened_when_lists_come() {
    let world = World::new();
    let added = world.add("customers.csv", TABLE.as_bytes(), false);
    assert_eq!((added.added, added.told.customers), (2, 0));
    world.load("one", &[LIST.to_owned()]);
    world.screen(Way::Changes, &SHORT_WAY);
    assert_eq!(world.found()["1002"].len(), 1);
}

#[test]
fn a_portfolio_has_a_threshold_of_its_own_and_is_held_against_all_lists_when_it_changes() {
    let world = world();
    world.add("customers.csv", TABLE.as_bytes(), false);
    let score = world.found()["1002"][0].score;
    assert!(score > 7_000, "{score}");
    assert_eq!(
        portfolio::portfolios(&world.seat()).unwrap()[0].threshold,
        Some(7_000),
        "until somebody says otherwise"
    );
    world.set_threshold(score + 1);
    let events = world.events("customer.threshold-set");
    world.set_threshold(score + 1);
    assert_eq!((events, world.events("customer.threshold-set")), (1, 1), "the same again leaves no event");
    let added = world.add("customers.csv", TABLE.as_bytes(), false);
    assert_eq!((i64::from(added.threshold), added.unchanged), (score + 1, 2));
    assert!(world.found()["1002"].is_empty(), "the hit is below it now");
    // The short way knows it too: what comes is as far below.
    world.load("one", &[LIST.to_owned(), LIST.replace("p-1", "p-2").replace("1957", "1958")]);
    world.screen(Way::Changes, &SHORT_WAY);
    assert!(world.found()["1002"].is_empty());
    world.set_threshold(score);
    world.screen(Way::Changes, &SHORT_WAY);
    assert_eq!(world.found()["1002"].iter().filter(|hit| hit.entity == "p-1").count(), 1);
    let shown = portfolio::show(&world.seat(), &Which { name: "1002", portfolio: None }).unwrap();
    assert_eq!(i64::from(shown.threshold), score);
    for wrong in [4_999, 9_901] {
        let why = Reason::new("a test").unwrap();
        let error = world.desk.act_as("U-3", |act, who| customers::set_threshold(act, who, "retail", wrong, why));
        assert!(error.unwrap_err().to_string().contains("right would be 0.50 to 0.99"));
    }
}

/// A file that breaks off: what was read until then is there, then the disk fails.
struct Broken<'a>(&'a [u8]);

impl std::io::Read for Broken<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        match std::io::Read::read(&mut self.0, buffer)? {
            0 => Err(std::io::Error::other("the disk is gone")),
            bytes => Ok(bytes),
        }
    }
}

#[test]
fn a_run_that_was_interrupted_goes_on_and_nothing_is_lost_or_there_twice() {
    let world = world();
    let mut table = "id,schema,name\n".to_owned();
    (0..5_000).for_each(|number| table += &format!("{number},Person,Ali Example{number}\n"));
    // The beginning of a file is read before it is known what it is.
    table += &format!("x,Person,{}\n", "x".repeat(5 << 20));
    let error = world.try_add("customers.csv", Broken(table.as_bytes()), false).unwrap_err().to_string();
    assert!(error.contains("the disk is gone"), "{error}");
    let before = world.events("customer.added");
    assert!((2_000..5_000).contains(&before), "{before} were taken in before it broke off");
    let table = table.lines().take(5_001).collect::<Vec<_>>().join("\n");
    let added = world.add("customers.csv", table.as_bytes(), false);
    assert_eq!((added.added as i64, added.unchanged as i64, added.changed), (5_000 - before, before, 0));
    assert_eq!((world.found().len(), world.events("customer.added")), (5_000, 5_000));
}
