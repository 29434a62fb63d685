//! What goes wrong, each in its form.
//!
//! Status, code and what else a client acts on are compared, words only where they carry what was asked for.

use axum::body::Body;
use serde_json::json;

use crate::world::World;

#[test]
fn unknown_routes_and_methods_are_problems_too() {
    let world = World::new();
    let told = world.get("cem", "/alrets").refused(404, "no-such-route");
    assert!(told["detail"].as_str().unwrap().contains("/api/v1/alrets"), "{told}");
    let answer = world.ask("cem", "DELETE", "/alerts", &[], Body::empty());
    answer.refused(405, "wrong-method");
    assert!(answer.header("allow").contains("GET"), "{}", answer.header("allow"));
    let long = format!("/alerts?where={}", "x".repeat(62_000));
    world.get("cem", &long).refused(414, "address-too-long");
}

#[test]
fn a_body_that_is_no_json_is_told_with_line_and_column() {
    let world = World::new();
    let json = [("content-type", "application/json; charset=utf-8")];
    let told = world
        .ask("cem", "POST", "/cases", &json, "{\n  \"title\": \"x\",\n  nonsense\n}")
        .refused(400, "malformed-json");
    assert_eq!((&told["line"], &told["column"]), (&3.into(), &3.into()), "{told}");
    world.ask("cem", "POST", "/cases", &json, vec![b'"', 0xff, b'"']).refused(400, "malformed-json");
    world.ask("cem", "POST", "/cases", &json, "[".repeat(100_000)).refused(400, "malformed-json");
    world.ask("cem", "POST", "/cases", &json, "").refused(400, "malformed-json");
    world.ask("cem", "POST", "/cases", &[("content-type", "text/plain")], "{}").refused(415, "wrong-media-type");
    world.ask("cem", "POST", "/cases", &[], "{}").refused(415, "wrong-media-type");
    let large = format!("{{\"title\":\"{}\"}}", "x".repeat(17 << 20));
    world.ask("cem", "POST", "/cases", &json, large).refused(413, "too-large");
}

#[test]
fn fields_that_do_not_fit_are_all_named() {
    let world = World::new();
    let body = json!({ "title": 7, "legal_basis": " ", "alerts": ["A-1", "C-2"], "sponsor": 1 });
    let told = world.post("cem", "/cases", &body).refused(422, "does-not-fit");
    let at: Vec<&str> = told["errors"].as_array().unwrap().iter().map(|one| one["pointer"].as_str().unwrap()).collect();
    assert_eq!(at, ["", "/alerts/1", "/legal_basis", "", "/title"], "{told}");
    let detail = told["detail"].as_str().unwrap();
    assert!(detail.starts_with("the field") && !detail.contains("; :"), "{detail}");
    assert!(detail.contains("\"purpose\" is missing") && detail.contains("\"sponsor\" is unknown"), "{detail}");
}

#[test]
fn parameters_that_do_not_fit_are_named() {
    let world = World::new();
    let told = world.get("cem", "/alerts?limit=0&offset=x&wher=open").refused(400, "wrong-parameter");
    let at: Vec<&str> =
        told["errors"].as_array().unwrap().iter().map(|one| one["parameter"].as_str().unwrap()).collect();
    assert_eq!(at, ["wher", "limit", "offset"], "{told}");
    world.get("cem", "/alerts?limit=1&limit=2").refused(400, "wrong-parameter");
    let told = world.ask("cem", "POST", "/cases/C-1/close", &[("if-match", "17")], Body::empty());
    told.refused(400, "wrong-parameter");
}

#[test]
fn what_there_is_not_is_said() {
    let world = World::new();
    for path in [
        "/alerts/A-4711",
        "/alerts/C-1",
        "/alerts/%FF",
        "/cases/C-9",
        "/customers/K-9",
        "/freezes/F-9",
        "/lists/nobody",
        "/redress/RD-9",
        "/documents/D-9",
    ] {
        world.get("cem", path).refused(404, "no-such-thing");
    }
}

#[test]
fn a_rule_speaks_in_its_own_words() {
    let world = World::with_customers();
    let alert = &world.alerts()[0];
    let body = json!({ "alerts": [alert], "because": "no-such-reason", "reason": "a test" });
    let told = world.post("cem", "/alerts/clear", &body).refused(422, "refused");
    assert!(told["detail"].as_str().unwrap().contains("no-such-reason"), "{told}");
    let told = world.get("cem", "/alerts?where=nonsense").refused(422, "refused");
    assert!(told["detail"].as_str().unwrap().contains("nonsense"), "{told}");
}

#[test]
fn without_a_store_nobody_works_and_anybody_screens() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("beta.ftm.json");
    std::fs::write(
        &file,
        "{\"id\":\"p1\",\"schema\":\"Person\",\"datasets\":[\"beta\"],\"properties\":{\"name\":[\"Kerem Beta\"]}}\n",
    )
    .unwrap();
    let node = mihenk_node::Node::from_files(&[file], mihenk_node::Model::built_in()).unwrap();
    let router = mihenk_server::router(node, Vec::new(), mihenk_server::Settings::default());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let ask = |method: &str, path: &str, body: &str| {
        let request =
            axum::http::Request::builder().method(method).uri(path).header("content-type", "application/json");
        let request = request.body(Body::from(body.to_owned())).unwrap();
        runtime.block_on(async { tower::ServiceExt::oneshot(router.clone(), request).await.unwrap().status().as_u16() })
    };
    assert_eq!(ask("GET", "/api/v1/alerts", ""), 404);
    assert_eq!(ask("GET", "/api/v1/events", ""), 404);
    assert_eq!(ask("POST", "/api/v1/screen", "{\"name\":\"Kerem Beta\"}"), 200);
}
