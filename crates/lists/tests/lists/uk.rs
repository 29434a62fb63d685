//! The UK Sanctions List: people, entities and ships, and that both of its forms say the same.
//!
//! In go `uk/sanctions.xml` and `uk/sanctions.csv`, which are about the same invented people. Expected values are read off the
//! files.

use mihenk_entities::Date;
use mihenk_lists::{Input, Layout, Severity, read_inputs};

use crate::samples::{entity, findings, input, read};

const FORMS: [&str; 2] = ["uk/sanctions.xml", "uk/sanctions.csv"];

#[test]
fn the_edition_is_known_in_both_forms() {
    for form in FORMS {
        let reading = read(&[form]);
        assert_eq!((reading.dataset.as_str(), reading.records), ("gb_fcdo_sanctions", 4), "{form}");
        assert_eq!(reading.published, Date::day(2026, 9, 21), "{form}");
        assert!(matches!(reading.source.unwrap().layout, Layout::Unverified(_)));
    }
}

#[test]
fn a_person_keeps_what_the_list_says() {
    let reading = read(&["uk/sanctions.xml"]);
    let person = entity(&reading, "gb-fcdo-afg9001");
    for (property, values) in [
        ("name", &["ALI REZA AL-MISAL", "ALY AL-MISAAL"][..]),
        ("alias", &["Reza Misal", "علي رضا المثال"]),
        ("weakAlias", &["The Example"]),
        ("firstName", &["ALI", "ALY", "Reza"]),
        ("middleName", &["REZA"]),
        ("lastName", &["AL-MISAL", "AL-MISAAL", "Misal"]),
        ("birthDate", &["1958-02-22", "1959", "1960-04"]),
        ("birthPlace", &["Zurmat, Afghanistan"]),
        ("birthCountry", &["af", "pk"]),
        ("nationality", &["af"]),
        ("gender", &["male"]),
        ("title", &["Mullah"]),
        ("position", &["Deputy Minister of Examples"]),
        ("passportNumber", &["D00901"]),
        ("idNumber", &["300-901"]),
        ("country", &["pk"]),
        ("email", &["misal@mail.example", "second@mail.example"]),
    ] {
        assert_eq!(person.values(property), values, "{property}");
    }
    for note in [
        "Member of the Sample Council & its bank.",
        "Names in language Pashto, Arabic script: علي رضا المثال",
        "DOB: 15/08/19yy",
        "AddressCountry: Atlantis",
    ] {
        assert!(person.values("notes").contains(&note.to_owned()), "{note} is not in {:?}", person.values("notes"));
    }
    let passport = entity(&reading, "gb-fcdo-afg9001-passport-d00901");
    assert_eq!(passport.first("summary"), Some("Issued in Herat in 2009"));
}

#[test]
fn a_listing_has_all_three_reference_numbers() {
    let reading = read(&["uk/sanctions.xml"]);
    let sanction = entity(&reading, "gb-fcdo-afg9001-sanction");
    assert_eq!(sanction.values("authorityId"), ["AFG9001", "99001"], "unique id and OFSI group id");
    assert_eq!(sanction.values("unscId"), ["TAi.901"]);
    assert_eq!(sanction.values("provisions"), ["Asset freeze", "Travel Ban"]);
    let first = |property| sanction.first(property).unwrap();
    assert_eq!((first("startDate"), first("modifiedAt")), ("2012-06-29", "2026-04-16"));
    assert_eq!(first("reason"), "Ali Reza Al-Misal took part in the making of samples.");
    assert_eq!(
        (first("program"), first("summary")),
        ("The Invented (Sanctions) Regulations 2020", "Designation source: UN")
    );
    let more = entity(&reading, "gb-fcdo-rus9002-sanction").values("provisions");
    assert_eq!(more, ["Asset freeze", "Trust Services Sanctions"], "an indicator that the text does not repeat");
}

// INN and OGRN of Sberbank, from its own site.
#[test]
fn an_entity_keeps_its_numbers_and_relations() {
    let reading = read(&["uk/sanctions.xml"]);
    let company = entity(&reading, "gb-fcdo-rus9002");
    assert_eq!((company.first("innCode"), company.first("ogrnCode")), (Some("7707083893"), Some("1027700132195")));
    assert_eq!(company.values("registrationNumber"), ["1027700132195", "HE 990101"]);
    assert_eq!(company.values("parent"), ["gb-fcdo-rus9003"]);
    assert_eq!(
        (company.first("summary"), company.first("website")),
        (Some("Shipping company"), Some("https://shipping.example"))
    );
    assert!(company.values("notes").contains(&"Subsidiary: Unlisted Samples Ltd".to_owned()));
}

#[test]
fn a_ship_keeps_number_flags_and_owners() {
    let reading = read(&["uk/sanctions.xml"]);
    let ship = entity(&reading, "gb-fcdo-rus9004");
    assert_eq!((ship.schema.name(), ship.first("imoNumber")), ("Vessel", Some("IMO9187629")));
    let values = ["flag", "pastFlags", "owner", "type", "tonnage", "buildDate"].map(|p| ship.first(p).unwrap());
    assert_eq!(values, ["ga", "pa", "gb-fcdo-rus9002", "Crude oil tanker", "61000", "2004"]);
    let link = entity(&reading, "gb-fcdo-rus9004-link-gb-fcdo-rus9003");
    assert_eq!(link.first("role"), Some("Previous owner/operator"));
}

#[test]
fn both_forms_give_the_same_entities_but_for_what_only_one_says() {
    let [xml, csv] = FORMS.map(|form| read(&[form]));
    assert_eq!(xml.entities.len(), csv.entities.len());
    for (xml, csv) in xml.entities.iter().zip(&csv.entities) {
        let mut xml = xml.clone();
        if xml.id.as_str() == "gb-fcdo-rus9002-sanction" {
            // The CSV file has the text alone, not the indicators.
            xml.properties.insert("provisions".to_owned(), vec!["Asset freeze".to_owned()]);
        }
        assert_eq!(&xml, csv);
    }
}

#[test]
fn what_was_not_understood_is_reported_with_its_place() {
    let found = findings(&read(&["uk/sanctions.csv"]));
    assert_eq!(found.len(), 4);
    assert!(
        found[0].starts_with("medium: uk/sanctions.csv: line 6, gb-fcdo-afg9001, DOB: '15/08/19yy'; "),
        "{}",
        found[0]
    );
    assert!(found[1].starts_with("low: uk/sanctions.csv: line 4, gb-fcdo-afg9001, AddressCountry: 'Atlantis'; "));
    assert!(found[2].starts_with("low: uk/sanctions.csv: line 11, gb-fcdo-rus9004, AliasStrength: 'Unsure'; "));
    assert!(found[3].contains("Subsidiary: 'Unlisted Samples Ltd' is the name of no record"));
}

fn changed(name: &str, from: &str, to: &str) -> Input {
    let text = String::from_utf8(input(name).bytes).expect("samples are UTF-8");
    assert!(text.contains(from), "{from} is not in {name}");
    Input { name: name.to_owned(), bytes: text.replace(from, to).into_bytes() }
}

#[test]
fn what_nobody_has_mapped_is_kept_and_counted() {
    for (changed, note) in [
        (changed("uk/sanctions.xml", "<Titles>", "<Colour>dark <b>green</b></Colour><Titles>"), "Colour: dark, green"),
        (changed("uk/sanctions.xml", "<Title>", "<Title kind=\"x1\">"), "kind: x1"),
        (changed("uk/sanctions.csv", "\"Title\"", "\"Colour\""), "Colour: Mullah"),
    ] {
        let readings = read_inputs(std::slice::from_ref(&changed)).unwrap();
        let notes = entity(&readings[0], "gb-fcdo-afg9001").values("notes");
        assert!(notes.contains(&note.to_owned()), "{note}: {notes:?}");
        let found =
            |f: &&mihenk_lists::Finding| f.severity == Severity::Low && f.expected.as_str().contains("not known here");
        assert_eq!(readings[0].findings.iter().filter(found).count(), 1);
    }
}

#[test]
fn a_record_without_a_number_is_reported_and_both_of_one_number_are_kept() {
    for form in FORMS {
        let text = String::from_utf8(input(form).bytes).unwrap().replace("RUS9003", "");
        let readings = read_inputs(&[Input { name: form.to_owned(), bytes: text.into_bytes() }]).unwrap();
        assert_eq!(readings[0].records, 3);
        let found = readings[0].findings.iter().find(|f| f.severity == Severity::High).unwrap();
        assert_eq!(found.found.as_str(), "a record without a number: 'SAMPLE HOLDING PJSC'");
    }
    let readings = read_inputs(&[changed("uk/sanctions.xml", "RUS9003", "RUS9002")]).unwrap();
    assert!(readings[0].entities.iter().any(|entity| entity.id.as_str() == "gb-fcdo-rus9002-2"));
}
