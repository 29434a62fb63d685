//! A node: lists, their index and the model, ready to answer.
//!
//! [`Node::open`] opens a data folder; if the index is missing, damaged, older than the program or made with another model, it
//! is built anew from the lists in the folder, once. [`Node::from_files`] and [`Node::starter`] make a node in memory that
//! leaves nothing behind.

use std::{
    fs,
    ops::Range,
    path::{Path, PathBuf},
    sync::OnceLock,
};

use mihenk_entities::{Entity, Schema};
use mihenk_lists::{Input, Reading, Seen, own::Map};
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
    folder::{Current, Folder, json, write_whole},
    lists::{self, ListAbout},
    merging::{
        decisions::Decisions,
        merges::{Lookup, Merges},
    },
    records::{self, Profile, Records, RecordsWriter, assemble_merged, for_index},
    removals::Held,
    seen::{Said, SeenIn},
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
    merges: MergesAt,
    lookup: OnceLock<Lookup>,
    /// The data folder; none for a node that is in memory.
    folder: Option<Folder>,
    /// Since when lists have whom; read when it is first asked for.
    seen: OnceLock<SeenIn>,
    /// The numbers of all entities in the order of their ids; made when it is first asked for.
    by_id: OnceLock<Vec<u32>>,
}

/// Where it is kept who is one.
#[derive(Debug)]
pub(crate) enum MergesAt {
    /// A file beside the index.
    File(PathBuf),
    /// What was just joined.
    Memory(Merges),
}

/// An index that was made.
pub(crate) struct Built {
    /// Entities that are screened.
    pub(crate) entities: usize,
    /// Who is one.
    pub(crate) merges: Merges,
}

/// What loading lists did.
#[derive(Debug)]
pub struct Added {
    /// The lists, as they are now.
    pub lists: Vec<ListAbout>,
    /// Entities that are screened, of all lists.
    pub entities: usize,
    /// Who of them is several entries, and what is open.
    pub merges: Merges,
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
        let (mut current, mut decisions) = (folder.current()?, Decisions::read(folder)?);
        loop {
            let reason = match opened(folder, &current, &decisions, &model) {
                Ok((opened, lists)) => return Ok(Node::of(opened, model, lists, None).at(folder)),
                Err(reason @ NodeError::NoLists(_)) => return Err(reason),
                Err(reason) => reason.to_string(),
            };
            // Other lists may have been put in use between the two looks, and the index of before deleted.
            let now = (folder.current()?, Decisions::read(folder)?);
            if now.0.lists == current.lists && now.1 == decisions {
                return Node::rebuild(folder, model, reason);
            }
            (current, decisions) = now;
        }
    }

    /// Builds the index anew and keeps it; where it cannot be kept, this node has it in memory.
    fn rebuild(folder: &Folder, model: Model, reason: String) -> Result<Node, NodeError> {
        let kept = folder.lock().and_then(|lock| {
            // Somebody else may have loaded lists or built the index while we waited for nothing.
            let (current, decisions) = (folder.current()?, Decisions::read(folder)?);
            let id = lists::id(folder, &current, &decisions)?;
            if let Ok(opened) = open_index(&index_place(folder), id, &model) {
                return Ok((current, opened));
            }
            build_index(folder, &current, &decisions, &model)?;
            folder.sweep_indices(&lock, &index_name(id, &model));
            Ok((current, open_index(&index_place(folder), id, &model)?))
        });
        match kept {
            Ok((current, opened)) => {
                let lists = lists::abouts(folder, &current)?;
                Ok(Node::of(opened, model, lists, Some(reason)).at(folder))
            }
            Err(why @ (NodeError::Io { .. } | NodeError::Busy(_) | NodeError::Index(_))) => {
                let (current, decisions) = (folder.current()?, Decisions::read(folder)?);
                let opened = in_memory(folder, &current, &decisions, &model)?;
                let lists = lists::abouts(folder, &current)?;
                let rebuilt = Some(format!("{reason}; it is kept in memory for this run only: {why}"));
                Ok(Node::of(opened, model, lists, rebuilt).at(folder))
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
        let seen = SeenIn::of_readings(&readings);
        let entities: Vec<Vec<Entity>> = readings.into_iter().map(|r| r.entities).collect();
        let (profiles, merges) = assemble_merged(&entities, &Decisions::default(), &model);
        let index = Index::from_bytes(&build(&entities_for_index(&profiles), &model, [0; 32]))?;
        let opened = Opened { index, records: Records::Memory(profiles), merges: MergesAt::Memory(merges) };
        Ok(Node { seen: OnceLock::from(seen), ..Node::of(opened, model, lists, None) })
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
        let mut held = self.lists.iter().filter_map(|list| Some((list, list.held.as_ref()?))).peekable();
        if held.peek().is_none() {
            return Vec::new();
        }
        let has = |held: &Held| match self.lookup().of(id) {
            Some(merged) => merged.ids.iter().any(|id| held.has(id)),
            None => held.has(id),
        };
        held.filter(|(_, held)| has(held)).map(|(list, _)| list.dataset.clone()).collect()
    }

    /// Who is one, by any of its ids.
    ///
    /// What cannot be read of it is as if it were not there: hits are shown without the other ids then.
    #[must_use]
    pub fn lookup(&self) -> &Lookup {
        self.lookup.get_or_init(|| match &self.merges {
            MergesAt::File(path) => Lookup::new(read_merges(path).unwrap_or_default()),
            MergesAt::Memory(merges) => Lookup::new(merges.clone()),
        })
    }

    /// The other ids of an entity that is screened under this one.
    #[must_use]
    pub fn referents(&self, id: &str) -> Vec<String> {
        self.lookup().of(id).map_or_else(Vec::new, |merged| merged.ids.iter().filter(|i| *i != id).cloned().collect())
    }

    /// Since when lists have an entity, by all its ids, and when it changed there; what no list of a folder knows is none.
    #[must_use]
    pub fn seen<'i>(&self, ids: impl Iterator<Item = &'i str>) -> Seen {
        self.seen_in().of(ids)
    }

    /// What each list of a folder says of an entity, by all its ids; nothing where that is not kept: of lists in memory, and of those of an earlier program.
    ///
    /// # Errors
    /// When a list cannot be read.
    pub fn said<'i>(&self, ids: impl Iterator<Item = &'i str>) -> Result<Vec<Said>, NodeError> {
        self.seen_in().said(ids)
    }

    fn seen_in(&self) -> &SeenIn {
        let read = |folder: &Folder| SeenIn::of_folder(folder, &self.lists);
        self.seen.get_or_init(|| self.folder.as_ref().map(read).unwrap_or_default())
    }

    /// The number of the entity that is screened under this id.
    #[must_use]
    pub fn number_of(&self, id: &str) -> Option<u32> {
        let id_of = |number: u32| self.index.entity(number).id();
        let by_id = self.by_id.get_or_init(|| {
            let mut numbers: Vec<u32> = (0..self.index.entity_count() as u32).collect();
            numbers.sort_unstable_by_key(|&number| id_of(number));
            numbers
        });
        by_id.binary_search_by_key(&id, |&number| id_of(number)).ok().map(|at| by_id[at])
    }

    /// The id of an entity, its caption and its schema.
    #[must_use]
    pub fn heading(&self, entity: u32) -> (&str, &str, Schema) {
        let view = self.index.entity(entity);
        (view.id(), view.caption(), view.schema())
    }

    /// What stands for everything the lists say of an entity, in a node of a data folder: the same bytes, the same words.
    #[must_use]
    pub fn content(&self, entity: u32) -> [u8; 16] {
        self.index.contents()[entity as usize].0
    }

    /// What tells this node's lists, and what is decided of them, from others; nothing for one that is in memory.
    #[must_use]
    pub fn lists_id(&self) -> [u8; 32] {
        self.index.lists_id()
    }

    /// A node of an index that was opened.
    pub(crate) fn of(opened: Opened, model: Model, lists: Vec<ListAbout>, rebuilt: Option<String>) -> Node {
        let Opened { index, records, merges } = opened;
        let (lookup, seen, by_id) = (OnceLock::new(), OnceLock::new(), OnceLock::new());
        Node { index, records, model, lists, rebuilt, merges, lookup, folder: None, seen, by_id }
    }

    /// The same, of a data folder.
    fn at(self, folder: &Folder) -> Node {
        Node { folder: Some(folder.clone()), ..self }
    }

    /// Everything the lists say of an entity.
    ///
    /// # Errors
    /// When the records cannot be read.
    pub fn profile(&self, entity: u32) -> Result<Profile, NodeError> {
        self.records.get(entity)
    }
}

/// An index with what belongs to it.
pub(crate) struct Opened {
    pub(crate) index: Index,
    pub(crate) records: Records,
    pub(crate) merges: MergesAt,
}

fn opened(
    folder: &Folder,
    current: &Current,
    decisions: &Decisions,
    model: &Model,
) -> Result<(Opened, Vec<ListAbout>), NodeError> {
    let id = lists::id(folder, current, decisions)?;
    Ok((open_index(&index_place(folder), id, model)?, lists::abouts(folder, current)?))
}

/// Who is one, as it is kept beside an index.
pub(crate) fn read_merges(path: &Path) -> Result<Merges, NodeError> {
    let bytes = fs::read(path).map_err(NodeError::io(path))?;
    serde_json::from_slice(&bytes).map_err(|e| NodeError::Damaged { path: path.to_owned(), what: e.to_string() })
}

pub(crate) fn index_place(folder: &Folder) -> PathBuf {
    folder.root().join("index")
}

fn entities_for_index(profiles: &[Profile]) -> Vec<Entity> {
    profiles.par_iter().map(for_index).collect()
}

/// The name of an index's files: the lists, the model and the format.
pub(crate) fn index_name(id: [u8; 32], model: &Model) -> String {
    format!("{}-{}-{}", hex(&id[..8]), hex(&model.id()[..8]), file::FORMAT)
}

pub(crate) fn open_index(place: &Path, id: [u8; 32], model: &Model) -> Result<Opened, NodeError> {
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
    let merges = place.join(format!("{name}.merges"));
    if !merges.exists() {
        return Err(NodeError::Damaged { path: merges, what: "it is missing".to_owned() });
    }
    Ok(Opened { index, records, merges: MergesAt::File(merges) })
}

/// Builds the index of some lists into the folder.
pub(crate) fn build_index(
    folder: &Folder,
    current: &Current,
    decisions: &Decisions,
    model: &Model,
) -> Result<Built, NodeError> {
    build_index_in(&folder.index_folder()?, folder, current, decisions, model)
}

/// Builds the index of some lists into a place.
pub(crate) fn build_index_in(
    place: &Path,
    folder: &Folder,
    current: &Current,
    decisions: &Decisions,
    model: &Model,
) -> Result<Built, NodeError> {
    let id = lists::id(folder, current, decisions)?;
    let assembly = Assembly::plan(folder, current, decisions, model)?;
    let before = before(folder, model);
    let (before_index, before_records) = before.as_ref().map_or((None, None), |b| (Some(&b.index), Some(&b.records)));
    let name = index_name(id, model);
    let mut builder = IndexBuilder::new(model, before_index);
    let mut records = RecordsWriter::begin(place, &name)?;
    for from in (0..assembly.len()).step_by(PIECE) {
        let piece = from..(from + PIECE).min(assembly.len());
        add_piece(&assembly, piece, &mut builder, before_records, |line| records.add_line(line))?;
    }
    let entities = builder.len();
    records.finish()?;
    let merges = assembly.merges().clone();
    write_whole(&place.join(format!("{name}.merges")), &json(&merges))?;
    file::write(&place.join(format!("{name}.index")), |out| builder.write(id, out))?;
    Ok(Built { entities, merges })
}

/// Entities that are read before their rows are collected.
const PIECE: usize = 8_192;

/// The index that is in use, from which the next one takes over what has not changed.
fn before(folder: &Folder, model: &Model) -> Option<Opened> {
    let (current, decisions) = (folder.current().ok()?, Decisions::read(folder).ok()?);
    let id = lists::id(folder, &current, &decisions).ok()?;
    // Damage must not be handed on to the next index.
    open_index(&index_place(folder), id, model).ok().filter(|opened| opened.index.check_all().is_ok())
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
    decisions: &Decisions,
    model: &Model,
) -> Result<Opened, NodeError> {
    let id = lists::id(folder, current, decisions)?;
    let assembly = Assembly::plan(folder, current, decisions, model)?;
    let all: Vec<usize> = (0..assembly.len()).collect();
    let profiles = assembly.profiles(&all)?;
    let index = Index::from_bytes(&build(&entities_for_index(&profiles), model, id))?;
    let merges = MergesAt::Memory(assembly.merges().clone());
    Ok(Opened { index, records: Records::Memory(profiles), merges })
}
