//! What is to be fetched: a list, its addresses, its secret, and how often.
//!
//! In come the names that were asked for, what is loaded, what `sources.toml` says and what was said for this run; out come
//! [`Target`]s. An official source brings its own addresses; `sources.toml` overrides them, `--from` overrides both. A list that
//! was loaded from a file and has no address is a target without a place, and is said to be one.

use std::{collections::BTreeMap, env, fs, time::Duration};

use mihenk_lists::{
    SOURCES, Source,
    download::{Secret, same_origin},
};

use crate::{
    error::NodeError,
    folder::{Current, Folder},
    lists::safe,
    manifest::Dataset,
    settings::{Settings, SourceSettings},
};

/// How often a list of the user's own is looked for, if nothing is said.
const OWN_CADENCE: Duration = Duration::from_secs(6 * 3600);

/// A list to fetch.
#[derive(Clone, Debug)]
pub(crate) struct Target {
    /// Its dataset.
    pub(crate) dataset: String,
    /// The official source, if it is one.
    pub(crate) source: Option<&'static Source>,
    /// Where it is.
    pub(crate) place: Place,
    /// What the server wants to see, or why it cannot be had.
    pub(crate) secret: Result<Option<Secret>, String>,
    /// How often to look.
    pub(crate) cadence: Duration,
}

/// Where a list is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Place {
    /// Its files.
    Files(Vec<String>),
    /// A catalogue of OpenSanctions, and the dataset in it.
    Catalogue(String, String),
    /// As a manifest says.
    Manifest(Box<Dataset>),
    /// No address is known.
    Nowhere,
}

impl Target {
    /// What is known of a list by its name.
    pub(crate) fn of(folder: &Folder, settings: &Settings, from: &From<'_>, dataset: &str) -> Target {
        let source = Source::named(dataset);
        let From { urls: from, manifest } = from;
        if let Some(said) = manifest.iter().find(|said| said.name == dataset && said.load) {
            let place = Place::Manifest(Box::new(said.clone()));
            return Target { dataset: dataset.to_owned(), source, place, secret: Ok(None), cadence: Duration::ZERO };
        }
        let said = settings.source.get(dataset);
        let given: Vec<String> = from.iter().filter(|(name, _)| name == dataset).map(|(_, url)| url.clone()).collect();
        // Some publishers give each edition another address.
        let has_address = source.filter(|source| !source.files.is_empty());
        let declared = || has_address.map(|s| s.files.iter().map(|file| file.url.to_owned()).collect());
        let place = match said {
            _ if !given.is_empty() => Place::Files(given.clone()),
            Some(SourceSettings { catalogue: Some(url), dataset: name, .. }) => {
                Place::Catalogue(url.clone(), name.clone().unwrap_or_else(|| dataset.to_owned()))
            }
            Some(SourceSettings { url: Some(urls), .. }) => Place::Files(urls.all()),
            _ => declared().map_or(Place::Nowhere, Place::Files),
        };
        let usual = source.map_or(OWN_CADENCE, |s| s.cadence.check_every());
        let cadence = said.and_then(|s| s.cadence).map_or(usual, |span| span.0);
        let home = said.and_then(|s| s.catalogue.clone().or_else(|| s.url.as_ref()?.all().first().cloned()));
        // What is meant for one server is not sent to another one that was named for this run.
        let is_home = given.first().is_none_or(|url| home.is_some_and(|home| same_origin(url, &home)));
        let secret = said.filter(|_| is_home).map_or(Ok(None), |said| secret(folder, said));
        Target { dataset: dataset.to_owned(), source, place, secret, cadence }
    }
}

/// Addresses that are said beside `sources.toml`.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct From<'a> {
    /// For this run, by name.
    pub(crate) urls: &'a [(String, String)],
    /// The data sets of a manifest.
    pub(crate) manifest: &'a [Dataset],
}

/// The secret that settings point to; what it is stands in no message.
fn secret(folder: &Folder, said: &SourceSettings) -> Result<Option<Secret>, String> {
    let value = match (&said.token_env, &said.token_file) {
        (Some(name), _) => {
            env::var(name).map_err(|_| format!("the environment variable {name}, which holds its token, is not set"))?
        }
        (_, Some(file)) => {
            let file = folder.root().join(file);
            fs::read_to_string(&file)
                .map_err(|e| format!("the file {}, which holds its token, cannot be read: {e}", file.display()))?
        }
        _ => return Ok(None),
    };
    let header = said.header.clone().unwrap_or_else(|| "Authorization".to_owned());
    let usual = if said.header.is_none() { "Token" } else { "" };
    let scheme = said.scheme.as_deref().unwrap_or(usual);
    let value = format!("{scheme} {}", value.trim());
    Ok(Some(Secret { header, value: value.trim().to_owned() }))
}

/// The lists to fetch: those named, or all that are loaded; and with each those of its publisher that are loaded, because the
/// records of one name those of another and are tied when they are read together.
pub(crate) fn targets(
    folder: &Folder,
    current: &Current,
    settings: &Settings,
    from: &From<'_>,
    names: &[String],
) -> Result<Vec<Target>, NodeError> {
    let mut wanted: Vec<String> = names.to_vec();
    wanted.extend(from.urls.iter().map(|(name, _)| name.clone()));
    if names.is_empty() && from.urls.is_empty() {
        wanted.extend(current.lists.keys().cloned());
        wanted.extend(from.manifest.iter().filter(|said| said.load).map(|said| said.name.clone()));
        if wanted.is_empty() {
            return Err(NodeError::Act(format!(
                "no lists are loaded in {}; name those to begin with: {}",
                folder.root().display(),
                known(settings).join(", ")
            )));
        }
    }
    for name in &wanted {
        let target = Target::of(folder, settings, from, name);
        let is_named = names.contains(name);
        if target.place == Place::Nowhere && (is_named || !current.lists.contains_key(name)) {
            return Err(NodeError::Act(format!(
                "no address of '{name}' is known; give it one with --from {name}=URL or in sources.toml; sources with an \
                 address are: {}",
                known(settings).join(", ")
            )));
        }
        if safe(name) != *name {
            return Err(NodeError::Act(format!("'{name}' cannot be the name of a list; use letters, digits, _ - .")));
        }
    }
    let publishers: Vec<&str> = wanted.iter().filter_map(|n| Source::named(n)).map(|s| s.publisher).collect();
    let sisters = current.lists.keys().filter(|n| Source::named(n).is_some_and(|s| publishers.contains(&s.publisher)));
    wanted.extend(sisters.cloned());
    wanted.sort();
    wanted.dedup();
    Ok(wanted.iter().map(|name| Target::of(folder, settings, from, name)).collect())
}

/// The names of all sources that could be fetched.
fn known(settings: &Settings) -> Vec<String> {
    let official = SOURCES.iter().filter(|s| !s.files.is_empty()).map(|s| s.name.to_owned());
    let mut all: Vec<String> = official.chain(settings.source.keys().cloned()).collect();
    all.sort();
    all.dedup();
    all
}

/// Targets whose records name one another, together.
pub(crate) fn groups(targets: Vec<Target>) -> Vec<Vec<Target>> {
    let mut groups: BTreeMap<String, Vec<Target>> = BTreeMap::new();
    for target in targets {
        let publisher = target.source.filter(|_| matches!(target.place, Place::Files(_))).map(|s| s.publisher);
        let key = publisher.map_or_else(|| format!("own {}", target.dataset), |name| format!("by {name}"));
        groups.entry(key).or_default().push(target);
    }
    groups.into_values().collect()
}
