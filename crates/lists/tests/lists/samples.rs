//! Samples from `testdata/lists`, and ways to look into a reading.
//!
//! In comes the name of a sample, out come an input or a reading; whatever is not there fails the test that asks for
//! it.

use std::path::PathBuf;

use mihenk_entities::Entity;
use mihenk_lists::{Input, Reading, read_inputs};

/// The files of OFAC's SDN list.
pub(crate) const SDN: [&str; 4] = ["ofac/sdn.csv", "ofac/alt.csv", "ofac/add.csv", "ofac/sdn_comments.csv"];

/// The files of OFAC's consolidated list.
pub(crate) const CONSOLIDATED: [&str; 3] = ["ofac/cons_prim.csv", "ofac/cons_alt.csv", "ofac/cons_add.csv"];

/// Where a sample is.
pub(crate) fn path(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../testdata/lists").join(name)
}

/// A sample.
pub(crate) fn input(name: &str) -> Input {
    let bytes = std::fs::read(path(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
    Input { name: name.to_owned(), bytes }
}

/// The reading of samples that make one list.
pub(crate) fn read(names: &[&str]) -> Reading {
    let inputs: Vec<Input> = names.iter().map(|name| input(name)).collect();
    let mut readings = read_inputs(&inputs).expect("a sample is a list");
    assert_eq!(readings.len(), 1);
    readings.remove(0)
}

/// The entity with that id.
pub(crate) fn entity<'a>(reading: &'a Reading, id: &str) -> &'a Entity {
    reading.entities.iter().find(|entity| entity.id.as_str() == id).unwrap_or_else(|| panic!("no entity {id}"))
}

/// The findings as lines.
pub(crate) fn findings(reading: &Reading) -> Vec<String> {
    reading.findings.iter().map(|finding| format!("{}: {finding}", finding.severity)).collect()
}
