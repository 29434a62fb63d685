//! What an entity has that another one of the same kind can have only if it is the same.
//!
//! In come the values of a listed entity, of its documents and its listings; out come [`Key`]s. Two entities that share one are
//! joined, if nothing speaks against.
//!
//! - The reference under which the UN lists somebody (`QDi.001`: regime, *i* for an individual or *e* for an entity, number), which
//!   other lists cite, in a property of its own or in a remark behind the words *UN Ref*; the EU's (`EU.27.28`), and the United
//!   Kingdom's (`AFG0001`) in its own listings.
//! - A number of a document with the country that issued it; of one without a document, with the countries of its bearer.
//! - A number of which there is one in the world and whose own check holds: LEI, IMO, OGRN, INN, ISIN, BIC, and the address of a
//!   wallet where the wallet itself is listed.
//! - An id of another list that a publisher names as meaning the same (`referents`).
//!
//! A number must be strong as [`crate::identity`] has it: a short one is shared by chance.

use mihenk_entities::{Identifier, IdentifierKind, Schema, country::Country, identifier::Check};
use sha2::{Digest, Sha256};

use crate::identity::SharedIdentifier;

/// Something that two entities share only if they are one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Key {
    /// A reference number, with the list that gave it.
    Reference(&'static str, String),
    /// A number that is unique in a country.
    InCountry(IdentifierKind, String, &'static str),
    /// A number that is unique in the world.
    InWorld(IdentifierKind, String),
    /// An id, which one of the two has and the other one names.
    Id(String),
}

impl Key {
    /// A number that stands for it where millions are kept; whether two are the same is decided by the keys themselves.
    #[must_use]
    pub fn hash(&self) -> u64 {
        let (kind, text) = match self {
            Key::Reference(list, number) => (0, format!("{list} {number}")),
            Key::InCountry(kind, number, country) => (1, format!("{} {number} {country}", *kind as u8)),
            Key::InWorld(kind, number) => (2, format!("{} {number}", *kind as u8)),
            Key::Id(id) => (3, id.clone()),
        };
        let hash = Sha256::new().chain_update([kind]).chain_update(text).finalize();
        u64::from_le_bytes(hash.first_chunk().copied().unwrap_or_default())
    }

    /// Whether it may have been misprinted, or be borne by somebody else as well, so that the names have to have something in
    /// common: a number with a check of its own is not given twice, and ships and firms change their names.
    #[must_use]
    pub fn wants_names(&self) -> bool {
        matches!(self, Key::Reference(..) | Key::InCountry(..))
    }
}

impl std::fmt::Display for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Key::Reference(list, number) => write!(f, "{list} reference {number}"),
            Key::InCountry(kind, number, country) => {
                let name = Country::parse(country).map_or(*country, Country::name);
                write!(f, "{} {number} ({name})", kind.label())
            }
            Key::InWorld(kind, number) => write!(f, "{} {number}", kind.label()),
            Key::Id(id) => write!(f, "a publisher names {id} as the same"),
        }
    }
}

/// The keys in the values of one record: an entity that is screened, one of its documents, or one of its listings. Ids are
/// no values; who has the record adds them.
pub fn keys<'v>(schema: Schema, values: impl Iterator<Item = (&'v str, &'v str)> + Clone) -> Vec<Key> {
    let mut out = Vec::new();
    if schema.is("Sanction") {
        references(&values, &mut out);
    } else if schema.is("Identification") {
        let kind = if schema.is("Passport") { IdentifierKind::Passport } else { IdentifierKind::National };
        let countries = countries(values.clone(), &["country"]);
        let numbers = values.filter(|(property, _)| *property == "number");
        numbers.for_each(|(_, number)| in_countries(kind, number, &countries, &mut out));
    } else if schema.is_matchable() && !schema.is("Address") {
        references(&values, &mut out);
        numbers(schema, &values, &mut out);
    }
    out.sort();
    out.dedup();
    out
}

fn numbers<'v>(schema: Schema, values: &(impl Iterator<Item = (&'v str, &'v str)> + Clone), out: &mut Vec<Key>) {
    use IdentifierKind::{Bic, Imo, Inn, Isin, Lei, National, Ogrn, Passport, Registration, Tax, Wallet};
    const BEARER: [&str; 5] = ["country", "nationality", "citizenship", "jurisdiction", "mainCountry"];
    let mut belongs = None;
    for (property, value) in values.clone() {
        match IdentifierKind::of_property(property) {
            Some(kind @ (Passport | National | Tax | Registration)) => {
                let belongs = belongs.get_or_insert_with(|| countries(values.clone(), &BEARER));
                in_countries(kind, value, belongs, out);
            }
            // People share a wallet, and a wallet is only itself.
            Some(Wallet) if schema.name() != "CryptoWallet" => {}
            Some(kind @ (Lei | Ogrn | Inn | Imo | Isin | Bic | Wallet)) => {
                let number = strong(kind, value).filter(|number| number.check == Check::Passed);
                out.extend(number.map(|number| Key::InWorld(kind, number.normal)));
            }
            _ => {}
        }
    }
}

fn in_countries(kind: IdentifierKind, value: &str, countries: &[Country], out: &mut Vec<Key>) {
    let Some(number) = strong(kind, value) else { return };
    out.extend(countries.iter().map(|country| Key::InCountry(kind, number.normal.clone(), country.code())));
}

/// The number, if sharing it is proof.
fn strong(kind: IdentifierKind, value: &str) -> Option<Identifier> {
    let asked = Identifier::read(kind, value)?;
    // A number of a few digits and a word before it are no proof, however long the word is.
    let is_strong = SharedIdentifier { asked: asked.clone(), listed_kind: kind }.is_strong();
    (is_strong && asked.normal.bytes().any(|b| b.is_ascii_digit()) || kind == IdentifierKind::Bic).then_some(asked)
}

fn countries<'v>(values: impl Iterator<Item = (&'v str, &'v str)>, properties: &[&str]) -> Vec<Country> {
    let mut out: Vec<Country> = Vec::new();
    for country in values.filter(|(p, _)| properties.contains(p)).filter_map(|(_, value)| Country::parse(value)) {
        if !out.contains(&country) {
            out.push(country);
        }
    }
    out
}

fn references<'v>(values: &(impl Iterator<Item = (&'v str, &'v str)> + Clone), out: &mut Vec<Key>) {
    let is_british = |(property, value): (&str, &str)| property == "country" && value == "gb";
    for (property, value) in values.clone() {
        match property {
            "unscId" | "authorityId" => {
                let value = value.trim();
                out.extend(un(value));
                out.extend(eu(value));
                if is_uk(value) && values.clone().any(is_british) {
                    out.push(Key::Reference("UK", value.to_owned()));
                }
            }
            "notes" | "summary" | "description" => out.extend(remarked(value)),
            _ => {}
        }
    }
}

/// `QDi.001`, in whatever case it was typed.
fn un(text: &str) -> Option<Key> {
    let (regime, number) = text.split_once('.')?;
    let is_one = regime.len() == 3
        && regime.bytes().all(|b| b.is_ascii_alphabetic())
        && regime.ends_with(['i', 'e', 'I', 'E'])
        && (3..=4).contains(&number.len())
        && number.bytes().all(|b| b.is_ascii_digit());
    let (regime, kind) = regime.split_at_checked(2)?;
    let written = || format!("{}{}.{number}", regime.to_ascii_uppercase(), kind.to_ascii_lowercase());
    is_one.then(|| Key::Reference("UN", written()))
}

/// `EU.27.28`.
fn eu(text: &str) -> Option<Key> {
    let numbers = text.strip_prefix("EU.")?;
    let is_one =
        numbers.contains('.') && numbers.split('.').all(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()));
    is_one.then(|| Key::Reference("EU", text.to_owned()))
}

/// `AFG0001`.
fn is_uk(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() == 7 && bytes[..3].iter().all(u8::is_ascii_uppercase) && bytes[3..].iter().all(u8::is_ascii_digit)
}

/// UN references that a remark gives as such: `(UN Ref):TAi.002`. One that stands in a sentence is mostly somebody else's.
fn remarked(text: &str) -> Vec<Key> {
    const LABEL: &str = "un ref";
    let lower = text.to_ascii_lowercase();
    let behind = lower.match_indices(LABEL).filter(|&(at, _)| !lower[..at].ends_with(|c: char| c.is_alphanumeric()));
    behind
        .filter_map(|(at, _)| {
            let mut rest = &text[at + LABEL.len()..];
            for word in ["erence", ".", " number", " no", "."] {
                let is_next = rest.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
                rest = if is_next { &rest[word.len()..] } else { rest };
            }
            let rest = rest.trim_start_matches(|c: char| c.is_whitespace() || "():.".contains(c));
            let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '.').unwrap_or(rest.len());
            un(rest[..end].trim_end_matches('.'))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn of(schema: &str, values: &[(&str, &str)]) -> Vec<String> {
        keys(Schema::named(schema).unwrap(), values.iter().copied()).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn references_are_those_of_listings_and_of_remarks_that_call_them_so() {
        let cited = |property, value| of("Sanction", &[(property, value)]);
        assert_eq!(cited("unscId", "QDi.001"), ["UN reference QDi.001"]);
        assert_eq!(cited("authorityId", " qdI.001 "), ["UN reference QDi.001"]);
        assert_eq!(cited("authorityId", "EU.27.28"), ["EU reference EU.27.28"]);
        for (property, value) in [
            ("authorityId", "7157"),
            ("authorityId", "EU.27"),
            ("unscId", "Q.Di.1"),
            ("unscId", "QDx.001"),
            ("authorityId", "AFG0001"),
            ("summary", "Brother of QDi.001"),
            ("summary", "gun ref QDi.001"),
        ] {
            assert_eq!(cited(property, value), [""; 0], "{value}");
        }
        assert_eq!(of("Sanction", &[("country", "gb"), ("authorityId", "AFG0001")]), ["UK reference AFG0001"]);
        for remark in ["(UN Ref):TAi.002. Wanted.", "UN Reference Number TAi.002", "UN ref. no. TAi.002"] {
            assert_eq!(of("Person", &[("notes", remark)]), ["UN reference TAi.002"], "{remark}");
        }
    }

    #[test]
    fn a_number_of_a_document_counts_with_its_country() {
        let passport = |number, country| of("Passport", &[("number", number), ("country", country)]);
        assert_eq!(passport("A-123 4567", "ir"), ["passport A1234567 (Iran)"]);
        assert_eq!(of("Identification", &[("number", "123456789"), ("country", "Iran")]).len(), 1);
        assert_eq!(of("Passport", &[("number", "A1234567")]), [""; 0], "nobody knows whose");
        assert_eq!(passport("12345", "ir"), [""; 0], "too short to be proof");
        let person = [("nationality", "ir"), ("country", "tr"), ("passportNumber", "A1234567")];
        assert_eq!(of("Person", &person), ["passport A1234567 (Iran)", "passport A1234567 (Türkiye)"]);
    }

    #[test]
    fn a_number_that_is_unique_counts_if_its_check_holds() {
        // The IMO number of an example in Resolution A.1117(30); the LEI of an example in ISO 17442; the next one breaks the rule.
        assert_eq!(of("Vessel", &[("imoNumber", "IMO 9074729")]), ["IMO number 9074729"]);
        assert_eq!(of("Vessel", &[("imoNumber", "9074728")]), [""; 0]);
        assert_eq!(of("Company", &[("swiftBic", "DEUTDEFFXXX")]), ["BIC DEUTDEFF"]);
        assert_eq!(
            of("Vessel", &[("mmsi", "636012345"), ("callSign", "A8AB12345")]),
            [""; 0],
            "they move with the flag"
        );
        let address = "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa";
        assert_eq!(of("CryptoWallet", &[("publicKey", address)]).len(), 1);
        assert_eq!(of("Person", &[("publicKey", address)]), [""; 0]);
    }

    #[test]
    fn keys_are_told_apart_by_kind_and_country() {
        let all = [
            Key::Reference("UN", "1".into()),
            Key::Id("1".into()),
            Key::InWorld(IdentifierKind::Imo, "1".into()),
            Key::InCountry(IdentifierKind::Passport, "1".into(), "ir"),
            Key::InCountry(IdentifierKind::Passport, "1".into(), "tr"),
            Key::InCountry(IdentifierKind::National, "1".into(), "ir"),
        ];
        let hashes: std::collections::BTreeSet<u64> = all.iter().map(Key::hash).collect();
        assert_eq!(hashes.len(), all.len());
    }

    proptest! {
        #[test]
        fn any_text_gives_keys_or_none(text in "\\PC{0,60}|(?i)un ref[A-Za-z .():0-9]{0,30}|[A-Z]{0,4}[.][0-9]{0,5}") {
            for schema in ["Sanction", "Passport", "Person", "Vessel", "Address", "Family"] {
                for property in ["unscId", "notes", "number", "passportNumber", "imoNumber", "country"] {
                    let values = [(property, text.as_str()), ("country", "ir")];
                    for key in keys(Schema::named(schema).unwrap(), values.iter().copied()) {
                        prop_assert!(!key.to_string().is_empty());
                    }
                }
            }
        }
    }
}
