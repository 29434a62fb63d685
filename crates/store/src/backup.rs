//! Backups: one file with everything that a store holds in one state, whichever database it is in.
//!
//! In comes a store that may be at work, out comes a SQLite file with the same tables and a [`Manifest`]: when and by which
//! program it was made, where the chain stood, and for each table the number of rows and a hash of them. It is written
//! under another name, checked as a whole, and only then gets its own; so a file of that name is a backup. The store
//! remembers where it is, so that what is erased later is erased there as well ([`crate::erase`]).
//!
//! The hash of a table is SHA-256 over its rows in the order of its key, each cell as a letter for its kind, its length in
//! bytes (u64, big-endian) and its bytes.

mod copy;

use std::{
    fs,
    path::{Path, PathBuf},
};

use rusqlite::{OpenFlags, types::ValueRef};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::{
    connection::{
        Connection, Role,
        sqlite::{Sqlite, make_private},
    },
    erase::{Entry, with_suffix},
    error::StoreError,
    hex,
    migrate::{self, Migrations},
    params,
    place::Place,
    store::{Head, Query, Store, head},
    verify::{Walk, walk},
};

use copy::table_facts;
#[cfg(feature = "postgres")]
pub(crate) use copy::to_server;

/// The form that is written.
const FORM: &str = "mihenk-backup-1";
/// The table that says what a backup holds.
const MANIFEST: &str = "manifest";

/// What a backup says of itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    form: String,
    /// When it was made, in milliseconds since 1970 (UTC).
    pub at: i64,
    /// The program that made it, with its version.
    pub program: String,
    /// The last event's place.
    pub seq: i64,
    /// Its hash, in hexadecimal digits.
    pub hash: String,
    /// All tables, by name.
    pub tables: Vec<Table>,
}

/// A table in a backup.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// Its name.
    pub name: String,
    /// How many rows it has.
    pub rows: u64,
    /// The hash of all of them, in hexadecimal digits.
    pub hash: String,
}

impl Manifest {
    /// Where the chain stood.
    #[must_use]
    pub fn head(&self) -> Head {
        // A manifest whose hash is none is refused when it is read.
        Head { seq: self.seq, hash: hex::hash(&self.hash).unwrap_or_default() }
    }
}

impl Store {
    /// Writes a backup to a file that must not exist yet, while others go on, and remembers where it is.
    ///
    /// # Errors
    /// When the file exists or cannot be written, or what was written is not what the store holds.
    pub fn backup(&self, to: &Path, at: i64, program: &str) -> Result<Manifest, StoreError> {
        let manifest = back_up(self.place(), self.parts(), to, at, program)?;
        self.register_backup(to, &manifest)?;
        // What was erased while it was written is still in it.
        self.go_on_erasing();
        Ok(manifest)
    }

    /// Opens a store as [`Store::open`] does, and before tables that hold something are changed, writes a backup
    /// `before-migration-AT.mihenk-backup` to `folder`.
    ///
    /// # Errors
    /// As [`Store::open`] and [`Store::backup`]; the tables are then as they were.
    pub fn open_with_backup(
        place: &Place,
        parts: &[Migrations],
        at: i64,
        program: &str,
        folder: &Path,
    ) -> Result<Store, StoreError> {
        let mut made = None;
        let store = Store::open(place, parts, at, &mut |place| {
            let to = folder.join(format!("before-migration-{at}.mihenk-backup"));
            let manifest = back_up(place, parts, &to, at, program)?;
            made = Some((to, manifest));
            Ok(())
        })?;
        if let Some((to, manifest)) = made {
            store.register_backup(&to, &manifest)?;
        }
        Ok(store)
    }

    fn register_backup(&self, to: &Path, manifest: &Manifest) -> Result<(), StoreError> {
        let path = absolute(to)?;
        self.act(|act| {
            act.execute(
                "INSERT INTO backups (path, at, seq, hash, erased_to, trouble) VALUES ($1, $2, $3, $4, $3, NULL)
                 ON CONFLICT (path) DO UPDATE SET at = excluded.at, seq = excluded.seq, hash = excluded.hash,
                     erased_to = excluded.erased_to, trouble = NULL",
                params![path, manifest.at, manifest.seq, manifest.head().hash.as_slice()],
            )
            .map(drop)
        })
    }

    /// The backups that the store knows, by path, and what could not be erased in them yet.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn backups(&self) -> Result<Vec<(PathBuf, Option<String>)>, StoreError> {
        let sql = "SELECT path, trouble FROM backups ORDER BY path";
        let rows = self.read(|reading| reading.query(sql, &[]))?;
        rows.iter().map(|row| Ok((row.text(0)?.into(), row.maybe_text(1)?))).collect()
    }

    /// Says that a backup does not exist any more, so that nothing has to be erased there; false if it was not known.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn forget_backup(&self, path: &Path) -> Result<bool, StoreError> {
        let path = absolute(path)?;
        self.act(|act| Ok(act.execute("DELETE FROM backups WHERE path = $1", params![path])? > 0))
    }
}

/// A path that means the same wherever the program is started.
pub(crate) fn absolute(path: &Path) -> Result<String, StoreError> {
    Ok(std::path::absolute(path).map_err(StoreError::io(path))?.display().to_string())
}

/// Writes a backup of what is at a place, without noting it there; see [`Store::backup`]. It needs no store that is open, so that it can
/// be called before migrations.
///
/// # Errors
/// When the file exists or cannot be written, or what was written is not what the store holds.
pub fn back_up(place: &Place, parts: &[Migrations], to: &Path, at: i64, program: &str) -> Result<Manifest, StoreError> {
    if to.exists() {
        return Err(wrong(to, "there is a file of that name; a backup replaces none, so choose another name"));
    }
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder).map_err(StoreError::io(folder))?;
    }
    let temporary = Temporary::new(with_suffix(to, ".new"))?;
    let mut source = Connection::open(place, Role::Writer)?;
    match place {
        Place::Sqlite(_) => {
            make_private(&temporary.0).map_err(StoreError::io(&temporary.0))?;
            let path = temporary.0.display().to_string();
            source.execute("VACUUM INTO $1", params![path])?;
        }
        Place::Postgres(_) => copy::to_file(&mut source, &migrate::with_own(parts), &temporary.0)?,
    }
    let mut copy = open_scratch(&temporary.0)?;
    write_manifest(&mut copy, at, program)?;
    drop(copy);
    let manifest = check(&temporary.0).map_err(|error| match error {
        StoreError::Backup { why, .. } => {
            wrong(to, &format!("what was written is not right, so it was removed: {why}"))
        }
        other => other,
    })?;
    temporary.becomes(to)?;
    Ok(manifest)
}

/// A file that is removed unless it gets its own name.
pub(crate) struct Temporary(pub(crate) PathBuf);

impl Temporary {
    /// The path, with nothing at it that an earlier run may have left.
    pub(crate) fn new(path: PathBuf) -> Result<Temporary, StoreError> {
        if path.exists() {
            fs::remove_file(&path).map_err(StoreError::io(&path))?;
        }
        Ok(Temporary(path))
    }

    /// Brings the file to the disk, and then to its own name.
    pub(crate) fn becomes(self, to: &Path) -> Result<(), StoreError> {
        let synced = fs::File::open(&self.0).and_then(|file| file.sync_all());
        synced.and_then(|()| fs::rename(&self.0, to)).map_err(StoreError::io(to))?;
        sync_folder(to)
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        // It is gone already when it got its own name.
        let _ = fs::remove_file(&self.0);
    }
}

/// Brings the names in a file's folder to the disk.
pub(crate) fn sync_folder(file: &Path) -> Result<(), StoreError> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // Only Unix has folders that can be opened and synced.
    if cfg!(unix) {
        fs::File::open(folder).and_then(|folder| folder.sync_all()).map_err(StoreError::io(folder))?;
    }
    Ok(())
}

pub(crate) fn wrong(path: &Path, why: &str) -> StoreError {
    StoreError::Backup { path: path.to_owned(), why: why.to_owned() }
}

/// A file that is thrown away when something goes wrong, so that nothing has to be written twice.
pub(crate) fn open_scratch(path: &Path) -> Result<Connection, StoreError> {
    make_private(path).map_err(StoreError::io(path))?;
    let connection = rusqlite::Connection::open(path)?;
    connection.execute_batch(
        "PRAGMA journal_mode = DELETE; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA secure_delete = ON;
         PRAGMA foreign_keys = OFF; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -65536;",
    )?;
    Ok(Connection::Sqlite(Sqlite::around(connection)))
}

/// Says in the backup what it holds now.
pub(crate) fn write_manifest(copy: &mut Connection, at: i64, program: &str) -> Result<(), StoreError> {
    copy.run(&format!("DROP TABLE IF EXISTS {MANIFEST}"))?;
    let mut tables = Vec::new();
    for name in copy.tables()? {
        tables.push(table_facts(copy, &name)?);
    }
    let head = head(copy)?;
    let manifest = Manifest {
        form: FORM.to_owned(),
        at,
        program: program.to_owned(),
        seq: head.seq,
        hash: hex::text(&head.hash),
        tables,
    };
    let text = serde_json::to_string(&manifest).map_err(|error| StoreError::Statement(error.to_string()))?;
    copy.run(&format!("CREATE TABLE {MANIFEST} (manifest TEXT NOT NULL)"))?;
    copy.execute(&format!("INSERT INTO {MANIFEST} (manifest) VALUES ($1)"), params![text]).map(drop)
}

/// Drops what makes a copy a backup.
pub(crate) fn drop_manifest(copy: &mut Connection) -> Result<(), StoreError> {
    copy.run(&format!("DROP TABLE IF EXISTS {MANIFEST}"))
}

/// Checks a backup as a whole: the file, the manifest, every row, the chain.
///
/// # Errors
/// [`StoreError::Backup`], which says what is wrong with it.
pub fn check(path: &Path) -> Result<Manifest, StoreError> {
    let unread = |error: StoreError| match error {
        StoreError::Backup { .. } | StoreError::Io { .. } => error,
        other => wrong(path, &format!("the file is damaged or cut, or is no backup ({other})")),
    };
    fs::metadata(path).map_err(StoreError::io(path))?;
    let mut connection = open_read_only(path).map_err(unread)?;
    check_content(path, &mut connection).map_err(unread)
}

/// The manifest of a file; `None` when it has none.
pub(crate) fn manifest(path: &Path, connection: &mut Connection) -> Result<Option<Manifest>, StoreError> {
    if !connection.has_table(MANIFEST)? {
        return Ok(None);
    }
    let row = connection.first(&format!("SELECT manifest FROM {MANIFEST}"), &[])?;
    let text = row.ok_or_else(|| wrong(path, "its manifest is empty"))?.text(0)?;
    let manifest: Manifest =
        serde_json::from_str(&text).map_err(|error| wrong(path, &format!("its manifest cannot be read: {error}")))?;
    if manifest.form != FORM || hex::hash(&manifest.hash).is_none() {
        return Err(wrong(path, &format!("its manifest has the form {:?}; right would be {FORM}", manifest.form)));
    }
    Ok(Some(manifest))
}

pub(crate) fn open_read_only(path: &Path) -> Result<Connection, StoreError> {
    let connection = rusqlite::Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    Ok(Connection::Sqlite(Sqlite::around(connection)))
}

fn check_content(path: &Path, connection: &mut Connection) -> Result<Manifest, StoreError> {
    let integrity = connection.first("PRAGMA integrity_check(1)", &[])?.map(|row| row.text(0)).transpose()?;
    if integrity.as_deref() != Some("ok") {
        let said = integrity.unwrap_or_default();
        return Err(wrong(path, &format!("the file is damaged or cut ({said})")));
    }
    let Some(manifest) = manifest(path, connection)? else {
        return Err(wrong(path, "the file has no manifest, so it is no backup, or not a whole one"));
    };
    let names = connection.tables()?.into_iter().filter(|name| name != MANIFEST);
    if !names.eq(manifest.tables.iter().map(|table| table.name.clone())) {
        return Err(wrong(path, "its tables are not those that its manifest names, so the file was changed"));
    }
    for table in &manifest.tables {
        let found = table_facts(connection, &table.name)?;
        if found.rows != table.rows {
            let what = format!("table {} has {} rows, and its manifest says {}", table.name, found.rows, table.rows);
            return Err(wrong(path, &format!("{what}; the file was changed")));
        }
        if found.hash != table.hash {
            return Err(wrong(path, &format!("the rows of table {} were changed since it was made", table.name)));
        }
    }
    let beyond = erased_beyond(connection)?;
    let verified = walk(connection, Walk::from_start(None), &beyond)?
        .whole()
        .map_err(|broken| wrong(path, &format!("its chain is broken: {broken}")))?;
    if verified.head != manifest.head() {
        return Err(wrong(path, "its chain does not end where its manifest says"));
    }
    Ok(manifest)
}

/// Events whose content was erased by an event that came after the backup.
pub(crate) fn erased_beyond(connection: &mut Connection) -> Result<Vec<i64>, StoreError> {
    let mut beyond = Vec::new();
    if connection.has_table("erasures")? {
        for entry in Entry::all(connection)? {
            if !entry.is_told(connection)? {
                beyond.extend(entry.events.iter().map(|(seq, _)| *seq));
            }
        }
    }
    Ok(beyond)
}

/// A hash of rows as they come.
pub(crate) struct RowsHash(Sha256);

impl RowsHash {
    pub(crate) fn new() -> RowsHash {
        RowsHash(Sha256::new())
    }

    /// Takes in a cell.
    pub(crate) fn cell(&mut self, cell: ValueRef<'_>) {
        match cell {
            ValueRef::Null => self.0.update(b"n"),
            ValueRef::Integer(number) => self.bytes(b'i', &number.to_be_bytes()),
            ValueRef::Real(number) => self.bytes(b'r', &number.to_bits().to_be_bytes()),
            ValueRef::Text(text) => self.bytes(b't', text),
            ValueRef::Blob(bytes) => self.bytes(b'b', bytes),
        }
    }

    fn bytes(&mut self, kind: u8, bytes: &[u8]) {
        self.0.update([kind]);
        self.0.update((bytes.len() as u64).to_be_bytes());
        self.0.update(bytes);
    }

    pub(crate) fn end(self) -> String {
        hex::text(&self.0.finalize())
    }
}
