//! Upgrade and the way back, as `docs/book/src/upgrade.md` says it.
//!
//! An earlier program is one that knows fewer tables: it makes a store, this program brings it up to date with a backup before, the earlier one refuses
//! what it does not know, and works again with the backup put back.

#![allow(clippy::unwrap_used, reason = "a test that panics has failed, in its helpers too")]

use std::{
    fs,
    path::{Path, PathBuf},
};

use mihenk_node::{
    Model, Node, Source,
    backup::{Asked, put_back},
    desk::Desk,
    ledger::{MIGRATIONS, people},
    store::{Migrations, Place, Store, StoreError},
};

const AT: i64 = 1_767_225_600_000;

/// The tables of a program that did not know the last part.
fn earlier() -> &'static [Migrations] {
    &MIGRATIONS[..MIGRATIONS.len() - 1]
}

fn open_as_earlier(place: &Place) -> Result<Store, StoreError> {
    Store::open(place, earlier(), AT, &mut |_| panic!("nothing is to be changed"))
}

/// A store that the earlier program made, with two people in it.
fn store(folder: &Path) -> Place {
    let place = Place::Sqlite(folder.join("store.sqlite"));
    let store = Store::open(&place, earlier(), AT, &mut |_| Ok(())).unwrap();
    store.act(|act| people::first_start(act, AT, ["ayse", "bahram"])).unwrap();
    place
}

fn desk(place: &Place, backups: &Path) -> Desk {
    Desk::open(place, backups, Box::new(|| AT + 1_000)).unwrap()
}

/// The backups of a store, without those of the store beside it.
fn backups(folder: &Path) -> Vec<PathBuf> {
    let files = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    files.filter(|path| path.is_file()).collect()
}

fn names(desk: &Desk) -> Vec<String> {
    desk.read(|reading| people::users(reading)).unwrap().into_iter().map(|user| user.name).collect()
}

#[test]
fn a_store_of_an_earlier_program_is_brought_up_to_date_with_a_backup_before() {
    let folder = tempfile::tempdir().unwrap();
    let place = store(folder.path());
    let kept = folder.path().join("backups");
    assert_eq!(names(&desk(&place, &kept)), ["ayse", "bahram"]);
    assert_eq!(backups(&kept).len(), 1);
    // What is up to date is opened as it is.
    desk(&place, &kept);
    assert_eq!(backups(&kept).len(), 1);
}

#[test]
fn an_earlier_program_refuses_a_newer_store_in_words() {
    let folder = tempfile::tempdir().unwrap();
    let place = store(folder.path());
    desk(&place, &folder.path().join("backups"));
    let refused = open_as_earlier(&place).err().unwrap().to_string();
    let last = MIGRATIONS[MIGRATIONS.len() - 1].part;
    for word in ["written by a newer program", last, "use that program, or restore a backup"] {
        assert!(refused.contains(word), "{word}: {refused}");
    }
}

#[test]
fn the_way_back_is_the_backup() {
    let folder = tempfile::tempdir().unwrap();
    let place = store(folder.path());
    let kept = folder.path().join("backups");
    desk(&place, &kept);
    let from = backups(&kept).remove(0);
    let asked = Asked {
        from,
        to: place.clone(),
        folder: folder.path().to_owned(),
        replace: true,
        backups: kept.clone(),
        at: AT + 2_000,
    };
    put_back(&asked, None).unwrap();
    // What `restore` of this program puts back, it brings up to date; the file itself is the store of before.
    assert_eq!(names(&desk(&place, &kept)), ["ayse", "bahram"]);
    let before = folder.path().join("before.sqlite");
    fs::copy(&asked.from, &before).unwrap();
    let as_before = open_as_earlier(&Place::Sqlite(before)).unwrap();
    let found = as_before.read(|reading| people::users(reading)).unwrap();
    assert_eq!(found.len(), 2, "the earlier program goes on with it");
}

#[test]
fn an_index_of_another_form_is_made_anew() {
    let folder = tempfile::tempdir().unwrap();
    let list = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/starter/list.ftm.jsonl");
    Node::add_lists(folder.path(), &[list], &Model::built_in(), "2026-01-02T03:04:05Z").unwrap();
    let open = || Node::open(&Source::Folder(folder.path().to_owned()), Model::built_in()).unwrap();
    let entities = open().entity_count();
    // A file's name ends in the number of its form; another program looks for another name.
    for entry in fs::read_dir(folder.path().join("index")).unwrap().flatten() {
        let name = entry.file_name().into_string().unwrap();
        let (id, ending) = name.rsplit_once('.').unwrap();
        let (id, _) = id.rsplit_once('-').unwrap();
        fs::rename(entry.path(), entry.path().with_file_name(format!("{id}-0.{ending}"))).unwrap();
    }
    let node = open();
    assert!(node.rebuilt().is_some());
    assert_eq!(node.entity_count(), entities);
    assert_eq!(open().rebuilt(), None, "once");
}
