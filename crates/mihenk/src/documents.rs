//! Documents of alerts and cases: read from a file, written into one, and where the key is that seals them.
//!
//! A document that is written never replaces a file.

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
};

use anyhow::Context;
use mihenk_node::{
    alerts,
    desk::{Desk, Seat},
    ledger::{
        Reason,
        attachments::{Key, MOST_BYTES},
    },
    sealing,
    store::Place as StorePlace,
};
use serde_json::json;

use crate::{
    Outcome,
    cli::{Place, alerts::Export, audit as cli},
    customers::counted,
    desk, say,
};

/// The variable that names the file of the key.
const KEY_FILE: &str = "MIHENK_KEY_FILE";

/// `mihenk key`: which key documents are sealed with, and another one in its place.
pub(crate) fn run(place: &Place, asked: cli::Key) -> anyhow::Result<Outcome> {
    let desk = desk::open_as_it_is(place)?;
    let (seat, path) = (desk.seat(desk::token(place)?), key_file(place)?);
    match asked {
        cli::Key::Show { json } => {
            let id = sealing::id(&seat, &path)?;
            let told = match &id {
                Some(id) => format!("{id}, in {}", path.display()),
                None => "no key was made yet; one is made with the first document".to_owned(),
            };
            say::done(json, &json!({ "key": id, "file": path }), &told)?;
        }
        cli::Key::Exchange { why } => match sealing::is_due(&desk, &path)? {
            true => exchange(place, &seat, why.json)?,
            false => {
                let id = sealing::propose(&seat, &path, Reason::new(&why.reason)?)?;
                let told = format!(
                    "proposed as {id}; another administrator confirms it with 'mihenk user confirm {id}', and the key is exchanged then"
                );
                say::done(why.json, &json!({ "proposed": id }), &told)?;
            }
        },
    }
    Ok(Outcome::Done)
}

/// Exchanges the key, as two administrators decided, or goes on with that.
pub(crate) fn exchange(place: &Place, seat: &Seat<'_>, as_json: bool) -> anyhow::Result<()> {
    let path = key_file(place)?;
    let done = sealing::exchange(seat, &place.folder()?, &path)?;
    let sealed = counted(usize::try_from(done.documents).unwrap_or(0), "document is", "documents are");
    let kept = done.kept.display();
    let told = format!(
        "{} is exchanged for {}; {sealed} sealed with it\nkeep a copy of {} apart from the store\n\
         {kept} has the key of before: only backups made until now need it, delete it when they are gone",
        done.from,
        done.to,
        path.display()
    );
    say::done(as_json, &json!(done), &told)
}

/// The file of the key: `MIHENK_KEY_FILE`, or one beside the store.
pub(crate) fn key_file(place: &Place) -> anyhow::Result<PathBuf> {
    let named = std::env::var_os(KEY_FILE).filter(|path| !path.is_empty());
    Ok(match (named, desk::store(place)?) {
        (Some(path), _) => path.into(),
        (None, StorePlace::Sqlite(path)) => path.with_extension("key"),
        (None, StorePlace::Postgres(_)) => place.folder()?.join("store.key"),
    })
}

/// The key that seals documents.
pub(crate) fn key(place: &Place, open: &Desk) -> anyhow::Result<Key> {
    let path = key_file(place)?;
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
