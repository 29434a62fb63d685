//! What ties subjects: kinds of relations with their bases, kinds of attributes, where each was read.
//!
//! The bases are stated, not counted: no public data says how often a stated relation is wrong. They are ordered by how much the two have to do with
//! one another, and are reasoned in `docs/decisions/0070-evidence-of-ties.md`.

use std::sync::Arc;

use mihenk_entities::IdentifierKind;
use serde::{Serialize, Serializer, ser::SerializeStruct};

use super::bits::Bits;
use crate::cases::PartyKind;

/// Whatever more subjects than this are tied to, an attribute or a subject, ties none of them to another: an address of this many companies is an
/// agent's, not theirs.
pub const MOST_BEARERS: usize = 256;

/// Among at least so many subjects a share is counted: a file of ten customers is no population.
pub const POPULATION: u64 = 1 << 16;

/// A person, a company, a vessel, an account, a wallet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Subject {
    /// Its id: of an entity, a customer, a party.
    pub id: String,
    /// What it is.
    pub kind: PartyKind,
    /// The same in words, which may say more: `airplane`.
    pub what: String,
    /// What it is called.
    pub name: String,
    /// Whether it stands on a list.
    pub is_listed: bool,
}

/// What a source states of two subjects.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum RelationKind {
    /// One owns the other, or a share of it.
    Ownership,
    /// One controls the other.
    Control,
    /// One is the parent company of the other.
    Parent,
    /// One became the other.
    Succession,
    /// One holds the account or the wallet.
    Holder,
    /// They are of one family.
    Family,
    /// One is a director of the other.
    Directorship,
    /// One operates the vessel or the aircraft.
    Operator,
    /// One is named with a customer: an owner, a director, a beneficiary.
    Party,
    /// One acts for the other.
    Representation,
    /// They are associates.
    Associate,
    /// An analyst tied them in a case.
    CaseLink,
    /// One works for the other.
    Employment,
    /// One is a member of the other.
    Membership,
    /// A list says that they are linked, and not how.
    Linked,
    /// One owes the other.
    Debt,
    /// One paid the other.
    Payment,
    /// Any other relation.
    Other,
}

impl RelationKind {
    /// All of them.
    pub const ALL: [RelationKind; 18] = {
        use RelationKind::*;
        [
            Ownership,
            Control,
            Parent,
            Succession,
            Holder,
            Family,
            Directorship,
            Operator,
            Party,
            Representation,
            Associate,
            CaseLink,
            Employment,
            Membership,
            Linked,
            Debt,
            Payment,
            Other,
        ]
    };

    /// What it is worth that a source states it.
    #[must_use]
    pub const fn base(self) -> Bits {
        use RelationKind::*;
        Bits::whole(match self {
            Ownership | Control | Parent | Succession | Holder | Family => 20,
            Directorship | Operator | Party => 18,
            Representation | Associate | CaseLink => 16,
            Employment | Membership | Linked => 14,
            Debt | Payment => 12,
            Other => 10,
        })
    }

    /// The words for a reader, from the one to the other.
    #[must_use]
    pub fn words(self) -> &'static str {
        use RelationKind::*;
        match self {
            Ownership => "owns",
            Control => "controls",
            Parent => "parent company of",
            Succession => "became",
            Holder => "holds",
            Family => "relative of",
            Directorship => "director of",
            Operator => "operates",
            Party => "related party of",
            Representation => "acts for",
            Associate => "associate of",
            CaseLink => "tied in a case to",
            Employment => "works for",
            Membership => "member of",
            Linked => "linked to",
            Debt => "owes",
            Payment => "paid",
            Other => "related to",
        }
    }

    /// What it is independent of.
    #[must_use]
    pub fn class(self) -> Class {
        use RelationKind::*;
        match self {
            Ownership | Control | Parent | Succession => Class::Ownership,
            Holder => Class::Account,
            Family | Associate => Class::People,
            Directorship | Employment | Representation | Membership => Class::Office,
            Operator => Class::Operation,
            Party => Class::Customer,
            CaseLink => Class::Case,
            Debt | Payment => Class::Money,
            Linked | Other => Class::Linked,
        }
    }
}

/// What several subjects may bear.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AttributeKind {
    /// A postal address.
    Address,
    /// A telephone number.
    Telephone,
    /// An e-mail address.
    Email,
    /// The number of a document, a register, an account, a vessel, a wallet.
    Number(NumberKind),
}

/// An [`IdentifierKind`] with an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct NumberKind(pub IdentifierKind);

impl Ord for NumberKind {
    fn cmp(&self, other: &NumberKind) -> std::cmp::Ordering {
        (self.0 as u8).cmp(&(other.0 as u8))
    }
}

impl PartialOrd for NumberKind {
    fn partial_cmp(&self, other: &NumberKind) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl AttributeKind {
    /// The number of a kind.
    #[must_use]
    pub fn number(kind: IdentifierKind) -> AttributeKind {
        AttributeKind::Number(NumberKind(kind))
    }

    /// The name for a reader.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            AttributeKind::Address => "address",
            AttributeKind::Telephone => "telephone",
            AttributeKind::Email => "e-mail address",
            AttributeKind::Number(NumberKind(kind)) => kind.label(),
        }
    }

    /// What it is independent of.
    #[must_use]
    pub fn class(self) -> Class {
        match self {
            AttributeKind::Address => Class::Address,
            AttributeKind::Telephone => Class::Telephone,
            AttributeKind::Email => Class::Email,
            AttributeKind::Number(NumberKind(
                IdentifierKind::Iban | IdentifierKind::Account | IdentifierKind::Wallet,
            )) => Class::Account,
            AttributeKind::Number(_) => Class::Document,
        }
    }
}

impl Serialize for AttributeKind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.label())
    }
}

/// Ties of one class may come from one fact; ties of two classes do not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Class {
    /// A relation of which nobody says what it is: the same fact as any that says it.
    Linked,
    Ownership,
    Office,
    People,
    Account,
    Operation,
    Address,
    Telephone,
    Email,
    Document,
    Money,
    Customer,
    Case,
}

impl Class {
    /// Whether ties of it are relations that say what they are.
    #[must_use]
    pub fn is_stated(self) -> bool {
        use Class::*;
        matches!(self, Ownership | Office | People | Account | Operation | Money | Customer)
    }
}

/// What a subject bears, in a form that can be compared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Attribute {
    /// What it is.
    pub kind: AttributeKind,
    /// The form that is compared.
    #[serde(skip)]
    pub normal: String,
    /// As a source wrote it.
    #[serde(rename = "value")]
    pub shown: String,
}

/// Where something was read, and from when to when it is said to hold.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Source {
    /// What said it: `list us_ofac_sdn`, `file firms.csv`, `customer K-3`, `case C-12`.
    pub origin: Arc<str>,
    /// The record in it; empty when that says no more.
    pub record: Box<str>,
    /// From when on, as the source writes it; empty when it does not say.
    pub since: Box<str>,
    /// Until when.
    pub until: Box<str>,
}

impl Source {
    /// A source that says nothing of time.
    #[must_use]
    pub fn of(origin: &Arc<str>, record: &str) -> Source {
        Source { origin: Arc::clone(origin), record: record.into(), ..Source::default() }
    }
}

impl Serialize for Source {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let given = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let mut out = serializer.serialize_struct("Source", 4)?;
        out.serialize_field("origin", &*self.origin)?;
        out.serialize_field("record", &given(&self.record))?;
        out.serialize_field("since", &given(&self.since))?;
        out.serialize_field("until", &given(&self.until))?;
        out.end()
    }
}

/// A relation as a source states it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Relation {
    /// What it is.
    pub kind: RelationKind,
    /// What the source says more: `51 %`, `chairman`, `brother`.
    pub words: Box<str>,
    /// Where it was read.
    pub source: Source,
}

/// What ties two subjects, and what it is worth.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "by")]
pub enum Tie {
    /// A source states it.
    Relation {
        /// What it is.
        kind: RelationKind,
        /// The id of the one.
        from: String,
        /// The id of the other.
        to: String,
        /// What the source says more.
        words: String,
        /// The base of its kind.
        bits: Bits,
        /// Where it was read.
        sources: Vec<Source>,
    },
    /// Both bear it.
    Attribute {
        /// What it is.
        #[serde(flatten)]
        attribute: Attribute,
        /// How many subjects bear it.
        bearers: usize,
        /// Among how many that is counted.
        among: u64,
        /// −log2 of the share.
        bits: Bits,
        /// Where it was read of the one, and of the other.
        sources: Vec<Source>,
    },
}

impl Tie {
    /// What it is worth.
    #[must_use]
    pub fn bits(&self) -> Bits {
        match self {
            Tie::Relation { bits, .. } | Tie::Attribute { bits, .. } => *bits,
        }
    }

    /// What it is independent of.
    #[must_use]
    pub fn class(&self) -> Class {
        match self {
            Tie::Relation { kind, .. } => kind.class(),
            Tie::Attribute { attribute, .. } => attribute.kind.class(),
        }
    }

    /// Where it was read.
    #[must_use]
    pub fn sources(&self) -> &[Source] {
        match self {
            Tie::Relation { sources, .. } | Tie::Attribute { sources, .. } => sources,
        }
    }
}

/// A step of a path: all that ties the two, the tie that the path goes by first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Step {
    /// The id of the one.
    pub from: String,
    /// The id of the other.
    pub to: String,
    /// What the step is worth: its first tie. What else ties the two may come from the same fact, and is not added.
    pub bits: Bits,
    /// The tie that the path goes by, then what else ties the two, by what it is worth.
    pub ties: Vec<Tie>,
}

/// What two subjects have in common with so many others that it does not tie them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Shared {
    /// What it is: an attribute's kind, or `subject`.
    pub what: &'static str,
    /// The value, or the subject's name.
    pub value: String,
    /// How many subjects are tied to it.
    pub bearers: usize,
    /// −log2 of the share, had it counted.
    pub bits: Bits,
}
