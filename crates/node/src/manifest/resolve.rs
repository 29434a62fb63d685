//! The data sets of a manifest, those of its catalogues included.
//!
//! In come a manifest and a client, out come [`Dataset`]s. A catalogue that cannot be fetched is an error in words, and the data sets of the others
//! are given all the same: one server that is away keeps no other list from being brought up to date.

use mihenk_lists::download::{Clock, Downloader, Fetched, Request, Secret, Step, same_origin, shown};
use serde_json::Value;

use super::{CatalogAt, Dataset, Manifest, Written, unique};

/// What a manifest comes to.
#[derive(Clone, Debug, Default)]
pub struct Resolved {
    /// Its data sets.
    pub datasets: Vec<Dataset>,
    /// Catalogues that gave none, and why.
    pub failures: Vec<String>,
}

impl Manifest {
    /// Whether a catalogue has to be fetched to know its data sets.
    #[must_use]
    pub fn has_catalogs(&self) -> bool {
        !self.catalogs.is_empty()
    }

    /// The data sets that it describes itself.
    #[must_use]
    pub fn datasets(&self) -> &[Dataset] {
        &self.datasets
    }

    /// All data sets; catalogues are fetched.
    #[must_use]
    pub fn resolve(&self, downloader: &Downloader, clock: &dyn Clock, watch: &dyn Fn(Step)) -> Resolved {
        let mut out = Resolved { datasets: self.datasets.clone(), failures: Vec::new() };
        for catalog in &self.catalogs {
            let of = |found: Vec<Dataset>| {
                let all: Vec<Dataset> = out.datasets.iter().cloned().chain(found).collect();
                unique(&all).map(|()| all)
            };
            match catalog.fetch(downloader, clock, watch).and_then(of) {
                Ok(all) => out.datasets = all,
                Err(why) => out.failures.push(format!("catalogue {}: {why}", shown(&catalog.url))),
            }
        }
        out
    }
}

impl CatalogAt {
    fn fetch(&self, downloader: &Downloader, clock: &dyn Clock, watch: &dyn Fn(Step)) -> Result<Vec<Dataset>, String> {
        let secret = self.token.as_ref().map(super::Token::secret);
        let request = Request { url: &self.url, secret: secret.as_ref(), known: None };
        match downloader.fetch(&request, clock, &|step| watch(step)).map_err(|error| error.to_string())? {
            Fetched::Whole { bytes, .. } => self.read(&bytes),
            // Never sent to who did not ask.
            Fetched::Unchanged => Err("nothing was sent".to_owned()),
        }
    }

    /// The data sets of a catalogue.
    pub(super) fn read(&self, bytes: &[u8]) -> Result<Vec<Dataset>, String> {
        let index: Value = serde_json::from_slice(bytes).map_err(|error| format!("it is no JSON: {error}"))?;
        let entries = index["datasets"].as_array().ok_or("it has no datasets: […]")?;
        let mut out = Vec::with_capacity(entries.len());
        for (at, entry) in entries.iter().enumerate() {
            let wrong = |what: String| format!("datasets[{at}]: {what}");
            let mut written: Written =
                serde_json::from_value(entry.clone()).map_err(|error| wrong(error.to_string()))?;
            if self.resource_name.is_some() || self.resource_type.is_some() {
                (written.resource_name, written.resource_type) =
                    (self.resource_name.clone(), self.resource_type.clone());
            }
            if !self.scopes.is_empty() {
                written.load = Some(self.scopes.contains(&written.name));
            }
            written.namespace = self.namespace.or(written.namespace);
            // A catalogue is no file of ours: it names no variables of ours, and no files.
            (written.auth_token, written.path) = (None, None);
            if written.entities_url.as_ref().is_some_and(|url| url.starts_with("file:")) {
                return Err(wrong(format!("'{}' is to be read from a file of this machine", written.name)));
            }
            let mut dataset = written.understood(&|_| None).map_err(wrong)?;
            (dataset.token, dataset.home) = (self.token.clone(), Some(self.url.clone()));
            if self.scopes.contains(&dataset.name) && dataset.origin.is_none() {
                return Err(wrong(format!("'{}' is to be loaded and names no file of entities", dataset.name)));
            }
            out.push(dataset);
        }
        match self.scopes.iter().find(|scope| !out.iter().any(|dataset| dataset.name == **scope)) {
            Some(unknown) => Err(format!("it has no data set '{unknown}', which is named as its scope")),
            None => Ok(out),
        }
    }
}

impl super::Token {
    /// As it is sent.
    pub(crate) fn secret(&self) -> Secret {
        Secret { header: "Authorization".to_owned(), value: format!("Token {}", self.0) }
    }
}

impl Dataset {
    /// What tells where it is from: its catalogue, in which each version may have an address of its own, or its own address.
    pub(crate) fn place(&self) -> String {
        let own = match &self.origin {
            Some(super::Origin::Url(url, _)) => url.clone(),
            Some(super::Origin::Path(path)) => path.display().to_string(),
            None => String::new(),
        };
        format!("{}\n{}\n{}", self.home.clone().unwrap_or(own), self.name, self.namespace)
    }

    /// What may be sent to an address: the token, where it is of the manifest's own, or the address is of the same origin as the catalogue.
    pub(crate) fn secret_for(&self, url: &str) -> Option<Secret> {
        let token = self.token.as_ref()?;
        let own = match &self.origin {
            Some(super::Origin::Url(own, _)) => Some(own.as_str()),
            _ => None,
        };
        let home = self.home.as_deref().or(own)?;
        same_origin(home, url).then(|| token.secret())
    }
}
