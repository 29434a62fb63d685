//! The Australian list: several rows for one record, several values in one cell, and the workbook as well as what was saved
//! of it as CSV.
//!
//! In goes `au/dfat.csv`, and workbooks made from it. Expected values are read off the file.

use mihenk_lists::{Error, Input, Severity, read_inputs};

use crate::{
    samples::{entity, findings, input, read},
    workbooks::{rows, workbook, zipped},
};

fn sample() -> String {
    String::from_utf8(input("au/dfat.csv").bytes).expect("samples are UTF-8")
}

#[test]
fn rows_of_one_number_are_one_person() {
    let reading = read(&["au/dfat.csv"]);
    assert_eq!((reading.dataset.as_str(), reading.records), ("au_dfat_sanctions", 4));
    let person = entity(&reading, "au-dfat-9001-ali-reza-ozturk-misal");
    for (property, values) in [
        ("name", &["Ali Reza Öztürk-Misal"][..]),
        ("alias", &["علي رضا المثال", "Reza Misal"]),
        ("weakAlias", &["The Example"]),
        ("birthDate", &["1958-02-22", "1960~", "1961"]),
        ("birthPlace", &["Zurmat, Afghanistan", "Quetta"]),
        ("citizenship", &["af"]),
        ("address", &["12 Sample Road, Quetta", "House 3, Herat"]),
        ("notes", &["Citizenship: Atlantis", "Passport no: D00901. Son of Reza."]),
    ] {
        assert_eq!(person.values(property), values, "{property}");
    }
    let sanction = entity(&reading, "au-dfat-9001-ali-reza-ozturk-misal-sanction");
    for (property, values) in [
        ("authorityId", &["9001"][..]),
        ("program", &["1988 (Taliban)"]),
        ("listingDate", &["2001-01-25"]),
        ("startDate", &["2001-01-25"]),
        ("summary", &["Listed on: 25 Jan. 2001 (amended on 1 Feb. 2008)", "Invented Instrument 2001"]),
        ("provisions", &["Targeted Financial Sanction", "Travel Ban", "Arms Embargo"]),
    ] {
        assert_eq!(sanction.values(property), values, "{property}");
    }
}

#[test]
fn kinds_are_told_apart() {
    let reading = read(&["au/dfat.csv"]);
    let company = entity(&reading, "au-dfat-9002-sample-shipping-llc");
    assert_eq!((company.schema.name(), company.first("country")), ("Company", Some("ir")));
    let programs = ["sanction", "sanction-2"].map(|suffix| {
        entity(&reading, &format!("au-dfat-9002-sample-shipping-llc-{suffix}")).first("program").unwrap()
    });
    assert_eq!(programs, ["Autonomous (Iran)", "Autonomous (Vessels)"]);
    let ship = entity(&reading, "au-dfat-9003-sample-star");
    assert_eq!((ship.schema.name(), ship.first("imoNumber")), ("Vessel", Some("9187629")));
    assert_eq!(
        findings(&reading),
        [
            "low: au/dfat.csv: line 2, au-dfat-9001-ali-reza-ozturk-misal, Citizenship: 'Atlantis'; expected a country of \
             data/countries.txt; kept as a note",
            "medium: au/dfat.csv: line 9, au-dfat-9004-ivana-primer, Date of Birth: 'in the sixties'; expected dates, the \
             day first, between commas or behind letters; kept as a note",
        ]
    );
}

#[test]
fn a_workbook_gives_what_its_csv_gives() {
    // 3 March 2023 is day 44988 of Excel.
    let rows = rows(&sample().replace("3/3/23", "#44988"));
    let readings = read_inputs(&[workbook("dfat.xlsx", &[("Sheet1", rows)])]).unwrap();
    assert_eq!(readings[0].entities, read(&["au/dfat.csv"]).entities);
    assert!(readings[0].findings.iter().all(|finding| finding.file == "dfat.xlsx"));
    assert_eq!(readings[0].findings[1].place.line, Some(9), "the row of the sheet");
}

#[test]
fn a_title_above_the_heading_and_a_second_sheet_are_read_and_a_sheet_of_something_else_is_reported() {
    let rows = rows(&sample());
    let (first, second) = rows.split_at(6);
    let titled: Vec<Vec<String>> = [vec!["Consolidated List".to_owned()]].into_iter().chain(first.to_vec()).collect();
    let second = rows[..1].iter().chain(second).cloned().collect();
    let other = vec![vec!["Notes".to_owned()], vec!["not a list".to_owned()]];
    let book = workbook("dfat.xlsx", &[("One", titled), ("Two", second), ("Three", other), ("Four", Vec::new())]);
    let readings = read_inputs(&[book]).unwrap();
    // The two names of 9002 stand on two sheets.
    assert_eq!(readings[0].records, 5);
    let high: Vec<&str> =
        readings[0].findings.iter().filter(|f| f.severity == Severity::High).map(|f| f.found.as_str()).collect();
    assert_eq!(
        high,
        ["the number of au-dfat-9002-sample-shipping-llc once more", "a sheet 'Three' of 2 rows without a heading"]
    );
}

#[test]
fn rows_of_one_number_that_stand_apart_are_two_records() {
    let mut lines: Vec<String> = sample().lines().map(str::to_owned).collect();
    let alias = lines.remove(3);
    lines.push(alias);
    let apart = Input { name: "dfat.csv".to_owned(), bytes: lines.join("\n").into_bytes() };
    let readings = read_inputs(&[apart]).unwrap();
    assert_eq!(readings[0].records, 5);
    assert_eq!(entity(&readings[0], "au-dfat-9001-2-reza-misal").first("name"), Some("Reza Misal"));
    assert!(readings[0].findings.iter().any(|f| f.found.as_str() == "rows of number 9001 apart from others of it"));
}

#[test]
fn what_nobody_has_mapped_is_kept_and_what_cannot_be_read_is_reported() {
    let text = sample().replace("Additional Information", "Colour").replace("\n9003,", "\nx9003,");
    let readings = read_inputs(&[Input { name: "dfat.csv".to_owned(), bytes: text.into_bytes() }]).unwrap();
    let notes = entity(&readings[0], "au-dfat-9001-ali-reza-ozturk-misal").values("notes");
    assert!(notes.contains(&"Colour: Passport no: D00901. Son of Reza.".to_owned()), "{notes:?}");
    let found: Vec<&str> = readings[0].findings.iter().map(|f| f.found.as_str()).collect();
    assert!(found.contains(&"a column 'Colour'"), "{found:?}");
    assert!(found.iter().any(|found| found.starts_with("a row without a number: 'x9003 SAMPLE STAR")), "{found:?}");
    assert_eq!(readings[0].records, 3);
}

#[test]
fn a_damaged_workbook_is_an_error_and_so_is_another_archive() {
    let book = workbook("dfat.xlsx", &[("Sheet1", rows(&sample()))]);
    for percent in 1..100 {
        let cut = Input { name: book.name.clone(), bytes: book.bytes[..book.bytes.len() * percent / 100].to_vec() };
        let error = read_inputs(&[cut]).expect_err("a workbook that was cut");
        assert!(matches!(error, Error::Cut { .. }), "{error}");
    }
    for at in (0..book.bytes.len()).step_by(7) {
        let mut bytes = book.bytes.clone();
        bytes[at] ^= 0x55;
        let _ = read_inputs(&[Input { name: book.name.clone(), bytes }]);
    }
    let archive = zipped(&[("list.csv".to_owned(), sample())]);
    let error = read_inputs(&[Input { name: "list.zip".to_owned(), bytes: archive }]).unwrap_err();
    assert!(matches!(error, Error::WrongKind { .. }), "{error}");
    let other = workbook("other.xlsx", &[("Sheet1", vec![vec!["name".to_owned(), "born".to_owned()]])]);
    let error = read_inputs(&[other]).unwrap_err().to_string();
    assert!(error.contains("a workbook whose first row is 'name, born'"), "{error}");
}
