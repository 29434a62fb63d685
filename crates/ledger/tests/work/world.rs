//! A store in a folder of its own, invented people, and observations that tests change.
//!
//! What several test programs share, and what none of them tests.

use std::collections::BTreeMap;

use mihenk_ledger::{
    LedgerError, MIGRATIONS, Reason, Who,
    alerts::{self, AlertId, AlertKind, Basis, Found, Listing, Observation, Policy},
    happening, people,
};
use mihenk_store::{Act, Event, Place, Query, Row, Store, StoreError, event::Content};

pub(crate) const DAY: i64 = 24 * 60 * 60 * 1000;
/// 26 November 2026, 09:30 UTC.
pub(crate) const NOW: i64 = 1_795_685_400_000;

pub(crate) struct World {
    pub(crate) store: Store,
    _folder: tempfile::TempDir,
    pub(crate) ayse: Who,
    pub(crate) bahram: Who,
    pub(crate) policy: Policy,
}

impl World {
    pub(crate) fn new() -> World {
        let folder = tempfile::tempdir().unwrap();
        World::with(open(&folder), folder)
    }

    /// On the other database.
    pub(crate) fn on_postgresql() -> World {
        let place: Place = mihenk_testkit::postgresql::database().parse().unwrap();
        let store = Store::open(&place, MIGRATIONS, NOW, &mut |_| Ok(())).unwrap();
        World::with(store, tempfile::tempdir().unwrap())
    }

    fn with(store: Store, folder: tempfile::TempDir) -> World {
        let [ayse, bahram] = store.act(|act| people::first_start(act, NOW, ["ayse", "bahram"])).unwrap();
        let who = |user: &people::User| Who::new(user.id.to_string(), NOW);
        let (ayse, bahram) = (who(&ayse.0), who(&bahram.0));
        World { store, _folder: folder, ayse, bahram, policy: Policy::read(None, None).unwrap() }
    }

    pub(crate) fn act<T>(&self, act: impl FnOnce(&mut Act<'_>) -> Result<T, LedgerError>) -> Result<T, LedgerError> {
        self.store.act(act)
    }

    pub(crate) fn raise(&self, observation: &Observation) -> AlertId {
        self.observe(NOW, observation).expect("something was recorded")
    }

    pub(crate) fn observe(&self, at: i64, observation: &Observation) -> Option<AlertId> {
        self.act(|act| alerts::observe(act, &screening(at), observation)).unwrap()
    }

    pub(crate) fn alert(&self, id: &AlertId) -> alerts::Alert {
        self.store.read(|reading| alerts::alert(reading, id)).unwrap()
    }

    pub(crate) fn last_words(&self, id: &AlertId) -> String {
        self.store
            .read(|reading| {
                let detail = alerts::queue::detail(reading, id)?;
                Ok::<_, LedgerError>(detail.history.last().unwrap().words.clone())
            })
            .unwrap()
    }

    pub(crate) fn events(&self) -> i64 {
        self.store.head().unwrap().seq
    }

    /// Refused, in words, and without an event.
    pub(crate) fn refused<T: std::fmt::Debug>(
        &self,
        act: impl FnOnce(&mut Act<'_>) -> Result<T, LedgerError>,
    ) -> String {
        let before = self.events();
        let error = self.act(act).unwrap_err().to_string();
        assert_eq!(self.events(), before, "a refused act leaves no event: {error}");
        error
    }
}

pub(crate) fn at(who: &Who, at: i64) -> Who {
    Who::new(who.actor.clone(), at)
}

pub(crate) fn screening(at: i64) -> Who {
    Who::new("screening", at)
}

pub(crate) fn reason(text: &str) -> Reason {
    Reason::new(text).unwrap()
}

fn open(folder: &tempfile::TempDir) -> Store {
    let place = Place::Sqlite(folder.path().join("store.sqlite"));
    Store::open(&place, MIGRATIONS, NOW, &mut |_| Ok(())).unwrap()
}

pub(crate) fn values(pairs: &[(&str, &[&str])]) -> BTreeMap<String, Vec<String>> {
    pairs.iter().map(|(name, values)| ((*name).to_owned(), values.iter().map(ToString::to_string).collect())).collect()
}

/// A customer who may be a listed person, at 20 %.
pub(crate) fn observation(customer: i64, entity: &str) -> Observation {
    Observation {
        customer: alerts::CustomerId::at(customer),
        entity: entity.to_owned(),
        kind: AlertKind::Sanctions,
        exposure: 0,
        found: Some(Found {
            score_ten_thousandths: 7_400,
            probability_millionths: 200_000,
            bits_hundredths: 2_150,
            caption: "Zerrin ÖRNEK".to_owned(),
            listings: vec![Listing { dataset: "un_sc".into(), version: "v1".into(), reference: "QDi.900".into() }],
            topics: vec!["sanction".to_owned()],
            evidence: serde_json::json!([{"bits": 16.2, "line": "family name örnek"}]),
        }),
        basis: Basis {
            lists: BTreeMap::from([("un_sc".into(), "v1".into())]),
            model: "m1".to_owned(),
            customer: values(&[("name", &["Zerrin Örnek"]), ("birthDate", &["1971-02-03"]), ("schema", &["Person"])]),
            listing: values(&[("name", &["Zerrin ÖRNEK"]), ("schema", &["Person"])]),
        },
    }
}

/// The tables made anew from the chain hold what the tables hold.
pub(crate) fn tables_follow_from_events(world: &World, tables: &[&str]) {
    let folder = tempfile::tempdir().unwrap();
    let anew = open(&folder);
    let sql = "SELECT seq, at, actor, kind, subject, body, salt, body_hash, prev_hash, hash FROM events ORDER BY seq";
    let events = world.store.read(|reading| reading.query(sql, &[])).unwrap();
    anew.act(|act| events.iter().try_for_each(|row| happening::rebuild(act, &event(row)))).unwrap();
    for table in tables {
        let dump = |store: &Store| {
            let all = store.read(|reading| reading.query(&format!("SELECT * FROM {table}"), &[])).unwrap();
            let mut rows: Vec<String> = all.iter().map(|row| format!("{:?}", row.cells())).collect();
            rows.sort();
            rows
        };
        assert!(!dump(&world.store).is_empty(), "{table} has nothing to compare");
        assert_eq!(dump(&world.store), dump(&anew), "{table}");
    }
}

fn event(row: &Row) -> Event {
    let hash = |at: usize| row.bytes(at).unwrap().try_into().unwrap();
    let read = || -> Result<Event, StoreError> {
        Ok(Event {
            seq: row.integer(0)?,
            at: row.integer(1)?,
            actor: row.text(2)?,
            kind: row.text(3)?,
            subject: row.text(4)?,
            content: Some(Content { salt: row.bytes(6)?, body: row.text(5)? }),
            body_hash: hash(7),
            prev_hash: hash(8),
            hash: hash(9),
        })
    };
    read().unwrap()
}
