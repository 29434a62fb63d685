//! Who asks.
//!
//! In come the headers of a request, out comes a [`Caller`] with the token of their session. Whether the token still counts, and what its holder
//! may do, is looked up by each act.

use std::sync::Arc;

use axum::{
    extract::FromRequestParts,
    http::{header, request::Parts},
};
use mihenk_node::ledger::people::Token;

use crate::{app::State, refusal::Refusal};

/// The cookie that holds a session.
pub(crate) const SESSION: &str = "mihenk_session";

/// Somebody who says who they are.
pub(crate) struct Caller {
    pub(crate) token: Token,
}

impl FromRequestParts<Arc<State>> for Caller {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, _: &Arc<State>) -> Result<Caller, Refusal> {
        let bearer = parts.headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
        let bearer = bearer.and_then(|value| value.strip_prefix("Bearer "));
        let cookies = parts.headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
        let mut cookies = cookies.flat_map(|value| value.split(';')).filter_map(|pair| pair.trim().split_once('='));
        let cookie = cookies.find(|(name, _)| *name == SESSION).map(|(_, value)| value);
        let token = bearer.or(cookie).ok_or(Refusal::NotSignedIn)?;
        Ok(Caller { token: Token::new(token) })
    }
}
