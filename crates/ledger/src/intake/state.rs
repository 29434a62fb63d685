//! What a received report is now.
//!
//! Read from the tables; nothing here changes anything. What can happen to it is in `event.rs`.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use super::{ClockId, DisclosureId, ReceivedId};
use crate::{error::LedgerError, reports::goaml};

/// Declares words that stand for themselves in events, rows and commands.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident, $what:literal { $($(#[$variant_doc:meta])* $variant:ident = $word:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum $name {
            $($(#[$variant_doc])* $variant,)*
        }

        impl $name {
            /// All of them.
            pub const ALL: &[$name] = &[$($name::$variant,)*];

            /// As it is written.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self {
                    $($name::$variant => $word,)*
                }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl FromStr for $name {
            type Err = LedgerError;

            fn from_str(text: &str) -> Result<$name, LedgerError> {
                $name::ALL.iter().copied().find(|word| word.as_str() == text.trim()).ok_or_else(|| {
                    let known = $name::ALL.iter().map(|word| word.as_str()).collect::<Vec<_>>().join(", ");
                    LedgerError::refused(format!(concat!("{:?} is no ", $what, "; right would be one of {}"), text, known))
                })
            }
        }
    };
}

words! {
    /// Where a received report stands.
    ReceivedState, "state of a received report" {
        /// Nobody looked at it yet.
        New = "new",
        /// Somebody said how much it matters.
        Triaged = "triaged",
        /// It went back to whoever sent it.
        Returned = "returned",
        /// Nothing is left to do.
        Closed = "closed",
    }
}

words! {
    /// How soon a received report wants attention.
    Priority, "priority" {
        /// At once.
        High = "high",
        /// In its turn.
        Normal = "normal",
        /// When there is time.
        Low = "low",
    }
}

words! {
    /// What has a clock.
    ClockKind, "kind of clock" {
        /// Somebody's consent to disclose or to go on with a transaction.
        Consent = "consent",
        /// An order that postpones a transaction.
        Postponement = "postponement",
    }
}

words! {
    /// Where a consent or an order stands.
    ClockState, "state of a consent or an order" {
        /// It runs.
        Running = "running",
        /// It was given.
        Given = "given",
        /// It was refused.
        Refused = "refused",
        /// It was ended by a person.
        Ended = "ended",
    }
}

/// Somebody whom a subject of a report may be: listed, a customer, a party of a case, a subject of another report.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Match {
    /// The path of the subject in the report.
    pub path: String,
    /// What the report calls it.
    pub name: String,
    /// Among what it was found: `lists`, `customers`, `cases`, `reports`.
    pub among: String,
    /// The id there.
    pub id: String,
    /// What it is called there.
    pub caption: String,
    /// In ten-thousandths of a score.
    pub score: i64,
    /// In hundredths of a bit.
    pub bits: i64,
}

/// A report that was received.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Received {
    /// Its id.
    pub id: ReceivedId,
    /// Its code, such as `STR`.
    pub code: String,
    /// Who sent it: the number of the reporting entity, and its branch.
    pub reporter: String,
    /// The reporter's own reference.
    pub reference: String,
    /// SHA-256 of the file, in hexadecimal.
    pub sha256: String,
    /// Where it stands.
    pub state: ReceivedState,
    /// How soon it wants attention: proposed by the software until somebody says it.
    pub priority: Priority,
    /// What it says.
    pub report: goaml::Report,
    /// What is wrong with it.
    pub findings: Vec<goaml::Finding>,
    /// Whom its subjects may be.
    pub matches: Vec<Match>,
    /// The case that it is joined to.
    pub case: Option<String>,
    /// Who took it in.
    pub received_by: String,
    /// When, in milliseconds since 1970.
    pub received_at: i64,
}

/// A consent that was asked, or an order that postpones a transaction.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Clock {
    /// Its id.
    pub id: ClockId,
    /// The received report that it belongs to.
    pub report: ReceivedId,
    /// What it is.
    pub kind: ClockKind,
    /// Where it stands.
    pub state: ClockState,
    /// Who is asked, or who has to hold the transaction.
    pub whom: String,
    /// To what, or which transaction.
    pub what: String,
    /// On what law or agreement it rests.
    pub basis: String,
    /// When it began, in milliseconds since 1970.
    pub begun_at: i64,
    /// When it runs out.
    pub until: Option<i64>,
    /// What came of it.
    pub ended: Option<String>,
}

/// What was disclosed to somebody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Disclosure {
    /// Its id.
    pub id: DisclosureId,
    /// The received report that it comes from.
    pub report: ReceivedId,
    /// To whom.
    pub whom: String,
    /// What.
    pub what: String,
    /// What the receiver may do with it.
    pub caveats: String,
    /// Whether nobody had asked for it.
    pub is_spontaneous: bool,
    /// The consent that it rests on.
    pub consent: Option<ClockId>,
    /// When, in milliseconds since 1970.
    pub at: i64,
}

impl Received {
    /// What is wrong with it so that an authority would not take it.
    pub fn errors(&self) -> impl Iterator<Item = &goaml::Finding> {
        self.findings.iter().filter(|finding| finding.is_error())
    }
}

impl Clock {
    /// Whether it ran out while nobody did anything.
    #[must_use]
    pub fn ran_out(&self, at: i64) -> bool {
        self.state == ClockState::Running && self.until.is_some_and(|until| until <= at)
    }
}
