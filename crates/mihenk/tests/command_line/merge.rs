//! `mihenk lists merge`: what a person and a script see of entities that are on several lists.
//!
//! Who is one, and why, is tested in `mihenk-node`; here it is words, questions, streams and exit codes.

use crate::{
    office::Office,
    world::{Said, World},
};

/// Two who share a reference of the UN, and two who share names and a birth date.
fn loaded() -> World {
    let line = |list: &str, id: &str, name: &str, born: &str| {
        format!(
            "{{\"id\":\"{id}\",\"schema\":\"Person\",\"datasets\":[\"{list}\"],\"properties\":{{\"name\":[\"{name}\"],\"birthDate\":[\"{born}\"]}}}}\n"
        )
    };
    let listing = |list: &str, id: &str, authority: &str| {
        format!(
            "{{\"id\":\"{id}-s\",\"schema\":\"Sanction\",\"datasets\":[\"{list}\"],\"properties\":{{\"entity\":[\"{id}\"],\"authority\":[\"{authority}\"],\"unscId\":[\"IRi.999\"],\"listingDate\":[\"2001-02-03\"]}}}}\n"
        )
    };
    let world = World::new();
    let one = line("one", "a1", "Hossein Zolfaqari", "1960-05-17")
        + &listing("one", "a1", "United Nations Security Council")
        + &line("one", "a2", "Aurelio Bonfanti", "1971-02-03");
    let two = line("two", "b1", "Hossein ZOLFAGHARI", "1960-05-17")
        + &listing("two", "b1", "European Union")
        + &line("two", "b2", "Aurelio BONFANTI", "1971-02-03");
    world.write("one.jsonl", one);
    world.write("two.jsonl", two);
    let said = world.run(&["lists", "add", "one.jsonl", "two.jsonl"]).done();
    assert!(said.out.contains("3 entities are screened now.\n1 is on several lists (2 entries)"), "{}", said.out);
    world
}

/// `lists merge` by Jale.
fn merge(world: &World, arguments: &[&str]) -> Said {
    world.run(&[&["lists", "merge", "--by", "Jale"], arguments].concat())
}

#[test]
fn one_hit_shows_all_listings_and_ids() {
    let world = loaded();
    let said = world.run(&["screen", "Hossein Zolfaqari"]).done();
    for words in ["born 1960-05-17 · a1 · b1", "UN IRi.999 since 2001-02-03", "EU IRi.999 since 2001-02-03"] {
        assert!(said.out.contains(words), "{words}: {}", said.out);
    }
    let json = &world.run(&["screen", "Hossein Zolfaqari", "--json"]).done().json()[0];
    let hits = json["results"].as_array().unwrap();
    assert_eq!((hits.len(), &hits[0]["id"], &hits[0]["referents"]), (1, &"a1".into(), &serde_json::json!(["b1"])));
    let listed: Vec<&str> =
        hits[0]["listings"].as_array().unwrap().iter().map(|l| l["short"].as_str().unwrap()).collect();
    assert_eq!(listed, ["UN", "EU"]);
    let why = merge(&world, &["--merged"]).done();
    assert_eq!(why.out, "Hossein Zolfaqari\n  a1 = b1: UN reference IRi.999\n");
}

#[test]
fn proposals_are_shown_decided_and_counted() {
    let world = loaded();
    assert!(world.run(&["lists", "status"]).done().out.contains("who else may be: mihenk lists merge --list"));
    let shown = merge(&world, &["--list"]).done();
    for words in ["1 proposal", "Aurelio", "at a base rate of 1 in 10", "the same day (1971-02-03 / 1971-02-03)"] {
        assert!(shown.out.contains(words), "{words}: {}", shown.out);
    }
    for command in [&["lists", "status"][..], &["lists", "show"], &["lists", "diff", "one", "two"]] {
        let said = world.run(command).done();
        assert!(
            said.out.contains("1 joined by rule, 0 by decision") && said.out.contains("1 proposal is open"),
            "{}",
            said.out
        );
    }
    let json = &merge(&world, &["--list", "--json"]).done().json()[0];
    assert_eq!((&json["proposals"][0]["a"]["id"], json["base_rate"].as_u64()), (&"a2".into(), Some(10)));
    merge(&world, &["--accept", "a2", "b2"]).refused(&["a decision needs a reason: --reason"]);
    merge(&world, &["--accept", "a2", "x", "--reason", "seen"]).refused(&["no list in use has an entity 'x'"]);
    merge(&world, &["--accept", "a2", "b2", "--list"]).refused(&["one of --review, --list"]);
    let said = merge(&world, &["--accept", "b2", "a2", "--reason", "the same face"]).done();
    assert!(
        said.out
            .replace("\n  ", " ")
            .contains("are one, says Jale: the same face. They are screened as a2\n2 entities are"),
        "{}",
        said.out
    );
    let status = &world.run(&["lists", "status", "--json"]).done().json()[0]["merging"];
    assert_eq!((status["by_rule"].as_u64(), status["by_person"].as_u64()), (Some(1), Some(1)));
    assert!(merge(&world, &["--merged"]).done().out.contains("a2 = b2: decided by Jale, "));
    let undone = merge(&world, &["--undo", "a1", "b1", "--reason", "two brothers", "--json"]).done().json();
    assert_eq!(undone[0]["decision"]["said"], "different");
    assert_eq!(undone[0]["merged_into"], serde_json::Value::Null);
    assert!(merge(&world, &[]).done().out.starts_with("1 is on several lists (2 entries): 0 joined by rule, 1 by"));
}

#[test]
fn a_review_asks_one_proposal_after_the_other() {
    let world = loaded();
    let review = |input: &str| world.run_with(&["lists", "merge", "--review", "--by", "Jale"], input.as_bytes()).done();
    let said = review("what\ns\n");
    for words in ["1 of 1", "names       Aurelio B", "born        1971-02-03", "0 decisions recorded"] {
        assert!(said.out.contains(words), "{words}: {}", said.out);
    }
    assert!(said.out.lines().all(|line| line.chars().count() <= 100), "{}", said.out);
    assert!(review("n\n\nseen both\n").out.contains("are two, says Jale: seen both"));
    assert!(review("").out.contains("No proposals are open."));
    assert!(world.read("data/decisions.jsonl").contains("\"reason\":\"seen both\""));
}

#[test]
fn where_a_node_has_users_who_decides_signs_in_and_a_backup_brings_it_back() {
    let world = loaded();
    merge(&world, &["--reject", "a2", "b2", "--reason", "two faces"]).done();
    let office = Office::open(world);
    let decide = ["lists", "merge", "--accept", "a2", "b2", "--reason", "the same face"];
    office.by("cem", &[&decide[..], &["--by", "Jale"]].concat()).refused(&["who decides is who signed in"]);
    office.by("elif", &decide).refused(&["it takes the role analyst"]);
    let said = office.by("cem", &decide).done();
    assert!(said.out.replace("\n  ", " ").contains("are one, says cem: the same face"), "{}", said.out);
    let told = office.by("elif", &["audit", "show", "--kind", "merging", "--json"]).done().json();
    assert_eq!((&told[0]["kind"], &told[1]["kind"]), (&"merging.taken-over".into(), &"merging.decided".into()));
    assert_eq!(
        (&told[0]["body"]["decision"]["by"], &told[1]["body"]["decision"]["by"]),
        (&"Jale".into(), &"cem".into())
    );
    let lines = office.world.read("data/decisions.jsonl");
    let file = office.world.text("copy");
    office.by("ayse", &["backup", &file]).done();
    std::fs::remove_file(office.world.path("data/decisions.jsonl")).unwrap();
    office.by("ayse", &["restore", &file, "--replace"]).done();
    assert_eq!(office.world.read("data/decisions.jsonl"), lines);
    assert!(office.world.run(&["lists", "merge"]).done().out.contains("1 by decision"));
}
