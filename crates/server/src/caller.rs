//! Who asks.
//!
//! In come the headers of a request, out comes a [`Caller`] with the token of their session. Whether the token still counts, and what its holder
//! may do, is looked up by each act.
//!
//! A token in the header `Authorization` was put there by whoever asks. A cookie was put there by a browser, maybe for a page of somebody else: it counts
//! only when the request comes from a page of ours, and whatever changes something has to carry the token of our forms as well ([`csrf`]).

use std::sync::Arc;

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, header, request::Parts},
};
use mihenk_node::ledger::people::Token;

use crate::{
    app::State,
    refusal::Refusal,
    who::{cookie, csrf},
};

/// Somebody who says who they are.
pub(crate) struct Caller {
    pub(crate) token: Token,
    csrf: Option<String>,
}

impl Caller {
    /// What the forms of a page for them carry in their hidden field `csrf`; empty for whoever comes by a key.
    pub(crate) fn csrf(&self) -> String {
        self.csrf.clone().unwrap_or_default()
    }
}

/// The token in the header `Authorization`, in either of the ways that clients write it.
pub(crate) fn bearer(headers: &HeaderMap) -> Option<Token> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.trim().split_once(' ')?;
    let is_known = ["Bearer", "ApiKey"].iter().any(|known| known.eq_ignore_ascii_case(scheme));
    (is_known && !token.trim().is_empty()).then(|| Token::new(token))
}

impl FromRequestParts<Arc<State>> for Caller {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &Arc<State>) -> Result<Caller, Refusal> {
        if let Some(token) = bearer(&parts.headers) {
            return Ok(Caller { token, csrf: None });
        }
        let token = cookie::session(&parts.headers, state.settings.is_secure).ok_or(Refusal::NotSignedIn)?;
        if cookie::is_foreign(&parts.method, &parts.headers) {
            return Err(Refusal::Foreign);
        }
        let is_given = || parts.extensions.get::<csrf::Given>().is_some_and(|given| given.belongs_to(&token));
        if !csrf::is_safe(&parts.method) && !is_given() {
            return Err(Refusal::NoCsrf);
        }
        let csrf = Some(csrf::token(&token));
        Ok(Caller { token, csrf })
    }
}
