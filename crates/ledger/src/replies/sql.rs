//! The statements of answers that may be asked for once more.
//!
//! In come hashes and sealed bytes, out come rows.

use mihenk_store::{Act, Query, StoreError, params};

use crate::attachments::Sealed;

/// A request that came before.
pub(super) struct Kept {
    pub(super) request: String,
    pub(super) is_done: bool,
    /// Nonce and sealed bytes.
    pub(super) answer: Option<(Vec<u8>, Vec<u8>)>,
}

pub(super) fn of(query: &mut impl Query, id: &str) -> Result<Option<Kept>, StoreError> {
    let sql = "SELECT request, is_done, nonce, sealed FROM replies WHERE id = $1";
    let Some(row) = query.first(sql, params![id])? else { return Ok(None) };
    Ok(Some(Kept {
        request: row.text(0)?,
        is_done: row.integer(1)? == 1,
        answer: row.maybe_bytes(2)?.zip(row.maybe_bytes(3)?),
    }))
}

pub(super) fn insert(act: &mut Act<'_>, id: &str, request: &str, at: i64) -> Result<(), StoreError> {
    let sql = "INSERT INTO replies (id, request, begun_at, is_done) VALUES ($1, $2, $3, 0)";
    act.execute(sql, params![id, request, at]).map(drop)
}

pub(super) fn set_done(act: &mut Act<'_>, id: &str, sealed: Option<&Sealed>) -> Result<(), StoreError> {
    let Some(sealed) = sealed else {
        return act.execute("UPDATE replies SET is_done = 1 WHERE id = $1", params![id]).map(drop);
    };
    let sql = "UPDATE replies SET is_done = 1, nonce = $1, sealed = $2 WHERE id = $3";
    act.execute(sql, params![sealed.nonce.as_slice(), sealed.bytes.as_slice(), id]).map(drop)
}

pub(super) fn forget(act: &mut Act<'_>, id: &str) -> Result<(), StoreError> {
    act.execute("DELETE FROM replies WHERE id = $1", params![id]).map(drop)
}

pub(super) fn forget_before(act: &mut Act<'_>, at: i64) -> Result<(), StoreError> {
    act.execute("DELETE FROM replies WHERE begun_at < $1", params![at]).map(drop)
}

/// Leaves so many of the newest.
pub(super) fn forget_oldest(act: &mut Act<'_>, most: i64) -> Result<(), StoreError> {
    let row = act.first("SELECT count(*) FROM replies", params![])?;
    if row.map_or(Ok(0), |row| row.integer(0))? <= most {
        return Ok(());
    }
    let sql = "DELETE FROM replies WHERE id NOT IN (SELECT id FROM replies ORDER BY begun_at DESC, id LIMIT $1)";
    act.execute(sql, params![most]).map(drop)
}
