//! Tables of the user's own, spoiled on their way: cut at every hundredth, shuffled, in another encoding, with ids and
//! headings that stand twice. Every row is a record or a finding, whatever was done to the file.

use mihenk_lists::{
    Error, Finding, Input, Reading, Severity,
    own::{Map, read_own_input},
    read_inputs,
};

const MAP: &str = "dataset = \"own\"\nid = \"No\"\nschema = \"Person\"\n[columns]\nname = \"Name\"\nbirthDate = \"Born\"\nnationality = \"Country\"\n";

fn table() -> String {
    let mut text = "No;Name;Born;Country\n".to_owned();
    for i in 0..150 {
        text.push_str(&format!("{i};Şükrü \"{i}\" Yıldız;19{:02}-03-04;tr\n", i % 100));
    }
    text
}

fn read(bytes: &[u8], map: &str) -> Result<Reading, Error> {
    read_own_input(&Input { name: "own.csv".to_owned(), bytes: bytes.to_vec() }, &Map::parse(map).expect("a good map"))
}

/// Rows that were not read.
fn lost(reading: &Reading) -> Vec<&Finding> {
    reading.findings.iter().filter(|finding| finding.severity == Severity::High).collect()
}

#[test]
fn every_row_of_a_table_that_was_cut_is_a_record_or_a_finding() {
    let text = table();
    for percent in 1..=100 {
        let cut = &text.as_bytes()[..text.len() * percent / 100];
        let rows = cut.split(|&b| b == b'\n').filter(|line| !line.is_empty()).count() - 1;
        match read(cut, MAP) {
            Ok(reading) => {
                assert_eq!(reading.records + lost(&reading).len(), rows, "{percent} %");
                assert!(lost(&reading).len() <= 1, "only the row that was cut");
            }
            Err(Error::NoRecords { .. } | Error::Map { .. }) => assert!(rows <= 1),
            Err(other) => panic!("{other}"),
        }
    }
}

#[test]
fn the_order_of_rows_changes_nothing_but_the_order() {
    let text = table();
    let (head, body) = text.split_once('\n').unwrap();
    let mut lines: Vec<&str> = body.lines().collect();
    let sorted = |reading: &Reading| {
        let mut all: Vec<String> = reading.entities.iter().map(|e| serde_json::to_string(e).unwrap()).collect();
        all.sort();
        all
    };
    let whole = sorted(&read(text.as_bytes(), MAP).unwrap());
    for step in [7, 11, 149] {
        (0..lines.len()).for_each(|i| lines.swap(i, i * step % 150));
        let shuffled = format!("{head}\n{}\n", lines.join("\n"));
        assert_eq!(sorted(&read(shuffled.as_bytes(), MAP).unwrap()), whole);
    }
}

#[test]
fn an_old_encoding_is_read_and_said() {
    // Ş is 0xDE, ü 0xFC, ı 0xFD in Windows-1254.
    let byte = |c: char| match c {
        'Ş' => 0xDE,
        'ı' => 0xFD,
        c => u8::try_from(c).unwrap(),
    };
    let bytes: Vec<u8> = table().chars().map(byte).collect();
    let reading = read(&bytes, MAP).unwrap();
    assert_eq!(reading.entities[0].first("name"), Some("Şükrü \"0\" Yıldız"));
    assert!(reading.findings[0].to_string().contains("the text is in windows-1254"), "{}", reading.findings[0]);
    let wrong = read(&bytes, &format!("encoding = \"utf-8\"\n{MAP}"));
    assert!(matches!(wrong, Err(Error::NoRecords { .. })), "each row has a byte that is no UTF-8");
}

#[test]
fn json_and_duplicated_ids_and_headings_are_read() {
    let json = "[{\"No\": 1, \"Name\": [\"Ali\", \"Ali B.\"]},\n{\"No\": 1, \"Born\": \"1990\"},\n{\"No\": 2, \"Name\": \"\\ud800\"}, {\"No\": 3, \"Name\": \"Vera\", \"Country\": \"tr\"}]";
    let reading = read(json.as_bytes(), MAP).unwrap();
    assert_eq!(reading.entities[0].values("name"), ["Ali", "Ali B."]);
    assert_eq!(reading.entities[0].first("birthDate"), Some("1990"));
    assert!(lost(&reading)[0].to_string().contains("line 3: field 'Name': half of a surrogate pair"));
    assert_eq!(reading.records, 2);
    let twice = read(b"No,Name,Name,Born,Country\n1,Ali,Ali B.,,\n", MAP).unwrap();
    assert_eq!(twice.entities[0].values("name"), ["Ali", "Ali B."]);
}

#[test]
fn a_map_that_does_not_fit_is_refused() {
    let error = read(b"id,name\n1,Ali\n", MAP).unwrap_err().to_string();
    assert_eq!(
        error,
        "own.csv: the map names 'Born', 'Country', 'No', which the table does not have; it has 'id', 'name'"
    );
}

#[test]
fn the_simplified_csv_of_opensanctions_needs_no_map() {
    let text = "\"id\",\"schema\",\"name\",\"aliases\",\"birth_date\",\"countries\",\"addresses\",\"identifiers\",\"sanctions\",\"phones\",\
                \"emails\",\"dataset\",\"first_seen\",\"last_seen\",\"last_change\"\n\
                \"x-1\",\"Person\",\"Ali Example\",\"Ali E.\",\"1957\",\"ir\",\"\",\"\",\"P\",\"\",\"\",\"L\",\"\",\"\",\"\"\n";
    let input = Input { name: "targets.simple.csv".to_owned(), bytes: text.as_bytes().to_vec() };
    let reading = read_inputs(&[input]).unwrap().remove(0);
    assert_eq!((reading.records, reading.entities.len(), reading.dataset.as_str()), (1, 2, "l"));
    for percent in 0..100 {
        let cut = Input {
            name: "targets.simple.csv".to_owned(),
            bytes: text.as_bytes()[..text.len() * percent / 100].to_vec(),
        };
        if let Ok(readings) = read_inputs(&[cut]) {
            assert!(readings[0].records + lost(&readings[0]).len() > 0);
        }
    }
}
