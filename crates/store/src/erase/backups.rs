//! Erasing in backups: each is copied, erased in, checked, and replaced.
//!
//! In come the erasures of a store and the backups that it knows, out comes what could not be reached. A backup is rewritten
//! under another name and takes its own only when it is right again, so a crash leaves the old one or the new one.

use std::{fs, path::Path};

use mihenk_said::Said;

use super::{Entry, Pending, RECORD, with_suffix};
use crate::{
    backup::{self, Temporary, manifest, open_read_only, open_scratch, write_manifest},
    connection::{Connection, Role},
    error::StoreError,
    params,
    store::{Query, Store},
};

/// How the table of backups names a schema of PostgreSQL in which a store was kept when another was restored.
pub(crate) const SCHEMA: &str = "schema:";

/// What is wrong with a backup that is not where it was.
pub(super) const OUT_OF_REACH: &str =
    "it cannot be reached; bring it back so that it can be erased there, or say that it does not exist any more";

impl Store {
    /// Erases in every backup that does not have all erasures yet.
    pub(super) fn erase_in_backups(&self, entries: &[Entry]) -> Result<Vec<Pending>, StoreError> {
        let Some(newest) = entries.iter().map(|entry| entry.event).max() else { return Ok(Vec::new()) };
        let sql = "SELECT path, erased_to FROM backups WHERE erased_to < $1 ORDER BY path";
        let backups = self.read(|reading| reading.query(sql, params![newest]))?;
        let mut pending = Vec::new();
        for row in backups {
            let (path, erased_to) = (row.text(0)?, row.integer(1)?);
            let missing: Vec<&Entry> = entries.iter().filter(|entry| entry.event > erased_to).collect();
            let outcome = match path.strip_prefix(SCHEMA) {
                Some(schema) => self.erase_in_schema(schema, &missing),
                None => erase_in_file(Path::new(&path), &missing),
            };
            let trouble = outcome.err().map(|error| super::said(&error));
            self.act(|act| match &trouble {
                None => act.execute(
                    "UPDATE backups SET erased_to = $1, trouble = NULL WHERE path = $2",
                    params![newest, &path],
                ),
                Some(why) => {
                    act.execute("UPDATE backups SET trouble = $1 WHERE path = $2", params![why.as_str(), &path])
                }
            })?;
            pending.extend(trouble.map(|why| Pending { place: Said::words(path), why }));
        }
        Ok(pending)
    }

    fn erase_in_schema(&self, schema: &str, entries: &[&Entry]) -> Result<(), StoreError> {
        let mut connection = Connection::open(self.place(), Role::Writer)?;
        connection.run(&format!("SET search_path = \"{schema}\""))?;
        connection.transaction(|connection| {
            for entry in entries {
                entry.apply(connection)?;
                connection.execute(RECORD, &entry.record(true)?)?;
            }
            Ok(())
        })?;
        for table in connection.tables()? {
            connection.run(&format!("VACUUM FULL \"{table}\""))?;
        }
        Ok(())
    }
}

/// Erases in a backup, or in a store that was put aside.
pub(crate) fn erase_in_file(path: &Path, entries: &[&Entry]) -> Result<(), StoreError> {
    if !path.exists() {
        return Err(backup::wrong(path, OUT_OF_REACH));
    }
    let mut before = open_read_only(path)?;
    let manifest = manifest(path, &mut before)?;
    if has_all(&mut before, entries)? {
        return Ok(());
    }
    drop(before);
    if manifest.is_some() {
        backup::check(path)?;
    }
    let temporary = Temporary::new(with_suffix(path, ".erasing"))?;
    fs::copy(path, &temporary.0).map_err(StoreError::io(path))?;
    let mut copy = open_scratch(&temporary.0)?;
    for entry in entries {
        entry.apply(&mut copy)?;
        copy.execute(RECORD, &entry.record(true)?)?;
    }
    if let Some(manifest) = &manifest {
        write_manifest(&mut copy, manifest.at, &manifest.program)?;
    }
    copy.run("VACUUM")?;
    drop(copy);
    if manifest.is_some() {
        backup::check(&temporary.0)?;
    }
    temporary.becomes(path)
}

/// Whether a backup has all of these erasures.
fn has_all(connection: &mut Connection, entries: &[&Entry]) -> Result<bool, StoreError> {
    let known = if connection.has_table("erasures")? { Entry::all(connection)? } else { Vec::new() };
    Ok(entries.iter().all(|entry| known.iter().any(|other| other.event_hash == entry.event_hash)))
}
