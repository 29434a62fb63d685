//! Who on several lists may be one: for a person to look at, with the evidence of a hit.
//!
//! In comes a [`Proposer`] with the index of everything that is listed, and one entity after the other; out come
//! [`Proposal`]s. Each entity is screened against the others by the same code that screens a customer, so that the
//! probability means the same, at the base rate that is given. Two of one list are not proposed, for their publisher tells them
//! apart, unless they share a number that is proof.

use crate::{
    candidates::Scratch,
    explanation::Explanation,
    identity::SharedIdentifier,
    model::calibration::BaseRate,
    record::Record,
    screener::{Hit, Options, Screener},
};

/// How many of those on one list are on another one: between the UN's list and OFAC's, one in ten of the ten thousand.
pub const BASE_RATE: BaseRate = BaseRate { one_in: 10 };

/// Hits that are looked at for each entity: of so many lists, one is on each.
const LOOKED_AT: usize = 8;

/// Two entities that may be one.
#[derive(Clone, Debug)]
pub struct Proposal {
    /// The entity that was screened.
    pub asked: u32,
    /// The evidence, with the number of the other one.
    pub hit: Hit,
    /// The evidence in words.
    pub explanation: Explanation,
}

/// Finds who may be one.
pub struct Proposer<'a> {
    /// The lists.
    pub screener: Screener<'a>,
    /// From which score on, and at which base rate.
    pub options: Options,
    /// Whether some list has both of two entities.
    pub of_one_list: &'a (dyn Fn(u32, u32) -> bool + Sync),
    /// Whether two are decided already.
    pub is_decided: &'a (dyn Fn(u32, u32) -> bool + Sync),
}

impl Proposer<'_> {
    /// Those who may be one with an entity, which is in the index as well.
    #[must_use]
    pub fn propose(&self, entity: u32, record: &Record, scratch: &mut Scratch) -> Vec<Proposal> {
        let options = Options { limit: LOOKED_AT, ..self.options };
        let hits = self.screener.screen(record, &options, scratch);
        let wanted = |hit: &Hit| {
            let shares = || hit.basis.identifier.as_ref().is_some_and(SharedIdentifier::is_strong);
            hit.entity != entity
                && hit.is_match
                && (!(self.of_one_list)(entity, hit.entity) || shares())
                && !(self.is_decided)(entity, hit.entity)
        };
        let hits = hits.into_iter().filter(wanted);
        hits.map(|hit| Proposal { asked: entity, explanation: self.screener.explain(record, &hit), hit }).collect()
    }
}

/// Each pair once, by the better of its two directions, best first; ties by the numbers.
#[must_use]
pub fn ranked(mut all: Vec<Proposal>) -> Vec<Proposal> {
    let pair = |p: &Proposal| (p.asked.min(p.hit.entity), p.asked.max(p.hit.entity));
    all.sort_by_key(|p| (pair(p), std::cmp::Reverse(p.hit.bits), p.asked));
    all.dedup_by_key(|p| pair(p));
    all.sort_by_key(|p| (std::cmp::Reverse(p.hit.bits), pair(p)));
    all
}
