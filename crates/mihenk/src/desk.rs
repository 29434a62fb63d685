//! Opens the store for a command, and finds who is signed in.
//!
//! The token of whoever signed in is in `MIHENK_SESSION`, or in a file of the user's own that nobody else can read, one for each
//! store. The clock of the ledger is the system's.

use std::{
    fs,
    io::{self, BufRead, IsTerminal, Write},
    path::PathBuf,
    time::{SystemTime, UNIX_EPOCH},
};

use anyhow::{Context, bail};
use mihenk_node::{
    desk::Desk,
    ledger::people::{Secret, Token},
    store::Place as StorePlace,
};

use crate::{cli::Place, say};

/// The variable that holds a token, for scripts.
const SESSION: &str = "MIHENK_SESSION";

/// The store of this command, for acts: what ran out by now is recorded first, and said in a line.
pub(crate) fn open(place: &Place) -> anyhow::Result<Desk> {
    let desk = open_as_it_is(place)?;
    if let Some(told) = desk.tick()?.told() {
        say::note(&format!("clock: {told}"));
    }
    Ok(desk)
}

/// The store of this command, for proof, copies and people: nothing is done to it by opening it.
pub(crate) fn open_as_it_is(place: &Place) -> anyhow::Result<Desk> {
    Ok(Desk::open(&store(place)?, &backups(place)?, Box::new(now))?)
}

/// Where the store is.
pub(crate) fn store(place: &Place) -> anyhow::Result<StorePlace> {
    match place.store.as_deref().filter(|store| !store.is_empty()) {
        Some(store) => Ok(store.parse()?),
        None => Ok(StorePlace::Sqlite(place.folder()?.join("store.sqlite"))),
    }
}

/// Where backups go before tables are changed.
pub(crate) fn backups(place: &Place) -> anyhow::Result<PathBuf> {
    Ok(place.folder()?.join("backups"))
}

/// The time, in milliseconds since 1970 (UTC).
pub(crate) fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}

/// The token of whoever signed in.
pub(crate) fn token(place: &Place) -> anyhow::Result<Token> {
    if let Some(token) = std::env::var(SESSION).ok().filter(|token| !token.is_empty()) {
        return Ok(Token::new(&token));
    }
    let path = session_file(place)?;
    match fs::read_to_string(&path) {
        Ok(token) => Ok(Token::new(&token)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            bail!("nobody is signed in; sign in with 'mihenk login NAME'")
        }
        Err(error) => Err(error).with_context(|| path.display().to_string()),
    }
}

/// Keeps a token in the user's own file.
pub(crate) fn keep(place: &Place, token: &Token) -> anyhow::Result<()> {
    let path = session_file(place)?;
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    }
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&path).with_context(|| path.display().to_string())?;
    file.write_all(token.reveal().as_bytes()).with_context(|| path.display().to_string())
}

/// Forgets it.
pub(crate) fn forget(place: &Place) -> anyhow::Result<()> {
    let path = session_file(place)?;
    match fs::remove_file(&path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error).with_context(|| path.display().to_string()),
        _ => Ok(()),
    }
}

/// A file of the user's own for this store.
fn session_file(place: &Place) -> anyhow::Result<PathBuf> {
    let variable = |name: &str| std::env::var_os(name).filter(|v| !v.is_empty()).map(PathBuf::from);
    let state = variable("XDG_STATE_HOME")
        .or_else(|| variable("HOME").map(|home| home.join(".local/state")))
        .or_else(|| variable("LOCALAPPDATA"))
        .with_context(|| format!("no home folder is known to keep a token in; put it into {SESSION}"))?;
    let name = store(place)?.fingerprint();
    Ok(state.join("mihenk").join(format!("session-{name}")))
}

/// Asks for a secret at the terminal without showing it, or reads a line of standard input.
pub(crate) fn secret(asked: &str, from_stdin: bool) -> anyhow::Result<Secret> {
    let typed = if from_stdin || !io::stdin().is_terminal() {
        let mut line = String::new();
        io::stdin().lock().read_line(&mut line)?;
        line
    } else {
        rpassword::prompt_password(format!("{asked}: "))?
    };
    let typed = typed.trim_end_matches(['\r', '\n']);
    if typed.is_empty() {
        bail!("no {asked} was given");
    }
    Ok(Secret::new(typed))
}

/// A time of the ledger in UTC, as a person reads it: 2026-11-26 09:30.
pub(crate) fn time(at: i64) -> String {
    written(at, "%F %H:%M")
}

/// Its day: 2026-11-26.
pub(crate) fn day(at: i64) -> String {
    written(at, "%F")
}

fn written(at: i64, form: &str) -> String {
    jiff::Timestamp::from_millisecond(at).map_or_else(|_| at.to_string(), |at| at.strftime(form).to_string())
}
