//! The Swiss sanctions list: spellings, identities, places by number, who is on the list and who was.
//!
//! In goes `ch/seco.xml`, changed where a test says so. Expected values are read off the file.

use mihenk_entities::Date;
use mihenk_lists::{Error, Input, Layout, Reading, Severity, read_inputs};

use crate::{
    lossless::{bag, fields, lost},
    samples::{entity, findings, input, read},
};

const LIST: &str = "ch/seco.xml";

fn changed(from: &str, to: &str) -> Result<Reading, Error> {
    let text = String::from_utf8(input(LIST).bytes).expect("a sample is in UTF-8");
    assert!(text.contains(from), "the sample has {from}");
    let changed = Input { name: LIST.to_owned(), bytes: text.replacen(from, to, 1).into_bytes() };
    read_inputs(&[changed]).map(|mut readings| readings.remove(0))
}

#[test]
fn the_edition_is_known() {
    let reading = read(&[LIST]);
    assert_eq!((reading.dataset.as_str(), reading.published), ("ch_seco_sanctions", Date::day(2026, 11, 20)));
    assert_eq!(reading.records, 4, "also who was taken off the list");
    let layout = reading.source.map(|source| source.layout);
    assert!(matches!(layout, Some(Layout::Unverified(_))));
}

#[test]
fn a_person_keeps_names_in_every_spelling() {
    let reading = read(&[LIST]);
    let person = entity(&reading, "ch-seco-910001");
    for (property, values) in [
        ("name", &["Prymer Aleh Ivanavich"][..]),
        ("alias", &["Primer Oleg Ivanavich", "Пример Олег Ivanavich", "Ali Sample"]),
        ("weakAlias", &["The Example"]),
        ("previousName", &["Aleh Beispiel"]),
        ("firstName", &["Aleh", "Oleg", "Олег"]),
        ("lastName", &["Prymer", "Primer", "Пример"]),
        ("fatherName", &["Ivanavich"]),
        ("title", &["Dr."]),
        ("gender", &["male"]),
    ] {
        assert_eq!(person.values(property), values, "{property}");
    }
}

#[test]
fn a_person_keeps_births_places_and_documents() {
    let reading = read(&[LIST]);
    let person = entity(&reading, "ch-seco-910001");
    for (property, values) in [
        ("birthDate", &["1954-08-30", "1955"][..]),
        ("birthPlace", &["Kopys, Vitebsk District, Belarus"]),
        ("birthCountry", &["by"]),
        ("nationality", &["by", "iq"]),
        ("country", &["by"]),
        ("passportNumber", &["MP0000017"]),
        ("idNumber", &["B 765 432"]),
        ("email", &["aleh@example.org"]),
    ] {
        assert_eq!(person.values(property), values, "{property}");
    }
    let address = entity(&reading, "ch-seco-910001-address-910111");
    let parts =
        ["summary", "street", "postOfficeBox", "postalCode", "city", "country"].map(|p| address.first(p).unwrap());
    assert_eq!(parts, ["President's Sample Club", "ul. Primernaya, 4", "17", "220000", "Minsk", "by"]);
    let passport = entity(&reading, "ch-seco-910001-passport-mp0000017");
    let parts = ["country", "startDate", "endDate", "authority", "summary"].map(|p| passport.first(p).unwrap());
    assert_eq!(parts, ["by", "2010-01-01", "2020-01-01", "Minsk, Belarus", "reported stolen"]);
}

#[test]
fn the_listing_has_programme_measures_reasons_and_days() {
    let reading = read(&[LIST]);
    let sanction = entity(&reading, "ch-seco-910001-sanction");
    for (property, values) in [
        ("entity", &["ch-seco-910001"][..]),
        ("authorityId", &["910001"]),
        ("unscId", &["QDi.901"]),
        ("program", &["Ordinance of 1 May 2016 on measures against Exampleland"]),
        ("provisions", &["article 12 -- Freezing of assets"]),
        ("description", &["Exampleland", "Origin: EU"]),
        ("reason", &["Owner of Example Trading Company."]),
        ("listingDate", &["2015-02-27"]),
        ("startDate", &["2015-02-28"]),
        ("date", &["2015-02-26"]),
        ("modifiedAt", &["2023-01-11", "2023-01-12", "2023-01-10"]),
        ("summary", &["Foreign identifier: 140"]),
    ] {
        assert_eq!(sanction.values(property), values, "{property}");
    }
}

#[test]
fn organisations_and_vessels_are_told_apart_and_their_labels_read() {
    let reading = read(&[LIST]);
    let company = entity(&reading, "ch-seco-910002");
    assert_eq!(company.schema.name(), "Company");
    for (property, value) in [
        ("incorporationDate", "1997-09"),
        ("swiftBic", "EXAMKPPY"),
        ("website", "www.example.com"),
        ("registrationNumber", "1129900123451"),
        ("legalForm", "limited liability company"),
        // A telephone with a remark is not a telephone number.
        ("notes", "Tel.: +850 2 380 0000 (head office)"),
    ] {
        assert_eq!(company.values(property), [value], "{property}");
    }
    let vessel = entity(&reading, "ch-seco-910003");
    assert_eq!((vessel.schema.name(), vessel.first("imoNumber")), ("Vessel", Some("9123453")));
    assert_eq!(vessel.values("alias"), ["Sea Sample 2"]);
    let link = entity(&reading, "ch-seco-910001-link-ch-seco-910002");
    assert_eq!((link.first("role"), link.first("summary")), (Some("related-to"), Some("owner")));
}

#[test]
fn who_was_taken_off_is_counted_and_no_entity() {
    let reading = read(&[LIST]);
    let listed = |reading: &Reading, number: &str| {
        let id = format!("ch-seco-{number}");
        reading.entities.iter().any(|entity| entity.id.as_str() == id)
    };
    assert!(!listed(&reading, "910005"));
    assert!(listed(&reading, "910002"), "taken off in 2019 and listed again in 2021");
    assert!(listed(&reading, "910003"), "on the day of the list it is still listed");
    assert!(reading.findings.iter().any(|finding| finding.found.as_str() == "1 targets that were taken off the list"));
    let later = changed("date=\"2026-11-20\"", "date=\"2026-11-22\"").unwrap();
    assert!(!listed(&later, "910003"));
}

#[test]
fn what_was_not_understood_is_reported_and_kept() {
    let reading = read(&[LIST]);
    let lines = findings(&reading);
    for part in [
        "high: ch/seco.xml: line 40, ch-seco-910001, place-id: '9999'; expected a place of that number",
        "low: ch/seco.xml: line 38, ch-seco-910001, country: 'Atlantis'",
        "medium: ch/seco.xml: line 34, ch-seco-910001, day-month-year: '1956-02-31'",
        "medium: ch/seco.xml: line 35, ch-seco-910001, day-month-year: '1333-06-08 (Persian)'",
        "medium: ch/seco.xml: line 80, ch-seco-910003, sanctions-set-id: '7999'",
        "1 times individual/favourite-colour",
        "relation: 'related-to' of '910005'; the file has no listed target of that number; kept as a note",
    ] {
        assert!(lines.iter().any(|line| line.contains(part)), "{part} is not in {lines:#?}");
    }
    assert_eq!(lines.len(), 8, "{lines:#?}");
}

#[test]
fn every_word_of_the_swiss_list_is_read() {
    // Numbers of parts, and words of the form that become schemata, properties and codes.
    const SKIPPED: [&str; 15] = [
        "ssid",
        "main",
        "lang",
        "script",
        "order",
        "calendar",
        "quality",
        "sex",
        "place-id",
        "spelling-variant-type",
        "name-part-type",
        "name-type",
        "modification-type",
        "object-type",
        "sanctions-set-id",
    ];
    let text = String::from_utf8(input(LIST).bytes).unwrap();
    let reading = read(&[LIST]);
    for (id, target) in
        ["ch-seco-910001", "ch-seco-910002", "ch-seco-910003"].iter().zip(text.split("<target ").skip(1))
    {
        // What was added and removed is history.
        let target = target.split("</target>").next().unwrap();
        let (now, then) = target.split_once("<added>").unwrap_or((target, ""));
        let then = then.split_once("</removed>").map_or("", |(_, rest)| rest);
        let fields = fields(&format!("{now}{then}"));
        assert!(fields.len() > 10);
        let allowed =
            ["swift/bic", "imo number", "tel.", "swift", "bic", "code", "imo", "number", "website", "e", "mail"];
        assert_eq!(lost(&bag(&reading, id), &fields, &SKIPPED, &allowed_words(&allowed)), Vec::<String>::new(), "{id}");
    }
    let all = bag(&reading, "ch-seco");
    for place in text.split("<place ").skip(1) {
        assert_eq!(lost(&all, &fields(place), &[&SKIPPED[..], &["variant-type"]].concat(), &[]), Vec::<String>::new());
    }
}

/// Words of labels that became properties.
fn allowed_words<'a>(words: &[&'a str]) -> Vec<&'a str> {
    words.iter().copied().chain(["registration", "type", "of", "entity"]).collect()
}

#[test]
fn a_part_of_the_list_is_refused_and_a_target_without_number_reported() {
    let error = changed("list-type=\"whole-list\"", "list-type=\"delta\"").unwrap_err();
    assert!(matches!(&error, Error::WrongKind { found, .. } if found.as_str().contains("delta")), "{error}");
    let reading = changed("<target ssid=\"910003\">", "<target ssid=\"\">").unwrap();
    let high: Vec<_> = reading.findings.iter().filter(|f| f.severity == Severity::High).map(|f| &f.found).collect();
    assert!(high.iter().any(|found| found.as_str().contains("a target without a usable number")), "{high:?}");
    let twice = changed("<target ssid=\"910003\">", "<target ssid=\"910002\">").unwrap();
    assert_eq!(entity(&twice, "ch-seco-910002-2").caption(), "Sea Example");
}
