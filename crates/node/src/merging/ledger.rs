//! The ledger's hold of decisions: recorded with the person who made them, in every backup, and back with it.
//!
//! In come a desk and a data folder, out comes a `decisions.jsonl` that is what the ledger says: the file is what screening reads. A decision is an event
//! first and a line then; what a crash left out between the two is mended the next time ([`reconcile`]). Lines that the ledger does not
//! know, from before there was one, are taken over by it.

use std::{fs, path::Path};

use mihenk_ledger::merging::{self, Decision};

use super::{
    acts::{Deciding, Session},
    decisions::Decisions,
};
use crate::{
    desk::{Desk, Seat},
    error::NodeError,
    folder::Folder,
    permission::Permission,
};

/// Records a decision of whoever sits here, in the ledger and in the file.
///
/// # Errors
/// As [`Session::decide`], and when they may not.
pub fn decide(
    seat: &Seat<'_>,
    session: &mut Session,
    deciding: &Deciding<'_>,
    now: &str,
) -> Result<Decision, NodeError> {
    // What was decided before has to stand before it: the last decision of a pair holds.
    reconcile(seat.desk(), session.root())?;
    let by = seat.user()?.name;
    session.decide_with(&Deciding { by: &by, ..*deciding }, now, |decision| {
        seat.act(Permission::DecideWhoIsOne, |act, who| merging::decide(act, who, decision.clone())).map(drop)
    })
}

/// Makes ledger and file say the same: the ledger takes over what only the file has, and the file is written as the ledger says. Gives how many
/// were taken over.
///
/// # Errors
/// When the file or the store cannot be read, or the folder is being changed by another process.
pub fn reconcile(desk: &Desk, root: &Path) -> Result<usize, NodeError> {
    let folder = Folder::new(root.to_owned());
    let unknown = unknown(desk, &Decisions::read(&folder)?)?;
    if !unknown.is_empty() {
        desk.act_as("folder", |act, who| {
            unknown.iter().try_for_each(|decision| merging::take_over(act, who, decision.clone()).map(drop))
        })?;
    }
    write(desk, &folder)?;
    Ok(unknown.len())
}

/// After a backup was put back: the file is as the ledger of then says. One that says something else is kept beside it; gives where.
///
/// # Errors
/// When the file cannot be read or written.
pub(crate) fn put_back(desk: &Desk, root: &Path) -> Result<Option<String>, NodeError> {
    let folder = Folder::new(root.to_owned());
    let file = Decisions::read(&folder)?;
    let kept = root.join(format!("decisions.jsonl.before-{}", desk.now()));
    let is_other = !unknown(desk, &file)?.is_empty();
    if is_other {
        let path = root.join("decisions.jsonl");
        fs::rename(&path, &kept).map_err(NodeError::io(&path))?;
    }
    write(desk, &folder)?;
    Ok(is_other.then(|| kept.display().to_string()))
}

/// The lines of a file that the ledger does not have.
fn unknown(desk: &Desk, file: &Decisions) -> Result<Vec<Decision>, NodeError> {
    let mut known = desk.read(|reading| merging::decisions(reading))?;
    let is_new = |line: &&Decision| match known.iter().position(|one| one == *line) {
        Some(at) => {
            known.swap_remove(at);
            false
        }
        None => true,
    };
    Ok(file.lines().iter().filter(is_new).cloned().collect())
}

fn write(desk: &Desk, folder: &Folder) -> Result<(), NodeError> {
    let all = Decisions::of_lines(desk.read(|reading| merging::decisions(reading))?);
    if all == Decisions::read(folder)? {
        return Ok(());
    }
    let lock = folder.lock()?;
    all.write(folder, &lock)
}
