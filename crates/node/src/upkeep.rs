//! Acts on lists that somebody at a desk asks for: bring them up to date, decide on removals, and what follows from either.
//!
//! Lists are files of the data folder and no part of the ledger; that somebody asked for a change of them is, as reading is. In come a seat and what is wanted; out comes
//! what [`crate::update`] and [`crate::removals`] give. When lists have changed, customers are held against them and freezes whose listing is gone get a task
//! ([`follow`]).

use std::path::Path;

use mihenk_ledger::{Reason, access};
use serde::Serialize;

use crate::{
    Model,
    desk::{Desk, Seat},
    error::NodeError,
    folder::Folder,
    freezes::{self, Checked},
    permission::Permission,
    portfolio::{self, Progress},
    removals::{self, Decided, Decision},
};

/// What followed from a change of the lists.
#[derive(Clone, Debug, Serialize)]
pub struct Followed {
    /// The screening of customers, if there are any.
    pub customers: Option<portfolio::Report>,
    /// The freezes that rest on a listing.
    pub freezes: Checked,
}

/// Records that whoever sits here asks for something with lists.
///
/// # Errors
/// When they may not.
pub fn asks(seat: &Seat<'_>, request: &str) -> Result<(), NodeError> {
    seat.act(Permission::KeepLists, |act, who| access::seen(act, who, "lists", request))
}

/// Decides on the removals of a list that wait, in the version that was looked at where one is named, and does what follows. Why is part of the request that is recorded.
///
/// # Errors
/// As [`removals::decide_on`], and when whoever sits here may not.
pub fn decide(
    seat: &Seat<'_>,
    root: &Path,
    (list, seen, decision): (&str, Option<&str>, Decision),
    why: Option<&Reason>,
    model: Model,
    now: &str,
) -> Result<Decided, NodeError> {
    let verb = if decision == Decision::Accept { "accept" } else { "reject" };
    let why = why.map_or_else(String::new, |why| format!(": {why}"));
    asks(seat, &format!("lists {verb} {list}{why}"))?;
    let decided = removals::decide_on(root, (list, seen), decision, &model, now)?;
    follow(seat.desk(), root, model, &mut |_| {})?;
    Ok(decided)
}

/// Does what follows when lists have changed.
///
/// # Errors
/// When the store or a list cannot be read.
pub fn follow(
    desk: &Desk,
    root: &Path,
    model: Model,
    progress: &mut dyn FnMut(Progress),
) -> Result<Followed, NodeError> {
    let node = portfolio::node(root, model)?;
    let customers = portfolio::after_lists_changed(desk, root, &node, progress)?;
    let freezes = freezes::after_lists_changed(desk, &Folder::new(root.to_owned()), node.lookup())?;
    Ok(Followed { customers, freezes })
}
