//! What was found of a customer goes into the ledger: hits are kept, and what is new, other or gone is told to the alerts.
//!
//! Several parties of one customer may be like one listed entity; the alert is about customer and entity, so the party with the most evidence
//! speaks for all. What is as it was leaves no event.

use std::collections::BTreeMap;

use mihenk_ledger::{
    LedgerError, Who,
    alerts::{self, Basis, Observation},
    customers::{self, Against, Contents, CustomerId, Hit, ScreeningId},
};
use mihenk_store::Act;
use serde::{Deserialize, Serialize};

use super::found::{Finding, values};

/// What became of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// Customers of whom something else is found than before.
    pub customers: usize,
    /// Alerts that were raised, changed or re-opened, or told that nothing is found any more.
    pub alerts: usize,
}

impl Told {
    pub(super) fn add(&mut self, other: Told) {
        self.customers += other.customers;
        self.alerts += other.alerts;
    }
}

/// Keeps what is found of a customer now, which is all of `now`.
pub(super) fn settle(
    act: &mut Act<'_>,
    who: &Who,
    (id, contents): (&CustomerId, &Contents),
    (screening, against): (&ScreeningId, &Against),
    now: &[Finding],
) -> Result<Told, LedgerError> {
    let before = customers::hits(act, id)?;
    let hits: Vec<Hit> = now.iter().map(|finding| finding.hit.clone()).collect();
    if !customers::found(act, who, id, screening, hits)? {
        return Ok(Told::default());
    }
    let mut told = Told { customers: 1, alerts: 0 };
    let (before, after) = (best(before.iter(), |hit| hit), best(now.iter(), |finding| &finding.hit));
    for (entity, finding) in &after {
        let is_as_before = before.get(entity).is_some_and(|hit| hit.evidence == finding.hit.evidence);
        if let (false, Some(observation)) = (is_as_before, &finding.observation) {
            let observation = Observation { customer: id.clone(), ..observation.clone() };
            told.alerts += usize::from(alerts::observe(act, who, &observation)?.is_some());
        }
    }
    for (_, hit) in before.iter().filter(|(entity, _)| !after.contains_key(*entity)) {
        let gone = vanished(id, contents, against, hit);
        told.alerts += usize::from(alerts::observe(act, who, &gone)?.is_some());
    }
    Ok(told)
}

/// For each entity what has the most evidence; of as much, the party that comes first.
fn best<T>(all: impl Iterator<Item = T>, hit: impl Fn(&T) -> &Hit) -> BTreeMap<String, T> {
    let mut best: BTreeMap<String, T> = BTreeMap::new();
    for one in all {
        let (entity, rank) = (hit(&one).entity.clone(), |one: &T| (-hit(one).bits, hit(one).party.clone()));
        let is_better = best.get(&entity).is_none_or(|known| rank(&one) < rank(known));
        if is_better {
            best.insert(entity, one);
        }
    }
    best
}

fn vanished(id: &CustomerId, contents: &Contents, against: &Against, hit: &Hit) -> Observation {
    let party = contents.parties.iter().find(|party| party.reference == hit.party).or(contents.own());
    Observation {
        customer: id.clone(),
        entity: hit.entity.clone(),
        kind: hit.kind,
        exposure: contents.exposure,
        found: None,
        basis: Basis {
            lists: against.lists.clone(),
            model: against.model.clone(),
            customer: party.map(|party| values(&party.schema, party.properties.iter())).unwrap_or_default(),
            listing: BTreeMap::new(),
        },
    }
}
