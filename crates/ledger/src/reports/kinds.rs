//! Kinds of reports: to whom, on what law, by when, with which fields.
//!
//! In come the files of `data/reports`, and the user's own beside them; out come [`ReportKind`]s. Every statement of law has a [`LawSource`], and what was not
//! verified is shown so. A kind is looked at when somebody acts: what was sent stands in its event, so that a changed file changes no past report.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::clocks::Clock;
use crate::{error::LedgerError, refusals, regimes::LawSource};

/// The kinds that come with the program: the name of the file and its text.
const BUILT_IN: &[(&str, &str)] = &[
    ("str.toml", include_str!("../../../../data/reports/str.toml")),
    ("sar.toml", include_str!("../../../../data/reports/sar.toml")),
    ("ofac-blocked.toml", include_str!("../../../../data/reports/ofac-blocked.toml")),
    ("ofac-rejected.toml", include_str!("../../../../data/reports/ofac-rejected.toml")),
    ("ofac-annual.toml", include_str!("../../../../data/reports/ofac-annual.toml")),
    ("uk-freeze.toml", include_str!("../../../../data/reports/uk-freeze.toml")),
    ("uk-annual.toml", include_str!("../../../../data/reports/uk-annual.toml")),
    ("eu-freeze.toml", include_str!("../../../../data/reports/eu-freeze.toml")),
];

/// A kind of report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReportKind {
    /// Its name in commands, such as `ofac-blocked`.
    pub id: String,
    /// What people call it.
    pub title: String,
    /// To whom it goes.
    pub authority: String,
    /// In what form.
    pub form: Form,
    /// The report code of goAML, such as `STR`, for that form.
    #[serde(default)]
    pub code: Option<String>,
    /// What it is about.
    pub about: About,
    /// The regime of freezes that owe it, such as `us-ofac`.
    #[serde(default)]
    pub regime: Option<String>,
    /// By when it is due.
    pub clock: Clock,
    /// What it holds, for [`Form::Sheet`].
    #[serde(rename = "field", default)]
    pub fields: Vec<Field>,
    /// Where the law says it.
    #[serde(rename = "source")]
    pub sources: Vec<LawSource>,
}

/// In what form a report goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Form {
    /// XML of goAML.
    Goaml,
    /// Names and values, as the authority's own form asks for them.
    Sheet,
}

/// What a report is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum About {
    /// A case.
    Case,
    /// One freeze.
    Freeze,
    /// All freezes of a regime that are in force on a day.
    Register,
    /// Something that happened, such as a payment that was rejected.
    Happening,
}

/// A field of a report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// Its name in commands.
    pub name: String,
    /// What people call it.
    pub label: String,
    /// Whether the report cannot go without.
    pub mandatory: bool,
    /// How it is written.
    #[serde(default)]
    pub written: Written,
    /// The fact that fills it at first, such as `freeze.reference`.
    #[serde(default)]
    pub from: Option<String>,
}

/// How a field is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Written {
    /// As text.
    #[default]
    Text,
    /// As a day, 2026-11-26.
    Day,
    /// As amounts with their currency, one a line: `1250.00 EUR`.
    Amounts,
}

impl ReportKind {
    fn check(&self) -> Result<(), String> {
        let is_plain = |text: &str| {
            !text.is_empty() && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_".contains(c))
        };
        if !is_plain(&self.id) {
            return Err(format!("the id {:?} may have small letters, digits and dashes only", self.id));
        }
        if self.sources.is_empty() {
            return Err("a statement of law without a [[source]]".to_owned());
        }
        if (self.form == Form::Goaml) != self.code.is_some() {
            return Err("code goes with form = \"goaml\", and only with it".to_owned());
        }
        if (self.form == Form::Sheet) == self.fields.is_empty() {
            return Err("a [[field]] goes with form = \"sheet\", and only with it".to_owned());
        }
        let mut names = BTreeSet::new();
        for field in &self.fields {
            if !is_plain(&field.name) || !names.insert(&field.name) {
                return Err(format!("the field {:?} has no plain name of its own", field.name));
            }
        }
        self.clock.check()
    }
}

/// All kinds that are known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kinds(Vec<ReportKind>);

impl Kinds {
    /// Those that come with the program.
    ///
    /// # Errors
    /// Never in a program that passed its tests, which read each.
    pub fn built_in() -> Result<Kinds, LedgerError> {
        let mut all = Kinds(Vec::new());
        BUILT_IN.iter().try_for_each(|(file, text)| all.add(file, text))?;
        Ok(all)
    }

    /// Adds one of the user's own; one with the same id is replaced.
    ///
    /// # Errors
    /// When the file is no kind of report.
    pub fn add(&mut self, file: &str, text: &str) -> Result<(), LedgerError> {
        let wrong = |why: String| LedgerError::refused(format!("{file}: {why}"));
        let kind: ReportKind = toml::from_str(text).map_err(|error| wrong(error.to_string()))?;
        kind.check().map_err(wrong)?;
        self.0.retain(|other| other.id != kind.id);
        self.0.push(kind);
        Ok(())
    }

    /// All of them.
    #[must_use]
    pub fn all(&self) -> &[ReportKind] {
        &self.0
    }

    /// One by id.
    ///
    /// # Errors
    /// When there is none; names those that there are.
    pub fn get(&self, id: &str) -> Result<&ReportKind, LedgerError> {
        self.0.iter().find(|kind| kind.id == id).ok_or_else(|| {
            let known = self.0.iter().map(|kind| kind.id.as_str()).collect::<Vec<_>>().join(", ");
            refusals::no_such_report_kind(id, known)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::regimes::Regimes;

    #[test]
    fn every_kind_names_its_law_and_a_regime_that_there_is() {
        let (all, regimes) = (Kinds::built_in().unwrap(), Regimes::built_in().unwrap());
        assert_eq!(all.all().len(), BUILT_IN.len());
        for kind in all.all() {
            for source in &kind.sources {
                let is_placed = !source.read_at.is_empty() && !source.paragraph.is_empty();
                assert!(!source.verified || is_placed, "{} {}", kind.id, source.document);
            }
            if let Some(regime) = &kind.regime {
                assert!(regimes.get(regime).is_ok(), "{}", kind.id);
            }
        }
    }

    #[test]
    fn a_kind_that_cannot_be_is_refused_in_words() {
        let (_, text) = BUILT_IN[2];
        for (from, to, why) in [
            ("id = \"ofac-blocked\"", "id = \"OFAC\"", "small letters"),
            ("form = \"sheet\"", "form = \"goaml\"", "code goes with"),
            ("mandatory = true", "mandatry = true", "mandatry"),
            ("working_days = 10", "working_days = 0", "0 working days"),
        ] {
            assert!(text.contains(from), "{from}");
            let mut all = Kinds::built_in().unwrap();
            let error = all.add("mine.toml", &text.replacen(from, to, 1)).unwrap_err().to_string();
            assert!(error.starts_with("mine.toml: ") && error.contains(why), "{error}");
        }
        assert!(Kinds::built_in().unwrap().get("x").unwrap_err().to_string().contains("ofac-annual"));
    }
}
