//! Backups while the store is at work, and putting them back: the restore drill.
//!
//! In come stores with known rows, out come files that hold them, and stores that are what the others were.

use std::{
    fs,
    path::Path,
    sync::atomic::{AtomicBool, Ordering},
};

use mihenk_store::{
    Migrations, Place, Query, Store, StoreError, backup, params,
    restore::{Restore, Restored, restore},
};

use crate::{
    Home, TABLES, append, both, both_beside_postgresql, count,
    erasing::{erasure, files_with},
    event, said,
};

both!(
    a_drill,
    files_are_for_their_owner_alone,
    a_backup_under_load_is_one_state,
    a_store_that_is_ahead_is_replaced_only_when_told,
    what_was_erased_stays_erased,
    a_backup_that_is_cut_or_changed_is_refused,
    migrations_begin_with_a_backup,
);

both_beside_postgresql!(a_backup_goes_into_the_other_database_and_back, a_backup_of_a_newer_program_is_refused);

fn asked<'a>(from: &'a Path, to: &'a Place) -> Restore<'a> {
    Restore { from, to, parts: &[TABLES], at: 3_000, actor: "restore", replace: false, erasures: &[] }
}

fn fill(store: &Store) {
    append(store, 30);
    let insert = "INSERT INTO counters (name, value) VALUES ($1, $2)";
    store
        .act::<_, StoreError>(|act| {
            (0..1_100).try_for_each(|n| act.execute(insert, params![format!("counter {n}"), n]).map(drop))
        })
        .unwrap();
}

/// Everything in the table beside the chain.
fn counters(store: &Store) -> (i64, i64) {
    let row =
        store.read(|r| r.first("SELECT count(*), CAST(sum(value) AS BIGINT) FROM counters", &[])).unwrap().unwrap();
    (row.integer(0).unwrap(), row.integer(1).unwrap())
}

/// Everything is lost but the backup.
fn lose(home: &Home) {
    match &home.place {
        Place::Sqlite(path) => {
            for suffix in ["", "-wal", "-shm"] {
                let _ = fs::remove_file(format!("{}{suffix}", path.display()));
            }
        }
        Place::Postgres(_) => home.meddle("DROP SCHEMA public CASCADE; CREATE SCHEMA public"),
    }
}

fn a_drill(home: &Home) {
    let store = home.store();
    fill(&store);
    let head = store.head().unwrap();
    let file = home.path("backup");
    let manifest = store.backup(&file, 2_000, "mihenk 0.1.0").unwrap();
    assert_eq!((manifest.head(), manifest.at, manifest.program.as_str()), (head, 2_000, "mihenk 0.1.0"));
    let rows = |name: &str| manifest.tables.iter().find(|table| table.name == name).unwrap().rows;
    assert_eq!((rows("events"), rows("counters")), (30, 1_100));
    drop(store);
    lose(home);
    let restored = restore(&asked(&file, &home.place)).unwrap();
    assert_eq!(restored, Restored { head, erased_again: Vec::new(), kept: None });
    let store = home.store();
    store.verify(Some(head)).unwrap().whole().unwrap();
    assert_eq!(counters(&store), (1_100, 1_099 * 1_100 / 2));
    append(&store, 1);
    assert_eq!(count(&store), 31);
    // The restored store knows the backup that it came from.
    assert_eq!(store.backups().unwrap().len(), 1);
}

/// Whoever else has an account on the machine reads neither the store, nor what SQLite keeps beside it, nor a backup.
fn files_are_for_their_owner_alone(home: &Home) {
    use std::os::unix::fs::PermissionsExt;

    let store = home.store();
    fill(&store);
    let backup = home.path("backup");
    store.backup(&backup, 2_000, "mihenk 0.1.0").unwrap();
    let mut files = vec![backup];
    if let Place::Sqlite(path) = &home.place {
        files.extend(["", "-wal", "-shm"].map(|suffix| format!("{}{suffix}", path.display()).into()));
    }
    for file in files {
        let mode = fs::metadata(&file).unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "{}: {mode:o}", file.display());
    }
}

fn a_backup_under_load_is_one_state(home: &Home) {
    let store = home.store();
    append(&store, 200);
    let is_over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !is_over.load(Ordering::Relaxed) {
                store
                    .act::<_, StoreError>(|act| {
                        let seq = act.append(event("counted"))?.seq;
                        act.execute("INSERT INTO counters (name, value) VALUES ($1, 1)", params![format!("{seq}")])
                    })
                    .unwrap();
            }
        });
        for round in 0..5 {
            let manifest = store.backup(&home.path(&format!("backup-{round}")), round, "test").unwrap();
            let rows = |name: &str| manifest.tables.iter().find(|table| table.name == name).unwrap().rows;
            // Each act writes an event and a row, so a backup holds as many of both.
            assert_eq!(rows("events"), rows("counters") + 200);
            assert_eq!(rows("events"), manifest.seq as u64);
        }
        is_over.store(true, Ordering::Relaxed);
    });
}

fn a_backup_goes_into_the_other_database_and_back(home: &Home) {
    let other = home.other();
    let store = home.store();
    fill(&store);
    let (head, there, back) = (store.head().unwrap(), home.path("there"), home.path("back"));
    let first = store.backup(&there, 2_000, "test").unwrap();
    drop(store);
    restore(&asked(&there, &other.place)).unwrap();
    let moved = other.store();
    moved.verify(Some(head)).unwrap().whole().unwrap();
    let second = moved.backup(&back, 2_000, "test").unwrap();
    for name in ["events", "counters", "migrations", "erasures"] {
        let of = |manifest: &backup::Manifest| manifest.tables.iter().find(|table| table.name == name).cloned();
        assert_eq!(of(&first), of(&second), "every row of {name} is the same");
    }
    append(&moved, 1);
    drop(moved);
    lose(home);
    restore(&asked(&back, &home.place)).unwrap();
    home.store().verify(Some(head)).unwrap().whole().unwrap();
}

fn a_store_that_is_ahead_is_replaced_only_when_told(home: &Home) {
    let store = home.store();
    append(&store, 3);
    let (file, at_backup) = (home.path("backup"), store.head().unwrap());
    store.backup(&file, 2_000, "test").unwrap();
    let equal = restore(&asked(&file, &Home::sqlite().place)).unwrap();
    assert_eq!(equal.head, at_backup);
    append(&store, 2);
    let ahead = store.head().unwrap();
    drop(store);
    let refused = restore(&asked(&file, &home.place)).unwrap_err().to_string();
    assert!(refused.contains("events up to 5, the backup up to 3"), "{refused}");
    assert_eq!(home.store().head().unwrap(), ahead, "it is as it was");
    let restored = restore(&Restore { replace: true, ..asked(&file, &home.place) }).unwrap();
    let kept = restored.kept.unwrap();
    let store = home.store();
    assert_eq!(store.head().unwrap(), at_backup);
    assert!(kept.contains("before-restore") || kept.contains("before_restore"), "{kept}");
    match &home.place {
        Place::Sqlite(_) => {
            assert_eq!(count(&Store::open(&Place::Sqlite(kept.into()), &[TABLES], 0, &mut |_| Ok(())).unwrap()), 5);
        }
        Place::Postgres(_) => {
            let count_kept = "SELECT count(*) FROM before_restore.events";
            let row = store.read(|r| r.first(count_kept, &[])).unwrap().unwrap();
            assert_eq!(row.integer(0).unwrap(), 5);
        }
    }
    // Another history with the same number of events is no less refused.
    append(&store, 2);
    let other = home.path("other");
    store.backup(&other, 4_000, "test").unwrap();
    drop(store);
    restore(&Restore { replace: true, ..asked(&file, &home.place) }).unwrap();
    append(&home.store(), 2);
    let refused = restore(&asked(&other, &home.place)).unwrap_err().to_string();
    assert!(refused.contains("another history"), "{refused}");
}

fn what_was_erased_stays_erased(home: &Home) {
    let mut store = home.store();
    store.remember_erasures_in(home.path("store.sqlite.erasures"));
    let seq = said(&store, "secret-of-old");
    append(&store, 2);
    let (file, copy) = (home.path("backup"), tempfile::tempdir().unwrap());
    store.backup(&file, 1_500, "test").unwrap();
    // A copy that nobody told the store about.
    let unknown = copy.path().join("unknown");
    fs::copy(&file, &unknown).unwrap();
    assert_eq!(store.erase(&erasure(&[seq])).unwrap().pending, []);
    drop(store);
    lose(home);
    let erasures = [home.path("store.sqlite.erasures")];
    let restored = restore(&Restore { erasures: &erasures, ..asked(&unknown, &home.place) }).unwrap();
    assert_eq!((restored.erased_again.as_slice(), restored.head.seq), ([seq].as_slice(), 4));
    let store = home.store();
    assert_eq!(store.verify(None).unwrap().whole().unwrap().erased, 1);
    assert_eq!(files_with(home.folder.path(), "secret-of-old"), [] as [String; 0]);
    // The copy is known now, and what was erased is gone from it as well.
    assert_eq!(files_with(copy.path(), "secret-of-old"), [] as [String; 0]);
    drop(store);
    // The backup that was reached tells the same, and nothing is told twice.
    let again = restore(&Restore { replace: true, erasures: &erasures, ..asked(&file, &home.place) }).unwrap();
    assert_eq!(again.erased_again, [seq]);
    assert_eq!(home.store().verify(None).unwrap().whole().unwrap().erased, 1);
}

fn a_backup_that_is_cut_or_changed_is_refused(home: &Home) {
    let store = home.store();
    fill(&store);
    let (good, bad) = (home.path("good"), home.path("bad"));
    store.backup(&good, 2_000, "test").unwrap();
    let again = store.backup(&good, 2_000, "test").unwrap_err().to_string();
    assert!(again.contains("replaces none"), "{again}");
    drop(store);
    let bytes = fs::read(&good).unwrap();
    let target = Home::sqlite();
    let refused = |what: &str| {
        let refused = restore(&asked(&bad, &target.place)).unwrap_err().to_string();
        assert!(refused.contains("bad"), "{what}: {refused}");
        let Place::Sqlite(path) = &target.place else { unreachable!() };
        assert!(!path.exists(), "{what}: nothing was made");
        refused
    };
    for hundredth in (0..100).step_by(4) {
        fs::write(&bad, &bytes[..bytes.len() * hundredth / 100]).unwrap();
        refused(&format!("cut at {hundredth} %"));
    }
    let changes = [
        ("UPDATE counters SET value = 8 WHERE name = 'counter 7'", "rows of table counters were changed"),
        ("DELETE FROM counters WHERE name = 'counter 7'", "has 1099 rows, and its manifest says 1100"),
        ("DELETE FROM events WHERE seq = 30", "table events"),
        ("UPDATE events SET actor = 'mehmet' WHERE seq = 3", "rows of table events were changed"),
        ("CREATE TABLE more (a BIGINT)", "its tables are not those"),
        ("DROP TABLE manifest", "has no manifest"),
        ("UPDATE manifest SET manifest = '{}'", "manifest cannot be read"),
    ];
    for (sql, why) in changes {
        fs::write(&bad, &bytes).unwrap();
        crate::meddle_file(&bad, sql);
        let refused = refused(sql);
        assert!(refused.contains(why), "{sql}: {refused}");
    }
    fs::write(&bad, "no database").unwrap();
    assert!(refused("text").contains("no backup"));
    fs::remove_file(&bad).unwrap();
    refused("nothing");
}

const NEWER: Migrations = Migrations {
    part: "test",
    versions: &[TABLES.versions[0], "CREATE TABLE more (name TEXT PRIMARY KEY REFERENCES counters (name))"],
};

fn migrations_begin_with_a_backup(home: &Home) {
    let store = home.store();
    append(&store, 2);
    let head = store.head().unwrap();
    drop(store);
    let folder = home.path("backups");
    let open = || Store::open_with_backup(&home.place, &[NEWER], 5_000, "test", &folder).unwrap();
    let store = open();
    let (path, trouble) = store.backups().unwrap().remove(0);
    assert!(path.ends_with("before-migration-5000.mihenk-backup") && trouble.is_none(), "{path:?}");
    let manifest = backup::check(&path).unwrap();
    assert_eq!(manifest.head(), head);
    assert!(manifest.tables.iter().all(|table| table.name != "more"));
    drop(store);
    // Nothing is pending now, so no backup is made.
    assert_eq!(open().backups().unwrap().len(), 1);
}

fn a_backup_of_a_newer_program_is_refused(home: &Home) {
    let store = Store::open(&home.place, &[NEWER], 0, &mut |_| Ok(())).unwrap();
    store
        .act::<_, StoreError>(|act| {
            act.execute("INSERT INTO counters (name, value) VALUES ('a', 1)", &[])?;
            act.execute("INSERT INTO more (name) VALUES ('a')", &[])
        })
        .unwrap();
    let file = home.path("backup");
    store.backup(&file, 2_000, "test").unwrap();
    let target = home.other();
    let refused = restore(&asked(&file, &target.place)).unwrap_err().to_string();
    assert!(refused.contains("newer program (test version 2, this one knows 1)"), "{refused}");
    assert_eq!(count(&target.store()), 0);
    // With a program that knows it, also rows that refer to others arrive.
    restore(&Restore { parts: &[NEWER], ..asked(&file, &Home::sqlite().place) }).unwrap();
}

#[test]
fn a_file_in_use_is_not_exchanged() {
    let home = Home::sqlite();
    let store = home.store();
    append(&store, 2);
    let file = home.path("backup");
    store.backup(&file, 2_000, "test").unwrap();
    append(&store, 1);
    let refused = restore(&Restore { replace: true, ..asked(&file, &home.place) }).unwrap_err().to_string();
    assert!(refused.contains("another program has the store open; stop it first"), "{refused}");
    append(&store, 1);
    assert_eq!(count(&store), 4, "it goes on as if nothing had been");
    drop(store);
    assert_eq!(count(&home.store()), 4);
}

#[test]
fn a_damaged_file_is_put_aside_as_it_is_when_told() {
    let home = Home::sqlite();
    let store = home.store();
    append(&store, 2);
    let (file, head) = (home.path("backup"), store.head().unwrap());
    store.backup(&file, 2_000, "test").unwrap();
    drop(store);
    let Place::Sqlite(path) = &home.place else { unreachable!() };
    let damaged = "no database any more".repeat(500);
    fs::write(path, &damaged).unwrap();
    let refused = restore(&asked(&file, &home.place)).unwrap_err().to_string();
    assert!(refused.contains("cannot be read"), "{refused}");
    let restored = restore(&Restore { replace: true, ..asked(&file, &home.place) }).unwrap();
    assert_eq!(fs::read_to_string(restored.kept.unwrap()).unwrap(), damaged);
    home.store().verify(Some(head)).unwrap().whole().unwrap();
}
