//! What a reader of records keeps from one record to the next.
//!
//! In come records as element trees; out come, through the [`Book`], ids of their own for records that share a number, and
//! one finding for each name of an element or attribute that is in no table, with how often it occurs. Their texts are kept as
//! notes: what a publisher adds to its form tomorrow is not lost while nobody has mapped it.

use mihenk_entities::EntityId;
use rustc_hash::FxHashSet;

use crate::{
    finding::{Finding, Place, Severity},
    listing::{Listing, one_line},
    reading::Reading,
    xml::Element,
};

/// An element that is mapped: what may stand in it.
pub(crate) struct Known {
    /// Its name.
    pub(crate) name: &'static str,
    /// Its attributes.
    pub(crate) attributes: &'static [&'static str],
    /// The elements in it.
    pub(crate) children: &'static [&'static str],
    /// Whether it has text of its own.
    pub(crate) text: bool,
}

/// An element that is in another's list of children and has no row of its own: text and nothing else.
const LEAF: Known = Known { name: "", attributes: &[], children: &[], text: true };

/// The state of the reading of one file.
pub(crate) struct Book<'a> {
    /// What was read so far.
    pub(crate) reading: &'a mut Reading,
    /// The file.
    pub(crate) file: &'a str,
    ids: FxHashSet<EntityId>,
    /// Names that are in no table, with the line of the first and how many there are.
    unknown: Vec<(String, u64, usize)>,
}

impl<'a> Book<'a> {
    /// Nothing was read yet.
    pub(crate) fn new(reading: &'a mut Reading, file: &'a str) -> Book<'a> {
        Book { reading, file, ids: FxHashSet::default(), unknown: Vec::new() }
    }

    /// Reports something that belongs to no record.
    pub(crate) fn report(&mut self, line: u64, field: &str, found: String, expected: String, severity: Severity) {
        let place = Place { line: Some(line), record: None, field: Some(field.to_owned()) };
        self.reading.findings.push(Finding { file: self.file.to_owned(), place, found, expected, severity });
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
            let expected = format!("a number of its own; both records were kept, this one as {unique}");
            self.report(line, field, format!("the number of {id} once more"), expected, Severity::High);
        }
        Some(unique)
    }

    /// Keeps what is in no table as notes of the record, and counts it.
    pub(crate) fn note_unknown(&mut self, element: &Element<'_>, table: &[Known], listing: &mut Listing<'_>) {
        let known = table.iter().find(|known| known.name == element.name).unwrap_or(&LEAF);
        for (name, value) in &element.attributes {
            if !known.attributes.contains(&name.as_str()) {
                self.count(element.name, name, element.line, value, listing);
            }
        }
        if !known.text && !element.text.trim().is_empty() {
            self.count(element.name, "text", element.line, &one_line(&element.text), listing);
        }
        for child in &element.children {
            if known.children.contains(&child.name) {
                self.note_unknown(child, table, listing);
            } else {
                self.count(element.name, child.name, child.line, &all_text(child), listing);
            }
        }
    }

    fn count(&mut self, parent: &str, name: &str, line: u64, text: &str, listing: &mut Listing<'_>) {
        let path = format!("{parent}/{name}");
        match self.unknown.iter_mut().find(|(known, ..)| *known == path) {
            Some((_, _, count)) => *count += 1,
            None => self.unknown.push((path, line, 1)),
        }
        if !text.is_empty() {
            listing.note(&format!("{name}: {text}"));
        }
    }

    /// Reports each name that was in no table.
    pub(crate) fn report_unknown(&mut self) {
        for (name, line, count) in std::mem::take(&mut self.unknown) {
            let expected = "it is not known here; its text was kept as a note".to_owned();
            self.report(line, &name, format!("{count} times {name}"), expected, Severity::Low);
        }
    }
}

/// The text of an element and of everything in it, and its attributes.
pub(crate) fn all_text(element: &Element<'_>) -> String {
    let mut texts = vec![one_line(&element.text)];
    texts.extend(element.attributes.iter().map(|(_, value)| one_line(value)));
    texts.extend(element.children.iter().map(all_text));
    texts.retain(|text| !text.is_empty());
    texts.join(", ")
}
