//! Runs that are killed: what is in its place is whole, and the same command with `--resume` ends where an uninterrupted run ends,
//! byte for byte.

use std::{
    fs,
    path::Path,
    process::Stdio,
    time::{Duration, Instant},
};

use serde_json::Value;

use crate::world::{World, starter_list};

/// Customers of whom every seventh is listed, every eleventh cannot be asked, and every thirteenth has a value left out.
fn customers(count: usize) -> String {
    let mut text = "id,schema,name,birthDate,country\n".to_owned();
    for i in 0..count {
        let name = if i % 7 == 0 { format!("Qasem Soleimani {}", i % 3) } else { format!("Ingrid Solheim {i}") };
        let born = if i % 11 == 0 { "1990-02-31" } else { "1957-03-11" };
        let country = if i % 13 == 0 { "XX" } else { "ir" };
        text.push_str(&format!("{i},Person,{name},{born},{country}\n"));
    }
    text
}

/// Starts a run and kills it (SIGKILL) when so many records are answered.
fn killed(world: &World, arguments: &[&str], part: &Path, records: u64) {
    let mut child = world.command(arguments).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let state = part.with_file_name(format!("{}.json", part.file_name().unwrap().to_str().unwrap()));
    let start = Instant::now();
    loop {
        let done = fs::read(&state).ok().and_then(|bytes| serde_json::from_slice::<Value>(&bytes).ok());
        if done.is_some_and(|state| state["summary"]["records"].as_u64().unwrap() >= records) {
            break;
        }
        assert!(child.try_wait().unwrap().is_none(), "the run ended before it could be killed");
        assert!(start.elapsed() < Duration::from_secs(300), "the run does not get on");
        std::thread::sleep(Duration::from_millis(1));
    }
    child.kill().unwrap();
    child.wait().unwrap();
}

fn assert_goes_on(world: &World, out: &str, threads: &str) {
    let summary = format!("{out}.json");
    let whole = format!("whole.{out}");
    let run = |out: &str, summary: &str, threads: &str| {
        world.run(&["--threads", threads, "screen", "--batch", "q.csv", "--out", out, "--summary", summary]).done();
    };
    run(&whole, "whole.json", "2");
    let part = world.path(&format!("{out}.part"));
    let command = ["--threads", threads, "screen", "--batch", "q.csv", "--out", out, "--summary", &summary];
    killed(world, &command, &part, 2_000);
    assert!(!world.path(out).exists() && part.exists(), "what is not complete is not in its place");
    // Something was being written when it was killed.
    fs::write(&part, [&fs::read(&part).unwrap()[..], b"half a li"].concat()).unwrap();
    let again = [&command[..], &["--resume"]].concat();
    killed(world, &again, &part, 8_000);
    let said = world.run(&again).done();
    assert!(said.err.contains("note: going on behind "), "{}", said.err);
    assert!(fs::read(world.path(out)).unwrap() == fs::read(world.path(&whole)).unwrap(), "byte for byte");
    assert_eq!(world.read(&summary), world.read("whole.json"), "the summary is that of the whole");
    assert!(!part.exists());
    let left = fs::read_dir(world.path(".")).unwrap().flatten().map(|e| e.file_name().to_string_lossy().into_owned());
    assert_eq!(left.filter(|name| name.contains(".part")).count(), 0);
}

#[test]
fn a_run_that_was_killed_goes_on_to_the_same_bytes() {
    let world = World::starter();
    world.write("q.csv", customers(20_000));
    assert_goes_on(&world, "out.jsonl", "1");
}

#[test]
fn a_packed_file_goes_on_as_well() {
    let world = World::starter();
    world.write("q.csv", customers(20_000));
    assert_goes_on(&world, "out.csv.gz", "2");
}

#[test]
fn a_run_does_not_go_on_with_something_else() {
    let world = World::starter();
    world.write("q.csv", customers(20_000));
    let command = ["screen", "--batch", "q.csv", "--out", "out.jsonl"];
    let part = world.path("out.jsonl.part");
    killed(&world, &command, &part, 2_000);
    let again = |more: &[&str]| world.run(&[&command[..], &["--resume"], more].concat());
    again(&["--threshold", "0.8"]).refused(&["cannot be gone on with", "threshold (was 0.7, is 0.8)"]);
    again(&["--base-rate", "500"]).refused(&["base rate (was 1 in 1000, is 1 in 500)"]);
    again(&["--limit", "2"]).refused(&["limit (was 5, is 2)"]);
    again(&["--format", "csv"]).refused(&["format (was JsonLines, is Csv)"]);
    world.write("map.toml", "[columns]\nname = \"name\"\n");
    again(&["--map", "map.toml"]).refused(&["map (was none, is [columns]"]);
    let customers = world.read("q.csv");
    world.write("q.csv", customers.clone() + "x,Person,Ali,,\n");
    again(&[]).refused(&["input (was "]);
    world.write("q.csv", customers);
    // Another edition of the list.
    let list = fs::read_to_string(starter_list()).unwrap();
    let shorter = world.write("starter.jsonl", list.lines().skip(1).collect::<Vec<_>>().join("\n") + "\n");
    world.run(&["lists", "add", &shorter]).done();
    again(&[]).refused(&["list starter (was "]);
    world.run(&["lists", "add", starter_list().to_str().unwrap()]).done();
    // Another model, as far as the run that was interrupted says.
    let state = world.path("out.jsonl.part.json");
    let told = fs::read_to_string(&state).unwrap();
    let model = serde_json::from_str::<Value>(&told).unwrap()["terms"]["model"].as_str().unwrap().to_owned();
    fs::write(&state, told.replace(&model, "0123456789ab")).unwrap();
    again(&[]).refused(&["model (was 0123456789ab, is "]);
    fs::write(&state, "{").unwrap();
    again(&[]).refused(&["out.jsonl.part.json cannot be understood"]);
    fs::write(&state, told).unwrap();
    // Answers that are not those that were written.
    let good = fs::read(&part).unwrap();
    let mut bad = good.clone();
    bad[10] ^= 1;
    fs::write(&part, bad).unwrap();
    again(&[]).refused(&["the answers in it are not those that were written"]);
    fs::write(&part, &good[..100]).unwrap();
    again(&[]).refused(&["the answers in it are not those that were written"]);
    fs::write(&part, good).unwrap();
    again(&[]).done();
    let nothing = again(&[]).done();
    assert!(nothing.err.contains("no interrupted run left anything to go on with"), "{}", nothing.err);
}

#[test]
fn what_cannot_be_gone_on_with_says_so() {
    let world = World::starter();
    world.write("q.csv", customers(20_000));
    world.run(&["screen", "--batch", "q.csv", "--resume"]).refused(&["--resume needs a file"]);
    let from_input = ["screen", "--batch", "-", "--out", "o", "--resume"];
    world.run_with(&from_input, b"id,name\n1,Ali\n").refused(&["not standard input"]);
    killed(&world, &["screen", "--batch", "q.csv", "--out", "o"], &world.path("o.part"), 2_000);
    let anew = world.run(&["screen", "--batch", "q.csv", "--out", "o"]).done();
    assert!(anew.err.contains("it starts anew, since --resume was not given"), "{}", anew.err);
}
