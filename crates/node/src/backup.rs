//! Copies of the store while it is used, and putting one back.
//!
//! An administrator makes both. A store that cannot be opened any more knows nobody who could sign in: then whoever can
//! write the store's files may put a backup back, and the first event after it says so.

use std::path::{Path, PathBuf};

use mihenk_ledger::{MIGRATIONS, access, reports::COMPARTMENT};
use mihenk_store::{
    Place, Store,
    backup::{Manifest, check},
    restore::{Restore, Restored, restore},
};

use crate::{
    desk::{APART, Desk, PROGRAM, Seat},
    error::NodeError,
    merging::ledger,
    permission::Permission,
    sealing::beside,
};

/// Copies the store to a file, with the decisions of the data folder, which the ledger takes over if it does not have them, and the compartment to a file
/// beside it whose name ends in `.compartment`. A file that is there is left as it is.
///
/// # Errors
/// When whoever sits here is no administrator, or the file cannot be written.
pub fn backup(seat: &Seat<'_>, folder: &Path, to: &Path) -> Result<Manifest, NodeError> {
    seat.act(Permission::ManageStore, |act, who| access::seen(act, who, "store", "backup"))?;
    ledger::reconcile(seat.desk(), folder)?;
    let apart = beside(to, APART);
    if apart.exists() {
        return Err(NodeError::Act(format!("{} is there already; a backup never replaces a file", apart.display())));
    }
    let manifest = seat.desk().store().backup(to, seat.desk().now(), PROGRAM)?;
    seat.desk().compartment().backup(&apart, seat.desk().now(), PROGRAM)?;
    Ok(manifest)
}

/// What is to be put back, and where.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The backup.
    pub from: PathBuf,
    /// The store.
    pub to: Place,
    /// The data folder, whose decisions become those of the backup.
    pub folder: PathBuf,
    /// Whether a store that has events which the backup lacks may be put aside.
    pub replace: bool,
    /// Where backups go before tables are changed.
    pub backups: PathBuf,
    /// When, in milliseconds since 1970.
    pub at: i64,
}

/// What putting a backup back came to.
#[derive(Debug)]
pub struct PutBack {
    /// Of the store.
    pub restored: Restored,
    /// Where decisions are that stood in the data folder and not in the backup.
    pub decisions: Option<String>,
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
pub fn put_back(asked: &Asked, actor: Option<&str>) -> Result<PutBack, NodeError> {
    let actor = actor.unwrap_or("restore");
    let apart = Some(beside(&asked.from, APART)).filter(|apart| apart.exists());
    // Before the store is touched, so that a file that is cut leaves both as they are.
    apart.as_deref().map(check).transpose()?;
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
    if let Some(apart) = &apart {
        // What stood in its place is put aside whatever it holds: whether it was ahead is not told.
        let to = asked.to.beside(APART);
        restore(&Restore {
            from: apart,
            to: &to,
            parts: COMPARTMENT,
            at: asked.at,
            actor,
            replace: true,
            erasures: &erasures,
        })?;
    }
    let desk = Desk::open(&asked.to, &asked.backups, crate::desk::fixed(asked.at))?;
    desk.act_as(actor, |act, who| access::seen(act, who, "store", "restored"))?;
    let decisions = ledger::put_back(&desk, &asked.folder)?;
    Ok(PutBack { restored, decisions })
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
