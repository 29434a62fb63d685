//! Events a second whose chain is walked and proved, from the store and from an export.
//!
//! A store is filled with events as acts on alerts make them, then walked as `mihenk audit verify` does it: every hash of every
//! event is computed. Both are one thread, and its time is measured. The baseline is SHA-256 alone over the same bytes.

use std::{fs::File, io::BufReader};

use anyhow::{Context, ensure};
use mihenk_store::{
    NewEvent, Place, Query, Store, StoreError,
    export::{ExportVerdict, verify_export},
};
use sha2::{Digest, Sha256};

use crate::{
    inputs::Inputs,
    row::{Line, Measured, thousands},
    timing::{Spread, runs},
};

const EVENTS: usize = 300_000;
const ASKED_STORE: f64 = 200_000.0;
const ASKED_EXPORT: f64 = 500_000.0;
/// Events that are written in one act.
const AN_ACT: usize = 5_000;

pub(super) fn measure(_inputs: &Inputs) -> anyhow::Result<Measured> {
    let folder = tempfile::tempdir()?;
    let store = Store::open(&Place::Sqlite(folder.path().join("store.sqlite")), &[], 0, &mut |_| Ok(()))?;
    fill(&store)?;
    let from_store = runs(|| {
        let verified = store.verify(None)?.whole().map_err(|broken| anyhow::anyhow!("{broken}"))?;
        ensure!(verified.events == EVENTS as u64, "{} events were walked", verified.events);
        Ok(())
    })?;
    let path = folder.path().join("export.jsonl");
    store.export(1, None, &mut std::io::BufWriter::new(File::create(&path)?))?;
    let from_export = runs(|| {
        let mut input = BufReader::with_capacity(1 << 16, File::open(&path)?);
        match verify_export(&mut input)? {
            ExportVerdict::Whole(_) => Ok(()),
            ExportVerdict::Broken(broken) => anyhow::bail!("{broken}"),
        }
    })?;
    let bare = bare(&store)?.rate(EVENTS);
    let line = |what: &str, spread: Spread, asked: f64| Line {
        what: format!("events a second proved on one core, from {what}"),
        figure: thousands(spread.median),
        asked: format!("≥ {}", thousands(asked)),
        reached: Some(spread.median >= asked),
        baseline: format!(
            "SHA-256 alone over the same bytes: {} ({:.2} times)",
            thousands(bare.median),
            spread.median / bare.median
        ),
        runs: spread.told(thousands),
    };
    Ok(Measured::of([
        line("the store (SQLite)", from_store.rate(EVENTS), ASKED_STORE),
        line("an export", from_export.rate(EVENTS), ASKED_EXPORT),
    ]))
}

fn fill(store: &Store) -> Result<(), StoreError> {
    for first in (0..EVENTS).step_by(AN_ACT) {
        store.act::<_, StoreError>(|act| {
            for number in first..first + AN_ACT {
                let body = serde_json::json!({"reason": "another birthday", "comment": format!("passport {number}"), "state": "cleared"});
                act.append(NewEvent::of(number as i64, "user-7", "alert.cleared", &format!("alert-{number}"), &body)?)?;
            }
            Ok(())
        })?;
    }
    Ok(())
}

/// Two hashes for each event, over as many bytes as its own.
fn bare(store: &Store) -> anyhow::Result<Spread> {
    let sql = "SELECT length(body) + 16, 14 + 16 + 12 + length(actor) + length(kind) + length(subject) + 64
               FROM events WHERE seq = 100000";
    let row = store.read(|reading| reading.first(sql, &[]))?.context("there is no such event")?;
    let (body, event) = (vec![1; row.integer(0)? as usize], vec![2; row.integer(1)? as usize]);
    runs(|| {
        for _ in 0..EVENTS {
            std::hint::black_box((Sha256::digest(&body), Sha256::digest(&event)));
        }
        Ok(())
    })
}
