//! Loads lists into the data folder and says what is loaded.
//!
//! In come files, out come versions of lists that are in use, with what could not be read. A list that was loaded before is
//! replaced as a whole; the others stay. Nothing is taken over from a call in which any file could not be read. What is
//! stored here is in use only when [`crate::Node::add_lists`] has made its index, so a list that is shown is screened.

use std::fs;

use mihenk_entities::Entity;
use mihenk_lists::{Finding, Layout, Reading, Severity, Source};
use mihenk_screening::index::hex;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::{
    error::NodeError,
    folder::{Current, Folder, Lock, json, write_whole},
};

/// What is known of a loaded list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListAbout {
    /// The dataset's name.
    pub dataset: String,
    /// What it is called.
    pub title: String,
    /// Who publishes it.
    pub publisher: String,
    /// The version, from its content.
    pub version: String,
    /// The day the publisher made it, if the file says so.
    pub published: Option<String>,
    /// What of the layout of its files could not be checked; none when all of it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unverified: Option<String>,
    /// When it was loaded, in UTC.
    pub loaded: String,
    /// Records of the source.
    pub records: usize,
    /// Entities that are screened, by schema.
    pub entities: Vec<(String, usize)>,
    /// Everything else: listings, documents, addresses, relations.
    pub related: usize,
    /// The files it was made from.
    pub files: Vec<ListFile>,
    /// What could not be read or understood.
    pub findings: Vec<StoredFinding>,
}

/// A file a list was made from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListFile {
    /// As it was given.
    pub name: String,
    /// SHA-256 in hexadecimal.
    pub sha256: String,
    /// Bytes.
    pub bytes: u64,
}

/// A finding as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredFinding {
    /// `high`, `medium` or `low`.
    pub severity: String,
    /// File, place, what was found, what would be right.
    pub text: String,
}

impl ListAbout {
    /// Findings of a severity.
    #[must_use]
    pub fn count(&self, severity: &str) -> usize {
        self.findings.iter().filter(|f| f.severity == severity).count()
    }
}

/// Stores lists that were read; gives what is known of them, and what will be in use when the index is made.
///
/// # Errors
/// When something cannot be written; what is in use is not changed.
pub(crate) fn store(
    folder: &Folder,
    _lock: &Lock,
    readings: &[Reading],
    loaded: &str,
) -> Result<(Vec<ListAbout>, Current), NodeError> {
    let mut next = folder.current()?;
    let mut stored = Vec::with_capacity(readings.len());
    for reading in readings {
        let about = store_one(folder, reading, loaded)?;
        next.lists.insert(about.dataset.clone(), about.version.clone());
        stored.push(about);
    }
    Ok((stored, next))
}

fn store_one(folder: &Folder, reading: &Reading, loaded: &str) -> Result<ListAbout, NodeError> {
    let lines = lines(&reading.entities);
    let about = about(reading, &version(&lines), loaded);
    let place = folder.list(&about.dataset, &about.version);
    write_whole(&place.join("entities.jsonl"), &lines)?;
    write_whole(&place.join("about.json"), &json(&about))?;
    Ok(about)
}

/// A version's name, from its content: the same list has the same version, whenever it was loaded.
fn version(lines: &[u8]) -> String {
    hex(&Sha256::digest(lines)[..8])
}

fn lines(entities: &[Entity]) -> Vec<u8> {
    let mut out = Vec::new();
    for entity in entities {
        // Texts only: JSON can always write them.
        out.extend(serde_json::to_vec(entity).unwrap_or_default());
        out.push(b'\n');
    }
    out
}

/// What is known of a list that was read.
pub(crate) fn about(reading: &Reading, version: &str, loaded: &str) -> ListAbout {
    let unnamed = || reading.title.clone().unwrap_or_else(|| reading.dataset.clone());
    let title = reading.source.map_or_else(unnamed, |s: &Source| s.title.to_owned());
    let publisher = reading.source.map_or("", |s| s.publisher).to_owned();
    let unverified = reading.source.and_then(|source| match source.layout {
        Layout::Verified => None,
        Layout::Unverified(what) => Some(what.to_owned()),
    });
    let mut entities: Vec<(String, usize)> = Vec::new();
    let mut related = 0;
    for entity in &reading.entities {
        if !entity.schema.is_matchable() || entity.schema.is("Address") {
            related += 1;
            continue;
        }
        match entities.iter_mut().find(|(name, _)| name == entity.schema.name()) {
            Some((_, count)) => *count += 1,
            None => entities.push((entity.schema.name().to_owned(), 1)),
        }
    }
    entities.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    ListAbout {
        dataset: safe(&reading.dataset),
        title,
        publisher,
        version: version.to_owned(),
        published: reading.published.map(|d| d.to_string()),
        unverified,
        loaded: loaded.to_owned(),
        records: reading.records,
        entities,
        related,
        files: reading
            .inputs
            .iter()
            .map(|i| ListFile { name: i.name.clone(), sha256: i.sha256.clone(), bytes: i.bytes })
            .collect(),
        findings: findings(&reading.findings),
    }
}

fn findings(all: &[Finding]) -> Vec<StoredFinding> {
    let mut all: Vec<&Finding> = all.iter().collect();
    all.sort_by_key(|f| std::cmp::Reverse(f.severity));
    let word = |s: Severity| s.to_string();
    all.into_iter().map(|f| StoredFinding { severity: word(f.severity), text: f.to_string() }).collect()
}

/// A dataset's name as the name of a folder.
fn safe(dataset: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.') { c } else { '_' };
    let name: String = dataset.chars().map(plain).take(80).collect();
    let name = name.trim_start_matches('.').to_owned();
    if name.is_empty() { "list".to_owned() } else { name }
}

/// What is loaded, in the order of the datasets' names.
///
/// # Errors
/// When the folder names a list that is not there or cannot be understood.
pub fn show(folder: &Folder) -> Result<Vec<ListAbout>, NodeError> {
    abouts(folder, &folder.current()?)
}

pub(crate) fn abouts(folder: &Folder, current: &Current) -> Result<Vec<ListAbout>, NodeError> {
    let read = |(dataset, version): (&String, &String)| {
        let path = folder.list(dataset, version).join("about.json");
        let bytes = fs::read(&path).map_err(NodeError::io(&path))?;
        serde_json::from_slice(&bytes).map_err(|e| NodeError::Damaged { path, what: e.to_string() })
    };
    current.lists.iter().map(read).collect()
}

/// The entities of everything that is loaded, a list after the other.
pub(crate) fn entities(folder: &Folder, current: &Current) -> Result<Vec<Vec<Entity>>, NodeError> {
    let read = |(dataset, version_named): (&String, &String)| {
        let path = folder.list(dataset, version_named).join("entities.jsonl");
        let bytes = fs::read(&path).map_err(NodeError::io(&path))?;
        let damaged = |what: String| NodeError::Damaged { path: path.clone(), what };
        if version(&bytes) != *version_named {
            return Err(damaged("its content is not the one it was stored with".into()));
        }
        let text = String::from_utf8(bytes).map_err(|e| damaged(e.to_string()))?;
        let wrong = |line: usize, e: mihenk_entities::EntityError| damaged(format!("line {}: {e}", line + 1));
        text.lines().enumerate().map(|(i, line)| Entity::from_json(line).map_err(|e| wrong(i, e))).collect()
    };
    current.lists.iter().map(read).collect()
}

/// The id of everything that is loaded: it names the index.
pub(crate) fn id(folder: &Folder, current: &Current) -> Result<[u8; 32], NodeError> {
    if current.lists.is_empty() {
        return Err(NodeError::NoLists(folder.root().to_owned()));
    }
    let mut hash = Sha256::new();
    for (dataset, version) in &current.lists {
        hash.update(dataset.as_bytes());
        hash.update([0]);
        hash.update(version.as_bytes());
        hash.update([0]);
    }
    Ok(hash.finalize().into())
}
