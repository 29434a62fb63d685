//! The statements of documents.
//!
//! What belongs to which subject follows from events; the sealed content stands in a table of its own.

use mihenk_store::{Act, Query, Row, StoreError, params};

use super::{Attachment, AttachmentId, seal::Sealed};
use crate::{error::LedgerError, retention::Part};

const ATTACHMENT: &str = "SELECT id, subject, name, length, sha256, attached_by, attached_at FROM attachments";

pub(super) fn insert(act: &mut Act<'_>, seq: i64, one: &Attachment) -> Result<(), StoreError> {
    act.execute(
        "INSERT INTO attachments (id, seq, subject, name, length, sha256, attached_by, attached_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        params![&one.id, seq, &one.subject, &one.name, one.length, &one.sha256, &one.by, one.at],
    )?;
    Ok(())
}

pub(super) fn insert_content(act: &mut Act<'_>, id: &AttachmentId, sealed: &Sealed) -> Result<(), StoreError> {
    act.execute(
        "INSERT INTO attachment_contents (id, key_id, nonce, sealed) VALUES ($1, $2, $3, $4)",
        params![id, &sealed.key_id, sealed.nonce.as_slice(), sealed.bytes.as_slice()],
    )?;
    Ok(())
}

pub(super) fn content(query: &mut impl Query, id: &AttachmentId) -> Result<Option<Sealed>, StoreError> {
    let row = query.first("SELECT key_id, nonce, sealed FROM attachment_contents WHERE id = $1", params![id])?;
    row.map(|row| Ok(Sealed { key_id: row.text(0)?, nonce: row.bytes(1)?, bytes: row.bytes(2)? })).transpose()
}

pub(super) fn set_content(act: &mut Act<'_>, id: &AttachmentId, sealed: &Sealed) -> Result<(), StoreError> {
    act.execute(
        "UPDATE attachment_contents SET key_id = $1, nonce = $2, sealed = $3 WHERE id = $4",
        params![&sealed.key_id, sealed.nonce.as_slice(), sealed.bytes.as_slice(), id],
    )?;
    Ok(())
}

/// A document that is sealed with another key than this.
pub(super) fn sealed_otherwise(
    query: &mut impl Query,
    key_id: &str,
) -> Result<Option<(AttachmentId, Sealed)>, LedgerError> {
    let row = query.first("SELECT id FROM attachment_contents WHERE key_id <> $1 LIMIT 1", params![key_id])?;
    let Some(id) = row.map(|row| row.text(0)?.parse::<AttachmentId>()).transpose()? else { return Ok(None) };
    Ok(content(query, &id)?.map(|sealed| (id, sealed)))
}

/// How many documents have content.
pub(super) fn kept(query: &mut impl Query) -> Result<i64, StoreError> {
    query.first("SELECT count(*) FROM attachment_contents", &[])?.map_or(Ok(0), |row| row.integer(0))
}

/// The id of the key that seals since the last exchange, and whether that goes on.
pub(super) fn sealing_key(query: &mut impl Query) -> Result<Option<(String, bool)>, StoreError> {
    let row = query.first("SELECT key_id, is_being_exchanged FROM sealing_key", &[])?;
    row.map(|row| Ok((row.text(0)?, row.truth(1)?))).transpose()
}

pub(super) fn set_sealing_key(act: &mut Act<'_>, key_id: &str, is_being_exchanged: bool) -> Result<(), StoreError> {
    act.execute(
        "INSERT INTO sealing_key (place, key_id, is_being_exchanged) VALUES (1, $1, $2)
         ON CONFLICT (place) DO UPDATE SET key_id = excluded.key_id, is_being_exchanged = excluded.is_being_exchanged",
        params![key_id, is_being_exchanged],
    )?;
    Ok(())
}

/// The id of the key that may be exchanged, and the change that says so.
pub(super) fn approval(query: &mut impl Query) -> Result<Option<(String, String)>, StoreError> {
    let row = query.first("SELECT key_id, change_id FROM sealing_approval", &[])?;
    row.map(|row| Ok((row.text(0)?, row.text(1)?))).transpose()
}

pub(super) fn set_approval(act: &mut Act<'_>, key_id: &str, change_id: &str) -> Result<(), StoreError> {
    act.execute(
        "INSERT INTO sealing_approval (place, key_id, change_id) VALUES (1, $1, $2)
         ON CONFLICT (place) DO UPDATE SET key_id = excluded.key_id, change_id = excluded.change_id",
        params![key_id, change_id],
    )?;
    Ok(())
}

pub(super) fn remove_approval(act: &mut Act<'_>) -> Result<(), StoreError> {
    act.execute("DELETE FROM sealing_approval", &[])?;
    Ok(())
}

pub(super) fn remove_content(act: &mut Act<'_>, id: &AttachmentId) -> Result<(), StoreError> {
    act.execute("DELETE FROM attachment_contents WHERE id = $1", params![id])?;
    Ok(())
}

pub(super) fn is_any_kept(query: &mut impl Query) -> Result<bool, StoreError> {
    Ok(query.first("SELECT id FROM attachment_contents LIMIT 1", &[])?.is_some())
}

pub(super) fn attachment(query: &mut impl Query, id: &AttachmentId) -> Result<Option<Attachment>, LedgerError> {
    query.first(&format!("{ATTACHMENT} WHERE id = $1"), params![id])?.as_ref().map(to_attachment).transpose()
}

pub(super) fn attachments(query: &mut impl Query, subject: &str) -> Result<Vec<Attachment>, LedgerError> {
    let rows = query.query(&format!("{ATTACHMENT} WHERE subject = $1 ORDER BY seq"), params![subject])?;
    rows.iter().map(to_attachment).collect()
}

fn to_attachment(row: &Row) -> Result<Attachment, LedgerError> {
    Ok(Attachment {
        id: row.text(0)?.parse()?,
        subject: row.text(1)?,
        name: row.text(2)?,
        length: row.integer(3)?,
        sha256: row.text(4)?,
        by: row.text(5)?,
        at: row.integer(6)?,
    })
}

/// What retention may erase: the documents of alerts, cases and redresses that are not open.
pub(super) const KEPT: Part = Part {
    name: "attachment",
    open: Some(
        "SELECT id FROM cases WHERE closed_at IS NULL
         UNION SELECT id FROM alerts WHERE state IN ('new', 'assigned', 'reopened', 'proposed') OR rule IS NOT NULL
         OR case_id IN (SELECT id FROM cases WHERE closed_at IS NULL)
         UNION SELECT id FROM redresses WHERE is_open = 1",
    ),
    forget: &[
        "DELETE FROM attachment_contents WHERE id IN (SELECT id FROM attachments WHERE subject = $1)",
        "DELETE FROM attachments WHERE subject = $1",
    ],
};
