//! Networks: structures with arithmetic by hand, and random ones against a slow search that looks at everything.
//!
//! `made` builds networks from a few lines, `by_hand` has paths and neighbours, `grouping` groups, `laws` what holds for every network.

#![allow(clippy::unwrap_used, reason = "a test that panics has failed, in its helpers too")]

mod by_hand;
mod grouping;
mod laws;
mod made;
