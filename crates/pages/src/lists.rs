//! Lists: how each stands, and what changed between its last two versions.
//!
//! In comes the status of the data folder, out come pages.

use askama::Template;
use mihenk_node::{
    diff::Compared,
    lists::{ListAbout, StoredFinding},
    status::Status,
};

use crate::frame::Frame;

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
    /// What changed.
    pub compared: Option<&'a Compared>,
    /// Why that is not known.
    pub not_compared: Option<&'a str>,
    /// Whom its publisher has no more and who wait for a decision, with what they are called.
    pub waiting: &'a [(String, String)],
}

/// Entities of a difference that are shown of each kind.
const SHOWN: usize = 200;

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

    fn findings(&self) -> &[StoredFinding] {
        self.most(&self.about.findings)
    }

    fn count(&self) -> usize {
        self.about.entities.iter().map(|(_, count)| count).sum()
    }
}
