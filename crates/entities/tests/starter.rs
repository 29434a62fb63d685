//! The built-in starter list and the demonstration's samples (`data/starter`) say what they should: every line is an
//! entity, every listing belongs to one, every value can be read. Whether the facts are right no test can tell; the
//! folder's README says where they come from.

use std::collections::{BTreeMap, BTreeSet};

use mihenk_entities::{
    Date, Entity, Identifier, IdentifierKind, PropertyType, country::Country, gender::Gender, identifier::Check,
};
use mihenk_names::Script;

const LIST: &str = include_str!("../../../data/starter/list.ftm.jsonl");
const REPORT: &str = include_str!("../../../data/starter/report.txt");
const NAMES: &str = include_str!("../../../data/starter/names.txt");
const CUSTOMERS: &str = include_str!("../../../data/starter/customers.csv");

fn list() -> Vec<Entity> {
    LIST.lines()
        .enumerate()
        .map(|(i, line)| Entity::from_json(line).unwrap_or_else(|e| panic!("line {}: {e}", i + 1)))
        .collect()
}

fn is_designated(entity: &Entity) -> bool {
    entity.values("topics").iter().any(|t| t == "sanction")
}

/// The scripts of its letters.
fn scripts(text: &str) -> BTreeSet<Script> {
    text.chars().map(Script::of).filter(|s| !matches!(s, Script::Common | Script::Other)).collect()
}

#[test]
fn every_line_is_an_entity_with_its_own_id() {
    let list = list();
    let ids: BTreeSet<&str> = list.iter().map(|e| e.id.as_str()).collect();
    assert_eq!(ids.len(), list.len(), "an id stands twice");
    for entity in &list {
        assert!(entity.id.as_str().starts_with("starter-"), "{}", entity.id);
        assert_eq!(entity.datasets, ["starter"], "{}", entity.id);
        assert_eq!(entity.unknown_properties().collect::<Vec<_>>(), Vec::<&str>::new(), "{}", entity.id);
        assert!(!entity.properties.is_empty(), "{}", entity.id);
    }
}

#[test]
fn keys_stand_in_order() {
    for line in LIST.lines() {
        let places = ["{\"id\":", ",\"schema\":", ",\"datasets\":", ",\"properties\":"].map(|key| line.find(key));
        assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{line}");
    }
}

#[test]
fn references_point_to_entities_of_the_list() {
    let list = list();
    let by_id: BTreeMap<&str, &Entity> = list.iter().map(|e| (e.id.as_str(), e)).collect();
    for entity in &list {
        for (name, values) in &entity.properties {
            if entity.schema.property(name).is_some_and(|p| matches!(p.kind, PropertyType::Entity(_))) {
                for value in values {
                    assert!(by_id.contains_key(value.as_str()), "{}: {name} '{value}' is not in the list", entity.id);
                }
            }
        }
    }
}

#[test]
fn whoever_is_designated_has_a_listing_and_nobody_else() {
    let list = list();
    let mut listings: BTreeMap<&str, Vec<&Entity>> = BTreeMap::new();
    for sanction in list.iter().filter(|e| e.schema.is("Sanction")) {
        let entity = sanction.first("entity").unwrap_or_else(|| panic!("{} lists nobody", sanction.id));
        listings.entry(entity).or_default().push(sanction);
    }
    for entity in list.iter().filter(|e| e.schema.is_matchable() && !e.schema.is("Interval")) {
        assert_eq!(is_designated(entity), listings.contains_key(entity.id.as_str()), "{}", entity.id);
    }
    for (entity, listings) in &listings {
        for listing in listings {
            let (suffix, reference) = match listing.first("authority") {
                Some("UN Security Council") => ("un", listing.first("unscId")),
                Some("OFAC") => ("ofac", listing.first("authorityId")),
                Some("European Union") => ("eu", listing.first("program").filter(|p| p.starts_with("Regulation ("))),
                other => panic!("{}: authority {other:?}", listing.id),
            };
            assert_eq!(listing.id.as_str(), format!("{entity}-{suffix}"));
            assert!(reference.is_some(), "{} has no reference", listing.id);
            assert!(listing.first("program").is_some(), "{} has no programme", listing.id);
            assert_eq!(suffix == "un", listing.first("unscId").is_some(), "{}", listing.id);
            assert!(suffix != "un" || listing.first("listingDate").is_some(), "{} has no date", listing.id);
        }
    }
}

#[test]
fn enough_of_every_kind_is_listed() {
    let list = list();
    let mut by_schema: BTreeMap<&str, usize> = BTreeMap::new();
    for entity in list.iter().filter(|e| is_designated(e)) {
        *by_schema.entry(entity.schema.name()).or_default() += 1;
    }
    let designated: usize = by_schema.iter().filter(|(schema, _)| **schema != "CryptoWallet").map(|(_, n)| n).sum();
    assert!(designated >= 60, "{by_schema:?}");
    for schema in ["Person", "Organization", "Company", "Vessel"] {
        assert!(by_schema.get(schema).is_some_and(|n| *n >= 5), "{by_schema:?}");
    }
}

#[test]
fn values_can_be_read() {
    for entity in list() {
        for (name, values) in &entity.properties {
            let kind = entity.schema.property(name).map(|p| p.kind);
            for value in values {
                let readable = match kind {
                    Some(PropertyType::Date) => Date::parse(value).is_ok(),
                    Some(PropertyType::Country) => Country::parse(value).is_some_and(|c| c.code() == value),
                    Some(PropertyType::Gender) => Gender::parse(value).is_some(),
                    _ => true,
                };
                assert!(readable, "{}: {name} '{value}'", entity.id);
                if let Some(kind) = IdentifierKind::of_property(name) {
                    let id = Identifier::read(kind, value).unwrap_or_else(|| panic!("{}: {name} '{value}'", entity.id));
                    assert_ne!(id.check, Check::Failed, "{}: {name} '{value}'", entity.id);
                    assert!(
                        kind != IdentifierKind::Imo || id.check == Check::Passed,
                        "{}: {name} '{value}'",
                        entity.id
                    );
                }
            }
        }
    }
}

#[test]
fn names_stand_in_many_scripts() {
    let list = list();
    let names = ["name", "alias", "weakAlias", "previousName"];
    let found: BTreeSet<Script> =
        list.iter().flat_map(|e| names.iter().flat_map(|n| e.values(n))).flat_map(|name| scripts(name)).collect();
    for script in [
        Script::Latin,
        Script::Arabic,
        Script::Hebrew,
        Script::Cyrillic,
        Script::Greek,
        Script::Georgian,
        Script::Devanagari,
        Script::Han,
        Script::Hangul,
        Script::Kana,
    ] {
        assert!(found.contains(&script), "no name in {script:?}");
    }
}

#[test]
fn no_name_stands_twice_in_one_entity() {
    for entity in list() {
        let names = ["name", "alias", "weakAlias", "previousName", "abbreviation"];
        let all: Vec<&String> = names.iter().flat_map(|n| entity.values(n)).collect();
        assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), all.len(), "{}", entity.id);
    }
}

#[test]
fn the_report_is_dated_and_says_that_it_is_invented() {
    let lines: Vec<&str> = REPORT.lines().collect();
    assert_eq!(lines[0], "Tuesday 14 April 2026 - 09:30");
    assert!(lines[1].starts_with("Story Code : "));
    assert_eq!(lines[lines.len() - 1], "This report is invented; it is part of Mihenk's demonstration.");
    let words = REPORT.split_whitespace().count();
    assert!((150..=250).contains(&words), "{words} words");
}

#[test]
fn the_names_are_fourteen_in_many_scripts() {
    assert_eq!(NAMES.lines().count(), 14);
    assert!(NAMES.lines().flat_map(scripts).collect::<BTreeSet<_>>().len() >= 6);
    for line in NAMES.lines() {
        let mut fields = line.split('|').map(str::trim);
        assert!(fields.next().is_some_and(|name| !name.is_empty()), "{line}");
        for field in fields {
            let readable = match field.strip_prefix("born ") {
                Some(date) => Date::parse(date).is_ok(),
                None => Country::parse(field).is_some(),
            };
            assert!(readable, "{line}: '{field}'");
        }
    }
}

#[test]
fn the_customers_are_twelve_rows_that_can_be_read() {
    let mut lines = CUSTOMERS.lines();
    assert_eq!(lines.next(), Some("id,kind,name,birth_date,country,passport,imo"));
    let rows: Vec<Vec<&str>> = lines.map(|line| line.split(',').collect()).collect();
    assert_eq!(rows.len(), 12);
    for row in rows {
        let [id, kind, name, birth_date, country, _passport, imo] = row[..] else {
            panic!("{row:?} has not seven fields")
        };
        assert!(!id.is_empty() && !name.is_empty() && ["person", "company", "vessel"].contains(&kind), "{row:?}");
        assert!(birth_date.is_empty() || Date::parse(birth_date).is_ok(), "{row:?}");
        assert!(Country::parse(country).is_some(), "{row:?}");
        let passed = |imo| Identifier::read(IdentifierKind::Imo, imo).is_some_and(|i| i.check == Check::Passed);
        assert!(imo.is_empty() || passed(imo), "{row:?}");
    }
}
