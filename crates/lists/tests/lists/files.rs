//! Files that are no lists, files that do not belong together, files that are missing.
//!
//! What a user gets to read when the wrong files are given: an error that names the file and the remedy, or a reading
//! with a finding that says what was not there.

use std::path::PathBuf;

use mihenk_lists::{Error, Input, Severity, read_files, read_inputs};

use crate::samples::{CONSOLIDATED, SDN, input, path};

fn error(inputs: &[Input]) -> Error {
    read_inputs(inputs).expect_err("no list can be read from these")
}

#[test]
fn files_are_read_from_disk() {
    let readings = read_files(&[path("un.xml"), path("ftm.jsonl")]).unwrap();
    assert_eq!(readings.len(), 2);
    let missing = PathBuf::from("no/such/list.xml");
    let error = read_files(&[path("un.xml"), missing.clone()]).unwrap_err();
    assert!(matches!(&error, Error::Read { file, .. } if *file == missing), "{error}");
    assert!(error.to_string().starts_with("no/such/list.xml: cannot be read: "));
    assert!(matches!(read_files(&[]), Err(Error::NoInput)));
}

#[test]
fn names_and_endings_do_not_matter() {
    let mut inputs: Vec<Input> = SDN.iter().map(|name| input(name)).collect();
    for (i, input) in inputs.iter_mut().enumerate() {
        input.name = format!("download ({i}).xml");
    }
    assert_eq!(read_inputs(&inputs).unwrap()[0].dataset, "us_ofac_sdn");
}

#[test]
fn one_file_of_the_wrong_kind_stops_the_call() {
    let page = Input { name: "sdn.csv".to_owned(), bytes: b"<html><body>Service unavailable</body></html>".to_vec() };
    let error = error(&[input("un.xml"), page]);
    assert!(matches!(error, Error::WrongKind { .. }));
    assert_eq!(error.file().as_deref(), Some("sdn.csv"));
    let text = error.to_string();
    assert!(
        text.contains("an HTML page") && text.contains("expected the UN Security Council's consolidated list"),
        "{text}"
    );
}

#[test]
fn an_addition_without_its_primary_says_what_is_missing() {
    for (name, part) in [(SDN[1], "alias file"), (SDN[2], "address file"), (SDN[3], "comment file")] {
        let error = error(&[input(name)]);
        assert!(matches!(error, Error::MissingPrimary { .. }));
        let text = error.to_string();
        assert!(text.contains(part) && text.contains("sdn.csv or cons_prim.csv"), "{text}");
    }
    let error = error(&[input(CONSOLIDATED[0]), input(SDN[1])]);
    assert!(matches!(error, Error::MissingPrimary { .. }), "the numbers are those of the other list: {error}");
}

#[test]
fn a_primary_without_additions_is_read_and_that_is_reported() {
    let readings = read_inputs(&[input(SDN[0])]).unwrap();
    let about: Vec<_> = readings[0].findings.iter().filter(|f| f.place.line.is_none()).collect();
    let found: Vec<&str> = about.iter().map(|f| f.found.as_str()).collect();
    assert_eq!(found, ["no alias file (alt.csv)", "no address file (add.csv)"]);
    assert_eq!(about[0].severity, Severity::High);
}

#[test]
fn the_same_part_twice_is_an_error() {
    let mut again = input("un.xml");
    again.name = "un (1).xml".to_owned();
    let text = error(&[input("un.xml"), again]).to_string();
    assert!(text.starts_with("un.xml and un (1).xml are both the primary file"), "{text}");
    let error = error(&[input(SDN[0]), input(SDN[1]), input(SDN[1])]);
    assert!(matches!(error, Error::Twice { .. }), "{error}");
}

#[test]
fn an_empty_table_is_taken_with_its_list_and_not_alone() {
    let empty = Input { name: "cons_comments.csv".to_owned(), bytes: vec![0x1A] };
    assert!(matches!(error(std::slice::from_ref(&empty)), Error::Empty { .. }));
    let mut inputs: Vec<Input> = CONSOLIDATED.iter().map(|name| input(name)).collect();
    inputs.push(empty);
    let readings = read_inputs(&inputs).unwrap();
    assert!(readings[0].findings.iter().any(|f| f.found.as_str().starts_with("cons_comments.csv has no rows")));
    assert_eq!(readings[0].inputs.len(), 4);
}

#[test]
fn a_row_for_an_unknown_number_is_reported() {
    let mut aliases = input(SDN[1]);
    let row = b"999999,1,\"aka\",\"NOBODY\",-0- \r\n";
    aliases.bytes.splice(0..0, row.iter().copied());
    let readings = read_inputs(&[input(SDN[0]), aliases]).unwrap();
    let finding = readings[0].findings.iter().find(|f| f.found.as_str().contains("999999")).unwrap();
    assert_eq!((finding.severity, finding.place.line), (Severity::High, Some(1)));
}

#[test]
fn records_that_share_a_number_are_both_kept() {
    let mut primary = input(SDN[0]);
    let first: Vec<u8> = primary.bytes.split_inclusive(|&b| b == b'\n').next().unwrap().to_vec();
    primary.bytes.splice(0..0, first);
    let readings = read_inputs(&[primary]).unwrap();
    assert_eq!(readings[0].records, 9);
    assert!(readings[0].entities.iter().any(|entity| entity.id.as_str() == "ofac-900001-2"));
    assert!(readings[0].findings.iter().any(|f| f.found.as_str() == "entity number 900001 once more"));

    let text = String::from_utf8(input("un.xml").bytes).unwrap().replace("9900002", "9900001");
    let readings = read_inputs(&[Input { name: "un.xml".to_owned(), bytes: text.into_bytes() }]).unwrap();
    assert_eq!(readings[0].records, 4);
    assert!(readings[0].entities.iter().any(|entity| entity.id.as_str() == "unsc-9900001-2"));
}
