//! Acts a second with full durability, one after another and from many clients, beside the disk's own bare speed.
//!
//! An act is what the ledger does at least: an event and a row of a table beside it. The store is made anew in the folder for
//! temporary files. The baseline is what a commit cannot do without: 4 KiB appended to a file and brought to the disk
//! (`fdatasync`), in the same folder, before and after. PostgreSQL, when it is installed, is one of its own with its defaults for
//! durability. Time is on the wall, as everybody waits for the disk.

use std::{
    fs::File,
    io::Write,
    path::Path,
    sync::atomic::{AtomicU64, Ordering},
    time::{Duration, Instant},
};

use mihenk_store::{Migrations, NewEvent, Place, Store, StoreError, params};
use mihenk_testkit::postgresql::Server;

use crate::{
    inputs::Inputs,
    row::{Line, Measured, thousands},
    timing::Spread,
};

const ASKED_ALONE: f64 = 2_000.0;
const ASKED_CLIENTS: f64 = 5_000.0;
const CLIENTS: u64 = 64;
const RUNS: usize = 5;
const RUN: Duration = Duration::from_millis(1_500);

const TABLES: Migrations =
    Migrations { part: "bench", versions: &["CREATE TABLE alerts (id BIGINT PRIMARY KEY, state TEXT NOT NULL)"] };

pub(super) fn measure(_inputs: &Inputs) -> anyhow::Result<Measured> {
    let folder = tempfile::tempdir()?;
    let mut lines = Vec::new();
    let store = open(&Place::Sqlite(folder.path().join("store.sqlite")))?;
    lines.extend(both(&store, "SQLite", folder.path(), true)?);
    drop(store);
    match Server::start(&folder.path().join("server"), true).and_then(|server| server.database()) {
        Ok(address) => lines.extend(both(&open(&Place::Postgres(address))?, "PostgreSQL", folder.path(), false)?),
        Err(why) => eprintln!("acts: PostgreSQL was not measured: {why}"),
    }
    Ok(Measured::of(lines))
}

fn open(place: &Place) -> anyhow::Result<Store> {
    Ok(Store::open(place, &[TABLES], 0, &mut |_| Ok(()))?)
}

/// A line for one client and one for many.
fn both(store: &Store, database: &str, folder: &Path, is_asked: bool) -> anyhow::Result<Vec<Line>> {
    let mut lines = Vec::new();
    for (clients, asked) in [(1, ASKED_ALONE), (CLIENTS, ASKED_CLIENTS)] {
        let (mut rates, mut bare) = (Vec::new(), Vec::new());
        acts_a_second(store, clients)?;
        for _ in 0..RUNS {
            bare.push(appends_a_second(folder)?);
            rates.push(acts_a_second(store, clients)?);
        }
        let (rate, bare) = (Spread::of(rates), Spread::of(bare));
        let who = if clients == 1 { "one after another".to_owned() } else { format!("from {clients} clients") };
        lines.push(Line {
            what: format!("acts a second with full durability, {who}, {database}"),
            figure: thousands(rate.median),
            asked: if is_asked { format!("≥ {}", thousands(asked)) } else { String::new() },
            reached: is_asked.then_some(rate.median >= asked),
            baseline: format!(
                "4 KiB appended and brought to the disk: {} a second ({:.2} times)",
                thousands(bare.median),
                rate.median / bare.median
            ),
            runs: rate.told(thousands),
        });
    }
    Ok(lines)
}

/// Acts that were acknowledged, by the second.
fn acts_a_second(store: &Store, clients: u64) -> anyhow::Result<f64> {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    let start = Instant::now();
    let client = || -> Result<u64, StoreError> {
        let mut count = 0;
        while start.elapsed() < RUN {
            act(store, NEXT.fetch_add(1, Ordering::Relaxed) as i64)?;
            count += 1;
        }
        Ok(count)
    };
    let counts = std::thread::scope(|scope| -> Vec<_> {
        let threads: Vec<_> = (0..clients).map(|_| scope.spawn(client)).collect();
        threads.into_iter().map(std::thread::ScopedJoinHandle::join).collect()
    });
    let mut acts = 0;
    for count in counts {
        acts += count.map_err(|_| anyhow::anyhow!("a client panicked"))??;
    }
    Ok(acts as f64 / start.elapsed().as_secs_f64())
}

fn act(store: &Store, number: i64) -> Result<(), StoreError> {
    let body = serde_json::json!({"reason": "another birthday", "comment": "checked against the passport", "state": "cleared"});
    store.act(|act| {
        act.append(NewEvent::of(number, "user-7", "alert.cleared", &format!("alert-{number}"), &body)?)?;
        let sql =
            "INSERT INTO alerts (id, state) VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET state = excluded.state";
        act.execute(sql, params![number % 100_000, "cleared"]).map(drop)
    })
}

fn appends_a_second(folder: &Path) -> anyhow::Result<f64> {
    let path = folder.join("bare");
    let mut file = File::create(&path)?;
    let (start, mut count) = (Instant::now(), 0);
    while start.elapsed() < RUN / 2 {
        file.write_all(&[7; 4096])?;
        file.sync_data()?;
        count += 1;
    }
    let rate = f64::from(count) / start.elapsed().as_secs_f64();
    std::fs::remove_file(path)?;
    Ok(rate)
}
