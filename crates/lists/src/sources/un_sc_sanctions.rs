//! The consolidated list of the United Nations Security Council, from its XML edition.
//!
//! In comes `consolidated.xml`; out come a `Person` or an `Organization` (a `Company` where the name says so) for each
//! DATAID, with a `Sanction` that carries the reference number (QDe.115), addresses and documents. Ids are
//! `unsc-<DATAID>`, as OpenSanctions forms them. Names of elements:
//! <https://www.un.org/sc/resources/sc-sanctions.xsd>. An element or attribute that is not known is kept as a note and
//! reported once for each name. Not used: VERSIONNUM, LIST_TYPE where it is *UN List*, SORT_KEY and SORT_KEY_LAST_MOD,
//! which say nothing about anybody.

mod birth;
mod comments;
mod documents;
mod names;

use mihenk_entities::{Date, EntityId};
use mihenk_said::Said;
use rustc_hash::FxHashSet;

use crate::{
    bookkeeping::Unknown,
    error::Error,
    finding::{Finding, Place, Severity, quote},
    listing::{Listing, one_line, schema_named},
    organisation::is_company,
    reading::Reading,
    relations::Draft,
    sayings,
    sets::{Part, Set},
    source::{Cadence, Layout, Source, SourceFile},
    xml::{Element, Handler, walk},
};

/// The UN Security Council's consolidated list.
pub(crate) static UN_SC_SANCTIONS: Source = Source {
    name: "un_sc_sanctions",
    title: "United Nations Security Council Consolidated List",
    publisher: "United Nations Security Council",
    coverage: "Individuals and entities under sanctions of the Security Council (Chapter VII of the Charter), \
               binding on all members",
    licence: "Public document of the United Nations; https://www.un.org/en/about-us/terms-of-use",
    page: "https://main.un.org/securitycouncil/en/content/un-sc-consolidated-list",
    files: &[SourceFile { part: Part::Whole, url: "https://scsanctions.un.org/resources/xml/en/consolidated.xml" }],
    other_forms: &[],
    cadence: Cadence::Daily,
    layout: Layout::Verified,
    read,
};

/// Longest number of a record, in bytes; ids of satellites have to fit behind it.
const NUMBER_LEN_MAX: usize = 64;

/// Elements of a record that are mapped, or left out because they say nothing about anybody.
const KNOWN: [&str; 30] = [
    "DATAID",
    "VERSIONNUM",
    "FIRST_NAME",
    "SECOND_NAME",
    "THIRD_NAME",
    "FOURTH_NAME",
    "UN_LIST_TYPE",
    "REFERENCE_NUMBER",
    "LISTED_ON",
    "GENDER",
    "SUBMITTED_BY",
    "SUBMITTED_ON",
    "DELISTED_ON",
    "NAME_ORIGINAL_SCRIPT",
    "COMMENTS1",
    "TITLE",
    "DESIGNATION",
    "NATIONALITY",
    "NATIONALITY2",
    "LIST_TYPE",
    "LAST_DAY_UPDATED",
    "SORT_KEY",
    "SORT_KEY_LAST_MOD",
    "INDIVIDUAL_ALIAS",
    "ENTITY_ALIAS",
    "INDIVIDUAL_ADDRESS",
    "ENTITY_ADDRESS",
    "INDIVIDUAL_DATE_OF_BIRTH",
    "INDIVIDUAL_PLACE_OF_BIRTH",
    "INDIVIDUAL_DOCUMENT",
];

/// Elements inside a record that hold several values, and the names of those values.
const GROUPS: [(&str, &[&str]); 12] = [
    ("TITLE", &["VALUE"]),
    ("DESIGNATION", &["VALUE"]),
    ("NATIONALITY", &["VALUE"]),
    ("LIST_TYPE", &["VALUE"]),
    ("LAST_DAY_UPDATED", &["VALUE"]),
    ("INDIVIDUAL_ALIAS", names::FIELDS),
    ("ENTITY_ALIAS", names::FIELDS),
    ("INDIVIDUAL_ADDRESS", &["STREET", "CITY", "STATE_PROVINCE", "ZIP_CODE", "COUNTRY", "NOTE"]),
    ("ENTITY_ADDRESS", &["STREET", "CITY", "STATE_PROVINCE", "ZIP_CODE", "COUNTRY", "NOTE"]),
    ("INDIVIDUAL_DATE_OF_BIRTH", birth::DATE_FIELDS),
    ("INDIVIDUAL_PLACE_OF_BIRTH", birth::PLACE_FIELDS),
    ("INDIVIDUAL_DOCUMENT", documents::FIELDS),
];

fn read(set: &Set<'_>) -> Result<Draft, Error> {
    let mut reading = Reading::new(Some(set.source), set.source.name, set.inputs());
    if let Some(input) = set.file(Part::Whole) {
        let mut list =
            List { reading: &mut reading, file: &input.name, ids: FxHashSet::default(), unknown: Unknown::default() };
        walk(input, 2, &mut list)?;
        let List { unknown, .. } = list;
        unknown.report(&input.name, &mut reading.findings);
        if reading.records == 0 {
            return Err(Error::NoRecords { file: input.name.clone() });
        }
    }
    Ok(Draft::of(reading))
}

struct List<'a> {
    reading: &'a mut Reading,
    file: &'a str,
    ids: FxHashSet<EntityId>,
    unknown: Unknown,
}

impl<'x> Handler<'x> for List<'x> {
    fn root(&mut self, root: &Element<'x>) {
        let generated = root.attribute("dateGenerated").unwrap_or("");
        match Date::parse(generated) {
            Ok(date) => self.reading.published = Some(date),
            Err(error) => {
                let expected = sayings::list_day_unknown(error.said());
                self.find(root.line, "dateGenerated", quote(generated), expected, Severity::Low);
            }
        }
    }

    fn record(&mut self, path: &[&'x str], record: &Element<'x>) {
        let person = match (path.last(), record.name) {
            (Some(&"INDIVIDUALS"), "INDIVIDUAL") => true,
            (Some(&"ENTITIES"), "ENTITY") => false,
            _ => {
                let found = sayings::found_record_in(record.name, path.join("/"));
                let expected = sayings::record_elsewhere("INDIVIDUALS/INDIVIDUAL or ENTITIES/ENTITY");
                return self.find(record.line, record.name, found, expected, Severity::High);
            }
        };
        let Some(id) = self.id(record) else { return };
        let schema = if person {
            "Person"
        } else if is_company(record.text_of("FIRST_NAME")) {
            "Company"
        } else {
            "Organization"
        };
        let mut listing = Listing::new(self.reading.dataset.as_str(), id, schema_named(schema), self.file, record.line);
        self.note_unknown(record, &mut listing);
        sanction(record, &mut listing);
        if person {
            names::person(record, &mut listing);
            birth::read(record, &mut listing);
            documents::read(record, &mut listing);
        } else {
            names::organisation(record, &mut listing);
        }
        Self::simple_values(record, &mut listing);
        addresses(record, &mut listing);
        comments::read(record.text_of("COMMENTS1"), &mut listing);
        self.reading.records += 1;
        listing.finish(&mut self.reading.entities, &mut self.reading.findings);
    }

    fn stray_text(&mut self, path: &[&'x str], line: u64, text: &str) {
        let expected = sayings::text_outside_record(path.join("/"));
        self.find(line, path.last().unwrap_or(&""), quote(text), expected, Severity::High);
    }
}

impl List<'_> {
    fn find(&mut self, line: u64, field: &str, found: impl Into<Said>, expected: Said, severity: Severity) {
        let place = Place { line: Some(line), record: None, field: Some(field.to_owned()) };
        self.reading.findings.push(Finding {
            file: self.file.to_owned(),
            place,
            found: found.into(),
            expected,
            severity,
        });
    }

    /// The id of a record. Without a DATAID the reference number serves; nothing is left out for a number.
    fn id(&mut self, record: &Element<'_>) -> Option<EntityId> {
        let number = [record.text_of("DATAID"), record.text_of("REFERENCE_NUMBER")].into_iter().find(|n| !n.is_empty());
        let number = number.filter(|number| number.len() <= NUMBER_LEN_MAX);
        let id = number.and_then(|number| EntityId::new(format!("unsc-{number}")).ok());
        let Some(id) = id else {
            let expected = sayings::record_without_tidy_number("DATAID", "REFERENCE_NUMBER");
            let name = names::joined(record);
            self.find(
                record.line,
                "DATAID",
                sayings::found_record_without_usable_number(quote(&name)),
                expected,
                Severity::High,
            );
            return None;
        };
        if record.text_of("DATAID").is_empty() {
            let expected = sayings::record_is("DATAID", id.as_str());
            self.find(record.line, "DATAID", sayings::found_nothing(), expected, Severity::Medium);
        }
        let mut unique = id.clone();
        let mut copy = 1;
        while !self.ids.insert(unique.clone()) {
            copy += 1;
            let Ok(next) = EntityId::new(format!("{id}-{copy}")) else { return None };
            unique = next;
        }
        if copy > 1 {
            let expected = sayings::own_number(unique.as_str());
            self.find(record.line, "DATAID", sayings::found_number_again(id.as_str()), expected, Severity::High);
        }
        Some(unique)
    }

    fn simple_values(record: &Element<'_>, listing: &mut Listing<'_>) {
        for (field, property) in [("TITLE", "title"), ("DESIGNATION", "position")] {
            for value in values(record, field) {
                listing.goes_on_at_line(value.line);
                listing.add(property, value.text.trim());
            }
        }
        for value in values(record, "NATIONALITY").chain(record.children("NATIONALITY2")) {
            let text = value.text.trim();
            if !text.is_empty() {
                listing.goes_on_at_line(value.line);
                listing.country("nationality", text, "NATIONALITY");
            }
        }
        for gender in record.children("GENDER").filter(|gender| !gender.text.trim().is_empty()) {
            listing.goes_on_at_line(gender.line);
            listing.gender(gender.text.trim(), "GENDER");
        }
    }

    /// Keeps what is in no table as a note, and counts it.
    fn note_unknown(&mut self, record: &Element<'_>, listing: &mut Listing<'_>) {
        for child in &record.children {
            if !KNOWN.contains(&child.name) {
                self.count_unknown(record.name, child.name, child.line, &child.all_text(), listing);
                continue;
            }
            let fields = GROUPS.iter().find(|(name, _)| *name == child.name).map_or(&[][..], |(_, fields)| *fields);
            self.attributes_of(child, listing);
            for part in &child.children {
                if fields.contains(&part.name) && part.children.is_empty() {
                    self.attributes_of(part, listing);
                } else {
                    self.count_unknown(child.name, part.name, part.line, &part.all_text(), listing);
                }
            }
            if !fields.is_empty() && !child.text.trim().is_empty() {
                self.count_unknown(child.name, "text", child.line, &one_line(&child.text), listing);
            }
        }
        for value in values(record, "LIST_TYPE").filter(|value| !["", "UN List"].contains(&value.text.trim())) {
            listing.note(&format!("LIST_TYPE: {}", value.text));
        }
    }

    /// No element of a record has attributes.
    fn attributes_of(&mut self, element: &Element<'_>, listing: &mut Listing<'_>) {
        for (name, value) in &element.attributes {
            self.count_unknown(element.name, &format!("@{name}"), element.line, value, listing);
        }
    }

    fn count_unknown(&mut self, parent: &str, name: &str, line: u64, text: &str, listing: &mut Listing<'_>) {
        self.unknown.count(&format!("{parent}/{name}"), line);
        if !text.is_empty() {
            listing.note(&format!("{name}: {text}"));
        }
    }
}

/// The values of an element that holds several.
fn values<'e, 'x>(record: &'e Element<'x>, name: &'e str) -> impl Iterator<Item = &'e Element<'x>> {
    record.children(name).flat_map(|group| group.children("VALUE"))
}

/// The listing itself: under which regime, since when, with which reference.
fn sanction(record: &Element<'_>, listing: &mut Listing<'_>) {
    const FIELD: &str = "LISTED_ON";
    let program = record.text_of("UN_LIST_TYPE");
    listing.add("program", program);
    let mut dates = Vec::new();
    for (field, property) in [(FIELD, "listingDate"), ("SUBMITTED_ON", "startDate"), ("DELISTED_ON", "endDate")] {
        for element in record.children(field).filter(|element| !element.text.trim().is_empty()) {
            listing.goes_on_at_line(element.line);
            match listing.read_date(without_zone(&element.text), field) {
                Some(date) => dates.push((property, date)),
                None => listing.note(&format!("{field}: {}", element.text.trim())),
            }
        }
    }
    for value in values(record, "LAST_DAY_UPDATED").filter(|value| !value.text.trim().is_empty()) {
        listing.goes_on_at_line(value.line);
        match listing.read_date(without_zone(&value.text), "LAST_DAY_UPDATED") {
            Some(date) => {
                listing.add("modifiedAt", &date);
                dates.push(("modifiedAt", date));
            }
            None => listing.note(&format!("LAST_DAY_UPDATED: {}", value.text.trim())),
        }
    }
    let (id, reference) = (listing.id().to_owned(), one_line(record.text_of("REFERENCE_NUMBER")));
    let delisted = record.child("DELISTED_ON").is_some_and(|element| !element.text.trim().is_empty());
    let sanction = listing.satellite("Sanction", "sanction");
    sanction.add("entity", id);
    sanction.add("authority", UN_SC_SANCTIONS.publisher);
    sanction.add("unscId", reference.as_str());
    sanction.add("authorityId", reference);
    sanction.add("recordId", record.text_of("DATAID"));
    sanction.add("program", program);
    sanction.add("sourceUrl", UN_SC_SANCTIONS.page);
    sanction.add("status", if delisted { "delisted" } else { "" });
    let submitted = one_line(record.text_of("SUBMITTED_BY"));
    sanction.add("summary", if submitted.is_empty() { submitted } else { format!("Submitted by {submitted}") });
    for (property, date) in dates {
        sanction.add(property, date);
    }
}

/// `2015-07-01-04:00`, an XML date with a time zone, without it.
fn without_zone(text: &str) -> &str {
    let text = text.trim();
    text.get(..10).filter(|_| text.len() == 16 && text.as_bytes()[13] == b':').unwrap_or(text)
}

fn addresses(record: &Element<'_>, listing: &mut Listing<'_>) {
    let mut count = 0;
    let all = record.children("INDIVIDUAL_ADDRESS").chain(record.children("ENTITY_ADDRESS"));
    for address in all {
        listing.goes_on_at_line(address.line);
        let text = |name| one_line(address.text_of(name));
        let parts = ["STREET", "CITY", "STATE_PROVINCE", "ZIP_CODE", "COUNTRY"].map(text);
        let [street, city, state, postal_code, country] = &parts;
        let note = text("NOTE");
        let code = if country.is_empty() { None } else { listing.read_country(country, "COUNTRY") };
        match code {
            Some(code) => listing.add("country", code.code()),
            None if !country.is_empty() => listing.note(&format!("COUNTRY: {country}")),
            None => {}
        }
        let full: Vec<&str> = parts.iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
        let only_country = full.len() == usize::from(!country.is_empty());
        if only_country && note.is_empty() {
            continue;
        }
        count += 1;
        let full = full.join(", ");
        if !only_country {
            listing.add("address", &full);
        }
        let satellite = listing.satellite("Address", &format!("address-{count}"));
        let id = satellite.id.to_string();
        satellite.add("full", full);
        satellite.add("street", street.as_str());
        satellite.add("city", city.as_str());
        satellite.add("state", state.as_str());
        satellite.add("postalCode", postal_code.as_str());
        satellite.add("country", code.map_or("", |code| code.code()));
        satellite.add("remarks", note);
        listing.add("addressEntity", &id);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn xml_dates_lose_their_time_zone() {
        assert_eq!(without_zone(" 2015-07-01-04:00 "), "2015-07-01");
        assert_eq!(without_zone("2015-07-01"), "2015-07-01");
        assert_eq!(without_zone("ﷺﷺﷺﷺﷺﷺ"), "ﷺﷺﷺﷺﷺﷺ");
    }
}
