//! Settings, for administrators: what is set and where it comes from, how long what is kept, the key of documents, the disk.
//!
//! In comes what the program was started with and what the acts of the node say, out come pages. A secret is never shown: who hands settings over has put stars in its place.

use askama::Template;
use mihenk_node::{
    disk::Used,
    ledger::{
        people::User,
        retention::{Due, LegalHold, Rule, RuleId},
    },
    retention::Ran,
    said::Said,
    sealing::KeyAbout,
};

use crate::{frame::Frame, said::Sentence, words::Language};

/// A setting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    /// Its name in the file of settings.
    pub key: &'static str,
    /// Its value; three stars for a secret that is set.
    pub value: String,
    /// Where it comes from: `flag`, `variable`, `file`, or `usual`.
    pub from: &'static str,
    /// The name of the variable or the file.
    pub place: String,
    /// What it is, in English.
    pub about: &'static str,
}

/// What is set.
#[derive(Debug, Template)]
#[template(path = "settings.html")]
pub struct SettingsPage<'a> {
    /// What stands around it.
    pub t: &'a Frame,
    /// Everything that can be set.
    pub settings: &'a [Setting],
}

/// How long what is kept.
#[derive(Debug, Template)]
#[template(path = "retention.html")]
pub struct RetentionPage<'a> {
    /// What stands around it.
    pub t: &'a Frame,
    /// The rules that hold.
    pub rules: &'a [Rule],
    /// Rules that wait for a second administrator, with who proposed them.
    pub waiting: &'a [(RuleId, String, Rule)],
    /// Legal holds.
    pub holds: &'a [LegalHold],
    /// What is due to be erased.
    pub due: &'a [Due],
    /// The parts that rules may be for.
    pub parts: &'a [&'static str],
    /// Everybody, for their names.
    pub users: &'a [User],
    /// What erasing came to, just now.
    pub ran: Option<&'a Ran>,
}

/// The key of documents, and the disk.
#[derive(Debug, Template)]
#[template(path = "keeping.html")]
pub struct KeepingPage<'a> {
    /// What stands around it.
    pub t: &'a Frame,
    /// What is known of the key.
    pub key: &'a KeyAbout,
    /// What is on the disk.
    pub used: &'a Used,
    /// How an exchange stands that was begun here: whether it runs, and why it failed.
    pub exchange: Option<(bool, Option<&'a Said>)>,
}

/// Subjects that are due and are shown.
const SHOWN: usize = 200;

/// Settings that each language says what they are for: its code, and their names in the order of the alphabet.
#[must_use]
pub fn explained() -> [(&'static str, Vec<&'static str>); Language::ALL.len()] {
    Language::ALL.map(|language| {
        let keys = language.source().lines().filter_map(|line| line.strip_prefix("about-"));
        let mut names: Vec<&str> = keys.filter_map(|rest| Some(rest.split_once(" =")?.0)).collect();
        names.sort_unstable();
        (language.code(), names)
    })
}

impl SettingsPage<'_> {
    /// What a setting is for.
    fn about(&self, setting: &Setting) -> Sentence {
        let own = self.t.known(&format!("about-{}", setting.key));
        own.map_or_else(|| Sentence::english(setting.about), Sentence::of_page)
    }

    /// Settings that somebody has set, then those that are as usual.
    fn groups(&self) -> [(&'static str, Vec<&Setting>); 2] {
        let (usual, set) = self.settings.iter().partition(|setting| setting.from == "usual");
        [("settings-set", set), ("settings-usual", usual)]
    }
}

impl RetentionPage<'_> {
    fn name_of(&self, id: &str) -> String {
        self.users.iter().find(|user| user.id.as_str() == id).map_or_else(|| id.to_owned(), |user| user.name.clone())
    }

    fn shown(&self) -> &[Due] {
        &self.due[..self.due.len().min(SHOWN)]
    }

    /// How many subjects of each part are due.
    fn by_part(&self) -> Vec<(&str, usize)> {
        let count = |part: &'static str| (part, self.due.iter().filter(|due| due.part == part).count());
        self.parts.iter().map(|part| count(part)).filter(|(_, count)| *count > 0).collect()
    }
}

impl KeepingPage<'_> {
    fn file(&self) -> String {
        self.key.file.display().to_string()
    }

    /// Thousandths that bytes are of all.
    fn share(&self, bytes: &u64) -> u64 {
        bytes.saturating_mul(1_000) / self.used.bytes.max(1)
    }
}
