//! Screening, comparing, scanning: the answers of the command line.
//!
//! Expected results follow from the list in `world`.

use serde_json::json;

use crate::world::World;

#[test]
fn a_record_is_screened_and_its_lines_add_up() {
    let world = World::new();
    let body = json!({ "name": "Kerem Ornekoglu", "schema": "Person", "properties": { "birthDate": ["1961-04-05"] } });
    let answer = world.post("gonca", "/screen", &body);
    let found = answer.ok();
    assert!(answer.header("x-mihenk-version").starts_with("20260101"), "{}", answer.header("x-mihenk-version"));
    let hit = &found["results"][0];
    assert_eq!((&hit["id"], &hit["match"]), (&json!("p1"), &json!(true)), "{found}");
    let lines = hit["explanation"].as_array().unwrap();
    let sum: f64 = lines.iter().map(|line| line["bits"].as_f64().unwrap()).sum();
    assert!((sum - hit["bits"].as_f64().unwrap()).abs() < 0.005, "{hit}");
    assert_eq!(found["lists"][0]["dataset"], "alpha");
    let told = world.post("gonca", "/screen", &json!({ "schema": "Person" })).refused(422, "refused");
    assert!(told["detail"].as_str().unwrap().contains("nothing to go by"), "{told}");
}

#[test]
fn each_of_many_records_has_its_answer_in_its_place() {
    let world = World::new();
    let body = json!({ "queries": [
        { "id": "a", "schema": "Person", "properties": { "name": ["Zerrin Denizkızı"] } },
        { "schema": "Person", "properties": { "name": [" "] } },
        { "properties": { "name": ["Quintus Fabius Pictor"] } },
    ] });
    let found = world.post("gonca", "/screen/batch", &body).ok();
    let answers = found["answers"].as_array().unwrap();
    assert_eq!((&answers[0]["id"], &answers[0]["results"][0]["id"]), (&json!("a"), &json!("p2")));
    assert_eq!(answers[1]["id"], "2");
    assert!(answers[1]["error"].is_string() && answers[2]["results"].as_array().unwrap().is_empty(), "{found}");
    let many = json!({ "queries": vec![json!({}); 1_001] });
    world.post("gonca", "/screen/batch", &many).refused(422, "does-not-fit");
}

#[test]
fn names_are_compared_and_texts_scanned() {
    let world = World::new();
    let body = json!({ "name1": "Kerem Örnekoğlu", "name2": "Керем Орнекоглу", "schema": "Person" });
    assert_eq!(world.post("gonca", "/compare", &body).ok()["match"], true);
    let text = "It was said that Kerem Örnekoğlu had sold nets.";
    let found = world.post("gonca", "/scan", &json!({ "text": text })).ok();
    let hit = &found["hits"][0];
    let (start, end) = (hit["start"].as_u64().unwrap() as usize, hit["end"].as_u64().unwrap() as usize);
    assert_eq!((&hit["id"], &text[start..end]), (&json!("p1"), "Kerem Örnekoğlu"));
    let same = world.ask("gonca", "POST", "/scan/file?name=note.txt", &[], text).ok();
    assert_eq!((&same["file"], &same["hits"][0]["id"]), (&json!("note.txt"), &json!("p1")));
    assert!(std::fs::read_dir(world.data().join("uploads")).unwrap().next().is_none(), "nothing of it stays");
}

#[test]
fn who_stands_behind_a_company_is_answered() {
    let world = World::new();
    let told = world.get("gonca", "/ownership?entity=c1&on=2026-11-26").ok();
    assert_eq!(told["holders"][0]["party"]["id"], "p1", "{told}");
    let picture = world.get("gonca", "/ownership/picture?entity=c1");
    assert_eq!(picture.header("content-type"), "image/svg+xml");
    let tied = world.get("gonca", "/networks?subject=p1&subject=c1").ok();
    assert_eq!(tied["taken"][0]["id"], "p1", "{tied}");
}

#[test]
fn lists_say_how_they_stand() {
    let world = World::new();
    let status = world.get("gonca", "/lists").ok();
    let list = &status["lists"][0];
    assert_eq!(
        (&list["dataset"], &list["state"], &list["is_stale"]),
        (&json!("alpha"), &json!("live"), &json!(false)),
        "{status}"
    );
    assert!(list["live_since"].is_string() && status["answers"].is_string(), "{status}");
    assert_eq!(world.get("gonca", "/lists/alpha").ok()["dataset"], "alpha");
    assert_eq!(world.get("gonca", "/lists/alpha/history").ok()["history"].as_array().unwrap().len(), 1);
}
