//! A case's graph as a picture: people, companies, accounts, vessels and what ties them, as SVG 1.1.
//!
//! In comes the graph as the ledger knows it, out comes a text that is the same on every machine: places are computed with additions, multiplications,
//! divisions and square roots alone (`layout`), and rounded before they are written (`svg`). Text is escaped, there is no script, and what the picture
//! says stands in its description as well.

pub(crate) mod layout;
mod svg;

pub use svg::{Dashed, draw, draw_with};
