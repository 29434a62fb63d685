//! What holds for every report that the rules allow, and what a report without something says.
//!
//! Reports come from `made`, by a seed that proptest gives.

use proptest::prelude::*;

use super::{
    super::{
        Finding, Report, Severity, Version, check,
        element::Element,
        model::Content as _,
        read, rules, subjects,
        write::{self, write},
    },
    made::{self, Much, Seed},
    sample,
};

fn made(version: Version, seed: u64, much: Much) -> Element<'static> {
    made::report(rules(version), &mut Seed(seed), much)
}

fn errors(findings: &[Finding]) -> Vec<String> {
    findings.iter().filter(|finding| finding.is_error()).map(ToString::to_string).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if cfg!(debug_assertions) { 60 } else { 400 }))]

    #[test]
    fn what_the_rules_allow_is_written_and_read_as_the_same(seed: u64, newer: bool) {
        let version = if newer { Version::V5_0_2 } else { Version::V4_0 };
        let tree = made(version, seed, Much::Some);
        let report = Report::of(&tree).unwrap();
        prop_assert_eq!(errors(&check(&report, version)), Vec::<String>::new());
        let xml = write(&report, version).unwrap();
        let incoming = read(xml.as_bytes()).unwrap();
        prop_assert_eq!(&incoming.report, &report);
        prop_assert_eq!(errors(&incoming.findings), Vec::<String>::new());
        prop_assert_eq!(write(&incoming.report, version).unwrap(), xml);
    }

    #[test]
    fn the_model_has_a_place_for_each_element_of_the_rules(seed: u64, newer: bool) {
        let version = if newer { Version::V5_0_2 } else { Version::V4_0 };
        let tree = made(version, seed, Much::Some);
        prop_assert_eq!(write::tree(&Report::of(&tree).unwrap(), rules(version)), tree);
    }

    #[test]
    fn a_report_is_the_same_as_json(seed: u64) {
        let report = Report::of(&made(Version::V5_0_2, seed, Much::Some)).unwrap();
        let json = serde_json::to_string(&report).unwrap();
        prop_assert_eq!(serde_json::from_str::<Report>(&json).unwrap(), report);
    }

    #[test]
    fn what_everybody_demands_is_enough_for_writing_and_what_anybody_does_for_silence(seed: u64, newer: bool) {
        let version = if newer { Version::V5_0_2 } else { Version::V4_0 };
        let least = Report::of(&made(version, seed, Much::Least)).unwrap();
        prop_assert_eq!(errors(&check(&least, version)), Vec::<String>::new());
        let demanded = Report::of(&made(version, seed, Much::Demanded)).unwrap();
        let mut findings = check(&demanded, version);
        findings.retain(|finding| finding.found.as_str() == "nothing");
        prop_assert_eq!(findings, Vec::<Finding>::new());
    }

    #[test]
    fn an_element_that_everybody_demands_is_missed_with_its_path(seed: u64, newer: bool) {
        let version = if newer { Version::V5_0_2 } else { Version::V4_0 };
        let mut tree = made(version, seed, Much::Least);
        let (parent, name) = remove(&mut tree, "report", &mut Seed(seed));
        let report = Report::of(&tree).unwrap();
        let findings = check(&report, version);
        let is_it = |finding: &Finding| {
            let path = without_numbers(&finding.path);
            let rest = path.strip_prefix(&parent).unwrap_or("?");
            // A group is named as a whole, and a list is missed with its last item.
            let is_group = rest.starts_with("/(") && rest.contains(&name);
            finding.is_error() && (rest == format!("/{name}") || is_group || rest.is_empty())
        };
        prop_assert!(findings.iter().any(is_it), "{parent}/{name}: {findings:?}");
        prop_assert!(write(&report, version).is_err());
    }
}

/// Takes some leaf away, and says in what it stood and how it was called.
fn remove(element: &mut Element<'static>, path: &str, seed: &mut Seed) -> (String, String) {
    let at = seed.below(element.children.len());
    if element.children[at].children.is_empty() {
        return (path.to_owned(), element.children.remove(at).name.into_owned());
    }
    let path = format!("{path}/{}", element.children[at].name);
    remove(&mut element.children[at], &path, seed)
}

fn without_numbers(path: &str) -> String {
    let parts = path.split('/').map(|part| part.split('[').next().unwrap_or(part));
    parts.collect::<Vec<_>>().join("/")
}

#[test]
fn the_rules_are_met_in_each_type_by_some_report() {
    for version in Version::ALL {
        let mut met = std::collections::BTreeSet::new();
        for seed in 0..400 {
            names(&made(version, seed, Much::Some), &mut met);
        }
        for complex in &rules(version).types {
            for element in &complex.elements {
                assert!(met.contains(&element.name), "{version}: {}/{}", complex.name, element.name);
            }
        }
    }
}

fn names(element: &Element<'_>, into: &mut std::collections::BTreeSet<String>) {
    into.insert(element.name.to_string());
    element.children.iter().for_each(|child| names(child, into));
}

#[test]
fn the_findings_of_a_draft_say_what_is_missing_and_for_whom() {
    let findings = check(&Report::default(), Version::V4_0);
    let all: Vec<String> = findings.iter().map(ToString::to_string).collect();
    assert!(all.contains(&"report/rentity_id: nothing; right would be a whole number from 1 to 2147483647".to_owned()));
    assert!(all.contains(&"report/(transaction|activity): nothing; right would be transaction or activity".to_owned()));
    let reference = findings.iter().find(|finding| finding.path == "report/entity_reference").unwrap();
    assert_eq!(reference.severity, Severity::Warning);
    assert_eq!(reference.demanded_by, ["Financial Intelligence Unit of Sri Lanka"]);
}

#[test]
fn for_a_known_authority_its_own_demands_are_errors_and_others_are_silent() {
    let report = sample::transactions();
    let find = |authority: Option<&str>, path: &str| {
        let findings = super::super::check_for(&report, Version::V5_0_2, authority);
        findings.into_iter().find(|finding| finding.path == path).map(|finding| finding.severity)
    };
    let path = "report/transaction[1]/t_from_my_client/from_person/first_name";
    assert_eq!(find(None, path), Some(Severity::Warning), "Ayşe is not Latin enough for one of them");
    assert_eq!(find(Some("ae"), path), Some(Severity::Error));
    assert_eq!(find(Some("ch"), path), None);
}

#[test]
fn everybody_a_report_is_about_is_listed_with_a_path() {
    let report = sample::transactions();
    let paths: Vec<String> = subjects(&report).into_iter().map(|subject| subject.path).collect();
    assert_eq!(
        paths,
        [
            "report/transaction[1]/t_from_my_client/from_person",
            "report/transaction[1]/t_to/to_account",
            "report/transaction[1]/t_to/to_account/t_entity",
            "report/transaction[1]/t_to/to_account/t_entity/director_id[1]",
        ]
    );
    let activity = sample::activity();
    let paths: Vec<String> = subjects(&activity).into_iter().map(|subject| subject.path).collect();
    assert_eq!(paths, ["report/activity/report_parties/report_party[1]/person"]);
}

#[test]
fn subjects_are_as_many_as_there_are_elements_of_their_types() {
    for seed in 0..60 {
        let version = Version::ALL[seed as usize % 2];
        let tree = made(version, seed, Much::Some);
        let report = Report::of(&tree).unwrap();
        let reporting = usize::from(report.reporting_person.is_some());
        let expected = counted(&tree, "report", version) - reporting;
        assert_eq!(subjects(&report).len(), expected, "seed {seed}");
    }
}

/// How many elements hold a person, an account or an entity, by the rules.
fn counted(element: &Element<'_>, of: &str, version: Version) -> usize {
    let rules = rules(version);
    let complex = rules.types.iter().find(|one| one.name == of).unwrap();
    let is_subject = ["t_person", "director", "t_person_registration_in_report", "t_account", "t_entity"].contains(&of);
    let inner: usize = element
        .children
        .iter()
        .map(|child| {
            let (_, rule) = complex.element(&child.name).unwrap();
            let super::super::rules::Holds::Type(at) = rule.holds else { return 0 };
            let of = &rules.types[at].name;
            match rule.item {
                Some(_) => child.children.iter().map(|item| counted(item, of, version)).sum(),
                None => counted(child, of, version),
            }
        })
        .sum();
    inner + usize::from(is_subject)
}
