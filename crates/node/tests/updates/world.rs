//! A data folder, a server and a clock.
//!
//! [`World::serve`] puts a file on the server, which answers 304 to who has it; [`World::update`] brings lists up to date. Lists
//! are FollowTheMoney lines that [`list`] makes.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
    time::Duration,
};

use mihenk_node::{
    Downloader, Limits, Model, Node, NodeError, Options, Scratch, Source,
    folder::Folder,
    query::Query,
    update::{Outcome, Report, Update, update},
};
use tempfile::TempDir;

use crate::{
    clock::TestClock,
    server::{Asked, Reply, Server},
};

pub(crate) struct World {
    pub(crate) folder: TempDir,
    pub(crate) server: Server,
    replies: Arc<Mutex<BTreeMap<String, Reply>>>,
    pub(crate) clock: TestClock,
}

/// The time at which a world begins.
pub(crate) const START: &str = "2026-01-10T12:00:00Z";

impl World {
    pub(crate) fn new() -> World {
        let replies: Arc<Mutex<BTreeMap<String, Reply>>> = Arc::default();
        let kept = Arc::clone(&replies);
        let server = Server::start(move |asked: &Asked| {
            let replies = kept.lock().unwrap();
            let path = asked.target.split('?').next().unwrap();
            let Some(reply) = replies.get(path) else { return Reply::new("404 Not Found", "") };
            match (asked.header("if-none-match"), reply.etag()) {
                (Some(asked), Some(is)) if asked == is => Reply::unchanged(),
                _ => reply.clone(),
            }
        });
        World { folder: tempfile::tempdir().unwrap(), server, replies, clock: TestClock::at(START) }
    }

    /// Puts a file on the server, which knows whether somebody has it.
    pub(crate) fn serve(&self, path: &str, bytes: impl Into<Vec<u8>>) {
        let bytes = bytes.into();
        let sum: u64 = bytes.iter().fold(7, |sum, byte| sum.wrapping_mul(31).wrapping_add(u64::from(*byte)));
        self.answer(path, Reply::ok(bytes).header("ETag", &format!("\"{sum:x}\"")));
    }

    pub(crate) fn answer(&self, path: &str, reply: Reply) {
        self.replies.lock().unwrap().insert(path.to_owned(), reply);
    }

    /// Writes `sources.toml`, with the server's address for SERVER.
    pub(crate) fn settings(&self, text: &str) {
        fs::write(self.path().join("sources.toml"), text.replace("SERVER", &self.server.url(""))).unwrap();
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn at(&self, time: &str) -> &World {
        self.clock.set(time);
        self
    }

    pub(crate) fn try_update(&self, names: &[&str]) -> Result<Report, NodeError> {
        let names: Vec<String> = names.iter().map(|&name| name.to_owned()).collect();
        self.with(&names, update)
    }

    /// Brings a list up to date from addresses for this run.
    pub(crate) fn update_from(&self, from: &[(&str, String)]) -> Report {
        let from: Vec<(String, String)> = from.iter().map(|(name, url)| ((*name).to_owned(), url.clone())).collect();
        self.with(&[], |options| update(&Update { from: &from, ..*options })).unwrap()
    }

    /// Does something with what an update needs.
    pub(crate) fn with<T>(&self, names: &[String], act: impl FnOnce(&Update<'_>) -> T) -> T {
        let limits = Limits { stalled: Duration::from_millis(200), attempts: 2, bytes: 1 << 20, ..Limits::default() };
        let downloader = Downloader::new(limits, None, 3).unwrap();
        act(&Update {
            folder: self.path(),
            model: &Model::built_in(),
            downloader: &downloader,
            clock: &self.clock,
            names,
            from: &[],
            manifest: &[],
            keep: None,
            watch: &|_, _| {},
        })
    }

    pub(crate) fn update(&self, names: &[&str]) -> Report {
        self.try_update(names).unwrap()
    }

    /// Everything in the folder but the lock and the state of the checks.
    pub(crate) fn content(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut out = BTreeMap::new();
        collect(self.path(), &mut out);
        out.retain(|path, _| !path.ends_with("lock") && !path.ends_with("checks.json"));
        out
    }

    pub(crate) fn open(&self) -> Node {
        let node = Node::open(&Source::of(self.path().to_owned()), Model::built_in()).unwrap();
        assert_eq!(node.rebuilt(), None, "the index of what is in use is there");
        node
    }

    pub(crate) fn data(&self) -> Folder {
        Folder::new(self.path().to_owned())
    }

    /// The version of a list that is in use.
    pub(crate) fn version(&self, dataset: &str) -> String {
        self.data().current().unwrap().lists[dataset].clone()
    }
}

fn collect(folder: &Path, out: &mut BTreeMap<PathBuf, Vec<u8>>) {
    for entry in fs::read_dir(folder).unwrap().flatten() {
        match entry.file_type().unwrap().is_dir() {
            true => collect(&entry.path(), out),
            false => drop(out.insert(entry.path(), fs::read(entry.path()).unwrap())),
        }
    }
}

/// Names that are nothing like one another.
const NAMES: [&str; 24] = [
    "Aurelio Bonfanti",
    "Birgit Claesson",
    "Cemal Dogan",
    "Dagmar Evertsen",
    "Emeka Falade",
    "Farida Ghorbani",
    "Gustavo Herrera",
    "Hinata Ishikawa",
    "Ivana Jankovic",
    "Jakub Kowalczyk",
    "Khalid Lamrani",
    "Ludmila Morozova",
    "Mattias Nordahl",
    "Nomvula Okafor",
    "Osman Pehlivan",
    "Paulina Quispe",
    "Qadir Rahimi",
    "Rosalind Sutcliffe",
    "Sergej Tkachenko",
    "Tamara Ulmanis",
    "Umberto Valentini",
    "Vesna Wojnar",
    "Wilhelm Xander",
    "Yusuf Zaman",
];

pub(crate) fn name(number: usize) -> &'static str {
    NAMES[number]
}

/// A list of these people: FollowTheMoney lines with a listing each.
pub(crate) fn list(numbers: impl IntoIterator<Item = usize>) -> String {
    numbers.into_iter().map(|number| person(number, "")).collect()
}

/// A person and the listing; `more` is put into the properties.
pub(crate) fn person(number: usize, more: &str) -> String {
    let name = NAMES[number];
    format!(
        "{{\"id\":\"p{number}\",\"schema\":\"Person\",\"datasets\":[\"sample\"],\"properties\":{{\"name\":[\"{name}\"]{more}}}}}\n\
         {{\"id\":\"s{number}\",\"schema\":\"Sanction\",\"datasets\":[\"sample\"],\"properties\":{{\"entity\":[\"p{number}\"],\
         \"authority\":[\"Sample\"]}}}}\n"
    )
}

/// The ids that a name finds with certainty, and whether their removal waits.
pub(crate) fn found(node: &Node, name: &str) -> Vec<(String, bool)> {
    let query = Query::from_json(
        &format!("{{\"id\":\"q\",\"schema\":\"Person\",\"properties\":{{\"name\":[\"{name}\"]}}}}"),
        1,
    );
    let answer = node.answer(&query.unwrap(), &Options::default(), &mut Scratch::default());
    answer.results.into_iter().filter(|r| r.hit.is_match).map(|r| (r.id, !r.removal_waits.is_empty())).collect()
}

/// The word for what became of a list.
pub(crate) fn outcome<'a>(report: &'a Report, dataset: &str) -> &'a Outcome {
    &report.lists.iter().find(|list| list.dataset == dataset).unwrap().outcome
}

/// Why a list could not be brought up to date.
pub(crate) fn why<'a>(report: &'a Report, dataset: &str) -> &'a str {
    match outcome(report, dataset) {
        Outcome::Failed { why, .. } => why.as_str(),
        other => panic!("{other:?}"),
    }
}

/// Where a sample of an official list is.
pub(crate) fn sample_path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata/lists").join(name)
}

/// A sample of an official list.
pub(crate) fn sample(name: &str) -> String {
    fs::read_to_string(sample_path(name)).unwrap()
}
