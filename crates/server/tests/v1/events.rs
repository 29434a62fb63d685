//! What happens, as it happens, and who hears of it.
//!
//! In comes somebody who listens, out come ids, kinds and data as they were sent.

use std::time::Duration;

use axum::{body::Body, http::Request};
use serde_json::{Value, json};
use tower::ServiceExt;

use crate::world::World;

/// Listens as somebody until `count` events came or two seconds went by without one; the ids, kinds and data.
fn listen(
    world: &World,
    who: &str,
    last: Option<&str>,
    count: usize,
    meanwhile: impl FnOnce(),
) -> Vec<(String, String, Value)> {
    let mut request = Request::get("/api/v1/events").header("authorization", format!("Bearer {}", world.token(who)));
    if let Some(last) = last {
        request = request.header("last-event-id", last);
    }
    let request = request.body(Body::empty()).unwrap();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let response = runtime.block_on(async { world.router.clone().oneshot(request).await.unwrap() });
    assert_eq!(response.status(), 200);
    assert_eq!(response.headers()["content-type"], "text/event-stream");
    meanwhile();
    let mut text = String::new();
    runtime.block_on(async {
        let mut body = response.into_body();
        while text.matches("\ndata: ").count() < count {
            let frame = std::future::poll_fn(|context| {
                axum::body::HttpBody::poll_frame(std::pin::Pin::new(&mut body), context)
            });
            let Ok(Some(Ok(frame))) = tokio::time::timeout(Duration::from_secs(3), frame).await else { break };
            text += std::str::from_utf8(frame.data_ref().unwrap()).unwrap();
        }
    });
    let field = |block: &str, name: &str| {
        block.lines().find_map(|line| line.strip_prefix(&format!("{name}: "))).unwrap_or("").to_owned()
    };
    let blocks = text.split("\n\n").filter(|block| block.contains("data: "));
    blocks
        .map(|block| (field(block, "id"), field(block, "event"), serde_json::from_str(&field(block, "data")).unwrap()))
        .collect()
}

fn open_case(world: &World, title: &str) -> String {
    let body = json!({ "title": title, "legal_basis": "a law", "purpose": "a test" });
    world.post("cem", "/cases", &body).ok()["case"].as_str().unwrap().to_owned()
}

#[test]
fn new_things_are_told_as_they_happen_and_go_on_where_it_was_broken_off() {
    let world = World::new();
    let mut case = String::new();
    let heard = listen(&world, "gonca", None, 1, || case = open_case(&world, "Nets"));
    assert_eq!(heard.len(), 1, "{heard:?}");
    let (id, kind, data) = &heard[0];
    assert_eq!((kind.as_str(), &data["subject"]), ("case.opened", &json!(case)));
    assert_eq!(data["seq"].to_string(), *id);
    assert!(!data.to_string().contains("Nets"), "ids only");
    let second = open_case(&world, "Ropes");
    let third = open_case(&world, "Sails");
    let heard = listen(&world, "gonca", Some(id), 2, || {});
    let subjects: Vec<&Value> = heard.iter().map(|one| &one.2["subject"]).collect();
    assert_eq!(subjects, [&json!(second), &json!(third)], "nothing twice, nothing left out");
    world.ask("gonca", "GET", "/events", &[("last-event-id", "x")], Body::empty()).refused(400, "wrong-parameter");
}

#[test]
fn each_role_hears_what_it_may_see() {
    let world = World::with_customers();
    let kinds = |who: &str| -> Vec<String> {
        let mut after = 0;
        let mut all = Vec::new();
        loop {
            let batch = world.get(who, &format!("/events/past?after={after}")).ok();
            all.extend(
                batch["events"].as_array().unwrap().iter().map(|event| event["kind"].as_str().unwrap().to_owned()),
            );
            after = batch["upto"].as_i64().unwrap();
            if batch["is_more"] == false {
                return all;
            }
        }
    };
    let (seen, managed) = (kinds("gonca"), kinds("ayse"));
    assert_eq!(seen.iter().filter(|kind| *kind == "alert.raised").count(), 2, "{seen:?}");
    let has = |all: &[String], part: &str| all.iter().any(|kind| kind.starts_with(part));
    assert!(!has(&seen, "people.") && !has(&seen, "access.") && !has(&seen, "compartment."));
    assert!(has(&managed, "people.") && !has(&managed, "alert.") && !has(&managed, "access."));
}

#[test]
fn a_report_is_never_heard_of() {
    let world = World::new();
    let kinds = world.get("farid", "/reports/kinds").ok();
    let kind =
        kinds["kinds"].as_array().unwrap().iter().find(|kind| kind["about"] == "happening").unwrap()["id"].clone();
    let heard = listen(&world, "gonca", None, 2, || {
        world.post("farid", "/reports", &json!({ "kind": kind, "title": "T", "event_day": "2026-01-05" })).ok();
        open_case(&world, "Nets");
    });
    let kinds: Vec<&str> = heard.iter().map(|one| one.1.as_str()).collect();
    assert_eq!(kinds, ["case.opened"]);
}

#[test]
fn whoever_is_signed_out_hears_no_more() {
    let world = World::new();
    let heard = listen(&world, "gonca", None, 1, || {
        let body = json!({ "what": "leave", "name": "gonca", "reason": "a test" });
        let id = world.post("ayse", "/people/changes", &body).ok()["proposed"].as_str().unwrap().to_owned();
        world.ask("bahram", "POST", &format!("/people/changes/{id}/confirm"), &[], Body::empty()).ok();
        open_case(&world, "Nets");
    });
    assert!(heard.is_empty(), "{heard:?}");
}
