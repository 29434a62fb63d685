//! `mihenk lists`: what is loaded is what is screened, and a wrong file changes nothing.
//!
//! In go the samples of `testdata/lists` and the starter list, whole, cut, of the wrong kind, into folders that are locked,
//! damaged or cannot be written; the folder before and after is compared byte by byte.

use std::{fs, path::Path};

use crate::world::{World, starter_list, tree};

/// Everything in a folder with its content.
fn content(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut out = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            out.extend(content(&path));
        } else {
            out.push((path.display().to_string(), fs::read(&path).unwrap()));
        }
    }
    out.sort();
    out
}

fn sample(name: &str) -> String {
    tree("testdata/lists").join(name).to_str().unwrap().to_owned()
}

#[test]
fn several_files_of_several_lists_are_added_in_one_call() {
    let world = World::new();
    let files = ["un.xml", "ofac/sdn.csv", "ofac/alt.csv", "ofac/add.csv", "ftm.jsonl"].map(sample);
    let mut arguments = vec!["lists", "add"];
    arguments.extend(files.iter().map(String::as_str));
    let said = world.run(&arguments).done();
    assert!(said.out.contains("un_sc_sanctions") && said.out.contains("us_ofac_sdn"), "{}", said.out);
    assert!(said.out.lines().count() < 30, "a few lines for each list: {}", said.out);
    let shown = world.run(&["lists", "show", "--json"]).done();
    let lists = shown.json()[0].as_array().unwrap().clone();
    assert_eq!(lists.len(), 3);
    let un = lists.iter().find(|l| l["dataset"] == "un_sc_sanctions").unwrap();
    assert_eq!(un["published"], "2026-02-27", "the file's dateGenerated");
    assert!(un["findings"].as_array().unwrap().iter().any(|f| f["text"].as_str().unwrap().contains("Atlantis")));
    // The ids that the issue promises: DATAID 9900001, entity number 900002.
    for (name, id) in [("ALI REZA AL-MISAL", "unsc-9900001"), ("EXAMPLE TRADING COMPANY LLC", "ofac-900002")] {
        let found = world.run(&["screen", name, "--json"]).done().json();
        assert_eq!(found[0]["results"][0]["id"], id, "{name}");
    }
    let ours = world.run(&["screen", "SEA EXAMPLE", "--imo", "9123453", "--schema", "Vessel", "--json"]).done();
    assert_eq!(ours.json()[0]["results"][0]["id"], "NK-sample4", "an id that a file gives is kept");
}

#[test]
fn a_list_whose_layout_was_not_checked_says_so() {
    let world = World::new();
    let (eu, un) = (sample("eu/fsf.csv"), sample("un.xml"));
    world.run(&["lists", "add", &eu, &un]).done();
    let shown = world.run(&["lists", "show"]).done();
    assert_eq!(shown.out.matches("layout not verified: elements, attributes and columns").count(), 1, "{}", shown.out);
    let lists = world.run(&["lists", "show", "--json"]).done().json()[0].as_array().unwrap().clone();
    let unverified = |name: &str| lists.iter().find(|l| l["dataset"] == name).unwrap()["unverified"].is_string();
    assert!(unverified("eu_fsf") && !unverified("un_sc_sanctions"));
    // The EU's reference is what the listing shows, not the UN's, which stands on it as well.
    let found = world.run(&["screen", "Ali Reza Al-Misal"]).done();
    assert!(found.out.contains("EU.9001.27"), "{}", found.out);
}

#[test]
fn a_wrong_file_changes_nothing() {
    let world = World::starter();
    let before = content(&world.path("data"));
    let un = fs::read(sample("un.xml")).unwrap();
    let good = sample("ofac/sdn.csv");
    for (name, bytes, words) in [
        ("cut.xml", &un[..un.len() / 2], "cut in the middle, at line"),
        ("page.xml", b"<!DOCTYPE html><html><body>503</body></html>", "an HTML page"),
        ("table.csv", b"colour,size\nred,7\n", "a table whose first row is"),
        ("empty.xml", b"", "the file is empty"),
        ("array.json", b"[{\"id\":\"1\",\"schema\":\"Person\"}]", "a JSON array"),
        ("alt.csv", b"900001,1,\"aka\",\"EXAMPLE, A\",-0- \r\n", "only adds to"),
    ] {
        let file = world.write(name, bytes);
        // The good one comes first: nothing of it is taken over either. Alone, alt.csv lacks what it adds to.
        let files: &[&str] = if name == "alt.csv" { &[&file] } else { &[&good, &file] };
        let arguments: Vec<&str> = ["lists", "add"].iter().chain(files).copied().collect();
        world.run(&arguments).refused(&[name, words]);
        assert_eq!(content(&world.path("data")), before, "{name}");
    }
    world.run(&["lists", "add", "missing.xml"]).refused(&["missing.xml: cannot be read"]);
    let fresh = World::new();
    fresh.run(&["lists", "add", &good, "missing.xml"]).refused(&["missing.xml"]);
    assert!(!fresh.path("data").exists(), "not even an empty folder is left");
}

#[test]
fn the_same_list_has_the_same_version() {
    let world = World::starter();
    let version = |world: &World| world.run(&["lists", "show", "--json"]).json()[0][0]["version"].clone();
    let first = version(&world);
    world.run(&["lists", "add", starter_list().to_str().unwrap()]).done();
    assert_eq!(version(&world), first);
    assert_eq!(version(&World::starter()), first, "whenever and wherever it was loaded");
}

#[test]
fn a_damaged_index_is_built_anew_and_said_so() {
    let world = World::starter();
    let index = fs::read_dir(world.path("data/index")).unwrap().flatten().map(|e| e.path());
    let index = index.into_iter().find(|p| p.extension().is_some_and(|e| e == "index")).unwrap();
    let good = fs::read(&index).unwrap();
    let answer = world.run(&["screen", "Qasem Soleimani", "--json"]).done();
    for at in [0, 9, good.len() / 2, good.len() - 1] {
        let mut bad = good.clone();
        bad[at] ^= 0x10;
        fs::write(&index, &bad).unwrap();
        let said = world.run(&["screen", "Qasem Soleimani", "--json"]).done();
        assert!(said.err.contains("the index was built anew: "), "byte {at}: {}", said.err);
        assert_eq!(said.out, answer.out);
        assert_eq!(fs::read(&index).unwrap(), good, "the new one is the same");
    }
}

#[test]
fn a_folder_that_cannot_be_written_is_screened_all_the_same() {
    let world = World::starter();
    let answer = world.run(&["screen", "Qasem Soleimani", "--json"]).done();
    fs::remove_dir_all(world.path("data/index")).unwrap();
    // A file in the place of the folder: permissions would not stop a superuser.
    fs::write(world.path("data/index"), "").unwrap();
    let said = world.run(&["screen", "Qasem Soleimani", "--json"]).done();
    assert!(said.err.contains("kept in memory for this run only"), "{}", said.err);
    assert_eq!(said.out, answer.out);
    world.run(&["lists", "add", starter_list().to_str().unwrap()]).refused(&["data/index"]);
}

#[test]
fn a_locked_folder_is_not_changed() {
    let world = World::starter();
    let lock = fs::File::options().write(true).open(world.path("data/lock")).unwrap();
    lock.try_lock().unwrap();
    world
        .run(&["lists", "add", starter_list().to_str().unwrap()])
        .refused(&["is being changed by another process; try again"]);
    world.run(&["screen", "Qasem Soleimani"]).done();
}

#[test]
fn without_lists_it_says_what_to_do() {
    let world = World::new();
    world.run(&["screen", "Ali"]).refused(&["no lists are loaded in", "mihenk lists add FILE"]);
    let said = world.run(&["lists", "show"]).done();
    assert!(said.out.contains("No lists are loaded"));
    assert_eq!(world.run(&["lists", "show", "--json"]).done().out, "[]\n");
    let file = world.write("file", "");
    world.run(&["--data", &file, "lists", "add", &file]).refused(&["is a file; lists are kept in a folder"]);
}
