//! `mihenk lists update`, `status`, `accept`, `diff`, `remove`, `keep`, `sources`, and `--as-of`.
//!
//! Lists come from a server on the loopback interface. What the node does with bad servers and bad folders is tested there;
//! here it is what a person or a script sees: words, streams, exit codes.

use std::{
    fs,
    io::{BufRead, BufReader},
    process::Stdio,
    thread,
    time::Duration,
};

use crate::{
    server::{Reply, Server},
    world::{World, tree},
};

/// Names that are nothing like one another.
const NAMES: [&str; 8] = [
    "Aurelio Bonfanti",
    "Birgit Claesson",
    "Cemal Dogan",
    "Dagmar Evertsen",
    "Emeka Falade",
    "Farida Ghorbani",
    "Gustavo Herrera",
    "Hinata Ishikawa",
];

fn list(numbers: impl IntoIterator<Item = usize>, more: &str) -> String {
    let line = |n: usize| {
        let name = NAMES[n];
        format!(
            "{{\"id\":\"p{n}\",\"schema\":\"Person\",\"datasets\":[\"mine\"],\"properties\":{{\"name\":[\"{name}\"]{more}}}}}\n"
        )
    };
    numbers.into_iter().map(line).collect()
}

fn server() -> Server {
    let un = fs::read(tree("testdata/lists/un.xml")).unwrap();
    Server::start(move |asked| match asked.target.trim_start_matches("http://lists.invalid") {
        "/un.xml" => Reply::ok(un.clone()).header("ETag", "\"un\""),
        "/list" => Reply::ok(list(0..8, "")),
        "/half" => Reply::ok(list(4..8, ",\"birthDate\":[\"1970\"]")),
        "/page" => Reply::ok("<!DOCTYPE html><html><body>Maintenance</body></html>"),
        _ => Reply::new("404 Not Found", ""),
    })
}

/// A folder with the list `mine`.
fn loaded(server: &Server) -> World {
    let world = World::new();
    world.run(&["lists", "update", "--from", &format!("mine={}", server.url("/list"))]).done();
    world
}

#[test]
fn a_list_is_fetched_and_screened() {
    let (world, server) = (World::new(), server());
    let from = format!("un_sc_sanctions={}", server.url("/un.xml"));
    let said = world.run(&["lists", "update", "un_sc_sanctions", "--from", &from]).done();
    assert!(
        said.out.contains("is live\n                   4 added") && said.out.contains("4 entities are screened now"),
        "{}",
        said.out
    );
    assert_eq!(said.err, "");
    let found = world.run(&["screen", "ALI REZA AL-MISAL", "--json"]).done().json();
    assert_eq!(found[0]["results"][0]["id"], "unsc-9900001");
    let again = world.run(&["lists", "update", "--json", "--from", &from]).done().json();
    assert_eq!(again[0]["lists"][0]["outcome"], "unchanged");
}

#[test]
fn a_page_in_place_of_a_list_is_said_and_the_others_go_on() {
    let (server, world) = (server(), World::new());
    let (page, un) = (server.url("/page"), server.url("/un.xml"));
    let from = [format!("mine={page}"), format!("un_sc_sanctions={un}")];
    let said = world.run(&["lists", "update", "--from", &from[0], "--from", &from[1]]);
    assert_eq!(said.code, 2);
    assert!(said.out.contains("un_sc_sanctions") && said.out.contains("is live"), "{}", said.out);
    assert!(said.err.contains(&format!("error: mine: {page}: no list but an HTML page")), "{}", said.err);
    assert!(said.err.contains("it is not loaded"), "{}", said.err);
    let good = world.run(&["lists", "update", "--from", &format!("mine={}", server.url("/list"))]).done();
    assert!(good.out.contains("8 added"));
    let bad = world.run(&["lists", "update", "--from", &from[0]]);
    assert!(bad.code == 2 && bad.err.contains("stays live"), "{}", bad.err);
    world.run(&["screen", NAMES[0]]).done();
}

#[test]
fn removals_wait_loudly_until_they_are_accepted() {
    let server = server();
    let world = loaded(&server);
    let half = format!("mine={}", server.url("/half"));
    let said = world.run(&["lists", "update", "--from", &half]).done();
    assert!(said.out.contains("0 added, 4 changed, 0 removed"), "{}", said.out);
    for words in ["warning: 4 of 8 entities of mine", "mihenk lists diff mine mine@waiting", "lists accept mine"] {
        assert!(said.err.contains(words), "{words}: {}", said.err);
    }
    let hit = world.run(&["screen", NAMES[0], "--json"]).done();
    assert_eq!(hit.json()[0]["results"][0]["removal_waits"][0], "mine");
    assert!(hit.err.contains("4 removals from mine wait"), "{}", hit.err);
    assert!(world.run(&["screen", NAMES[0]]).done().out.contains("no longer on mine as published"));
    world.write("q.csv", format!("id,name\n1,{}\n2,{}\n", NAMES[0], NAMES[5]));
    world.run(&["screen", "--batch", "q.csv", "--out", "out.csv"]).done();
    let rows = world.read("out.csv");
    assert!(rows.contains("the removal of p0 from mine waits") && !rows.contains("of p5 from"), "{rows}");
    let shown = world.run(&["lists", "diff", "mine", "mine@waiting"]).done();
    assert!(shown.out.contains("0 added, 0 changed, 4 removed") && shown.out.contains(NAMES[3]), "{}", shown.out);
    assert!(world.run(&["lists", "status"]).done().out.contains("4 removals wait"));
    let kept = world.run(&["lists", "accept", "mine", "--reject"]).done();
    assert!(kept.out.contains("4 entities of mine stay screened"), "{}", kept.out);
    assert!(!world.run(&["screen", NAMES[0]]).done().err.contains("wait"));
    let gone = world.run(&["lists", "accept", "mine"]).done();
    assert!(
        gone.out.contains("4 entities of mine are screened no more") && gone.out.contains(NAMES[0]),
        "{}",
        gone.out
    );
    assert!(world.run(&["screen", NAMES[0]]).done().out.contains("Nothing found"));
    world.run(&["lists", "accept", "mine"]).refused(&["no removals of mine wait"]);
    // A file is treated in the same way.
    world.write("mine.jsonl", list(4..5, ""));
    let said = world.run(&["lists", "add", "mine.jsonl"]).done();
    assert!(said.err.contains("warning: 3 of 4 entities of mine"), "{}", said.err);
}

#[test]
fn what_changed_is_shown_to_people_scripts_and_other_programs() {
    let world = World::new();
    world.write("a.jsonl", list(0..4, ""));
    let later = list(1..3, "") + &list(3..5, ",\"birthDate\":[\"1970\"]");
    world.write("b.jsonl", later);
    let said = world.run(&["lists", "diff", "a.jsonl", "b.jsonl"]).done();
    let expected = "a.jsonl → b.jsonl\n1 added, 1 changed, 1 removed\n+ Emeka Falade · Person · p4\n\
                    ~ Dagmar Evertsen · Person · p3\n    birthDate: now also 1970\n− Aurelio Bonfanti · Person · p0\n";
    assert_eq!(said.out, expected);
    let json = &world.run(&["lists", "diff", "a.jsonl", "b.jsonl", "--json"]).done().json()[0];
    assert_eq!((&json["added"][0]["id"], &json["removed"][0]["id"]), (&"p4".into(), &"p0".into()));
    let born = serde_json::json!([{"property": "birthDate", "from": [], "to": ["1970"]}]);
    assert_eq!((&json["changed"][0]["entity"]["id"], &json["changed"][0]["fields"]), (&"p3".into(), &born));
    let delta = world.run(&["lists", "diff", "a.jsonl", "b.jsonl", "--delta"]).done().json();
    let ops: Vec<&str> = delta.iter().map(|line| line["op"].as_str().unwrap()).collect();
    assert_eq!(ops, ["ADD", "MOD", "DEL"]);
    assert_eq!((&delta[1]["entity"]["id"], &delta[2]["entity"]), (&"p3".into(), &serde_json::json!({"id": "p0"})));
    world.run(&["lists", "diff", "a.jsonl", "missing.jsonl"]).refused(&["'missing.jsonl' is no file, no loaded list"]);
}

#[test]
fn a_question_about_an_earlier_day_is_answered_as_of_then() {
    let world = World::new();
    world.write("mine.jsonl", list(0..7, ""));
    world.run(&["lists", "add", "mine.jsonl"]).done();
    let current = fs::read_to_string(world.path("data/current.json")).unwrap();
    // As if it had been loaded long ago.
    let year = &current[current.find("\"at\": \"").unwrap() + 7..][..4];
    fs::write(world.path("data/current.json"), current.replacen(&format!("\"at\": \"{year}"), "\"at\": \"2020", 1))
        .unwrap();
    world.write("mine.jsonl", list(0..8, ""));
    world.run(&["lists", "add", "mine.jsonl"]).done();
    assert!(world.run(&["screen", NAMES[7]]).done().out.contains("match"));
    let then = world.run(&["screen", NAMES[7], "--as-of", "2021-01-01"]).done();
    assert!(
        then.out.contains("Nothing found") && then.err.contains("as they stood at 2021-01-01T23:59:59Z"),
        "{then:?}"
    );
    world.write("q.csv", format!("id,name\n1,{}\n", NAMES[7]));
    world.run(&["screen", "--batch", "q.csv", "--out", "out.jsonl", "--as-of", "2021-01-01"]).done();
    assert!(world.read("out.jsonl").contains("\"results\":[]"));
    world.write("text.txt", format!("On Monday {} was seen in the harbour.", NAMES[7]));
    assert!(world.run(&["scan", "text.txt"]).done().out.contains(NAMES[7]));
    assert!(world.run(&["scan", "text.txt", "--as-of", "2021-01-01"]).done().out.contains("Nothing listed"));
    world
        .run(&["screen", "x", "--as-of", "2019-01-01"])
        .refused(&["no lists were loaded", "the first was loaded at 2020"]);
    world.run(&["screen", "x", "--as-of", "yesterday"]).refused(&["write 2026-01-31"]);
    world.run(&["--data", "mine.jsonl", "screen", "x", "--as-of", "2021-01-01"]).refused(&["needs a data folder"]);
}

#[test]
fn the_status_says_what_a_script_must_know() {
    let server = server();
    let world = World::new();
    assert!(world.run(&["lists", "status"]).done().out.contains("No lists are loaded"));
    world.copy("testdata/lists/un.xml", "un.xml");
    world.run(&["lists", "add", "un.xml"]).done();
    world.run(&["lists", "status", "--fail-on-stale"]).done();
    let about = fs::read_dir(world.path("data/lists/un_sc_sanctions"))
        .unwrap()
        .flatten()
        .next()
        .unwrap()
        .path()
        .join("about.json");
    let text = fs::read_to_string(&about).unwrap();
    let at = text.find("\"loaded\": \"").unwrap() + 11;
    fs::write(&about, format!("{}2020{}", &text[..at], &text[at + 4..])).unwrap();
    let said = world.run(&["lists", "status", "--fail-on-stale"]);
    assert!(said.code == 1 && said.out.contains("it may be old"), "{said:?}");
    let json = &world.run(&["lists", "status", "--json"]).done().json()[0];
    assert_eq!((&json["lists"][0]["is_stale"], &json["index"]), (&true.into(), &"live".into()));
    let from = format!("un_sc_sanctions={}", server.url("/un.xml"));
    world.run(&["lists", "update", "--from", &from]).done();
    world.run(&["lists", "status", "--fail-on-stale"]).done();
}

#[test]
fn lists_are_taken_out_and_old_versions_swept() {
    let server = server();
    let world = loaded(&server);
    world.run(&["lists", "remove", "yours"]).refused(&["no list 'yours' is loaded", "loaded are: mine"]);
    assert!(world.run(&["lists", "remove", "mine"]).done().out.contains("0 entities are screened now"));
    world.run(&["screen", "x"]).refused(&["no lists are loaded"]);
    assert!(world.run(&["lists", "keep", "--for", "90d"]).done().out.contains("0 versions deleted"));
    let swept = world.run(&["lists", "keep", "--for", "0s"]).done();
    assert!(swept.out.contains("1 version deleted") && swept.out.contains("mine@"), "{}", swept.out);
    world.run(&["lists", "keep", "--for", "long"]).refused(&["no span of time", "90d"]);
    let sources = world.run(&["lists", "sources"]).done().out;
    assert!(sources.contains("un_sc_sanctions") && sources.contains("its layout was not fully checked"), "{sources}");
    // An address is not broken.
    assert!(sources.lines().all(|l| l.chars().count() <= 80 || l.trim().starts_with("https://")), "{sources}");
}

#[test]
fn proxies_of_the_environment_are_used_and_left_out() {
    let (world, server) = (World::new(), server());
    // What a run asks the proxy for until it says something; then it is ended.
    let asked = |proxy: &str, no_proxy: &str| {
        server.forget();
        let mut child = world
            .command(&["lists", "update", "--from", "mine=http://lists.invalid/list"])
            .env(proxy, server.url(""))
            .env("NO_PROXY", no_proxy)
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let first = BufReader::new(child.stderr.take().unwrap()).lines().next();
        child.kill().unwrap();
        child.wait().unwrap();
        let asked: Vec<String> = server.asked().into_iter().map(|asked| asked.target).collect();
        (asked, first.map_or_else(String::new, Result::unwrap))
    };
    for proxy in ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"] {
        let (asked, first) = asked(proxy, "");
        assert!(asked.first().is_some_and(|target| target.contains("lists.invalid")), "{proxy}: {asked:?} {first}");
    }
    let (direct, first) = asked("HTTP_PROXY", "lists.invalid");
    assert!(direct.is_empty() && first.contains("attempt 1 failed (no connection"), "{direct:?} {first}");
}

#[test]
fn options_that_are_wrong_are_refused_in_words() {
    let world = World::new();
    world.run(&["lists", "update", "--from", "mine"]).refused(&["NAME=URL"]);
    world.run(&["lists", "update", "--from", "mine=ftp://x"]).refused(&["NAME=URL"]);
    world.run(&["lists", "update", "un_sc_sanctions", "--ca", "missing.pem"]).refused(&["missing.pem cannot be read"]);
    let file = world.write("no.pem", "nothing");
    world.run(&["lists", "update", "un_sc_sanctions", "--ca", &file]).refused(&["no.pem: no certificate is in it"]);
    assert!(!world.path("data").exists());
}

#[test]
fn watching_goes_on_until_it_is_ended() {
    let (world, server) = (World::new(), server());
    fs::create_dir_all(world.path("data")).unwrap();
    fs::write(world.path("data/sources.toml"), format!("[source.mine]\nurl = \"{}\"\n", server.url("/list"))).unwrap();
    let mut child = world
        .command(&["lists", "update", "mine", "--watch"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let (time, first) = (lines.next().unwrap().unwrap(), lines.next().unwrap().unwrap());
    assert!(time.ends_with('Z') && first.contains("mine") && first.contains("is live"), "{time} {first}");
    assert!(child.try_wait().unwrap().is_none(), "it goes on");
    child.kill().unwrap();
    child.wait().unwrap();
    world.run(&["screen", NAMES[0]]).done();
}

#[test]
fn a_process_that_is_killed_leaves_one_state_or_the_other() {
    let server = server();
    let world = loaded(&server);
    let (list, half) = (format!("mine={}", server.url("/list")), format!("mine={}", server.url("/half")));
    for round in 0_u64..12 {
        let from = if round % 2 == 0 { &half } else { &list };
        let mut command = world.command(&["lists", "update", "--from", from]);
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        thread::sleep(Duration::from_millis(20 + 25 * round));
        child.kill().unwrap();
        child.wait().unwrap();
        // Whatever is in use is whole, its index is there, and everybody is found: before, after, or held.
        let said = world.run(&["screen", NAMES[0], "--json"]).done();
        assert!(!said.err.contains("built anew"), "round {round}: {}", said.err);
        assert_eq!(said.json()[0]["results"][0]["id"], "p0", "round {round}");
        assert!(world.run(&["lists", "status"]).done().out.contains("index live"), "round {round}");
    }
    assert!(world.run(&["lists", "update", "--from", &list]).done().err.is_empty());
}
