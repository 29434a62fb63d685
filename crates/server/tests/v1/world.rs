//! A server with an office: a list, customers, and somebody of each role who has signed in.
//!
//! In come requests as somebody, out come answers. A store is made anew for each world; nothing is kept.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::OnceLock,
};

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
pub(crate) const CUSTOMERS: &str = "id,schema,name,birthDate,nationality\n\
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

/// A folder with a store, and who signs in how: made once, for it is meant to be slow, and copied for each world.
struct Made {
    folder: tempfile::TempDir,
    tokens: BTreeMap<String, String>,
}

/// With people and a list.
fn made() -> &'static Made {
    static MADE: OnceLock<Made> = OnceLock::new();
    MADE.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let (root, data) = (folder.path(), folder.path().join("data"));
        let file = root.join("alpha.ftm.json");
        // With so many others that nobody who goes has to wait.
        let filler = |number: usize| {
            format!("{{\"id\":\"v{number}\",\"schema\":\"Vessel\",\"datasets\":[\"alpha\"],\"properties\":{{\"name\":[\"Blue Anchor {number}\"]}}}}\n")
        };
        std::fs::write(&file, (100..140).map(filler).collect::<String>() + LIST.trim_start()).unwrap();
        Node::add_lists(&data, &[file], &Model::built_in(), "2026-01-01T00:00:00Z").unwrap();
        let desk = opened(root);
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
        drop(desk);
        Made { folder, tokens }
    })
}

fn opened(root: &Path) -> Desk {
    let place = Place::Sqlite(root.join("data/store.sqlite"));
    Desk::open(&place, &root.join("backups"), Box::new(now)).unwrap()
}

/// Copies a folder with all that is in it.
fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let place = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &place);
        } else {
            assert!(std::fs::copy(entry.path(), place).is_ok());
        }
    }
}

impl World {
    /// With people and a list, and no customer yet.
    pub(crate) fn new() -> World {
        let folder = tempfile::tempdir().unwrap();
        copy(made().folder.path(), folder.path());
        World::of(folder)
    }

    fn of(folder: tempfile::TempDir) -> World {
        let data = folder.path().join("data");
        let node = Node::open(&Source::of(data.clone()), Model::built_in()).unwrap();
        let key_file = data.join("store.key");
        let office = Office { desk: opened(folder.path()), folder: data, key_file };
        let router = router_with_office(node, office, Settings::default());
        World { router, tokens: made().tokens.clone(), folder }
    }

    /// The server started anew over the same folder.
    pub(crate) fn restarted(self) -> World {
        let World { router, folder, .. } = self;
        drop(router);
        World::of(folder)
    }

    /// The same with three customers, two of whom are listed: two alerts.
    pub(crate) fn with_customers() -> World {
        static MADE: OnceLock<tempfile::TempDir> = OnceLock::new();
        let made = MADE.get_or_init(|| {
            let world = World::new();
            world.import();
            let World { router, folder, .. } = world;
            drop(router);
            folder
        });
        let folder = tempfile::tempdir().unwrap();
        copy(made.path(), folder.path());
        World::of(folder)
    }

    fn import(&self) {
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
    pub(crate) fn ask(
        &self,
        who: &str,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: impl Into<Body>,
    ) -> Answer {
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
