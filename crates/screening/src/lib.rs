//! Screening: is this record, this name or this text about somebody who is on a list?
//!
//! In come entities of lists and what is asked; out come hits with evidence in bits, a score, a probability and an explanation
//! that adds up. The model ([`model`]) says what an observation is worth, the index ([`index`]) holds what screening needs of
//! the lists. [`screener`] is the whole way of one record: [`candidates`] names whom it could be and [`bound`] whom it cannot,
//! [`comparison`] and [`attributes`] weigh, [`explanation`] says it. [`compare`] is the same for two names without lists,
//! [`scan`] for running text, [`merging`] says who on several lists is one, [`making`] makes a model. Reading names is the crate `names`, reading entities `entities`.
//! [`comparison`] and [`attributes`] weigh, [`explanation`] says it. [`compare`] is the same for two names without lists, [`concerned`] turned round: which of many asked records a listed one may concern,
//! [`scan`] for running text, [`making`] makes a model. Reading names is the crate `names`, reading entities `entities`.
//!
//! Everything here is pure: no network, no clock, no randomness. The same input gives the same bytes on every machine, so
//! that a decision can be replayed. Evidence is counted in integers ([`bits`]) for the same reason.

pub mod alignment;
pub mod attributes;
pub mod bits;
pub mod bound;
pub mod candidates;
pub mod compare;
pub mod comparison;
pub mod concerned;
pub mod explanation;
pub mod fit;
pub mod identity;
pub mod index;
mod joined;
pub mod lexicon;
pub mod likeness;
pub mod making;
pub mod merging;
pub mod model;
pub mod pairing;
mod ranking;
pub mod rarity;
pub mod record;
pub mod sayings;
pub mod scan;
pub mod screener;
pub mod shape;
pub mod term;
pub mod weights;
