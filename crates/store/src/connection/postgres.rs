//! PostgreSQL 15 and later, by an address.
//!
//! Whoever writes takes an advisory lock until the transaction ends, so that one event follows another whatever
//! processes write. Statements stay prepared. With `sslmode=require` in the address the connection is encrypted (see
//! [`super::tls`]).

use std::{collections::HashMap, time::Duration};

use postgres::{
    Client, NoTls, Statement,
    error::SqlState,
    fallible_iterator::FallibleIterator,
    types::{IsNull, ToSql, Type, private::BytesMut, to_sql_checked},
};

use super::{Seen, tls};
use crate::{
    error::{StoreError, WAIT_FOR_OTHERS},
    event::{EventRef, Hash},
    place::Place,
    value::{Row, Value},
};

/// The number of the lock that a writer takes: "mihenk" in ASCII.
pub(super) const LOCK: i64 = 0x6d69_6865_6e6b;
/// Parameters of one statement at most; the protocol counts them in 16 bits.
const PARAMETERS: usize = 30_000;

pub(crate) struct Postgres {
    client: Client,
    prepared: HashMap<String, Statement>,
    is_broken: bool,
}

impl Postgres {
    pub(super) fn open(address: &str, place: &Place) -> Result<Postgres, StoreError> {
        let not_opened = |why: String| StoreError::Open { store: place.to_string(), why };
        let asked = tls::read(address).map_err(not_opened)?;
        let connected = match asked.connector {
            Some(connector) => asked.config.connect(connector),
            None => asked.config.connect(NoTls),
        };
        let mut client = connected.map_err(|error| not_opened(words(&error)))?;
        client.batch_execute("SET client_min_messages = warning").map_err(|error| not_opened(words(&error)))?;
        let mut postgres = Postgres { client, prepared: HashMap::new(), is_broken: false };
        postgres.wait_for_others(WAIT_FOR_OTHERS)?;
        postgres.make_schema()?;
        Ok(postgres)
    }

    /// Makes the schema that the address names ([`Place::beside`]) if it is not there.
    fn make_schema(&mut self) -> Result<(), StoreError> {
        let mut named = None;
        let sql = "SELECT current_setting('search_path') WHERE current_schema() IS NULL";
        self.each(sql, &[], &mut |row| {
            named = Some(row.text(0)?);
            Ok(())
        })?;
        let Some(named) = named else { return Ok(()) };
        self.run(&format!("CREATE SCHEMA IF NOT EXISTS \"{}\"", named.replace('"', "")))
    }

    pub(super) fn wait_for_others(&mut self, wait: Duration) -> Result<(), StoreError> {
        // 0 would mean to wait for ever.
        self.run(&format!("SET lock_timeout = {}", wait.as_millis().max(1)))
    }

    pub(super) fn is_broken(&self) -> bool {
        self.is_broken || self.client.is_closed()
    }

    pub(super) fn run(&mut self, sql: &str) -> Result<(), StoreError> {
        let outcome = self.client.batch_execute(sql);
        outcome.map_err(|error| self.refused(&error))
    }

    pub(super) fn execute(&mut self, sql: &str, parameters: &[Value]) -> Result<u64, StoreError> {
        let statement = self.prepare(sql)?;
        let outcome = self.client.execute(&statement, &borrowed(parameters));
        outcome.map_err(|error| self.refused(&error))
    }

    pub(super) fn each(
        &mut self,
        sql: &str,
        parameters: &[Value],
        each: &mut dyn FnMut(Row) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        self.each_row(sql, parameters, &mut |row| {
            let cells = (0..row.len()).map(|at| cell(row, at)).collect::<Result<_, StoreError>>()?;
            each(Row::new(cells)).map(|()| true)
        })
    }

    /// Calls `each` with events whose cells are borrowed from the row.
    pub(super) fn each_event(
        &mut self,
        sql: &str,
        range: (i64, i64),
        each: &mut dyn FnMut(Seen<'_>) -> Result<bool, StoreError>,
    ) -> Result<(), StoreError> {
        self.each_row(sql, &[range.0.into(), range.1.into()], &mut |row| {
            let seq = row.try_get(0).unwrap_or_default();
            each(event(row).map_err(|column| (seq, column)))
        })
    }

    fn each_row(
        &mut self,
        sql: &str,
        parameters: &[Value],
        each: &mut dyn FnMut(&postgres::Row) -> Result<bool, StoreError>,
    ) -> Result<(), StoreError> {
        let statement = self.prepare(sql)?;
        let mut failed = None;
        match self.client.query_raw(&statement, parameters.iter()) {
            Err(error) => failed = Some(error),
            Ok(mut rows) => loop {
                match rows.next() {
                    Ok(Some(row)) if each(&row)? => {}
                    Ok(_) => break,
                    Err(error) => {
                        failed = Some(error);
                        break;
                    }
                }
            },
        }
        failed.map_or(Ok(()), |error| Err(self.refused(&error)))
    }

    /// Writes many rows of one table at once.
    pub(crate) fn insert(&mut self, table: &str, columns: &[String], rows: &[Vec<Value>]) -> Result<(), StoreError> {
        let width = columns.len().max(1);
        for rows in rows.chunks((PARAMETERS / width).clamp(1, 500)) {
            let places = |row: usize| -> String {
                let numbers: Vec<String> = (1..=width).map(|column| format!("${}", row * width + column)).collect();
                format!("({})", numbers.join(", "))
            };
            let all: Vec<String> = (0..rows.len()).map(places).collect();
            let sql = format!("INSERT INTO {table} ({}) VALUES {}", columns.join(", "), all.join(", "));
            self.execute(&sql, &rows.concat())?;
        }
        Ok(())
    }

    fn prepare(&mut self, sql: &str) -> Result<Statement, StoreError> {
        if let Some(statement) = self.prepared.get(sql) {
            return Ok(statement.clone());
        }
        let statement = match self.client.prepare(sql) {
            Ok(statement) => statement,
            Err(error) => return Err(self.refused(&error)),
        };
        self.prepared.insert(sql.to_owned(), statement.clone());
        Ok(statement)
    }

    /// What the server refused; notes whether the connection is of no more use.
    fn refused(&mut self, error: &postgres::Error) -> StoreError {
        let is_fatal = error.as_db_error().is_some_and(|said| matches!(said.severity(), "FATAL" | "PANIC"));
        let is_io = std::error::Error::source(error).is_some_and(<dyn std::error::Error>::is::<std::io::Error>);
        self.is_broken |= is_fatal || is_io || error.is_closed() || self.client.is_closed();
        let why = words(error);
        match error.code() {
            Some(code) if *code == SqlState::LOCK_NOT_AVAILABLE => {
                StoreError::Busy { seconds: WAIT_FOR_OTHERS.as_secs(), why }
            }
            _ => StoreError::Statement(why),
        }
    }
}

/// The event in a row; the name of the column that holds something else than it must.
fn event(row: &postgres::Row) -> Result<EventRef<'_>, &'static str> {
    let number = |at: usize, column| row.try_get::<_, i64>(at).map_err(|_| column);
    let text = |at: usize, column| row.try_get::<_, &str>(at).map_err(|_| column);
    let hash = |at: usize, column| -> Result<Hash, &'static str> {
        row.try_get::<_, &[u8]>(at).map_err(|_| column)?.try_into().map_err(|_| column)
    };
    let body: Option<&str> = row.try_get(5).map_err(|_| "body")?;
    let salt: Option<&[u8]> = row.try_get(6).map_err(|_| "salt")?;
    Ok(EventRef {
        seq: number(0, "seq")?,
        at: number(1, "at")?,
        actor: text(2, "actor")?,
        kind: text(3, "kind")?,
        subject: text(4, "subject")?,
        content: super::both(salt, body)?,
        body_hash: hash(7, "body_hash")?,
        prev_hash: hash(8, "prev_hash")?,
        hash: hash(9, "hash")?,
    })
}

fn borrowed(parameters: &[Value]) -> Vec<&(dyn ToSql + Sync)> {
    parameters.iter().map(|value| value as &(dyn ToSql + Sync)).collect()
}

/// What the server said, with its hint; the client's own words hide it.
fn words(error: &postgres::Error) -> String {
    error.as_db_error().map_or_else(
        || std::error::Error::source(error).map_or_else(|| error.to_string(), |source| format!("{error}: {source}")),
        ToString::to_string,
    )
}

impl ToSql for Value {
    fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        match self {
            Value::Null => Ok(IsNull::Yes),
            Value::Integer(number) if *ty == Type::INT4 => i32::try_from(*number)?.to_sql(ty, out),
            Value::Integer(number) if *ty == Type::INT8 => number.to_sql(ty, out),
            // SQLite takes 0 and 1 for truth and a whole number for any other, and so do statements that are the same for both.
            Value::Integer(number @ (0 | 1)) if *ty == Type::BOOL => (*number == 1).to_sql(ty, out),
            Value::Integer(number) if *ty == Type::FLOAT8 => (*number as f64).to_sql(ty, out),
            Value::Real(number) if *ty == Type::FLOAT8 => number.to_sql(ty, out),
            Value::Text(text) if <&str as ToSql>::accepts(ty) => text.as_str().to_sql(ty, out),
            Value::Bytes(bytes) if *ty == Type::BYTEA => bytes.as_slice().to_sql(ty, out),
            other => Err(format!("{other:?} is no value for a column of type {ty}").into()),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

fn cell(row: &postgres::Row, at: usize) -> Result<Value, StoreError> {
    let ty = row.columns()[at].type_();
    let value = match *ty {
        Type::INT8 => row.try_get::<_, Option<i64>>(at).map(Value::from),
        Type::INT4 => row.try_get::<_, Option<i32>>(at).map(Value::from),
        Type::BOOL => row.try_get::<_, Option<bool>>(at).map(Value::from),
        Type::FLOAT8 => row.try_get::<_, Option<f64>>(at).map(Value::from),
        Type::BYTEA => row.try_get::<_, Option<Vec<u8>>>(at).map(Value::from),
        _ => row.try_get::<_, Option<String>>(at).map(Value::from),
    };
    value.map_err(|error| StoreError::Statement(words(&error)))
}
