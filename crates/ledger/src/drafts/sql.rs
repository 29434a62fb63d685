//! The statements of drafts.
//!
//! In come a user, a place and a text, out come rows; what may be kept and for how long is said beside it.

use std::collections::BTreeMap;

use mihenk_store::{Act, Query, StoreError, params};

pub(super) fn keep(act: &mut Act<'_>, user: &str, place: &str, text: &str, at: i64) -> Result<(), StoreError> {
    let sql = "INSERT INTO drafts (user_id, place, text, kept_at) VALUES ($1, $2, $3, $4)
               ON CONFLICT (user_id, place) DO UPDATE SET text = excluded.text, kept_at = excluded.kept_at";
    act.execute(sql, params![user, place, text, at]).map(|_| ())
}

pub(super) fn forget(act: &mut Act<'_>, user: &str, place: &str) -> Result<(), StoreError> {
    act.execute("DELETE FROM drafts WHERE user_id = $1 AND place = $2", params![user, place]).map(|_| ())
}

pub(super) fn forget_before(act: &mut Act<'_>, at: i64) -> Result<(), StoreError> {
    act.execute("DELETE FROM drafts WHERE kept_at < $1", params![at]).map(|_| ())
}

pub(super) fn count(query: &mut impl Query, user: &str) -> Result<i64, StoreError> {
    let row = query.first("SELECT count(*) FROM drafts WHERE user_id = $1", params![user])?;
    row.map_or(Ok(0), |row| row.integer(0))
}

pub(super) fn of(query: &mut impl Query, user: &str) -> Result<BTreeMap<String, String>, StoreError> {
    let rows = query.query("SELECT place, text FROM drafts WHERE user_id = $1", params![user])?;
    rows.iter().map(|row| Ok((row.text(0)?, row.text(1)?))).collect()
}
