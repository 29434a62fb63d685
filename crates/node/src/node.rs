//! A node: lists, their index and the model, ready to answer.
//!
//! [`Node::open`] opens a data folder; if the index is missing, damaged, older than the program or made with another model, it
//! is built anew from the lists in the folder, once. [`Node::from_files`] and [`Node::starter`] make a node in memory that
//! leaves nothing behind.

use std::{
    ops::Range,
    path::{Path, PathBuf},
};

use mihenk_entities::Entity;
use mihenk_lists::{Input, Reading, own::Map};
use mihenk_screening::{
    index::{
        Index,
        build::{Addition, IndexBuilder, build},
        file, hex,
    },
    model::Model,
    screener::Screener,
};
use rayon::prelude::*;

use crate::{
    assembly::Assembly,
    error::NodeError,
    folder::{Current, Folder},
    lists::{self, ListAbout},
    records::{self, Profile, Records, RecordsWriter, assemble, for_index},
    swap::swap,
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
        let mut current = folder.current()?;
        loop {
            let reason = match opened(folder, &current, &model) {
                Ok((index, records, lists)) => return Ok(Node { index, records, model, lists, rebuilt: None }),
                Err(reason @ NodeError::NoLists(_)) => return Err(reason),
                Err(reason) => reason.to_string(),
            };
            // Other lists may have been put in use between the two looks, and the index of before deleted.
            let now = folder.current()?;
            if now.lists == current.lists {
                return Node::rebuild(folder, model, reason);
            }
            current = now;
        }
    }

    /// Builds the index anew and keeps it; where it cannot be kept, this node has it in memory.
    fn rebuild(folder: &Folder, model: Model, reason: String) -> Result<Node, NodeError> {
        let kept = folder.lock().and_then(|lock| {
            // Somebody else may have loaded lists or built the index while we waited for nothing.
            let current = folder.current()?;
            let id = lists::id(folder, &current)?;
            if let Ok(opened) = open_index(&index_place(folder), id, &model) {
                return Ok((current, opened));
            }
            build_index(folder, &current, id, &model)?;
            folder.sweep_indices(&lock, &index_name(id, &model));
            Ok((current, open_index(&index_place(folder), id, &model)?))
        });
        match kept {
            Ok((current, (index, records))) => {
                let lists = lists::abouts(folder, &current)?;
                Ok(Node { index, records, model, lists, rebuilt: Some(reason) })
            }
            Err(why @ (NodeError::Io { .. } | NodeError::Busy(_) | NodeError::Index(_))) => {
                let current = folder.current()?;
                let (index, records) = in_memory(folder, &current, lists::id(folder, &current)?, &model)?;
                let lists = lists::abouts(folder, &current)?;
                let rebuilt = Some(format!("{reason}; it is kept in memory for this run only: {why}"));
                Ok(Node { index, records, model, lists, rebuilt })
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
        Node::add_readings(path, mihenk_lists::read_files(files)?, model, now)
    }

    /// Loads a table of the user's own into a data folder, by its map.
    ///
    /// # Errors
    /// As [`Node::add_lists`], and when the map cannot be read or does not fit the table.
    pub fn add_own_list(path: &Path, file: &Path, map: &Map, model: &Model, now: &str) -> Result<Added, NodeError> {
        Node::add_readings(path, vec![mihenk_lists::own::read_own(file, map)?], model, now)
    }

    fn add_readings(path: &Path, readings: Vec<Reading>, model: &Model, now: &str) -> Result<Added, NodeError> {
        let folder = Folder::new(path.to_owned());
        let lock = folder.lock()?;
        swap(&folder, &lock, readings, model, now)
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

    pub(crate) fn from_readings(readings: Vec<Reading>, model: Model) -> Result<Node, NodeError> {
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

    /// The lists whose publisher has an entity no more, and which still have it because a person has to look first.
    #[must_use]
    pub fn removal_waits(&self, id: &str) -> Vec<String> {
        let holds = |list: &&ListAbout| list.held.as_ref().is_some_and(|held| held.has(id));
        self.lists.iter().filter(holds).map(|list| list.dataset.clone()).collect()
    }

    /// A node of an index that was opened elsewhere.
    pub(crate) fn of(
        index: Index,
        records: Records,
        model: Model,
        lists: Vec<ListAbout>,
        rebuilt: Option<String>,
    ) -> Node {
        Node { index, records, model, lists, rebuilt }
    }

    /// Everything the lists say of an entity.
    ///
    /// # Errors
    /// When the records cannot be read.
    pub fn profile(&self, entity: u32) -> Result<Profile, NodeError> {
        self.records.get(entity)
    }
}

type Opened = (Index, Records, Vec<ListAbout>);

fn opened(folder: &Folder, current: &Current, model: &Model) -> Result<Opened, NodeError> {
    let id = lists::id(folder, current)?;
    let (index, records) = open_index(&index_place(folder), id, model)?;
    Ok((index, records, lists::abouts(folder, current)?))
}

fn index_place(folder: &Folder) -> PathBuf {
    folder.root().join("index")
}

fn entities_for_index(profiles: &[Profile]) -> Vec<Entity> {
    profiles.par_iter().map(for_index).collect()
}

/// The name of an index's files: the lists, the model and the format.
pub(crate) fn index_name(id: [u8; 32], model: &Model) -> String {
    format!("{}-{}-{}", hex(&id[..8]), hex(&model.id()[..8]), file::FORMAT)
}

pub(crate) fn open_index(place: &Path, id: [u8; 32], model: &Model) -> Result<(Index, Records), NodeError> {
    let name = index_name(id, model);
    let path = place.join(format!("{name}.index"));
    if !path.exists() {
        return Err(NodeError::NoIndex);
    }
    let index = Index::open(&path, model.id())?;
    if index.lists_id() != id {
        let what = "it was made from other lists".to_owned();
        return Err(NodeError::Damaged { path, what });
    }
    let records = Records::open(place, &name)?;
    if records.len() != index.entity_count() {
        let what = format!("{} records for {} entities", records.len(), index.entity_count());
        return Err(NodeError::Damaged { path: place.join(format!("{name}.records")), what });
    }
    Ok((index, records))
}

/// Builds the index of some lists into the folder; gives the number of entities.
pub(crate) fn build_index(folder: &Folder, current: &Current, id: [u8; 32], model: &Model) -> Result<usize, NodeError> {
    build_index_in(&folder.index_folder()?, folder, current, id, model)
}

/// Builds the index of some lists into a place; gives the number of entities.
pub(crate) fn build_index_in(
    place: &Path,
    folder: &Folder,
    current: &Current,
    id: [u8; 32],
    model: &Model,
) -> Result<usize, NodeError> {
    let assembly = Assembly::plan(folder, current)?;
    let before = before(folder, model);
    let (before_index, before_records) = before.as_ref().map_or((None, None), |(i, r)| (Some(i), Some(r)));
    let name = index_name(id, model);
    let mut builder = IndexBuilder::new(model, before_index);
    let mut records = RecordsWriter::begin(place, &name)?;
    for from in (0..assembly.len()).step_by(PIECE) {
        let piece = from..(from + PIECE).min(assembly.len());
        add_piece(&assembly, piece, &mut builder, before_records, |line| records.add_line(line))?;
    }
    let entities = builder.len();
    records.finish()?;
    file::write(&place.join(format!("{name}.index")), |out| builder.write(id, out))?;
    Ok(entities)
}

/// Entities that are read before their rows are collected.
const PIECE: usize = 8_192;

/// The index that is in use, from which the next one takes over what has not changed.
fn before(folder: &Folder, model: &Model) -> Option<(Index, Records)> {
    let current = folder.current().ok()?;
    let id = lists::id(folder, &current).ok()?;
    // Damage must not be handed on to the next index.
    open_index(&index_place(folder), id, model).ok().filter(|(index, _)| index.check_all().is_ok())
}

/// Adds some entities to an index, and gives the lines of their records.
fn add_piece(
    assembly: &Assembly,
    piece: Range<usize>,
    builder: &mut IndexBuilder,
    before: Option<&Records>,
    mut line: impl FnMut(&[u8]) -> Result<(), NodeError>,
) -> Result<(), NodeError> {
    let contents = assembly.contents(piece.clone())?;
    // A record that was damaged is made again, as if it had changed.
    let kept = contents.par_iter().map(|(id, content)| {
        let number = builder.unchanged(id, *content)?;
        Some((number, before?.line(number).ok()??))
    });
    let kept: Vec<Option<(u32, Vec<u8>)>> = kept.collect();
    let changed: Vec<usize> = piece.clone().filter(|at| kept[at - piece.start].is_none()).collect();
    let profiles = assembly.profiles(&changed)?;
    let made: Vec<(Entity, Vec<u8>)> = profiles.par_iter().map(|p| (for_index(p), records::line(p))).collect();
    let mut made_next = made.iter();
    let mut additions = Vec::with_capacity(kept.len());
    for (kept, (_, content)) in kept.iter().zip(&contents) {
        match kept {
            Some((number, kept)) => {
                additions.push(Addition::Kept(*number, *content));
                line(kept)?;
            }
            None => {
                // There is one for each that is not kept.
                let Some((entity, made)) = made_next.next() else { break };
                additions.push(Addition::Read(entity, *content));
                line(made)?;
            }
        }
    }
    builder.add_each(&additions);
    Ok(())
}

/// The index and the records of some lists, kept in memory.
pub(crate) fn in_memory(
    folder: &Folder,
    current: &Current,
    id: [u8; 32],
    model: &Model,
) -> Result<(Index, Records), NodeError> {
    let assembly = Assembly::plan(folder, current)?;
    let all: Vec<usize> = (0..assembly.len()).collect();
    let profiles = assembly.profiles(&all)?;
    Ok((Index::from_bytes(&build(&entities_for_index(&profiles), model, id))?, Records::Memory(profiles)))
}
