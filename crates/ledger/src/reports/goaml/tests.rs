//! Tests of the whole form: reports made from the rules, written and read again, and files that are broken in every way.

mod broken;
mod laws;
mod made;
mod sample;
