//! A case's graph as a picture: people, companies, accounts, vessels and what ties them, as SVG 1.1.
//!
//! In comes the graph as the ledger knows it, out comes a text that is the same on every machine: places are computed with additions, multiplications,
//! divisions and square roots alone (`layout`), and rounded before they are written (`svg`). Text is escaped, there is no script, and what the picture
//! says stands in its description as well.

pub(crate) mod layout;
mod svg;

pub use svg::{Dashed, draw, draw_with};

/// The centres of boxes of these sizes (width, height), so that what is tied is near and nothing lies upon anything else, and the size of the whole; ties are pairs of places in the list
/// with the width of the words upon them. For whoever draws a picture of another look.
#[must_use]
pub fn places(sizes: &[(f64, f64)], ties: &[(usize, usize, f64)]) -> (Vec<(f64, f64)>, (f64, f64)) {
    let sizes: Vec<layout::Point> = sizes.iter().map(|&(x, y)| layout::Point { x, y }).collect();
    let ties: Vec<layout::Tied> = ties.iter().map(|&(from, to, words)| layout::Tied { from, to, words }).collect();
    let (centres, whole) = layout::place(&sizes, &ties);
    (centres.into_iter().map(|point| (point.x, point.y)).collect(), (whole.x, whole.y))
}
