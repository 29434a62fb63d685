//! What fails leaves the folder as it was and is said with what was found and where; the others go on.

use std::{fs, time::Duration};

use mihenk_node::update::Outcome;

use crate::{
    server::Reply,
    world::{World, found, list, name, outcome, why},
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
    assert!(!world.path().join("lock").exists(), "nothing was begun");
    world.settings("[source.un_sc_sanctions]\nurl = \"SERVER/other\"\n");
    world.serve("/other", list(0..3));
    let report = world.update(&["un_sc_sanctions"]);
    assert!(why(&report, "un_sc_sanctions").contains("gives a list in FollowTheMoney form"), "{report:?}");
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
