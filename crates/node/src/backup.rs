//! Copies of the store while it is used, and putting one back.
//!
//! An administrator makes both. A store that cannot be opened any more knows nobody who could sign in: then whoever can
//! write the store's files may put a backup back, and the first event after it says so.

use std::path::{Path, PathBuf};

use mihenk_ledger::{MIGRATIONS, access};
use mihenk_store::{
    Place, Store,
    backup::Manifest,
    restore::{Restore, Restored, restore},
};

use crate::{
    desk::{Desk, PROGRAM, Seat},
    error::NodeError,
    permission::Permission,
};

/// Copies the store to a file. A file that is there is left as it is.
///
/// # Errors
/// When whoever sits here is no administrator, or the file cannot be written.
pub fn backup(seat: &Seat<'_>, to: &Path) -> Result<Manifest, NodeError> {
    seat.act(Permission::ManageStore, |act, who| access::seen(act, who, "store", "backup"))?;
    Ok(seat.desk().store().backup(to, seat.desk().now(), PROGRAM)?)
}

/// What is to be put back, and where.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The backup.
    pub from: PathBuf,
    /// The store.
    pub to: Place,
    /// Whether a store that has events which the backup lacks may be put aside.
    pub replace: bool,
    /// Where backups go before tables are changed.
    pub backups: PathBuf,
    /// When, in milliseconds since 1970.
    pub at: i64,
}

/// Lets an administrator put a backup back into the store that is there, and gives their id. The store has to be closed
/// before it is replaced.
///
/// # Errors
/// When whoever sits here is no administrator.
pub fn may_put_back(seat: &Seat<'_>) -> Result<String, NodeError> {
    seat.act(Permission::ManageStore, |act, who| {
        access::seen(act, who, "store", "restore")?;
        Ok(who.actor.clone())
    })
}

/// Puts a backup back. `actor` is who [`may_put_back`]; `None` when there is no store that can be opened.
///
/// # Errors
/// When the backup is not whole, or the store is ahead of it.
pub fn put_back(asked: &Asked, actor: Option<&str>) -> Result<Restored, NodeError> {
    let actor = actor.unwrap_or("restore");
    let erasures = Vec::new();
    let restored = restore(&Restore {
        from: &asked.from,
        to: &asked.to,
        parts: MIGRATIONS,
        at: asked.at,
        actor,
        replace: asked.replace,
        erasures: &erasures,
    })?;
    let desk = Desk::open(&asked.to, &asked.backups, crate::desk::fixed(asked.at))?;
    desk.act_as(actor, |act, who| access::seen(act, who, "store", "restored"))?;
    Ok(restored)
}

/// Whether a store is there that has users, so that one of them has to sign in before it is replaced.
#[must_use]
pub fn has_users(place: &Place, at: i64) -> bool {
    if matches!(place, Place::Sqlite(path) if !path.exists()) {
        return false;
    }
    let users = Store::open(place, MIGRATIONS, at, &mut |_| Ok(())).map_err(NodeError::from);
    users.is_ok_and(|store| {
        store.read(|reading| mihenk_ledger::people::users(reading)).is_ok_and(|users| !users.is_empty())
    })
}
