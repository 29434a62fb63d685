//! SQLite: a file, its write-ahead log, full durability.
//!
//! Every commit is on the disk before it is acknowledged (`synchronous=FULL`), foreign keys hold, deleted content is
//! overwritten (`secure_delete`). Statements stay prepared.

use std::{path::Path, time::Duration};

use rusqlite::{
    Connection, ToSql,
    types::{ToSqlOutput, Value as Cell, ValueRef},
};

use crate::{
    error::StoreError,
    value::{Row, Value},
};

/// How long one writer waits for another process.
const WAIT: Duration = Duration::from_secs(30);
/// Statements that stay prepared.
const PREPARED: usize = 256;

pub(crate) struct Sqlite(Connection);

impl Sqlite {
    pub(super) fn open(path: &Path) -> Result<Sqlite, StoreError> {
        let not_opened =
            |error: &dyn ToString| StoreError::Open { store: path.display().to_string(), why: error.to_string() };
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).map_err(|error| not_opened(&error))?;
        }
        let connection = Connection::open(path).map_err(|error| not_opened(&error))?;
        connection.busy_timeout(WAIT)?;
        connection.set_prepared_statement_cache_capacity(PREPARED);
        connection
            .execute_batch(
                "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON;
                 PRAGMA temp_store = MEMORY; PRAGMA cache_size = -65536;",
            )
            .map_err(|error| not_opened(&error))?;
        Ok(Sqlite(connection))
    }

    pub(super) fn run(&mut self, sql: &str) -> Result<(), StoreError> {
        Ok(self.0.execute_batch(sql)?)
    }

    pub(super) fn execute(&mut self, sql: &str, parameters: &[Value]) -> Result<u64, StoreError> {
        let changed = self.0.prepare_cached(sql)?.execute(rusqlite::params_from_iter(parameters))?;
        Ok(changed as u64)
    }

    pub(super) fn each(
        &mut self,
        sql: &str,
        parameters: &[Value],
        each: &mut dyn FnMut(Row) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let mut statement = self.0.prepare_cached(sql)?;
        let columns = statement.column_count();
        let mut rows = statement.query(rusqlite::params_from_iter(parameters))?;
        while let Some(row) = rows.next()? {
            let cells = (0..columns).map(|at| Ok(cell(row.get_ref(at)?))).collect::<Result<_, StoreError>>()?;
            each(Row::new(cells))?;
        }
        Ok(())
    }
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self {
            Value::Null => ToSqlOutput::Owned(Cell::Null),
            Value::Integer(number) => ToSqlOutput::Owned(Cell::Integer(*number)),
            Value::Real(number) => ToSqlOutput::Owned(Cell::Real(*number)),
            Value::Text(text) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
            Value::Bytes(bytes) => ToSqlOutput::Borrowed(ValueRef::Blob(bytes)),
        })
    }
}

fn cell(cell: ValueRef<'_>) -> Value {
    match cell {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(number) => Value::Integer(number),
        ValueRef::Real(number) => Value::Real(number),
        ValueRef::Text(text) => Value::Text(String::from_utf8_lossy(text).into_owned()),
        ValueRef::Blob(bytes) => Value::Bytes(bytes.to_vec()),
    }
}
