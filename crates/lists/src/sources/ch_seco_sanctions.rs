//! The Swiss sanctions list of the State Secretariat for Economic Affairs (SECO), from its XML edition (*Gesamtliste*).
//!
//! In comes the file of the whole list; out come a `Person`, `Organization` or `Company`, `Vessel` or `Airplane` for
//! each target, with a `Sanction`, addresses, documents and relations. Ids are `ch-seco-<ssid>`, as OpenSanctions forms
//! them. Programmes and places stand apart from the targets that refer to them, so the file is read twice. A target
//! whose last change is that it was taken off the list is not an entity; how many there are is reported. Names of
//! elements: as programs that read the published file name them. Not used: numbers of parts, and in `modification` what
//! was added and removed, which is the history of the list and not what it says now.

mod facts;
mod names;
mod places;
mod table;

use mihenk_entities::{Date, Entity, EntityId};
use rustc_hash::FxHashMap;

use self::{places::Places, table::TABLE};
use crate::{
    bookkeeping::{Book, beyond},
    error::Error,
    finding::{Severity, quote},
    input::Input,
    listing::{Listing, one_line, schema_named},
    organisation::is_company,
    reading::Reading,
    relations::{Draft, Names, enter},
    sayings,
    sets::{Part, Set},
    source::{Cadence, Layout, Source, SourceFile},
    xml::{Element, Handler, walk},
};

/// The Swiss sanctions list.
pub(crate) static CH_SECO_SANCTIONS: Source = Source {
    name: "ch_seco_sanctions",
    title: "Swiss SECO Sanctions List",
    publisher: "State Secretariat for Economic Affairs (SECO), Switzerland",
    coverage: "Individuals, entities and objects under ordinances that rest on the Swiss Embargo Act",
    licence: "Published by the Swiss Confederation; terms on the page of the list",
    page: "https://www.seco.admin.ch/seco/en/home/Aussenwirtschaftspolitik_Wirtschaftliche_Zusammenarbeit/Wirtschaftsbeziehungen/exportkontrollen-und-sanktionen/sanktionen-embargos.html",
    files: &[SourceFile {
        part: Part::Whole,
        url: "https://www.sesam.search.admin.ch/sesam-search-web/pages/downloadXmlGesamtliste.xhtml?lang=en&action=downloadXmlGesamtlisteAction",
    }],
    other_forms: &[],
    cadence: Cadence::OnDecision,
    layout: Layout::Unverified(
        "elements and attributes are those that public programs read from the published file, not those of its schema; not \
         seen: other spellings of places, calendars other than the Gregorian, the inside of relations, objects that are no vessels",
    ),
    read,
};

fn read(set: &Set<'_>) -> Result<Draft, Error> {
    let mut reading = Reading::new(Some(set.source), set.source.name, set.inputs());
    let Some(input) = set.file(Part::Whole) else { return Ok(Draft::of(reading)) };
    let header = Header::read(input, &mut reading)?;
    let (mut names, mut aliases) = (Names::default(), Names::default());
    let mut list = Targets {
        book: Book::new(&mut reading, &input.name),
        header,
        names: &mut names,
        aliases: &mut aliases,
        delisted: 0,
        links: Vec::new(),
    };
    walk(input, 1, &mut list)?;
    list.finish();
    if reading.records == 0 {
        return Err(Error::NoRecords { file: input.name.clone() });
    }
    Ok(Draft { names, aliases, ..Draft::of(reading) })
}

/// A programme as far as a listing repeats it.
#[derive(Clone, Debug, Default)]
struct Program {
    /// Its short name, such as *Belarus*.
    key: String,
    /// The ordinance.
    name: String,
    /// What the set of measures is called.
    set: String,
    /// Whose decision it follows.
    origin: String,
}

/// The first reading: what targets refer to.
#[derive(Default)]
struct Header {
    programs: FxHashMap<String, Program>,
    places: Places,
}

impl Header {
    fn read(input: &Input, reading: &mut Reading) -> Result<Header, Error> {
        let book = Book::new(reading, &input.name);
        let mut parts = Parts { book, header: Header::default(), kind: None };
        walk(input, 1, &mut parts)?;
        let Parts { header, kind, .. } = parts;
        match kind.as_deref() {
            Some("whole-list") | None => Ok(header),
            Some(kind) => {
                let found = sayings::swiss_part(quote(kind));
                let expected = sayings::swiss_whole_list();
                Err(Error::WrongKind { file: input.name.clone(), found, expected })
            }
        }
    }
}

struct Parts<'a> {
    book: Book<'a>,
    header: Header,
    kind: Option<String>,
}

impl<'x> Handler<'x> for Parts<'_> {
    fn root(&mut self, root: &Element<'x>) {
        self.kind = root.attribute("list-type").map(str::to_owned);
        let date = root.attribute("date").unwrap_or("");
        match Date::parse(date) {
            Ok(date) => self.book.reading.published = Some(date),
            Err(error) => {
                let expected = sayings::list_day_unknown(error.said());
                self.book.report(root.line, "date", quote(date), expected, Severity::Low);
            }
        }
    }

    fn record(&mut self, _path: &[&'x str], record: &Element<'x>) {
        match record.name {
            "sanctions-program" => self.program(record),
            "place" => self.header.places.enter(record),
            // Read the second time.
            "target" => return,
            name => {
                let expected = sayings::not_read_but("target, place or sanctions-program");
                let found = format!("<{name}>: {}", quote(&record.all_text()));
                return self.book.report(record.line, name, found, expected, Severity::High);
            }
        }
        for (path, line, text) in beyond(record, TABLE) {
            let expected = sayings::unknown_and_unused();
            self.book.report(line, &path, quote(&text), expected, Severity::Low);
        }
    }

    fn stray_text(&mut self, path: &[&'x str], line: u64, text: &str) {
        self.book.stray_text(path, line, text);
    }
}

impl Parts<'_> {
    fn program(&mut self, element: &Element<'_>) {
        let program = Program {
            key: english(element, "program-key"),
            name: english(element, "program-name"),
            set: String::new(),
            origin: one_line(element.text_of("origin")),
        };
        for set in element.children("sanctions-set") {
            let number = set.attribute("ssid").unwrap_or_default().to_owned();
            let entry = self.header.programs.entry(number).or_insert_with(|| program.clone());
            if entry.set.is_empty() || set.attribute("lang") == Some("eng") {
                entry.set = one_line(&set.text);
            }
        }
    }
}

/// The English text of elements that say the same in several languages, or the first.
fn english(element: &Element<'_>, name: &str) -> String {
    let english = element.children(name).find(|child| child.attribute("lang") == Some("eng"));
    english.or(element.child(name)).map_or_else(String::new, |child| one_line(&child.text))
}

/// A relation between two targets: its element's line, the ends, what it is called, what is said of it.
struct Link {
    line: u64,
    subject: EntityId,
    object: String,
    role: String,
    summary: String,
}

/// The second reading: the targets.
struct Targets<'a> {
    book: Book<'a>,
    header: Header,
    names: &'a mut Names,
    aliases: &'a mut Names,
    /// Targets that are not on the list any more.
    delisted: usize,
    links: Vec<Link>,
}

impl<'x> Handler<'x> for Targets<'_> {
    fn root(&mut self, _root: &Element<'x>) {}

    fn record(&mut self, _path: &[&'x str], record: &Element<'x>) {
        if record.name == "target" {
            self.target(record);
        }
    }

    fn stray_text(&mut self, _path: &[&'x str], _line: u64, _text: &str) {}
}

impl Targets<'_> {
    fn target(&mut self, target: &Element<'_>) {
        if self.is_delisted(target) {
            self.delisted += 1;
            self.book.reading.records += 1;
            return;
        }
        let kinds = ["individual", "entity", "object"];
        let Some(body) = target.children.iter().find(|child| kinds.contains(&child.name)) else {
            let expected = sayings::target_of_no_kind();
            return self.book.report(target.line, "target", quote(&target.all_text()), expected, Severity::High);
        };
        let Some(id) = self.id(target) else { return };
        let schema = self.schema(body);
        let dataset = self.book.reading.dataset.clone();
        let mut listing = Listing::new(&dataset, id.clone(), schema_named(schema), self.book.file, target.line);
        self.sanction(target, body, &mut listing);
        if let Some(sex) = body.attribute("sex") {
            listing.gender(sex, "sex");
        }
        let mut called = Vec::new();
        let mut identities: Vec<&Element<'_>> = body.children("identity").collect();
        identities.sort_by_key(|identity| identity.attribute("main") == Some("false"));
        for identity in identities {
            called.extend(names::read(identity, &mut listing));
            self.header.places.identity(identity, &mut listing);
            facts::identity(identity, &self.header.places, &mut listing);
        }
        facts::read(body, &mut listing);
        self.relations(body, &id);
        self.book.note_unknown(target, TABLE, &mut listing);
        if called.is_empty() {
            listing.report(Severity::High, "name", sayings::found_no_name(), sayings::identity_expected("identity"));
        }
        for (at, name) in called.iter().enumerate() {
            enter(if at == 0 { self.names } else { self.aliases }, name, &id);
        }
        self.book.reading.records += 1;
        listing.finish(&mut self.book.reading.entities, &mut self.book.reading.findings);
    }

    /// Whether the last change before the day of the list takes the target off it.
    fn is_delisted(&self, target: &Element<'_>) -> bool {
        let made = self.book.reading.published.map(|date| date.to_string());
        let day = |element: &Element<'_>| {
            let dates = ["effective-date", "publication-date", "enactment-date"];
            dates.iter().find_map(|name| element.attribute(name)).unwrap_or("").to_owned()
        };
        let past = target.children("modification").map(|change| (day(change), change)).filter(|(day, _)| {
            // What takes effect tomorrow has not taken effect.
            made.as_ref().is_none_or(|made| day <= made)
        });
        // The newest change stands first, so of equal days the first counts.
        let last = past.reduce(|last, next| if next.0 > last.0 { next } else { last });
        last.is_some_and(|(_, change)| change.attribute("modification-type") == Some("de-listed"))
    }

    fn id(&mut self, target: &Element<'_>) -> Option<EntityId> {
        let number = target.attribute("ssid").unwrap_or_default();
        let usable = !number.is_empty() && number.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        let id = EntityId::new(format!("ch-seco-{number}")).ok().filter(|_| usable && number.len() <= 32);
        let Some(id) = id else {
            let expected = sayings::target_without_number("ssid");
            let found = sayings::found_target_without_usable_number(quote(number));
            self.book.report(target.line, "ssid", found, expected, Severity::High);
            return None;
        };
        self.book.unique(&id, target.line, "ssid")
    }

    fn schema(&mut self, body: &Element<'_>) -> &'static str {
        let kind = body.attribute("object-type").unwrap_or("");
        match (body.name, kind) {
            ("individual", _) => "Person",
            ("object", "vessel") => "Vessel",
            ("object", "aircraft") => "Airplane",
            ("object", _) => {
                let expected = sayings::taken_as_organisation("vessel or aircraft");
                self.book.report(body.line, "object-type", quote(kind), expected, Severity::Medium);
                "Organization"
            }
            _ if names::first(body).is_some_and(|name| is_company(&name)) => "Company",
            _ => "Organization",
        }
    }

    /// The listing itself: programme, measures, days, reasons.
    fn sanction(&self, target: &Element<'_>, body: &Element<'_>, listing: &mut Listing<'_>) {
        let attribute = target.attribute("sanctions-set-id").map(str::to_owned);
        let sets = attribute.into_iter().chain(target.children("sanctions-set-id").map(|set| one_line(&set.text)));
        let mut values = Vec::new();
        for set in sets.filter(|set| !set.is_empty()) {
            let Some(program) = self.header.programs.get(&set) else {
                let expected = sayings::number_of_no_set("sanctions-set");
                listing.report(Severity::Medium, "sanctions-set-id", quote(&set), expected);
                listing.note(&format!("sanctions-set-id: {set}"));
                continue;
            };
            let name = if program.name.is_empty() { &program.key } else { &program.name };
            listing.add("program", name);
            values.push(("program", name.clone()));
            values.push(("provisions", program.set.clone()));
            values.push(("description", program.key.clone()));
            if !program.origin.is_empty() {
                values.push(("description", format!("Origin: {}", program.origin)));
            }
        }
        for identifier in target.children("foreign-identifier").map(|element| one_line(&element.text)) {
            match is_un_reference(&identifier) {
                true => values.push(("unscId", identifier)),
                false if identifier.is_empty() => {}
                false => values.push(("summary", format!("Foreign identifier: {identifier}"))),
            }
        }
        values.extend(body.children("justification").map(|element| ("reason", one_line(&element.text))));
        for change in target.children("modification") {
            listing.goes_on_at_line(change.line);
            values.extend(days(change, listing));
        }
        listing.goes_on_at_line(target.line);
        let (id, number) = (listing.id().to_owned(), target.attribute("ssid").unwrap_or_default().to_owned());
        let sanction = listing.satellite("Sanction", "sanction");
        sanction.add("entity", id);
        sanction.add("authority", CH_SECO_SANCTIONS.publisher);
        sanction.add("authorityId", number);
        sanction.add("country", "ch");
        sanction.add("sourceUrl", CH_SECO_SANCTIONS.page);
        values.into_iter().for_each(|(property, value)| sanction.add(property, value));
    }

    fn relations(&mut self, body: &Element<'_>, subject: &EntityId) {
        for relation in body.children("relation") {
            let texts = relation.children.iter().map(Element::all_text).collect::<Vec<_>>().join(", ");
            self.links.push(Link {
                line: relation.line,
                subject: subject.clone(),
                object: relation.attribute("target-id").unwrap_or_default().to_owned(),
                role: relation.attribute("relation-type").unwrap_or_default().to_owned(),
                summary: one_line(&format!("{} {texts}", relation.text.trim())),
            });
        }
    }

    fn finish(mut self) {
        self.book.report_unknown();
        if self.delisted > 0 {
            let found = sayings::found_delisted(self.delisted.to_string());
            let expected = sayings::listed_no_more();
            self.book.report(1, "modification", found, expected, Severity::Low);
        }
        self.tie();
    }

    /// Makes links of the relations whose both ends are in the file.
    fn tie(&mut self) {
        let entities = &mut self.book.reading.entities;
        let mut places: FxHashMap<EntityId, usize> =
            entities.iter().enumerate().map(|(at, entity)| (entity.id.clone(), at)).collect();
        for link in std::mem::take(&mut self.links) {
            let Some(&subject) = places.get(&link.subject) else { continue };
            let object = EntityId::new(format!("ch-seco-{}", link.object)).ok().filter(|id| places.contains_key(id));
            let id = object.as_ref().and_then(|object| EntityId::new(format!("{}-link-{object}", link.subject)).ok());
            let (Some(object), Some(id)) = (object, id) else {
                let note = one_line(&format!("{}: {} {}", link.role, link.object, link.summary));
                self.book.reading.entities[subject].add("notes", note);
                let found = format!("{} of {}", quote(&link.role), quote(&link.object));
                let expected = sayings::number_of_no_target();
                self.book.report(link.line, "relation", found, expected, Severity::Low);
                continue;
            };
            let entities = &mut self.book.reading.entities;
            let at = *places.entry(id.clone()).or_insert_with(|| {
                let mut entity = Entity::new(id, schema_named("UnknownLink"));
                entity.datasets.clone_from(&entities[subject].datasets);
                entity.add("subject", link.subject.as_str());
                entity.add("object", object.as_str());
                entities.push(entity);
                entities.len() - 1
            });
            describe(&mut entities[at], &link);
        }
    }
}

fn describe(entity: &mut Entity, link: &Link) {
    entity.add("role", link.role.as_str());
    entity.add("summary", link.summary.as_str());
}

/// `QDi.115`, `KPe.001`: how the Security Council numbers its listings.
fn is_un_reference(text: &str) -> bool {
    let Some((regime, number)) = text.split_once('.') else { return false };
    let letters = regime.len() == 3 && regime[..2].bytes().all(|b| b.is_ascii_uppercase());
    letters && regime.ends_with(['i', 'e']) && !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit())
}

/// What the days of a change say of the listing.
fn days(change: &Element<'_>, listing: &mut Listing<'_>) -> Vec<(&'static str, String)> {
    let kind = change.attribute("modification-type").unwrap_or("");
    let properties = match kind {
        "listed" => [("publication-date", "listingDate"), ("effective-date", "startDate"), ("enactment-date", "date")],
        "de-listed" => {
            [("effective-date", "endDate"), ("publication-date", "modifiedAt"), ("enactment-date", "modifiedAt")]
        }
        _ => [("publication-date", "modifiedAt"), ("effective-date", "modifiedAt"), ("enactment-date", "modifiedAt")],
    };
    let mut days = Vec::new();
    for (attribute, property) in properties {
        let Some(text) = change.attribute(attribute).filter(|text| !text.trim().is_empty()) else { continue };
        match listing.read_date(text, attribute) {
            Some(day) => days.push((property, day)),
            None => days.push(("summary", format!("{kind} {attribute}: {text}"))),
        }
    }
    let remark = one_line(change.text_of("remark"));
    if !remark.is_empty() {
        days.push(("summary", format!("{kind}: {remark}")));
    }
    days
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_of_the_security_council_are_told_from_others() {
        assert!(["QDi.115", "KPe.001", "TAi.2"].into_iter().all(is_un_reference));
        assert!(["140", "QDi.", "qdi.1", "QD.1", "äöi.1", ""].into_iter().all(|text| !is_un_reference(text)));
    }
}
