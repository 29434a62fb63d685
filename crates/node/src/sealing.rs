//! The key that documents, and secrets of one-time codes, are sealed with: a file beside the store that nobody else can read.
//!
//! In comes where the file is, out comes the key. It is made when the first document is sealed; once documents are sealed with it, a
//! missing file is said and none is made in its place. Without it nothing that it sealed can ever be read: it has to be backed up apart from the store.
//!
//! [`exchange()`] puts another key in its place, once one administrator has proposed it ([`propose`]) and another confirmed. The new one is in a file beside it (`.next`) before anything is sealed with it, and takes the name of
//! the one before when everything is; so a crash at any point leaves both keys or is over, and the same command goes on, or the server at its next start ([`go_on`]). Meanwhile documents are
//! neither sealed nor opened. The key of before stays in a file with its id in the name: only backups that were made before need it.

use std::{
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
};

use mihenk_ledger::{
    LedgerError, Reason, Who, access,
    attachments::{self, Key, exchange},
    people::{self, Change, ChangeId, Proposal, second_factor},
    refusals, webhooks,
};
use mihenk_store::Act;
use serde::Serialize;

use crate::{
    clock,
    desk::{Desk, Seat},
    error::NodeError,
    folder::Folder,
    permission::Permission,
};

/// The key, which is made if nothing has been sealed yet.
///
/// # Errors
/// When the file is missing although documents are sealed, can be read by others, or holds no key, or the key is being exchanged.
pub fn key(desk: &Desk, path: &Path) -> Result<Key, NodeError> {
    let next = beside(path, "next");
    if next.exists() {
        return Err(NodeError::Act(format!(
            "the key of documents is being exchanged, or that was interrupted ({} is there); an administrator finishes it with 'mihenk key exchange'",
            next.display()
        )));
    }
    match read(path)? {
        Some(key) => Ok(key),
        None => {
            let is_kept_apart = desk.compartment().read(|reading| attachments::is_any_kept(reading))?;
            let is_kept = |reading: &mut mihenk_store::Reading<'_>| {
                Ok(attachments::is_any_kept(reading)?
                    || second_factor::is_any_sealed(reading, "")?
                    || webhooks::has_secrets(reading)?)
            };
            if is_kept_apart || desk.read(is_kept)? {
                return Err(NodeError::Act(format!(
                    "{} is missing: documents, and secrets of one-time codes and webhooks, are sealed with the key in it, and cannot be read without; bring it back from a backup, or name it with MIHENK_KEY_FILE",
                    path.display()
                )));
            }
            make(path)
        }
    }
}

/// The id of the key, if there is one.
///
/// # Errors
/// When whoever sits here is no administrator, or the file holds no key.
pub fn id(seat: &Seat<'_>, path: &Path) -> Result<Option<String>, NodeError> {
    seat.may(Permission::ManageStore)?;
    Ok(read(path)?.map(|key| key.id()))
}

/// Where the key is, and what is known of it. The key itself is in no answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct KeyAbout {
    /// The file.
    pub file: PathBuf,
    /// Its id; none while there is no key.
    pub id: Option<String>,
    /// Why it cannot be used.
    pub wrong: Option<String>,
    /// Whether an exchange was confirmed, or has begun, and is not over.
    pub is_exchanging: bool,
    /// The exchange that one administrator proposed and another has yet to confirm.
    pub waiting: Option<Proposal>,
    /// The ids of keys of before that are kept beside it.
    pub before: Vec<String>,
}

/// What is known of the key.
///
/// # Errors
/// When whoever sits here is no administrator.
pub fn about(seat: &Seat<'_>, path: &Path) -> Result<KeyAbout, NodeError> {
    let is_exchange = |one: &Proposal| matches!(one.change, Change::ExchangeKey { .. });
    let waiting =
        seat.act(Permission::ManageStore, |act, _| Ok(people::proposals(act)?.into_iter().find(is_exchange)))?;
    let is_exchanging = beside(path, "next").exists() || is_due(seat.desk(), path).unwrap_or(false);
    let (id, wrong) = match read(path) {
        Ok(key) => (key.map(|key| key.id()), None),
        Err(error) => (None, Some(error.to_string())),
    };
    let before = others(path).unwrap_or_default().iter().map(Key::id).collect();
    Ok(KeyAbout { file: path.to_owned(), id, wrong, is_exchanging, waiting, before })
}

/// What exchanging the key came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Exchanged {
    /// The id of the key before.
    pub from: String,
    /// The id of the key from now on.
    pub to: String,
    /// How many documents are sealed with it.
    pub documents: i64,
    /// Where the key of before is.
    pub kept: PathBuf,
}

/// Proposes to exchange the key; another administrator confirms it as every change of people ([`crate::people::confirm`]).
///
/// # Errors
/// When whoever sits here is no administrator, there is no key yet, or it is proposed, confirmed or under way already.
pub fn propose(seat: &Seat<'_>, path: &Path, reason: Reason) -> Result<ChangeId, NodeError> {
    seat.may(Permission::ManageStore)?;
    let change = Change::ExchangeKey { key: in_use(path)?.id() };
    seat.act(Permission::ManagePeople, |act, who| people::propose(act, who, change, reason))
}

/// Whether an exchange was confirmed by two and is not over: it may begin, or goes on.
///
/// # Errors
/// When the store cannot be read, or a file holds no key.
pub fn is_due(desk: &Desk, path: &Path) -> Result<bool, NodeError> {
    let (approved, seals) = desk.read(|reading| Ok((exchange::approved(reading)?, exchange::current(reading)?)))?;
    let is_ready = |approved: &str| Ok::<_, NodeError>(read(path)?.is_some_and(|key| key.id() == approved));
    if approved.map_or(Ok(false), |(approved, _)| is_ready(&approved))? {
        return Ok(true);
    }
    Ok(read(&beside(path, "next"))?.is_some_and(|next| Some(next.id()) == seals))
}

/// Exchanges the key for a new one and seals every document again, as two administrators decided; an exchange that was interrupted goes on.
///
/// # Errors
/// When whoever sits here is no administrator, two did not decide on it, there is no key yet, somebody else exchanges it (`root` is the data folder,
/// which is locked meanwhile), or a document is sealed with a key that is not here.
pub fn exchange(seat: &Seat<'_>, root: &Path, path: &Path) -> Result<Exchanged, NodeError> {
    let store = |act: &mut Act<'_>, who: &Who| access::seen(act, who, "store", "key exchange");
    seat.act(Permission::ManageStore, store)?;
    exchanged(&By::Seat(seat), root, path)
}

/// Goes on with an exchange that two administrators decided on, when the program that did it has died; none when there is nothing to go on with.
///
/// # Errors
/// As [`exchange()`].
pub fn go_on(desk: &Desk, root: &Path, path: &Path) -> Result<Option<Exchanged>, NodeError> {
    match is_due(desk, path)? {
        true => exchanged(&By::Clock(desk), root, path).map(Some),
        false => Ok(None),
    }
}

/// Who exchanges the key: an administrator, or the program for those who decided on it.
enum By<'a> {
    Seat(&'a Seat<'a>),
    Clock(&'a Desk),
}

impl By<'_> {
    /// An act on the store.
    fn act<T>(&self, act: impl FnOnce(&mut Act<'_>, &Who) -> Result<T, LedgerError>) -> Result<T, NodeError> {
        match self {
            By::Seat(seat) => seat.act(Permission::ManageStore, act),
            By::Clock(desk) => desk.act_as(clock::ACTOR, act),
        }
    }

    /// The same in the compartment.
    fn act_apart<T>(&self, act: impl FnOnce(&mut Act<'_>, &Who) -> Result<T, LedgerError>) -> Result<T, NodeError> {
        match self {
            By::Seat(seat) => seat.act_apart(Permission::ManageStore, act),
            By::Clock(desk) => {
                let who = Who::new(clock::ACTOR, desk.now());
                Ok(desk.compartment().act(|open| act(open, &who))?)
            }
        }
    }
}

fn exchanged(by: &By<'_>, root: &Path, path: &Path) -> Result<Exchanged, NodeError> {
    let _lock = Folder::new(root.to_owned()).lock()?;
    let before = in_use(path)?;
    let desk = match by {
        By::Seat(seat) => seat.desk(),
        By::Clock(desk) => desk,
    };
    // Before there is a new key: while that is there, nothing is sealed or opened.
    if !is_due(desk, path)? {
        return Err(refusals::key_exchange_needs_two(before.id()).into());
    }
    let next = beside(path, "next");
    let to = match read(&next)? {
        Some(key) => key,
        None => made_whole(&next)?,
    };
    let mut keys = others(path)?;
    keys.push(before.clone());
    by.act(|act, who| exchange::begin(act, who, &before, &to))?;
    while by.act(|act, _| exchange::seal_again(act, &keys, &to))? {}
    while by.act(|act, _| second_factor::seal_again(act, &keys, &to))? {}
    while by.act(|act, _| webhooks::seal_again(act, &keys, &to))? {}
    // The same in the compartment; how many documents it holds is not told.
    let reason = Reason::new("as it was decided for the store")?;
    by.act_apart(|act, who| exchange::begin_apart(act, who, &before, &to, reason))?;
    while by.act_apart(|act, _| exchange::seal_again(act, &keys, &to))? {}
    by.act_apart(|act, who| exchange::end(act, who, &to))?;
    let documents = by.act(|act, who| exchange::end(act, who, &to))?;
    let kept = beside(path, &before.id());
    if !kept.exists() {
        keep(&before, &kept)?;
    }
    fs::rename(&next, path).map_err(NodeError::io(path))?;
    Ok(Exchanged { from: before.id(), to: to.id(), documents, kept })
}

/// The key that is there.
fn in_use(path: &Path) -> Result<Key, NodeError> {
    read(path)?.ok_or_else(|| {
        NodeError::Act(format!(
            "there is no key in {} that could be exchanged; one is made with the first document",
            path.display()
        ))
    })
}

/// A file beside another, whose name is that one's with an ending more.
pub(crate) fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    PathBuf::from(name)
}

/// Keys of before that are kept beside the key.
fn others(path: &Path) -> Result<Vec<Key>, NodeError> {
    let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else { return Ok(Vec::new()) };
    let beginning = format!("{}.", name.to_string_lossy());
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).map_err(NodeError::io(folder))? {
        let entry = entry.map_err(NodeError::io(folder))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        // The id of a key is sixteen digits; whatever else somebody keeps there is not ours.
        let is_id = |ending: &str| ending.len() == 16 && ending.bytes().all(|byte| byte.is_ascii_hexdigit());
        if name.strip_prefix(&beginning).is_some_and(is_id) {
            all.extend(read(&entry.path())?);
        }
    }
    Ok(all)
}

/// The key in a file; none when there is no file.
fn read(path: &Path) -> Result<Option<Key>, NodeError> {
    let bytes = match fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(NodeError::io(path)(error)),
    };
    is_private(path)?;
    Key::new(&bytes).map(Some).map_err(|error| NodeError::Act(format!("{}: {error}", path.display())))
}

/// Makes a key that is in its file whole or not at all. Whoever calls holds the lock of the folder.
fn made_whole(path: &Path) -> Result<Key, NodeError> {
    let part = beside(path, "part");
    match fs::remove_file(&part) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(NodeError::io(&part)(error)),
        _ => {}
    }
    let key = make(&part)?;
    fs::rename(&part, path).map_err(NodeError::io(path))?;
    Ok(key)
}

fn make(path: &Path) -> Result<Key, NodeError> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(NodeError::io(folder))?;
    }
    let key = Key::generate()?;
    keep(&key, path)?;
    Ok(key)
}

fn keep(key: &Key, path: &Path) -> Result<(), NodeError> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path).map_err(NodeError::io(path))?;
    file.write_all(key.reveal()).and_then(|()| file.sync_all()).map_err(NodeError::io(path))
}

#[cfg(unix)]
fn is_private(path: &Path) -> Result<(), NodeError> {
    use std::os::unix::fs::PermissionsExt;
    let mode = fs::metadata(path).map_err(NodeError::io(path))?.permissions().mode() & 0o777;
    if mode & 0o077 == 0 {
        return Ok(());
    }
    Err(NodeError::Act(format!("{} can be read by others (mode {mode:o}); right would be 'chmod 600'", path.display())))
}

#[cfg(not(unix))]
fn is_private(_: &Path) -> Result<(), NodeError> {
    Ok(())
}
