//! Loads lists into the data folder and says what is loaded.
//!
//! In come files, out come versions of lists that are in use, with what could not be read. A list that was loaded before is
//! replaced as a whole; the others stay. Nothing is taken over from a call in which any file could not be read. The index is
//! made in the same call, so a list that is shown is a list that is screened.

use std::{fs, path::PathBuf};

use mihenk_entities::Entity;
use mihenk_lists::{Finding, Reading, Severity, Source};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::{
    error::NodeError,
    folder::{Folder, Lock, json, write_whole},
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

/// Reads files and puts the lists in them in use; the index is not made here.
///
/// # Errors
/// When any file cannot be read as a list; nothing is changed then.
pub(crate) fn add(folder: &Folder, lock: &Lock, files: &[PathBuf], loaded: &str) -> Result<Vec<ListAbout>, NodeError> {
    let readings = mihenk_lists::read_files(files)?;
    let mut current = folder.current()?;
    let mut added = Vec::with_capacity(readings.len());
    for reading in &readings {
        let about = store(folder, reading, loaded)?;
        current.lists.insert(about.dataset.clone(), about.version.clone());
        added.push(about);
    }
    folder.set_current(lock, &current)?;
    Ok(added)
}

fn store(folder: &Folder, reading: &Reading, loaded: &str) -> Result<ListAbout, NodeError> {
    let lines = lines(&reading.entities);
    let digest = Sha256::digest(&lines);
    let version: String = digest.iter().take(8).map(|b| format!("{b:02x}")).collect();
    let about = about(reading, &version, loaded);
    let place = folder.list(&about.dataset, &version);
    write_whole(&place.join("entities.jsonl"), &lines)?;
    write_whole(&place.join("about.json"), &json(&about))?;
    Ok(about)
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
    let title = reading.source.map_or_else(|| reading.dataset.clone(), |s: &Source| s.title.to_owned());
    let publisher = reading.source.map_or("", |s| s.publisher).to_owned();
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
    let current = folder.current()?;
    current
        .lists
        .iter()
        .map(|(dataset, version)| {
            let path = folder.list(dataset, version).join("about.json");
            let bytes = fs::read(&path).map_err(NodeError::io(&path))?;
            serde_json::from_slice(&bytes).map_err(|e| NodeError::Damaged { path, what: e.to_string() })
        })
        .collect()
}

/// The entities of everything that is loaded, a list after the other.
pub(crate) fn entities(folder: &Folder) -> Result<Vec<Vec<Entity>>, NodeError> {
    let current = folder.current()?;
    let read = |(dataset, version): (&String, &String)| {
        let path = folder.list(dataset, version).join("entities.jsonl");
        let text = fs::read_to_string(&path).map_err(NodeError::io(&path))?;
        let damaged = |line: usize, e: mihenk_entities::EntityError| NodeError::Damaged {
            path: path.clone(),
            what: format!("line {}: {e}", line + 1),
        };
        text.lines().enumerate().map(|(i, line)| Entity::from_json(line).map_err(|e| damaged(i, e))).collect()
    };
    current.lists.iter().map(read).collect()
}

/// The id of everything that is loaded: it names the index.
pub(crate) fn lists_id(folder: &Folder) -> Result<[u8; 32], NodeError> {
    let current = folder.current()?;
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
