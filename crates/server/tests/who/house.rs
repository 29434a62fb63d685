//! A house for tests: a list, a store, people who have chosen their passwords, a clock that is set by hand.
//!
//! In come requests, out come answers.

use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};

use axum::{
    body::Body,
    http::{HeaderMap, Request, StatusCode},
};
use mihenk_node::{
    Model, Node,
    desk::{Desk, Seat},
    ledger::{
        Reason,
        people::{Change, Role, Secret},
    },
    people,
    store::Place,
};
use mihenk_server::{Office, Router, Settings, router_with_office};
use serde_json::Value;
use tower::ServiceExt;

/// 2026-11-26 00:00 UTC.
const START: i64 = 20_783 * 86_400_000;
/// A minute.
pub(crate) const MINUTE: i64 = 60_000;

const LIST: &str = r#"{"id":"p1","schema":"Person","datasets":["alpha"],"properties":{"name":["Kerem Örnekoğlu"]}}
"#;

pub(crate) struct House {
    pub(crate) router: Router,
    /// The same store, opened a second time, as another process does.
    pub(crate) desk: Desk,
    folder: tempfile::TempDir,
    clock: Arc<AtomicI64>,
    runtime: tokio::runtime::Runtime,
}

#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{}: {error}: {}", self.status, self.text))
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// It was answered so.
    pub(crate) fn is(self, status: u16) -> Answer {
        assert_eq!(self.status, status, "{}", self.text);
        self
    }

    /// It was refused in words that hold these.
    pub(crate) fn says(self, status: u16, words: &str) {
        let answer = self.is(status);
        assert!(answer.text.contains(words), "{words}: {}", answer.text);
    }
}

/// A browser that has signed in: its cookie and the token of its forms.
#[derive(Clone, Debug)]
pub(crate) struct Browser {
    pub(crate) cookie: String,
    pub(crate) csrf: String,
}

pub(crate) fn password(name: &str) -> String {
    format!("correct horse {name}")
}

fn why() -> Reason {
    Reason::new("a test").unwrap()
}

impl House {
    /// With Ayşe and Bahram, who are administrators.
    pub(crate) fn open() -> House {
        House::with(Settings::default())
    }

    pub(crate) fn with(settings: Settings) -> House {
        let house = House::without_people(settings);
        for (user, first) in house.desk.first_start(["ayse", "bahram"]).unwrap() {
            house.chooses(&user.name, &first);
        }
        house
    }

    pub(crate) fn without_people(settings: Settings) -> House {
        let folder = tempfile::tempdir().unwrap();
        let list = folder.path().join("alpha.ftm.json");
        std::fs::write(&list, LIST).unwrap();
        let node = Node::from_files(&[list], Model::built_in()).unwrap();
        let clock = Arc::new(AtomicI64::new(START));
        let open = || {
            let (place, read) = (Place::Sqlite(folder.path().join("store.sqlite")), clock.clone());
            Desk::open(&place, folder.path(), Box::new(move || read.load(Ordering::SeqCst))).unwrap()
        };
        let office =
            Office { desk: open(), folder: folder.path().to_owned(), key_file: folder.path().join("store.key") };
        let desk = open();
        let router = router_with_office(node, office, settings);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        House { router, desk, folder, clock, runtime }
    }

    fn chooses(&self, name: &str, first: &Secret) {
        let seat = self.desk.seat(self.desk.sign_in(name, first).unwrap().token);
        seat.choose_password(first, &Secret::new(&password(name))).unwrap();
    }

    pub(crate) fn seat(&self, name: &str) -> Seat<'_> {
        self.desk.seat(self.desk.sign_in(name, &Secret::new(&password(name))).unwrap().token)
    }

    /// Both administrators want it; the first password, if there is one.
    pub(crate) fn both(&self, change: Change) -> people::Confirmed {
        let id = people::propose(&self.seat("ayse"), change, why()).unwrap();
        people::confirm(&self.seat("bahram"), &id).unwrap()
    }

    pub(crate) fn add(&self, name: &str, roles: &[Role]) {
        let change = Change::Add { name: name.to_owned(), roles: roles.to_vec() };
        self.chooses(name, &self.both(change).first_password.unwrap());
    }

    /// Where everything is.
    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// The office once more, as another process has it.
    pub(crate) fn office(&self) -> Office {
        Office { desk: self.open_again(), folder: self.path().to_owned(), key_file: self.path().join("store.key") }
    }

    /// The same store once more.
    pub(crate) fn open_again(&self) -> Desk {
        let (place, read) = (Place::Sqlite(self.path().join("store.sqlite")), self.clock.clone());
        Desk::open(&place, self.path(), Box::new(move || read.load(Ordering::SeqCst))).unwrap()
    }

    /// Sets the clock to the system's, for those who have one of their own.
    pub(crate) fn is_now(&self) {
        let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
        self.clock.store(since.as_millis() as i64, Ordering::SeqCst);
    }

    pub(crate) fn now(&self) -> i64 {
        self.clock.load(Ordering::SeqCst)
    }

    pub(crate) fn goes_on(&self, milliseconds: i64) {
        self.clock.fetch_add(milliseconds, Ordering::SeqCst);
    }

    pub(crate) fn ask(&self, request: Request<Body>) -> Answer {
        self.runtime.block_on(async {
            let response = self.router.clone().oneshot(request).await.unwrap();
            let (parts, body) = response.into_parts();
            let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap();
            let text = String::from_utf8_lossy(&bytes).into_owned();
            Answer { status: parts.status, headers: parts.headers, text }
        })
    }

    pub(crate) fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        let mut request = Request::builder().method(method).uri(path).header("host", "mihenk.example");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if body.starts_with('{') && !headers.iter().any(|(name, _)| *name == "content-type") {
            request = request.header("content-type", "application/json");
        }
        self.ask(request.body(Body::from(body.to_owned())).unwrap())
    }

    /// Signs in as a browser does.
    pub(crate) fn browser(&self, name: &str) -> Browser {
        let body = serde_json::json!({ "name": name, "password": password(name) }).to_string();
        let answer = self.send("POST", "/api/v1/session", &[], &body).is(200);
        let cookie = answer.header("set-cookie").split(';').next().unwrap().to_owned();
        Browser { cookie, csrf: answer.json()["csrf"].as_str().unwrap().to_owned() }
    }

    /// Asks as a script of our own page does.
    pub(crate) fn by(&self, browser: &Browser, method: &str, path: &str, body: &str) -> Answer {
        self.send(method, path, &[("cookie", &browser.cookie), ("x-csrf-token", &browser.csrf)], body)
    }
}
