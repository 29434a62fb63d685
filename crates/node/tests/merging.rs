//! One entity where several lists have it: joined by reference numbers, by numbers of documents and by decisions; every join can be taken
//! back, and nothing depends on the order in which lists and decisions came.

#![allow(clippy::unwrap_used, reason = "a test that panics has failed, in its helpers too")]

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use mihenk_node::{
    Entity, Model, Node, NodeError, Options, Scratch, Source,
    merging::{
        acts::{Act, Deciding, Session},
        decisions::{Decision, Decisions, Said},
        merges::Merges,
        proposing::{Proposals, Wanted, proposals},
    },
    query::Query,
    removals, status,
};
use proptest::prelude::*;
use tempfile::TempDir;

const NOW: &str = "2026-01-10T12:00:00Z";

/// A folder, and another one for the files of lists.
struct World {
    folder: TempDir,
    files: TempDir,
}

impl World {
    fn new() -> World {
        World { folder: tempfile::tempdir().unwrap(), files: tempfile::tempdir().unwrap() }
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn add(&self, list: &str, lines: &str) -> Merges {
        let file = self.write(list, lines);
        Node::add_lists(self.path(), &[file], &Model::built_in(), NOW).unwrap().merges
    }

    fn write(&self, list: &str, lines: &str) -> PathBuf {
        let file = self.files.path().join(format!("{list}.jsonl"));
        fs::write(&file, lines).unwrap();
        file
    }

    fn open(&self) -> Node {
        Node::open(&Source::Folder(self.path().to_owned()), Model::built_in()).unwrap()
    }

    fn decide(&self, act: Act, a: &str, b: &str) -> Result<(Decision, Merges), NodeError> {
        let mut session = Session::open(self.path(), Model::built_in())?;
        let decision = session.decide(&Deciding { act, a, b, reason: "seen both passports", by: "Jale" }, NOW)?;
        let merges = session.finish(NOW)?.merges;
        assert_eq!(self.open().rebuilt(), None, "what is in use was made");
        Ok((decision, merges))
    }

    fn refused(&self, act: Act, a: &str, b: &str) -> String {
        let error = self.decide(act, a, b).unwrap_err();
        assert!(matches!(error, NodeError::Act(_)), "{error}");
        error.to_string()
    }

    /// The ids of hits, each with its other ids.
    fn found(&self, name: &str) -> Vec<Vec<String>> {
        let node = self.open();
        let mut entity = Entity::from_json(r#"{"id":"q","schema":"Person"}"#).unwrap();
        entity.add("name", name);
        let answer = node.answer(&Query::of(entity).unwrap(), &Options::default(), &mut Scratch::default());
        let hits = answer.results.iter().filter(|hit| hit.hit.is_match);
        hits.map(|hit| std::iter::once(hit.id.clone()).chain(hit.referents.clone()).collect()).collect()
    }

    /// The files of the index, without their folder.
    fn index(&self) -> BTreeMap<String, Vec<u8>> {
        let files = fs::read_dir(self.path().join("index")).unwrap().map(|entry| entry.unwrap().path());
        let files = files.filter(|path| path.is_file() && path.extension().is_none_or(|e| e != "proposals"));
        files.map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read(path).unwrap())).collect()
    }

    fn proposals(&self) -> Proposals {
        proposals(self.path(), Model::built_in(), Wanted::default()).unwrap()
    }
}

fn person(list: &str, id: &str, name: &str, more: &str) -> String {
    format!(r#"{{"id":"{id}","schema":"Person","datasets":["{list}"],"properties":{{"name":["{name}"]{more}}}}}"#)
        + "\n"
}

/// A listing that cites a reference of the UN.
fn listing(list: &str, id: &str, authority: &str, day: &str, properties: &str) -> String {
    format!(
        r#"{{"id":"{id}-s","schema":"Sanction","datasets":["{list}"],"properties":{{"entity":["{id}"],"authority":["{authority}"],"listingDate":["{day}"],"program":["{list} programme"],{properties}}}}}"#
    ) + "\n"
}

fn passport(list: &str, id: &str, number: &str) -> String {
    format!(
        r#"{{"id":"{id}-p","schema":"Passport","datasets":["{list}"],"properties":{{"holder":["{id}"],"number":["{number}"],"country":["ir"]}}}}"#
    ) + "\n"
}

fn un(more: &str) -> String {
    person("un", "u-1", "Hossein Zolfaqari", more)
        + &listing(
            "un",
            "u-1",
            "United Nations Security Council",
            "2001-02-03",
            r#""unscId":["IRi.999"],"authorityId":["IRi.999"]"#,
        )
}

fn us(more: &str) -> String {
    person("us", "o-1", "Husayn ZULFIQARI", more)
        + &listing("us", "o-1", "Office of Foreign Assets Control", "2002-03-04", r#""authorityId":["999123"]"#)
        + &passport("us", "o-1", "Z7654321")
}

fn eu(more: &str) -> String {
    person("eu", "e-1", "ZOLFAGHARI, Hossein", more)
        + &listing("eu", "e-1", "European Union", "2003-04-05", r#""authorityId":["EU.9999.1"],"unscId":["IRi.999"]"#)
        + &passport("eu", "e-1", "Z-765 4321")
}

/// The three lists: the EU's cites the UN's reference and has the passport that OFAC's has.
fn three() -> World {
    let world = World::new();
    world.add("un", &un(""));
    world.add("us", &us(""));
    world.add("eu", &eu(""));
    world
}

#[test]
fn one_person_on_three_lists_is_one_result_with_three_listings() {
    let world = three();
    assert_eq!(world.found("Hossein Zolfaqari"), [["e-1", "o-1", "u-1"]]);
    let node = world.open();
    assert_eq!(node.entity_count(), 1);
    let profile = node.profile(0).unwrap();
    assert_eq!(profile.entity.referents, ["o-1", "u-1"]);
    assert_eq!(profile.entity.values("name").len(), 3, "what every list says stays");
    let told: Vec<_> = profile.listings().map(|l| (l.short, l.reference, l.listed_on, l.programmes)).collect();
    let listed = |short: &str, reference: &str, day: &str, list: &str| {
        (short.to_owned(), Some(reference.to_owned()), Some(day.to_owned()), vec![format!("{list} programme")])
    };
    assert_eq!(
        told,
        [
            listed("EU", "EU.9999.1", "2003-04-05", "eu"),
            listed("UN", "IRi.999", "2001-02-03", "un"),
            listed("OFAC", "999123", "2002-03-04", "us")
        ]
    );
    for id in ["e-1", "o-1", "u-1"] {
        assert_eq!(node.lookup().canonical(id), "e-1", "every id leads to the one");
    }
    let merged = &node.lookup().merges().merged[0];
    let why: Vec<&str> = merged.links.iter().map(|link| link.why.as_str()).collect();
    assert_eq!(why, ["UN reference IRi.999", "passport Z7654321 (Iran)"]);
    let merging =
        status::merging(&mihenk_node::folder::Folder::new(world.path().to_owned()), node.model()).unwrap().unwrap();
    assert_eq!((merging.counts.by_rule, merging.counts.by_person, merging.counts.entries), (1, 0, 3));
}

#[test]
fn lists_that_are_read_for_one_run_are_joined_too() {
    let world = World::new();
    let files = [world.write("eu", &eu("")), world.write("un", &un("")), world.write("us", &us(""))];
    let node = Node::from_files(&files, Model::built_in()).unwrap();
    assert_eq!(node.profile(0).unwrap(), three().open().profile(0).unwrap());
    assert_eq!(node.referents("e-1"), ["o-1", "u-1"]);
}

#[test]
fn an_id_that_a_publisher_names_as_the_same_joins() {
    let world = World::new();
    world.add("un", &un(""));
    let line = r#"{"id":"NK-1","schema":"LegalEntity","datasets":["all"],"referents":["u-1","x-9"],"properties":{"name":["H. Z."]}}"#;
    world.add("all", line);
    assert_eq!(world.found("Hossein Zolfaqari"), [["NK-1", "u-1"]]);
    let entity = world.open().profile(0).unwrap().entity;
    assert_eq!((entity.schema.name(), &entity.referents[..]), ("Person", &["u-1".to_owned(), "x-9".to_owned()][..]));
}

#[test]
fn what_speaks_against_makes_a_proposal_that_says_so() {
    let world = World::new();
    world.add("un", &un(r#","birthDate":["1960-05-17"]"#));
    world.add("eu", &eu(r#","birthDate":["1971-02-03"]"#));
    assert_eq!(world.open().entity_count(), 2);
    let open = world.proposals().proposals;
    assert_eq!(open.len(), 1);
    assert_eq!(open[0].shares, ["UN reference IRi.999"]);
    assert!(open[0].against[0].contains("dates lie apart"), "{:?}", open[0].against);
    let sum: f64 = open[0].explanation.iter().map(|line| line["bits"].as_f64().unwrap()).sum();
    assert!((sum - open[0].bits).abs() < 1e-6, "the lines add up");
    world.decide(Act::Accept, "e-1", "u-1").unwrap();
    assert_eq!(world.open().entity_count(), 1);
    assert!(world.proposals().proposals.is_empty());
}

#[test]
fn a_proposal_is_decided_kept_and_taken_back_to_the_byte() {
    let world = World::new();
    world.add("un", &un(r#","birthDate":["1960-05-17"]"#));
    world.add("us", &us(r#","birthDate":["1960-05-17"]"#));
    let before = world.index();
    let open = world.proposals();
    assert_eq!(open.proposals.len(), 1, "{open:?}");
    assert_eq!(world.proposals(), open, "they are kept");
    let (decision, merges) = world.decide(Act::Accept, "u-1", "o-1").unwrap();
    assert_eq!((decision.a.as_str(), decision.said, decision.by.as_str()), ("o-1", Said::Same, "Jale"));
    assert!(decision.bits.is_some_and(|bits| bits > 0.0) && decision.lists.len() == 2);
    assert_eq!(merges.counts().by_person, 1);
    assert_eq!(world.found("Hossein Zolfaqari"), [["o-1", "u-1"]]);
    assert!(world.proposals().proposals.is_empty());
    let (undone, _) = world.decide(Act::Undo, "o-1", "u-1").unwrap();
    assert_eq!(undone.said, Said::Undone);
    assert_eq!(world.index(), before, "as if it had never been");
    assert_eq!(world.proposals(), open);
    world.decide(Act::Reject, "o-1", "u-1").unwrap();
    assert!(world.proposals().proposals.is_empty(), "nobody is asked again");
    assert_eq!(world.open().entity_count(), 2);
    world.decide(Act::Undo, "o-1", "u-1").unwrap();
    assert_eq!(world.index(), before);
    let lines = fs::read_to_string(world.path().join("decisions.jsonl")).unwrap();
    assert_eq!(lines.lines().count(), 4, "and nothing of it is lost");
}

#[test]
fn what_a_rule_joined_stays_apart_once_it_is_undone() {
    let world = World::new();
    world.add("un", &un(""));
    world.add("eu", &eu(""));
    assert_eq!(world.open().entity_count(), 1);
    let (decision, _) = world.decide(Act::Undo, "u-1", "e-1").unwrap();
    assert_eq!((decision.said, decision.rule.as_deref()), (Said::Different, Some("one by UN reference IRi.999")));
    assert_eq!(world.open().entity_count(), 2);
    assert!(world.proposals().proposals.is_empty());
    world.add("un", &un(r#","birthDate":["1960"]"#));
    assert_eq!(world.open().entity_count(), 2, "after an update as well");
    world.decide(Act::Undo, "u-1", "e-1").unwrap();
    assert_eq!(world.open().entity_count(), 1, "and the rule holds again when that is taken back");
}

#[test]
fn a_decision_about_an_id_that_is_gone_is_kept_and_said() {
    let other = |list: &str| person(list, &format!("{list}-9"), "Birgit Claesson", "");
    let world = World::new();
    world.add("un", &(un("") + &other("un")));
    world.add("us", &us(""));
    world.decide(Act::Accept, "o-1", "u-1").unwrap();
    world.add("un", &other("un"));
    assert_eq!(world.found("Hossein Zolfaqari"), [["o-1", "u-1"]], "its removal waits, and it is one still");
    let node = world.open();
    assert_eq!(node.removal_waits("o-1"), ["un"], "whichever of its ids is held");
    drop(node);
    removals::decide(world.path(), "un", removals::Decision::Accept, &Model::built_in(), NOW).unwrap();
    assert_eq!(world.found("Hossein Zolfaqari"), [["o-1"]]);
    let warnings = world.open().lookup().merges().warnings();
    assert_eq!(warnings, ["the decision on o-1 and u-1 waits: no list in use has u-1"]);
    let merges = world.add("un", &(un("") + &other("un")));
    assert!(merges.warnings().is_empty() && merges.counts().by_person == 1, "it came back");
}

#[test]
fn decisions_that_do_not_fit_are_refused_or_said() {
    let world = three();
    let said = world.refused(Act::Undo, "o-1", "u-1");
    assert!(said.contains("only because of others") && said.contains("e-1 o-1 (passport Z7654321 (Iran))"), "{said}");
    let (_, merges) = world.decide(Act::Reject, "o-1", "u-1").unwrap();
    assert_eq!(world.open().entity_count(), 3, "nobody guesses with which of the two the third one is one");
    let warnings = merges.warnings();
    for words in ["o-1 and u-1", "e-1 and u-1 (UN reference IRi.999)", "e-1 and o-1 (passport"] {
        assert!(warnings[0].contains(words), "{words}: {warnings:?}");
    }
    world.decide(Act::Reject, "o-1", "e-1").unwrap();
    assert_eq!(world.open().entity_count(), 2);
    assert!(world.open().lookup().merges().warnings().is_empty(), "settled");
    world.decide(Act::Undo, "o-1", "e-1").unwrap();
    world.decide(Act::Accept, "e-1", "u-1").unwrap();
    let said = world.refused(Act::Accept, "o-1", "e-1");
    assert!(said.contains("does not fit what was decided before") && said.contains("o-1 and u-1"), "{said}");
    assert_eq!(
        Decisions::read(&mihenk_node::folder::Folder::new(world.path().to_owned())).unwrap().that_hold().len(),
        2
    );
}

#[test]
fn a_decision_has_a_reason_and_is_about_two_who_are_there() {
    let world = World::new();
    world.add("un", &un(""));
    world.add("us", r#"{"id":"c-1","schema":"Company","datasets":["us"],"properties":{"name":["Zolfaqari Trading"]}}"#);
    for (act, a, b, word) in [
        (Act::Accept, "u-1", "u-1", "give the ids of two"),
        (Act::Accept, "u-1", "x-1", "no list in use has an entity 'x-1'"),
        (Act::Accept, "u-1", "c-1", "nothing is both: one is a Company, the other one a Person"),
        (Act::Undo, "u-1", "c-1", "nothing is decided"),
    ] {
        let said = world.refused(act, a, b);
        assert!(said.contains(word), "{said}");
    }
    let mut session = Session::open(world.path(), Model::built_in()).unwrap();
    for (reason, by) in [(" ", "Jale"), ("why not", "")] {
        assert!(session.decide(&Deciding { act: Act::Reject, a: "u-1", b: "c-1", reason, by }, NOW).is_err());
    }
    assert!(!world.path().join("decisions.jsonl").exists());
    world.decide(Act::Reject, "u-1", "c-1").unwrap();
    assert!(world.refused(Act::Reject, "c-1", "u-1").contains("decided already"));
    fs::write(world.path().join("decisions.jsonl"), "{\n").unwrap();
    let error = Node::open(&Source::Folder(world.path().to_owned()), Model::built_in()).unwrap_err().to_string();
    assert!(error.contains("decisions.jsonl: line 1: expected a decision"), "{error}");
}

#[test]
fn lists_as_they_stood_are_joined_as_was_decided_then() {
    let world = World::new();
    world.add("un", &un(""));
    world.add("us", &us(""));
    let mut session = Session::open(world.path(), Model::built_in()).unwrap();
    let deciding = Deciding { act: Act::Accept, a: "o-1", b: "u-1", reason: "seen", by: "Jale" };
    session.decide(&deciding, "2026-01-12T00:00:00Z").unwrap();
    session.finish(NOW).unwrap();
    let then = |at: &str| Node::open_as_of(world.path(), Model::built_in(), at).unwrap().entity_count();
    assert_eq!((then("2026-01-11T00:00:00Z"), then("2026-01-12T00:00:00Z")), (2, 1));
}

#[test]
fn an_address_of_a_second_list_that_changes_changes_the_index() {
    let address = |street: &str| {
        format!(r#"{{"id":"ad-1","schema":"Address","datasets":["un"],"properties":{{"full":["{street}"]}}}}"#) + "\n"
    };
    let world = World::new();
    world.add("eu", &eu(""));
    let cited = un(r#","addressEntity":["ad-1"]"#);
    for street in ["1 Long Street", "2 Short Street"] {
        world.add("un", &(cited.clone() + &address(street)));
        assert_eq!(world.open().profile(0).unwrap().related[0].values("full"), [street]);
    }
}

/// Entities of three lists that share references and passports or not.
fn lists(cites: &[(usize, usize, usize, usize)]) -> [String; 3] {
    const NAMES: [&str; 3] = ["Hossein Zolfaqari", "Birgit Claesson", "Emeka Falade"];
    let mut out: [String; 3] = Default::default();
    for (n, &(list, reference, number, name)) in cites.iter().enumerate() {
        let (names, lines) = (["l0", "l1", "l2"], &mut out[list]);
        let id = format!("p{n}");
        *lines += &person(names[list], &id, NAMES[name], "");
        if reference > 0 {
            *lines += &listing(names[list], &id, "A", "2001", &format!(r#""unscId":["IRi.99{reference}"]"#));
        }
        if number > 0 {
            *lines += &passport(names[list], &id, &format!("Z765432{number}"));
        }
    }
    out
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// A folder into which lists and decisions came one after the other has the index, to the byte, of one that had all of them at once; and
    /// what is joined in memory is what is joined from files.
    #[test]
    fn an_index_grown_by_lists_and_decisions_is_that_of_a_new_folder(
        before in prop::collection::vec((0usize..3, 0usize..3, 0usize..3, 0usize..3), 1..8),
        after in prop::collection::vec((0usize..3, 0usize..3, 0usize..3, 0usize..3), 3..8),
        decided in prop::collection::vec((0usize..8, 0usize..8, 0usize..3), 0..4),
    ) {
        let grown = World::new();
        for (n, lines) in lists(&before).iter().enumerate().filter(|(_, lines)| !lines.is_empty()) {
            grown.add(&format!("l{n}"), lines);
        }
        for (a, b, act) in &decided {
            // Many of these are refused, which changes nothing.
            let _ = grown.decide([Act::Accept, Act::Reject, Act::Undo][*act], &format!("p{a}"), &format!("p{b}"));
        }
        let all = lists(&after);
        let all: Vec<(String, &String)> = all.iter().enumerate().filter(|(_, l)| !l.is_empty()).map(|(n, l)| (format!("l{n}"), l)).collect();
        for (name, lines) in &all {
            grown.add(name, lines);
            let _ = removals::decide(grown.path(), name, removals::Decision::Accept, &Model::built_in(), NOW);
        }
        let lists_now: Vec<String> = grown.open().lists().iter().map(|list| list.dataset.clone()).collect();
        for gone in lists_now.iter().filter(|name| !all.iter().any(|(known, _)| known == *name)) {
            mihenk_node::swap::remove(grown.path(), gone, &Model::built_in(), NOW).unwrap();
        }
        let fresh = World::new();
        if let Ok(decisions) = fs::read(grown.path().join("decisions.jsonl")) {
            fs::write(fresh.path().join("decisions.jsonl"), decisions).unwrap();
        }
        let files: Vec<PathBuf> = all.iter().map(|(name, lines)| fresh.write(name, lines)).collect();
        Node::add_lists(fresh.path(), &files, &Model::built_in(), NOW).unwrap();
        prop_assert_eq!(grown.index(), fresh.index());
        if !grown.path().join("decisions.jsonl").exists() {
            let (kept, memory) = (fresh.open(), Node::from_files(&files, Model::built_in()).unwrap());
            prop_assert_eq!(kept.entity_count(), memory.entity_count());
            for number in 0..kept.entity_count() as u32 {
                prop_assert_eq!(kept.profile(number).unwrap(), memory.profile(number).unwrap());
            }
        }
    }
}
