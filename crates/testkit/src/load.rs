//! Acts whose parts must agree, for stores that are killed or cut at any moment.
//!
//! An act appends two events and counts up a row of its thread's; the row says how many acts there were and where the last one's
//! second event stands. So a store in which half an act is stored contradicts itself, which [`check`] finds.

use mihenk_store::{Migrations, NewEvent, Query, Store, StoreError, params};

/// The table of the acts.
pub const TABLES: Migrations = Migrations {
    part: "load",
    versions: &["CREATE TABLE acts (thread BIGINT PRIMARY KEY, acts BIGINT NOT NULL, last BIGINT NOT NULL)"],
};

/// Does one act; gives the place of its second event.
///
/// # Errors
/// What the store says.
pub fn act(store: &Store, thread: i64) -> Result<i64, StoreError> {
    store.act(|act| {
        let event = |kind: &str| {
            NewEvent::of(1_000, "load", kind, &format!("thread-{thread}"), &serde_json::json!({"reason": "load"}))
        };
        act.append(event("act.begun")?)?;
        let last = act.append(event("act.done")?)?.seq;
        let sql = "INSERT INTO acts (thread, acts, last) VALUES ($1, 1, $2)
                   ON CONFLICT (thread) DO UPDATE SET acts = acts.acts + 1, last = excluded.last";
        act.execute(sql, params![thread, last])?;
        Ok(last)
    })
}

/// Checks that the chain is whole and that every act is there as a whole; gives the last event's place.
///
/// # Errors
/// What contradicts what, in words.
pub fn check(store: &Store) -> Result<i64, String> {
    let verified =
        store.verify(None).map_err(|error| error.to_string())?.whole().map_err(|broken| broken.to_string())?;
    let sql = "SELECT e.subject, count(*), max(e.seq), sum(CASE WHEN e.kind = 'act.done' THEN 1 ELSE 0 END),
                      coalesce(max(a.acts), 0), coalesce(max(a.last), 0)
               FROM events e LEFT JOIN acts a ON e.subject = 'thread-' || a.thread GROUP BY e.subject";
    let rows = store.read(|reading| reading.query(sql, &[])).map_err(|error| error.to_string())?;
    for row in rows {
        let number = |at| row.integer(at).map_err(|error| error.to_string());
        let (events, last_event, done, acts, last) = (number(1)?, number(2)?, number(3)?, number(4)?, number(5)?);
        if events != 2 * acts || done != acts || last_event != last {
            return Err(format!("{row:?}: events, the last, finished, acts by the table, the last by the table"));
        }
    }
    Ok(verified.head.seq)
}
