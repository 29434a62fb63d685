//! Damaged files: cut at any byte, changed at any byte, made of anything.
//!
//! Nothing panics, and a file that was cut is never taken for a whole one. Two cuts cannot be seen from the bytes: of a
//! FollowTheMoney file between two lines, and of an OFAC file alone between two rows, which gives a warning.

use mihenk_lists::{Input, Severity, read_inputs};
use proptest::prelude::*;

use crate::samples::{CONSOLIDATED, SDN, input};

fn cut(input: &Input, length: usize) -> Input {
    Input { name: input.name.clone(), bytes: input.bytes[..length].to_vec() }
}

/// Where a file is whole: behind its last character that is no white space.
fn whole(input: &Input) -> usize {
    input.bytes.trim_ascii_end().len()
}

/// The samples that are XML, each a whole list.
const XML: [&str; 5] =
    ["un.xml", "ofac/sdn.xml", "ofac/consolidated.xml", "ofac/sdn_advanced.xml", "ofac/cons_advanced.xml"];

#[test]
fn the_un_list_cut_at_any_byte_is_an_error() {
    let list = input("un.xml");
    for length in 0..whole(&list) {
        assert!(read_inputs(&[cut(&list, length)]).is_err(), "accepted when cut at byte {length}");
    }
}

#[test]
fn a_list_in_xml_cut_at_any_hundredth_is_an_error() {
    for name in XML {
        let list = input(name);
        let end = whole(&list);
        for part in 0..100 {
            let length = end * part / 100;
            assert!(read_inputs(&[cut(&list, length)]).is_err(), "{name} accepted when cut at byte {length}");
        }
        assert!(read_inputs(&[cut(&list, end - 1)]).is_err(), "{name} accepted without its last byte");
        assert!(read_inputs(&[cut(&list, end)]).is_ok(), "{name}: the last line break is not needed");
    }
}

#[test]
fn a_list_in_xml_in_another_encoding_is_an_error() {
    for name in XML {
        let utf16 = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
        let text = String::from_utf8(input(name).bytes).unwrap();
        let latin = text.replacen("EXAMPLE", "EX\u{C9}MPLE", 1).replacen("SAMPLE", "S\u{C9}MPLE", 1);
        let latin: Vec<u8> = latin.chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(0xE9)).collect();
        for (bytes, part) in [(utf16(&text), "UTF-16"), (latin, "UTF-8")] {
            let error = read_inputs(&[Input { name: name.to_owned(), bytes }]).unwrap_err().to_string();
            assert!(error.contains(part), "{name}: {error}");
        }
    }
}

#[test]
fn a_list_in_xml_that_would_grow_is_an_error() {
    for name in XML {
        let text = String::from_utf8(input(name).bytes).unwrap();
        let (head, body) = text.split_once("?>").unwrap();
        let root = body.trim_start().trim_start_matches('<').split([' ', '>']).next().unwrap();
        let end = format!("</{root}>");
        for (doctype, part) in [
            ("[<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;\">]", "the entity &b;"),
            ("SYSTEM \"https://example.org/list.dtd\"", "the entity &b;"),
        ] {
            let bomb = format!("{head}?><!DOCTYPE {root} {doctype}>{body}");
            let bomb = bomb.replace(&end, &format!("<x><y>&b;</y></x>{end}"));
            let error = read_inputs(&[Input { name: name.to_owned(), bytes: bomb.into_bytes() }]).unwrap_err();
            assert!(error.to_string().contains(part), "{name}: {error}");
        }
    }
}

#[test]
fn an_ofac_file_cut_at_any_byte_is_an_error_beside_its_companions() {
    for names in [&SDN[..3], &CONSOLIDATED[..]] {
        for damaged in 0..names.len() {
            let inputs: Vec<Input> = names.iter().map(|name| input(name)).collect();
            for length in 0..whole(&inputs[damaged]) {
                let mut inputs = inputs.clone();
                inputs[damaged] = cut(&inputs[damaged], length);
                assert!(read_inputs(&inputs).is_err(), "{} accepted when cut at byte {length}", names[damaged]);
            }
        }
    }
}

#[test]
fn an_ofac_file_alone_cut_between_two_rows_is_read_with_a_warning() {
    let list = input(SDN[0]);
    for length in 0..whole(&list) {
        let Ok(readings) = read_inputs(&[cut(&list, length)]) else { continue };
        assert_eq!(list.bytes[length - 1], b'\n', "accepted when cut inside a row, at byte {length}");
        let warned = |f: &mihenk_lists::Finding| f.severity == Severity::High && f.found.as_str() == "no end mark";
        assert!(readings[0].findings.iter().any(warned));
    }
}

#[test]
fn a_comment_file_cut_inside_its_row_is_an_error() {
    let inputs: Vec<Input> = SDN.iter().map(|name| input(name)).collect();
    for length in 0..whole(&inputs[3]) {
        let mut inputs = inputs.clone();
        inputs[3] = cut(&inputs[3], length);
        assert!(read_inputs(&inputs).is_err(), "accepted when cut at byte {length}");
    }
}

#[test]
fn a_ftm_file_cut_inside_a_line_is_an_error() {
    let list = input("ftm.jsonl");
    for length in 0..whole(&list) {
        let is_ok = read_inputs(&[cut(&list, length)]).is_ok();
        let between_lines = length > 0 && (list.bytes[length - 1] == b'\n' || list.bytes[length] == b'\n');
        assert_eq!(is_ok, between_lines, "cut at byte {length}");
    }
}

#[test]
fn a_changed_byte_gives_a_reading_or_an_error() {
    let sets: [(&[&str], usize); 11] = [
        (&["un.xml"], 3),
        (&SDN, 3),
        (&CONSOLIDATED, 3),
        (&["ftm.jsonl"], 3),
        (&["ofac/consolidated.xml"], 17),
        (&["eu/fsf.xml"], 97),
        (&["eu/fsf.csv"], 97),
        (&["uk/sanctions.xml"], 97),
        (&["uk/sanctions.csv"], 97),
        (&["au/dfat.csv"], 37),
        (&["tr/6415-7.csv"], 17),
    ];
    for (names, step) in sets {
        for damaged in 0..names.len() {
            let inputs: Vec<Input> = names.iter().map(|name| input(name)).collect();
            for at in (0..inputs[damaged].bytes.len()).step_by(step) {
                for byte in [b'"', b'<', b',', 0xFF] {
                    let mut inputs = inputs.clone();
                    inputs[damaged].bytes[at] = byte;
                    let _ = read_inputs(&inputs);
                }
            }
        }
    }
}

proptest! {
    #[test]
    fn any_bytes_give_a_reading_or_an_error(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = read_inputs(&[Input { name: "x".to_owned(), bytes }]);
    }

    /// Bits turned over anywhere: every record of the damaged file is read, or a finding says that something is missing.
    #[test]
    fn every_record_of_a_damaged_file_is_accounted_for(
        which in 0usize..9,
        places in prop::collection::vec((any::<prop::sample::Index>(), 0u8..8), 1..4),
    ) {
        let names: [&[&str]; 9] = [
            &["un.xml"],
            &["ofac/sdn.csv", "ofac/alt.csv", "ofac/add.csv"],
            &["ftm.jsonl"],
            &["eu/fsf.xml"],
            &["uk/sanctions.xml"],
            &["ofac/sdn.xml"],
            &["ofac/sdn_advanced.xml"],
            &["ch/seco.xml"],
            &["ca/sema.xml"],
        ];
        let mut inputs: Vec<Input> = names[which].iter().map(|name| input(name)).collect();
        let bytes = &mut inputs[0].bytes;
        for (at, bit) in places {
            let at = at.index(bytes.len());
            bytes[at] ^= 1 << bit;
        }
        let text = String::from_utf8_lossy(bytes).into_owned();
        let rows = || text.lines().filter(|line| line.trim().len() > 1).count();
        let expected = match which {
            0 => text.matches("</INDIVIDUAL>").count() + text.matches("</ENTITY>").count(),
            3 => text.matches("</sanctionEntity>").count(),
            4 => text.matches("</Designation>").count(),
            5 => text.matches("</sdnEntry>").count(),
            6 => text.matches("</DistinctParty>").count(),
            7 => text.matches("</target>").count(),
            8 => text.matches("</record>").count(),
            _ => rows(),
        };
        if let Ok(readings) = read_inputs(&inputs) {
            let records: usize = readings.iter().map(|reading| reading.records).sum();
            let high = readings.iter().flat_map(|reading| &reading.findings).filter(|f| f.severity == Severity::High);
            prop_assert!(records + high.count() >= expected, "{records} records of {expected}:\n{text}");
        }
    }

    #[test]
    fn anything_in_place_of_a_piece_gives_a_reading_or_an_error(
        which in 0usize..16,
        at in any::<prop::sample::Index>(),
        length in 0usize..40,
        piece in "\\PC{0,20}|[<>/&;\"',{}:\\[\\]\r\n\u{1A}]{0,10}",
    ) {
        let (aliases, addresses) = (["ofac/alt.csv", "ofac/sdn.csv"], ["ofac/add.csv", "ofac/sdn.csv"]);
        let names: [&[&str]; 16] = [
            &["un.xml"],
            &SDN,
            &aliases,
            &addresses,
            &CONSOLIDATED,
            &["ftm.jsonl"],
            &["eu/fsf.xml"],
            &["eu/fsf.csv"],
            &["uk/sanctions.xml"],
            &["uk/sanctions.csv"],
            &["au/dfat.csv"],
            &["tr/6415-7.csv"],
            &["ofac/sdn.xml"],
            &["ofac/sdn_advanced.xml"],
            &["ch/seco.xml"],
            &["ca/sema.xml"],
        ];
        let mut inputs: Vec<Input> = names[which].iter().map(|name| input(name)).collect();
        let bytes = &mut inputs[0].bytes;
        let from = at.index(bytes.len());
        let to = bytes.len().min(from + length);
        bytes.splice(from..to, piece.bytes());
        let _ = read_inputs(&inputs);
    }
}
