//! OpenSanctions' catalogue: versions, deltas, and the whole list when deltas do not fit.
//!
//! The forms are those of <https://www.opensanctions.org/docs/bulk/> and <https://www.opensanctions.org/faq/80/bulk-deltas/>.

use mihenk_node::update::Outcome;

use crate::world::{World, found, list, name, outcome, person, why};

/// Publishes a version of the dataset.
fn publish(world: &World, version: &str, text: &str, deltas: &[(&str, &str)]) {
    let url = |path: &str| world.server.url(path);
    let index = format!(
        "{{\"name\":\"sample\",\"version\":\"{version}\",\"last_export\":\"2026-01-{version}T00:00:00\",\"delta_url\":\"{}\",\
         \"resources\":[{{\"name\":\"entities.ftm.json\",\"url\":\"{}\",\"size\":{}}}]}}",
        url("/deltas"),
        url("/full"),
        text.len()
    );
    world.serve("/index.json", index);
    world.serve("/full", text);
    let named: Vec<String> =
        deltas.iter().map(|(v, _)| format!("\"{v}\":\"{}\"", url(&format!("/delta-{v}")))).collect();
    world.serve("/deltas", format!("{{\"versions\":{{{}}}}}", named.join(",")));
    for (version, lines) in deltas {
        world.serve(&format!("/delta-{version}"), *lines);
    }
}

fn line(op: &str, number: usize, more: &str) -> String {
    let text = person(number, more);
    let entity = text.lines().next().unwrap();
    format!("{{\"op\":\"{op}\",\"entity\":{entity}}}\n")
}

fn asked(world: &World) -> Vec<String> {
    let asked = world.server.asked().into_iter().map(|a| a.target).collect();
    world.server.forget();
    asked
}

fn world() -> World {
    let world = World::new();
    std::fs::write(world.path().join("token"), "geheim").unwrap();
    world.settings("[source.mine]\ncatalogue = \"SERVER/index.json\"\ndataset = \"sample\"\ntoken-file = \"token\"\n");
    publish(&world, "10", &list(0..12), &[("10", "")]);
    world.update(&["mine"]);
    assert_eq!(asked(&world), ["/index.json", "/full"]);
    world
}

#[test]
fn a_later_version_comes_by_its_deltas() {
    let world = world();
    let unchanged = world.update(&[]);
    assert!(matches!(outcome(&unchanged, "mine"), Outcome::Unchanged { .. }));
    assert_eq!(asked(&world), ["/index.json"]);
    let (eleventh, twelfth) = (
        line("ADD", 12, ""),
        line("MOD", 3, ",\"birthDate\":[\"1960\"]") + "{\"op\":\"DEL\",\"entity\":{\"id\":\"p0\"}}\n",
    );
    let full = list(1..3) + &person(3, ",\"birthDate\":[\"1960\"]") + &list(4..12);
    publish(&world, "12", &full, &[("10", ""), ("11", &eleventh), ("12", &twelfth)]);
    let report = world.update(&[]);
    let Outcome::Live { list, added: 1, changed: 1, removed: 1 } = outcome(&report, "mine") else {
        panic!("{report:?}")
    };
    assert_eq!(list.published.as_deref(), Some("2026-01-12"));
    assert_eq!(asked(&world), ["/index.json", "/deltas", "/delta-11", "/delta-12"], "the whole list is not sent");
    let node = world.open();
    assert!(found(&node, name(0)).is_empty() && !found(&node, name(12)).is_empty());
    // A new version without a change is no new version here.
    publish(&world, "13", &full, &[("11", &eleventh), ("12", &twelfth)]);
    assert!(matches!(outcome(&world.update(&[]), "mine"), Outcome::Unchanged { .. }));
}

#[test]
fn whole_and_by_deltas_is_the_same_version() {
    let (one, other) = (world(), world());
    let delta = line("ADD", 12, "");
    let sanction_less: String = list(0..12) + person(12, "").lines().next().unwrap() + "\n";
    publish(&one, "11", &sanction_less, &[("10", ""), ("11", &delta)]);
    publish(&other, "11", &sanction_less, &[("11", &delta)]);
    one.update(&[]);
    other.update(&[]);
    assert!(asked(&one).contains(&"/delta-11".to_owned()) && asked(&other).contains(&"/full".to_owned()));
    assert_eq!(one.version("mine"), other.version("mine"));
}

#[test]
fn deltas_that_do_not_fit_are_left_for_the_whole_list() {
    for (delta, words) in [
        (line("MOD", 20, ""), "changes whom we do not have"),
        (line("ADD", 3, ""), "adds whom we have"),
        ("<html>".to_owned(), "is no delta"),
        ("{\"op\":\"ADD\",\"entity\":{\"id\":".to_owned(), "is cut"),
    ] {
        let world = world();
        publish(&world, "11", &list(0..13), &[("10", ""), ("11", &delta)]);
        let report = world.update(&[]);
        assert!(matches!(outcome(&report, "mine"), Outcome::Live { added: 1, removed: 0, .. }), "{words}: {report:?}");
        assert_eq!(asked(&world).last().map(String::as_str), Some("/full"), "{words}");
    }
}

#[test]
fn a_catalogue_that_is_none_or_lies_changes_nothing() {
    let world = world();
    let before = world.content();
    for (path, bytes, words) in [
        ("/index.json", "<!DOCTYPE html>", "an HTML page"),
        ("/index.json", "{\"name\":\"other\"}", "without the dataset 'sample'"),
        ("/full", "x", "1 bytes came, the catalogue says"),
    ] {
        publish(&world, "14", &list(0..13), &[]);
        world.serve(path, bytes);
        let report = world.update(&[]);
        assert!(why(&report, "mine").contains(words), "{words}: {report:?}");
        assert_eq!(world.content(), before, "{words}");
    }
}

#[test]
fn the_token_goes_to_the_catalogue_and_its_server() {
    let world = world();
    world.server.forget();
    publish(&world, "14", &list(0..13), &[]);
    world.update(&[]);
    let asked = world.server.asked();
    assert!(asked.len() >= 2 && asked.iter().all(|a| a.header("authorization") == Some("Token geheim")), "{asked:?}");
}
