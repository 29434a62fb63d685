//! What takes two administrators: keys of services, who somebody is at an issuer, who needs one-time codes.
//!
//! In come proposals of one and confirmations of another; out come keys that are shown once, and who may do what with them.

use axum::body::Body;
use serde_json::{Value, json};

use crate::world::{Answer, World};

const WHY: &str = "a test";

/// Ayşe proposes.
fn proposed(world: &World, path: &str, body: &Value) -> String {
    let mut body = body.clone();
    body["reason"] = json!(WHY);
    let answer = world.post("ayse", path, &body);
    let told = answer.ok();
    assert_eq!(answer.status, 201);
    told["proposed"].as_str().unwrap().to_owned()
}

fn confirm(world: &World, who: &str, change: &str) -> Answer {
    world.ask(who, "POST", &format!("/people/changes/{change}/confirm"), &[], Body::empty())
}

/// Both want it.
fn done(world: &World, path: &str, body: &Value) -> Value {
    let change = proposed(world, path, body);
    confirm(world, "ayse", &change).refused(422, "refused");
    confirm(world, "bahram", &change).ok()
}

fn by_key(world: &World, secret: &str, path: &str) -> u16 {
    world.ask("", "GET", path, &[("authorization", &format!("ApiKey {secret}"))], Body::empty()).status.as_u16()
}

#[test]
fn a_service_gets_its_key_by_two_and_another_secret_by_two() {
    let world = World::new();
    done(&world, "/people/changes", &json!({ "what": "add-service", "name": "core", "roles": ["analyst"] }));
    let wanted = json!({ "name": "core", "label": "core banking", "scopes": ["read"], "days": 30 });
    let made = done(&world, "/people/keys", &wanted);
    let secret = made["key"].as_str().unwrap();
    assert_eq!((made["user"]["name"].as_str(), &made["first_password"]), (Some("core"), &Value::Null));
    assert_eq!((by_key(&world, secret, "/alerts"), by_key(&world, secret, "/people")), (200, 403));

    let listed = world.get("bahram", "/people/keys");
    assert!(!String::from_utf8_lossy(&listed.bytes).contains(secret));
    let key = listed.ok()["keys"][0].clone();
    assert_eq!((&key["label"], &key["scopes"]), (&json!("core banking"), &json!(["read"])));
    let path = format!("/people/keys/{}/rotate", key["id"].as_str().unwrap());
    let rotated = done(&world, &path, &json!({ "overlap_days": 0 }));
    let next = rotated["key"].as_str().unwrap();
    assert_eq!((by_key(&world, secret, "/alerts"), by_key(&world, next, "/alerts")), (401, 200));

    // What no key can be is refused when it is proposed.
    let refused = |change: Value, status: u16, code: &str| {
        let mut body = wanted.clone();
        body["reason"] = json!(WHY);
        body.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        world.post("ayse", "/people/keys", &body).refused(status, code)
    };
    refused(json!({ "scopes": ["work"] }), 422, "refused");
    refused(json!({ "name": "cem" }), 422, "refused");
    refused(json!({ "name": "nobody" }), 404, "no-such-thing");
    refused(json!({ "days": 367 }), 422, "does-not-fit");
    refused(json!({ "scopes": [] }), 422, "does-not-fit");
    world.post("ayse", "/people/keys/AK-999/rotate", &json!({ "reason": WHY })).refused(404, "no-such-thing");
}

#[test]
fn who_somebody_is_at_an_issuer_takes_two() {
    let world = World::new();
    let tie = json!({ "name": "cem", "issuer": "https://login.example", "subject": "cem-at-login" });
    done(&world, "/people/ties", &tie);
    let mut again = tie.clone();
    again["reason"] = json!(WHY);
    world.post("ayse", "/people/ties", &again).refused(422, "refused");
    again["issuer"] = json!("login.example");
    world.post("ayse", "/people/ties", &again).refused(422, "refused");
    done(&world, "/people/ties/end", &json!({ "name": "cem", "issuer": "https://login.example" }));
    // It is free again.
    done(&world, "/people/ties", &tie);
}

#[test]
fn roles_that_need_one_time_codes_are_said_by_two() {
    let world = World::new();
    done(&world, "/people/second-factor", &json!({ "roles": ["viewer"] }));
    world.get("gonca", "/alerts").refused(403, "second-factor-due");
    done(&world, "/people/second-factor", &json!({ "roles": [] }));
    world.get("gonca", "/alerts").ok();
}

#[test]
fn the_key_of_documents_is_exchanged_by_two() {
    let world = World::new();
    let none = world.post("ayse", "/sealing/exchange", &json!({ "reason": WHY }));
    assert!(none.refused(422, "refused")["detail"].as_str().unwrap().contains("there is no key"));
    let file = world.folder.path().join("data/store.key");
    std::fs::write(&file, [7; 32]).unwrap();
    std::fs::set_permissions(&file, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
    let before = world.get("ayse", "/sealing").ok();
    assert_eq!((&before["waiting"], &before["is_exchanging"]), (&Value::Null, &json!(false)));
    world.get("elif", "/sealing").refused(403, "not-allowed");

    let proposed = world.post("ayse", "/sealing/exchange", &json!({ "reason": WHY })).ok();
    let change = proposed["proposed"].as_str().unwrap();
    assert_eq!((&proposed["job"], &world.get("bahram", "/sealing").ok()["waiting"]), (&Value::Null, &json!(change)));
    world.post("bahram", "/sealing/exchange", &json!({ "reason": WHY })).refused(422, "refused");
    confirm(&world, "ayse", change).refused(422, "refused");
    let job = confirm(&world, "bahram", change).ok()["job"].as_u64().unwrap();
    let state = || world.get("ayse", &format!("/jobs/{job}")).ok()["state"].clone();
    let began = std::time::Instant::now();
    while state() == "running" {
        assert!(began.elapsed().as_secs() < 30, "it does not end");
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    assert_eq!(state(), "done");
    let after = world.get("ayse", "/sealing").ok();
    assert_ne!(after["id"], before["id"]);
    assert_eq!((&after["before"], &after["is_exchanging"]), (&json!([before["id"]]), &json!(false)));
}
