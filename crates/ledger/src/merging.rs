//! What people decided of pairs of listed entities: that they are one, or two.
//!
//! In comes a [`Decision`] with who made it and why, out come all of them, in the order in which they were made; the last one of a pair holds. None is ever
//! taken out: taking one back is a decision as well. Without a ledger they stand in a file of the data folder; what stood there before there was
//! a ledger, or was written there since, is taken over ([`take_over`]) with the name of whoever decided it then.

use std::collections::BTreeMap;

use mihenk_store::{Act, Event, Migrations, Query, params};
use serde::{Deserialize, Serialize};

use crate::{
    error::LedgerError,
    happening::{Happening, record_made},
    id,
    who::Who,
};

/// The tables.
pub const MIGRATIONS: Migrations = Migrations { part: "merging", versions: &[include_str!("migrate/merging_1.sql")] };

id!(
    /// A decision on two listed entities.
    DecisionId, "M", "a decision"
);

/// What is said of a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Said {
    /// They are one.
    Same,
    /// They are two.
    Different,
    /// Nothing any more: the decision before is taken back.
    Undone,
}

/// A decision.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    /// When, in UTC.
    pub at: String,
    /// Who, by name.
    pub by: String,
    /// What.
    pub said: Said,
    /// The id of the one, the smaller of the two.
    pub a: String,
    /// The id of the other one.
    pub b: String,
    /// What they were called then.
    pub names: (String, String),
    /// Why; never empty.
    pub reason: String,
    /// The evidence then, in bits; none where the two were one already.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bits: Option<f64>,
    /// What a rule said of the two.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// The model that weighed the evidence.
    pub model: String,
    /// The lists and versions that were in use.
    pub lists: BTreeMap<String, String>,
}

/// What can happen to decisions.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MergingEvent {
    /// A person decided.
    Decided {
        /// What.
        decision: Decision,
    },
    /// What was decided without a ledger was found in the data folder.
    TakenOver {
        /// What.
        decision: Decision,
    },
}

impl MergingEvent {
    fn decision(&self) -> &Decision {
        let (MergingEvent::Decided { decision } | MergingEvent::TakenOver { decision }) = self;
        decision
    }
}

impl Decision {
    /// Refuses what says neither who nor why, or not of which two.
    ///
    /// # Errors
    /// With what is wrong.
    pub fn check(&self) -> Result<(), String> {
        if self.reason.trim().is_empty() || self.by.trim().is_empty() {
            return Err("a decision has a reason and says who made it; one of them is empty".to_owned());
        }
        if self.a >= self.b {
            return Err(format!("expected two ids, the smaller first; found '{}' and '{}'", self.a, self.b));
        }
        Ok(())
    }
}

/// Records a person's decision.
///
/// # Errors
/// When it says neither who nor why.
pub fn decide(act: &mut Act<'_>, who: &Who, decision: Decision) -> Result<DecisionId, LedgerError> {
    recorded(act, who, &MergingEvent::Decided { decision })
}

/// Records a decision that was made without a ledger.
///
/// # Errors
/// As [`decide`].
pub fn take_over(act: &mut Act<'_>, who: &Who, decision: Decision) -> Result<DecisionId, LedgerError> {
    recorded(act, who, &MergingEvent::TakenOver { decision })
}

fn recorded(act: &mut Act<'_>, who: &Who, event: &MergingEvent) -> Result<DecisionId, LedgerError> {
    event.decision().check().map_err(LedgerError::refused)?;
    let seq = record_made(act, who, event, |seq| DecisionId::at(seq).into())?.seq;
    Ok(DecisionId::at(seq))
}

/// All decisions, in their order.
///
/// # Errors
/// When the store refuses.
pub fn decisions(query: &mut impl Query) -> Result<Vec<Decision>, LedgerError> {
    let rows = query.query("SELECT decision FROM merging_decisions ORDER BY seq", params![])?;
    let read = |text: String| {
        serde_json::from_str(&text).map_err(|error| LedgerError::refused(format!("a decision cannot be read: {error}")))
    };
    rows.iter().map(|row| read(row.text(0)?)).collect()
}

impl Happening for MergingEvent {
    const PART: &'static str = "merging";

    fn apply(&self, act: &mut Act<'_>, event: &Event) -> Result<(), LedgerError> {
        // Texts and numbers only: JSON can always write them.
        let line = serde_json::to_string(self.decision()).unwrap_or_default();
        act.execute("INSERT INTO merging_decisions (seq, decision) VALUES ($1, $2)", params![event.seq, line])?;
        Ok(())
    }
}
