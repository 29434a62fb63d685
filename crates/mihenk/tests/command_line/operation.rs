//! The server as whoever runs it meets it: settings, log, metrics, lists that are kept up to date, files for systemd and Docker.
//!
//! In come a data folder, lists on a web server of the test, and settings; out come what the process says on standard error and what it answers.

use std::{
    collections::BTreeMap,
    fs,
    process::Command,
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use serde_json::{Value, json};

use crate::{
    office::Office,
    serve::Server,
    server::{Reply, Server as Publisher},
    world::{World, tree},
};

/// A publisher whose files can be exchanged.
struct Published {
    server: Publisher,
    files: Arc<Mutex<BTreeMap<String, String>>>,
}

impl Published {
    fn new() -> Published {
        let files: Arc<Mutex<BTreeMap<String, String>>> = Arc::default();
        let kept = Arc::clone(&files);
        let server = Publisher::start(move |asked| match kept.lock().unwrap().get(&asked.target) {
            Some(text) => Reply::ok(text.clone()),
            None => Reply::new("404 Not Found", ""),
        });
        Published { server, files }
    }

    fn put(&self, path: &str, text: &str) {
        self.files.lock().unwrap().insert(path.to_owned(), text.to_owned());
    }
}

fn person(id: &str, name: &str) -> String {
    json!({ "id": id, "schema": "Person", "datasets": ["inner"], "properties": { "name": [name] } }).to_string() + "\n"
}

fn body(answer: &str) -> Value {
    let text = answer.split_once("\r\n\r\n").unwrap_or_else(|| panic!("{answer}")).1;
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {answer}"))
}

fn found(server: &Server, dataset: &str, name: &str) -> Vec<String> {
    let query = json!({ "queries": { "q": { "schema": "Person", "properties": { "name": [name] } } } });
    let answer = body(&server.ask("POST", &format!("/match/{dataset}"), &query.to_string()));
    let results = answer["responses"]["q"]["results"].as_array().unwrap_or_else(|| panic!("{answer}")).clone();
    results.iter().map(|result| result["id"].as_str().unwrap().to_owned()).collect()
}

fn dataset(server: &Server, name: &str) -> Value {
    let catalog = body(&server.ask("GET", "/catalog", ""));
    let all = catalog["datasets"].as_array().unwrap();
    all.iter().find(|dataset| dataset["name"] == name).unwrap_or_else(|| panic!("{name}: {catalog}")).clone()
}

#[test]
fn settings_are_shown_with_where_they_come_from() {
    let world = World::new();
    let file = world.write("mihenk.toml", "listen = \"127.0.0.1:3\"\nmax-batch = 7\ntitle = \"Ours\"\n");
    let mut command = world.command(&["config", "--json", "--config", &file, "--listen", "127.0.0.1:1"]);
    command.env("YENTE_MAX_BATCH", "9").env("YENTE_UPDATE_TOKEN", "geheim");
    let said = String::from_utf8(command.output().unwrap().stdout).unwrap();
    assert!(!said.contains("geheim"), "{said}");
    let all: Value = serde_json::from_str(&said).unwrap();
    let one = |key: &str| (all[key]["value"].as_str().unwrap(), all[key]["from"].as_str().unwrap());
    assert_eq!(one("listen"), ("127.0.0.1:1", "flag"));
    assert_eq!(one("max-batch"), ("9", "variable YENTE_MAX_BATCH"));
    assert_eq!(one("title"), ("Ours", file.as_str()));
    assert_eq!(one("match-page"), ("5", "usual"));
    assert_eq!(one("update-token"), ("***", "variable YENTE_UPDATE_TOKEN"));
    let wrong = world.write("wrong.toml", "lisen = 1\n");
    world.run(&["config", "--config", &wrong]).refused(&["wrong.toml", "'lisen'", "there are data, model"]);
    world.run(&["serve", "--log-level", "loud"]).refused(&["log-level (flag)", "'loud'", "error, warn, info, debug"]);
}

#[test]
fn the_log_is_lines_of_json_that_name_nobody() {
    let world = World::starter();
    let server = Server::of(&world, &["serve", "--listen", "127.0.0.1:0", "--log-format", "json"]);
    server.line_with("\"event\":\"ready\"");
    found(&server, "default", "Qasem Soleimani");
    let answer = server.raw(
        b"GET /entities/starter-isil?nested=false HTTP/1.1\r\nhost: x\r\nx-request-id: abc-1\r\nconnection: close\r\n\r\n",
    );
    assert!(answer.contains("x-request-id: abc-1\r\n"), "{answer}");
    server.ask("GET", "/search/default?q=soleimani", "");
    server.ask("GET", "/no/such/place/soleimani", "");
    let mut lines = Vec::new();
    for _ in 0..4 {
        lines.push(server.line_with("\"event\":\"request\""));
    }
    let told: Vec<Value> = lines.iter().map(|line| serde_json::from_str(line).unwrap()).collect();
    let routes: Vec<&str> = told.iter().map(|line| line["route"].as_str().unwrap()).collect();
    assert_eq!(routes, ["/match/{dataset}", "/entities/{id}", "/search/{dataset}", "other"]);
    assert_eq!(told[1]["request"], "abc-1");
    assert!(told[0]["ms"].is_number() && told[0]["version"].is_string() && told[3]["status"] == 404, "{told:?}");
    let metrics = server.ask("GET", "/metrics", "");
    for (text, what) in [(lines.join("\n"), "log"), (metrics.clone(), "metrics")] {
        let lower = text.to_lowercase();
        assert!(!lower.contains("soleimani") && !lower.contains("starter-isil"), "{what}: {text}");
    }
    for sample in [
        "mihenk_requests_total{method=\"POST\",route=\"/match/{dataset}\",status=\"200\"} 1",
        "mihenk_request_seconds_count{route=\"/entities/{id}\"} 1",
        "mihenk_ready 1",
        "mihenk_list_stale{dataset=\"starter\"} 0",
    ] {
        assert!(metrics.contains(sample), "{sample}: {metrics}");
    }
}

#[test]
fn a_level_leaves_out_what_matters_less() {
    let world = World::starter();
    let server = Server::of(&world, &["serve", "--listen", "127.0.0.1:0"]);
    server.line("ready: version ");
    let mut quiet = world.command(&["serve", "--listen", "127.0.0.1:0", "--log-level", "warn"]);
    let mut child = quiet.stderr(std::process::Stdio::piped()).spawn().unwrap();
    std::thread::sleep(Duration::from_secs(2));
    child.kill().unwrap();
    let said = child.wait_with_output().unwrap().stderr;
    assert_eq!(String::from_utf8_lossy(&said), "");
}

/// A manifest with a data set that is published somewhere and a collection of it.
fn manifest(world: &World, published: &Published, version: &str) -> String {
    world.write(
        "manifest.yml",
        format!(
            "catalogs:\n  - url: {}\n    scope: outer\n    auth_token: $WORD\ndatasets:\n  - {{name: mine, title: Mine, path: mine.json, \
             version: '{version}', namespace: true}}\n  - {{name: both, title: Both, children: [mine, outer]}}\n",
            published.server.url("/catalog.json")
        ),
    )
}

/// The catalogue's data set `outer`, in a version, with a checksum of its file.
fn catalogue(published: &Published, version: &str, text: &str, checksum: &str) {
    let resource =
        json!({ "name": "entities.ftm.json", "url": published.server.url("/outer.json"), "checksum": checksum });
    let outer = json!({
        "name": "outer", "title": "Outer", "version": version, "resources": [resource], "delta_url": published.server.url("/deltas.json"),
        "publisher": { "name": "Examples" },
    });
    published.put("/catalog.json", &json!({ "datasets": [outer] }).to_string());
    published.put("/outer.json", text);
}

fn sha1(text: &str) -> String {
    let output = assert_cmd::Command::new("sha1sum").write_stdin(text).output().unwrap();
    String::from_utf8(output.stdout).unwrap()[..40].to_owned()
}

fn serving(world: &World, manifest: &str) -> Server {
    let mut command = world.command(&["serve", "--listen", "127.0.0.1:0", "--manifest", manifest]);
    command.env("WORD", "geheim").env("YENTE_UPDATE_TOKEN", "word");
    Server::by(command)
}

fn update(server: &Server) -> String {
    server.ask("POST", "/updatez?token=word&sync=true", "")
}

#[test]
fn what_a_manifest_names_is_loaded_and_kept_up_to_date() {
    let (world, published) = (World::new(), Published::new());
    let first = person("o-1", "Feride Örnekgil");
    catalogue(&published, "20260101", &first, &sha1(&first));
    published.put("/deltas.json", "{\"versions\":{}}");
    world.write("mine.json", person("m-1", "Kerem Örnekoğlu"));
    let manifest = manifest(&world, &published, "1");
    let server = serving(&world, &manifest);
    server.line("ready: version ");
    assert_eq!(found(&server, "outer", "Feride Ornekgil"), ["o-1"]);
    // HMAC-SHA1 of "m-1" with the key "mine", by openssl.
    let signed = found(&server, "mine", "Kerem Ornekoglu");
    assert_eq!((signed.len(), &signed[0][..4], signed[0].len()), (1, "m-1.", 44), "{signed:?}");
    assert_eq!(found(&server, "both", "Feride Ornekgil"), ["o-1"]);
    let sent = published.server.asked();
    assert!(sent.iter().all(|asked| asked.header("authorization") == Some("Token geheim")), "{sent:?}");
    let outer = dataset(&server, "outer");
    assert_eq!((&outer["index_version"], &outer["index_current"]), (&json!("20260101"), &json!(true)));
    assert_eq!((&outer["title"], &outer["publisher"]["name"]), (&json!("Outer"), &json!("Examples")));

    // A later version comes by its delta; the whole file is not asked for.
    let second = person("o-2", "Zerrin Örnekkaya");
    catalogue(&published, "20260102", "nothing that could be read", "");
    published.put(
        "/deltas.json",
        &json!({ "versions": { "20260101": published.server.url("/none"), "20260102": published.server.url("/d2") } })
            .to_string(),
    );
    published.put("/d2", &format!("{{\"op\":\"ADD\",\"entity\":{}}}\n", second.trim()));
    published.server.forget();
    assert!(update(&server).starts_with("HTTP/1.1 200"));
    assert_eq!(found(&server, "outer", "Zerrin Ornekkaya"), ["o-2"]);
    assert!(published.server.asked().iter().all(|asked| asked.target != "/outer.json"));
    assert_eq!(dataset(&server, "outer")["index_version"], "20260102");
}

#[test]
fn a_manifest_at_an_address_is_kept_for_when_nobody_answers() {
    let (world, published) = (World::new(), Published::new());
    let list = person("o-1", "Feride Örnekgil");
    catalogue(&published, "20260101", &list, &sha1(&list));
    let text = format!(
        "catalogs: [{{url: '{}', scope: outer}}]\ndatasets: [{{name: both, title: Both, children: [outer]}}]\n",
        published.server.url("/catalog.json")
    );
    published.put("/manifest.yml", &text);
    let address = published.server.url("/manifest.yml");
    let server = serving(&world, &address);
    server.line("ready: version ");
    assert_eq!(found(&server, "both", "Feride Ornekgil"), ["o-1"]);
    drop(server);
    published.files.lock().unwrap().clear();
    let server = serving(&world, &address);
    let said = server.line_with("manifest http");
    assert!(said.starts_with("warning: lists could not be brought up to date") && said.contains("404"), "{said}");
    while !server.ask("GET", "/readyz", "").starts_with("HTTP/1.1 200") {
        std::thread::sleep(Duration::from_millis(50));
    }
    assert_eq!(found(&server, "both", "Feride Ornekgil"), ["o-1"], "the collection is known from what was kept");
}

#[test]
fn a_failed_update_leaves_the_list_before_and_says_so() {
    let (world, published) = (World::new(), Published::new());
    let first = person("o-1", "Feride Örnekgil");
    catalogue(&published, "20260101", &first, &sha1(&first));
    world.write("mine.json", person("m-1", "Kerem Örnekoğlu"));
    let server = serving(&world, &manifest(&world, &published, "1"));
    server.line("ready: version ");
    let second = person("o-1", "Somebody Else");
    catalogue(&published, "20260103", &second, &sha1(&first));
    update(&server);
    assert!(server.line("warning: outer could not be brought up to date").contains("SHA-1"));
    assert_eq!(found(&server, "outer", "Feride Ornekgil"), ["o-1"]);
    let outer = dataset(&server, "outer");
    assert!(outer["refresh_failed"].as_str().unwrap().contains("SHA-1"), "{outer}");
    assert_eq!((&outer["index_version"], &outer["version"]), (&json!("20260101"), &json!("20260103")));
    let catalog = body(&server.ask("GET", "/catalog", ""));
    assert_eq!((&catalog["outdated"], &catalog["index_stale"]), (&json!(["outer"]), &json!(true)));
    let metrics = server.ask("GET", "/metrics", "");
    assert!(metrics.contains("mihenk_list_refresh_failed{dataset=\"outer\"} 1"), "{metrics}");
    assert!(metrics.contains("mihenk_list_refresh_failures_total{dataset=\"outer\"} 1"), "{metrics}");
    // A catalogue that is away is said too, and what it named before stays loaded.
    published.files.lock().unwrap().clear();
    update(&server);
    assert_eq!(found(&server, "outer", "Feride Ornekgil"), ["o-1"]);
    let catalog = body(&server.ask("GET", "/catalog", ""));
    assert!(catalog["refresh_failures"][0].as_str().unwrap().contains("catalog.json"), "{catalog}");
}

#[test]
fn customers_are_screened_when_the_server_updates_a_list() {
    let (office, published) = (Office::open(World::new()), Published::new());
    let world = &office.world;
    world.write("mine.json", person("m-1", "Kerem Örnekoğlu"));
    world.run(&["lists", "add", &world.write("other.ftm.json", person("x-1", "Somebody Listed"))]).done();
    let customers = world.write("customers.csv", "id,schema,name\n1,Person,Feride Ornekgil\n");
    office.by("cem", &["customers", "add", &customers, "--portfolio", "retail"]).done();
    let first = person("o-1", "Feride Örnekgil");
    catalogue(&published, "20260101", &first, &sha1(&first));
    let manifest = manifest(world, &published, "1");
    let mut command =
        world.command(&["serve", "--listen", "127.0.0.1:0", "--manifest", &manifest, "--log-format", "json"]);
    command.env("WORD", "geheim");
    let server = Server::by(command);
    let mut lines = Vec::new();
    while !lines.iter().any(|line: &String| line.contains("customers: ")) {
        lines.push(server.line_with(""));
    }
    for line in &lines {
        let told: Value = serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
        assert!(told["at"].is_string() && told["level"].is_string() && told["event"].is_string(), "{line}");
        assert!(!line.contains("Feride") && !line.contains("geheim"), "{line}");
    }
    drop(server);
    let hits = office.by("cem", &["customers", "list", "--hits", "--json"]).done().json();
    assert_eq!(hits[0].as_array().unwrap().len(), 1);
}

#[test]
fn an_older_version_is_not_put_in_use() {
    let (world, published) = (World::new(), Published::new());
    let first = person("o-1", "Feride Örnekgil");
    catalogue(&published, "20260105", &first, &sha1(&first));
    world.write("mine.json", person("m-1", "Kerem Örnekoğlu"));
    let server = serving(&world, &manifest(&world, &published, "1"));
    server.line("ready: version ");
    let older = person("o-9", "Somebody Else");
    catalogue(&published, "20260104", &older, &sha1(&older));
    update(&server);
    assert_eq!(found(&server, "outer", "Feride Ornekgil"), ["o-1"]);
}

#[test]
fn a_list_that_grew_old_is_stamped_on_every_answer() {
    let (world, published) = (World::new(), Published::new());
    published.put("/list.json", &person("o-1", "Feride Örnekgil"));
    fs::create_dir_all(world.path("data")).unwrap();
    let source = format!("[source.mine]\nurl = \"{}\"\n", published.server.url("/list.json"));
    fs::write(world.path("data/sources.toml"), source).unwrap();
    world.run(&["lists", "update", "mine"]).done();
    published.files.lock().unwrap().clear();
    let arguments = ["serve", "--listen", "127.0.0.1:0", "--stale-after", "1s", "--log-format", "json"];
    let server = Server::of(&world, &arguments);
    server.line_with("\"event\":\"ready\"");
    let stale: Value = serde_json::from_str(&server.line_with("\"event\":\"list_stale\"")).unwrap();
    assert_eq!((&stale["dataset"], &stale["level"]), (&json!("mine"), &json!("error")));
    let start = Instant::now();
    while !server.ask("GET", "/healthz", "").contains("x-mihenk-stale: mine;days=0") {
        assert!(start.elapsed() < Duration::from_secs(30), "nothing is stamped");
        std::thread::sleep(Duration::from_millis(100));
    }
    for path in ["/readyz", "/catalog", "/entities/nobody", "/nowhere"] {
        assert!(server.ask("GET", path, "").contains("x-mihenk-stale: "), "{path}");
    }
    assert_eq!(dataset(&server, "mine")["stale"], true);
    assert!(server.ask("GET", "/metrics", "").contains("mihenk_list_stale{dataset=\"mine\"} 1"));
}

/// The words behind a key of a file of systemd's.
fn values(text: &str, key: &str) -> Vec<String> {
    let lines = text.lines().filter_map(|line| line.strip_prefix(key)?.strip_prefix('='));
    lines.map(str::to_owned).collect()
}

#[test]
fn files_for_systemd_and_docker_set_what_there_is() {
    let world = World::new();
    let known = world.run(&["config", "--json"]).done().json().remove(0);
    let read = |name: &str| fs::read_to_string(tree("deploy").join(name)).unwrap();
    let (unit, docker, settings) = (read("mihenk.service"), read("Dockerfile"), read("mihenk.toml"));
    let mut names: Vec<String> = values(&unit, "Environment");
    names.extend(docker.split_whitespace().filter(|word| word.starts_with("MIHENK_")).map(str::to_owned));
    for pair in &names {
        let (name, value) = pair.split_once('=').unwrap();
        let mut command = world.command(&["config", "--json"]);
        command.env(name, value.replace("%S", "/var/lib"));
        let said: Value = serde_json::from_slice(&command.output().unwrap().stdout).unwrap();
        let from = format!("variable {name}");
        assert!(said.as_object().unwrap().values().any(|setting| setting["from"] == *from), "{name} sets nothing");
    }
    assert!(names.len() >= 5, "{names:?}");
    // The example has the usual values, but for the form of the log.
    let file = world.write("mihenk.toml", &settings);
    let said = world.run(&["config", "--json", "--config", &file]).done().json().remove(0);
    for (key, setting) in said.as_object().unwrap().iter().filter(|(_, setting)| setting["from"] == file.as_str()) {
        assert!(key == "log-format" || setting["value"] == known[key]["value"], "{key}");
    }
    assert!(docker.contains("\nUSER mihenk\n") && docker.lines().all(|line| !line.ends_with(":latest")));
    let start = values(&unit, "ExecStart").remove(0);
    let arguments: Vec<&str> = start.split_whitespace().skip(1).collect();
    assert_eq!(arguments, ["serve", "--config", "/etc/mihenk/mihenk.toml"]);
    for hardened in ["NoNewPrivileges=yes", "ProtectSystem=strict", "DynamicUser=yes", "CapabilityBoundingSet="] {
        assert!(unit.lines().any(|line| line == hardened), "{hardened}");
    }
    // Where systemd is, it reads the unit; it looks for the program that is named, so the one of the test is.
    let unit = unit.replace("/usr/local/bin/mihenk", env!("CARGO_BIN_EXE_mihenk"));
    let unit = world.write("mihenk.service", unit);
    match Command::new("systemd-analyze").args(["verify", "--man=no", &unit]).output() {
        Ok(output) => {
            let said = String::from_utf8_lossy(&output.stderr).into_owned();
            assert!(output.status.success() && !said.contains("mihenk.service:"), "{said}");
        }
        // Another system: what can be checked without it was.
        Err(error) => assert_eq!(error.kind(), std::io::ErrorKind::NotFound),
    }
}
