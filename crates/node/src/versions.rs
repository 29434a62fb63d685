//! Versions of lists over time: which one was in use when.
//!
//! In comes what is put in use; out come the lists as they stood at a time, the version before, the meaning of `NAME`,
//! `NAME@VERSION` and the beginning of a version's id. The history is part of `current.json`, so that what is in use and since
//! when is written in one step. Times are texts in UTC that sort as they passed.

use std::{collections::BTreeMap, fs};

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use crate::{
    error::NodeError,
    folder::{Current, Folder},
    lists, sayings,
};

/// Something was put in use.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// When, in UTC.
    pub at: String,
    /// Which list.
    pub dataset: String,
    /// Which version; none when the list was taken out.
    pub version: Option<String>,
}

/// A time as it is kept.
#[must_use]
pub fn written(time: Timestamp) -> String {
    time.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// A kept time; none if it is none.
pub(crate) fn read(text: &str) -> Option<Timestamp> {
    text.parse().ok()
}

/// A time that a person gives: a day, which means its end in UTC, or a time with its zone.
///
/// # Errors
/// In words.
pub fn moment(text: &str) -> Result<String, String> {
    if let Ok(day) = text.parse::<Date>()
        && text.len() == 10
    {
        return Ok(format!("{day}T23:59:59Z"));
    }
    let wrong = || format!("'{text}' is no date; write 2026-01-31 (the end of that day, UTC) or 2026-01-31T12:00:00Z");
    text.parse::<Timestamp>().map(written).map_err(|_| wrong())
}

impl Current {
    /// Puts a version in use from now on, or takes the list out.
    pub(crate) fn put(&mut self, folder: &Folder, dataset: &str, version: Option<&str>, now: &str) {
        self.history = self.history(folder);
        let before = self.lists.get(dataset).map(String::as_str);
        if before != version {
            let (dataset, version) = (dataset.to_owned(), version.map(str::to_owned));
            self.history.push(Entry { at: now.to_owned(), dataset, version });
        }
        match version {
            Some(version) => self.lists.insert(dataset.to_owned(), version.to_owned()),
            None => self.lists.remove(dataset),
        };
    }

    /// What was put in use when. Lists of a folder that kept no history yet are in use since they were loaded.
    #[must_use]
    pub fn history(&self, folder: &Folder) -> Vec<Entry> {
        let is_known = |dataset: &str| self.history.iter().any(|entry| entry.dataset == dataset);
        let unknown = self.lists.iter().filter(|(dataset, _)| !is_known(dataset)).filter_map(|(dataset, version)| {
            let at = lists::about_of(folder, dataset, version).ok()?.loaded;
            Some(Entry { at, dataset: dataset.clone(), version: Some(version.clone()) })
        });
        let mut all: Vec<Entry> = unknown.chain(self.history.iter().cloned()).collect();
        all.sort_by(|a, b| a.at.cmp(&b.at));
        all
    }

    /// The version of a list that is in use.
    pub(crate) fn version_of(&self, folder: &Folder, dataset: &str) -> Result<&str, NodeError> {
        self.lists.get(dataset).map(String::as_str).ok_or_else(|| {
            let loaded: Vec<&str> = self.lists.keys().map(String::as_str).collect();
            let loaded = if loaded.is_empty() { "none".to_owned() } else { loaded.join(", ") };
            let root = folder.root().display();
            NodeError::Act(format!("no list '{dataset}' is loaded in {root}; loaded are: {loaded}"))
        })
    }

    /// The lists as they stood at a time.
    ///
    /// # Errors
    /// When nothing was loaded then.
    pub fn as_of(&self, folder: &Folder, at: &str) -> Result<BTreeMap<String, String>, NodeError> {
        let history = self.history(folder);
        let mut lists = BTreeMap::new();
        for entry in history.iter().filter(|entry| entry.at.as_str() <= at) {
            match &entry.version {
                Some(version) => lists.insert(entry.dataset.clone(), version.clone()),
                None => lists.remove(&entry.dataset),
            };
        }
        if lists.is_empty() {
            let first = history.first().map_or_else(String::new, |e| format!("; the first was loaded at {}", e.at));
            return Err(NodeError::Act(format!("no lists were loaded in {} at {at}{first}", folder.root().display())));
        }
        Ok(lists)
    }

    /// Since when the version of a list is in use.
    #[must_use]
    pub fn since(&self, folder: &Folder, dataset: &str) -> Option<String> {
        let version = self.lists.get(dataset)?;
        let entries = self.history(folder).into_iter().rev().filter(|entry| entry.dataset == dataset);
        entries.into_iter().take_while(|entry| entry.version.as_ref() == Some(version)).last().map(|entry| entry.at)
    }

    /// The version of a list that was in use before the one that is.
    pub(crate) fn before(&self, folder: &Folder, dataset: &str) -> Option<String> {
        let version = self.lists.get(dataset);
        let entries = self.history(folder).into_iter().rev().filter(|entry| entry.dataset == dataset);
        entries.filter_map(|entry| entry.version).find(|other| Some(other) != version)
    }
}

/// A version that is stored, in use or not.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stored {
    /// The list.
    pub dataset: String,
    /// The version.
    pub version: String,
}

/// A version of a list, and when it was in use.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Kept {
    /// Which.
    pub version: String,
    /// When it was put in use last; none when it never was: then it waits, or was left.
    pub since: Option<String>,
    /// Whether it is in use.
    pub is_live: bool,
    /// Whether it is still on the disk.
    pub is_stored: bool,
}

/// The versions of a list that were or are in use or are on the disk, the newest first.
///
/// # Errors
/// When the folder cannot be read.
pub fn of_list(folder: &Folder, dataset: &str) -> Result<Vec<Kept>, NodeError> {
    let current = folder.current()?;
    let on_disk: Vec<String> =
        stored(folder).into_iter().filter(|one| one.dataset == dataset).map(|one| one.version).collect();
    let live = current.lists.get(dataset);
    let kept = |version: String, since: Option<String>| Kept {
        is_live: live == Some(&version),
        is_stored: on_disk.contains(&version),
        version,
        since,
    };
    let mut all: Vec<Kept> = Vec::new();
    for entry in current.history(folder).into_iter().rev().filter(|entry| entry.dataset == dataset) {
        let Some(version) = entry.version else { continue };
        if !all.iter().any(|known| known.version == version) {
            all.push(kept(version, Some(entry.at)));
        }
    }
    let known: Vec<String> = all.iter().map(|one| one.version.clone()).collect();
    let never = on_disk.iter().filter(|version| !known.contains(version));
    let mut never: Vec<Kept> = never.map(|version| kept(version.clone(), None)).collect();
    never.append(&mut all);
    Ok(never)
}

/// All stored versions, by name.
#[must_use]
pub fn stored(folder: &Folder) -> Vec<Stored> {
    let names = |path: &std::path::Path| -> Vec<String> {
        let entries = fs::read_dir(path).into_iter().flatten().flatten().filter(|e| e.path().is_dir());
        entries.map(|e| e.file_name().to_string_lossy().into_owned()).collect()
    };
    let root = folder.root().join("lists");
    let mut all: Vec<Stored> = names(&root)
        .into_iter()
        .flat_map(|dataset| {
            let versions = names(&root.join(&dataset));
            versions.into_iter().map(move |version| Stored { dataset: dataset.clone(), version })
        })
        .collect();
    all.sort();
    all
}

/// What a person calls a version: a list's name, `NAME@VERSION`, `NAME@waiting`, `NAME@DATE`, or a version's first digits.
///
/// # Errors
/// When there is no such version, or more than one.
pub fn named(folder: &Folder, text: &str) -> Result<Stored, NodeError> {
    let current = folder.current()?;
    let found = |dataset: &str, version: &str| Stored { dataset: dataset.to_owned(), version: version.to_owned() };
    if let Some(version) = current.lists.get(text) {
        return Ok(found(text, version));
    }
    let (dataset, wanted) = match text.split_once('@') {
        Some((dataset, wanted)) => (Some(dataset), wanted),
        None => (None, text),
    };
    if let Some(dataset) = dataset {
        if wanted == "waiting" {
            let about = lists::about_of(folder, dataset, current.version_of(folder, dataset)?)?;
            return Ok(found(dataset, about.published_version()));
        }
        if let Ok(at) = moment(wanted) {
            let then = current.as_of(folder, &at)?;
            let version = then.get(dataset);
            let nothing = || NodeError::Act(format!("no list '{dataset}' was loaded at {at}"));
            return version.map(|version| found(dataset, version)).ok_or_else(nothing);
        }
    }
    let all = stored(folder);
    let fits = |s: &&Stored| dataset.is_none_or(|d| d == s.dataset) && s.version.starts_with(wanted);
    let mut fitting = all.iter().filter(fits).filter(|_| wanted.len() >= 4);
    match (fitting.next(), fitting.next()) {
        (Some(one), None) => Ok(one.clone()),
        (Some(_), Some(_)) => Err(NodeError::Refused(sayings::several_versions(text))),
        (None, _) => Err(NodeError::Refused(sayings::no_such_version(text))),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn folder() -> Folder {
        Folder::new("nowhere".into())
    }

    #[test]
    fn lists_stood_as_they_were_put() {
        let mut current = Current::default();
        for (at, dataset, version) in [
            ("2026-01-01T00:00:00Z", "a", Some("1")),
            ("2026-01-02T00:00:00Z", "b", Some("2")),
            ("2026-01-03T00:00:00Z", "a", Some("3")),
            ("2026-01-04T00:00:00Z", "a", Some("3")),
            ("2026-01-05T00:00:00Z", "b", None),
        ] {
            current.put(&folder(), dataset, version, at);
        }
        let then = |at: &str| {
            current.as_of(&folder(), at).unwrap().into_iter().map(|(d, v)| format!("{d}{v}")).collect::<Vec<_>>()
        };
        assert_eq!(then("2026-01-01T12:00:00Z"), ["a1"]);
        assert_eq!(then("2026-01-04T00:00:00Z"), ["a3", "b2"]);
        assert_eq!(then("2027-01-01T00:00:00Z"), ["a3"]);
        assert!(
            current.as_of(&folder(), "2025-12-31T23:59:59Z").unwrap_err().to_string().contains("2026-01-01T00:00:00Z")
        );
        assert_eq!(current.history.len(), 4, "the same version again is no change");
        assert_eq!(current.since(&folder(), "a").as_deref(), Some("2026-01-03T00:00:00Z"));
        assert_eq!(current.before(&folder(), "a").as_deref(), Some("1"));
    }

    #[test]
    fn a_day_means_its_end() {
        assert_eq!(moment("2026-01-31").unwrap(), "2026-01-31T23:59:59Z");
        assert_eq!(moment("2026-01-31T12:00:00+03:00").unwrap(), "2026-01-31T09:00:00Z");
        assert!(moment("31 January").unwrap_err().contains("2026-01-31"));
        assert!(moment("2026-02-30").is_err());
    }

    proptest! {
        #[test]
        fn any_text_is_a_moment_or_none(text in "[0-9TZ:+-]{0,25}|\\PC{0,20}") {
            if let Ok(at) = moment(&text) {
                prop_assert!(read(&at).is_some() && at.ends_with('Z'), "{}", at);
            }
        }
    }
}
