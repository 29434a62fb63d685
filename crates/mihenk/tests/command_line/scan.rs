//! `mihenk scan`: listed names in running text, with the place of each.
//!
//! In go documents whose mentions are known (`data/starter/README.md` says them for the report); each hit's bytes must
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
    world.write("bad.dat", b"They spoke \x00\x01 of him.");
    world.write("long.txt", vec![b' '; 17 * 1024 * 1024]);
    let said = world.run(&["scan", "--json", "bad.dat", "missing.txt", "long.txt", "good.txt", "--fail-on-hit"]);
    assert_eq!(said.code, 2, "not all could be done, which is more than that there was a hit");
    let answers = said.json();
    assert_eq!(answers.len(), 4, "one line for each file");
    assert!(answers[0]["error"].as_str().unwrap().contains("bad.dat: it is binary data"), "{}", answers[0]);
    assert!(answers[1]["error"].as_str().unwrap().contains("missing.txt cannot be read"));
    assert!(answers[2]["error"].as_str().unwrap().contains("more than 16 MiB"));
    assert_eq!(ids(&answers[3]), ["starter-mokhtar-belmokhtar"]);
    assert_eq!(said.err.matches("error: ").count(), 3, "{}", said.err);
    assert!(said.err.contains("1 file read, 1 mention in 1; NOT READ: 3 files"), "{}", said.err);
}

/// Who is named where: part, page, id.
fn named(answer: &Value) -> Vec<(String, u64, String)> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let hits = answer["hits"].as_array().unwrap();
    hits.iter().map(|h| (text(&h["part"]), h["page"].as_u64().unwrap_or(0), text(&h["id"]))).collect()
}

fn expected(named: &[(&str, u64, &str)]) -> Vec<(String, u64, String)> {
    named.iter().map(|(part, page, id)| ((*part).to_owned(), *page, format!("starter-{id}"))).collect()
}

// What the documents name is said in testdata/documents/README.md.
#[test]
fn documents_say_in_which_part_and_on_which_page_somebody_is_named() {
    let world = World::starter();
    for file in ["report.pdf", "scan.pdf", "contract.docx", "letter.eml", "page.html", "all.zip"] {
        world.copy(&format!("testdata/documents/{file}"), file);
    }
    let said = world.run(&["scan", "--json", "report.pdf", "contract.docx", "letter.eml"]).done();
    let answers = said.json();
    let forms: Vec<&str> = answers.iter().map(|a| a["form"].as_str().unwrap()).collect();
    assert_eq!(forms, ["pdf", "docx", "mail"]);
    let report = [("", 2, "mokhtar-belmokhtar"), ("", 2, "chong-chon-gang")];
    assert_eq!(named(&answers[0]), expected(&report));
    assert_eq!(answers[0]["hits"][0]["text"], "Mokhtar\nBelmokhtar");
    let contract = [("document", 0, "selselat-al-thahab"), ("header", 0, "mokhtar-belmokhtar")];
    assert_eq!(named(&answers[1]), expected(&contract));
    let letter = [
        ("body", 0, "murat-karayilan"),
        ("contract.docx > document", 0, "selselat-al-thahab"),
        ("contract.docx > header", 0, "mokhtar-belmokhtar"),
    ];
    assert_eq!(named(&answers[2]), expected(&letter));
    assert_eq!(answers[2]["unread"][0]["part"], "logo.png");
    assert_eq!((answers[2]["unread"][0]["grave"].as_bool(), said.code), (Some(false), 0), "letters have pictures");
    assert!(said.err.contains("3 files read, 7 mentions in 3; 1 note"), "{}", said.err);

    let said = world.run(&["scan", "--json", "all.zip", "scan.pdf"]);
    let answers = said.json();
    assert_eq!((said.code, answers[0]["hits"].as_array().unwrap().len()), (2, 5));
    assert_eq!(answers[0]["hits"][0]["part"], "letters/letter.eml > body");
    assert_eq!(
        (answers[0]["hits"][4]["part"].as_str(), answers[0]["hits"][4]["page"].as_u64()),
        (Some("report.pdf"), Some(2))
    );
    assert!(answers[0]["unread"].as_array().unwrap().iter().any(|u| u["part"] == "scan.pdf" && u["grave"] == true));
    assert!(answers[1]["error"].as_str().unwrap().contains("none of its 2 pages holds text"), "{}", answers[1]);
    assert!(said.err.contains("NOT READ: 1 file and 1 part"), "{}", said.err);
}

#[test]
fn places_in_an_old_encoding_are_bytes_of_the_file() {
    let world = World::starter();
    world.copy("testdata/documents/page.html", "page.html");
    let said = world.run(&["scan", "--json", "page.html"]).done();
    let hit = &said.json()[0]["hits"][0];
    assert_eq!(
        (hit["id"].as_str(), hit["text"].as_str()),
        (Some("starter-murat-karayilan"), Some("Murat</b> Karayılan"))
    );
    let at = |key: &str| hit[key].as_u64().unwrap() as usize;
    let bytes = std::fs::read(world.path("page.html")).unwrap();
    assert_eq!(&bytes[at("start")..at("end")], b"Murat</b> Karay\xFDlan");
}

#[test]
fn folders_are_read_in_the_order_of_names() {
    let world = World::starter();
    for folder in ["all", "all/b"] {
        std::fs::create_dir(world.path(folder)).unwrap();
    }
    world.write("all/z.txt", "They spoke of Mokhtar Belmokhtar.");
    world.write("all/b/a.txt", "They spoke of nobody.");
    world.write("all/a.txt", "They spoke of Ali Shamkhani.");
    let said = world.run(&["scan", "--json", "all"]).done();
    let files: Vec<String> = said.json().iter().map(|a| a["file"].as_str().unwrap().to_owned()).collect();
    assert_eq!(files, ["all/a.txt", "all/b/a.txt", "all/z.txt"]);
    assert!(said.err.contains("3 files read, 2 mentions in 2"), "{}", said.err);
    assert_eq!(world.run(&["scan", "all", "--fail-on-hit"]).code, 1);
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
