//! Rows of whole tables: counted and hashed in a file, and brought from one database to the other.
//!
//! In come connections, out come the facts of a table for the manifest, a file filled from PostgreSQL, or PostgreSQL filled from
//! a file. Tables are copied column by column of the same name; nothing here knows what they mean.

use std::path::Path;

use super::{RowsHash, Table, open_scratch};
use crate::{
    connection::Connection,
    error::StoreError,
    migrate::{self, Migrations},
    value::Value,
};

/// Rows that are written at once.
const ROWS: usize = 500;

/// A name as both databases take it, whatever is in it.
fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// How many rows a table of a file has, and their hash.
pub(super) fn table_facts(connection: &mut Connection, table: &str) -> Result<Table, StoreError> {
    let Connection::Sqlite(sqlite) = connection else {
        return Err(StoreError::Statement("tables are hashed in a file".to_owned()));
    };
    let raw = sqlite.raw();
    let mut statement = raw.prepare(&format!("{} ORDER BY {}", select(table), key(raw, table)?))?;
    let columns = statement.column_count();
    let (mut hash, mut count) = (RowsHash::new(), 0);
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        count += 1;
        for at in 0..columns {
            hash.cell(row.get_ref(at)?);
        }
    }
    Ok(Table { name: table.to_owned(), rows: count, hash: hash.end() })
}

fn select(table: &str) -> String {
    format!("SELECT * FROM {}", quoted(table))
}

/// The columns of the primary key, or the number of the row.
fn key(connection: &rusqlite::Connection, table: &str) -> Result<String, StoreError> {
    let mut statement = connection.prepare("SELECT name FROM pragma_table_info(?1) WHERE pk > 0 ORDER BY pk")?;
    let names = statement.query_map([table], |row| row.get::<_, String>(0))?;
    let names = names.map(|name| name.map(|name| quoted(&name))).collect::<Result<Vec<_>, _>>()?;
    Ok(if names.is_empty() { "rowid".to_owned() } else { names.join(", ") })
}

fn columns(connection: &mut Connection, table: &str) -> Result<Vec<String>, StoreError> {
    let sql = match connection {
        Connection::Sqlite(_) => "SELECT name FROM pragma_table_info($1) ORDER BY cid",
        #[cfg(feature = "postgres")]
        Connection::Postgres(_) => {
            "SELECT column_name::text FROM information_schema.columns
             WHERE table_schema = current_schema() AND table_name::text = $1 ORDER BY ordinal_position"
        }
    };
    connection.all(sql, &[table.into()])?.iter().map(|row| row.text(0)).collect()
}

/// Calls `each` with some rows of a table at a time.
fn each_row(
    from: &mut Connection,
    table: &str,
    columns: &[String],
    each: &mut dyn FnMut(&[Vec<Value>]) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let mut rows: Vec<Vec<Value>> = Vec::with_capacity(ROWS);
    from.each(&format!("SELECT {} FROM {}", columns.join(", "), quoted(table)), &[], &mut |row| {
        rows.push(row.cells().to_vec());
        if rows.len() == ROWS {
            each(&rows)?;
            rows.clear();
        }
        Ok(())
    })?;
    each(&rows)
}

/// Fills a new file from PostgreSQL, from one state of it.
pub(super) fn to_file(from: &mut Connection, parts: &[Migrations], path: &Path) -> Result<(), StoreError> {
    from.begin_reading()?;
    let mut to = open_scratch(path)?;
    migrate::repeat(from, parts, &mut to)?;
    let made = to.tables()?;
    to.run("BEGIN")?;
    for table in from.tables()? {
        if !made.contains(&table) {
            let what = format!("PostgreSQL has a table {table} that this program does not know");
            return Err(StoreError::Statement(format!("{what}; a backup without it would not be whole")));
        }
        copy_table(from, &mut to, &table)?;
    }
    to.run("COMMIT")?;
    from.run("ROLLBACK")
}

/// Fills tables that exist from a file, those first that others refer to.
#[cfg(feature = "postgres")]
pub(crate) fn to_server(from: &mut Connection, to: &mut Connection) -> Result<(), StoreError> {
    for table in in_order(from)? {
        copy_table(from, to, &table)?;
    }
    Ok(())
}

fn copy_table(from: &mut Connection, to: &mut Connection, table: &str) -> Result<(), StoreError> {
    let names: Vec<String> = columns(from, table)?.iter().map(|name| quoted(name)).collect();
    // The records of migrations were written when the tables were made.
    to.run(&format!("DELETE FROM {}", quoted(table)))?;
    each_row(from, table, &names, &mut |rows| insert(to, table, &names, rows))
}

fn insert(to: &mut Connection, table: &str, columns: &[String], rows: &[Vec<Value>]) -> Result<(), StoreError> {
    match to {
        Connection::Sqlite(sqlite) => {
            let places: Vec<String> = (1..=columns.len()).map(|at| format!("?{at}")).collect();
            let sql = format!("INSERT INTO {} ({}) VALUES ({})", quoted(table), columns.join(", "), places.join(", "));
            let mut statement = sqlite.raw().prepare_cached(&sql)?;
            for row in rows {
                statement.execute(rusqlite::params_from_iter(row))?;
            }
            Ok(())
        }
        #[cfg(feature = "postgres")]
        Connection::Postgres(postgres) => postgres.insert(&quoted(table), columns, rows),
    }
}

/// The tables of a file, none before those that it refers to. Tables that refer to one another in a circle stand last.
#[cfg(feature = "postgres")]
fn in_order(file: &mut Connection) -> Result<Vec<String>, StoreError> {
    let mut left = Vec::new();
    for table in file.tables()? {
        let sql = "SELECT DISTINCT \"table\" FROM pragma_foreign_key_list($1)";
        let others = file.all(sql, &[table.as_str().into()])?;
        let others = others.iter().map(|row| row.text(0)).collect::<Result<Vec<_>, _>>()?;
        left.push((table, others));
    }
    let mut ordered: Vec<String> = Vec::new();
    while !left.is_empty() {
        let is_free = |(table, others): &(String, Vec<String>)| {
            others.iter().all(|other| other == table || ordered.contains(other))
        };
        let (free, rest): (Vec<_>, Vec<_>) = left.into_iter().partition(is_free);
        let (free, rest) = if free.is_empty() { (rest, Vec::new()) } else { (free, rest) };
        ordered.extend(free.into_iter().map(|(table, _)| table));
        left = rest;
    }
    Ok(ordered)
}
