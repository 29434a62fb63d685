//! Canada's list: ids from schedule and item, several names in one field, people, entities and ships in one form.
//!
//! In goes `ca/sema.xml`, changed where a test says so. Expected values are read off the file.

use mihenk_lists::{Error, Input, Layout, Reading, read_inputs};

use crate::{
    lossless::{bag, fields, lost},
    samples::{entity, findings, input, read},
};

const LIST: &str = "ca/sema.xml";

fn changed(from: &str, to: &str) -> Reading {
    let text = String::from_utf8(input(LIST).bytes).expect("a sample is in UTF-8");
    assert!(text.contains(from), "the sample has {from}");
    let changed = Input { name: LIST.to_owned(), bytes: text.replacen(from, to, 1).into_bytes() };
    read_inputs(&[changed]).expect("the sample is a list").remove(0)
}

const IDS: [&str; 5] = [
    "ca-sema-russia-1-part-1-item-9400",
    "ca-sema-russia-1-part-2-item-9401",
    "ca-sema-russia-1-1-item-12",
    "ca-sema-justice-for-victims-of-corrupt-foreign-officials-regulations-7-maria-sample",
    "ca-sema-belarus-1-part-2-item-9402",
];

#[test]
fn a_record_is_known_by_its_regulation_schedule_and_item() {
    let reading = read(&[LIST]);
    assert_eq!((reading.dataset.as_str(), reading.records), ("ca_dfatd_sema_sanctions", 5));
    let records = reading.entities.iter().filter(|entity| entity.schema.name() != "Sanction");
    assert_eq!(records.map(|entity| entity.id.as_str()).collect::<Vec<_>>(), IDS);
    let corrected = changed("PRIMEROV", "PRIMEROFF");
    assert_eq!(entity(&corrected, IDS[0]).caption(), "Oleg Ivanovich PRIMEROFF", "a corrected name, the same record");
    let twice = changed(">9401<", ">9402<");
    assert!(
        twice.findings.is_empty() || !twice.findings.iter().any(|f| f.found.as_str().contains("once more")),
        "another country"
    );
    let layout = reading.source.map(|source| source.layout);
    assert!(matches!(layout, Some(Layout::Unverified(_))));
}

#[test]
fn a_person_has_names_in_both_scripts_and_a_title_in_both_languages() {
    let reading = read(&[LIST]);
    let person = entity(&reading, IDS[0]);
    assert_eq!(person.schema.name(), "Person");
    for (property, values) in [
        ("name", &["Oleg Ivanovich PRIMEROV"][..]),
        ("firstName", &["Oleg Ivanovich"]),
        ("lastName", &["PRIMEROV"]),
        ("alias", &["Oleg Sample", "Олег Примеров"]),
        ("title", &["Colonel General", "Colonel-général"]),
        ("birthDate", &["1953-09-22"]),
        ("program", &["Russia / Russie"]),
        ("country", &["ru"]),
        ("nationality", &[]),
        ("notes", &["Aliases: Oleg Sample; Russian: Олег Примеров"]),
    ] {
        assert_eq!(person.values(property), values, "{property}");
    }
    let sanction = entity(&reading, &format!("{}-sanction", IDS[0]));
    for (property, value) in [
        ("listingDate", "2019-03-15"),
        ("authorityId", "9400"),
        ("recordId", "Schedule 1, Part 1, item 9400"),
        ("authority", "Global Affairs Canada"),
        ("country", "ca"),
    ] {
        assert_eq!(sanction.values(property), [value], "{property}");
    }
    assert_eq!(entity(&reading, IDS[3]).values("birthDate"), ["1972-08-10", "1972-08-11"]);
}

#[test]
fn entities_and_ships_are_told_apart() {
    let reading = read(&[LIST]);
    let group = entity(&reading, IDS[1]);
    assert_eq!(group.schema.name(), "Organization");
    assert_eq!(group.values("name"), ["Example Guard Corps/Corps des gardiens Exemple"]);
    let aliases = ["Example Guard Corps", "Corps des gardiens Exemple", "Example Guard, LLC", "EGC Sample"];
    assert_eq!(group.values("alias"), aliases);
    let ship = entity(&reading, IDS[2]);
    assert_eq!(ship.schema.name(), "Vessel");
    assert_eq!((ship.first("imoNumber"), ship.first("buildDate")), (Some("9123453"), Some("2004")));
    assert_eq!(ship.values("type"), ["Crude Oil Tanker", "Navire-citerne"]);
    let works = entity(&reading, IDS[4]);
    assert_eq!(
        (works.first("name"), works.first("alias")),
        (Some("Sample Tractor Works"), Some("Example Tractor Works"))
    );
}

#[test]
fn what_was_not_understood_is_reported_and_kept() {
    let reading = read(&[LIST]);
    let lines = findings(&reading);
    for part in [
        "medium: ca/sema.xml: line 14, ca-sema-russia-1-part-2-item-9401, DateOfListing: '2022-02-30'",
        "medium: ca/sema.xml: line 41, ca-sema-belarus-1-part-2-item-9402, DateOfBirthOrShipBuildDate: '19575'",
        "low: ca/sema.xml: line 21, record/Colour-Couleur: 1 times record/Colour-Couleur",
    ] {
        assert!(lines.iter().any(|line| line.contains(part)), "{part} is not in {lines:#?}");
    }
    assert_eq!(lines.len(), 3, "{lines:#?}");
    let notes = entity(&reading, IDS[1]).values("notes");
    assert_eq!(notes, ["DateOfListing: 2022-02-30", "Colour-Couleur: green, dark"]);
}

#[test]
fn every_word_of_the_canadian_list_is_read() {
    let text = String::from_utf8(input(LIST).bytes).unwrap();
    let reading = read(&[LIST]);
    for (id, record) in IDS.iter().zip(text.split("<record>").skip(1)) {
        let fields = fields(record);
        assert!(fields.len() > 4);
        // N/A is no schedule, "or" stands between two dates.
        let allowed = ["N/A", "or"];
        assert_eq!(lost(&bag(&reading, id), &fields, &[], &allowed), Vec::<String>::new(), "{id}");
    }
}

#[test]
fn a_record_without_anything_is_reported_and_one_that_is_there_twice_kept() {
    let empty = changed("<record>", "<record><Item>N/A</Item></record><other>text</other><record>");
    let found: Vec<&str> = empty.findings.iter().map(|finding| finding.found.as_str()).collect();
    assert!(found.contains(&"a record without number and name: 'N/A'"), "{found:?}");
    assert!(found.contains(&"<other>: 'text'"), "{found:?}");
    let record =
        "<record><Country>Russia</Country><Schedule>1, Part 1</Schedule><Item>9400</Item><Entity>X</Entity></record>";
    let twice = changed("</data-set>", &format!("{record}</data-set>"));
    assert_eq!(entity(&twice, "ca-sema-russia-1-part-1-item-9400-2").caption(), "X");
    let nothing = Input { name: LIST.to_owned(), bytes: b"<data-set><!-- <Country><Item> --></data-set>".to_vec() };
    assert!(matches!(read_inputs(&[nothing]).unwrap_err(), Error::NoRecords { .. }));
}
