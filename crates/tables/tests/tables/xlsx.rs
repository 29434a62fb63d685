//! Workbooks: which sheet, which row, what a cell says. Dates are computed by hand from the two date systems of ECMA-376; what
//! is no workbook, or an odd one, is refused in words.

use mihenk_tables::{Heading, Options};

use crate::{
    rows,
    workbook::{row, workbook},
};

fn people() -> Vec<u8> {
    let second = "<row r=\"4\"><c r=\"A4\" t=\"s\"><v>0</v></c><c r=\"B4\" s=\"1\"><v>20972</v></c>\
                  <c r=\"C4\"><v>12345678901</v></c><c r=\"D4\"><f>1+1</f><v>2</v></c></row>";
    let first = row(1, &["Our people"]) + &row(3, &["Name", "Born", "Number", "Sum"]) + second + &row(7, &["Vera"]);
    workbook(&[("People", &first), ("Ships", &row(1, &["Ship"]))], &["Ali Example"], "")
}

#[test]
fn a_sheet_is_rows_with_their_numbers() {
    let options = Options { heading: Heading::At(3), ..Options::default() };
    let (columns, rows) = rows(&people(), &options).unwrap();
    assert_eq!(columns, ["Name", "Born", "Number", "Sum"]);
    let cells: Vec<(u64, Vec<&str>)> = rows.iter().map(|r| (r.number, r.cells.iter().collect())).collect();
    // Serial 20972 is 1957-06-01 in the 1900 date system (ECMA-376, 18.17.4.1: 1 is 1900-01-01, and 60 a day that never was).
    assert_eq!(cells[0], (4, vec!["Ali Example", "1957-06-01", "12345678901", "2"]));
    assert_eq!(cells[1], (7, vec!["Vera"]), "blank rows are no rows");
}

#[test]
fn a_workbook_of_the_other_date_system_has_the_other_dates() {
    let sheet =
        row(1, &["Born"]) + "<row r=\"2\"><c r=\"A2\" s=\"1\"><v>0</v></c><c r=\"B2\" s=\"1\"><v>1.5</v></c></row>";
    let (columns, rows) =
        rows(&workbook(&[("S", &sheet)], &[], "<workbookPr date1904=\"1\"/>"), &Options::default()).unwrap();
    // In the 1904 date system 0 is 1904-01-01.
    assert_eq!(rows[0].cells.get(1), "1904-01-02T12:00:00");
    assert_eq!(columns, ["Born", "column 2"], "a cell beyond the heading has a column of its own");
}

#[test]
fn a_sheet_is_taken_by_name() {
    let options = Options { sheet: Some("Ships".into()), ..Options::default() };
    assert_eq!(rows(&people(), &options).unwrap().0, ["Ship"]);
    let options = Options { sheet: Some("Planes".into()), ..Options::default() };
    let error = rows(&people(), &options).unwrap_err().to_string();
    assert_eq!(error, "t: the workbook has no sheet 'Planes'; it has 'People', 'Ships'");
}

#[test]
fn the_sheets_of_a_workbook_are_named() {
    let people = people();
    assert_eq!(mihenk_tables::sheets("t", &people).unwrap(), ["People", "Ships"]);
    assert!(mihenk_tables::sheets("t", b"PK nothing").is_err());
    for percent in 0..100 {
        assert!(mihenk_tables::sheets("t", &people[..people.len() * percent / 100]).is_err(), "cut at {percent} %");
    }
}

#[test]
fn what_is_no_workbook_says_so() {
    let empty = workbook(&[("S", "")], &[], "");
    assert!(rows(&empty, &Options::default()).unwrap_err().to_string().contains("the sheet is empty"));
    for bytes in [&b"PK\x03\x04\x00\xFF\xFF"[..], &people()[..people().len() / 2]] {
        assert!(rows(bytes, &Options::default()).unwrap_err().to_string().contains("damaged or cut"));
    }
}

#[test]
fn a_cell_far_away_costs_nothing() {
    let far = "<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>";
    let sheet = row(1, &["Name"]) + &row(2, &["Ali"]) + far;
    let (_, rows) = rows(&workbook(&[("S", &sheet)], &[], ""), &Options::default()).unwrap();
    assert_eq!((rows.len(), rows[1].number), (2, 1_048_576));
    assert!(rows[1].problem.as_ref().unwrap().as_str().contains("column 16384"));
}

#[test]
fn many_rows_come_in_their_order() {
    let sheet: String = (1..=3_000).map(|i| row(i, &[&format!("n{i}"), "x"])).collect();
    let (_, rows) = rows(&workbook(&[("S", &sheet)], &[], ""), &Options::default()).unwrap();
    assert_eq!(rows.len(), 2_999);
    assert!(rows.iter().enumerate().all(|(i, r)| r.number == i as u64 + 2 && r.cells.get(0) == format!("n{}", i + 2)));
}
