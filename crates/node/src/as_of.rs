//! Opens the lists as they stood at a time: `--as-of`.
//!
//! In come a data folder and a time, out comes a [`Node`] with the versions that were in use then, joined as decided then. Their index is kept in
//! `index/as-of`, a few of them, and made when it is not there; where it cannot be kept, it is made in memory. The model is
//! the one of today: what is asked is how the lists stood, not how they were weighed.

use std::{collections::BTreeMap, fs, path::Path};

use crate::{
    Model,
    error::NodeError,
    folder::{Current, Folder, Lock},
    lists,
    merging::decisions::Decisions,
    node::{Node, Source, build_index_in, in_memory, index_name, open_index},
};

/// Indices of earlier times that are kept.
const KEPT: usize = 4;

impl Node {
    /// Opens a data folder as it was at a time (UTC, as [`crate::versions::moment`] gives it).
    ///
    /// # Errors
    /// When nothing was loaded then, a version of then was swept, or files cannot be read.
    pub fn open_as_of(path: &Path, model: Model, at: &str) -> Result<Node, NodeError> {
        let folder = Folder::new(path.to_owned());
        let current = folder.current()?;
        let then = Current { lists: current.as_of(&folder, at)?, history: Vec::new() };
        let (now, decisions) = (Decisions::read(&folder)?, Decisions::read(&folder)?.as_of(at));
        if then.lists == current.lists && now.verdicts().eq(decisions.verdicts()) {
            return Node::open(&Source::Folder(path.to_owned()), model);
        }
        Node::open_versions(&folder, model, &then, &decisions)
    }

    /// Opens these versions of lists, joined as decided at a time, whether or not they are in use.
    ///
    /// # Errors
    /// When a version was swept, or files cannot be read.
    pub(crate) fn open_then(
        path: &Path,
        model: Model,
        lists: &BTreeMap<String, String>,
        at: &str,
    ) -> Result<Node, NodeError> {
        let folder = Folder::new(path.to_owned());
        let decisions = Decisions::read(&folder)?.as_of(at);
        Node::open_versions(&folder, model, &Current { lists: lists.clone(), history: Vec::new() }, &decisions)
    }

    fn open_versions(folder: &Folder, model: Model, then: &Current, decisions: &Decisions) -> Result<Node, NodeError> {
        for (dataset, version) in &then.lists {
            if !folder.list(dataset, version).join("entities.jsonl").exists() {
                return Err(NodeError::Act(format!(
                    "version {version} of {dataset}, which was in use then, was swept; nothing can be said of that time"
                )));
            }
        }
        let (id, abouts) = (lists::id(folder, then, decisions)?, lists::abouts(folder, then)?);
        let place = folder.root().join("index").join("as-of");
        if let Ok(opened) = open_index(&place, id, &model) {
            return Ok(Node::of(opened, model, abouts, None));
        }
        let name = index_name(id, &model);
        let kept = folder.lock().and_then(|lock| {
            fs::create_dir_all(&place).map_err(NodeError::io(&place))?;
            build_index_in(&place, folder, then, decisions, &model)?;
            sweep(&lock, &place, &name);
            open_index(&place, id, &model)
        });
        match kept {
            Ok(opened) => Ok(Node::of(opened, model, abouts, None)),
            Err(NodeError::Io { .. } | NodeError::Busy(_) | NodeError::Index(_)) => {
                Ok(Node::of(in_memory(folder, then, decisions, &model)?, model, abouts, None))
            }
            Err(other) => Err(other),
        }
    }
}

/// Deletes all indices but those made last.
fn sweep(_lock: &Lock, place: &Path, made: &str) {
    let files = fs::read_dir(place).into_iter().flatten().flatten();
    let mut names: Vec<(std::time::SystemTime, String)> = files
        .filter_map(|file| {
            let name = file.file_name().to_string_lossy().into_owned();
            let stem = name.strip_suffix(".index")?.to_owned();
            Some((file.metadata().and_then(|m| m.modified()).ok()?, stem))
        })
        .filter(|(_, name)| name != made)
        .collect();
    names.sort_by(|a, b| b.cmp(a));
    for (_, name) in names.iter().skip(KEPT - 1) {
        for ending in ["index", "records", "offsets", "merges"] {
            // What cannot be deleted is only disk space.
            let _ = fs::remove_file(place.join(format!("{name}.{ending}")));
        }
    }
}
