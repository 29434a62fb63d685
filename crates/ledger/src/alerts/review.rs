//! The second person: who agrees to what takes two, and looks again at a sample of the rest.
//!
//! Nobody reviews what they cleared themselves. Whether an alert is in the sample follows from the hash of the event that cleared it,
//! which covers random bytes: nobody can foresee it, and everybody can check it afterwards.

use std::collections::BTreeMap;

use mihenk_store::{Act, Query, event::Hash};
use serde::Serialize;

use super::{
    alert,
    event::AlertEvent,
    sql,
    state::{Clearing, Review},
};
use crate::{
    error::LedgerError,
    happening::{record, unchanged_since},
    id::AlertId,
    refusals,
    who::{Reason, Who},
};

/// What a second person says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// They would have done the same.
    Agree,
    /// They would not; the alert is open again, with whoever cleared it.
    SendBack(Reason),
}

/// How often a reason was given, and how often a second person disagreed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ReasonCount {
    /// The kind of alert.
    pub kind: String,
    /// The reason's code.
    pub reason: String,
    /// How often it was given.
    pub given: u64,
    /// How many of these wait for a second person.
    pub waiting: u64,
    /// With how many a second person agreed.
    pub agreed: u64,
    /// How many they sent back.
    pub sent_back: u64,
}

/// Whether the event with this hash falls into a sample of so many percent.
pub(super) fn is_sampled(hash: &Hash, percent: u32) -> bool {
    let first = hash.iter().take(8).fold(0u64, |number, byte| number << 8 | u64::from(*byte));
    // 2^64 / 10 000 is so large that the few values at its end make no difference that could be measured.
    first % 10_000 < u64::from(percent) * 100
}

/// What waits for a second person who is `who`: first what takes effect only then, then the sample; each by age.
///
/// # Errors
/// When the store refuses.
pub fn waiting_for(query: &mut impl Query, who: &Who) -> Result<Vec<Clearing>, LedgerError> {
    sql::clearings_waiting(query, &who.actor)
}

/// Says what a second person thinks of a clearing.
///
/// # Errors
/// When it is their own, waits for nobody, or was changed since it was looked at.
pub fn review(
    act: &mut Act<'_>,
    who: &Who,
    id: &AlertId,
    verdict: Verdict,
    seen: Option<i64>,
) -> Result<(), LedgerError> {
    unchanged_since(act, id.as_str(), seen)?;
    let alert = alert(act, id)?;
    let clearing = alert.clearing.map(|seq| sql::clearing(act, seq)).transpose()?.flatten();
    let Some(clearing) = clearing else {
        return Err(refusals::not_cleared(id));
    };
    if clearing.by == who.actor {
        return Err(refusals::cleared_by_you(id));
    }
    match clearing.review {
        Review::Needed | Review::Sampled => {}
        Review::None => return Err(refusals::not_sampled(id)),
        Review::Agreed | Review::SentBack | Review::Overtaken => {
            return Err(refusals::reviewed_already(id, clearing.review.as_str()));
        }
    }
    let event = match verdict {
        Verdict::Agree => AlertEvent::Agreed {},
        Verdict::SendBack(reason) => AlertEvent::SentBack { to: clearing.by, reason },
    };
    record(act, who, id.as_str(), &event)?;
    Ok(())
}

/// How often each reason was given, by kind, and what second persons thought of it.
///
/// # Errors
/// When the store refuses.
pub fn statistics(query: &mut impl Query) -> Result<Vec<ReasonCount>, LedgerError> {
    let mut all: BTreeMap<(String, String), ReasonCount> = BTreeMap::new();
    for (kind, reason, review, count) in sql::counts(query)? {
        let entry = all.entry((kind.clone(), reason.clone()));
        let one = entry.or_insert_with(|| ReasonCount { kind, reason, ..ReasonCount::default() });
        one.given += count;
        match review {
            Review::Needed | Review::Sampled => one.waiting += count,
            Review::Agreed => one.agreed += count,
            Review::SentBack => one.sent_back += count,
            Review::None | Review::Overtaken => {}
        }
    }
    Ok(all.into_values().collect())
}
