//! The CSV form of the EU's list, turned into the elements of its XML form.
//!
//! In comes a table with semicolons: one row for each part of an entity (a name, an address, a birth, a document, a
//! citizenship), with the columns of the entity before it; out come `sanctionEntity` elements, in the order of their first
//! rows. Columns are `Group_Name`, and `Group_Regulation_Name` for the regulation of a part; [`RENAMED`] says where the XML form
//! has another word. A part that stands in several rows is one. The columns do not say which names are weak.

use std::borrow::Cow;

use rustc_hash::FxHashMap;

use crate::{
    dates::day_first,
    delimited::Table,
    error::Error,
    finding::Severity,
    input::Input,
    sayings,
    sources::eu_fsf::List,
    xml::{Element, Handler},
};

/// The column that tells records apart.
const KEY: &str = "Entity_LogicalId";

/// Groups of columns, and the element that each becomes.
const GROUPS: [(&str, &str); 6] = [
    ("Entity", "sanctionEntity"),
    ("NameAlias", "nameAlias"),
    ("Address", "address"),
    ("BirthDate", "birthdate"),
    ("Identification", "identification"),
    ("Citizenship", "citizenship"),
];

/// Columns that the XML form calls otherwise. The others differ in their first letter only.
const RENAMED: [(&str, &str); 9] = [
    ("Entity_EU_ReferenceNumber", "euReferenceNumber"),
    ("BirthDate_BirthDate", "birthdate"),
    ("BirthDate_Day", "dayOfMonth"),
    ("BirthDate_Month", "monthOfYear"),
    ("Identification_IssuedDate", "issueDate"),
    ("Identification_TypeCode", "identificationTypeCode"),
    ("Identification_TypeDescription", "identificationTypeDescription"),
    ("Regulation_Type", "regulationType"),
    ("NameAlias_Strong", "strong"),
];

/// What a column becomes.
enum Column {
    /// The date of the file.
    Generated,
    /// An attribute of the element of a group.
    Attribute(usize, String),
    /// A text in that element.
    Child(usize, &'static str),
    /// An attribute of the type of the entity.
    SubjectType(&'static str),
    /// An attribute of the regulation of a group.
    Regulation(usize, String),
}

/// Whether a row is the header of this form.
pub(crate) fn is_header(fields: &[String]) -> bool {
    fields.iter().any(|name| name.trim().eq_ignore_ascii_case(KEY))
}

/// Reads the file.
pub(super) fn read(input: &Input, list: &mut List<'_>) -> Result<(), Error> {
    let table = Table::read(input, b';', is_header, &mut list.book.reading.findings)?;
    let columns: Vec<Column> = table.columns.iter().map(|name| column(name)).collect();
    if !table.columns.iter().any(|name| name.eq_ignore_ascii_case("NameAlias_Strong")) {
        let found = sayings::found_no_column_of_weak();
        let expected = sayings::all_names_good();
        list.book.report(1, "NameAlias", found, expected, Severity::Low);
    }
    let key = table.column(KEY).unwrap_or_default();
    let mut elements: Vec<Element<'static>> = Vec::new();
    let mut places: FxHashMap<&str, usize> = FxHashMap::default();
    for row in &table.rows {
        let number = row.fields[key].trim();
        // A row without a number is a record of its own, which the reader reports.
        let known = places.get(number).copied().filter(|_| !number.is_empty());
        let at = known.unwrap_or(elements.len());
        if known.is_none() {
            elements.push(element("sanctionEntity", row.line));
            places.insert(number, at);
        }
        for part in parts(&columns, &row.fields, row.line, &mut elements[at]) {
            merge(&mut elements[at], part);
        }
        let generated = columns.iter().position(|column| matches!(column, Column::Generated));
        if let (Some(generated), None) = (generated, list.book.reading.published) {
            list.published(&day_first(&row.fields[generated]), row.line, "fileGenerationDate");
        }
    }
    for element in &elements {
        list.record(&["export"], element);
    }
    Ok(())
}

fn column(name: &str) -> Column {
    if name.eq_ignore_ascii_case("fileGenerationDate") {
        return Column::Generated;
    }
    let found = GROUPS.iter().enumerate().find_map(|(group, (prefix, _))| {
        Some((group, name.strip_prefix(prefix)?.strip_prefix('_').filter(|rest| !rest.is_empty())?))
    });
    // An attribute that is in no table is reported by its name.
    let Some((group, rest)) = found else { return Column::Attribute(0, name.to_owned()) };
    match rest {
        "Remark" => return Column::Child(group, "remark"),
        "ContactInfo" => return Column::Child(group, "contactInfo"),
        "SubjectType" => return Column::SubjectType("code"),
        "SubjectType_ClassificationCode" => return Column::SubjectType("classificationCode"),
        _ => {}
    }
    match rest.strip_prefix("Regulation_") {
        Some(rest) => Column::Regulation(group, attribute(&format!("Regulation_{rest}"), rest)),
        None => Column::Attribute(group, attribute(name, rest)),
    }
}

fn attribute(column: &str, rest: &str) -> String {
    if let Some((_, name)) = RENAMED.iter().find(|(known, _)| *known == column) {
        return (*name).to_owned();
    }
    let mut letters = rest.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

fn element(name: &'static str, line: u64) -> Element<'static> {
    Element { name, line, attributes: Vec::new(), text: Cow::Borrowed(""), children: Vec::new() }
}

/// What a row adds to its record: its parts. What it says about the record itself is entered at once.
fn parts(columns: &[Column], fields: &[String], line: u64, record: &mut Element<'static>) -> Vec<Element<'static>> {
    let mut groups: Vec<Element<'static>> = GROUPS.iter().map(|(_, name)| element(name, line)).collect();
    let mut regulations: Vec<Element<'static>> = (0..GROUPS.len())
        .map(|group| element(if group == 0 { "regulation" } else { "regulationSummary" }, line))
        .collect();
    let mut subject = element("subjectType", line);
    for (column, field) in columns.iter().zip(fields).filter(|(_, field)| !field.trim().is_empty()) {
        let pair = |name: &str| (name.to_owned(), field.clone());
        match column {
            Column::Generated => {}
            Column::Attribute(group, name) => groups[*group].attributes.push(pair(name)),
            Column::Child(group, name) => {
                groups[*group].children.push(Element { text: Cow::Owned(field.clone()), ..element(name, line) });
            }
            Column::SubjectType(name) => subject.attributes.push(pair(name)),
            Column::Regulation(group, name) => regulations[*group].attributes.push(pair(name)),
        }
    }
    for (group, regulation) in
        groups.iter_mut().zip(regulations).filter(|(_, regulation)| !regulation.attributes.is_empty())
    {
        group.children.push(regulation);
    }
    let mut parts = groups.split_off(1);
    parts.retain(|part| !part.attributes.is_empty() || !part.children.is_empty());
    for entity in groups {
        enter(record, entity.attributes, line);
        parts.extend(entity.children);
    }
    if !subject.attributes.is_empty() {
        parts.push(subject);
    }
    parts
}

/// Enters what a row says about the record; where rows differ, the second value is kept under a name that says so.
fn enter(record: &mut Element<'static>, attributes: Vec<(String, String)>, line: u64) {
    for (name, value) in attributes {
        match record.attribute(&name) {
            None => record.attributes.push((name, value)),
            Some(known) if known == value => {}
            Some(_) => record.attributes.push((format!("{name} (line {line})"), value)),
        }
    }
}

/// Adds a part unless the record has it already.
fn merge(record: &mut Element<'static>, part: Element<'static>) {
    let same = |other: &Element<'static>| {
        other.name == part.name
            && other.attributes == part.attributes
            && other.text == part.text
            && other.children.len() == part.children.len()
            && other.children.iter().zip(&part.children).all(|(a, b)| a.attributes == b.attributes && a.text == b.text)
    };
    if !record.children.iter().any(same) {
        record.children.push(part);
    }
}
