//! When each list was looked for, and what came of it.
//!
//! In comes the end of a look, out comes `checks.json`: the time, the result, when to look again, and what the server said of the
//! files, to ask it with next time. What it says of a version holds only for that version, that address and this program: a
//! newer program may read more out of the same file. A file that is damaged costs a download and nothing else.

use std::{collections::BTreeMap, fs, time::Duration};

use jiff::Timestamp;
use mihenk_lists::download::Validators;
use mihenk_screening::index::hex;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::{
    error::NodeError,
    folder::{Folder, Lock, json, write_whole},
    target::{Place, Target},
    versions,
};

/// The pause behind the first failure; each further one doubles it, up to the cadence.
const FIRST_PAUSE: Duration = Duration::from_secs(300);

/// The file: a check for each dataset.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Checks {
    /// By dataset.
    pub(crate) lists: BTreeMap<String, Check>,
}

/// The last look for a list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Check {
    /// When, in UTC.
    pub(crate) at: String,
    /// What came of it, in words.
    pub(crate) result: String,
    /// Whether it failed.
    pub(crate) failed: bool,
    /// Looks in a row that failed.
    pub(crate) failures: u32,
    /// The last look that did not fail.
    pub(crate) good: Option<String>,
    /// When to look again.
    pub(crate) next: String,
    /// What to ask with.
    #[serde(default)]
    pub(crate) known: Option<Known>,
}

/// What the servers said of a version.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Known {
    /// The published version that it was said of.
    pub(crate) version: String,
    /// The program that read it.
    pub(crate) program: String,
    /// The addresses, as a hash: they may hold secrets.
    pub(crate) place: String,
    /// For each address, in order.
    pub(crate) files: Vec<Validators>,
    /// The version in a catalogue's own words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) edition: Option<String>,
}

impl Known {
    /// What was said of a version that was just fetched.
    pub(crate) fn of(target: &Target, version: &str, files: Vec<Validators>, edition: Option<String>) -> Known {
        let program = env!("CARGO_PKG_VERSION").to_owned();
        Known { version: version.to_owned(), program, place: hash(&target.place), files, edition }
    }

    /// Whether it holds for a target whose published version here is this one.
    pub(crate) fn holds(&self, target: &Target, version: Option<&str>) -> bool {
        Some(self.version.as_str()) == version
            && self.program == env!("CARGO_PKG_VERSION")
            && self.place == hash(&target.place)
    }
}

fn hash(place: &Place) -> String {
    let text = match place {
        Place::Files(urls) => urls.join("\n"),
        Place::Catalogue(url, dataset) => format!("{url}\n{dataset}"),
        Place::Manifest(said) => said.place(),
        Place::Nowhere => String::new(),
    };
    hex(&Sha256::digest(text.as_bytes())[..8])
}

impl Checks {
    /// Reads the file; nothing was looked for where there is none, or none that can be read.
    pub(crate) fn read(folder: &Folder) -> Checks {
        let bytes = fs::read(folder.root().join("checks.json")).unwrap_or_default();
        serde_json::from_slice(&bytes).unwrap_or_default()
    }

    pub(crate) fn write(&self, folder: &Folder, _lock: &Lock) -> Result<(), NodeError> {
        write_whole(&folder.root().join("checks.json"), &json(self))
    }

    /// Enters a look that did not fail.
    pub(crate) fn good(&mut self, target: &Target, now: Timestamp, result: &str, known: Option<Known>) {
        let at = versions::written(now);
        let check = Check {
            result: result.to_owned(),
            failed: false,
            failures: 0,
            good: Some(at.clone()),
            next: later(now, target.cadence),
            known,
            at,
        };
        self.lists.insert(target.dataset.clone(), check);
    }

    /// Enters one that did; what is known of the version at hand stays.
    pub(crate) fn failed(&mut self, target: &Target, now: Timestamp, why: &str, again: Option<Duration>) {
        let check = self.lists.entry(target.dataset.clone()).or_default();
        let pause = FIRST_PAUSE.saturating_mul(1 << check.failures.min(16)).min(target.cadence);
        check.at = versions::written(now);
        check.failed = true;
        check.failures += 1;
        why.clone_into(&mut check.result);
        check.next = later(now, again.map_or(pause, |asked| asked.max(pause)));
    }

    /// When to look for a list again; now if it was never looked for, or the clock was turned back.
    pub(crate) fn next(&self, dataset: &str, now: Timestamp) -> Timestamp {
        let check = self.lists.get(dataset);
        let is_past = |check: &&Check| versions::read(&check.at).is_some_and(|at| at <= now);
        check.filter(is_past).and_then(|check| versions::read(&check.next)).unwrap_or(now)
    }
}

fn later(now: Timestamp, time: Duration) -> String {
    // A year is more than any cadence; a time beyond what can be written is now.
    let time = time.min(Duration::from_secs(366 * 86_400));
    versions::written(now.checked_add(time).unwrap_or(now))
}
