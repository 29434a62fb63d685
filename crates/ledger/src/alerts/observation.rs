//! What screening tells the ledger: a customer, a listed entity, and what was found between them.
//!
//! Screening knows nothing of alerts, and the ledger nothing of how a name is compared. An [`Observation`] is all that passes
//! between them. Numbers are whole, as screening gives them: hundredths of a bit, ten-thousandths of a score, millionths
//! of a probability.

use std::{collections::BTreeMap, fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::sayings;
use mihenk_said::Said;

use crate::{error::LedgerError, id::CustomerId};

/// Properties that say nothing of who somebody is: an entry that is looked over or described anew is the same entry. Topics are compared as
/// part of what was found.
const SAY_NOTHING: &[&str] = &[
    "createdAt",
    "description",
    "indexText",
    "keywords",
    "modifiedAt",
    "notes",
    "programId",
    "proof",
    "publisher",
    "publisherUrl",
    "retrievedAt",
    "sourceUrl",
    "summary",
    "topics",
];

/// What kind of list the entity stands on; each has rules of its own (`data/alert_kinds.toml`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AlertKind {
    /// A sanctions list.
    Sanctions,
    /// Politically exposed persons.
    Pep,
    /// Persons who are wanted.
    Wanted,
    /// Adverse press.
    AdversePress,
    /// A list of the house's own.
    OwnList,
}

/// Where an entity stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listing {
    /// The list, such as `un_sc_sanctions`.
    pub dataset: String,
    /// Which version of it.
    pub version: String,
    /// The list's own reference of the entry; empty when it has none.
    pub reference: String,
}

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// The score in ten-thousandths.
    pub score_ten_thousandths: i64,
    /// The probability in millionths.
    pub probability_millionths: i64,
    /// The evidence in hundredths of a bit.
    pub bits_hundredths: i64,
    /// What the listed entity is called.
    pub caption: String,
    /// Where it stands.
    pub listings: Vec<Listing>,
    /// Why it is listed: topics as FollowTheMoney names them (`sanction`, `crime.terror`).
    pub topics: Vec<String>,
    /// The lines of the explanation, as screening writes them. What changes with every run (times, versions of lists) does not belong here: it would
    /// make every observation a new one.
    pub evidence: serde_json::Value,
}

/// What the evidence rested on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Basis {
    /// Lists and their versions.
    pub lists: BTreeMap<String, String>,
    /// The model's id.
    pub model: String,
    /// Of the customer: values by property as FollowTheMoney names it (`name`, `alias`, `birthDate`, `passportNumber`), and `schema`. A rule *not the same
    /// person* holds while these are as they were, but for what says nothing of who somebody is (`notes`, `modifiedAt`).
    pub customer: BTreeMap<String, Vec<String>>,
    /// The same of the listed entity.
    pub listing: BTreeMap<String, Vec<String>>,
}

/// One customer held against one listed entity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Observation {
    /// The customer.
    pub customer: CustomerId,
    /// The listed entity's id.
    pub entity: String,
    /// What kind of list it stands on; where it stands on several, the gravest.
    pub kind: AlertKind,
    /// What is at stake with this customer, in whole units of the house's currency; 0 when nobody said.
    pub exposure: i64,
    /// What was found; `None` when nothing is any more, or the entity was removed.
    pub found: Option<Found>,
    /// What it rested on.
    pub basis: Basis,
}

impl AlertKind {
    /// All of them, gravest first.
    pub const ALL: [AlertKind; 5] =
        [AlertKind::Sanctions, AlertKind::Wanted, AlertKind::Pep, AlertKind::AdversePress, AlertKind::OwnList];

    /// As it is written.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            AlertKind::Sanctions => "sanctions",
            AlertKind::Pep => "pep",
            AlertKind::Wanted => "wanted",
            AlertKind::AdversePress => "adverse-press",
            AlertKind::OwnList => "own-list",
        }
    }
}

impl fmt::Display for AlertKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for AlertKind {
    type Err = LedgerError;

    fn from_str(text: &str) -> Result<AlertKind, LedgerError> {
        let found = AlertKind::ALL.into_iter().find(|kind| kind.as_str() == text);
        found.ok_or_else(|| {
            LedgerError::refused(format!(
                "{text:?} is no kind of alert; right would be sanctions, wanted, pep, adverse-press or own-list"
            ))
        })
    }
}

impl Observation {
    /// A short hash of what makes two observations the same: everything but the versions of lists and the model, which change
    /// without anything being found anew.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        let found = self.found.as_ref().map(|found| {
            let stands = found.listings.iter().map(|listing| (&listing.dataset, &listing.reference));
            (
                (found.score_ten_thousandths, found.probability_millionths, found.bits_hundredths),
                &found.caption,
                stands.collect::<Vec<_>>(),
                &found.topics,
                &found.evidence,
            )
        });
        let same = (self.kind, self.exposure, found, telling(&self.basis.customer), telling(&self.basis.listing));
        // Numbers, text, and maps with text as keys always have a form in JSON.
        let text = serde_json::to_string(&same).unwrap_or_default();
        mihenk_store::hex::text(&Sha256::digest(text)[..16])
    }
}

impl Basis {
    /// What this basis has gained and lost against `before`; empty when nothing. Order and repetition of values do not count.
    #[must_use]
    pub fn changes_since(&self, before: &Basis) -> Vec<Said> {
        let of_customer: (OfValue, OfValue) =
            (|name, value| sayings::customer_gained(name, value), |name, value| sayings::customer_lost(name, value));
        let of_listing: (OfValue, OfValue) =
            (|name, value| sayings::listing_gained(name, value), |name, value| sayings::listing_lost(name, value));
        let mut changes = differences(of_customer, &before.customer, &self.customer);
        changes.extend(differences(of_listing, &before.listing, &self.listing));
        changes
    }
}

/// Values that say who somebody is, in their order, each once.
fn telling(side: &BTreeMap<String, Vec<String>>) -> Vec<(&str, &str)> {
    let telling = side.iter().filter(|(name, _)| !SAY_NOTHING.contains(&name.as_str()));
    let mut values: Vec<(&str, &str)> =
        telling.flat_map(|(name, values)| values.iter().map(|value| (name.as_str(), value.as_str()))).collect();
    values.sort_unstable();
    values.dedup();
    values
}

/// How a value that is there or is not there is said.
type OfValue = fn(&str, &str) -> Said;

fn differences(
    (gained, lost): (OfValue, OfValue),
    before: &BTreeMap<String, Vec<String>>,
    now: &BTreeMap<String, Vec<String>>,
) -> Vec<Said> {
    let (before, now) = (telling(before), telling(now));
    let missing = |these: &[(&str, &str)], those: &[(&str, &str)], say: OfValue| -> Vec<Said> {
        let gone = these.iter().filter(|value| those.binary_search(value).is_err());
        gone.map(|(name, value)| say(name, value)).collect()
    };
    let mut changes = missing(&now, &before, gained);
    changes.extend(missing(&before, &now, lost));
    changes
}
