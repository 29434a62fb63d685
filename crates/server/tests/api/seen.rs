//! Since when a list has somebody, and what changed since a day.
//!
//! In come two versions of a list that were loaded on two days, and what their publisher says; out come the three moments of the API's entities, and who has changed.

use mihenk_node::{Model, Node, Source};
use serde_json::{Value, json};

use crate::world::{World, ids};

fn person(id: &str, name: &str, more: &str) -> String {
    format!(
        "{{\"id\":\"{id}\",\"schema\":\"Person\",\"datasets\":[\"alpha\"],\"properties\":{{\"name\":[\"{name}\"]}}{more}}}\n"
    )
}

/// One stayed, one changed, one is new, and of one the publisher says it all.
fn two_days() -> World {
    let folder = tempfile::tempdir().unwrap();
    let (data, file) = (folder.path().join("data"), folder.path().join("alpha.ftm.json"));
    let says =
        ",\"first_seen\":\"2021-09-20T05:38:53\",\"last_seen\":\"2026-02-01T06:00:00\",\"last_change\":\"2023-04-05\"";
    let days = [
        ("2026-01-01T08:00:00Z", person("a", "Kerem Anchor", "") + &person("b", "Zerrin Anchor", "")),
        (
            "2026-02-01T09:30:00Z",
            person("a", "Kerem Anchor", "")
                + &person("b", "Zerrin Hanım Anchor", "")
                + &person("c", "Emre Anchor", "")
                + &person("d", "Feride Anchor", says),
        ),
    ];
    for (day, lines) in days {
        std::fs::write(&file, lines).unwrap();
        Node::add_lists(&data, std::slice::from_ref(&file), &Model::built_in(), day).unwrap();
    }
    let node = Node::open(&Source::Folder(data), Model::built_in()).unwrap();
    let world = World::of(node);
    // What is known of changes is read before anything is asked.
    world.get("/search/default?limit=0").ok();
    world
}

#[test]
fn entities_say_since_when_they_are_listed_and_when_they_changed() {
    let world = two_days();
    let seen = |id: &str| {
        let entity = world.get(&format!("/entities/{id}")).ok();
        json!([entity["first_seen"], entity["last_seen"], entity["last_change"]])
    };
    assert_eq!(seen("a"), json!(["2026-01-01T08:00:00", "2026-02-01T09:30:00", "2026-01-01T08:00:00"]));
    assert_eq!(seen("b"), json!(["2026-01-01T08:00:00", "2026-02-01T09:30:00", "2026-02-01T09:30:00"]));
    assert_eq!(seen("c"), json!(["2026-02-01T09:30:00", "2026-02-01T09:30:00", "2026-02-01T09:30:00"]));
    assert_eq!(seen("d"), json!(["2021-09-20T05:38:53", "2026-02-01T06:00:00", "2023-04-05T00:00:00"]));
}

#[test]
fn changed_since_is_after_that_moment_and_not_at_it() {
    let world = two_days();
    let changed = |since: &str| -> Vec<String> {
        let found = world.get(&format!("/search/default?sort=id&changed_since={since}")).ok();
        let matched = world.person(
            &format!("/match/default?threshold=0.1&cutoff=0&limit=10&changed_since={since}"),
            &json!({ "name": "Anchor" }),
        );
        let results: &Value = &matched["responses"]["q"]["results"];
        let searched = ids(&found["results"]);
        assert!(ids(results).iter().all(|id| searched.contains(id)), "{results}");
        searched.into_iter().map(str::to_owned).collect()
    };
    assert_eq!(changed("2020-01-01"), ["a", "b", "c", "d"]);
    assert_eq!(changed("2026-01-01"), ["a", "b", "c"]);
    assert_eq!(changed("2026-01-01T08:00:00"), ["b", "c"], "a changed at that very second");
    assert_eq!(changed("2026-01-31"), ["b", "c"]);
    assert_eq!(changed("2026-02-01T09:30"), Vec::<String>::new());
    world.get("/search/default?changed_since=2026-02-30").refused(400, "changed_since: '2026-02-30' is no moment");
    let sorted = world.get("/search/default?sort=last_change:desc&sort=id:desc").ok();
    assert_eq!(ids(&sorted["results"]), ["c", "b", "a", "d"]);
}

#[test]
fn lists_that_are_in_memory_know_what_their_publisher_says() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("alpha.ftm.json");
    let text = person("d", "Feride", ",\"first_seen\":\"2021-09-20T05:38:53\"") + &person("a", "Kerem", "");
    std::fs::write(&file, text).unwrap();
    let world = World::of(Node::from_files(&[file], Model::built_in()).unwrap());
    assert_eq!(world.get("/entities/d").ok()["first_seen"], "2021-09-20T05:38:53");
    let nothing = world.get("/entities/a").ok();
    assert!(["first_seen", "last_seen", "last_change"].iter().all(|name| nothing[*name].is_null()), "{nothing}");
}
