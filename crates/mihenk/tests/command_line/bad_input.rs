//! Files and places that are wrong: each is refused in words, and nothing is lost by it.
//!
//! The last tests are a small fuzz loop over the whole program: good files with pieces changed, cut and joined, from a
//! fixed seed. Whatever comes in, every record has one answer, and the program never panics ([`World::run`] looks).

use std::fs;

use crate::world::{Said, World, json_lines};

const QUERY: &str = "{\"id\":\"1\",\"schema\":\"Person\",\"properties\":{\"name\":[\"Qasem Soleimani\"]}}\n";

#[test]
fn an_output_is_whole_or_absent() {
    let world = World::starter();
    world.write("q.jsonl", QUERY);
    let screen = |batch: &str, out: &str| world.run(&["screen", "--batch", batch, "--out", out]);
    screen("q.jsonl", "q.jsonl").refused(&["q.jsonl is read and cannot be written at the same time"]);
    screen("q.jsonl", &world.text("./q.jsonl")).refused(&["is read and cannot be written"]);
    assert_eq!(world.read("q.jsonl"), QUERY, "and it is still there");
    let about = ["screen", "--batch", "q.jsonl", "--born", "1957"];
    world.run(&about).refused(&["cannot be used with", "--born"]);
    screen("q.jsonl", "no/such/folder/out.jsonl").refused(&["out.jsonl cannot be written: there is no folder no/such"]);
    screen("q.jsonl", ".").refused(&["is a folder"]);
    screen(".", "out.jsonl").refused(&["is a folder"]);
    screen("missing.jsonl", "out.jsonl").refused(&["missing.jsonl cannot be read", "No such file"]);
    world.write("pairs.csv", "schema,name1,name2\nPerson,Ali,Ali\n");
    world.run(&["compare", "--batch", "pairs.csv", "--out", "pairs.csv"]).refused(&["cannot be written at the same"]);
    fs::write(world.path("out.jsonl"), "what was there before").unwrap();
    for (name, bytes, words) in [
        ("empty", &b""[..], "the file is empty; expected JSON lines"),
        ("blank", b" \n\r\n\xEF\xBB\xBF", "the file is empty"),
        ("prose", b"Dear Sir,\nplease find\n", "the first row names no column with a name or a number"),
        ("old", b"\xD0\xCF\x11\xE0\xA1\xB1", "an old Office document, or one with a password; save it as XLSX"),
        ("archive", b"PK\x03\x04\x00\xFF\xFF", "the file is damaged or cut"),
        ("page", b"<html><table>", "markup (HTML or XML), no table"),
        ("quote", b"\"id,name\n1,Ali\n", "line 1: a quote is not closed"),
    ] {
        world.write(name, bytes);
        screen(name, "out.jsonl").refused(&[name, words]);
        assert_eq!(world.read("out.jsonl"), "what was there before");
    }
    let left: Vec<String> = fs::read_dir(world.path("."))
        .unwrap()
        .flatten()
        .map(|e| e.file_name().to_string_lossy().into_owned())
        .filter(|name| name.ends_with(".part"))
        .collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
#[cfg(unix)]
fn an_output_may_be_a_device() {
    let world = World::starter();
    world.write("q.jsonl", QUERY);
    world.run(&["screen", "--batch", "q.jsonl", "--out", "/dev/null"]).done();
    let said = world.run(&["screen", "--batch", "q.jsonl", "--out", "/dev/stdout"]).done();
    assert_eq!(json_lines(&said.out).len(), 1);
    let full = world.run(&["screen", "--batch", "q.jsonl", "--out", "/dev/full"]);
    assert_eq!(full.code, 2);
    assert!(full.err.contains("the output cannot be written"), "{}", full.err);
}

#[test]
fn a_damaged_data_folder_is_named() {
    let world = World::starter();
    let data = world.path("data");
    let list = fs::read_dir(data.join("lists/starter")).unwrap().flatten().next().unwrap().path();
    let spoil = |path: &std::path::Path, bytes: &[u8], words: &[&str]| {
        let good = fs::read(path).unwrap();
        fs::write(path, bytes).unwrap();
        world.run(&["screen", "Ali"]).refused(words);
        fs::write(path, good).unwrap();
    };
    spoil(&data.join("current.json"), b"{", &["current.json is damaged", "load the lists again"]);
    spoil(&list.join("about.json"), b"[]", &["about.json is damaged"]);
    fs::remove_dir_all(data.join("index")).unwrap();
    let mut entities = fs::read(list.join("entities.jsonl")).unwrap();
    entities[300] ^= 1;
    spoil(&list.join("entities.jsonl"), &entities, &["entities.jsonl is damaged: its content is not the one"]);
    world.run(&["screen", "Ali"]).done();
    world.write("model.bin", "no model");
    world.run(&["--model", "model.bin", "screen", "Ali"]).refused(&["model.bin"]);
}

/// A generator that gives the same numbers everywhere (xorshift).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % sides as u64) as usize
    }

    /// A file with a few places changed, cut out, or taken from another place.
    fn spoiled(&mut self, good: &[u8]) -> Vec<u8> {
        let mut bytes = good.to_vec();
        for _ in 0..1 + self.roll(8) {
            if bytes.is_empty() {
                break;
            }
            let (at, len) = (self.roll(bytes.len()), self.roll(40));
            let end = (at + len).min(bytes.len());
            match self.roll(5) {
                0 => bytes[at] = self.roll(256) as u8,
                1 => drop(bytes.drain(at..end)),
                2 => bytes[at] = b"\"\\,\n{}[]:<>&\0\xFF"[self.roll(14)],
                3 => {
                    let piece = bytes[at..end].to_vec();
                    let to = self.roll(bytes.len());
                    bytes.splice(to..to, piece);
                }
                _ => bytes.truncate(bytes.len() - self.roll(bytes.len() / 4 + 1)),
            }
        }
        bytes
    }
}

/// A file that is refused is refused in words; another has an answer for each record.
fn answered(said: &Said, is_whole: impl Fn(&str) -> bool) {
    match said.code {
        0 => assert!(is_whole(&said.out), "{}\n{}", said.out, said.err),
        2 => assert!(said.err.contains("error: "), "{}", said.err),
        other => panic!("exit code {other}: {}", said.err),
    }
}

#[test]
fn spoiled_json_lines_have_an_answer_each() {
    let world = World::starter();
    let good = [QUERY, "{\"id\":17,\"schema\":\"Company\",\"properties\":{\"name\":\"Acme\",\"country\":[\"ir\"]}}\n"]
        .concat();
    let mut dice = Dice(0x5EED_0001);
    for _ in 0..25 {
        let bytes = dice.spoiled(good.repeat(4).as_bytes());
        let lines = bytes.split(|&b| b == b'\n').filter(|l| !l.trim_ascii().is_empty()).count();
        let is_json = matches!(bytes.trim_ascii_start().first(), Some(b'{' | b'['));
        let said = world.run_with(&["screen", "--batch", "-"], &bytes);
        answered(&said, |out| !is_json || json_lines(out).len() == lines);
    }
}

#[test]
fn spoiled_tables_have_an_answer_each() {
    let world = World::starter();
    let good = "id,schema,name,birthDate,note\n1,Person,\"Soleimani, Qasem\",1957,\"a \"\"note\"\"\"\n2,Vessel,Sea Lavender,,\n";
    let pairs = "schema,name1,name2\nPerson,Ali Reza,\"Reza, Ali\"\nCompany,Acme Ltd,ACME Limited\n";
    let mut dice = Dice(0x5EED_0002);
    for _ in 0..15 {
        let said = world.run_with(&["screen", "--batch", "-"], &dice.spoiled(good.repeat(3).as_bytes()));
        answered(&said, |out| json_lines(out).iter().all(|l| l["results"].is_array()));
        let said = world.run_with(&["compare", "--batch", "-"], &dice.spoiled(pairs.repeat(3).as_bytes()));
        answered(&said, |out| out.starts_with(|c: char| c.is_ascii()) && out.contains("score,probability,bits,error"));
    }
}
