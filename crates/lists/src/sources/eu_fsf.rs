//! The consolidated list of persons, groups and entities under EU financial sanctions (FSF), version 1.1, as XML or CSV.
//!
//! In comes one of the two files; out come a `Person` or an `Organization` (a `Company` where the name says so) for each
//! entity of the list, a `Sanction` for each regulation, addresses and documents. Ids are `eu-fsf-` with the EU reference
//! number in slug form (`EU.27.28` is `eu-fsf-eu-27-28`), or `eu-fsf-logical-` with the logical id where there is no reference,
//! as OpenSanctions forms them; both files give the same. Names of elements and attributes: the namespace
//! `http://eu.europa.ec/fpi/fsd/export`, as programs that read the published file name them. [`csv`] turns rows into the
//! elements of the XML form, so that one reader serves both. Not used, because they say nothing about anybody: the ids of
//! parts (`logicalId`), the language in which a regulation was read (`regulationLanguage`) and `globalFileId`.

mod birth;
mod csv;
mod documents;
mod names;
mod places;
mod regulations;
mod table;

use mihenk_entities::{Date, EntityId};

use self::table::TABLE;
use crate::{
    bookkeeping::Book,
    error::Error,
    finding::{Severity, quote},
    listing::{Listing, one_line, schema_named, slug},
    organisation::is_company,
    reading::Reading,
    relations::{Draft, Names, enter},
    sayings,
    sets::{Part, Set},
    source::{Cadence, Layout, Source, SourceFile},
    xml::{Element, Handler, walk},
};

pub(crate) use self::csv::is_header;

/// The EU's consolidated list of financial sanctions.
pub(crate) static EU_FSF: Source = Source {
    name: "eu_fsf",
    title: "EU Consolidated List of Financial Sanctions",
    publisher: "European Commission, Directorate-General for Financial Stability, Financial Services and Capital Markets \
                Union",
    coverage: "Persons, groups and entities whose funds are frozen under regulations of the European Union",
    licence: "European Commission reuse policy (Decision 2011/833/EU); \
              https://data.europa.eu/data/datasets/consolidated-list-of-persons-groups-and-entities-subject-to-eu-financial-sanctions",
    page: "https://data.europa.eu/data/datasets/consolidated-list-of-persons-groups-and-entities-subject-to-eu-financial-sanctions",
    files: &[SourceFile {
        part: Part::Whole,
        url: "https://webgate.ec.europa.eu/fsd/fsf/public/files/xmlFullSanctionsList_1_1/content?token=dG9rZW4tMjAxNw",
    }],
    other_forms: &[],
    cadence: Cadence::OnDecision,
    layout: Layout::Unverified(
        "elements, attributes and columns are those that public programs read from the published files, not those of the \
         schema itself; not seen: dates of another calendar than the Gregorian, and the contact details of the CSV file",
    ),
    read,
};

fn read(set: &Set<'_>) -> Result<Draft, Error> {
    let mut reading = Reading::new(Some(set.source), set.source.name, set.inputs());
    let (mut names, mut aliases) = (Names::default(), Names::default());
    if let Some(input) = set.file(Part::Whole) {
        let book = Book::new(&mut reading, &input.name);
        let mut list = List { book, names: &mut names, aliases: &mut aliases };
        if input.body().trim_ascii_start().starts_with(b"<") {
            walk(input, 1, &mut list)?;
        } else {
            csv::read(input, &mut list)?;
        }
        list.book.report_unknown();
        if reading.records == 0 {
            return Err(Error::NoRecords { file: input.name.clone() });
        }
    }
    Ok(Draft { names, aliases, ..Draft::of(reading) })
}

struct List<'a> {
    book: Book<'a>,
    names: &'a mut Names,
    aliases: &'a mut Names,
}

impl<'x> Handler<'x> for List<'_> {
    fn root(&mut self, root: &Element<'x>) {
        let generated = root.attribute("generationDate").unwrap_or("");
        self.published(generated.get(..10).unwrap_or(generated), root.line, "generationDate");
    }

    fn record(&mut self, path: &[&'x str], record: &Element<'x>) {
        if record.name != "sanctionEntity" {
            let found = sayings::found_record_in(record.name, path.join("/"));
            let expected = sayings::record_elsewhere("export/sanctionEntity");
            return self.book.report(record.line, record.name, found, expected, Severity::High);
        }
        let Some(id) = self.id(record) else { return };
        let schema = self.schema(record);
        let dataset = self.book.reading.dataset.clone();
        let mut listing = Listing::new(&dataset, id.clone(), schema_named(schema), self.book.file, record.line);
        self.book.note_unknown(record, TABLE, &mut listing);
        regulations::read(record, &mut listing);
        let called = names::read(record, &mut listing);
        birth::read(record, &mut listing);
        places::read(record, &mut listing);
        documents::read(record, &mut listing);
        for remark in record.children("remark") {
            listing.note(&remark.text);
        }
        for (at, name) in called.iter().enumerate() {
            enter(if at == 0 { self.names } else { self.aliases }, name, &id);
        }
        self.book.reading.records += 1;
        listing.finish(&mut self.book.reading.entities, &mut self.book.reading.findings);
    }

    fn stray_text(&mut self, path: &[&'x str], line: u64, text: &str) {
        self.book.stray_text(path, line, text);
    }
}

impl List<'_> {
    /// The day on which the file was made.
    fn published(&mut self, text: &str, line: u64, field: &str) {
        match Date::parse(text) {
            Ok(date) => self.book.reading.published = Some(date),
            Err(error) => {
                let expected = sayings::list_day_unknown(error.said());
                self.book.report(line, field, quote(text), expected, Severity::Low);
            }
        }
    }

    /// The id of a record: its EU reference, else its logical id.
    fn id(&mut self, record: &Element<'_>) -> Option<EntityId> {
        let text = |name| slug(record.attribute(name).unwrap_or(""));
        let (reference, logical) = (text("euReferenceNumber"), text("logicalId"));
        let id = match (reference.is_empty(), logical.is_empty()) {
            (false, _) => format!("eu-fsf-{reference}"),
            (true, false) => format!("eu-fsf-logical-{logical}"),
            (true, true) => {
                let found = sayings::found_record_without_number(quote(&names::first(record)));
                let expected = sayings::record_without_numbers("euReferenceNumber", "logicalId");
                self.book.report(record.line, "euReferenceNumber", found, expected, Severity::High);
                return None;
            }
        };
        self.book.unique(&EntityId::new(id).ok()?, record.line, "euReferenceNumber")
    }

    /// What kind of being the record is about.
    fn schema(&mut self, record: &Element<'_>) -> &'static str {
        let kind = record.child("subjectType");
        let text = |name| one_line(kind.and_then(|kind| kind.attribute(name)).unwrap_or(""));
        let code = text("code");
        let code = if code.is_empty() { text("classificationCode") } else { code };
        match code.to_ascii_lowercase().as_str() {
            "person" | "p" => return "Person",
            "enterprise" | "e" => {}
            _ => {
                let expected = sayings::taken_as_organisation("person or enterprise");
                self.book.report(record.line, "subjectType", quote(&code), expected, Severity::Medium);
            }
        }
        let names = record.children("nameAlias").filter_map(|name| name.attribute("wholeName"));
        if names.into_iter().any(is_company) { "Company" } else { "Organization" }
    }
}

/// An attribute in one line, empty if there is none.
fn value(element: &Element<'_>, name: &str) -> String {
    one_line(element.attribute(name).unwrap_or(""))
}

/// The remarks in a part.
fn remarks(element: &Element<'_>) -> Vec<String> {
    element.children("remark").map(|remark| one_line(&remark.text)).filter(|text| !text.is_empty()).collect()
}
