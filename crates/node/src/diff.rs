//! What changed between two versions of a list, or between two files: `mihenk lists diff`.
//!
//! In come what a person calls them, out comes the difference with what was compared. What changed is worked out in
//! `mihenk-lists`.

use std::path::{Path, PathBuf};

use mihenk_entities::Entity;
use mihenk_lists::differences::{Difference, FieldChange, difference};
use serde::Serialize;

use crate::{
    error::NodeError,
    folder::Folder,
    lists::{self, is_screened},
    sayings, stored,
    versions::{self, Stored},
};

/// A difference with what was compared.
#[derive(Debug, Serialize)]
pub struct Compared {
    /// The earlier one: `NAME@VERSION`, or a file.
    pub from: String,
    /// The later one.
    pub to: String,
    /// What changed.
    #[serde(flatten)]
    pub difference: Difference,
}

/// Whether an entity is looked for by itself; listings, documents, addresses and relations belong to others.
#[must_use]
pub fn is_listed(entity: &Entity) -> bool {
    is_screened(entity)
}

/// Compares two versions or files; with one name, the version of the list that is in use with the one before.
///
/// # Errors
/// When one of them is not there, or cannot be read.
pub fn compared(path: &Path, one: &str, other: Option<&str>) -> Result<Compared, NodeError> {
    let folder = Folder::new(path.to_owned());
    let (from, to) = match other {
        Some(other) => (side(&folder, one)?, side(&folder, other)?),
        None => last_two(&folder, one)?,
    };
    Ok(Compared { from: from.0, to: to.0, difference: difference(&from.1, &to.1) })
}

/// What a list said otherwise of one entity from one version to the next.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Turn {
    /// The list.
    pub dataset: String,
    /// Which of the records that were asked for.
    pub id: String,
    /// What that record is.
    pub schema: &'static str,
    /// When the later version was put in use, in UTC.
    pub at: String,
    /// The earlier version; none when the entity came with the first one that is known.
    pub from: Option<String>,
    /// The later one.
    pub to: String,
    /// What happened to it.
    pub what: Happened,
}

/// What happened to an entity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Happened {
    /// It was not on the list before.
    Added,
    /// It is on the list no more.
    Removed,
    /// It has other values.
    Changed(Vec<FieldChange>),
}

/// Versions of each list that are looked at.
const TURNS: usize = 12;

/// How what lists say of an entity has changed over the versions that are on the disk, the newest first. `ids` are all ids that it has.
///
/// # Errors
/// When the folder or a stored version cannot be read.
pub fn turns(path: &Path, datasets: &[String], ids: &[String]) -> Result<Vec<Turn>, NodeError> {
    let folder = Folder::new(path.to_owned());
    let mut all = Vec::new();
    for dataset in datasets {
        let versions = versions::of_list(&folder, dataset)?.into_iter().filter(|one| one.is_stored);
        let mut used: Vec<(String, String)> = versions.filter_map(|one| Some((one.version, one.since?))).collect();
        used.truncate(TURNS);
        let mut before: Option<(String, Vec<Entity>)> = None;
        for (version, at) in used.into_iter().rev() {
            let now = stored::with_ids(&folder, dataset, &version, ids)?;
            if let Some((from, before)) = &before {
                let happened = difference(before, &now);
                let turn = |entity: &Entity, what| Turn {
                    dataset: dataset.clone(),
                    id: entity.id.to_string(),
                    schema: entity.schema.name(),
                    at: at.clone(),
                    from: Some(from.clone()),
                    to: version.clone(),
                    what,
                };
                all.extend(happened.added.iter().map(|one| turn(one, Happened::Added)));
                all.extend(happened.removed.iter().map(|one| turn(one, Happened::Removed)));
                all.extend(happened.changed.into_iter().map(|one| turn(&one.entity, Happened::Changed(one.fields))));
            }
            before = Some((version, now));
        }
    }
    all.sort_by(|a, b| b.at.cmp(&a.at));
    Ok(all)
}

type Side = (String, Vec<Entity>);

fn side(folder: &Folder, text: &str) -> Result<Side, NodeError> {
    let path = PathBuf::from(text);
    if path.is_file() {
        let readings = mihenk_lists::read_files(&[path])?;
        return Ok((text.to_owned(), readings.into_iter().flat_map(|reading| reading.entities).collect()));
    }
    of_version(folder, &versions::named(folder, text)?)
}

fn of_version(folder: &Folder, stored: &Stored) -> Result<Side, NodeError> {
    let Stored { dataset, version } = stored;
    let entities = lists::entities_of(folder, dataset, version)?;
    Ok((format!("{dataset}@{version}"), entities))
}

fn last_two(folder: &Folder, name: &str) -> Result<(Side, Side), NodeError> {
    let current = folder.current()?;
    let version = current.version_of(folder, name)?.to_owned();
    let only = || NodeError::Refused(sayings::one_version_alone(name));
    let before = current.before(folder, name).ok_or_else(only)?;
    if !folder.list(name, &before).exists() {
        return Err(NodeError::Refused(sayings::version_was_swept(name, &before)));
    }
    let stored = |version| Stored { dataset: name.to_owned(), version };
    Ok((of_version(folder, &stored(before))?, of_version(folder, &stored(version))?))
}
