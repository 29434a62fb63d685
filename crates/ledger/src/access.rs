//! What was read, and by whom.
//!
//! Whoever reads a person's data leaves an event before the answer leaves: one for each request. For many things
//! read at once the event holds how many and the hash of their ids, so that a list of ids can be held against it later.

use mihenk_store::{Act, Event, Query, StoreError, params};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::{
    error::LedgerError,
    happening::{Happening, record},
    retention::Part,
    who::Who,
};

/// The subject of an event about many things.
pub const MANY: &str = "many";

/// What retention may erase of it.
pub const KEPT: Part = Part { name: "access", open: None, forget: &[] };

/// That something was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AccessEvent {
    /// One thing, which is the event's subject.
    Seen {
        /// By which request, such as `alert show`.
        request: String,
    },
    /// Many at once.
    ManySeen {
        /// By which request, such as `alert list`.
        request: String,
        /// How many.
        count: u64,
        /// SHA-256 of their ids, each followed by a line feed, in hexadecimal.
        hash: String,
    },
}

impl Happening for AccessEvent {
    const PART: &'static str = "access";

    fn apply(&self, _: &mut Act<'_>, _: &Event) -> Result<(), LedgerError> {
        Ok(())
    }
}

/// Records that one thing was read.
///
/// # Errors
/// When the store refuses.
pub fn seen(act: &mut Act<'_>, who: &Who, subject: &str, request: &str) -> Result<(), LedgerError> {
    record(act, who, subject, &AccessEvent::Seen { request: request.to_owned() }).map(|_| ())
}

/// Who else read one thing since a time, by id, with when they did last; the latest first.
///
/// # Errors
/// When the store refuses.
pub fn readers(
    query: &mut impl Query,
    subject: &str,
    since: i64,
    but: &str,
) -> Result<Vec<(String, i64)>, LedgerError> {
    let sql =
        "SELECT actor, max(at) FROM events WHERE subject = $1 AND kind = 'access.seen' AND at >= $2 AND actor <> $3
               GROUP BY actor ORDER BY 2 DESC, actor";
    let rows = query.query(sql, params![subject, since, but])?;
    Ok(rows.iter().map(|row| Ok((row.text(0)?, row.integer(1)?))).collect::<Result<_, StoreError>>()?)
}

/// Records that many things were read, whose ids these are.
///
/// # Errors
/// When the store refuses.
pub fn many_seen<'a>(
    act: &mut Act<'_>,
    who: &Who,
    ids: impl Iterator<Item = &'a str>,
    request: &str,
) -> Result<(), LedgerError> {
    let mut hash = Sha256::new();
    let mut count = 0;
    for id in ids {
        hash.update(id);
        hash.update("\n");
        count += 1;
    }
    let hash = mihenk_store::hex::text(&hash.finalize());
    record(act, who, MANY, &AccessEvent::ManySeen { request: request.to_owned(), count, hash }).map(|_| ())
}
