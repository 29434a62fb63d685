//! What the house says of itself in each report: who files, whom to ask.
//!
//! In comes the file `reporting.toml` of the data folder; out come values for fields of sheets, and a report of goAML that holds them. Without the file a draft lacks
//! them, and its findings say so.
//!
//! ```toml
//! [sheet]
//! filer = "Anadolu Bank, Ankara"
//! contact = "Farid, +90 312 000 00 00"
//!
//! [goaml]
//! rentity_id = 17
//! currency_code_local = "TRY"
//! [goaml.reporting_person]
//! first_name = "Farid"
//! ```

use std::{collections::BTreeMap, fs, io, path::Path};

use mihenk_ledger::reports::goaml;
use serde::Deserialize;

use crate::error::NodeError;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct House {
    pub(super) sheet: BTreeMap<String, String>,
    pub(super) goaml: goaml::Report,
}

impl House {
    pub(super) fn read(root: &Path) -> Result<House, NodeError> {
        let path = root.join("reporting.toml");
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(House::default()),
            Err(source) => return Err(NodeError::Io { path, source }),
        };
        toml::from_str(&text).map_err(|error| NodeError::Act(format!("{}: {error}", path.display())))
    }
}
