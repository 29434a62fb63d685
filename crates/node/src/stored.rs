//! The lines of a stored list, read a block after the other.
//!
//! In comes a version of a list, out come its lines with their places, or the entities in them in their order. A block is looked
//! at on all cores. That the content is not the one that was stored is known at the end only.

use std::{fs::File, io::Read, path::PathBuf};

use mihenk_entities::Entity;
use mihenk_screening::index::hex;
use rayon::prelude::*;
use sha2::{Digest, Sha256};

use crate::{
    error::NodeError,
    folder::{Folder, read_at},
};

/// Bytes that are read before their lines are looked at.
const BLOCK: u64 = 8 << 20;
/// Bytes that are read at once where one line is wanted.
const LINE: u64 = 4 << 10;

/// A stored list.
#[derive(Debug)]
pub(crate) struct ListLines {
    pub(crate) path: PathBuf,
    pub(crate) file: File,
}

impl ListLines {
    pub(crate) fn open(folder: &Folder, dataset: &str, version: &str) -> Result<ListLines, NodeError> {
        let path = folder.list(dataset, version).join("entities.jsonl");
        let file = File::open(&path).map_err(NodeError::io(&path))?;
        Ok(ListLines { path, file })
    }

    /// The line that begins there, without its end.
    pub(crate) fn line_at(&self, offset: u64) -> Result<Vec<u8>, NodeError> {
        let length = self.file.metadata().map_err(NodeError::io(&self.path))?.len();
        let mut line = Vec::new();
        while offset + (line.len() as u64) < length {
            let from = line.len();
            let more = (length - offset - from as u64).min(LINE) as usize;
            line.resize(from + more, 0);
            read_at(&self.file, &mut line[from..], offset + from as u64).map_err(NodeError::io(&self.path))?;
            if let Some(end) = line[from..].iter().position(|&byte| byte == b'\n') {
                line.truncate(from + end);
                break;
            }
        }
        Ok(line)
    }

    pub(crate) fn damaged(&self, what: String) -> NodeError {
        NodeError::Damaged { path: self.path.clone(), what }
    }

    /// Calls `act` with lines, where each begins, and how many were before. That the content is not the one that was stored is
    /// known at the end only.
    pub(crate) fn each_block(
        &self,
        version: &str,
        mut act: impl FnMut(&[(u64, &[u8])], usize) -> Result<(), NodeError>,
    ) -> Result<(), NodeError> {
        let (mut hash, mut block) = (Sha256::new(), Vec::new());
        let (mut offset, mut lines_before) = (0, 0);
        loop {
            let kept = block.len();
            let read = (&self.file).take(BLOCK).read_to_end(&mut block).map_err(NodeError::io(&self.path))?;
            hash.update(&block[kept..]);
            // All but the last block end within a line.
            let end = match block.iter().rposition(|&b| b == b'\n') {
                _ if read == 0 => block.len(),
                Some(last) => last + 1,
                None => continue,
            };
            let mut lines: Vec<(u64, &[u8])> = Vec::new();
            for line in block[..end].split_inclusive(|&b| b == b'\n') {
                lines.push((offset, line.strip_suffix(b"\n").unwrap_or(line)));
                offset += line.len() as u64;
            }
            act(&lines, lines_before)?;
            lines_before += lines.len();
            block.drain(..end);
            if read == 0 {
                break;
            }
        }
        if hex(&hash.finalize()[..8]) != version {
            return Err(self.damaged("its content is not the one it was stored with".into()));
        }
        Ok(())
    }
}

/// What each line comes to, looked at on all cores; of several lines that are wrong the first is named, whichever core was faster.
pub(crate) fn of_lines<'a, T: Send>(
    lines: &[(u64, &'a [u8])],
    of: impl Fn(usize, u64, &'a [u8]) -> Result<T, NodeError> + Sync,
) -> Result<Vec<T>, NodeError> {
    let read: Vec<_> = lines.par_iter().enumerate().map(|(i, &(offset, line))| of(i, offset, line)).collect();
    read.into_iter().collect()
}

/// Reads the entities of a stored version that have one of these ids, in their order. Only lines in which an id stands are understood.
///
/// # Errors
/// As [`for_each`].
pub(crate) fn with_ids(
    folder: &Folder,
    dataset: &str,
    version: &str,
    ids: &[String],
) -> Result<Vec<Entity>, NodeError> {
    // As JSON writes them.
    let quoted: Vec<Vec<u8>> = ids.iter().map(|id| serde_json::Value::from(id.as_str()).to_string().into()).collect();
    let list = ListLines::open(folder, dataset, version)?;
    let mut all = Vec::new();
    list.each_block(version, |lines, lines_before| {
        let entities = of_lines(lines, |i, _, line| {
            if !quoted.iter().any(|id| has(line, id)) {
                return Ok(None);
            }
            let wrong = |what: String| list.damaged(format!("line {}: {what}", lines_before + i + 1));
            let text = std::str::from_utf8(line).map_err(|e| wrong(e.to_string()))?;
            let entity = Entity::from_json(text).map_err(|e| wrong(e.to_string()))?;
            Ok(ids.iter().any(|id| id == entity.id.as_str()).then_some(entity))
        })?;
        all.extend(entities.into_iter().flatten());
        Ok(())
    })?;
    Ok(all)
}

/// Whether a piece stands in a line.
fn has(line: &[u8], piece: &[u8]) -> bool {
    line.windows(piece.len()).any(|window| window == piece)
}

/// Reads the entities of a stored version, one after the other.
///
/// # Errors
/// When the file cannot be read, a line is no entity, or the content is not the one that was stored.
pub(crate) fn for_each(
    folder: &Folder,
    dataset: &str,
    version: &str,
    mut act: impl FnMut(Entity),
) -> Result<(), NodeError> {
    let list = ListLines::open(folder, dataset, version)?;
    list.each_block(version, |lines, lines_before| {
        let entities = of_lines(lines, |i, _, line| {
            let wrong = |what: String| list.damaged(format!("line {}: {what}", lines_before + i + 1));
            let text = std::str::from_utf8(line).map_err(|e| wrong(e.to_string()))?;
            Entity::from_json(text).map_err(|e| wrong(e.to_string()))
        })?;
        entities.into_iter().for_each(&mut act);
        Ok(())
    })
}
