//! What a case is now: its owner, its parties, what ties them, its tasks.
//!
//! Read from the tables; nothing here changes anything. What can happen to a case is in `event.rs`.

use std::{fmt, str::FromStr};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    alerts::AlertKind,
    error::LedgerError,
    id,
    id::{AlertId, CaseId, CustomerId},
};

id!(
    /// A party of a case.
    PartyId, "CP", "a party of a case"
);
id!(
    /// What ties two parties of a case.
    LinkId, "CL", "a link of a case"
);
id!(
    /// A task of a case.
    CaseTaskId, "CT", "a task of a case"
);

/// What a party is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PartyKind {
    /// A person.
    Person,
    /// A company or another organisation.
    Company,
    /// An account.
    Account,
    /// A wallet of a virtual asset.
    Wallet,
    /// A vessel.
    Vessel,
    /// Anything else, or nobody knows.
    Other,
}

/// A case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Case {
    /// Its id.
    pub id: CaseId,
    /// What it is about.
    pub title: String,
    /// On what law or order it rests, as whoever opened it wrote.
    pub legal_basis: String,
    /// What for.
    pub purpose: String,
    /// The id of whoever answers for it.
    pub owner: String,
    /// The id of whom it is offered to.
    pub offered_to: Option<String>,
    /// Who opened it.
    pub opened_by: String,
    /// When, in milliseconds since 1970.
    pub opened_at: i64,
    /// When it was closed.
    pub closed_at: Option<i64>,
    /// Why.
    pub closed_why: Option<String>,
}

/// An alert that is part of a case, as it was when it was joined.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JoinedAlert {
    /// The alert.
    pub alert: AlertId,
    /// Its customer.
    pub customer: CustomerId,
    /// What the customer is called.
    pub customer_name: String,
    /// What the customer is.
    pub customer_kind: PartyKind,
    /// The listed entity's id.
    pub entity: String,
    /// What it is called.
    pub entity_name: String,
    /// What it is.
    pub entity_kind: PartyKind,
    /// The alert's kind.
    pub alert_kind: AlertKind,
    /// The probability in millionths.
    pub probability_millionths: i64,
}

/// A party of a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Party {
    /// Its id.
    pub id: PartyId,
    /// What it is.
    pub kind: PartyKind,
    /// What it is called; of an account its number.
    pub name: String,
    /// What it has to do with the case.
    pub role: String,
    /// The customer that it is.
    pub customer: Option<CustomerId>,
    /// The listed entity that it is.
    pub entity: Option<String>,
    /// Whether it was struck out.
    pub is_struck: bool,
}

/// What ties two parties.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Link {
    /// Its id.
    pub id: LinkId,
    /// From which: the id of a party or customer, or of a listed entity.
    pub from: String,
    /// To which.
    pub to: String,
    /// How, such as `director of`.
    pub kind: String,
    /// How it is known.
    pub source: String,
    /// Whether it was struck out.
    pub is_struck: bool,
}

/// A task.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Task {
    /// Its id.
    pub id: CaseTaskId,
    /// The case.
    pub case: CaseId,
    /// What is to be done.
    pub what: String,
    /// By when.
    pub due: Date,
    /// The id of who is to do it.
    pub owner: String,
    /// When it was done, in milliseconds since 1970.
    pub done_at: Option<i64>,
    /// By whom.
    pub done_by: Option<String>,
}

impl Case {
    /// Whether it is open.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.closed_at.is_none()
    }
}

impl Task {
    /// Whether it should have been done by now.
    #[must_use]
    pub fn is_overdue(&self, now: i64) -> bool {
        let today = jiff::Timestamp::from_millisecond(now).map(|at| at.to_zoned(jiff::tz::TimeZone::UTC).date());
        self.done_at.is_none() && today.is_ok_and(|today| today > self.due)
    }
}

impl PartyKind {
    /// All of them.
    pub const ALL: [PartyKind; 6] = [
        PartyKind::Person,
        PartyKind::Company,
        PartyKind::Account,
        PartyKind::Wallet,
        PartyKind::Vessel,
        PartyKind::Other,
    ];

    /// As it is written.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            PartyKind::Person => "person",
            PartyKind::Company => "company",
            PartyKind::Account => "account",
            PartyKind::Wallet => "wallet",
            PartyKind::Vessel => "vessel",
            PartyKind::Other => "other",
        }
    }

    /// What an entity of a FollowTheMoney schema is.
    #[must_use]
    pub fn of_schema(schema: Option<&str>) -> PartyKind {
        match schema {
            Some("Person") => PartyKind::Person,
            Some("Company" | "Organization" | "LegalEntity" | "PublicBody") => PartyKind::Company,
            Some("BankAccount") => PartyKind::Account,
            Some("CryptoWallet") => PartyKind::Wallet,
            Some("Vessel") => PartyKind::Vessel,
            _ => PartyKind::Other,
        }
    }
}

impl fmt::Display for PartyKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for PartyKind {
    type Err = LedgerError;

    fn from_str(text: &str) -> Result<PartyKind, LedgerError> {
        let found = PartyKind::ALL.into_iter().find(|kind| kind.as_str() == text);
        found.ok_or_else(|| {
            LedgerError::refused(format!(
                "{text:?} is no kind of party; right would be person, company, account, wallet, vessel or other"
            ))
        })
    }
}
