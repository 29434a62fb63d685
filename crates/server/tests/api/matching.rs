//! `POST /match/{dataset}`.
//!
//! Every parameter, the checks in their order, and the places where clients fail if an answer is otherwise.

use mihenk_server::Settings;
use serde_json::{Value, json};

use crate::world::{World, ids};

fn one(schema: &str, properties: &Value) -> String {
    json!({ "queries": { "q": { "schema": schema, "properties": properties } } }).to_string()
}

#[test]
fn a_result_has_every_key_that_clients_read() {
    let world = World::new();
    let answer =
        world.post("/match/alpha", one("Person", &json!({ "name": "Kerem Ornekoglu", "birthDate": "1961-04-05" })));
    assert_eq!((answer.header("x-batch-size"), answer.header("content-type")), ("1", "application/json"));
    assert!(!answer.header("x-mihenk-version").is_empty());
    let text = String::from_utf8(answer.bytes.clone()).unwrap();
    let body = answer.ok();
    assert_eq!(body["limit"], 5);
    let response = &body["responses"]["q"];
    assert_eq!(response["status"], 200);
    assert_eq!(response["total"], json!({ "value": 1, "relation": "eq" }));
    let echo = json!({ "id": null, "schema": "Person", "properties": { "name": ["Kerem Ornekoglu"], "birthDate": ["1961-04-05"] } });
    assert_eq!(response["query"], echo);
    let first = &response["results"][0];
    assert_eq!((&first["id"], &first["schema"], &first["match"]), (&json!("p1"), &json!("Person"), &json!(true)));
    assert_eq!((&first["datasets"], &first["referents"]), (&json!(["alpha"]), &json!(["old-p1"])));
    assert_eq!(first["properties"]["nationality"], json!(["tr"]), "countries are codes");
    assert_eq!(first["properties"]["topics"], json!(["sanction"]), "who is listed is sanctioned");
    assert_eq!(first["target"], true);
    let name = &first["explanations"]["name_match"];
    assert!(name["score"].as_f64().unwrap() > 0.0 && name["detail"].is_string());
    assert_eq!((&name["query"], &name["candidate"]), (&json!("Kerem Ornekoglu"), &json!("Kerem Örnekoğlu")));
    assert_eq!(first["explanations"]["birth_date_match"]["score"], 1.0);
    let keys = [
        "id",
        "caption",
        "schema",
        "properties",
        "datasets",
        "referents",
        "target",
        "first_seen",
        "last_seen",
        "last_change",
    ];
    let places: Vec<usize> = keys.iter().map(|key| text.find(&format!("\"{key}\":")).unwrap()).collect();
    assert!(places[1..].is_sorted(), "ten keys in one order: {places:?}");
}

#[test]
fn beside_them_stands_the_evidence_and_adds_up() {
    let world = World::new();
    let body = world
        .person("/match/default?threshold=0.1&cutoff=0", &json!({ "name": "Kerem Ornekoglu", "birthDate": "1961" }));
    let results = body["responses"]["q"]["results"].as_array().unwrap();
    assert!(results.len() >= 2, "both who bear the name");
    for result in results {
        let lines = result["explanation"].as_array().unwrap();
        let sum: f64 = lines.iter().map(|line| line["bits"].as_f64().unwrap()).sum();
        assert!((sum - result["bits"].as_f64().unwrap()).abs() < 1e-6, "{result}");
        assert!((0.0..=1.0).contains(&result["probability"].as_f64().unwrap()));
    }
    let scores: Vec<f64> = results.iter().map(|result| result["score"].as_f64().unwrap()).collect();
    assert!(scores.windows(2).all(|two| two[0] >= two[1]), "best first: {scores:?}");
    let other = results.iter().find(|result| result["id"] == "p3").unwrap();
    assert_eq!(other["explanations"]["dob_year_disjoint"]["candidate"], "1990-01-01");
}

#[test]
fn a_score_equal_to_the_cutoff_is_dropped() {
    let world = World::new();
    let asked = json!({ "name": "Kerem Ornekoglu" });
    let found = |path: &str| world.person(path, &asked)["responses"]["q"].clone();
    let all = found("/match/alpha?cutoff=0&threshold=0.1");
    let score = all["results"][0]["score"].as_f64().unwrap();
    let at = found(&format!("/match/alpha?cutoff={score}&threshold={score}"));
    assert_eq!((ids(&at["results"]), &at["total"]["value"]), (Vec::new(), &json!(0)));
    let below = found(&format!("/match/alpha?cutoff={}&threshold={score}", score - 0.0001));
    assert_eq!(
        (ids(&below["results"]), &below["results"][0]["match"]),
        (vec!["p1"], &json!(true)),
        "match is at or above"
    );
    let above = found(&format!("/match/alpha?cutoff=0.99&threshold={}", score - 0.0001));
    assert_eq!(ids(&above["results"]), ["p1"], "the cutoff is never above the threshold");
}

#[test]
fn the_total_counts_before_the_limit() {
    let world = World::new();
    let found = world.person("/match/default?limit=1&threshold=0.5", &json!({ "name": "Kerem Ornekoglu" }));
    assert_eq!(
        (ids(&found["responses"]["q"]["results"]).len(), &found["responses"]["q"]["total"]["value"]),
        (1, &json!(2))
    );
    let none = world.person("/match/default?limit=-2", &json!({ "name": "Kerem Ornekoglu" }));
    assert_eq!((&none["limit"], &none["responses"]["q"]["results"]), (&json!(0), &json!([])));
}

#[test]
fn filters_hold_before_the_limit() {
    let world = World::new();
    let who = |parameters: &str| {
        let path = format!("/match/default?threshold=0.5&{parameters}");
        let body = world.person(&path, &json!({ "name": "Kerem Ornekoglu" }));
        let mut ids: Vec<String> = ids(&body["responses"]["q"]["results"]).iter().map(|id| (*id).to_owned()).collect();
        ids.sort();
        ids.join(" ")
    };
    assert_eq!(who(""), "p1 p3");
    assert_eq!(who("limit=1&include_dataset=beta"), "p3");
    assert_eq!(who("exclude_dataset=beta"), "p1");
    assert_eq!(who("include_dataset=alpha&exclude_dataset=alpha"), "", "an empty scope finds nobody");
    assert_eq!(who("topics=wanted&topics=role.pep"), "p3", "any of them");
    assert_eq!(who("topics=sanction"), "p1");
    assert_eq!(who("exclude_entity_ids=old-p1"), "p3", "any id of an entity excludes it");
    assert_eq!(who("exclude_entity_ids=p3"), "p1");
    assert_eq!(who("exclude_schema=Person"), "");
    assert_eq!(who("include_dataset=both"), "p1 p3");
    assert_eq!(who("fuzzy=False&api_key=x&partition=true"), "p1 p3", "what is unknown is passed over");
}

#[test]
fn every_algorithm_answers_in_its_own_way() {
    let world = World::new();
    let asked = json!({ "name": "Kerem Ornekoglu", "birthDate": "1961-04-05", "passportNumber": "U1234567" });
    let mut scores = Vec::new();
    for name in ["logic-v2", "logic-v1", "name-based", "name-qualified", "ofac", "regression-v1", "best", "OFAC"] {
        let body = world.person(&format!("/match/alpha?algorithm={name}&cutoff=0.1"), &asked);
        let first = &body["responses"]["q"]["results"][0];
        assert_eq!(first["id"], "p1", "{name}");
        scores.push((name, first["score"].as_f64().unwrap()));
    }
    let score = |name: &str| scores.iter().find(|(n, _)| *n == name).unwrap().1;
    assert_eq!(score("best"), score("logic-v2"));
    assert_eq!(score("ofac"), score("OFAC"));
    assert!(score("name-based") < score("name-qualified"), "a birth date in common says more: {scores:?}");
    assert!(score("name-qualified") < score("logic-v2"), "so does a number: {scores:?}");
    assert_eq!(
        score("ofac"),
        score("name-based"),
        "where nothing speaks against, ofac has the names alone: {scores:?}"
    );
    world.post("/match/default?algorithm=magic", one("Person", &json!({}))).refused(400, "Invalid algorithm: magic");
}

#[test]
fn weights_scale_their_feature() {
    let world = World::new();
    let ask = |weights: Value| {
        let query = json!({ "schema": "Person", "properties": { "name": "Kerem Ornekoglu", "birthDate": "1950" } });
        let body = json!({ "queries": { "q": query }, "weights": weights });
        let body = world.post("/match/alpha?cutoff=0.01&threshold=0.1", body.to_string()).ok();
        body["responses"]["q"]["results"][0]["score"].as_f64().unwrap()
    };
    let usual = ask(json!({}));
    assert_eq!(ask(json!({ "dob_year_disjoint": -0.15, "no_such_feature": 3 })), usual);
    assert!(ask(json!({ "dob_year_disjoint": 0 })) > usual, "what speaks against is not counted");
}

#[test]
fn a_schema_finds_its_relatives() {
    let world = World::new();
    let who = |schema: &str, name: &str| {
        let body = world.post("/match/default", one(schema, &json!({ "name": name }))).ok();
        ids(&body["responses"]["q"]["results"]).iter().map(|id| (*id).to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(who("LegalEntity", "Deneme Denizcilik Limited"), ["c1"]);
    assert_eq!(who("Organization", "Deneme Denizcilik Limited"), ["c1"]);
    assert_eq!(who("Thing", "Deneme Denizcilik Limited"), ["c1"]);
    assert!(who("Vessel", "Deneme Denizcilik Limited").iter().all(|id| id != "c1"));
    let by_number = world.post("/match/default", one("Vessel", &json!({ "imoNumber": ["IMO 9074729"] }))).ok();
    let first = &by_number["responses"]["q"]["results"][0];
    assert_eq!((&first["id"], &first["score"]), (&json!("v1"), &json!(1.0)));
    assert_eq!(first["explanations"]["vessel_imo_mmsi_match"]["score"], 1.0);
    assert_eq!(first["properties"]["owner"], json!(["c1"]), "results are never nested");
}

#[test]
fn faults_are_told_in_the_order_of_yente() {
    let world = World::new();
    let query = json!({ "schema": "Person", "properties": { "name": "A B" } });
    let body = |value: Value| value.to_string();
    world.post("/match/nowhere?algorithm=x", body(json!({ "queries": {} }))).refused(404, "No such dataset.");
    world.post("/match/default?algorithm=x", body(json!({ "queries": {} }))).refused(400, "Invalid algorithm: x");
    world
        .post("/match/default", body(json!({ "queries": {}, "config": { "x": 1 } })))
        .refused(400, "Invalid config key");
    world.post("/match/default", body(json!({ "queries": {} }))).refused(400, "No queries provided.");
    let many: serde_json::Map<String, Value> = (0..101).map(|at| (at.to_string(), query.clone())).collect();
    world.post("/match/default", body(json!({ "queries": many }))).refused(400, "Too many queries");
    let hundred: serde_json::Map<String, Value> = (0..100).map(|at| (at.to_string(), query.clone())).collect();
    let answer = world.post("/match/default", body(json!({ "queries": hundred })));
    assert_eq!(answer.header("x-batch-size"), "100");
    for schema in ["Persn", "Sanction"] {
        let queries = json!({ "a": query, "b": { "schema": schema, "properties": {} } });
        world.post("/match/default", body(json!({ "queries": queries }))).refused(400, "Cannot parse example entity");
    }
}

#[test]
fn fields_that_do_not_fit_are_listed() {
    let world = World::new();
    let fields = |path: &str, body: &str| world.post(path, body.to_owned()).fields();
    let pair = |kind: &str, loc: &str| (kind.to_owned(), loc.to_owned());
    let good = one("Person", &json!({ "name": "A B" }));
    assert_eq!(fields("/match/default?limit=501", &good), [pair("less_than_equal", "query.limit")]);
    assert_eq!(fields("/match/default?threshold=x&cutoff=y", &good).len(), 2);
    assert_eq!(
        fields("/match/default?changed_since=yesterday", &good),
        [pair("string_pattern_mismatch", "query.changed_since")]
    );
    let ids: Vec<String> = (0..51).map(|at| format!("exclude_entity_ids={at}")).collect();
    assert_eq!(
        fields(&format!("/match/default?{}", ids.join("&")), &good),
        [pair("too_long", "query.exclude_entity_ids")]
    );
    assert_eq!(
        fields("/match/default", "{\"queries\": {\"q\": null}}"),
        [pair("model_attributes_type", "body.queries.q")]
    );
    let missing = "{\"queries\": {\"q\": {\"properties\": {}}}}";
    assert_eq!(fields("/match/default", missing), [pair("missing", "body.queries.q.schema")]);
    assert_eq!(fields("/match/default", "{}"), [pair("missing", "body.queries")]);
    assert_eq!(fields("/match/default", "[]"), [pair("model_attributes_type", "body")]);
    assert_eq!(fields("/match/default", ""), [pair("missing", "body")]);
    assert_eq!(fields("/match/default", "{\"queries\": ")[0].0, "json_invalid");
}

#[test]
fn what_clients_send_besides_is_passed_over() {
    let world = World::new();
    // Marble's backend: nulls in each query, parameters in the body.
    let query =
        json!({ "schema": "Person", "properties": { "name": ["Kerem Ornekoglu"] }, "filters": null, "params": null });
    let body = json!({ "queries": { "5b0c": query }, "params": { "include_datasets": ["x"] } });
    let path = "/match/default?algorithm=logic-v1&threshold=0.70&cutoff=0.70&limit=30&index_type=scoped&partition=true";
    let answer = world.post(path, body.to_string()).ok();
    assert_eq!((&answer["limit"], &answer["responses"]["5b0c"]["status"]), (&json!(30), &json!(200)));
}

#[test]
fn limits_are_those_of_the_settings() {
    let set = |name: &str| match name {
        "YENTE_MAX_BATCH" => Some("1".to_owned()),
        "YENTE_MATCH_PAGE" => Some("2".to_owned()),
        "YENTE_MAX_MATCHES" => Some("3".to_owned()),
        _ => None,
    };
    let settings = Settings::read(set).unwrap();
    let world = World::with(settings);
    let query = json!({ "schema": "Person", "properties": { "name": "A B" } });
    let two = json!({ "queries": { "a": query, "b": query } }).to_string();
    world.post("/match/default", two).refused(400, "Too many queries in one batch (limit: 1)");
    assert_eq!(world.person("/match/default", &json!({ "name": "A B" }))["limit"], 2);
    assert_eq!(world.post("/match/default?limit=4", one("Person", &json!({}))).fields()[0].0, "less_than_equal");
}

#[test]
fn whoever_gives_nothing_to_go_by_finds_nobody_and_is_told() {
    let world = World::new();
    let body = world.person("/match/default", &json!({ "nationality": "ru" }));
    let response = &body["responses"]["q"];
    assert_eq!((&response["status"], &response["results"]), (&json!(200), &json!([])));
    assert!(response["warnings"][0].as_str().unwrap().contains("nothing to go by"));
}
