//! SQLite: a file, its write-ahead log, full durability.
//!
//! Every commit is on the disk before it is acknowledged (`synchronous=FULL`), foreign keys hold, deleted content is
//! overwritten (`secure_delete`). Statements stay prepared. The log is written back into the file every 16 MiB and not
//! every 4, as SQLite does of itself: each time costs the disk more than many commits.

use std::{path::Path, time::Duration};

use rusqlite::{
    CachedStatement, Connection, ToSql,
    types::{ToSqlOutput, Value as Cell, ValueRef},
};

use super::{Role, Seen};
use crate::{
    error::{StoreError, WAIT_FOR_OTHERS},
    event::EventRef,
    value::{Row, Value},
};

/// Statements that stay prepared.
const PREPARED: usize = 256;

pub(crate) struct Sqlite(Connection);

/// Makes a file that is not there yet, to be read by its owner alone: SQLite would ask the process's mask, and gives the files beside a
/// store the rights of the store.
///
/// # Errors
/// When the file system refuses.
pub(crate) fn make_private(path: &Path) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => Err(error),
        _ => Ok(()),
    }
}

impl Sqlite {
    pub(super) fn open(path: &Path, role: Role) -> Result<Sqlite, StoreError> {
        let not_opened =
            |error: &dyn ToString| StoreError::Open { store: path.display().to_string(), why: error.to_string() };
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).map_err(|error| not_opened(&error))?;
        }
        make_private(path).map_err(|error| not_opened(&error))?;
        let connection = Connection::open(path).map_err(|error| not_opened(&error))?;
        connection.busy_timeout(WAIT_FOR_OTHERS)?;
        connection.set_prepared_statement_cache_capacity(PREPARED);
        // Pages that are kept in memory: a writer comes back to the same ones, there may be many readers.
        let (kibibytes, query_only) = match role {
            Role::Writer => (65_536, "OFF"),
            Role::Reader => (4_096, "ON"),
        };
        connection
            .execute_batch(&format!(
                "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON;
                 PRAGMA temp_store = MEMORY; PRAGMA cache_size = -{kibibytes}; PRAGMA wal_autocheckpoint = 4096;
                 PRAGMA query_only = {query_only};"
            ))
            .map_err(|error| not_opened(&error))?;
        Ok(Sqlite(connection))
    }

    /// A file that is opened otherwise, such as a backup.
    pub(crate) fn around(connection: Connection) -> Sqlite {
        Sqlite(connection)
    }

    /// SQLite's own connection.
    pub(crate) fn raw(&self) -> &Connection {
        &self.0
    }

    pub(super) fn wait_for_others(&mut self, wait: Duration) -> Result<(), StoreError> {
        Ok(self.0.busy_timeout(wait)?)
    }

    pub(super) fn run(&mut self, sql: &str) -> Result<(), StoreError> {
        Ok(self.0.execute_batch(sql)?)
    }

    pub(super) fn execute(&mut self, sql: &str, parameters: &[Value]) -> Result<u64, StoreError> {
        let mut statement = self.0.prepare_cached(sql)?;
        bind(&mut statement, parameters)?;
        Ok(statement.raw_execute()? as u64)
    }

    pub(super) fn each(
        &mut self,
        sql: &str,
        parameters: &[Value],
        each: &mut dyn FnMut(Row) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let mut statement = self.0.prepare_cached(sql)?;
        let columns = statement.column_count();
        bind(&mut statement, parameters)?;
        let mut rows = statement.raw_query();
        while let Some(row) = rows.next()? {
            let cells = (0..columns).map(|at| Ok(cell(row.get_ref(at)?))).collect::<Result<_, StoreError>>()?;
            each(Row::new(cells))?;
        }
        Ok(())
    }

    /// Calls `each` with events whose cells are borrowed from the row.
    pub(super) fn each_event(
        &mut self,
        sql: &str,
        range: (i64, i64),
        each: &mut dyn FnMut(Seen<'_>) -> Result<bool, StoreError>,
    ) -> Result<(), StoreError> {
        let mut statement = self.0.prepare_cached(sql)?;
        bind(&mut statement, &[range.0.into(), range.1.into()])?;
        let mut rows = statement.raw_query();
        while let Some(row) = rows.next()? {
            let seq = row.get_ref(0)?.as_i64().unwrap_or_default();
            if !each(event(row).map_err(|column| (seq, column)))? {
                break;
            }
        }
        Ok(())
    }
}

/// Gives a statement its parameters: SQLite numbers `$1`, `$2` by their first use, whoever wrote the statement by name.
fn bind(statement: &mut CachedStatement<'_>, parameters: &[Value]) -> Result<(), StoreError> {
    for at in 1..=statement.parameter_count() {
        let number = statement.parameter_name(at).and_then(|name| name.strip_prefix('$')).map(str::parse::<usize>);
        let Some(Ok(number @ 1..)) = number else {
            return Err(StoreError::Statement("a parameter is not called $1, $2, …".to_owned()));
        };
        let Some(parameter) = parameters.get(number - 1) else {
            return Err(StoreError::Statement(format!("${number} is not among the {} parameters", parameters.len())));
        };
        statement.raw_bind_parameter(at, parameter)?;
    }
    Ok(())
}

/// The event in a row; the name of the column that holds something else than it must.
fn event<'a>(row: &'a rusqlite::Row<'_>) -> Result<EventRef<'a>, &'static str> {
    let get = |at: usize, column| row.get_ref(at).map_err(|_| column);
    let text = |at, column| get(at, column)?.as_str().map_err(|_| column);
    let bytes = |at, column| get(at, column)?.as_blob().map_err(|_| column);
    let body = get(5, "body")?.as_str_or_null().map_err(|_| "body")?;
    let salt = get(6, "salt")?.as_blob_or_null().map_err(|_| "salt")?;
    Ok(EventRef {
        seq: get(0, "seq")?.as_i64().map_err(|_| "seq")?,
        at: get(1, "at")?.as_i64().map_err(|_| "at")?,
        actor: text(2, "actor")?,
        kind: text(3, "kind")?,
        subject: text(4, "subject")?,
        content: super::both(salt, body)?,
        body_hash: bytes(7, "body_hash")?.try_into().map_err(|_| "body_hash")?,
        prev_hash: bytes(8, "prev_hash")?.try_into().map_err(|_| "prev_hash")?,
        hash: bytes(9, "hash")?.try_into().map_err(|_| "hash")?,
    })
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
