//! Requests that may come twice and are done once, also when the server was stopped between.
//!
//! In comes a [`Request`]: whose token, the key that they chose for it, and what was asked; out comes whether it is to be done now, and later the answer of the first time. An answer is
//! kept for [`KEPT_MS`], sealed with what follows from the token and the key, which stand nowhere: it can be read by whoever sends both again, and by nobody who
//! has the store. So an answer may hold a secret that is shown once, or be of the compartment. No event tells of it: what was done has events of its own.

mod sql;

use mihenk_store::{Act, Migrations, hex};
use sha2::{Digest, Sha256};

use crate::{
    attachments::{Key, Sealed},
    error::LedgerError,
    people::Token,
};

/// The table.
pub const MIGRATIONS: Migrations = Migrations { part: "replies", versions: &[include_str!("migrate/replies_1.sql")] };

/// How long an answer is kept, in milliseconds.
pub const KEPT_MS: i64 = 24 * 60 * 60 * 1000;
/// Answers that are kept; with more, the oldest go first.
const MOST: i64 = 10_000;
/// The longest answer that is kept, in bytes.
pub const ANSWER_BYTES: usize = 64 << 10;

/// A request with a key.
#[derive(Clone, Debug)]
pub struct Request {
    id: String,
    request: String,
    seal: Key,
}

/// How it stands with a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Begun {
    /// It is to be done now.
    Now,
    /// It was done before, with this answer; without one, if that was too long.
    Before(Option<Vec<u8>>),
    /// It was begun before and has not ended: it is being done, or was cut off.
    Open,
    /// The key came with another request before.
    Other,
}

impl Request {
    /// A request of whoever has this token; `asked` are the parts that tell it from others.
    ///
    /// # Errors
    /// When no key can be made of it.
    pub fn new(token: &Token, key: &str, asked: &[&[u8]]) -> Result<Request, LedgerError> {
        let own = |what: &str| token.derived(&format!("mihenk reply {what} {key}"));
        let mut request = Sha256::new();
        for part in asked {
            request.update((part.len() as u64).to_be_bytes());
            request.update(part);
        }
        let request = request.chain_update(token.reveal()).finalize();
        Ok(Request { id: own("id"), request: hex::text(&request), seal: Key::new(&Sha256::digest(own("key")))? })
    }
}

/// Begins a request, or says how it stands with it.
///
/// # Errors
/// When the store refuses, or what is kept does not open.
pub fn begin(act: &mut Act<'_>, at: i64, one: &Request) -> Result<Begun, LedgerError> {
    sql::forget_before(act, at - KEPT_MS)?;
    let Some(kept) = sql::of(act, &one.id)? else {
        sql::forget_oldest(act, MOST - 1)?;
        sql::insert(act, &one.id, &one.request, at)?;
        return Ok(Begun::Now);
    };
    if kept.request != one.request {
        return Ok(Begun::Other);
    }
    Ok(match (kept.is_done, kept.answer) {
        (false, _) => Begun::Open,
        (true, None) => Begun::Before(None),
        (true, Some((nonce, bytes))) => {
            let sealed = Sealed { key_id: one.seal.id(), nonce, bytes };
            Begun::Before(Some(one.seal.open(&one.id, &sealed)?))
        }
    })
}

/// Keeps the answer of a request that was done.
///
/// # Errors
/// When the store refuses.
pub fn done(act: &mut Act<'_>, one: &Request, answer: &[u8]) -> Result<(), LedgerError> {
    let sealed = if answer.len() <= ANSWER_BYTES { Some(one.seal.seal(&one.id, answer)?) } else { None };
    Ok(sql::set_done(act, &one.id, sealed.as_ref())?)
}

/// Forgets a request that was not done: it may come again.
///
/// # Errors
/// When the store refuses.
pub fn forget(act: &mut Act<'_>, one: &Request) -> Result<(), LedgerError> {
    Ok(sql::forget(act, &one.id)?)
}
