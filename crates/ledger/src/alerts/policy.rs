//! What holds for each kind of alert, and why one may be cleared: two files, built in or of the house's own.
//!
//! In come the texts of `alert_kinds.toml` and `clearing_reasons.toml`, out comes a [`Policy`], or what is wrong with which of them.

use std::{
    collections::{BTreeMap, BTreeSet},
    str::FromStr,
};

use serde::{Deserialize, Serialize};

use super::observation::AlertKind;
use crate::{error::LedgerError, refusals};

/// The name of the file of kinds in a data folder.
pub const KINDS_FILE: &str = "alert_kinds.toml";
/// The name of the file of reasons in a data folder.
pub const REASONS_FILE: &str = "clearing_reasons.toml";

const KINDS: &str = include_str!("../../../../data/alert_kinds.toml");
const REASONS: &str = include_str!("../../../../data/clearing_reasons.toml");

/// What clearing an alert says about the customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Finding {
    /// Not who is listed.
    OtherPerson,
    /// Who is listed, and the risk is accepted.
    SamePerson,
    /// Neither: the listing does not concern this relationship.
    NotApplicable,
}

/// A reason of the vocabulary.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClearingReason {
    /// What is kept and counted.
    pub code: String,
    /// What it says.
    pub says: String,
    /// What it says about the customer.
    pub outcome: Finding,
    /// For which kinds; all when empty.
    #[serde(default)]
    pub kinds: Vec<AlertKind>,
}

/// What holds for a kind of alert; `data/alert_kinds.toml` says what each means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)] // the file documents them for who sets them
pub struct KindPolicy {
    pub accept_same_person: bool,
    pub second_from_percent: u32,
    pub second_if_accepted: bool,
    pub sample_percent: u32,
    pub rule_days: u32,
    pub rule_days_most: u32,
}

/// What holds in this house.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    kinds: BTreeMap<AlertKind, KindPolicy>,
    reasons: Vec<ClearingReason>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Reasons {
    reason: Vec<ClearingReason>,
}

impl Finding {
    const ALL: [Finding; 3] = [Finding::OtherPerson, Finding::SamePerson, Finding::NotApplicable];

    /// As it is written.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Finding::OtherPerson => "other-person",
            Finding::SamePerson => "same-person",
            Finding::NotApplicable => "not-applicable",
        }
    }
}

impl FromStr for Finding {
    type Err = LedgerError;

    fn from_str(text: &str) -> Result<Finding, LedgerError> {
        let found = Finding::ALL.into_iter().find(|finding| finding.as_str() == text);
        found.ok_or_else(|| LedgerError::refused(format!("{text:?} is nothing that clearing an alert can say")))
    }
}

impl Policy {
    /// Reads both files; `None` takes the one that is built in.
    ///
    /// # Errors
    /// With the file's name, what is wrong, and what would be right.
    pub fn read(kinds: Option<&str>, reasons: Option<&str>) -> Result<Policy, LedgerError> {
        let wrong = |file: &str, why: String| LedgerError::refused(format!("{file}: {why}"));
        let kinds: BTreeMap<AlertKind, KindPolicy> =
            toml::from_str(kinds.unwrap_or(KINDS)).map_err(|error| wrong(KINDS_FILE, error.to_string()))?;
        let reasons: Reasons =
            toml::from_str(reasons.unwrap_or(REASONS)).map_err(|error| wrong(REASONS_FILE, error.to_string()))?;
        check_kinds(&kinds).map_err(|why| wrong(KINDS_FILE, why))?;
        check_reasons(&reasons.reason).map_err(|why| wrong(REASONS_FILE, why))?;
        Ok(Policy { kinds, reasons: reasons.reason })
    }

    /// What holds for a kind.
    ///
    /// # Errors
    /// Never for a policy that was read, which names every kind.
    pub fn kind(&self, kind: AlertKind) -> Result<&KindPolicy, LedgerError> {
        self.kinds.get(&kind).ok_or_else(|| LedgerError::refused(format!("{KINDS_FILE} says nothing of {kind}")))
    }

    /// The vocabulary.
    #[must_use]
    pub fn reasons(&self) -> &[ClearingReason] {
        &self.reasons
    }

    /// A reason that may be given for a kind.
    ///
    /// # Errors
    /// When there is none of that code, or it is for other kinds.
    pub fn reason(&self, code: &str, kind: AlertKind) -> Result<&ClearingReason, LedgerError> {
        let for_kind = |reason: &&ClearingReason| reason.kinds.is_empty() || reason.kinds.contains(&kind);
        let found = self.reasons.iter().find(|reason| reason.code == code);
        if let Some(reason) = found.filter(for_kind) {
            return Ok(reason);
        }
        let known =
            self.reasons.iter().filter(for_kind).map(|reason| reason.code.as_str()).collect::<Vec<_>>().join(", ");
        Err(match found {
            Some(_) => refusals::reason_not_for_kind(code, kind, known),
            None => refusals::reason_not_known(code, kind, known),
        })
    }
}

fn check_kinds(kinds: &BTreeMap<AlertKind, KindPolicy>) -> Result<(), String> {
    for kind in AlertKind::ALL {
        let Some(policy) = kinds.get(&kind) else {
            return Err(format!("there is no part [{kind}]; each kind needs one"));
        };
        if policy.second_from_percent > 101 || policy.sample_percent > 100 {
            return Err(format!(
                "[{kind}] has a percentage above 100 (second_from_percent may be 101, which means never)"
            ));
        }
        if policy.rule_days == 0 || policy.rule_days > policy.rule_days_most {
            return Err(format!("[{kind}] needs rule_days from 1 to rule_days_most"));
        }
        let is_grave = matches!(kind, AlertKind::Sanctions | AlertKind::Wanted);
        if is_grave && policy.accept_same_person {
            return Err(format!(
                "[{kind}] accept_same_person must be false: who is sanctioned or wanted is no accepted risk"
            ));
        }
    }
    Ok(())
}

fn check_reasons(reasons: &[ClearingReason]) -> Result<(), String> {
    let mut codes = BTreeSet::new();
    for reason in reasons {
        let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if reason.code.is_empty() || !reason.code.chars().all(is_plain) {
            return Err(format!("{:?} is no code; right would be small letters, digits and dashes", reason.code));
        }
        if reason.says.trim().is_empty() {
            return Err(format!("{} does not say what it means", reason.code));
        }
        if !codes.insert(&reason.code) {
            return Err(format!("{} is there twice", reason.code));
        }
    }
    if codes.is_empty() { Err("there is no reason; no alert could be cleared".to_owned()) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_built_in_is_right() {
        let policy = Policy::read(None, None).unwrap();
        assert!(!policy.kind(AlertKind::Sanctions).unwrap().accept_same_person);
        assert!(policy.kind(AlertKind::Pep).unwrap().accept_same_person);
        assert!(policy.reason("birth-date", AlertKind::Sanctions).is_ok());
        let refused = policy.reason("risk-accepted", AlertKind::Sanctions).unwrap_err().to_string();
        assert!(refused.contains("no reason for this kind") && refused.contains("birth-date"), "{refused}");
    }

    #[test]
    fn a_file_that_is_wrong_is_refused_with_its_name_and_what_is_right() {
        let refused =
            |kinds: Option<&str>, reasons: Option<&str>| Policy::read(kinds, reasons).unwrap_err().to_string();
        let said = refused(Some(&KINDS.replacen("accept_same_person = false", "accept_same_person = true", 1)), None);
        assert!(said.contains("alert_kinds.toml") && said.contains("no accepted risk"), "{said}");
        let said = refused(Some("[pep]\naccept = 1"), None);
        assert!(said.contains("alert_kinds.toml") && said.contains("accept"), "{said}");
        let twice = "[[reason]]\ncode = \"a\"\nsays = \"x\"\noutcome = \"other-person\"\n".repeat(2);
        let said = refused(None, Some(&twice));
        assert!(said.contains("clearing_reasons.toml: a is there twice"), "{said}");
        assert!(refused(None, Some("reason = []")).contains("no alert could be cleared"));
    }
}
