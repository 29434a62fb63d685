//! People at work: alerts, cases, freezes, reports, as the command line has them.
//!
//! The rules are tested below; here it is that each act arrives, and that what it gives is told.

use axum::body::Body;
use serde_json::{Value, json};

use crate::world::World;

const WHY: &str = "a test";

#[test]
fn an_alert_is_taken_cleared_and_reviewed() {
    let world = World::with_customers();
    let listed = world.get("cem", "/alerts?where=open&limit=1").ok();
    assert_eq!((&listed["count"], listed["alerts"].as_array().unwrap().len()), (&2.into(), 1));
    let second = world.get("cem", "/alerts?where=open&limit=1&offset=1").ok();
    assert_ne!(listed["alerts"][0]["id"], second["alerts"][0]["id"]);
    let shown = world.post("cem", "/alerts/next", &json!({})).ok();
    let alert = shown["next"]["alert"]["id"].as_str().unwrap().to_owned();
    assert_eq!(shown["next"]["alert"]["state"], "assigned");
    let reasons = world.get("cem", "/alerts/reasons").ok();
    let other = reasons["reasons"].as_array().unwrap().iter().find(|one| one["outcome"] == "other-person").unwrap();
    let body = json!({ "alerts": [alert], "because": other["code"], "reason": WHY });
    let cleared = world.post("cem", "/alerts/clear", &body).ok();
    assert_eq!(cleared["cleared"].as_u64().unwrap() + cleared["proposed"].as_u64().unwrap(), 1);
    let reviews = world.get("dilek", "/alerts/reviews").ok();
    for one in reviews["reviews"].as_array().unwrap() {
        let path = format!("/alerts/{}/review", one["alert"].as_str().unwrap());
        world.post("dilek", &path, &json!({ "verdict": "agree" })).ok();
    }
    world.post("cem", &format!("/alerts/{alert}/comment"), &json!({ "text": "seen" })).ok();
    let history = world.get("cem", &format!("/alerts/{alert}")).ok();
    assert!(history["history"].as_array().unwrap().len() >= 3, "{history}");
}

#[test]
fn of_two_analysts_at_once_the_second_is_told() {
    let world = World::with_customers();
    let alert = world.alerts()[0].clone();
    let seen = world.get("cem", &format!("/alerts/{alert}"));
    let tag = seen.header("etag").to_owned();
    assert_eq!(tag, format!("\"{}\"", seen.ok()["revision"]));
    let body = json!({ "alerts": [alert] });
    world.send("ceren", "POST", "/alerts/take", &[("if-match", &tag)], &body).ok();
    let told =
        world.send("cem", "POST", "/alerts/take", &[("if-match", &tag)], &body).refused(409, "changed-meanwhile");
    assert_eq!(told["id"], alert.as_str());
    assert!(told["done"].as_str().unwrap().starts_with("alert.assigned by U-"), "{told}");
    assert!(told["now"].as_i64().unwrap() > told["seen"].as_i64().unwrap(), "{told}");
    let with_revision = json!({ "alerts": [alert], "revision": told["seen"] });
    world.post("cem", "/alerts/take", &with_revision).refused(409, "changed-meanwhile");
    world.send("cem", "POST", "/alerts/take", &[("if-match", "\"1\"")], &with_revision).refused(422, "does-not-fit");
}

#[test]
fn the_same_post_with_the_same_key_is_done_once() {
    let world = World::new();
    let body = json!({ "title": "Nets", "legal_basis": "a law", "purpose": WHY });
    let key = [("idempotency-key", "nets-1")];
    let first = world.send("cem", "POST", "/cases", &key, &body);
    assert_eq!(first.status, 201);
    let again = world.send("cem", "POST", "/cases", &key, &body);
    assert_eq!((again.ok(), again.header("idempotency-replayed")), (first.ok(), "true"));
    let other = json!({ "title": "Ropes", "legal_basis": "a law", "purpose": WHY });
    world.send("cem", "POST", "/cases", &key, &other).refused(409, "key-reused");
    // Somebody else's key is another one.
    assert_ne!(world.send("ceren", "POST", "/cases", &key, &body).ok(), first.ok());
    assert_eq!(world.get("cem", "/cases").ok()["count"], 2);
    // What was refused may be sent again.
    let key = [("idempotency-key", "close")];
    world.send("ceren", "POST", "/cases/C-99/close", &key, &json!({ "reason": WHY })).refused(404, "no-such-thing");
    world.send("ceren", "POST", "/cases/C-99/close", &key, &json!({ "reason": WHY })).refused(404, "no-such-thing");
}

#[test]
fn what_was_answered_is_known_after_a_restart_and_to_nobody_else() {
    let world = World::new();
    let case = json!({ "title": "Nets", "legal_basis": "a law", "purpose": WHY });
    let (made_once, shown_once) = ([("idempotency-key", "nets-1")], [("idempotency-key", "key-1")]);
    let first = world.send("cem", "POST", "/cases", &made_once, &case);
    let key = json!({ "label": "a program", "scopes": ["read"], "days": 3 });
    let made = world.send("cem", "POST", "/keys", &shown_once, &key).ok();
    let world = world.restarted();
    let again = world.send("cem", "POST", "/cases", &made_once, &case);
    assert_eq!((again.ok(), again.status, again.header("idempotency-replayed")), (first.ok(), first.status, "true"));
    assert_eq!(again.header("location"), first.header("location"));
    let other = json!({ "title": "Ropes", "legal_basis": "a law", "purpose": WHY });
    world.send("cem", "POST", "/cases", &made_once, &other).refused(409, "key-reused");
    assert_eq!(world.get("cem", "/cases").ok()["count"], 1);
    // A secret that is shown once is shown again to whoever asked for it, and stands nowhere in the clear.
    assert_eq!(world.send("cem", "POST", "/keys", &shown_once, &key).ok(), made);
    let secret = made["secret"].as_str().unwrap().as_bytes();
    for file in
        std::fs::read_dir(world.data()).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_file())
    {
        let bytes = std::fs::read(&file).unwrap();
        assert!(!bytes.windows(secret.len()).any(|some| some == secret), "{}", file.display());
    }
    // With no answer kept, as after a stop in the middle, nobody is told that it was done or that it was not.
    let store = mihenk_node::store::Place::Sqlite(world.data().join("store.sqlite"));
    let desk = mihenk_node::desk::Desk::open(&store, &world.data(), Box::new(|| 0)).unwrap();
    desk.act_as("a test", |act, _| {
        act.execute("UPDATE replies SET is_done = 0", &[])?;
        Ok::<_, mihenk_node::NodeError>(())
    })
    .unwrap();
    let told = world.send("cem", "POST", "/cases", &made_once, &case).refused(409, "key-reused");
    assert!(told["detail"].as_str().unwrap().contains("cut off"), "{told}");
}

#[test]
fn a_case_is_built_handed_over_and_closed() {
    let world = World::with_customers();
    let alerts = world.alerts();
    let body = json!({ "title": "Nets", "legal_basis": "a law", "purpose": WHY, "alerts": [alerts[0]] });
    let made = world.post("cem", "/cases", &body);
    let case = made.ok()["case"].as_str().unwrap().to_owned();
    assert_eq!(made.header("location"), format!("/api/v1/cases/{case}"));
    world.post("cem", "/alerts/escalate", &json!({ "alerts": [alerts[1]], "case": case, "reason": WHY })).ok();
    let at = |rest: &str| format!("/cases/{case}{rest}");
    let party = json!({ "kind": "company", "name": "Deneme Ltd", "role": "owner" });
    let party = world.post("cem", &at("/parties"), &party).ok()["party"].as_str().unwrap().to_owned();
    world.post("cem", &at("/notes"), &json!({ "text": "noted" })).ok();
    let task = world.post("cem", &at("/tasks"), &json!({ "what": "ask", "due": "2030-01-01" })).ok();
    let attached = world.ask("cem", "POST", &at("/documents?name=note.txt"), &[], "a note").ok();
    let document = world.get("gonca", &format!("/documents/{}", attached["attached"].as_str().unwrap()));
    assert_eq!(
        (document.bytes.as_slice(), document.header("content-type")),
        (&b"a note"[..], "application/octet-stream")
    );
    assert!(document.header("content-disposition").starts_with("attachment;"));
    let shown = world.get("gonca", &at("")).ok();
    assert_eq!((shown["alerts"].as_array().unwrap().len(), &shown["parties"][0]["id"]), (2, &json!(party)));
    world.post("cem", &at("/close"), &json!({ "reason": WHY })).refused(422, "refused");
    world.post("cem", &format!("/tasks/{}/done", task["task"].as_str().unwrap()), &json!({})).ok();
    world.post("cem", &at("/offer"), &json!({ "to": "ceren", "reason": WHY })).ok();
    world.post("ceren", &at("/accept"), &json!({})).ok();
    world.post("ceren", &at("/close"), &json!({ "reason": WHY })).ok();
    assert!(world.get("gonca", &at("/timeline")).ok()["timeline"].as_array().unwrap().len() > 5);
    assert!(String::from_utf8(world.get("gonca", &at("/picture")).bytes).unwrap().starts_with("<svg"));
    assert!(world.get("gonca", &at("/export")).header("content-disposition").contains("html"));
}

fn freeze(world: &World) -> String {
    let body = json!({
        "customer": "K-7", "programme": "us-ofac", "reference": "SDGT 1", "scope": "no payment", "start": "2025-11-18", "review": "2099-11-26",
        "entity": "ofac-8759", "lists": ["us_ofac_sdn"], "reason": WHY,
        "assets": [{ "kind": "account", "identifier": "TR33", "holder": "Anadolu Bank", "value": { "amount_minor": 1000, "currency": "EUR" } }],
    });
    world.post("cem", "/freezes", &body).ok()["proposed"].as_str().unwrap().to_owned()
}

#[test]
fn a_freeze_takes_two_people() {
    let world = World::new();
    let id = freeze(&world);
    let before = world.get("gonca", "/freezes/register").ok();
    assert_eq!(before["entries"], json!([]));
    let confirm = format!("/proposals/{id}/confirm");
    world.post("cem", &confirm, &json!({})).refused(403, "not-allowed");
    let shown = world.get("dilek", &format!("/freezes/{id}"));
    let tag = shown.header("etag").to_owned();
    assert_eq!(world.send("dilek", "POST", &confirm, &[("if-match", &tag)], &json!({})).ok()["state"], "in-force");
    let register = world.get("gonca", "/freezes/register").ok();
    assert_eq!(
        register["totals"]["currency"],
        json!([{ "of": "EUR", "currency": "EUR", "assets": 1, "held": 0, "amount_minor": 1000 }]),
        "{register}"
    );
    assert_eq!(world.get("gonca", "/freezes/register?at=2020-01-01T00:00:00Z").ok()["entries"], json!([]));
    world.get("gonca", "/freezes/register?at=2090-01-01T00:00:00Z").refused(422, "refused");
    let csv = world.get("gonca", "/freezes/register.csv");
    assert!(String::from_utf8(csv.bytes).unwrap().contains("TR33"));
    let letters = world.get("cem", &format!("/freezes/{id}/letters")).ok();
    assert_eq!(letters["letters"][0]["to"], "Anadolu Bank", "{letters}");
    world.post("cem", &format!("/freezes/{id}/release"), &json!({ "reason": WHY })).ok();
    assert_eq!(world.post("dilek", &confirm, &json!({})).ok()["state"], "released");
}

/// What an answer tells somebody, without what differs from one time to the other.
fn told(world: &World, who: &str, method: &str, path: &str, body: &Value) -> (u16, Vec<u8>) {
    let answer = if method == "GET" { world.get(who, path) } else { world.post(who, path, body) };
    (answer.status.as_u16(), answer.bytes)
}

#[test]
fn whoever_is_no_officer_hears_the_same_whatever_there_is() {
    let world = World::new();
    let id = freeze(&world);
    world.post("dilek", &format!("/proposals/{id}/confirm"), &json!({})).ok();
    let asked = |report: &str, received: &str| {
        let reason = json!({ "reason": WHY });
        let all = [
            ("GET", "/reports".to_owned(), &Value::Null),
            ("GET", "/reports/due".to_owned(), &Value::Null),
            ("GET", format!("/reports/{report}"), &Value::Null),
            ("GET", format!("/reports/{report}/written"), &Value::Null),
            ("POST", format!("/reports/{report}/withdraw"), &reason),
            ("GET", "/intake".to_owned(), &Value::Null),
            ("GET", format!("/intake/{received}"), &Value::Null),
            ("POST", format!("/intake/{received}/close"), &reason),
            ("GET", "/events/past?after=0".to_owned(), &Value::Null),
            ("GET", "/cases".to_owned(), &Value::Null),
        ];
        let people = ["cem", "dilek", "elif", "gonca", "ayse"];
        let ask = |who: &'static str| {
            all.iter().map(move |(method, path, body)| (who, *method, path.clone(), (*body).clone()))
        };
        people.iter().flat_map(|who| ask(who)).collect::<Vec<_>>()
    };
    let hear = |report: &str| {
        let all = asked(report, "IN-5");
        all.iter().map(|(who, method, path, body)| told(&world, who, method, path, body)).collect::<Vec<_>>()
    };
    let before = hear("RP-4");
    let draft = json!({ "kind": "ofac-blocking", "about": id });
    let kinds = world.get("farid", "/reports/kinds").ok();
    let kind = kinds["kinds"].as_array().unwrap().iter().find(|kind| kind["about"] == "freeze").unwrap()["id"].clone();
    let mut draft = draft;
    draft["kind"] = kind;
    let report = world.post("farid", "/reports", &draft).ok()["report"].as_str().unwrap().to_owned();
    assert_eq!(world.get("farid", &format!("/reports/{report}")).ok()["report"]["state"], "draft");
    world.get("farid", "/reports/RP-999").refused(404, "no-such-thing");
    let after = hear(&report);
    let steady =
        |answers: Vec<(u16, Vec<u8>)>| answers.into_iter().filter(|(status, _)| *status == 403).collect::<Vec<_>>();
    assert_eq!(steady(before.clone()), steady(after.clone()));
    let codes = |answers: &[(u16, Vec<u8>)]| answers.iter().map(|one| one.0).collect::<Vec<_>>();
    assert_eq!(codes(&before), codes(&after));
    assert!(!String::from_utf8_lossy(&after.concat_bytes()).contains(&report));
}

trait Concat {
    fn concat_bytes(&self) -> Vec<u8>;
}

impl Concat for Vec<(u16, Vec<u8>)> {
    fn concat_bytes(&self) -> Vec<u8> {
        self.iter().flat_map(|(_, bytes)| bytes.clone()).collect()
    }
}

#[test]
fn customers_are_shown_changed_and_let_go() {
    let world = World::with_customers();
    let portfolios = world.get("gonca", "/portfolios").ok();
    assert_eq!(portfolios["portfolios"][0]["with_hits"], 2, "{portfolios}");
    let page = world.get("gonca", "/customers?limit=2").ok();
    let next = page["next"].as_str().unwrap();
    let rest = world.get("gonca", &format!("/customers?limit=2&after={next}")).ok();
    assert_eq!((rest["customers"].as_array().unwrap().len(), &rest["next"]), (1, &Value::Null));
    let shown = world.get("cem", "/customers/1003?portfolio=retail");
    let tag = shown.header("etag").to_owned();
    assert_eq!(shown.ok()["hits"], json!([]));
    let change = json!({ "set": { "name": ["Kerem Örnekoğlu"], "birthDate": ["1961-04-05"] }, "reason": WHY });
    let told = world.send("cem", "PATCH", "/customers/1003", &[("if-match", &tag)], &change).ok();
    assert_eq!(told["told"]["alerts"], 1, "{told}");
    world.send("cem", "PATCH", "/customers/1003", &[("if-match", &tag)], &change).refused(409, "changed-meanwhile");
    world.post("cem", "/customers/1003/remove", &json!({ "reason": WHY })).ok();
    // What a client calls its file is a name for messages and never a path: nothing is written there.
    let place = tempfile::tempdir().unwrap();
    let path = format!("/customers/import?portfolio=retail&name={}/x.csv", place.path().display());
    let bad = world.ask("cem", "POST", &path, &[], "id,schema,name\n7,Person,\n").ok();
    assert!(bad["rejected"][0]["reason"].is_string(), "{bad}");
    assert_eq!(std::fs::read_dir(place.path()).unwrap().count(), 0);
    let job = world.post("cem", "/customers/screen", &json!({ "full": true }));
    assert_eq!(job.status, 201);
    let place = job.header("location").strip_prefix("/api/v1").unwrap().to_owned();
    for _ in 0..200 {
        let state = world.get("cem", &place).ok();
        if state["state"] != "running" {
            assert_eq!(state["state"], "done", "{state}");
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    panic!("it was never done");
}

#[test]
fn what_was_done_is_shown_verified_and_computed_again() {
    let world = World::with_customers();
    let alert = world.alerts()[0].clone();
    let shown = world.get("elif", &format!("/audit?subject={alert}")).ok();
    let raised = shown["events"].as_array().unwrap().iter().find(|event| event["kind"] == "alert.raised");
    let seq = raised.unwrap_or_else(|| panic!("{shown}"))["seq"].clone();
    let replayed = world.get("elif", &format!("/audit/replay/{seq}")).ok();
    assert_eq!((&replayed["same"], &replayed["alert"]), (&json!(true), &json!(alert)));
    let head = world.get("elif", "/audit/head").ok();
    let verdict = world.get("elif", &format!("/audit/verify?head={}", head["head"].as_str().unwrap())).ok();
    assert_eq!((&verdict["whole"], &verdict["compartment_is_whole"]), (&json!(true), &json!(true)));
    world.get("elif", "/audit/verify?head=nonsense").refused(422, "refused");
    let exported = world.get("elif", "/audit/export?from=1");
    assert!(exported.bytes.len() > 1_000 && exported.header("content-disposition").contains("audit"));
    world.get("cem", "/audit").refused(403, "not-allowed");
}

#[test]
fn two_administrators_change_people_and_rules() {
    let world = World::new();
    let body = json!({ "what": "add", "name": "hakan", "roles": ["viewer"], "reason": WHY });
    let id = world.post("ayse", "/people/changes", &body).ok()["proposed"].as_str().unwrap().to_owned();
    let confirm = format!("/people/changes/{id}/confirm");
    world.ask("ayse", "POST", &confirm, &[], Body::empty()).refused(422, "refused");
    let made = world.ask("bahram", "POST", &confirm, &[], Body::empty()).ok();
    assert!(made["first_password"].is_string(), "{made}");
    assert_eq!(made["user"]["roles"], json!(["viewer"]));
    let rule = json!({ "part": "alert", "keep_days": 3650, "purpose": "law", "reason": WHY });
    let id = world.post("ayse", "/retention/rules", &rule).ok()["proposed"].as_str().unwrap().to_owned();
    world.ask("bahram", "POST", &format!("/retention/rules/{id}/confirm"), &[], Body::empty()).ok();
    assert_eq!(world.get("ayse", "/retention").ok()["rules"][0]["keep_days"], 3650);
}

#[test]
fn a_complaint_is_opened_and_decided_by_two() {
    let world = World::with_customers();
    let customer = world.get("gonca", "/customers/1001").ok()["id"].clone();
    let alert = world.get("gonca", "/alerts").ok()["alerts"]
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["customer"] == customer)
        .unwrap()["id"]
        .clone();
    let body =
        json!({ "customer": customer, "complaint": "It is not me.", "alerts": [alert], "compared": ["birth-date"] });
    let id = world.post("cem", "/redress", &body).ok()["redress"].as_str().unwrap().to_owned();
    let at = |rest: &str| format!("/redress/{id}{rest}");
    world.post("cem", &at("/propose"), &json!({ "found": "cannot-be-told", "reason": WHY })).ok();
    world.post("cem", &at("/confirm"), &json!({})).refused(403, "not-allowed");
    world.post("dilek", &at("/confirm"), &json!({})).ok();
    assert_eq!(world.get("gonca", &at("")).ok()["redress"]["state"], "decided");
}
