//! The key that documents are sealed with: a file beside the store that nobody else can read.
//!
//! In comes where the file is, out comes the key. It is made when the first document is sealed; once documents are sealed with it, a
//! missing file is said and none is made in its place. Without it nothing that it sealed can ever be read: it has to be backed up apart from the store.

use std::{
    fs,
    io::{self, Write},
    path::Path,
};

use mihenk_ledger::attachments::{self, Key};

use crate::{desk::Desk, error::NodeError};

/// The key, which is made if nothing has been sealed yet.
///
/// # Errors
/// When the file is missing although documents are sealed, can be read by others, or holds no key.
pub fn key(desk: &Desk, path: &Path) -> Result<Key, NodeError> {
    match fs::read(path) {
        Ok(bytes) => {
            is_private(path)?;
            Ok(Key::new(&bytes).map_err(|error| NodeError::Act(format!("{}: {error}", path.display())))?)
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            if desk.read(|reading| attachments::is_any_kept(reading))? {
                return Err(NodeError::Act(format!(
                    "{} is missing: documents are sealed with the key in it, and cannot be read without; bring it back from a backup, or name it with MIHENK_KEY_FILE",
                    path.display()
                )));
            }
            make(path)
        }
        Err(error) => Err(NodeError::io(path)(error)),
    }
}

fn make(path: &Path) -> Result<Key, NodeError> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(NodeError::io(folder))?;
    }
    let key = Key::generate()?;
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path).map_err(NodeError::io(path))?;
    file.write_all(key.reveal()).and_then(|()| file.sync_all()).map_err(NodeError::io(path))?;
    Ok(key)
}

#[cfg(unix)]
fn is_private(path: &Path) -> Result<(), NodeError> {
    use std::os::unix::fs::PermissionsExt;
    let mode = fs::metadata(path).map_err(NodeError::io(path))?.permissions().mode() & 0o777;
    if mode & 0o077 == 0 {
        return Ok(());
    }
    Err(NodeError::Act(format!("{} can be read by others (mode {mode:o}); right would be 'chmod 600'", path.display())))
}

#[cfg(not(unix))]
fn is_private(_: &Path) -> Result<(), NodeError> {
    Ok(())
}
