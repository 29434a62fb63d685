//! One event of the chain: what is hashed, and how.
//!
//! In comes a [`NewEvent`]: what somebody did, when, to what. Out comes an [`Event`] with its place in the chain. The body
//! is hashed with a salt (`body_hash = SHA-256(salt ‖ body)`), so that a body and its salt can be erased later: what is left
//! cannot be guessed from the hash, and the chain still verifies. `hash` covers everything else and the hash before:
//!
//! ```text
//! hash = SHA-256( "mihenk-event-1" ‖ seq: u64 BE ‖ at: i64 BE ‖ actor ‖ kind ‖ subject ‖ body_hash ‖ prev_hash )
//! ```
//!
//! where each text stands as its length in bytes (u32, big-endian) and its UTF-8, and the first event follows 32 zero bytes.
//! SHA-256 is FIPS 180-4.

use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::error::StoreError;

/// A SHA-256 hash.
pub type Hash = [u8; 32];

/// The hash before the first event.
pub const BEFORE_ALL: Hash = [0; 32];

/// Says which form of event is hashed; another form gets another word.
const FORM: &[u8] = b"mihenk-event-1";

/// What is to be appended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewEvent {
    /// When, in milliseconds since 1970 (UTC).
    pub at: i64,
    /// Who did it: the id of a user, or of a part of the software such as `clock`.
    pub actor: String,
    /// What was done, such as `alert.cleared`.
    pub kind: String,
    /// To what: an opaque id, never a name.
    pub subject: String,
    /// What there is to say, as JSON.
    pub body: String,
}

impl NewEvent {
    /// An event with a body that is written as JSON.
    ///
    /// # Errors
    /// [`StoreError::Statement`] when the body has no form in JSON, such as a map whose keys are no text.
    pub fn of(at: i64, actor: &str, kind: &str, subject: &str, body: &impl Serialize) -> Result<NewEvent, StoreError> {
        let body = serde_json::to_string(body).map_err(|error| StoreError::Statement(error.to_string()))?;
        Ok(NewEvent { at, actor: actor.to_owned(), kind: kind.to_owned(), subject: subject.to_owned(), body })
    }
}

/// An event as it stands in the chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// Its place, from 1.
    pub seq: i64,
    /// When, in milliseconds since 1970 (UTC).
    pub at: i64,
    /// Who did it.
    pub actor: String,
    /// What was done.
    pub kind: String,
    /// To what.
    pub subject: String,
    /// What there was to say, as JSON, with the salt; `None` once it is erased.
    pub content: Option<Content>,
    /// SHA-256 of salt and body.
    pub body_hash: Hash,
    /// The hash of the event before.
    pub prev_hash: Hash,
    /// The hash of this one.
    pub hash: Hash,
}

/// What can be erased of an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Content {
    /// Random bytes.
    pub salt: Vec<u8>,
    /// JSON.
    pub body: String,
}

impl Content {
    /// `SHA-256(salt ‖ body)`.
    #[must_use]
    pub fn hash(&self) -> Hash {
        Sha256::new().chain_update(&self.salt).chain_update(&self.body).finalize().into()
    }
}

impl Event {
    /// The event that follows `prev_hash` in place `seq`, with this salt.
    pub(crate) fn chained(new: NewEvent, salt: Vec<u8>, seq: i64, prev_hash: Hash) -> Event {
        let content = Content { salt, body: new.body };
        let body_hash = content.hash();
        let mut event = Event {
            seq,
            at: new.at,
            actor: new.actor,
            kind: new.kind,
            subject: new.subject,
            content: Some(content),
            body_hash,
            prev_hash,
            hash: BEFORE_ALL,
        };
        event.hash = event.computed_hash();
        event
    }

    /// The hash that this event must have.
    #[must_use]
    pub fn computed_hash(&self) -> Hash {
        self.borrowed().computed_hash()
    }

    /// The same with everything borrowed.
    #[must_use]
    pub fn borrowed(&self) -> EventRef<'_> {
        EventRef {
            seq: self.seq,
            at: self.at,
            actor: &self.actor,
            kind: &self.kind,
            subject: &self.subject,
            content: self.content.as_ref().map(|content| (content.salt.as_slice(), content.body.as_str())),
            body_hash: self.body_hash,
            prev_hash: self.prev_hash,
            hash: self.hash,
        }
    }
}

/// An [`Event`] whose texts lie elsewhere, so that millions can be looked at without a copy of each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EventRef<'a> {
    /// Its place, from 1.
    pub seq: i64,
    /// When, in milliseconds since 1970 (UTC).
    pub at: i64,
    /// Who did it.
    pub actor: &'a str,
    /// What was done.
    pub kind: &'a str,
    /// To what.
    pub subject: &'a str,
    /// Salt and body; `None` once they are erased.
    pub content: Option<(&'a [u8], &'a str)>,
    /// SHA-256 of salt and body.
    pub body_hash: Hash,
    /// The hash of the event before.
    pub prev_hash: Hash,
    /// The hash of this one.
    pub hash: Hash,
}

impl EventRef<'_> {
    /// The hash that this event must have.
    #[must_use]
    pub fn computed_hash(&self) -> Hash {
        let mut hash = Sha256::new();
        hash.update(FORM);
        hash.update(self.seq.to_be_bytes());
        hash.update(self.at.to_be_bytes());
        for text in [self.actor, self.kind, self.subject] {
            let length = u32::try_from(text.len()).unwrap_or(u32::MAX);
            hash.update(length.to_be_bytes());
            hash.update(text);
        }
        hash.update(self.body_hash);
        hash.update(self.prev_hash);
        hash.finalize().into()
    }

    /// `SHA-256(salt ‖ body)` of what is there; `None` once it is erased.
    #[must_use]
    pub fn computed_body_hash(&self) -> Option<Hash> {
        let (salt, body) = self.content?;
        Some(Sha256::new().chain_update(salt).chain_update(body).finalize().into())
    }
}
