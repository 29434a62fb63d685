//! What stands in a row as JSON, as it stands in the event: written and read.
//!
//! In comes a value or the text of a cell, out comes the other. For what is asked for as a whole; what is searched for has columns of its own.

use serde::{Serialize, de::DeserializeOwned};

use crate::error::LedgerError;

/// A value as the text of a cell.
pub(crate) fn json(value: &impl Serialize) -> Result<String, LedgerError> {
    serde_json::to_string(value)
        .map_err(|error| LedgerError::refused(format!("this cannot be written as JSON: {error}")))
}

/// The value in a cell.
pub(crate) fn read<T: DeserializeOwned>(text: &str) -> Result<T, LedgerError> {
    serde_json::from_str(text)
        .map_err(|error| LedgerError::refused(format!("a row of the store cannot be read: {error}")))
}
