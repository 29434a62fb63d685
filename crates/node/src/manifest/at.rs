//! Where a manifest is: in a file of this machine, or at an address.
//!
//! In comes what somebody has set, out comes a [`ManifestAt`] that says what the manifest is now. One at an address is fetched by the client of the lists, within a bound
//! of its own, and kept in the data folder: being offline, or a manifest that cannot be read, leaves the one that was read last. What is kept holds for the address that it
//! came from and for no other.
//!
//! Whoever writes a manifest elsewhere reads no file of this machine, and no variable of it but those that are meant for manifests ([`VARIABLES`]): else whoever holds the
//! address could have a secret sent to a catalogue of theirs.

use std::{
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
};

use mihenk_lists::download::{Clock, Downloader, Fetched, Request, Step, Validators, shown};
use mihenk_screening::index::hex;
use sha2::{Digest, Sha256};

use super::{Manifest, Origin, read, read_file};
use crate::folder::{read_if_there, write_whole};

/// How the names of variables begin that a manifest at an address may name.
pub const VARIABLES: [&str; 2] = ["OPENSANCTIONS_", "MIHENK_MANIFEST_"];
/// Bytes of a manifest at an address.
const BYTES_MAX: u64 = 4 << 20;
/// The name of the copy in the data folder.
const KEPT: &str = "manifest.yml";

/// Gives the value of a variable of the environment.
pub type Variable = fn(&str) -> Option<String>;

/// A manifest and where it is.
#[derive(Debug)]
pub struct ManifestAt {
    /// Its address, and where the copy is kept; none for a file, which is read once.
    away: Option<Away>,
    state: Mutex<State>,
}

#[derive(Debug)]
struct Away {
    url: String,
    kept: PathBuf,
    variable: Variable,
}

#[derive(Debug, Default)]
struct State {
    manifest: Manifest,
    validators: Option<Validators>,
}

impl ManifestAt {
    /// No manifest.
    #[must_use]
    pub fn nowhere() -> ManifestAt {
        ManifestAt { away: None, state: Mutex::default() }
    }

    /// The manifest in a file, or at an address that begins with `https://` or `http://`; of the latter what is kept in the data folder, until it is fetched.
    ///
    /// # Errors
    /// As [`read_file`]. A copy that cannot be read is fetched anew.
    pub fn of(place: &str, data: &Path, variable: Variable) -> Result<ManifestAt, String> {
        if !place.starts_with("https://") && !place.starts_with("http://") {
            let state = State { manifest: read_file(place.as_ref(), &variable)?, validators: None };
            return Ok(ManifestAt { away: None, state: Mutex::new(state) });
        }
        let away = Away { url: place.to_owned(), kept: data.join(KEPT), variable };
        let manifest = away.kept().unwrap_or_default();
        Ok(ManifestAt { away: Some(away), state: Mutex::new(State { manifest, validators: None }) })
    }

    /// What it is now.
    #[must_use]
    pub fn now(&self) -> Manifest {
        self.state().manifest.clone()
    }

    /// Whether something has to be fetched to know its data sets.
    #[must_use]
    pub fn is_away(&self) -> bool {
        self.away.is_some() || self.state().manifest.has_catalogs()
    }

    /// Fetches a manifest that is at an address; what was read before stands where that fails.
    ///
    /// # Errors
    /// In words, without what is secret in the address.
    pub fn fetch(&self, downloader: &Downloader, clock: &dyn Clock, watch: &dyn Fn(Step)) -> Result<(), String> {
        let Some(away) = &self.away else { return Ok(()) };
        let told = |why: String| format!("manifest {}: {why}", shown(&away.url));
        let known = self.state().validators.clone();
        let request = Request { url: &away.url, secret: None, known: known.as_ref() };
        let fetched = downloader.at_most(BYTES_MAX).fetch(&request, clock, watch);
        let Fetched::Whole { bytes, validators } = fetched.map_err(|error| told(error.to_string()))? else {
            return Ok(());
        };
        let text = String::from_utf8(bytes).map_err(|_| told("it is no UTF-8".to_owned()))?;
        let manifest = away.read(&text).map_err(told)?;
        *self.state() = State { manifest, validators: Some(validators) };
        write_whole(&away.kept, format!("{}\n{text}", away.heading()).as_bytes())
            .map_err(|error| told(format!("it answers, and could not be kept: {error}")))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Away {
    /// The first line of the copy, a comment of YAML: which address it is of, without saying it.
    fn heading(&self) -> String {
        format!("# kept by mihenk; of the address with the SHA-256 {}", hex(&Sha256::digest(self.url.as_bytes())))
    }

    fn kept(&self) -> Option<Manifest> {
        let kept = read_if_there(&self.kept).ok()??;
        let (heading, text) = kept.split_once('\n')?;
        (heading == self.heading()).then(|| self.read(text).ok())?
    }

    fn read(&self, text: &str) -> Result<Manifest, String> {
        let is_meant = |name: &str| VARIABLES.iter().any(|beginning| name.starts_with(beginning));
        let manifest = read(text, &|name| (self.variable)(name).filter(|_| is_meant(name)))?;
        match manifest.datasets.iter().find(|dataset| matches!(dataset.origin, Some(Origin::Path(_)))) {
            Some(dataset) => Err(format!(
                "'{}' is to be read from a file of this machine, which only a manifest in a file may ask",
                dataset.name
            )),
            None => Ok(manifest),
        }
    }
}
