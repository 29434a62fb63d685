//! Tables that are made and changed: migrations in their order, each once, each in a transaction with its record.
//!
//! In come the [`Migrations`] of the store and of whoever uses it, out comes a store whose tables they describe. A store that
//! a newer program wrote is refused; so is one whose migrations have other texts than this program's.

use sha2::{Digest, Sha256};

use crate::{connection::Connection, error::StoreError, hex, params, place::Place, value::Row};

/// The tables of one part of the program, with their history.
#[derive(Clone, Copy, Debug)]
pub struct Migrations {
    /// Whose tables, such as `ledger`.
    pub part: &'static str,
    /// The statements, version 1 first. One that was released is never changed: another follows it.
    pub versions: &'static [&'static str],
}

/// The tables of this crate.
pub(crate) const OWN: Migrations = Migrations { part: "store", versions: &[include_str!("migrate/1.sql")] };

const RECORDS: &str = "CREATE TABLE IF NOT EXISTS migrations (
    part TEXT NOT NULL, version BIGINT NOT NULL, at BIGINT NOT NULL, text_hash TEXT NOT NULL, PRIMARY KEY (part, version))";

/// What is still to be applied: part, version from 1, statements.
pub(crate) struct Pending(Vec<(&'static str, i64, &'static str)>);

impl Pending {
    /// Whether nothing is.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Whether the store has any tables of ours yet.
pub(crate) fn has_tables(connection: &mut Connection) -> Result<bool, StoreError> {
    connection.run(RECORDS)?;
    Ok(!rows(connection, "SELECT version FROM migrations LIMIT 1", "")?.is_empty())
}

/// What is to be applied to the store, which must not be newer than the program.
pub(crate) fn pending(connection: &mut Connection, place: &Place, parts: &[Migrations]) -> Result<Pending, StoreError> {
    connection.run(RECORDS)?;
    let mut pending = Vec::new();
    let last = "SELECT part, MAX(version) FROM migrations WHERE part <> $1 GROUP BY part ORDER BY part";
    for row in &rows(connection, last, OWN.part)? {
        let (part, found) = (row.text(0)?, row.integer(1)?);
        // A part that is not known at all came later than this program.
        if !parts.iter().any(|known| known.part == part) {
            return Err(StoreError::Newer { store: place.to_string(), part, found, known: 0 });
        }
    }
    for part in parts {
        let applied =
            rows(connection, "SELECT version, text_hash FROM migrations WHERE part = $1 ORDER BY version", part.part)?;
        for row in &applied {
            let version = row.integer(0)?;
            let Some(text) = usize::try_from(version - 1).ok().and_then(|at| part.versions.get(at)) else {
                let known = part.versions.len() as i64;
                return Err(StoreError::Newer {
                    store: place.to_string(),
                    part: part.part.to_owned(),
                    found: version,
                    known,
                });
            };
            if row.text(1)? != text_hash(text) {
                return Err(StoreError::OtherMigration {
                    store: place.to_string(),
                    part: part.part.to_owned(),
                    version,
                });
            }
        }
        let rest = part.versions.iter().enumerate().skip(applied.len());
        pending.extend(rest.map(|(at, text)| (part.part, at as i64 + 1, *text)));
    }
    Ok(Pending(pending))
}

/// Applies what is pending, all or nothing.
pub(crate) fn apply(connection: &mut Connection, pending: &Pending, at: i64) -> Result<(), StoreError> {
    connection.transaction(|connection| apply_each(connection, pending, at))
}

/// Makes the tables of the migrations that `from` has had, in a store that has none: empty but for the records.
pub(crate) fn repeat(from: &mut Connection, parts: &[Migrations], to: &mut Connection) -> Result<(), StoreError> {
    to.run(RECORDS)?;
    for part in parts {
        let sql = "SELECT version, at FROM migrations WHERE part = $1 ORDER BY version";
        for row in from.all(sql, params![part.part])? {
            let (version, at) = (row.integer(0)?, row.integer(1)?);
            let text = usize::try_from(version - 1).ok().and_then(|at| part.versions.get(at));
            let Some(text) = text else {
                let newer = format!("version {version} of {} is newer than this program", part.part);
                return Err(StoreError::Statement(newer));
            };
            apply_each(to, &Pending(vec![(part.part, version, text)]), at)?;
        }
    }
    Ok(())
}

/// All parts, that of this crate first.
pub(crate) fn with_own(parts: &[Migrations]) -> Vec<Migrations> {
    let others = parts.iter().filter(|part| part.part != OWN.part).copied();
    std::iter::once(OWN).chain(others).collect()
}

fn apply_each(connection: &mut Connection, pending: &Pending, at: i64) -> Result<(), StoreError> {
    for (part, version, text) in &pending.0 {
        let here = "SELECT version FROM migrations WHERE part = $1 AND version = $2";
        let mut is_applied = false;
        connection.each(here, params![*part, *version], &mut |_| {
            is_applied = true;
            Ok(())
        })?;
        // Another process that opened the store at the same time was first.
        if is_applied {
            continue;
        }
        connection.run(&connection.dialect(text))?;
        let record = "INSERT INTO migrations (part, version, at, text_hash) VALUES ($1, $2, $3, $4)";
        connection.execute(record, params![*part, *version, at, text_hash(text)])?;
    }
    Ok(())
}

fn rows(connection: &mut Connection, sql: &str, part: &str) -> Result<Vec<Row>, StoreError> {
    let mut rows = Vec::new();
    let parameters = if part.is_empty() { params![].to_vec() } else { params![part].to_vec() };
    connection.each(sql, &parameters, &mut |row| {
        rows.push(row);
        Ok(())
    })?;
    Ok(rows)
}

fn text_hash(text: &str) -> String {
    hex::text(&Sha256::digest(text)[..16])
}
