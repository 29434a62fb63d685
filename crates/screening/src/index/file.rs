//! The index file: one header, a table of sections, the sections.
//!
//! ```text
//! 0    8  magic "MIHENKIX"
//! 8    4  format version
//! 12   4  number of sections
//! 16  32  model id (SHA-256)
//! 48  32  lists id (SHA-256)
//! 80   4  CRC-32 of the two tables
//! 84   4  CRC-32 of bytes 0 to 83
//! 88   8  length of the file in bytes
//! 96   8  the way names are read, see mihenk_entities::reading
//! 104  8  where the sections begin; then (offset u64, length u64) of each
//!         checksums: CRC-32 of each block of 256 KiB of what follows
//!         the sections' bytes, each section aligned to 64
//! ```
//!
//! All numbers are little-endian. A file that is cut, altered, of another format or made with another model is refused with a
//! reason, and built anew. Up to 32 MiB every byte is checked when it is opened; of a larger file the tables and blocks spread
//! over the whole, and the rest by [`File::check_all`].

use std::{
    io::{self, BufWriter, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
};

use rayon::prelude::*;
use zerocopy::{FromBytes, Immutable, KnownLayout};

use super::map::Map;

/// The version of the format; any change of a row raises it.
pub const FORMAT: u32 = 11;
const MAGIC: &[u8; 8] = b"MIHENKIX";
/// Where the two tables begin, of which the first tells where they end.
const TABLES: usize = 104;
const ROWS: usize = TABLES + 8;

/// Why an index file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum IndexError {
    /// The file could not be read or written.
    #[error("index {path}: {source}")]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Not an index at all.
    #[error("{0} is not a Mihenk index")]
    NotAnIndex(PathBuf),
    /// Another format version.
    #[error("index {path} has format {found}, this program reads {FORMAT}; it must be built anew")]
    Format {
        /// The file.
        path: PathBuf,
        /// Its version.
        found: u32,
    },
    /// Bytes are missing or altered.
    #[error("index {path} is damaged ({what}); it must be built anew")]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What does not fit.
        what: String,
    },
    /// Made by a program that reads names in another way.
    #[error("index {0} was made with other word lists than this program has; it must be built anew")]
    Reading(PathBuf),
    /// Made with another model.
    #[error("index {path} was made with model {found}, this program uses {expected}; it must be built anew")]
    Model {
        /// The file.
        path: PathBuf,
        /// The model it was made with.
        found: String,
        /// The model in use.
        expected: String,
    },
}

/// Writes sections as an index file, from where `out` stands, which must be its beginning.
///
/// # Errors
/// What `out` says.
pub fn write_sections(
    out: &mut (impl Write + Seek),
    sections: &[&[u8]],
    model_id: [u8; 32],
    lists_id: [u8; 32],
) -> io::Result<()> {
    let length: u64 = sections.iter().fold(0, |at: u64, s| at.next_multiple_of(ALIGNMENT) + s.len() as u64);
    let body = body_start(sections.len(), length.div_ceil(BLOCK as u64));
    let mut tables = body.to_le_bytes().to_vec();
    let mut start = 0;
    for section in sections {
        start = u64::next_multiple_of(start, ALIGNMENT);
        tables.extend_from_slice(&(body + start).to_le_bytes());
        tables.extend_from_slice(&(section.len() as u64).to_le_bytes());
        start += section.len() as u64;
    }
    out.write_all(&vec![0; body as usize])?;
    let mut blocks = Blocks { out, at: 0, block: crc32fast::Hasher::new(), sums: Vec::new() };
    for section in sections {
        let gap = (blocks.at.next_multiple_of(ALIGNMENT) - blocks.at) as usize;
        blocks.write(&[0; ALIGNMENT as usize][..gap])?;
        blocks.write(section)?;
    }
    tables.extend_from_slice(&blocks.finish());
    tables.resize(body as usize - TABLES, 0);
    let mut head = Vec::with_capacity(TABLES);
    head.extend_from_slice(MAGIC);
    head.extend_from_slice(&FORMAT.to_le_bytes());
    head.extend_from_slice(&(sections.len() as u32).to_le_bytes());
    head.extend_from_slice(&model_id);
    head.extend_from_slice(&lists_id);
    head.extend_from_slice(&crc32fast::hash(&tables).to_le_bytes());
    head.extend_from_slice(&crc32fast::hash(&head).to_le_bytes());
    head.extend_from_slice(&(body + length).to_le_bytes());
    head.extend_from_slice(&mihenk_entities::reading().to_le_bytes());
    out.seek(SeekFrom::Start(0))?;
    out.write_all(&head)?;
    out.write_all(&tables)
}

/// Sections begin at multiples of this.
const ALIGNMENT: u64 = 64;
/// Bytes of the body that have a checksum of their own.
const BLOCK: usize = 256 << 10;
/// Blocks that are checked when a file is opened.
const CHECKED_MAX: usize = 128;

/// Where the sections begin.
fn body_start(sections: usize, blocks: u64) -> u64 {
    ((ROWS + sections * 16) as u64 + blocks * 4).next_multiple_of(ALIGNMENT)
}

/// The body on its way out, with a checksum for each block.
struct Blocks<'a, W> {
    out: &'a mut W,
    at: u64,
    block: crc32fast::Hasher,
    sums: Vec<u8>,
}

impl<W: Write> Blocks<'_, W> {
    fn write(&mut self, mut bytes: &[u8]) -> io::Result<()> {
        while !bytes.is_empty() {
            let room = BLOCK - (self.at % BLOCK as u64) as usize;
            let (now, later) = bytes.split_at(room.min(bytes.len()));
            self.block.update(now);
            self.out.write_all(now)?;
            self.at += now.len() as u64;
            if self.at.is_multiple_of(BLOCK as u64) {
                self.end_block();
            }
            bytes = later;
        }
        Ok(())
    }

    fn end_block(&mut self) {
        let block = std::mem::replace(&mut self.block, crc32fast::Hasher::new());
        self.sums.extend_from_slice(&block.finalize().to_le_bytes());
    }

    /// The checksums of all blocks.
    fn finish(mut self) -> Vec<u8> {
        if !self.at.is_multiple_of(BLOCK as u64) {
            self.end_block();
        }
        self.sums
    }
}

/// Writes a file beside its final place and moves it there, so that a reader sees the old file or the new one.
///
/// # Errors
/// [`IndexError::Io`] with the path.
pub fn write(
    path: &Path,
    content: impl FnOnce(&mut BufWriter<std::fs::File>) -> io::Result<()>,
) -> Result<(), IndexError> {
    let io = |source| IndexError::Io { path: path.to_owned(), source };
    let beside = path.with_extension("new");
    let mut file = BufWriter::with_capacity(1 << 20, std::fs::File::create(&beside).map_err(io)?);
    content(&mut file).and_then(|()| file.flush()).map_err(io)?;
    file.get_ref().sync_all().map_err(io)?;
    std::fs::rename(&beside, path).map_err(io)
}

/// An index file that was checked.
#[derive(Debug)]
pub struct File {
    map: Map,
    sections: Vec<(usize, usize)>,
    /// Where the checksums of the blocks are.
    sums: usize,
    /// Where the blocks begin.
    body: usize,
    /// The model it was made with.
    pub model_id: [u8; 32],
    /// The lists it was made from.
    pub lists_id: [u8; 32],
    /// The checksum of the tables, and so of the checksums of everything.
    pub checksum: u32,
}

impl File {
    /// Opens and checks a file.
    ///
    /// # Errors
    /// [`IndexError`] says what is wrong with it.
    pub fn open(path: &Path) -> Result<File, IndexError> {
        let map = Map::open(path).map_err(|source| IndexError::Io { path: path.to_owned(), source })?;
        File::check(map, path)
    }

    /// Takes the bytes of a file that was just built.
    ///
    /// # Errors
    /// As [`File::open`].
    pub fn from_bytes(bytes: &[u8]) -> Result<File, IndexError> {
        File::check(Map::from_bytes(bytes), Path::new("(in memory)"))
    }

    fn check(map: Map, path: &Path) -> Result<File, IndexError> {
        let damaged = |what: &str| IndexError::Damaged { path: path.to_owned(), what: what.to_owned() };
        let bytes = map.bytes();
        if bytes.len() < TABLES || !bytes.starts_with(MAGIC) {
            return Err(IndexError::NotAnIndex(path.to_owned()));
        }
        let found = u32_at(bytes, 8);
        if found != FORMAT {
            return Err(IndexError::Format { path: path.to_owned(), found });
        }
        if u64_at(bytes, 96) != mihenk_entities::reading() {
            return Err(IndexError::Reading(path.to_owned()));
        }
        if crc32fast::hash(&bytes[..84]) != u32_at(bytes, 84) {
            return Err(damaged("its header is altered"));
        }
        if u64_at(bytes, 88) != bytes.len() as u64 {
            return Err(damaged(&format!("it should have {} bytes and has {}", u64_at(bytes, 88), bytes.len())));
        }
        if bytes.len() < ROWS {
            return Err(damaged("it has no tables"));
        }
        let count = u32_at(bytes, 12) as usize;
        let (sums, body) = (ROWS.saturating_add(count.saturating_mul(16)), u64_at(bytes, TABLES) as usize);
        let blocks = bytes.len().saturating_sub(body).div_ceil(BLOCK);
        if sums > body || body > bytes.len() || (body - sums) / 4 < blocks {
            return Err(damaged("its tables do not fit"));
        }
        if crc32fast::hash(&bytes[TABLES..body]) != u32_at(bytes, 80) {
            return Err(damaged("its tables are altered"));
        }
        let mut sections = Vec::with_capacity(count);
        for i in 0..count {
            let row = ROWS + i * 16;
            let (start, len) = (u64_at(bytes, row) as usize, u64_at(bytes, row + 8) as usize);
            if start.checked_add(len).is_none_or(|end| end > bytes.len()) {
                return Err(damaged("a section lies outside of it"));
            }
            sections.push((start, len));
        }
        let mut ids = [[0; 32]; 2];
        ids[0].copy_from_slice(&bytes[16..48]);
        ids[1].copy_from_slice(&bytes[48..80]);
        let checksum = u32_at(map.bytes(), 80);
        let file = File { map, sections, sums, body, model_id: ids[0], lists_id: ids[1], checksum };
        let blocks = file.blocks();
        let step = blocks.div_ceil(CHECKED_MAX).max(1);
        match (0..blocks).step_by(step).chain(blocks.checked_sub(1)).find(|&block| !file.is_whole(block)) {
            Some(block) => Err(damaged(&file.wrong_at(block))),
            None => Ok(file),
        }
    }

    /// Checks every block.
    ///
    /// # Errors
    /// In words.
    pub fn check_all(&self) -> Result<(), String> {
        match (0..self.blocks()).into_par_iter().find_first(|&block| !self.is_whole(block)) {
            Some(block) => Err(self.wrong_at(block)),
            None => Ok(()),
        }
    }

    fn blocks(&self) -> usize {
        self.len().saturating_sub(self.body).div_ceil(BLOCK)
    }

    fn is_whole(&self, block: usize) -> bool {
        let (bytes, start) = (self.map.bytes(), self.body + block * BLOCK);
        let content = &bytes[start..(start + BLOCK).min(bytes.len())];
        crc32fast::hash(content) == u32_at(bytes, self.sums + block * 4)
    }

    fn wrong_at(&self, block: usize) -> String {
        format!("the checksum of the block at byte {} is wrong", self.body + block * BLOCK)
    }

    /// A section as rows; empty if the file has no such section or its length does not fit.
    #[must_use]
    pub fn rows<T: FromBytes + Immutable + KnownLayout>(&self, section: usize) -> &[T] {
        let Some(&(start, len)) = self.sections.get(section) else { return &[] };
        <[T]>::ref_from_bytes(&self.map.bytes()[start..start + len]).unwrap_or(&[])
    }

    /// A section as it is.
    #[must_use]
    pub fn bytes(&self, section: usize) -> &[u8] {
        self.sections.get(section).map_or(&[], |&(start, len)| &self.map.bytes()[start..start + len])
    }

    /// The whole file's size in bytes.
    #[must_use]
    pub fn len(&self) -> usize {
        self.map.bytes().len()
    }

    /// Whether the file has no bytes; it always has a header.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    let mut out = [0; 4];
    out.copy_from_slice(&bytes[at..at + 4]);
    u32::from_le_bytes(out)
}

fn u64_at(bytes: &[u8], at: usize) -> u64 {
    let mut out = [0; 8];
    out.copy_from_slice(&bytes[at..at + 8]);
    u64::from_le_bytes(out)
}
