//! What is held of a customer, and what screening found.
//!
//! Properties are those of FollowTheMoney, as the customer's file wrote their values. Numbers of a hit are whole, as screening
//! gives them: ten-thousandths of a score, millionths of a probability, hundredths of a bit.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::ScreeningId;
use crate::{alerts::AlertKind, error::LedgerError, id::CustomerId, refusals};

/// The longest name of a portfolio and the longest reference, in bytes.
const NAME_BYTES: usize = 200;

/// The customer, or somebody related: an owner, a director, a beneficiary.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party {
    /// Its own number within the customer; empty for the customer itself.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reference: String,
    /// What it is to the customer, in the file's words; empty for the customer itself, or when nobody said.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub role: String,
    /// A schema of FollowTheMoney.
    pub schema: String,
    /// Values by property.
    pub properties: BTreeMap<String, Vec<String>>,
}

/// Everything that a file says of a customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contents {
    /// What is at stake with this customer, in whole units of the house's currency; 0 when nobody said.
    #[serde(default)]
    pub exposure: i64,
    /// The customer, then those related, by their references.
    pub parties: Vec<Party>,
}

/// A customer of a portfolio.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Customer {
    /// The id.
    pub id: CustomerId,
    /// The portfolio.
    pub portfolio: String,
    /// The house's own number.
    pub reference: String,
    /// What is known.
    pub contents: Contents,
    /// The place of the last event that changed it.
    pub changed: i64,
    /// The screening in which it was last held against all lists by itself; 0 before the first.
    pub screened: i64,
    /// Whether it is a customer no more.
    pub has_left: bool,
}

/// Somebody listed who a party may be.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Hit {
    /// The party's reference; empty for the customer itself.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub party: String,
    /// The listed entity's id.
    pub entity: String,
    /// What kind of list it stands on.
    pub kind: AlertKind,
    /// In ten-thousandths.
    pub score: i64,
    /// In millionths.
    pub probability: i64,
    /// In hundredths of a bit.
    pub bits: i64,
    /// The hash of everything that was found and of what it rested on.
    pub evidence: String,
}

/// What customers are held against.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Against {
    /// SHA-256 of the lists, in hexadecimal.
    pub lists_id: String,
    /// Lists and their versions.
    pub lists: BTreeMap<String, String>,
    /// The model's id, in hexadecimal.
    pub model: String,
    /// The way names are read, which another program may read otherwise.
    pub reading: String,
    /// The score from which on a hit is kept, in ten-thousandths.
    pub threshold: i64,
}

/// A screening of all portfolios.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Screening {
    /// The id.
    pub id: ScreeningId,
    /// The place of the event that began it.
    pub number: i64,
    /// When it began, in milliseconds since 1970.
    pub begun_at: i64,
    /// Against what.
    pub against: Against,
    /// Whether every customer is held against all lists, and not only whom a change may touch.
    pub is_full: bool,
    /// Whether it came to its end.
    pub is_done: bool,
}

impl Contents {
    /// The contents in their one order, if there is a customer and no related party twice.
    ///
    /// # Errors
    /// When a reference is used twice, is too long, or no party is the customer itself.
    pub fn new(exposure: i64, mut parties: Vec<Party>) -> Result<Contents, LedgerError> {
        parties.sort_by(|a, b| a.reference.cmp(&b.reference));
        if parties.first().is_none_or(|first| !first.reference.is_empty()) {
            return Err(refusals::no_customer_itself());
        }
        for two in parties.windows(2) {
            if two[0].reference == two[1].reference {
                return Err(refusals::party_number_twice(&two[1].reference));
            }
        }
        if exposure < 0 {
            return Err(refusals::exposure_negative(exposure));
        }
        parties.iter().try_for_each(|party| named("the number of a related party", &party.reference))?;
        Ok(Contents { exposure, parties })
    }

    /// The customer itself.
    #[must_use]
    pub fn own(&self) -> Option<&Party> {
        self.parties.first()
    }

    /// As JSON.
    #[must_use]
    pub fn to_json(&self) -> String {
        // Text, numbers, and maps with text as keys always have a form in JSON.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// SHA-256 of [`Contents::to_json`], in hexadecimal.
    #[must_use]
    pub fn digest(json: &str) -> String {
        mihenk_store::hex::text(&Sha256::digest(json))
    }
}

impl Party {
    /// What it is called: its first name of any kind.
    #[must_use]
    pub fn caption(&self) -> &str {
        let first = |property: &str| self.properties.get(property).and_then(|values| values.first());
        let whole = ["name", "alias", "weakAlias", "previousName", "lastName", "firstName"].into_iter().find_map(first);
        whole.map_or("", String::as_str)
    }
}

/// Refuses what is too long or has control characters.
pub(super) fn named(what: &str, text: &str) -> Result<(), LedgerError> {
    if text.len() > NAME_BYTES || text.chars().any(char::is_control) {
        return Err(refusals::name_too_long(what, text.len(), NAME_BYTES));
    }
    Ok(())
}
