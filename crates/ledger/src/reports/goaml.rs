//! goAML: reports of suspicious transactions and activities as financial intelligence units take them.
//!
//! goAML is the software of the United Nations Office on Drugs and Crime (<https://unite.un.org/goaml/>). Its XML schema is known here as rule tables
//! ([`rules()`], `data/goaml/`), versions 4.0 and 5.0.2. In come a [`Report`], to be held against the rules ([`check()`]) and written ([`write()`]), or
//! bytes that somebody sent ([`read()`]). Out come text, the report with its findings, or why not. No store, no clock, no network: what is sent,
//! who may, and by when, is decided elsewhere. [`subjects()`] lists everybody a report is about.

mod check;
mod element;
mod model;
mod read;
mod rules;
pub mod sayings;
mod subjects;
#[cfg(test)]
mod tests;
mod value;
mod write;

use std::{fmt, str::FromStr};

pub use check::{Finding, Severity};
pub use element::Place;
pub use jiff::civil::DateTime;
pub use model::*;
pub use read::{BYTES_MAX, DEPTH_MAX, ELEMENTS_MAX, Incoming, ReadError, ReadErrorKind, read, read_for};
pub use rules::{All, Codes, ComplexType, ElementRule, Group, GroupRule, Must, Need, Rules, Source, rules};
use serde::{Deserialize, Serialize};
pub use subjects::{ReportedSubject, subjects};
pub use value::Decimal;
pub use write::{write, write_for};

/// A version of the schema.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Version {
    /// 4.0.
    #[serde(rename = "4.0")]
    V4_0,
    /// 5.0.2.
    #[default]
    #[serde(rename = "5.0.2")]
    V5_0_2,
}

impl Version {
    /// All that are known, the oldest first.
    pub const ALL: [Version; 2] = [Version::V4_0, Version::V5_0_2];
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Version::V4_0 => "4.0",
            Version::V5_0_2 => "5.0.2",
        })
    }
}

impl FromStr for Version {
    type Err = String;

    fn from_str(text: &str) -> Result<Version, String> {
        let known = Version::ALL.into_iter().find(|version| version.to_string() == text.trim());
        known.ok_or_else(|| {
            format!("{text:?} is no version of goAML's schema that is known; right would be 4.0 or 5.0.2")
        })
    }
}

/// Holds a report against the rules of a version: what is missing, too long, or not of its kind.
///
/// What only some authorities demand is a warning that names them.
#[must_use]
pub fn check(report: &Report, version: Version) -> Vec<Finding> {
    check_for(report, version, None)
}

/// Holds a report against the rules of a version and of one authority, by its id among [`Rules::sources`]: what that one
/// demands is an error, and what others do is left out.
#[must_use]
pub fn check_for(report: &Report, version: Version, authority: Option<&str>) -> Vec<Finding> {
    check::check(&write::tree(report, rules(version)), rules(version), authority)
}
