//! Canada's consolidated list of autonomous sanctions, from its XML edition (`sema-lmes.xml`).
//!
//! In comes one file of flat `record` elements; out come a `Person`, an `Organization` or `Company`, or a `Vessel` for
//! each, with a `Sanction`. The list numbers nobody: what stays of a record when its spelling is corrected is the
//! regulation it stands under, the schedule and the item, so an id is `ca-sema-<country>-<schedule>-item-<item>`, such
//! as `ca-sema-russia-1-part-1-item-94`. (OpenSanctions hashes schedule, country and name; its ids cannot be formed
//! from the list without its code.) A record without schedule or item has its name in their place. Names of elements
//! are in English and French (`Country-Pays`); what stands before the hyphen is enough, so earlier files, which have
//! only that, are read too. `Country` is the regulation, not anybody's nationality.

mod names;

use mihenk_entities::{EntityId, country::Country};

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

/// Canada's consolidated list.
pub(crate) static CA_DFATD_SEMA_SANCTIONS: Source = Source {
    name: "ca_dfatd_sema_sanctions",
    title: "Consolidated Canadian Autonomous Sanctions List",
    publisher: "Global Affairs Canada",
    coverage: "Individuals, entities and ships under regulations of the Special Economic Measures Act and the Justice for \
               Victims of Corrupt Foreign Officials Act",
    licence: "Published by the Government of Canada; terms on the page of the list",
    page: "https://www.international.gc.ca/world-monde/international_relations-relations_internationales/sanctions/consolidated-consolide.aspx?lang=eng",
    files: &[SourceFile {
        part: Part::Whole,
        url: "https://www.international.gc.ca/world-monde/assets/office_docs/international_relations-relations_internationales/sanctions/sema-lmes.xml",
    }],
    other_forms: &[],
    cadence: Cadence::OnDecision,
    layout: Layout::Unverified(
        "the publisher describes no layout; elements are those of excerpts that public programs carry, and how several names are \
         separated in one field is what they report",
    ),
    read,
};

/// The elements of a record, as they are called before the hyphen; of each the first that has text counts.
const FIELDS: [(&str, &[&str]); 11] = [
    ("country", &["Country"]),
    ("last", &["LastName"]),
    ("given", &["GivenName"]),
    ("entity", &["EntityOrShip", "Entity"]),
    ("title", &["TitleOrShipType", "TitleOrShip", "Title"]),
    ("imo", &["ShipIMONumber"]),
    ("date", &["DateOfBirthOrShipBuildDate", "DateOfBirth"]),
    ("schedule", &["Schedule"]),
    ("item", &["Item"]),
    ("listed", &["DateOfListing"]),
    ("aliases", &["Aliases"]),
];

fn read(set: &Set<'_>) -> Result<Draft, Error> {
    let mut reading = Reading::new(Some(set.source), set.source.name, set.inputs());
    let (mut names, mut aliases) = (Names::default(), Names::default());
    if let Some(input) = set.file(Part::Whole) {
        let book = Book::new(&mut reading, &input.name);
        let mut list = List { book, names: &mut names, aliases: &mut aliases };
        walk(input, 1, &mut list)?;
        list.book.report_unknown();
        if reading.records == 0 {
            return Err(Error::NoRecords { file: input.name.clone() });
        }
    }
    Ok(Draft { names, aliases, ..Draft::of(reading) })
}

/// Whether the beginning of a document with the root `data-set` is this list.
pub(crate) fn is_list(head: &str) -> bool {
    head.contains("<Country") && ["<Schedule", "<Item", "<LastName", "<Entity"].iter().any(|tag| head.contains(tag))
}

/// The text of a field.
fn field(record: &Element<'_>, name: &str) -> String {
    let called = FIELDS.iter().find(|(field, _)| *field == name).map_or(&[][..], |(_, called)| *called);
    let texts = record.children.iter().filter(|child| called.contains(&base(child.name)));
    let text = texts.map(|child| one_line(&child.text)).find(|text| !text.is_empty()).unwrap_or_default();
    if text == "N/A" { String::new() } else { text }
}

/// `Country` of `Country-Pays`.
fn base(name: &str) -> &str {
    name.split('-').next().unwrap_or(name)
}

/// The English and the French half of a text; one that is not in two languages has one half.
fn halves(text: &str) -> (&str, &str) {
    let (english, french) = text.split_once('|').or_else(|| text.split_once(" / ")).unwrap_or((text, ""));
    (english.trim(), french.trim())
}

struct List<'a> {
    book: Book<'a>,
    names: &'a mut Names,
    aliases: &'a mut Names,
}

impl<'x> Handler<'x> for List<'_> {
    fn root(&mut self, _root: &Element<'x>) {}

    fn record(&mut self, _path: &[&'x str], record: &Element<'x>) {
        if record.name == "record" {
            return self.listed(record);
        }
        let expected = sayings::not_read_as_record();
        let found = format!("<{}>: {}", record.name, quote(&record.all_text()));
        self.book.report(record.line, record.name, found, expected, Severity::High);
    }

    fn stray_text(&mut self, path: &[&'x str], line: u64, text: &str) {
        self.book.stray_text(path, line, text);
    }
}

impl List<'_> {
    fn listed(&mut self, record: &Element<'_>) {
        let Some(id) = self.id(record) else { return };
        let (schema, dataset) = (schema(record), self.book.reading.dataset.clone());
        let mut listing = Listing::new(&dataset, id.clone(), schema_named(schema), self.book.file, record.line);
        sanction(record, &mut listing);
        let called = names::read(record, &mut listing);
        simple_values(record, &mut listing);
        self.unknown(record, &mut listing);
        for (at, name) in called.iter().enumerate() {
            enter(if at == 0 { self.names } else { self.aliases }, name, &id);
        }
        self.book.reading.records += 1;
        listing.finish(&mut self.book.reading.entities, &mut self.book.reading.findings);
    }

    /// Regulation, schedule and item; the name where one of the latter is missing.
    fn id(&mut self, record: &Element<'_>) -> Option<EntityId> {
        let country = slug(halves(&field(record, "country")).0);
        let numbers = [slug(&field(record, "schedule")), slug(&field(record, "item"))];
        let name = slug(&names::main(record));
        let parts = if numbers.iter().all(|number| !number.is_empty()) {
            vec![country, numbers.join("-item-")]
        } else {
            vec![country, numbers.concat(), name]
        };
        let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        let id = EntityId::new(format!("ca-sema-{}", parts.join("-"))).ok().filter(|_| !parts.is_empty());
        let Some(id) = id else {
            let expected = sayings::record_without_schedule();
            let found = sayings::found_record_without_both(quote(&record.all_text()));
            self.book.report(record.line, "record", found, expected, Severity::High);
            return None;
        };
        self.book.unique(&id, record.line, "Item")
    }

    /// Keeps elements that are not known, and what stands in others beside text.
    fn unknown(&mut self, record: &Element<'_>, listing: &mut Listing<'_>) {
        for child in &record.children {
            let known = FIELDS.iter().any(|(_, called)| called.contains(&base(child.name)));
            if !known || !child.children.is_empty() || !child.attributes.is_empty() {
                self.book.keep(record.name, child.name, child.line, &child.all_text(), listing);
            }
        }
        if !record.text.trim().is_empty() {
            self.book.keep(record.name, "text", record.line, &one_line(&record.text), listing);
        }
    }
}

/// What kind of being the record is about. Only ships have an IMO number, and only people have titles.
fn schema(record: &Element<'_>) -> &'static str {
    let has = |name| !field(record, name).is_empty();
    match () {
        () if has("imo") => "Vessel",
        () if has("last") || has("given") => "Person",
        () if has("title") => "Vessel",
        () if is_company(&field(record, "entity")) => "Company",
        () => "Organization",
    }
}

/// The listing itself.
fn sanction(record: &Element<'_>, listing: &mut Listing<'_>) {
    let program = field(record, "country");
    listing.add("program", &program);
    if let Some(country) = Country::parse(halves(&program).0) {
        listing.add("country", country.code());
    }
    let (schedule, item, listed) = (field(record, "schedule"), field(record, "item"), field(record, "listed"));
    let date = if listed.is_empty() { None } else { listing.read_date(&listed, "DateOfListing") };
    if date.is_none() && !listed.is_empty() {
        listing.note(&format!("DateOfListing: {listed}"));
    }
    let id = listing.id().to_owned();
    let place = [("Schedule", &schedule), ("item", &item)].map(|(word, number)| match number.is_empty() {
        true => String::new(),
        false => format!("{word} {number}"),
    });
    let place: Vec<&str> = place.iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
    let sanction = listing.satellite("Sanction", "sanction");
    sanction.add("entity", id);
    sanction.add("authority", CA_DFATD_SEMA_SANCTIONS.publisher);
    sanction.add("country", "ca");
    sanction.add("program", program);
    sanction.add("authorityId", item);
    sanction.add("recordId", place.join(", "));
    sanction.add("listingDate", date.unwrap_or_default());
    sanction.add("sourceUrl", CA_DFATD_SEMA_SANCTIONS.page);
}

/// Title or type, IMO number, the day of birth or of building.
fn simple_values(record: &Element<'_>, listing: &mut Listing<'_>) {
    let title = field(record, "title");
    let (english, french) = halves(&title);
    let property = if listing.is("Vehicle") { "type" } else { "title" };
    listing.add(property, english);
    if french != english {
        listing.add(property, french);
    }
    let imo = field(record, "imo");
    if !imo.is_empty() {
        listing.number("imoNumber", imo.trim_start_matches("IMO").trim(), "ShipIMONumber");
    }
    let date = field(record, "date");
    if date.is_empty() {
        return;
    }
    let (property, field) = match () {
        () if listing.is("Vehicle") => ("buildDate", "ShipBuildDate"),
        () if listing.is("Person") => ("birthDate", "DateOfBirth"),
        () => ("incorporationDate", "DateOfBirthOrShipBuildDate"),
    };
    date.split(" or ").for_each(|date| listing.date(property, date, field));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_in_two_languages_is_cut_where_the_list_cuts() {
        for (text, english, french) in [
            ("Russia / Russie", "Russia", "Russie"),
            ("Oil Tanker|Navire-citerne", "Oil Tanker", "Navire-citerne"),
            ("Oil Tanker | Navire-citerne", "Oil Tanker", "Navire-citerne"),
            ("Ukraine", "Ukraine", ""),
            ("Minister/Deputy", "Minister/Deputy", ""),
            ("", "", ""),
        ] {
            assert_eq!(halves(text), (english, french), "{text}");
        }
    }
}
