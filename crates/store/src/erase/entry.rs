//! One erasure as a line of JSON: in the table `erasures`, and in the file beside the store.
//!
//! In comes an erasure with the event that says so, out comes an [`Entry`] that can be applied to any copy of the store. Events
//! are named by place and hash, so that an erasure never touches an event that took the same place in another history.

use std::{fs, io::Write, path::Path};

use serde::{Deserialize, Serialize};

use super::Erasure;
use crate::{
    connection::Connection,
    error::StoreError,
    event::{Event, Hash},
    hex, params,
    value::Value,
};

/// A statement on tables beside the chain.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    /// Its text, with parameters `$1`, `$2`, ….
    pub sql: String,
    /// Whole numbers and texts; nothing else names a row.
    pub parameters: Vec<Value>,
}

/// One erasure.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Entry {
    pub(crate) event: i64,
    pub(crate) event_hash: Hash,
    pub(crate) at: i64,
    pub(crate) actor: String,
    pub(crate) subject: String,
    pub(crate) reason: String,
    pub(crate) events: Vec<(i64, Hash)>,
    pub(crate) statements: Vec<Statement>,
}

#[derive(Serialize, Deserialize)]
struct Line {
    event: i64,
    event_hash: String,
    at: i64,
    actor: String,
    subject: String,
    reason: String,
    events: Vec<(i64, String)>,
    statements: Vec<(String, Vec<Parameter>)>,
}

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Parameter {
    Integer(i64),
    Text(String),
}

impl Entry {
    pub(super) fn of(event: &Event, erasure: &Erasure, events: Vec<(i64, Hash)>) -> Entry {
        Entry {
            event: event.seq,
            event_hash: event.hash,
            at: erasure.at,
            actor: erasure.actor.clone(),
            subject: erasure.subject.clone(),
            reason: erasure.reason.clone(),
            events,
            statements: erasure.statements.clone(),
        }
    }

    pub(crate) fn to_line(&self) -> Result<String, StoreError> {
        let statements = self.statements.iter().map(|statement| {
            let parameters = statement.parameters.iter().map(|value| match value {
                Value::Integer(number) => Ok(Parameter::Integer(*number)),
                Value::Text(text) => Ok(Parameter::Text(text.clone())),
                other => Err(StoreError::Erasure(format!("{other:?} names no row; whole numbers and texts do"))),
            });
            Ok((statement.sql.clone(), parameters.collect::<Result<_, StoreError>>()?))
        });
        let line = Line {
            event: self.event,
            event_hash: hex::text(&self.event_hash),
            at: self.at,
            actor: self.actor.clone(),
            subject: self.subject.clone(),
            reason: self.reason.clone(),
            events: self.events.iter().map(|(seq, hash)| (*seq, hex::text(hash))).collect(),
            statements: statements.collect::<Result<_, StoreError>>()?,
        };
        serde_json::to_string(&line).map_err(|error| StoreError::Erasure(error.to_string()))
    }

    /// The parameters of [`super::RECORD`].
    pub(crate) fn record(&self, is_finished: bool) -> Result<[Value; 4], StoreError> {
        Ok([self.event_hash.as_slice().into(), self.event.into(), self.to_line()?.into(), is_finished.into()])
    }

    pub(crate) fn read(line: &str) -> Result<Entry, StoreError> {
        let unread = |what: &dyn ToString| StoreError::Erasure(format!("not an erasure: {}", what.to_string()));
        let line: Line = serde_json::from_str(line).map_err(|error| unread(&error))?;
        let hash = |text: &str| hex::hash(text).ok_or_else(|| unread(&"a hash is not 64 hexadecimal digits"));
        let statements = line.statements.into_iter().map(|(sql, parameters)| {
            let parameters = parameters.into_iter().map(|parameter| match parameter {
                Parameter::Integer(number) => Value::Integer(number),
                Parameter::Text(text) => Value::Text(text),
            });
            Statement { sql, parameters: parameters.collect() }
        });
        Ok(Entry {
            event: line.event,
            event_hash: hash(&line.event_hash)?,
            at: line.at,
            actor: line.actor,
            subject: line.subject,
            reason: line.reason,
            events: line.events.iter().map(|(seq, text)| Ok((*seq, hash(text)?))).collect::<Result<_, StoreError>>()?,
            statements: statements.collect(),
        })
    }

    /// All erasures of a store or a backup.
    pub(crate) fn all(connection: &mut Connection) -> Result<Vec<Entry>, StoreError> {
        let rows = connection.all("SELECT entry FROM erasures ORDER BY event", &[])?;
        rows.iter().map(|row| Entry::read(&row.text(0)?)).collect()
    }

    /// Whether the event that says so is part of the chain that the connection sees.
    pub(crate) fn is_told(&self, connection: &mut Connection) -> Result<bool, StoreError> {
        let sql = "SELECT 1 FROM events WHERE seq = $1 AND hash = $2";
        Ok(connection.first(sql, params![self.event, self.event_hash.as_slice()])?.is_some())
    }

    /// Takes content away in another copy of the store, and gives back the places of the events that are there.
    pub(crate) fn apply(&self, connection: &mut Connection) -> Result<Vec<i64>, StoreError> {
        let mut there = Vec::new();
        for (seq, hash) in &self.events {
            let sql = "UPDATE events SET body = NULL, salt = NULL WHERE seq = $1 AND hash = $2";
            if connection.execute(sql, params![*seq, hash.as_slice()])? > 0 {
                there.push(*seq);
            }
        }
        for statement in &self.statements {
            match connection.execute(&statement.sql, &statement.parameters) {
                // A copy that is older than the table has nothing of it to erase.
                Err(StoreError::Statement(why)) if why.contains("no such table") => {}
                outcome => drop(outcome?),
            }
        }
        Ok(there)
    }
}

/// Adds to the file what it does not remember yet; the file is replaced as a whole.
pub(super) fn remember(file: &Path, entries: &[Entry]) -> Result<(), StoreError> {
    let mut all = if file.exists() { recall(file)? } else { Vec::new() };
    let known = all.len();
    for entry in entries {
        if !all.iter().any(|other| other.event_hash == entry.event_hash) {
            all.push(entry.clone());
        }
    }
    if all.len() == known {
        return Ok(());
    }
    let mut text = String::new();
    for entry in &all {
        text.push_str(&entry.to_line()?);
        text.push('\n');
    }
    let temporary = super::with_suffix(file, ".new");
    let written = fs::File::create(&temporary).and_then(|mut out| {
        out.write_all(text.as_bytes())?;
        out.sync_all()
    });
    written.and_then(|()| fs::rename(&temporary, file)).map_err(StoreError::io(file))
}

/// What a file remembers.
pub(crate) fn recall(file: &Path) -> Result<Vec<Entry>, StoreError> {
    let text = fs::read_to_string(file).map_err(StoreError::io(file))?;
    let lines = text.lines().enumerate();
    let read = |(at, line): (usize, &str)| {
        Entry::read(line).map_err(|error| StoreError::Erasure(format!("{}, line {}: {error}", file.display(), at + 1)))
    };
    lines.map(read).collect()
}
