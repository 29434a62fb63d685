//! What a freeze is about: whom, on what law, and asset by asset what is restrained.
//!
//! In come [`Terms`] as somebody wrote them; [`Terms::checked`] gives them back in order, or says what is missing: no asset, a review date that
//! is not ahead, a regime that is unknown. A [`Variation`] makes other terms of them.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{line, other_id};
use crate::{
    day::Day,
    error::LedgerError,
    money::Amount,
    refusals,
    regimes::{Regimes, RestsOn},
};

/// What a freeze is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// The listed entity, for a regime that rests on a listing.
    pub entity: Option<String>,
    /// Its other ids when this was written: where several lists have it, each by an id of its own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<String>,
    /// The lists that the entity was on when this was written: the freeze rests on them.
    pub lists: Vec<String>,
    /// The customer, such as `K-7`.
    pub customer: Option<String>,
    /// The regime that it rests on, such as `un-1267`.
    pub programme: String,
    /// Who listed or ordered.
    pub authority: String,
    /// The number of the listing or order.
    pub reference: String,
    /// What may not be done with the assets.
    pub scope: String,
    /// Since when.
    pub start: Day,
    /// When it is looked at again.
    pub review: Day,
    /// What is restrained.
    pub assets: Vec<Asset>,
    /// The alerts that led here, such as `A-12`.
    pub alerts: Vec<String>,
    /// The case, such as `C-3`.
    pub case: Option<String>,
}

/// Something that is restrained.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asset {
    /// Its number within the freeze, from 1.
    #[serde(default)]
    pub number: u32,
    /// Of what kind.
    pub kind: AssetKind,
    /// What it is known by: an IBAN, an address of a wallet, an IMO number, a parcel.
    pub identifier: String,
    /// Who holds or registers it.
    pub holder: String,
    /// Its value, where it is known.
    pub value: Option<Amount>,
    /// Whether it was let go.
    #[serde(default)]
    pub is_released: bool,
}

/// Of what kind an asset is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AssetKind {
    /// An account.
    Account,
    /// A deposit.
    Deposit,
    /// A wallet of virtual assets.
    Wallet,
    /// A vessel.
    Vessel,
    /// Land and buildings.
    RealProperty,
    /// Shares and other securities.
    Shares,
}

impl AssetKind {
    /// All of them.
    pub const ALL: [AssetKind; 6] = [
        AssetKind::Account,
        AssetKind::Deposit,
        AssetKind::Wallet,
        AssetKind::Vessel,
        AssetKind::RealProperty,
        AssetKind::Shares,
    ];

    /// As it is written.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            AssetKind::Account => "account",
            AssetKind::Deposit => "deposit",
            AssetKind::Wallet => "wallet",
            AssetKind::Vessel => "vessel",
            AssetKind::RealProperty => "real-property",
            AssetKind::Shares => "shares",
        }
    }
}

impl std::str::FromStr for AssetKind {
    type Err = LedgerError;

    fn from_str(text: &str) -> Result<AssetKind, LedgerError> {
        AssetKind::ALL.into_iter().find(|kind| kind.as_str() == text.trim()).ok_or_else(|| {
            let known = AssetKind::ALL.map(AssetKind::as_str).join(", ");
            refusals::not_an_asset_kind(text, known)
        })
    }
}

/// An asset as it is written on a command line: `account;TR33…;Anadolu Bank;1250.00 EUR`, the value may be missing.
impl std::str::FromStr for Asset {
    type Err = LedgerError;

    fn from_str(text: &str) -> Result<Asset, LedgerError> {
        let cells: Vec<&str> = text.split(';').map(str::trim).collect();
        let (kind, identifier, holder, value) = match cells[..] {
            [kind, identifier, holder] => (kind, identifier, holder, ""),
            [kind, identifier, holder, value] => (kind, identifier, holder, value),
            _ => {
                return Err(refusals::not_an_asset(text));
            }
        };
        let value = (!value.is_empty()).then(|| value.parse()).transpose()?;
        let (identifier, holder) = (identifier.to_owned(), holder.to_owned());
        Ok(Asset { number: 0, kind: kind.parse()?, identifier, holder, value, is_released: false })
    }
}

impl Asset {
    fn checked(self, number: u32) -> Result<Asset, LedgerError> {
        let identifier = line(&self.identifier, "an asset's identifier")?;
        let holder = line(&self.holder, "an asset's holder")?;
        Ok(Asset { number, identifier, holder, is_released: false, ..self })
    }

    /// Whether both mean the same thing.
    fn is_same(&self, other: &Asset) -> bool {
        self.kind == other.kind && self.identifier == other.identifier && self.holder == other.holder
    }
}

/// Refuses an asset that is named twice.
fn each_once(assets: &[Asset]) -> Result<(), LedgerError> {
    for (at, asset) in assets.iter().enumerate() {
        if !asset.is_released && assets[..at].iter().any(|other| !other.is_released && other.is_same(asset)) {
            return Err(refusals::asset_twice(asset.kind.as_str(), &asset.identifier, &asset.holder));
        }
    }
    Ok(())
}

impl Terms {
    /// The terms in order, assets numbered.
    ///
    /// # Errors
    /// When something is missing or cannot be: no asset, a review date that is not after `today`, an unknown regime, a listing without an entity.
    pub fn checked(self, regimes: &Regimes, today: Day) -> Result<Terms, LedgerError> {
        let regime = regimes.get(&self.programme)?;
        let entity = self.entity.as_deref().map(|id| line(id, "the id of the listed entity")).transpose()?;
        if regime.rests_on == RestsOn::Listing && entity.is_none() {
            return Err(refusals::listing_needed(&regime.title));
        }
        if self.assets.is_empty() {
            return Err(refusals::asset_needed());
        }
        ahead(self.review, today)?;
        if self.start > today {
            return Err(refusals::start_ahead(self.start, today));
        }
        let assets =
            (1..).zip(self.assets).map(|(number, asset)| asset.checked(number)).collect::<Result<Vec<_>, _>>()?;
        each_once(&assets)?;
        let alerts = self.alerts.iter().map(|id| other_id(id, 'A', "an alert")).collect::<Result<_, _>>()?;
        Ok(Terms {
            entity,
            also: self.also,
            lists: self.lists,
            customer: self.customer.as_deref().map(|id| other_id(id, 'K', "a customer")).transpose()?,
            programme: self.programme,
            authority: line(&self.authority, "the authority")?,
            reference: line(&self.reference, "the reference of the listing or order")?,
            scope: line(&self.scope, "the scope")?,
            start: self.start,
            review: self.review,
            assets,
            alerts,
            case: self.case.as_deref().map(|id| other_id(id, 'C', "a case")).transpose()?,
        })
    }

    /// The assets that were not let go.
    pub fn restrained(&self) -> impl Iterator<Item = &Asset> {
        self.assets.iter().filter(|asset| !asset.is_released)
    }

    /// Who holds what was not let go, each once.
    #[must_use]
    pub fn holders(&self) -> Vec<&str> {
        let mut all: Vec<&str> = self.restrained().map(|asset| asset.holder.as_str()).collect();
        all.sort_unstable();
        all.dedup();
        all
    }
}

/// A review date lies ahead.
pub(super) fn ahead(review: Day, today: Day) -> Result<(), LedgerError> {
    if review <= today {
        return Err(refusals::review_not_ahead(review, today));
    }
    Ok(())
}

/// What becomes other in a freeze; what is not named stays.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Variation {
    /// Assets that are restrained from now on too.
    pub add: Vec<Asset>,
    /// Numbers of assets and their new value.
    pub values: Vec<(u32, Option<Amount>)>,
    /// Another scope.
    pub scope: Option<String>,
    /// Another authority.
    pub authority: Option<String>,
    /// Another reference.
    pub reference: Option<String>,
    /// Another review date.
    pub review: Option<Day>,
}

impl Variation {
    /// The terms that it makes.
    ///
    /// # Errors
    /// When it says nothing, names an asset that is not restrained, or makes terms that cannot be.
    pub(super) fn checked(self, terms: &Terms, today: Day) -> Result<Variation, LedgerError> {
        let other = self.other_than(terms);
        if other == Variation::default() {
            return Err(refusals::nothing_becomes_other());
        }
        for (number, _) in &other.values {
            restrained(terms, *number)?;
        }
        if let Some(review) = other.review {
            ahead(review, today)?;
        }
        let first = terms.assets.len() as u32 + 1;
        let add =
            (first..).zip(other.add).map(|(number, asset)| asset.checked(number)).collect::<Result<Vec<_>, _>>()?;
        let checked = |text: Option<String>, what| text.as_deref().map(|text| line(text, what)).transpose();
        let variation = Variation {
            add,
            scope: checked(other.scope, "the scope")?,
            authority: checked(other.authority, "the authority")?,
            reference: checked(other.reference, "the reference of the listing or order")?,
            ..other
        };
        each_once(&variation.applied(terms.clone()).assets)?;
        Ok(variation)
    }

    /// Without what is so already: a page sends every field that it shows.
    fn other_than(mut self, terms: &Terms) -> Variation {
        let is_so = |number, value| terms.assets.iter().any(|asset| asset.number == number && asset.value == value);
        self.values.retain(|(number, value)| !is_so(*number, *value));
        self.scope = self.scope.filter(|text| text.trim() != terms.scope);
        self.authority = self.authority.filter(|text| text.trim() != terms.authority);
        self.reference = self.reference.filter(|text| text.trim() != terms.reference);
        self.review = self.review.filter(|day| *day != terms.review);
        self
    }

    /// The terms with it.
    pub(super) fn applied(&self, mut terms: Terms) -> Terms {
        for (number, value) in &self.values {
            if let Some(asset) = terms.assets.iter_mut().find(|asset| asset.number == *number) {
                asset.value = *value;
            }
        }
        terms.assets.extend(self.add.iter().cloned());
        terms.scope = self.scope.clone().unwrap_or(terms.scope);
        terms.authority = self.authority.clone().unwrap_or(terms.authority);
        terms.reference = self.reference.clone().unwrap_or(terms.reference);
        terms.review = self.review.unwrap_or(terms.review);
        terms
    }
}

/// Refuses a number of an asset that is not restrained.
pub(super) fn restrained(terms: &Terms, number: u32) -> Result<(), LedgerError> {
    match terms.assets.iter().find(|asset| asset.number == number) {
        None => Err(refusals::no_such_asset(number, terms.assets.len())),
        Some(asset) if asset.is_released => Err(refusals::asset_released_already(number)),
        Some(_) => Ok(()),
    }
}

impl fmt::Display for Variation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut told: Vec<String> = Vec::new();
        told.extend(self.add.iter().map(|a| format!("add {} {} at {}", a.kind.as_str(), a.identifier, a.holder)));
        told.extend(self.values.iter().map(|(number, value)| {
            let value = value.map_or_else(|| "unknown".to_owned(), |value| value.to_string());
            format!("asset {number} is worth {value}")
        }));
        told.extend(self.scope.iter().map(|text| format!("scope {text}")));
        told.extend(self.authority.iter().map(|text| format!("authority {text}")));
        told.extend(self.reference.iter().map(|text| format!("reference {text}")));
        told.extend(self.review.iter().map(|day| format!("review {day}")));
        f.write_str(&told.join("; "))
    }
}
