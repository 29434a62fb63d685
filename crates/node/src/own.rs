//! Maps of tables: opens one, and proposes one for a table.
//!
//! In comes the path of a map or of a table, out comes the [`Map`] or the text of one. What a map means is said by
//! `mihenk-lists`; lists of the user's own ([`crate::Node::add_own_list`]) and batches ([`crate::batch`]) are read by the same.

use std::{fs, path::Path};

use mihenk_lists::own::propose as propose_for;
pub use mihenk_lists::own::{Map, Proposal};
use mihenk_tables::Table;
pub use mihenk_tables::{
    Form, Heading, Options as TableOptions,
    encoding::{self, Encoding},
};

use crate::error::NodeError;

/// Opens a map.
///
/// # Errors
/// When the file cannot be read, or with the line that is wrong.
pub fn open_map(path: &Path) -> Result<Map, NodeError> {
    let wrong = |what: String| NodeError::Input { file: path.display().to_string(), what };
    let bytes = fs::read(path).map_err(NodeError::io(path))?;
    let text = String::from_utf8(bytes).map_err(|_| wrong("a map is a text in UTF-8; this is none".to_owned()))?;
    Map::parse(&text).map_err(wrong)
}

/// Proposes a map for a table.
///
/// # Errors
/// When the table cannot be read.
pub fn propose(path: &Path, options: &TableOptions) -> Result<Proposal, NodeError> {
    Ok(propose_for(&mut Table::open(path, options)?, options)?)
}
