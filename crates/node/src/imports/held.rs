//! Files of customers that are held between the day they are sent and the moment they are taken in, each for the person who sent it.
//!
//! ```text
//! DIR/imports/USER/ID/file        as it was sent; gone as soon as it is taken in
//! DIR/imports/USER/ID/about.json  what it is called, what was chosen so far, what became of it
//! DIR/imports/USER/ID/added.json  what became of its records
//! DIR/imports/USER/ID/rejected    records that were not taken, as they came
//! DIR/imports/USER/ID/reasons.csv why, one line for each
//! DIR/maps/COLUMNS.toml           what columns held the last time, by a hash of their headings; a map as `--map` takes it
//! ```
//!
//! In comes a seat, out comes its [`Shelf`]. What nobody has touched for [`HOURS`] goes ([`sweep`]), whatever state it is in.

use std::{
    collections::BTreeSet,
    fs::{self, File},
    io::{self, Write},
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
};

use mihenk_lists::own::Map;
use mihenk_said::{Kept, Said};
use ring::rand::{SecureRandom, SystemRandom};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use sha2::{Digest, Sha256};

use super::{
    choices::Choices,
    example::{self, Example},
};
use crate::{
    batch::{Input, Manner},
    desk::Seat,
    error::NodeError,
    folder::{json, read_if_there, write_whole, write_whole_by},
    ledger::LedgerError,
    namespace::hex,
    node::Node,
    permission::Permission,
    portfolio::{self, Add, Added, Progress, Rejects},
    sayings,
};

/// Bytes of a file.
pub const MOST_BYTES: u64 = 1 << 30;
/// Files that one person may have waiting.
pub const MOST_FILES: usize = 10;
/// Hours after which a file goes that nobody has touched.
pub const HOURS: i64 = 24;
/// Rejected records that are told one by one; all of them are in the files.
const TOLD: usize = 1_000;
/// Characters of a file's name.
const NAME: usize = 120;

/// What one person has sent.
#[derive(Clone, Debug)]
pub struct Shelf {
    /// The data folder.
    root: PathBuf,
    place: PathBuf,
    now: i64,
}

/// A file that is held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// Its id.
    pub id: String,
    /// What is known of it.
    pub about: About,
}

/// What is known of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    /// What the sender's machine calls it.
    pub name: String,
    /// The portfolio that it is for.
    pub portfolio: String,
    /// Whether whoever is missing in it has left.
    pub is_whole: bool,
    /// Its bytes.
    pub bytes: u64,
    /// When it was sent, in milliseconds since 1970.
    pub sent_at: i64,
    /// When its person did something with it last.
    pub touched_at: i64,
    /// What was chosen of its columns.
    pub choices: Option<Choices>,
    /// What became of it.
    pub outcome: Outcome,
}

/// What became of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// It is still being sent.
    #[default]
    Coming,
    /// Its person is looking at it.
    Waiting,
    /// It is being taken in.
    Running,
    /// It was being taken in when the program ended. What was taken in stays, and the same again goes on.
    Broken,
    /// It could not be taken in, for that reason; what was taken in until then stays.
    Failed(Kept),
    /// It is in.
    Done,
}

/// What became of the records of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TakenIn {
    /// Of all of them; of those that were rejected, the first thousand.
    pub added: Added,
    /// How many were rejected.
    pub rejected: usize,
}

/// The same as it is kept.
#[derive(Serialize, Deserialize)]
struct KeptTakenIn {
    #[serde(flatten)]
    result: TakenIn,
    /// What is said in it, in the order of [`said_in`], with names and facts.
    #[serde(default)]
    said: Vec<Kept>,
}

/// Everything that is said of what became of a file.
fn said_in(added: &mut Added) -> impl Iterator<Item = &mut Said> {
    let reasons = added.rejected.iter_mut().map(|one| &mut one.reason);
    reasons.chain(&mut added.first_warnings).chain(&mut added.nobody_leaves)
}

impl About {
    /// When it goes, if nobody touches it, in milliseconds since 1970.
    #[must_use]
    pub fn goes_at(&self) -> i64 {
        self.touched_at + HOURS * 3_600_000
    }
}

/// Files that this process is taking in.
fn running() -> MutexGuard<'static, BTreeSet<PathBuf>> {
    static RUNNING: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());
    RUNNING.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A file that is being sent; what is not finished goes when this does.
#[derive(Debug)]
pub struct Receiving {
    shelf: Shelf,
    id: String,
    file: File,
    bytes: u64,
    is_finished: bool,
}

/// A file that is about to be taken in; nobody else takes it in meanwhile.
#[derive(Debug)]
pub struct Taking {
    shelf: Shelf,
    held: Held,
    headings: Option<Vec<String>>,
    manner: Manner,
}

fn unknown(id: &str) -> NodeError {
    LedgerError::unknown("file", id).into()
}

impl Shelf {
    /// The shelf of whoever sits here.
    ///
    /// # Errors
    /// When they may not keep customers.
    pub fn of(seat: &Seat<'_>, root: &Path) -> Result<Shelf, NodeError> {
        let user = seat.act(Permission::KeepCustomers, |_, who| Ok(who.actor.clone()))?;
        let now = seat.desk().now();
        sweep(root, now)?;
        let place = root.join("imports").join(user);
        Ok(Shelf { root: root.to_owned(), place, now })
    }

    /// Begins to receive a file.
    ///
    /// # Errors
    /// When too many wait already, or the disk refuses.
    pub fn receive(&self) -> Result<Receiving, NodeError> {
        let waiting = self.all()?.iter().filter(|held| held.about.outcome != Outcome::Done).count();
        if waiting >= MOST_FILES {
            return Err(NodeError::Refused(sayings::files_wait_already(MOST_FILES)));
        }
        let mut bytes = [0; 8];
        SystemRandom::new().fill(&mut bytes).map_err(|_| NodeError::Act("no random number can be had".to_owned()))?;
        let id = hex(&bytes);
        let place = self.place.join(&id);
        private_folder(&place).map_err(NodeError::io(&place))?;
        let about = About { sent_at: self.now, touched_at: self.now, ..About::default() };
        self.write(&id, &about)?;
        let path = place.join("file");
        let file = private_file(&path).map_err(NodeError::io(&path))?;
        Ok(Receiving { shelf: self.clone(), id, file, bytes: 0, is_finished: false })
    }

    /// All files, the newest first.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn all(&self) -> Result<Vec<Held>, NodeError> {
        let mut all: Vec<Held> = Vec::new();
        for id in names_in(&self.place)? {
            all.extend(self.open(&id).ok());
        }
        all.sort_by(|a, b| (b.about.sent_at, &b.id).cmp(&(a.about.sent_at, &a.id)));
        Ok(all)
    }

    /// One file.
    ///
    /// # Errors
    /// When there is none with this id, for this person.
    pub fn open(&self, id: &str) -> Result<Held, NodeError> {
        let is_id = id.len() == 16 && id.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        let about: Option<About> = if is_id { read_json(&self.place.join(id).join("about.json"))? } else { None };
        let mut about = about.ok_or_else(|| unknown(id))?;
        if about.outcome == Outcome::Running && !running().contains(&self.place.join(id)) {
            about.outcome = Outcome::Broken;
        }
        Ok(Held { id: id.to_owned(), about })
    }

    /// What a file holds, with what was chosen so far.
    ///
    /// # Errors
    /// When it is no file of records.
    pub fn look(&self, held: &Held) -> Result<Example, NodeError> {
        let kept = |headings: &[String]| self.kept(headings);
        example::look(&self.path(&held.id), &held.about.name, held.about.choices.as_ref(), kept)
    }

    /// The headings of a file as it is laid out so far; none where records say by themselves what they hold.
    ///
    /// # Errors
    /// When it is no file of records.
    pub fn headings(&self, held: &Held) -> Result<Option<Vec<String>>, NodeError> {
        let layout = held.about.choices.as_ref().map(|choices| choices.layout.clone()).unwrap_or_default();
        example::headings(&self.path(&held.id), &held.about.name, &layout)
    }

    /// Keeps what a person chose, and for which portfolio the file is.
    ///
    /// # Errors
    /// When it is being taken in or is in, or the disk refuses.
    pub fn choose(
        &self,
        held: Held,
        choices: Choices,
        (portfolio, is_whole): (String, bool),
    ) -> Result<Held, NodeError> {
        may_change(&held)?;
        let about = About {
            choices: Some(choices),
            portfolio,
            is_whole,
            touched_at: self.now,
            outcome: Outcome::Waiting,
            ..held.about
        };
        self.write(&held.id, &about)?;
        Ok(Held { about, ..held })
    }

    /// Forgets a file and what became of it.
    ///
    /// # Errors
    /// When there is none, or it is being taken in.
    pub fn discard(&self, id: &str) -> Result<(), NodeError> {
        let held = self.open(id)?;
        if held.about.outcome == Outcome::Running {
            return may_change(&held);
        }
        let place = self.place.join(id);
        fs::remove_dir_all(&place).map_err(NodeError::io(&place))
    }

    /// What became of the records of a file that is in.
    ///
    /// # Errors
    /// When it is not in.
    pub fn result(&self, held: &Held) -> Result<TakenIn, NodeError> {
        let read: Option<KeptTakenIn> = read_json(&self.place.join(&held.id).join("added.json"))?;
        let KeptTakenIn { mut result, said } = read.ok_or_else(|| unknown(&held.id))?;
        said_in(&mut result.added).zip(said).for_each(|(said, kept)| *said = kept.into());
        Ok(result)
    }

    /// The records that were not taken (`rejected`), or why (`reasons.csv`), with the name for a file of it.
    ///
    /// # Errors
    /// When there are none.
    pub fn rejected(&self, held: &Held, why: bool) -> Result<(String, Vec<u8>), NodeError> {
        let file = if why { "reasons.csv" } else { "rejected" };
        let bytes = read_if_there_bytes(&self.place.join(&held.id).join(file))?.ok_or_else(|| unknown(&held.id))?;
        let stem = held.about.name.rsplit_once('.').map_or(held.about.name.as_str(), |(stem, _)| stem);
        let is_json = bytes.first() == Some(&b'{');
        let ending = match (why, is_json) {
            (true, _) => "reasons.csv",
            (false, true) => "rejected.jsonl",
            (false, false) => "rejected.csv",
        };
        Ok((format!("{stem}.{ending}"), bytes))
    }

    /// Makes ready to take a file in.
    ///
    /// # Errors
    /// When it is being taken in already or is in, or its columns are not understood yet.
    pub fn take_in(&self, held: Held) -> Result<Taking, NodeError> {
        may_change(&held)?;
        let headings = self.headings(&held)?;
        let choices = match &held.about.choices {
            Some(choices) if !choices.is_layout_only() => choices.clone(),
            _ => self.look(&held)?.choices,
        };
        let manner = match &headings {
            None => Manner::default(),
            Some(headings) => {
                let map = choices.map(headings).map_err(|wrong| NodeError::Act(wrong.to_string()))?;
                Manner { options: map.options.clone(), map: Some(map) }
            }
        };
        let place = self.place.join(&held.id);
        if !running().insert(place) {
            return Err(NodeError::Refused(sayings::file_is_being_taken()));
        }
        // From here on the guard in it takes the file out of those that run.
        let taking = Taking { shelf: self.clone(), held, headings, manner };
        taking.shelf.write(&taking.held.id, &About { outcome: Outcome::Running, ..taking.held.about.clone() })?;
        Ok(taking)
    }

    fn path(&self, id: &str) -> PathBuf {
        self.place.join(id).join("file")
    }

    fn write(&self, id: &str, about: &About) -> Result<(), NodeError> {
        write_whole(&self.place.join(id).join("about.json"), &json(about))
    }

    /// What columns with these headings held the last time.
    fn kept(&self, headings: &[String]) -> Option<Choices> {
        let text = read_if_there(&map_place(&self.root, headings)).ok()??;
        Map::parse(&text).ok().map(|map| Choices::of(&map))
    }
}

fn may_change(held: &Held) -> Result<(), NodeError> {
    match held.about.outcome {
        Outcome::Running => Err(NodeError::Refused(sayings::file_is_being_taken())),
        Outcome::Done => Err(NodeError::Refused(sayings::file_is_in())),
        Outcome::Coming => Err(NodeError::Refused(sayings::file_is_being_sent())),
        Outcome::Waiting | Outcome::Broken | Outcome::Failed(_) => Ok(()),
    }
}

impl Receiving {
    /// Takes the next bytes.
    ///
    /// # Errors
    /// When they are too many, or the disk refuses.
    pub fn write(&mut self, bytes: &[u8]) -> Result<(), NodeError> {
        self.bytes += bytes.len() as u64;
        if self.bytes > MOST_BYTES {
            return Err(NodeError::Refused(sayings::more_mebibytes_sent(MOST_BYTES >> 20)));
        }
        self.file.write_all(bytes).map_err(NodeError::io(&self.shelf.path(&self.id)))
    }

    /// All of it is here: its id.
    ///
    /// # Errors
    /// When the portfolio has no name that one can have, or the disk refuses.
    pub fn finish(mut self, name: &str, portfolio: &str, is_whole: bool) -> Result<String, NodeError> {
        crate::ledger::customers::portfolio_named(portfolio)?;
        self.file.sync_all().map_err(NodeError::io(&self.shelf.path(&self.id)))?;
        let now = self.shelf.now;
        let about = About {
            name: tidy_name(name),
            portfolio: portfolio.to_owned(),
            is_whole,
            bytes: self.bytes,
            sent_at: now,
            touched_at: now,
            choices: None,
            outcome: Outcome::Waiting,
        };
        self.shelf.write(&self.id, &about)?;
        self.is_finished = true;
        Ok(self.id.clone())
    }
}

impl Drop for Receiving {
    fn drop(&mut self) {
        if !self.is_finished {
            // What cannot be removed now is swept.
            let _ = fs::remove_dir_all(self.shelf.place.join(&self.id));
        }
    }
}

/// The last part of what a machine calls a file.
fn tidy_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or("").trim();
    let tidy: String = last.chars().filter(|c| !c.is_control()).take(NAME).collect();
    if tidy.is_empty() { "customers".to_owned() } else { tidy }
}

impl Taking {
    /// Takes the file in, and keeps what became of it and what its columns hold.
    ///
    /// # Errors
    /// As [`portfolio::add`].
    pub fn run(self, seat: &Seat<'_>, node: &Node, progress: &mut dyn FnMut(Progress)) -> Result<TakenIn, NodeError> {
        let added = self.add(seat, node, progress);
        let result = added.and_then(|added| self.keep(added));
        let outcome = match &result {
            Ok(_) => Outcome::Done,
            Err(error) => Outcome::Failed(Kept::from(&error.said())),
        };
        let about = About { outcome, touched_at: seat.desk().now(), ..self.held.about.clone() };
        self.shelf.write(&self.held.id, &about)?;
        if result.is_ok() {
            let path = self.shelf.path(&self.held.id);
            fs::remove_file(&path).map_err(NodeError::io(&path))?;
        }
        result
    }

    fn add(&self, seat: &Seat<'_>, node: &Node, progress: &mut dyn FnMut(Progress)) -> Result<Added, NodeError> {
        let about = &self.held.about;
        let input = Input::open_as(&about.name, &self.shelf.path(&self.held.id), &self.manner)?;
        let add = Add {
            portfolio: &about.portfolio,
            folder: &self.shelf.root,
            name: &about.name,
            manner: &self.manner,
            is_whole: about.is_whole,
            rejected: Rejects::In(self.shelf.place.join(&self.held.id).join("rejected")),
            threshold: None,
        };
        portfolio::add(seat, node, input, &add, progress)
    }

    fn keep(&self, mut added: Added) -> Result<TakenIn, NodeError> {
        let place = self.shelf.place.join(&self.held.id);
        if !added.rejected.is_empty() {
            write_whole_by(&place.join("reasons.csv"), |out| reasons(&added, out))?;
        }
        let rejected = added.rejected.len();
        added.rejected.truncate(TOLD);
        added.rejected_file = None;
        let said = said_in(&mut added).map(|said| Kept::from(&*said)).collect();
        let kept = KeptTakenIn { result: TakenIn { added, rejected }, said };
        write_whole(&place.join("added.json"), &json(&kept))?;
        if let (Some(map), Some(headings)) = (&self.manner.map, &self.headings) {
            write_whole(&map_place(&self.shelf.root, headings), map.to_toml().as_bytes())?;
        }
        Ok(kept.result)
    }
}

impl Drop for Taking {
    fn drop(&mut self) {
        running().remove(&self.shelf.place.join(&self.held.id));
    }
}

/// Why records were not taken, one line for each; a cell that a program for tables would compute is a text there.
fn reasons(added: &Added, out: &mut impl Write) -> io::Result<()> {
    out.write_all("\u{FEFF}".as_bytes())?;
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(["place", "number", "column", "reason"])?;
    for one in &added.rejected {
        let or_empty = |text: &Option<String>| text.clone().unwrap_or_default();
        let row = [one.place.clone(), or_empty(&one.reference), or_empty(&one.column), one.reason.to_string()];
        writer.write_record(row.map(|cell| {
            let is_computed = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
            if is_computed { format!("'{cell}") } else { cell }
        }))?;
    }
    writer.flush()
}

/// Where the map of these columns is, in whatever order they stand.
fn map_place(root: &Path, headings: &[String]) -> PathBuf {
    let sorted: BTreeSet<&str> = headings.iter().map(|heading| heading.trim()).collect();
    let mut hash = Sha256::new();
    for heading in sorted {
        hash.update(heading.as_bytes());
        hash.update([0]);
    }
    root.join("maps").join(format!("{}.toml", hex(&hash.finalize()[..16])))
}

/// Removes what nobody has touched for [`HOURS`].
///
/// # Errors
/// When the folder cannot be read.
pub fn sweep(root: &Path, now: i64) -> Result<(), NodeError> {
    let imports = root.join("imports");
    for user in names_in(&imports)? {
        let shelf = Shelf { root: root.to_owned(), place: imports.join(&user), now };
        for id in names_in(&shelf.place)? {
            let place = shelf.place.join(&id);
            let about = read_json::<About>(&place.join("about.json")).ok().flatten();
            let is_old = about.is_none_or(|about| about.goes_at() <= now);
            if is_old && !running().contains(&place) {
                fs::remove_dir_all(&place).map_err(NodeError::io(&place))?;
            }
        }
        // The folder of somebody who has nothing there goes too.
        let _ = fs::remove_dir(&shelf.place);
    }
    Ok(())
}

fn names_in(folder: &Path) -> Result<Vec<String>, NodeError> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(NodeError::io(folder)(error)),
    };
    let mut names = Vec::new();
    for entry in entries {
        let entry = entry.map_err(NodeError::io(folder))?;
        if entry.path().is_dir() {
            names.push(entry.file_name().to_string_lossy().into_owned());
        }
    }
    names.sort();
    Ok(names)
}

fn read_json<T: DeserializeOwned>(path: &Path) -> Result<Option<T>, NodeError> {
    let Some(bytes) = read_if_there_bytes(path)? else { return Ok(None) };
    let wrong =
        |error: serde_json::Error| NodeError::Input { file: path.display().to_string(), what: error.to_string() };
    serde_json::from_slice(&bytes).map(Some).map_err(wrong)
}

fn read_if_there_bytes(path: &Path) -> Result<Option<Vec<u8>>, NodeError> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(NodeError::io(path)(error)),
    }
}

fn private_folder(path: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

fn private_file(path: &Path) -> io::Result<File> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}
