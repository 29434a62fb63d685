//! What the lists were made from when customers were last held against them, to know what has changed since.
//!
//! In comes an index, out goes a file beside the lists with two hashes for each entity: of its id and of all that the lists
//! say of it. Held against the next index it tells who was added, changed or removed, without the lists of before. Two
//! stores whose customers were held against the same lists share the file; one that is missing only means that everything
//! counts as changed.

use std::{
    fs,
    path::{Path, PathBuf},
};

use mihenk_ledger::customers::Against;
use mihenk_screening::index::{Index, rows::ContentRow};
use rayon::prelude::*;
use rustc_hash::FxHashSet;
use sha2::{Digest, Sha256};

use crate::{error::NodeError, folder::write_whole};

/// Bytes of an entity: its id hashed, and what it was made from.
const ENTRY: usize = 32;
/// Files that are kept.
const KEPT: usize = 3;

/// Half a hash of an id.
pub(super) type IdHash = [u8; 16];

/// Two hashes for each entity, sorted.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Stood(Vec<[u8; ENTRY]>);

/// What is otherwise than before.
#[derive(Debug)]
pub(super) struct Changes {
    /// The ids of all who were added, changed or removed, hashed.
    pub(super) ids: FxHashSet<IdHash>,
    /// The numbers of those who are there, in the index of now.
    pub(super) present: Vec<u32>,
    /// How the lists stand now.
    pub(super) now: Stood,
}

pub(super) fn id_hash(id: &str) -> IdHash {
    ContentRow::of(Sha256::new().chain_update(id)).0
}

impl Stood {
    /// Of an index.
    pub(super) fn of(index: &Index) -> Stood {
        Stood::sorted(entries(index))
    }

    fn sorted(mut entries: Vec<[u8; ENTRY]>) -> Stood {
        entries.par_sort_unstable();
        Stood(entries)
    }

    /// As it was written for these lists; `None` when it is not there or damaged.
    pub(super) fn read(folder: &Path, against: &Against) -> Option<Stood> {
        let bytes = fs::read(place(folder, against)).ok()?;
        let (content, sum) = bytes.split_at_checked(bytes.len().checked_sub(4)?)?;
        let is_whole = crc32fast::hash(content).to_le_bytes() == *sum && content.len().is_multiple_of(ENTRY);
        is_whole.then(|| Stood(content.as_chunks::<ENTRY>().0.to_vec()))
    }

    /// Writes it for these lists, and lets go of files that nobody needs any more.
    pub(super) fn write(&self, folder: &Path, against: &Against) -> Result<(), NodeError> {
        let path = place(folder, against);
        let mut bytes = self.0.concat();
        bytes.extend(crc32fast::hash(&bytes).to_le_bytes());
        write_whole(&path, &bytes)?;
        sweep(&path);
        Ok(())
    }

    /// What an index has otherwise.
    pub(super) fn changes(&self, index: &Index) -> Changes {
        let entries = entries(index);
        let is_new = |number: &u32| self.0.binary_search(&entries[*number as usize]).is_err();
        let present: Vec<u32> = (0..index.entity_count() as u32).into_par_iter().filter(is_new).collect();
        let new: Vec<IdHash> = present.iter().map(|&number| id_of(&entries[number as usize])).collect();
        let now = Stood::sorted(entries);
        let is_gone = |entry: &&[u8; ENTRY]| now.0.binary_search(*entry).is_err();
        let gone: Vec<IdHash> = self.0.par_iter().filter(is_gone).map(id_of).collect();
        Changes { ids: new.into_iter().chain(gone).collect(), present, now }
    }
}

/// The hashes of each entity, by number.
fn entries(index: &Index) -> Vec<[u8; ENTRY]> {
    (0..index.entity_count() as u32).into_par_iter().map(|number| entry(index, number)).collect()
}

fn entry(index: &Index, number: u32) -> [u8; ENTRY] {
    let mut entry = [0; ENTRY];
    entry[..16].copy_from_slice(&id_hash(index.entity(number).id()));
    entry[16..].copy_from_slice(&index.contents()[number as usize].0);
    entry
}

fn id_of(entry: &[u8; ENTRY]) -> IdHash {
    let mut id = [0; 16];
    id.copy_from_slice(&entry[..16]);
    id
}

fn place(folder: &Path, against: &Against) -> PathBuf {
    let short = |id: &str| id.chars().take(16).collect::<String>();
    let name = format!("{}-{}.entities", short(&against.lists_id), short(&against.model));
    folder.join("portfolio").join(name)
}

/// Deletes all but those that were written last.
fn sweep(written: &Path) {
    let files = written.parent().and_then(|folder| fs::read_dir(folder).ok()).into_iter().flatten().flatten();
    let mut others: Vec<(std::time::SystemTime, PathBuf)> = files
        .map(|file| (file.metadata().and_then(|about| about.modified()), file.path()))
        .filter(|(_, path)| path != written && path.extension().is_some_and(|ending| ending == "entities"))
        .filter_map(|(modified, path)| Some((modified.ok()?, path)))
        .collect();
    others.sort_by(|a, b| b.cmp(a));
    for (_, path) in others.iter().skip(KEPT - 1) {
        // What cannot be deleted is only disk space.
        let _ = fs::remove_file(path);
    }
}
