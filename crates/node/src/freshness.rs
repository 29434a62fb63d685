//! How fresh the lists of a folder are, for whoever has to be told that one is old.
//!
//! In come a data folder and the data sets of a manifest, out comes for each list the last look that was good, why the last one failed if it did, and
//! how old its copy may be. Only small files are read, so that it can be asked often.

use std::{path::Path, time::Duration};

use jiff::Timestamp;

use crate::{
    checks::Checks,
    error::NodeError,
    folder::Folder,
    manifest::Dataset,
    settings::Settings,
    target::{From, Place, Target},
    versions,
};

/// A copy is never called old before this.
const FRESH: Duration = Duration::from_secs(24 * 3600);

/// How fresh a list is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Freshness {
    /// Its data set.
    pub dataset: String,
    /// The version in use in its publisher's words, if these are known.
    pub edition: Option<String>,
    /// The last look for a newer one that did not fail; none if nobody has looked.
    pub good: Option<Timestamp>,
    /// The last look.
    pub looked: Option<Timestamp>,
    /// Why the last look failed, if it did.
    pub failed: Option<String>,
    /// How long after a good look the copy may be old; none for a list without an address, which nobody can look for.
    pub allowed: Option<Duration>,
}

/// How long after a good look a copy may be old.
pub(crate) fn allowed(target: &Target) -> Option<Duration> {
    (target.place != Place::Nowhere).then(|| FRESH.max(target.cadence.saturating_mul(4)))
}

/// How fresh the lists in use are, and those that were looked for in vain.
///
/// # Errors
/// When the folder or `sources.toml` cannot be read.
pub fn freshness(path: &Path, manifest: &[Dataset]) -> Result<Vec<Freshness>, NodeError> {
    let folder = Folder::new(path.to_owned());
    let (settings, current, checks) = (Settings::read(&folder)?, folder.current()?, Checks::read(&folder));
    let from = From { urls: &[], manifest };
    let wanted = manifest.iter().filter(|said| said.load).map(|said| &said.name);
    let mut names: Vec<&String> = current.lists.keys().chain(wanted).collect();
    names.sort();
    names.dedup();
    let one = |name: &String| {
        let (target, check) = (Target::of(&folder, &settings, &from, name), checks.lists.get(name));
        let time = |text: Option<&String>| text.and_then(|text| versions::read(text));
        Freshness {
            dataset: name.clone(),
            edition: check.and_then(|check| check.known.as_ref()?.edition.clone()),
            good: time(check.and_then(|check| check.good.as_ref())),
            looked: time(check.map(|check| &check.at)),
            failed: check.filter(|check| check.failed).map(|check| check.result.clone()),
            allowed: allowed(&target),
        }
    };
    Ok(names.into_iter().map(one).collect())
}
