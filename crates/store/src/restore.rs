//! Putting a backup back: into a file or into PostgreSQL, whichever database it was made from.
//!
//! In come a backup and a place, out comes a store as it was then, except that what was erased since stays erased: every
//! erasure that is remembered (beside the store, in the store that is there, in the backup, in files that are named) is
//! made again and told by an event of its own. Everything is checked and prepared beside the store before the store is
//! touched. A store that is there is never overwritten but put aside: the file as `NAME.before-restore`, tables of PostgreSQL
//! in a schema `before_restore`. One that has events which the backup lacks is touched only when that was asked for.

mod again;
mod place;

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::{
    backup::{self, Manifest, Temporary, drop_manifest, open_scratch},
    connection::{Connection, Role},
    erase::{self, Entry, with_suffix},
    error::StoreError,
    event::Hash,
    migrate::{self, Migrations},
    params,
    place::Place,
    store::{Head, head, to_hash},
    verify::{Walk, walk},
};

/// What is to be restored.
#[derive(Clone, Copy, Debug)]
pub struct Restore<'a> {
    /// The backup.
    pub from: &'a Path,
    /// The store.
    pub to: &'a Place,
    /// The tables that the program knows.
    pub parts: &'a [Migrations],
    /// When, in milliseconds since 1970 (UTC).
    pub at: i64,
    /// Who restores; the actor of the events that tell of erasures made again.
    pub actor: &'a str,
    /// Whether a store that has events which the backup lacks may be put aside.
    pub replace: bool,
    /// Files that remember erasures, besides that beside the store.
    pub erasures: &'a [PathBuf],
}

/// What restoring came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restored {
    /// Where the chain stands now.
    pub head: Head,
    /// Events whose content the backup still had, and that were erased again.
    pub erased_again: Vec<i64>,
    /// Where the store that was there is kept.
    pub kept: Option<String>,
}

/// What is there already.
struct There {
    head: Head,
    /// Whether the backup's last event is part of its chain.
    has_backup: bool,
    erasures: Vec<Entry>,
    backups: Vec<(String, i64, i64, Hash)>,
}

/// Restores a backup.
///
/// # Errors
/// When the backup is not right, was made by a newer program, or lacks events of the store that is there; nothing is changed
/// then.
pub fn restore(asked: &Restore<'_>) -> Result<Restored, StoreError> {
    let manifest = backup::check(asked.from)?;
    let there = look(asked, &manifest);
    refuse_what_is_ahead(asked, &manifest, &there)?;
    let there = there.unwrap_or_default();
    let work = match asked.to {
        Place::Sqlite(path) => with_suffix(path, ".restoring"),
        Place::Postgres(_) => with_suffix(asked.from, ".restoring"),
    };
    if let Some(folder) = work.parent() {
        fs::create_dir_all(folder).map_err(StoreError::io(folder))?;
    }
    let temporary = Temporary::new(work)?;
    fs::copy(asked.from, &temporary.0).map_err(StoreError::io(asked.from))?;
    let mut copy = open_scratch(&temporary.0)?;
    drop_manifest(&mut copy)?;
    // Says so when a newer program wrote the backup.
    migrate::pending(&mut copy, &Place::Sqlite(asked.from.to_owned()), &migrate::with_own(asked.parts))?;
    let erasures = remembered(asked, &there)?;
    let erased_again = again::erase(&mut copy, &erasures, asked.at, asked.actor)?;
    register(&mut copy, asked, &manifest, &there)?;
    let broken = |broken: crate::verify::Broken| refusal(asked, &broken);
    let head = walk(&mut copy, Walk::from_start(None), &[])?.whole().map_err(broken)?.head;
    let kept = match asked.to {
        Place::Sqlite(path) => place::file(asked, path, copy, temporary)?,
        Place::Postgres(_) => place::server(asked, &mut copy, there.head)?,
    };
    Ok(Restored { head, erased_again, kept })
}

fn refusal(asked: &Restore<'_>, why: &dyn ToString) -> StoreError {
    StoreError::Restore { from: asked.from.to_owned(), store: asked.to.to_string(), why: why.to_string() }
}

impl Default for There {
    fn default() -> There {
        let head = Head { seq: 0, hash: crate::event::BEFORE_ALL };
        There { head, has_backup: true, erasures: Vec::new(), backups: Vec::new() }
    }
}

/// Looks at the store that is there; one without tables counts as none.
fn look(asked: &Restore<'_>, manifest: &Manifest) -> Result<There, StoreError> {
    if let Place::Sqlite(path) = asked.to
        && !path.exists()
    {
        return Ok(There::default());
    }
    let mut connection = Connection::open(asked.to, Role::Writer)?;
    if !connection.has_table("events")? {
        return Ok(There::default());
    }
    let rows = connection.all("SELECT path, at, seq, hash FROM backups", &[])?;
    let backups = rows.iter().map(|row| Ok((row.text(0)?, row.integer(1)?, row.integer(2)?, to_hash(row, 3)?)));
    let hash = manifest.head().hash;
    let sql = "SELECT 1 FROM events WHERE seq = $1 AND hash = $2";
    let there = head(&mut connection)?;
    Ok(There {
        // In a store without events, or behind the backup, nothing is lost; whether it is the same chain is asked below.
        has_backup: connection.first(sql, params![manifest.seq, hash.as_slice()])?.is_some(),
        head: there,
        erasures: Entry::all(&mut connection)?,
        backups: backups.collect::<Result<_, StoreError>>()?,
    })
}

/// Refuses to put aside a store with events that the backup lacks, unless that was asked for.
fn refuse_what_is_ahead(
    asked: &Restore<'_>,
    manifest: &Manifest,
    there: &Result<There, StoreError>,
) -> Result<(), StoreError> {
    if asked.replace {
        // A place that cannot be opened at all is no place to restore to; a damaged file is put aside unread.
        return match (there, asked.to) {
            (Err(error), Place::Postgres(_)) => Err(refusal(asked, error)),
            _ => Ok(()),
        };
    }
    let why = match there {
        Err(error) => format!("the store that is there cannot be read ({error}), so nobody can say what it holds"),
        Ok(there) if there.head.seq == 0 => return Ok(()),
        Ok(there) if there.has_backup && there.head.seq > manifest.seq => format!(
            "the store is ahead of the backup: it has events up to {}, the backup up to {}",
            there.head.seq, manifest.seq
        ),
        Ok(there) if there.has_backup => return Ok(()),
        Ok(there) if is_behind(asked, there)? => return Ok(()),
        Ok(there) => format!(
            "the store has another history than the backup: {} events that are not the backup's {}",
            there.head.seq, manifest.seq
        ),
    };
    Err(refusal(asked, &format!("{why}; it is put aside and kept only when you say that it may be replaced")))
}

/// Whether all events of the store that is there are in the backup.
fn is_behind(asked: &Restore<'_>, there: &There) -> Result<bool, StoreError> {
    let sql = "SELECT 1 FROM events WHERE seq = $1 AND hash = $2";
    let mut backup = backup::open_read_only(asked.from)?;
    Ok(backup.first(sql, params![there.head.seq, there.head.hash.as_slice()])?.is_some())
}

/// Every erasure that is remembered anywhere.
fn remembered(asked: &Restore<'_>, there: &There) -> Result<Vec<Entry>, StoreError> {
    let mut all = there.erasures.clone();
    let beside = erase::file_beside(asked.to).filter(|file| file.exists());
    for file in beside.iter().chain(asked.erasures) {
        all.extend(erase::recall(file)?);
    }
    Ok(all)
}

/// Lets the restored store know all backups, this one and those that the store that was there knew. What was erased in them
/// is looked at anew, as events may have other places now.
fn register(copy: &mut Connection, asked: &Restore<'_>, manifest: &Manifest, there: &There) -> Result<(), StoreError> {
    let this = (backup::absolute(asked.from)?, manifest.at, manifest.seq, manifest.head().hash);
    for (path, at, seq, hash) in there.backups.iter().chain([&this]) {
        let sql =
            "INSERT INTO backups (path, at, seq, hash, erased_to) VALUES ($1, $2, $3, $4, 0) ON CONFLICT DO NOTHING";
        copy.execute(sql, params![path, *at, *seq, hash.as_slice()])?;
    }
    copy.execute("UPDATE backups SET erased_to = 0", &[]).map(drop)
}
