//! Keys, services and one-time codes from the command line.
//!
//! In come commands by people and by whoever has a key, out comes what they are told.

use serde_json::Value;

use crate::{office::Office, world::World};

/// Both administrators want it; what the second one is told.
fn both(office: &Office, arguments: &[&str]) -> Value {
    let arguments: Vec<&str> = arguments.iter().copied().chain(["--reason", "a test", "--json"]).collect();
    let proposed = office.by("ayse", &arguments).done().json().remove(0);
    let id = proposed["proposed"].as_str().unwrap().to_owned();
    office.by("bahram", &["user", "confirm", &id, "--json"]).done().json().remove(0)
}

/// A command by somebody who comes with a token.
fn with(office: &Office, token: &str, arguments: &[&str]) -> (bool, String) {
    let output = office.world.command(arguments).env("MIHENK_SESSION", token).output().unwrap();
    (output.status.success(), String::from_utf8_lossy(&output.stderr).into_owned())
}

#[test]
fn a_key_is_shown_once_does_little_and_is_revoked() {
    let office = Office::open(World::new());
    let add = ["user", "key", "add", "--label", "my notebook", "--scope", "read", "--days", "30"];
    let made = office.by("cem", &add).done();
    let (first, second) = made.out.split_once('\n').unwrap();
    let secret = second.trim().strip_prefix("key, shown only now: ").unwrap();
    assert!(first.starts_with("AK-") && first.contains(" my notebook: read, until "), "{first}");
    assert!(made.err.contains("Authorization: ApiKey KEY"), "{}", made.err);
    assert!(with(&office, secret, &["alert", "list"]).0);
    let (done, told) = with(&office, secret, &["user", "key", "list"]);
    assert!(!done && told.contains("a key cannot do this"), "{told}");
    let (done, told) = with(&office, secret, &["customers", "add", "x.csv"]);
    assert!(!done, "{told}");

    let list = office.by("cem", &["user", "key", "list"]).done().out;
    assert!(list.contains("my notebook") && !list.contains("mihenk_"), "{list}");
    office.by("elif", &["user", "key", "list", "--all"]).refused(&["administrator"]);
    let id = first.split(' ').next().unwrap();
    office.by("elif", &["user", "key", "revoke", id, "--reason", "not mine"]).refused(&["administrator"]);
    office.by("ayse", &["user", "key", "revoke", id, "--reason", "in a public place"]).done();
    assert!(!with(&office, secret, &["alert", "list"]).0);
    assert!(office.by("cem", &["user", "key", "list"]).done().out.contains("revoked 20"));
    office.by("cem", &["user", "key", "add", "--label", "x", "--scope", "all"]).refused(&["is no scope"]);
}

#[test]
fn a_service_and_its_keys_take_two() {
    let office = Office::open(World::new());
    let service = both(&office, &["user", "add-service", "core-banking", "--role", "analyst"]);
    assert_eq!((&service["user"]["is_service"], &service["first_password"]), (&Value::from(true), &Value::Null));
    let add = ["user", "key", "add", "--service", "core-banking", "--label", "core banking", "--scope", "customers"];
    let made = both(&office, &add);
    let (id, first) = (made["key"]["key"]["id"].as_str().unwrap(), made["key"]["secret"].as_str().unwrap());
    assert!(with(&office, first, &["alert", "list"]).0);
    office.by("ayse", &["user", "key", "rotate", id]).refused(&["there is no key of yours"]);
    let rotated = both(&office, &["user", "key", "rotate", id, "--overlap", "0"]);
    assert!(!with(&office, first, &["alert", "list"]).0);
    assert!(with(&office, rotated["key"]["secret"].as_str().unwrap(), &["alert", "list"]).0);
    assert!(office.by("bahram", &["user", "list"]).done().out.contains("service"));
}

#[test]
fn a_device_is_shown_its_secret_and_a_wrong_code_changes_nothing() {
    let office = Office::open(World::new());
    let shown = office.by("cem", &["user", "code", "enrol"]).done();
    let last = shown.out.lines().last().unwrap();
    assert!(last.strip_prefix("secret, for typing: ").is_some_and(|secret| secret.len() == 32), "{last}");
    assert!(shown.out.lines().count() > 20, "a picture is above it");
    office.by("cem", &["user", "code", "confirm", "0"]).refused(&["the code is wrong"]);
    assert!(office.by("cem", &["user", "code", "show"]).done().out.contains("with your password alone"));
    both(&office, &["user", "code", "require", "analyst"]);
    office.by("cem", &["alert", "list"]).refused(&["your role needs one-time codes", "mihenk user code enrol"]);
    both(&office, &["user", "tie", "cem", "--issuer", "https://login.example", "--subject", "cem-1"]);
    let tie = ["user", "tie", "dilek", "--issuer", "https://login.example", "--subject", "cem-1", "--reason", "x"];
    office.by("ayse", &tie).refused(&["cem-1 at https://login.example is U-"]);
}
