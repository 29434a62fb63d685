//! What events rest on is kept: versions of lists, and models.
//!
//! In come the versions and the model that an answer was made with, before its event is committed; out comes a data folder in
//! which `references` names the versions, so that they are never swept ([`crate::keep`]), and `models/ID.model` holds the
//! model. If the event is not committed after all, something is kept that nobody needs, and nothing is missing.

use std::{collections::BTreeSet, fs, io, path::Path};

use mihenk_screening::model::Model;

use crate::{
    error::NodeError,
    folder::{Folder, write_whole},
    model,
};

/// Keeps versions and a model for events that rest on them.
///
/// # Errors
/// When the data folder is being changed by another process, or cannot be written.
pub fn keep(root: &Path, versions: &BTreeSet<String>, model: &Model) -> Result<(), NodeError> {
    let folder = Folder::new(root.to_owned());
    let path = root.join("references");
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
        Err(source) => return Err(NodeError::Io { path, source }),
    };
    let known: BTreeSet<&str> = text.lines().filter_map(|line| line.split_whitespace().next()).collect();
    if versions.iter().any(|version| !known.contains(version.as_str())) {
        let _lock = folder.lock()?;
        let mut all: BTreeSet<&str> = known;
        all.extend(versions.iter().map(String::as_str));
        let lines: String = all.iter().flat_map(|version| [*version, "\n"]).collect();
        write_whole(&path, lines.as_bytes())?;
    }
    let file = root.join("models").join(format!("{}.model", model.short_id()));
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
    if now.short_id() == id {
        return Ok(now);
    }
    let path = root.join("models").join(format!("{id}.model"));
    if !path.exists() {
        return Err(NodeError::Act(format!(
            "the model {id} is not kept in {}; this one is {}, and another model would give another answer",
            path.display(),
            now.short_id()
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
        let of = |versions: &[&str]| versions.iter().map(ToString::to_string).collect::<BTreeSet<_>>();
        keep(folder.path(), &of(&["b2", "a1"]), &model).unwrap();
        keep(folder.path(), &of(&["a1", "c3"]), &model).unwrap();
        assert_eq!(fs::read_to_string(folder.path().join("references")).unwrap(), "a1\nb2\nc3\n");
        let kept =
            model::open(Some(&folder.path().join("models").join(format!("{}.model", model.short_id())))).unwrap();
        assert_eq!(kept.id(), model.id());
        assert_eq!(model_of_then(folder.path(), &model.short_id(), Model::built_in()).unwrap().id(), model.id());
        let other = model_of_then(folder.path(), "0123456789ab", model).unwrap_err().to_string();
        assert!(other.contains("0123456789ab is not kept"), "{other}");
    }
}
