//! Webhooks: registering who is told of what happens, and what is told.
//!
//! In come a seat and an address, out come a webhook and its secret, once. For whoever delivers (`mihenk-server`, the one that opens connections) [`due`] gives the messages whose
//! time has come, signed, and [`attempted`] writes down what became of each: delivered, tried again after a pause, or given up, which makes a dead letter that
//! [`replay`] has delivered again. The form is that of the Standard Webhooks specification, version 1: headers `webhook-id`, `webhook-timestamp`, `webhook-signature`, the last one
//! `v1,` and the HMAC-SHA-256 (RFC 2104) over id, time and body with dots between, in Base64.

use std::collections::BTreeMap;

use base64::{Engine, engine::general_purpose::STANDARD};
use jiff::Timestamp;
use mihenk_ledger::{
    Reason, Who, access,
    attachments::Key,
    webhooks::{self, Letter, LetterId, LetterState, State, Webhook, WebhookEvent, WebhookId},
};
use mihenk_store::Act;
use ring::hmac;
use serde_json::json;

use crate::{
    desk::{Desk, Seat},
    error::NodeError,
    feed::{self, Happened},
    named::Named,
    permission::Permission,
};

/// Who the events of deliveries are by.
const ACTOR: &str = "webhooks";
/// Events in one message.
const EVENTS: usize = 100;
/// Pauses before the second attempt and those after it, in milliseconds: 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, as the specification proposes.
const PAUSES: [i64; 6] = [5_000, 300_000, 1_800_000, 7_200_000, 18_000_000, 36_000_000];
/// Longest text of what went wrong that is kept, in characters.
const WHY: usize = 300;

/// Proposes a webhook; without parts it is told of all.
///
/// # Errors
/// When whoever sits here is no administrator, or the address is none that may be told.
pub fn propose(seat: &Seat<'_>, url: &str, parts: &[String], reason: Reason) -> Result<WebhookId, NodeError> {
    seat.act(Permission::ManageWebhooks, |act, who| webhooks::propose(act, who, url, parts, reason))
}

/// Confirms another administrator's proposal, and gives the secret as receivers take it, which is shown only now.
///
/// # Errors
/// When it is one's own or does not wait.
pub fn confirm(seat: &Seat<'_>, id: &WebhookId, key: &Key) -> Result<(Webhook, String), NodeError> {
    let (webhook, secret) = seat.act(Permission::ManageWebhooks, |act, who| webhooks::confirm(act, who, id, key))?;
    Ok((webhook, format!("whsec_{}", STANDARD.encode(secret))))
}

/// Declines a proposal, or takes one's own back.
///
/// # Errors
/// When it does not wait.
pub fn decline(seat: &Seat<'_>, id: &WebhookId, reason: Reason) -> Result<(), NodeError> {
    seat.act(Permission::ManageWebhooks, |act, who| webhooks::decline(act, who, id, reason))
}

/// Tells an address no more.
///
/// # Errors
/// When it is not told.
pub fn end(seat: &Seat<'_>, id: &WebhookId, reason: Reason) -> Result<(), NodeError> {
    seat.act(Permission::ManageWebhooks, |act, who| webhooks::end(act, who, id, reason))
}

/// All webhooks, oldest first.
///
/// # Errors
/// When whoever sits here is no administrator.
pub fn list(seat: &Seat<'_>) -> Result<(Vec<Webhook>, Named), NodeError> {
    seat.act(Permission::ManageWebhooks, |act, _| Ok((webhooks::webhooks(act)?, Named::read(act)?)))
}

/// What was given up, newest first.
///
/// # Errors
/// When whoever sits here is no administrator.
pub fn letters(seat: &Seat<'_>, with_delivered: bool) -> Result<Vec<Letter>, NodeError> {
    seat.act(Permission::ManageWebhooks, |act, who| {
        access::seen(act, who, "webhooks", "webhook letters")?;
        webhooks::letters(act, with_delivered)
    })
}

/// Has a dead letter delivered again.
///
/// # Errors
/// When it is not dead, or its webhook is told no more.
pub fn replay(seat: &Seat<'_>, id: &LetterId) -> Result<(), NodeError> {
    seat.act(Permission::ManageWebhooks, |act, who| webhooks::replay(act, who, id))
}

/// A message whose time has come.
#[derive(Clone, Debug)]
pub struct Message {
    /// Whom it is for.
    pub webhook: WebhookId,
    /// Where it goes.
    pub url: String,
    /// The headers that the specification names, with their values.
    pub headers: [(&'static str, String); 3],
    /// The body, JSON.
    pub body: String,
    letter: Option<LetterId>,
    after: i64,
    upto: i64,
    events: u64,
    failed: i64,
    is_last: bool,
}

/// What became of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Became {
    /// It was taken, with this answer.
    Taken(String),
    /// It was not; it may be the next time.
    NotTaken(String),
    /// It was not, and never will be.
    Refused(String),
}

/// Up to which place of the chain nothing was for a webhook; so that it is not looked through again each time.
pub type Looked = BTreeMap<WebhookId, i64>;

/// A range of the chain that somebody is to be told of.
struct Range {
    letter: Option<LetterId>,
    after: i64,
    /// The end; none for all that there is.
    upto: Option<i64>,
    failed: i64,
}

/// The messages whose time has come: one at most for each webhook and for each letter that is delivered again.
///
/// # Errors
/// When the store cannot be read, or the key of documents is another.
pub fn due(
    desk: &Desk,
    key: impl FnOnce() -> Result<Key, NodeError>,
    looked: &mut Looked,
) -> Result<Vec<Message>, NodeError> {
    let now = desk.now();
    let (all, letters) = desk.read(|reading| Ok((webhooks::webhooks(reading)?, webhooks::letters(reading, false)?)))?;
    let active: Vec<&Webhook> = all.iter().filter(|webhook| webhook.state == State::Active).collect();
    let mut found = Vec::new();
    for webhook in active {
        let new = Range { letter: None, after: webhook.after, upto: None, failed: webhook.failed };
        let again =
            letters.iter().filter(|letter| letter.webhook == webhook.id && letter.state == LetterState::Waiting);
        let again = again.filter(|letter| letter.next_at <= now);
        let again = again.map(|letter| Range {
            letter: Some(letter.id.clone()),
            after: letter.after,
            upto: Some(letter.upto),
            failed: letter.failed,
        });
        let ranges = (webhook.next_at <= now).then_some(new).into_iter().chain(again);
        for range in ranges {
            if let Some(some) = gathered(desk, webhook, &range, looked)? {
                found.push((webhook, range, some));
            }
        }
    }
    if found.is_empty() {
        return Ok(Vec::new());
    }
    let key = key()?;
    let signed = |(webhook, range, some): (&Webhook, Range, Gathered)| {
        let secret = desk.read(|reading| webhooks::secret(reading, &webhook.id, &key))?;
        Ok(message(webhook, range, &some, &secret, now))
    };
    found.into_iter().map(signed).collect()
}

/// What is to be told of a range.
struct Gathered {
    events: Vec<Happened>,
    upto: i64,
    is_last: bool,
}

/// The next events of a range that are for a webhook; none when there is none and nothing has to be said of it.
fn gathered(desk: &Desk, webhook: &Webhook, range: &Range, looked: &mut Looked) -> Result<Option<Gathered>, NodeError> {
    let is_for = |part: &str| webhook.parts.iter().any(|wanted| wanted == part);
    let known = looked.get(&webhook.id).copied().filter(|_| range.letter.is_none());
    let mut place = known.unwrap_or(0).max(range.after);
    let end = range.upto.unwrap_or(i64::MAX);
    loop {
        let batch = feed::chosen(desk, place, is_for)?;
        let mut events: Vec<Happened> = batch.events.into_iter().filter(|event| event.seq <= end).collect();
        if !events.is_empty() {
            let rest = events.len() > EVENTS;
            events.truncate(EVENTS);
            let told = events.last().map_or(place, |event| event.seq);
            let upto = if rest { told } else { batch.upto.min(end) };
            return Ok(Some(Gathered { events, upto, is_last: upto >= end }));
        }
        place = batch.upto;
        if place >= end || !batch.is_more {
            break;
        }
    }
    if range.letter.is_some() {
        // Nothing is left in it; that has to be written down.
        return Ok(Some(Gathered { events: Vec::new(), upto: end, is_last: true }));
    }
    looked.insert(webhook.id.clone(), place);
    Ok(None)
}

fn message(webhook: &Webhook, range: Range, some: &Gathered, secret: &[u8], now: i64) -> Message {
    let first = some.events.first().map_or(some.upto, |event| event.seq);
    let id = format!("msg_{}_{first}_{}", webhook.id, some.upto);
    let at = Timestamp::from_millisecond(now).unwrap_or_default();
    let body = json!({
        "type": "mihenk.events",
        "timestamp": at.to_string(),
        "data": { "webhook": webhook.id, "events": some.events },
    });
    let (body, seconds) = (body.to_string(), at.as_second().to_string());
    let signature = signature(secret, &id, &seconds, &body);
    Message {
        webhook: webhook.id.clone(),
        url: webhook.url.clone(),
        headers: [("webhook-id", id), ("webhook-timestamp", seconds), ("webhook-signature", signature)],
        body,
        letter: range.letter,
        after: range.after,
        upto: some.upto,
        events: some.events.len() as u64,
        failed: range.failed,
        is_last: some.is_last,
    }
}

/// The signature of a message (Standard Webhooks, *Signature scheme*).
fn signature(secret: &[u8], id: &str, seconds: &str, body: &str) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret);
    let tag = hmac::sign(&key, format!("{id}.{seconds}.{body}").as_bytes());
    format!("v1,{}", STANDARD.encode(tag))
}

impl Message {
    /// Whether there is anything in it that has to be sent.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.events == 0
    }
}

/// Writes down what became of a message. `scatter` is a number from 0 to 999 that differs from one time to the other, so that many who failed together do not come back
/// together.
///
/// # Errors
/// When the store refuses, or the webhook is told no more.
pub fn attempted(desk: &Desk, message: &Message, became: &Became, scatter: u16) -> Result<(), NodeError> {
    let head = feed::head(desk)?;
    desk.act_as(ACTOR, |act: &mut Act<'_>, who: &Who| {
        let letter = message.letter.clone();
        let what = match became {
            Became::Taken(told) => WebhookEvent::Delivered {
                upto: message.upto,
                events: message.events,
                told: shortened(told),
                letter,
                is_last: message.is_last,
            },
            Became::NotTaken(why) => match pause(message.failed, scatter) {
                Some(pause) => {
                    WebhookEvent::Failed { why: shortened(why), next_at: who.at.saturating_add(pause), letter }
                }
                None => given_up(message, head, why),
            },
            Became::Refused(why) => given_up(message, head, why),
        };
        webhooks::attempted(act, who, &message.webhook, &what)
    })
}

/// All that is not delivered by now becomes a letter, so that whoever comes back late is not told of everything in its turn.
fn given_up(message: &Message, head: i64, why: &str) -> WebhookEvent {
    let upto = if message.letter.is_some() { message.upto } else { head.max(message.upto) };
    WebhookEvent::GivenUp { after: message.after, upto, why: shortened(why), letter: message.letter.clone() }
}

/// The pause after so many attempts that failed before this one; none when there is no further attempt. A fifth more or less.
fn pause(failed: i64, scatter: u16) -> Option<i64> {
    let pause = usize::try_from(failed).ok().and_then(|failed| PAUSES.get(failed))?;
    Some(pause * 4 / 5 + pause * 2 / 5 * i64::from(scatter.min(999)) / 1_000)
}

fn shortened(text: &str) -> String {
    text.chars().take(WHY).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_signature_is_that_of_the_specification() {
        // The example of the Standard Webhooks reference implementations.
        let secret = STANDARD.decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap();
        let signed = signature(&secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", "{\"test\": 2432232314}");
        assert_eq!(signed, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    #[test]
    fn pauses_grow_and_end() {
        let pauses: Vec<i64> = (0..).map_while(|failed| pause(failed, 0)).collect();
        assert_eq!(pauses.len(), 6);
        assert!(pauses.windows(2).all(|pair| pair[0] < pair[1]));
        assert!((4_000..=6_000).contains(&pause(0, 0).unwrap()) && (4_000..=6_000).contains(&pause(0, 999).unwrap()));
        assert!(pause(0, 0) < pause(0, 500));
    }
}
