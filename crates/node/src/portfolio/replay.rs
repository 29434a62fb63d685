//! Recomputes what an alert rested on, with the lists and the model of then.
//!
//! In comes the place of an event about an alert; out comes what was found then and what is found now by the same lists, the same model and
//! this program, for the same customer, and whether both are the same. The customer of then stands in the event, so what
//! it has become since does not matter. Versions and model are kept as long as events rest on them ([`crate::kept`]).

use std::path::Path;

use jiff::Timestamp;
use mihenk_ledger::{
    LedgerError, access,
    alerts::{AlertEvent, Observation, sayings},
    audit,
    customers::{Contents, Party},
    happening::understood,
};
use mihenk_said::Said;
use mihenk_store::{Act, Event, Query, StoreError, events::each_event};
use serde::Serialize;
use serde_json::Value as Json;

use super::found::{Screens, against, score};
use crate::{Model, Score, desk::Seat, error::NodeError, kept, node::Node, permission::Permission, versions};

/// A past finding, and the same again.
#[derive(Clone, Debug, Serialize)]
pub struct Replayed {
    /// The event that holds what was found.
    pub seq: i64,
    /// The alert.
    pub alert: String,
    /// When it was found, in milliseconds since 1970.
    pub at: i64,
    /// What was found then.
    pub then: Observation,
    /// What is found now; nothing when the entity is not found any more by the same lists and model.
    pub now: Option<Observation>,
    /// What is not the same; empty when everything is.
    pub differences: Vec<Said>,
}

/// Recomputes what the event rests on: an event by which an alert was raised or changed, or any later event about that alert.
///
/// # Errors
/// When whoever sits here is no auditor, the event rests on no finding or was erased, or the lists or the model of then are
/// not kept.
pub fn replay(seat: &Seat<'_>, folder: &Path, model: Model, seq: i64) -> Result<Replayed, NodeError> {
    let (event, then) = seat.act(Permission::Audit, |act, who| {
        let asked = audit::event(act, seq)?;
        access::seen(act, who, &asked.subject, "audit replay")?;
        finding_before(act, &asked.subject, seq)?.ok_or_else(|| {
            let what = format!(
                "event {seq} ({}) rests on no finding of screening, or what it rested on was erased",
                asked.kind
            );
            LedgerError::refused(what)
        })
    })?;
    let model = kept::model_of_then(folder, &then.basis.model, model)?;
    let time = Timestamp::from_millisecond(event.at).map_err(|error| NodeError::Act(error.to_string()))?;
    let node = Node::open_then(folder, model, &then.basis.lists, &versions::written(time))?;
    let against = against(&node);
    // As low as the portfolio's threshold was then, or lower.
    let threshold = then.found.as_ref().map_or(Score::THRESHOLD, |found| score(found.score_ten_thousandths));
    let found = Screens::all(&node, &against).of(&contents(&then)?, threshold.min(Score::THRESHOLD))?;
    let observations = found.into_iter().filter_map(|finding| finding.observation);
    let mut now: Vec<Observation> = observations.filter(|one| one.entity == then.entity).collect();
    now.iter_mut().for_each(|one| one.customer = then.customer.clone());
    let differences = now.first().map_or_else(|| vec![sayings::not_found_now()], |now| differences(&then, now));
    Ok(Replayed { seq: event.seq, alert: event.subject, at: event.at, then, now: now.into_iter().next(), differences })
}

/// The last finding about an alert up to an event.
fn finding_before(act: &mut Act<'_>, alert: &str, seq: i64) -> Result<Option<(Event, Observation)>, LedgerError> {
    let sql =
        "SELECT max(seq) FROM events WHERE subject = $1 AND seq <= $2 AND kind IN ('alert.raised', 'alert.changed')";
    let row = act.first(sql, mihenk_store::params![alert, seq])?;
    let Some(last) = row.map(|row| row.maybe_integer(0)).transpose()?.flatten() else { return Ok(None) };
    let mut event = None;
    each_event(act, last, Some(last), &mut |found| {
        event = Some(found);
        Ok::<(), StoreError>(())
    })?;
    let Some(event) = event else { return Ok(None) };
    Ok(match understood::<AlertEvent>(&event)? {
        Some(AlertEvent::Raised { observation, .. } | AlertEvent::Changed { observation, .. }) => {
            Some((event, observation))
        }
        _ => None,
    })
}

/// The customer as it was, as far as this finding rests on it.
fn contents(then: &Observation) -> Result<Contents, LedgerError> {
    let mut properties = then.basis.customer.clone();
    let schema = properties.remove("schema").and_then(|schemas| schemas.into_iter().next()).unwrap_or_default();
    let party = then.found.as_ref().and_then(|found| found.evidence.get("party"));
    let text = |key: &str| party.and_then(|party| party.get(key)).and_then(Json::as_str).unwrap_or_default().to_owned();
    Contents::new(then.exposure, vec![Party { reference: text("reference"), role: text("role"), schema, properties }])
}

fn differences(then: &Observation, now: &Observation) -> Vec<Said> {
    if then.fingerprint() == now.fingerprint() {
        return Vec::new();
    }
    let mut told = now.basis.changes_since(&then.basis);
    if let (Some(before), Some(after)) = (&then.found, &now.found) {
        if before.bits_hundredths != after.bits_hundredths {
            told.push(sayings::bits_then(before.bits_hundredths, after.bits_hundredths));
        }
        if before.score_ten_thousandths != after.score_ten_thousandths {
            told.push(sayings::score_then(before.score_ten_thousandths, after.score_ten_thousandths));
        }
        if before.probability_millionths != after.probability_millionths {
            told.push(sayings::probability_then(before.probability_millionths, after.probability_millionths));
        }
        if before.evidence != after.evidence {
            told.push(sayings::evidence_differs());
        }
    }
    if told.is_empty() {
        told.push(sayings::shown_otherwise());
    }
    told
}
