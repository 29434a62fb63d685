//! How every list stands: `mihenk lists status`.
//!
//! In comes a data folder, out comes for each list which version is in use and since when, its age, the last and the next look,
//! removals that wait, and the disk it takes; for the folder, whether its index is there or being made. Nothing is changed.

use std::{fs, path::Path, time::Duration};

use jiff::Timestamp;
use serde::Serialize;

use crate::{
    Model,
    checks::Checks,
    error::NodeError,
    folder::Folder,
    freshness::allowed,
    lists,
    merging::{decisions::Decisions, merges::MergeCounts, proposing},
    node::{MergesAt, index_place, open_index, read_merges},
    settings::Settings,
    swap::{self, Building},
    target::{From, Place, Target},
    versions,
};

/// How a folder stands.
#[derive(Debug, Serialize)]
pub struct Status {
    /// Each list, by name.
    pub lists: Vec<ListStatus>,
    /// `live`, or `missing` when it will be built by whoever screens first.
    pub index: &'static str,
    /// Who of all lists is one, and what is open; none while the index is missing.
    pub merging: Option<Merging>,
    /// What another process is making ready.
    pub building: Option<Building>,
    /// Bytes of all lists and versions.
    pub list_bytes: u64,
    /// Bytes of indices, those of earlier times included.
    pub index_bytes: u64,
}

/// Who of all lists is one, and what is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Merging {
    /// In numbers.
    #[serde(flatten)]
    pub counts: MergeCounts,
    /// Proposals that are open; none if nobody has looked for them since lists or decisions changed.
    pub proposals: Option<usize>,
}

/// Who of all lists is one; none while the index is missing.
///
/// # Errors
/// When the folder or its decisions cannot be read.
pub fn merging(folder: &Folder, model: &Model) -> Result<Option<Merging>, NodeError> {
    let (current, decisions) = (folder.current()?, Decisions::read(folder)?);
    let opened = lists::id(folder, &current, &decisions).and_then(|id| open_index(&index_place(folder), id, model));
    let counts = match opened.map(|opened| opened.merges) {
        Ok(MergesAt::File(path)) => read_merges(&path)?.counts(),
        Ok(MergesAt::Memory(merges)) => merges.counts(),
        Err(_) => return Ok(None),
    };
    Ok(Some(Merging { counts, proposals: proposing::kept(folder, model) }))
}

/// How a list stands.
#[derive(Debug, Serialize)]
pub struct ListStatus {
    /// Its dataset.
    pub dataset: String,
    /// What it is called.
    pub title: String,
    /// The version that is screened.
    pub version: String,
    /// Since when.
    pub live_since: Option<String>,
    /// The day the publisher made it.
    pub published: Option<String>,
    /// Days since then.
    pub age_days: Option<i64>,
    /// The last look for a newer one.
    pub last_check: Option<String>,
    /// What came of it.
    pub last_result: Option<String>,
    /// Whether it failed.
    pub last_failed: bool,
    /// When the next one is due; none for a list without an address.
    pub next_check: Option<String>,
    /// Whether nobody has looked with success for so long that the copy may be old.
    pub is_stale: bool,
    /// Removals that wait for a decision.
    pub waiting: usize,
    /// Entities that stay by decision although their publisher has them no more.
    pub kept: usize,
    /// The version that is being made ready.
    pub building: Option<String>,
    /// Versions on the disk.
    pub versions: usize,
    /// Bytes of them.
    pub bytes: u64,
}

impl Status {
    /// Whether a list may be old.
    #[must_use]
    pub fn is_stale(&self) -> bool {
        self.lists.iter().any(|list| list.is_stale)
    }
}

/// Looks at a folder.
///
/// # Errors
/// When the folder or `sources.toml` cannot be read.
pub fn status(path: &Path, model: &Model, now: Timestamp) -> Result<Status, NodeError> {
    let folder = Folder::new(path.to_owned());
    let (settings, current, checks) = (Settings::read(&folder)?, folder.current()?, Checks::read(&folder));
    let building = swap::building(&folder);
    let mut all = Vec::new();
    for about in lists::abouts(&folder, &current)? {
        let target = Target::of(&folder, &settings, &From::default(), &about.dataset);
        let check = checks.lists.get(&about.dataset);
        let has_address = target.place != Place::Nowhere;
        let good = check.and_then(|check| check.good.as_deref()).unwrap_or(&about.loaded);
        let next = (has_address && check.is_some()).then(|| versions::written(checks.next(&about.dataset, now)));
        let place = folder.root().join("lists").join(&about.dataset);
        all.push(ListStatus {
            title: about.title.clone(),
            live_since: current.since(&folder, &about.dataset),
            age_days: about.published.as_deref().and_then(|day| days_since(day, now)),
            last_check: check.map(|check| check.at.clone()),
            last_result: check.map(|check| check.result.clone()),
            last_failed: check.is_some_and(|check| check.failed),
            next_check: next,
            is_stale: allowed(&target).is_some_and(|span| is_older(good, span, now)),
            waiting: about.waiting().len(),
            kept: about.held.as_ref().map_or(0, |held| held.kept.len()),
            building: building
                .as_ref()
                .and_then(|b| b.lists.get(&about.dataset).cloned())
                .filter(|v| *v != about.version),
            versions: versions::stored(&folder).iter().filter(|s| s.dataset == about.dataset).count(),
            bytes: bytes(&place),
            published: about.published,
            version: about.version,
            dataset: about.dataset,
        });
    }
    let merging = merging(&folder, model)?;
    Ok(Status {
        lists: all,
        index: if merging.is_some() { "live" } else { "missing" },
        merging,
        building,
        list_bytes: bytes(&folder.root().join("lists")),
        index_bytes: bytes(&folder.root().join("index")),
    })
}

fn days_since(day: &str, now: Timestamp) -> Option<i64> {
    let day: jiff::civil::Date = day.parse().ok()?;
    let start = day.to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp();
    Some(now.duration_since(start).as_secs().div_euclid(86_400))
}

/// Whether a kept time is further back than so long; a time that cannot be read is.
fn is_older(time: &str, span: Duration, now: Timestamp) -> bool {
    versions::read(time).is_none_or(|time| now.duration_since(time).as_secs() > span.as_secs() as i64)
}

/// The bytes of everything in a folder.
pub(crate) fn bytes(path: &Path) -> u64 {
    let entries = fs::read_dir(path).into_iter().flatten().flatten();
    entries
        .map(|entry| match entry.file_type() {
            Ok(kind) if kind.is_dir() => bytes(&entry.path()),
            Ok(_) => entry.metadata().map_or(0, |about| about.len()),
            Err(_) => 0,
        })
        .sum()
}
