//! What follows when a command has changed the lists, and what time alone does: customers are screened, freezes whose listing is gone get a task, what
//! ran out is recorded.
//!
//! In comes the place of the data, out come lines on standard error. A store that nobody made yet is not made for it.

use mihenk_node::{desk::Desk, folder::Folder, freezes, ledger::people, portfolio};

use crate::{cli::Place, customers, desk, say};

/// Does what follows when lists have changed.
pub(crate) fn follow(place: &Place) -> anyhow::Result<()> {
    let Some(desk) = desk(place)? else { return Ok(()) };
    let folder = place.folder()?;
    let node = portfolio::node(&folder, place.model()?)?;
    customers::after_lists_changed(&desk, &folder, &node)?;
    let checked = freezes::after_lists_changed(&desk, &Folder::new(folder), node.lookup())?;
    for id in &checked.opened {
        say::note(&format!(
            "freezes: the listing that {id} rested on is gone; a task to release it is opened: mihenk freeze show {id}"
        ));
    }
    Ok(())
}

/// A round of whoever watches for ever: records what ran out and says so.
pub(crate) fn round(place: &Place) -> anyhow::Result<()> {
    // Opening the desk is what looks at the clock.
    desk(place).map(drop)
}

/// The desk, if there is a store.
fn desk(place: &Place) -> anyhow::Result<Option<Desk>> {
    if !portfolio::has_store(&desk::store(place)?) || place.store.is_none() && !place.folder()?.is_dir() {
        return Ok(None);
    }
    desk::open(place).map(Some)
}

/// The desk, if there is a store with people, who sign in before they decide something.
pub(crate) fn desk_with_people(place: &Place) -> anyhow::Result<Option<Desk>> {
    let Some(desk) = desk(place)? else { return Ok(None) };
    let has_people = desk.read(|reading| Ok(!people::users(reading)?.is_empty()))?;
    Ok(has_people.then_some(desk))
}
