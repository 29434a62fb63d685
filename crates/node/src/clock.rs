//! What time alone does: everything at a desk that runs out.
//!
//! In comes a desk with its clock, out comes what ran out by now and was not yet recorded ([`Ticked`]). Rules *not the same person* end and their alerts
//! are open again; pauses, holds, days of review and exemptions that are over are recorded, and stay as they are until a person decides. It is called
//! when a command opens a desk to act, at each round of a watch, and can be called by a timer as often as one likes: when nothing
//! ran out, nothing is written.

use mihenk_ledger::{
    alerts::{AlertId, rules},
    freezes,
};
use serde::Serialize;

use crate::{desk::Desk, error::NodeError};

/// Who the events are by.
pub(crate) const ACTOR: &str = "clock";

/// What ran out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Ticked {
    /// Alerts that are open again because their rule ran out.
    pub reopened: Vec<AlertId>,
    /// Pauses, holds, freezes to be reviewed and exemptions whose time is over, by their ids.
    pub ran_out: Vec<String>,
}

impl Ticked {
    /// How many things ran out.
    #[must_use]
    pub fn count(&self) -> usize {
        self.reopened.len() + self.ran_out.len()
    }

    /// In one line; nothing when nothing ran out.
    #[must_use]
    pub fn told(&self) -> Option<String> {
        let ids = self.reopened.iter().map(|id| format!("{id} is open again, its rule ran out"));
        let told: Vec<String> = ids.chain(self.ran_out.iter().map(|id| format!("{id} ran out"))).collect();
        (!told.is_empty()).then(|| told.join("; "))
    }
}

impl Desk {
    /// Records what ran out by now.
    ///
    /// # Errors
    /// When the store refuses.
    pub fn tick(&self) -> Result<Ticked, NodeError> {
        self.tie_compartment()?;
        let now = self.now();
        let (is_rule_due, ran_out) =
            self.read(|reading| Ok((rules::is_any_due(reading, now)?, freezes::ran_out(reading, now)?)))?;
        let mut ticked = Ticked::default();
        if is_rule_due {
            ticked.reopened = self.act_as(ACTOR, rules::expire_due)?;
        }
        if !ran_out.is_empty() {
            ticked.ran_out = self.act_as(ACTOR, freezes::tick)?;
        }
        Ok(ticked)
    }
}
