//! Every route as every role: who is answered what.
//!
//! The table below names all routes in `app.rs` and `who.rs`, which are read from there, and those of sessions and keys: one that is not in it fails the test, so that whoever
//! adds a route says who may ask it. The other routes of the API and those of the pages are walked with theirs.

use std::{collections::BTreeSet, path::Path};

use mihenk_node::ledger::people::{Role, Scope, keys::Wanted};
use mihenk_server::Settings;

use crate::house::{Answer, Browser, House};

/// Who may ask a route.
#[derive(Clone, Copy, Debug, PartialEq)]
enum May {
    /// Everybody, and all are answered so.
    Anybody(u16),
    /// Whoever may screen: every role, and every key.
    Screen,
    /// Every person, and every key for its owner.
    SignedIn,
    /// Every person, about themselves; no key.
    Oneself,
}

use May::{Anybody, Oneself, Screen, SignedIn};

const ROUTES: &[(&str, &str, May)] = &[
    ("GET", "/openapi.json", Anybody(200)),
    ("GET", "/favicon.ico", Anybody(200)),
    ("GET", "/healthz", Anybody(200)),
    ("GET", "/readyz", Anybody(200)),
    // It has a token of its own, and there is none.
    ("POST", "/updatez", Anybody(403)),
    ("GET", "/first/{link}", Anybody(404)),
    ("POST", "/first/{link}", Anybody(404)),
    // Its body is missing.
    ("POST", "/api/v1/session", Anybody(415)),
    ("GET", "/api/v1/session/oidc", Anybody(404)),
    ("GET", "/api/v1/session/oidc/callback", Anybody(404)),
    ("GET", "/catalog", Screen),
    ("GET", "/manifest", Screen),
    ("GET", "/metrics", Screen),
    ("GET", "/algorithms", Screen),
    ("POST", "/match/{dataset}", Screen),
    ("GET", "/search/{dataset}", Screen),
    ("GET", "/statements", Screen),
    ("GET", "/entities/{id}", Screen),
    ("GET", "/entities/{id}/adjacent", Screen),
    ("GET", "/entities/{id}/adjacent/{property}", Screen),
    ("GET", "/reconcile/{dataset}", Screen),
    ("POST", "/reconcile/{dataset}", Screen),
    ("GET", "/reconcile/{dataset}/suggest/entity", Screen),
    ("GET", "/reconcile/{dataset}/suggest/property", Screen),
    ("GET", "/reconcile/{dataset}/suggest/type", Screen),
    ("GET", "/reconcile/{dataset}/extend/property", Screen),
    ("GET", "/api/v1/session", SignedIn),
    ("POST", "/api/v1/session/password", Oneself),
    ("POST", "/api/v1/session/code", Oneself),
    ("GET", "/api/v1/session/second-factor", Oneself),
    ("POST", "/api/v1/session/second-factor", Oneself),
    ("POST", "/api/v1/session/second-factor/confirm", Oneself),
    ("POST", "/api/v1/session/second-factor/recovery-codes", Oneself),
    ("GET", "/api/v1/keys", Oneself),
    ("POST", "/api/v1/keys", Oneself),
    ("POST", "/api/v1/keys/{key}/rotate", Oneself),
    ("POST", "/api/v1/keys/{key}/revoke", Oneself),
    // These end the session, so they come last.
    ("POST", "/api/v1/session/end", Oneself),
    ("DELETE", "/api/v1/session", Oneself),
    ("POST", "/api/v1/session/end-all", Oneself),
];

/// Bodies with which a request gets as far as to be allowed or not.
fn body(path: &str) -> &'static str {
    match path {
        "/api/v1/session/password" => r#"{"before":"x","new":"y"}"#,
        "/api/v1/session/code"
        | "/api/v1/session/second-factor/confirm"
        | "/api/v1/session/second-factor/recovery-codes" => r#"{"code":"000000"}"#,
        "/api/v1/keys" => r#"{"label":"x","scopes":["screen"],"days":1}"#,
        "/api/v1/keys/{key}/rotate" => r#"{"overlap_days":1}"#,
        "/api/v1/keys/{key}/revoke" => r#"{"reason":"a test"}"#,
        "/match/{dataset}" => r#"{"queries":{}}"#,
        _ => "",
    }
}

fn filled(path: &str) -> String {
    let path = path.replace("{dataset}", "default").replace("{key}", "AK-999");
    path.replace("{id}", "p1").replace("{property}", "sanctions").replace("{link}", "00")
}

#[test]
fn no_route_is_left_out() {
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found: BTreeSet<(String, String)> =
        ["app.rs", "who.rs"].iter().flat_map(|name| read(&sources.join(name))).collect();
    found.extend(described());
    let told: BTreeSet<(String, String)> =
        ROUTES.iter().map(|(method, path, _)| ((*method).to_owned(), (*path).to_owned())).collect();
    assert!(found.len() > 30, "{found:?}");
    assert_eq!(
        found.difference(&told).collect::<Vec<_>>(),
        Vec::<&(String, String)>::new(),
        "routes that the table does not have"
    );
    assert_eq!(told.difference(&found).collect::<Vec<_>>(), Vec::<&(String, String)>::new(), "routes that are none");
}

/// The routes of sessions and keys.
fn described() -> Vec<(String, String)> {
    let document = mihenk_server::openapi("Mihenk");
    let paths = document["paths"].as_object().unwrap().iter();
    let ours = paths.filter(|(path, _)| path.starts_with("/api/v1/session") || path.starts_with("/api/v1/keys"));
    ours.flat_map(|(path, methods)| {
        methods.as_object().unwrap().keys().map(move |method| (method.to_uppercase(), path.clone()))
    })
    .collect()
}

/// The routes in a source file.
fn read(file: &Path) -> Vec<(String, String)> {
    let text = std::fs::read_to_string(file).unwrap();
    let mut routes = Vec::new();
    for call in text.split(".route(").skip(1) {
        // Up to the bracket that closes the call.
        let mut depth = 1;
        let end = call.find(|c| {
            depth += i32::from(c == '(') - i32::from(c == ')');
            depth == 0
        });
        let call = &call[..end.unwrap()];
        let path = call.split('"').nth(1).unwrap_or_else(|| panic!("a route without a path of its own: {call}"));
        let words: BTreeSet<&str> = call.split(|c: char| !c.is_alphanumeric()).collect();
        let methods = ["get", "post", "put", "patch", "delete"].into_iter().filter(|method| words.contains(method));
        routes.extend(methods.map(|method| (method.to_uppercase(), path.to_owned())));
    }
    routes
}

#[test]
fn every_role_is_answered_what_it_may_ask() {
    let house = House::with(Settings::default());
    let mut names = vec![("ayse".to_owned(), Role::Administrator)];
    for role in Role::ALL.into_iter().filter(|role| *role != Role::Administrator) {
        let name = format!("one-{role}");
        house.add(&name, &[role]);
        names.push((name, role));
    }
    for (method, path, may) in ROUTES {
        let answer = house.send(method, &filled(path), &[], body(path));
        let expected = if let Anybody(status) = may { *status } else { 401 };
        assert_eq!(answer.status, expected, "nobody, {method} {path}: {}", answer.text);
        assert_eq!(answer.status == 401, answer.headers.contains_key("www-authenticate"), "{method} {path}");
    }
    for (name, role) in &names {
        let mut browser = house.browser(name);
        for (method, path, may) in ROUTES {
            if path.starts_with("/api/v1/session") && (path.contains("end") || *method == "DELETE") {
                browser = house.browser(name);
            }
            let answer = with(&house, &browser, method, path);
            if let Anybody(status) = may {
                assert_eq!(answer.status, *status, "{role}, {method} {path}: {}", answer.text);
            } else if *path != "/api/v1/session/code" {
                assert!(
                    ![401, 403, 405, 500].contains(&answer.status.as_u16()),
                    "{role}, {method} {path}: {}",
                    answer.text
                );
            }
        }
    }
    for scope in Scope::ALL {
        let wanted = Wanted { label: scope.to_string(), scopes: vec![scope], days: 1 };
        let secret = mihenk_node::people::make_key(&house.seat("one-analyst"), wanted).unwrap().secret;
        let header = format!("ApiKey {}", secret.reveal());
        for (method, path, may) in ROUTES {
            let answer = house.send(method, &filled(path), &[("authorization", &header)], body(path));
            let status = answer.status.as_u16();
            let fits = match may {
                Anybody(expected) => status == *expected,
                Screen => ![401, 403, 405, 500].contains(&status),
                SignedIn => status == 200,
                // A key is no session that waits for a code.
                Oneself => status == 403 || *path == "/api/v1/session/code" && status == 422,
            };
            assert!(fits, "key for {scope}, {method} {path}: {status} {}", answer.text);
        }
    }
}

fn with(house: &House, browser: &Browser, method: &str, path: &str) -> Answer {
    house.by(browser, method, &filled(path), body(path))
}
