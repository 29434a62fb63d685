//! Loads lists into the data folder and says what is loaded.
//!
//! In come files, out come versions of lists that are in use, with what could not be read. A list that was loaded before is
//! replaced as a whole; the others stay. Nothing is taken over from a call in which any file could not be read. What is
//! stored here is in use only when [`crate::Node::add_lists`] has made its index, so a list that is shown is screened.

use std::{
    fs,
    io::{self, Write},
    path::PathBuf,
};

use mihenk_entities::Entity;
use mihenk_lists::{Finding, Layout, Place, Reading, Severity, Source};
use mihenk_said::Kept;
use mihenk_screening::{index::hex, merging};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::{
    assembly,
    error::NodeError,
    folder::{Current, Folder, Lock, json, read_if_there, write_whole, write_whole_by},
    merging::decisions::Decisions,
    removals::{self, Held},
    seen, stored,
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
    /// Who is still screened although the publisher's version has them no more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub held: Option<Held>,
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
        let about = store_one(folder, &next, reading, loaded)?;
        next.put(folder, &about.dataset, Some(&about.version), loaded);
        stored.push(about);
    }
    Ok((stored, next))
}

/// Stores a list as it was published, and beside it the list as it is screened, if many would go.
fn store_one(folder: &Folder, current: &Current, reading: &Reading, loaded: &str) -> Result<ListAbout, NodeError> {
    let about = about(reading, &version_of(&reading.entities), loaded);
    let seen = seen::before(folder, current, &about.dataset);
    let write = |about: &ListAbout, entities: &[Entity]| {
        seen::write(folder, about, entities, reading, seen.as_ref())?;
        write_whole(&findings_place(folder, &about.dataset, &about.version), &json(&kept_findings(&reading.findings)))?;
        write(folder, about, entities)
    };
    write(&about, &reading.entities)?;
    let Some(live) = live(folder, current, &about.dataset) else { return Ok(about) };
    let Some(held) = removals::hold(&live, &about, &reading.entities, loaded) else { return Ok(about) };
    let before = entities_of(folder, &about.dataset, &live.about.version)?;
    let entities = removals::composed(&before, &reading.entities, &held);
    let (entity_counts, related) = counted(&entities);
    let version = version_of(&entities);
    let about = ListAbout { version, entities: entity_counts, related, held: Some(held), ..about };
    write(&about, &entities)?;
    Ok(about)
}

fn write(folder: &Folder, about: &ListAbout, entities: &[Entity]) -> Result<(), NodeError> {
    let place = folder.list(&about.dataset, &about.version);
    write_whole_by(&place.join("entities.jsonl"), |out| each_piece(entities, |lines| out.write_all(lines)))?;
    write_whole(&place.join("about.json"), &json(about))
}

/// A version that is in use, with the ids of those who are screened.
pub(crate) struct Live {
    /// What is known of it.
    pub(crate) about: ListAbout,
    /// The ids.
    pub(crate) screened: Vec<String>,
}

/// The version that is in use. One that cannot be read holds nothing back: loading the list again is how it is repaired.
fn live(folder: &Folder, current: &Current, dataset: &str) -> Option<Live> {
    let about = about_of(folder, dataset, current.lists.get(dataset)?).ok()?;
    let screened = assembly::screened(folder, dataset, &about.version).ok()?;
    Some(Live { about, screened })
}

/// Says something else of a version that is stored.
pub(crate) fn rewrite_about(folder: &Folder, _lock: &Lock, about: &ListAbout) -> Result<(), NodeError> {
    write_whole(&folder.list(&about.dataset, &about.version).join("about.json"), &json(about))
}

/// The version of a list, from its content: the same list has the same version, whenever it was loaded.
pub(crate) fn version_of(entities: &[Entity]) -> String {
    let mut hash = Sha256::new();
    // Nothing can fail on the way to a hash.
    let _ = each_piece(entities, |lines| {
        hash.update(lines);
        Ok(())
    });
    hex(&hash.finalize()[..8])
}

/// Calls `act` with the lines of the entities, some thousands at a time.
fn each_piece(entities: &[Entity], mut act: impl FnMut(&[u8]) -> io::Result<()>) -> io::Result<()> {
    const PIECE: usize = 8_192;
    for piece in entities.chunks(PIECE) {
        let line = |entity: &Entity| {
            // Texts only: JSON can always write them.
            let mut line = serde_json::to_vec(entity).unwrap_or_default();
            line.push(b'\n');
            line
        };
        let lines: Vec<Vec<u8>> = piece.par_iter().map(line).collect();
        act(&lines.concat())?;
    }
    Ok(())
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
    let (entities, related) = counted(&reading.entities);
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
        held: None,
    }
}

/// Entities that are screened, by schema, and how many others there are.
fn counted(all: &[Entity]) -> (Vec<(String, usize)>, usize) {
    let mut entities: Vec<(String, usize)> = Vec::new();
    let mut related = 0;
    for entity in all {
        if !is_screened(entity) {
            related += 1;
            continue;
        }
        match entities.iter_mut().find(|(name, _)| name == entity.schema.name()) {
            Some((_, count)) => *count += 1,
            None => entities.push((entity.schema.name().to_owned(), 1)),
        }
    }
    entities.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    (entities, related)
}

/// Whether an entity is looked for by itself; listings, documents, addresses and relations belong to others.
pub(crate) fn is_screened(entity: &Entity) -> bool {
    entity.schema.is_matchable() && !entity.schema.is("Address")
}

fn findings(all: &[Finding]) -> Vec<StoredFinding> {
    let word = |s: Severity| s.to_string();
    let stored = |f: &Finding| StoredFinding { severity: word(f.severity), text: f.to_string() };
    gravest_first(all).into_iter().map(stored).collect()
}

fn gravest_first(all: &[Finding]) -> Vec<&Finding> {
    let mut all: Vec<&Finding> = all.iter().collect();
    all.sort_by_key(|f| std::cmp::Reverse(f.severity));
    all
}

/// Findings of which the parts are kept beside a list, the gravest first.
const PARTS_KEPT: usize = 200;

/// A finding with its parts, as it is kept beside a list.
#[derive(Serialize, Deserialize)]
struct KeptFinding {
    severity: Severity,
    file: String,
    place: Place,
    found: Kept,
    expected: Kept,
}

fn kept_findings(all: &[Finding]) -> Vec<KeptFinding> {
    let kept = |finding: &&Finding| KeptFinding {
        severity: finding.severity,
        file: finding.file.clone(),
        place: finding.place.clone(),
        found: Kept::from(&finding.found),
        expected: Kept::from(&finding.expected),
    };
    gravest_first(all).iter().take(PARTS_KEPT).map(kept).collect()
}

fn findings_place(folder: &Folder, dataset: &str, version: &str) -> PathBuf {
    folder.list(dataset, version).join("findings.json")
}

/// The gravest findings of a stored version with their parts, in the order of [`ListAbout::findings`]; none of a version that was stored before they were kept.
///
/// # Errors
/// When they cannot be read.
pub fn findings_of(folder: &Folder, dataset: &str, version: &str) -> Result<Vec<Finding>, NodeError> {
    let path = findings_place(folder, dataset, version);
    let Some(text) = read_if_there(&path)? else { return Ok(Vec::new()) };
    let kept: Vec<KeptFinding> =
        serde_json::from_str(&text).map_err(|e| NodeError::Damaged { path, what: e.to_string() })?;
    let finding = |one: KeptFinding| {
        let KeptFinding { severity, file, place, found, expected } = one;
        Finding { file, place, found: found.into(), expected: expected.into(), severity }
    };
    Ok(kept.into_iter().map(finding).collect())
}

/// A dataset's name as the name of a folder.
pub(crate) fn safe(dataset: &str) -> String {
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
    current.lists.iter().map(|(dataset, version)| about_of(folder, dataset, version)).collect()
}

/// What is known of a stored version.
pub(crate) fn about_of(folder: &Folder, dataset: &str, version: &str) -> Result<ListAbout, NodeError> {
    let path = folder.list(dataset, version).join("about.json");
    let bytes = fs::read(&path).map_err(NodeError::io(&path))?;
    serde_json::from_slice(&bytes).map_err(|e| NodeError::Damaged { path, what: e.to_string() })
}

/// The entities of a stored version.
pub(crate) fn entities_of(folder: &Folder, dataset: &str, version: &str) -> Result<Vec<Entity>, NodeError> {
    let mut all = Vec::new();
    stored::for_each(folder, dataset, version, |entity| all.push(entity))?;
    Ok(all)
}

/// The id of everything that is loaded, and of what is decided of it: it names the index.
pub(crate) fn id(folder: &Folder, current: &Current, decisions: &Decisions) -> Result<[u8; 32], NodeError> {
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
    hash.update(merging::RULES.to_le_bytes());
    decisions.add_to(&mut hash);
    Ok(hash.finalize().into())
}
