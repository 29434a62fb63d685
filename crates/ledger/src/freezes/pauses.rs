//! Pauses: something waits for hours until a person has decided.
//!
//! Software or one person begins a pause. When it runs out it escalates ([`super::tick`]) and goes on: only a person ends it, by letting go what was
//! paused ([`resume`]) or by proposing a freeze. If the proposal is declined, the pause stands as before.

use mihenk_store::{Act, Query};
use serde::{Deserialize, Serialize};

use super::{FreezeEvent, FreezeId, line, other_id, other_than, person, sql};
use crate::{
    day::minute,
    error::LedgerError,
    happening::{record, record_made, unchanged_since},
    id, refusals,
    who::{Reason, Who},
};

/// The longest pause, in milliseconds: 72 hours. What takes longer is a decision.
const LONGEST_MS: i64 = 72 * 60 * 60 * 1000;

id!(
    /// Something that was paused.
    PauseId, "P", "a pause"
);

/// Where a pause stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PauseState {
    /// Paused, with time left.
    Paused,
    /// Still paused; the time ran out and it was escalated.
    RanOut,
    /// A freeze was proposed for it.
    Decided,
    /// A person let it go on.
    Resumed,
}

impl PauseState {
    /// As it is written.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            PauseState::Paused => "paused",
            PauseState::RanOut => "ran-out",
            PauseState::Decided => "decided",
            PauseState::Resumed => "resumed",
        }
    }

    /// Whether it waits for a person.
    #[must_use]
    pub fn is_open(self) -> bool {
        matches!(self, PauseState::Paused | PauseState::RanOut)
    }

    pub(super) fn read(text: &str) -> Result<PauseState, LedgerError> {
        let all = [PauseState::Paused, PauseState::RanOut, PauseState::Decided, PauseState::Resumed];
        let found = all.into_iter().find(|state| state.as_str() == text);
        found.ok_or_else(|| LedgerError::refused(format!("{text:?} is no state of a pause")))
    }
}

/// A pause.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Pause {
    /// The id.
    pub id: PauseId,
    /// Where it stands.
    pub state: PauseState,
    /// What was paused.
    pub what: String,
    /// The customer.
    pub customer: Option<String>,
    /// The listed entity that it was paused for.
    pub entity: Option<String>,
    /// Who paused it.
    pub by: String,
    /// When, in milliseconds since 1970.
    pub at: i64,
    /// Until when.
    pub until: i64,
    /// The freeze that was proposed for it.
    pub freeze: Option<FreezeId>,
    /// The place in the chain of the last event about it.
    pub revision: i64,
}

/// Pauses something for so many milliseconds; the software may, too.
///
/// # Errors
/// When nothing is named, or the time is none or more than 72 hours.
pub fn pause(
    act: &mut Act<'_>,
    who: &Who,
    what: &str,
    customer: Option<&str>,
    entity: Option<&str>,
    for_ms: i64,
    reason: Reason,
) -> Result<PauseId, LedgerError> {
    let what = line(what, "what is paused")?;
    let customer = customer.map(|id| other_id(id, 'K', "a customer")).transpose()?;
    let entity = entity.map(|id| line(id, "the id of the listed entity")).transpose()?;
    if for_ms <= 0 || for_ms > LONGEST_MS {
        return Err(LedgerError::refused(
            "a pause lasts more than no time and at most 72 hours; what takes longer is a freeze",
        ));
    }
    let event = FreezeEvent::Paused { what, customer, entity, until: who.at.saturating_add(for_ms), reason };
    let event = record_made(act, who, &event, |seq| PauseId::at(seq).into())?;
    Ok(PauseId::at(event.seq))
}

/// Lets go on what was paused. Whoever paused it may as long as there is time left; after that it takes another person.
///
/// # Errors
/// When it is not paused any more, or the software or the wrong person asks.
pub fn resume(
    act: &mut Act<'_>,
    who: &Who,
    id: &PauseId,
    seen: Option<i64>,
    reason: Reason,
) -> Result<(), LedgerError> {
    person(who)?;
    unchanged_since(act, id.as_str(), seen)?;
    let pause = open(act, id)?;
    let has_run_out = pause.state == PauseState::RanOut || pause.until <= who.at;
    if has_run_out {
        let late = || refusals::own_pause_ran_out(id, minute(pause.until));
        other_than(who, &pause.by, late)?;
    }
    record(act, who, id.as_str(), &FreezeEvent::Resumed { reason })?;
    Ok(())
}

/// A pause that waits for a person.
///
/// # Errors
/// When there is none, or it does not wait any more.
pub(super) fn open(query: &mut impl Query, id: &PauseId) -> Result<Pause, LedgerError> {
    let pause = sql::pause(query, id)?.ok_or_else(|| LedgerError::unknown("pause", id))?;
    match (pause.state, &pause.freeze) {
        (PauseState::Paused | PauseState::RanOut, _) => Ok(pause),
        (PauseState::Decided, Some(freeze)) => {
            Err(LedgerError::refused(format!("{freeze} was proposed for {id}; confirm or decline that one")))
        }
        _ => Err(LedgerError::refused(format!("{id} is {} already", pause.state.as_str()))),
    }
}
