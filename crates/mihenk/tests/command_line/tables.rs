//! Tables of every form, as lists and as batches: what is written as CSV, as a workbook, as JSON, packed or in an old encoding
//! gives the same answers; and what is said of it.

use std::io::{Read, Write};

use flate2::{Compression, read::MultiGzDecoder, write::GzEncoder};
use serde_json::Value;

use crate::world::{World, json_lines};

const CSV: &str =
    "Müşteri No;Adı Soyadı;Doğum Tarihi;Uyruğu\n1;Qasem Soleimani;11/03/1957;İran\n2;Şükrü Yıldız;25/12/1990;Türkiye\n";

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn unpacked(bytes: &[u8]) -> String {
    let mut out = String::new();
    MultiGzDecoder::new(bytes).read_to_string(&mut out).unwrap();
    out
}

#[test]
fn a_table_gives_the_same_answers_in_every_form() {
    let world = World::starter();
    let utf_16: Vec<u8> = CSV.encode_utf16().flat_map(u16::to_le_bytes).collect();
    // ü, ş, ı, ğ, Ş, İ and Y as Windows-1254 has them; the other letters are those of ASCII.
    let byte = |c: char| match c {
        'ş' => 0xFE,
        'ı' => 0xFD,
        'ğ' => 0xF0,
        'Ş' => 0xDE,
        'İ' => 0xDD,
        c => u8::try_from(c).unwrap(),
    };
    let old: Vec<u8> = CSV.chars().map(byte).collect();
    let json = "[{\"Müşteri No\": 1, \"Adı Soyadı\": \"Qasem Soleimani\", \"Doğum Tarihi\": \"1957-03-11\", \"Uyruğu\": \"İran\"},\n\
                {\"Müşteri No\": 2, \"Adı Soyadı\": \"Şükrü Yıldız\", \"Doğum Tarihi\": \"1990-12-25\", \"Uyruğu\": [\"Türkiye\"]}]";
    world.copy("testdata/tables/customers.xlsx", "in.xlsx");
    let xlsx = std::fs::read(world.path("in.xlsx")).unwrap();
    let mut answers: Option<Vec<Value>> = None;
    for (name, bytes) in [
        ("utf8.csv", CSV.as_bytes().to_vec()),
        ("utf16.csv", [&b"\xFF\xFE"[..], &utf_16].concat()),
        ("old.csv", old),
        ("tab.tsv", CSV.replace(';', "\t").into_bytes()),
        ("packed.csv.gz", packed(CSV.as_bytes())),
        ("list.json", json.as_bytes().to_vec()),
        ("lines.jsonl", json.trim_matches(['[', ']']).replace("},\n", "}\n").into_bytes()),
        ("book.xlsx", xlsx.clone()),
        ("book.gz", packed(&xlsx)),
    ] {
        world.write(name, bytes);
        world.run(&["screen", "--batch", name, "--out", "out.jsonl"]).done();
        let lines = json_lines(&world.read("out.jsonl"));
        assert_eq!(lines.len(), 2, "{name}");
        assert_eq!(lines[0]["results"][0]["id"], "starter-qasem-soleimani", "{name}");
        assert!(
            lines.iter().all(|line| line.get("error").is_none() && line.get("warnings").is_none()),
            "{name}: {lines:?}"
        );
        assert_eq!(answers.get_or_insert_with(|| lines.clone()), &lines, "{name}");
    }
}

#[test]
fn what_is_understood_beyond_headings_is_said() {
    let world = World::starter();
    world.write("q.csv", CSV.replace("Müşteri No", "x"));
    let said = world.run(&["screen", "--batch", "q.csv", "--out", "out.jsonl"]).done();
    assert!(said.err.contains("note: dates in numbers are read day first"), "{}", said.err);
    assert!(said.err.contains("note: column 'x' is not understood"), "{}", said.err);
    assert_eq!(json_lines(&world.read("out.jsonl"))[1]["id"], "3", "the line's number stands in for an id");
}

#[test]
fn a_map_says_what_columns_hold() {
    let world = World::starter();
    world.write("q.csv", "A;B;C;D\nk1;Qasem Soleimani;11.03.57;P\nk2;Acme;;F\nk3;Ali;;?\n");
    world.write(
        "map.toml",
        "id = \"A\"\nkind = \"D\"\ncountry = \"ir\"\n[kinds]\nP = \"Person\"\nF = \"Company\"\n[columns]\nname = \"B\"\n",
    );
    world.run(&["screen", "--batch", "q.csv"]).refused(&["the first row names no column", "mihenk lists map FILE"]);
    let said = world.run(&["screen", "--batch", "q.csv", "--map", "map.toml", "--out", "out.jsonl"]).done();
    let lines = json_lines(&world.read("out.jsonl"));
    assert_eq!((&lines[0]["id"], &lines[0]["results"][0]["id"]), (&"k1".into(), &"starter-qasem-soleimani".into()));
    assert!(lines[2]["error"].as_str().unwrap().starts_with("line 4: column 'schema': '?' is no kind that is known"));
    assert!(said.err.contains("note: column 'C' is not understood"), "{}", said.err);
    world.write("wrong.toml", "[columns]\nname = \"Z\"\n");
    let wrong = ["screen", "--batch", "q.csv", "--map", "wrong.toml"];
    world.run(&wrong).refused(&["q.csv: the map names 'Z', which the table does not have; it has 'A', 'B', 'C', 'D'"]);
    world.write("bad.toml", "[columns]\nname = \n");
    world.run(&["screen", "--batch", "q.csv", "--map", "bad.toml"]).refused(&["bad.toml: line 2: "]);
}

#[test]
fn a_proposed_map_makes_a_list_that_is_screened() {
    let world = World::new();
    world.write("own.csv", CSV.to_owned() + "3;;01/01/1990;\n");
    let proposed = world.run(&["lists", "map", "own.csv"]).done();
    world.write("own.toml", &proposed.out);
    assert!(proposed.out.contains("name = \"Adı Soyadı\"   # by its heading"), "{}", proposed.out);
    let added = world.run(&["lists", "add", "own.csv", "--map", "own.toml"]).done();
    assert!(added.out.contains("2 records: 2 entities (2 Person)"), "{}", added.out);
    let hit = &world.run(&["screen", "Sukru Yildiz", "--born", "1990-12-25", "--json"]).done().json()[0];
    assert_eq!((&hit["results"][0]["id"], &hit["results"][0]["match"]), (&"own-2".into(), &true.into()));
    let shown = world.run(&["lists", "show", "--json"]).done().json().remove(0);
    let findings = shown[0]["findings"].to_string();
    assert!(findings.contains("own.csv: line 4, 3: neither a name nor a number; the row was not read"), "{findings}");
    world.copy("testdata/tables/customers.xlsx", "own.xlsx");
    world.write("book.toml", world.run(&["lists", "map", "own.xlsx"]).done().out);
    let book = world.run(&["lists", "add", "own.xlsx", "--map", "book.toml"]).done();
    assert!(book.out.contains("2 records: 2 entities (2 Person)"), "{}", book.out);
    world.run(&["lists", "add", "own.csv"]).refused(&["if it is your own, write a map for it"]);
    world.run(&["lists", "add", "own.csv", "own.csv", "--map", "own.toml"]).refused(&["give one file with --map"]);
}

#[test]
fn answers_are_packed_or_not_by_their_ending() {
    let world = World::starter();
    world.write("q.csv", CSV);
    world.run(&["screen", "--batch", "q.csv", "--out", "out.csv"]).done();
    world.run(&["screen", "--batch", "q.csv", "--out", "out.csv.gz"]).done();
    world.run(&["screen", "--batch", "q.csv", "--out", "out.txt", "--format", "csv"]).done();
    let csv = world.read("out.csv");
    assert!(csv.starts_with("id,hits,entity,"));
    assert_eq!(unpacked(&std::fs::read(world.path("out.csv.gz")).unwrap()), csv);
    assert_eq!(world.read("out.txt"), csv);
}

#[test]
fn a_summary_counts_and_places() {
    let world = World::starter();
    world.write(
        "q.csv",
        "id,schema,name,country\n1,Person,Qasem Soleimani,ir\n2,Person,Ingrid Solheim,no\n3,Person,\n4,Pirson,A,\n",
    );
    let said = world.run(&["screen", "--batch", "q.csv", "--out", "o", "--summary", "s.json"]).done();
    let summary: Value = serde_json::from_str(&world.read("s.json")).unwrap();
    for (key, value) in
        [("queries", 4), ("with_a_match", 1), ("without_a_hit", 1), ("could_not_be_asked", 2), ("hits", 1)]
    {
        assert_eq!(summary[key], value, "{key}: {summary}");
    }
    assert_eq!(summary["hits_by_list"]["starter"], 1);
    assert_eq!(
        summary["hits_by_probability"].as_array().unwrap().iter().map(|b| b["hits"].as_u64().unwrap()).sum::<u64>(),
        1
    );
    assert_eq!(summary["unread"][0]["place"], "line 4");
    assert_eq!(summary["unread"][1]["what"].as_str().unwrap().split(':').next(), Some("column 'schema'"));
    assert_eq!((&summary["lists"][0]["dataset"], &summary["input"]), (&"starter".into(), &"q.csv".into()));
    assert!(said.err.contains("hits by list: starter 1"), "{}", said.err);
    let over = |summary: &str| world.run(&["screen", "--batch", "q.csv", "--out", "o", "--summary", summary]);
    over("q.csv").refused(&["q.csv is read and cannot be written"]);
    over("o").refused(&["--out and --summary are both o"]);
}

#[test]
fn what_unpacks_without_end_is_refused_and_leaves_nothing() {
    let world = World::starter();
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(b"id,name\n").unwrap();
    (0..300).for_each(|_| encoder.write_all(&[b'x'; 1 << 20]).unwrap());
    world.write("bomb.csv.gz", encoder.finish().unwrap());
    world.run(&["screen", "--batch", "bomb.csv.gz", "--out", "out.csv"]).refused(&["which no table does"]);
    assert!(!world.path("out.csv").exists() && !world.path("out.csv.part").exists());
    world.write("cut.csv.gz", &packed(CSV.repeat(200).as_bytes())[..100]);
    world.run(&["screen", "--batch", "cut.csv.gz", "--out", "out.csv"]).refused(&["the gzip file is cut"]);
}
