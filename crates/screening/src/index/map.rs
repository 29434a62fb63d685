//! The bytes of an index, memory-mapped or on the heap: the one place of this crate with `unsafe`.
//!
//! A mapping shares its pages with every process that opened the same file, and opening it reads nothing. The price is that
//! a file that another program alters in place changes under our feet. Mihenk never does that: an index is written beside
//! its place and renamed over it ([`super::file::write`]), so a mapped file is never written to again.

use std::{fs, io, path::Path};

/// Bytes that stay where they are, aligned to at least eight; rows want no more, a line of the cache is a matter of speed.
#[derive(Debug)]
pub(super) enum Map {
    /// A mapped file.
    File(memmap2::Mmap),
    /// Bytes on the heap, in units of eight for the sake of their alignment.
    Heap {
        /// The bytes, padded with zeros.
        words: Vec<u64>,
        /// How many bytes count.
        len: usize,
    },
}

impl Map {
    /// Maps a file.
    #[allow(unsafe_code)]
    pub(super) fn open(path: &Path) -> io::Result<Map> {
        let file = fs::File::open(path)?;
        // SAFETY: the mapping is read-only, and index files are replaced by rename, never written in place; see above. A
        // checksum over the whole file is verified before any byte is interpreted, and every offset is bounds-checked.
        let map = unsafe { memmap2::Mmap::map(&file)? };
        Ok(Map::File(map))
    }

    /// Takes bytes that were just built.
    pub(super) fn from_bytes(bytes: &[u8]) -> Map {
        let len = bytes.len();
        let words = bytes
            .chunks(8)
            .map(|chunk| {
                let mut word = [0; 8];
                word[..chunk.len()].copy_from_slice(chunk);
                u64::from_ne_bytes(word)
            })
            .collect();
        Map::Heap { words, len }
    }

    /// The bytes.
    pub(super) fn bytes(&self) -> &[u8] {
        match self {
            Map::File(map) => map,
            Map::Heap { words, len } => &zerocopy::IntoBytes::as_bytes(words.as_slice())[..*len],
        }
    }
}
