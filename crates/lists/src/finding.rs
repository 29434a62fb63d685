//! What could not be read or understood, and where: a [`Finding`] is never a silence.
//!
//! In comes a place in a source, what stood there and what would have been right; out comes a line for a person. A
//! finding does not stop the reading. Its [`Severity`] says what it means for screening: [`Severity::High`] something
//! of the list may be missing, [`Severity::Medium`] a value cannot be compared, [`Severity::Low`] kept as text,
//! nothing lost.

use std::fmt;

use mihenk_said::Said;
use serde::{Deserialize, Serialize};

/// What a finding means for screening.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Nothing is lost: the text was kept, only its meaning was not worked out.
    Low,
    /// A value that a comparison would use could not be understood; its text was kept.
    Medium,
    /// A record, or a part of the list, is missing or may be.
    High,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Severity::Low => "low",
            Severity::Medium => "medium",
            Severity::High => "high",
        })
    }
}

/// Where in a source.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Place {
    /// The line, from 1.
    pub line: Option<u64>,
    /// The id of the record.
    pub record: Option<String>,
    /// The field: an element, a column, or the label in a remark.
    pub field: Option<String>,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut before = "";
        if let Some(line) = self.line {
            write!(f, "line {line}")?;
            before = ", ";
        }
        for part in [&self.record, &self.field].into_iter().flatten() {
            write!(f, "{before}{part}")?;
            before = ", ";
        }
        Ok(())
    }
}

/// One thing that could not be read or understood.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct Finding {
    /// The file.
    pub file: String,
    /// Where in it.
    pub place: Place,
    /// What stood there: between quotes the file's own words, else what the program says of it.
    pub found: Said,
    /// What would be right, or what was done with it.
    pub expected: Said,
    /// What it means for screening.
    pub severity: Severity,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Finding { file, place, found, expected, .. } = self;
        f.write_str(file)?;
        let place = place.to_string();
        if !place.is_empty() {
            write!(f, ": {place}")?;
        }
        write!(f, ": {found}; {expected}")
    }
}

/// Longest piece of a source that is quoted in a finding or an error, in characters.
const QUOTED_CHARS_MAX: usize = 120;

/// A piece of a source between quotes, shortened, without line breaks.
pub(crate) fn quote(text: &str) -> String {
    let mut out = String::from("'");
    for (i, c) in text.trim().chars().enumerate() {
        if i == QUOTED_CHARS_MAX {
            out.push('…');
            break;
        }
        out.push(if c.is_control() { ' ' } else { c });
    }
    out.push('\'');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finding_reads_as_one_line_from_file_to_remedy() {
        let mut finding = Finding {
            file: "sdn.csv".to_owned(),
            place: Place { line: Some(12), record: Some("ofac-9".to_owned()), field: Some("DOB".to_owned()) },
            found: quote("31 Feb\n1960").into(),
            expected: Said::words("expected a day of the calendar"),
            severity: Severity::Medium,
        };
        assert_eq!(finding.to_string(), "sdn.csv: line 12, ofac-9, DOB: '31 Feb 1960'; expected a day of the calendar");
        finding.place = Place::default();
        assert_eq!(finding.to_string(), "sdn.csv: '31 Feb 1960'; expected a day of the calendar");
        assert!(quote(&"x".repeat(500)).chars().count() < 130, "a finding stays a line");
    }
}
