//! Webhooks: who is told of what happens over HTTP, what was delivered to them, and what was given up.
//!
//! One administrator proposes an address, another confirms it; then a secret is made with which messages are signed, and which is shown once. From then on the address is told
//! of what happens behind that place of the chain. Every delivery, every attempt that failed and everything that was given up is an event, so that nothing
//! is lost when the program ends; what was given up is a *letter*: a range of the chain that can be delivered again. What is told is ids
//! ([`Happening`] of other parts are not read here), and who delivers it is not this crate.

mod sql;

use mihenk_store::{Act, Event, Migrations, Query};
use serde::{Deserialize, Serialize};

use crate::{
    attachments::{self, Key},
    error::LedgerError,
    happening::{Happening, record, record_made},
    id, refusals,
    who::{Reason, Who},
};

/// The tables.
pub const MIGRATIONS: Migrations = Migrations { part: "webhooks", versions: &[include_str!("migrate/webhooks_1.sql")] };

/// The parts of the ledger of which somebody can be told.
pub const PARTS: [&str; 6] = ["alert", "case", "customer", "freeze", "merging", "redress"];

/// The longest address, in bytes.
const URL_BYTES: usize = 2_000;
/// Bytes of a secret: as many as of the hash (RFC 2104, section 3).
const SECRET_BYTES: usize = 32;

id!(
    /// A webhook.
    WebhookId, "W", "a webhook"
);

id!(
    /// What was given up.
    LetterId, "WL", "a dead letter"
);

/// Where a webhook stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// It waits for a second administrator.
    Proposed,
    /// It is told.
    Active,
    /// It was declined.
    Declined,
    /// It is told no more.
    Ended,
}

impl State {
    /// As it is written.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            State::Proposed => "proposed",
            State::Active => "active",
            State::Declined => "declined",
            State::Ended => "ended",
        }
    }

    fn read(text: &str) -> State {
        let all = [State::Proposed, State::Active, State::Declined];
        all.into_iter().find(|state| state.as_str() == text).unwrap_or(State::Ended)
    }
}

/// A webhook.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Webhook {
    /// Its id.
    pub id: WebhookId,
    /// Its address.
    pub url: String,
    /// The parts of the ledger of which it is told.
    pub parts: Vec<String>,
    /// Where it stands.
    pub state: State,
    /// Who proposed it.
    pub proposed_by: String,
    /// When, in milliseconds since 1970 (UTC).
    pub proposed_at: i64,
    /// Who confirmed it.
    pub confirmed_by: Option<String>,
    /// The last place of the chain that was delivered or given up.
    pub after: i64,
    /// Attempts at what comes next that failed.
    pub failed: i64,
    /// When it is tried next, in milliseconds since 1970 (UTC).
    pub next_at: i64,
    /// What the last attempt came to.
    pub last_told: Option<String>,
    /// When that was.
    pub last_at: Option<i64>,
}

/// What was given up: the events behind `after` up to `upto`, of the parts of the webhook.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Letter {
    /// Its id.
    pub id: LetterId,
    /// Whom it is for.
    pub webhook: WebhookId,
    /// It begins behind this place of the chain.
    pub after: i64,
    /// It ends with this one.
    pub upto: i64,
    /// Why it was given up.
    pub why: String,
    /// When, in milliseconds since 1970 (UTC).
    pub given_up_at: i64,
    /// Where it stands.
    pub state: LetterState,
    /// Attempts to deliver it again that failed.
    pub failed: i64,
    /// When it is tried next, if it is tried.
    pub next_at: i64,
}

/// Where a letter stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LetterState {
    /// Nobody delivers it.
    Dead,
    /// It is delivered again.
    Waiting,
    /// It was delivered.
    Delivered,
}

impl LetterState {
    /// As it is written.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            LetterState::Dead => "dead",
            LetterState::Waiting => "waiting",
            LetterState::Delivered => "delivered",
        }
    }

    fn read(text: &str) -> LetterState {
        let all = [LetterState::Waiting, LetterState::Delivered];
        all.into_iter().find(|state| state.as_str() == text).unwrap_or(LetterState::Dead)
    }
}

/// What can happen to webhooks. The subject is the webhook.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WebhookEvent {
    /// An administrator proposed one. Its id is made from the event's place.
    Proposed {
        /// Its address.
        url: String,
        /// The parts of the ledger of which it is told.
        parts: Vec<String>,
        /// Why.
        reason: Reason,
    },
    /// Another one confirmed it; it is told of what is behind this event.
    Confirmed {},
    /// It was declined, or taken back.
    Declined {
        /// Why.
        reason: Reason,
    },
    /// It is told no more.
    Ended {
        /// Why.
        reason: Reason,
    },
    /// Something was delivered.
    Delivered {
        /// The last place of the chain that was looked at for it.
        upto: i64,
        /// How many events were in it.
        events: u64,
        /// What was answered.
        told: String,
        /// The letter that it belongs to.
        letter: Option<LetterId>,
        /// Whether nothing of the letter is left.
        is_last: bool,
    },
    /// An attempt failed.
    Failed {
        /// What went wrong.
        why: String,
        /// When it is tried again, in milliseconds since 1970 (UTC).
        next_at: i64,
        /// The letter that it belongs to.
        letter: Option<LetterId>,
    },
    /// It was given up: a letter. Its id is made from the event's place.
    GivenUp {
        /// It begins behind this place of the chain.
        after: i64,
        /// It ends with this one.
        upto: i64,
        /// Why.
        why: String,
        /// The letter of before that it is the rest of.
        letter: Option<LetterId>,
    },
    /// Somebody asked to deliver a letter again.
    Replayed {
        /// Which.
        letter: LetterId,
    },
}

/// Proposes a webhook.
///
/// # Errors
/// When the address is none that may be told, or a part is unknown.
pub fn propose(
    act: &mut Act<'_>,
    who: &Who,
    url: &str,
    parts: &[String],
    reason: Reason,
) -> Result<WebhookId, LedgerError> {
    let url = address(url)?;
    let mut parts: Vec<String> = if parts.is_empty() { PARTS.map(str::to_owned).to_vec() } else { parts.to_vec() };
    parts.sort();
    parts.dedup();
    if let Some(unknown) = parts.iter().find(|part| !PARTS.contains(&part.as_str())) {
        let known = PARTS.join(", ");
        return Err(refusals::nothing_told_of(unknown, known));
    }
    let proposed = WebhookEvent::Proposed { url, parts, reason };
    let event = record_made(act, who, &proposed, |seq| WebhookId::at(seq).to_string())?;
    Ok(WebhookId::at(event.seq))
}

/// An address that may be told: https, or http to this machine; without user, password or fragment.
fn address(text: &str) -> Result<String, LedgerError> {
    let url = text.trim();
    let wrong = |what: &str| refusals::address_not_told(url, what);
    if url.len() > URL_BYTES || url.chars().any(|c| c.is_control() || c.is_whitespace()) {
        return Err(wrong("it is too long, or has blanks in it"));
    }
    let (scheme, rest) = url.split_once("://").ok_or_else(|| wrong("it has no scheme"))?;
    let authority = rest.split(['/', '?']).next().unwrap_or("");
    if authority.is_empty() || authority.contains('@') || rest.contains('#') {
        return Err(wrong("it has no host, or a user, a password or a fragment"));
    }
    match scheme {
        "https" => Ok(url.to_owned()),
        "http" if is_here(authority) => Ok(url.to_owned()),
        "http" => Err(wrong("what goes to other machines goes over https")),
        _ => Err(wrong("it is neither https nor http")),
    }
}

/// Whether host and port are of this machine by their name: `localhost`, 127.0.0.0/8, `[::1]`.
#[must_use]
pub fn is_here(authority: &str) -> bool {
    let host = match authority.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => host,
        _ => authority,
    };
    let host = host.trim_start_matches('[').trim_end_matches(']');
    host.eq_ignore_ascii_case("localhost") || host.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

/// Confirms another administrator's proposal, and gives the secret, which is shown only now.
///
/// # Errors
/// When it is one's own or does not wait.
pub fn confirm(
    act: &mut Act<'_>,
    who: &Who,
    id: &WebhookId,
    key: &Key,
) -> Result<(Webhook, [u8; SECRET_BYTES]), LedgerError> {
    let waiting = proposed(act, id)?;
    if waiting.proposed_by == who.actor {
        return Err(refusals::own_webhook(id));
    }
    attachments::must_be_current(act, key)?;
    let mut secret = [0; SECRET_BYTES];
    attachments::fill(&mut secret)?;
    record(act, who, id.as_str(), &WebhookEvent::Confirmed {})?;
    sql::put_secret(act, id, &key.seal(id.as_str(), &secret)?)?;
    Ok((webhook(act, id)?, secret))
}

/// Declines a proposal, or takes one's own back.
///
/// # Errors
/// When it does not wait.
pub fn decline(act: &mut Act<'_>, who: &Who, id: &WebhookId, reason: Reason) -> Result<(), LedgerError> {
    proposed(act, id)?;
    record(act, who, id.as_str(), &WebhookEvent::Declined { reason }).map(drop)
}

/// Tells an address no more; its secret goes.
///
/// # Errors
/// When it is not told.
pub fn end(act: &mut Act<'_>, who: &Who, id: &WebhookId, reason: Reason) -> Result<(), LedgerError> {
    active(act, id)?;
    record(act, who, id.as_str(), &WebhookEvent::Ended { reason })?;
    Ok(sql::remove_secret(act, id)?)
}

fn proposed(query: &mut impl Query, id: &WebhookId) -> Result<Webhook, LedgerError> {
    in_state(query, id, State::Proposed)
}

fn active(query: &mut impl Query, id: &WebhookId) -> Result<Webhook, LedgerError> {
    in_state(query, id, State::Active)
}

fn in_state(query: &mut impl Query, id: &WebhookId, state: State) -> Result<Webhook, LedgerError> {
    let found = webhook(query, id)?;
    if found.state == state {
        return Ok(found);
    }
    Err(refusals::webhook_stands_otherwise(id, found.state.as_str(), state.as_str()))
}

/// A webhook.
///
/// # Errors
/// When there is none.
pub fn webhook(query: &mut impl Query, id: &WebhookId) -> Result<Webhook, LedgerError> {
    sql::webhook(query, id)?.ok_or_else(|| LedgerError::unknown("webhook", id))
}

/// All webhooks, oldest first.
///
/// # Errors
/// When the store refuses.
pub fn webhooks(query: &mut impl Query) -> Result<Vec<Webhook>, LedgerError> {
    sql::webhooks(query)
}

/// What was given up, newest first; what was delivered since only when it is asked for.
///
/// # Errors
/// When the store refuses.
pub fn letters(query: &mut impl Query, with_delivered: bool) -> Result<Vec<Letter>, LedgerError> {
    sql::letters(query, with_delivered)
}

/// A letter.
///
/// # Errors
/// When there is none.
pub fn letter(query: &mut impl Query, id: &LetterId) -> Result<Letter, LedgerError> {
    sql::letter(query, id)?.ok_or_else(|| LedgerError::unknown("dead letter", id))
}

/// Asks to deliver a letter again.
///
/// # Errors
/// When it is not dead, or its webhook is told no more.
pub fn replay(act: &mut Act<'_>, who: &Who, id: &LetterId) -> Result<(), LedgerError> {
    let letter = letter(act, id)?;
    if letter.state != LetterState::Dead {
        return Err(refusals::letter_not_dead(id, letter.state.as_str()));
    }
    active(act, &letter.webhook)?;
    record(act, who, letter.webhook.as_str(), &WebhookEvent::Replayed { letter: id.clone() }).map(drop)
}

/// The secret of a webhook.
///
/// # Errors
/// When it has none, or was sealed with another key.
pub fn secret(query: &mut impl Query, id: &WebhookId, key: &Key) -> Result<Vec<u8>, LedgerError> {
    let sealed = sql::secret(query, id)?.ok_or_else(|| LedgerError::refused(format!("{id} has no secret")))?;
    key.open(id.as_str(), &sealed)
}

/// Whether any secret is kept.
///
/// # Errors
/// When the store refuses.
pub fn has_secrets(query: &mut impl Query) -> Result<bool, LedgerError> {
    Ok(sql::sealed_otherwise(query, "")?.is_some())
}

/// Seals the next secret again that is not sealed with `to`; `false` when there is none.
///
/// # Errors
/// When none of the keys opens it.
pub fn seal_again(act: &mut Act<'_>, keys: &[Key], to: &Key) -> Result<bool, LedgerError> {
    let Some((id, sealed)) = sql::sealed_otherwise(act, &to.id())? else { return Ok(false) };
    let key = keys.iter().find(|key| key.id() == sealed.key_id).ok_or_else(|| {
        LedgerError::refused(format!("the secret of {id} is sealed with the key {}, which is not here", sealed.key_id))
    })?;
    let again = to.seal(id.as_str(), &key.open(id.as_str(), &sealed)?)?;
    sql::put_secret(act, &id, &again)?;
    Ok(true)
}

/// Writes down what an attempt came to.
///
/// # Errors
/// When the webhook is told no more, or the store refuses.
pub fn attempted(act: &mut Act<'_>, who: &Who, id: &WebhookId, what: &WebhookEvent) -> Result<(), LedgerError> {
    active(act, id)?;
    record(act, who, id.as_str(), what).map(drop)
}

impl Happening for WebhookEvent {
    const PART: &'static str = "webhook";

    fn apply(&self, act: &mut Act<'_>, event: &Event) -> Result<(), LedgerError> {
        let id: WebhookId = event.subject.parse()?;
        match self {
            WebhookEvent::Proposed { url, parts, .. } => sql::insert(act, &id, event, url, parts)?,
            WebhookEvent::Confirmed {} => sql::confirm(act, &id, event)?,
            WebhookEvent::Declined { .. } => sql::set_state(act, &id, State::Declined)?,
            WebhookEvent::Ended { .. } => sql::set_state(act, &id, State::Ended)?,
            WebhookEvent::Delivered { upto, told, letter: None, .. } => {
                sql::delivered(act, &id, *upto, told, event.at)?;
            }
            WebhookEvent::Delivered { upto, letter: Some(letter), is_last, .. } => {
                sql::letter_delivered(act, letter, *upto, *is_last)?;
            }
            WebhookEvent::Failed { why, next_at, letter: None } => sql::failed(act, &id, why, *next_at, event.at)?,
            WebhookEvent::Failed { next_at, letter: Some(letter), .. } => sql::letter_failed(act, letter, *next_at)?,
            WebhookEvent::GivenUp { after, upto, why, letter } => match letter {
                None => {
                    sql::insert_letter(act, &id, event, (*after, *upto), why)?;
                    sql::delivered(act, &id, *upto, why, event.at)?;
                }
                Some(letter) => sql::letter_dead(act, letter, *after, why)?,
            },
            WebhookEvent::Replayed { letter } => sql::letter_waits(act, letter, event.at)?,
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_https_and_this_machine_are_told() {
        for good in [
            "https://example.org/hooks?a=b",
            "https://[2001:db8::1]:8443/x",
            "http://127.0.0.1:9/x",
            "http://localhost/x",
            "http://[::1]:80/",
        ] {
            assert!(address(good).is_ok(), "{good}");
        }
        for bad in [
            "http://example.org/x",
            "ftp://example.org",
            "https://",
            "https://u:p@example.org/",
            "https://example.org/#x",
            "example.org",
            "http://localhost.example.org/",
            "http://127.0.0.1.example.org/",
            "https://exa mple.org",
            "",
        ] {
            assert!(address(bad).is_err(), "{bad}");
        }
    }
}
