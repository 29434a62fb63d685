//! What runs out by itself: pauses, holds, days of review, exemptions.
//!
//! In comes the time, out comes what ran out and is not yet recorded ([`ran_out`]); [`tick`] records it, once each. Nothing else happens to it: what is
//! restrained stays restrained, and a person decides.

use mihenk_store::{Act, Query};

use super::{ExemptionId, FreezeEvent, FreezeId, PauseId, sql};
use crate::{day::Day, error::LedgerError, happening::record, who::Who};

/// What ran out and is not yet recorded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RanOut {
    /// Pauses whose time is over.
    pub pauses: Vec<PauseId>,
    /// Holds that nobody confirmed within 24 hours.
    pub holds: Vec<FreezeId>,
    /// Freezes whose day of review is over, with the day.
    pub reviews: Vec<(FreezeId, Day)>,
    /// Exemptions whose last day is over, with the day.
    pub exemptions: Vec<(ExemptionId, Day)>,
}

impl RanOut {
    /// Whether nothing did.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == RanOut::default()
    }
}

/// What ran out by a time.
///
/// # Errors
/// When the store refuses.
pub fn ran_out(query: &mut impl Query, at: i64) -> Result<RanOut, LedgerError> {
    let told = sql::told(query)?;
    let is_over = |day: Day| day.next().begins() <= at;
    let is_new = |id: &str, day: Day| is_over(day) && !told.contains(&(id.to_owned(), day));
    let (mut reviews, mut exemptions) = (sql::reviews(query)?, sql::last_days(query)?);
    reviews.retain(|(id, day)| is_new(id.as_str(), *day));
    exemptions.retain(|(id, day)| is_new(id.as_str(), *day));
    Ok(RanOut {
        pauses: sql::pauses_that_ran_out(query, at)?,
        holds: sql::holds_that_ran_out(query, at)?,
        reviews,
        exemptions,
    })
}

/// Records what ran out by now. Gives the ids.
///
/// # Errors
/// When the store refuses.
pub fn tick(act: &mut Act<'_>, who: &Who) -> Result<Vec<String>, LedgerError> {
    let RanOut { pauses, holds, reviews, exemptions } = ran_out(act, who.at)?;
    let mut events: Vec<(String, FreezeEvent)> = Vec::new();
    events.extend(pauses.into_iter().map(|id| (id.into(), FreezeEvent::PauseRanOut {})));
    events.extend(holds.into_iter().map(|id| (id.into(), FreezeEvent::HoldRanOut {})));
    events.extend(reviews.into_iter().map(|(id, day)| (id.into(), FreezeEvent::ReviewOverdue { day })));
    events.extend(exemptions.into_iter().map(|(id, day)| (id.into(), FreezeEvent::ExemptionEnded { day })));
    for (id, event) in &events {
        record(act, who, id, event)?;
    }
    Ok(events.into_iter().map(|(id, _)| id).collect())
}
