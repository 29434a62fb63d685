//! The register: what is restrained, and what it comes to, now or at any moment that was.
//!
//! In comes a moment; out come the assets that were restrained then, one line each, and totals by programme, holder or currency. Every line knows from
//! which place of the chain to which it was so, so that the register of a past day is the one that would have been printed then.

use std::collections::BTreeMap;

use mihenk_store::Query;
use serde::Serialize;

use super::{AssetKind, ExemptionId, FreezeId, State, sql};
use crate::{
    day::Day,
    error::LedgerError,
    money::{Amount, Currency},
};

/// The register of a moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Register {
    /// The last event that it knows.
    pub seq: i64,
    /// What is restrained, by freeze and number.
    pub entries: Vec<Entry>,
}

/// An asset that is restrained.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// The freeze.
    pub freeze: FreezeId,
    /// The asset's number within it.
    pub number: u32,
    /// Held or in force.
    pub state: State,
    /// The regime.
    pub programme: String,
    /// The number of the listing or order.
    pub reference: String,
    /// The listed entity.
    pub entity: Option<String>,
    /// The customer.
    pub customer: Option<String>,
    /// Of what kind it is.
    pub kind: AssetKind,
    /// What it is known by.
    pub identifier: String,
    /// Who holds it.
    pub holder: String,
    /// Its value, where it is known.
    pub value: Option<Amount>,
    /// When it is looked at again.
    pub review: Day,
}

/// By what totals are made; the currency is always a part of it, as amounts of two currencies are never added.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum By {
    /// By regime.
    Programme,
    /// By currency alone.
    Currency,
    /// By who holds it.
    Holder,
}

/// What some assets come to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Total {
    /// The regime or the holder; the currency's code when it is by currency.
    pub of: String,
    /// The currency; none for assets whose value is not known.
    pub currency: Option<Currency>,
    /// How many assets.
    pub assets: usize,
    /// How many of them are held only.
    pub held: usize,
    /// The sum, in minor units.
    pub amount_minor: i128,
}

/// A payment that was counted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Used {
    /// Who counted it.
    pub by: String,
    /// On which day it was made.
    pub on: Day,
    /// How much.
    pub amount: Amount,
}

/// The register as it was when this was the time, in milliseconds since 1970.
///
/// # Errors
/// When the store refuses.
pub fn register(query: &mut impl Query, at: i64) -> Result<Register, LedgerError> {
    let seq = sql::place_at(query, at)?;
    register_after(query, seq)
}

/// The register as it was after an event.
///
/// # Errors
/// When the store refuses.
pub fn register_after(query: &mut impl Query, seq: i64) -> Result<Register, LedgerError> {
    let mut entries = sql::register(query, seq)?;
    let place = |entry: &Entry| entry.freeze.as_str().trim_start_matches("F-").parse::<i64>().unwrap_or(i64::MAX);
    entries.sort_by_key(|entry| (place(entry), entry.number));
    Ok(Register { seq, entries })
}

/// The payments under an exemption, oldest first.
///
/// # Errors
/// When the store refuses.
pub fn uses(query: &mut impl Query, id: &ExemptionId) -> Result<Vec<Used>, LedgerError> {
    sql::uses(query, id)
}

impl Register {
    /// Totals, in the order of what they are of and the currency.
    #[must_use]
    pub fn totals(&self, by: By) -> Vec<Total> {
        let mut all: BTreeMap<(&str, Option<Currency>), Total> = BTreeMap::new();
        for entry in &self.entries {
            let currency = entry.value.map(Amount::currency);
            let of = match by {
                By::Programme => entry.programme.as_str(),
                By::Holder => entry.holder.as_str(),
                By::Currency => currency.map_or("value not known", Currency::code),
            };
            let none = || Total { of: of.to_owned(), currency, assets: 0, held: 0, amount_minor: 0 };
            let total = all.entry((of, currency)).or_insert_with(none);
            total.assets += 1;
            total.held += usize::from(entry.state == State::Held);
            // Each is an i64 and there are fewer than 2^63 of them: the sum fits.
            total.amount_minor += i128::from(entry.value.map_or(0, Amount::minor));
        }
        all.into_values().collect()
    }
}
