//! Documents that belong to an alert or a case: sealed at rest, their hash in the chain.
//!
//! In comes a name and content, out comes an id; later, with the same key, the content. The event says what was attached to what,
//! with the SHA-256 of the content; the content stands sealed in a table of its own, so that it can be erased. Where the key is kept
//! is decided in `mihenk-node`.

pub mod exchange;
mod seal;
mod sql;

use mihenk_store::{Act, Event, Migrations, Query, hex};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

pub(crate) use exchange::must_be_current;
pub use seal::{KEY_BYTES, Key};
pub(crate) use seal::{Sealed, fill};

use crate::{
    error::LedgerError,
    happening::{Happening, Line, Past, history, record},
    id, refusals,
    retention::Part,
    who::Who,
};

/// What retention may erase of documents.
pub const KEPT: Part = sql::KEPT;

/// The tables.
pub const MIGRATIONS: Migrations = Migrations {
    part: "attachments",
    versions: &[
        include_str!("migrate/attachments_1.sql"),
        include_str!("migrate/attachments_2.sql"),
        include_str!("migrate/attachments_3.sql"),
    ],
};

/// The largest document, in bytes: 64 MiB.
pub const MOST_BYTES: usize = 64 * 1024 * 1024;
/// The longest name, in bytes.
const NAME_BYTES: usize = 255;

id!(
    /// A document that belongs to an alert or a case.
    AttachmentId, "D", "a document"
);

/// What can happen to documents. The subject of the event is what the document belongs to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AttachmentEvent {
    /// One was attached. Its id is made from the event's place.
    Attached {
        /// Its file name.
        name: String,
        /// Its length in bytes.
        length: i64,
        /// SHA-256 of its content, in hexadecimal.
        sha256: String,
    },
}

/// A document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Attachment {
    /// Its id.
    pub id: AttachmentId,
    /// What it belongs to: the id of an alert or a case.
    pub subject: String,
    /// Its file name.
    pub name: String,
    /// Its length in bytes.
    pub length: i64,
    /// SHA-256 of its content, in hexadecimal.
    pub sha256: String,
    /// Who attached it.
    pub by: String,
    /// When, in milliseconds since 1970.
    pub at: i64,
}

/// Attaches a document to what `subject` names, which the caller has made sure of.
///
/// # Errors
/// When it has no name, is empty or too large, or cannot be sealed.
pub(crate) fn attach(
    act: &mut Act<'_>,
    who: &Who,
    subject: &str,
    key: &Key,
    name: &str,
    content: &[u8],
) -> Result<AttachmentId, LedgerError> {
    let name = plain_name(name)?;
    if content.is_empty() {
        return Err(refusals::file_empty(name));
    }
    if content.len() > MOST_BYTES {
        let most = MOST_BYTES / (1024 * 1024);
        return Err(refusals::file_too_large(name, content.len(), most));
    }
    exchange::must_be_current(act, key)?;
    let sha256 = hex::text(&Sha256::digest(content));
    let attached = AttachmentEvent::Attached { name, length: content.len() as i64, sha256 };
    let id = AttachmentId::at(record(act, who, subject, &attached)?.seq);
    let sealed = key.seal(id.as_str(), content)?;
    sql::insert_content(act, &id, &sealed)?;
    Ok(id)
}

/// A document's content, as it was attached.
///
/// # Errors
/// When there is none, it was erased, it was sealed with another key, or it is not what was attached.
pub fn content(query: &mut impl Query, key: &Key, id: &AttachmentId) -> Result<(Attachment, Vec<u8>), LedgerError> {
    let attachment = attachment(query, id)?;
    let sealed = sql::content(query, id)?.ok_or_else(|| refusals::content_erased(id, &attachment.sha256))?;
    let content = key.open(id.as_str(), &sealed)?;
    if hex::text(&Sha256::digest(&content)) != attachment.sha256 {
        return Err(refusals::not_what_was_attached(id));
    }
    Ok((attachment, content))
}

/// A document without its content.
///
/// # Errors
/// When there is none.
pub fn attachment(query: &mut impl Query, id: &AttachmentId) -> Result<Attachment, LedgerError> {
    sql::attachment(query, id)?.ok_or_else(|| LedgerError::unknown("document", id))
}

/// The documents of an alert or a case, oldest first.
///
/// # Errors
/// When the store refuses.
pub fn of(query: &mut impl Query, subject: &str) -> Result<Vec<Attachment>, LedgerError> {
    sql::attachments(query, subject)
}

/// What happened to something that documents belong to, and to these, in words.
///
/// # Errors
/// When the store refuses, or an event cannot be understood.
pub(crate) fn lines<H: Happening>(
    query: &mut impl Query,
    subject: &str,
    words: fn(&H, i64) -> String,
) -> Result<Vec<Line>, LedgerError> {
    let line = |past: Past| {
        let words = match (past.says::<H>()?, past.says::<AttachmentEvent>()?) {
            (Some(said), _) => words(&said, past.seq),
            (None, Some(said)) => said.words(past.seq),
            (None, None) => format!("{} (erased)", past.kind),
        };
        Ok(past.line(words))
    };
    history(query, subject)?.into_iter().map(line).collect()
}

/// Whether any content is kept: then the key it was sealed with must not be lost.
///
/// # Errors
/// When the store refuses.
pub fn is_any_kept(query: &mut impl Query) -> Result<bool, LedgerError> {
    Ok(sql::is_any_kept(query)?)
}

/// Erases a document's content; whoever erases records it.
///
/// # Errors
/// When the store refuses.
pub fn erase_content(act: &mut Act<'_>, id: &AttachmentId) -> Result<(), LedgerError> {
    Ok(sql::remove_content(act, id)?)
}

/// A file name without folders and control characters.
fn plain_name(name: &str) -> Result<String, LedgerError> {
    let last = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let name: String = last.chars().filter(|c| !c.is_control()).collect();
    let name = name.trim();
    if name.is_empty() || name == "." || name == ".." || name.len() > NAME_BYTES {
        return Err(refusals::not_a_file_name(name, NAME_BYTES));
    }
    Ok(name.to_owned())
}

impl Happening for AttachmentEvent {
    const PART: &'static str = "attachment";

    fn apply(&self, act: &mut Act<'_>, event: &Event) -> Result<(), LedgerError> {
        let AttachmentEvent::Attached { name, length, sha256 } = self;
        let attachment = Attachment {
            id: AttachmentId::at(event.seq),
            subject: event.subject.clone(),
            name: name.clone(),
            length: *length,
            sha256: sha256.clone(),
            by: event.actor.clone(),
            at: event.at,
        };
        Ok(sql::insert(act, event.seq, &attachment)?)
    }
}

impl AttachmentEvent {
    /// What happened, in words.
    #[must_use]
    pub fn words(&self, seq: i64) -> String {
        let AttachmentEvent::Attached { name, length, .. } = self;
        format!("document {} attached: {name} ({length} bytes)", AttachmentId::at(seq))
    }
}
