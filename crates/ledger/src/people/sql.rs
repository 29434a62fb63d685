//! The statements of people: users, their roles, what waits for a second administrator, and who is signed in.
//!
//! In come ids and values, out come users and proposals; secrets are only ever hashes here.

use mihenk_store::{Act, Query, Row, StoreError, params};

use super::{ApiKey, Change, ChangeId, KeyId, Role, Tie, User, UserId, second_factor::Kept};
use crate::{attachments::Sealed, error::LedgerError, rows};

const USER: &str = "SELECT id, name, is_active, is_service FROM users";

pub(super) fn user_by_name(query: &mut impl Query, name: &str) -> Result<Option<User>, LedgerError> {
    let row = query.first(&format!("{USER} WHERE name = $1"), params![name])?;
    row.map(|row| to_user(query, &row)).transpose()
}

pub(super) fn user(query: &mut impl Query, id: &UserId) -> Result<Option<User>, LedgerError> {
    let row = query.first(&format!("{USER} WHERE id = $1"), params![id])?;
    row.map(|row| to_user(query, &row)).transpose()
}

pub(super) fn users(query: &mut impl Query) -> Result<Vec<User>, LedgerError> {
    let rows = query.query(&format!("{USER} ORDER BY name"), params![])?;
    rows.iter().map(|row| to_user(query, row)).collect()
}

fn to_user(query: &mut impl Query, row: &Row) -> Result<User, LedgerError> {
    let id: UserId = row.text(0)?.parse()?;
    let roles = query.query("SELECT role FROM roles WHERE user_id = $1 ORDER BY role", params![&id])?;
    let roles = roles.iter().map(|row| row.text(0)?.parse()).collect::<Result<_, LedgerError>>()?;
    Ok(User { id, name: row.text(1)?, is_active: row.truth(2)?, is_service: row.truth(3)?, roles })
}

pub(super) fn insert_user(act: &mut Act<'_>, id: &UserId, name: &str, is_service: bool) -> Result<(), StoreError> {
    let sql = "INSERT INTO users (id, name, is_active, is_service) VALUES ($1, $2, 1, $3)";
    act.execute(sql, params![id, name, is_service])?;
    Ok(())
}

/// The hash of a user's password, and whether it must be changed.
pub(super) fn credentials(query: &mut impl Query, id: &UserId) -> Result<Option<(String, bool)>, StoreError> {
    let row = query.first("SELECT password, must_change FROM credentials WHERE user_id = $1", params![id])?;
    row.map(|row| Ok((row.text(0)?, row.truth(1)?))).transpose()
}

/// Who is signed in stays so; see [`sign_out_others`].
pub(super) fn set_password(
    act: &mut Act<'_>,
    id: &UserId,
    password: &str,
    must_change: bool,
) -> Result<(), StoreError> {
    act.execute(
        "INSERT INTO credentials (user_id, password, must_change) VALUES ($1, $2, $3)
         ON CONFLICT (user_id) DO UPDATE SET password = excluded.password, must_change = excluded.must_change",
        params![id, password, must_change],
    )?;
    Ok(())
}

pub(super) fn set_active(act: &mut Act<'_>, id: &UserId, is_active: bool) -> Result<(), StoreError> {
    act.execute("UPDATE users SET is_active = $1 WHERE id = $2", params![is_active, id])?;
    if !is_active {
        act.execute("DELETE FROM signed_in WHERE user_id = $1", params![id])?;
    }
    Ok(())
}

pub(super) fn add_role(act: &mut Act<'_>, id: &UserId, role: Role) -> Result<(), StoreError> {
    let sql = "INSERT INTO roles (user_id, role) VALUES ($1, $2) ON CONFLICT (user_id, role) DO NOTHING";
    act.execute(sql, params![id, role.as_str()])?;
    Ok(())
}

pub(super) fn remove_role(act: &mut Act<'_>, id: &UserId, role: Role) -> Result<(), StoreError> {
    act.execute("DELETE FROM roles WHERE user_id = $1 AND role = $2", params![id, role.as_str()])?;
    Ok(())
}

pub(super) fn insert_change(act: &mut Act<'_>, id: &ChangeId, by: &str, at: i64, body: &str) -> Result<(), StoreError> {
    let sql = "INSERT INTO changes_waiting (id, proposed_by, proposed_at, change) VALUES ($1, $2, $3, $4)";
    act.execute(sql, params![id, by, at, body])?;
    Ok(())
}

pub(super) fn remove_change(act: &mut Act<'_>, id: &ChangeId) -> Result<(), StoreError> {
    act.execute("DELETE FROM changes_waiting WHERE id = $1", params![id])?;
    Ok(())
}

/// Who proposed it, when, and what.
pub(super) type Waiting = (ChangeId, String, i64, Change);

pub(super) fn changes(query: &mut impl Query) -> Result<Vec<Waiting>, LedgerError> {
    let rows = query.query(
        "SELECT id, proposed_by, proposed_at, change FROM changes_waiting ORDER BY proposed_at, id",
        params![],
    )?;
    rows.iter().map(to_change).collect()
}

pub(super) fn change(query: &mut impl Query, id: &ChangeId) -> Result<Option<Waiting>, LedgerError> {
    let sql = "SELECT id, proposed_by, proposed_at, change FROM changes_waiting WHERE id = $1";
    query.first(sql, params![id])?.as_ref().map(to_change).transpose()
}

fn to_change(row: &Row) -> Result<Waiting, LedgerError> {
    let change = serde_json::from_str(&row.text(3)?)
        .map_err(|error| LedgerError::refused(format!("a proposed change cannot be read: {error}")))?;
    Ok((row.text(0)?.parse()?, row.text(1)?, row.integer(2)?, change))
}

/// A session, as it begins.
pub(super) struct Session<'a> {
    pub(super) token: &'a str,
    pub(super) user: &'a UserId,
    pub(super) at: i64,
    pub(super) until: i64,
    /// 0 for no end of its own.
    pub(super) idle_ms: i64,
    pub(super) wants_code: bool,
}

/// Begins it; sessions that have ended are forgotten.
pub(super) fn sign_in(act: &mut Act<'_>, session: &Session<'_>) -> Result<(), StoreError> {
    act.execute("DELETE FROM signed_in WHERE until <= $1", params![session.at])?;
    act.execute(
        "INSERT INTO signed_in (token_hash, user_id, until, idle_ms, seen_at, wants_code, tries) VALUES ($1, $2, $3, $4, $5, $6, 0)",
        params![session.token, session.user, session.until, session.idle_ms, session.at, session.wants_code],
    )?;
    Ok(())
}

pub(super) fn sign_out(act: &mut Act<'_>, token: &str) -> Result<(), StoreError> {
    act.execute("DELETE FROM signed_in WHERE token_hash = $1", params![token])?;
    Ok(())
}

/// Ends the sessions of a user, but for one.
pub(super) fn sign_out_others(act: &mut Act<'_>, id: &UserId, but: &str) -> Result<(), StoreError> {
    act.execute("DELETE FROM signed_in WHERE user_id = $1 AND token_hash <> $2", params![id, but])?;
    Ok(())
}

/// Whose session this is, and when it was last seen; `wants_code` for one whose code is still to come.
pub(super) fn signed_in(
    query: &mut impl Query,
    token: &str,
    at: i64,
    wants_code: bool,
) -> Result<Option<(UserId, i64)>, LedgerError> {
    let sql = "SELECT user_id, seen_at FROM signed_in
        WHERE token_hash = $1 AND until > $2 AND (idle_ms = 0 OR seen_at + idle_ms > $2) AND wants_code = $3";
    let row = query.first(sql, params![token, at, wants_code])?;
    row.map(|row| Ok((row.text(0)?.parse()?, row.integer(1)?))).transpose()
}

pub(super) fn set_seen(act: &mut Act<'_>, token: &str, at: i64) -> Result<(), StoreError> {
    act.execute("UPDATE signed_in SET seen_at = $1 WHERE token_hash = $2", params![at, token])?;
    Ok(())
}

/// Counts a wrong code; after `most` of them the session that waits for one is over.
pub(super) fn count_wrong_code(act: &mut Act<'_>, token: &str, most: i64) -> Result<(), StoreError> {
    act.execute("UPDATE signed_in SET tries = tries + 1 WHERE token_hash = $1", params![token])?;
    act.execute("DELETE FROM signed_in WHERE token_hash = $1 AND tries >= $2", params![token, most])?;
    Ok(())
}

pub(super) fn second_factor(query: &mut impl Query, id: &UserId) -> Result<Option<Kept>, StoreError> {
    let sql = "SELECT key_id, nonce, sealed, is_confirmed, last_step FROM second_factors WHERE user_id = $1";
    let row = query.first(sql, params![id])?;
    row.map(|row| {
        let sealed = Sealed { key_id: row.text(0)?, nonce: row.bytes(1)?, bytes: row.bytes(2)? };
        Ok(Kept { sealed, is_confirmed: row.truth(3)?, last_step: row.integer(4)? })
    })
    .transpose()
}

/// A new secret that no code of was given yet.
pub(super) fn set_second_factor(act: &mut Act<'_>, id: &UserId, sealed: &Sealed) -> Result<(), StoreError> {
    act.execute("DELETE FROM second_factors WHERE user_id = $1", params![id])?;
    act.execute(
        "INSERT INTO second_factors (user_id, key_id, nonce, sealed, is_confirmed, last_step) VALUES ($1, $2, $3, $4, 0, 0)",
        params![id, &sealed.key_id, sealed.nonce.as_slice(), sealed.bytes.as_slice()],
    )?;
    Ok(())
}

/// A code of this step was right; it and those before count no more.
pub(super) fn confirm_second_factor(act: &mut Act<'_>, id: &UserId, step: i64) -> Result<(), StoreError> {
    let sql = "UPDATE second_factors SET is_confirmed = 1, last_step = $1 WHERE user_id = $2";
    act.execute(sql, params![step, id])?;
    Ok(())
}

pub(super) fn seal_second_factor_again(act: &mut Act<'_>, id: &UserId, sealed: &Sealed) -> Result<(), StoreError> {
    act.execute(
        "UPDATE second_factors SET key_id = $1, nonce = $2, sealed = $3 WHERE user_id = $4",
        params![&sealed.key_id, sealed.nonce.as_slice(), sealed.bytes.as_slice(), id],
    )?;
    Ok(())
}

/// A secret that is sealed with another key than this.
pub(super) fn sealed_otherwise(query: &mut impl Query, key_id: &str) -> Result<Option<(UserId, Sealed)>, LedgerError> {
    let row = query.first("SELECT user_id FROM second_factors WHERE key_id <> $1 LIMIT 1", params![key_id])?;
    let Some(id) = row.map(|row| row.text(0)?.parse::<UserId>()).transpose()? else { return Ok(None) };
    Ok(second_factor(query, &id)?.map(|kept| (id, kept.sealed)))
}

pub(super) fn forget_second_factor(act: &mut Act<'_>, id: &UserId) -> Result<(), StoreError> {
    act.execute("DELETE FROM second_factors WHERE user_id = $1", params![id])?;
    forget_recovery_codes(act, id)
}

pub(super) fn forget_recovery_codes(act: &mut Act<'_>, id: &UserId) -> Result<(), StoreError> {
    act.execute("DELETE FROM recovery_codes WHERE user_id = $1", params![id])?;
    Ok(())
}

pub(super) fn insert_recovery_code(act: &mut Act<'_>, id: &UserId, hash: &str) -> Result<(), StoreError> {
    act.execute("INSERT INTO recovery_codes (code_hash, user_id) VALUES ($1, $2)", params![hash, id])?;
    Ok(())
}

/// Whether it is one; it then counts no more.
pub(super) fn use_recovery_code(act: &mut Act<'_>, id: &UserId, hash: &str) -> Result<bool, StoreError> {
    let sql = "DELETE FROM recovery_codes WHERE code_hash = $1 AND user_id = $2";
    Ok(act.execute(sql, params![hash, id])? > 0)
}

pub(super) fn recovery_codes(query: &mut impl Query, id: &UserId) -> Result<i64, StoreError> {
    let row = query.first("SELECT count(*) FROM recovery_codes WHERE user_id = $1", params![id])?;
    row.map_or(Ok(0), |row| row.integer(0))
}

pub(super) fn second_factor_roles(query: &mut impl Query) -> Result<Vec<Role>, LedgerError> {
    let rows = query.query("SELECT role FROM second_factor_roles ORDER BY role", params![])?;
    rows.iter().map(|row| row.text(0)?.parse()).collect()
}

pub(super) fn set_second_factor_roles(act: &mut Act<'_>, roles: &[Role]) -> Result<(), StoreError> {
    act.execute("DELETE FROM second_factor_roles", params![])?;
    for role in roles {
        let sql = "INSERT INTO second_factor_roles (role) VALUES ($1) ON CONFLICT (role) DO NOTHING";
        act.execute(sql, params![role.as_str()])?;
    }
    Ok(())
}

pub(super) fn insert_key(act: &mut Act<'_>, key: &ApiKey) -> Result<(), LedgerError> {
    act.execute(
        "INSERT INTO api_keys (id, user_id, label, scopes, made_by, made_at, until) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        params![&key.id, &key.user, &key.label, rows::json(&key.scopes)?, &key.made_by, key.made_at, key.until],
    )?;
    Ok(())
}

pub(super) fn set_revoked(act: &mut Act<'_>, id: &str, at: i64) -> Result<(), StoreError> {
    act.execute("UPDATE api_keys SET revoked_at = $1 WHERE id = $2", params![at, id])?;
    Ok(())
}

pub(super) fn keys(
    query: &mut impl Query,
    one: Option<&KeyId>,
    of: Option<&UserId>,
) -> Result<Vec<ApiKey>, LedgerError> {
    let columns = "k.id, k.user_id, k.label, k.scopes, k.made_by, k.made_at, k.until, k.revoked_at, max(s.used_at), min(s.until), count(s.until)";
    let sql = format!(
        "SELECT {columns} FROM api_keys k LEFT JOIN api_key_secrets s ON s.key_id = k.id
         WHERE (k.id = $1 OR $1 = '') AND (k.user_id = $2 OR $2 = '')
         GROUP BY k.id, k.user_id, k.label, k.scopes, k.made_by, k.made_at, k.until, k.revoked_at ORDER BY k.made_at DESC, k.id"
    );
    let (one, of) = (one.map_or("", KeyId::as_str), of.map_or("", UserId::as_str));
    query.query(&sql, params![one, of])?.iter().map(to_key).collect()
}

fn to_key(row: &Row) -> Result<ApiKey, LedgerError> {
    let secrets = row.integer(10)?;
    Ok(ApiKey {
        id: row.text(0)?.parse()?,
        user: row.text(1)?.parse()?,
        label: row.text(2)?,
        scopes: rows::read(&row.text(3)?)?,
        made_by: row.text(4)?,
        made_at: row.integer(5)?,
        until: row.integer(6)?,
        revoked_at: row.maybe_integer(7)?,
        used_at: row.maybe_integer(8)?,
        overlaps_until: if secrets > 1 { row.maybe_integer(9)? } else { None },
    })
}

pub(super) fn insert_secret(act: &mut Act<'_>, id: &KeyId, hash: &str, until: i64) -> Result<(), StoreError> {
    let sql = "INSERT INTO api_key_secrets (secret_hash, key_id, until) VALUES ($1, $2, $3)";
    act.execute(sql, params![hash, id, until])?;
    Ok(())
}

/// The secrets of a key end then, if they do not end before; those that have ended are forgotten.
pub(super) fn end_secrets(act: &mut Act<'_>, id: &KeyId, until: i64, at: i64) -> Result<(), StoreError> {
    act.execute("UPDATE api_key_secrets SET until = $1 WHERE key_id = $2 AND until > $1", params![until, id])?;
    act.execute("DELETE FROM api_key_secrets WHERE key_id = $1 AND until <= $2", params![id, at])?;
    Ok(())
}

pub(super) fn forget_secrets(act: &mut Act<'_>, id: &KeyId) -> Result<(), StoreError> {
    act.execute("DELETE FROM api_key_secrets WHERE key_id = $1", params![id])?;
    Ok(())
}

/// A key, by its secret, if it counts: whose, what for, and when it was last used.
pub(super) type Held = (KeyId, UserId, Vec<super::Scope>, Option<i64>);

pub(super) fn key_of_secret(query: &mut impl Query, hash: &str, at: i64) -> Result<Option<Held>, LedgerError> {
    let sql = "SELECT k.id, k.user_id, k.scopes, s.used_at FROM api_key_secrets s JOIN api_keys k ON k.id = s.key_id
         WHERE s.secret_hash = $1 AND s.until > $2 AND k.until > $2 AND k.revoked_at IS NULL";
    let Some(row) = query.first(sql, params![hash, at])? else { return Ok(None) };
    Ok(Some((row.text(0)?.parse()?, row.text(1)?.parse()?, rows::read(&row.text(2)?)?, row.maybe_integer(3)?)))
}

pub(super) fn set_used(act: &mut Act<'_>, hash: &str, at: i64) -> Result<(), StoreError> {
    act.execute("UPDATE api_key_secrets SET used_at = $1 WHERE secret_hash = $2", params![at, hash])?;
    Ok(())
}

pub(super) fn by_subject(query: &mut impl Query, issuer: &str, subject: &str) -> Result<Option<UserId>, LedgerError> {
    let sql = "SELECT user_id FROM subjects WHERE issuer = $1 AND subject = $2";
    query.first(sql, params![issuer, subject])?.map(|row| row.text(0)?.parse()).transpose()
}

pub(super) fn subjects(query: &mut impl Query) -> Result<Vec<Tie>, LedgerError> {
    let rows = query.query("SELECT user_id, issuer, subject FROM subjects ORDER BY issuer, subject", params![])?;
    rows.iter()
        .map(|row| Ok(Tie { user: row.text(0)?.parse()?, issuer: row.text(1)?, subject: row.text(2)? }))
        .collect()
}

pub(super) fn has_subject(query: &mut impl Query, id: &UserId, issuer: &str) -> Result<bool, StoreError> {
    let sql = "SELECT subject FROM subjects WHERE user_id = $1 AND issuer = $2";
    Ok(query.first(sql, params![id, issuer])?.is_some())
}

pub(super) fn insert_subject(act: &mut Act<'_>, id: &UserId, issuer: &str, subject: &str) -> Result<(), StoreError> {
    let sql = "INSERT INTO subjects (issuer, subject, user_id) VALUES ($1, $2, $3)";
    act.execute(sql, params![issuer, subject, id])?;
    Ok(())
}

pub(super) fn remove_subject(act: &mut Act<'_>, id: &UserId, issuer: &str) -> Result<(), StoreError> {
    act.execute("DELETE FROM subjects WHERE user_id = $1 AND issuer = $2", params![id, issuer])?;
    Ok(())
}
