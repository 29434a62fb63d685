//! `mihenk screen` and `mihenk compare` of one record: options, streams, exit codes.
//!
//! Records come from the options, answers are looked at as scripts do: JSON on standard output, everything else on standard
//! error, and how it ended in the exit code.

use crate::world::{World, starter_list};

#[test]
fn a_listed_name_is_found_with_its_evidence() {
    let world = World::starter();
    let said = world
        .run(&["screen", "Qasem Soleimani", "--born", "1957", "--country", "ir", "--schema", "Person", "--json"])
        .done();
    assert_eq!(said.err.lines().count(), 1, "only that the list is a sample: {}", said.err);
    let answer = &said.json()[0];
    let hit = &answer["results"][0];
    assert_eq!((hit["id"].as_str(), hit["match"].as_bool()), (Some("starter-qasem-soleimani"), Some(true)));
    for field in ["id", "caption", "schema", "score", "match", "probability", "bits", "explanation"] {
        assert!(!hit[field].is_null(), "{field}");
    }
    let hundredths = |v: &serde_json::Value| (v["bits"].as_f64().unwrap() * 100.0).round() as i64;
    let sum: i64 = hit["explanation"].as_array().unwrap().iter().map(hundredths).sum();
    assert_eq!(sum, hundredths(hit), "the lines add up");
    for field in ["base_rate", "model", "lists"] {
        assert!(!answer[field].is_null(), "an answer names its {field}");
    }
    assert!(answer["warnings"].is_null(), "nothing was left out");
}

#[test]
fn a_number_finds_its_entity_whatever_the_name() {
    let world = World::starter();
    for arguments in [
        &["screen", "SEA LAVENDER", "--schema", "Vessel", "--imo", "IMO 9116412"][..],
        &["screen", "--with", "imoNumber=9116412"],
    ] {
        let said = world.run(&[arguments, &["--json"]].concat()).done();
        assert_eq!(said.json()[0]["results"][0]["id"], "starter-adrian-darya-1");
    }
}

#[test]
fn exit_codes_say_how_it_ended() {
    let world = World::starter();
    let code = |arguments: &[&str]| world.run(arguments).code;
    assert_eq!(code(&["screen", "Qasem Soleimani"]), 0);
    assert_eq!(code(&["screen", "Qasem Soleimani", "--fail-on-hit"]), 1);
    assert_eq!(code(&["screen", "Elif Sarıkaya", "--born", "1984", "--fail-on-hit"]), 0);
    assert_eq!(code(&["compare", "Ali Reza", "Ali Reza", "--fail-on-hit"]), 1);
    assert_eq!(code(&["compare", "Ali Reza", "Ingrid Solheim", "--fail-on-hit"]), 0);
    for wrong in [
        &["screen"][..],
        &["screen", ""],
        &["screen", "---"],
        &["screen", "Dr. Prof.", "--schema", "Person"],
        &["screen", "Ali", "--schema", "Pirson"],
        &["screen", "Ali", "--born", "1990-02-31"],
        &["screen", "Ali", "--limit", "0"],
        &["screen", "Ali", "--threshold", "1.5"],
        &["screen", "Ali", "--with", "colour=red"],
        &["screen", "Ali", "--batch", "x.csv"],
        &["screen", "Ali", "--no-such-option"],
        &["compare", "Ali"],
        &["compare", "Ali", ""],
        &["nonsense"],
        &["--model", "missing.bin", "screen", "Ali"],
    ] {
        assert_eq!(code(wrong), 2, "{wrong:?}");
    }
    for right in [&["--help"][..], &["--version"], &["help", "screen"]] {
        assert_eq!(code(right), 0, "{right:?}");
    }
}

#[test]
fn a_value_that_cannot_be_read_is_left_out_aloud() {
    let world = World::starter();
    let said =
        world.run(&["screen", "Qasem Soleimani", "--country", "XX", "--gender", "?", "--passport", "n/a", "--json"]);
    let said = said.done();
    let warnings = said.json()[0]["warnings"].as_array().unwrap().len();
    assert_eq!((warnings, said.err.matches("warning: field").count()), (3, 3), "{}", said.err);
    assert_eq!(said.json()[0]["results"][0]["id"], "starter-qasem-soleimani");
    let empty = world.run(&["screen", "Qasem Soleimani", "--country", "", "--json"]).done();
    assert!(empty.json()[0]["warnings"].is_null(), "an empty value is absent");
}

#[test]
fn a_list_file_serves_for_one_run() {
    let world = World::new();
    let list = starter_list();
    let said = world.run(&["--data", list.to_str().unwrap(), "screen", "Qasem Soleimani", "--json"]).done();
    assert_eq!(said.json()[0]["results"][0]["id"], "starter-qasem-soleimani");
    assert!(said.err.contains("not a screening list"), "it is the sample, and says so: {}", said.err);
    assert!(!world.path("data").exists(), "nothing is kept");
}

#[test]
fn nothing_in_a_name_disturbs_the_terminal() {
    let world = World::starter();
    let said = world.run(&["screen", "\u{202E}Qasem\u{200B} Soleimani\u{1b}[31m\u{7}", "--schema", "Person"]).done();
    assert!(said.out.contains("starter-qasem-soleimani"), "what is hidden in a name does not hide it: {}", said.out);
    assert!(!said.out.contains(['\u{1b}', '\u{7}', '\u{202E}']));
}

#[test]
#[cfg(unix)]
fn a_reader_that_stops_ends_us_quietly() {
    use std::process::Stdio;
    let world = World::starter();
    let lines = "{\"schema\":\"Person\",\"properties\":{\"name\":[\"Qasem Soleimani\"]}}\n".repeat(1_000);
    let batch = world.write("many.jsonl", lines);
    for arguments in [&["demo"][..], &["screen", "--batch", &batch], &["lists", "show", "--json"], &["model", "show"]] {
        let mut child = world.command(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        let err = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(0), "{arguments:?}: {err}");
        assert!(!err.contains("error") && !err.contains("panicked"), "{arguments:?}: {err}");
    }
}
