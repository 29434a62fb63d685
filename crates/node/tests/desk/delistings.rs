//! Freezes on an entity that several lists have, each by an id of its own.
//!
//! Ids change places when entities are joined and parted; a freeze looks delisted only when a list that it rests on has its entity under none of its ids.

use mihenk_node::{
    Model, Node,
    folder::Folder,
    freezes::{self, Checked},
    ledger::freezes::{FreezeId, Terms},
    merging::acts::{Act, Deciding, Session},
    portfolio,
};
use serde_json::json;

use crate::{
    freezes::{office, terms},
    office::{Office, why},
};

const UN: &str = "un_sc_sanctions";
const OFAC: &str = "us_ofac_sdn";
const NOW: &str = "2026-11-26T00:00:00Z";

fn person(id: &str, name: &str) -> String {
    json!({ "id": id, "schema": "Person", "properties": { "name": [name] } }).to_string()
}

/// Puts a list in use, with so many others on it that nobody who goes has to wait for a decision.
fn load(office: &Office, list: &str, lines: &[String]) {
    let filler = |number: usize| {
        let vessel = json!({ "id": format!("{list}-{number}"), "schema": "Vessel", "properties": { "name": [format!("Blue Anchor {}", 100 + number)] } });
        vessel.to_string()
    };
    let all: Vec<String> = (0..40).map(filler).chain(lines.iter().cloned()).collect();
    let file = office.folder.path().join(format!("{list}.jsonl"));
    std::fs::write(&file, all.join("\n")).unwrap();
    Node::add_lists(office.folder.path(), &[file], &Model::built_in(), NOW).unwrap();
}

/// The one on OFAC's list and the one on the UN's are one; they are screened as `a-9`.
fn join(office: &Office) {
    let mut session = Session::open(office.folder.path(), Model::built_in()).unwrap();
    let both = Deciding { act: Act::Accept, a: "a-9", b: "u-1", reason: "the same passport", by: "cem" };
    session.decide(&both, NOW).unwrap();
    session.finish(NOW).unwrap();
}

fn node(office: &Office) -> Node {
    portfolio::node(office.folder.path(), Model::built_in()).unwrap()
}

fn frozen(office: &Office, entity: &str, lists: &[&str]) -> FreezeId {
    let terms = Terms {
        entity: Some(entity.to_owned()),
        lists: lists.iter().map(ToString::to_string).collect(),
        programme: "un-1267".to_owned(),
        ..terms()
    };
    freezes::propose(&office.seat("cem"), office.folder.path(), node(office).lookup(), terms, None, why()).unwrap()
}

fn checked(office: &Office) -> Checked {
    let folder = Folder::new(office.folder.path().to_owned());
    freezes::after_lists_changed(&office.desk, &folder, node(office).lookup()).unwrap()
}

fn gone_from(office: &Office, id: &FreezeId) -> Vec<String> {
    let freeze = freezes::show(&office.seat("cem"), id).unwrap().freeze;
    freeze.delisted.map(|task| task.lists).unwrap_or_default()
}

#[test]
fn an_id_that_merging_led_to_another_list_is_still_listed() {
    let office = office();
    load(&office, OFAC, &[person("a-9", "Zerrin Örnek")]);
    // The UN's list is not loaded yet; somebody knows that she is on it.
    let id = frozen(&office, "a-9", &[UN]);
    load(&office, UN, &[person("u-1", "Zerrin Örnek")]);
    join(&office);
    let now = checked(&office);
    assert_eq!((now.looked_at, now.opened.len()), (1, 0), "the UN has her as u-1: {now:?}");
    load(&office, UN, &[]);
    assert_eq!(checked(&office).opened, std::slice::from_ref(&id));
    assert_eq!(gone_from(&office, &id), [UN]);
    assert!(checked(&office).opened.is_empty(), "one task");
}

#[test]
fn a_hold_rests_on_the_list_that_has_the_entity_by_another_id() {
    let office = office();
    load(&office, OFAC, &[person("a-9", "Zerrin Örnek")]);
    load(&office, UN, &[person("u-1", "Zerrin Örnek")]);
    join(&office);
    let named = Terms { entity: Some("a-9".to_owned()), programme: "un-1267".to_owned(), ..terms() };
    let held =
        freezes::hold(&office.seat("cem"), office.folder.path(), node(&office).lookup(), named, None, why()).unwrap();
    let terms = freezes::show(&office.seat("cem"), &held).unwrap().freeze.terms;
    assert_eq!((terms.lists, terms.also), (vec![UN.to_owned()], vec!["u-1".to_owned()]));
}

#[test]
fn of_two_lists_only_the_one_that_lost_it_is_told_although_the_id_is_gone() {
    let office = office();
    load(&office, OFAC, &[person("a-9", "Zerrin Örnek")]);
    load(&office, UN, &[person("u-1", "Zerrin Örnek")]);
    join(&office);
    let id = frozen(&office, "u-1", &[OFAC, UN]);
    load(&office, UN, &[]);
    assert_eq!(checked(&office).opened, std::slice::from_ref(&id));
    assert_eq!(gone_from(&office, &id), [UN], "OFAC has her as a-9, and that was known when it was written");
}
