//! Sweeps versions that nobody needs any more: `mihenk lists keep`.
//!
//! In comes how long versions are kept behind the day on which they were replaced; out comes what was deleted. What is in use,
//! what waits to be accepted, and what the file `references` names (a version id a line, and the store whose events rest on it) stays,
//! however old. With that, every question about a time within the span can still be answered as of then.

use std::{collections::BTreeSet, fs, path::Path};

use jiff::Timestamp;
use serde::Serialize;

use crate::{
    error::NodeError,
    folder::{Current, Folder, Lock, read_if_there},
    lists,
    settings::Span,
    status,
    versions::{self, Stored},
};

/// What was deleted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Swept {
    /// Versions, as `NAME@VERSION`.
    pub versions: Vec<String>,
    /// Bytes.
    pub bytes: u64,
    /// Versions that stay.
    pub stay: usize,
}

/// Deletes versions that were replaced longer ago.
///
/// # Errors
/// When the folder or `references` cannot be read; nothing is deleted then.
pub fn keep(path: &Path, span: Span, now: Timestamp) -> Result<Swept, NodeError> {
    let folder = Folder::new(path.to_owned());
    folder.current()?;
    let lock = folder.lock()?;
    sweep(&folder, &lock, span, now)
}

pub(crate) fn sweep(folder: &Folder, _lock: &Lock, span: Span, now: Timestamp) -> Result<Swept, NodeError> {
    let current = folder.current()?;
    let needed = needed(folder, &current)?;
    let until = now.checked_sub(span.0).map_or_else(|_| String::new(), versions::written);
    let mut swept = Swept::default();
    for stored in versions::stored(folder) {
        let Stored { dataset, version } = &stored;
        let is_old = ended(folder, &current, &stored).is_some_and(|end| end <= until);
        if needed.contains(version.as_str()) || !is_old {
            swept.stay += 1;
            continue;
        }
        let place = folder.list(dataset, version);
        let bytes = status::bytes(&place);
        fs::remove_dir_all(&place).map_err(NodeError::io(&place))?;
        // The folder of a list that is gone for good goes too; one that holds something does not.
        let _ = fs::remove_dir(folder.root().join("lists").join(dataset));
        swept.versions.push(format!("{dataset}@{version}"));
        swept.bytes += bytes;
    }
    Ok(swept)
}

/// Versions that stay, however old.
fn needed(folder: &Folder, current: &Current) -> Result<BTreeSet<String>, NodeError> {
    let mut needed: BTreeSet<String> = current.lists.values().cloned().collect();
    for about in lists::abouts(folder, current)? {
        needed.insert(about.published_version().to_owned());
    }
    // If it cannot be read: better a full disk than an event whose list is gone.
    let references = read_if_there(&folder.root().join("references"))?.unwrap_or_default();
    needed.extend(references.lines().filter_map(|line| line.split_whitespace().next()).map(str::to_owned));
    Ok(needed)
}

/// When a version was last replaced; when it was stored, if it never was in use; none while it is.
fn ended(folder: &Folder, current: &Current, stored: &Stored) -> Option<String> {
    let history = current.history(folder);
    let own: Vec<_> = history.iter().filter(|entry| entry.dataset == stored.dataset).collect();
    match own.iter().rposition(|entry| entry.version.as_ref() == Some(&stored.version)) {
        Some(last) => own.get(last + 1).map(|next| next.at.clone()),
        None => lists::about_of(folder, &stored.dataset, &stored.version).ok().map(|about| about.loaded),
    }
}
