//! Listings and relations of OFAC's advanced XML form.
//!
//! In come `SanctionsEntry`, `ProfileRelationship` and `SanctionsEntryLink` elements; out come programmes, legal basis,
//! listing date and provisions on the `Sanction`, and relations between parties as FollowTheMoney has them
//! (`Ownership`, `Family`, `Directorship` …), where both ends are what the relation needs. Where they are not, the
//! relation is an `UnknownLink` in the words of the source: turning it round would be guessing. Types of relations:
//! OFAC, *Advanced Sanctions Data Model*, and the mapping of OpenSanctions.

use mihenk_entities::{Entity, EntityId, Schema};
use mihenk_said::Said;
use rustc_hash::FxHashMap;

use crate::{
    finding::{Finding, Place, Severity, quote},
    listing::{Listing, one_line, schema_named},
    reading::Reading,
    sayings,
    sources::ofac::advanced::{dates, references::References},
    xml::Element,
};

/// A type of relation: what it becomes, and the properties of its ends, *from* first.
struct Relation {
    kind: &'static str,
    schema: &'static str,
    ends: [(&'static str, &'static str); 2],
    property: &'static str,
}

const fn relation(
    kind: &'static str,
    schema: &'static str,
    from: (&'static str, &'static str),
    to: (&'static str, &'static str),
    property: &'static str,
) -> Relation {
    Relation { kind, schema, ends: [from, to], property }
}

/// Types in lower case; each end with the schema that it needs.
static RELATIONS: [Relation; 9] = [
    relation(
        "acting for or on behalf of",
        "Representation",
        ("agent", "LegalEntity"),
        ("client", "LegalEntity"),
        "role",
    ),
    relation("owned or controlled by", "Ownership", ("asset", "Asset"), ("owner", "LegalEntity"), "role"),
    relation("property in the interest of", "Ownership", ("asset", "Asset"), ("owner", "LegalEntity"), "role"),
    relation("owns, controls, or operates", "Ownership", ("owner", "LegalEntity"), ("asset", "Asset"), "role"),
    relation("family member of", "Family", ("person", "Person"), ("relative", "Person"), "relationship"),
    relation(
        "leader or official of",
        "Directorship",
        ("director", "LegalEntity"),
        ("organization", "Organization"),
        "role",
    ),
    relation(
        "principal executive officer",
        "Directorship",
        ("director", "LegalEntity"),
        ("organization", "Organization"),
        "role",
    ),
    relation(
        "playing a significant role in",
        "Membership",
        ("member", "LegalEntity"),
        ("organization", "Organization"),
        "role",
    ),
    relation("associate of", "UnknownLink", ("subject", "Thing"), ("object", "Thing"), "role"),
];

/// The codes of the programmes under which a party is listed.
pub(super) fn programs(entries: &[Element<'_>], references: &References<'_>) -> Vec<String> {
    let mut programs = Vec::new();
    for measure in entries.iter().flat_map(|entry| entry.children("SanctionsMeasure")) {
        let program = one_line(measure.text_of("Comment"));
        if is_program(measure, references) && !program.is_empty() && !programs.contains(&program) {
            programs.push(program);
        }
    }
    programs
}

fn is_program(measure: &Element<'_>, references: &References<'_>) -> bool {
    references.text("SanctionsType", measure.attribute("SanctionsTypeID")) == "Program"
}

/// Adds what the entries of a party say beyond its programmes.
pub(super) fn add(entries: &[Element<'_>], references: &References<'_>, listing: &mut Listing<'_>) {
    for entry in entries {
        listing.goes_on_at_line(entry.line);
        let mut values = values_of(entry, references);
        for event in entry.children("EntryEvent") {
            listing.goes_on_at_line(event.line);
            let kind = references.text("EntryEventType", event.attribute("EntryEventTypeID"));
            for date in event.children("Date").map(dates::date).filter(|date| !date.is_empty()) {
                match listing.read_date(&date, "EntryEvent") {
                    Some(date) if ["", "Created"].contains(&kind) => values.push(("listingDate", date)),
                    Some(date) => values.push(("summary", format!("{kind}: {date}"))),
                    None => values.push(("summary", format!("{kind}: {date}"))),
                }
            }
        }
        if let Some(sanction) = listing.sanction() {
            for (property, value) in values {
                sanction.add(property, value);
            }
        }
    }
}

fn values_of(entry: &Element<'_>, references: &References<'_>) -> Vec<(&'static str, String)> {
    let mut values = vec![
        ("description", references.text("List", entry.attribute("ListID")).to_owned()),
        ("summary", one_line(entry.text_of("Comment"))),
        ("summary", one_line(entry.text_of("LimitationsToListing"))),
    ];
    for event in entry.children("EntryEvent") {
        values.push(("reason", references.text("LegalBasis", event.attribute("LegalBasisID")).to_owned()));
        values.push(("summary", one_line(event.text_of("Comment"))));
    }
    for measure in entry.children("SanctionsMeasure") {
        let kind = references.text("SanctionsType", measure.attribute("SanctionsTypeID"));
        let comment = one_line(measure.text_of("Comment"));
        let period = measure.child("DatePeriod").map(dates::period).unwrap_or_default();
        let texts = if is_program(measure, references) { ["", "", &period] } else { [kind, &comment, &period] };
        let texts: Vec<&str> = texts.into_iter().filter(|text| !text.is_empty()).collect();
        values.push(("provisions", texts.join(" ")));
    }
    for info in entry.children("SupportingInfo") {
        let kind = references.text("SupInfoType", info.attribute("SupInfoTypeID"));
        values.push(("summary", one_line(&format!("{kind} {}", info.text_of("Text")))));
        values.push(("sourceUrl", one_line(info.text_of("DirectURL"))));
    }
    values.retain(|(_, value)| !value.is_empty());
    values
}

/// Ties parties together.
pub(super) struct Ties<'r> {
    reading: &'r mut Reading,
    file: &'r str,
    /// Where each record is among the entities.
    places: FxHashMap<EntityId, usize>,
}

impl<'r> Ties<'r> {
    pub(super) fn of(reading: &'r mut Reading, file: &'r str) -> Ties<'r> {
        let places = reading.entities.iter().enumerate().map(|(at, entity)| (entity.id.clone(), at)).collect();
        Ties { reading, file, places }
    }

    /// All relations and links, in the order of the file.
    pub(super) fn add(&mut self, references: &References<'_>) {
        for element in &references.relations {
            let ends = ["From-ProfileID", "To-ProfileID"].map(|name| element.attribute(name).unwrap_or_default());
            let kind = references.text("RelationType", element.attribute("RelationTypeID"));
            let quality = references.text("RelationQuality", element.attribute("RelationQualityID"));
            self.tie(element, ends, kind.trim_end_matches(':'), quality);
        }
        for element in &references.links {
            let ends = ["EntryA-SanctionsEntryID", "EntryB-SanctionsEntryID"].map(|name| {
                let entry = element.attribute(name).unwrap_or_default();
                references.profile_of_entry.get(entry).map_or("", String::as_str)
            });
            let kind = references.text("EntryLinkType", element.attribute("EntryLinkTypeID"));
            self.tie(element, ends, kind, "");
        }
    }

    fn tie(&mut self, element: &Element<'_>, ends: [&str; 2], kind: &str, quality: &str) {
        let ids = ends.map(|number| EntityId::new(format!("ofac-{number}")).ok().filter(|_| !number.is_empty()));
        let [Some(from), Some(to)] = ids else {
            let expected = sayings::two_parties_expected();
            return self.find(element, quote(&format!("{kind} {}", element.all_text())), expected, Severity::High);
        };
        let [Some(&from_at), to_at] = [&from, &to].map(|id| self.places.get(id)) else {
            let expected = sayings::no_first_party();
            return self.find(element, format!("{kind} from {from} to {to}"), expected, Severity::High);
        };
        let to_at = to_at.copied();
        if to_at.is_none() {
            let expected = sayings::no_second_party();
            self.find(element, format!("{kind} from {from} to {to}"), expected, Severity::Low);
        }
        let (schema, properties, property) = self.form(kind, from_at, to_at);
        let Some(id) = self.entity(schema, [&from, &to], properties, from_at) else { return };
        self.describe(id, element, (property, kind), quality);
    }

    /// What the relation becomes, given what its ends are.
    fn form(&mut self, kind: &str, from: usize, to: Option<usize>) -> (&'static str, [&'static str; 2], &'static str) {
        let link = ("UnknownLink", ["subject", "object"], "role");
        let known = RELATIONS.iter().find(|relation| relation.kind == kind.to_lowercase());
        let (Some(relation), Some(to)) = (known, to) else { return link };
        let fits = |at: usize, schema: &str| {
            let is = self.reading.entities[at].schema;
            is.is(schema) || (schema == "Asset" && is.name() == "Organization")
        };
        if !fits(from, relation.ends[0].1) || !fits(to, relation.ends[1].1) {
            return link;
        }
        for (at, (_, schema)) in [from, to].into_iter().zip(relation.ends) {
            let entity = &mut self.reading.entities[at];
            // An organisation that is owned is a company.
            if schema == "Asset" && entity.schema.name() == "Organization" {
                entity.schema = schema_named("Company");
            }
        }
        (relation.schema, relation.ends.map(|(property, _)| property), relation.property)
    }

    /// The entity of a relation, made if it is not there yet.
    fn entity(
        &mut self,
        schema: &'static str,
        [from, to]: [&EntityId; 2],
        [first, second]: [&str; 2],
        at: usize,
    ) -> Option<usize> {
        let word = if schema == "UnknownLink" { "link".to_owned() } else { schema.to_lowercase() };
        let id = EntityId::new(format!("{from}-{word}-{to}")).ok()?;
        if let Some(&known) = self.places.get(&id) {
            return Some(known);
        }
        let mut entity = Entity::new(id.clone(), Schema::named(schema)?);
        entity.datasets.clone_from(&self.reading.entities[at].datasets);
        entity.add(first, from.as_str());
        entity.add(second, to.as_str());
        self.places.insert(id, self.reading.entities.len());
        self.reading.entities.push(entity);
        Some(self.reading.entities.len() - 1)
    }

    fn describe(&mut self, at: usize, element: &Element<'_>, (property, kind): (&str, &str), quality: &str) {
        let entity = &mut self.reading.entities[at];
        entity.add(property, kind);
        if element.attribute("Former") == Some("true") {
            entity.add(if entity.schema.is("Interest") { "status" } else { "summary" }, "former");
        }
        entity.add("summary", one_line(element.text_of("Comment")));
        if !["", "Unknown"].contains(&quality) {
            entity.add("description", quality);
        }
        let periods = element.children("DatePeriod").map(dates::period);
        let dates = element.children("Date").map(dates::date);
        for text in periods.chain(dates).filter(|text| !text.is_empty()) {
            entity.add("summary", text);
        }
    }

    fn find(&mut self, element: &Element<'_>, found: impl Into<Said>, expected: Said, severity: Severity) {
        let place = Place { line: Some(element.line), record: None, field: Some(element.name.to_owned()) };
        let file = self.file.to_owned();
        self.reading.findings.push(Finding { file, place, found: found.into(), expected, severity });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_relation_is_one_of_followthemoney() {
        for relation in &RELATIONS {
            let schema = Schema::named(relation.schema).unwrap();
            for property in [relation.ends[0].0, relation.ends[1].0, relation.property] {
                assert!(schema.property(property).is_some(), "{}: {property}", relation.schema);
            }
            assert!(relation.ends.iter().all(|(_, end)| Schema::named(end).is_some()));
            assert_eq!(relation.kind, relation.kind.to_lowercase());
        }
    }
}
