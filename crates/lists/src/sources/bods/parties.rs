//! Entity and person records: names, identifiers, places, dates.
//!
//! In come the `recordDetails` of a statement, out comes an entity. Somebody of whom the register knows or tells nothing (`unknownPerson`,
//! `anonymousEntity` …) becomes an entity without a name, which whoever reasons over owners takes for anybody.

use mihenk_entities::{Entity, EntityId};
use serde_json::Value;

use super::text;
use crate::listing::schema_named;

/// A natural person.
pub(super) fn person(id: EntityId, details: &Value) -> Entity {
    let mut person = Entity::new(id, schema_named("Person"));
    for (nth, name) in list(details, "names").enumerate() {
        let parts = ["givenName", "patronymicName", "familyName"].iter().filter_map(|part| text(name, part));
        let joined = parts.collect::<Vec<_>>().join(" ");
        let full = text(name, "fullName").map_or(joined, str::to_owned);
        person.add(if nth == 0 { "name" } else { "alias" }, full);
        for (part, property) in [("givenName", "firstName"), ("familyName", "lastName")] {
            person.add(property, text(name, part).unwrap_or_default());
        }
    }
    for (field, property) in [("birthDate", "birthDate"), ("deathDate", "deathDate")] {
        person.add(property, text(details, field).unwrap_or_default());
    }
    for country in list(details, "nationalities") {
        person.add("nationality", code(country));
    }
    for country in list(details, "taxResidencies") {
        person.add("country", code(country));
    }
    if let Some(place) = details.get("placeOfBirth") {
        person.add("birthPlace", text(place, "address").unwrap_or_default());
        person.add("birthCountry", place.get("country").map_or("", code));
    }
    if details.get("politicalExposure").and_then(|exposure| text(exposure, "status")) == Some("isPep") {
        person.add("topics", "role.pep");
    }
    addresses(&mut person, details);
    for identifier in list(details, "identifiers") {
        let scheme = text(identifier, "scheme").unwrap_or_default();
        let property = match scheme.rsplit('-').next() {
            Some("PASSPORT") => "passportNumber",
            Some("TAXID") => "taxNumber",
            _ => "idNumber",
        };
        person.add(property, text(identifier, "id").unwrap_or_default());
    }
    unspecified(&mut person, details, "personType");
    person
}

/// A company or another body, an arrangement, a state.
pub(super) fn entity(id: EntityId, details: &Value) -> Entity {
    let kind = details.get("entityType").unwrap_or(&Value::Null);
    let schema = match text(kind, "type") {
        Some("registeredEntity") => "Company",
        Some("state" | "stateBody") => "PublicBody",
        _ => "LegalEntity",
    };
    let mut entity = Entity::new(id, schema_named(schema));
    entity.add("name", text(details, "name").unwrap_or_default());
    for name in list(details, "alternateNames") {
        entity.add("alias", name.as_str().unwrap_or_default());
    }
    for (field, property) in [("foundingDate", "incorporationDate"), ("dissolutionDate", "dissolutionDate")] {
        entity.add(property, text(details, field).unwrap_or_default());
    }
    entity.add("jurisdiction", details.get("jurisdiction").map_or("", code));
    for part in ["subtype", "details"] {
        entity.add("legalForm", text(kind, part).unwrap_or_default());
    }
    entity.add("sourceUrl", text(details, "uri").unwrap_or_default());
    addresses(&mut entity, details);
    for identifier in list(details, "identifiers") {
        let is_lei = text(identifier, "scheme") == Some("XI-LEI");
        let property = if is_lei { "leiCode" } else { "registrationNumber" };
        entity.add(property, text(identifier, "id").unwrap_or_default());
    }
    unspecified(&mut entity, details, "entityType");
    entity
}

fn addresses(entity: &mut Entity, details: &Value) {
    for address in list(details, "addresses") {
        let parts = ["address", "postCode"].iter().filter_map(|part| text(address, part));
        entity.add("address", parts.collect::<Vec<_>>().join(", "));
        entity.add("country", address.get("country").map_or("", code));
    }
}

/// Why the register does not say who it is.
fn unspecified(entity: &mut Entity, details: &Value, kind: &str) {
    let kind = details.get(kind).map_or("", |kind| kind.as_str().or_else(|| text(kind, "type")).unwrap_or_default());
    if kind.starts_with("unknown") || kind.starts_with("anonymous") {
        entity.add("notes", kind);
    }
    for field in ["unspecifiedPersonDetails", "unspecifiedEntityDetails"] {
        let Some(unspecified) = details.get(field) else { continue };
        for part in ["reason", "description"] {
            entity.add("notes", text(unspecified, part).unwrap_or_default());
        }
    }
}

/// The code of a country or jurisdiction, or else its name.
fn code(country: &Value) -> &str {
    text(country, "code").or_else(|| text(country, "name")).or_else(|| country.as_str()).unwrap_or_default()
}

/// The elements of a field that is a list.
pub(super) fn list<'a>(value: &'a Value, field: &str) -> impl Iterator<Item = &'a Value> + use<'a> {
    value.get(field).and_then(Value::as_array).into_iter().flatten()
}
