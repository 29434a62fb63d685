//! Tests of the whole form: reports made from the rules, written and read again, and files that are broken in every way.
//!
//! `made` makes reports, `sample` has two as a bank would write them, `laws` says what holds for all, `broken` breaks them.

mod broken;
mod laws;
mod made;
mod sample;
