//! Files that were cut, shuffled or changed on their way: a row or an error comes out, never a panic, and never a row less
//! in silence.

use std::io::Write;

use flate2::{Compression, write::GzEncoder};
use mihenk_tables::{Options, encoding};
use proptest::prelude::*;

use crate::{
    rows,
    workbook::{row, workbook},
};

fn csv() -> String {
    let mut text = "id;name;born;city\n".to_owned();
    for i in 0..200 {
        let name = ["Şükrü Yıldız", "\"Doe; John\"", "\"a \"\"b\"\" c\"", "Vera"][i % 4];
        text.push_str(&format!("{i};{name};19{:02}-01-02;\"two\nlines\"\n", i % 100));
    }
    text
}

fn json() -> String {
    let objects: Vec<String> =
        (0..200).map(|i| format!("{{\"id\": {i}, \"name\": \"Ali {{{i}}}\", \"aka\": [\"x\", \"y\"]}}")).collect();
    format!("[\n{}\n]\n", objects.join(",\n"))
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn sheet() -> Vec<u8> {
    let rows: String = (1..=200).map(|i| row(i, &[&format!("n{i}"), "Ali", "1990-01-02"])).collect();
    workbook(&[("S", &rows)], &["x"], "")
}

/// The file cut at every hundredth of its length.
fn cuts(whole: &[u8]) -> impl Iterator<Item = &[u8]> {
    (0..100).map(|percent| &whole[..whole.len() * percent / 100])
}

#[test]
fn csv_that_is_cut_loses_its_last_row_at_most() {
    let text = csv();
    for cut in cuts(text.as_bytes()).skip(2) {
        let (columns, rows) = rows(cut, &Options::default()).unwrap();
        assert_eq!(columns, ["id", "name", "born", "city"]);
        let bad = rows.iter().filter(|row| row.problem.is_some()).count();
        assert!(bad <= 2, "the row that was cut, and the rest of it: {bad}");
        let whole = rows.len() - bad;
        assert!(rows[..whole].iter().enumerate().all(|(i, row)| row.cells.get(0) == i.to_string()));
    }
}

#[test]
fn json_that_is_cut_says_so() {
    let text = json();
    for cut in cuts(text.as_bytes()).skip(1) {
        let (_, rows) = rows(cut, &Options::default()).unwrap();
        let (last, before) = rows.split_last().unwrap();
        assert!(last.problem.is_some());
        assert!(before.iter().enumerate().all(|(i, row)| row.problem.is_none() && row.cells.get(0) == i.to_string()));
    }
}

#[test]
fn what_is_packed_and_cut_is_refused() {
    for cut in cuts(&packed(csv().as_bytes())).skip(1).filter(|cut| cut.len() > 2) {
        assert!(rows(cut, &Options::default()).unwrap_err().to_string().contains("gzip file is cut"));
    }
    for cut in cuts(&sheet()).skip(1) {
        assert!(rows(cut, &Options::default()).is_err());
    }
}

#[test]
fn a_workbook_with_a_byte_changed_is_read_or_refused() {
    let whole = sheet();
    for at in (0..whole.len()).step_by(1 + whole.len() / 400) {
        for change in [0x01, 0x80, 0xFF] {
            let mut bytes = whole.clone();
            bytes[at] ^= change;
            if let Ok((_, rows)) = rows(&bytes, &Options::default()) {
                assert!(rows.len() <= 200);
            }
        }
    }
}

#[test]
fn sheets_with_broken_xml_are_refused_in_words() {
    let good = row(1, &["Name", "Born"]) + &row(2, &["Ali", "1990"]);
    for end in (0..good.len()).step_by(3) {
        let bytes = workbook(&[("S", &good[..end])], &[], "");
        if let Err(error) = rows(&bytes, &Options::default()) {
            assert!(error.to_string().starts_with("t: "));
        }
    }
}

#[test]
fn lines_in_any_order_are_the_same_rows() {
    let text = "id,name\n".to_owned() + &(0..50).map(|i| format!("{i},n{i}\n")).collect::<String>();
    let mut lines: Vec<&str> = text.lines().skip(1).collect();
    for round in 1..20 {
        let length = lines.len();
        (0..length).for_each(|i| lines.swap(i, i * round % length));
        let shuffled = format!("id,name\n{}\n", lines.join("\n"));
        let (_, rows) = rows(shuffled.as_bytes(), &Options::default()).unwrap();
        let found: Vec<String> = rows.iter().map(|r| format!("{},{}", r.cells.get(0), r.cells.get(1))).collect();
        assert_eq!(found, lines);
    }
}

#[test]
fn a_wrong_encoding_is_text_or_the_problem_of_its_row() {
    let text = csv();
    for (is, said) in
        [("windows-1254", "utf-8"), ("utf-8", "windows-1252"), ("utf-8", "utf-16le"), ("windows-1251", "windows-1256")]
    {
        let (bytes, ..) = encoding::named(is).unwrap().encode(&text);
        let options = Options { encoding: Some(encoding::named(said).unwrap()), ..Options::default() };
        match rows(&bytes, &options) {
            Ok((_, rows)) => assert!(rows.is_empty() || rows.len() >= 100, "{is} as {said}"),
            Err(error) => assert!(error.to_string().starts_with("t: "), "{is} as {said}"),
        }
    }
}

proptest! {
    #[test]
    fn any_bytes_are_a_table_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..300), head in "(PK\u{3}\u{4}|\\[\\{|a,b\n|)") {
        let _ = rows(&[head.as_bytes(), &bytes].concat(), &Options::default());
        let mut packed = packed(&bytes);
        let at = bytes.len() % packed.len();
        packed[at] ^= 0x55;
        let _ = rows(&packed, &Options::default());
    }
}
