//! Findings: what is wrong in a report, where, and what would be right.
//!
//! They are for the person who must correct a report, or who reads one that somebody else wrote. A finding holds whatever it says
//! could not be read, whole, so that nothing is lost.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::super::element::Place;
use mihenk_said::Said;

/// How much it matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Some authorities, or nobody known, would refuse the report for it.
    Warning,
    /// The report cannot be sent like this.
    Error,
}

/// Something wrong in a report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// How much it matters.
    pub severity: Severity,
    /// The path of the element, such as `report/transaction[2]/t_to/to_account/institution_name`.
    pub path: String,
    /// Where it stands in the file, if it was read from one. What is missing has the place of what is around it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
    /// What was found; written in English.
    pub found: Said,
    /// What would be right; written in English.
    pub right: Said,
    /// Whose schema demands it; nobody's name when each that was read does.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub demanded_by: Vec<String>,
    /// Whether the rule was read in a schema of that version.
    pub verified: bool,
    /// What is in the file and not in the model, as XML.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kept: Option<String>,
}

impl Finding {
    /// An error.
    pub(in super::super) fn at(path: &str, place: Option<Place>, found: Said, right: Said) -> Finding {
        let (severity, demanded_by) = (Severity::Error, Vec::new());
        Finding { severity, path: path.to_owned(), place, found, right, demanded_by, verified: true, kept: None }
    }

    pub(in super::super) fn warning(self) -> Finding {
        Finding { severity: Severity::Warning, ..self }
    }

    pub(in super::super) fn kept(self, kept: String) -> Finding {
        Finding { kept: Some(kept), ..self }
    }

    pub(super) fn unverified(self) -> Finding {
        Finding { verified: false, ..self }
    }

    pub(super) fn demanded_by(self, by: &[&str]) -> Finding {
        Finding { demanded_by: by.iter().map(|&one| one.to_owned()).collect(), ..self }
    }

    /// Whether the report cannot be sent like this.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(place) = self.place {
            write!(f, "{place}: ")?;
        }
        write!(f, "{}: {}; right would be {}", self.path, self.found, self.right)?;
        if !self.demanded_by.is_empty() {
            write!(f, " (so the schema of {})", self.demanded_by.join("; of "))?;
        }
        if !self.verified {
            f.write_str(" (not verified)")?;
        }
        Ok(())
    }
}

/// Text of a report in a sentence: in quotes, on one line, and not too long.
pub(in super::super) fn quote(text: &str) -> String {
    format!("{:?}", cut(text))
}

/// Text of a report as a fact of a sentence: not too long.
pub(in super::super) fn cut(text: &str) -> String {
    const SHOWN_MAX: usize = 80;
    let mut shown: String = text.chars().take(SHOWN_MAX).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    shown
}
