//! Posts that may come twice and are done once: `Idempotency-Key` (draft-ietf-httpapi-idempotency-key-header).
//!
//! In come the header, whoever sends it and the request; out comes the answer of before, or leave to do it and to keep the answer. Only what was done is kept: a
//! request that was refused may be sent again. Answers are kept for a day, sealed, in the store (`mihenk_node::ledger::replies`), so they outlive a restart. A server without a
//! store only screens: there it makes no difference how often something is done.

use std::sync::Arc;

use axum::http::HeaderMap;
use mihenk_node::{
    NodeError,
    ledger::{
        people::Token,
        replies::{self, Begun, Request},
    },
};

use super::{
    code::Code,
    document::KEY,
    operation::Operation,
    problem::{Problem, Wrong},
    reply::Reply,
};
use crate::{app::State, caller::Caller};

/// Who acts where answers are kept, for the store.
const ACTOR: &str = "server";

/// A key, of somebody, for an operation.
pub(crate) struct Key {
    token: Token,
    key: String,
    place: String,
}

/// A request that is being done.
pub(crate) struct Doing {
    state: Arc<State>,
    request: Request,
}

/// What is so when a request with a key comes.
pub(crate) enum Now {
    /// It was done before, with this answer.
    Before(Reply),
    /// It is done now.
    Doing(Doing),
}

impl Key {
    /// The key of a request; none when it has none, is no post, or nobody in particular sends it.
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
        let Some(caller) = caller else { return Ok(None) };
        let place = format!("{} {path:?} {}", operation.id, query.unwrap_or(""));
        Ok(Some(Key { token: caller.token.clone(), key: key.to_owned(), place }))
    }

    /// Begins a request.
    pub(crate) async fn begin(self, state: &Arc<State>, sent: &[u8]) -> Result<Now, Problem> {
        let request = Request::new(&self.token, &self.key, &[self.place.as_bytes(), sent]).map_err(NodeError::from)?;
        let asked = request.clone();
        let begun = state
            .office_act(move |office| {
                office.desk.act_as(ACTOR, |act, who| Ok::<_, NodeError>(replies::begin(act, who.at, &asked)?))
            })
            .await?;
        match begun {
            Begun::Now => Ok(Now::Doing(Doing { state: Arc::clone(state), request })),
            Begun::Before(Some(answer)) => {
                let reply = Reply::kept(&answer).ok_or_else(|| Problem::broken("a kept answer cannot be read"))?;
                Ok(Now::Before(reply.with("idempotency-replayed", "true")))
            }
            Begun::Before(None) => {
                Err(reused("the first request with this key was done; its answer was too long to be kept"))
            }
            Begun::Open => Err(reused(
                "the first request with this key is still being done, or was cut off when the server stopped; look whether it was done",
            )),
            Begun::Other => Err(reused("this key came with another request before")),
        }
    }
}

fn reused(detail: &str) -> Problem {
    Problem::new(Code::KeyReused, detail)
}

impl Doing {
    /// It ended so: an answer is kept, and what was refused may come again. Of what takes too long nobody knows yet.
    pub(crate) async fn ended(self, result: &Result<Reply, Problem>) -> Result<(), Problem> {
        let Doing { state, request } = self;
        let answer = match result {
            Ok(reply) => Some(reply.to_be_kept()),
            Err(problem) if problem.code == Code::TakesTooLong => return Ok(()),
            Err(_) => None,
        };
        let keep = move |office: &crate::office::Office| {
            office.desk.act_as(ACTOR, |act, _| {
                let kept = match &answer {
                    Some(answer) => replies::done(act, &request, answer),
                    None => replies::forget(act, &request),
                };
                Ok::<_, NodeError>(kept?)
            })
        };
        Ok(state.office_act(keep).await?)
    }
}
