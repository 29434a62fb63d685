//! `mihenk backup` and `restore`: a copy of the store while it is used, and putting one back.
//!
//! In comes a file, out comes what is in it, in words or JSON.

use mihenk_node::backup::{self, Asked, PutBack};
use serde_json::json;

use crate::{
    Outcome,
    cli::{
        Place,
        audit::{Backup, Restore},
    },
    desk, say, when,
};

pub(crate) fn backup(place: &Place, asked: &Backup) -> anyhow::Result<Outcome> {
    let desk = desk::open_as_it_is(place)?;
    let manifest = backup::backup(&desk.seat(desk::token(place)?), &place.folder()?, &asked.file)?;
    let head = manifest.head();
    say::line(&if asked.json {
        json!({ "file": asked.file, "at": manifest.at, "head": head.to_string(), "events": head.seq }).to_string()
    } else {
        format!("{} events written to {}\nhead {head}", head.seq, asked.file.display())
    })?;
    Ok(Outcome::Done)
}

pub(crate) fn restore(place: &Place, asked: &Restore) -> anyhow::Result<Outcome> {
    let to = desk::store(place)?;
    let backups = desk::backups(place)?;
    let (from, folder, replace) = (asked.file.clone(), place.folder()?, asked.replace);
    let request = Asked { from, to: to.clone(), folder, replace, backups, at: desk::now() };
    let actor = if backup::has_users(&to, desk::now()) {
        let desk = desk::open_as_it_is(place)?;
        Some(backup::may_put_back(&desk.seat(desk::token(place)?))?)
    } else {
        None
    };
    let PutBack { restored, decisions } = backup::put_back(&request, actor.as_deref())?;
    let head = restored.head;
    if asked.json {
        let line = json!({ "head": head.to_string(), "erased_again": restored.erased_again, "kept": restored.kept, "decisions": decisions });
        say::line(&line.to_string())?;
        return Ok(Outcome::Done);
    }
    say::line(&format!("{} events are back in {to}, as of {}; head {head}", head.seq, when::minute(desk::now())))?;
    if !restored.erased_again.is_empty() {
        say::line(&format!(
            "{} bodies were erased since the backup, and are erased again",
            restored.erased_again.len()
        ))?;
    }
    if let Some(kept) = &restored.kept {
        say::line(&format!("the store that was there is kept as {kept}"))?;
    }
    if let Some(kept) = &decisions {
        say::line(&format!("decisions on listed entities that the backup does not have are kept in {kept}"))?;
    }
    Ok(Outcome::Done)
}
