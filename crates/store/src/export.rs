//! A range of events as a file that anybody can check without the store.
//!
//! In comes a range, out come lines of JSON (UTF-8, each ended by `\n`). The first says what follows; hashes and salts are
//! lower-case hexadecimal:
//!
//! ```text
//! {"form":"mihenk-export-1","first":1,"last":2,"prev_hash":"00…","head":"9c…"}
//! {"seq":1,"at":1000,"actor":"ayse","kind":"case.opened","subject":"c-1","body":"{…}","salt":"5e…","body_hash":"ab…","hash":"17…"}
//! {"seq":2,"at":1001,"actor":"ayse","kind":"case.closed","subject":"c-1","erased_by":9,"body_hash":"cd…","hash":"9c…"}
//! ```
//!
//! `prev_hash` of the first line is the hash of the event before the range, 32 zero bytes before the first; `head` that of the
//! last. `body` is a text that holds the JSON to the byte. An erased event has neither body nor salt, and `erased_by` is the
//! event that says so, which need not be in the range. How hashes are made is in [`crate::event`].

use std::{
    borrow::Cow,
    collections::HashMap,
    fmt,
    io::{BufRead, Read, Write},
};

use serde::{Deserialize, Serialize};

use crate::{
    connection::Connection,
    error::StoreError,
    event::{BEFORE_ALL, EventRef, Hash},
    hex, params,
    store::{Head, Store, head, to_hash},
    verify::{Broken, ERASED, ErasedBody, Walk},
};

/// The form that is written.
const FORM: &str = "mihenk-export-1";
/// Bytes of a line at most; no event is nearly as long.
const LINE_BYTES: u64 = 1 << 28;

/// What an export holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exported {
    /// The first event's place.
    pub first: i64,
    /// The hash of the event before it.
    pub prev_hash: Hash,
    /// The last event.
    pub head: Head,
    /// Events whose body is erased.
    pub erased: u64,
    /// Those among them that an event behind the range erased, so that the file alone does not prove it.
    pub erased_beyond: u64,
}

/// What checking an export came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExportVerdict {
    /// The file is what was written.
    Whole(Exported),
    /// The first line that is wrong.
    Broken(BrokenExport),
}

/// A line of an export that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BrokenExport {
    /// The line, from 1.
    pub line: u64,
    /// What is wrong, and what would be right.
    pub what: String,
}

impl fmt::Display for BrokenExport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.what)
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct First<'a> {
    form: Cow<'a, str>,
    first: i64,
    last: i64,
    prev_hash: Cow<'a, str>,
    head: Cow<'a, str>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line<'a> {
    seq: i64,
    at: i64,
    #[serde(borrow)]
    actor: Cow<'a, str>,
    #[serde(borrow)]
    kind: Cow<'a, str>,
    #[serde(borrow)]
    subject: Cow<'a, str>,
    #[serde(borrow, default)]
    body: Option<Cow<'a, str>>,
    #[serde(default)]
    salt: Option<&'a str>,
    #[serde(default)]
    erased_by: Option<i64>,
    body_hash: &'a str,
    hash: &'a str,
}

impl Store {
    /// Writes the events from `first` to `last` (to the end without it), all of one state of the store.
    ///
    /// # Errors
    /// When there is no such range, when an event in it cannot be read (see [`Store::verify`]), or when `out` fails.
    pub fn export(&self, first: i64, last: Option<i64>, out: &mut dyn Write) -> Result<Exported, StoreError> {
        self.read(|reading| export(reading.connection(), first, last, out))
    }
}

fn export(
    connection: &mut Connection,
    first: i64,
    last: Option<i64>,
    out: &mut dyn Write,
) -> Result<Exported, StoreError> {
    let end = head(connection)?.seq;
    let last = last.unwrap_or(end);
    if first < 1 || last < first || last > end {
        let what = format!("there are no events {first} to {last}; the store has events 1 to {end}");
        return Err(StoreError::Export(what));
    }
    let prev_hash = if first == 1 { BEFORE_ALL } else { hash_of(connection, first - 1)? };
    let head = Head { seq: last, hash: hash_of(connection, last)? };
    let erasures = erasures(connection)?;
    let written = |error: std::io::Error| StoreError::Export(error.to_string());
    let opening = First {
        form: FORM.into(),
        first,
        last,
        prev_hash: hex::text(&prev_hash).into(),
        head: hex::text(&head.hash).into(),
    };
    serde_json::to_writer(&mut *out, &opening).map_err(|error| written(error.into()))?;
    out.write_all(b"\n").map_err(written)?;
    let mut exported = Exported { first, prev_hash, head, erased: 0, erased_beyond: 0 };
    let mut line = Vec::new();
    connection.each_event((first, last), &mut |seen| {
        let event = seen.map_err(|(seq, column)| {
            StoreError::Export(format!("event {seq} is damaged: its {column} is not of the kind it must be"))
        })?;
        let erased_by = erasures.get(&event.seq).copied();
        if event.content.is_none() {
            exported.erased += 1;
            exported.erased_beyond += u64::from(erased_by.is_some_and(|by| by > last));
        }
        write_line(&mut line, &event, erased_by);
        out.write_all(&line).map_err(written)?;
        Ok(true)
    })?;
    out.flush().map_err(written)?;
    Ok(exported)
}

fn hash_of(connection: &mut Connection, seq: i64) -> Result<Hash, StoreError> {
    let row = connection.first("SELECT hash FROM events WHERE seq = $1", params![seq])?;
    let missing = || StoreError::Export(format!("event {seq} is missing; audit verify says more"));
    to_hash(&row.ok_or_else(missing)?, 0)
}

/// Which event erased which.
fn erasures(connection: &mut Connection) -> Result<HashMap<i64, i64>, StoreError> {
    let mut erasures = HashMap::new();
    let sql = "SELECT seq, body FROM events WHERE kind = $1 AND body IS NOT NULL ORDER BY seq";
    connection.each(sql, params![ERASED], &mut |row| {
        let by = row.integer(0)?;
        // One that cannot be read is the business of `verify`.
        let erased = serde_json::from_str::<ErasedBody>(&row.text(1)?);
        erasures.extend(erased.map_or_else(|_| Vec::new(), |body| body.seq).into_iter().map(|seq| (seq, by)));
        Ok(())
    })?;
    Ok(erasures)
}

/// Written by hand, as a map of values for each of millions is most of the time.
fn write_line(out: &mut Vec<u8>, event: &EventRef<'_>, erased_by: Option<i64>) {
    out.clear();
    out.extend(format!("{{\"seq\":{},\"at\":{}", event.seq, event.at).as_bytes());
    for (name, text) in [("actor", event.actor), ("kind", event.kind), ("subject", event.subject)] {
        push_text(out, name, text);
    }
    match (event.content, erased_by) {
        (Some((salt, body)), _) => {
            push_text(out, "body", body);
            push_hex(out, "salt", salt);
        }
        (None, Some(by)) => out.extend(format!(",\"erased_by\":{by}").as_bytes()),
        (None, None) => {}
    }
    push_hex(out, "body_hash", &event.body_hash);
    push_hex(out, "hash", &event.hash);
    out.extend(b"}\n");
}

fn push_text(out: &mut Vec<u8>, name: &str, text: &str) {
    out.extend(format!(",\"{name}\":").as_bytes());
    // A text always has a form in JSON, and a vector takes every byte.
    let _ = serde_json::to_writer(out, text);
}

fn push_hex(out: &mut Vec<u8>, name: &str, bytes: &[u8]) {
    out.extend(format!(",\"{name}\":\"").as_bytes());
    hex::push(out, bytes);
    out.push(b'"');
}

/// Checks an export: every hash, the chain, both ends, and that nothing is missing or added.
///
/// # Errors
/// When `input` cannot be read. A file that is wrong is no error but an [`ExportVerdict`].
pub fn verify_export(input: &mut dyn BufRead) -> std::io::Result<ExportVerdict> {
    let mut reading = Lines { input, line: Vec::new(), number: 0 };
    Ok(match check(&mut reading)? {
        Ok(exported) => ExportVerdict::Whole(exported),
        Err(what) => ExportVerdict::Broken(BrokenExport { line: reading.number, what }),
    })
}

/// Lines, one at a time in the same memory.
struct Lines<'a> {
    input: &'a mut dyn BufRead,
    line: Vec<u8>,
    number: u64,
}

impl Lines<'_> {
    /// The next line without its end; `None` at the end of the file, words when it is cut or endless.
    fn next(&mut self) -> std::io::Result<Result<Option<&[u8]>, String>> {
        self.line.clear();
        self.number += 1;
        (&mut *self.input).take(LINE_BYTES).read_until(b'\n', &mut self.line)?;
        Ok(match self.line.strip_suffix(b"\n") {
            Some(line) => Ok(Some(line)),
            None if self.line.is_empty() => Ok(None),
            None => Err("the line has no end; the file is cut".to_owned()),
        })
    }
}

fn check(lines: &mut Lines<'_>) -> std::io::Result<Result<Exported, String>> {
    let opening = match lines.next()? {
        Ok(Some(line)) => opened(line),
        Ok(None) => Err("the file is empty".to_owned()),
        Err(what) => Err(what),
    };
    let (mut exported, end) = match opening {
        Ok(opening) => opening,
        Err(what) => return Ok(Err(what)),
    };
    let before = Head { seq: exported.first - 1, hash: exported.prev_hash };
    let mut walk = Walk::behind(before, Some(end));
    let (mut last, mut salt) = (before, Vec::new());
    while last.seq < end.seq {
        let seen = match lines.next()? {
            Ok(Some(line)) => see(line, last.hash, &mut walk, &mut salt, &mut exported, end.seq),
            Ok(None) => Err(format!("the file ends after event {}, and its first line promises {}", last.seq, end.seq)),
            Err(what) => Err(what),
        };
        match seen {
            Ok(head) => last = head,
            Err(what) => return Ok(Err(what)),
        }
    }
    match lines.next()? {
        Ok(None) => {}
        _ => return Ok(Err(format!("something follows event {}, which is the last by the first line", end.seq))),
    }
    Ok(walk.end().map(|_| exported).map_err(|broken| broken.to_string()))
}

/// What the first line says, and the last event.
fn opened(line: &[u8]) -> Result<(Exported, Head), String> {
    let wrong = |what: &dyn fmt::Display| format!("not the first line of an export ({what}); right would be {FORM}");
    let first: First<'_> = serde_json::from_slice(line).map_err(|error| wrong(&error))?;
    if first.form != FORM {
        return Err(wrong(&format!("its form is {:?}", first.form)));
    }
    if first.first < 1 || first.last < first.first {
        return Err(wrong(&format!("events {} to {} are no range", first.first, first.last)));
    }
    let (Some(prev_hash), Some(hash)) = (hex::hash(&first.prev_hash), hex::hash(&first.head)) else {
        return Err(wrong(&"a hash is not 64 hexadecimal digits"));
    };
    if first.first == 1 && prev_hash != BEFORE_ALL {
        return Err(wrong(&"before event 1 stand 32 zero bytes"));
    }
    let head = Head { seq: first.last, hash };
    Ok((Exported { first: first.first, prev_hash, head, erased: 0, erased_beyond: 0 }, head))
}

/// Looks at the line of an event.
fn see(
    line: &[u8],
    prev_hash: Hash,
    walk: &mut Walk,
    salt: &mut Vec<u8>,
    exported: &mut Exported,
    end: i64,
) -> Result<Head, String> {
    let line: Line<'_> = serde_json::from_slice(line).map_err(|error| format!("not an event: {error}"))?;
    let (Some(body_hash), Some(hash)) = (hex::hash(line.body_hash), hex::hash(line.hash)) else {
        return Err("a hash is not 64 lower-case hexadecimal digits".to_owned());
    };
    let content = match (line.salt, &line.body) {
        (Some(digits), Some(body)) => {
            hex::bytes(digits, salt).ok_or("the salt is not lower-case hexadecimal digits")?;
            Some((salt.as_slice(), body.as_ref()))
        }
        (None, None) => None,
        _ => return Err("body and salt are either both there or both erased".to_owned()),
    };
    let event = EventRef {
        seq: line.seq,
        at: line.at,
        actor: &line.actor,
        kind: &line.kind,
        subject: &line.subject,
        content,
        body_hash,
        prev_hash,
        hash,
    };
    walk.see(&event).map_err(|broken: Broken| broken.to_string())?;
    if event.content.is_none() {
        exported.erased += 1;
        if line.erased_by.is_some_and(|by| by > end) {
            exported.erased_beyond += 1;
            walk.erased_beyond(event.seq);
        }
    }
    Ok(Head { seq: event.seq, hash })
}
