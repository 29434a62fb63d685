//! The last step of restoring: the prepared copy takes the store's place, and what was there is put aside.
//!
//! In comes a copy that is right, out comes where the old store is kept. A file is exchanged by renaming; in PostgreSQL all of
//! it is one transaction.

use std::{
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

use super::{Restore, refusal};
#[cfg(feature = "postgres")]
use crate::{
    backup::to_server,
    connection::Role,
    erase::SCHEMA,
    migrate,
    verify::{Walk, walk},
};
use crate::{
    backup::{Temporary, absolute, sync_folder},
    connection::Connection,
    erase::with_suffix,
    error::StoreError,
    params,
    store::{Head, head},
};

/// How long a program that still has the store open is waited for.
const WAIT_FOR_OTHERS: Duration = Duration::from_secs(2);

/// Exchanges the file.
pub(super) fn file(
    asked: &Restore<'_>,
    path: &Path,
    mut copy: Connection,
    temporary: Temporary,
) -> Result<Option<String>, StoreError> {
    let kept = if path.exists() { Some(put_aside(asked, path)?) } else { None };
    if let Some(kept) = &kept {
        let head = head(&mut copy)?;
        let sql =
            "INSERT INTO backups (path, at, seq, hash, erased_to) VALUES ($1, $2, $3, $4, 0) ON CONFLICT DO NOTHING";
        copy.execute(sql, params![absolute(kept)?, asked.at, head.seq, head.hash.as_slice()])?;
    }
    copy.run("VACUUM")?;
    drop(copy);
    if let Some(kept) = &kept {
        fs::rename(path, kept).map_err(StoreError::io(path))?;
        // A store that could not be read may have left these; they belong to it, and would be taken for the new one's.
        for suffix in ["-wal", "-shm"] {
            let log = with_suffix(path, suffix);
            if log.exists() {
                fs::rename(&log, with_suffix(kept, suffix)).map_err(StoreError::io(&log))?;
            }
        }
        sync_folder(path)?;
    }
    temporary.becomes(path)?;
    Ok(kept.map(|kept| kept.display().to_string()))
}

/// Where the old file is kept. It is brought together with its log; whoever has it open hinders that.
fn put_aside(asked: &Restore<'_>, path: &Path) -> Result<PathBuf, StoreError> {
    let in_use = "another program has the store open; stop it first";
    let old = rusqlite::Connection::open(path)?;
    old.busy_timeout(WAIT_FOR_OTHERS)?;
    match old.query_row("PRAGMA journal_mode = DELETE", [], |row| row.get::<_, String>(0)) {
        Ok(mode) if mode == "delete" => {}
        Ok(_) => return Err(refusal(asked, &in_use)),
        Err(error) => match StoreError::from(error) {
            StoreError::Busy { .. } => return Err(refusal(asked, &in_use)),
            // Damaged, and to be replaced: it is put aside as it is.
            _ => drop(old),
        },
    }
    let names = (1..).map(|number| match number {
        1 => with_suffix(path, ".before-restore"),
        _ => with_suffix(path, &format!(".before-restore-{number}")),
    });
    let mut free = names.filter(|name| !name.exists());
    // There is always another number.
    Ok(free.next().unwrap_or_else(|| with_suffix(path, ".before-restore")))
}

/// Fills PostgreSQL from the copy; the tables that are there go into a schema of their own.
#[cfg(feature = "postgres")]
pub(super) fn server(asked: &Restore<'_>, copy: &mut Connection, seen: Head) -> Result<Option<String>, StoreError> {
    let mut server = Connection::open(asked.to, Role::Writer)?;
    server.transaction(|server| {
        let old = server.tables()?;
        if old.iter().any(|table| table == "events") && head(server)? != seen {
            return Err(refusal(asked, &"somebody wrote to the store meanwhile; stop what uses it first"));
        }
        let kept = if old.is_empty() { None } else { Some(move_tables(server, &old)?) };
        if let Some(schema) = &kept {
            let sql = "INSERT INTO backups (path, at, seq, hash, erased_to) VALUES ($1, $2, $3, $4, 0) ON CONFLICT DO NOTHING";
            let name = format!("{SCHEMA}{schema}");
            copy.execute(sql, params![name, asked.at, seen.seq, seen.hash.as_slice()])?;
        }
        migrate::repeat(copy, &migrate::with_own(asked.parts), server)?;
        to_server(copy, server)?;
        let broken = |broken: crate::verify::Broken| refusal(asked, &broken);
        walk(server, Walk::from_start(None), &[])?.whole().map_err(broken)?;
        Ok(kept.map(|schema| format!("schema {schema} of {}", asked.to)))
    })
}

#[cfg(not(feature = "postgres"))]
pub(super) fn server(_: &Restore<'_>, _: &mut Connection, _: Head) -> Result<Option<String>, StoreError> {
    Err(StoreError::NotBuilt("postgres"))
}

#[cfg(feature = "postgres")]
fn move_tables(server: &mut Connection, tables: &[String]) -> Result<String, StoreError> {
    let sql = "SELECT nspname::text FROM pg_namespace WHERE nspname LIKE 'before_restore%'";
    let taken = server.all(sql, &[])?.iter().map(|row| row.text(0)).collect::<Result<Vec<_>, _>>()?;
    let names = (1..).map(|number| match number {
        1 => "before_restore".to_owned(),
        _ => format!("before_restore_{number}"),
    });
    let mut free = names.filter(|name| !taken.contains(name));
    // There is always another number.
    let schema = free.next().unwrap_or_default();
    server.run(&format!("CREATE SCHEMA {schema}"))?;
    for table in tables {
        server.run(&format!("ALTER TABLE \"{table}\" SET SCHEMA {schema}"))?;
    }
    Ok(schema)
}
