//! What a form holds that is not known here: kept as a note on the record, and reported once for each name.
//!
//! In come a record and a table of what is read of its form ([`Known`]); out come notes with the texts that no part of the
//! table takes, and, when the list is read, one [`Finding`] for each name with the line of the first and how many there were.
//! With it a publisher's new element costs nobody anything but a glance.

use crate::{
    finding::{Finding, Place, Severity},
    listing::{Listing, one_line},
    xml::Element,
};

/// An element of a form: which attributes and elements it has that are read. One without a row is a text.
pub(crate) struct Known {
    /// Its name.
    pub(crate) name: &'static str,
    /// The attributes that are read, or that say nothing about anybody.
    pub(crate) attributes: &'static [&'static str],
    /// The elements in it that are read, or that say nothing about anybody.
    pub(crate) children: &'static [&'static str],
}

impl Known {
    /// A row without attributes.
    pub(crate) const fn of(name: &'static str, children: &'static [&'static str]) -> Known {
        Known { name, attributes: &[], children }
    }
}

/// Names that were not known, with the line of the first and how many there are.
#[derive(Debug, Default)]
pub(crate) struct Unknown(Vec<(String, u64, usize)>);

impl Unknown {
    /// Counts one.
    pub(crate) fn count(&mut self, path: &str, line: u64) {
        match self.0.iter_mut().find(|(known, ..)| known == path) {
            Some((_, _, count)) => *count += 1,
            None => self.0.push((path.to_owned(), line, 1)),
        }
    }

    /// Keeps what is in no row of the table as notes of the record.
    pub(crate) fn keep(&mut self, element: &Element<'_>, table: &[Known], listing: &mut Listing<'_>) {
        for (path, line, text) in beyond(element, table) {
            self.count(&path, line);
            if !text.is_empty() {
                let name = path.rsplit('/').next().unwrap_or(&path).trim_start_matches('@');
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
                found: format!("{count} times {name}"),
                expected: "it is not known here; its text was kept as a note".to_owned(),
                severity: Severity::Low,
            });
        }
    }
}

/// What is in no row of the table: a path such as `record/colour` or `record/@colour`, the line, the text.
pub(crate) fn beyond(element: &Element<'_>, table: &[Known]) -> Vec<(String, u64, String)> {
    let mut found = Vec::new();
    gather(element, table, &mut found);
    found
}

fn gather(element: &Element<'_>, table: &[Known], found: &mut Vec<(String, u64, String)>) {
    let row = table.iter().find(|row| row.name == element.name);
    let (attributes, children) = row.map_or((&[][..], &[][..]), |row| (row.attributes, row.children));
    for (name, value) in &element.attributes {
        if !attributes.contains(&name.as_str()) {
            found.push((format!("{}/@{name}", element.name), element.line, one_line(value)));
        }
    }
    if !children.is_empty() && !element.text.trim().is_empty() {
        found.push((format!("{}/text", element.name), element.line, one_line(&element.text)));
    }
    for child in &element.children {
        if children.contains(&child.name) {
            gather(child, table, found);
        } else {
            found.push((format!("{}/{}", element.name, child.name), child.line, child.all_text()));
        }
    }
}
