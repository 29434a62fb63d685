//! How something that happened becomes an event, and how tables follow from events.
//!
//! Each part of the crate has an enum of what can happen in it, which is a [`Happening`]. [`record`] appends the event and
//! writes what follows from it into the tables; `replay` in each part's tests and [`rebuild`] do the second alone, from the chain: so the tables
//! hold nothing that no event says. An event's kind is the part's name and the variant's (`alert.assigned`), its body
//! what the variant holds. An event whose body was erased changes no table.
//!
//! Of an act that came by a key of the API the body says with which one, around what the variant holds: `{"by_key": "AK-31", "event": …}`. Whose act it is does not
//! depend on it: the actor is the key's owner.

use mihenk_store::{Act, Event, NewEvent, Query, Row, StoreError, params};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value as Json;

use crate::{
    alerts::AlertEvent,
    attachments::{AttachmentEvent, exchange::SealingEvent},
    cases::CaseEvent,
    customers::CustomerEvent,
    error::LedgerError,
    freezes::FreezeEvent,
    intake::IntakeEvent,
    merging::MergingEvent,
    people::PeopleEvent,
    redress::RedressEvent,
    reports::ReportEvent,
    retention::RetentionEvent,
    webhooks::WebhookEvent,
    who::Who,
};

/// The fields of the body of an event that came by a key: which one, and what it says.
const KEY: &str = "by_key";
const EVENT: &str = "event";

/// What a body says, and by which key of the API it came, if by one.
///
/// # Errors
/// When it is no JSON.
pub(crate) fn said(body: &str) -> Result<(Json, Option<String>), serde_json::Error> {
    let mut body: Json = serde_json::from_str(body)?;
    let Some(fields) = body.as_object_mut().filter(|fields| fields.len() == 2) else { return Ok((body, None)) };
    match (fields.remove(KEY), fields.remove(EVENT)) {
        (Some(Json::String(key)), Some(event)) => Ok((event, Some(key))),
        (key, event) => {
            fields.extend(key.map(|key| (KEY.to_owned(), key)));
            fields.extend(event.map(|event| (EVENT.to_owned(), event)));
            Ok((body, None))
        }
    }
}

/// Something that can happen in one part of the ledger.
pub trait Happening: Serialize + DeserializeOwned {
    /// The part's name: what stands before the dot in the kinds of its events.
    const PART: &'static str;

    /// Writes what follows from it into the tables.
    ///
    /// # Errors
    /// When the store refuses.
    fn apply(&self, act: &mut Act<'_>, event: &Event) -> Result<(), LedgerError>;
}

/// Appends the event and writes what follows from it.
///
/// # Errors
/// When the store refuses.
pub fn record<H: Happening>(act: &mut Act<'_>, who: &Who, subject: &str, happening: &H) -> Result<Event, LedgerError> {
    record_made(act, who, happening, |_| subject.to_owned())
}

/// The same for something that the event itself makes: its id is made from the event's place in the chain.
///
/// # Errors
/// When the store refuses.
pub fn record_made<H: Happening>(
    act: &mut Act<'_>,
    who: &Who,
    happening: &H,
    subject: impl FnOnce(i64) -> String,
) -> Result<Event, LedgerError> {
    let subject = subject(act.head().seq + 1);
    let (variant, body) = named(happening)?;
    let kind = format!("{}.{variant}", H::PART);
    let body = match &who.key {
        Some(key) => serde_json::json!({ KEY: key, EVENT: body }),
        None => body,
    };
    let event = act.append(NewEvent { at: who.at, actor: who.actor.clone(), kind, subject, body: body.to_string() })?;
    happening.apply(act, &event)?;
    Ok(event)
}

/// The place in the chain of the last event about a subject: its revision. 0 when there is none.
///
/// # Errors
/// When the store refuses.
pub fn revision(query: &mut impl Query, subject: &str) -> Result<i64, LedgerError> {
    let row = query.first("SELECT COALESCE(max(seq), 0) FROM events WHERE subject = $1", params![subject])?;
    Ok(row.map_or(Ok(0), |row| row.integer(0))?)
}

/// Refuses to go on when a subject has changed since somebody looked at it, and says what was done. `seen` of `None` means
/// that the caller did not look.
///
/// # Errors
/// [`LedgerError::Changed`], or when the store refuses.
pub fn unchanged_since(query: &mut impl Query, subject: &str, seen: Option<i64>) -> Result<(), LedgerError> {
    let Some(seen) = seen else { return Ok(()) };
    let sql =
        "SELECT seq, actor, kind FROM events WHERE subject = $1 AND seq > $2 AND kind NOT LIKE 'access.%' ORDER BY seq";
    let rows = query.query(sql, params![subject, seen])?;
    let Some(last) = rows.last() else { return Ok(()) };
    let told = rows.iter().map(|row| Ok(format!("{} by {}", row.text(2)?, row.text(1)?)));
    let what = told.collect::<Result<Vec<_>, StoreError>>()?.join(", ");
    let kinds = rows.iter().map(|row| row.text(2)).collect::<Result<_, StoreError>>()?;
    Err(LedgerError::Changed { id: subject.to_owned(), seen, now: last.integer(0)?, what, kinds })
}

/// Makes an event's part in the tables anew. Kinds of other parts (`access.…`, `body.erased`) leave the tables as they are.
///
/// # Errors
/// When the event cannot be understood, or the store refuses.
pub fn rebuild(act: &mut Act<'_>, event: &Event) -> Result<(), LedgerError> {
    let Some((part, _)) = event.kind.split_once('.') else { return Ok(()) };
    match part {
        PeopleEvent::PART => replay::<PeopleEvent>(act, event),
        FreezeEvent::PART => replay::<FreezeEvent>(act, event),
        CustomerEvent::PART => replay::<CustomerEvent>(act, event),
        RetentionEvent::PART => replay::<RetentionEvent>(act, event),
        AlertEvent::PART => replay::<AlertEvent>(act, event),
        CaseEvent::PART => replay::<CaseEvent>(act, event),
        IntakeEvent::PART => replay::<IntakeEvent>(act, event),
        RedressEvent::PART => replay::<RedressEvent>(act, event),
        ReportEvent::PART => replay::<ReportEvent>(act, event),
        AttachmentEvent::PART => replay::<AttachmentEvent>(act, event),
        SealingEvent::PART => replay::<SealingEvent>(act, event),
        MergingEvent::PART => replay::<MergingEvent>(act, event),
        WebhookEvent::PART => replay::<WebhookEvent>(act, event),
        _ => Ok(()),
    }
}

fn replay<H: Happening>(act: &mut Act<'_>, event: &Event) -> Result<(), LedgerError> {
    match understood::<H>(event)? {
        Some(happening) => happening.apply(act, event),
        None => Ok(()),
    }
}

/// What an event says; `None` when its body was erased.
///
/// # Errors
/// [`LedgerError::Event`] when it is none of this part's.
pub fn understood<H: Happening>(event: &Event) -> Result<Option<H>, LedgerError> {
    let Some(content) = &event.content else { return Ok(None) };
    read_body(event.seq, &event.kind, &content.body)
}

/// An event as a history shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Past {
    /// Its place in the chain.
    pub seq: i64,
    /// When, in milliseconds since 1970 (UTC).
    pub at: i64,
    /// Who did it.
    pub actor: String,
    /// What was done, such as `alert.cleared`.
    pub kind: String,
    /// To what.
    pub subject: String,
    /// By which key of the API, if by one.
    pub key: Option<String>,
    body: Option<String>,
}

/// A line of a history.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Line {
    /// The event's place in the chain.
    pub seq: i64,
    /// When, in milliseconds since 1970.
    pub at: i64,
    /// Who did it.
    pub actor: String,
    /// By which key of the API, if by one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// To what.
    pub subject: String,
    /// What happened, in words.
    pub words: String,
    /// What was done, such as `alert.cleared`, for whoever has words of another language.
    #[serde(skip)]
    pub kind: String,
    /// What the event says, for the same; none when its body was erased.
    #[serde(skip)]
    pub says: Option<Json>,
}

impl Past {
    /// A line with these words.
    #[must_use]
    pub fn line(self, words: String) -> Line {
        let says = self.body.as_deref().and_then(|body| said(body).ok()).map(|(event, _)| event);
        let Past { seq, at, actor, kind, subject, key, .. } = self;
        Line { seq, at, actor, key, subject, words, kind, says }
    }

    /// What it says; `None` when it is of another part, or its body was erased.
    ///
    /// # Errors
    /// [`LedgerError::Event`] when it is of this part and cannot be understood.
    pub fn says<H: Happening>(&self) -> Result<Option<H>, LedgerError> {
        let is_ours = self.kind.split_once('.').is_some_and(|(part, _)| part == H::PART);
        match &self.body {
            Some(body) if is_ours => read_body(self.seq, &self.kind, body),
            _ => Ok(None),
        }
    }
}

/// All that was done to a subject, in its order; reading it is not among it.
///
/// # Errors
/// When the store refuses.
pub fn history(query: &mut impl Query, subject: &str) -> Result<Vec<Past>, LedgerError> {
    let sql = "SELECT seq, at, actor, kind, subject, body FROM events WHERE subject = $1 AND kind NOT LIKE 'access.%' ORDER BY seq";
    let rows = query.query(sql, params![subject])?;
    Ok(rows.iter().map(to_past).collect::<Result<_, StoreError>>()?)
}

/// The event in this place of the chain.
///
/// # Errors
/// When there is none.
pub fn event_at(query: &mut impl Query, seq: i64) -> Result<Past, LedgerError> {
    let sql = "SELECT seq, at, actor, kind, subject, body FROM events WHERE seq = $1";
    let row = query.first(sql, params![seq])?.ok_or_else(|| LedgerError::unknown("event", seq))?;
    Ok(to_past(&row)?)
}

fn to_past(row: &Row) -> Result<Past, StoreError> {
    let body = row.maybe_text(5)?;
    // Most came by none, and are not read for it.
    let by_key = body.as_deref().filter(|body| body.contains(KEY)).and_then(|body| said(body).ok());
    Ok(Past {
        seq: row.integer(0)?,
        at: row.integer(1)?,
        actor: row.text(2)?,
        kind: row.text(3)?,
        subject: row.text(4)?,
        key: by_key.and_then(|(_, key)| key),
        body,
    })
}

fn read_body<H: Happening>(seq: i64, kind: &str, body: &str) -> Result<Option<H>, LedgerError> {
    let wrong = |why: String| LedgerError::Event { seq, kind: kind.to_owned(), why };
    let variant = kind.split_once('.').map_or(kind, |(_, variant)| variant);
    let (body, _) = said(body).map_err(|error| wrong(error.to_string()))?;
    let tagged = if body.is_null() { Json::from(variant) } else { serde_json::json!({ variant: body }) };
    serde_json::from_value(tagged).map(Some).map_err(|error| wrong(error.to_string()))
}

/// The variant's name and what it holds: serde's externally tagged form taken apart.
fn named<H: Happening>(happening: &H) -> Result<(String, Json), LedgerError> {
    let form = serde_json::to_value(happening)
        .map_err(|error| LedgerError::refused(format!("this cannot be written as JSON: {error}")))?;
    match form {
        Json::String(variant) => Ok((variant, Json::Null)),
        Json::Object(map) if map.len() == 1 => map.into_iter().next().ok_or_else(|| LedgerError::refused("no variant")),
        _ => Err(LedgerError::refused("an event is one variant of an enum")),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_body_says_by_which_key_it_came_and_nothing_else_is_taken_for_that() {
        let read = |body: Json| said(&body.to_string()).unwrap();
        let key = || Some("AK-3".to_owned());
        assert_eq!(read(json!({ "by_key": "AK-3", "event": { "reason": "x" } })), (json!({ "reason": "x" }), key()));
        assert_eq!(read(json!({ "by_key": "AK-3", "event": null })), (Json::Null, key()));
        for other in [
            json!(null),
            json!({ "reason": "x" }),
            json!({ "by_key": "AK-3" }),
            json!({ "by_key": 3, "event": 1 }),
            json!({ "by_key": "AK-3", "events": 1 }),
            json!({ "by_key": "AK-3", "event": 1, "more": 2 }),
            json!(["by_key", "event"]),
        ] {
            assert_eq!(read(other.clone()), (other, None));
        }
        assert!(said("{").is_err());
    }
}
