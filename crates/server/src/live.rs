//! What answers at the moment, and how it is exchanged for the next version.
//!
//! In comes a data folder, out comes a [`Holder`] that gives a [`Live`] to whoever begins an answer. Each answer is computed on the one it began with,
//! so that no answer mixes two versions, and the one before goes when its last answer is written. [`Holder::look`] opens the folder again when
//! something else is in use there; what cannot be opened leaves the one before serving, and is said.

use std::{
    fs,
    path::PathBuf,
    sync::{Arc, Mutex, OnceLock, PoisonError, RwLock},
    time::SystemTime,
};

use mihenk_node::{
    Entity, Node, NodeError, Source,
    folder::{Current, Folder},
    manifest::Dataset,
    model,
    seen::{Seen, moment},
};

use crate::{
    catalog::{self, Catalog, DEFAULT, Scope},
    library::Library,
    problem::Failure,
};

/// A version of the lists that answers.
#[derive(Debug)]
pub(crate) struct Live {
    pub(crate) node: Node,
    /// What tells it from others: `20260131120000-abc`.
    pub(crate) version: String,
    manifest: Vec<Dataset>,
    library: OnceLock<Result<Library, String>>,
    /// What answered before, until the library is made.
    before: Mutex<Option<Arc<Live>>>,
    catalog: OnceLock<Catalog>,
}

impl Live {
    /// Of a node.
    pub(crate) fn new(node: Node, manifest: Vec<Dataset>) -> Live {
        let newest = node.lists().iter().map(|list| list.loaded.as_str()).max().unwrap_or("");
        let mut versions: Vec<&str> = node.lists().iter().map(|list| list.version.as_str()).collect();
        versions.sort_unstable();
        let of_all: String = node.lists_id().iter().map(|byte| format!("{byte:02x}")).collect();
        let content = if node.lists_id() == [0; 32] { versions.concat() } else { of_all };
        let version = catalog::version(newest, &content);
        Live { version, node, manifest, library: OnceLock::new(), before: Mutex::default(), catalog: OnceLock::new() }
    }

    /// All records; read when it is first asked for.
    pub(crate) fn library(&self) -> Result<&Library, Failure> {
        let library = self.library.get_or_init(|| {
            let before = self.before.lock().unwrap_or_else(PoisonError::into_inner).take();
            // A library that is not made yet is not waited for.
            let before = before.as_ref().and_then(|live| live.library.get()?.as_ref().ok());
            Library::read(&self.node, before).map_err(|error| error.to_string())
        });
        library.as_ref().map_err(|error| Failure::Broken(error.clone()))
    }

    /// The data sets; needs the library.
    pub(crate) fn catalog(&self) -> Result<&Catalog, Failure> {
        let library = self.library()?;
        Ok(self
            .catalog
            .get_or_init(|| Catalog::new(self.node.lists(), &self.version, &self.manifest, &library.datasets_in_use())))
    }

    /// Members of collections that nobody has, by the collection: whoever asks for it is not told of them.
    pub(crate) fn missing(&self) -> Vec<(String, String)> {
        let Ok(catalog) = self.catalog() else { return Vec::new() };
        let of = |collection: &Dataset| {
            let missing = collection.children.iter().filter(|child| catalog.get(child).is_err());
            missing.map(|child| (collection.name.clone(), child.clone())).collect::<Vec<_>>()
        };
        self.manifest.iter().flat_map(of).collect()
    }

    /// The data sets of which entities are wanted. For everything no record has to be read.
    pub(crate) fn scope(&self, name: &str, include: &[String], exclude: &[String]) -> Result<Scope, Failure> {
        let is_plain = include.is_empty() && exclude.is_empty();
        let is_redefined = self.manifest.iter().any(|said| said.name == name);
        if name == DEFAULT && is_plain && !is_redefined {
            return Ok(Scope(None));
        }
        self.catalog()?.scope(name, include, exclude)
    }
}

/// Since when lists have an entity, and when it changed. Where no file says it, as in a folder of an earlier program, it changed when its list was loaded: never too early, so that
/// whoever asks what changed since a day misses nothing.
pub(crate) fn seen<'i>(node: &Node, ids: impl Iterator<Item = &'i str>, is_in: impl Fn(&str) -> bool) -> Seen {
    let seen = node.seen(ids);
    if seen.change.is_some() {
        return seen;
    }
    let lists = node.lists().iter();
    let of = lists.clone().filter(|list| is_in(&list.dataset)).map(|list| &list.loaded).max();
    let loaded = of.or_else(|| lists.map(|list| &list.loaded).max()).and_then(|loaded| moment(loaded));
    Seen { first: seen.first, last: seen.last.or(loaded), change: loaded }
}

/// The same of a record.
pub(crate) fn seen_of(node: &Node, entity: &Entity) -> Seen {
    let ids = std::iter::once(entity.id.as_str()).chain(entity.referents.iter().map(String::as_str));
    seen(node, ids, |dataset| entity.datasets.iter().any(|name| name == dataset))
}

/// What stands in a data folder, as far as it tells whether something else is in use.
#[derive(Debug, PartialEq)]
struct Stand {
    current: Current,
    decided: Option<(u64, Option<SystemTime>)>,
}

/// Gives out what answers.
#[derive(Debug)]
pub(crate) struct Holder {
    folder: Option<PathBuf>,
    model: Option<PathBuf>,
    /// The data sets of a manifest, as its catalogues last said.
    manifest: Mutex<Vec<Dataset>>,
    live: RwLock<Option<Arc<Live>>>,
    /// One look at a time; what the last one saw.
    seen: Mutex<Option<Stand>>,
    failure: Mutex<Option<String>>,
}

impl Holder {
    /// Of a data folder, which is opened by the first [`Holder::look`].
    pub(crate) fn of_folder(folder: PathBuf, model: Option<PathBuf>, manifest: Vec<Dataset>) -> Holder {
        Holder {
            folder: Some(folder),
            model,
            manifest: Mutex::new(manifest),
            live: RwLock::default(),
            seen: Mutex::default(),
            failure: Mutex::default(),
        }
    }

    /// Of a node that is never exchanged.
    pub(crate) fn of_node(node: Node, manifest: Vec<Dataset>) -> Holder {
        let live = RwLock::new(Some(Arc::new(Live::new(node, manifest.clone()))));
        let manifest = Mutex::new(manifest);
        Holder { folder: None, model: None, manifest, live, seen: Mutex::default(), failure: Mutex::default() }
    }

    /// What answers now.
    pub(crate) fn live(&self) -> Result<Arc<Live>, Failure> {
        self.live.read().unwrap_or_else(PoisonError::into_inner).clone().ok_or_else(Failure::not_ready)
    }

    /// Why the last look brought nothing new, if it should have.
    pub(crate) fn failure(&self) -> Option<String> {
        self.failure.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn datasets(&self) -> Vec<Dataset> {
        self.manifest.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Takes over what a manifest's catalogues say now; whether that is something else.
    pub(crate) fn set_datasets(&self, datasets: Vec<Dataset>) -> bool {
        let mut manifest = self.manifest.lock().unwrap_or_else(PoisonError::into_inner);
        let is_other = *manifest != datasets;
        *manifest = datasets;
        is_other
    }

    /// Opens the folder again if something else is in use there, or if it `must`; says whether it did.
    pub(crate) fn look(&self, must: bool) -> Result<bool, NodeError> {
        let Some(folder) = &self.folder else { return Ok(false) };
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let result = self.open(folder.clone(), seen.as_ref(), must);
        let told = result.as_ref().err().map(ToString::to_string);
        *self.failure.lock().unwrap_or_else(PoisonError::into_inner) = told;
        let Some((now, live)) = result? else { return Ok(false) };
        *live.before.lock().unwrap_or_else(PoisonError::into_inner) = self.live().ok();
        *seen = Some(now);
        *self.live.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&live));
        // Read every record now, and not while somebody waits; what is broken is said to whoever asks.
        let _ = live.catalog();
        Ok(true)
    }

    fn open(&self, root: PathBuf, seen: Option<&Stand>, must: bool) -> Result<Option<(Stand, Arc<Live>)>, NodeError> {
        let decided = fs::metadata(root.join("decisions.jsonl")).ok();
        let decided = decided.map(|about| (about.len(), about.modified().ok()));
        let now = Stand { current: Folder::new(root.clone()).current()?, decided };
        if !must && seen == Some(&now) {
            return Ok(None);
        }
        let node = Node::open(&Source::Folder(root), model::open(self.model.as_deref())?)?;
        Ok(Some((now, Arc::new(Live::new(node, self.datasets())))))
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use mihenk_node::Model;

    use super::*;

    fn add(folder: &Path, name: &str) {
        let file = folder.join(format!("{name}.ftm.json"));
        let line = format!(
            "{{\"id\":\"{name}-1\",\"schema\":\"Person\",\"datasets\":[\"{name}\"],\"properties\":{{\"name\":[\"Kerem {name}\"]}}}}\n"
        );
        fs::write(&file, line).unwrap();
        let now = "2026-01-31T12:00:00Z";
        Node::add_lists(&folder.join("data"), &[file], &Model::built_in(), now).unwrap();
    }

    fn holder(folder: &Path) -> Holder {
        let collection = Dataset::collection("some", &["alpha", "gamma"]);
        Holder::of_folder(folder.join("data"), None, vec![collection])
    }

    #[test]
    fn whoever_began_with_a_version_ends_with_it() {
        let folder = tempfile::tempdir().unwrap();
        let holder = holder(folder.path());
        assert!(holder.look(false).is_err() && holder.live().is_err(), "nothing is loaded");
        add(folder.path(), "alpha");
        assert!(holder.look(false).unwrap() && !holder.look(false).unwrap(), "the same is opened once");
        let first = holder.live().unwrap();
        add(folder.path(), "beta");
        assert!(holder.look(false).unwrap());
        let second = holder.live().unwrap();
        assert_eq!((first.node.entity_count(), second.node.entity_count()), (1, 2));
        assert_ne!(first.version, second.version);
        assert!(first.version.starts_with("20260131120000-"), "{}", first.version);
        assert!(first.node.profile(0).is_ok(), "its records can be read although they were replaced");
        assert_eq!(second.missing(), [("some".to_owned(), "gamma".to_owned())]);
    }

    #[test]
    fn what_cannot_be_opened_leaves_the_one_before() {
        let folder = tempfile::tempdir().unwrap();
        let holder = holder(folder.path());
        add(folder.path(), "alpha");
        holder.look(false).unwrap();
        let current = folder.path().join("data/current.json");
        let good = fs::read(&current).unwrap();
        fs::write(&current, b"{").unwrap();
        assert!(holder.look(false).unwrap_err().to_string().contains("current.json"));
        assert_eq!(holder.live().unwrap().node.entity_count(), 1);
        assert!(holder.failure().unwrap().contains("damaged"));
        fs::write(&current, good).unwrap();
        assert!(!holder.look(false).unwrap() && holder.failure().is_none());
    }
}
