//! Networks from the command line: what a name is taken for, paths with their arithmetic, files, the ledger, pictures, bad input.
//!
//! The people and companies are invented; evidence was added up by hand.

use serde_json::Value;

use crate::{office::Office, world::World};

/// Invented people and companies. Two telephones are one, written otherwise; three addresses are one; four hundred companies are an agent's.
const LIST: &str = r#"
{"id":"p-ayten","schema":"Person","datasets":["sample"],"properties":{"name":["Ayten Zümrütkaya"],"phone":["+90 212 555 01 01"],"nationality":["tr"]}}
{"id":"p-cemil","schema":"Person","datasets":["sample"],"properties":{"name":["Cemil Zümrütkaya"]}}
{"id":"c-yakut","schema":"Company","datasets":["sample"],"properties":{"name":["Yakut Denizcilik"],"phone":["0090 (212) 555-0101","555 01 01"],"address":["12 Formation House, Karim City, Malta"]}}
{"id":"c-inci","schema":"Company","datasets":["sample"],"properties":{"name":["İnci Ticaret"],"address":["Formation House 12, Karim City"],"email":["ofis@inci.example"]}}
{"id":"c-mercan","schema":"Company","datasets":["sample"],"properties":{"name":["Mercan Holding"],"email":["Ofis@Inci.example"]}}
{"id":"v-1","schema":"Vessel","datasets":["sample"],"properties":{"name":["Mavi Yakut"],"imoNumber":["9187629"],"owner":["c-yakut"]}}
{"id":"o-1","schema":"Ownership","datasets":["sample"],"properties":{"owner":["p-cemil"],"asset":["c-mercan"],"percentage":["51"],"startDate":["2019-05"]}}
{"id":"f-1","schema":"Family","datasets":["sample"],"properties":{"person":["p-ayten"],"relative":["p-cemil"],"relationship":["sister"]}}
{"id":"p-kurban","schema":"Person","datasets":["sample"],"properties":{"name":["Deniz Papatya"],"topics":["victim"],"phone":["+90 212 555 01 99"]}}
{"id":"p-fail","schema":"Person","datasets":["sample"],"properties":{"name":["Ferit Kozalak"],"phone":["+90 212 555 01 99"]}}
{"id":"f-2","schema":"Family","datasets":["sample"],"properties":{"person":["p-kurban"],"relative":["p-ayten"]}}
"#;

fn world() -> World {
    let world = World::new();
    let mut list = LIST.trim().to_owned();
    for number in 0..400 {
        list.push_str(&format!(
            "\n{{\"id\":\"a-{number:03}\",\"schema\":\"Company\",\"datasets\":[\"sample\"],\"properties\":{{\"name\":[\"Shelf {number:03}\"],\
             \"address\":[\"Formation House 12, Karim City\"]}}}}"
        ));
    }
    let file = world.write("sample.jsonl", list);
    world.run(&["lists", "add", &file]).done();
    world
}

fn json(world: &World, arguments: &[&str]) -> Value {
    let arguments = [&["network"][..], arguments, &["--json"]].concat();
    world.run(&arguments).done().json().remove(0)
}

fn subjects(path: &Value) -> Vec<&str> {
    let steps = path["steps"].as_array().unwrap();
    let first = steps[0]["from"].as_str().unwrap();
    std::iter::once(first).chain(steps.iter().map(|step| step["to"].as_str().unwrap())).collect()
}

#[test]
fn a_path_is_told_with_its_arithmetic_and_its_sources() {
    let world = world();
    // Yakut and Ayten share a telephone (15), Ayten is Cemil's sister (20), who owns Mercan (20), whose mailbox is İnci's (15): 15 − 3 × 3 = 6.
    let found = json(&world, &["Yakut Denizcilik", "c-inci"]);
    assert_eq!((&found["taken"][0]["by"], &found["taken"][1]["by"]), (&"name".into(), &"id".into()));
    let path = &found["between"][0]["strongest"][0];
    assert_eq!(subjects(path), ["c-yakut", "p-ayten", "p-cemil", "c-mercan", "c-inci"]);
    assert_eq!((&path["strength"], &path["weakest"], &path["discount"]), (&6.0.into(), &15.0.into(), &9.0.into()));
    let owns = &path["steps"][2]["ties"][0];
    assert_eq!((&owns["kind"], &owns["words"], &owns["bits"]), (&"ownership".into(), &"51 %".into(), &20.0.into()));
    assert_eq!((&owns["sources"][0]["record"], &owns["sources"][0]["since"]), (&"o-1".into(), &"2019-05".into()));
    let said = world.run(&["network", "Yakut Denizcilik", "c-inci"]).done().out;
    let one = world.run(&["network", "c-yakut", "c-inci", "--paths", "1"]).done().out;
    assert!(!one.contains("no other path"), "one was asked for: {one}");
    for words in [
        "There is no other path of up to 6 ties.",
        "'Yakut Denizcilik' was taken for Yakut Denizcilik (c-yakut), which alone is called so",
        "strength 6.00 bits = weakest tie 15.00 − 9.00 for 3 ties more",
        "2 subjects bear it, counted among 65,536",
        "owns 51 %",
        "relative of (sister)",
        "since 2019-05",
        "1 telephone without a country",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
}

#[test]
fn an_agents_address_ties_nobody_and_is_named() {
    let world = world();
    let found = json(&world, &["a-000", "a-001"]);
    let between = &found["between"][0];
    assert_eq!((&between["is_apart"], between["shortest"].as_array().unwrap().len()), (&true.into(), 0));
    // log2(65,536 / 402) = 16 − 8.65 = 7.35.
    assert_eq!((&between["shared"][0]["bearers"], &between["shared"][0]["bits"]), (&402.into(), &7.35.into()));
    let said = world.run(&["network", "a-000", "a-001"]).done().out;
    assert!(said.contains("Nothing ties them") && said.contains("402 subjects, 7.35 bits"), "{said}");
}

#[test]
fn a_name_is_taken_for_the_one_it_means_or_refused() {
    let world = world();
    let found = json(&world, &["Cemil Zumrutkaya"]);
    assert_eq!((&found["taken"][0]["id"], &found["taken"][0]["by"]), (&"p-cemil".into(), &"name".into()), "{found}");
    let found = json(&world, &["Jemil Zümrütkaya"]);
    let taken = &found["taken"][0];
    assert_eq!((&taken["id"], &taken["by"]), (&"p-cemil".into(), &"screening".into()), "{found}");
    let said = world.run(&["network", "Jemil Zümrütkaya"]).done().out;
    assert!(said.contains("was taken for Cemil Zümrütkaya (p-cemil), the best hit of screening, score 0."), "{said}");
    world.run(&["network", "Nobody Whatsoever"]).refused(&["'Nobody Whatsoever' is no id and no name"]);
    world.run(&["network", "p-cemil", "Cemil Zümrütkaya"]).refused(&["are both taken for"]);
    world.run(&["network"]).refused(&["SUBJECT"]);
    world.run(&["network", "p-cemil", "--most-ties", "9"]).refused(&["9", "1..=8"]);
    let twice = r#"{"id":"z-1","schema":"Company","properties":{"name":["Cemil Zümrütkaya"]}}"#;
    let file = world.write("twice.jsonl", twice);
    world.run(&["network", "Cemil Zümrütkaya", "--from", &file]).refused(&[
        "is the name of 2 subjects",
        "p-cemil (person)",
        "z-1 (company)",
    ]);
}

#[test]
fn a_victim_ties_nobody_and_is_not_asked_about() {
    let world = world();
    let found = json(&world, &["p-fail", "p-ayten"]);
    assert_eq!(found["between"][0]["is_apart"], true, "not by the victim's telephone and family");
    assert_eq!((&found["made_of"]["victims"], &found["made_of"]["without_end"]), (&1.into(), &0.into()));
    for asked in ["p-kurban", "Deniz Papatya"] {
        let said = world.run(&["network", asked, "p-fail"]);
        assert!(said.code == 2 && !said.out.contains("p-kurban"), "{said:?}");
    }
    world.run(&["network", "p-kurban"]).refused(&["is recorded as a victim"]);
    assert_eq!(json(&world, &["p-fail"])["around"]["reached"], 0);
}

#[test]
fn files_are_looked_in_beside_lists_and_without_them() {
    let world = world();
    let table =
        world.write("firms.csv", "No,Firm,Tel\n7,Zeytin Gıda,+90 212 555 0101\n8,Kekik Gıda,+90 212 555 0177\n");
    let map = "dataset = \"firms\"\nid = \"No\"\nschema = \"Company\"\n[columns]\nname = \"Firm\"\nphone = \"Tel\"\n";
    let map = world.write("firms.toml", map);
    let found = json(&world, &["Zeytin Gıda", "p-cemil", "--from", &table, "--map", &map]);
    let path = &found["between"][0]["shortest"][0];
    assert_eq!(subjects(path)[1..], ["p-ayten", "p-cemil"], "by the telephone that is Ayten's too: {found}");
    // Three bear it now: log2(65,536 / 3) = 16 − 1.58 = 14.42, less 3.
    assert_eq!(path["strength"], 11.42);
    assert_eq!(path["steps"][0]["ties"][0]["sources"][0]["origin"], "file firms");
    let empty = World::new();
    empty.run(&["network", "x"]).refused(&["no lists"]);
    let file = empty.write("sample.jsonl", LIST.trim());
    let found = json(&empty, &["p-cemil", "--from", &file]);
    assert_eq!(subjects(&found["around"]["paths"][0]), ["p-cemil", "c-mercan"]);
}

#[test]
fn a_file_that_was_cut_is_refused_with_its_place() {
    let world = world();
    let whole = LIST.trim();
    let cut = world.write("cut.jsonl", &whole[..whole.len() - 30]);
    let said = world.run(&["network", "p-cemil", "--from", &cut]);
    assert!(said.err.contains("cut.jsonl") && said.err.contains("11"), "{said:?}");
    world.run(&["network", "p-cemil", "--from", "nowhere.jsonl"]).refused(&["nowhere.jsonl"]);
    world.run(&["network", "p-cemil", "--map", "x.toml"]).refused(&["--from"]);
}

#[test]
fn order_of_lines_says_nothing() {
    let answer = |lines: &str| {
        let world = World::new();
        let file = world.write("sample.jsonl", lines);
        let mut found = json(&world, &["c-yakut", "c-inci", "p-ayten", "--groups", "--from", &file]);
        found["made_of"]["sources"].take();
        found
    };
    let mut lines: Vec<&str> = LIST.trim().lines().collect();
    let expected = answer(LIST.trim());
    lines.reverse();
    assert_eq!(answer(&lines.join("\n")), expected);
    lines.rotate_left(4);
    assert_eq!(answer(&lines.join("\n")), expected);
}

#[test]
fn a_picture_and_a_table_say_what_is_around() {
    let world = world();
    let svg = world.text("around.svg");
    let said = world.run(&["network", "c-yakut", "--svg", &svg]).done();
    assert!(said.out.contains("14.") || said.out.contains("15.00"), "{}", said.out);
    let rows: Vec<&str> = said.out.lines().filter(|line| line.contains("p-ayten") || line.contains("v-1")).collect();
    assert!(rows[0].trim_start().starts_with("20.00  1     Mavi Yakut"), "the vessel it owns first: {}", said.out);
    let svg = world.read("around.svg");
    assert!(svg.starts_with("<svg") && svg.contains("Around Yakut Denizcilik") && svg.contains("telephone 1"), "{svg}");
    assert!(!svg.contains("<script"));
}

#[test]
fn groups_are_proposed_with_their_evidence() {
    let world = World::new();
    let list = r#"
{"id":"c-1","schema":"Company","properties":{"name":["Gül"],"phone":["+90 212 555 0101"],"email":["a@gul.example"]}}
{"id":"c-2","schema":"Company","properties":{"name":["Nergis"],"phone":["+90 212 555 0101"],"email":["a@gul.example"]}}
{"id":"c-3","schema":"Company","properties":{"name":["Sümbül"],"phone":["+90 212 555 0102"]}}
"#;
    let file = world.write("firms.jsonl", list.trim());
    let found = json(&world, &["--groups", "--from", &file]);
    let groups = found["groups"].as_array().unwrap();
    assert_eq!((groups.len(), &groups[0]["bits"], &groups[0]["pairs"][0]["classes"]), (1, &30.0.into(), &2.into()));
    let said = world.run(&["network", "--groups", "--from", &file]).done().out;
    assert!(said.contains("Group 1 · 2 members · held together by 30.00 bits"), "{said}");
    assert!(said.contains("A group is a proposal: nothing was stored"), "{said}");
    let said = world.run(&["network", "c-3", "--groups", "--from", &file]).done().out;
    assert!(said.contains("No group is proposed"), "{said}");
}

#[test]
fn customers_and_cases_are_looked_in_by_whoever_may_and_that_is_recorded() {
    let office = Office::open(world());
    office.world.run(&["logout"]).done();
    office.world.run(&["network", "p-ayten", "--ledger"]).refused(&["nobody is signed in"]);
    let lines = r#"{"id":"M-1","schema":"Company","properties":{"name":["Lale Nakliyat"]},"parties":[{"id":"1","role":"director","schema":"Person","properties":{"name":["Hakan Menekşe"],"phone":["+90 212 555 01 01"]}}]}"#;
    let file = office.world.write("customers.jsonl", lines);
    office.by("cem", &["customers", "add", &file, "--portfolio", "retail"]).done();
    let customers = office.by("cem", &["customers", "list", "--json"]).done().json();
    let id = customers[0]["customers"][0]["id"].as_str().or_else(|| customers[0][0]["id"].as_str());
    let id = id.unwrap_or_else(|| panic!("{customers:?}")).to_owned();
    let ask = ["network", &id, "p-cemil", "--ledger", "--json"];
    let found = office.by("cem", &ask).done().json().remove(0);
    let path = &found["between"][0]["strongest"][0];
    assert_eq!(subjects(path), [&id, &format!("{id}/1"), "p-ayten", "p-cemil"], "{found}");
    let told = &path["steps"][0]["ties"][0];
    assert_eq!((&told["kind"], &told["words"], &told["bits"]), (&"party".into(), &"director".into(), &18.0.into()));
    let open = ["case", "open", "Lale", "--legal-basis", "order 1", "--purpose", "who it is", "--json"];
    let case = office.by("cem", &open).done().json()[0]["case"].as_str().unwrap().to_owned();
    for (name, more) in [("Lale Nakliyat", ["--customer", id.as_str()]), ("Mercan Holding", ["--entity", "c-mercan"])] {
        office.by("cem", &[&["case", "party", &case, name, "--kind", "company"][..], &more].concat()).done();
    }
    let link = ["case", "link", &case, &id, "c-mercan", "--kind", "pays the rent of", "--source", "a letter"];
    office.by("cem", &link).done();
    let found = office.by("cem", &["network", &id, "c-mercan", "--ledger", "--json"]).done().json().remove(0);
    let told = &found["between"][0]["shortest"][0]["steps"][0]["ties"][0];
    assert_eq!(
        (&told["kind"], &told["words"], &told["bits"]),
        (&"case-link".into(), &"pays the rent of".into(), &16.0.into())
    );
    assert_eq!(told["sources"][0]["record"], "a letter");
    assert_eq!((&found["made_of"]["customers"], &found["made_of"]["cases"]), (&1.into(), &1.into()));
    office.by("ayse", &ask).refused(&["takes the role"]);
    let seen = office.by("elif", &["audit", "show", "--kind", "access", "--json"]).done().json();
    let looked: Vec<&Value> = seen.iter().filter(|event| event.to_string().contains("\"network\"")).collect();
    assert_eq!(looked.len(), 2, "one for each look, none for the one that was refused: {seen:?}");
}
