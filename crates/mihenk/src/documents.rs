//! Documents of alerts and cases: read from a file, written into one, and where the key is that seals them.
//!
//! A document that is written never replaces a file.

use std::{fs, io::Write, path::Path};

use anyhow::Context;
use mihenk_node::{
    alerts,
    desk::{Desk, Seat},
    ledger::attachments::{Key, MOST_BYTES},
    sealing,
    store::Place as StorePlace,
};

use crate::{
    Outcome,
    cli::{Place, alerts::Export},
    desk, say,
};

/// The variable that names the file of the key.
const KEY_FILE: &str = "MIHENK_KEY_FILE";

/// The key that seals documents: `MIHENK_KEY_FILE`, or a file beside the store.
pub(crate) fn key(place: &Place, open: &Desk) -> anyhow::Result<Key> {
    let named = std::env::var_os(KEY_FILE).filter(|path| !path.is_empty());
    let path = match (named, desk::store(place)?) {
        (Some(path), _) => path.into(),
        (None, StorePlace::Sqlite(path)) => path.with_extension("key"),
        (None, StorePlace::Postgres(_)) => place.folder()?.join("store.key"),
    };
    let is_new = !path.exists();
    let key = sealing::key(open, &path)?;
    if is_new {
        let path = path.display();
        say::note(&format!(
            "a key was made in {path}: keep a copy of it apart from the store, nothing that it seals can be read without"
        ));
    }
    Ok(key)
}

/// A document's name and content.
pub(crate) fn read(file: &Path) -> anyhow::Result<(String, Vec<u8>)> {
    let length = fs::metadata(file).with_context(|| file.display().to_string())?.len();
    anyhow::ensure!(
        length <= MOST_BYTES as u64,
        "{} has {length} bytes; {} MiB at most are kept",
        file.display(),
        MOST_BYTES / (1024 * 1024)
    );
    let content = fs::read(file).with_context(|| file.display().to_string())?;
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    Ok((name, content))
}

pub(crate) fn export(place: &Place, seat: &Seat<'_>, export: &Export) -> anyhow::Result<Outcome> {
    let key = key(place, seat.desk())?;
    let out = &export.out;
    anyhow::ensure!(!out.exists(), "{} is there already; a document never replaces a file", out.display());
    let (document, content) = alerts::document(seat, &export.id.parse()?, &key)?;
    new_file(out, &content)?;
    say::note(&format!(
        "{} ({} bytes, SHA-256 {}) is in {}",
        document.name,
        document.length,
        document.sha256,
        out.display()
    ));
    Ok(Outcome::Done)
}

/// Writes a file that is not there yet, for nobody else to read.
pub(crate) fn new_file(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path).with_context(|| path.display().to_string())?;
    file.write_all(bytes).with_context(|| path.display().to_string())
}
