//! What follows from an event about freezes: the rows that it writes.
//!
//! In comes an event with its place in the chain, out come the tables as they are after it. Nothing here decides anything or looks at a
//! regime: what was decided is in the event, so that the same chain makes the same tables for ever.

use mihenk_store::{Act, Event};

use super::{
    Change, Delisting, ExemptionId, Freeze, FreezeEvent, FreezeId, PauseId, PauseState, State, Terms, Waiting,
    exemptions::ExemptionState, sql,
};
use crate::{error::LedgerError, happening::Happening, regimes::Procedure};

impl Happening for FreezeEvent {
    const PART: &'static str = "freeze";

    fn apply(&self, act: &mut Act<'_>, event: &Event) -> Result<(), LedgerError> {
        match self {
            FreezeEvent::Paused { .. } | FreezeEvent::PauseRanOut {} | FreezeEvent::Resumed { .. } => {
                self.to_pause(act, event)
            }
            FreezeEvent::ReviewOverdue { day } | FreezeEvent::ExemptionEnded { day } => {
                sql::insert_told(act, &event.subject, *day)
            }
            FreezeEvent::ExemptionProposed { .. }
            | FreezeEvent::ExemptionConfirmed {}
            | FreezeEvent::ExemptionDeclined { .. }
            | FreezeEvent::CommitteeNotified { .. }
            | FreezeEvent::CommitteeApproved { .. }
            | FreezeEvent::CommitteeObjected { .. }
            | FreezeEvent::Used { .. } => self.to_exemption(act, event),
            FreezeEvent::Held { terms, confirm_until, pause, .. } => {
                begun(act, event, State::Held, terms, Some(*confirm_until), pause.as_ref())
            }
            FreezeEvent::Proposed { terms, pause, .. } => {
                begun(act, event, State::Proposed, terms, None, pause.as_ref())
            }
            _ => self.to_freeze(act, event),
        }
    }
}

impl FreezeEvent {
    fn to_pause(&self, act: &mut Act<'_>, event: &Event) -> Result<(), LedgerError> {
        let id: PauseId = event.subject.parse()?;
        match self {
            FreezeEvent::Paused { what, customer, entity, until, .. } => {
                let (customer, entity) = (customer.as_deref(), entity.as_deref());
                sql::insert_pause(act, &id, what, customer, entity, (&event.actor, event.at, *until))?;
            }
            FreezeEvent::PauseRanOut {} => sql::set_pause(act, &id, PauseState::RanOut, None)?,
            _ => sql::set_pause(act, &id, PauseState::Resumed, None)?,
        }
        Ok(())
    }

    fn to_exemption(&self, act: &mut Act<'_>, event: &Event) -> Result<(), LedgerError> {
        let id: ExemptionId = event.subject.parse()?;
        if let FreezeEvent::ExemptionProposed { terms, .. } = self {
            return sql::insert_exemption(act, &id, terms, event);
        }
        let Some(mut exemption) = sql::exemption(act, &id)? else { return Err(gone(event)) };
        match self {
            FreezeEvent::ExemptionConfirmed {} => {
                exemption.confirmed_by = Some(event.actor.clone());
                exemption.state = match exemption.terms.procedure {
                    Procedure::Notify | Procedure::Approve => ExemptionState::Agreed,
                    Procedure::Licence | Procedure::Standing => ExemptionState::Usable,
                };
            }
            FreezeEvent::ExemptionDeclined { .. } => exemption.state = ExemptionState::Declined,
            FreezeEvent::CommitteeNotified { on, may_object_until, .. } => {
                exemption.state = ExemptionState::Notified;
                exemption.notified_on = Some(*on);
                exemption.may_object_until = *may_object_until;
            }
            FreezeEvent::CommitteeApproved { .. } => exemption.state = ExemptionState::Usable,
            FreezeEvent::CommitteeObjected { .. } => exemption.state = ExemptionState::Refused,
            FreezeEvent::Used { amount, on, .. } => {
                sql::insert_use(act, &id, event, *amount, *on)?;
                exemption.uses += 1;
                if exemption.terms.limit.is_some() {
                    exemption.used_minor += amount.minor();
                }
            }
            _ => {}
        }
        sql::set_exemption(act, &exemption)
    }

    fn to_freeze(&self, act: &mut Act<'_>, event: &Event) -> Result<(), LedgerError> {
        let id: FreezeId = event.subject.parse()?;
        let Some(mut freeze) = sql::freeze(act, &id)? else { return Err(gone(event)) };
        match self {
            FreezeEvent::Confirmed {} => {
                freeze.state = State::InForce;
                freeze.confirmed_by = Some(event.actor.clone());
                freeze.confirmed_at = Some(event.at);
            }
            FreezeEvent::Declined { .. } => {
                freeze.state = State::Declined;
                sql::set_delisting(act, &id, None)?;
                if let Some(pause) = &freeze.pause {
                    sql::set_pause(act, pause, PauseState::Paused, None)?;
                }
            }
            FreezeEvent::HoldRanOut {} => freeze.ran_out = true,
            FreezeEvent::ChangeProposed { change, .. } => {
                let waiting = Waiting { by: event.actor.clone(), at: event.at, change: change.clone() };
                return sql::set_waiting(act, &id, Some(&waiting));
            }
            FreezeEvent::ChangeDeclined { .. } => return sql::set_waiting(act, &id, None),
            FreezeEvent::ChangeConfirmed { change } => changed(act, &mut freeze, change)?,
            FreezeEvent::Reviewed { next, .. } => {
                freeze.terms.review = *next;
                // Whoever keeps a freeze after its listing is gone says that it rests on that listing no more.
                if let Some(task) = &freeze.delisted {
                    freeze.terms.lists.retain(|list| !task.lists.contains(list));
                }
                sql::set_delisting(act, &id, None)?;
            }
            FreezeEvent::NoticeGiven { notice } => return sql::insert_notice(act, &id, event.seq, notice),
            FreezeEvent::Delisted { lists } => {
                let mut task = freeze.delisted.unwrap_or(Delisting { at: event.at, lists: Vec::new() });
                task.lists.extend(lists.iter().cloned());
                task.lists.sort();
                task.lists.dedup();
                return sql::set_delisting(act, &id, Some(&task));
            }
            _ => {}
        }
        sql::set_freeze(act, &freeze)?;
        sql::set_register(act, &freeze, event.seq)
    }
}

fn begun(
    act: &mut Act<'_>,
    event: &Event,
    state: State,
    terms: &Terms,
    confirm_until: Option<i64>,
    pause: Option<&PauseId>,
) -> Result<(), LedgerError> {
    let freeze = Freeze {
        id: event.subject.parse()?,
        state,
        terms: terms.clone(),
        proposed_by: event.actor.clone(),
        proposed_at: event.at,
        confirmed_by: None,
        confirmed_at: None,
        confirm_until,
        ran_out: false,
        pause: pause.cloned(),
        waiting: None,
        delisted: None,
        notices: Vec::new(),
        revision: event.seq,
    };
    sql::insert_freeze(act, &freeze, event.seq)?;
    if let Some(pause) = pause {
        sql::set_pause(act, pause, PauseState::Decided, Some(&freeze.id))?;
    }
    sql::set_register(act, &freeze, event.seq)
}

/// What a confirmed change makes of a freeze.
fn changed(act: &mut Act<'_>, freeze: &mut Freeze, change: &Change) -> Result<(), LedgerError> {
    sql::set_waiting(act, &freeze.id, None)?;
    match change {
        Change::Vary(variation) => freeze.terms = variation.applied(freeze.terms.clone()),
        Change::Release { assets } => {
            let named = |number: u32| assets.is_empty() || assets.contains(&number);
            freeze
                .terms
                .assets
                .iter_mut()
                .filter(|asset| named(asset.number))
                .for_each(|asset| asset.is_released = true);
            if freeze.terms.restrained().next().is_none() {
                freeze.state = State::Released;
                sql::set_delisting(act, &freeze.id, None)?;
            }
        }
    }
    Ok(())
}

fn gone(event: &Event) -> LedgerError {
    let why = format!("there is no {}", event.subject);
    LedgerError::Event { seq: event.seq, kind: event.kind.clone(), why }
}
