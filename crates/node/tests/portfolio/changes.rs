//! After any change the short way has found what the whole one finds.
//!
//! Lists and customers change at random, and both ways are held against each other.

use std::collections::BTreeMap;

use mihenk_node::{
    ledger::{customers::Hit, happening::rebuild},
    portfolio::{Bounds, Done, Way},
    store::{Query, Store},
};
use proptest::{
    prelude::*,
    test_runner::{Config, FileFailurePersistence},
};
use serde_json::json;

use crate::world::{SHORT_WAY, World};

const GIVEN: [&str; 10] =
    ["Hossein", "حسین", "Mohammad", "Muhammad", "Abd al-Rahman", "Sergey", "Сергей", "J.", "Leyla", "Kim Jong"];
const FAMILY: [&str; 10] =
    ["Zolfaqari", "ذوالفقاری", "Karimov", "Karimova", "Öztürk", "Un", "al-Masri", "Smith", "bin Salim", "Zolfaghari"];
const FIRMS: [&str; 6] =
    ["Golden Star Trading LLC", "Golden Star Trading Ltd", "Zamani Exchange", "Zamani Exchenge", "Fund III", "Fund IV"];

/// Somebody: a number for each thing that is known.
#[derive(Clone, Debug)]
struct Somebody {
    is_firm: bool,
    given: usize,
    family: usize,
    alias: Option<(usize, usize)>,
    born: Option<u8>,
    passport: Option<u8>,
}

impl Somebody {
    fn properties(&self) -> serde_json::Value {
        let name = |given: usize, family: usize| match self.is_firm {
            true => FIRMS[given % FIRMS.len()].to_owned(),
            false => format!("{} {}", GIVEN[given], FAMILY[family]),
        };
        let mut all = json!({ "name": [name(self.given, self.family)] });
        if let Some((given, family)) = self.alias {
            all["alias"] = json!([name(given, family)]);
        }
        if let Some(born) = self.born {
            let date = if born % 3 == 0 {
                format!("19{}", 60 + born)
            } else {
                format!("19{}-0{}-1{born}", 60 + born % 2, 1 + born)
            };
            all[if self.is_firm { "incorporationDate" } else { "birthDate" }] = json!([date]);
        }
        if let (Some(number), false) = (self.passport, self.is_firm) {
            all["passportNumber"] = json!([format!("A12345{number}")]);
        }
        all
    }

    fn schema(&self) -> &'static str {
        if self.is_firm { "Company" } else { "Person" }
    }
}

fn somebody() -> impl Strategy<Value = Somebody> {
    let alias = proptest::option::weighted(0.3, (0..10_usize, 0..10_usize));
    let (born, passport) = (proptest::option::of(0..6_u8), proptest::option::weighted(0.2, 0..4_u8));
    (any::<bool>(), 0..10_usize, 0..10_usize, alias, born, passport).prop_map(
        |(is_firm, given, family, alias, born, passport)| Somebody { is_firm, given, family, alias, born, passport },
    )
}

/// Something that happens to one of two lists, or to a customer.
#[derive(Clone, Debug)]
enum Step {
    List(usize, BTreeMap<u8, Option<Somebody>>),
    Customer(u8, Somebody),
    Related(u8, u8, Somebody),
    Threshold(i64),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        1 => proptest::sample::select(vec![5_500_i64, 7_000, 8_000]).prop_map(Step::Threshold),
        6 => (0..2_usize, proptest::collection::btree_map(0..12_u8, proptest::option::weighted(0.7, somebody()), 1..4))
            .prop_map(|(list, changes)| Step::List(list, changes)),
        2 => (0..15_u8, somebody()).prop_map(|(number, who)| Step::Customer(number, who)),
        2 => (0..15_u8, 0..3_u8, somebody()).prop_map(|(number, party, who)| Step::Related(number, party, who)),
    ]
}

/// The lines of a list. Both lists may know the same entity, and are joined then.
fn lines(list: &BTreeMap<u8, Somebody>, dataset: usize) -> Vec<String> {
    let of = |(number, who): (&u8, &Somebody)| {
        let (id, dataset) = (format!("e-{number}"), format!("list_{dataset}"));
        json!({ "id": id, "schema": who.schema(), "datasets": [dataset], "properties": who.properties() }).to_string()
    };
    list.iter().map(of).collect()
}

fn customer(number: u8, who: &Somebody) -> String {
    json!({ "id": format!("c{number}"), "schema": who.schema(), "properties": who.properties() }).to_string()
}

/// Schemata of one id must not differ between the lists, or they are joined to what is none.
fn keep_kinds(list: &mut BTreeMap<u8, Somebody>) {
    for (number, who) in list.iter_mut() {
        who.is_firm = number % 3 == 0;
    }
}

fn try_all(customers: &[Somebody], steps: &[Step]) -> Result<usize, TestCaseError> {
    let world = World::new();
    let mut lists = [BTreeMap::new(), BTreeMap::new()];
    (0..2).for_each(|at| world.load(&format!("list_{at}"), &lines(&lists[at], at)));
    let all: Vec<String> = customers.iter().enumerate().map(|(at, who)| customer(at as u8, who)).collect();
    world.add("customers.jsonl", all.join("\n").as_bytes(), false);
    let mut hits = 0;
    for step in steps {
        match step {
            Step::List(at, changes) => {
                for (number, who) in changes {
                    match who {
                        Some(who) => drop(lists[*at].insert(*number, who.clone())),
                        None => drop(lists[*at].remove(number)),
                    }
                }
                keep_kinds(&mut lists[*at]);
                world.load(&format!("list_{at}"), &lines(&lists[*at], *at));
            }
            Step::Customer(number, who) => drop(world.add("one.jsonl", customer(*number, who).as_bytes(), false)),
            Step::Threshold(threshold) => world.set_threshold(*threshold),
            Step::Related(number, party, who) => {
                let row = json!({ "id": format!("r{party}"), "parent": format!("c{number}"), "role": "director",
                    "schema": who.schema(), "properties": who.properties() });
                world.add("one.jsonl", row.to_string().as_bytes(), false);
            }
        }
        let short = world.screen(Way::Changes, &SHORT_WAY);
        // Whose threshold has changed is held against all lists once.
        prop_assert!(short.done != Done::Full || matches!(step, Step::Threshold(_)), "{short:?}");
        let found = world.found();
        let full = world.screen(Way::Full, &Bounds::default());
        prop_assert_eq!(&found, &world.found());
        prop_assert_eq!(full.told.customers, 0, "{:?}", full);
        hits += found.values().map(Vec::len).sum::<usize>();
    }
    replayed(&world)?;
    Ok(hits)
}

/// The tables made anew from the chain are the tables.
pub(crate) fn replayed(world: &World) -> Result<(), TestCaseError> {
    let place = mihenk_node::store::Place::Sqlite(world.folder.path().join("replayed.sqlite"));
    let again = Store::open(&place, mihenk_node::ledger::MIGRATIONS, 0, &mut |_| Ok(())).unwrap();
    let events = all_events(world.desk.store());
    again
        .act::<_, mihenk_node::ledger::LedgerError>(|act| events.iter().try_for_each(|event| rebuild(act, event)))
        .unwrap();
    for table in ["customers", "customer_hits", "screenings", "portfolios"] {
        let dump = |store: &Store| -> Vec<String> {
            let rows = store
                .read::<_, mihenk_node::store::StoreError>(|r| r.query(&format!("SELECT * FROM {table}"), &[]))
                .unwrap();
            let mut rows: Vec<String> = rows.iter().map(|row| format!("{row:?}")).collect();
            rows.sort();
            rows
        };
        prop_assert_eq!(dump(&again), dump(world.desk.store()), "{}", table);
    }
    Ok(())
}

fn all_events(store: &Store) -> Vec<mihenk_node::store::Event> {
    let sql = "SELECT seq, at, actor, kind, subject, body, salt FROM events ORDER BY seq";
    let rows = store.read::<_, mihenk_node::store::StoreError>(|reading| reading.query(sql, &[])).unwrap();
    rows.iter()
        .map(|row| mihenk_node::store::Event {
            seq: row.integer(0).unwrap(),
            at: row.integer(1).unwrap(),
            actor: row.text(2).unwrap(),
            kind: row.text(3).unwrap(),
            subject: row.text(4).unwrap(),
            content: Some(mihenk_node::store::Content { body: row.text(5).unwrap(), salt: row.bytes(6).unwrap() }),
            body_hash: [0; 32],
            prev_hash: [0; 32],
            hash: [0; 32],
        })
        .collect()
}

#[test]
fn the_short_way_finds_what_the_whole_one_finds() {
    let cases = if cfg!(debug_assertions) { 12 } else { 200 };
    let persistence = FileFailurePersistence::Off;
    let config =
        Config { cases, max_shrink_iters: 60, failure_persistence: Some(Box::new(persistence)), ..Config::default() };
    let mut runner = proptest::test_runner::TestRunner::new_with_rng(
        config,
        proptest::test_runner::TestRng::deterministic_rng(proptest::test_runner::RngAlgorithm::ChaCha),
    );
    let hits = std::cell::Cell::new(0);
    let given = (proptest::collection::vec(somebody(), 5..15), proptest::collection::vec(step(), 4..9));
    runner
        .run(&given, |(customers, steps)| {
            hits.set(hits.get() + try_all(&customers, &steps)?);
            Ok(())
        })
        .unwrap();
    assert!(hits.get() > 50, "{} hits are no trial", hits.get());
}

fn person(id: &str, name: &str) -> String {
    json!({ "id": id, "schema": "Person", "datasets": ["one"], "properties": { "name": [name] } }).to_string()
}

fn entities(hits: &[Hit]) -> Vec<&str> {
    hits.iter().map(|hit| hit.entity.as_str()).collect()
}

#[test]
fn added_changed_and_removed_entities_are_told_and_nothing_else() {
    let world = World::new();
    world.load("one", &[person("p-1", "Hossein Zolfaqari"), person("p-2", "Nobody Everheard")]);
    let customers =
        "id,schema,name\n1,Person,Hossein Zolfaqari\n2,Person,Bahram Tavakoli\n3,Person,Sergey Gavrilenkov\n";
    world.add("customers.csv", customers.as_bytes(), false);
    assert_eq!(entities(&world.found()["1"]), ["p-1"]);
    world.load("one", &[person("p-2", "Nobody Everheard"), person("p-3", "Bahram Tavakkoli")]);
    let report = world.screen(Way::Changes, &SHORT_WAY);
    assert_eq!((report.done, report.entities), (Done::Changes, Some(2)), "one removed, one added");
    assert_eq!(report.screened, 2, "the one who had a hit, and the one who has one");
    let found = world.found();
    assert_eq!((found["1"].len(), entities(&found["2"]), found["3"].len()), (0, vec!["p-3"], 0));
    assert_eq!(world.screen(Way::Changes, &SHORT_WAY).done, Done::Nothing);
    // The last list goes: nobody is listed any more.
    mihenk_node::swap::remove(&world.lists(), "one", &mihenk_node::Model::built_in(), "2026-01-02T00:00:00Z").unwrap();
    world.screen(Way::Changes, &SHORT_WAY);
    assert!(world.found().values().all(Vec::is_empty));
}

#[test]
fn a_full_screening_that_was_interrupted_goes_on_and_one_of_other_lists_begins_anew() {
    let world = World::new();
    world.load("one", &[person("p-1", "Hossein Zolfaqari")]);
    world.add("customers.csv", b"id,schema,name\n1,Person,Hossein Zolfaqari\n2,Person,Bahram Tavakoli\n", false);
    // As after a crash behind the beginning: a full screening that is not done.
    let begin = |world: &World| {
        let against =
            world.desk.read(|r| Ok(mihenk_node::ledger::customers::last_screening(r)?.unwrap().against)).unwrap();
        world
            .desk
            .act_as("screening", |act, who| mihenk_node::ledger::customers::begin_screening(act, who, against, true))
            .unwrap()
    };
    let begun = begin(&world);
    let report = world.screen(Way::Changes, &SHORT_WAY);
    assert_eq!((report.screening, report.done, report.screened), (begun, Done::Full, 2));
    let begun = begin(&world);
    world.load("one", &[person("p-2", "Bahram Tavakkoli")]);
    let report = world.screen(Way::Changes, &SHORT_WAY);
    assert!(report.screening != begun && report.done == Done::Full, "nobody knows who stands where: {report:?}");
    assert_eq!((world.found()["1"].len(), entities(&world.found()["2"])), (0, vec!["p-2"]));
}

#[test]
fn what_was_kept_to_be_fast_can_be_deleted() {
    let world = World::new();
    world.load("one", &[person("p-1", "Hossein Zolfaqari")]);
    world.add("customers.csv", b"id,schema,name\n1,Person,Hossein Zolfaqari\n2,Person,Bahram Tavakoli\n", false);
    for spoil in [false, true] {
        for file in std::fs::read_dir(world.lists().join("portfolio")).unwrap() {
            let path = file.unwrap().path();
            if spoil { std::fs::write(&path, "spoiled").unwrap() } else { std::fs::remove_file(&path).unwrap() }
        }
        let name = if spoil { "Bahram Tavakkoli" } else { "Bahram Tavakoly" };
        world.load("one", &[person("p-2", name)]);
        world.screen(Way::Changes, &SHORT_WAY);
        assert_eq!((world.found()["1"].len(), entities(&world.found()["2"])), (0, vec!["p-2"]));
    }
}
