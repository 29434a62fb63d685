//! A manifest at an address: fetched, kept, and never less than what was read last.
//!
//! In come answers of a web server, good and bad; out come the data sets that are named, and the copy in the folder.

use std::{fs, path::Path, time::Duration};

use mihenk_node::{Downloader, Limits, manifest::ManifestAt};

use crate::{server::Reply, world::World};

fn variable(name: &str) -> Option<String> {
    matches!(name, "OPENSANCTIONS_TOKEN" | "HOME_SECRET").then(|| "geheim".to_owned())
}

fn at(world: &World, url: &str) -> ManifestAt {
    ManifestAt::of(url, world.path(), variable).unwrap()
}

fn fetch(world: &World, manifest: &ManifestAt) -> Result<(), String> {
    let limits = Limits { stalled: Duration::from_millis(200), attempts: 1, ..Limits::default() };
    manifest.fetch(&Downloader::new(limits, None, 3).unwrap(), &world.clock, &|_| {})
}

fn names(manifest: &ManifestAt) -> Vec<String> {
    manifest.now().datasets().iter().map(|dataset| dataset.name.clone()).collect()
}

fn kept(world: &World) -> String {
    fs::read_to_string(world.path().join("manifest.yml")).unwrap_or_default()
}

const ONE: &str = r#"{"datasets": [{"name": "one", "entities_url": "https://lists.example/one.json"}]}"#;

#[test]
fn what_was_read_last_holds_whatever_the_server_answers() {
    let world = World::new();
    let url = world.server.url("/manifest.json?token=geheim");
    let manifest = at(&world, &url);
    assert!(manifest.is_away() && names(&manifest).is_empty());
    let told = fetch(&world, &manifest).unwrap_err();
    assert!(told.contains("/manifest.json") && told.contains("404") && !told.contains("geheim"), "{told}");

    world.serve("/manifest.json", ONE);
    fetch(&world, &manifest).unwrap();
    assert_eq!(names(&manifest), ["one"]);
    assert!(kept(&world).contains("\"one\"") && !kept(&world).contains("geheim"), "{}", kept(&world));
    fetch(&world, &manifest).unwrap();
    assert!(world.server.asked().last().unwrap().header("if-none-match").is_some(), "it is not sent twice");

    for (bad, why) in [
        (Reply::ok("datasets: 7"), "expected datasets"),
        (Reply::ok(vec![0xff, 0xfe]), "no UTF-8"),
        (Reply::ok("a".repeat(5 << 20)), "4"),
        (Reply::new("500 Internal Server Error", ""), "500"),
        (Reply::ok("datasets: [{name: me, path: /etc/passwd}]"), "a file of this machine"),
        (Reply::ok("datasets: [{name: me, entities_url: 'file:///etc/passwd'}]"), "a file of this machine"),
        (Reply::ok("catalogs: [{url: 'https://x.example/', auth_token: $HOME_SECRET}]"), "HOME_SECRET is not set"),
    ] {
        world.answer("/manifest.json", bad);
        let told = fetch(&world, &manifest).unwrap_err();
        assert!(told.contains(why), "{why}: {told}");
        assert_eq!(names(&manifest), ["one"], "{why}");
    }
    // Another start, with nobody there.
    assert_eq!(names(&at(&world, &url)), ["one"]);
    assert_eq!(names(&at(&world, &world.server.url("/other.json"))), Vec::<String>::new(), "it is of another address");
    fs::write(world.path().join("manifest.yml"), "datasets: [").unwrap();
    assert_eq!(names(&at(&world, &url)), Vec::<String>::new(), "what is damaged is fetched anew");
}

#[test]
fn variables_that_are_meant_for_manifests_may_be_named() {
    let world = World::new();
    let manifest = at(&world, &world.server.url("/manifest.yml"));
    world.serve(
        "/manifest.yml",
        "catalogs:\n  - url: https://x.example/index.json\n    auth_token: ${OPENSANCTIONS_TOKEN}\n",
    );
    fetch(&world, &manifest).unwrap();
    assert!(manifest.now().has_catalogs() && !kept(&world).contains("geheim"));
}

#[test]
fn a_file_is_read_at_once_and_fetched_from_nowhere() {
    let world = World::new();
    let file = world.path().join("mine.yml");
    fs::write(&file, "datasets: [{name: one, path: one.json}]").unwrap();
    let manifest = at(&world, file.to_str().unwrap());
    assert!(!manifest.is_away() && fetch(&world, &manifest).is_ok());
    assert_eq!(names(&manifest), ["one"]);
    assert!(ManifestAt::of("nowhere.yml", Path::new("."), variable).unwrap_err().contains("nowhere.yml"));
}
