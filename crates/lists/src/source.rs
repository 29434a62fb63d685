//! The sources: who publishes a list, what it covers, where it is, how often it changes, and what reads it.
//!
//! A [`Source`] is declared in one file of [`crate::sources`] and entered in [`SOURCES`]; nothing else in the program
//! knows the names of lists. Dataset names are those of OpenSanctions (<https://www.opensanctions.org/datasets/>), so
//! that ids and datasets agree with files that users already have.

use std::{fmt, time::Duration};

use crate::{
    error::Error,
    relations::Draft,
    sets::{Part, Set},
    sources::{
        au_dfat_sanctions::AU_DFAT_SANCTIONS, ca_dfatd_sema_sanctions::CA_DFATD_SEMA_SANCTIONS,
        ch_seco_sanctions::CH_SECO_SANCTIONS, eu_fsf::EU_FSF, gb_fcdo_sanctions::GB_FCDO_SANCTIONS, tr_fcib::TR_FCIB,
        un_sc_sanctions::UN_SC_SANCTIONS, us_ofac_cons::US_OFAC_CONS, us_ofac_sdn::US_OFAC_SDN,
    },
};

/// An official list.
pub struct Source {
    /// The name of its dataset.
    pub name: &'static str,
    /// Its title.
    pub title: &'static str,
    /// Who publishes it.
    pub publisher: &'static str,
    /// Whom it lists and under which law.
    pub coverage: &'static str,
    /// Under which terms it may be used.
    pub licence: &'static str,
    /// The page for people.
    pub page: &'static str,
    /// The files that make one edition of it; none where each edition has addresses of its own, to which the page leads.
    pub files: &'static [SourceFile],
    /// The same list in other forms that are read, each of them whole in one file.
    pub other_forms: &'static [SourceFile],
    /// How often it changes.
    pub cadence: Cadence,
    /// Whether the layout of its files was checked against the publisher's documentation or files.
    pub layout: Layout,
    /// Reads the files of one edition.
    pub(crate) read: fn(&Set<'_>) -> Result<Draft, Error>,
}

/// One file of a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// What it holds.
    pub part: Part,
    /// Its address.
    pub url: &'static str,
}

/// How often a source changes, for whoever asks whether a copy is old.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cadence {
    /// Made anew every day, changed or not.
    Daily,
    /// Whenever there is a decision, often several times a week.
    OnDecision,
}

/// Whether what is read as the layout of a source was checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// Against the publisher's documentation or a file that it published.
    Verified,
    /// In part only; the text says what could not be checked.
    Unverified(&'static str),
}

/// All sources.
pub static SOURCES: [&Source; 9] = [
    &UN_SC_SANCTIONS,
    &US_OFAC_SDN,
    &US_OFAC_CONS,
    &EU_FSF,
    &GB_FCDO_SANCTIONS,
    &CH_SECO_SANCTIONS,
    &CA_DFATD_SEMA_SANCTIONS,
    &AU_DFAT_SANCTIONS,
    &TR_FCIB,
];

impl Source {
    /// The source of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Source> {
        SOURCES.iter().copied().find(|source| source.name == name)
    }
}

impl Cadence {
    /// How long a copy is good before one looks again. Asking is cheap: an unchanged file is not sent.
    #[must_use]
    pub fn check_every(self) -> Duration {
        match self {
            Cadence::Daily => Duration::from_secs(6 * 3600),
            Cadence::OnDecision => Duration::from_secs(3600),
        }
    }

    /// In words.
    #[must_use]
    pub fn told(self) -> &'static str {
        match self {
            Cadence::Daily => "made anew every day",
            Cadence::OnDecision => "whenever there is a decision",
        }
    }
}

impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_source_says_what_a_user_must_know() {
        for source in SOURCES {
            let texts = [source.name, source.title, source.publisher, source.coverage, source.licence];
            assert!(texts.iter().all(|text| !text.is_empty()), "{source:?}");
            assert!(source.page.starts_with("https://"), "{source:?}");
            let files = || source.files.iter().chain(source.other_forms);
            assert!(files().all(|file| file.url.starts_with("https://")), "{source:?}");
            assert!(source.other_forms.iter().all(|file| file.part == Part::Whole), "{source:?}");
            assert!(std::ptr::eq(Source::named(source.name).unwrap(), source), "names are unique");
        }
        assert!(Source::named("nonsense").is_none());
    }
}
