//! Manifests as their users write them.
//!
//! In come texts of manifests and catalogues, out comes what they are understood as, or the words in which they are refused.

use proptest::prelude::*;

use super::*;

fn none(_: &str) -> Option<String> {
    None
}

fn read(text: &str) -> Result<Manifest, String> {
    super::read(text, &none)
}

#[test]
fn collections_are_read_from_yaml_and_json() {
    for text in [
        "datasets:\n  - name: eu\n    title: Europe\n    children: [a, b]\n",
        r#"{"datasets": [{"name": "eu", "title": "Europe", "datasets": ["a", "b"]}]}"#,
    ] {
        let all = read(text).unwrap().datasets;
        assert_eq!((all[0].name.as_str(), all[0].title.as_deref()), ("eu", Some("Europe")));
        assert_eq!(all[0].children, ["a", "b"]);
        assert!(!all[0].load && all[0].origin.is_none());
    }
}

#[test]
fn data_sets_say_where_they_are() {
    let text = "datasets:\n  - {name: here, path: here.json, version: 20240102}\n  - {name: there, entities_url: 'https://e.org/x', \
                delta_url: 'https://e.org/d', namespace: true, auth_token: 'a${T}b$T'}\n  - {name: rest, path: x, load: false}\n";
    let manifest = super::read(text, &|name| (name == "T").then(|| "geheim".to_owned())).unwrap();
    let [here, there, rest] = manifest.datasets.as_slice() else { panic!("{manifest:?}") };
    assert_eq!(
        (here.origin.clone(), here.version.as_deref()),
        (Some(Origin::Path("here.json".into())), Some("20240102"))
    );
    assert_eq!(there.origin, Some(Origin::Url("https://e.org/x".into(), None)));
    assert!(here.load && there.load && there.namespace && !rest.load);
    assert_eq!(there.secret_for("https://e.org/d").unwrap().value, "Token ageheimbgeheim");
    assert!(there.secret_for("https://other.org/d").is_none(), "a token goes to its own server only");
    assert!(!format!("{manifest:?}").contains("geheim"), "it is never shown");
}

#[test]
fn what_is_wrong_is_said_with_its_place() {
    let told = |text: &str| read(text).unwrap_err();
    assert!(
        told("datasets:\n  - {name: x, children: [a]}\n  - {name: x, children: [b]}\n").contains("'x' is there twice")
    );
    assert!(told("datasets:\n  - {title: x}\n").contains("datasets[0]: missing field `name`"));
    assert!(told("datasets:\n  - {name: ../x, children: [a]}\n").contains("not a name"));
    assert!(told("datasets:\n  - {name: x}\n").contains("no path, no entities_url and no children"));
    assert!(told("datasets:\n  - {name: x, entities_url: 'ftp://x'}\n").contains("'ftp://x' is no address"));
    assert!(told("datasets:\n  - {name: x, path: x, auth_token: $NOPE}\n").contains("NOPE is not set"));
    assert!(told("catalogs:\n  - {url: x.json}\n").contains("catalogs[0]: 'x.json' is no address"));
    assert!(
        told("").contains("empty") && told("[").contains("neither YAML nor JSON") && told("a: 1").contains("expected")
    );
}

/// A catalogue with a collection, which is loaded as a whole where it is the scope, and a child of it.
const CATALOG: &str = r#"{"datasets":[
  {"name":"all","title":"All","children":["one"],"version":"7","delta_url":"https://c.org/d","resources":[
    {"name":"entities.ftm.json","url":"https://c.org/all.json","checksum":"abc","mime_type":"application/json+ftm"},
    {"name":"senzing.json","url":"https://c.org/s"}]},
  {"name":"one","last_export":"2026-01-02T03:04:05","resources":[{"name":"entities.ftm.json","url":"https://c.org/one.json"}]}
]}"#;

#[test]
fn a_scope_says_what_of_a_catalogue_is_loaded() {
    let of = |scopes: &[&str]| {
        let scopes = scopes.iter().map(|scope| (*scope).to_owned()).collect();
        CatalogAt { url: "https://c.org/catalog.json".into(), scopes, ..CatalogAt::default() }
    };
    let loaded = |catalog: &CatalogAt| -> Vec<String> {
        let all = catalog.read(CATALOG.as_bytes()).unwrap();
        all.into_iter().filter(|dataset| dataset.load).map(|dataset| dataset.name).collect()
    };
    assert_eq!(loaded(&of(&["all"])), ["all"]);
    assert_eq!(loaded(&of(&[])), ["one"], "collections hold what others hold already");
    let all = of(&["all"]).read(CATALOG.as_bytes()).unwrap();
    assert_eq!(all[0].origin, Some(Origin::Url("https://c.org/all.json".into(), Some("abc".into()))));
    assert_eq!(all[1].version.as_deref(), Some("20260102030405"));
    assert!(of(&["nowhere"]).read(CATALOG.as_bytes()).unwrap_err().contains("'nowhere'"));
    let other = CatalogAt { resource_name: Some("senzing.json".into()), ..of(&["all"]) };
    assert_eq!(other.read(CATALOG.as_bytes()).unwrap()[0].origin, Some(Origin::Url("https://c.org/s".into(), None)));
    let kind = CatalogAt { resource_type: Some("application/json+ftm".into()), ..of(&["all"]) };
    assert!(kind.read(CATALOG.as_bytes()).unwrap()[0].origin.is_some());
    assert!(of(&["one"]).read(b"<html>").unwrap_err().contains("no JSON"));
}

#[test]
fn a_catalogue_reads_no_file_and_no_variable_of_ours() {
    let catalog = CatalogAt { url: "https://c.org/catalog.json".into(), ..CatalogAt::default() };
    let one = |more: &str| catalog.read(format!("{{\"datasets\":[{{\"name\":\"x\",{more}}}]}}").as_bytes());
    assert!(one("\"entities_url\":\"file:///etc/passwd\"").unwrap_err().contains("file of this machine"));
    assert_eq!(one("\"path\":\"/etc/passwd\",\"auth_token\":\"$HOME\"").unwrap()[0].origin, None);
}

#[test]
fn a_catalogue_that_is_cut_is_refused() {
    let catalog = CatalogAt { url: "https://c.org/catalog.json".into(), ..CatalogAt::default() };
    for percent in 0..100 {
        assert!(catalog.read(&CATALOG.as_bytes()[..CATALOG.len() * percent / 100]).is_err(), "{percent} %");
    }
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,60}|(datasets|catalogs|url|name|path|:|-|\\[|\\]|\\{|\\}| |\n|x|\\$){0,20}") {
        let _ = read(&text);
    }
}
