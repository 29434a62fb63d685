//! Brings lists up to date: `mihenk lists update`; or fetches what is new and leaves it at that ([`prepare`]).
//!
//! In come a data folder, names and a client; out comes a [`Report`] with what became of each list. Lists are fetched several at
//! once, without the folder being locked; what is new is put in use in one step at the end. A list that cannot be fetched or
//! read stays as it is, and the others go on. The folder is changed by nothing but good lists and by the state of the checks.

use std::{
    collections::{BTreeMap, VecDeque},
    path::Path,
    sync::Mutex,
    thread,
    time::Duration,
};

use mihenk_entities::Entity;
use mihenk_lists::{
    Reading,
    differences::fingerprint,
    download::{Clock, Downloader, Step},
};
use mihenk_said::Said;
use serde::Serialize;

use crate::{
    Model,
    checks::{Checks, Known},
    error::NodeError,
    fetching::{Brought, Tools, Wanted, bring},
    folder::{Current, Folder, Lock},
    keep,
    lists::{self, ListAbout, is_screened},
    manifest::Dataset,
    sayings,
    settings::{Settings, Span},
    stored,
    swap::swap,
    target::{From, Target, groups, targets},
    versions,
};

/// Publishers that are asked at the same time.
const AT_ONCE: usize = 4;
/// Seconds that are waited for another process that changes the folder.
const LOCK_SECONDS: u32 = 60;

/// What is to be brought up to date, and with what.
pub struct Update<'a> {
    /// The data folder.
    pub folder: &'a Path,
    /// The model of the index.
    pub model: &'a Model,
    /// The client.
    pub downloader: &'a Downloader,
    /// The clock.
    pub clock: &'a dyn Clock,
    /// Lists; all that are loaded if there are none.
    pub names: &'a [String],
    /// Addresses for this run, by name.
    pub from: &'a [(String, String)],
    /// The data sets of a manifest; those to be loaded are among all lists.
    pub manifest: &'a [Dataset],
    /// How long versions that are not in use are kept; what `sources.toml` says if nothing.
    pub keep: Option<Span>,
    /// Told what happens meanwhile, with the dataset it is about.
    pub watch: &'a (dyn Fn(&str, Step) + Sync),
}

/// What became of an update.
#[derive(Debug, Serialize)]
pub struct Report {
    /// When, in UTC.
    pub at: String,
    /// Each list, by name.
    pub lists: Vec<ListReport>,
    /// Entities that are screened now, if that changed.
    pub entities: Option<usize>,
    /// Bytes that old versions took and take no more.
    pub swept: u64,
    /// What does not concern one list.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<String>,
}

/// What became of one list.
#[derive(Debug, Serialize)]
pub struct ListReport {
    /// Its dataset.
    pub dataset: String,
    /// What became of it.
    #[serde(flatten)]
    pub outcome: Outcome,
}

/// What became of a list.
#[derive(Debug, Serialize)]
#[serde(tag = "outcome", rename_all = "lowercase")]
pub enum Outcome {
    /// The version in use is the newest.
    Unchanged {
        /// Which.
        version: String,
    },
    /// Another version is in use.
    Live {
        /// It.
        list: Box<ListAbout>,
        /// Entities that were not listed before.
        added: usize,
        /// Entities that are listed otherwise.
        changed: usize,
        /// Entities that are listed no more.
        removed: usize,
    },
    /// The version in use stays, if there is one.
    Failed {
        /// Why, with what was found and where.
        why: Said,
        /// The version that stays in use.
        live: Option<String>,
    },
    /// It has no address.
    Nowhere,
}

impl Report {
    /// Whether a list could not be brought up to date.
    #[must_use]
    pub fn has_failed(&self) -> bool {
        self.lists.iter().any(|list| matches!(list.outcome, Outcome::Failed { .. }))
    }
}

/// Brings lists up to date.
///
/// # Errors
/// When a name is unknown, `sources.toml` cannot be read, or the folder cannot be read or stays locked by another process. What
/// is wrong with one list is in the report.
pub fn update(update: &Update<'_>) -> Result<Report, NodeError> {
    let folder = Folder::new(update.folder.to_owned());
    let settings = Settings::read(&folder)?;
    let brought = fetch(update, &folder, &settings)?;
    let lock = lock(&folder, update.clock)?;
    let mut report = take_over(update, &folder, &lock, brought)?;
    sweep(update, &folder, &lock, &settings, &mut report);
    Ok(report)
}

/// Sweeps versions that are kept no longer.
fn sweep(update: &Update<'_>, folder: &Folder, lock: &Lock, settings: &Settings, report: &mut Report) {
    let Some(span) = update.keep.or(settings.keep) else { return };
    match keep::sweep(folder, lock, span, update.clock.now()) {
        Ok(swept) => report.swept = swept.bytes,
        Err(error) => report.warnings.push(format!("old versions were not swept: {error}")),
    }
}

/// Fetches what is new and keeps it beside what is in use, which stays: the same report, in which [`Outcome::Live`] says what would be in use. The version it
/// names can be compared with the one in use before anybody decides; one that nobody puts in use is swept like any other that is not.
///
/// # Errors
/// As [`update`].
pub fn prepare(update: &Update<'_>) -> Result<Report, NodeError> {
    let folder = Folder::new(update.folder.to_owned());
    let brought = fetch(update, &folder, &Settings::read(&folder)?)?;
    let lock = lock(&folder, update.clock)?;
    keep_aside(update, &folder, &lock, brought)
}

/// Keeps what was fetched beside what is in use.
fn keep_aside(
    update: &Update<'_>,
    folder: &Folder,
    lock: &Lock,
    brought: Vec<(Target, Brought)>,
) -> Result<Report, NodeError> {
    let (at, current) = (versions::written(update.clock.now()), folder.current()?);
    let mut lists = Vec::new();
    for (target, brought) in brought {
        let dataset = target.dataset;
        let known = published(folder, &current, &dataset);
        let outcome = match brought {
            Brought::Nowhere => Outcome::Nowhere,
            Brought::Failed(failure) => Outcome::Failed { why: failure.why, live: known },
            Brought::Unchanged(known) => Outcome::Unchanged { version: known.version },
            Brought::Read(reading, ..) => {
                let version = lists::version_of(&reading.entities);
                if known.as_deref() == Some(version.as_str()) {
                    Outcome::Unchanged { version }
                } else {
                    let (stored, _) = lists::store(folder, lock, std::slice::from_ref(&*reading), &at)?;
                    stored.first().map_or(Outcome::Nowhere, |list| live(folder, &current, list))
                }
            }
        };
        lists.push(ListReport { dataset, outcome });
    }
    lists.sort_by(|a, b| a.dataset.cmp(&b.dataset));
    Ok(Report { at, lists, entities: None, swept: 0, warnings: Vec::new() })
}

/// What came of bringing a list up to date to a version that somebody looked at.
#[derive(Debug)]
pub enum Pinned {
    /// What the publisher has is what was looked at, or is in use already; the report of [`update`].
    Taken(Report),
    /// It has another version by now, which is kept and not in use; the report of [`prepare`].
    Other(Report),
}

/// Brings one list up to date, if what its publisher has is still the version that somebody looked at: a version is the hash of what is in it, so that nobody puts in use
/// what was never shown. What is another version is kept beside what is in use, as [`prepare`] does.
///
/// # Errors
/// As [`update`].
pub fn update_to(update: &Update<'_>, version: &str) -> Result<Pinned, NodeError> {
    let folder = Folder::new(update.folder.to_owned());
    let settings = Settings::read(&folder)?;
    let brought = fetch(update, &folder, &settings)?;
    let is_another = |(target, brought): &(Target, Brought)| match brought {
        Brought::Read(reading, ..) => {
            lists::version_of(&reading.entities) != file_of(&folder, &target.dataset, version)
        }
        _ => false,
    };
    let lock = lock(&folder, update.clock)?;
    if brought.iter().any(is_another) {
        return keep_aside(update, &folder, &lock, brought).map(Pinned::Other);
    }
    let mut report = take_over(update, &folder, &lock, brought)?;
    sweep(update, &folder, &lock, &settings, &mut report);
    Ok(Pinned::Taken(report))
}

/// The publisher's version in one that is kept: what would be screened of it may have those who are held beside.
fn file_of(folder: &Folder, dataset: &str, version: &str) -> String {
    let is_plain = version.chars().all(|c| c.is_ascii_hexdigit());
    let about = is_plain.then(|| lists::about_of(folder, dataset, version).ok()).flatten();
    about.map_or_else(|| version.to_owned(), |about| about.published_version().to_owned())
}

/// The published version of a list that is in use.
fn published(folder: &Folder, current: &Current, dataset: &str) -> Option<String> {
    let about = lists::about_of(folder, dataset, current.lists.get(dataset)?).ok()?;
    Some(about.published_version().to_owned())
}

/// Fetches what is wanted; the folder is not locked meanwhile.
fn fetch(update: &Update<'_>, folder: &Folder, settings: &Settings) -> Result<Vec<(Target, Brought)>, NodeError> {
    let current = folder.current()?;
    let from = From { urls: update.from, manifest: update.manifest };
    let targets = targets(folder, &current, settings, &from, update.names)?;
    let checks = Checks::read(folder);
    let wanted = |target: Target| {
        let version = published(folder, &current, &target.dataset);
        let known = checks.lists.get(&target.dataset).and_then(|check| check.known.clone());
        Wanted { known: known.filter(|known| known.holds(&target, version.as_deref())), target }
    };
    let groups = groups(targets).into_iter().map(|group| group.into_iter().map(wanted).collect::<Vec<Wanted>>());
    let queue: Mutex<VecDeque<Vec<Wanted>>> = Mutex::new(groups.collect());
    let out: Mutex<Vec<(Target, Brought)>> = Mutex::default();
    let tools = Tools { folder, downloader: update.downloader, clock: update.clock, watch: update.watch };
    // A poisoned lock means that another group panicked, which ends the program when the scope does.
    let unpoisoned = std::sync::PoisonError::into_inner;
    thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(|| {
                loop {
                    let next = queue.lock().unwrap_or_else(unpoisoned).pop_front();
                    let Some(group) = next else { return };
                    let brought = bring(&tools, &group);
                    let targets = group.into_iter().map(|wanted| wanted.target);
                    out.lock().unwrap_or_else(std::sync::PoisonError::into_inner).extend(targets.zip(brought));
                }
            });
        }
    });
    let mut out = out.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    out.sort_by(|a, b| a.0.dataset.cmp(&b.0.dataset));
    Ok(out)
}

/// Takes the lock, waiting a while for another process: what was downloaded would be lost.
fn lock(folder: &Folder, clock: &dyn Clock) -> Result<Lock, NodeError> {
    for _ in 0..LOCK_SECONDS {
        match folder.lock() {
            Err(NodeError::Busy(_)) if clock.sleep(Duration::from_secs(1)) => {}
            other => return other,
        }
    }
    folder.lock()
}

/// Puts what is new in use and keeps the state of the checks.
fn take_over(
    update: &Update<'_>,
    folder: &Folder,
    lock: &Lock,
    brought: Vec<(Target, Brought)>,
) -> Result<Report, NodeError> {
    let (now, current, mut checks) = (update.clock.now(), folder.current()?, Checks::read(folder));
    let at = versions::written(now);
    let mut report = Report { at, lists: Vec::new(), entities: None, swept: 0, warnings: Vec::new() };
    let mut fresh: Vec<(Target, Reading, Known)> = Vec::new();
    for (target, brought) in brought {
        let dataset = target.dataset.clone();
        let live = published(folder, &current, &dataset);
        let outcome = match brought {
            Brought::Nowhere => Outcome::Nowhere,
            Brought::Failed(failure) => {
                checks.failed(&target, now, failure.why.as_str(), failure.again);
                Outcome::Failed { why: failure.why, live }
            }
            Brought::Unchanged(known) => {
                let version = known.version.clone();
                checks.good(&target, now, "unchanged", Some(known));
                Outcome::Unchanged { version }
            }
            Brought::Read(reading, validators, edition) => {
                let version = lists::version_of(&reading.entities);
                let known = Known::of(&target, &version, validators, edition);
                if live.as_deref() == Some(version.as_str()) {
                    checks.good(&target, now, "unchanged", Some(known));
                    Outcome::Unchanged { version }
                } else {
                    fresh.push((target, *reading, known));
                    continue;
                }
            }
        };
        report.lists.push(ListReport { dataset, outcome });
    }
    put_fresh(update, folder, lock, fresh, &mut checks, &mut report);
    checks.write(folder, lock)?;
    report.lists.sort_by(|a, b| a.dataset.cmp(&b.dataset));
    Ok(report)
}

fn put_fresh(
    update: &Update<'_>,
    folder: &Folder,
    lock: &Lock,
    fresh: Vec<(Target, Reading, Known)>,
    checks: &mut Checks,
    report: &mut Report,
) {
    if fresh.is_empty() {
        return;
    }
    let now = update.clock.now();
    let before = folder.current().unwrap_or_default();
    let (fresh, readings): (Vec<(Target, Known)>, Vec<Reading>) =
        fresh.into_iter().map(|(target, reading, known)| ((target, known), reading)).unzip();
    let added = swap(folder, lock, readings, update.model, &versions::written(now));
    report.entities = added.as_ref().ok().map(|added| added.entities);
    report.warnings.extend(added.iter().flat_map(|added| added.merges.warnings()));
    for (target, known) in fresh {
        let dataset = target.dataset.clone();
        let outcome = match &added {
            Ok(added) => {
                checks.good(&target, now, "a new version", Some(known));
                let list = added.lists.iter().find(|list| list.dataset == dataset);
                list.map_or(Outcome::Nowhere, |list| live(folder, &before, list))
            }
            Err(error) => {
                let why = sayings::not_put_in_use(error.said());
                checks.failed(&target, now, why.as_str(), None);
                Outcome::Failed { why, live: published(folder, &before, &dataset) }
            }
        };
        report.lists.push(ListReport { dataset, outcome });
    }
}

/// How a list that was put in use differs from what was in use before. Long lists are not held in memory twice for it.
fn live(folder: &Folder, before: &Current, list: &ListAbout) -> Outcome {
    let mut known: BTreeMap<String, u64> = BTreeMap::new();
    let mut keep = |entity: Entity| {
        if is_screened(&entity) {
            known.insert(entity.id.to_string(), fingerprint(&entity));
        }
    };
    if let Some(version) = before.lists.get(&list.dataset) {
        // One that cannot be read has nobody; the list that took its place is live all the same.
        let _ = stored::for_each(folder, &list.dataset, version, &mut keep);
    }
    let (mut added, mut changed) = (0, 0);
    let count = |entity: Entity| {
        if is_screened(&entity) {
            match known.remove(entity.id.as_str()) {
                None => added += 1,
                Some(before) => changed += usize::from(before != fingerprint(&entity)),
            }
        }
    };
    let _ = stored::for_each(folder, &list.dataset, &list.version, count);
    Outcome::Live { list: Box::new(list.clone()), added, changed, removed: known.len() }
}
