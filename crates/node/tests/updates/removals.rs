//! Who is missing from a new version stays screened until a person has looked, when there are many.
//!
//! In go versions that lack some of those before; out come what is screened, what is marked, and what a decision does.

use std::fs;

use mihenk_node::{
    Model, Node,
    removals::{Decision, decide},
    status::status,
    update::Outcome,
};

use crate::world::{World, found, list, name, outcome, person};

const MINE: &str = "[source.mine]\nurl = \"SERVER/list\"\n";

fn world(numbers: std::ops::Range<usize>) -> World {
    let world = World::new();
    world.settings(MINE);
    world.serve("/list", list(numbers));
    world.update(&["mine"]);
    world
}

fn decided(world: &World, decision: Decision) -> Vec<String> {
    let decided = decide(world.path(), "mine", decision, &Model::built_in(), "2026-01-12T00:00:00Z").unwrap();
    decided.entities.into_iter().map(|(id, _)| id).collect()
}

fn waiting(world: &World) -> (usize, usize) {
    let status = status(world.path(), &Model::built_in(), "2026-01-12T00:00:00Z".parse().unwrap()).unwrap();
    (status.lists[0].waiting, status.lists[0].kept)
}

#[test]
fn a_tenth_may_go_and_more_may_not() {
    // Two of twenty are a tenth; three are more.
    let few = world(0..20);
    few.serve("/list", list(2..20));
    assert!(matches!(outcome(&few.update(&[]), "mine"), Outcome::Live { removed: 2, added: 0, .. }));
    assert!(found(&few.open(), name(0)).is_empty());
    let many = world(0..20);
    many.serve("/list", list(3..22));
    let report = many.update(&[]);
    assert!(matches!(outcome(&report, "mine"), Outcome::Live { removed: 0, added: 2, .. }), "{report:?}");
    let node = many.open();
    for number in 0..3 {
        assert_eq!(found(&node, name(number)), [(format!("p{number}"), true)], "stays, and is marked");
    }
    assert_eq!(found(&node, name(21)), [("p21".to_owned(), false)], "what is new is live at once");
    let profile = (0..22).map(|n| node.profile(n).unwrap()).find(|p| p.entity.id.as_str() == "p1").unwrap();
    assert_eq!(profile.listings().count(), 1, "with what belongs to them");
    assert_eq!(waiting(&many), (3, 0));
}

#[test]
fn accepted_removals_go() {
    let world = world(0..12);
    world.serve("/list", list(6..12));
    world.update(&[]);
    assert_eq!(decided(&world, Decision::Accept).len(), 6);
    let node = world.open();
    assert!(found(&node, name(0)).is_empty() && node.entity_count() == 6);
    let error = decide(world.path(), "mine", Decision::Accept, &Model::built_in(), "now").unwrap_err().to_string();
    assert!(error.contains("no removals of mine wait"), "{error}");
    // The published version is the one in use, so the server is asked with what it said.
    world.server.forget();
    assert!(matches!(outcome(&world.update(&[]), "mine"), Outcome::Unchanged { .. }));
    assert!(world.server.asked()[0].header("if-none-match").is_some());
}

#[test]
fn rejected_removals_stay_and_are_not_asked_about_again() {
    let world = world(0..12);
    world.serve("/list", list(6..12));
    world.update(&[]);
    assert_eq!(decided(&world, Decision::Reject).len(), 6);
    assert_eq!(waiting(&world), (0, 6));
    assert!(!found(&world.open(), name(0)).is_empty());
    world.serve("/list", list(6..13));
    world.update(&[]);
    assert_eq!(waiting(&world), (0, 6), "carried to the next version");
    assert!(!found(&world.open(), name(0)).is_empty() && !found(&world.open(), name(12)).is_empty());
    assert!(decide(world.path(), "mine", Decision::Reject, &Model::built_in(), "now").is_err(), "nothing waits");
    assert_eq!(decided(&world, Decision::Accept).len(), 6, "a person may still let them go");
    assert!(found(&world.open(), name(0)).is_empty());
}

#[test]
fn who_is_listed_again_waits_no_more() {
    let world = world(0..12);
    world.serve("/list", list(6..12));
    world.update(&[]);
    assert_eq!(waiting(&world), (6, 0));
    // The next edition is whole again but for one, who is a tenth or less of those that were published.
    world.serve("/list", list(1..12));
    world.update(&[]);
    assert_eq!(waiting(&world), (1, 0), "the one who is still missing");
    world.serve("/list", list(0..12));
    world.update(&[]);
    assert_eq!(waiting(&world), (0, 0));
    assert_eq!(world.open().entity_count(), 12);
}

#[test]
fn a_second_loss_waits_beside_the_first() {
    let world = world(0..12);
    world.serve("/list", list(4..12));
    world.update(&[]);
    world.serve("/list", list(8..12) + &person(13, ",\"gender\":[\"male\"]"));
    world.update(&[]);
    assert_eq!(waiting(&world), (8, 0));
    assert_eq!(world.open().entity_count(), 13);
}

#[test]
fn a_file_is_treated_as_a_download_is() {
    let world = world(0..12);
    let file = world.path().join("half.jsonl");
    fs::write(&file, list(6..12).replace("sample", "mine")).unwrap();
    let added = Node::add_lists(world.path(), &[file], &Model::built_in(), "2026-01-11T00:00:00Z").unwrap();
    assert_eq!(added.lists[0].waiting().len(), 6);
    assert_eq!(added.entities, 12);
    assert_eq!(found(&world.open(), name(0)), [("p0".to_owned(), true)]);
}
