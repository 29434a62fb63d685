//! The store through its public interface, each test on SQLite and on PostgreSQL.
//!
//! [`both!`] makes two tests of a function that takes a [`Home`]: a place where a store can be made, and what is needed beside it.
//! Those on PostgreSQL start a server of their own and fail when there is none.

#![allow(clippy::unwrap_used, reason = "a test that panics has failed, in its helpers too")]

mod acts;
mod anything;
mod backups;
mod chain;
mod connections;
mod erasing;

use std::path::{Path, PathBuf};

use mihenk_store::{Migrations, NewEvent, Place, Query, Store, StoreError};

/// Two tests of each function, one for each database.
macro_rules! both {
    ($($test:ident),* $(,)?) => {
        mod on_sqlite {
            $(#[test] fn $test() { super::$test(&crate::Home::sqlite()); })*
        }
        mod needs_postgresql {
            $(#[test] fn $test() { super::$test(&crate::Home::postgresql()); })*
        }
    };
}
pub(crate) use both;

/// The same for functions that need PostgreSQL beside the home that they are given, whichever it is.
macro_rules! both_beside_postgresql {
    ($($test:ident),* $(,)?) => {
        mod needs_postgresql_beside {
            mod sqlite {
                $(#[test] fn $test() { super::super::$test(&crate::Home::sqlite()); })*
            }
            mod another {
                $(#[test] fn $test() { super::super::$test(&crate::Home::postgresql()); })*
            }
        }
    };
}
pub(crate) use both_beside_postgresql;

const TABLES: Migrations =
    Migrations { part: "test", versions: &["CREATE TABLE counters (name TEXT PRIMARY KEY, value BIGINT NOT NULL)"] };

/// Where a test's store is.
struct Home {
    folder: tempfile::TempDir,
    place: Place,
}

impl Home {
    fn sqlite() -> Home {
        let folder = tempfile::tempdir().unwrap();
        let place = Place::Sqlite(folder.path().join("store.sqlite"));
        Home { folder, place }
    }

    fn postgresql() -> Home {
        let place = Place::Postgres(mihenk_testkit::postgresql::database());
        Home { folder: tempfile::tempdir().unwrap(), place }
    }

    /// A place of the other kind.
    fn other(&self) -> Home {
        match self.place {
            Place::Sqlite(_) => Home::postgresql(),
            Place::Postgres(_) => Home::sqlite(),
        }
    }

    fn store(&self) -> Store {
        Store::open(&self.place, &[TABLES], 0, &mut |_| Ok(())).unwrap()
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Changes the store behind its back, as somebody with access to the database could.
    fn meddle(&self, sql: &str) {
        match &self.place {
            Place::Sqlite(path) => meddle_file(path, sql),
            Place::Postgres(address) => {
                let database = address.rsplit('/').next().unwrap();
                mihenk_testkit::postgresql::shared().sql(database, sql).unwrap();
            }
        }
    }
}

fn meddle_file(path: &Path, sql: &str) {
    let connection = rusqlite::Connection::open(path).unwrap();
    connection.busy_timeout(std::time::Duration::from_secs(5)).unwrap();
    connection.execute_batch(sql).unwrap();
}

fn event(kind: &str) -> NewEvent {
    NewEvent::of(1_000, "ayse", kind, "subject-1", &serde_json::json!({"reason": "a test"})).unwrap()
}

/// Appends events in acts of their own.
fn append(store: &Store, count: usize) {
    for _ in 0..count {
        store.act::<_, StoreError>(|act| act.append(event("counted"))).unwrap();
    }
}

fn count(store: &Store) -> i64 {
    store.read(|reading| reading.first("SELECT count(*) FROM events", &[])?.unwrap().integer(0)).unwrap()
}

/// An event whose body says something that can be looked for.
fn said(store: &Store, what: &str) -> i64 {
    let new = NewEvent::of(1_000, "ayse", "noted", "subject-1", &serde_json::json!({"said": what})).unwrap();
    store.act::<_, StoreError>(|act| act.append(new)).unwrap().seq
}
