//! The statements of webhooks.
//!
//! In come ids, events and what became of deliveries, out come webhooks, letters and sealed secrets.

use mihenk_store::{Act, Event, Query, Row, StoreError, params};

use super::{Letter, LetterId, LetterState, State, Webhook, WebhookId};
use crate::{attachments::Sealed, error::LedgerError};

const WEBHOOK: &str = "SELECT id, url, parts, state, proposed_by, proposed_at, confirmed_by, after, failed, next_at, last_told, last_at FROM webhooks";
const LETTER: &str = "SELECT id, webhook, after, upto, why, given_up_at, state, failed, next_at FROM webhook_letters";

pub(super) fn insert(
    act: &mut Act<'_>,
    id: &WebhookId,
    event: &Event,
    url: &str,
    parts: &[String],
) -> Result<(), StoreError> {
    act.execute(
        "INSERT INTO webhooks (id, url, parts, state, proposed_by, proposed_at, after, failed, next_at)
         VALUES ($1, $2, $3, 'proposed', $4, $5, $6, 0, 0)",
        params![id, url, parts.join(","), &event.actor, event.at, event.seq],
    )?;
    Ok(())
}

pub(super) fn confirm(act: &mut Act<'_>, id: &WebhookId, event: &Event) -> Result<(), StoreError> {
    act.execute(
        "UPDATE webhooks SET state = 'active', confirmed_by = $1, after = $2 WHERE id = $3",
        params![&event.actor, event.seq, id],
    )?;
    Ok(())
}

pub(super) fn set_state(act: &mut Act<'_>, id: &WebhookId, state: State) -> Result<(), StoreError> {
    act.execute("UPDATE webhooks SET state = $1 WHERE id = $2", params![state.as_str(), id])?;
    Ok(())
}

pub(super) fn delivered(act: &mut Act<'_>, id: &WebhookId, upto: i64, told: &str, at: i64) -> Result<(), StoreError> {
    act.execute(
        "UPDATE webhooks SET after = $1, failed = 0, next_at = 0, last_told = $2, last_at = $3 WHERE id = $4",
        params![upto, told, at, id],
    )?;
    Ok(())
}

pub(super) fn failed(act: &mut Act<'_>, id: &WebhookId, why: &str, next_at: i64, at: i64) -> Result<(), StoreError> {
    act.execute(
        "UPDATE webhooks SET failed = failed + 1, next_at = $1, last_told = $2, last_at = $3 WHERE id = $4",
        params![next_at, why, at, id],
    )?;
    Ok(())
}

pub(super) fn insert_letter(
    act: &mut Act<'_>,
    id: &WebhookId,
    event: &Event,
    (after, upto): (i64, i64),
    why: &str,
) -> Result<(), StoreError> {
    act.execute(
        "INSERT INTO webhook_letters (id, webhook, seq, after, upto, why, given_up_at, state, failed, next_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, 'dead', 0, 0)",
        params![&LetterId::at(event.seq), id, event.seq, after, upto, why, event.at],
    )?;
    Ok(())
}

pub(super) fn letter_waits(act: &mut Act<'_>, id: &LetterId, at: i64) -> Result<(), StoreError> {
    act.execute(
        "UPDATE webhook_letters SET state = 'waiting', failed = 0, next_at = $1 WHERE id = $2",
        params![at, id],
    )?;
    Ok(())
}

pub(super) fn letter_delivered(act: &mut Act<'_>, id: &LetterId, upto: i64, is_last: bool) -> Result<(), StoreError> {
    let state = if is_last { LetterState::Delivered } else { LetterState::Waiting };
    act.execute(
        "UPDATE webhook_letters SET after = $1, state = $2, failed = 0, next_at = 0 WHERE id = $3",
        params![upto, state.as_str(), id],
    )?;
    Ok(())
}

pub(super) fn letter_failed(act: &mut Act<'_>, id: &LetterId, next_at: i64) -> Result<(), StoreError> {
    act.execute("UPDATE webhook_letters SET failed = failed + 1, next_at = $1 WHERE id = $2", params![next_at, id])?;
    Ok(())
}

pub(super) fn letter_dead(act: &mut Act<'_>, id: &LetterId, after: i64, why: &str) -> Result<(), StoreError> {
    act.execute(
        "UPDATE webhook_letters SET state = 'dead', after = $1, why = $2 WHERE id = $3",
        params![after, why, id],
    )?;
    Ok(())
}

pub(super) fn webhook(query: &mut impl Query, id: &WebhookId) -> Result<Option<Webhook>, LedgerError> {
    query.first(&format!("{WEBHOOK} WHERE id = $1"), params![id])?.map(|row| to_webhook(&row)).transpose()
}

pub(super) fn webhooks(query: &mut impl Query) -> Result<Vec<Webhook>, LedgerError> {
    query.query(&format!("{WEBHOOK} ORDER BY proposed_at, id"), params![])?.iter().map(to_webhook).collect()
}

fn to_webhook(row: &Row) -> Result<Webhook, LedgerError> {
    Ok(Webhook {
        id: row.text(0)?.parse()?,
        url: row.text(1)?,
        parts: row.text(2)?.split(',').map(str::to_owned).collect(),
        state: State::read(&row.text(3)?),
        proposed_by: row.text(4)?,
        proposed_at: row.integer(5)?,
        confirmed_by: row.maybe_text(6)?,
        after: row.integer(7)?,
        failed: row.integer(8)?,
        next_at: row.integer(9)?,
        last_told: row.maybe_text(10)?,
        last_at: row.maybe_integer(11)?,
    })
}

pub(super) fn letters(query: &mut impl Query, with_delivered: bool) -> Result<Vec<Letter>, LedgerError> {
    let sql = if with_delivered {
        format!("{LETTER} ORDER BY seq DESC")
    } else {
        format!("{LETTER} WHERE state <> 'delivered' ORDER BY seq DESC")
    };
    query.query(&sql, params![])?.iter().map(to_letter).collect()
}

pub(super) fn letter(query: &mut impl Query, id: &LetterId) -> Result<Option<Letter>, LedgerError> {
    query.first(&format!("{LETTER} WHERE id = $1"), params![id])?.map(|row| to_letter(&row)).transpose()
}

fn to_letter(row: &Row) -> Result<Letter, LedgerError> {
    Ok(Letter {
        id: row.text(0)?.parse()?,
        webhook: row.text(1)?.parse()?,
        after: row.integer(2)?,
        upto: row.integer(3)?,
        why: row.text(4)?,
        given_up_at: row.integer(5)?,
        state: LetterState::read(&row.text(6)?),
        failed: row.integer(7)?,
        next_at: row.integer(8)?,
    })
}

pub(super) fn put_secret(act: &mut Act<'_>, id: &WebhookId, sealed: &Sealed) -> Result<(), StoreError> {
    act.execute(
        "INSERT INTO webhook_secrets (webhook, key_id, nonce, sealed) VALUES ($1, $2, $3, $4)
         ON CONFLICT (webhook) DO UPDATE SET key_id = excluded.key_id, nonce = excluded.nonce, sealed = excluded.sealed",
        params![id, &sealed.key_id, sealed.nonce.clone(), sealed.bytes.clone()],
    )?;
    Ok(())
}

pub(super) fn remove_secret(act: &mut Act<'_>, id: &WebhookId) -> Result<(), StoreError> {
    act.execute("DELETE FROM webhook_secrets WHERE webhook = $1", params![id])?;
    Ok(())
}

pub(super) fn secret(query: &mut impl Query, id: &WebhookId) -> Result<Option<Sealed>, LedgerError> {
    let sql = "SELECT webhook, key_id, nonce, sealed FROM webhook_secrets WHERE webhook = $1";
    query.first(sql, params![id])?.map(|row| Ok(to_sealed(&row)?.1)).transpose()
}

pub(super) fn sealed_otherwise(
    query: &mut impl Query,
    key_id: &str,
) -> Result<Option<(WebhookId, Sealed)>, LedgerError> {
    let sql = "SELECT webhook, key_id, nonce, sealed FROM webhook_secrets WHERE key_id <> $1 ORDER BY webhook LIMIT 1";
    query.first(sql, params![key_id])?.map(|row| to_sealed(&row)).transpose()
}

fn to_sealed(row: &Row) -> Result<(WebhookId, Sealed), LedgerError> {
    let sealed = Sealed { key_id: row.text(1)?, nonce: row.bytes(2)?, bytes: row.bytes(3)? };
    Ok((row.text(0)?.parse()?, sealed))
}
