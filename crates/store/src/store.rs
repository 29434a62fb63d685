//! A store that is open: acts that are all or nothing, and readings of one state.
//!
//! [`Store::act`] runs what an act does within a transaction, on the caller's thread. Acts that come while another is at work
//! share its commit: each runs within a savepoint of its own, the last one that nobody waits behind commits for all,
//! and none is acknowledged before. An act that fails leaves nothing behind and does not disturb the others. [`Store::read`]
//! sees one state, whatever is written meanwhile.

use std::{
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
    sync::{
        Arc, Condvar, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
};

use crate::{
    connection::Connection,
    error::StoreError,
    event::{BEFORE_ALL, Event, Hash, NewEvent},
    migrate::{self, Migrations},
    params,
    place::Place,
    value::{Row, Value},
};

/// Acts that share one commit at most.
const ACTS_A_COMMIT: usize = 256;
/// Random bytes in a salt.
const SALT_BYTES: usize = 16;
/// Connections for reading that are kept open.
const READERS_KEPT: usize = 8;

/// A store that is open. It can be used from many threads at once.
pub struct Store {
    place: Place,
    writer: Mutex<Writer>,
    /// Acts that want to begin.
    waiting: AtomicUsize,
    readers: Mutex<Vec<Connection>>,
}

struct Writer {
    connection: Connection,
    open: Option<Open>,
}

/// A transaction that is open.
struct Open {
    head: Head,
    acts: usize,
    commit: Arc<SharedCommit>,
}

/// Where the chain stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// The last event's place; 0 before the first.
    pub seq: i64,
    /// Its hash.
    pub hash: Hash,
}

/// What the acts of one transaction wait for.
#[derive(Default)]
struct SharedCommit {
    outcome: Mutex<Option<Result<(), String>>>,
    told: Condvar,
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
        let mut connection = Connection::open(place)?;
        let parts = [&[migrate::OWN], parts].concat();
        let had_tables = migrate::has_tables(&mut connection)?;
        let pending = migrate::pending(&mut connection, place, &parts)?;
        if had_tables && !pending.is_empty() {
            backup(place)?;
        }
        if !pending.is_empty() {
            migrate::apply(&mut connection, &pending, at)?;
        }
        let writer = Mutex::new(Writer { connection, open: None });
        Ok(Store { place: place.clone(), writer, waiting: AtomicUsize::new(0), readers: Mutex::default() })
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
            if self.waiting.load(Ordering::SeqCst) == 0 || writer.is_full() || writer.open.is_none() {
                writer.commit();
            }
            outcome
        };
        let Some(commit) = commit else { return finished(outcome) };
        match commit.wait() {
            Ok(()) => finished(outcome),
            Err(why) => Err(StoreError::Commit(why).into()),
        }
    }

    /// Reads one state of the store.
    ///
    /// # Errors
    /// What `reading` returns, or the store's own.
    pub fn read<T, E: From<StoreError>>(&self, reading: impl FnOnce(&mut Reading<'_>) -> Result<T, E>) -> Result<T, E> {
        let kept = locked(&self.readers).pop();
        let mut connection = match kept {
            Some(connection) => connection,
            None => Connection::open(&self.place)?,
        };
        connection.begin_reading()?;
        let outcome = reading(&mut Reading { connection: &mut connection });
        connection.run("ROLLBACK")?;
        let mut readers = locked(&self.readers);
        if readers.len() < READERS_KEPT {
            readers.push(connection);
        }
        outcome
    }

    /// Where the chain stands.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn head(&self) -> Result<Head, StoreError> {
        self.read(|reading| head(reading.connection))
    }
}

/// What an act came to: its own answer, or a panic that goes on after the commit of the others.
type Outcome<T, E> = std::thread::Result<Result<T, E>>;

fn finished<T, E>(outcome: Outcome<T, E>) -> Result<T, E> {
    outcome.unwrap_or_else(|panic| resume_unwind(panic))
}

impl Writer {
    /// Runs an act within a savepoint of the open transaction, which is begun if there is none. The commit to wait for is
    /// given back with the outcome.
    fn run<T, E: From<StoreError>>(
        &mut self,
        act: impl FnOnce(&mut Act<'_>) -> Result<T, E>,
    ) -> (Outcome<T, E>, Option<Arc<SharedCommit>>) {
        let commit = match self.begin() {
            Ok(commit) => commit,
            Err(error) => return (Ok(Err(error.into())), None),
        };
        let outcome = match &mut self.open {
            Some(open) => in_savepoint(&mut self.connection, open, act),
            None => Ok(Err(StoreError::Commit("no transaction is open".to_owned()).into())),
        };
        (outcome, Some(commit))
    }

    fn begin(&mut self) -> Result<Arc<SharedCommit>, StoreError> {
        if let Some(open) = &self.open {
            return Ok(open.commit.clone());
        }
        self.connection.begin_writing()?;
        match head(&mut self.connection) {
            Ok(head) => {
                let commit = Arc::<SharedCommit>::default();
                self.open = Some(Open { head, acts: 0, commit: commit.clone() });
                Ok(commit)
            }
            Err(error) => {
                self.connection.run("ROLLBACK")?;
                Err(error)
            }
        }
    }

    fn is_full(&self) -> bool {
        self.open.as_ref().is_some_and(|open| open.acts >= ACTS_A_COMMIT)
    }

    /// Commits what is open and tells everybody who waits for it.
    fn commit(&mut self) {
        let Some(open) = self.open.take() else { return };
        let outcome = self.connection.run("COMMIT").map_err(|error| error.to_string());
        if outcome.is_err() {
            // Nothing more can be done about it: everybody is told that nothing was stored.
            let _ = self.connection.run("ROLLBACK");
        }
        open.commit.tell(outcome);
    }
}

fn in_savepoint<T, E: From<StoreError>>(
    connection: &mut Connection,
    open: &mut Open,
    act: impl FnOnce(&mut Act<'_>) -> Result<T, E>,
) -> Outcome<T, E> {
    if let Err(error) = connection.run("SAVEPOINT act") {
        return Ok(Err(error.into()));
    }
    let before = open.head;
    open.acts += 1;
    let outcome =
        catch_unwind(AssertUnwindSafe(|| act(&mut Act { connection: &mut *connection, head: &mut open.head })));
    let is_done = matches!(outcome, Ok(Ok(_)));
    let ending = if is_done { "RELEASE act" } else { "ROLLBACK TO act; RELEASE act" };
    if !is_done {
        open.head = before;
    }
    match connection.run(ending) {
        Ok(()) => outcome,
        Err(error) => Ok(Err(error.into())),
    }
}

impl SharedCommit {
    fn tell(&self, outcome: Result<(), String>) {
        *locked(&self.outcome) = Some(outcome);
        self.told.notify_all();
    }

    fn wait(&self) -> Result<(), String> {
        let mut outcome = locked(&self.outcome);
        loop {
            match &*outcome {
                Some(outcome) => return outcome.clone(),
                None => outcome = self.told.wait(outcome).unwrap_or_else(PoisonError::into_inner),
            }
        }
    }
}

impl Act<'_> {
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

fn head(connection: &mut Connection) -> Result<Head, StoreError> {
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
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
