//! Who could be meant: the model, the index, the evidence.
//!
//! In come records, names or running text, out come listed entities with evidence in bits, a score, a probability and an
//! explanation. This crate is pure: no network, no clock, no randomness; the same input gives the same bytes. What a name
//! is made of is said in `mihenk-names`, where lists come from in `mihenk-lists`.
//!
//! A query's way: [`screener`] is the whole pipeline; [`shape`] a name as read (remembered by [`lexicon`]), [`candidates`] whom
//! it could be, [`pairing`] and [`alignment`] which words stand for which, [`comparison`] what that amounts to,
//! [`explanation`] the same in words. [`compare`] does it for two names, [`scan`] for running text; [`making`] makes a model.
pub mod alignment;
pub mod attributes;
pub mod bits;
pub mod bound;
pub mod candidates;
pub mod compare;
pub mod comparison;
pub mod explanation;
pub mod fit;
pub mod identity;
pub mod index;
pub mod lexicon;
pub mod likeness;
pub mod making;
pub mod model;
pub mod pairing;
pub mod rarity;
pub mod record;
pub mod scan;
pub mod screener;
pub mod shape;
pub mod term;
pub mod weights;
