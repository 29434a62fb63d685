//! Webhooks: registered by two, signed, tried again, given up, delivered again, over restarts.
//!
//! A receiver on a socket of this machine keeps what came; time is set by hand.

use std::{
    io::{Read, Write},
    net::TcpListener,
    sync::{
        Arc, Mutex,
        atomic::{AtomicI64, AtomicU16, Ordering},
    },
};

use axum::body::Body;
use mihenk_node::{desk::Desk, store::Place};
use mihenk_server::{Deliverer, Office};
use serde_json::{Value, json};

use crate::world::World;

/// Headers and body of a message.
type Came = (Vec<(String, String)>, String);

/// Somebody who is told: answers with a status that is set by hand, and keeps what came.
struct Receiver {
    url: String,
    status: Arc<AtomicU16>,
    came: Arc<Mutex<Vec<Came>>>,
}

impl Receiver {
    fn new() -> Receiver {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/hook", listener.local_addr().unwrap());
        let (status, came) = (Arc::new(AtomicU16::new(204)), Arc::<Mutex<Vec<_>>>::default());
        let (answers, kept) = (status.clone(), came.clone());
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let mut bytes = Vec::new();
                let mut buffer = [0; 4096];
                let (head, body) = loop {
                    let read = stream.read(&mut buffer).unwrap();
                    bytes.extend_from_slice(&buffer[..read]);
                    let text = String::from_utf8_lossy(&bytes).into_owned();
                    if let Some((head, body)) = text.split_once("\r\n\r\n") {
                        let length = head
                            .lines()
                            .find_map(|line| line.to_lowercase().strip_prefix("content-length: ").map(str::to_owned));
                        if body.len() >= length.unwrap().parse().unwrap() {
                            break (head.to_owned(), body.to_owned());
                        }
                    }
                };
                let headers = head.lines().skip(1).filter_map(|line| line.split_once(": "));
                let headers = headers.map(|(name, value)| (name.to_lowercase(), value.to_owned())).collect();
                kept.lock().unwrap().push((headers, body));
                let status = answers.load(Ordering::SeqCst);
                write!(stream, "HTTP/1.1 {status} X\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\nconnection: close\r\n\r\n").unwrap();
            }
        });
        Receiver { url, status, came }
    }

    fn answers(&self, status: u16) {
        self.status.store(status, Ordering::SeqCst);
    }

    /// What came since the last look: the subjects that it tells of.
    fn told(&self) -> Vec<String> {
        let came = std::mem::take(&mut *self.came.lock().unwrap());
        let of = |(_, body): (Vec<(String, String)>, String)| {
            let body: Value = serde_json::from_str(&body).unwrap();
            let events = body["data"]["events"].as_array().unwrap().clone();
            events.into_iter().map(|event| event["subject"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        };
        came.into_iter().flat_map(of).collect()
    }
}

/// Another process that delivers on the same store, with a clock that is set by hand.
struct Other {
    office: Office,
    deliverer: Deliverer,
    clock: Arc<AtomicI64>,
}

impl Other {
    fn new(world: &World) -> Other {
        let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
        let clock = Arc::new(AtomicI64::new(i64::try_from(since.as_millis()).unwrap() + 1_000));
        let read = clock.clone();
        let place = Place::Sqlite(world.data().join("store.sqlite"));
        let now = Box::new(move || read.load(Ordering::SeqCst));
        let desk = Desk::open(&place, &world.folder.path().join("backups"), now).unwrap();
        let office = Office { desk, folder: world.data(), key_file: world.data().join("store.key") };
        Other { office, deliverer: Deliverer::new(false, None).unwrap(), clock }
    }

    fn round(&mut self) -> usize {
        self.deliverer.round(&self.office).unwrap()
    }

    fn goes_on(&self, minutes: i64) {
        self.clock.fetch_add(minutes * 60_000, Ordering::SeqCst);
    }
}

fn registered(world: &World, url: &str, parts: &[&str]) -> (String, String) {
    let body = json!({ "url": url, "parts": parts, "reason": "a test" });
    let id = world.post("ayse", "/webhooks", &body).ok()["proposed"].as_str().unwrap().to_owned();
    let confirm = format!("/webhooks/{id}/confirm");
    world.ask("ayse", "POST", &confirm, &[], Body::empty()).refused(422, "refused");
    let confirmed = world.ask("bahram", "POST", &confirm, &[], Body::empty()).ok();
    (id, confirmed["secret"].as_str().unwrap().to_owned())
}

fn open_case(world: &World) -> String {
    let body = json!({ "title": "Nets", "legal_basis": "a law", "purpose": "a test" });
    world.post("cem", "/cases", &body).ok()["case"].as_str().unwrap().to_owned()
}

fn hook(world: &World, id: &str) -> Value {
    let all = world.get("ayse", "/webhooks").ok();
    all["webhooks"].as_array().unwrap().iter().find(|one| one["id"] == id).unwrap().clone()
}

#[test]
fn what_happens_is_told_once_signed_and_written_down() {
    let (world, receiver) = (World::new(), Receiver::new());
    let before = open_case(&world);
    let (id, secret) = registered(&world, &receiver.url, &["case"]);
    assert!(secret.starts_with("whsec_") && secret.len() > 40);
    let mut other = Other::new(&world);
    assert_eq!(other.round(), 0, "what was before is not told: {before}");
    let first = open_case(&world);
    assert_eq!(other.round(), 1);
    let came = receiver.came.lock().unwrap().clone();
    let header = |name: &str| came[0].0.iter().find(|(known, _)| known == name).unwrap().1.clone();
    assert!(header("webhook-id").starts_with(&format!("msg_{id}_")));
    assert!(header("webhook-signature").starts_with("v1,") && header("webhook-timestamp").parse::<i64>().is_ok());
    assert!(!came[0].1.contains("Nets"), "ids only");
    assert_eq!(receiver.told(), [first]);
    assert_eq!(other.round(), 0, "nothing twice");
    assert_eq!(hook(&world, &id)["last_told"], "answered 204");
    // Another process goes on where this one was.
    let second = open_case(&world);
    drop(other);
    assert_eq!(Other::new(&world).round(), 1);
    assert_eq!(receiver.told(), [second]);
}

#[test]
fn what_was_not_taken_is_tried_again_and_given_up_and_delivered_again() {
    let (world, receiver) = (World::new(), Receiver::new());
    let (id, _) = registered(&world, &receiver.url, &[]);
    receiver.answers(500);
    let mut other = Other::new(&world);
    let first = open_case(&world);
    assert_eq!((other.round(), other.round()), (1, 0), "not before its time");
    assert_eq!(hook(&world, &id)["failed"], 1);
    assert_eq!(hook(&world, &id)["last_told"], "answered 500");
    let second = open_case(&world);
    for minutes in [1, 10, 60, 180, 600, 1_200] {
        other.goes_on(minutes);
        assert_eq!(other.round(), 1, "after {minutes} minutes");
    }
    let letters = world.get("ayse", "/webhooks/letters").ok();
    let letter = &letters["letters"][0];
    assert_eq!((&letter["state"], &letter["why"]), (&json!("dead"), &json!("answered 500")), "{letters}");
    receiver.told();
    receiver.answers(200);
    let third = open_case(&world);
    assert_eq!(other.round(), 1);
    assert_eq!(receiver.told(), [third], "what is new does not wait for what was given up");
    let path = format!("/webhooks/letters/{}/replay", letter["id"].as_str().unwrap());
    world.ask("ayse", "POST", &path, &[], Body::empty()).ok();
    world.ask("ayse", "POST", &path, &[], Body::empty()).refused(422, "refused");
    assert_eq!(other.round(), 1);
    assert_eq!(receiver.told(), [first, second]);
    assert_eq!(world.get("ayse", "/webhooks/letters").ok()["letters"], json!([]));
    assert_eq!(world.get("ayse", "/webhooks/letters?delivered=true").ok()["letters"][0]["state"], "delivered");
    world.post("ayse", &format!("/webhooks/{id}/end"), &json!({ "reason": "a test" })).ok();
    open_case(&world);
    assert_eq!(other.round(), 0);
}

#[test]
fn redirects_are_not_followed_and_who_is_gone_is_given_up_at_once() {
    let (world, receiver) = (World::new(), Receiver::new());
    let (id, _) = registered(&world, &receiver.url, &[]);
    let mut other = Other::new(&world);
    receiver.answers(302);
    open_case(&world);
    other.round();
    assert_eq!(hook(&world, &id)["last_told"], "answered 302: redirects are not followed");
    receiver.answers(410);
    other.goes_on(1);
    other.round();
    assert_eq!(world.get("ayse", "/webhooks/letters").ok()["letters"].as_array().unwrap().len(), 1);
}

#[test]
fn addresses_inside_the_house_are_not_reached() {
    let world = World::new();
    for url in ["http://example.org/", "https://u:p@example.org/", "ftp://example.org/"] {
        let body = json!({ "url": url, "reason": "a test" });
        world.post("ayse", "/webhooks", &body).refused(422, "refused");
    }
    let (id, _) = registered(&world, "https://169.254.169.254/latest", &[]);
    let mut other = Other::new(&world);
    open_case(&world);
    other.round();
    let told = hook(&world, &id)["last_told"].as_str().unwrap().to_owned();
    assert!(told.contains("is no address of the public internet"), "{told}");
}
