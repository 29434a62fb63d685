//! OFAC's lists: one record put together from four files, remarks taken apart, records tied to one another.
//!
//! In go the samples in `ofac/`. Expected values are read off the files with the record layout of OFAC's data
//! specification.

use mihenk_entities::Entity;
use mihenk_lists::{Input, Severity, read_inputs};

use crate::samples::{CONSOLIDATED, SDN, entity, findings, input, read};

fn all() -> Vec<Input> {
    SDN.iter().chain(&CONSOLIDATED).map(|name| input(name)).collect()
}

fn of<'a>(entities: &'a [Entity], schema: &str, property: &str, id: &str) -> Vec<&'a Entity> {
    entities.iter().filter(|e| e.schema.name() == schema && e.first(property) == Some(id)).collect()
}

#[test]
fn a_person_is_put_together_from_all_files() {
    let reading = read(&SDN);
    assert_eq!((reading.dataset.as_str(), reading.records, reading.published), ("us_ofac_sdn", 8, None));
    let person = entity(&reading, "ofac-900001");
    for (property, values) in [
        ("name", &["Ali Reza EXAMPLE"][..]),
        ("firstName", &["Ali Reza"]),
        ("lastName", &["EXAMPLE"]),
        ("alias", &["Ali R. EXAMPLE"]),
        ("previousName", &["Ali BEISPIEL"]),
        ("weakAlias", &["HAJJI EXAMPLE", "'Abd EXAMPLE"]),
        ("position", &["Brigadier General", "Commander"]),
        ("program", &["SDGT", "IRGC"]),
        ("birthDate", &["1957-05-16", "1955~", "1955/1958"]),
        ("birthPlace", &["Tehran, Iran"]),
        ("birthCountry", &["ir"]),
        ("nationality", &["ir"]),
        ("citizenship", &["ir", "iq"]),
        ("gender", &["male"]),
        ("country", &["ir"]),
        ("passportNumber", &["A1234567", "B765 432"]),
        ("idNumber", &["001-234567-8"]),
        ("notes", &["arrested 31 Mar 2003", "Linked To: NOBODY AT ALL"]),
    ] {
        assert_eq!(person.values(property), values, "{property}");
    }
    let passport = entity(&reading, "ofac-900001-passport-a1234567");
    let parts = ["number", "country", "startDate", "endDate"].map(|part| passport.first(part).unwrap());
    assert_eq!(parts, ["A1234567", "ir", "2010-01-01", "2015-12-31"]);
    let sanction = entity(&reading, "ofac-900001-sanction");
    assert_eq!(sanction.values("provisions"), ["Additional Sanctions Information - Subject to Secondary Sanctions"]);
    assert_eq!((sanction.first("authorityId"), sanction.first("country")), (Some("900001"), Some("us")));
}

#[test]
fn a_company_keeps_numbers_addresses_and_how_to_reach_it() {
    let reading = read(&SDN);
    let company = entity(&reading, "ofac-900002");
    assert_eq!(company.schema.name(), "Company");
    for (property, values) in [
        ("alias", &["EXAMPLE TRADING"][..]),
        ("incorporationDate", &["2018-01-17"]),
        ("website", &["www.example.org", "www.example.com"]),
        ("email", &["info@example.org"]),
        ("phone", &["982100000000"]),
        ("swiftBic", &["EXAMIRTH"]),
        ("registrationNumber", &["1129900123451"]),
        ("ogrnCode", &["1129900123451"]),
        ("taxNumber", &["9901234561"]),
        ("innCode", &["9901234561"]),
        ("sector", &["Central banking"]),
        ("country", &["ru", "mx"]),
        ("address", &["1 Example Street, Moscow 101000, Russia", "Culiacan, Sinaloa 80000, Mexico"]),
        ("addressEntity", &["ofac-900002-address-700002", "ofac-900002-address-700003"]),
        ("notes", &["Alias EXAMPLE TRADING: listed by its trade name", "all offices worldwide"]),
    ] {
        assert_eq!(company.values(property), values, "{property}");
    }
    let address = entity(&reading, "ofac-900002-address-700003");
    let parts = ["city", "state", "postalCode", "country", "remarks"].map(|part| address.first(part).unwrap());
    assert_eq!(parts, ["Culiacan", "Sinaloa", "80000", "mx", "branch"]);
}

#[test]
fn ships_and_aircraft_are_tied_to_those_who_run_them() {
    let reading = read(&SDN);
    let vessel = entity(&reading, "ofac-900003");
    for (property, values) in [
        ("name", &["SEA EXAMPLE"][..]),
        ("previousName", &["OLD EXAMPLE"]),
        ("callSign", &["T2EX4"]),
        ("type", &["Crude Oil Tanker"]),
        ("tonnage", &["99,000"]),
        ("grossRegisteredTonnage", &["56,000"]),
        ("flag", &["pa"]),
        ("pastFlags", &["mt"]),
        ("imoNumber", &["9123453"]),
        ("mmsi", &["572469000"]),
        ("owner", &["ofac-900005"]),
        ("notes", &["Former Vessel Flag: None Identified"]),
    ] {
        assert_eq!(vessel.values(property), values, "{property}");
    }
    let links = of(&reading.entities, "UnknownLink", "subject", "ofac-900003");
    assert_eq!((links[0].first("object"), links[0].first("role")), (Some("ofac-900005"), Some("Linked To")));
    let aircraft = entity(&reading, "ofac-900004");
    assert_eq!(aircraft.schema.name(), "Airplane");
    assert_eq!(aircraft.values("operator"), ["ofac-900008"], "by its alias");
    assert_eq!(aircraft.values("serialNumber"), ["8401", "1023409300"]);
    assert_eq!(aircraft.values("registrationNumber"), ["EP-EXA"]);
    assert_eq!((aircraft.first("buildDate"), aircraft.first("model")), (Some("1987-02-02"), Some("IL76-TD")));
    assert_eq!(aircraft.values("notes"), ["Aircraft Mode S Transponder Code 140AE7"], "there is no property for it");
}

#[test]
fn wallets_and_what_cannot_be_understood() {
    let reading = read(&SDN);
    let person = entity(&reading, "ofac-900006");
    assert_eq!((person.first("name"), person.first("nameSuffix")), (Some("Vasili EXAMPLE Jr."), Some("Jr.")));
    assert_eq!(person.values("socialSecurityNumber"), ["523-00-8386"]);
    let wallets = of(&reading.entities, "CryptoWallet", "holder", "ofac-900006");
    let wallets: Vec<_> =
        wallets.iter().map(|w| (w.first("currency").unwrap(), w.first("publicKey").unwrap())).collect();
    assert_eq!(
        wallets,
        [("XBT", "1BoatSLRHtKNngkdXEeobR76b53LETtpyT"), ("ETH", "0x00000000219ab540356cBB839Cbe05303d7705Fa")]
    );
    let notes = [
        "Country of address: undetermined",
        "DOB: 31 Feb 1960",
        "nationality: Atlantis",
        "Passport issued in Sarajevo",
    ];
    assert_eq!(person.values("notes"), notes);
    let found = findings(&reading);
    for expected in [
        "medium: ofac/sdn.csv: line 6, ofac-900006, DOB: '31 Feb 1960'; '31 feb 1960' is not a day",
        "low: ofac/sdn.csv: line 6, ofac-900006, nationality: 'Atlantis'; expected a country",
        "medium: ofac/sdn.csv: line 6, ofac-900006, Passport: 'Passport issued in Sarajevo'; no number",
        "low: ofac/add.csv: line 5, ofac-900005, Country: 'Region: Nowhere'; expected a country",
        "low: ofac/sdn.csv: line 1, ofac-900001, Linked To: 'NOBODY AT ALL' is the name of no record",
    ] {
        assert_eq!(found.iter().filter(|line| line.starts_with(expected)).count(), 1, "{expected}: {found:#?}");
    }
    assert_eq!(found.len(), 5, "{found:#?}");
}

#[test]
fn a_remark_goes_on_in_the_comment_file() {
    let whole = read(&SDN);
    let group = entity(&whole, "ofac-900007");
    assert_eq!(group.values("weakAlias"), ["EFLR", "THE LONG ONE"]);
    assert!(group.values("email").iter().all(|mail| mail.ends_with("@example.org")), "no address is cut");
    assert!(!of(&whole.entities, "UnknownLink", "subject", "ofac-900007").is_empty());

    let without = read(&SDN[..3]);
    let group = entity(&without, "ofac-900007");
    assert_eq!(group.values("weakAlias"), ["EFLR"]);
    assert!(group.values("email").iter().all(|mail| mail.ends_with("@example.org")), "the piece that is cut is a note");
    let cut = without.findings.iter().find(|f| f.place.field.as_deref() == Some("Remarks")).unwrap();
    assert_eq!((cut.severity, cut.place.line), (Severity::High, Some(7)));
    assert!(cut.expected.as_str().contains("sdn_comments.csv"));
}

#[test]
fn the_consolidated_list_is_read_with_its_dates_and_securities() {
    let reading = read(&CONSOLIDATED);
    assert_eq!((reading.dataset.as_str(), reading.records), ("us_ofac_cons", 3));
    let sanction = entity(&reading, "ofac-900102-sanction-consolidated");
    assert_eq!(sanction.values("program"), ["UKRAINE-EO13662", "RUSSIA-EO14024"]);
    assert_eq!((sanction.first("listingDate"), sanction.first("startDate")), (Some("2022-02-24"), Some("2022-03-26")));
    assert_eq!(sanction.first("sourceUrl"), Some("https://www.example.org/directives"));
    assert_eq!(entity(&reading, "ofac-900102").values("previousName"), ["EXAMPLE SAVINGS BANK"]);
    let issuer = entity(&reading, "ofac-900103");
    assert_eq!(issuer.schema.name(), "Company", "only companies have shares");
    assert_eq!((issuer.first("isinCode"), issuer.first("ticker")), (Some("US0378331005"), Some("601800 CN")));
    assert_eq!(issuer.values("alias"), ["Example Holdings Co., Ltd."]);
    assert_eq!(entity(&reading, "ofac-900101").values("country"), ["ps"]);
}

#[test]
fn both_lists_in_one_call_are_told_apart_and_tied_together() {
    let mut inputs = all();
    inputs.rotate_left(3);
    let readings = read_inputs(&inputs).unwrap();
    let names: Vec<&str> = readings.iter().map(|reading| reading.dataset.as_str()).collect();
    assert_eq!(names, ["us_ofac_cons", "us_ofac_sdn"], "in the order of their primary files");
    assert_eq!((readings[0].inputs.len(), readings[1].inputs.len()), (3, 4));
    let links = of(&readings[0].entities, "UnknownLink", "subject", "ofac-900102");
    assert_eq!(links[0].first("object"), Some("ofac-900002"), "a record of the other list");
    let alone = read(&CONSOLIDATED);
    assert_eq!(entity(&alone, "ofac-900102").values("notes"), ["Linked To: EXAMPLE TRADING COMPANY LLC"]);
}

#[test]
fn the_order_of_files_changes_nothing() {
    let forwards = read_inputs(&all()).unwrap();
    let backwards = read_inputs(&all().into_iter().rev().collect::<Vec<_>>()).unwrap();
    for reading in &forwards {
        let same = backwards.iter().find(|other| other.dataset == reading.dataset).unwrap();
        assert_eq!(reading.entities, same.entities);
    }
}
