//! Lists: how each stands, what differs between two of its versions, and who waits for a decision.
//!
//! In comes the status of the data folder, out come pages. What an update would do, or did, is one page: numbers first, then whom it adds, changes and removes, a hundred at a time.

use askama::Template;
use mihenk_node::{
    Entity, Finding, diff::Compared, differences::Change, lists::ListAbout, permission::Permission, said::Said,
    status::Status, versions::Kept,
};

use crate::{foreign::cleaned, frame::Frame};

/// All lists.
#[derive(Debug, Template)]
#[template(path = "lists.html")]
pub struct ListsPage<'a> {
    /// What stands around it.
    pub t: &'a Frame,
    /// How they stand; none where lists are in memory alone.
    pub status: Option<&'a Status>,
    /// What is in use.
    pub lists: &'a [ListAbout],
    /// Entities that are screened.
    pub entities: usize,
    /// The version of all of them.
    pub version: &'a str,
}

/// One list.
#[derive(Debug, Template)]
#[template(path = "list.html")]
pub struct ListPage<'a> {
    /// What stands around it.
    pub t: &'a Frame,
    /// The list.
    pub about: &'a ListAbout,
    /// The gravest of what could not be read, with its parts; none of a version that was stored before these were kept.
    pub findings: &'a [Finding],
    /// What changed.
    pub compared: Option<&'a Compared>,
    /// Why that is not known.
    pub not_compared: Option<&'a Said>,
    /// Its versions, the newest first.
    pub versions: &'a [Kept],
    /// How looking for a newer version stands that was begun here.
    pub looked: Option<&'a Looked>,
    /// Whom its publisher has no more and who wait for a decision, with what they are called.
    pub waiting: &'a [(String, String)],
    /// Those who stay by an earlier decision, though their publisher has them no more.
    pub stay: &'a [(String, String)],
}

/// How looking for a newer version of a list stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Looked {
    /// It is being looked.
    Running,
    /// There is none.
    Unchanged,
    /// It is in use now.
    Live,
    /// There is one, which is kept and not in use: which.
    Waits(String),
    /// Its publisher has another one by now than the one that somebody looked at and wanted in use: which. Nothing is in use that was not.
    Instead(String),
    /// The list has no address.
    Nowhere,
    /// It failed, for that reason.
    Failed(Said),
}

/// What differs between two versions of a list.
#[derive(Debug, Template)]
#[template(path = "diff.html")]
pub struct DiffPage<'a> {
    /// What stands around it.
    pub t: &'a Frame,
    /// The list.
    pub about: &'a ListAbout,
    /// Its versions, the newest first.
    pub versions: &'a [Kept],
    /// The earlier and the later one as the address has them; empty for the last two.
    pub asked: (&'a str, &'a str),
    /// What differs; none when it cannot be said.
    pub part: Option<&'a DiffPart>,
    /// Why it cannot.
    pub refused: Option<&'a Said>,
    /// Whether somebody looked at another version before this one, and its publisher has this one instead.
    pub is_instead: bool,
}

/// A part of a difference.
#[derive(Debug, Default)]
pub struct DiffPart {
    /// What was compared, as `NAME@VERSION`.
    pub from: String,
    /// With what.
    pub to: String,
    /// How many were added, changed, removed.
    pub counts: [usize; 3],
    /// Which of them are shown: `added`, `changed` or `removed`.
    pub which: &'static str,
    /// Those who were added or removed, as far as they are on this page.
    pub entities: Vec<Entity>,
    /// The same of those who were changed.
    pub changes: Vec<Change>,
    /// How many are before this page.
    pub after: usize,
    /// Of how many customers something is found by those who were changed or removed; none for whoever may not know.
    pub customers: Option<usize>,
}

/// Entities of a page of a difference.
pub const DIFF_PAGE: usize = 100;

/// Entities of a difference that are shown of each kind.
const SHOWN: usize = 20;

impl ListsPage<'_> {
    fn count(&self, list: &ListAbout) -> usize {
        list.entities.iter().map(|(_, count)| count).sum()
    }

    fn waiting(&self, list: &ListAbout) -> usize {
        list.waiting().len()
    }
}

impl ListPage<'_> {
    /// The first of many.
    fn most<'l, T>(&self, all: &'l [T]) -> &'l [T] {
        &all[..all.len().min(SHOWN)]
    }

    /// Where a finding stands in its file.
    fn place(&self, finding: &Finding) -> String {
        let part = |key: &str, name: &'static str, text: &Option<String>| {
            text.as_ref().map(|text| self.t.with(key, &[(name, cleaned(text).0.into())]))
        };
        let place = &finding.place;
        let line = place.line.map(|line| self.t.with("place-line", &[("n", self.t.digits(&line.to_string()).into())]));
        let parts =
            [line, part("finding-record", "record", &place.record), part("finding-field", "field", &place.field)];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
    }

    /// Whether what was found are words of the file alone.
    fn is_quote(&self, finding: &Finding) -> bool {
        finding.found.name().is_none() && finding.found.as_str().starts_with('\'')
    }

    fn count(&self) -> usize {
        self.about.entities.iter().map(|(_, count)| count).sum()
    }
}

impl ListPage<'_> {
    fn keeps(&self) -> bool {
        self.t.may(Permission::KeepLists)
    }

    /// The key of how looking stands.
    fn looked_key(&self, looked: &Looked) -> &'static str {
        match looked {
            Looked::Running => "looked-running",
            Looked::Unchanged => "looked-unchanged",
            Looked::Live => "looked-live",
            Looked::Waits(_) => "looked-waits",
            Looked::Instead(_) => "looked-instead",
            Looked::Nowhere => "looked-nowhere",
            Looked::Failed(_) => "looked-failed",
        }
    }

    fn waits<'l>(&self, looked: &'l Looked) -> Option<&'l str> {
        if let Looked::Waits(version) | Looked::Instead(version) = looked { Some(version) } else { None }
    }

    fn failed<'l>(&self, looked: &'l Looked) -> Option<&'l Said> {
        if let Looked::Failed(why) = looked { Some(why) } else { None }
    }
}

impl DiffPage<'_> {
    fn keeps(&self) -> bool {
        self.t.may(Permission::KeepLists)
    }

    /// Whether what is shown is what accepting would do.
    fn is_waiting(&self) -> bool {
        self.asked.1 == "waiting" && self.about.held.is_some()
    }

    /// The version that is shown as the earlier one.
    fn before(&self) -> &str {
        let shown = self.part.and_then(|part| part.from.split_once('@')).map(|(_, version)| version);
        shown.unwrap_or(self.asked.0)
    }

    /// The version that is shown as the later one; nothing for the one in use, or the publisher's.
    fn now(&self) -> &str {
        let shown = self.part.and_then(|part| part.to.split_once('@')).map_or(self.asked.1, |(_, version)| version);
        if shown == self.about.version || self.asked.1 == "waiting" { "" } else { shown }
    }

    fn tabs(&self, part: &DiffPart) -> [(&'static str, usize); 3] {
        let [added, changed, removed] = part.counts;
        [("added", added), ("changed", changed), ("removed", removed)]
    }

    /// The address of another part of the same difference.
    fn at(&self, which: &str, after: impl std::fmt::Display) -> String {
        let (from, to) = self.asked;
        format!("/lists/{}/diff?from={from}&to={to}&of={which}&after={after}", self.about.dataset)
    }

    /// Whether the later version was fetched and never put in use.
    fn is_ready(&self) -> bool {
        let now = self.now();
        self.versions.iter().any(|one| one.version == now && one.since.is_none())
            && self.about.published_version() != now
    }

    /// How many are shown of which there are how many.
    fn of_all(&self, part: &DiffPart) -> usize {
        self.tabs(part).into_iter().find(|(which, _)| *which == part.which).map_or(0, |(_, count)| count)
    }

    fn next(&self, part: &DiffPart) -> Option<usize> {
        let next = part.after + DIFF_PAGE;
        (next < self.of_all(part)).then_some(next)
    }

    fn previous(&self, part: &DiffPart) -> Option<usize> {
        (part.after > 0).then(|| part.after.saturating_sub(DIFF_PAGE))
    }
}
