//! A store with a clock, and people who act in it.
//!
//! Ayşe is U-1, Bahram U-2, Cem U-3, Dilek U-4. [`World::act`] is an act of one of them; [`World::same_from_chain`] makes the tables anew.

use std::cell::Cell;

use mihenk_ledger::{
    LedgerError, MIGRATIONS, Reason, Who,
    freezes::{self, FreezeId, Terms},
    happening,
    regimes::Regimes,
};
use mihenk_store::{Act, Place, Query, Store, StoreError, Value, params};
use tempfile::TempDir;

pub(crate) const AYSE: &str = "U-1";
pub(crate) const BAHRAM: &str = "U-2";
pub(crate) const CEM: &str = "U-3";
pub(crate) const CLOCK: &str = "clock";

pub(crate) const HOUR: i64 = 60 * 60 * 1000;
/// 2026-11-26 09:00 UTC.
pub(crate) const MORNING: i64 = (20_783 * 24 + 9) * HOUR;

pub(crate) struct World {
    pub(crate) store: Store,
    pub(crate) now: Cell<i64>,
    pub(crate) regimes: Regimes,
    _folder: TempDir,
}

impl World {
    pub(crate) fn new() -> World {
        let folder = tempfile::tempdir().unwrap();
        World::at(&Place::Sqlite(folder.path().join("store.sqlite")), folder)
    }

    /// On the other database.
    pub(crate) fn on_postgresql() -> World {
        World::at(&mihenk_testkit::postgresql::database().parse().unwrap(), tempfile::tempdir().unwrap())
    }

    fn at(place: &Place, folder: TempDir) -> World {
        let store = Store::open(place, MIGRATIONS, MORNING, &mut |_| Ok(())).unwrap();
        World { store, now: Cell::new(MORNING), regimes: Regimes::built_in().unwrap(), _folder: folder }
    }

    pub(crate) fn pass(&self, ms: i64) {
        self.now.set(self.now.get() + ms);
    }

    pub(crate) fn act<T>(
        &self,
        who: &str,
        act: impl FnOnce(&mut Act<'_>, &Who) -> Result<T, LedgerError>,
    ) -> Result<T, LedgerError> {
        let who = Who::new(who, self.now.get());
        self.store.act(|open| act(open, &who))
    }

    /// Refused in words that hold this, and nothing left behind.
    pub(crate) fn refused<T>(
        &self,
        who: &str,
        says: &str,
        act: impl FnOnce(&mut Act<'_>, &Who) -> Result<T, LedgerError>,
    ) {
        let before = self.store.head().unwrap();
        let error = self.act(who, act).err().expect("it has to be refused").to_string();
        assert!(error.contains(says), "{error:?} does not say {says:?}");
        assert_eq!(self.store.head().unwrap(), before, "a refused act leaves no event");
        self.same_from_chain();
    }

    pub(crate) fn proposed(&self, who: &str, terms: Terms) -> FreezeId {
        self.act(who, |act, who| freezes::propose(act, who, &self.regimes, terms, None, why())).unwrap()
    }

    pub(crate) fn in_force(&self, terms: Terms) -> FreezeId {
        let id = self.proposed(AYSE, terms);
        self.act(BAHRAM, |act, who| freezes::confirm(act, who, &id, None)).unwrap();
        id
    }

    pub(crate) fn held(&self, who: &str) -> FreezeId {
        self.act(who, |act, who| freezes::hold(act, who, &self.regimes, terms(), None, why())).unwrap()
    }

    pub(crate) fn freeze(&self, id: &FreezeId) -> freezes::Freeze {
        self.store.read(|reading| freezes::show(reading, id)).unwrap()
    }

    /// The clock looks, as it does all the time.
    pub(crate) fn tick(&self) -> Vec<String> {
        self.act(CLOCK, freezes::tick).unwrap()
    }

    /// The tables made anew from the chain are those that the acts wrote.
    pub(crate) fn same_from_chain(&self) {
        let folder = tempfile::tempdir().unwrap();
        let place = Place::Sqlite(folder.path().join("again.sqlite"));
        let again = Store::open(&place, MIGRATIONS, MORNING, &mut |_| Ok(())).unwrap();
        let events = self.store.events(1, None).unwrap();
        again.act(|act| events.iter().try_for_each(|event| happening::rebuild(act, event))).unwrap();
        for table in [
            "pauses",
            "freezes",
            "freeze_changes_waiting",
            "freeze_delistings",
            "freeze_notices",
            "freeze_register",
            "exemptions",
            "exemption_uses",
            "freeze_told",
        ] {
            assert_eq!(rows(&self.store, table), rows(&again, table), "{table}");
        }
    }
}

fn rows(store: &Store, table: &str) -> Vec<Vec<Value>> {
    let read = store.read::<_, StoreError>(|reading| reading.query(&format!("SELECT * FROM {table}"), params![]));
    let mut all: Vec<Vec<Value>> = read.unwrap().iter().map(|row| row.cells().to_vec()).collect();
    all.sort_by_key(|row| format!("{row:?}"));
    all
}

pub(crate) fn why() -> Reason {
    Reason::new("same birth date and passport").unwrap()
}

/// A freeze on a UN listing, of an account and a vessel.
pub(crate) fn terms() -> Terms {
    Terms {
        entity: Some("unsc-9900001".to_owned()),
        also: vec![],
        lists: vec!["un_sc_sanctions".to_owned()],
        customer: Some("K-7".to_owned()),
        programme: "un-1267".to_owned(),
        authority: "1267 Committee".to_owned(),
        reference: "QDi.901".to_owned(),
        scope: "no payment, no transfer".to_owned(),
        start: "2026-11-26".parse().unwrap(),
        review: "2027-05-26".parse().unwrap(),
        assets: vec![
            "account;TR330006100519786457841326;Anadolu Bank;1250.00 EUR".parse().unwrap(),
            "vessel;IMO 9074729;Harbour of Mersin".parse().unwrap(),
        ],
        alerts: vec!["A-12".to_owned()],
        case: Some("C-3".to_owned()),
    }
}
