//! Networks: structures with arithmetic by hand, and random ones against a slow search that looks at everything.

mod by_hand;
mod grouping;
mod laws;
mod made;
