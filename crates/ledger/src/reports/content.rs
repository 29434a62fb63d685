//! What a report says, and what is missing in it.
//!
//! In come the fields of a kind and facts that fill them at first; out come a [`Content`] and [`Finding`]s: which field, what was found, what would be right.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{
    goaml,
    kinds::{Field, Form, ReportKind, Written},
};
use crate::{day::Day, error::LedgerError, money::Amount, refusals};

/// The longest value of a field, in bytes.
const VALUE_BYTES: usize = 64 * 1024;

/// What a report says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Content {
    /// Names of fields and their values.
    Sheet(BTreeMap<String, String>),
    /// A report of goAML.
    Goaml(Box<goaml::Report>),
}

/// Something that is missing in a report or wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// Where: a field, or a path of elements.
    pub place: String,
    /// What was found, and what would be right.
    pub what: String,
    /// Whether only some authorities would refuse the report for it.
    pub is_warning: bool,
    /// The finding of goAML that it is, so that pages can say it in other languages.
    #[serde(skip)]
    pub goaml: Option<goaml::Finding>,
}

impl Finding {
    fn error(place: &str, what: String) -> Finding {
        Finding { place: place.to_owned(), what, is_warning: false, goaml: None }
    }

    fn of_goaml(finding: goaml::Finding) -> Finding {
        let whose = match finding.demanded_by.as_slice() {
            [] => String::new(),
            by => format!(" (so the schema of {})", by.join("; of ")),
        };
        let mark = if finding.verified { "" } else { " (not verified)" };
        let what = format!("{}; right would be {}{whose}{mark}", finding.found, finding.right);
        Finding { place: finding.path.clone(), what, is_warning: !finding.is_error(), goaml: Some(finding) }
    }
}

impl Content {
    /// A sheet, filled from what the house says of itself in each report (by the names of fields), and from facts where the kind says so.
    #[must_use]
    pub fn filled(kind: &ReportKind, house: &BTreeMap<String, String>, facts: &BTreeMap<String, String>) -> Content {
        let value = |field: &Field| {
            let fact = || field.from.as_ref().and_then(|from| facts.get(from));
            let value = house.get(&field.name).or_else(fact).filter(|value| !value.is_empty())?;
            Some((field.name.clone(), value.clone()))
        };
        Content::Sheet(kind.fields.iter().filter_map(value).collect())
    }

    /// The same with other values in some fields; an empty value takes a field's out.
    ///
    /// # Errors
    /// When it is no sheet, or the kind has no such field.
    pub fn with(&self, kind: &ReportKind, values: &[(String, String)]) -> Result<Content, LedgerError> {
        let Content::Sheet(fields) = self else {
            return Err(refusals::report_as_a_whole());
        };
        let mut fields = fields.clone();
        for (name, value) in values {
            if !kind.fields.iter().any(|field| field.name == *name) {
                let known = kind.fields.iter().map(|field| field.name.as_str()).collect::<Vec<_>>().join(", ");
                return Err(refusals::no_such_field(&kind.title, name, known));
            }
            match value.trim() {
                "" => fields.remove(name),
                value => fields.insert(name.clone(), value.to_owned()),
            };
        }
        Ok(Content::Sheet(fields))
    }

    /// What is missing or wrong, in the order of the form.
    #[must_use]
    pub fn check(&self, kind: &ReportKind, version: goaml::Version) -> Vec<Finding> {
        match (self, kind.form) {
            (Content::Sheet(fields), Form::Sheet) => check_sheet(kind, fields),
            (Content::Goaml(report), Form::Goaml) => {
                goaml::check(report, version).into_iter().map(Finding::of_goaml).collect()
            }
            _ => {
                let why = "the content is of another form than the kind of report asks for";
                vec![Finding::error(&kind.id, why.to_owned())]
            }
        }
    }
}

/// What is missing or wrong in the fields of a sheet, by their names, as rules that speak against sending it.
#[must_use]
pub fn wrong_fields(kind: &ReportKind, fields: &BTreeMap<String, String>) -> Vec<(String, LedgerError)> {
    let unknown = fields.keys().filter(|name| !kind.fields.iter().any(|field| field.name == **name));
    let unknown = unknown.map(|name| (name.clone(), refusals::field_not_there()));
    let wrong = kind.fields.iter().filter_map(|field| {
        let why = wrong(field, fields.get(&field.name).map_or("", |value| value.trim()))?;
        Some((field.name.clone(), why))
    });
    wrong.chain(unknown).collect()
}

fn check_sheet(kind: &ReportKind, fields: &BTreeMap<String, String>) -> Vec<Finding> {
    wrong_fields(kind, fields).into_iter().map(|(name, why)| Finding::error(&name, why.to_string())).collect()
}

/// What is wrong with a field's value.
fn wrong(field: &Field, value: &str) -> Option<LedgerError> {
    if value.is_empty() {
        return field.mandatory.then(|| refusals::field_empty(&field.label));
    }
    if value.len() > VALUE_BYTES {
        return Some(refusals::field_too_long(&field.label, value.len(), VALUE_BYTES));
    }
    match field.written {
        Written::Text => None,
        Written::Day => value.parse::<Day>().err(),
        Written::Amounts => value.lines().find_map(|line| line.parse::<Amount>().err()),
    }
}
