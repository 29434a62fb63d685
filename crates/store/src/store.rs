//! A store that is open: acts that are all or nothing, and readings of one state.
//!
//! [`Store::act`] runs what an act does within a transaction, on the caller's thread. Acts that come while another is at work
//! share its commit: each runs within a savepoint of its own, the last one that nobody waits behind commits for all,
//! and none is acknowledged before. An act that fails leaves nothing behind and does not disturb the others. [`Store::read`]
//! sees one state, whatever is written meanwhile.

use std::{
    fmt,
    panic::resume_unwind,
    path::PathBuf,
    str::FromStr,
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
};

use crate::{
    connection::{Connection, Role},
    erase,
    error::StoreError,
    event::{BEFORE_ALL, Event, Hash, NewEvent},
    hex,
    migrate::{self, Migrations},
    params,
    place::Place,
    value::{Row, Value},
    writer::{Outcome, Writer},
};

/// Random bytes in a salt.
const SALT_BYTES: usize = 16;
/// Connections for reading that are kept open.
const READERS_KEPT: usize = 8;

/// A store that is open. It can be used from many threads at once.
pub struct Store {
    place: Place,
    parts: Vec<Migrations>,
    erasures: Option<PathBuf>,
    writer: Mutex<Writer>,
    /// Acts that want to begin.
    waiting: AtomicUsize,
    readers: Mutex<Vec<Connection>>,
}

/// Where the chain stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// The last event's place; 0 before the first.
    pub seq: i64,
    /// Its hash.
    pub hash: Hash,
}

impl fmt::Display for Head {
    /// `SEQ:HASH`, the hash in hexadecimal.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.seq, hex::text(&self.hash))
    }
}

impl FromStr for Head {
    type Err = StoreError;

    fn from_str(text: &str) -> Result<Head, StoreError> {
        let parts = text.trim().split_once(':').and_then(|(seq, hash)| Some((seq.parse().ok()?, hex::hash(hash)?)));
        parts.map(|(seq, hash)| Head { seq, hash }).ok_or_else(|| StoreError::NoHead { found: text.to_owned() })
    }
}

/// What both an act and a reading can do.
pub trait Query {
    /// Calls `each` with every row, one after another, without holding them all.
    ///
    /// # Errors
    /// When the statement is refused, or with what `each` returns.
    fn each(
        &mut self,
        sql: &str,
        parameters: &[Value],
        each: &mut dyn FnMut(Row) -> Result<(), StoreError>,
    ) -> Result<(), StoreError>;

    /// All rows.
    ///
    /// # Errors
    /// When the statement is refused.
    fn query(&mut self, sql: &str, parameters: &[Value]) -> Result<Vec<Row>, StoreError> {
        let mut rows = Vec::new();
        self.each(sql, parameters, &mut |row| {
            rows.push(row);
            Ok(())
        })?;
        Ok(rows)
    }

    /// The first row, if there is one.
    ///
    /// # Errors
    /// When the statement is refused.
    fn first(&mut self, sql: &str, parameters: &[Value]) -> Result<Option<Row>, StoreError> {
        Ok(self.query(sql, parameters)?.into_iter().next())
    }
}

/// An act that is at work.
pub struct Act<'a> {
    connection: &'a mut Connection,
    head: &'a mut Head,
}

/// A reading of one state.
pub struct Reading<'a> {
    connection: &'a mut Connection,
}

impl Store {
    /// Opens a store and brings its tables up to what `parts` describe. `at` is the time, in milliseconds since 1970. Before
    /// tables that hold something are changed, `backup` is called.
    ///
    /// # Errors
    /// When it cannot be opened, is newer than the program, or `backup` fails.
    pub fn open(
        place: &Place,
        parts: &[Migrations],
        at: i64,
        backup: &mut dyn FnMut(&Place) -> Result<(), StoreError>,
    ) -> Result<Store, StoreError> {
        let mut connection = Connection::open(place, Role::Writer)?;
        let parts = migrate::with_own(parts);
        let had_tables = migrate::has_tables(&mut connection)?;
        let pending = migrate::pending(&mut connection, place, &parts)?;
        if had_tables && !pending.is_empty() {
            backup(place)?;
        }
        if !pending.is_empty() {
            migrate::apply(&mut connection, &pending, at)?;
        }
        let store = Store {
            place: place.clone(),
            parts,
            erasures: erase::file_beside(place),
            writer: Mutex::new(Writer::new(place, connection)),
            waiting: AtomicUsize::new(0),
            readers: Mutex::default(),
        };
        store.go_on_erasing()?;
        Ok(store)
    }

    /// Where it is.
    #[must_use]
    pub fn place(&self) -> &Place {
        &self.place
    }

    /// Runs an act: what it appends and writes is stored as a whole when this returns `Ok`, and not at all when it does not.
    ///
    /// # Errors
    /// What the act returns, or the store's own, when nothing could be begun or committed.
    ///
    /// # Panics
    /// Goes on with a panic of the act, after undoing what it did.
    pub fn act<T, E: From<StoreError>>(&self, act: impl FnOnce(&mut Act<'_>) -> Result<T, E>) -> Result<T, E> {
        let (outcome, commit) = {
            self.waiting.fetch_add(1, Ordering::SeqCst);
            let mut writer = locked(&self.writer);
            self.waiting.fetch_sub(1, Ordering::SeqCst);
            let outcome = writer.run(act);
            // Whoever waits for the lock now goes on within this transaction and commits, or hands it on likewise.
            if self.waiting.load(Ordering::SeqCst) == 0 || writer.must_commit() {
                writer.commit();
            }
            outcome
        };
        let Some(commit) = commit else { return finished(outcome) };
        match commit.wait() {
            Ok(()) => finished(outcome),
            Err(error) => Err(error.into()),
        }
    }

    /// Reads one state of the store.
    ///
    /// # Errors
    /// What `reading` returns, or the store's own.
    pub fn read<T, E: From<StoreError>>(&self, reading: impl FnOnce(&mut Reading<'_>) -> Result<T, E>) -> Result<T, E> {
        let mut connection = self.reader()?;
        let outcome = reading(&mut Reading { connection: &mut connection });
        // What the reading says is what counts; a connection that does not end it in order is not kept.
        if connection.run("ROLLBACK").is_ok() {
            let mut readers = locked(&self.readers);
            if readers.len() < READERS_KEPT {
                readers.push(connection);
            }
        }
        outcome
    }

    /// A connection on which a reading has begun: one that was kept, or a new one, also when those that were kept are broken.
    fn reader(&self) -> Result<Connection, StoreError> {
        loop {
            let kept = locked(&self.readers).pop();
            let Some(mut connection) = kept else { break };
            match connection.begin_reading() {
                Ok(()) => return Ok(connection),
                Err(error) if !connection.is_broken() => return Err(error),
                Err(_) => {}
            }
        }
        let mut connection = Connection::open(&self.place, Role::Reader)?;
        connection.begin_reading()?;
        Ok(connection)
    }

    /// The tables that the program knows.
    pub(crate) fn parts(&self) -> &[Migrations] {
        &self.parts
    }

    /// The file that remembers erasures, so that restoring an old backup does not bring back what was erased since; beside a
    /// store in a file, and nowhere for PostgreSQL until [`Store::remember_erasures_in`] says where.
    #[must_use]
    pub fn erasures_file(&self) -> Option<&std::path::Path> {
        self.erasures.as_deref()
    }

    /// Says where erasures are remembered.
    pub fn remember_erasures_in(&mut self, file: PathBuf) {
        self.erasures = Some(file);
    }

    /// Where the chain stands.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn head(&self) -> Result<Head, StoreError> {
        self.read(|reading| head(reading.connection))
    }
}

fn finished<T, E>(outcome: Outcome<T, E>) -> Result<T, E> {
    outcome.unwrap_or_else(|panic| resume_unwind(panic))
}

impl<'a> Act<'a> {
    pub(crate) fn new(connection: &'a mut Connection, head: &'a mut Head) -> Act<'a> {
        Act { connection, head }
    }
    /// Appends an event and gives it back with its place in the chain.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn append(&mut self, new: NewEvent) -> Result<Event, StoreError> {
        let mut salt = vec![0; SALT_BYTES];
        getrandom::fill(&mut salt).map_err(|error| StoreError::Random(error.to_string()))?;
        let event = Event::chained(new, salt, self.head.seq + 1, self.head.hash);
        let content = event.content.as_ref();
        self.connection.execute(
            "INSERT INTO events (seq, at, actor, kind, subject, body, salt, body_hash, prev_hash, hash)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
            params![
                event.seq,
                event.at,
                &event.actor,
                &event.kind,
                &event.subject,
                content.map(|content| content.body.clone()),
                content.map(|content| content.salt.clone()),
                event.body_hash.as_slice(),
                event.prev_hash.as_slice(),
                event.hash.as_slice()
            ],
        )?;
        *self.head = Head { seq: event.seq, hash: event.hash };
        Ok(event)
    }

    /// Runs a statement that writes to tables beside the chain, and says how many rows it changed.
    ///
    /// # Errors
    /// When it is refused.
    pub fn execute(&mut self, sql: &str, parameters: &[Value]) -> Result<u64, StoreError> {
        self.connection.execute(sql, parameters)
    }

    /// Where the chain stands, with what this act appended.
    #[must_use]
    pub fn head(&self) -> Head {
        *self.head
    }
}

impl Query for Act<'_> {
    fn each(
        &mut self,
        sql: &str,
        parameters: &[Value],
        each: &mut dyn FnMut(Row) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        self.connection.each(sql, parameters, each)
    }
}

impl Query for Reading<'_> {
    fn each(
        &mut self,
        sql: &str,
        parameters: &[Value],
        each: &mut dyn FnMut(Row) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        self.connection.each(sql, parameters, each)
    }
}

impl Reading<'_> {
    /// The connection, for what no statement can do.
    pub(crate) fn connection(&mut self) -> &mut Connection {
        self.connection
    }
}

/// Where the chain stands in what the connection sees.
pub(crate) fn head(connection: &mut Connection) -> Result<Head, StoreError> {
    let mut head = Head { seq: 0, hash: BEFORE_ALL };
    connection.each("SELECT seq, hash FROM events ORDER BY seq DESC LIMIT 1", &[], &mut |row| {
        head = Head { seq: row.integer(0)?, hash: to_hash(&row, 1)? };
        Ok(())
    })?;
    Ok(head)
}

/// A cell that holds a hash.
pub(crate) fn to_hash(row: &Row, at: usize) -> Result<Hash, StoreError> {
    let wrong = StoreError::Cell { column: at, wanted: "a hash of 32 bytes", found: "bytes of another length" };
    row.bytes(at)?.try_into().map_err(|_| wrong)
}

/// The lock; whoever panicked while holding it has left a state that is whole, as acts are undone before a panic goes on.
pub(crate) fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
