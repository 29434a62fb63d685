//! `/catalog`, `/algorithms`, `/healthz`, `/readyz`, `/updatez`.
//!
//! What is asked of a server before it is asked of anybody: which lists there are, how it weighs, whether it is ready.

use mihenk_server::{Settings, router_of_nothing};
use serde_json::{Value, json};
use tower::ServiceExt;

use crate::world::World;

#[test]
fn the_catalog_has_every_list_and_what_clients_read_of_it() {
    let world = World::new();
    let answer = world.get("/catalog");
    assert!(answer.header("etag").starts_with('"') && answer.header("etag").ends_with('"'), "a strong tag");
    assert_eq!(answer.header("cache-control"), "public, max-age=300");
    let body = answer.ok();
    let datasets = body["datasets"].as_array().unwrap();
    let dataset = |name: &str| datasets.iter().find(|dataset| dataset["name"] == name).unwrap();
    for key in [
        "name",
        "title",
        "license",
        "summary",
        "description",
        "url",
        "updated_at",
        "last_export",
        "entity_count",
        "thing_count",
        "version",
        "category",
        "tags",
        "publisher",
        "coverage",
        "resources",
        "children",
        "deprecation",
        "deprecated",
        "load",
        "entities_url",
        "delta_url",
        "namespace",
        "index_version",
        "index_current",
    ] {
        assert!(datasets.iter().all(|dataset| dataset.get(key).is_some()), "{key}");
    }
    assert_eq!((&dataset("alpha")["load"], &dataset("alpha")["index_current"]), (&json!(true), &json!(true)));
    assert_eq!(dataset("default")["children"], json!(["alpha", "beta"]));
    assert_eq!((&dataset("both")["title"], &dataset("both")["load"]), (&json!("Both"), &json!(false)));
    assert_eq!((&dataset("alpha")["entity_count"], &dataset("alpha")["thing_count"]), (&json!(7), &json!(4)));
    let current: Vec<&Value> = body["current"].as_array().unwrap().iter().collect();
    assert!(current.contains(&&json!("alpha")) && current.contains(&&json!("default")));
    assert_eq!((&body["outdated"], &body["index_stale"]), (&json!([]), &json!(false)));
    assert_eq!(world.get("/manifest").ok(), body);
}

#[test]
fn a_catalog_that_is_known_is_not_sent_again() {
    let world = World::new();
    let tag = world.get("/catalog").header("etag").to_owned();
    for known in [tag.clone(), format!("\"other\", {tag}"), "*".to_owned()] {
        let answer = world.get_with("/catalog", &[("if-none-match", &known)]);
        assert_eq!((answer.status.as_u16(), answer.bytes.len()), (304, 0), "{known}");
        assert_eq!((answer.header("etag"), answer.header("cache-control")), (tag.as_str(), "public, max-age=300"));
    }
    assert_eq!(world.get_with("/catalog", &[("if-none-match", "\"other\"")]).status, 200);
}

#[test]
fn the_six_algorithms_are_told_with_their_features() {
    let world = World::new();
    let body = world.get("/algorithms").ok();
    assert_eq!((&body["default"], &body["best"]), (&json!("best"), &json!("logic-v2")));
    let mut names: Vec<&str> =
        body["algorithms"].as_array().unwrap().iter().map(|a| a["name"].as_str().unwrap()).collect();
    names.sort_unstable();
    assert_eq!(names, ["logic-v1", "logic-v2", "name-based", "name-qualified", "ofac", "regression-v1"]);
    for algorithm in body["algorithms"].as_array().unwrap() {
        for feature in algorithm["features"].as_object().unwrap().values() {
            assert!(
                feature["description"].is_string()
                    && feature["coefficient"].is_number()
                    && feature.get("url").is_some()
            );
        }
        assert!(algorithm["docs"]["config"].is_object() && algorithm["docs"]["features"].is_object());
    }
}

#[test]
fn hidden_algorithms_can_be_asked_for_all_the_same() {
    let set = |name: &str| (name == "YENTE_HIDDEN_ALGORITHMS").then(|| "ofac, logic-v1".to_owned());
    let world = World::with(Settings::read(set).unwrap());
    assert_eq!(world.get("/algorithms").ok()["algorithms"].as_array().unwrap().len(), 4);
    world.person("/match/default?algorithm=ofac", &json!({ "name": "A B" }));
}

#[test]
fn it_is_well_and_ready() {
    let world = World::new();
    assert_eq!(world.get("/healthz").ok(), json!({ "status": "ok" }));
    assert_eq!(world.get("/readyz").ok(), json!({ "status": "ok" }));
}

#[test]
fn until_lists_are_open_it_is_well_and_not_ready() {
    let router = router_of_nothing(Settings::default());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let ask = |method: &str, path: &str| {
        let request =
            axum::http::Request::builder().method(method).uri(path).body(axum::body::Body::from("{}")).unwrap();
        runtime.block_on(router.clone().oneshot(request)).unwrap().status().as_u16()
    };
    assert_eq!(ask("GET", "/healthz"), 200);
    for path in ["/readyz", "/catalog", "/search/default", "/entities/x", "/entities/x/adjacent", "/reconcile/default"]
    {
        assert_eq!(ask("GET", path), 503, "{path}");
    }
    assert_eq!(ask("POST", "/match/default"), 503);
}

#[test]
fn an_update_needs_its_token() {
    let world = World::new();
    for path in ["/updatez", "/updatez?token=", "/updatez?token=x"] {
        world.post(path, "").refused(403, "Invalid token.");
    }
    let set = |name: &str| (name == "YENTE_UPDATE_TOKEN").then(|| "secret".to_owned());
    let world = World::with(Settings::read(set).unwrap());
    for path in ["/updatez", "/updatez?token=%20", "/updatez?token=Secret", "/updatez?token=secret2"] {
        world.post(path, "").refused(403, "Invalid token.");
    }
    assert_eq!(world.post("/updatez?token=secret&sync=true", "").ok(), json!({ "status": "ok" }));
    world.get("/updatez?token=secret").refused(405, "Method Not Allowed");
}
