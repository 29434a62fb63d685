//! The EU's list: names, births, documents and listings of one record, and that both of its forms say the same.
//!
//! In go `eu/fsf.xml` and `eu/fsf.csv`, which are about the same invented people. Expected values are read off the files.

use mihenk_entities::Date;
use mihenk_lists::{Input, Layout, Severity, read_inputs};

use crate::samples::{entity, findings, input, read};

const FORMS: [&str; 2] = ["eu/fsf.xml", "eu/fsf.csv"];

#[test]
fn the_edition_is_known_in_both_forms() {
    for form in FORMS {
        let reading = read(&[form]);
        assert_eq!((reading.dataset.as_str(), reading.records), ("eu_fsf", 3), "{form}");
        assert_eq!(reading.published, Date::day(2026, 8, 5), "{form}");
        assert!(matches!(reading.source.unwrap().layout, Layout::Unverified(_)));
        assert!(reading.entities.iter().all(|entity| entity.datasets == ["eu_fsf"]));
    }
}

#[test]
fn a_person_keeps_names_of_every_kind() {
    let reading = read(&["eu/fsf.xml"]);
    let person = entity(&reading, "eu-fsf-eu-9001-27");
    assert_eq!((person.schema.name(), person.values("name")), ("Person", &["Ali Reza Al-Misal".to_owned()][..]));
    let parts = ["firstName", "middleName", "lastName"].map(|part| person.first(part).unwrap());
    assert_eq!(parts, ["Ali", "Reza", "Al-Misal"]);
    assert_eq!(person.values("alias"), ["Али Реза Ал-Мисал", "علي رضا المثال"]);
    assert_eq!(person.values("weakAlias"), ["The Example", "Abu Misal"], "by its remark, and by strong=false");
    assert_eq!(person.values("title"), ["Mullah", "Dr."]);
    assert_eq!(person.values("position"), ["Deputy Minister of Examples", "Head of Samples"]);
    assert_eq!(person.first("gender"), Some("male"));
    for note in [
        "Names in language BG: Али Реза Ал-Мисал",
        "Names in language AR: علي رضا المثال",
        "Name Abu Misal: used in letters of 2018",
        "Son of Reza Misal. Height: 180 cm.",
    ] {
        assert!(person.values("notes").contains(&note.to_owned()), "{note} is not in {:?}", person.values("notes"));
    }
    assert_eq!(entity(&reading, "eu-fsf-logical-900003").first("name"), Some("Ivana Primer"), "from its parts");
}

#[test]
fn a_person_keeps_births_countries_and_numbers() {
    let reading = read(&["eu/fsf.xml"]);
    let person = entity(&reading, "eu-fsf-eu-9001-27");
    // 22 Bahman 1357 of the Persian calendar was 11 February 1979.
    let births = ["1958-02-22", "1959-09", "1960~", "1953/1958", "1979-02-10/1979-02-12"];
    assert_eq!(person.values("birthDate"), births);
    assert_eq!(person.values("birthPlace"), ["Zurmat, Paktia Province, AFGHANISTAN"]);
    assert_eq!(person.values("birthCountry"), ["af", "pk"]);
    assert_eq!((person.values("nationality"), person.values("country").len()), (&["af".to_owned()][..], 2));
    assert_eq!(person.values("passportNumber"), ["D ٠٠٩٠١", "D 00901"], "as written and in Latin letters");
    assert_eq!(person.values("idNumber"), ["300-901", "77-902"]);
    assert_eq!(person.values("phone"), ["+92 81 000001", "+92 81 000002"]);
    assert_eq!(
        (person.first("email"), person.first("website")),
        (Some("misal@mail.example"), Some("https://misal.example"))
    );
    let passport = entity(&reading, "eu-fsf-eu-9001-27-passport-d-00901");
    let parts = ["holder", "type", "country", "startDate", "endDate", "authority"].map(|p| passport.first(p).unwrap());
    assert_eq!(
        parts,
        ["eu-fsf-eu-9001-27", "National passport", "af", "2009-01-02", "2019-01-01", "Ministry of Samples"]
    );
    let summary =
        "diplomatic; known to be expired; name on it: Ali Misal; region: Herat; valid from 2009-02-03; (passport)";
    assert_eq!(passport.first("summary"), Some(summary));
    let false_card = entity(&reading, "eu-fsf-eu-9001-27-identification-300-901");
    assert_eq!(false_card.first("summary"), Some("known to be false"));
}

#[test]
fn a_listing_has_its_regulation_and_both_reference_numbers() {
    let reading = read(&["eu/fsf.xml"]);
    let sanction = entity(&reading, "eu-fsf-eu-9001-27-sanction");
    for (property, expected) in [
        ("authorityId", "EU.9001.27"),
        ("unscId", "QDi.901"),
        ("program", "TAQA"),
        ("reason", "2019/9001 (OJ L901)"),
        ("listingDate", "2019-03-08"),
        ("startDate", "2019-03-01"),
        ("sourceUrl", "http://eur-lex.example/legal-content/EN/TXT/PDF/?uri=CELEX:32019R9001&from=EN"),
        ("summary", "Invented for a test"),
    ] {
        assert_eq!(sanction.first(property), Some(expected), "{property}");
    }
    let of_a_part = "amendment 2021/9002 (OJ L902), published 2021-07-02: http://eur-lex.example/9002";
    assert!(sanction.values("description").contains(&of_a_part.to_owned()));
    let programs = ["sanction", "sanction-2"].map(|suffix| entity(&reading, &format!("eu-fsf-eu-9002-11-{suffix}")));
    assert_eq!(programs.map(|sanction| sanction.first("program").unwrap()), ["SYR", "UKR"], "oldest first");
    let company = entity(&reading, "eu-fsf-eu-9002-11");
    assert_eq!((company.schema.name(), company.first("registrationNumber")), ("Company", Some("HE 990101")));
    assert_eq!((company.first("imoNumber"), company.first("swiftBic")), (Some("5571305"), Some("EXAMKPPY")));
}

#[test]
fn both_forms_give_the_same_entities_but_for_what_only_one_says() {
    let [xml, csv] = FORMS.map(|form| read(&[form]));
    assert_eq!(xml.entities.len(), csv.entities.len());
    for (xml, csv) in xml.entities.iter().zip(&csv.entities) {
        let (mut xml, mut csv) = (xml.clone(), csv.clone());
        assert_eq!((&xml.id, xml.schema), (&csv.id, csv.schema));
        if xml.id.as_str() == "eu-fsf-eu-9001-27" {
            assert_eq!(csv.values("weakAlias"), ["The Example"], "the CSV file does not have the attribute strong");
            for property in ["alias", "weakAlias"] {
                xml.properties.remove(property);
                csv.properties.remove(property);
            }
        }
        assert_eq!(xml, csv);
    }
    assert!(csv.findings.iter().any(|f| f.found.as_str() == "no column that says which names are weak"));
}

#[test]
fn what_was_not_understood_is_reported_with_its_place() {
    assert_eq!(
        findings(&read(&["eu/fsf.xml"])),
        [
            "medium: eu/fsf.xml: line 28, eu-fsf-eu-9001-27, birthdate: 'not after 1962'; a range that is open at one end; \
             kept as a note",
            "low: eu/fsf.xml: line 31, eu-fsf-eu-9001-27, countryDescription: 'ATLANTIS ZZ'; expected a country of \
             data/countries.txt; kept as a note",
            "low: eu/fsf.xml: line 46, eu-fsf-eu-9001-27, identificationTypeCode: 'fishing'; expected passport, id, \
             regnumber, fiscalcode, swiftbic, imo or another known type; taken as id",
        ]
    );
}

fn changed(name: &str, from: &str, to: &str) -> Input {
    let text = String::from_utf8(input(name).bytes).expect("samples are UTF-8");
    assert!(text.contains(from), "{from} is not in {name}");
    Input { name: name.to_owned(), bytes: text.replace(from, to).into_bytes() }
}

#[test]
fn what_nobody_has_mapped_is_kept_and_counted() {
    for changed in [
        changed("eu/fsf.xml", "city=\"Zurmat\"", "city=\"Zurmat\" favouriteColour=\"green\""),
        changed("eu/fsf.csv", "BirthDate_Remark", "BirthDate_FavouriteColour"),
        changed("eu/fsf.xml", "<subjectType", "<favouriteColour>dark <b>green</b></favouriteColour><subjectType"),
    ] {
        let readings = read_inputs(std::slice::from_ref(&changed)).unwrap();
        let found = readings[0].findings.iter().find(|f| f.found.as_str().contains("avouriteColour"));
        assert_eq!(found.map(|f| f.severity), Some(Severity::Low), "{:?}", readings[0].findings);
        let notes = entity(&readings[0], "eu-fsf-eu-9001-27").values("notes");
        let texts =
            ["favouriteColour: green", "favouriteColour: according to a passport", "favouriteColour: dark, green"];
        assert!(notes.iter().any(|note| texts.contains(&note.as_str())), "{notes:?}");
    }
}

#[test]
fn a_record_without_a_number_is_reported_and_both_of_one_number_are_kept() {
    let without = changed("eu/fsf.xml", " logicalId=\"900003\"", "");
    let readings = read_inputs(&[without]).unwrap();
    assert_eq!(readings[0].records, 2);
    let found = readings[0].findings.iter().find(|f| f.severity == Severity::High).unwrap();
    assert_eq!((found.found.as_str(), found.place.line), ("a record without a number: 'Ivana Primer'", Some(65)));
    let twice = changed("eu/fsf.xml", "EU.9002.11", "EU.9001.27");
    let readings = read_inputs(&[twice]).unwrap();
    assert_eq!(entity(&readings[0], "eu-fsf-eu-9001-27-2").schema.name(), "Company");
    assert!(
        readings[0].findings.iter().any(|f| f.severity == Severity::High && f.found.as_str().ends_with("once more"))
    );
}
