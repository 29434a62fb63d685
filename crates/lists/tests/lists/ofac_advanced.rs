//! OFAC's advanced XML form: what only it says, and numbers that refer to nothing.
//!
//! In go `ofac/sdn_advanced.xml` and `ofac/cons_advanced.xml`, changed where a test says so. That records are those of
//! the CSV form is in `forms.rs`.

use mihenk_entities::{Date, Entity};
use mihenk_lists::{Error, Input, Reading, Severity, read_inputs};

use crate::samples::{entity, findings, input, read};

const SDN: &str = "ofac/sdn_advanced.xml";

/// The sample with a text put in place of another.
fn changed(from: &str, to: &str) -> Input {
    let text = String::from_utf8(input(SDN).bytes).expect("a sample is in UTF-8");
    assert!(text.contains(from), "the sample has {from}");
    Input { name: SDN.to_owned(), bytes: text.replacen(from, to, 1).into_bytes() }
}

fn changed_reading(from: &str, to: &str) -> Reading {
    read_inputs(&[changed(from, to)]).expect("the sample is a list").remove(0)
}

fn high(reading: &Reading) -> Vec<&str> {
    reading.findings.iter().filter(|f| f.severity == Severity::High).map(|f| f.found.as_str()).collect()
}

#[test]
fn the_listing_has_its_list_basis_and_day() {
    let reading = read(&[SDN]);
    assert_eq!((reading.published, reading.records), (Date::day(2026, 11, 25), 7));
    let sanction = entity(&reading, "ofac-900001-sanction");
    for (property, values) in [
        ("program", &["SDGT", "IRGC"][..]),
        ("listingDate", &["2020-11-25"]),
        ("reason", &["Executive Order 99999"]),
        ("description", &["SDN List"]),
        ("provisions", &["Block", "Additional Sanctions Information - Subject to Secondary Sanctions"]),
        ("authorityId", &["900001"]),
    ] {
        assert_eq!(sanction.values(property), values, "{property}");
    }
}

#[test]
fn names_are_kept_in_every_script_with_the_latin_one_first() {
    let person = read(&[SDN]);
    let person = entity(&person, "ofac-900001");
    assert_eq!(person.values("name"), ["Ali Reza EXAMPLE", "علي رضا مثال"]);
    assert_eq!(person.values("weakAlias"), ["HAJJI EXAMPLE", "'Abd EXAMPLE"]);
    assert_eq!(person.values("previousName"), ["Ali BEISPIEL"]);
}

/// Schema, ends, and how the source calls the relation.
fn relations(reading: &Reading) -> Vec<String> {
    const ENDS: [&str; 9] =
        ["subject", "object", "asset", "owner", "person", "relative", "director", "organization", "member"];
    let is_relation = |entity: &&Entity| entity.id.as_str().matches("ofac-").count() == 2;
    let line = |entity: &Entity| {
        let ends = ENDS.iter().filter_map(|end| entity.first(end).map(|id| format!("{end} {id}")));
        let kind = entity.first("role").or(entity.first("relationship")).unwrap_or_default();
        format!("{} {}: {kind}", entity.schema.name(), ends.collect::<Vec<_>>().join(" "))
    };
    reading.entities.iter().filter(is_relation).map(line).collect()
}

#[test]
fn a_relation_is_what_its_ends_allow() {
    let reading = read(&[SDN]);
    assert_eq!(
        relations(&reading),
        [
            "Directorship director ofac-900001 organization ofac-900002: Leader or official of",
            "Ownership asset ofac-900003 owner ofac-900005: Owned or Controlled By",
            "Ownership asset ofac-900004 owner ofac-900008: Owned or Controlled By",
            // An organisation is nobody's relative: in the words of the source.
            "UnknownLink subject ofac-900006 object ofac-900008: Family member of",
            "Family person ofac-900001 relative ofac-900006: Family member of",
            // The other party is on the other list.
            "UnknownLink subject ofac-900002 object ofac-900102: Providing support to",
            "Ownership asset ofac-900008 owner ofac-900001: Owned or Controlled By",
        ]
    );
    let official = entity(&reading, "ofac-900001-directorship-ofac-900002");
    assert_eq!((official.first("summary"), official.first("description")), (Some("since 2019"), Some("Reported")));
    assert_eq!(entity(&reading, "ofac-900004-ownership-ofac-900008").first("status"), Some("former"));
    assert_eq!(entity(&reading, "ofac-900008").schema.name(), "Company", "who is owned is an asset");
}

#[test]
fn what_was_not_understood_is_reported_and_kept() {
    let lines = findings(&read(&[SDN]));
    let has = |part: &str| assert!(lines.iter().any(|line| line.contains(part)), "{part} is not in {lines:#?}");
    has("ofac-900006, Passport: 'Passport issued in Sarajevo'; no number was found in it");
    has("ofac-900006, DOB: '31 Feb 1960'; '31 feb 1960' is not a day of the calendar");
    has("1 times type 'Chess Licence'; it is not known here; its text was kept as a note");
    has("1 times Profile/FavouriteColour; it is not known here");
    has("Providing support to from ofac-900002 to ofac-900102; the file has no party of the second number");
    assert_eq!(lines.len(), 8, "{lines:#?}");
}

#[test]
fn numbers_that_refer_to_nothing_are_reported() {
    let reading = changed_reading("<Location ID=\"700002\">", "<Location ID=\"1\">");
    assert_eq!(high(&reading), ["the place '700002'"]);
    let unused = "'1 Example Street, Moscow, 101000, Russia, Москва'";
    assert!(reading.findings.iter().any(|f| f.severity == Severity::Medium && f.found.as_str() == unused));
    let reading = changed_reading("<Identity ID=\"930001\"", "<Identity ID=\"1\"");
    assert!(high(&reading)[0].contains("A1234567"), "the documents of nobody: {:?}", high(&reading));
    let reading = changed_reading("<Profile ID=\"900008\"", "<Profile ID=\"x\"");
    assert_eq!(reading.records, 6);
    assert!(high(&reading)[0].contains("EXAMPLE AIRWAYS"), "{:?}", high(&reading));
    let reading = changed_reading("From-ProfileID=\"900001\"", "From-ProfileID=\"1\"");
    assert_eq!(high(&reading), ["Leader or official of from ofac-1 to ofac-900002"]);
}

#[test]
fn a_name_says_which_of_its_parts_is_which() {
    let part = |kind: &str, id: u8| {
        format!("<MasterNamePartGroup><NamePartGroup ID=\"{id}\" NamePartTypeID=\"{kind}\"/></MasterNamePartGroup>")
    };
    let value = |id: u8, text: &str| {
        format!(
            "<DocumentedNamePart><NamePartValue NamePartGroupID=\"{id}\">{text}</NamePartValue></DocumentedNamePart>"
        )
    };
    let kinds = ["Last Name", "First Name", "Middle Name", "Maiden Name", "Patronymic", "Matronymic", "Nickname"];
    let types: String = kinds.iter().map(|kind| format!("<NamePartType ID=\"{kind}\">{kind}</NamePartType>")).collect();
    let groups: String = (1..).zip(kinds).map(|(id, kind)| part(kind, id)).collect();
    let texts = ["EXAMPLE", "Vera", "Maria", "BEISPIEL", "Ivanovna", "Olgina", "Verka"];
    let values: String = (1..).zip(texts).map(|(id, text)| value(id, text)).collect();
    let text = format!(
        "<Sanctions><ReferenceValueSets><NamePartTypeValues>{types}</NamePartTypeValues><AliasTypeValues>\
         <AliasType ID=\"1\">Name</AliasType></AliasTypeValues><PartySubTypeValues><PartySubType ID=\"4\">Individual\
         </PartySubType></PartySubTypeValues></ReferenceValueSets><DistinctParties><DistinctParty><Profile ID=\"5\" \
         PartySubTypeID=\"4\"><Identity><Alias AliasTypeID=\"1\"><DocumentedName>{values}</DocumentedName></Alias>\
         <NamePartGroups>{groups}</NamePartGroups></Identity></Profile></DistinctParty></DistinctParties></Sanctions>"
    );
    let reading = read_inputs(&[Input { name: "a.xml".to_owned(), bytes: text.into_bytes() }]).unwrap().remove(0);
    let person = entity(&reading, "ofac-5");
    for (property, value) in [
        ("name", "Vera Maria Ivanovna Olgina EXAMPLE"),
        ("firstName", "Vera"),
        ("middleName", "Maria"),
        ("fatherName", "Ivanovna"),
        ("motherName", "Olgina"),
        ("lastName", "EXAMPLE"),
        ("previousName", "Vera BEISPIEL"),
        ("weakAlias", "Verka"),
    ] {
        assert_eq!(person.values(property), [value], "{property}");
    }
}

#[test]
fn a_file_of_changes_is_no_list() {
    let error = read_inputs(&[changed(" Version=\"3\"", " Version=\"3\" DeltaBaseVersion=\"2\"")]).unwrap_err();
    assert!(matches!(&error, Error::WrongKind { found, .. } if found.as_str().contains("changes")), "{error}");
    let error = read_inputs(&[Input { name: "a.xml".to_owned(), bytes: b"<Sanctions/>".to_vec() }]).unwrap_err();
    assert!(matches!(error, Error::NoRecords { .. }), "{error}");
}
