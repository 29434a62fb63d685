//! Who may screen and look at lists: the routes that clients of yente ask.
//!
//! Without any user everybody who reaches the server may, which is this machine alone. With users a key is asked for, or a session; a setting opens these
//! routes to addresses without one. A key comes as `Authorization: ApiKey KEY` or `Bearer KEY`, or as the parameter `api_key`, as clients of yente send it. It
//! is read here and shown nowhere. That a key counts is remembered for [`REMEMBERED`], so that a thousand requests a second do not ask the store as often; when this
//! process revokes one, nothing is remembered.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use axum::{
    extract::{FromRequestParts, Request, State as Shared},
    middleware::Next,
    response::{IntoResponse, Response},
};
use mihenk_node::{NodeError, ledger::people::Token, permission::Permission};

use super::address::{Address, Peer};
use crate::{
    app::State,
    caller::{Caller, bearer},
    office::Office,
    params,
    refusal::Refusal,
};

/// How long it is remembered that a token may screen, and that there are no users yet.
const REMEMBERED: Duration = Duration::from_secs(1);
/// Tokens that are remembered.
const TOKENS: usize = 10_000;

/// What is remembered.
#[derive(Debug, Default)]
pub(crate) struct Gate {
    may: Mutex<HashMap<Token, Instant>>,
    people: Mutex<People>,
}

#[derive(Clone, Copy, Debug, Default)]
enum People {
    #[default]
    Unknown,
    NoneAt(Instant),
    Some,
}

impl Gate {
    /// Asks the store again from now on.
    pub(crate) fn forget(&self) {
        locked(&self.may).clear();
        *locked(&self.people) = People::Unknown;
    }

    fn remembers(&self, token: &Token) -> bool {
        locked(&self.may).get(token).is_some_and(|at| at.elapsed() < REMEMBERED)
    }

    fn remember(&self, token: Token) {
        let mut may = locked(&self.may);
        if may.len() >= TOKENS {
            may.clear();
        }
        may.insert(token, Instant::now());
    }
}

/// Whether there are users. Once there are, there always are.
pub(crate) async fn has_people(state: &Arc<State>) -> Result<bool, Refusal> {
    if state.office.is_none() {
        return Ok(false);
    }
    match *locked(&state.door.gate.people) {
        People::Some => return Ok(true),
        People::NoneAt(at) if at.elapsed() < REMEMBERED => return Ok(false),
        People::NoneAt(_) | People::Unknown => {}
    }
    let missing = state.office_act(|office| office.desk.missing_administrators()).await?;
    let found = if missing < 2 { People::Some } else { People::NoneAt(Instant::now()) };
    *locked(&state.door.gate.people) = found;
    Ok(missing < 2)
}

/// Lets those pass who may screen.
pub(crate) async fn screens(Shared(state): Shared<Arc<State>>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let peer = parts.extensions.get::<Peer>().copied();
    let from = Address::of(peer, &parts.headers, &state.settings.proxies);
    let is_open = from.0.is_some_and(|from| state.settings.open_to.contains(&from));
    let passed = match is_open {
        true => Ok(()),
        false => may_screen(&state, &mut parts).await,
    };
    match passed {
        Ok(()) => next.run(Request::from_parts(parts, body)).await,
        Err(refusal) => refusal.into_response(),
    }
}

async fn may_screen(state: &Arc<State>, parts: &mut axum::http::request::Parts) -> Result<(), Refusal> {
    if !has_people(state).await? {
        return Ok(());
    }
    let token = match bearer(&parts.headers).or_else(|| in_query(parts.uri.query())) {
        Some(token) => token,
        None => Caller::from_request_parts(parts, state).await?.token,
    };
    if state.door.gate.remembers(&token) {
        return Ok(());
    }
    let asked = token.clone();
    let may = move |office: &Office| {
        let holder = office.desk.holder(&asked)?.ok_or(NodeError::NotSignedIn)?;
        Permission::Screen.check_in_order(&holder)
    };
    state.office_act(may).await?;
    state.door.gate.remember(token);
    Ok(())
}

/// The parameter that clients of yente send a key in.
fn in_query(query: Option<&str>) -> Option<Token> {
    let pairs = params::pairs(query?.as_bytes());
    pairs.into_iter().find(|(name, value)| name == "api_key" && !value.is_empty()).map(|(_, value)| Token::new(&value))
}

/// What is remembered is true at every moment, whoever panicked.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
