//! Takes in what screening found: raises, changes, re-opens, and marks as no longer found.
//!
//! A pair of customer and entity has one alert for ever. What is the same as before leaves no event. An alert that was cleared opens again
//! when something is found otherwise; one that a rule *not the same person* keeps quiet only when what the rule rested
//! on has changed (a name, a date, a document of either side), when the kind has, or when the rule has run out. Nothing is ever cleared here.

use mihenk_said::Said;
use mihenk_store::Act;

use super::{
    event::AlertEvent,
    observation::{Found, Observation},
    priority::Weight,
    rules,
    sayings::{self, Bits},
    sql::{self, Known},
    state::State,
};
use crate::{
    error::LedgerError,
    happening::{event_at, record, record_made},
    id::AlertId,
    who::Who,
};

/// Takes in what screening found. A new pair of customer and entity raises an alert; a known one is changed, re-opened, or marked as no
/// longer found. The alert to which something was done is given back, and `None` when all is as it was: then no event is recorded.
///
/// # Errors
/// When the store refuses.
pub fn observe(act: &mut Act<'_>, who: &Who, observation: &Observation) -> Result<Option<AlertId>, LedgerError> {
    let Some(mut known) = sql::pair(act, &observation.customer, &observation.entity)? else {
        return match &observation.found {
            Some(found) => raise(act, who, observation, found).map(Some),
            None => Ok(None),
        };
    };
    let has_expired = match known.rule.take() {
        Some(rule) if !rules::expire(act, who, &rule)? => {
            known.rule = Some(rule);
            false
        }
        Some(_) => {
            known.state = State::Reopened;
            true
        }
        None => false,
    };
    let is_done = match &observation.found {
        None if known.is_gone => false,
        None => {
            record(act, who, known.id.as_str(), &AlertEvent::Gone {})?;
            true
        }
        Some(found) => change(act, who, observation, found, &known)?,
    };
    Ok((is_done || has_expired).then_some(known.id))
}

fn raise(act: &mut Act<'_>, who: &Who, observation: &Observation, found: &Found) -> Result<AlertId, LedgerError> {
    let raised = AlertEvent::Raised {
        observation: observation.clone(),
        weight: Weight::of(observation.kind, &found.topics, observation.exposure),
        fingerprint: observation.fingerprint(),
    };
    let event = record_made(act, who, &raised, |seq| AlertId::at(seq).into())?;
    Ok(AlertId::at(event.seq))
}

/// Records what is found otherwise than before; `false` when nothing is.
fn change(
    act: &mut Act<'_>,
    who: &Who,
    observation: &Observation,
    found: &Found,
    known: &Known,
) -> Result<bool, LedgerError> {
    let fingerprint = observation.fingerprint();
    if fingerprint == known.fingerprint && !known.is_gone {
        return Ok(false);
    }
    let before = seen_at(act, known.found_seq)?;
    let mut changes = match &before {
        Some(before) => changes(before, observation, found),
        None => vec![sayings::before_erased()],
    };
    if known.is_gone {
        changes.insert(0, sayings::found_again());
    }
    let quiet = known.rule.is_some() && rules_hold(act, known, before.as_ref(), observation, &mut changes)?;
    // What is at stake says nothing about who somebody is.
    let is_exposure_alone =
        !known.is_gone && before.as_ref().is_some_and(|before| same_but_exposure(before, observation));
    let was_done = matches!(known.state, State::Cleared | State::Proposed);
    let changed = AlertEvent::Changed {
        observation: observation.clone(),
        weight: Weight::of(observation.kind, &found.topics, observation.exposure),
        fingerprint,
        meant: changes.iter().filter_map(Said::meaning).collect(),
        changes: changes.into_iter().map(String::from).collect(),
        reopens: was_done && !quiet && !is_exposure_alone,
    };
    record(act, who, known.id.as_str(), &changed)?;
    Ok(true)
}

/// Whether what the rule rested on is as it was. What is not is put before the other changes, if it is not among them.
fn rules_hold(
    act: &mut Act<'_>,
    known: &Known,
    before: Option<&Observation>,
    now: &Observation,
    changes: &mut Vec<Said>,
) -> Result<bool, LedgerError> {
    let rule = known.rule.as_ref().map(|rule| sql::rule(act, rule)).transpose()?.flatten();
    let Some(rule) = rule else { return Ok(false) };
    let rested_on = match before {
        Some(before) if rule.basis_seq == known.found_seq => Some(before.clone()),
        _ => seen_at(act, rule.basis_seq)?,
    };
    let Some(rested_on) = rested_on else {
        changes.insert(0, sayings::rule_basis_erased());
        return Ok(false);
    };
    let mut broken = now.basis.changes_since(&rested_on.basis);
    if rested_on.kind != now.kind {
        broken.push(sayings::kind_changed(now.kind, rested_on.kind));
    }
    let holds = broken.is_empty();
    broken.retain(|one| !changes.contains(one));
    changes.splice(0..0, broken);
    Ok(holds)
}

/// What an event says was found; `None` when it was erased.
pub(super) fn seen_at(act: &mut impl mihenk_store::Query, seq: i64) -> Result<Option<Observation>, LedgerError> {
    Ok(match event_at(act, seq)?.says()? {
        Some(AlertEvent::Raised { observation, .. } | AlertEvent::Changed { observation, .. }) => Some(observation),
        _ => None,
    })
}

fn same_but_exposure(before: &Observation, now: &Observation) -> bool {
    let alike = Observation { exposure: now.exposure, ..before.clone() };
    alike.fingerprint() == now.fingerprint()
}

/// What is found otherwise: first names, dates and documents, then the rest.
fn changes(before: &Observation, now: &Observation, found: &Found) -> Vec<Said> {
    let mut changes = now.basis.changes_since(&before.basis);
    if before.kind != now.kind {
        changes.push(sayings::kind_changed(now.kind, before.kind));
    }
    if let Some(was) = &before.found {
        if was.bits_hundredths != found.bits_hundredths {
            changes.push(sayings::evidence_changed(Bits(was.bits_hundredths), Bits(found.bits_hundredths)));
        }
        if was.caption != found.caption {
            changes.push(sayings::name_changed(&found.caption, &was.caption));
        }
        changes.extend(stands(found, was).map(|stands| match stands {
            Stands::Listed(listing) => sayings::now_under(listing),
            Stands::For(topic) => sayings::now_under_topic(topic),
        }));
        changes.extend(stands(was, found).map(|stands| match stands {
            Stands::Listed(listing) => sayings::no_longer_under(listing),
            Stands::For(topic) => sayings::no_longer_under_topic(topic),
        }));
    }
    if before.exposure != now.exposure {
        changes.push(sayings::exposure_changed(before.exposure, now.exposure));
    }
    if changes.is_empty() {
        changes.push(sayings::other_evidence());
    }
    changes
}

/// Where an entity stands, and for what.
enum Stands<'a> {
    Listed(String),
    For(&'a str),
}

/// The listings and topics of one that the other does not have.
fn stands<'a>(one: &'a Found, other: &Found) -> impl Iterator<Item = Stands<'a>> {
    let listed = |found: &Found| -> Vec<String> {
        found.listings.iter().map(|one| format!("{} {}", one.dataset, one.reference).trim().to_owned()).collect()
    };
    let others = listed(other);
    let listings = listed(one).into_iter().filter(move |one| !others.contains(one)).map(Stands::Listed);
    let topics: Vec<&str> = one.topics.iter().filter(|one| !other.topics.contains(one)).map(String::as_str).collect();
    listings.chain(topics.into_iter().map(Stands::For))
}
