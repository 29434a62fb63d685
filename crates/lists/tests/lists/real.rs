//! The real lists, where a copy lies beside the workspace; without one these tests say so and pass.
//!
//! Counts are taken from the files by other means than the crate's: lines of the CSV files, occurrences of an element.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use mihenk_entities::Entity;
use mihenk_lists::{Reading, Severity, read_files};

/// A file of the copy; none, and a line on the terminal, if it is not there.
pub(crate) fn files(names: &[&str]) -> Option<Vec<PathBuf>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/lists");
    let paths: Vec<PathBuf> = names.iter().map(|name| folder.join(name)).collect();
    if let Some(missing) = paths.iter().find(|path| !path.exists()) {
        eprintln!("not tested on the real list: {} is not there", missing.display());
        return None;
    }
    Some(paths)
}

/// The ids of the records: entities that belong to no other one.
fn records(reading: &Reading, prefix: &str) -> Vec<String> {
    let is_record = |entity: &&Entity| {
        entity.id.as_str().strip_prefix(prefix).is_some_and(|rest| rest.bytes().all(|b| b.is_ascii_digit()))
    };
    reading.entities.iter().filter(is_record).map(|entity| entity.id.to_string()).collect()
}

#[test]
fn every_number_of_the_un_list_is_one_entity() {
    let Some(paths) = files(&["un_consolidated.xml"]) else { return };
    let text = fs::read_to_string(&paths[0]).unwrap();
    let numbers: BTreeSet<String> =
        text.split("<DATAID>").skip(1).map(|rest| format!("unsc-{}", rest.split('<').next().unwrap().trim())).collect();
    let readings = read_files(&paths).unwrap();
    let records = records(&readings[0], "unsc-");
    assert_eq!(records.len(), readings[0].records);
    assert_eq!(records.len(), text.matches("<DATAID>").count());
    assert_eq!(records.into_iter().collect::<BTreeSet<_>>(), numbers);
    let aliases = text.split("<ALIAS_NAME>").skip(1).map(|rest| rest.split('<').next().unwrap().trim());
    let kept: BTreeSet<&str> =
        readings[0].entities.iter().flat_map(|e| e.properties.values().flatten()).map(String::as_str).collect();
    let lost = aliases.filter(|alias| {
        let alias = alias.split_whitespace().collect::<Vec<_>>().join(" ");
        // What was taken apart is there in parts.
        !alias.contains(['&', '(', ';', '"', '“', ')']) && !alias.contains(" born ") && !kept.contains(alias.as_str())
    });
    assert_eq!(lost.collect::<Vec<_>>(), Vec::<&str>::new());
    assert!(readings[0].findings.iter().all(|finding| finding.severity < Severity::High));
}

#[test]
fn every_number_of_ofacs_lists_is_one_entity() {
    for (names, dataset) in [
        (&["ofac/sdn.csv", "ofac/alt.csv", "ofac/add.csv", "ofac/sdn_comments.csv"][..], "us_ofac_sdn"),
        (&["ofac/cons_prim.csv", "ofac/cons_alt.csv", "ofac/cons_add.csv"][..], "us_ofac_cons"),
    ] {
        let Some(paths) = files(names) else { return };
        let readings = read_files(&paths).unwrap();
        assert_eq!(readings[0].dataset, dataset);
        let text = fs::read_to_string(&paths[0]).unwrap();
        let rows: Vec<&str> = text.lines().filter(|line| line.len() > 1).collect();
        let numbers: BTreeSet<String> =
            rows.iter().map(|row| format!("ofac-{}", row.split(',').next().unwrap())).collect();
        let records = records(&readings[0], "ofac-");
        assert_eq!((records.len(), readings[0].records), (rows.len(), rows.len()));
        assert_eq!(records.into_iter().collect::<BTreeSet<_>>(), numbers);
        // Every row of the alias file is a name of its entity.
        let aliases = fs::read_to_string(&paths[1]).unwrap().lines().filter(|line| line.len() > 1).count();
        let named: usize = ["alias", "previousName"].iter().map(|p| count(&readings[0], p)).sum();
        assert!(named * 100 >= aliases * 98, "{named} names of {aliases}: only equal ones may be put together");
        // Findings of high severity are remarks whose rest is in a file that was not given.
        let high = readings[0].findings.iter().filter(|f| f.severity == Severity::High);
        assert!(high.clone().all(|f| f.place.field.as_deref() == Some("Remarks")), "{:?}", high.collect::<Vec<_>>());
    }
}

fn count(reading: &Reading, property: &str) -> usize {
    reading.entities.iter().map(|entity| entity.values(property).len()).sum()
}

#[test]
fn two_entries_are_as_published() {
    let Some(paths) = files(&["un_consolidated.xml", "ofac/sdn.csv", "ofac/alt.csv", "ofac/add.csv"]) else { return };
    let readings = read_files(&paths).unwrap();
    let sanction = readings[0].entities.iter().find(|e| e.first("unscId") == Some("QDe.115")).unwrap();
    let group = readings[0].entities.iter().find(|e| Some(e.id.as_str()) == sanction.first("entity")).unwrap();
    assert_eq!(group.first("name"), Some("AL-QAIDA IN IRAQ"));
    assert!(group.values("alias").iter().any(|alias| alias == "Islamic State in Iraq and the Levant"));
    let person = readings[1].entities.iter().find(|e| e.id.as_str() == "ofac-28315").unwrap();
    assert_eq!((person.first("name"), person.first("birthDate")), (Some("Ali SHAMKHANI"), Some("1955-09-29")));
    assert_eq!((person.first("nationality"), person.first("gender")), (Some("ir"), Some("male")));
}
