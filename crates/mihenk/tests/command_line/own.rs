//! Who stands behind an entity, from the command line.
//!
//! Nobody signs in; holdings come from files of the samples, with and without loaded lists.

use crate::world::{World, tree};

fn sample(name: &str) -> String {
    tree("testdata/ownership").join(name).to_str().unwrap().to_owned()
}

#[test]
fn answers_sums_and_doubts_are_shown_without_lists_or_login() {
    let world = World::new();
    let shown =
        world.run(&["own", "Liman Lojistik", "--from", &sample("holdings.jsonl"), "--as-of", "2026-11-26"]).done().out;
    for words in [
        "Liman Lojistik A.Ş. · C-3",
        "OFAC  blocked         those who are blocked have 50\u{a0}% of its shares",
        "UK    not blocked     Behram Sutay has 35\u{a0}% of its shares",
        "       40 %  Karakurt Holding A.Ş. (blocked, step 1)  [holdings, record O-4]",
        "     = 50 %  of the shares; 15 % is recorded of nobody",
        "EU, ownership or control: the sum is that of OFAC",
        "chair of the board",
        "105\u{a0}% of the shares is recorded, more than all",
    ] {
        assert!(shown.contains(words), "{words}\n{shown}");
    }
}

#[test]
fn lists_that_are_loaded_say_who_is_listed_and_who_is_tied() {
    let world = World::new();
    let lists = tree("testdata/lists/ofac");
    let list = |name: &str| lists.join(name).to_str().unwrap().to_owned();
    world.run(&["lists", "add", &list("sdn.csv"), &list("alt.csv"), &list("add.csv")]).done();
    let listed = world.run(&["own", "ofac-900002"]).done().out;
    for words in ["OFAC  listed          it stands on us_ofac_sdn", "UK    not blocked", "Linked To"] {
        assert!(listed.contains(words), "{words}\n{listed}");
    }
    // The register's Ayla is taken for somebody on the list: more than 25 % for certain, at most 50 + 20.
    let asked =
        ["own", "tr-100", "--from", &sample("register.json"), "--regime", "ofac", "--what-if", "tr-p7 is ofac-900001"];
    let open = world.run(&asked).done().out;
    assert!(
        open.contains("OFAC  cannot be told") && open.contains("= more than 25 % to 70 %  of the shares"),
        "{open}"
    );
}

#[test]
fn the_law_is_shown_with_what_was_not_verified() {
    let shown =
        World::new().run(&["own", "C-3", "--regime", "uk", "--law", "--from", &sample("holdings.jsonl")]).done().out;
    assert!(
        shown.contains("regulation 7(2)") && shown.contains("NOT VERIFIED") && !shown.contains("OFAC  "),
        "{shown}"
    );
}

#[test]
fn json_and_a_picture_say_the_same() {
    let world = World::new();
    let picture = world.path("own.svg");
    let asked = ["own", "C-4", "--from", &sample("holdings.jsonl"), "--json", "--svg", picture.to_str().unwrap()];
    let said = world.run(&asked).done().json();
    assert_eq!(said[0]["regimes"][0]["answer"], "blocked");
    assert_eq!(said[0]["regimes"][2]["answer"], "cannot-be-told");
    assert_eq!(said[0]["holders"][0]["party"]["id"], "C-3");
    let svg = std::fs::read_to_string(picture).unwrap();
    assert!(svg.contains("Who stands behind Fırat Depo Ltd") && svg.ends_with("</svg>\n"));
}

#[test]
fn what_cannot_be_done_is_said() {
    let world = World::new();
    world.run(&["own", "anybody"]).refused(&["no lists are loaded"]);
    world.run(&["own", "nobody", "--from", &sample("holdings.jsonl")]).refused(&["nobody recorded has the id"]);
    world.run(&["own", "C-3", "--from", &sample("structures.txt")]).refused(&["structures.txt"]);
    world
        .run(&["own", "C-3", "--from", &sample("holdings.jsonl"), "--what-if", "A likes B"])
        .refused(&["A owns 30% of B"]);
}
