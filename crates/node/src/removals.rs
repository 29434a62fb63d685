//! Who is missing from a new version, and stays screened until a person has looked.
//!
//! In come the version in use and a new one; out comes what is screened of both. When more than a tenth of those listed would
//! go, all who would go stay, with everything that belongs to them, and are *held*: what is screened is the new version and
//! they. A list that was published with half of it missing is then a warning and no gap. [`decide`] takes a person's word: they
//! go, or they stay and nobody is asked again. Whoever is listed again is held no more.

use std::{collections::BTreeSet, path::Path};

use mihenk_entities::Entity;
use mihenk_ledger::refusals;
use serde::{Deserialize, Serialize};

use crate::{
    Model,
    error::NodeError,
    folder::Folder,
    lists::{self, ListAbout, Live, is_screened},
    records::OWNERS,
    swap,
};

/// One in so many may go without a word.
const SHARE: usize = 10;

/// Who is screened although the publisher's version has them no more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// The version as it was published.
    pub published: String,
    /// Since when the first of them is held, in UTC.
    pub since: String,
    /// Ids that wait for a decision.
    pub waiting: Vec<String>,
    /// Ids that stay because a person said so.
    pub kept: Vec<String>,
}

impl Held {
    /// Whether an id is held, waiting or kept.
    #[must_use]
    pub fn has(&self, id: &str) -> bool {
        self.waiting.iter().chain(&self.kept).any(|held| held == id)
    }
}

impl ListAbout {
    /// The version as its publisher made it.
    #[must_use]
    pub fn published_version(&self) -> &str {
        self.held.as_ref().map_or(&self.version, |held| &held.published)
    }

    /// The removals that wait for a decision.
    #[must_use]
    pub fn waiting(&self) -> &[String] {
        self.held.as_ref().map_or(&[], |held| &held.waiting)
    }

    /// Those who stay by an earlier decision, though their publisher has them no more.
    #[must_use]
    pub fn kept(&self) -> &[String] {
        self.held.as_ref().map_or(&[], |held| &held.kept)
    }
}

/// Who is held when a version is replaced; none if nobody is.
pub(crate) fn hold(live: &Live, next: &ListAbout, after: &[Entity], now: &str) -> Option<Held> {
    let after: BTreeSet<&str> = after.iter().map(|e| e.id.as_str()).collect();
    let held = live.about.held.as_ref();
    let was_held: BTreeSet<&String> = held.iter().flat_map(|held| held.waiting.iter().chain(&held.kept)).collect();
    let listed: Vec<&String> = live.screened.iter().filter(|id| !was_held.contains(id)).collect();
    let gone = || listed.iter().copied().filter(|id| !after.contains(id.as_str())).cloned();
    let still = |ids: &[String]| ids.iter().filter(|id| !after.contains(id.as_str())).cloned().collect::<Vec<_>>();
    let mut waiting = held.map_or_else(Vec::new, |held| still(&held.waiting));
    let kept = held.map_or_else(Vec::new, |held| still(&held.kept));
    let since = held.filter(|_| !waiting.is_empty() || !kept.is_empty()).map_or(now, |held| held.since.as_str());
    if gone().count() * SHARE > listed.len() {
        waiting.extend(gone());
    }
    if waiting.is_empty() && kept.is_empty() {
        return None;
    }
    Some(Held { published: next.version.clone(), since: since.to_owned(), waiting, kept })
}

/// The new version, and the held with what belongs to them.
pub(crate) fn composed(before: &[Entity], after: &[Entity], held: &Held) -> Vec<Entity> {
    let after_ids: BTreeSet<&str> = after.iter().map(|e| e.id.as_str()).collect();
    let ids: BTreeSet<&str> = held.waiting.iter().chain(&held.kept).map(String::as_str).collect();
    let is_held = |e: &&Entity| ids.contains(e.id.as_str());
    let addresses: BTreeSet<&str> =
        before.iter().filter(is_held).flat_map(|e| e.values("addressEntity")).map(String::as_str).collect();
    let belongs = |e: &Entity| {
        addresses.contains(e.id.as_str())
            || !is_screened(e) && OWNERS.iter().flat_map(|p| e.values(p)).any(|id| ids.contains(id.as_str()))
    };
    let theirs = before.iter().filter(|e| !after_ids.contains(e.id.as_str()) && (is_held(e) || belongs(e)));
    after.iter().chain(theirs).cloned().collect()
}

/// What a person decides of removals that wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// They go.
    Accept,
    /// They stay, and nobody is asked again.
    Reject,
}

/// What a decision did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Decided {
    /// The list, as it is now.
    pub list: ListAbout,
    /// Id and caption of each whom it was about.
    pub entities: Vec<(String, String)>,
}

/// Decides on the removals of a list that wait; accepting lets those go as well that stayed by an earlier decision.
///
/// # Errors
/// When the list is not loaded, nothing waits, or something cannot be written.
pub fn decide(path: &Path, name: &str, decision: Decision, model: &Model, now: &str) -> Result<Decided, NodeError> {
    decide_on(path, (name, None), decision, model, now)
}

/// As [`decide`], on the version in use that somebody looked at: on another one, others may wait.
///
/// # Errors
/// As [`decide`], and when another version is in use by now.
pub fn decide_on(
    path: &Path,
    (name, seen): (&str, Option<&str>),
    decision: Decision,
    model: &Model,
    now: &str,
) -> Result<Decided, NodeError> {
    let folder = Folder::new(path.to_owned());
    let lock = folder.lock()?;
    let mut next = folder.current()?;
    let version = next.version_of(&folder, name)?.to_owned();
    if seen.is_some_and(|seen| seen != version) {
        return Err(refusals::list_changed_meanwhile(name).into());
    }
    let mut about = lists::about_of(&folder, name, &version)?;
    let Some(held) = about.held.as_mut().filter(|h| decision == Decision::Accept || !h.waiting.is_empty()) else {
        return Err(refusals::no_removals_wait(name).into());
    };
    let ids: BTreeSet<String> = match decision {
        Decision::Accept => held.waiting.iter().chain(&held.kept).cloned().collect(),
        Decision::Reject => held.waiting.iter().cloned().collect(),
    };
    let entities = lists::entities_of(&folder, name, &version)?;
    let told = entities.iter().filter(|e| ids.contains(e.id.as_str()));
    let told = told.map(|e| (e.id.to_string(), e.caption().to_owned())).collect();
    let list = match decision {
        Decision::Accept => {
            let published = held.published.clone();
            next.put(&folder, name, Some(&published), now);
            swap::put_in_use(&folder, &lock, &next, model, now)?;
            lists::about_of(&folder, name, &published)?
        }
        Decision::Reject => {
            let waiting = std::mem::take(&mut held.waiting);
            held.kept.extend(waiting);
            lists::rewrite_about(&folder, &lock, &about)?;
            about
        }
    };
    Ok(Decided { list, entities: told })
}
