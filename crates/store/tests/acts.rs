//! Acts through the public interface: all or nothing, one after another, sharing commits.

use std::panic::{AssertUnwindSafe, catch_unwind};

use mihenk_store::{Migrations, NewEvent, Place, Query, Store, StoreError, params};

const TABLES: Migrations =
    Migrations { part: "test", versions: &["CREATE TABLE counters (name TEXT PRIMARY KEY, value BIGINT NOT NULL)"] };

fn store(folder: &tempfile::TempDir) -> Store {
    let place = Place::Sqlite(folder.path().join("store.sqlite"));
    Store::open(&place, &[TABLES], 0, &mut |_| Ok(())).unwrap()
}

fn event(kind: &str) -> NewEvent {
    NewEvent::of(1_000, "ayse", kind, "subject-1", &serde_json::json!({"reason": "a test"})).unwrap()
}

fn count(store: &Store) -> i64 {
    store.read(|reading| reading.first("SELECT count(*) FROM events", &[])?.unwrap().integer(0)).unwrap()
}

#[test]
fn an_event_follows_the_one_before() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(&folder);
    let (first, second) = store
        .act::<_, StoreError>(|act| Ok((act.append(event("case.opened"))?, act.append(event("case.closed"))?)))
        .unwrap();
    assert_eq!((first.seq, second.seq), (1, 2));
    assert_eq!(first.prev_hash, [0; 32]);
    assert_eq!(second.prev_hash, first.hash);
    assert_eq!(second.computed_hash(), second.hash);
    assert_eq!(store.head().unwrap().hash, second.hash);
}

#[test]
fn an_act_that_fails_or_panics_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(&folder);
    let refused = store.act::<(), StoreError>(|act| {
        act.append(event("case.opened"))?;
        act.execute("INSERT INTO counters (name, value) VALUES ($1, $2)", params!["a", 1])?;
        act.execute("INSERT INTO counters (name, value) VALUES ($1, $2)", params!["a", 2])?;
        Ok(())
    });
    assert!(matches!(refused, Err(StoreError::Statement(_))), "{refused:?}");
    let panicked = catch_unwind(AssertUnwindSafe(|| {
        store.act::<(), StoreError>(|act| {
            act.append(event("case.opened"))?;
            panic!("in the middle of an act");
        })
    }));
    assert!(panicked.is_err());
    assert_eq!(count(&store), 0);
    let next = store.act::<_, StoreError>(|act| act.append(event("case.opened"))).unwrap();
    assert_eq!(next.seq, 1);
}

#[test]
fn acts_of_many_threads_are_one_chain_and_lose_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(&folder);
    let add = "INSERT INTO counters (name, value) VALUES ('a', 1) ON CONFLICT (name) DO UPDATE SET value = counters.value + 1";
    std::thread::scope(|scope| {
        for thread in 0..16 {
            let store = &store;
            scope.spawn(move || {
                for round in 0..25 {
                    let outcome = store.act::<(), StoreError>(|act| {
                        act.append(event("counted"))?;
                        act.execute(add, &[])?;
                        // Every fifth act changes its mind after it has written.
                        if (thread + round) % 5 == 0 { Err(StoreError::Statement("no".to_owned())) } else { Ok(()) }
                    });
                    assert_eq!(outcome.is_err(), (thread + round) % 5 == 0);
                }
            });
        }
    });
    let value = store.read(|r| r.first("SELECT value FROM counters", &[])?.unwrap().integer(0)).unwrap();
    assert_eq!((value, count(&store)), (320, 320));
    let mut before = [0; 32].to_vec();
    store
        .read::<_, StoreError>(|r| {
            for row in r.query("SELECT prev_hash, hash FROM events ORDER BY seq", &[])? {
                assert_eq!(row.bytes(0)?, before);
                before = row.bytes(1)?;
            }
            Ok(())
        })
        .unwrap();
}

#[test]
fn two_openings_of_one_file_are_one_chain() {
    let folder = tempfile::tempdir().unwrap();
    let (one, two) = (store(&folder), store(&folder));
    for store in [&one, &two, &two, &one] {
        store.act::<_, StoreError>(|act| act.append(event("counted"))).unwrap();
    }
    assert_eq!((one.head().unwrap().seq, count(&two)), (4, 4));
}

#[test]
fn a_store_of_a_newer_program_is_refused() {
    const NEWER: Migrations =
        Migrations { part: "test", versions: &[TABLES.versions[0], "CREATE TABLE more (name TEXT PRIMARY KEY)"] };
    let folder = tempfile::tempdir().unwrap();
    drop(store(&folder));
    let place = Place::Sqlite(folder.path().join("store.sqlite"));
    let older = Migrations { part: "test", versions: &[] };
    let refused = Store::open(&place, &[older], 0, &mut |_| Ok(())).err().unwrap().to_string();
    assert!(refused.contains("test version 1, this one knows 0"), "{refused}");
    let mut backups = 0;
    Store::open(&place, &[NEWER], 0, &mut |_| {
        backups += 1;
        Ok(())
    })
    .unwrap();
    assert_eq!(backups, 1, "a backup is made before tables that hold something are changed");
}
