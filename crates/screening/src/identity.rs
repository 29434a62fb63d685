//! Numbers that two records share: the strongest evidence there is.
//!
//! In come an index and a record with identifiers; out come the entities that have one of these numbers, with what it is
//! worth: 3.32 bits a digit (one in ten) and 3.00 a letter, less than the 4.7 of one in twenty-six because letters are mostly
//! prefixes that many numbers have; at most 32 bits in sum, less when the two are of different kinds because registers
//! coincide, and half of it when a check digit is wrong. A shared number counts beside the sum of the other evidence: a ship keeps its IMO
//! number under any name, so what speaks against may take away only so much.

use mihenk_entities::{Identifier, IdentifierKind, identifier::Check};
use rustc_hash::FxHashMap;

use crate::{
    bits::Bits,
    index::{Index, build::identifier_hash},
    record::Record,
};

/// Evidence against a match may weigh this much beside a shared number.
pub const MOST_AGAINST: Bits = Bits(-1000);

/// A number that both records have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SharedIdentifier {
    /// As asked.
    pub asked: Identifier,
    /// What kind of number it is in the list.
    pub listed_kind: IdentifierKind,
}

impl SharedIdentifier {
    /// What it is worth.
    #[must_use]
    pub fn bits(&self) -> Bits {
        let letters = self.asked.normal.bytes().filter(u8::is_ascii_alphabetic).count() as i32;
        let digits = self.asked.normal.len() as i32 - letters;
        let mut bits = (digits * 332 + letters * 300).min(3200);
        if self.asked.kind != self.listed_kind {
            bits -= if generic(self.asked.kind) && generic(self.listed_kind) { 200 } else { 600 };
        }
        if self.asked.check == Check::Failed {
            bits /= 2;
        }
        Bits(bits.max(300))
    }

    /// Whether the number alone is proof enough: long, of one kind on both sides, its check digits right.
    #[must_use]
    pub fn is_strong(&self) -> bool {
        self.bits() >= Bits(2000) && self.asked.kind == self.listed_kind
    }
}

/// Kinds whose numbers are filed under one another's name in every list.
fn generic(kind: IdentifierKind) -> bool {
    use IdentifierKind::{Account, Inn, National, Ogrn, Other, Passport, Registration, Tax};
    matches!(kind, Passport | National | Tax | Registration | Other | Account | Inn | Ogrn)
}

/// The entities that share a number with the record, each with its best one.
#[must_use]
pub fn shared(index: &Index, record: &Record) -> FxHashMap<u32, SharedIdentifier> {
    let mut out: FxHashMap<u32, SharedIdentifier> = FxHashMap::default();
    for asked in &record.identifiers {
        for row in index.identifiers(identifier_hash(&asked.normal)) {
            let (normal, listed_kind) = index.identifier(row);
            if normal != asked.normal || !record.schema.can_match(index.entity(row.entity).schema()) {
                continue;
            }
            let found = SharedIdentifier { asked: asked.clone(), listed_kind };
            let best = out.get(&row.entity).is_none_or(|b| found.bits() > b.bits());
            if best {
                out.insert(row.entity, found);
            }
        }
    }
    out
}

/// Whether both have a number of which everybody has only one, and not the same.
#[must_use]
pub fn differs(index: &Index, record: &Record, entity: u32) -> bool {
    let unique = record.identifiers.iter().filter(|id| id.kind.is_unique());
    let mut differs = false;
    for id in unique {
        differs |= index.has_other(entity, id.kind, &id.normal);
    }
    differs
}
