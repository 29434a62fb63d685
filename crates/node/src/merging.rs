//! One entity where several lists have it: joins, proposals, decisions.
//!
//! In come the lists in use and what people decided ([`decisions`]); out comes who is one ([`merges`]), for `assembly` and
//! `records` to put together (`joining` is what both have in common), and who may be one ([`proposing`]). [`acts`] records
//! a decision and puts it in use; [`ledger`] keeps it where there is one. What joins by itself and what is evidence is said by `mihenk-screening`.

pub mod acts;
pub mod decisions;
pub(crate) mod joining;
pub mod ledger;
pub mod merges;
pub mod proposing;
