//! The data folder: what lies where, and who may change it.
//!
//! ```text
//! DIR/lock                        held while something is changed
//! DIR/building.json               what is being made ready to be put in use, while it is
//! DIR/current.json                which version of which list is in use, and since when each one was
//! DIR/checks.json                 when which list was looked for, and what came of it
//! DIR/sources.toml                what the user says of sources; only read here. manifest.yml: one that is at an address, as last read
//! DIR/decisions.jsonl             what people decided of entities on several lists
//! DIR/references                  versions that something else refers to, one a line; only read here
//! DIR/lists/DATASET/VERSION/      about.json, findings.json, entities.jsonl: a list as read; its entities never change; since when: [`crate::seen`]
//! DIR/index/ID.index              the index, made anew whenever it is missing, damaged or older than the program
//! DIR/index/ID.records            whole records for the index, with their offsets in ID.offsets
//! DIR/index/ID.merges             who is one; ID.proposals: who may be
//! DIR/index/as-of/                the same for lists as they once stood
//! DIR/portfolio/                  customers by their names, and how lists stood when they were screened; see [`crate::portfolio`] ([`crate::imports`] has `imports/` and `maps/`)
//! ```
//!
//! A version's name is taken from its content, so the same list read twice is one version. `current.json` is replaced by
//! rename: a reader sees the state before or after, never between. Whatever is not named there can be deleted.

use std::{
    collections::BTreeMap,
    fs::{self, File},
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};

use crate::{error::NodeError, versions::Entry};

/// A data folder.
#[derive(Clone, Debug)]
pub struct Folder {
    root: PathBuf,
}

/// What is in use.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Current {
    /// Dataset and version.
    pub lists: BTreeMap<String, String>,
    /// What was put in use when, in the order in which it was.
    #[serde(default)]
    pub history: Vec<Entry>,
}

/// Held while the folder is changed; released when dropped.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

impl Folder {
    /// A folder that may or may not exist yet.
    #[must_use]
    pub fn new(root: PathBuf) -> Folder {
        Folder { root }
    }

    /// Where it is.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Takes the lock for changing the folder, which is made if it does not exist.
    ///
    /// # Errors
    /// [`NodeError::Busy`] when another process holds it.
    pub fn lock(&self) -> Result<Lock, NodeError> {
        fs::create_dir_all(&self.root).map_err(NodeError::io(&self.root))?;
        let path = self.root.join("lock");
        let file =
            File::options().create(true).truncate(false).write(true).open(&path).map_err(NodeError::io(&path))?;
        match file.try_lock() {
            Ok(()) => Ok(Lock { _file: file }),
            Err(fs::TryLockError::WouldBlock) => Err(NodeError::Busy(self.root.clone())),
            Err(fs::TryLockError::Error(source)) => Err(NodeError::Io { path, source }),
        }
    }

    /// What is in use; nothing in a folder that is new.
    ///
    /// # Errors
    /// When the file exists but cannot be read or understood.
    pub fn current(&self) -> Result<Current, NodeError> {
        let path = self.root.join("current.json");
        match fs::read(&path) {
            Ok(bytes) => serde_json::from_slice(&bytes).map_err(|e| NodeError::Damaged { path, what: e.to_string() }),
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(Current::default()),
            Err(source) => Err(NodeError::Io { path, source }),
        }
    }

    /// Puts something else in use.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn set_current(&self, _lock: &Lock, current: &Current) -> Result<(), NodeError> {
        write_whole(&self.root.join("current.json"), &json(current))
    }

    /// Where a version of a list is.
    #[must_use]
    pub fn list(&self, dataset: &str, version: &str) -> PathBuf {
        self.root.join("lists").join(dataset).join(version)
    }

    /// Where the files of an index are, made if it does not exist.
    ///
    /// # Errors
    /// When the folder cannot be made.
    pub fn index_folder(&self) -> Result<PathBuf, NodeError> {
        let path = self.root.join("index");
        fs::create_dir_all(&path).map_err(NodeError::io(&path))?;
        Ok(path)
    }

    /// Deletes the files of every index but one.
    pub fn sweep_indices(&self, _lock: &Lock, keep: &str) {
        let Ok(files) = fs::read_dir(self.root.join("index")) else { return };
        for file in files.flatten() {
            let name = file.file_name().to_string_lossy().into_owned();
            if !name.starts_with(keep) {
                // A reader that still maps the file keeps its content; a file that cannot be deleted is only disk space.
                let _ = fs::remove_file(file.path());
            }
        }
    }
}

/// The text of a file; nothing when there is none.
pub(crate) fn read_if_there(path: &Path) -> Result<Option<String>, NodeError> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(NodeError::io(path)(error)),
    }
}

/// Writes a file beside its place and moves it there.
///
/// # Errors
/// When it cannot be written.
pub(crate) fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), NodeError> {
    write_whole_by(path, |out| out.write_all(bytes))
}

/// As [`write_whole`], of what is written a piece after the other.
///
/// # Errors
/// When it cannot be written.
pub(crate) fn write_whole_by(
    path: &Path,
    content: impl FnOnce(&mut BufWriter<File>) -> io::Result<()>,
) -> Result<(), NodeError> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(NodeError::io(folder))?;
    }
    let mut beside = path.as_os_str().to_owned();
    beside.push(".new");
    let beside = PathBuf::from(beside);
    let mut file = BufWriter::new(File::create(&beside).map_err(NodeError::io(&beside))?);
    let written = content(&mut file).and_then(|()| file.flush()).and_then(|()| file.get_ref().sync_all());
    written.map_err(NodeError::io(&beside))?;
    fs::rename(&beside, path).map_err(NodeError::io(path))
}

/// JSON of something that is only texts and numbers, which JSON can always write.
pub(crate) fn json(value: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec_pretty(value).unwrap_or_default()
}

/// Reads bytes where they lie, from any thread.
#[cfg(unix)]
pub(crate) fn read_at(file: &File, bytes: &mut [u8], offset: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, bytes, offset)
}

/// Reads bytes where they lie, from any thread.
#[cfg(windows)]
pub(crate) fn read_at(file: &File, mut bytes: &mut [u8], mut offset: u64) -> io::Result<()> {
    while !bytes.is_empty() {
        let read = std::os::windows::fs::FileExt::seek_read(file, bytes, offset)?;
        if read == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        offset += read as u64;
        bytes = &mut bytes[read..];
    }
    Ok(())
}
