//! The UK Sanctions List of the Foreign, Commonwealth and Development Office, as XML or CSV.
//!
//! In comes one of the two files; out come a `Person`, an `Organization` (a `Company` where the name says so) or a `Vessel` for
//! each designation, with a `Sanction`, addresses, documents, and relations to parents, subsidiaries and owners. Ids are
//! `gb-fcdo-` with the unique id in slug form (`AFG0001` is `gb-fcdo-afg0001`), as OpenSanctions forms them; both files give the
//! same. Names of elements and columns: those that programs read which check every path of the published file. [`csv`] turns
//! rows into the elements of the XML form, so that one reader serves both.

mod csv;
mod details;
mod listing;
mod names;
mod numbers;
mod table;

use mihenk_entities::{Date, EntityId};

use self::table::TABLE;
use crate::{
    bookkeeping::Book,
    dates::day_first,
    error::Error,
    finding::{Severity, quote},
    listing::{Listing, one_line, schema_named, slug},
    organisation::is_company,
    reading::Reading,
    relations::{Draft, Mention, Names, enter},
    sayings,
    sets::{Part, Set},
    source::{Cadence, Layout, Source, SourceFile},
    xml::{Element, Handler, walk},
};

pub(crate) use self::csv::is_header;

/// The UK Sanctions List.
pub(crate) static GB_FCDO_SANCTIONS: Source = Source {
    name: "gb_fcdo_sanctions",
    title: "UK Sanctions List",
    publisher: "Foreign, Commonwealth and Development Office, United Kingdom",
    coverage: "Individuals, entities and ships designated under regulations made under the Sanctions and Anti-Money \
               Laundering Act 2018",
    licence: "Open Government Licence v3.0; https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
    page: "https://www.gov.uk/government/publications/the-uk-sanctions-list",
    files: &[SourceFile { part: Part::Whole, url: "https://sanctionslist.fcdo.gov.uk/docs/UK-Sanctions-List.xml" }],
    other_forms: &[],
    cadence: Cadence::OnDecision,
    layout: Layout::Unverified(
        "elements and columns are those that public programs read from the published files; not seen: the element of a hull \
         identification number, and whether a cell of the CSV file can hold more than one value",
    ),
    read,
};

fn read(set: &Set<'_>) -> Result<Draft, Error> {
    let mut reading = Reading::new(Some(set.source), set.source.name, set.inputs());
    let (mut names, mut aliases, mut mentions) = (Names::default(), Names::default(), Vec::new());
    if let Some(input) = set.file(Part::Whole) {
        let book = Book::new(&mut reading, &input.name);
        let mut list = List { book, names: &mut names, aliases: &mut aliases, mentions: &mut mentions };
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
    Ok(Draft { reading, names, aliases, mentions })
}

struct List<'a> {
    book: Book<'a>,
    names: &'a mut Names,
    aliases: &'a mut Names,
    mentions: &'a mut Vec<Mention>,
}

impl<'x> Handler<'x> for List<'_> {
    fn root(&mut self, _: &Element<'x>) {}

    fn record(&mut self, path: &[&'x str], record: &Element<'x>) {
        match record.name {
            "DateGenerated" => return self.published(&record.text, record.line, "DateGenerated"),
            "Designation" => {}
            _ => {
                let found = sayings::found_record_in(record.name, path.join("/"));
                let expected = sayings::record_elsewhere("Designations/Designation");
                return self.book.report(record.line, record.name, found, expected, Severity::High);
            }
        }
        let Some(id) = self.id(record) else { return };
        let schema = self.schema(record);
        let dataset = self.book.reading.dataset.clone();
        let mut listing = Listing::new(&dataset, id.clone(), schema_named(schema), self.book.file, record.line);
        self.book.note_unknown(record, TABLE, &mut listing);
        listing::read(record, &mut listing);
        let called = names::read(record, &mut listing);
        details::read(record, &mut listing);
        let relations = details::relations(record).map(|(line, role, name, property)| Mention {
            subject: id.clone(),
            role: role.to_owned(),
            name,
            property,
            file: self.book.file.to_owned(),
            line,
        });
        self.mentions.extend(relations);
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
        match Date::parse(&day_first(text)) {
            Ok(date) => self.book.reading.published = Some(date),
            Err(error) => {
                let expected = sayings::list_day_unknown(error.said());
                self.book.report(line, field, quote(text), expected, Severity::Low);
            }
        }
    }

    fn id(&mut self, record: &Element<'_>) -> Option<EntityId> {
        let number = slug(record.text_of("UniqueID"));
        if number.is_empty() {
            let found = sayings::found_record_without_number(quote(&names::first(record)));
            let expected = sayings::record_without_number("UniqueID");
            self.book.report(record.line, "UniqueID", found, expected, Severity::High);
            return None;
        }
        self.book.unique(&EntityId::new(format!("gb-fcdo-{number}")).ok()?, record.line, "UniqueID")
    }

    /// What kind of being the record is about.
    fn schema(&mut self, record: &Element<'_>) -> &'static str {
        let kind = one_line(record.text_of("IndividualEntityShip"));
        match kind.to_ascii_lowercase().as_str() {
            "individual" => return "Person",
            "ship" => return "Vessel",
            "entity" => {}
            _ => {
                let expected = sayings::taken_as_organisation("Individual, Entity or Ship");
                self.book.report(record.line, "IndividualEntityShip", quote(&kind), expected, Severity::Medium);
            }
        }
        if names::all(record).iter().any(|name| is_company(name)) { "Company" } else { "Organization" }
    }
}

/// The texts at a path below an element, each in one line with its own line; empty ones are left out.
fn texts(element: &Element<'_>, path: &[&str]) -> Vec<(u64, String)> {
    let Some((first, rest)) = path.split_first() else {
        let text = one_line(&element.text);
        return if text.is_empty() { Vec::new() } else { vec![(element.line, text)] };
    };
    element.children.iter().filter(|child| child.name == *first).flat_map(|child| texts(child, rest)).collect()
}

/// The elements at a path below an element.
fn elements<'e, 'x>(element: &'e Element<'x>, path: &[&str]) -> Vec<&'e Element<'x>> {
    let Some((first, rest)) = path.split_first() else { return vec![element] };
    element.children.iter().filter(|child| child.name == *first).flat_map(|child| elements(child, rest)).collect()
}
