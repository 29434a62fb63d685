//! `sources.toml`: what a user says of sources.
//!
//! In comes the file in the data folder, out come other addresses for sources that the program knows, addresses of the user's own
//! lists, how often to look, where a secret is, and how long old versions are kept. A name that is not understood is an error
//! with its line. Secrets are never in the file: it names an environment variable or a file that holds one.

use std::{collections::BTreeMap, fs, path::PathBuf, time::Duration};

use serde::Deserialize;

use crate::{error::NodeError, folder::Folder};

/// The file.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Settings {
    /// How long versions that are not in use are kept.
    #[serde(default)]
    pub(crate) keep: Option<Span>,
    /// Sources by the name of their dataset.
    #[serde(default)]
    pub(crate) source: BTreeMap<String, SourceSettings>,
}

/// What is said of one source.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct SourceSettings {
    /// Where its files are.
    pub(crate) url: Option<Urls>,
    /// Where an `index.json` of OpenSanctions is.
    pub(crate) catalogue: Option<String>,
    /// The dataset in that catalogue, if it has another name here.
    pub(crate) dataset: Option<String>,
    /// How often to look.
    pub(crate) cadence: Option<Span>,
    /// The header that takes the secret.
    pub(crate) header: Option<String>,
    /// The word before the secret.
    pub(crate) scheme: Option<String>,
    /// The environment variable that holds the secret.
    pub(crate) token_env: Option<String>,
    /// The file that holds the secret.
    pub(crate) token_file: Option<PathBuf>,
}

/// One address or several.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub(crate) enum Urls {
    /// One.
    One(String),
    /// Several.
    Many(Vec<String>),
}

impl Urls {
    /// All of them.
    pub(crate) fn all(&self) -> Vec<String> {
        match self {
            Urls::One(url) => vec![url.clone()],
            Urls::Many(urls) => urls.clone(),
        }
    }
}

/// A time span: `90d`, `6h`, `30m`, `45s`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Span(pub Duration);

impl TryFrom<String> for Span {
    type Error = String;

    fn try_from(text: String) -> Result<Span, String> {
        text.parse()
    }
}

impl std::str::FromStr for Span {
    type Err = String;

    fn from_str(text: &str) -> Result<Span, String> {
        let wrong = || format!("'{text}' is no span of time; write a whole number and d, h, m or s, such as 90d or 6h");
        let unit = text.trim().chars().next_back().ok_or_else(wrong)?;
        let each: u64 = match unit {
            'd' => 86_400,
            'h' => 3600,
            'm' => 60,
            's' => 1,
            _ => return Err(wrong()),
        };
        let number: u64 = text.trim()[..text.trim().len() - 1].parse().map_err(|_| wrong())?;
        // A century is for ever, and no sum of times runs over.
        let seconds = number.checked_mul(each).filter(|s| *s <= 100 * 366 * 86_400).ok_or_else(wrong)?;
        Ok(Span(Duration::from_secs(seconds)))
    }
}

impl Settings {
    /// Reads the file; nothing is said where there is none.
    pub(crate) fn read(folder: &Folder) -> Result<Settings, NodeError> {
        let path = folder.root().join("sources.toml");
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(Settings::default()),
            Err(source) => return Err(NodeError::Io { path, source }),
        };
        let settings: Settings = toml::from_str(&text).map_err(|error| NodeError::Input {
            file: path.display().to_string(),
            what: error.to_string().trim_end().to_owned(),
        })?;
        for (name, source) in &settings.source {
            source.check().map_err(|what| {
                let file = path.display().to_string();
                NodeError::Input { file, what: format!("[source.{name}]: {what}") }
            })?;
        }
        Ok(settings)
    }
}

impl SourceSettings {
    fn check(&self) -> Result<(), &'static str> {
        if self.url.is_some() && self.catalogue.is_some() {
            return Err("'url' and 'catalogue' are both given; give one of them");
        }
        if self.dataset.is_some() && self.catalogue.is_none() {
            return Err("'dataset' names a dataset of a catalogue; give 'catalogue' as well");
        }
        if self.token_env.is_some() && self.token_file.is_some() {
            return Err("'token-env' and 'token-file' are both given; give one of them");
        }
        if self.cadence.is_some_and(|span| span.0 < Duration::from_secs(60)) {
            return Err("'cadence' is under a minute; publishers would not like that");
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str) -> Result<Settings, String> {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("sources.toml"), text).unwrap();
        Settings::read(&Folder::new(folder.path().to_owned())).map_err(|e| e.to_string())
    }

    #[test]
    fn a_file_is_read_or_refused_with_its_line() {
        let text = "keep = \"90d\"\n[source.mine]\ncatalogue = \"https://e.org/index.json\"\ntoken-env = \"T\"\ncadence = \"30m\"\n\
                    [source.un_sc_sanctions]\nurl = [\"https://mirror.example/un.xml\"]\n";
        let settings = read(text).unwrap();
        assert_eq!(settings.keep, Some(Span(Duration::from_secs(90 * 86_400))));
        assert_eq!(settings.source["un_sc_sanctions"].url.as_ref().unwrap().all(), ["https://mirror.example/un.xml"]);
        for (text, word) in [
            ("keep = \"soon\"", "no span of time"),
            ("[source.x]\nurll = \"https://e.org\"", "line 2"),
            ("[source.x]\nurl = \"a\"\ncatalogue = \"b\"", "[source.x]: 'url' and 'catalogue'"),
            ("[source.x]\ncadence = \"5s\"", "under a minute"),
            ("token = 1", "unknown field"),
        ] {
            let error = read(text).unwrap_err();
            assert!(error.contains(word) && error.contains("sources.toml"), "{word}: {error}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "[a-z\\[\\]=\".\n 0-9-]{0,80}|\\PC{0,40}") {
            let _ = read(&text);
            let _ = text.parse::<Span>();
        }
    }
}
