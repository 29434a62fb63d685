//! PostgreSQL 15 and later, by an address.
//!
//! Whoever writes takes an advisory lock until the transaction ends, so that one event follows another whatever
//! processes write. Statements stay prepared.

use std::collections::HashMap;

use postgres::{
    Client, NoTls, Statement,
    fallible_iterator::FallibleIterator,
    types::{IsNull, ToSql, Type, private::BytesMut, to_sql_checked},
};

use crate::{
    error::StoreError,
    place::Place,
    value::{Row, Value},
};

/// The number of the lock that a writer takes: "mihenk" in ASCII.
pub(super) const LOCK: i64 = 0x6d69_6865_6e6b;

pub(crate) struct Postgres {
    client: Client,
    prepared: HashMap<String, Statement>,
}

impl Postgres {
    pub(super) fn open(address: &str, place: &Place) -> Result<Postgres, StoreError> {
        let client = Client::connect(address, NoTls)
            .map_err(|error| StoreError::Open { store: place.to_string(), why: words(&error) })?;
        Ok(Postgres { client, prepared: HashMap::new() })
    }

    pub(super) fn run(&mut self, sql: &str) -> Result<(), StoreError> {
        self.client.batch_execute(sql).map_err(refused)
    }

    pub(super) fn execute(&mut self, sql: &str, parameters: &[Value]) -> Result<u64, StoreError> {
        let statement = self.prepare(sql)?;
        self.client.execute(&statement, &borrowed(parameters)).map_err(refused)
    }

    pub(super) fn each(
        &mut self,
        sql: &str,
        parameters: &[Value],
        each: &mut dyn FnMut(Row) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let statement = self.prepare(sql)?;
        let mut rows = self.client.query_raw(&statement, parameters.iter()).map_err(refused)?;
        while let Some(row) = rows.next().map_err(refused)? {
            let cells = (0..row.len()).map(|at| cell(&row, at)).collect::<Result<_, StoreError>>()?;
            each(Row::new(cells))?;
        }
        Ok(())
    }

    fn prepare(&mut self, sql: &str) -> Result<Statement, StoreError> {
        if let Some(statement) = self.prepared.get(sql) {
            return Ok(statement.clone());
        }
        let statement = self.client.prepare(sql).map_err(refused)?;
        self.prepared.insert(sql.to_owned(), statement.clone());
        Ok(statement)
    }
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

#[allow(clippy::needless_pass_by_value)] // for map_err
fn refused(error: postgres::Error) -> StoreError {
    StoreError::Statement(words(&error))
}

impl ToSql for Value {
    fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        match self {
            Value::Null => Ok(IsNull::Yes),
            Value::Integer(number) if *ty == Type::INT4 => i32::try_from(*number)?.to_sql(ty, out),
            Value::Integer(number) if *ty == Type::INT8 => number.to_sql(ty, out),
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
    value.map_err(refused)
}
