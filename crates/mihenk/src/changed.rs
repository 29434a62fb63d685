//! What follows when a command has changed the lists: customers are screened, and freezes whose listing is gone get a task.
//!
//! In comes the place of the data, out come lines on standard error. A store that nobody made yet is not made for it.

use mihenk_node::{folder::Folder, freezes, portfolio};

use crate::{cli::Place, customers, desk, say};

/// Does what follows.
pub(crate) fn follow(place: &Place) -> anyhow::Result<()> {
    if !portfolio::has_store(&desk::store(place)?) || place.store.is_none() && !place.folder()?.is_dir() {
        return Ok(());
    }
    let desk = desk::open(place)?;
    customers::after_lists_changed(place, &desk)?;
    let checked = freezes::after_lists_changed(&desk, &Folder::new(place.folder()?))?;
    for id in &checked.opened {
        say::note(&format!(
            "freezes: the listing that {id} rested on is gone; a task to release it is opened: mihenk freeze show {id}"
        ));
    }
    Ok(())
}
