//! The UN Security Council's list: names, births, documents and addresses of one record, and where they went.
//!
//! In goes `un.xml`. Expected values are read off the file.

use mihenk_entities::Date;

use crate::samples::{entity, findings, read};

#[test]
fn the_edition_is_known() {
    let reading = read(&["un.xml"]);
    assert_eq!(reading.dataset, "un_sc_sanctions");
    assert_eq!(reading.source.unwrap().publisher, "United Nations Security Council");
    assert_eq!(reading.published, Date::day(2026, 2, 27));
    assert_eq!(reading.records, 4);
    assert_eq!(reading.inputs[0].name, "un.xml");
    assert_eq!(reading.inputs[0].sha256.len(), 64);
    assert!(reading.entities.iter().all(|entity| entity.datasets == ["un_sc_sanctions"]));
}

#[test]
fn a_person_keeps_names_of_every_kind() {
    let reading = read(&["un.xml"]);
    let person = entity(&reading, "unsc-9900001");
    assert_eq!(person.schema.name(), "Person");
    assert_eq!(person.values("name"), ["ALI REZA AL-MISAL"], "na is no name");
    assert_eq!((person.first("firstName"), person.first("secondName")), (Some("ALI"), Some("REZA")));
    assert_eq!((person.values("middleName"), person.first("lastName")), (&["AL-MISAL".to_owned()][..], None));
    let aliases = ["علي رضا المثال", "Ali Misal", "Aly Misaal", "Ali Methal", "Reza Misal", "رضا مثال"];
    assert_eq!(person.values("alias"), aliases);
    assert_eq!(person.values("weakAlias"), ["The Example"]);
    assert_eq!(person.values("previousName"), ["Riza Misal"]);
    assert_eq!(person.values("title"), ["Maulavi", "Dr."]);
    assert_eq!(person.values("position"), ["Deputy Minister of Examples"]);
}

#[test]
fn a_person_keeps_births_countries_and_numbers() {
    let reading = read(&["un.xml"]);
    let person = entity(&reading, "unsc-9900001");
    let births = ["1958-02-22", "1957-05-16", "1956~", "1955/1958", "1959-09", "1960-11"];
    assert_eq!(person.values("birthDate"), births);
    assert_eq!(person.values("birthPlace"), ["Algiers, Algeria", "Zurmat District, Paktia Province, Afghanistan"]);
    assert_eq!(person.values("birthCountry"), ["dz", "af"]);
    assert_eq!(person.values("nationality"), ["ir"]);
    assert_eq!(person.values("country"), ["af", "pk"], "of its addresses");
    assert_eq!(person.values("gender"), ["male"]);
    assert_eq!(person.values("passportNumber"), ["513500"]);
    assert_eq!(person.values("idNumber"), ["300300"]);
    assert_eq!(person.values("taxNumber"), ["XYZABC74T11Z352Z"], "from the comment");
}

#[test]
fn what_belongs_to_a_person_is_an_entity_of_its_own() {
    let reading = read(&["un.xml"]);
    let sanction = entity(&reading, "unsc-9900001-sanction");
    assert_eq!(sanction.schema.name(), "Sanction");
    for (property, values) in [
        ("entity", &["unsc-9900001"][..]),
        ("authority", &["United Nations Security Council"]),
        ("unscId", &["QDi.901"]),
        ("program", &["Al-Qaida"]),
        ("listingDate", &["2015-07-01"]),
        ("modifiedAt", &["2016-10-13", "2020-11-24"]),
    ] {
        assert_eq!(sanction.values(property), values, "{property}");
    }
    let address = entity(&reading, "unsc-9900001-address-1");
    assert_eq!(address.first("full"), Some("1 Example Street, Kandahar, Kandahar Province, Afghanistan"));
    let parts = ["street", "city", "state", "country", "remarks"].map(|part| address.first(part).unwrap());
    assert_eq!(parts, ["1 Example Street", "Kandahar", "Kandahar Province", "af", "previous address"]);
    let person = entity(&reading, "unsc-9900001");
    assert_eq!(
        person.values("addressEntity"),
        ["unsc-9900001-address-1"],
        "an address of a country alone is a country"
    );
    let passport = entity(&reading, "unsc-9900001-passport-513500");
    let parts = ["holder", "type", "country", "startDate", "endDate", "authority"].map(|p| passport.first(p).unwrap());
    assert_eq!(parts, ["unsc-9900001", "Passport", "ly", "2013-06-11", "2017-06-11", "Tripoli"]);
    let card = entity(&reading, "unsc-9900001-identification-300300");
    assert_eq!(card.first("type"), Some("National Identification Number (Birth certificate)"));
}

#[test]
fn nothing_is_lost_and_what_was_not_understood_is_reported() {
    let reading = read(&["un.xml"]);
    let person = entity(&reading, "unsc-9900001");
    for note in [
        "Member of the Example & Sample Front (QDe.902). Italian Fiscal Code: XYZABC74T11Z352Z.",
        "Alias “The Example”: nom de guerre",
        "Alias Reza Misal (رضا مثال): born 1958-02-22, Algiers, Algeria",
        "NATIONALITY: Atlantis",
        "INDIVIDUAL_DATE_OF_BIRTH: 1961-02-31",
        "FAVOURITE_COLOUR: green, dark",
    ] {
        assert!(person.values("notes").contains(&note.to_owned()), "{note} is not in {:?}", person.values("notes"));
    }
    assert_eq!(
        findings(&reading),
        [
            "medium: un.xml: line 94, unsc-9900001, INDIVIDUAL_DATE_OF_BIRTH: '1961-02-31'; '1961-02-31' is not a day \
             of the calendar: month 2 of 1961 has no day 31; kept as a note",
            "low: un.xml: line 27, unsc-9900001, NATIONALITY: 'Atlantis'; expected a country of data/countries.txt; \
             kept as a note",
            "low: un.xml: line 117, INDIVIDUAL/FAVOURITE_COLOUR: 1 times INDIVIDUAL/FAVOURITE_COLOUR; it is not \
             known here; its text was kept as a note",
        ]
    );
}

#[test]
fn groups_and_companies_are_told_apart() {
    let reading = read(&["un.xml"]);
    let company = entity(&reading, "unsc-9900101");
    assert_eq!(company.schema.name(), "Company", "it says so in its name");
    assert_eq!(company.values("name"), ["SAMPLE AIRLINES (SAL)"]);
    assert_eq!(company.values("alias"), ["GREAT SAMPLE BUSINESS COMPANY", "SAMPLE AIRLINES", "Sample Air"]);
    assert_eq!(
        (company.values("abbreviation"), company.values("weakAlias")),
        (&["SAL".to_owned()][..], &["SAL".to_owned()][..])
    );
    assert_eq!(company.values("previousName"), ["Old Sample"]);
    assert_eq!((company.first("imoNumber"), company.first("swiftBic")), (Some("5571305"), Some("EXAMKPPY")));
    assert_eq!(company.first("address"), Some("Goma, Democratic Republic of the Congo"));
    let group = entity(&reading, "unsc-9900102");
    assert_eq!((group.schema.name(), group.first("alias")), ("Organization", Some("جبهة المثال")));
    let woman = entity(&reading, "unsc-9900002");
    assert_eq!(woman.first("gender"), Some("female"), "from the comment");
    assert_eq!(entity(&reading, "unsc-9900002-sanction").first("summary"), Some("Submitted by Member State"));
}
