//! The same on PostgreSQL: customers through their whole life, by both ways of screening, and the tables made anew from its chain on SQLite.
//!
//! What the rules are is tested on SQLite; here each statement runs once.

use mihenk_node::{
    ledger::{
        KEPT, Reason,
        customers::Filter,
        retention::{self, Rule},
    },
    portfolio::{self, Done, Edit, Way, Which},
};
use serde_json::json;

use crate::{
    changes::replayed,
    world::{SHORT_WAY, World},
};

const TABLE: &str = "id,parent,role,schema,name,exposure\n\
    1001,,,Person,Leyla Karaca,1500\n\
    D7,1002,director,Person,Hossein Zolfaghari,\n\
    1002,,,Company,Zamani Carpets Ltd,20000\n\
    1003,,,Person,Nobody Everheard,\n";

fn person(id: &str, name: &str) -> String {
    json!({ "id": id, "schema": "Person", "datasets": ["one"], "properties": { "name": [name] } }).to_string()
}

fn id_of(world: &World, name: &str) -> String {
    portfolio::show(&world.seat(), &Which { name, portfolio: Some("retail") }).unwrap().customer.id.to_string()
}

/// Who is due to be erased a year from now, when customers are kept for thirty days.
fn due(world: &World) -> Vec<String> {
    let rule = Rule { part: "customer".to_owned(), keep_days: 30, purpose: "to answer for whom we served".to_owned() };
    let why = || Reason::new("a test").unwrap();
    let proposed = world.desk.act_as("U-1", |act, who| retention::propose(act, who, KEPT, rule, why())).unwrap();
    world.desk.act_as("U-2", |act, who| retention::confirm(act, who, &proposed)).unwrap();
    let then = world.desk.now() + 365 * 86_400_000;
    let due = world.desk.read(|reading| retention::due(reading, KEPT, then)).unwrap();
    due.into_iter().map(|due| due.subject).collect()
}

#[test]
fn a_portfolio_on_postgresql() {
    let world = World::on_postgresql();
    world.load("one", &[person("p-1", "Hossein Zolfaqari")]);
    let added = world.add("customers.csv", TABLE.as_bytes(), false);
    assert_eq!((added.added, added.related), (3, 1), "{added:?}");
    world.load("one", &[person("p-1", "Hossein Zolfaqari"), person("p-2", "Leyla Karaca")]);
    assert_eq!(world.screen(Way::Changes, &SHORT_WAY).done, Done::Changes);
    let found = world.found();
    assert_eq!((found["1001"][0].entity.as_str(), found["1002"][0].entity.as_str()), ("p-2", "p-1"));
    assert_eq!(world.screen(Way::Full, &SHORT_WAY).told.customers, 0, "both ways find the same");
    assert_eq!(world.found(), found);

    world.set_threshold(i64::from(u16::try_from(found["1002"][0].score).unwrap()) + 1);
    assert_eq!(world.screen(Way::Changes, &SHORT_WAY).told.customers, 1);
    assert!(world.found()["1002"].is_empty(), "below the threshold of its portfolio");

    let (which, why) = (Which { name: "1001", portfolio: Some("retail") }, Reason::new("she married").unwrap());
    let edit = Edit { set: vec![("name".to_owned(), vec!["Leyla Example".to_owned()])], ..Edit::default() };
    portfolio::change(&world.seat(), &world.lists(), &world.node(), &which, &edit, &why).unwrap();
    portfolio::remove(&world.seat(), &which, None, why.clone()).unwrap();
    portfolio::remove(&world.seat(), &Which { name: "1003", ..which }, None, why).unwrap();
    let filter = Filter { portfolio: Some("retail"), with_left: true, limit: 10, ..Filter::default() };
    assert_eq!(portfolio::list(&world.seat(), &filter).unwrap().len(), 3);
    let hits = Filter { with_hits: true, limit: 10, ..Filter::default() };
    assert!(portfolio::list(&world.seat(), &hits).unwrap().is_empty());
    let counts = portfolio::portfolios(&world.seat()).unwrap();
    assert_eq!((counts[0].customers, counts[0].left, counts[0].with_hits), (1, 2, 0));
    // Who has left is due to be erased in time, but for whom an alert is undecided.
    assert_eq!(due(&world), [id_of(&world, "1003")]);
    replayed(&world).unwrap();
}
