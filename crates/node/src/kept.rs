//! What events rest on is kept: versions of lists, and models.
//!
//! In come the versions and the model that an answer was made with, before its event is committed; out comes a data folder in
//! which `references` names the versions, so that they are never swept ([`crate::keep`]), and `models/ID.model` holds the
//! model. If the event is not committed after all, something is kept that nobody needs, and nothing is missing.

use std::{collections::BTreeSet, fs, io, path::Path};

use mihenk_screening::{index::hex, model::Model};

use crate::{
    error::NodeError,
    folder::{Folder, write_whole},
    model,
};

/// Keeps versions and a model for events that rest on them.
///
/// # Errors
/// When the data folder is being changed by another process, or cannot be written.
pub fn keep<'a>(root: &Path, versions: impl Iterator<Item = &'a String>, model: &Model) -> Result<(), NodeError> {
    let folder = Folder::new(root.to_owned());
    let path = root.join("references");
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
        Err(source) => return Err(NodeError::Io { path, source }),
    };
    let known: BTreeSet<String> =
        text.lines().filter_map(|line| line.split_whitespace().next()).map(str::to_owned).collect();
    let mut all = known.clone();
    all.extend(versions.cloned());
    if all.len() > known.len() {
        let _lock = folder.lock()?;
        let lines: String = all.iter().flat_map(|version| [version.as_str(), "\n"]).collect();
        write_whole(&path, lines.as_bytes())?;
    }
    let file = root.join("models").join(format!("{}.model", hex(&model.id())));
    if !file.exists() {
        write_whole(&file, &model.to_bytes())?;
    }
    Ok(())
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
    use super::*;

    #[test]
    fn versions_are_added_once_and_a_model_is_found_again() {
        let folder = tempfile::tempdir().unwrap();
        let model = Model::built_in();
        let of = |versions: [&str; 2]| versions.map(str::to_owned);
        keep(folder.path(), of(["b2", "a1"]).iter(), &model).unwrap();
        keep(folder.path(), of(["a1", "c3"]).iter(), &model).unwrap();
        assert_eq!(fs::read_to_string(folder.path().join("references")).unwrap(), "a1\nb2\nc3\n");
        let kept =
            model::open(Some(&folder.path().join("models").join(format!("{}.model", hex(&model.id()))))).unwrap();
        assert_eq!(kept.id(), model.id());
        assert_eq!(model_of_then(folder.path(), &hex(&model.id()), Model::built_in()).unwrap().id(), model.id());
        let other = model_of_then(folder.path(), "0123456789ab", model).unwrap_err().to_string();
        assert!(other.contains("0123456789ab is not kept"), "{other}");
    }
}
