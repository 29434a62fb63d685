//! A manifest in the form of yente's: which data sets are loaded and from where, and which belong together under one name.
//!
//! In comes a file, YAML or JSON (which is YAML as well); out come [`Manifest`]s. A data set is loaded from a file (`path`) or an address
//! (`entities_url`), or it is a collection of others (`children`, also written `datasets`). A catalogue is an address at which data sets are described;
//! [`Manifest::resolve`] fetches it. Tokens are never shown: `$NAME` and `${NAME}` in one stand for variables of the environment.
//!
//! The form is that of <https://www.opensanctions.org/docs/yente/datasets/>.

mod at;
mod resolve;

use std::{collections::BTreeSet, fmt, fs, path::Path, path::PathBuf};

use serde::Deserialize;
use serde_json::{Map, Number, Value};
use yaml_rust2::{Yaml, YamlLoader};

pub use at::{ManifestAt, VARIABLES, Variable};
/// An address without what is secret in it.
pub use mihenk_lists::download::shown;

/// A manifest.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Manifest {
    /// Catalogues that describe data sets.
    pub(crate) catalogs: Vec<CatalogAt>,
    /// Data sets that it describes itself.
    pub(crate) datasets: Vec<Dataset>,
}

/// Where a catalogue is and what of it is wanted.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct CatalogAt {
    pub(crate) url: String,
    /// The data sets that are loaded; where none is named, those that are no collections.
    pub(crate) scopes: Vec<String>,
    pub(crate) token: Option<Token>,
    pub(crate) namespace: Option<bool>,
    pub(crate) resource_name: Option<String>,
    pub(crate) resource_type: Option<String>,
}

/// A data set.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Dataset {
    /// Its name.
    pub name: String,
    /// What it is called.
    pub title: Option<String>,
    /// The data sets in it.
    pub children: Vec<String>,
    /// Whether it is loaded.
    pub load: bool,
    /// Its version, as whoever publishes it says.
    pub version: Option<String>,
    /// Where its entities are.
    pub origin: Option<Origin>,
    /// Where the index of its deltas is.
    pub delta_url: Option<String>,
    /// Whether ids are signed with its name, so that they are those of no other data set.
    pub namespace: bool,
    /// What else is said of it: `summary`, `publisher` and the like.
    pub about: Map<String, Value>,
    pub(crate) token: Option<Token>,
    /// Where the token may be sent, beside where the entities are.
    pub(crate) home: Option<String>,
}

/// Where the entities of a data set are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A file.
    Path(PathBuf),
    /// An address, and the SHA-1 of what is there, if it is said.
    Url(String, Option<String>),
}

/// What a server wants to see; never shown.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Token(pub(crate) String);

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

/// A data set as a manifest or a catalogue writes it.
#[derive(Clone, Debug, Default, Deserialize)]
struct Written {
    name: String,
    title: Option<String>,
    path: Option<PathBuf>,
    entities_url: Option<String>,
    #[serde(default, deserialize_with = "text")]
    version: Option<String>,
    load: Option<bool>,
    #[serde(default)]
    children: Vec<String>,
    #[serde(default)]
    datasets: Vec<String>,
    delta_url: Option<String>,
    namespace: Option<bool>,
    auth_token: Option<String>,
    resource_name: Option<String>,
    resource_type: Option<String>,
    #[serde(default)]
    resources: Vec<Resource>,
    #[serde(flatten)]
    about: Map<String, Value>,
}

/// A file of a data set.
#[derive(Clone, Debug, Default, Deserialize)]
struct Resource {
    name: String,
    url: Option<String>,
    mime_type: Option<String>,
    checksum: Option<String>,
}

#[derive(Default, Deserialize)]
struct WrittenCatalog {
    url: String,
    scope: Option<String>,
    #[serde(default)]
    scopes: Vec<String>,
    auth_token: Option<String>,
    namespace: Option<bool>,
    resource_name: Option<String>,
    resource_type: Option<String>,
}

/// A version that YAML takes for a number is one all the same.
fn text<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Option<String>, D::Error> {
    Ok(match Option::<Value>::deserialize(from)? {
        None | Some(Value::Null) => None,
        Some(Value::String(text)) => Some(text),
        Some(other) => Some(other.to_string()),
    })
}

/// The name of the resource that holds entities, where nothing else is said.
const ENTITIES: &str = "entities.ftm.json";

/// Reads a manifest's file; relative paths in it are seen from its folder.
///
/// # Errors
/// The file, the entry, what was found, and what would be right.
pub fn read_file(path: &Path, variable: &dyn Fn(&str) -> Option<String>) -> Result<Manifest, String> {
    let text = fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let mut manifest = read(&text, variable).map_err(|what| format!("{}: {what}", path.display()))?;
    let folder = path.parent().unwrap_or(Path::new(""));
    for dataset in &mut manifest.datasets {
        if let Some(Origin::Path(path)) = &mut dataset.origin {
            *path = folder.join(&*path);
        }
    }
    Ok(manifest)
}

/// Reads a manifest.
///
/// # Errors
/// As [`read_file`], without the file.
pub fn read(text: &str, variable: &dyn Fn(&str) -> Option<String>) -> Result<Manifest, String> {
    let documents = YamlLoader::load_from_str(text).map_err(|error| format!("neither YAML nor JSON: {error}"))?;
    let Some(manifest) = documents.first() else { return Err("it is empty; expected datasets: […]".to_owned()) };
    let (catalogs, datasets) = (&manifest["catalogs"], &manifest["datasets"]);
    if catalogs.as_vec().is_none() && datasets.as_vec().is_none() {
        return Err("expected datasets: […] or catalogs: […]".to_owned());
    }
    let mut out = Manifest::default();
    for (at, entry) in catalogs.as_vec().into_iter().flatten().enumerate() {
        let catalog = catalog(entry, variable).map_err(|what| format!("catalogs[{at}]: {what}"))?;
        out.catalogs.push(catalog);
    }
    for (at, entry) in datasets.as_vec().into_iter().flatten().enumerate() {
        let wrong = |what: String| format!("datasets[{at}]: {what}");
        let written: Written = serde_json::from_value(value(entry)).map_err(|error| wrong(error.to_string()))?;
        let dataset = written.understood(variable).map_err(wrong)?;
        if dataset.origin.is_none() && dataset.children.is_empty() {
            return Err(wrong(format!("'{}' has no path, no entities_url and no children", dataset.name)));
        }
        out.datasets.push(dataset);
    }
    unique(&out.datasets)?;
    Ok(out)
}

/// Names are there once.
fn unique(datasets: &[Dataset]) -> Result<(), String> {
    let mut names = BTreeSet::new();
    match datasets.iter().find(|dataset| !names.insert(&dataset.name)) {
        Some(twice) => Err(format!("the name '{}' is there twice", twice.name)),
        None => Ok(()),
    }
}

fn catalog(entry: &Yaml, variable: &dyn Fn(&str) -> Option<String>) -> Result<CatalogAt, String> {
    let written: WrittenCatalog = serde_json::from_value(value(entry)).map_err(|error| error.to_string())?;
    if !written.url.starts_with("https://") && !written.url.starts_with("http://") {
        return Err(format!("'{}' is no address such as https://example.org/catalog.json", written.url));
    }
    let mut scopes = written.scopes;
    scopes.extend(written.scope);
    Ok(CatalogAt {
        url: written.url,
        scopes,
        token: token(written.auth_token, variable)?,
        namespace: written.namespace,
        resource_name: written.resource_name,
        resource_type: written.resource_type,
    })
}

impl Dataset {
    /// Lists that belong together under one name.
    #[must_use]
    pub fn collection(name: &str, children: &[&str]) -> Dataset {
        let children = children.iter().map(|child| (*child).to_owned()).collect();
        Dataset { name: name.to_owned(), children, ..Dataset::default() }
    }
}

impl Written {
    fn understood(self, variable: &dyn Fn(&str) -> Option<String>) -> Result<Dataset, String> {
        let is_name = |name: &str| name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.'));
        let name = self.name.clone();
        if name.is_empty() || name.starts_with('.') || !is_name(&name) {
            return Err(format!("'{name}' is not a name; it has letters, digits, _ - and . only"));
        }
        let origin = self.origin()?;
        let children = if self.children.is_empty() { self.datasets } else { self.children };
        let version = self.version.or_else(|| {
            let moment = self.about.get("last_export").or_else(|| self.about.get("updated_at"))?.as_str()?;
            // yente makes a version of the moment where none is said: its digits.
            Some(moment.chars().filter(char::is_ascii_digit).take(14).collect())
        });
        Ok(Dataset {
            load: origin.is_some() && self.load.unwrap_or(children.is_empty()),
            title: self.title,
            version: version.filter(|version| !version.is_empty()),
            delta_url: self.delta_url,
            namespace: self.namespace.unwrap_or(false),
            token: token(self.auth_token, variable)?,
            about: self.about,
            home: None,
            name,
            children,
            origin,
        })
    }

    fn origin(&self) -> Result<Option<Origin>, String> {
        if let Some(path) = &self.path {
            return Ok(Some(Origin::Path(path.clone())));
        }
        if let Some(url) = &self.entities_url {
            return match url.strip_prefix("file://") {
                Some(path) => Ok(Some(Origin::Path(path.into()))),
                None if url.starts_with("https://") || url.starts_with("http://") => {
                    Ok(Some(Origin::Url(url.clone(), None)))
                }
                None => Err(format!("'{url}' is no address such as https://example.org/entities.ftm.json")),
            };
        }
        let is_it = |resource: &&Resource| match (&self.resource_name, &self.resource_type) {
            (None, None) => resource.name == ENTITIES,
            (name, kind) => {
                name.as_ref().is_some_and(|name| *name == resource.name)
                    || kind.is_some() && *kind == resource.mime_type
            }
        };
        let found = self.resources.iter().filter(|resource| resource.url.is_some()).find(is_it);
        Ok(found.and_then(|resource| Some(Origin::Url(resource.url.clone()?, resource.checksum.clone()))))
    }
}

/// A token, with what the environment says in place of `$NAME` and `${NAME}`.
fn token(written: Option<String>, variable: &dyn Fn(&str) -> Option<String>) -> Result<Option<Token>, String> {
    let Some(written) = written.filter(|token| !token.is_empty()) else { return Ok(None) };
    let (mut out, mut rest) = (String::new(), written.as_str());
    while let Some(at) = rest.find('$') {
        out.push_str(&rest[..at]);
        let behind = &rest[at + 1..];
        let braced = behind.strip_prefix('{').and_then(|behind| behind.split_once('}'));
        let end = behind.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(behind.len());
        let (name, after) = braced.unwrap_or(behind.split_at(end));
        if name.is_empty() {
            return Err("auth_token: behind $ stands no name of a variable".to_owned());
        }
        let value = variable(name);
        out.push_str(&value.ok_or_else(|| format!("auth_token: the environment variable {name} is not set"))?);
        rest = after;
    }
    out.push_str(rest);
    Ok(Some(Token(out.trim().to_owned())))
}

/// YAML as JSON; keys that are no texts become texts.
fn value(yaml: &Yaml) -> Value {
    match yaml {
        Yaml::String(text) => Value::String(text.clone()),
        Yaml::Integer(number) => Value::Number((*number).into()),
        // The text of a number, so that a version stays as it is written.
        Yaml::Real(text) => text.parse().ok().and_then(Number::from_f64).map_or(Value::Null, Value::Number),
        Yaml::Boolean(truth) => Value::Bool(*truth),
        Yaml::Array(values) => Value::Array(values.iter().map(value).collect()),
        Yaml::Hash(pairs) => {
            let key = |key: &Yaml| key.as_str().map_or_else(|| value(key).to_string(), str::to_owned);
            Value::Object(pairs.iter().map(|(name, of)| (key(name), value(of))).collect())
        }
        Yaml::Alias(_) | Yaml::Null | Yaml::BadValue => Value::Null,
    }
}

#[cfg(test)]
#[path = "manifest/tests.rs"]
mod tests;
