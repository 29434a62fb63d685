//! Customers by the words and numbers of their names: who could be concerned by a listed entity.
//!
//! In come the store's customers, out comes an index of them, made as one of listed entities is made and kept in a file beside the
//! lists ([`mihenk_screening::concerned`] asks it). It holds the customers as they were when the event in its heading was the last
//! one; who was changed since is looked at one by one, until there are so many that it is made anew. Made from the store
//! alone: deleting it costs time and nothing else.

use std::path::{Path, PathBuf};

use mihenk_entities::Entity;
use mihenk_ledger::customers::{self, Customer};
use mihenk_screening::{
    concerned::concerned,
    index::{Index, build::IndexBuilder, file, hex},
    model::{Model, calibration::Score},
    record::Record,
};
use rayon::prelude::*;

use super::found::entity_of;
use crate::{desk::Desk, error::NodeError, pool::Pool};

/// How the names of indices end; what is being written has more behind it.
const ENDING: &str = ".customers";
/// Customers that are read before they are added.
const PIECE: usize = 8_192;

/// An index of customers.
pub(super) struct Watched {
    index: Option<Index>,
    /// The last event whose customers it holds.
    pub(super) through: i64,
}

impl Watched {
    /// The index as it is; made anew when more than `loose` customers are not in it. Tells `progress` how many it has read.
    pub(super) fn open(
        desk: &Desk,
        folder: &Path,
        model: &Model,
        loose: i64,
        progress: &mut dyn FnMut(usize),
    ) -> Result<Watched, NodeError> {
        let path = place(desk, folder, model);
        let before = Index::open(&path, model.id()).ok();
        let through = before.as_ref().map_or(Ok(0), |index| through(desk, index))?;
        let before = before.filter(|_| through > 0);
        let (changed, _) = desk.read(|reading| customers::changed_after(reading, through))?;
        if changed <= loose {
            return Ok(Watched { index: before, through });
        }
        let through = make(desk, &path, model, before.as_ref(), progress)?;
        Ok(Watched { index: Some(Index::open(&path, model.id())?), through })
    }

    /// The numbers of the customers in it whom one of these listed entities may concern.
    pub(super) fn concerned_by(&self, listed: &[Entity], model: &Model, cutoff: Score) -> Vec<i64> {
        let Some(index) = &self.index else { return Vec::new() };
        let pool = Pool::default();
        let of_one = |entity: &Entity| {
            let found = concerned(index, model, &Record::of(entity), cutoff, &mut pool.take());
            found.into_iter().filter_map(|party| number_in(index.entity(party).id())).collect::<Vec<i64>>()
        };
        let mut numbers: Vec<i64> = listed.par_iter().flat_map_iter(of_one).collect();
        numbers.sort_unstable();
        numbers.dedup();
        numbers
    }
}

fn place(desk: &Desk, folder: &Path, model: &Model) -> PathBuf {
    let name = format!("{}{}-{}{ENDING}", beginning(desk), hex(&model.id()[..8]), file::FORMAT);
    folder.join("portfolio").join(name)
}

/// How the names of this store's indices begin.
fn beginning(desk: &Desk) -> String {
    format!("{}-", desk.store().place().fingerprint())
}

/// Deletes this store's indices of customers, of whatever model and format: before customers are erased, so that none outlives them there. Whoever
/// has left is in no index that is made after that.
///
/// # Errors
/// When one is there and cannot be deleted.
pub(crate) fn forget(desk: &Desk, folder: &Path) -> Result<(), NodeError> {
    let (beginning, folder) = (beginning(desk), folder.join("portfolio"));
    let Ok(entries) = std::fs::read_dir(&folder) else { return Ok(()) };
    for entry in entries {
        let path = entry.map_err(NodeError::io(&folder))?.path();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if name.starts_with(&beginning) && name.contains(ENDING) {
            std::fs::remove_file(&path).map_err(NodeError::io(&path))?;
        }
    }
    Ok(())
}

/// The heading of the file: the last event, and the beginning of its hash, which no other store has.
fn heading(seq: i64, hash: &[u8]) -> [u8; 32] {
    let mut heading = [0; 32];
    heading[..8].copy_from_slice(&seq.to_le_bytes());
    heading[8..].iter_mut().zip(hash).for_each(|(to, from)| *to = *from);
    heading
}

/// The last event whose customers the index holds; 0 when it is of another store.
fn through(desk: &Desk, index: &Index) -> Result<i64, NodeError> {
    let found = index.lists_id();
    let (seq, _) = found.split_at(8);
    let seq = i64::from_le_bytes(seq.try_into().unwrap_or_default());
    let hash = desk.read(|reading| customers::event_hash(reading, seq))?;
    Ok(if hash.is_some_and(|hash| heading(seq, &hash) == found) { seq } else { 0 })
}

/// Makes the file anew; what has not changed is taken over from the one before.
fn make(
    desk: &Desk,
    path: &Path,
    model: &Model,
    before: Option<&Index>,
    progress: &mut dyn FnMut(usize),
) -> Result<i64, NodeError> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(NodeError::io(folder))?;
    }
    let mut builder = IndexBuilder::new(model, before);
    let (mut piece, mut read) = (Vec::with_capacity(PIECE), 0);
    let (last, hash) = desk.read(|reading| {
        let (_, last) = customers::changed_after(reading, 0)?;
        let hash = customers::event_hash(reading, last)?.unwrap_or_default();
        customers::each_changed_after(reading, 0, &mut |customer| {
            piece.push(customer);
            if piece.len() == PIECE {
                read += piece.len();
                add(&mut builder, &mut piece);
                progress(read);
            }
            Ok(())
        })?;
        Ok((last, hash))
    })?;
    add(&mut builder, &mut piece);
    file::write(path, |out| builder.write(heading(last, &hash), out))?;
    Ok(last)
}

fn add(builder: &mut IndexBuilder, piece: &mut Vec<Customer>) {
    let entities = |customer: &Customer| {
        let parties = customer.contents.parties.iter().enumerate();
        let of = |(at, party)| entity_of(&format!("{}/{at}", customer.id), party);
        parties.filter_map(of).collect::<Vec<Entity>>()
    };
    let entities: Vec<Entity> = piece.par_iter().flat_map_iter(entities).collect();
    builder.add(&entities);
    piece.clear();
}

/// The number of the customer in the id of a party.
fn number_in(id: &str) -> Option<i64> {
    id.split('/').next()?.rsplit('-').next()?.parse().ok()
}
