//! Erasing the content of events for good, with an event that says so.
//!
//! In come the places of events, a reason, and what else must go with them; out comes an event of kind `body.erased` in the
//! same transaction that takes body and salt away. The chain still verifies. After the commit what was erased must be gone
//! from free pages and the write-ahead log, and from the backups that are known ([`crate::backup`]). What cannot be reached is
//! named, stays pending, and is tried again at the next opening and the next erasure ([`Store::finish_erasing`]).
//!
//! Every erasure is remembered in a file beside the store, a line of JSON each, so that restoring an old backup does
//! not bring anything back. A line names events by place and hash, never by what was in them.
//!
//! SQLite: the file is written anew without free pages, and the log cut to nothing. PostgreSQL: the tables are written anew
//! (`VACUUM FULL`); what its own write-ahead log and archives of it hold goes when their segments are recycled, which is for
//! whoever runs the server to see to (a checkpoint, a base backup, old archives removed). Blocks that the disk has freed are
//! beyond any program.

mod backups;
mod entry;

use std::{
    collections::HashSet,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use mihenk_said::Said;

#[cfg(feature = "postgres")]
pub(crate) use backups::SCHEMA;
pub use entry::Statement;
pub(crate) use entry::{Entry, recall};

use crate::{
    connection::{Connection, Role},
    error::StoreError,
    event::{Event, NewEvent},
    params,
    place::Place,
    sayings,
    store::{Act, Query, Store, to_hash},
    verify::{ERASED, ErasedBody},
};

/// Writes an entry to the table.
pub(crate) const RECORD: &str =
    "INSERT INTO erasures (event_hash, event, entry, is_finished) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";

/// What is to be erased, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct Erasure {
    /// When, in milliseconds since 1970 (UTC).
    pub at: i64,
    /// Who erases.
    pub actor: String,
    /// Of what this is told: an opaque id, such as that of the person whose data it was.
    pub subject: String,
    /// Why; never empty.
    pub reason: String,
    /// The places of the events whose content goes.
    pub seqs: Vec<i64>,
    /// What else must go with them: statements on tables beside the chain, which are run in the same transaction, and again
    /// in every backup. They must not hold what they erase, so rows are named by id.
    pub statements: Vec<Statement>,
}

/// What could not be reached, and is still to be erased.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pending {
    /// Where: the path of a backup, or what of the store.
    pub place: Said,
    /// Why not.
    pub why: Said,
}

/// Why something could not be erased, by its name where it has one.
fn said(error: &StoreError) -> Said {
    match error {
        StoreError::Backup { path, why } if why == backups::OUT_OF_REACH => {
            sayings::backup_out_of_reach(path.display().to_string())
        }
        StoreError::Busy { seconds, why } => sayings::store_is_busy(*seconds, why),
        other => Said::words(other.to_string()),
    }
}

/// What erasing came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Erased {
    /// The event that says so.
    pub event: Event,
    /// Where the content still is.
    pub pending: Vec<Pending>,
}

impl Act<'_> {
    /// Erases within an act. After it, [`Store::finish_erasing`] takes what was erased out of log and backups.
    ///
    /// # Errors
    /// [`StoreError::Erasure`] when there is no reason, or an event is not there, erased already, or says itself what
    /// was erased.
    pub fn erase(&mut self, erasure: &Erasure) -> Result<Event, StoreError> {
        let refused = |why: String| Err(StoreError::Erasure(why));
        if erasure.reason.trim().is_empty() {
            return refused("a reason is missing".to_owned());
        }
        if erasure.seqs.is_empty() && erasure.statements.is_empty() {
            return refused("neither an event nor a statement is named".to_owned());
        }
        let mut events = Vec::with_capacity(erasure.seqs.len());
        for seq in &erasure.seqs {
            let row = self.first("SELECT kind, hash, body IS NULL FROM events WHERE seq = $1", params![*seq])?;
            let Some(row) = row else { return refused(format!("there is no event {seq}")) };
            if row.text(0)? == ERASED {
                return refused(format!("event {seq} says what was erased, and stays"));
            }
            if row.truth(2)? {
                return refused(format!("the body of event {seq} is erased already"));
            }
            events.push((*seq, to_hash(&row, 1)?));
            self.execute("UPDATE events SET body = NULL, salt = NULL WHERE seq = $1", params![*seq])?;
        }
        for statement in &erasure.statements {
            self.execute(&statement.sql, &statement.parameters)?;
        }
        let body = ErasedBody { seq: erasure.seqs.clone(), reason: erasure.reason.clone() };
        let event = self.append(NewEvent::of(erasure.at, &erasure.actor, ERASED, &erasure.subject, &body)?)?;
        let entry = Entry::of(&event, erasure, events);
        self.execute(RECORD, &entry.record(false)?)?;
        Ok(event)
    }
}

impl Store {
    /// Erases, and takes what was erased out of log and backups.
    ///
    /// # Errors
    /// See [`Act::erase`]. Once the event is stored, what goes wrong is not an error but pending.
    pub fn erase(&self, erasure: &Erasure) -> Result<Erased, StoreError> {
        let event = self.act(|act| act.erase(erasure))?;
        let pending = self
            .finish_erasing()
            .unwrap_or_else(|error| vec![Pending { place: Said::words(self.place().to_string()), why: said(&error) }]);
        Ok(Erased { event, pending })
    }

    /// Takes what was erased out of the free pages, the log and the backups, remembers it beside the store, and says
    /// where it could not.
    ///
    /// # Errors
    /// When the store cannot be read or written.
    pub fn finish_erasing(&self) -> Result<Vec<Pending>, StoreError> {
        let mut pending = Vec::new();
        let entries = self.read(|reading| Entry::all(reading.connection()))?;
        if let Some(file) = self.erasures_file()
            && !entries.is_empty()
        {
            entry::remember(file, &entries)?;
        }
        let unfinished = self.read(|reading| {
            reading.query("SELECT event_hash, entry FROM erasures WHERE is_finished = 0 ORDER BY event", &[])
        })?;
        if !unfinished.is_empty() {
            let entries = unfinished.iter().map(|row| Entry::read(&row.text(1)?)).collect::<Result<Vec<_>, _>>()?;
            match self.clean(&entries) {
                Ok(()) => self.act(|act| {
                    for row in &unfinished {
                        let sql = "UPDATE erasures SET is_finished = 1 WHERE event_hash = $1";
                        act.execute(sql, params![row.bytes(0)?])?;
                    }
                    Ok::<_, StoreError>(())
                })?,
                Err(error) => {
                    let place = sayings::pages_and_log(self.place().to_string());
                    pending.push(Pending { place, why: said(&error) });
                }
            }
        }
        pending.extend(self.erase_in_backups(&entries)?);
        Ok(pending)
    }

    /// Tries again what an earlier run could not finish, if there is anything. What goes wrong stays pending in the store's tables, where
    /// [`Store::finish_erasing`] finds it: a store must open although a backup is out of reach.
    pub(crate) fn go_on_erasing(&self) {
        let sql = "SELECT 1 FROM erasures WHERE is_finished = 0
            OR EXISTS (SELECT 1 FROM backups WHERE erased_to < (SELECT max(event) FROM erasures)) LIMIT 1";
        let is_left = self.read(|reading| Ok::<_, StoreError>(reading.first(sql, &[])?.is_some()));
        if matches!(is_left, Ok(true)) {
            let _ = self.finish_erasing();
        }
    }

    /// Writes the tables anew so that nothing erased is left in free pages, and cuts the log.
    fn clean(&self, entries: &[Entry]) -> Result<(), StoreError> {
        let mut connection = Connection::open(self.place(), Role::Writer)?;
        let wait = self.wait();
        connection.wait_for_others(wait)?;
        match self.place() {
            Place::Sqlite(_) => clean_file(&mut connection),
            Place::Postgres(_) => clean_server(&mut connection, entries, wait),
        }
    }
}

fn still_read() -> StoreError {
    StoreError::Erasure("a reading that began before it is still at work and may look at what was erased".to_owned())
}

fn clean_file(connection: &mut Connection) -> Result<(), StoreError> {
    connection.run("VACUUM")?;
    let busy = connection.first("PRAGMA wal_checkpoint(TRUNCATE)", &[])?.map(|row| row.truth(0)).transpose()?;
    if busy == Some(true) { Err(still_read()) } else { Ok(()) }
}

/// Only tables that were written to, as each is locked while it is written anew.
fn clean_server(connection: &mut Connection, entries: &[Entry], wait: Duration) -> Result<(), StoreError> {
    wait_for_readings(connection, wait)?;
    let tables = connection.tables()?;
    let words: HashSet<&str> = entries
        .iter()
        .flat_map(|entry| &entry.statements)
        .flat_map(|statement| statement.sql.split(|c: char| !c.is_alphanumeric() && c != '_'))
        .collect();
    for table in tables.iter().filter(|table| *table == "events" || words.contains(table.as_str())) {
        connection.run(&format!("VACUUM FULL \"{table}\""))?;
    }
    Ok(())
}

/// Waits until every transaction has ended that began before now: PostgreSQL keeps what one of them may still see. Those that write
/// count in all databases of the server, as each of its snapshots is as old as the oldest of them.
fn wait_for_readings(connection: &mut Connection, wait: Duration) -> Result<(), StoreError> {
    let number = |connection: &mut Connection, what: &str| -> Result<i64, StoreError> {
        connection.first(&format!("SELECT CAST({what} AS BIGINT)"), &[])?.map_or(Ok(0), |row| row.integer(0))
    };
    let now = number(connection, "extract(epoch FROM clock_timestamp()) * 1000000")?;
    let next = number(connection, "CAST(pg_snapshot_xmax(pg_current_snapshot()) AS TEXT)")?;
    let earlier = "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
        AND backend_xmin IS NOT NULL AND CAST(extract(epoch FROM xact_start) * 1000000 AS BIGINT) <= $1 LIMIT 1";
    let start = Instant::now();
    while connection.first(earlier, params![now])?.is_some()
        || number(connection, "CAST(pg_snapshot_xmin(pg_current_snapshot()) AS TEXT)")? < next
    {
        if start.elapsed() > wait {
            return Err(still_read());
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    Ok(())
}

/// The file that remembers erasures beside a store in a file.
pub(crate) fn file_beside(place: &Place) -> Option<PathBuf> {
    match place {
        Place::Sqlite(path) => Some(with_suffix(path, ".erasures")),
        Place::Postgres(_) => None,
    }
}

/// A path beside another one.
pub(crate) fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}
