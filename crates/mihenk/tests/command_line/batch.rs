//! `screen --batch` and `compare --batch`: one answer for each record, in order, the same bytes whatever the threads.
//!
//! In go small files as people and programs write them, JSON lines and CSV, with every kind of record that cannot be asked;
//! what comes out is compared line by line with what issue 3 promises.

use std::fmt::Write;

use serde_json::Value;

use crate::world::{World, json_lines};

fn query(id: &str, name: &str) -> String {
    format!("{{\"id\": {id}, \"schema\": \"Person\", \"properties\": {{\"name\": [\"{name}\"]}}}}\n")
}

/// The id of each line, as it is written.
fn ids(text: &str) -> Vec<String> {
    json_lines(text).iter().map(|v| v["id"].to_string()).collect()
}

#[test]
fn every_query_has_one_line_in_its_place_whatever_the_threads() {
    let world = World::starter();
    let names = ["Qasem Soleimani", "Ayman al-Zawahiri", "Elif Sarıkaya", "---", "Мохтар Бельмохтар"];
    let mut queries = String::new();
    for i in 0..2_500 {
        queries.push_str(&query(&i.to_string(), names[i % names.len()]));
    }
    world.write("q.jsonl", &queries);
    for threads in ["1", "2", "7"] {
        let out = format!("{threads}.jsonl");
        let said = world.run(&["--threads", threads, "screen", "--batch", "q.jsonl", "--out", &out]).done();
        assert_eq!(said.out, "", "results go to the file");
        assert!(said.err.contains("2,500 records, 1,500 with a match"), "{}", said.err);
        assert!(said.err.contains("500 could not be asked"), "{}", said.err);
    }
    let first = world.read("1.jsonl");
    assert_eq!(world.read("2.jsonl"), first);
    assert_eq!(world.read("7.jsonl"), first);
    assert_eq!(ids(&first), (0..2_500).map(|i| i.to_string()).collect::<Vec<_>>());
    let piped = world.run_with(&["screen", "--batch", "-", "--out", "-"], queries.as_bytes()).done();
    assert_eq!(piped.out, first, "through standard input and output");
}

#[test]
fn a_record_that_cannot_be_asked_is_answered_with_its_error_and_the_rest_goes_on() {
    let world = World::starter();
    let good = query("\"good\"", "Qasem Soleimani");
    let long = "x".repeat(1_000_000);
    let (open, close) = ("[".repeat(100_000), "]".repeat(100_000));
    let deep = format!("{{\"id\":\"deep\",\"schema\":\"Person\",\"properties\":{{\"name\":{open}{close}}}}}\n");
    let birth = good.replace("]}}", "], \"birthDate\": [\"1990-02-31\"]}}").replace("good", "birth");
    let rows: Vec<(&str, Vec<u8>, &str)> = vec![
        ("\"empty\"", query("\"empty\"", "").into(), "nothing to go by"),
        ("\"long\"", query("\"long\"", &long).into(), "field 'properties.name': a name of 1000000 bytes; at most 2000"),
        (
            "\"bytes\"",
            b"{\"id\":\"bytes\",\"schema\":\"Person\",\"properties\":{\"name\":\"\xFF\"}}\n".to_vec(),
            "not UTF-8",
        ),
        ("\"lone\"", query("\"lone\"", "\\ud800").into(), "not JSON: half of a surrogate pair"),
        ("\"titles\"", query("\"titles\"", "Dr. Prof.").into(), "field 'properties.name': 'Dr. Prof.' is nothing but"),
        ("\"birth\"", birth.into(), "field 'properties.birthDate': '1990-02-31' is not a day of the calendar"),
        ("\"kind\"", query("\"kind\"", "A").replace("Person", "Persn").into(), "did you mean 'Person'"),
        ("\"deep\"", deep.into(), "recursion limit"),
        ("null", b"[\"Ali\"]\n".to_vec(), "expected an object"),
        ("null", b"{\"id\": \n".to_vec(), "not JSON"),
        ("null", b"Ali\n".to_vec(), "not JSON"),
        ("1e999", query("1e999", "---").into(), "neither letters nor digits"),
        ("123456789012345678901", query("123456789012345678901", "").into(), "nothing to go by"),
    ];
    let mut file = good.clone().into_bytes();
    rows.iter().for_each(|(_, line, _)| file.extend(line));
    file.extend(good.as_bytes());
    world.write("q.jsonl", file);
    let said = world.run(&["screen", "--batch", "q.jsonl", "--out", "out.jsonl"]).done();
    let out = world.read("out.jsonl");
    let lines: Vec<&str> = out.lines().collect();
    assert_eq!(lines.len(), rows.len() + 2);
    for (i, (id, _, error)) in rows.iter().enumerate() {
        let expected = format!("{{\"id\":{id},\"results\":[],\"error\":\"line {}: ", i + 2);
        assert!(lines[i + 1].starts_with(&expected), "{}", &lines[i + 1][..200.min(lines[i + 1].len())]);
        assert!(lines[i + 1].contains(error), "{error}: {}", &lines[i + 1][..300.min(lines[i + 1].len())]);
        assert!(lines[i + 1].len() < 1_000, "an error stays short");
    }
    assert!(lines[0].contains("starter-qasem-soleimani"));
    assert_eq!(lines[rows.len() + 1], lines[0]);
    assert!(said.err.contains(&format!("{} could not be asked", rows.len())), "{}", said.err);
    assert!(said.err.contains("error: line 2: nothing to go by"), "{}", said.err);
}

#[test]
fn a_value_of_little_weight_costs_nobody_the_screening() {
    let world = World::starter();
    world.write(
        "q.jsonl",
        "{\"id\":\"a\",\"schema\":\"Person\",\"properties\":{\"name\":\"Qasem Soleimani\",\"country\":\"XX\",\
         \"passportNumber\":\"n/a\"}}\n{\"id\":\"b\",\"schema\":\"Person\",\"properties\":{\"name\":\"Qasem Soleimani\",\
         \"country\":\"\",\"gender\":null}}\n",
    );
    let said = world.run(&["screen", "--batch", "q.jsonl", "--out", "out.jsonl"]).done();
    assert!(said.err.contains("1 with a value that could not be read, 0 could not be asked"), "{}", said.err);
    let lines = json_lines(&world.read("out.jsonl"));
    let warnings = lines[0]["warnings"].as_array().unwrap();
    assert!(warnings[0].as_str().unwrap().starts_with("field 'properties.country': 'XX' is not a country"));
    assert!(warnings[1].as_str().unwrap().starts_with("field 'properties.passportNumber': 'n/a' is not a number"));
    assert!(lines[1].get("warnings").is_none(), "an empty value is absent");
    assert!(lines.iter().all(|l| l["results"][0]["id"] == "starter-qasem-soleimani"));
}

#[test]
fn csv_is_read_as_people_write_it() {
    let world = World::starter();
    let mut expected: Option<Vec<Value>> = None;
    for (separator, end, mark) in [(',', "\n", ""), (';', "\r\n", "\u{FEFF}"), ('\t', "\n", "")] {
        let mut file = mark.to_owned();
        for row in [
            ["Customer ID", "Kind", "Full name", "Date of birth", "Country"],
            ["007", "person", "Qasem Soleimani", "1957-03-11", "Iran"],
            ["x y", "vessel", "\"SEA, LAVENDER\"", "", "PA"],
            ["", "person", "Elif Sarıkaya", "1984", "TR"],
        ] {
            write!(file, "{}{end}", row.join(&separator.to_string())).unwrap();
        }
        world.write("q.csv", &file);
        world.run(&["screen", "--batch", "q.csv", "--out", "out.jsonl"]).done();
        let lines = json_lines(&world.read("out.jsonl"));
        let ids: Vec<&str> = lines.iter().map(|l| l["id"].as_str().unwrap()).collect();
        assert_eq!(ids, ["007", "x y", "4"], "the line's number stands in for a missing id");
        assert_eq!(lines[0]["results"][0]["id"], "starter-qasem-soleimani");
        assert!(lines.iter().all(|l| l.get("error").is_none()));
        assert_eq!(expected.get_or_insert_with(|| lines.clone()), &lines);
    }
}

#[test]
fn csv_out_has_one_row_for_each_record() {
    let world = World::starter();
    world.write(
        "q.csv",
        "id,schema,name,country\n1,Person,Qasem Soleimani,ir\n2,Person,\"Qasem Soleimani\n3,Person,Dr.,ir\n4,Person,A,B,C\n\
         5,Person,Ali\n6,Person,Qasem Soleimani,XX\n7,Pirson,Ali,ir\n",
    );
    let said = world.run(&["screen", "--batch", "q.csv", "--out", "out.csv"]).done();
    assert!(said.err.contains("7 records"), "{}", said.err);
    let out = world.read("out.csv");
    let lines: Vec<&str> = out.lines().collect();
    assert_eq!(
        lines[0],
        "id,hits,entity,caption,schema,score,match,probability,bits,explanation,others,warnings,error"
    );
    assert_eq!(lines.len(), 8);
    for (i, line) in lines.iter().enumerate().skip(1) {
        assert!(line.starts_with(&format!("{i},")), "{line}");
    }
    assert!(lines[1].starts_with("1,1,starter-qasem-soleimani,Qasem Soleimani,Person,0."));
    for (line, error) in [
        (2, "line 3: a quote is not closed"),
        (3, "line 4: field 'properties.name': 'Dr.' is nothing but titles"),
        (4, "line 5: the row has 5 cells, the first row has 4; a cell that contains the separator stands in quotes"),
        (5, "line 6: the row has 3 cells, the first row has 4"),
        (7, "line 8: column 'schema': 'Pirson' is not a FollowTheMoney schema"),
    ] {
        assert!(lines[line].contains(error), "{}", lines[line]);
    }
    assert!(lines[6].contains("starter-qasem-soleimani") && lines[6].contains("'XX' is not a country"), "{}", lines[6]);
}

#[test]
fn hits_of_a_batch_end_with_the_code_that_is_asked_for() {
    let world = World::starter();
    world.write("hit.jsonl", query("1", "Qasem Soleimani"));
    world.write("none.jsonl", query("1", "Ingrid Solheim") + &query("2", "---"));
    let code = |arguments: &[&str]| world.run(arguments).code;
    assert_eq!(code(&["screen", "--batch", "hit.jsonl", "--out", "o", "--fail-on-hit"]), 1);
    assert_eq!(code(&["screen", "--batch", "hit.jsonl", "--out", "o"]), 0);
    assert_eq!(code(&["screen", "--batch", "none.jsonl", "--out", "o", "--fail-on-hit"]), 0);
}

#[test]
fn pairs_are_compared_and_their_columns_kept() {
    let world = World::new();
    let csv = "\u{FEFF}case,schema,name1,name2\r\n7,Person,Hossein Zolfaqari,حسین ذوالفقاری\r\n8,Person,Ali,\r\n";
    world.write("pairs.csv", csv);
    let said = world.run(&["compare", "--batch", "pairs.csv", "--out", "out.csv"]).done();
    assert!(said.err.contains("2 pairs compared, 1 at or above 0.70, 1 could not be compared"), "{}", said.err);
    let out = world.read("out.csv");
    let lines: Vec<&str> = out.lines().collect();
    assert_eq!(lines[0], "case,schema,name1,name2,score,probability,bits,error");
    assert!(lines[1].starts_with("7,Person,Hossein Zolfaqari,حسین ذوالفقاری,0."), "{}", lines[1]);
    assert_eq!(lines[2], "8,Person,Ali,,,,,name2 is empty");
    let piped = world.run_with(&["compare", "--batch", "-", "--out", "-"], csv.as_bytes()).done();
    assert_eq!(piped.out, out);
}
