//! One's own keys, and the addresses that are told of what happens.
//!
//! In come what the acts give, out come pages. A secret is shown on the page that answers, and nowhere again.

use askama::Template;
use mihenk_node::{
    ledger::{
        people::{ApiKey, Scope},
        webhooks::{Letter, LetterState, PARTS, State, Webhook},
    },
    named::Named,
};

use crate::frame::Frame;

/// One's own keys.
#[derive(Debug, Template)]
#[template(path = "keys.html")]
pub struct KeysPage<'a> {
    /// What stands around it.
    pub t: &'a Frame,
    /// The keys, the newest first.
    pub keys: &'a [ApiKey],
    /// The time, in milliseconds since 1970.
    pub now: i64,
    /// What a key is called, and what proves it: shown once.
    pub first: Option<(&'a str, &'a str)>,
}

/// The addresses that are told of what happens.
#[derive(Debug, Template)]
#[template(path = "webhooks.html")]
pub struct WebhooksPage<'a> {
    /// What stands around it.
    pub t: &'a Frame,
    /// All of them, oldest first.
    pub webhooks: &'a [Webhook],
    /// Who ids are.
    pub named: &'a Named,
    /// What was given up, the newest first.
    pub letters: &'a [Letter],
    /// An address, and the secret of what it is told: shown once.
    pub first: Option<(&'a str, &'a str)>,
}

/// How a key is: `live`, `ended` or `revoked`.
pub(crate) fn state(key: &ApiKey, now: i64) -> &'static str {
    match key.revoked_at {
        Some(_) => "revoked",
        None if key.until <= now => "ended",
        None => "live",
    }
}

/// Until when the secret before the last one counts as well, if it does.
pub(crate) fn overlap(key: &ApiKey, now: i64) -> Option<i64> {
    key.overlaps_until.filter(|until| key.revoked_at.is_none() && *until > now)
}

impl KeysPage<'_> {
    fn state(&self, key: &ApiKey) -> &'static str {
        state(key, self.now)
    }

    fn overlap(&self, key: &ApiKey) -> Option<i64> {
        overlap(key, self.now)
    }

    fn scopes(&self) -> [Scope; 5] {
        Scope::ALL
    }
}

impl WebhooksPage<'_> {
    fn parts(&self) -> [&'static str; 6] {
        PARTS
    }

    fn waits(&self, webhook: &Webhook) -> bool {
        webhook.state == State::Proposed
    }

    fn is_told(&self, webhook: &Webhook) -> bool {
        webhook.state == State::Active
    }

    fn is_dead(&self, letter: &Letter) -> bool {
        letter.state == LetterState::Dead
    }

    /// The address of a webhook.
    fn url(&self, letter: &Letter) -> &str {
        self.webhooks.iter().find(|one| one.id == letter.webhook).map_or("", |one| one.url.as_str())
    }
}
