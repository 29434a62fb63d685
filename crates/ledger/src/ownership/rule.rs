//! Regimes: by which test somebody who is not listed is blocked because of who stands behind.
//!
//! In come the files of `data/ownership`, out come [`Rule`]s. What the law says, where it was read and whether its text was read stands in each file; what
//! was not verified is shown so wherever it is shown. The tests differ in four points: how much is enough, whether shares of different listed persons
//! are added, whether control counts, and which lists are meant.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::share::WHOLE;
use crate::{error::LedgerError, regimes::LawSource};

const BUILT_IN: [(&str, &str); 3] = [
    ("ofac.toml", include_str!("../../../../data/ownership/ofac.toml")),
    ("eu.toml", include_str!("../../../../data/ownership/eu.toml")),
    ("uk.toml", include_str!("../../../../data/ownership/uk.toml")),
];

/// How much is enough.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Threshold {
    /// 50 per cent or more.
    #[serde(rename = "50")]
    Half,
    /// More than 50 per cent.
    #[serde(rename = "more-than-50")]
    MoreThanHalf,
}

impl Threshold {
    /// The least that is enough, in parts per billion.
    #[must_use]
    pub fn parts(self) -> u64 {
        match self {
            Threshold::Half => u64::from(WHOLE / 2),
            Threshold::MoreThanHalf => u64::from(WHOLE / 2) + 1,
        }
    }

    /// As a comparison: `50 % or more`.
    #[must_use]
    pub fn told(self) -> &'static str {
        match self {
            Threshold::Half => "50 % or more",
            Threshold::MoreThanHalf => "more than 50 %",
        }
    }
}

/// As a comparison; as a fact of a sentence ([`mihenk_said`]) by its word.
impl fmt::Display for Threshold {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Threshold::Half if f.alternate() => "half",
            Threshold::MoreThanHalf if f.alternate() => "more-than-half",
            threshold => threshold.told(),
        })
    }
}

/// The test of a regime.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Its name in commands.
    pub id: String,
    /// What people call it.
    pub title: String,
    /// How much of the shares is enough.
    pub threshold: Threshold,
    /// Whether the shares of different listed persons are added.
    pub aggregate: bool,
    /// Whether the right to appoint or remove a majority of the board counts.
    pub board: bool,
    /// Whether a majority of votes counts.
    pub votes: bool,
    /// Whether control by other means counts: never certainly, a person has to judge it.
    pub control: bool,
    /// The datasets whose listings count.
    pub lists: Vec<String>,
    /// Where the law says it.
    #[serde(rename = "source")]
    pub sources: Vec<LawSource>,
}

/// More than half of the votes, in parts per billion.
pub const VOTES: u64 = WHOLE as u64 / 2 + 1;

impl Rule {
    /// All of them, in the order in which they are shown.
    ///
    /// # Errors
    /// Never in a program that passed its tests, which read each.
    pub fn all() -> Result<Vec<Rule>, LedgerError> {
        let read = |(file, text): &(&str, &str)| {
            toml::from_str(text).map_err(|error| LedgerError::refused(format!("{file}: {error}")))
        };
        BUILT_IN.iter().map(read).collect()
    }

    /// Those with these names; all without one.
    ///
    /// # Errors
    /// When there is none of a name; names those that there are.
    pub fn named(names: &[String]) -> Result<Vec<Rule>, LedgerError> {
        let all = Rule::all()?;
        if let Some(unknown) = names.iter().find(|name| all.iter().all(|rule| rule.id != **name)) {
            let known = all.iter().map(|rule| rule.id.as_str()).collect::<Vec<_>>().join(", ");
            return Err(LedgerError::refused(format!("there is no regime {unknown:?}; right would be one of {known}")));
        }
        Ok(all.into_iter().filter(|rule| names.is_empty() || names.contains(&rule.id)).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_rule_is_read_and_says_where_its_law_stands() {
        let rules = Rule::all().unwrap();
        assert_eq!(rules.iter().map(|rule| rule.id.as_str()).collect::<Vec<_>>(), ["ofac", "eu", "uk"]);
        for source in rules.iter().flat_map(|rule| &rule.sources) {
            assert!(![&source.document, &source.paragraph, &source.says, &source.read_at].iter().any(|s| s.is_empty()));
        }
    }

    #[test]
    fn the_tests_differ_where_the_law_does() {
        let rules = Rule::all().unwrap();
        let facts: Vec<_> = rules.iter().map(|r| (r.threshold.parts(), r.aggregate, r.board, r.control)).collect();
        let half = 500_000_000;
        // OFAC FAQ 398, 399; the Council's Best Practices of July 2024; regulation 7 and OFSI's guidance.
        assert_eq!(facts, [(half, true, false, false), (half, true, true, true), (half + 1, false, true, true)]);
    }

    #[test]
    fn an_unknown_regime_is_refused_with_those_that_there_are() {
        let error = Rule::named(&["un".to_owned()]).unwrap_err().to_string();
        assert!(error.contains("ofac, eu, uk"), "{error}");
        assert_eq!(Rule::named(&["uk".to_owned()]).unwrap().len(), 1);
    }
}
