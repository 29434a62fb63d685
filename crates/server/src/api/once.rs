//! Posts that may come twice and are done once: `Idempotency-Key` (draft-ietf-httpapi-idempotency-key-header).
//!
//! In come the header, whoever sends it and the request; out comes the answer of before, or leave to do it and to keep the answer. Only what was done is kept: a
//! request that was refused may be sent again. Answers are kept in memory, for a day and for as long as the server runs; after that the revision of a thing still
//! keeps anything from being decided twice.

use std::{
    collections::HashMap,
    hash::{BuildHasher, RandomState},
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use axum::http::HeaderMap;

use super::{
    code::Code,
    document::KEY,
    operation::Operation,
    problem::{Problem, Wrong},
    reply::{Content, Reply},
};
use crate::caller::Caller;

/// How long an answer is kept.
const KEPT: Duration = Duration::from_secs(24 * 60 * 60);
/// Answers that are kept; with more, the oldest go first.
const MOST: usize = 10_000;
/// A longer answer is not kept; the request counts as done all the same.
const BYTES: usize = 64 * 1024;

/// Answers that were given.
#[derive(Debug, Default)]
pub(crate) struct Once {
    hashes: RandomState,
    kept: Mutex<HashMap<u64, Kept>>,
}

#[derive(Debug)]
struct Kept {
    /// What tells the request from another one with the same key.
    request: u64,
    since: Instant,
    reply: Option<Reply>,
}

/// A key, of somebody, for an operation.
#[derive(Debug, Hash)]
pub(crate) struct Key {
    who: String,
    key: String,
    place: String,
}

/// What is so when a request with a key comes.
pub(crate) enum Begun<'a> {
    /// It was done before, with this answer.
    Before(Reply),
    /// It is done now.
    Now(Doing<'a>),
}

/// A request that is being done. Dropped before it was done, it may come again.
pub(crate) struct Doing<'a> {
    once: &'a Once,
    at: u64,
    is_done: bool,
}

impl Key {
    /// The key of a request; none when it has none, or is no post.
    pub(crate) fn read(
        operation: &Operation,
        caller: Option<&Caller>,
        path: &[(String, String)],
        query: Option<&str>,
        headers: &HeaderMap,
    ) -> Result<Option<Key>, Problem> {
        let Some(value) = headers.get(KEY).filter(|_| operation.is_done_once()) else { return Ok(None) };
        let key = value.to_str().unwrap_or("");
        let is_word = (1..=100).contains(&key.len())
            && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'-'));
        if !is_word {
            let what = "is no word of 1 to 100 letters, digits, '_', '.' or '-'".to_owned();
            return Err(Problem::parameters(&[Wrong { at: KEY.to_owned(), what }]));
        }
        let who = caller.map(|caller| caller.token.reveal().to_owned()).unwrap_or_default();
        let place = format!("{} {path:?} {}", operation.id, query.unwrap_or(""));
        Ok(Some(Key { who, key: key.to_owned(), place }))
    }
}

impl Once {
    /// Begins a request.
    pub(crate) fn begin(&self, key: &Key, sent: &[u8]) -> Result<Begun<'_>, Problem> {
        let at = self.hashes.hash_one((&key.who, &key.key));
        let request = self.hashes.hash_one((&key.place, sent));
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|_, one| one.since.elapsed() < KEPT);
        match kept.get(&at) {
            Some(one) if one.request != request => {
                return Err(Problem::new(Code::KeyReused, "this key came with another request before"));
            }
            Some(Kept { reply: Some(reply), .. }) => return Ok(Begun::Before(reply.clone())),
            Some(_) => {
                return Err(Problem::new(Code::KeyReused, "the first request with this key is still being done"));
            }
            None => {}
        }
        if kept.len() >= MOST
            && let Some(oldest) = kept.iter().min_by_key(|(_, one)| one.since).map(|(at, _)| *at)
        {
            kept.remove(&oldest);
        }
        kept.insert(at, Kept { request, since: Instant::now(), reply: None });
        Ok(Begun::Now(Doing { once: self, at, is_done: false }))
    }
}

impl Doing<'_> {
    /// It was done, with this answer.
    pub(crate) fn done(mut self, reply: &Reply) {
        let length = match &reply.content {
            Content::Json(value) => value.to_string().len(),
            Content::Bytes(bytes, _) => bytes.len(),
        };
        if length <= BYTES
            && let Some(kept) = self.once.kept.lock().unwrap_or_else(PoisonError::into_inner).get_mut(&self.at)
        {
            kept.reply = Some(reply.clone());
        }
        self.is_done = true;
    }
}

impl Drop for Doing<'_> {
    fn drop(&mut self) {
        if !self.is_done {
            self.once.kept.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.at);
        }
    }
}
