//! What people do about a freeze, and the little that the lists may do.
//!
//! In come who acts and what they want. Each function holds its rule against the tables and records one event. Nobody confirms what they proposed; the
//! software confirms, declines and releases nothing: [`delisted`] opens tasks and changes nothing of what is restrained.

use mihenk_store::Act;

use super::{
    CONFIRM_WITHIN_MS, Change, Freeze, FreezeEvent, FreezeId, Notice, PauseId, State, Terms, Variation, another,
    looked_at, other_than, pauses, person, terms,
};
use crate::{
    day::{Day, minute},
    error::LedgerError,
    happening::{record, record_made},
    refusals,
    regimes::Regimes,
    who::{Reason, Who},
};

/// Proposes a freeze, for a pause or for itself; another person confirms it.
///
/// # Errors
/// As [`Terms::checked`], or when the pause does not wait any more.
pub fn propose(
    act: &mut Act<'_>,
    who: &Who,
    regimes: &Regimes,
    terms: Terms,
    pause: Option<&PauseId>,
    reason: Reason,
) -> Result<FreezeId, LedgerError> {
    person(who)?;
    let terms = terms.checked(regimes, Day::of(who.at))?;
    pause.map(|id| pauses::open(act, id)).transpose()?;
    let event = FreezeEvent::Proposed { terms, pause: pause.cloned(), reason };
    let event = record_made(act, who, &event, |seq| FreezeId::at(seq).into())?;
    Ok(FreezeId::at(event.seq))
}

/// Holds at once on a UN listing; another person confirms within 24 hours. If nobody does, it stays held and is escalated.
///
/// # Errors
/// As [`propose`]; when the regime allows no hold, or the entity was not on one of its lists.
pub fn hold(
    act: &mut Act<'_>,
    who: &Who,
    regimes: &Regimes,
    terms: Terms,
    pause: Option<&PauseId>,
    reason: Reason,
) -> Result<FreezeId, LedgerError> {
    person(who)?;
    let terms = terms.checked(regimes, Day::of(who.at))?;
    let regime = regimes.get(&terms.programme)?;
    if !regime.immediate_hold {
        return Err(refusals::no_hold_by_one(&regime.title));
    }
    if !terms.lists.iter().any(|list| regime.lists.contains(list)) {
        let entity = terms.entity.as_deref().unwrap_or("nobody");
        return Err(refusals::no_listing_to_hold_on(entity, regime.lists.join(" or ")));
    }
    pause.map(|id| pauses::open(act, id)).transpose()?;
    let confirm_until = who.at.saturating_add(CONFIRM_WITHIN_MS);
    let event = FreezeEvent::Held { terms, confirm_until, pause: pause.cloned(), reason };
    let event = record_made(act, who, &event, |seq| FreezeId::at(seq).into())?;
    Ok(FreezeId::at(event.seq))
}

/// Confirms what another person proposed: the freeze itself, a hold, or the change that waits.
///
/// # Errors
/// When it is one's own, nothing waits, or it is not possible any more.
pub fn confirm(act: &mut Act<'_>, who: &Who, id: &FreezeId, seen: Option<i64>) -> Result<Freeze, LedgerError> {
    person(who)?;
    let freeze = looked_at(act, id, seen)?;
    let today = Day::of(who.at);
    match (freeze.state, &freeze.waiting) {
        (State::Proposed | State::Held, _) => {
            another(who, &freeze.proposed_by, id.as_str())?;
            terms::ahead(freeze.terms.review, today)?;
            record(act, who, id.as_str(), &FreezeEvent::Confirmed {})?;
        }
        (State::InForce, Some(waiting)) => {
            other_than(who, &waiting.by, || refusals::own_change(id))?;
            if let Change::Vary(Variation { review: Some(review), .. }) = &waiting.change {
                terms::ahead(*review, today)?;
            }
            record(act, who, id.as_str(), &FreezeEvent::ChangeConfirmed { change: waiting.change.clone() })?;
        }
        _ => return Err(nothing_waits(&freeze)),
    }
    super::show(act, id)
}

/// Takes one's own proposal back, or declines another's: the freeze or the change that waits. A hold is declined by another person than who holds.
///
/// # Errors
/// When nothing waits, or it is one's own hold.
pub fn decline(
    act: &mut Act<'_>,
    who: &Who,
    id: &FreezeId,
    seen: Option<i64>,
    reason: Reason,
) -> Result<Freeze, LedgerError> {
    person(who)?;
    let freeze = looked_at(act, id, seen)?;
    let event = match (freeze.state, &freeze.waiting) {
        (State::Proposed, _) => FreezeEvent::Declined { reason },
        (State::Held, _) => {
            other_than(who, &freeze.proposed_by, || refusals::own_hold(id))?;
            FreezeEvent::Declined { reason }
        }
        (State::InForce, Some(_)) => FreezeEvent::ChangeDeclined { reason },
        _ => return Err(nothing_waits(&freeze)),
    };
    record(act, who, id.as_str(), &event)?;
    super::show(act, id)
}

/// Proposes other terms for a freeze that is in force.
///
/// # Errors
/// When it is not in force, a change waits already, or the terms cannot be.
pub fn propose_variation(
    act: &mut Act<'_>,
    who: &Who,
    id: &FreezeId,
    seen: Option<i64>,
    variation: Variation,
    reason: Reason,
) -> Result<(), LedgerError> {
    person(who)?;
    let freeze = changeable(act, id, seen)?;
    let variation = variation.checked(&freeze.terms, Day::of(who.at))?;
    record(act, who, id.as_str(), &FreezeEvent::ChangeProposed { change: Change::Vary(variation), reason })?;
    Ok(())
}

/// Proposes to let assets go, all when none is named; another person confirms it.
///
/// # Errors
/// When it is not in force, a change waits already, or an asset is not restrained.
pub fn propose_release(
    act: &mut Act<'_>,
    who: &Who,
    id: &FreezeId,
    seen: Option<i64>,
    mut assets: Vec<u32>,
    reason: Reason,
) -> Result<(), LedgerError> {
    person(who)?;
    let freeze = changeable(act, id, seen)?;
    assets.sort_unstable();
    assets.dedup();
    assets.iter().try_for_each(|number| terms::restrained(&freeze.terms, *number))?;
    record(act, who, id.as_str(), &FreezeEvent::ChangeProposed { change: Change::Release { assets }, reason })?;
    Ok(())
}

/// Says that a freeze was looked at again and stays, and when it is looked at next.
///
/// # Errors
/// When it is not in force, or the next day is not ahead.
pub fn review(
    act: &mut Act<'_>,
    who: &Who,
    id: &FreezeId,
    seen: Option<i64>,
    next: Day,
    reason: Reason,
) -> Result<(), LedgerError> {
    person(who)?;
    let freeze = looked_at(act, id, seen)?;
    if freeze.state != State::InForce {
        return Err(not_in_force(&freeze));
    }
    terms::ahead(next, Day::of(who.at))?;
    record(act, who, id.as_str(), &FreezeEvent::Reviewed { next, reason })?;
    Ok(())
}

/// Writes down that whoever holds an asset was told.
///
/// # Errors
/// When nothing is restrained, nobody by that name holds an asset of it, or the day is ahead.
pub fn give_notice(act: &mut Act<'_>, who: &Who, id: &FreezeId, notice: Notice) -> Result<(), LedgerError> {
    person(who)?;
    let freeze = super::show(act, id)?;
    if !freeze.state.restrains() {
        return Err(not_in_force(&freeze));
    }
    let notice = notice.checked(&freeze, Day::of(who.at))?;
    record(act, who, id.as_str(), &FreezeEvent::NoticeGiven { notice })?;
    Ok(())
}

/// Opens a task to release for a freeze whose entity is gone from lists that it rests on; whether one was opened. It releases nothing.
///
/// # Errors
/// When there is no such freeze, or the store refuses.
pub fn delisted(act: &mut Act<'_>, who: &Who, id: &FreezeId, gone: &[String]) -> Result<bool, LedgerError> {
    let freeze = super::show(act, id)?;
    let is_live = freeze.state == State::Proposed || freeze.state.restrains();
    let lists: Vec<String> = freeze.terms.lists.iter().filter(|list| gone.contains(list)).cloned().collect();
    let is_known = freeze.delisted.as_ref().is_some_and(|task| lists.iter().all(|list| task.lists.contains(list)));
    if !is_live || lists.is_empty() || is_known {
        return Ok(false);
    }
    record(act, who, id.as_str(), &FreezeEvent::Delisted { lists })?;
    Ok(true)
}

/// A freeze in force, for which no change waits.
fn changeable(act: &mut Act<'_>, id: &FreezeId, seen: Option<i64>) -> Result<Freeze, LedgerError> {
    let freeze = looked_at(act, id, seen)?;
    if freeze.state != State::InForce {
        return Err(not_in_force(&freeze));
    }
    match &freeze.waiting {
        Some(waiting) => Err(refusals::change_waits_already(id, minute(waiting.at), &waiting.by, &waiting.change)),
        None => Ok(freeze),
    }
}

fn not_in_force(freeze: &Freeze) -> LedgerError {
    match freeze.state {
        State::Proposed | State::Held => refusals::freeze_not_confirmed(&freeze.id, freeze.state.as_str()),
        _ => refusals::freeze_not_in_force(&freeze.id, freeze.state.as_str()),
    }
}

fn nothing_waits(freeze: &Freeze) -> LedgerError {
    let (id, state) = (&freeze.id, freeze.state.as_str());
    match (&freeze.confirmed_by, freeze.confirmed_at) {
        (Some(by), Some(at)) => refusals::freeze_confirmed_already(id, state, by, minute(at)),
        _ => refusals::freeze_waits_for_nobody(id, state),
    }
}
