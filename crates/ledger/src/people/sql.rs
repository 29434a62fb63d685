//! The statements of people: users, their roles, what waits for a second administrator, and who is signed in.
//!
//! In come ids and values, out come users and proposals; secrets are only ever hashes here.

use mihenk_store::{Act, Query, Row, StoreError, params};

use super::{Change, ChangeId, Role, User, UserId};
use crate::error::LedgerError;

const USER: &str = "SELECT id, name, is_active FROM users";

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
    Ok(User { id, name: row.text(1)?, is_active: row.truth(2)?, roles })
}

pub(super) fn insert_user(act: &mut Act<'_>, id: &UserId, name: &str) -> Result<(), StoreError> {
    act.execute("INSERT INTO users (id, name, is_active) VALUES ($1, $2, 1)", params![id, name])?;
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
