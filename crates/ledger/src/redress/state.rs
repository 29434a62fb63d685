//! What a redress is now: what was complained of, what was found, who was told.
//!
//! Read from the tables; nothing here changes anything. What can happen to a redress is in `event.rs`.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::{
    alerts::{AlertId, CustomerId},
    attachments::AttachmentId,
    day::Day,
    error::LedgerError,
    freezes::FreezeId,
    id,
};

id!(
    /// A redress.
    RedressId, "RD", "a redress"
);

/// Where a redress stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RedressState {
    /// Nobody has proposed what was found.
    Open,
    /// One person proposed; a second has to confirm.
    Proposed,
    /// Two people decided.
    Decided,
}

/// What was found of a complaint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Found {
    /// The person is not who is listed.
    WronglyMatched,
    /// The person is who is listed.
    RightlyMatched,
    /// Neither can be told from what is known.
    CannotBeTold,
}

/// What of a person was compared with a list, as a letter may say it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Compared {
    /// Names.
    Name,
    /// The date of birth, or of founding.
    BirthDate,
    /// The place of birth.
    BirthPlace,
    /// Nationality, countries.
    Nationality,
    /// Gender.
    Gender,
    /// Numbers of documents and registers.
    Document,
    /// Addresses.
    Address,
    /// Something else.
    Other,
}

/// What two people decided, or one proposed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// What was found.
    pub found: Found,
    /// The code of the reason with which alerts are cleared, for [`Found::WronglyMatched`].
    pub because: Option<String>,
    /// Why, in words.
    pub reason: String,
    /// Who proposed it.
    pub by: String,
    /// When, in milliseconds since 1970.
    pub at: i64,
    /// The alerts with the events whose evidence it rests on.
    pub rests_on: Vec<(AlertId, i64)>,
    /// The freezes whose release was proposed with it.
    pub releases: Vec<FreezeId>,
    /// The second person.
    pub confirmed: Option<Confirmed>,
}

/// That a second person confirmed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Confirmed {
    /// Who.
    pub by: String,
    /// When, in milliseconds since 1970.
    pub at: i64,
    /// By when the person has the letter.
    pub answer_by: Day,
    /// By when recipients of the wrong record are told.
    pub correct_by: Day,
}

/// That somebody was told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// How: letter, e-mail, in person.
    pub how: String,
    /// On which day.
    pub on: Day,
    /// The letter, as it was given.
    pub document: AttachmentId,
    /// Who wrote it down.
    pub by: String,
}

/// Somebody who received the wrong record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Recipient {
    /// The place of the event that says so; 0 for who was found since and nobody has written down.
    pub seq: i64,
    /// Who: a person, a house, an office.
    pub name: String,
    /// What they received, in words.
    pub received: String,
    /// The freeze of which they had notice.
    pub freeze: Option<FreezeId>,
    /// That they were told that it was wrong.
    pub told: Option<Told>,
}

/// A redress.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Redress {
    /// Its id.
    pub id: RedressId,
    /// Where it stands.
    pub state: RedressState,
    /// Whether anything is left to be done: decide, answer, correct.
    pub is_open: bool,
    /// Who was matched.
    pub customer: CustomerId,
    /// Who complains, as they are called in a letter.
    pub person: String,
    /// What they complain of.
    pub complaint: String,
    /// What of them was compared.
    pub compared: Vec<Compared>,
    /// The alerts that it is about.
    pub alerts: Vec<AlertId>,
    /// The freezes that it is about.
    pub freezes: Vec<FreezeId>,
    /// When the complaint was received.
    pub received: Day,
    /// By when it is decided.
    pub due: Day,
    /// Who works on it.
    pub owner: String,
    /// Who opened it.
    pub opened_by: String,
    /// When, in milliseconds since 1970.
    pub opened_at: i64,
    /// What was decided, or is proposed.
    pub decision: Option<Decision>,
    /// That the person has the letter.
    pub answered: Option<Told>,
}

impl Redress {
    /// What two people found; `None` before they have.
    #[must_use]
    pub fn decided(&self) -> Option<(&Decision, &Confirmed)> {
        let decision = self.decision.as_ref()?;
        decision.confirmed.as_ref().map(|confirmed| (decision, confirmed))
    }
}

impl RedressState {
    /// As it is written.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            RedressState::Open => "open",
            RedressState::Proposed => "proposed",
            RedressState::Decided => "decided",
        }
    }

    pub(super) fn read(text: &str) -> Result<RedressState, LedgerError> {
        let all = [RedressState::Open, RedressState::Proposed, RedressState::Decided];
        let found = all.into_iter().find(|state| state.as_str() == text);
        found.ok_or_else(|| LedgerError::refused(format!("{text:?} is no state of a redress")))
    }
}

impl Found {
    /// All of them.
    pub const ALL: [Found; 3] = [Found::WronglyMatched, Found::RightlyMatched, Found::CannotBeTold];

    /// As it is written.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Found::WronglyMatched => "wrongly-matched",
            Found::RightlyMatched => "rightly-matched",
            Found::CannotBeTold => "cannot-be-told",
        }
    }
}

impl fmt::Display for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.as_str().replace('-', " "))
    }
}

impl FromStr for Found {
    type Err = LedgerError;

    fn from_str(text: &str) -> Result<Found, LedgerError> {
        Found::ALL.into_iter().find(|found| found.as_str() == text.trim()).ok_or_else(|| {
            LedgerError::refused(format!(
                "{text:?} is nothing that can be found; right would be wrongly-matched, rightly-matched or cannot-be-told"
            ))
        })
    }
}

impl Compared {
    /// All of them.
    pub const ALL: [Compared; 8] = [
        Compared::Name,
        Compared::BirthDate,
        Compared::BirthPlace,
        Compared::Nationality,
        Compared::Gender,
        Compared::Document,
        Compared::Address,
        Compared::Other,
    ];

    /// As it is written.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Compared::Name => "name",
            Compared::BirthDate => "birth-date",
            Compared::BirthPlace => "birth-place",
            Compared::Nationality => "nationality",
            Compared::Gender => "gender",
            Compared::Document => "document",
            Compared::Address => "address",
            Compared::Other => "other",
        }
    }

    /// To what a property of `FollowTheMoney` belongs; `None` for what says nothing of who somebody is.
    #[must_use]
    pub fn of_property(property: &str) -> Option<Compared> {
        Some(match property {
            "schema" | "topics" | "notes" | "summary" | "program" | "sourceUrl" | "createdAt" | "modifiedAt" => {
                return None;
            }
            "name" | "alias" | "weakAlias" | "previousName" | "firstName" | "secondName" | "middleName"
            | "lastName" | "fatherName" | "motherName" | "abbreviation" => Compared::Name,
            "birthDate" | "incorporationDate" => Compared::BirthDate,
            "birthPlace" | "birthCountry" => Compared::BirthPlace,
            "nationality" | "citizenship" | "country" | "jurisdiction" | "mainCountry" | "flag" => {
                Compared::Nationality
            }
            "gender" => Compared::Gender,
            "address" | "addressEntity" => Compared::Address,
            _ if property.ends_with("Number") || property.ends_with("Code") || property == "idNumber" => {
                Compared::Document
            }
            _ => Compared::Other,
        })
    }
}

impl FromStr for Compared {
    type Err = LedgerError;

    fn from_str(text: &str) -> Result<Compared, LedgerError> {
        Compared::ALL.into_iter().find(|one| one.as_str() == text.trim()).ok_or_else(|| {
            let known = Compared::ALL.map(Compared::as_str).join(", ");
            LedgerError::refused(format!("{text:?} is nothing that is compared; right would be one of {known}"))
        })
    }
}
