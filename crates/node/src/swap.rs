//! Puts other versions in use: the index first, then the word that it is the one.
//!
//! In comes what is to be in use; out comes a folder that answers with it. Until the index is there, everything goes on with
//! what was in use before; `current.json` is replaced at the end. While an index is built, `building.json` says for what, and a
//! reader of the status can tell it from one that was left by a process that died, by the lock.

use std::{fs, path::PathBuf};

use mihenk_lists::Reading;
use serde::{Deserialize, Serialize};

use crate::{
    Model,
    checks::Checks,
    error::NodeError,
    folder::{Current, Folder, Lock, json, write_whole},
    lists,
    merging::{decisions::Decisions, merges::Merges},
    node::{Added, Built, build_index, index_name},
};

/// What is being made ready.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Building {
    /// Since when, in UTC.
    pub since: String,
    /// Dataset and version that will be in use.
    pub lists: std::collections::BTreeMap<String, String>,
}

/// Removes the note when the building has ended, well or not.
struct Note(PathBuf);

impl Drop for Note {
    fn drop(&mut self) {
        // A note that stays is told from a true one by the lock.
        let _ = fs::remove_file(&self.0);
    }
}

/// Stores lists and puts them in use.
pub(crate) fn swap(
    folder: &Folder,
    lock: &Lock,
    readings: Vec<Reading>,
    model: &Model,
    now: &str,
) -> Result<Added, NodeError> {
    let (lists, next) = lists::store(folder, lock, &readings, now)?;
    // What is stored is read from there again; a list of millions need not be held while its index is made.
    drop(readings);
    let Built { entities, merges } = put_in_use(folder, lock, &next, model, now)?;
    Ok(Added { lists, entities, merges })
}

/// Makes the index of what is to be in use, and puts it in use.
pub(crate) fn put_in_use(
    folder: &Folder,
    lock: &Lock,
    next: &Current,
    model: &Model,
    now: &str,
) -> Result<Built, NodeError> {
    if next.lists.is_empty() {
        folder.set_current(lock, next)?;
        folder.sweep_indices(lock, "none");
        return Ok(Built { entities: 0, merges: Merges::default() });
    }
    let decisions = Decisions::read(folder)?;
    let (built, name) = noted(folder, next, &decisions, model, now)?;
    folder.set_current(lock, next)?;
    folder.sweep_indices(lock, &name);
    Ok(built)
}

/// Makes the index of what is in use with other decisions, and puts these in use.
pub(crate) fn put_decisions_in_use(
    folder: &Folder,
    lock: &Lock,
    decisions: &Decisions,
    model: &Model,
    now: &str,
) -> Result<Built, NodeError> {
    let current = folder.current()?;
    let (built, name) = noted(folder, &current, decisions, model, now)?;
    decisions.write(folder, lock)?;
    folder.sweep_indices(lock, &name);
    Ok(built)
}

/// Makes an index, with a note for others while it is being made; gives its name as well.
fn noted(
    folder: &Folder,
    next: &Current,
    decisions: &Decisions,
    model: &Model,
    now: &str,
) -> Result<(Built, String), NodeError> {
    let path = folder.root().join("building.json");
    write_whole(&path, &json(&Building { since: now.to_owned(), lists: next.lists.clone() }))?;
    let _note = Note(path);
    let id = lists::id(folder, next, decisions)?;
    Ok((build_index(folder, next, decisions, model)?, index_name(id, model)))
}

/// What another process is making ready, if one is.
#[must_use]
pub fn building(folder: &Folder) -> Option<Building> {
    let bytes = fs::read(folder.root().join("building.json")).ok()?;
    let building = serde_json::from_slice(&bytes).ok()?;
    // Nobody holds the lock: whoever wrote the note has died.
    match folder.lock() {
        Err(NodeError::Busy(_)) => Some(building),
        _ => None,
    }
}

/// Takes a list out; its versions stay until they are swept.
///
/// # Errors
/// When the list is not loaded or something cannot be written.
pub fn remove(path: &std::path::Path, name: &str, model: &Model, now: &str) -> Result<usize, NodeError> {
    let folder = Folder::new(path.to_owned());
    let current = folder.current()?;
    current.version_of(&folder, name)?;
    let lock = folder.lock()?;
    let mut next = folder.current()?;
    next.version_of(&folder, name)?;
    next.put(&folder, name, None, now);
    let entities = put_in_use(&folder, &lock, &next, model, now)?.entities;
    let mut checks = Checks::read(&folder);
    if checks.lists.remove(name).is_some() {
        checks.write(&folder, &lock)?;
    }
    Ok(entities)
}
