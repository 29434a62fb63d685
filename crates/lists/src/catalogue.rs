//! OpenSanctions' catalogue: which version of a dataset there is, where it is, and which deltas lead to it.
//!
//! In comes an `index.json`, of one dataset or of all (<https://www.opensanctions.org/docs/bulk/>), and the index of deltas that
//! it points to (<https://www.opensanctions.org/faq/80/bulk-deltas/>); out come addresses. Nothing is fetched here.

use std::collections::BTreeMap;

use mihenk_said::Said;
use serde::Deserialize;
use serde_json::Value;

use crate::{error::Error, input::Input, sayings};

/// The name of the resource that holds a dataset's entities, one a line.
const ENTITIES: &str = "entities.ftm.json";

/// A dataset as it is published now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edition {
    /// Its version; later versions sort behind earlier ones.
    pub version: String,
    /// Where its entities are.
    pub entities: String,
    /// Bytes of the entities, if the catalogue says so.
    pub bytes: Option<u64>,
    /// Where the index of deltas is, if there is one.
    pub deltas: Option<String>,
    /// The day of its last export.
    pub exported: Option<String>,
}

#[derive(Deserialize)]
struct Dataset {
    name: String,
    version: Option<String>,
    last_export: Option<String>,
    updated_at: Option<String>,
    delta_url: Option<String>,
    #[serde(default)]
    resources: Vec<Resource>,
}

#[derive(Deserialize)]
struct Resource {
    name: String,
    url: String,
    size: Option<u64>,
}

/// Finds a dataset in an `index.json`.
///
/// # Errors
/// [`Error::WrongKind`] when this is no catalogue, or does not have the dataset with its entities.
pub fn edition(input: &Input, dataset: &str) -> Result<Edition, Error> {
    let wrong =
        |found: Said| Error::WrongKind { file: input.name.clone(), found, expected: sayings::catalogue_entry() };
    let start = input.body().trim_ascii_start();
    if start.starts_with(b"<") {
        return Err(wrong(sayings::html_or_xml()));
    }
    let value: Value =
        serde_json::from_slice(start).map_err(|error| wrong(sayings::no_json_text(error.to_string())))?;
    let entries = match value {
        Value::Object(mut object) if object.contains_key("datasets") && !object.contains_key("resources") => {
            object.remove("datasets").unwrap_or_default()
        }
        other => Value::Array(vec![other]),
    };
    let entries = entries.as_array().cloned().unwrap_or_default();
    let found = entries.into_iter().filter_map(|entry| serde_json::from_value::<Dataset>(entry).ok());
    let Some(found) = found.into_iter().find(|entry| entry.name == dataset) else {
        return Err(wrong(sayings::catalogue_without(dataset)));
    };
    let Some(resource) = found.resources.into_iter().find(|resource| resource.name == ENTITIES) else {
        return Err(wrong(sayings::catalogue_without_entities(dataset, ENTITIES)));
    };
    let exported = found.last_export.or(found.updated_at);
    let Some(version) = found.version.or_else(|| exported.clone()) else {
        return Err(wrong(sayings::catalogue_without_version(dataset)));
    };
    let day = exported.map(|time| time.chars().take(10).collect());
    Ok(Edition { version, entities: resource.url, bytes: resource.size, deltas: found.delta_url, exported: day })
}

/// The delta files that lead from a version to another, in their order; none if they do not reach back so far.
///
/// # Errors
/// [`Error::WrongKind`] when this is no index of deltas.
pub fn deltas(input: &Input, from: &str, to: &str) -> Result<Option<Vec<String>>, Error> {
    #[derive(Deserialize)]
    struct Index {
        versions: BTreeMap<String, String>,
    }
    let index: Index = serde_json::from_slice(input.body()).map_err(|error| Error::WrongKind {
        file: input.name.clone(),
        found: sayings::something_else(error.to_string()),
        expected: sayings::index_of_deltas(),
    })?;
    // A version without changes has no delta, so the one at hand need not be named; but an older one must be.
    if index.versions.keys().next().is_none_or(|oldest| from < oldest.as_str()) {
        return Ok(None);
    }
    let between = index.versions.into_iter().filter(|(version, _)| version.as_str() > from && version.as_str() <= to);
    Ok(Some(between.map(|(_, url)| url).collect()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn input(text: &str) -> Input {
        Input { name: "index.json".to_owned(), bytes: text.as_bytes().to_vec() }
    }

    const ONE: &str = r#"{"name":"sample","version":"20260102-abc","last_export":"2026-01-02T03:04:05","delta_url":"https://e.org/delta.json",
        "resources":[{"name":"names.txt","url":"https://e.org/n"},{"name":"entities.ftm.json","url":"https://e.org/f","size":12}]}"#;

    #[test]
    fn a_dataset_is_found_alone_or_among_others() {
        let alone = edition(&input(ONE), "sample").unwrap();
        assert_eq!(
            (alone.version.as_str(), alone.entities.as_str(), alone.bytes),
            ("20260102-abc", "https://e.org/f", Some(12))
        );
        assert_eq!(
            (alone.deltas.as_deref(), alone.exported.as_deref()),
            (Some("https://e.org/delta.json"), Some("2026-01-02"))
        );
        let all = format!("{{\"run_time\":\"x\",\"datasets\":[{{\"name\":\"other\"}},{ONE}]}}");
        assert_eq!(edition(&input(&all), "sample").unwrap(), alone);
        for (text, word) in [
            (all.as_str(), "without the dataset 'nobody'"),
            ("<!DOCTYPE html>", "an HTML page"),
            ("{\"name\":", "no JSON"),
        ] {
            let error = edition(&input(text), "nobody").unwrap_err().to_string();
            assert!(error.contains(word), "{error}");
        }
    }

    #[test]
    fn deltas_lead_from_one_version_to_the_next() {
        let index = input(r#"{"versions":{"3":"c","1":"a","2":"b","4":"d"}}"#);
        let found = |from, to| deltas(&index, from, to).unwrap();
        assert_eq!(found("1", "3"), Some(vec!["b".to_owned(), "c".to_owned()]));
        assert_eq!(found("15", "2"), Some(vec!["2"; 1].into_iter().map(|_| "b".to_owned()).collect()));
        assert_eq!(found("0", "3"), None, "too old");
        assert_eq!(found("4", "4"), Some(Vec::new()));
        assert!(deltas(&input("[]"), "1", "2").is_err());
    }

    #[test]
    fn a_catalogue_that_is_cut_is_refused() {
        for percent in 0..100 {
            let cut = &ONE[..ONE.len() * percent / 100];
            assert!(edition(&input(cut), "sample").is_err(), "{percent} %");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "[{}\":,a-z\\[\\]0-9]{0,80}|\\PC{0,60}") {
            let _ = (edition(&input(&text), "sample"), deltas(&input(&text), "1", "2"));
        }
    }
}
