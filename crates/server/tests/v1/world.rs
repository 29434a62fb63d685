//! A server with an office: a list, customers, and somebody of each role who has signed in.
//!
//! In come requests as somebody, out come answers. A store is made anew for each world; nothing is kept.

use std::{collections::BTreeMap, path::PathBuf};

use axum::{
    body::Body,
    http::{HeaderMap, Request, StatusCode},
};
use mihenk_node::{
    Model, Node, Source,
    desk::Desk,
    ledger::{
        Reason,
        people::{Change, Role, Secret, Token},
    },
    people,
    store::Place,
};
use mihenk_server::{Office, Router, Settings, router_with_office};
use serde_json::Value;
use tower::ServiceExt;

const LIST: &str = r#"
{"id":"p1","schema":"Person","datasets":["alpha"],"properties":{"name":["Kerem Örnekoğlu"],"birthDate":["1961-04-05"],"nationality":["tr"],"topics":["sanction"],"passportNumber":["U1234567"]}}
{"id":"p2","schema":"Person","datasets":["alpha"],"properties":{"name":["Zerrin Denizkızı"],"birthDate":["1964-01-02"],"nationality":["tr"],"topics":["sanction"]}}
{"id":"c1","schema":"Company","datasets":["alpha"],"properties":{"name":["Deneme Denizcilik Ltd"],"jurisdiction":["mt"],"topics":["sanction"]}}
{"id":"o1","schema":"Ownership","datasets":["alpha"],"properties":{"owner":["p1"],"asset":["c1"],"percentage":["60"]}}
"#;

/// Two customers are listed, one is not.
pub(crate) const CUSTOMERS: &str = "reference,schema,name,birth_date,nationality\n\
    1001,Person,Kerem Örnekoğlu,1961-04-05,tr\n1002,Person,Zerrin Denizkızı,1964-01-02,tr\n1003,Person,Quintus Fabius Pictor,1970-05-05,it\n";

pub(crate) const NAMES: [(&str, Role); 6] = [
    ("cem", Role::Analyst),
    ("ceren", Role::Analyst),
    ("dilek", Role::Approver),
    ("elif", Role::Auditor),
    ("farid", Role::Officer),
    ("gonca", Role::Viewer),
];

pub(crate) struct World {
    pub(crate) router: Router,
    tokens: BTreeMap<String, String>,
    pub(crate) folder: tempfile::TempDir,
}

pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) bytes: Vec<u8>,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes)
            .unwrap_or_else(|error| panic!("{}: {error}: {}", self.status, String::from_utf8_lossy(&self.bytes)))
    }

    /// It was done.
    pub(crate) fn ok(&self) -> Value {
        assert!(self.status.is_success(), "{}: {}", self.status, String::from_utf8_lossy(&self.bytes));
        self.json()
    }

    /// It was refused with a problem of this code.
    pub(crate) fn refused(&self, status: u16, code: &str) -> Value {
        let body = self.json();
        assert_eq!((self.status.as_u16(), body["code"].as_str()), (status, Some(code)), "{body}");
        assert_eq!(self.header("content-type"), "application/problem+json");
        assert_eq!(body["status"], status);
        assert_eq!(body["type"], format!("/reference/problems.html#{code}"));
        assert!(body["title"].is_string() && body["detail"].is_string(), "{body}");
        body
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

fn password(name: &str) -> Secret {
    Secret::new(&format!("correct horse {name}"))
}

fn signed_in(desk: &Desk, name: &str, first: &Secret) -> Token {
    let token = desk.sign_in(name, first).unwrap().token;
    desk.seat(token).choose_password(first, &password(name)).unwrap();
    desk.sign_in(name, &password(name)).unwrap().token
}

fn now() -> i64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    i64::try_from(since.as_millis()).unwrap()
}

impl World {
    /// With people and a list, and no customer yet.
    pub(crate) fn new() -> World {
        World::with(Settings::default())
    }

    pub(crate) fn with(settings: Settings) -> World {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().to_owned();
        let file = root.join("alpha.ftm.json");
        // With so many others that nobody who goes has to wait.
        let filler = |number: usize| {
            format!("{{\"id\":\"v{number}\",\"schema\":\"Vessel\",\"datasets\":[\"alpha\"],\"properties\":{{\"name\":[\"Blue Anchor {number}\"]}}}}\n")
        };
        std::fs::write(&file, (100..140).map(filler).collect::<String>() + LIST.trim_start()).unwrap();
        let data = root.join("data");
        Node::add_lists(&data, &[file], &Model::built_in(), "2026-01-01T00:00:00Z").unwrap();
        let desk = Desk::open(&Place::Sqlite(data.join("store.sqlite")), &root.join("backups"), Box::new(now)).unwrap();
        let mut tokens = BTreeMap::new();
        for (user, first) in desk.first_start(["ayse", "bahram"]).unwrap() {
            tokens.insert(user.name.clone(), signed_in(&desk, &user.name, &first));
        }
        for (name, role) in NAMES {
            let change = Change::Add { name: name.to_owned(), roles: vec![role] };
            let why = Reason::new("a test").unwrap();
            let id = people::propose(&desk.seat(tokens["ayse"].clone()), change, why).unwrap();
            let confirmed = people::confirm(&desk.seat(tokens["bahram"].clone()), &id).unwrap();
            tokens.insert(name.to_owned(), signed_in(&desk, name, &confirmed.first_password.unwrap()));
        }
        let tokens = tokens.into_iter().map(|(name, token)| (name, token.reveal().to_owned())).collect();
        let node = Node::open(&Source::of(data.clone()), Model::built_in()).unwrap();
        let router = router_with_office(node, Office { desk, folder: data }, settings);
        World { router, tokens, folder }
    }

    /// The same with three customers, two of whom are listed: two alerts.
    pub(crate) fn with_customers() -> World {
        let world = World::new();
        world.import();
        world
    }

    pub(crate) fn import(&self) {
        let path = "/customers/import?portfolio=retail&name=customers.csv";
        let added = self.ask("cem", "POST", path, &[], CUSTOMERS.to_owned()).ok();
        assert_eq!((&added["added"], &added["told"]["alerts"]), (&3.into(), &2.into()), "{added}");
    }

    pub(crate) fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    pub(crate) fn token(&self, name: &str) -> &str {
        &self.tokens[name]
    }

    /// Asks as somebody; as nobody for an empty name.
    pub(crate) fn ask(&self, who: &str, method: &str, path: &str, headers: &[(&str, &str)], body: impl Into<Body>) -> Answer {
        let mut request = Request::builder().method(method).uri(format!("/api/v1{path}"));
        if !who.is_empty() {
            request = request.header("authorization", format!("Bearer {}", self.tokens[who]));
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(body.into()).unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let response = self.router.clone().oneshot(request).await.unwrap();
            let (parts, body) = response.into_parts();
            let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap().to_vec();
            Answer { status: parts.status, headers: parts.headers, bytes }
        })
    }

    pub(crate) fn get(&self, who: &str, path: &str) -> Answer {
        self.ask(who, "GET", path, &[], Body::empty())
    }

    pub(crate) fn post(&self, who: &str, path: &str, body: &Value) -> Answer {
        self.send(who, "POST", path, &[], body)
    }

    pub(crate) fn send(&self, who: &str, method: &str, path: &str, headers: &[(&str, &str)], body: &Value) -> Answer {
        let headers = [headers, &[("content-type", "application/json")]].concat();
        self.ask(who, method, path, &headers, body.to_string())
    }

    /// The alerts, most urgent first.
    pub(crate) fn alerts(&self) -> Vec<String> {
        let listed = self.get("cem", "/alerts").ok();
        listed["alerts"].as_array().unwrap().iter().map(|alert| alert["id"].as_str().unwrap().to_owned()).collect()
    }
}
