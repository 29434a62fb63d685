//! Versions: what changed, what stood when, what is kept, and readers while one takes the place of another.
//!
//! In go several versions a day apart, and times to ask for; out come the lists of then, differences, and what a sweep leaves.

use std::{
    fs,
    sync::atomic::{AtomicBool, Ordering},
    thread,
};

use jiff::Timestamp;
use mihenk_node::{
    Model, Node, Source,
    diff::compared,
    keep::keep,
    swap,
    update::Outcome,
    versions::{self, moment},
};

use crate::world::{World, found, list, name, outcome, person};

/// A list with three versions, a day each.
fn three() -> World {
    let world = World::new();
    world.settings("[source.mine]\nurl = \"SERVER/list\"\n");
    for (day, text) in [
        ("2026-01-10", list(0..20)),
        ("2026-01-11", list(1..20) + &person(20, "")),
        ("2026-01-12", list(1..20) + &person(20, ",\"birthDate\":[\"1970\"]")),
    ] {
        world.serve("/list", text);
        world.at(&format!("{day}T12:00:00Z")).update(&["mine"]);
    }
    world
}

fn as_of(world: &World, day: &str) -> Result<Node, String> {
    Node::open_as_of(world.path(), Model::built_in(), &moment(day).unwrap()).map_err(|e| e.to_string())
}

#[test]
fn what_is_new_can_be_fetched_and_left_at_that() {
    let world = World::new();
    world.settings("[source.mine]\nurl = \"SERVER/list\"\n");
    world.serve("/list", list(0..20));
    world.update(&["mine"]);
    let before = world.open();
    world.serve("/list", list(1..20) + &person(20, ""));
    let names = ["mine".to_owned()];
    let report = world.with(&names, mihenk_node::update::prepare).unwrap();
    let Outcome::Live { list, added: 1, changed: 0, removed: 1 } = outcome(&report, "mine") else {
        panic!("{report:?}")
    };
    assert!(
        found(&world.open(), name(20)).is_empty() && !found(&world.open(), name(0)).is_empty(),
        "what is in use stays"
    );
    assert_eq!(world.open().entity_count(), before.entity_count());
    let (one, other) = ("mine", format!("mine@{}", list.version));
    let compared = mihenk_node::diff::compared(world.path(), one, Some(&other)).unwrap();
    // Each person has a listing.
    assert_eq!((compared.difference.added.len(), compared.difference.removed.len()), (2, 2));
    // The update puts the same version in use.
    let report = world.update(&["mine"]);
    let Outcome::Live { list: live, .. } = outcome(&report, "mine") else { panic!("{report:?}") };
    assert_eq!(live.version, list.version);
    let report = world.with(&names, mihenk_node::update::prepare).unwrap();
    assert!(matches!(outcome(&report, "mine"), Outcome::Unchanged { .. }), "{report:?}");
}

#[test]
fn a_question_is_answered_with_the_lists_as_they_stood() {
    let world = three();
    let now = world.open();
    assert!(found(&now, name(0)).is_empty() && !found(&now, name(20)).is_empty());
    drop(now);
    let before = world.content();
    for _ in 0..2 {
        let then = as_of(&world, "2026-01-10").unwrap();
        assert!(!found(&then, name(0)).is_empty() && found(&then, name(20)).is_empty());
    }
    assert_eq!(fs::read_dir(world.path().join("index/as-of")).unwrap().count(), 4, "its index is kept");
    assert!(before.iter().all(|(path, bytes)| fs::read(path).unwrap() == *bytes), "and nothing else changed");
    assert!(found(&as_of(&world, "2026-01-11T11:59:59Z").unwrap(), name(20)).is_empty());
    assert!(!found(&as_of(&world, "2026-01-11T12:00:00Z").unwrap(), name(20)).is_empty());
    let error = as_of(&world, "2026-01-09").unwrap_err();
    assert!(error.contains("the first was loaded at 2026-01-10T12:00:00Z"), "{error}");
    // The index of today is still there, and another load sweeps nothing of it.
    assert_eq!(Node::open(&Source::of(world.path().to_owned()), Model::built_in()).unwrap().rebuilt(), None);
}

#[test]
fn differences_are_asked_for_by_name_version_day_or_file() {
    let world = three();
    let all = versions::stored(&world.data());
    assert_eq!(all.len(), 3);
    let told = |one: &str, other: Option<&str>| {
        let found = compared(world.path(), one, other).unwrap().difference;
        (found.added.len(), found.changed.len(), found.removed.len())
    };
    assert_eq!(told("mine", None), (0, 1, 0), "the last two");
    assert_eq!(told("mine@2026-01-10", Some("mine")), (2, 0, 2), "a person and a listing each");
    assert_eq!(told("mine", Some("mine@2026-01-10")), (2, 0, 2));
    let (first, last) = (format!("mine@{}", world.version("mine")), world.version("mine"));
    assert_eq!(told(&first, Some(&last[..6])), (0, 0, 0), "the beginning of a version is enough");
    let file = world.path().join("file.jsonl");
    fs::write(&file, list(1..20)).unwrap();
    assert_eq!(told("mine", Some(file.to_str().unwrap())), (0, 0, 2));
    for (wrong, words) in
        [("nothing", "no stored version"), ("mine@2025-01-01", "the first was loaded"), ("abc", "four or more")]
    {
        let error = compared(world.path(), wrong, Some("mine")).unwrap_err().to_string();
        assert!(error.contains(words), "{error}");
    }
    let changed = &compared(world.path(), "mine", None).unwrap().difference.changed[0];
    assert_eq!(changed.fields[0].property, "birthDate");
    assert_eq!((changed.fields[0].from.len(), changed.fields[0].to.as_slice()), (0, &["1970".to_owned()][..]));
}

#[test]
fn old_versions_are_swept_unless_something_needs_them() {
    let world = three();
    let at = |day: &str| format!("{day}T12:00:00Z").parse::<Timestamp>().unwrap();
    let first = versions::named(&world.data(), "mine@2026-01-10").unwrap().version;
    let second = versions::named(&world.data(), "mine@2026-01-11").unwrap().version;
    let span = |text: &str| text.parse().unwrap();
    assert!(keep(world.path(), span("90d"), at("2026-01-20")).unwrap().versions.is_empty());
    fs::write(world.path().join("references"), format!("{first} event 17\n")).unwrap();
    // The first was replaced on the 11th, the second on the 12th; an event refers to the first.
    let swept = keep(world.path(), span("90d"), at("2026-04-12")).unwrap();
    assert_eq!((swept.versions, swept.stay), (vec![format!("mine@{second}")], 2));
    assert!(as_of(&world, "2026-01-11").unwrap_err().contains("was swept"));
    assert!(as_of(&world, "2026-01-10").is_ok());
    fs::remove_file(world.path().join("references")).unwrap();
    // Ninety days after the 11th of January is the 11th of April.
    assert!(keep(world.path(), span("90d"), at("2026-04-10")).unwrap().versions.is_empty());
    assert_eq!(keep(world.path(), span("90d"), at("2026-04-11")).unwrap().versions, [format!("mine@{first}")]);
    assert!(!found(&world.open(), name(20)).is_empty());
    // What cannot be read could name anything: nothing is swept.
    fs::create_dir(world.path().join("references")).unwrap();
    assert!(keep(world.path(), span("0d"), at("2027-01-01")).is_err());
}

#[test]
fn a_version_that_comes_back_is_not_swept() {
    let world = three();
    world.serve("/list", list(1..20) + &person(20, ""));
    world.at("2026-01-13T12:00:00Z").update(&["mine"]);
    let swept = keep(world.path(), "1d".parse().unwrap(), "2026-01-30T00:00:00Z".parse().unwrap()).unwrap();
    assert_eq!((swept.versions.len(), swept.stay), (2, 1));
    assert!(!found(&world.open(), name(20)).is_empty());
}

#[test]
fn a_list_is_taken_out_and_was_there() {
    let world = three();
    let entities = swap::remove(world.path(), "mine", &Model::built_in(), "2026-01-14T00:00:00Z").unwrap();
    assert_eq!(entities, 0);
    let error = Node::open(&Source::of(world.path().to_owned()), Model::built_in()).unwrap_err().to_string();
    assert!(error.contains("no lists are loaded"), "{error}");
    assert!(!found(&as_of(&world, "2026-01-12").unwrap(), name(20)).is_empty());
    assert!(as_of(&world, "2026-01-15").is_err());
    let error = swap::remove(world.path(), "mine", &Model::built_in(), "now").unwrap_err().to_string();
    assert!(error.contains("no list 'mine' is loaded"), "{error}");
    world.at("2026-01-16T00:00:00Z").update(&["mine"]);
    assert!(!found(&world.open(), name(20)).is_empty(), "and comes back when it is named");
}

#[test]
fn readers_see_the_state_before_or_after() {
    let world = World::new();
    world.settings("[source.mine]\nurl = \"SERVER/list\"\n");
    world.serve("/list", list(0..12));
    world.update(&["mine"]);
    let is_over = AtomicBool::new(false);
    thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| {
                let mut opened = 0;
                while !is_over.load(Ordering::SeqCst) || opened == 0 {
                    let node = Node::open(&Source::of(world.path().to_owned()), Model::built_in()).unwrap();
                    assert_eq!(node.rebuilt(), None, "a reader never has to build");
                    let (old, new) = (found(&node, name(0)), found(&node, name(12)));
                    assert!(old.len() + new.len() == 1 || new.is_empty() && old.len() == 1, "{old:?} {new:?}");
                    assert_eq!(node.entity_count(), 12);
                    opened += 1;
                }
            });
        }
        for round in 0..12 {
            let range = if round % 2 == 0 { 1..13 } else { 0..12 };
            world.serve("/list", list(range));
            world.update(&["mine"]);
        }
        is_over.store(true, Ordering::SeqCst);
    });
}
