//! What people read, as snapshots: look at each change with `cargo insta review`, or write them with `INSTA_UPDATE=always`.
//!
//! Versions and the model's figures are masked; what is said, in which order and in how many lines, is not.

use std::{collections::BTreeSet, time::Instant};

use crate::world::World;

/// Text without what changes from run to run or from model to model.
fn masked(text: &str) -> String {
    let mut out = String::new();
    for line in text.lines() {
        let mut words: Vec<String> = Vec::new();
        for word in line.split(' ') {
            let behind_one_in = words.ends_with(&["1".to_owned(), "in".to_owned()])
                || words.ends_with(&["(1".to_owned(), "in".to_owned()]);
            words.push(masked_word(word, behind_one_in));
        }
        let line = words.join(" ");
        // Bits stand right-aligned.
        let line = if line.trim_start().starts_with("#  ") { format!("  {}", line.trim_start()) } else { line };
        out.push_str(&line);
        out.push('\n');
    }
    out
}

/// Bits, scores, probabilities, rarities, ids of versions and models, and times of loading.
fn masked_word(word: &str, behind_one_in: bool) -> String {
    let core = word.trim_matches(|c: char| "(),;".contains(c)).trim_end_matches('.');
    let is_number = core.starts_with(|c: char| c.is_ascii_digit() || "+−".contains(c))
        && core.chars().all(|c| c.is_ascii_digit() || "+−.,".contains(c));
    let is_measured = is_number && core.contains(['.', '+', '−']);
    let is_hex = core.len() >= 12 && core.chars().all(|c| c.is_ascii_hexdigit());
    let is_time = core.len() == 20 && core.ends_with('Z') && core.contains('T');
    let masks = is_measured || is_number && behind_one_in || is_hex || is_time;
    if masks { word.replace(core, "#") } else { word.to_owned() }
}

fn said(world: &World, arguments: &[&str]) -> String {
    masked(&world.run(arguments).done().out)
}

#[test]
fn the_demonstration_shows_everything_on_a_sample() {
    let world = World::new();
    let start = Instant::now();
    let text = world.run(&["demo"]).done().out;
    // Two seconds are promised of a release build; this one may be slower, on a machine with other work.
    assert!(start.elapsed().as_secs() < 60);
    assert!(text.matches("This is a sample, not a screening list").count() >= 2);
    assert!(text.lines().all(|line| line.chars().count() <= 84), "it fits a terminal");
    assert!(!text.contains('\u{1b}'), "no colours in a file");
    let scripts: BTreeSet<&str> = text.chars().filter_map(script).collect();
    assert!(scripts.len() >= 5, "{scripts:?}");
    for part in
        ["bytes 472–490", "[أيمن الظواهري]", "UN QDi.136", "base rate of 1 in 10,000", "bits of evidence", "What next"]
    {
        assert!(text.contains(part), "{part}");
    }
    assert!(!world.path("data").exists(), "nothing is left behind");
    assert!(text.contains("Murat Karayılan | born 1991 | Germany  →  nothing found"), "a namesake is nobody");
    insta::assert_snapshot!(masked(&text));
}

fn script(c: char) -> Option<&'static str> {
    Some(match c {
        'a'..='z' => "Latin",
        'а'..='я' => "Cyrillic",
        'α'..='ω' => "Greek",
        'א'..='ת' => "Hebrew",
        'ا'..='ی' => "Arabic",
        'अ'..='ह' => "Devanagari",
        '가'..='힣' => "Hangul",
        '一'..='龥' => "Han",
        _ => return None,
    })
}

#[test]
fn a_hit_is_explained() {
    let world = World::starter();
    insta::assert_snapshot!(
        "screen",
        said(&world, &["screen", "Qasem Suleimani", "--born", "1957", "--country", "ir", "--schema", "Person"])
    );
    insta::assert_snapshot!(
        "screen_explain",
        said(
            &world,
            &["screen", "Qasem Suleimani", "--born", "1957", "--country", "ir", "--schema", "Person", "--explain"]
        )
    );
    insta::assert_snapshot!("screen_nothing", said(&world, &["screen", "Ingrid Solheim"]));
}

#[test]
fn two_names_are_compared() {
    let world = World::new();
    insta::assert_snapshot!(said(&world, &["compare", "Hossein Zolfaqari", "حسین ذوالفقاری", "--schema", "Person"]));
}

#[test]
fn a_report_is_read() {
    let world = World::starter();
    world.copy("data/starter/report.txt", "report.txt");
    insta::assert_snapshot!("scan", said(&world, &["scan", "report.txt"]));
    world.write("nobody.txt", "Nobody is named here.");
    insta::assert_snapshot!("scan_nothing", said(&world, &["scan", "nobody.txt"]));
    for file in ["letter.eml", "report.pdf", "scan.pdf"] {
        world.copy(&format!("testdata/documents/{file}"), file);
    }
    let run = world.run(&["scan", "letter.eml", "report.pdf", "scan.pdf"]);
    let told = format!("{}--- beside it, exit code {}\n{}", run.out, run.code, run.err);
    insta::assert_snapshot!("scan_documents", masked(&told));
}

#[test]
fn lists_are_shown() {
    let world = World::new();
    world.copy("testdata/lists/un.xml", "un.xml");
    world.copy("testdata/lists/ftm.jsonl", "ftm.jsonl");
    insta::assert_snapshot!("lists_add", said(&world, &["lists", "add", "un.xml", "ftm.jsonl"]));
    insta::assert_snapshot!("lists_show", said(&world, &["lists", "show"]));
}

#[test]
fn a_batch_says_what_became_of_it() {
    let world = World::starter();
    world.write(
        "q.csv",
        "id,schema,name,birthDate,country,colour\n1,Person,Qasem Soleimani,1957,ir,red\n2,Person,Ali,31 Feb 1990,ir,\n\
         3,Person,Elif Sarıkaya,,XX,\n",
    );
    let said = world.run(&["screen", "--batch", "q.csv", "--out", "out.jsonl"]).done();
    insta::assert_snapshot!(masked(&said.err));
}

#[test]
fn help_says_what_there_is() {
    let world = World::new();
    insta::assert_snapshot!("help", said(&world, &["--help"]));
    insta::assert_snapshot!("help_screen", said(&world, &["screen", "--help"]));
    insta::assert_snapshot!("help_scan", said(&world, &["scan", "--help"]));
    insta::assert_snapshot!("help_compare", said(&world, &["compare", "--help"]));
}
