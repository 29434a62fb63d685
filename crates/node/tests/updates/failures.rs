//! What fails leaves the folder as it was and is said with what was found and where; the others go on.
//!
//! In go answers of every bad kind, from a server; the folder is compared byte by byte, but for the state of the checks.

use std::{fs, time::Duration};

use mihenk_node::update::Outcome;

use crate::{
    server::{Reply, Server},
    world::{World, found, list, name, outcome, sample, sample_path, why},
};

fn two_lists() -> World {
    let world = World::new();
    world.settings("[source.one]\nurl = \"SERVER/one\"\n[source.two]\nurl = \"SERVER/two\"\n");
    world.serve("/one", list(0..6));
    world.serve("/two", list(10..16));
    let report = world.update(&["one", "two"]);
    assert!(!report.has_failed() && report.entities == Some(12), "{report:?}");
    world
}

#[test]
fn a_bad_answer_changes_nothing_and_the_other_list_goes_on() {
    let whole = list(0..8);
    let half = &whole.as_bytes()[..whole.len() / 2 - 20];
    let cases: [(&str, Reply); 10] = [
        ("an HTML page", Reply::ok("<!DOCTYPE html><html><body>Maintenance</body></html>")),
        ("cut in the middle, at line", Reply::ok(half)),
        ("cut in the middle, at line", Reply::ok(whole.clone()).lying(whole.len() / 2 - 20)),
        ("the file is empty", Reply::ok("")),
        ("was cut", Reply::ok(whole.clone()).cut(100)),
        ("was cut", Reply::ok(whole.clone()).lying(whole.len() + 9)),
        ("the server said nothing for", Reply::ok(whole.clone()).cut(9).stalling(Duration::from_secs(2))),
        ("more than 8 redirects", Reply::redirect("/one")),
        ("answered 503", Reply::new("503 Service Unavailable", "").header("Retry-After", "20")),
        ("too long", Reply::ok("").lying(9_000_000_000)),
    ];
    for (words, reply) in cases {
        let world = two_lists();
        let before = world.content();
        world.answer("/one", reply.clone());
        let report = world.update(&[]);
        assert!(report.has_failed() && why(&report, "one").contains(words), "{words}: {report:?}");
        assert!(why(&report, "one").contains("/one"), "{report:?}");
        assert!(matches!(outcome(&report, "two"), Outcome::Unchanged { .. }));
        assert_eq!(world.content(), before, "{words}");
        // The other list is brought up to date in the same call.
        world.serve("/two", list(10..17));
        let report = world.update(&[]);
        assert!(report.has_failed() && why(&report, "one").contains(words), "{words}: {report:?}");
        assert!(matches!(outcome(&report, "two"), Outcome::Live { added: 1, .. }), "{report:?}");
        let node = world.open();
        assert!(!found(&node, name(16)).is_empty() && !found(&node, name(0)).is_empty(), "{words}");
        assert!(world.path().join("checks.json").exists());
    }
}

#[test]
fn a_list_that_is_cut_exactly_where_the_server_says_is_held_back() {
    // Half of the lines, whole, with the right length: nobody can see that it is half a list. What is missing stays screened.
    let world = two_lists();
    world.serve("/one", list(0..3));
    let report = world.update(&["one"]);
    let Outcome::Live { list, removed: 0, .. } = outcome(&report, "one") else { panic!("{report:?}") };
    assert_eq!(list.waiting().len(), 3);
    assert_eq!(found(&world.open(), name(5)), [("p5".to_owned(), true)]);
}

#[test]
fn being_offline_stops_nothing() {
    let world = two_lists();
    world.settings("[source.one]\nurl = \"http://127.0.0.1:9/one\"\n[source.two]\nurl = \"http://127.0.0.1:9/two\"\n");
    let before = world.content();
    let report = world.update(&[]);
    assert!(report.has_failed());
    assert!(why(&report, "one").contains("no connection") && why(&report, "one").contains("tried 2 times"));
    assert_eq!(world.content(), before);
    assert!(!found(&world.open(), name(0)).is_empty());
}

#[test]
fn what_was_asked_wrongly_is_an_error_for_the_whole_call() {
    let world = World::new();
    let error = world.try_update(&[]).unwrap_err().to_string();
    assert!(error.contains("no lists are loaded") && error.contains("un_sc_sanctions"), "{error}");
    let error = world.try_update(&["nonsense"]).unwrap_err().to_string();
    assert!(error.contains("no address of 'nonsense'") && error.contains("--from nonsense=URL"), "{error}");
    // A publisher that gives each edition another address.
    let error = world.try_update(&["tr_fcib"]).unwrap_err().to_string();
    assert!(error.contains("no address of 'tr_fcib'") && error.contains("--from tr_fcib=URL"), "{error}");
    assert!(!world.path().join("lock").exists(), "nothing was begun");
    world.settings("[source.us_ofac_sdn]\nurl = \"SERVER/other\"\n");
    world.serve("/other", sample("un.xml"));
    let report = world.update(&["us_ofac_sdn"]);
    assert!(why(&report, "us_ofac_sdn").contains("the address of us_ofac_sdn gives un_sc_sanctions"), "{report:?}");
    assert!(world.data().current().unwrap().lists.is_empty());
}

#[test]
fn secrets_are_sent_and_never_kept_or_said() {
    let world = World::new();
    fs::write(world.path().join("token"), "geheim\n").unwrap();
    world.settings("[source.one]\nurl = \"SERVER/one?key=verborgen\"\ntoken-file = \"token\"\n");
    world.serve("/one", list(0..3));
    let report = world.update(&["one"]);
    assert!(!report.has_failed(), "{report:?}");
    assert_eq!(world.server.asked()[0].header("authorization"), Some("Token geheim"));
    world.answer("/one", Reply::new("403 Forbidden", ""));
    let report = world.update(&["one"]);
    let kept = fs::read_to_string(world.path().join("checks.json")).unwrap();
    let about: String = world
        .content()
        .into_iter()
        .filter(|(path, _)| !path.ends_with("token") && !path.ends_with("sources.toml"))
        .map(|(_, bytes)| String::from_utf8_lossy(&bytes).into_owned())
        .collect();
    for text in [format!("{report:?}"), kept, about] {
        assert!(!text.contains("geheim") && !text.contains("verborgen"), "{text}");
    }
    let stranger = Server::start(|_| Reply::ok(list(0..3)));
    world.update_from(&[("one", stranger.url("/one"))]);
    assert_eq!(stranger.asked()[0].header("authorization"), None, "it was meant for the other server");
    world.settings("[source.one]\nurl = \"SERVER/one\"\ntoken-env = \"MIHENK_TEST_TOKEN_THAT_IS_NOT_SET\"\n");
    let report = world.update(&["one"]);
    assert!(why(&report, "one").contains("variable MIHENK_TEST_TOKEN_THAT_IS_NOT_SET"), "{report:?}");
}

#[test]
fn unchanged_lists_are_not_sent_and_not_built() {
    let world = two_lists();
    let before = world.content();
    world.server.forget();
    let report = world.at("2026-01-11T12:00:00Z").update(&[]);
    assert!(report.lists.iter().all(|l| matches!(l.outcome, Outcome::Unchanged { .. })), "{report:?}");
    assert!(world.server.asked().iter().all(|asked| asked.header("if-none-match").is_some()));
    assert_eq!(world.content(), before);
    // The same content under another tag is no new version either.
    world.answer("/one", Reply::ok(list(0..6)).header("ETag", "\"other\""));
    let report = world.update(&["one"]);
    assert!(matches!(outcome(&report, "one"), Outcome::Unchanged { .. }));
    assert_eq!(world.content(), before);
}

#[test]
fn what_the_server_said_is_forgotten_with_the_version_it_was_said_of() {
    let world = two_lists();
    // Somebody loads another list from a file: a 304 would now leave that one in place.
    let file = world.path().join("list.jsonl");
    fs::write(&file, list(0..7).replace("sample", "one")).unwrap();
    mihenk_node::Node::add_lists(world.path(), &[file], &mihenk_node::Model::built_in(), "2026-01-10T13:00:00Z")
        .unwrap();
    world.server.forget();
    let report = world.update(&["one"]);
    assert_eq!(world.server.asked()[0].header("if-none-match"), None);
    assert!(matches!(outcome(&report, "one"), Outcome::Live { .. }), "{report:?}");
    // Another address is another file.
    world.settings("[source.one]\nurl = \"SERVER/two\"\n");
    world.server.forget();
    world.update(&["one"]);
    assert_eq!(world.server.asked()[0].header("if-none-match"), None);
}

#[test]
fn lists_of_one_publisher_are_fetched_together_and_whole() {
    let world = World::new();
    let part = |name: &str| format!("\"SERVER/{name}\"");
    let urls = |names: &[&str]| names.iter().map(|n| part(n)).collect::<Vec<_>>().join(", ");
    let (sdn, cons) = (["sdn.csv", "alt.csv", "add.csv"], ["cons_prim.csv", "cons_alt.csv", "cons_add.csv"]);
    world.settings(&format!(
        "[source.us_ofac_sdn]\nurl = [{}]\n[source.us_ofac_cons]\nurl = [{}]\n",
        urls(&sdn),
        urls(&cons)
    ));
    for name in sdn.iter().chain(&cons) {
        world.serve(&format!("/{name}"), sample(&format!("ofac/{name}")));
    }
    world.update(&["us_ofac_sdn", "us_ofac_cons"]);
    let (one, other) = (world.version("us_ofac_sdn"), world.version("us_ofac_cons"));
    // Loaded from files in one call it is the same: the records of one list that name those of the other are tied.
    let files = World::new();
    let paths: Vec<_> = sdn.iter().chain(&cons).map(|name| sample_path(&format!("ofac/{name}"))).collect();
    mihenk_node::Node::add_lists(files.path(), &paths, &mihenk_node::Model::built_in(), "2026-01-10T13:00:00Z")
        .unwrap();
    assert_eq!((files.version("us_ofac_sdn"), files.version("us_ofac_cons")), (one.clone(), other.clone()));
    // One file of one list is new: everything of the publisher is sent once more, and only that list has a new version.
    let longer = sample("ofac/add.csv").replacen("\r\n", " \r\n", 1).replacen("-0-", "\"1 New Street\"", 1);
    world.serve("/add.csv", longer);
    world.server.forget();
    let report = world.update(&["us_ofac_sdn"]);
    assert!(matches!(outcome(&report, "us_ofac_sdn"), Outcome::Live { .. }), "{report:?}");
    assert!(matches!(outcome(&report, "us_ofac_cons"), Outcome::Unchanged { .. }), "{report:?}");
    assert_ne!(world.version("us_ofac_sdn"), one);
    assert_eq!(world.version("us_ofac_cons"), other);
    // Without its sister, a list is read alone.
    world.answer("/cons_prim.csv", Reply::ok("<html>"));
    world.serve("/add.csv", sample("ofac/add.csv"));
    let report = world.update(&[]);
    assert!(why(&report, "us_ofac_cons").contains("HTML"));
    assert!(matches!(outcome(&report, "us_ofac_sdn"), Outcome::Live { .. }), "{report:?}");
}

#[test]
fn several_are_asked_at_once_and_not_too_many() {
    use std::sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    };
    let (now, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let (counted, highest) = (Arc::clone(&now), Arc::clone(&most));
    let slow = Server::start(move |_| {
        highest.fetch_max(counted.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
        std::thread::sleep(Duration::from_millis(60));
        counted.fetch_sub(1, Ordering::SeqCst);
        Reply::ok(list(0..3))
    });
    let world = World::new();
    let names: Vec<String> = (0..9).map(|n| format!("list{n}")).collect();
    let settings: String = names.iter().map(|n| format!("[source.{n}]\nurl = \"{}\"\n", slow.url("/"))).collect();
    world.settings(&settings);
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    assert!(!world.update(&names).has_failed());
    let most = most.load(Ordering::SeqCst);
    assert!((2..=4).contains(&most), "{most} at once");
}
