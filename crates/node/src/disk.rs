//! What a data folder and its store take on the disk.
//!
//! In come a seat and a folder, out come bytes: of each version of each list, and of everything else by what it is. Nothing is changed.

use std::path::Path;

use serde::Serialize;

use crate::{
    desk::Seat,
    error::NodeError,
    folder::Folder,
    permission::Permission,
    status,
    versions::{self, Kept},
};

/// What is taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Used {
    /// Lists with the versions of them that are on the disk.
    pub lists: Vec<ListUsed>,
    /// Everything, by what it is: `lists`, `index`, `store`, `backups`, `portfolio`, `models`, `imports`, `other`.
    pub parts: Vec<(&'static str, u64)>,
    /// All of it.
    pub bytes: u64,
}

/// A list on the disk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ListUsed {
    /// Its dataset.
    pub dataset: String,
    /// Its versions, the newest first.
    pub versions: Vec<VersionUsed>,
    /// Bytes of all of them.
    pub bytes: u64,
}

/// A version on the disk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct VersionUsed {
    /// Which, and when it was in use.
    #[serde(flatten)]
    pub kept: Kept,
    /// Its bytes.
    pub bytes: u64,
}

/// Folders of a data folder that are told by their names.
const FOLDERS: [&str; 6] = ["index", "backups", "portfolio", "models", "imports", "lists"];

/// Measures a folder.
///
/// # Errors
/// When whoever sits here is no administrator, or the folder cannot be read.
pub fn used(seat: &Seat<'_>, root: &Path) -> Result<Used, NodeError> {
    seat.may(Permission::ManageStore)?;
    let folder = Folder::new(root.to_owned());
    let mut datasets: Vec<String> = versions::stored(&folder).into_iter().map(|one| one.dataset).collect();
    datasets.dedup();
    let mut lists = Vec::new();
    for dataset in datasets {
        let all = versions::of_list(&folder, &dataset)?.into_iter().filter(|one| one.is_stored);
        let measured = all.map(|kept| {
            let bytes = status::bytes(&folder.list(&dataset, &kept.version));
            VersionUsed { kept, bytes }
        });
        let versions: Vec<VersionUsed> = measured.collect();
        let bytes = versions.iter().map(|one| one.bytes).sum();
        lists.push(ListUsed { dataset, versions, bytes });
    }
    lists.sort_by_key(|list| std::cmp::Reverse(list.bytes));
    let mut parts: Vec<(&'static str, u64)> =
        FOLDERS.into_iter().map(|name| (name, status::bytes(&root.join(name)))).collect();
    // Both stores together: how the one that officers alone may know of grows is told to nobody.
    parts.push(("store", files(root, "store.sqlite") + files(root, "store-compartment.sqlite")));
    let bytes = status::bytes(root);
    let known: u64 = parts.iter().map(|(_, bytes)| bytes).sum();
    parts.push(("other", bytes.saturating_sub(known)));
    parts.retain(|(_, bytes)| *bytes > 0);
    parts.sort_by_key(|(_, bytes)| std::cmp::Reverse(*bytes));
    Ok(Used { lists, parts, bytes })
}

/// Bytes of the files whose names begin so: a database has others beside it while it is open.
fn files(root: &Path, start: &str) -> u64 {
    let entries = std::fs::read_dir(root).into_iter().flatten().flatten();
    let own = entries.filter(|entry| entry.file_name().to_string_lossy().starts_with(start));
    own.map(|entry| entry.metadata().map_or(0, |about| about.len())).sum()
}
