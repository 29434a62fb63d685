//! One list in several forms: the same ids, and the same values but for what a form does not say.
//!
//! OFAC's samples hold the same invented records in each form. What is different is listed here, record by record.

use std::collections::BTreeSet;

use mihenk_entities::Entity;
use mihenk_lists::{Reading, read_inputs};

use crate::samples::{CONSOLIDATED, SDN, input, read};

/// All values: entity, property, value.
fn values(reading: &Reading) -> BTreeSet<(String, String, String)> {
    let of = |entity: &Entity| {
        let id = entity.id.to_string();
        let schema = (id.clone(), "schema".to_owned(), entity.schema.name().to_owned());
        let values: Vec<_> = entity
            .properties
            .iter()
            .flat_map(|(property, values)| values.iter().map(|value| (property.to_string(), value.clone())))
            .map(|(property, value)| (id.clone(), property, value))
            .chain([schema])
            .collect();
        values
    };
    reading.entities.iter().flat_map(of).collect()
}

/// What only the first has, in lines.
fn beyond(one: &Reading, other: &Reading, without: &str) -> Vec<String> {
    let (one, other) = (values(one), values(other));
    let lines = one.difference(&other).filter(|(id, ..)| without.is_empty() || !id.starts_with(without));
    lines.map(|(id, property, value)| format!("{id} {property} {value}")).collect()
}

#[test]
fn the_sdn_list_is_the_same_in_csv_and_xml() {
    let (csv, xml) = (read(&SDN), read(&["ofac/sdn.xml"]));
    assert_eq!((csv.dataset.as_str(), xml.dataset.as_str()), ("us_ofac_sdn", "us_ofac_sdn"));
    // The record with long remarks is in the CSV sample alone, and only CSV has remarks of aliases and addresses.
    assert_eq!(
        beyond(&csv, &xml, "ofac-900007"),
        [
            "ofac-900002 notes Alias EXAMPLE TRADING: listed by its trade name",
            "ofac-900002-address-700003 remarks branch",
            "ofac-900003 grossRegisteredTonnage 56,000",
            "ofac-900003 tonnage 99,000",
            "ofac-900006 notes DOB: 31 Feb 1960",
        ]
    );
    assert_eq!(
        beyond(&xml, &csv, ""),
        [
            "ofac-900003 grossRegisteredTonnage 56000",
            "ofac-900003 tonnage 99000",
            "ofac-900006 notes Chess Licence X-17 (Nowhere) issued 2001",
            "ofac-900006 notes dateOfBirth: 31 Feb 1960",
            "ofac-900006 notes favouriteColour: green, dark",
        ]
    );
}

#[test]
fn the_consolidated_list_is_the_same_in_csv_and_xml() {
    let (csv, xml) = (read(&CONSOLIDATED), read(&["ofac/consolidated.xml"]));
    assert_eq!((csv.dataset.as_str(), xml.dataset.as_str()), ("us_ofac_cons", "us_ofac_cons"));
    assert_eq!(beyond(&csv, &xml, ""), Vec::<String>::new());
    assert_eq!(beyond(&xml, &csv, ""), Vec::<String>::new());
}

/// Without what only the advanced form says of every listing, and without its relations, which are in `ofac_advanced.rs`.
fn of_records(lines: Vec<String>) -> Vec<String> {
    let listing = |line: &String| {
        let words: Vec<&str> = line.split(' ').collect();
        words[0].contains("-sanction") && ["description", "listingDate", "provisions", "reason"].contains(&words[1])
    };
    let relation = |line: &String| line.split(' ').next().is_some_and(|id| id.matches("ofac-").count() > 1);
    lines.into_iter().filter(|line| !listing(line) && !relation(line)).collect()
}

#[test]
fn the_sdn_list_is_the_same_in_csv_and_advanced_xml() {
    let (csv, advanced) = (read(&SDN), read(&["ofac/sdn_advanced.xml"]));
    assert_eq!(advanced.dataset, "us_ofac_sdn");
    assert_eq!(
        of_records(beyond(&csv, &advanced, "ofac-900007")),
        [
            "ofac-900001 notes Linked To: NOBODY AT ALL",
            "ofac-900002 notes Alias EXAMPLE TRADING: listed by its trade name",
            "ofac-900002-address-700003 remarks branch",
            "ofac-900008 schema Organization",
        ]
    );
    assert_eq!(
        of_records(beyond(&advanced, &csv, "")),
        [
            "ofac-900001 firstName علي رضا",
            "ofac-900001 lastName مثال",
            "ofac-900001 name علي رضا مثال",
            "ofac-900001-passport-a1234567 authority Ministry of Examples",
            "ofac-900002-address-700002 remarks Москва",
            "ofac-900006 notes Chess Licence X-17 (Nowhere)",
            "ofac-900006 notes FavouriteColour: green, dark",
            "ofac-900008 schema Company",
        ]
    );
}

#[test]
fn the_consolidated_list_is_the_same_in_csv_and_advanced_xml() {
    let (csv, advanced) = (read(&CONSOLIDATED), read(&["ofac/cons_advanced.xml"]));
    assert_eq!(advanced.dataset, "us_ofac_cons");
    let expected = ["ofac-900102 notes Linked To: EXAMPLE TRADING COMPANY LLC"];
    assert_eq!(of_records(beyond(&csv, &advanced, "")), expected, "relations have an element of their own");
    assert_eq!(of_records(beyond(&advanced, &csv, "")), Vec::<String>::new());
}

#[test]
fn one_list_in_two_forms_in_one_call_is_an_error() {
    let error = read_inputs(&[input("ofac/sdn.csv"), input("ofac/sdn.xml")]).unwrap_err().to_string();
    assert!(error.starts_with("ofac/sdn.csv and ofac/sdn.xml are both the primary file of the same list"), "{error}");
}
