//! Who says what, value by value.
//!
//! In come two lists of which one person is on both, under two ids that are one by a document; out come rows that name the list that has the value, and no other.

use mihenk_node::{Model, Node, Source};
use serde_json::{Value, json};

use crate::world::World;

const ALPHA: &str = r#"
{"id":"a1","schema":"Person","datasets":["alpha"],"properties":{"name":["Kerem Örnekoğlu"],"birthDate":["1961-04-05"],"nationality":["Turkey"],"passportNumber":["U1234567"],"topics":["sanction"]}}
{"id":"a2","schema":"Person","datasets":["alpha"],"properties":{"name":["Zerrin Denizkızı"],"nationality":["tr"]}}
{"id":"s1","schema":"Sanction","datasets":["alpha"],"properties":{"entity":["a1"],"authority":["Council of Examples"]}}
"#;
const BETA: &str = r#"
{"id":"b1","schema":"Person","datasets":["beta"],"referents":["a1"],"properties":{"name":["Kerem Ornekoglu"],"birthDate":["1961-04-05"],"passportNumber":["U1234567"],"gender":["male"]}}
{"id":"b2","schema":"Vessel","datasets":["beta","gamma"],"properties":{"name":["Deneme Star"]}}
"#;

fn world() -> World {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    for (name, text, day) in [("alpha", ALPHA, "2026-01-01T08:00:00Z"), ("beta", BETA, "2026-02-01T08:00:00Z")] {
        let file = folder.path().join(format!("{name}.ftm.json"));
        std::fs::write(&file, text.trim_start()).unwrap();
        Node::add_lists(&data, &[file], &Model::built_in(), day).unwrap();
    }
    let world = World::of(Node::open(&Source::Folder(data), Model::built_in()).unwrap());
    // Records are read, and lists opened, before the folder goes.
    world.get("/search/default?limit=0").ok();
    world
}

/// The rows as entity, property, value and data set.
fn rows(body: &Value) -> Vec<[String; 4]> {
    let text = |row: &Value, name: &str| row[name].as_str().unwrap().to_owned();
    let row = |row: &Value| ["entity_id", "prop", "value", "dataset"].map(|name| text(row, name));
    body["results"].as_array().unwrap().iter().map(row).collect()
}

fn told(world: &World, query: &str) -> Value {
    world.get(&format!("/statements?{query}")).ok()
}

#[test]
fn of_an_entity_on_two_lists_each_value_stands_with_the_list_that_says_it() {
    let world = world();
    let merged = world.get("/entities/a1?nested=false").ok();
    assert_eq!((&merged["id"], &merged["datasets"]), (&json!("a1"), &json!(["alpha", "beta"])), "they are one");
    let body = told(&world, "canonical_id=a1");
    let all = rows(&body);
    let has = |row: [&str; 4]| all.contains(&row.map(str::to_owned));
    assert!(
        has(["a1", "name", "Kerem Örnekoğlu", "alpha"]) && has(["b1", "name", "Kerem Ornekoglu", "beta"]),
        "{all:?}"
    );
    assert!(has(["a1", "birthDate", "1961-04-05", "alpha"]) && has(["b1", "birthDate", "1961-04-05", "beta"]));
    assert!(has(["a1", "nationality", "tr", "alpha"]) && has(["b1", "gender", "male", "beta"]));
    assert_eq!((all.len(), &body["total"]), (9, &json!({ "value": 9, "relation": "eq" })), "{all:?}");
    let one = body["results"].as_array().unwrap().iter().find(|row| row["prop"] == "nationality").unwrap();
    assert_eq!((&one["original_value"], &one["prop_type"]), (&json!("Turkey"), &json!("country")));
    assert_eq!((&one["first_seen"], &one["last_seen"]), (&json!("2026-01-01T08:00:00"), &json!("2026-01-01T08:00:00")));
    assert_eq!((&one["lang"], &one["origin"]), (&Value::Null, &Value::Null));
    // What one list calls it is that list's record alone; another id of the whole is asked for by neither.
    assert_eq!(rows(&told(&world, "entity_id=b1")).len(), 4);
    assert_eq!(rows(&told(&world, "canonical_id=b1")).len(), 0);
    assert_eq!(told(&world, "entity_id=nobody")["total"]["value"], 0);
}

#[test]
fn rows_are_found_by_what_they_say_and_come_by_page() {
    let world = world();
    let of = |query: &str| rows(&told(&world, query));
    assert_eq!(of("value=tr&prop=nationality"), of("prop=nationality"));
    assert_eq!(of("value=Turkey").len(), 1, "as the list writes it");
    assert_eq!(of("schema=Sanction&prop=entity&value=a1")[0], ["s1", "entity", "a1", "alpha"].map(str::to_owned));
    assert_eq!(of("schema=LegalEntity").len(), 0, "the schema of the record, and none above it");
    assert!(of("dataset=beta").iter().all(|row| row[3] == "beta") && of("dataset=beta").len() == 5);
    assert_eq!(of("entity_id=b2")[0][3], "beta", "the list, where its own record names several");
    // In the order of ids and properties, page by page.
    let all = of("limit=5000");
    let ids: Vec<String> = told(&world, "limit=5000")["results"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| format!("{} {}", row["canonical_id"], row["prop"]))
        .collect();
    assert!(ids.is_sorted(), "{ids:?}");
    let pages: Vec<[String; 4]> =
        (0..all.len()).step_by(4).flat_map(|from| of(&format!("limit=4&offset={from}"))).collect();
    assert_eq!(pages, all);
    assert_eq!(told(&world, "limit=1")["total"]["relation"], "gte", "nothing behind the page is read");
    let sorted = of("sort=prop:desc&sort=value&limit=2");
    assert_eq!([&sorted[0][1], &sorted[1][1]], ["topics", "passportNumber"]);
    world.get("/statements?sort=colour").refused(400, "Invalid sort: 'colour'; there are id");
    world.get("/statements?dataset=nowhere").refused(404, "No such dataset.");
    let wrong = world.get("/statements?limit=5001").fields();
    assert_eq!(wrong, [("less_than_equal".to_owned(), "query.limit".to_owned())]);
}

#[test]
fn a_row_has_the_same_id_in_every_version_and_no_other_row_has_it() {
    let (one, other) = (told(&world(), "limit=5000"), told(&world(), "limit=5000"));
    assert_eq!(one, other);
    let mut ids: Vec<&str> = one["results"].as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap()).collect();
    ids.sort_unstable();
    assert!(ids.windows(2).all(|two| two[0] != two[1]) && ids[0].len() == 40);
}

#[test]
fn of_lists_in_memory_one_data_set_says_all_of_a_record_or_nothing_is_said() {
    let world = World::new();
    let body = told(&world, "canonical_id=p1");
    assert!(rows(&body).iter().all(|row| row[3] == "alpha") && !rows(&body).is_empty());
    assert!(body["results"][0]["first_seen"].is_null());
}
