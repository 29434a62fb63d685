//! What a reader of records keeps from one record to the next.
//!
//! In come records as element trees; out come, through the [`Book`], ids of their own for records that share a number,
//! and one finding for each name of an element or attribute that is in no table, with how often it occurs. Their texts
//! are kept as notes: what a publisher adds to its form tomorrow is not lost while nobody has mapped it.

use mihenk_entities::EntityId;
use mihenk_said::Said;
use rustc_hash::FxHashSet;

use crate::{
    finding::{Finding, Place, Severity, quote},
    listing::{Listing, one_line},
    reading::Reading,
    sayings,
    xml::Element,
};

/// An element that is mapped: what may stand in it.
pub(crate) struct Known {
    /// Its name.
    pub(crate) name: &'static str,
    /// Its attributes.
    pub(crate) attributes: &'static [&'static str],
    /// The elements in it; [`ANYTHING`] for whatever it may be.
    pub(crate) children: &'static [&'static str],
    /// Whether it has text of its own.
    pub(crate) text: bool,
}

/// The children of an element whose inside is not read at all.
pub(crate) const ANYTHING: &[&str] = &["*"];

/// An element that is in another's list of children and has no row of its own: text and nothing else.
const LEAF: Known = Known { name: "", attributes: &[], children: &[], text: true };

/// How many names are told apart; a file with more of them is of another form.
const NAMES_MAX: usize = 200;

/// Names that are in no table, with the line of the first and how many there are.
#[derive(Debug, Default)]
pub(crate) struct Unknown(Vec<(String, u64, usize)>);

/// The state of the reading of one file.
pub(crate) struct Book<'a> {
    /// What was read so far.
    pub(crate) reading: &'a mut Reading,
    /// The file.
    pub(crate) file: &'a str,
    ids: FxHashSet<EntityId>,
    unknown: Unknown,
}

impl<'a> Book<'a> {
    /// Nothing was read yet.
    pub(crate) fn new(reading: &'a mut Reading, file: &'a str) -> Book<'a> {
        Book { reading, file, ids: FxHashSet::default(), unknown: Unknown::default() }
    }

    /// Reports something that belongs to no record.
    pub(crate) fn report(
        &mut self,
        line: u64,
        field: &str,
        found: impl Into<Said>,
        expected: Said,
        severity: Severity,
    ) {
        let place = Place { line: Some(line), record: None, field: Some(field.to_owned()) };
        self.reading.findings.push(Finding {
            file: self.file.to_owned(),
            place,
            found: found.into(),
            expected,
            severity,
        });
    }

    /// Reports text that stands outside any record.
    pub(crate) fn stray_text(&mut self, path: &[&str], line: u64, text: &str) {
        let expected = sayings::text_outside_record(path.join("/"));
        self.report(line, path.last().unwrap_or(&""), quote(text), expected, Severity::High);
    }

    /// The id, or one with a number behind it when a record before has it already; that is reported.
    pub(crate) fn unique(&mut self, id: &EntityId, line: u64, field: &str) -> Option<EntityId> {
        let mut unique = id.clone();
        let mut copy = 1;
        while !self.ids.insert(unique.clone()) {
            copy += 1;
            unique = EntityId::new(format!("{id}-{copy}")).ok()?;
        }
        if copy > 1 {
            let expected = sayings::own_number(unique.as_str());
            self.report(line, field, sayings::found_number_again(id.as_str()), expected, Severity::High);
        }
        Some(unique)
    }

    /// Keeps what is in no table as notes of the record, and counts it.
    pub(crate) fn note_unknown(&mut self, element: &Element<'_>, table: &[Known], listing: &mut Listing<'_>) {
        self.unknown.keep(element, table, listing);
    }

    /// Keeps one element that is not known as a note of the record, and counts it.
    pub(crate) fn keep(&mut self, parent: &str, name: &str, line: u64, text: &str, listing: &mut Listing<'_>) {
        self.unknown.count(&format!("{parent}/{name}"), line);
        if !text.is_empty() {
            listing.note(&format!("{name}: {text}"));
        }
    }

    /// Reports each name that was in no table.
    pub(crate) fn report_unknown(&mut self) {
        std::mem::take(&mut self.unknown).report(self.file, &mut self.reading.findings);
    }
}

impl Unknown {
    /// Counts one.
    pub(crate) fn count(&mut self, path: &str, line: u64) {
        let path =
            if self.0.len() < NAMES_MAX || self.0.iter().any(|(known, ..)| known == path) { path } else { "others" };
        match self.0.iter_mut().find(|(known, ..)| known == path) {
            Some((_, _, count)) => *count += 1,
            None => self.0.push((path.to_owned(), line, 1)),
        }
    }

    /// Keeps what is in no row of the table as notes of the record, and counts it.
    pub(crate) fn keep(&mut self, element: &Element<'_>, table: &[Known], listing: &mut Listing<'_>) {
        for (path, line, text) in beyond(element, table) {
            self.count(&path, line);
            if !text.is_empty() {
                let name = path.rsplit('/').next().unwrap_or(&path);
                listing.note(&format!("{name}: {text}"));
            }
        }
    }

    /// Reports every name once.
    pub(crate) fn report(self, file: &str, findings: &mut Vec<Finding>) {
        for (name, line, count) in self.0 {
            findings.push(Finding {
                file: file.to_owned(),
                place: Place { line: Some(line), record: None, field: Some(name.clone()) },
                found: sayings::found_times(count, name),
                expected: sayings::unknown_and_noted(),
                severity: Severity::Low,
            });
        }
    }
}

/// What is in no row of the table: a path such as `record/colour`, the line, the text.
pub(crate) fn beyond(element: &Element<'_>, table: &[Known]) -> Vec<(String, u64, String)> {
    let mut found = Vec::new();
    gather(element, table, &mut found);
    found
}

fn gather(element: &Element<'_>, table: &[Known], found: &mut Vec<(String, u64, String)>) {
    let known = table.iter().find(|known| known.name == element.name).unwrap_or(&LEAF);
    if known.children == ANYTHING {
        return;
    }
    for (name, value) in &element.attributes {
        if !known.attributes.contains(&name.as_str()) {
            found.push((format!("{}/{name}", element.name), element.line, one_line(value)));
        }
    }
    if !known.text && !element.text.trim().is_empty() {
        found.push((format!("{}/text", element.name), element.line, one_line(&element.text)));
    }
    for child in &element.children {
        if known.children.contains(&child.name) {
            gather(child, table, found);
        } else {
            found.push((format!("{}/{}", element.name, child.name), child.line, child.all_text()));
        }
    }
}
