//! What is packed, and how far it may unpack.
//!
//! A small file can be made that unpacks to more than any disk holds. [`Unpacked`] reads gzip (RFC 1952, also several members
//! one behind the other) and ends with an error when more comes out than a table can pack into so little; [`check_zip`] tries
//! the entries of a ZIP file, what an XLSX is, before anything else reads them, since what they say of their length need not
//! be true.

use std::{
    io::{self, Read, Seek},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use flate2::read::MultiGzDecoder;
use mihenk_said::Said;

use crate::sayings;

/// So much may come out, whatever went in.
const ALWAYS: u64 = 64 << 20;
/// Beyond that, so many bytes for each that went in. Tables of people are packed to a tenth, of numbers to a fiftieth; the
/// format itself ends near a thousand.
const TIMES: u64 = 200;
/// So much may come out of one XLSX at most.
const ZIP_MAX: u64 = 4 << 30;
/// So much of it may be the texts that cells share, which are held in memory.
const ZIP_SHARED_MAX: u64 = 512 << 20;

/// A reader that counts what it gives.
#[derive(Debug)]
pub(crate) struct Counted<R> {
    input: R,
    bytes: Arc<AtomicU64>,
}

impl<R> Counted<R> {
    pub(crate) fn new(input: R) -> (Counted<R>, Arc<AtomicU64>) {
        let bytes = Arc::new(AtomicU64::new(0));
        (Counted { input, bytes: Arc::clone(&bytes) }, bytes)
    }
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.input.read(buffer)?;
        self.bytes.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

impl<R: Seek> Seek for Counted<R> {
    fn seek(&mut self, to: io::SeekFrom) -> io::Result<u64> {
        self.input.seek(to)
    }
}

/// What a gzip file holds.
#[derive(Debug)]
pub(crate) struct Unpacked<R> {
    decoder: MultiGzDecoder<R>,
    packed: Arc<AtomicU64>,
    out: u64,
}

impl<R: Read> Unpacked<R> {
    /// `packed` counts what is read of `input`.
    pub(crate) fn new(input: R, packed: Arc<AtomicU64>) -> Unpacked<R> {
        Unpacked { decoder: MultiGzDecoder::new(input), packed, out: 0 }
    }
}

impl<R: Read> Read for Unpacked<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.decoder.read(buffer).map_err(|e| match e.kind() {
            io::ErrorKind::UnexpectedEof => io::Error::new(e.kind(), sayings::gzip_cut()),
            _ => io::Error::new(e.kind(), sayings::gzip_damaged(e.to_string())),
        })?;
        self.out += read as u64;
        let packed = self.packed.load(Ordering::Relaxed);
        if self.out > ALWAYS.max(packed.saturating_mul(TIMES)) {
            return Err(io::Error::other(too_much(self.out, packed)));
        }
        Ok(read)
    }
}

fn too_much(out: u64, packed: u64) -> Said {
    sayings::unpacks_to_too_much(packed, out)
}

/// Unpacks a ZIP file to nowhere, so that nothing else has to fear it.
pub(crate) fn check_zip<R: Read + Seek>(input: R, packed: u64) -> Result<(), Said> {
    let broken = |e: &dyn std::fmt::Display| sayings::zip_broken(e.to_string());
    let mut archive = zip::ZipArchive::new(input).map_err(|e| broken(&e))?;
    let limit = ALWAYS.max(packed.saturating_mul(TIMES)).min(ZIP_MAX);
    let mut out = 0;
    for i in 0..archive.len() {
        let mut entry = archive.by_index(i).map_err(|e| broken(&e))?;
        let is_sheet = entry.name().is_ok_and(|name| name.contains("worksheets/"));
        let left = if is_sheet { limit - out } else { (limit - out).min(ZIP_SHARED_MAX) };
        let read = io::copy(&mut entry.by_ref().take(left + 1), &mut io::sink()).map_err(|e| broken(&e))?;
        if read > left {
            return Err(too_much(out + read, packed));
        }
        out += read;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};

    use flate2::{Compression, write::GzEncoder};

    use super::*;

    fn unpacked(bytes: &[u8]) -> io::Result<u64> {
        let (input, count) = Counted::new(bytes);
        io::copy(&mut Unpacked::new(input, count), &mut io::sink())
    }

    fn packed(text: &[u8], times: usize) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        (0..times).for_each(|_| encoder.write_all(text).unwrap());
        encoder.finish().unwrap()
    }

    #[test]
    fn members_behind_one_another_are_one_file() {
        let both = [packed(b"ab", 2), packed(b"c", 1)].concat();
        let (input, count) = Counted::new(&both[..]);
        let mut out = String::new();
        Unpacked::new(input, count).read_to_string(&mut out).unwrap();
        assert_eq!(out, "ababc");
    }

    #[test]
    fn a_bomb_is_refused_and_a_file_that_is_cut_says_so() {
        let bomb = packed(&[b'x'; 1 << 20], 1_000);
        assert!(bomb.len() < 2 << 20);
        assert!(unpacked(&bomb).unwrap_err().to_string().contains("which no table does"));
        let table = packed(&[b'x'; 1 << 20], 32);
        assert_eq!(unpacked(&table).unwrap(), 32 << 20, "what is small may pack well");
        assert!(unpacked(&table[..table.len() / 2]).unwrap_err().to_string().contains("is cut"));
    }

    #[test]
    fn a_zip_bomb_is_refused_whatever_it_says_of_itself() {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        writer.start_file("xl/worksheets/sheet1.xml", zip::write::SimpleFileOptions::default()).unwrap();
        (0..200).for_each(|_| writer.write_all(&[b' '; 1 << 20]).unwrap());
        let bomb = writer.finish().unwrap().into_inner();
        let length = bomb.len() as u64;
        assert!(length < 1 << 20);
        assert!(check_zip(Cursor::new(&bomb), length).unwrap_err().as_str().contains("which no table does"));
        assert!(
            check_zip(Cursor::new(&bomb[..bomb.len() / 2]), length / 2)
                .unwrap_err()
                .as_str()
                .contains("damaged or cut")
        );
    }
}
