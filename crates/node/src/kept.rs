//! What events rest on is kept: versions of lists, and models.
//!
//! In come the versions and the model that an answer was made with, before its event is committed; out comes a data folder in
//! which `references` names the versions, so that they are never swept ([`crate::keep`]), and `models/ID.model` holds the
//! model. If the event is not committed after all, something is kept that nobody needs, and nothing is missing. When events were erased,
//! [`release`] takes out what none rests on any more. A line is a version and the store whose events rest on it, since several may share a
//! folder; a line that somebody wrote without a store stays.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

use mihenk_ledger::{alerts, customers};
use mihenk_screening::{index::hex, model::Model};

use crate::{
    desk::Desk,
    error::NodeError,
    folder::{Folder, read_if_there, write_whole},
    model,
};

/// Lines of `references`: versions, each with its store where there is one.
type Lines = BTreeSet<(String, Option<String>)>;

fn place(root: &Path) -> PathBuf {
    root.join("references")
}

fn lines(root: &Path) -> Result<Lines, NodeError> {
    let text = read_if_there(&place(root))?.unwrap_or_default();
    let line = |line: &str| {
        let mut words = line.split_whitespace().map(str::to_owned);
        Some((words.next()?, words.next()))
    };
    Ok(text.lines().filter_map(line).collect())
}

fn write(root: &Path, lines: &Lines) -> Result<(), NodeError> {
    let line = |(version, store): &(String, Option<String>)| match store {
        Some(store) => format!("{version} {store}\n"),
        None => format!("{version}\n"),
    };
    write_whole(&place(root), lines.iter().map(line).collect::<String>().as_bytes())
}

/// Keeps versions and a model for events of a store that rest on them.
///
/// # Errors
/// When the data folder is being changed by another process, or cannot be written.
pub fn keep<'a>(
    desk: &Desk,
    root: &Path,
    versions: impl Iterator<Item = &'a String>,
    model: &Model,
) -> Result<(), NodeError> {
    let store = desk.store().place().fingerprint();
    let wanted: Lines = versions.map(|version| (version.clone(), Some(store.clone()))).collect();
    if !wanted.is_subset(&lines(root)?) {
        let _lock = Folder::new(root.to_owned()).lock()?;
        // Read again: another process may have written meanwhile.
        let all = lines(root)?.into_iter().chain(wanted).collect();
        write(root, &all)?;
    }
    let file = root.join("models").join(format!("{}.model", hex(&model.id())));
    if !file.exists() {
        write_whole(&file, &model.to_bytes())?;
    }
    Ok(())
}

/// Takes out of `references` the versions on which no event of the store rests any more, so that they may be swept; gives how many these were. What is in
/// use stays: an event that rests on it may be about to be committed.
///
/// # Errors
/// When the store cannot be read, or the data folder is being changed by another process.
pub fn release(desk: &Desk, root: &Path) -> Result<usize, NodeError> {
    let (store, folder) = (desk.store().place().fingerprint(), Folder::new(root.to_owned()));
    if lines(root)?.is_empty() {
        return Ok(0);
    }
    let _lock = folder.lock()?;
    let before = lines(root)?;
    let mut needed = desk.read(|reading| {
        let mut needed = alerts::versions(reading)?;
        needed
            .extend(customers::last_screening(reading)?.into_iter().flat_map(|last| last.against.lists.into_values()));
        Ok(needed)
    })?;
    needed.extend(folder.current()?.lists.into_values());
    let is_needed = |(version, of): &&(String, Option<String>)| of.as_ref() != Some(&store) || needed.contains(version);
    let after: Lines = before.iter().filter(is_needed).cloned().collect();
    if after.len() < before.len() {
        write(root, &after)?;
    }
    Ok(before.len() - after.len())
}

/// The model of then: the given one when it is that, or the one that was kept.
///
/// # Errors
/// When none with this id was kept.
pub fn model_of_then(root: &Path, id: &str, now: Model) -> Result<Model, NodeError> {
    if hex(&now.id()) == id {
        return Ok(now);
    }
    let path = root.join("models").join(format!("{id}.model"));
    if !path.exists() {
        return Err(NodeError::Act(format!(
            "the model {id} is not kept in {}; this one is {}, and another model would give another answer",
            path.display(),
            hex(&now.id())
        )));
    }
    model::open(Some(&path))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn desk(folder: &Path, name: &str) -> Desk {
        let place = mihenk_store::Place::Sqlite(folder.join(name));
        Desk::open(&place, &folder.join("backups"), crate::desk::fixed(0)).unwrap()
    }

    #[test]
    fn versions_are_added_once_and_a_model_is_found_again() {
        let folder = tempfile::tempdir().unwrap();
        let (one, other) = (desk(folder.path(), "one.sqlite"), desk(folder.path(), "other.sqlite"));
        let model = Model::built_in();
        let of = |versions: [&str; 2]| versions.map(str::to_owned);
        fs::write(folder.path().join("references"), "z9\n").unwrap();
        keep(&one, folder.path(), of(["b2", "a1"]).iter(), &model).unwrap();
        keep(&other, folder.path(), of(["a1", "c3"]).iter(), &model).unwrap();
        let kept = |version: &str, desk: &Desk| (version.to_owned(), Some(desk.store().place().fingerprint()));
        let all = || lines(folder.path()).unwrap();
        let mut expected = Lines::from([kept("a1", &one), kept("b2", &one), kept("a1", &other), kept("c3", &other)]);
        expected.insert(("z9".to_owned(), None));
        assert_eq!(all(), expected);
        // Nothing rests on anything in the one store; what the other one needs, and what somebody wrote, stays.
        assert_eq!(release(&one, folder.path()).unwrap(), 2);
        expected.retain(|(_, store)| store.as_deref() != Some(&one.store().place().fingerprint()));
        assert_eq!(all(), expected);
        let file = folder.path().join("models").join(format!("{}.model", hex(&model.id())));
        assert_eq!(model::open(Some(&file)).unwrap().id(), model.id());
        assert_eq!(model_of_then(folder.path(), &hex(&model.id()), Model::built_in()).unwrap().id(), model.id());
        let other = model_of_then(folder.path(), "0123456789ab", model).unwrap_err().to_string();
        assert!(other.contains("0123456789ab is not kept"), "{other}");
    }
}
