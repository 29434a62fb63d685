//! Where the answers of a batch go, and how a run that was interrupted goes on.
//!
//! In come pieces, each the answers of some records; out comes a file, packed with gzip if its name ends so. Answers are written
//! beside their place, to `OUT.part`, and moved there when all are written, so a file in its place is whole. After each piece
//! `OUT.part.json` says how far it is ([`Checkpoint`]): how many records were answered into how many bytes with which
//! digest, and under which [`Terms`]. A run that goes on checks all of it, cuts what was written behind the last piece, and
//! writes what an uninterrupted run would have written: a piece is the same records whenever it is made, and a gzip member of
//! its own, of which a file may have many (RFC 1952, section 2.2).

use std::{
    collections::BTreeMap,
    fmt,
    fs::{self, File, TryLockError},
    io::{self, Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
};

use flate2::{Compression, GzBuilder};
use mihenk_screening::{index::hex, screener::Options};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{Format, Summary, output_error};
use crate::{error::NodeError, folder::json, node::Node};

/// Bytes read at once where a file is digested.
const BUFFER: usize = 1 << 18;

/// What must be the same for a run to go on: by name, as text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms(BTreeMap<String, String>);

impl Terms {
    /// The terms of a run that reads a file; `given` names what else was asked for, such as a map.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn of(
        node: &Node,
        input: &Path,
        format: Format,
        options: &Options,
        given: &[(&str, String)],
    ) -> Result<Terms, NodeError> {
        let mut terms = BTreeMap::new();
        let mut put = |name: &str, value: String| drop(terms.insert(name.to_owned(), value));
        put("program", format!("{} {:016x}", env!("CARGO_PKG_VERSION"), mihenk_entities::reading()));
        put("model", node.model().short_id());
        put("input", file_digest(input)?);
        put("format", format!("{format:?}"));
        put("limit", options.limit.to_string());
        put("cutoff", options.cutoff.as_f64().to_string());
        put("threshold", options.threshold.as_f64().to_string());
        put("base rate", options.base_rate.to_string());
        for list in node.lists() {
            let files: Vec<&str> = list.files.iter().map(|file| file.sha256.as_str()).collect();
            put(&format!("list {}", list.dataset), format!("{} {}", list.version, files.join(" ")));
        }
        for (name, value) in given {
            put(name, value.clone());
        }
        Ok(Terms(terms))
    }

    /// What is not the same.
    fn differences(&self, other: &Terms) -> Vec<String> {
        let mut names: Vec<&String> = self.0.keys().chain(other.0.keys()).collect();
        names.sort_unstable();
        names.dedup();
        let short = |terms: &Terms, name: &String| {
            let value = terms.0.get(name).map_or("none", String::as_str);
            value.chars().take(40).collect::<String>()
        };
        let unlike = names.into_iter().filter(|name| self.0.get(*name) != other.0.get(*name));
        unlike.map(|name| format!("{name} (was {}, is {})", short(self, name), short(other, name))).collect()
    }
}

fn file_digest(path: &Path) -> Result<String, NodeError> {
    let mut file = File::open(path).map_err(NodeError::io(path))?;
    let (digest, bytes) = digest(&mut file, u64::MAX).map_err(NodeError::io(path))?;
    Ok(format!("{bytes} bytes {}", hex(&digest.finalize())))
}

/// Digests the next bytes, as many as there are up to a limit.
fn digest(input: &mut impl Read, limit: u64) -> io::Result<(Sha256, u64)> {
    let (mut digest, mut bytes, mut buffer) = (Sha256::new(), 0, vec![0; BUFFER]);
    let mut input = input.take(limit);
    loop {
        let read = input.read(&mut buffer)?;
        if read == 0 {
            return Ok((digest, bytes));
        }
        digest.update(&buffer[..read]);
        bytes += read as u64;
    }
}

/// How far a run is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checkpoint {
    terms: Terms,
    /// Bytes of the answers.
    bytes: u64,
    /// Their SHA-256.
    sha256: String,
    summary: Summary,
}

/// A checkpoint while it is written.
#[derive(Serialize)]
struct Written<'a> {
    terms: &'a Terms,
    bytes: u64,
    sha256: String,
    summary: &'a Summary,
}

impl Checkpoint {
    /// Records that were answered.
    #[must_use]
    pub fn records(&self) -> u64 {
        self.summary.records
    }

    pub(super) fn into_summary(self) -> Summary {
        self.summary
    }
}

/// Where answers go.
pub struct Output {
    place: Place,
    is_packed: bool,
    digest: Sha256,
    bytes: u64,
    /// Without them, no run can go on with this one.
    terms: Option<Terms>,
    has_checkpoint: bool,
}

enum Place {
    Stream(Box<dyn Write + Send>),
    Beside {
        file: File,
        part: PathBuf,
        place: PathBuf,
    },
    /// In its place.
    Done,
}

impl fmt::Debug for Output {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "answers, {} bytes so far", self.bytes)
    }
}

impl Output {
    /// Answers go to something that is no file: they are there when they are written, and no run can go on with them.
    #[must_use]
    pub fn stream(writer: Box<dyn Write + Send>, is_packed: bool) -> Output {
        Output::new(Place::Stream(writer), is_packed, None)
    }

    /// Answers go to a file, from the beginning; what an interrupted run left there is given up.
    ///
    /// # Errors
    /// When it cannot be written, or another process writes it.
    pub fn create(path: &Path, terms: Option<Terms>) -> Result<Output, NodeError> {
        let (place, part, file) = open_part(path)?;
        let _ = fs::remove_file(state_of(&part));
        file.set_len(0).map_err(NodeError::io(&part))?;
        if let Ok(before) = fs::metadata(&place) {
            // Whoever could not read the file that is replaced cannot read the new one.
            fs::set_permissions(&part, before.permissions()).map_err(NodeError::io(&part))?;
        }
        Ok(Output::new(Place::Beside { file, part, place }, is_gzip(path), terms))
    }

    /// Goes on with what an interrupted run left; from the beginning if it left nothing.
    ///
    /// # Errors
    /// As [`Output::create`], and when the run that was interrupted had other terms, or what it left is damaged.
    pub fn resume(path: &Path, terms: Terms) -> Result<(Output, Option<Checkpoint>), NodeError> {
        let state = state_of(&part_of(path));
        // A state without a part is that of a run that ended well in its very last step.
        let is_left = part_of(path).exists() && state.exists();
        if !is_left {
            return Ok((Output::create(path, Some(terms))?, None));
        }
        let (place, part, mut file) = open_part(path)?;
        let bytes = fs::read(&state).map_err(NodeError::io(&state))?;
        let anew = "start anew without --resume";
        let wrong = |what: String| NodeError::Input { file: part.display().to_string(), what };
        let checkpoint: Checkpoint = serde_json::from_slice(&bytes)
            .map_err(|e| wrong(format!("{} cannot be understood ({e}); {anew}", state.display())))?;
        let unlike = checkpoint.terms.differences(&terms);
        if !unlike.is_empty() {
            let what = format!(
                "the run that was interrupted cannot be gone on with, because these are not the same: {}; give the same, or {anew}",
                unlike.join("; ")
            );
            return Err(wrong(what));
        }
        let (digest, length) = digest(&mut file, checkpoint.bytes).map_err(NodeError::io(&part))?;
        if length != checkpoint.bytes || hex(&digest.clone().finalize()) != checkpoint.sha256 {
            return Err(wrong(format!("the answers in it are not those that were written; {anew}")));
        }
        file.set_len(length).and_then(|()| file.seek(SeekFrom::End(0))).map_err(NodeError::io(&part))?;
        let mut output = Output::new(Place::Beside { file, part, place }, is_gzip(path), Some(terms));
        (output.digest, output.bytes, output.has_checkpoint) = (digest, length, true);
        Ok((output, Some(checkpoint)))
    }

    fn new(place: Place, is_packed: bool, terms: Option<Terms>) -> Output {
        Output { place, is_packed, digest: Sha256::new(), bytes: 0, terms, has_checkpoint: false }
    }

    /// Records that an interrupted run left answered beside a file, if it left any.
    #[must_use]
    pub fn left_behind(path: &Path) -> Option<u64> {
        let bytes = fs::read(state_of(&part_of(path))).ok()?;
        serde_json::from_slice::<Checkpoint>(&bytes).ok().map(|checkpoint| checkpoint.records())
    }

    /// Writes the answers of some records.
    pub(super) fn piece(&mut self, bytes: &[u8]) -> Result<(), NodeError> {
        if bytes.is_empty() {
            return Ok(());
        }
        if self.is_packed {
            // No time and no name in it, so that the same answers are the same bytes.
            let mut encoder = GzBuilder::new().mtime(0).write(Vec::new(), Compression::default());
            let packed = encoder.write_all(bytes).and_then(|()| encoder.finish()).map_err(output_error)?;
            return self.write(&packed);
        }
        self.write(bytes)
    }

    fn write(&mut self, bytes: &[u8]) -> Result<(), NodeError> {
        match &mut self.place {
            Place::Stream(writer) => writer.write_all(bytes).map_err(output_error)?,
            Place::Beside { file, .. } => {
                file.write_all(bytes).map_err(output_error)?;
                self.digest.update(bytes);
            }
            Place::Done => {}
        }
        self.bytes += bytes.len() as u64;
        Ok(())
    }

    /// Says how far the run is.
    pub(super) fn checkpoint(&mut self, summary: &Summary) -> Result<(), NodeError> {
        let (Some(terms), Place::Beside { part, .. }) = (&self.terms, &self.place) else { return Ok(()) };
        let sha256 = hex(&self.digest.clone().finalize());
        let state = state_of(part);
        let beside = state.with_extension("json.new");
        let bytes = json(&Written { terms, bytes: self.bytes, sha256, summary });
        // Not forced onto the disk: after a failure of power the digest says whether all of it came there.
        fs::write(&beside, bytes).and_then(|()| fs::rename(&beside, &state)).map_err(NodeError::io(&state))?;
        self.has_checkpoint = true;
        Ok(())
    }

    /// Puts the file in its place.
    pub(super) fn finish(mut self) -> Result<(), NodeError> {
        match std::mem::replace(&mut self.place, Place::Done) {
            Place::Stream(mut writer) => writer.flush().map_err(output_error),
            Place::Beside { file, part, place } => {
                drop(file);
                fs::rename(&part, &place).map_err(NodeError::io(&place))?;
                // What is left of it says nothing without the part.
                let _ = fs::remove_file(state_of(&part));
                Ok(())
            }
            Place::Done => Ok(()),
        }
    }
}

impl Drop for Output {
    fn drop(&mut self) {
        if let Place::Beside { part, .. } = &self.place
            && !self.has_checkpoint
        {
            // Nothing was answered that another run could go on with.
            let _ = fs::remove_file(part);
        }
    }
}

/// Whether a name says that the file is packed.
fn is_gzip(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("gz"))
}

/// Where answers are written until they are complete.
fn part_of(path: &Path) -> PathBuf {
    let mut name = path.canonicalize().unwrap_or_else(|_| path.to_owned()).into_os_string();
    name.push(".part");
    PathBuf::from(name)
}

/// Where it stands how far they are.
fn state_of(part: &Path) -> PathBuf {
    let mut name = part.as_os_str().to_owned();
    name.push(".json");
    PathBuf::from(name)
}

/// The place of a file, where it is written until then, and that opened for this process alone.
fn open_part(path: &Path) -> Result<(PathBuf, PathBuf, File), NodeError> {
    let place = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let part = part_of(path);
    let file = File::options().read(true).write(true).create(true).truncate(false).open(&part);
    let file = file.map_err(NodeError::io(&part))?;
    match file.try_lock() {
        Ok(()) => Ok((place, part, file)),
        Err(TryLockError::WouldBlock) => Err(NodeError::Busy(part)),
        Err(TryLockError::Error(source)) => Err(NodeError::Io { path: part, source }),
    }
}
