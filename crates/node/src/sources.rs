//! The sources that are known by name, for whoever asks which there are.
//!
//! In comes nothing, out come the declarations of `mihenk-lists` in a form for scripts.

use mihenk_lists::{Layout, SOURCES};
use serde::Serialize;

/// A source.
#[derive(Clone, Debug, Serialize)]
pub struct SourceAbout {
    /// The name of its dataset.
    pub name: &'static str,
    /// Its title.
    pub title: &'static str,
    /// Who publishes it.
    pub publisher: &'static str,
    /// Whom it lists.
    pub coverage: &'static str,
    /// Under which terms it may be used.
    pub licence: &'static str,
    /// The page for people.
    pub page: &'static str,
    /// The addresses of its files; none where each edition has addresses of its own.
    pub files: Vec<&'static str>,
    /// What of the layout of its files could not be checked.
    pub unverified: Option<&'static str>,
    /// Seconds between two looks for a newer one.
    pub check_every: u64,
}

/// All sources.
#[must_use]
pub fn sources() -> Vec<SourceAbout> {
    let about = |source: &&'static mihenk_lists::Source| SourceAbout {
        name: source.name,
        title: source.title,
        publisher: source.publisher,
        coverage: source.coverage,
        licence: source.licence,
        page: source.page,
        files: source.files.iter().map(|file| file.url).collect(),
        unverified: match source.layout {
            Layout::Verified => None,
            Layout::Unverified(what) => Some(what),
        },
        check_every: source.cadence.check_every().as_secs(),
    };
    SOURCES.iter().map(about).collect()
}
