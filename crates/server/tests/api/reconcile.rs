//! `/reconcile/{dataset}`, as OpenRefine uses it.
//!
//! The manifest, the queries, the extension of columns and the suggestions, as version 0.2 of the protocol has them.

use serde_json::{Value, json};

use crate::world::World;

fn form(field: &str, value: &Value) -> String {
    let text = value.to_string();
    let encoded: String = text.bytes().map(|byte| format!("%{byte:02X}")).collect();
    format!("{field}={encoded}")
}

#[test]
fn the_manifest_leads_to_this_server() {
    let world = World::new();
    let manifest = world.get_with("/reconcile/alpha?algorithm=best&queries=x", &[("host", "screen.example:8000")]).ok();
    assert_eq!(manifest["versions"], json!(["0.2"]));
    assert!(manifest["name"].as_str().unwrap().ends_with("(Mihenk)"));
    assert_eq!(manifest["batchSize"], 3);
    assert_eq!((&manifest["preview"]["width"], &manifest["preview"]["height"]), (&json!(430), &json!(600)));
    let entity = &manifest["suggest"]["entity"];
    assert_eq!(entity["service_url"], "http://screen.example:8000/reconcile/alpha");
    assert_eq!(entity["service_path"], "/suggest/entity?algorithm=best&queries=x");
    assert!(manifest["view"]["url"].as_str().unwrap().contains("{{id}}"));
    assert_eq!(manifest["extend"]["propose_properties"]["service_path"], "/extend/property?algorithm=best&queries=x");
    let settings: Vec<&str> = manifest["extend"]["propose_settings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|s| s["name"].as_str().unwrap())
        .collect();
    assert_eq!(settings, ["limit", "render"]);
    let types: Vec<&str> =
        manifest["defaultTypes"].as_array().unwrap().iter().map(|t| t["id"].as_str().unwrap()).collect();
    assert!(
        ["Person", "LegalEntity", "Thing", "Company"].iter().all(|name| types.contains(name))
            && !types.contains(&"Sanction")
    );
}

#[test]
fn rows_are_reconciled() {
    let world = World::new();
    let born = json!([{ "pid": "Person:birthDate", "v": "1961-04-05" }, { "pid": "birthDate", "v": "1800" }]);
    let queries = json!({
        "q0": { "query": "Kerem Ornekoglu", "type": ["Person", "Company"], "properties": born },
        "q1": { "query": "Deneme Star", "type": "Vessel", "limit": 1 },
        "q2": { "query": "Nobody Whatsoever" },
    });
    let answer = world.post("/reconcile/default", form("queries", &queries));
    assert_eq!(answer.header("x-batch-size"), "3");
    let body = answer.ok();
    let first = &body["q0"]["result"][0];
    assert_eq!(
        (&first["id"], &first["name"], &first["match"]),
        (&json!("p1"), &json!("Kerem Örnekoğlu"), &json!(true))
    );
    assert_eq!(first["type"], json!([{ "id": "Person", "name": "People", "description": "Person" }]));
    assert_eq!(first["description"], "Person");
    assert_eq!((body["q1"]["result"].as_array().unwrap().len(), &body["q1"]["result"][0]["id"]), (1, &json!("v1")));
    assert!(body["q0"]["result"].as_array().unwrap().iter().any(|r| r["match"] == false), "no cutoff");
}

#[test]
fn columns_are_extended() {
    let world = World::new();
    let extend = json!({
        "ids": ["p1", "nobody", "v1"],
        "properties": [{ "id": "nationality" }, { "id": "name", "settings": { "limit": 1 } }, { "id": "owner", "settings": { "render": "caption" } }],
    });
    let body = world.post("/reconcile/default", form("extend", &extend)).ok();
    assert_eq!(body["meta"][0], json!({ "id": "nationality", "name": "Nationality" }));
    assert_eq!(body["rows"]["p1"]["nationality"], json!([{ "str": "Türkiye" }]));
    assert_eq!(body["rows"]["nobody"], json!({}));
    assert_eq!(body["rows"]["v1"]["owner"], json!([{ "str": "Deneme Denizcilik Ltd" }]));
    let raw = json!({ "ids": ["p1"], "properties": [{ "id": "nationality", "settings": { "render": "raw" } }] });
    assert_eq!(
        world.post("/reconcile/default", form("extend", &raw)).ok()["rows"]["p1"]["nationality"],
        json!([{ "str": "tr" }])
    );
    let other = json!({ "ids": ["old-p1"], "properties": [] });
    world.post("/reconcile/default", form("extend", &other)).refused(400, "old-p1 is another id of p1");
}

#[test]
fn forms_that_do_not_fit_are_told() {
    let world = World::new();
    world.post("/reconcile/default", "").refused(400, "No queries or extend request provided.");
    let answer = world.post("/reconcile/default", "queries=%7B");
    answer.refused(400, "queries");
    assert!(answer.json()["errors"].is_array());
    world
        .post("/reconcile/default", form("queries", &json!({ "q": { "query": "x", "type": "Persn" } })))
        .refused(400, "No such schema");
    let many: serde_json::Map<String, Value> = (0..101).map(|at| (at.to_string(), json!({ "query": "x" }))).collect();
    world.post("/reconcile/default", form("queries", &json!(many))).refused(400, "Too many queries");
    world.get("/reconcile/nowhere").refused(404, "No such dataset.");
}

#[test]
fn suggestions_begin_as_somebody_types() {
    let world = World::new();
    let result = |path: &str| {
        let body = world.get(path).ok();
        assert_eq!((&body["code"], &body["status"]), (&json!("/api/status/ok"), &json!("200 OK")));
        body["result"].as_array().unwrap().iter().map(|r| r["id"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(result("/reconcile/alpha/suggest/entity?prefix=kerem+orn"), ["p1"]);
    assert!(result("/reconcile/default/suggest/entity?prefix=").is_empty());
    assert_eq!(result("/reconcile/default/suggest/entity?prefix=deneme&limit=1").len(), 1);
    assert!(result("/reconcile/default/suggest/property?prefix=birth").contains(&"Person:birthDate".to_owned()));
    assert!(result("/reconcile/default/suggest/property?prefix=").len() <= 5);
    assert!(result("/reconcile/default/suggest/type?prefix=pers").contains(&"Person".to_owned()));
    let body = world.get("/reconcile/default/extend/property?type=Person&limit=500").ok();
    assert_eq!((&body["type"], &body["limit"]), (&json!("Person"), &json!(500)));
    let names: Vec<&str> = body["properties"].as_array().unwrap().iter().map(|p| p["name"].as_str().unwrap()).collect();
    assert!(names.is_sorted() && names.contains(&"Birth date"));
    world.get("/reconcile/default/extend/property?type=Persn").refused(400, "No such schema");
}

#[test]
fn what_is_of_another_type_is_told_with_its_place_and_not_passed_over() {
    let world = World::new();
    let told = |name: &str, sent: serde_json::Value, place: serde_json::Value| {
        let answer = world.post("/reconcile/default", form(name, &sent));
        assert_eq!(answer.status, 400, "{sent}");
        let body: serde_json::Value = serde_json::from_slice(&answer.bytes).unwrap();
        assert_eq!((&body["detail"], &body["errors"][0]["loc"]), (&json!(name), &place), "{sent}: {body}");
        assert!(body["errors"][0]["msg"].is_string(), "{body}");
    };
    // A name that is no text would find nobody, and look as if nobody were listed.
    told("queries", json!({ "q0": { "query": 5 } }), json!(["queries", "q0", "query"]));
    told("queries", json!({ "q0": null }), json!(["queries", "q0"]));
    told("queries", json!({ "q0": { "query": "x", "type": 5 } }), json!(["queries", "q0", "type"]));
    told("queries", json!({ "q0": { "query": "x", "limit": "many" } }), json!(["queries", "q0", "limit"]));
    told("queries", json!({ "q0": { "query": "x", "properties": 5 } }), json!(["queries", "q0", "properties"]));
    let without =
        json!({ "q0": { "query": "x", "properties": [{ "pid": "Person:country", "v": "tr" }, { "v": "a" }] } });
    told("queries", without, json!(["queries", "q0", "properties", 1, "pid"]));
    told("extend", json!({}), json!(["extend", "ids"]));
    told("extend", json!({ "ids": [5], "properties": [] }), json!(["extend", "ids", 0]));
    told("extend", json!({ "ids": [], "properties": [{}] }), json!(["extend", "properties", 0, "id"]));
    let limit = json!({ "ids": [], "properties": [{ "id": "name", "settings": { "limit": "x" } }] });
    told("extend", limit, json!(["extend", "properties", 0, "settings", "limit"]));

    // Null is as if it were missing, and a number may come as a text, as forms have it.
    let fine = json!({ "q0": { "query": null, "type": null, "limit": "1", "properties": null } });
    assert_eq!(world.post("/reconcile/default", form("queries", &fine)).status, 200);
    let most = |number: usize| json!({ "ids": vec!["p1"; number], "properties": [{ "id": "name", "settings": { "limit": "1" } }] });
    let answer = world.post("/reconcile/default", form("extend", &most(100)));
    assert_eq!((answer.status.as_u16(), answer.header("x-batch-size")), (200, "1"), "rows, of which ids have one each");
    world.post("/reconcile/default", form("extend", &most(101))).refused(400, "Too many queries in one batch");
}
