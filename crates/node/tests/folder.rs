//! The data folder through the node's own interface: what is added is whole, a bad index is built anew, a version is its
//! content. The same through the program is in `crates/mihenk/tests`.

#![allow(clippy::unwrap_used, reason = "a test that panics has failed, in its helpers too")]

use std::{
    fs,
    path::{Path, PathBuf},
};

use mihenk_node::{
    Model, Node, NodeError, Options, Scratch, Source, answer::answer, folder::Folder, lists, query::Query, removals,
};
use tempfile::TempDir;

fn list_file() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/starter/list.ftm.jsonl")
}

fn loaded() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    Node::add_lists(folder.path(), &[list_file()], &Model::built_in(), "2026-01-02T03:04:05Z").unwrap();
    folder
}

fn open(folder: &Path) -> Result<Node, NodeError> {
    Node::open(&Source::of(folder.to_owned()), Model::built_in())
}

/// What a node says to one question, as bytes.
fn asked(node: &Node) -> Vec<u8> {
    let line = r#"{"id":1,"schema":"Person","properties":{"name":["Qasem Soleimani"],"birthDate":"1957"}}"#;
    let query = Query::from_json(line, 1).unwrap();
    let answer = answer(&node.screener(), &query, &Options::default(), &mut Scratch::default());
    assert_eq!(answer.results[0].id, "starter-qasem-soleimani");
    serde_json::to_vec(&answer).unwrap()
}

fn index_file(folder: &Path, ending: &str) -> PathBuf {
    let files = fs::read_dir(folder.join("index")).unwrap().flatten().map(|e| e.path());
    files.into_iter().find(|p| p.extension().is_some_and(|e| e == ending)).unwrap()
}

#[test]
fn an_index_that_cannot_be_used_is_refused_in_words_and_built_anew() {
    let folder = loaded();
    let node = open(folder.path()).unwrap();
    assert_eq!(node.rebuilt(), None);
    let right = asked(&node);
    drop(node);
    let path = index_file(folder.path(), "index");
    let good = fs::read(&path).unwrap();
    let (mut flipped, mut other_format, mut other_model) = (good.clone(), good.clone(), good.clone());
    let middle = good.len() / 2;
    flipped[middle] ^= 1;
    // The header: magic, format, then the ids of model and lists; a change of any is seen.
    other_format[8] ^= 0xFF;
    other_model[16..48].fill(7);
    for (bytes, word) in [
        (flipped, "damaged"),
        (good[..good.len() - 7].to_vec(), "damaged"),
        (other_format, "format"),
        (other_model, ""),
        (b"something else".to_vec(), "not a Mihenk index"),
        (Vec::new(), "not a Mihenk index"),
    ] {
        fs::write(&path, bytes).unwrap();
        let node = open(folder.path()).unwrap();
        let told = node.rebuilt().expect("it says that it was built anew").to_owned();
        assert!(told.contains(word), "{word}: {told}");
        assert_eq!(asked(&node), right);
        drop(node);
        assert_eq!(fs::read(&path).unwrap(), good);
        assert_eq!(open(folder.path()).unwrap().rebuilt(), None, "once");
    }
    for ending in ["index", "records", "offsets"] {
        fs::remove_file(index_file(folder.path(), ending)).unwrap();
        let node = open(folder.path()).unwrap();
        let told = node.rebuilt().unwrap();
        assert!(if ending == "index" { told.starts_with("there was none") } else { told.contains(ending) }, "{told}");
        assert_eq!(asked(&node), right);
    }
}

#[test]
fn a_call_that_fails_leaves_what_was_in_use() {
    let folder = loaded();
    let version = |folder: &Path| lists::show(&Folder::new(folder.to_owned())).unwrap()[0].version.clone();
    let before = version(folder.path());
    let other = folder.path().join("other.jsonl");
    fs::write(
        &other,
        "{\"id\":\"x\",\"schema\":\"Person\",\"datasets\":[\"starter\"],\"properties\":{\"name\":\"X Y\"}}\n",
    )
    .unwrap();
    // The index cannot be written: a file stands where its folder was.
    let index = folder.path().join("index");
    let aside = folder.path().join("aside");
    fs::rename(&index, &aside).unwrap();
    fs::write(&index, "").unwrap();
    let added = Node::add_lists(folder.path(), std::slice::from_ref(&other), &Model::built_in(), "now");
    assert!(matches!(added, Err(NodeError::Io { .. } | NodeError::Index(_))), "{added:?}");
    assert_eq!(version(folder.path()), before, "the list in use is the one before");
    fs::remove_file(&index).unwrap();
    fs::rename(&aside, &index).unwrap();
    assert_eq!(open(folder.path()).unwrap().rebuilt(), None, "and so is its index");
    Node::add_lists(folder.path(), &[other], &Model::built_in(), "now").unwrap();
    assert_ne!(version(folder.path()), before);
    assert_eq!(open(folder.path()).unwrap().rebuilt(), None);
    removals::decide(folder.path(), "starter", removals::Decision::Accept, &Model::built_in(), "now").unwrap();
    assert_eq!(open(folder.path()).unwrap().entity_count(), 1, "a list is replaced as a whole");
}

#[test]
fn versions_of_a_list_are_told_and_what_happened_to_an_entity_between_them() {
    let folder = tempfile::tempdir().unwrap();
    let put = |lines: &[&str], now: &str| {
        let path = folder.path().join("l.jsonl");
        fs::write(&path, lines.join("\n")).unwrap();
        Node::add_lists(folder.path(), &[path], &Model::built_in(), now).unwrap();
    };
    let one = r#"{"id":"a-1","schema":"Person","datasets":["l"],"properties":{"name":["Ayla Deneme"]}}"#;
    let other =
        r#"{"id":"a-1","schema":"Person","datasets":["l"],"properties":{"name":["Ayla Deneme"],"birthDate":["1990"]}}"#;
    let friend =
        r#"{"id":"b","schema":"Person","datasets":["l"],"properties":{"name":["Speaks of a-1"],"notes":["a-1"]}}"#;
    put(&[friend], "2026-01-01T00:00:00Z");
    put(&[friend, one], "2026-01-02T00:00:00Z");
    put(&[friend, other], "2026-01-03T00:00:00Z");
    let root = Folder::new(folder.path().to_owned());
    let versions = mihenk_node::versions::of_list(&root, "l").unwrap();
    let told: Vec<_> = versions.iter().map(|one| (one.since.clone().unwrap(), one.is_live, one.is_stored)).collect();
    let day = |day: u8| format!("2026-01-0{day}T00:00:00Z");
    assert_eq!(told, [(day(3), true, true), (day(2), false, true), (day(1), false, true)]);
    assert!(mihenk_node::versions::of_list(&root, "none").unwrap().is_empty());
    let turns = mihenk_node::diff::turns(folder.path(), &["l".to_owned()], &["a-1".to_owned()]).unwrap();
    assert_eq!(turns.len(), 2, "{turns:?}");
    let mihenk_node::diff::Happened::Changed(fields) = &turns[0].what else { panic!("{turns:?}") };
    assert_eq!((turns[0].at.as_str(), fields[0].property.as_str()), ("2026-01-03T00:00:00Z", "birthDate"));
    assert_eq!(fields[0].came().collect::<Vec<_>>(), ["1990"]);
    assert_eq!(turns[1].what, mihenk_node::diff::Happened::Added);
    assert_eq!(turns[1].to, versions[1].version);
}

#[test]
fn only_one_process_changes_a_folder() {
    let folder = loaded();
    let lock = Folder::new(folder.path().to_owned()).lock().unwrap();
    let busy = Node::add_lists(folder.path(), &[list_file()], &Model::built_in(), "now");
    assert!(matches!(busy, Err(NodeError::Busy(_))), "{busy:?}");
    fs::remove_file(index_file(folder.path(), "index")).unwrap();
    let node = open(folder.path()).unwrap();
    assert!(node.rebuilt().unwrap().contains("in memory for this run only"), "{:?}", node.rebuilt());
    let right = asked(&node);
    drop(lock);
    assert_eq!(asked(&open(folder.path()).unwrap()), right);
}

#[test]
fn a_record_on_disk_is_the_one_in_memory() {
    let folder = loaded();
    let (kept, memory) = (open(folder.path()).unwrap(), Node::from_files(&[list_file()], Model::built_in()).unwrap());
    assert_eq!(kept.entity_count(), memory.entity_count());
    for number in 0..kept.entity_count() as u32 {
        assert_eq!(kept.profile(number).unwrap(), memory.profile(number).unwrap());
    }
    assert!(kept.profile(kept.entity_count() as u32).is_err());
}

#[test]
fn listings_are_said_as_analysts_say_them() {
    let node = Node::from_files(&[list_file()], Model::built_in()).unwrap();
    let numbers = 0..node.entity_count() as u32;
    let profile = numbers.map(|n| node.profile(n).unwrap()).find(|p| p.entity.id.as_str() == "starter-adrian-darya-1");
    let profile = profile.unwrap();
    let listings: Vec<String> =
        profile.listings().map(|l| format!("{} {}", l.short, l.reference.unwrap_or_default())).collect();
    assert_eq!(listings, ["OFAC 27304"]);
    assert_eq!(profile.countries(), ["Iran", "Panama"], "each once, by name");
}
