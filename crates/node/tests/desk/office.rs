//! An office for tests: a store in a folder of its own, a clock that is set by hand, people who have signed in.
//!
//! In comes nothing, out comes a desk at which the tests sit down.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use mihenk_node::{
    desk::{Desk, Seat},
    ledger::{
        Reason,
        people::{Change, Role, Secret, Token},
    },
    people,
    store::{Event, Place, Query, Store, StoreError},
};

/// 2026-11-26 00:00 UTC.
pub(crate) const START: i64 = 20_783 * 86_400_000;
/// A day.
pub(crate) const DAY: i64 = 86_400_000;

pub(crate) struct Office {
    pub(crate) desk: Desk,
    pub(crate) folder: tempfile::TempDir,
    clock: Arc<AtomicI64>,
}

/// A password that is good enough.
pub(crate) fn password(name: &str) -> Secret {
    Secret::new(&format!("correct horse {name}"))
}

pub(crate) fn why() -> Reason {
    Reason::new("a test").unwrap()
}

impl Office {
    /// With Ayşe and Bahram as administrators who have chosen their passwords.
    pub(crate) fn open() -> Office {
        let folder = tempfile::tempdir().unwrap();
        let place = Place::Sqlite(folder.path().join("store.sqlite"));
        Office::open_at(&place, folder)
    }

    /// The same with a store of one's own.
    pub(crate) fn open_at(place: &Place, folder: tempfile::TempDir) -> Office {
        let clock = Arc::new(AtomicI64::new(START));
        let read = clock.clone();
        let desk = Desk::open(place, folder.path(), Box::new(move || read.load(Ordering::SeqCst))).unwrap();
        let office = Office { desk, folder, clock };
        for (user, first) in office.desk.first_start(["ayse", "bahram"]).unwrap() {
            office.chooses(&user.name, &first);
        }
        office
    }

    /// The seat of a user who has chosen a password.
    pub(crate) fn seat(&self, name: &str) -> Seat<'_> {
        self.desk.seat(self.token(name))
    }

    pub(crate) fn token(&self, name: &str) -> Token {
        self.desk.sign_in(name, &password(name)).unwrap().token
    }

    pub(crate) fn chooses(&self, name: &str, first: &Secret) {
        let seat = self.desk.seat(self.desk.sign_in(name, first).unwrap().token);
        seat.choose_password(first, &password(name)).unwrap();
    }

    /// Adds a user, by both administrators.
    pub(crate) fn add(&self, name: &str, roles: &[Role]) -> Seat<'_> {
        let change = Change::Add { name: name.to_owned(), roles: roles.to_vec() };
        let id = people::propose(&self.seat("ayse"), change, why()).unwrap();
        let confirmed = people::confirm(&self.seat("bahram"), &id).unwrap();
        self.chooses(name, &confirmed.first_password.unwrap());
        self.seat(name)
    }

    /// Opens the store a second time, as another process does, and closes it.
    pub(crate) fn opens_again(&self) {
        let (place, read) = (Place::Sqlite(self.folder.path().join("store.sqlite")), self.clock.clone());
        Desk::open(&place, self.folder.path(), Box::new(move || read.load(Ordering::SeqCst))).unwrap();
    }

    pub(crate) fn goes_on(&self, milliseconds: i64) {
        self.clock.fetch_add(milliseconds, Ordering::SeqCst);
    }

    pub(crate) fn events(&self) -> Vec<Event> {
        self.desk.store().events(1, None).unwrap()
    }

    /// A table as it stands, its rows as text.
    pub(crate) fn table(store: &Store, sql: &str) -> Vec<String> {
        let rows = store.read::<_, StoreError>(|reading| reading.query(sql, &[])).unwrap();
        rows.iter().map(|row| format!("{:?}", row.cells())).collect()
    }
}
