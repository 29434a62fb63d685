//! What holds for every route: errors, limits, compression, origins, traces.
//!
//! Requests that are wrong, too long or too deep are refused and leave the server as it was.

use axum::{body::Body, http::Request};
use serde_json::json;

use crate::world::World;

#[test]
fn paths_and_verbs_that_are_none() {
    let world = World::new();
    world.get("/nothing").refused(404, "Not Found");
    world.get("/-/version").refused(404, "Not Found");
    world.get("/match/default").refused(405, "Method Not Allowed");
    world.get("/match/default/").refused(404, "Not Found");
    world.post("/catalog", "").refused(405, "Method Not Allowed");
}

#[test]
fn what_is_described_is_there() {
    let world = World::new();
    let described = world.get("/openapi.json").ok();
    assert_eq!(described["openapi"], "3.1.0");
    for (path, verbs) in described["paths"].as_object().unwrap() {
        let filled = path.replace("{dataset}", "default").replace("{id}", "p1").replace("{property}", "sanctions");
        for (verb, operation) in verbs.as_object().unwrap() {
            let answer = if verb == "post" { world.post(&filled, "") } else { world.get(&filled) };
            assert!(![404, 405, 500].contains(&answer.status.as_u16()), "{verb} {path}: {}", answer.status);
            let named: Vec<&str> =
                operation["parameters"].as_array().unwrap().iter().map(|p| p["name"].as_str().unwrap()).collect();
            assert_eq!(
                path.matches('{').count(),
                named.iter().filter(|name| path.contains(&format!("{{{name}}}"))).count()
            );
        }
    }
    assert_eq!(world.get("/").header("content-type"), "text/html; charset=utf-8");
    assert_eq!(world.get("/favicon.ico").status, 200);
}

#[test]
fn an_address_has_an_end() {
    let world = World::new();
    let path = |length: usize| {
        let start = "/search/default?simple=true&q=";
        format!("{start}{}", "a".repeat(length - start.len()))
    };
    assert_eq!(world.get(&path(60_000)).status, 200);
    world.get(&path(60_001)).refused(414, "Request URI too long");
}

#[test]
fn bodies_that_are_no_question() {
    let world = World::new();
    world
        .post("/match/default", b"{\"queries\": \"\xff\"}".to_vec())
        .refused(400, "There was an error parsing the body");
    let deep = format!("{{\"queries\": {}1{}}}", "[".repeat(100_000), "]".repeat(100_000));
    world.post("/match/default", deep).refused(400, "There was an error parsing the body");
    let deep = format!(
        "{{\"queries\": {{\"q\": {{\"schema\": \"Person\", \"properties\": {{\"name\": {}{}}}}}}}}}",
        "[".repeat(100),
        "]".repeat(100)
    );
    assert_eq!(world.post("/match/default", deep).status, 200, "a hundred lists in one another are lists");
    world.post("/match/default", vec![b' '; (16 << 20) + 1]).refused(413, "The body has more than 16 MiB");
    assert_eq!(world.get("/healthz").status, 200);
}

#[test]
fn names_that_are_no_text() {
    let world = World::new();
    let status = |path: &str| world.get(path).status.as_u16();
    assert_eq!(status("/search/%ff"), 400);
    assert_eq!(status("/entities/%00"), 404);
    assert_eq!(status("/search/default?q=%ff&limit=%"), 422);
    world.get("/search/..%2f..").refused(404, "No such dataset.");
}

#[test]
fn a_content_type_is_not_needed() {
    let world = World::new();
    let body = json!({ "queries": { "q": { "schema": "Person", "properties": { "name": "A B" } } } }).to_string();
    for kind in ["application/json", "application/json; charset=utf-8"] {
        let request =
            Request::post("/match/default").header("content-type", kind).body(Body::from(body.clone())).unwrap();
        assert_eq!(world.ask(request).status, 200, "{kind}");
    }
    assert_eq!(world.post("/match/default", body).status, 200);
}

#[test]
fn large_answers_are_packed_when_that_is_asked_for() {
    let world = World::new();
    let packed = world.get_with("/catalog", &[("accept-encoding", "gzip")]);
    assert_eq!((packed.header("content-encoding"), &packed.bytes[..2]), ("gzip", &[0x1f, 0x8b][..]));
    assert_eq!(world.get("/catalog").header("content-encoding"), "");
    assert_eq!(
        world.get_with("/healthz", &[("accept-encoding", "gzip")]).header("content-encoding"),
        "",
        "small ones are not"
    );
}

#[test]
fn any_origin_may_ask() {
    let world = World::new();
    let answer = world.get_with("/healthz", &[("origin", "https://app.example")]);
    assert_eq!(answer.header("access-control-allow-origin"), "https://app.example");
    assert_eq!(answer.header("access-control-allow-credentials"), "true");
    let preflight = Request::options("/match/default")
        .header("origin", "https://app.example")
        .header("access-control-request-method", "POST")
        .header("access-control-request-headers", "x-own")
        .body(Body::empty())
        .unwrap();
    let answer = world.ask(preflight);
    assert_eq!((answer.status.as_u16(), answer.header("access-control-allow-headers")), (200, "x-own"));
    assert_eq!(answer.header("access-control-allow-methods"), "POST");
}

#[test]
fn a_trace_goes_on() {
    let world = World::new();
    let trace = "0af7651916cd43dd8448eb211c80319c";
    let given = format!("00-{trace}-b7ad6b7169203331-01");
    let answer = world.get_with("/healthz", &[("traceparent", &given)]);
    let parts: Vec<&str> = answer.header("traceparent").split('-').collect();
    assert_eq!((parts[0], parts[1], parts.len()), ("00", trace, 4));
    assert_eq!(answer.header("tracestate"), format!("yente={}", parts[2]));
    assert_ne!(parts[2], "b7ad6b7169203331", "a span of its own");
    let other = world.get_with("/healthz", &[("traceparent", "00-xyz-1-01")]);
    assert_eq!(other.header("traceparent").len(), given.len());
    assert_ne!(world.get("/healthz").header("traceparent"), world.get("/healthz").header("traceparent"));
    assert!(!world.get("/nothing").header("traceparent").is_empty(), "of every reply");
}
