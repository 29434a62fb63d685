//! Samples that were cut, put into another order, written in another encoding, or made into a bomb.
//!
//! In goes each sample that has a whole list in one file; out come a reading or an error, never a panic, and never a part of a
//! list that passes for the whole: a cut file is an error, but for a cut in the last field of a table, which warns, and one
//! between two rows, which nothing shows.

use std::collections::BTreeSet;

use mihenk_entities::Entity;
use mihenk_lists::{Input, read_inputs};

use crate::samples::input;

/// Lists as XML, with the tag of a record.
const MARKUP: [(&str, &str); 4] = [
    ("eu/fsf.xml", "sanctionEntity"),
    ("uk/sanctions.xml", "Designation"),
    ("ch/seco.xml", "target"),
    ("ca/sema.xml", "record"),
];

/// The same for lists whose damage is tested in `damage.rs`.
const OFAC: [(&str, &str); 2] = [("ofac/sdn.xml", "sdnEntry"), ("ofac/sdn_advanced.xml", "DistinctParty")];

/// Lists as tables, with how many lines stand above the first row, and the column that tells records apart.
const TABLES: [(&str, usize, usize); 3] = [("eu/fsf.csv", 1, 1), ("uk/sanctions.csv", 2, 1), ("au/dfat.csv", 1, 0)];

fn named(name: &str, bytes: Vec<u8>) -> Input {
    Input { name: name.to_owned(), bytes }
}

/// Lines of entities without the order in which they came.
fn entities(input: Input) -> BTreeSet<String> {
    let readings = read_inputs(&[input]).expect("a sample is a list");
    readings[0].entities.iter().map(|entity: &Entity| serde_json::to_string(entity).unwrap_or_default()).collect()
}

#[test]
fn a_document_cut_anywhere_is_an_error() {
    for (name, _) in MARKUP {
        let bytes = input(name).bytes;
        let whole = bytes.trim_ascii_end().len();
        for percent in 0..100 {
            let cut = named(name, bytes[..whole * percent / 100].to_vec());
            assert!(read_inputs(&[cut]).is_err(), "{name} accepted when cut at {percent} %");
        }
        assert!(read_inputs(&[named(name, bytes[..whole - 1].to_vec())]).is_err());
    }
}

#[test]
fn a_table_cut_inside_a_row_is_an_error_or_warns() {
    for (name, above, _) in TABLES {
        let bytes = input(name).bytes;
        for percent in 0..100 {
            let length = bytes.len() * percent / 100;
            let Ok(readings) = read_inputs(&[named(name, bytes[..length].to_vec())]) else { continue };
            let warned = readings[0].findings.iter().any(|f| f.found.as_str() == "the last row has no line end");
            let lines = bytes[..length].iter().filter(|&&b| b == b'\n').count();
            let between_rows = lines > above && matches!(bytes[length - 1], b'\n' | b'\r');
            assert!(warned || between_rows, "{name} accepted when cut at byte {length}");
        }
    }
}

#[test]
fn the_order_of_records_and_rows_does_not_matter() {
    for (name, tag) in MARKUP.into_iter().chain(OFAC) {
        let text = String::from_utf8(input(name).bytes).unwrap();
        let (open, close) = (format!("<{tag} "), format!("</{tag}>"));
        let open = if text.contains(&open) { open } else { format!("<{tag}>") };
        let start = text.find(&open).unwrap();
        let end = text.rfind(&close).unwrap() + close.len();
        let mut records: Vec<String> = text[start..end].split_inclusive(&close).map(str::to_owned).collect();
        records.reverse();
        let turned = format!("{}{}{}", &text[..start], records.concat(), &text[end..]);
        assert_eq!(entities(named(name, turned.into_bytes())), entities(input(name)), "{name}");
    }
    for (name, above, column) in TABLES {
        let text = String::from_utf8(input(name).bytes).unwrap();
        let lines: Vec<&str> = text.split_inclusive('\n').collect();
        let (head, rows) = lines.split_at(above);
        // Records in another order, the rows of each in theirs: what stands first is the main name.
        let cell = |row: &&str| row.split([';', ',']).nth(column).unwrap_or("").to_owned();
        let key = |row: &&str| cell(row).trim_end_matches(char::is_lowercase).to_owned();
        let mut rows = rows.to_vec();
        rows.sort_by_key(|row| std::cmp::Reverse(key(row)));
        let turned = head.concat() + &rows.concat();
        assert_eq!(entities(named(name, turned.into_bytes())), entities(input(name)), "{name}");
    }
}

#[test]
fn another_encoding_is_reported_in_a_table_and_refused_in_a_document() {
    for (name, ..) in TABLES {
        let mut bytes = input(name).bytes;
        let at = bytes.windows(6).position(|window| window == b"Sample").unwrap();
        bytes[at + 1] = 0xE4;
        let readings = read_inputs(&[named(name, bytes)]).unwrap();
        assert!(readings[0].findings.iter().any(|f| f.found.as_str() == "bytes that are not UTF-8"), "{name}");
    }
    for (name, _) in MARKUP {
        let mut bytes = input(name).bytes;
        let at = bytes.windows(6).position(|window| window == b"Sample").unwrap();
        bytes[at + 1] = 0xE4;
        let error = read_inputs(&[named(name, bytes)]).unwrap_err().to_string();
        assert!(error.contains("not UTF-8"), "{error}");
        let wide: Vec<u8> =
            String::from_utf8(input(name).bytes).unwrap().encode_utf16().flat_map(u16::to_le_bytes).collect();
        let error = read_inputs(&[named(name, wide)]).unwrap_err().to_string();
        assert!(error.contains("UTF-16"), "{error}");
    }
}

#[test]
fn an_entity_of_a_document_type_is_refused_and_nothing_is_expanded() {
    for (name, _) in MARKUP {
        let text = String::from_utf8(input(name).bytes).unwrap();
        let mut bomb = String::from("<!DOCTYPE x [<!ENTITY a0 \"Sample\">");
        for level in 1..9 {
            let before = level - 1;
            bomb.push_str(&format!("<!ENTITY a{level} \"{}\">", format!("&a{before};").repeat(10)));
        }
        bomb.push_str("]>\n");
        let (declaration, rest) = text.split_once("?>").unwrap();
        let armed = format!("{declaration}?>{bomb}{}", rest.replacen("Sample", "&a8;", 1));
        let error = read_inputs(&[named(name, armed.into_bytes())]).unwrap_err().to_string();
        assert!(error.contains("a8"), "{error}");
    }
}
