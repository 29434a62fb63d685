//! A report without a form of its own, as a letter of names and values.
//!
//! In come a kind and the fields of a report; out comes a [`Letter`], which is written as text or as a page that prints.

use std::collections::BTreeMap;

use super::{Report, kinds::ReportKind};
use crate::freezes::notice::{Letter, Part};
use crate::language::Language;

/// The letter of a report.
#[must_use]
pub fn letter(kind: &ReportKind, report: &Report, fields: &BTreeMap<String, String>) -> Letter {
    let value = |name: &str| fields.get(name).map_or("", String::as_str);
    let pairs = kind.fields.iter().map(|field| (field.label.clone(), value(&field.name).to_owned()));
    let law = kind.sources.iter().map(|source| {
        let mark = if source.verified { "" } else { " [this text was not verified]" };
        (format!("{} {}", source.document, source.paragraph).trim().to_owned(), format!("{}{mark}", source.says))
    });
    Letter {
        language: Language::English,
        to: kind.authority.clone(),
        subject: format!("{}: {}", kind.title, report.title),
        parts: vec![
            Part::Text(format!("Our reference: {}. It happened on {}.", report.id, report.event_day)),
            Part::Pairs(pairs.filter(|(_, value)| !value.is_empty()).collect()),
            Part::Pairs(law.collect()),
        ],
    }
}
