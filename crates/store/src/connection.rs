//! One connection to either database, and what differs between them.
//!
//! The statements are the same text for both, with parameters `$1`, `$2`, …; types are `BIGINT`, `DOUBLE PRECISION`, `TEXT`
//! and `BYTEA`, which SQLite takes as names for its own. What differs is here: how a transaction begins so that one
//! writer waits for another, and `BIGINT PRIMARY KEY`, which SQLite keeps best as its row number.

#[cfg(feature = "postgres")]
mod postgres;
mod sqlite;

use crate::{
    error::StoreError,
    place::Place,
    value::{Row, Value},
};

/// A connection.
pub(crate) enum Connection {
    Sqlite(sqlite::Sqlite),
    #[cfg(feature = "postgres")]
    Postgres(Box<postgres::Postgres>),
}

impl Connection {
    /// Opens a store for writing; a file is made if it does not exist.
    pub(crate) fn open(place: &Place) -> Result<Connection, StoreError> {
        match place {
            Place::Sqlite(path) => Ok(Connection::Sqlite(sqlite::Sqlite::open(path)?)),
            #[cfg(feature = "postgres")]
            Place::Postgres(address) => Ok(Connection::Postgres(Box::new(postgres::Postgres::open(address, place)?))),
            #[cfg(not(feature = "postgres"))]
            Place::Postgres(_) => Err(StoreError::NotBuilt("postgres")),
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
}
