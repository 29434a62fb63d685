//! One connection to either database, and what differs between them.
//!
//! The statements are the same text for both, with parameters `$1`, `$2`, …; types are `BIGINT`, `DOUBLE PRECISION`, `TEXT`
//! and `BYTEA`, which SQLite takes as names for its own. What differs is here: how a transaction begins so that one
//! writer waits for another, and `BIGINT PRIMARY KEY`, which SQLite keeps best as its row number.

#[cfg(feature = "postgres")]
pub(crate) mod postgres;
pub(crate) mod sqlite;
#[cfg(feature = "postgres")]
mod tls;

use crate::{
    error::StoreError,
    event::EventRef,
    place::Place,
    value::{Row, Value},
};

/// An event as it lies in a row, or its place and the column that holds something else than it must.
pub(crate) type Seen<'a> = Result<EventRef<'a>, (i64, &'static str)>;

/// Salt and body are both there or both erased; else the name of the column that is missing.
fn both<'a>(salt: Option<&'a [u8]>, body: Option<&'a str>) -> Result<Option<(&'a [u8], &'a str)>, &'static str> {
    match (salt, body) {
        (Some(salt), Some(body)) => Ok(Some((salt, body))),
        (None, None) => Ok(None),
        (None, Some(_)) => Err("salt"),
        (Some(_), None) => Err("body"),
    }
}

/// What a connection is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// The one that writes.
    Writer,
    /// One of many that read.
    Reader,
}

const EVENTS: &str = "SELECT seq, at, actor, kind, subject, body, salt, body_hash, prev_hash, hash
    FROM events WHERE seq >= $1 AND seq <= $2 ORDER BY seq";

/// A connection.
pub(crate) enum Connection {
    Sqlite(sqlite::Sqlite),
    #[cfg(feature = "postgres")]
    Postgres(Box<postgres::Postgres>),
}

impl Connection {
    /// Opens a store; a file is made if it does not exist.
    pub(crate) fn open(place: &Place, role: Role) -> Result<Connection, StoreError> {
        match place {
            Place::Sqlite(path) => Ok(Connection::Sqlite(sqlite::Sqlite::open(path, role)?)),
            #[cfg(feature = "postgres")]
            Place::Postgres(address) => Ok(Connection::Postgres(Box::new(postgres::Postgres::open(address, place)?))),
            #[cfg(not(feature = "postgres"))]
            Place::Postgres(_) => Err(StoreError::NotBuilt("postgres")),
        }
    }

    /// Whether nothing more can come from this connection, so that another must be opened.
    pub(crate) fn is_broken(&self) -> bool {
        match self {
            Connection::Sqlite(_) => false,
            #[cfg(feature = "postgres")]
            Connection::Postgres(postgres) => postgres.is_broken(),
        }
    }

    /// Begins a transaction that is the only one that writes until it ends.
    pub(crate) fn begin_writing(&mut self) -> Result<(), StoreError> {
        match self {
            Connection::Sqlite(_) => self.run("BEGIN IMMEDIATE"),
            #[cfg(feature = "postgres")]
            Connection::Postgres(_) => self.run(&format!("BEGIN; SELECT pg_advisory_xact_lock({})", postgres::LOCK)),
        }
    }

    /// Begins a transaction that sees one state of the store, whatever is written meanwhile.
    pub(crate) fn begin_reading(&mut self) -> Result<(), StoreError> {
        match self {
            Connection::Sqlite(_) => self.run("BEGIN DEFERRED"),
            #[cfg(feature = "postgres")]
            Connection::Postgres(_) => self.run("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"),
        }
    }

    /// A migration in this database's words.
    pub(crate) fn dialect(&self, sql: &str) -> String {
        match self {
            Connection::Sqlite(_) => sql.replace("BIGINT PRIMARY KEY", "INTEGER PRIMARY KEY"),
            #[cfg(feature = "postgres")]
            Connection::Postgres(_) => sql.to_owned(),
        }
    }

    /// Runs statements without parameters.
    pub(crate) fn run(&mut self, sql: &str) -> Result<(), StoreError> {
        match self {
            Connection::Sqlite(sqlite) => sqlite.run(sql),
            #[cfg(feature = "postgres")]
            Connection::Postgres(postgres) => postgres.run(sql),
        }
    }

    /// Runs a statement and says how many rows it changed.
    pub(crate) fn execute(&mut self, sql: &str, parameters: &[Value]) -> Result<u64, StoreError> {
        match self {
            Connection::Sqlite(sqlite) => sqlite.execute(sql, parameters),
            #[cfg(feature = "postgres")]
            Connection::Postgres(postgres) => postgres.execute(sql, parameters),
        }
    }

    /// Calls `each` with every row, one after another, without holding them all.
    pub(crate) fn each(
        &mut self,
        sql: &str,
        parameters: &[Value],
        each: &mut dyn FnMut(Row) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        match self {
            Connection::Sqlite(sqlite) => sqlite.each(sql, parameters, each),
            #[cfg(feature = "postgres")]
            Connection::Postgres(postgres) => postgres.each(sql, parameters, each),
        }
    }

    /// Calls `each` with the events of a range, first and last place, until it says `false`.
    pub(crate) fn each_event(
        &mut self,
        range: (i64, i64),
        each: &mut dyn FnMut(Seen<'_>) -> Result<bool, StoreError>,
    ) -> Result<(), StoreError> {
        match self {
            Connection::Sqlite(sqlite) => sqlite.each_event(EVENTS, range, each),
            #[cfg(feature = "postgres")]
            Connection::Postgres(postgres) => postgres.each_event(EVENTS, range, each),
        }
    }

    /// The names of all tables, in their order.
    pub(crate) fn tables(&mut self) -> Result<Vec<String>, StoreError> {
        let sql = match self {
            Connection::Sqlite(_) => {
                r"SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\_%' ESCAPE '\' ORDER BY name"
            }
            #[cfg(feature = "postgres")]
            Connection::Postgres(_) => {
                "SELECT table_name::text FROM information_schema.tables
                 WHERE table_schema = current_schema() AND table_type = 'BASE TABLE' ORDER BY 1"
            }
        };
        self.all(sql, &[])?.iter().map(|row| row.text(0)).collect()
    }

    /// Whether there is a table of that name.
    pub(crate) fn has_table(&mut self, name: &str) -> Result<bool, StoreError> {
        Ok(self.tables()?.iter().any(|table| table == name))
    }

    /// The first row, if there is one.
    pub(crate) fn first(&mut self, sql: &str, parameters: &[Value]) -> Result<Option<Row>, StoreError> {
        Ok(self.all(sql, parameters)?.into_iter().next())
    }

    /// All rows.
    pub(crate) fn all(&mut self, sql: &str, parameters: &[Value]) -> Result<Vec<Row>, StoreError> {
        let mut rows = Vec::new();
        self.each(sql, parameters, &mut |row| {
            rows.push(row);
            Ok(())
        })?;
        Ok(rows)
    }

    /// Does all of it in a transaction that is the only one that writes, or nothing.
    pub(crate) fn transaction<T>(
        &mut self,
        work: impl FnOnce(&mut Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.begin_writing()?;
        match work(self).and_then(|done| self.run("COMMIT").map(|()| done)) {
            Ok(done) => Ok(done),
            Err(error) => {
                // What went wrong is the first error; a transaction that cannot be rolled back ends with its connection.
                let _ = self.run("ROLLBACK");
                Err(error)
            }
        }
    }
}
