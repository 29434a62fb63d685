//! Folders that are damaged, old, half written or in use by somebody else.
//!
//! In go files that are cut, missing or from a process that was killed; out comes an update that heals or says what is wrong.

use std::fs;

use mihenk_node::{Model, Node, status::status, update::Outcome, versions::moment};

use crate::world::{World, found, list, name, outcome};

fn world() -> World {
    let world = World::new();
    world.settings("[source.mine]\nurl = \"SERVER/list\"\n");
    world.serve("/list", list(0..12));
    world.update(&["mine"]);
    world
}

#[test]
fn a_damaged_state_of_checks_costs_a_download_and_nothing_else() {
    let world = world();
    world.update(&[]);
    let good = fs::read_to_string(world.path().join("checks.json")).unwrap();
    for bad in ["", "{", "[]", "{\"lists\":{\"mine\":{}}}", &good[..good.len() / 2], &good.replace("2026", "soon")] {
        fs::write(world.path().join("checks.json"), bad).unwrap();
        world.server.forget();
        let report = world.update(&[]);
        assert!(matches!(outcome(&report, "mine"), Outcome::Unchanged { .. }), "{bad}: {report:?}");
        assert_eq!(world.server.asked().len(), 1);
        assert_eq!(fs::read_to_string(world.path().join("checks.json")).unwrap(), good);
    }
}

#[test]
fn settings_that_are_wrong_stop_the_update_and_not_the_screening() {
    let world = world();
    world.settings("[source.mine]\nurl = 7\n");
    let before = world.content();
    let error = world.try_update(&[]).unwrap_err().to_string();
    assert!(error.contains("sources.toml") && error.contains("line 2"), "{error}");
    assert_eq!(world.content(), before);
    assert!(!found(&world.open(), name(0)).is_empty());
}

#[test]
fn a_folder_without_a_history_gets_one() {
    let world = world();
    let current = world.path().join("current.json");
    let version = world.version("mine");
    fs::write(&current, format!("{{\"lists\":{{\"mine\":\"{version}\"}}}}")).unwrap();
    world.serve("/list", list(0..13));
    world.at("2026-01-12T00:00:00Z").update(&[]);
    // It was loaded when the world began.
    let then = Node::open_as_of(world.path(), Model::built_in(), &moment("2026-01-11").unwrap()).unwrap();
    assert!(found(&then, name(12)).is_empty() && !found(&then, name(11)).is_empty());
    assert_eq!(world.data().current().unwrap().history.len(), 2);
}

#[test]
fn a_version_that_is_gone_or_damaged_is_healed_by_the_next() {
    for damage in ["gone", "damaged"] {
        let world = world();
        let place = world.path().join("lists/mine").join(world.version("mine"));
        match damage {
            "gone" => fs::remove_dir_all(&place).unwrap(),
            _ => fs::write(place.join("entities.jsonl"), "{").unwrap(),
        }
        world.serve("/list", list(0..13));
        let report = world.update(&[]);
        assert!(!report.has_failed(), "{damage}: {report:?}");
        assert!(!found(&world.open(), name(12)).is_empty());
    }
}

#[test]
fn what_a_killed_process_left_is_not_taken_for_the_truth() {
    let world = world();
    fs::write(world.path().join("building.json"), "{\"since\":\"2026-01-10T12:00:00Z\",\"lists\":{\"mine\":\"0\"}}")
        .unwrap();
    fs::write(world.path().join("current.json.new"), "{").unwrap();
    let now = "2026-01-10T13:00:00Z".parse().unwrap();
    assert!(status(world.path(), &Model::built_in(), now).unwrap().building.is_none(), "nobody holds the lock");
    let lock = world.data().lock().unwrap();
    let seen = status(world.path(), &Model::built_in(), now).unwrap();
    assert_eq!(seen.lists[0].building.as_deref(), Some("0"));
    // Whoever holds the lock for good: the update waits a minute of the clock and says so.
    let error = world.try_update(&[]).unwrap_err().to_string();
    assert!(error.contains("being changed by another process"), "{error}");
    assert_eq!(world.clock.slept().len(), 60);
    drop(lock);
    assert!(!world.update(&[]).has_failed());
}

#[test]
fn an_index_that_cannot_be_written_leaves_the_old_version_live() {
    let world = world();
    let index = world.path().join("index");
    let aside = world.path().join("aside");
    fs::rename(&index, &aside).unwrap();
    fs::write(&index, "").unwrap();
    let version = world.version("mine");
    world.serve("/list", list(0..13));
    let report = world.update(&[]);
    assert!(report.has_failed(), "{report:?}");
    assert_eq!(world.version("mine"), version);
    fs::remove_file(&index).unwrap();
    fs::rename(&aside, &index).unwrap();
    assert!(found(&world.open(), name(12)).is_empty());
    let report = world.update(&[]);
    assert!(matches!(outcome(&report, "mine"), Outcome::Live { added: 1, .. }), "it is tried again: {report:?}");
}
