//! The data sets that can be asked, and `/catalog`.
//!
//! In come the lists in use, the collections of a manifest and the names of data sets that entities bear; out comes a [`Catalog`] with its
//! bytes and their `ETag`. The collection `default` holds everything that is loaded. A file of FollowTheMoney may hold entities of data sets that
//! have other names than the file: these are data sets of their own, children of the list that brought them. Where that cannot be told, they are
//! children of each list that may have, so that nobody is missed.

use std::collections::{BTreeMap, BTreeSet};

use mihenk_node::{lists::ListAbout, sources::sources};
use serde::Serialize;

use crate::{manifest::Collection, problem::Failure};

/// The collection of everything.
pub(crate) const DEFAULT: &str = "default";

/// A data set as `/catalog` says it.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Dataset {
    pub(crate) name: String,
    pub(crate) title: String,
    license: Option<String>,
    summary: Option<String>,
    description: Option<String>,
    url: Option<String>,
    updated_at: Option<String>,
    last_export: Option<String>,
    entity_count: usize,
    thing_count: usize,
    version: Option<String>,
    category: Option<String>,
    tags: Vec<String>,
    publisher: Option<Publisher>,
    coverage: Option<String>,
    resources: Vec<String>,
    pub(crate) children: Vec<String>,
    deprecation: Option<String>,
    deprecated: bool,
    load: bool,
    entities_url: Option<String>,
    delta_url: Option<String>,
    namespace: bool,
    index_version: Option<String>,
    index_current: bool,
}

/// Who publishes a data set.
#[derive(Clone, Debug, Serialize)]
struct Publisher {
    name: String,
    url: Option<String>,
}

/// All data sets.
#[derive(Debug)]
pub(crate) struct Catalog {
    datasets: BTreeMap<String, Dataset>,
    /// `/catalog`.
    pub(crate) bytes: Vec<u8>,
    /// Its tag.
    pub(crate) etag: String,
}

/// What is asked for of a catalogue.
#[derive(Debug, Serialize)]
struct Page<'a> {
    datasets: Vec<&'a Dataset>,
    current: Vec<&'a str>,
    outdated: Vec<&'a str>,
    index_stale: bool,
}

/// The data sets of which entities are wanted; `None` for all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Scope(pub(crate) Option<BTreeSet<String>>);

impl Scope {
    /// Whether an entity of these data sets is wanted.
    pub(crate) fn has<'a>(&self, datasets: impl IntoIterator<Item = &'a String>) -> bool {
        self.0.as_ref().is_none_or(|names| datasets.into_iter().any(|name| names.contains(name)))
    }
}

/// A moment as yente writes it: without zone and fraction.
pub(crate) fn moment(loaded: &str) -> Option<String> {
    loaded.get(..19).map(str::to_owned)
}

/// A version that sorts by time: `20260131120000-abc`, as those who compare versions expect it.
pub(crate) fn version(loaded: &str, content: &str) -> String {
    let digits: String = loaded.bytes().filter(u8::is_ascii_digit).take(14).map(char::from).collect();
    let tail: String = content.chars().filter(char::is_ascii_alphanumeric).take(3).collect();
    // What is in memory was loaded at no time.
    format!("{digits:0<14}-{tail}")
}

fn of_list(list: &ListAbout) -> Dataset {
    let known = sources().into_iter().find(|source| source.name == list.dataset);
    let count = list.entities.iter().map(|(_, count)| count).sum();
    let version = version(&list.loaded, &list.version);
    let publisher = (!list.publisher.is_empty()).then(|| list.publisher.clone());
    let page = known.as_ref().map(|source| source.page.to_owned());
    Dataset {
        name: list.dataset.clone(),
        title: list.title.clone(),
        license: known.as_ref().map(|source| source.licence.to_owned()),
        summary: known.as_ref().map(|source| source.coverage.to_owned()),
        url: page.clone(),
        updated_at: moment(&list.loaded),
        last_export: list.published.as_ref().map(|day| format!("{day}T00:00:00")),
        entity_count: count + list.related,
        thing_count: count,
        version: Some(version.clone()),
        publisher: publisher.map(|name| Publisher { name, url: page }),
        load: true,
        index_version: Some(version),
        index_current: true,
        ..Dataset::default()
    }
}

impl Catalog {
    /// Of the lists in use, the collections of a manifest, and the names that entities bear.
    pub(crate) fn new(lists: &[ListAbout], all: &str, collections: &[Collection], borne: &[String]) -> Catalog {
        let mut datasets: BTreeMap<String, Dataset> =
            lists.iter().map(|list| (list.dataset.clone(), of_list(list))).collect();
        let others: Vec<String> = borne.iter().filter(|name| !datasets.contains_key(*name)).cloned().collect();
        for list in datasets.values_mut().filter(|list| !borne.contains(&list.name)) {
            list.children.clone_from(&others);
        }
        let names: Vec<String> = datasets.keys().cloned().collect();
        for name in others {
            let dataset = Dataset { title: name.clone(), name: name.clone(), ..Dataset::default() };
            datasets.insert(name, dataset);
        }
        let sum = |count: fn(&Dataset) -> usize| -> usize {
            names.iter().filter_map(|name| datasets.get(name)).map(count).sum()
        };
        let default = Dataset {
            name: DEFAULT.to_owned(),
            title: "Everything that is loaded".to_owned(),
            updated_at: lists.iter().filter_map(|list| moment(&list.loaded)).max(),
            entity_count: sum(|dataset| dataset.entity_count),
            thing_count: sum(|dataset| dataset.thing_count),
            version: Some(all.to_owned()),
            children: names,
            load: true,
            index_version: Some(all.to_owned()),
            index_current: true,
            ..Dataset::default()
        };
        datasets.insert(DEFAULT.to_owned(), default);
        for collection in collections {
            let dataset = datasets.entry(collection.name.clone()).or_insert_with(|| Dataset {
                name: collection.name.clone(),
                title: collection.name.clone(),
                ..Dataset::default()
            });
            if let Some(title) = &collection.title {
                dataset.title.clone_from(title);
            }
            if !collection.children.is_empty() {
                dataset.children.clone_from(&collection.children);
            }
        }
        Catalog { bytes: Vec::new(), etag: String::new(), datasets }.written()
    }

    fn written(mut self) -> Catalog {
        let datasets: Vec<&Dataset> = self.datasets.values().collect();
        let current = datasets.iter().filter(|dataset| dataset.load && dataset.index_current);
        let current = current.map(|dataset| dataset.name.as_str()).collect();
        let page = Page { current, datasets, outdated: Vec::new(), index_stale: false };
        // Texts, numbers and lists: JSON can always write them.
        self.bytes = serde_json::to_vec(&page).unwrap_or_default();
        self.etag = etag(&self.bytes);
        self
    }

    /// A data set.
    pub(crate) fn get(&self, name: &str) -> Result<&Dataset, Failure> {
        self.datasets.get(name).ok_or_else(no_such_dataset)
    }

    /// What a data set is called; its name if it is unknown.
    pub(crate) fn title<'a>(&'a self, name: &'a str) -> &'a str {
        self.datasets.get(name).map_or(name, |dataset| &dataset.title)
    }

    /// The data sets of which entities are wanted: a data set with its children, of which only `include` if that names any, without `exclude`.
    pub(crate) fn scope(&self, name: &str, include: &[String], exclude: &[String]) -> Result<Scope, Failure> {
        self.get(name)?;
        let is_all = name == DEFAULT && self.datasets[DEFAULT].children.len() + 1 >= self.list_count();
        if is_all && include.is_empty() && exclude.is_empty() {
            return Ok(Scope(None));
        }
        let mut names = BTreeSet::new();
        self.with_children(name, &mut names);
        let of = |some: &[String]| {
            let mut names = BTreeSet::new();
            some.iter().for_each(|name| self.with_children(name, &mut names));
            names
        };
        if !include.is_empty() {
            let include = of(include);
            names.retain(|name| include.contains(name));
        }
        let exclude = of(exclude);
        names.retain(|name| !exclude.contains(name));
        Ok(Scope(Some(names)))
    }

    /// How many data sets hold entities by themselves, and the collection of all.
    fn list_count(&self) -> usize {
        self.datasets.values().filter(|dataset| dataset.load).count()
    }

    fn with_children(&self, name: &str, into: &mut BTreeSet<String>) {
        let Some(dataset) = self.datasets.get(name) else { return };
        if into.insert(name.to_owned()) {
            dataset.children.iter().for_each(|child| self.with_children(child, into));
        }
    }
}

/// There is no data set of that name.
pub(crate) fn no_such_dataset() -> Failure {
    Failure::none("No such dataset.")
}

/// A strong tag of some bytes: FNV-1a, 64 bits (Fowler, Noll, Vo; <http://www.isthe.com/chongo/tech/comp/fnv/>).
fn etag(bytes: &[u8]) -> String {
    let hash = bytes
        .iter()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, &byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    format!("\"{hash:016x}\"")
}

/// Whether a tag is among those of `If-None-Match`.
pub(crate) fn is_known(etag: &str, if_none_match: &str) -> bool {
    if_none_match.split(',').map(str::trim).any(|tag| tag == "*" || tag.strip_prefix("W/").unwrap_or(tag) == etag)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(name: &str) -> ListAbout {
        ListAbout {
            dataset: name.to_owned(),
            title: name.to_uppercase(),
            publisher: String::new(),
            version: "89abcdef".to_owned(),
            published: None,
            unverified: None,
            loaded: "2026-01-31T12:00:00Z".to_owned(),
            records: 3,
            entities: vec![("Person".to_owned(), 2)],
            related: 1,
            files: Vec::new(),
            findings: Vec::new(),
            held: None,
        }
    }

    fn names(scope: &Scope) -> Vec<&str> {
        scope.0.iter().flatten().map(String::as_str).collect()
    }

    #[test]
    fn a_scope_is_a_data_set_with_its_children() {
        let collection = Collection { name: "eu".into(), title: None, children: vec!["a".into(), "c".into()] };
        let catalog =
            Catalog::new(&[list("a"), list("b"), list("c")], "v", &[collection], &["a".into(), "b".into(), "c".into()]);
        let scope = |name: &str, include: &[&str], exclude: &[&str]| {
            let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
            catalog.scope(name, &owned(include), &owned(exclude)).unwrap()
        };
        assert_eq!(scope("default", &[], &[]), Scope(None));
        assert_eq!(names(&scope("a", &[], &[])), ["a"]);
        assert_eq!(names(&scope("eu", &[], &["a"])), ["c", "eu"]);
        assert_eq!(names(&scope("default", &["eu"], &[])), ["a", "c"]);
        assert!(names(&scope("a", &["b"], &[])).is_empty(), "what is outside is not added");
        assert!(catalog.scope("nowhere", &[], &[]).is_err());
    }

    #[test]
    fn data_sets_that_only_entities_name_belong_to_the_list_that_brought_them() {
        let borne = ["a".to_owned(), "x".to_owned(), "y".to_owned()];
        let catalog = Catalog::new(&[list("a"), list("file")], "v", &[], &borne);
        assert_eq!(catalog.get("file").unwrap().children, ["x", "y"]);
        assert!(catalog.get("a").unwrap().children.is_empty());
        assert_eq!(names(&catalog.scope("file", &[], &[]).unwrap()), ["file", "x", "y"]);
        assert_eq!(catalog.scope("default", &[], &[]).unwrap(), Scope(None));
    }

    #[test]
    fn versions_sort_by_time() {
        assert_eq!(version("2026-01-31T12:00:00Z", "89abcdef"), "20260131120000-89a");
        assert_eq!(version("", "in memory"), "00000000000000-inm");
        assert_eq!(moment("2026-01-31T12:00:00Z").unwrap(), "2026-01-31T12:00:00");
    }

    #[test]
    fn a_tag_is_known_alone_in_a_list_or_as_a_star() {
        let tag = etag(b"x");
        assert!(is_known(&tag, &tag) && is_known(&tag, &format!("\"other\", {tag}")) && is_known(&tag, "*"));
        assert!(!is_known(&tag, "\"other\"") && !is_known(&tag, ""));
        assert_ne!(tag, etag(b"y"));
    }
}
