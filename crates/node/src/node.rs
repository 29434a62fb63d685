//! A node: lists, their index and the model, ready to answer.
//!
//! [`Node::open`] opens a data folder; if the index is missing, damaged, older than the program or made with another model, it
//! is built anew from the lists in the folder, once. [`Node::from_files`] and [`Node::starter`] make a node in memory that
//! leaves nothing behind.

use std::{
    io::Write,
    path::{Path, PathBuf},
};

use mihenk_entities::Entity;
use mihenk_lists::{Input, Reading, own::Map};
use mihenk_screening::{
    index::{Index, build::build, file, hex},
    model::Model,
    screener::Screener,
};
use rayon::prelude::*;

use crate::{
    error::NodeError,
    folder::{Current, Folder},
    lists::{self, ListAbout},
    records::{Profile, Records, assemble, for_index},
};

/// Where a node takes its lists from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// A data folder.
    Folder(PathBuf),
    /// List files, for this run only.
    Files(Vec<PathBuf>),
}

impl Source {
    /// A path given by a person: a file is a list for this run, everything else a data folder.
    #[must_use]
    pub fn of(path: PathBuf) -> Source {
        if path.is_file() { Source::Files(vec![path]) } else { Source::Folder(path) }
    }
}

/// Lists, their index and the model.
#[derive(Debug)]
pub struct Node {
    index: Index,
    records: Records,
    model: Model,
    lists: Vec<ListAbout>,
    rebuilt: Option<String>,
}

/// What loading lists did.
#[derive(Debug)]
pub struct Added {
    /// The lists, as they are now.
    pub lists: Vec<ListAbout>,
    /// Entities that are screened, of all lists.
    pub entities: usize,
}

impl Node {
    /// Opens a data folder, or reads list files for this run.
    ///
    /// # Errors
    /// When there are no lists, or files cannot be read or written.
    pub fn open(source: &Source, model: Model) -> Result<Node, NodeError> {
        match source {
            Source::Folder(path) => Node::open_folder(&Folder::new(path.clone()), model),
            Source::Files(files) => Node::from_files(files, model),
        }
    }

    fn open_folder(folder: &Folder, model: Model) -> Result<Node, NodeError> {
        let current = folder.current()?;
        let id = lists::id(folder, &current)?;
        match open_index(folder, id, &model) {
            Ok((index, records)) => {
                Ok(Node { index, records, model, lists: lists::abouts(folder, &current)?, rebuilt: None })
            }
            Err(reason) => Node::rebuild(folder, model, reason.to_string()),
        }
    }

    /// Builds the index anew and keeps it; where it cannot be kept, this node has it in memory.
    fn rebuild(folder: &Folder, model: Model, reason: String) -> Result<Node, NodeError> {
        let kept = folder.lock().and_then(|lock| {
            // Somebody else may have loaded lists or built the index while we waited for nothing.
            let current = folder.current()?;
            let id = lists::id(folder, &current)?;
            if let Ok(opened) = open_index(folder, id, &model) {
                return Ok((current, opened));
            }
            build_index(folder, &current, id, &model)?;
            folder.sweep_indices(&lock, &index_name(id, &model));
            Ok((current, open_index(folder, id, &model)?))
        });
        match kept {
            Ok((current, (index, records))) => {
                let lists = lists::abouts(folder, &current)?;
                Ok(Node { index, records, model, lists, rebuilt: Some(reason) })
            }
            Err(why @ (NodeError::Io { .. } | NodeError::Busy(_) | NodeError::Index(_))) => {
                let current = folder.current()?;
                let (profiles, bytes) = assemble_index(folder, &current, lists::id(folder, &current)?, &model)?;
                let index = Index::from_bytes(&bytes)?;
                let lists = lists::abouts(folder, &current)?;
                let rebuilt = Some(format!("{reason}; it is kept in memory for this run only: {why}"));
                Ok(Node { index, records: Records::Memory(profiles), model, lists, rebuilt })
            }
            Err(other) => Err(other),
        }
    }

    /// Loads list files into a data folder and makes its index.
    ///
    /// # Errors
    /// When a file cannot be read as a list or something cannot be written; what was in use stays in use.
    pub fn add_lists(path: &Path, files: &[PathBuf], model: &Model, now: &str) -> Result<Added, NodeError> {
        // Read first: a call with a wrong file leaves nothing behind, not even an empty folder.
        Node::add_readings(path, &mihenk_lists::read_files(files)?, model, now)
    }

    /// Loads a table of the user's own into a data folder, by its map.
    ///
    /// # Errors
    /// As [`Node::add_lists`], and when the map cannot be read or does not fit the table.
    pub fn add_own_list(path: &Path, file: &Path, map: &Map, model: &Model, now: &str) -> Result<Added, NodeError> {
        Node::add_readings(path, &[mihenk_lists::own::read_own(file, map)?], model, now)
    }

    fn add_readings(path: &Path, readings: &[Reading], model: &Model, now: &str) -> Result<Added, NodeError> {
        let folder = Folder::new(path.to_owned());
        let lock = folder.lock()?;
        let (added, next) = lists::store(&folder, &lock, readings, now)?;
        let id = lists::id(&folder, &next)?;
        let entities = build_index(&folder, &next, id, model)?;
        folder.set_current(&lock, &next)?;
        folder.sweep_indices(&lock, &index_name(id, model));
        Ok(Added { lists: added, entities })
    }

    /// Reads list files and keeps everything in memory.
    ///
    /// # Errors
    /// When a file cannot be read as a list.
    pub fn from_files(files: &[PathBuf], model: Model) -> Result<Node, NodeError> {
        Node::from_readings(mihenk_lists::read_files(files)?, model)
    }

    /// Reads lists from memory.
    ///
    /// # Errors
    /// When an input cannot be read as a list.
    pub fn from_inputs(inputs: &[Input], model: Model) -> Result<Node, NodeError> {
        Node::from_readings(mihenk_lists::read_inputs(inputs)?, model)
    }

    fn from_readings(readings: Vec<Reading>, model: Model) -> Result<Node, NodeError> {
        let lists = readings.iter().map(|r| lists::about(r, "in memory", "")).collect();
        let profiles = assemble(readings.into_iter().map(|r| r.entities).collect());
        let index = Index::from_bytes(&build(&entities_for_index(&profiles), &model, [0; 32]))?;
        Ok(Node { index, records: Records::Memory(profiles), model, lists, rebuilt: None })
    }

    /// What screens.
    #[must_use]
    pub fn screener(&self) -> Screener<'_> {
        Screener { index: &self.index, model: &self.model }
    }

    /// The model in use.
    #[must_use]
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// The lists that are loaded.
    #[must_use]
    pub fn lists(&self) -> &[ListAbout] {
        &self.lists
    }

    /// How many entities are screened.
    #[must_use]
    pub fn entity_count(&self) -> usize {
        self.index.entity_count()
    }

    /// Why the index had to be built anew when the folder was opened, if it had to.
    #[must_use]
    pub fn rebuilt(&self) -> Option<&str> {
        self.rebuilt.as_deref()
    }

    /// Everything the lists say of an entity.
    ///
    /// # Errors
    /// When the records cannot be read.
    pub fn profile(&self, entity: u32) -> Result<Profile, NodeError> {
        self.records.get(entity)
    }
}

fn entities_for_index(profiles: &[Profile]) -> Vec<Entity> {
    profiles.par_iter().map(for_index).collect()
}

/// The name of an index's files: the lists, the model and the format.
fn index_name(id: [u8; 32], model: &Model) -> String {
    format!("{}-{}-{}", hex(&id[..8]), hex(&model.id()[..8]), file::FORMAT)
}

fn open_index(folder: &Folder, id: [u8; 32], model: &Model) -> Result<(Index, Records), NodeError> {
    let (place, name) = (folder.root().join("index"), index_name(id, model));
    let path = place.join(format!("{name}.index"));
    if !path.exists() {
        return Err(NodeError::NoIndex);
    }
    let index = Index::open(&path, model.id())?;
    if index.lists_id() != id {
        let what = "it was made from other lists".to_owned();
        return Err(NodeError::Damaged { path, what });
    }
    let records = Records::open(&place, &name)?;
    if records.len() != index.entity_count() {
        let what = format!("{} records for {} entities", records.len(), index.entity_count());
        return Err(NodeError::Damaged { path: place.join(format!("{name}.records")), what });
    }
    Ok((index, records))
}

/// Builds the index of some lists into the folder; gives the number of entities.
fn build_index(folder: &Folder, current: &Current, id: [u8; 32], model: &Model) -> Result<usize, NodeError> {
    let (profiles, bytes) = assemble_index(folder, current, id, model)?;
    let (place, name) = (folder.index_folder()?, index_name(id, model));
    Records::write(&place, &name, &profiles)?;
    file::write(&place.join(format!("{name}.index")), |out| out.write_all(&bytes))?;
    Ok(profiles.len())
}

fn assemble_index(
    folder: &Folder,
    current: &Current,
    id: [u8; 32],
    model: &Model,
) -> Result<(Vec<Profile>, Vec<u8>), NodeError> {
    let profiles = assemble(lists::entities(folder, current)?);
    let bytes = build(&entities_for_index(&profiles), model, id);
    Ok((profiles, bytes))
}
