//! A manifest: which lists belong together under one name.
//!
//! In comes a file in the form of yente's manifests, YAML or JSON (which is YAML as well); out come [`Collection`]s. A data set with `children` (or
//! `datasets`) is a collection of lists that are loaded. Data sets and catalogues that a manifest has fetched are refused in words: to answer without
//! them would be to say that nobody is on them.

use std::{fs, path::Path};

use yaml_rust2::{Yaml, YamlLoader};

/// Lists under one name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Collection {
    /// Its name.
    pub name: String,
    /// What it is called.
    pub title: Option<String>,
    /// The data sets in it.
    pub children: Vec<String>,
}

/// Reads a manifest's file.
///
/// # Errors
/// The file, the entry, what was found, and what would be right.
pub fn read_file(path: &Path) -> Result<Vec<Collection>, String> {
    let text = fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    read(&text).map_err(|what| format!("{}: {what}", path.display()))
}

/// Reads a manifest.
///
/// # Errors
/// As [`read_file`], without the file.
pub fn read(text: &str) -> Result<Vec<Collection>, String> {
    let documents = YamlLoader::load_from_str(text).map_err(|error| format!("neither YAML nor JSON: {error}"))?;
    let Some(manifest) = documents.first() else { return Err("it is empty; expected datasets: […]".to_owned()) };
    let catalogs = &manifest["catalogs"];
    if catalogs.as_vec().is_some_and(|all| !all.is_empty()) {
        return Err(
            "'catalogs' are not fetched by this version; load lists with 'mihenk lists update' and name them under \
                    'datasets' with 'children'"
                .to_owned(),
        );
    }
    let Some(datasets) = manifest["datasets"].as_vec() else { return Err("expected datasets: […]".to_owned()) };
    let mut out: Vec<Collection> = Vec::new();
    for (at, dataset) in datasets.iter().enumerate() {
        let collection = collection(dataset).map_err(|what| format!("datasets[{at}]: {what}"))?;
        if out.iter().any(|other| other.name == collection.name) {
            return Err(format!("datasets[{at}]: the name '{}' is there twice", collection.name));
        }
        out.push(collection);
    }
    Ok(out)
}

fn collection(dataset: &Yaml) -> Result<Collection, String> {
    let name = dataset["name"].as_str().ok_or("it has no name")?;
    let is_name = |name: &str| name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.'));
    if name.is_empty() || !is_name(name) {
        return Err(format!("'{name}' is not a name; it has letters, digits, _ - and . only"));
    }
    if let Some(key) = ["path", "entities_url"].into_iter().find(|key| !dataset[*key].is_badvalue()) {
        return Err(format!("'{key}' of '{name}' is not loaded by this version; load it with 'mihenk lists add'"));
    }
    let children = [&dataset["children"], &dataset["datasets"]].into_iter().find_map(Yaml::as_vec);
    let children: Option<Vec<String>> =
        children.map(|all| all.iter().filter_map(Yaml::as_str).map(str::to_owned).collect());
    let children =
        children.filter(|children| !children.is_empty()).ok_or_else(|| format!("'{name}' has no children"))?;
    Ok(Collection { name: name.to_owned(), title: dataset["title"].as_str().map(str::to_owned), children })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn collections_are_read_from_yaml_and_json() {
        let expected =
            [Collection { name: "eu".into(), title: Some("Europe".into()), children: vec!["a".into(), "b".into()] }];
        assert_eq!(read("datasets:\n  - name: eu\n    title: Europe\n    children: [a, b]\n").unwrap(), expected);
        assert_eq!(
            read(r#"{"datasets": [{"name": "eu", "title": "Europe", "datasets": ["a", "b"]}]}"#).unwrap(),
            expected
        );
    }

    #[test]
    fn what_is_not_done_is_said() {
        let told = |text: &str| read(text).unwrap_err();
        assert!(told("catalogs:\n  - url: https://example.org/index.json\n").contains("'catalogs' are not fetched"));
        assert!(told("datasets:\n  - name: x\n    path: x.json\n").contains("datasets[0]: 'path' of 'x'"));
        assert!(told("datasets:\n  - {name: x, children: [a]}\n  - {name: x, children: [b]}\n").contains("twice"));
        assert!(told("datasets:\n  - {title: x}\n").contains("no name"));
        assert!(told("datasets:\n  - {name: ../x, children: [a]}\n").contains("not a name"));
        assert!(told("").contains("empty") && told("[").contains("neither YAML nor JSON"));
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "\\PC{0,60}|(datasets|name|:|-|\\[|\\]| |\n|x){0,20}") {
            let _ = read(&text);
        }
    }
}
