//! `mihenk scan`: listed names in running text, with the place of each.
//!
//! In go text and HTML whose mentions are known (`data/starter/README.md` says them for the report); each hit's bytes must
//! be its words. The press report of the issue is read where the lists of the machine are at hand, else that is said.

use serde_json::Value;

use crate::world::{World, tree};

/// Every hit's `start..end` is its text.
fn places_are_right(answer: &Value, source: &str) {
    for hit in answer["hits"].as_array().unwrap() {
        let at = |key: &str| hit[key].as_u64().unwrap() as usize;
        assert_eq!(source.get(at("start")..at("end")), hit["text"].as_str(), "{hit}");
        for field in ["id", "caption", "score", "probability", "text", "start", "end", "field"] {
            assert!(!hit[field].is_null(), "{field}");
        }
    }
}

fn ids(answer: &Value) -> Vec<&str> {
    let mut ids: Vec<&str> = answer["hits"].as_array().unwrap().iter().map(|h| h["id"].as_str().unwrap()).collect();
    ids.dedup();
    ids
}

// What the report names is said in data/starter/README.md.
#[test]
fn a_report_says_what_it_is_and_whom_it_names() {
    let world = World::starter();
    let report = tree("data/starter/report.txt");
    let source = std::fs::read_to_string(&report).unwrap();
    let said = world.run(&["scan", "--json", report.to_str().unwrap()]).done();
    let answer = &said.json()[0];
    let head = ["date", "agency", "code"].map(|k| answer[k].as_str().unwrap());
    assert_eq!(head, ["2026-04-14", "BZNA", "104217"]);
    assert_eq!(answer["file"], report.to_str().unwrap());
    places_are_right(answer, &source);
    let expected = [
        "starter-mokhtar-belmokhtar",
        "starter-ayman-al-zawahiri",
        "starter-pkk",
        "starter-roshan-money-exchange",
        "starter-chong-chon-gang",
    ];
    assert_eq!(ids(answer), expected, "and nobody else");
    assert_eq!(world.run(&["scan", "--fail-on-hit", report.to_str().unwrap()]).code, 1);
}

#[test]
fn places_are_those_of_the_page_and_not_of_what_is_read() {
    let world = World::starter();
    let page = "\u{FEFF}<!DOCTYPE html><html><head><title>x</title></head><body>\r\n<p>Officials spoke of <b>Mokhtar</b> \
                <i>Belmokhtar</i> &amp; of أيمن الظواهري.</p><script>var a = 'Qasem Soleimani';</script></body></html>";
    world.write("page.html", page);
    world.write("plain.txt", "\u{FEFF}Officials spoke of Mokhtar Belmokhtar\r\nin Almaty.");
    let said = world.run(&["scan", "--json", "page.html", "plain.txt"]).done();
    let answers = said.json();
    places_are_right(&answers[0], page);
    places_are_right(&answers[1], &world.read("plain.txt"));
    assert_eq!(ids(&answers[0]), ["starter-mokhtar-belmokhtar", "starter-ayman-al-zawahiri"]);
    assert_eq!(ids(&answers[1]), ["starter-mokhtar-belmokhtar"]);
    let hit = &answers[0]["hits"][0];
    assert_eq!(hit["text"], "Mokhtar</b> <i>Belmokhtar");
    assert!(hit["before"].as_str().unwrap().ends_with("Officials spoke of "), "{hit}");
}

#[test]
fn a_file_that_cannot_be_read_does_not_keep_the_others_from_it() {
    let world = World::starter();
    world.write("good.txt", "They spoke of Mokhtar Belmokhtar yesterday.");
    world.write("bad.txt", b"They spoke \xFF\xFE of him.");
    world.write("long.txt", vec![b' '; 17 * 1024 * 1024]);
    let said = world.run(&["scan", "--json", "bad.txt", "missing.txt", "long.txt", ".", "good.txt", "--fail-on-hit"]);
    assert_eq!(said.code, 2, "not all could be done, which is more than that there was a hit");
    let answers = said.json();
    assert_eq!(answers.len(), 5, "one line for each file");
    assert!(answers[0]["error"].as_str().unwrap().contains("byte 12: the file is not UTF-8"), "{}", answers[0]);
    assert!(answers[1]["error"].as_str().unwrap().contains("missing.txt cannot be read"));
    assert!(answers[2]["error"].as_str().unwrap().contains("more than 16 MiB"));
    assert_eq!((answers[3]["hits"].as_array().unwrap().len(), answers[3]["file"].as_str()), (0, Some(".")));
    assert_eq!(ids(&answers[4]), ["starter-mokhtar-belmokhtar"]);
    assert_eq!(said.err.matches("error: ").count(), 4, "{}", said.err);
}

#[test]
fn standard_input_is_a_file_too() {
    let world = World::starter();
    let said = world.run_with(&["scan", "-", "--json"], "They spoke of Mokhtar Belmokhtar.".as_bytes()).done();
    assert_eq!((said.json()[0]["file"].as_str(), ids(&said.json()[0]).len()), (Some("-"), 1));
    let empty = world.run_with(&["scan", "-", "--json"], b"").done();
    assert!(ids(&empty.json()[0]).is_empty());
}

/// What the issue says of the press report, where the lists of the machine are at hand.
#[test]
fn the_press_report_names_two() {
    let data = tree("../shared/data");
    if !data.join("press_report_2017-07-25.txt").exists() {
        eprintln!("not tried: the lists are not on this machine");
        return;
    }
    let world = World::new();
    let of = |name: &str| data.join(name).to_str().unwrap().to_owned();
    let files =
        ["un_consolidated.xml", "ofac/sdn.csv", "ofac/alt.csv", "ofac/add.csv"].map(|f| of(&format!("lists/{f}")));
    let arguments: Vec<&str> = ["lists", "add"].into_iter().chain(files.iter().map(String::as_str)).collect();
    world.run(&arguments).done();
    let report = of("press_report_2017-07-25.txt");
    let said = world.run(&["scan", "--json", &report]).done();
    places_are_right(&said.json()[0], &std::fs::read_to_string(&report).unwrap());
    let named: std::collections::BTreeSet<String> = ids(&said.json()[0]).into_iter().map(str::to_owned).collect();
    assert_eq!(Vec::from_iter(named), ["ofac-28315", "ofac-8759"], "and nobody else");
}
