//! A server over a small list, without a socket.
//!
//! In come requests, out come answers with what tests look at. Lists are read from memory, and nothing is kept.

use axum::{
    body::Body,
    http::{HeaderMap, Request, StatusCode},
};
use mihenk_node::{Model, Node, manifest};
use mihenk_server::{Router, Settings, router};
use serde_json::{Value, json};
use tower::ServiceExt;

/// A list: two people who are brother and sister, a company that one of them owns, a ship that is on
/// two lists, and somebody of another data set.
const LIST: &str = r#"
{"id":"p1","schema":"Person","datasets":["alpha"],"referents":["old-p1"],"properties":{"name":["Kerem Örnekoğlu"],"alias":["Керем Орнекоглу"],"birthDate":["1961-04-05"],"nationality":["Turkey"],"gender":["male"],"passportNumber":["U1234567"],"notes":["Sells nets"]}}
{"id":"p2","schema":"Person","datasets":["alpha"],"properties":{"name":["Zerrin Örnekoğlu"],"birthDate":["1964"],"nationality":["tr"],"topics":["role.pep"]}}
{"id":"c1","schema":"Company","datasets":["alpha"],"properties":{"name":["Deneme Denizcilik Ltd"],"jurisdiction":["mt"],"topics":["export.control"]}}
{"id":"v1","schema":"Vessel","datasets":["beta"],"properties":{"name":["Deneme Star"],"imoNumber":["9074729"],"owner":["c1"],"flag":["pa"]}}
{"id":"w1","schema":"Vessel","datasets":["alpha"],"properties":{"name":["Deneme Star"],"imoNumber":["9074729"]}}
{"id":"p3","schema":"Person","datasets":["beta"],"properties":{"name":["Kerem Örnekoğlu"],"birthDate":["1990-01-01"],"topics":["wanted"]}}
{"id":"s1","schema":"Sanction","datasets":["alpha"],"properties":{"entity":["p1"],"authority":["Council of Examples"],"program":["EX-1"],"startDate":["2020-02-03"]}}
{"id":"o1","schema":"Ownership","datasets":["alpha"],"properties":{"owner":["p1"],"asset":["c1"],"percentage":["60"]}}
{"id":"f1","schema":"Family","datasets":["alpha"],"properties":{"person":["p1"],"relative":["p2"],"relationship":["sister"]}}
"#;

pub(crate) struct World {
    router: Router,
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

    /// It was answered.
    pub(crate) fn ok(self) -> Value {
        assert_eq!(self.status, 200, "{}", String::from_utf8_lossy(&self.bytes));
        self.json()
    }

    /// It was refused with a text.
    pub(crate) fn refused(&self, status: u16, detail: &str) {
        let body = self.json();
        assert_eq!(self.status, status, "{body}");
        let told = body["detail"].as_str().unwrap_or_else(|| panic!("no text: {body}"));
        assert!(told.starts_with(detail), "{told}");
    }

    /// It was refused because fields do not fit: kinds and places.
    pub(crate) fn fields(&self) -> Vec<(String, String)> {
        let body = self.json();
        assert_eq!(self.status, 422, "{body}");
        let one = |field: &Value| {
            assert!(field["msg"].is_string() && field.get("input").is_some(), "{field}");
            let loc = field["loc"].as_array().unwrap();
            let loc: Vec<String> =
                loc.iter().map(|part| part.as_str().map_or_else(|| part.to_string(), str::to_owned)).collect();
            (field["type"].as_str().unwrap().to_owned(), loc.join("."))
        };
        body["detail"].as_array().unwrap().iter().map(one).collect()
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

impl World {
    pub(crate) fn new() -> World {
        World::with(Settings::default())
    }

    pub(crate) fn with(settings: Settings) -> World {
        let folder = tempfile::tempdir().unwrap();
        let files = ["alpha", "beta"].map(|name| {
            let path = folder.path().join(format!("{name}.ftm.json"));
            let own = format!("\"datasets\":[\"{name}\"]");
            let lines: Vec<&str> = LIST.lines().filter(|line| line.contains(&own)).collect();
            std::fs::write(&path, lines.join("\n") + "\n").unwrap();
            path
        });
        let node = Node::from_files(&files, Model::built_in()).unwrap();
        let collections =
            manifest::read("datasets: [{name: both, title: Both, children: [alpha, beta]}]", &|_| None).unwrap();
        World { router: router(node, collections.datasets().to_vec(), settings) }
    }

    /// Over other lists.
    pub(crate) fn of(node: Node) -> World {
        World { router: router(node, Vec::new(), Settings::default()) }
    }

    pub(crate) fn ask(&self, request: Request<Body>) -> Answer {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let response = self.router.clone().oneshot(request).await.unwrap();
            let (parts, body) = response.into_parts();
            let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap().to_vec();
            Answer { status: parts.status, headers: parts.headers, bytes }
        })
    }

    pub(crate) fn get(&self, path: &str) -> Answer {
        self.get_with(path, &[])
    }

    pub(crate) fn get_with(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        let mut request = Request::get(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.ask(request.body(Body::empty()).unwrap())
    }

    pub(crate) fn post(&self, path: &str, body: impl Into<Body>) -> Answer {
        self.ask(Request::post(path).body(body.into()).unwrap())
    }

    /// Asks for one person by name, with more properties.
    pub(crate) fn person(&self, path: &str, properties: &Value) -> Value {
        let body = json!({ "queries": { "q": { "schema": "Person", "properties": properties } } });
        self.post(path, body.to_string()).ok()
    }
}

/// The ids of results.
pub(crate) fn ids(results: &Value) -> Vec<&str> {
    results.as_array().unwrap().iter().map(|result| result["id"].as_str().unwrap()).collect()
}
