//! Tables of the user's own: what their columns mean, and how their rows become entities.
//!
//! In comes a table with a [`Map`], which says which column holds which property; out comes a [`Reading`], as from any official
//! list. A map is a small TOML file (`map`). [`propose`] writes one for a table by its headings (`headings`) and its values. The
//! simplified CSV of OpenSanctions has a map of its own (`simple`). Batches of `mihenk-node` read customers by the same maps.

mod headings;
mod map;
mod propose;
mod read;
mod simple;
mod written;

use std::path::Path;

pub use headings::{Meaning, meanings, schema_word};
pub use map::{Bound, Column, DateOrder, IDENTIFIERS, Map};
pub use propose::{Proposal, propose};
pub use read::identifier_property;
pub(crate) use simple::{is_simple, read_simple};

use crate::{error::Error, input::Input, reading::Reading};

/// Reads one table of the user's own by its map.
///
/// # Errors
/// [`Error`] names the file, what was found and what would be right. A row that could not be read is a finding.
pub fn read_own(path: &Path, map: &Map) -> Result<Reading, Error> {
    read::read(&Input::open(path)?, map)
}

/// Reads a table of the user's own from memory, as [`read_own`] does from disk.
///
/// # Errors
/// As [`read_own`].
pub fn read_own_input(input: &Input, map: &Map) -> Result<Reading, Error> {
    read::read(input, map)
}
