//! What a record of OFAC's lists becomes, whatever form it came in.
//!
//! In come texts as the form has them: an entity number, a kind, names as `FAMILY, Given`, programmes, the facts of a
//! vessel; out come values of a [`Listing`]. A form only says where in it these stand.

use mihenk_entities::{EntityId, Schema};
use rustc_hash::FxHashSet;

use crate::{
    finding::{Finding, Place, Severity, quote},
    listing::{Listing, schema_named},
    organisation::{is_company, split_abbreviation},
    relations::Mention,
    sayings,
    sources::{
        ofac::{PUBLISHER, addresses::NO_COUNTRY, names},
        us_ofac_cons::US_OFAC_CONS,
    },
};

/// The ids that were given, so that a number which comes twice is told apart.
#[derive(Default)]
pub(super) struct Ids(FxHashSet<EntityId>);

impl Ids {
    /// The id of a record with that number.
    pub(super) fn next(&mut self, number: u64, file: &str, line: u64, findings: &mut Vec<Finding>) -> Option<EntityId> {
        let mut copy = 1;
        let mut id = EntityId::new(format!("ofac-{number}")).ok()?;
        while !self.0.insert(id.clone()) {
            copy += 1;
            id = EntityId::new(format!("ofac-{number}-{copy}")).ok()?;
        }
        if copy > 1 {
            let place =
                Place { line: Some(line), record: Some(id.to_string()), field: Some("entity number".to_owned()) };
            findings.push(Finding {
                file: file.to_owned(),
                place,
                found: sayings::found_entity_again(number.to_string()),
                expected: sayings::own_number_expected(id.as_str()),
                severity: Severity::High,
            });
        }
        Some(id)
    }
}

/// What kind of being the record is about.
pub(super) fn schema(kind: &str, name: &str) -> Schema {
    schema_named(match kind.to_ascii_lowercase().as_str() {
        "individual" => "Person",
        "vessel" => "Vessel",
        "aircraft" => "Airplane",
        _ if is_company(name) => "Company",
        _ => "Organization",
    })
}

/// Reports a kind that is none of OFAC's.
pub(super) fn check_kind(kind: &str, field: &str, listing: &mut Listing<'_>) {
    if !["individual", "vessel", "aircraft", "entity", ""].contains(&kind.to_ascii_lowercase().as_str()) {
        let expected = sayings::taken_as_organisation("individual, vessel, aircraft, entity or -0-");
        listing.report(Severity::Medium, field, quote(kind), expected);
        listing.note(&format!("{field}: {kind}"));
    }
}

/// The name under which the record is listed.
pub(super) fn primary_name(name: &str, field: &str, listing: &mut Listing<'_>) {
    if name.is_empty() {
        listing.report(Severity::High, field, sayings::found_no_name(), sayings::name_expected());
    }
    if listing.is("Person") {
        let name = names::person(name);
        listing.add("name", &name.full);
        listing.add("firstName", &name.first);
        listing.add("lastName", &name.last);
        listing.add("nameSuffix", &name.suffix);
        return;
    }
    listing.add("name", name);
    if listing.is("Airplane") && is_registration_mark(name) {
        listing.add("registrationNumber", name);
    }
    if let Some((full, short)) = split_abbreviation(name).filter(|_| listing.is("Organization")) {
        listing.add("alias", full);
        listing.add("abbreviation", short);
        listing.add("weakAlias", short);
    }
}

/// Another name of the record, of a kind such as `aka` or `f.k.a.`; a weak one is a weak alias, of whichever kind it is.
pub(super) fn alias(kind: &str, name: &str, weak: bool, field: &str, listing: &mut Listing<'_>) {
    let property = match kind.to_ascii_lowercase().replace('.', "").as_str() {
        "aka" | "nka" | "dba" => "alias",
        "fka" => "previousName",
        _ => {
            listing.report(Severity::Low, field, quote(kind), sayings::taken_as_aka("aka, fka or nka"));
            if !kind.is_empty() {
                listing.note(&format!("Alias {name}: {kind}"));
            }
            "alias"
        }
    };
    let property = if weak { "weakAlias" } else { property };
    if listing.is("Person") {
        listing.add(property, &names::person(name).full);
    } else {
        listing.add(property, name);
    }
}

/// Aircraft are listed under their registration mark: `EP-GOM`, `N200VR` (ICAO Annex 7).
fn is_registration_mark(name: &str) -> bool {
    let plain = name.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'-');
    plain && (4..=8).contains(&name.len()) && (name.contains('-') || name.starts_with('N')) && !name.starts_with('-')
}

/// The listing itself. Somebody can be on both lists under one number; the two listings are told apart.
pub(super) fn sanction(number: u64, programs: &[&str], dataset: &str, listing: &mut Listing<'_>) {
    let suffix = if dataset == US_OFAC_CONS.name { "sanction-consolidated" } else { "sanction" };
    let id = listing.id().to_owned();
    for program in programs {
        listing.add("program", program);
    }
    let sanction = listing.satellite("Sanction", suffix);
    sanction.add("entity", id);
    sanction.add("authority", PUBLISHER);
    sanction.add("authorityId", number.to_string());
    sanction.add("country", "us");
    for program in programs {
        sanction.add("program", *program);
    }
}

/// Titles between semicolons: of a person what it does, of anything else a title.
pub(super) fn titles(text: &str, listing: &mut Listing<'_>) {
    for title in text.split(';') {
        listing.add(if listing.is("Person") { "position" } else { "title" }, title);
    }
}

/// The facts of a vessel that have places of their own in every form.
pub(super) struct Vessel<'a> {
    /// Its call sign.
    pub(super) call_sign: &'a str,
    /// What kind of vessel it is.
    pub(super) kind: &'a str,
    /// Its tonnage, as written.
    pub(super) tonnage: &'a str,
    /// Its gross registered tonnage, as written.
    pub(super) gross_tonnage: &'a str,
    /// The country whose flag it flies.
    pub(super) flag: &'a str,
}

impl Vessel<'_> {
    /// Adds them.
    pub(super) fn add(&self, listing: &mut Listing<'_>) {
        listing.add("callSign", self.call_sign);
        listing.add("type", self.kind);
        listing.add("tonnage", self.tonnage);
        listing.add("grossRegisteredTonnage", self.gross_tonnage);
        if NO_COUNTRY.contains(&self.flag.to_lowercase().as_str()) {
            listing.note(&format!("Flag: {}", self.flag));
        } else if !self.flag.is_empty() {
            listing.country("flag", self.flag, "Vess_flag");
        }
    }
}

/// The owner of a vessel, who may be a record too.
pub(super) fn owner(name: &str, id: &EntityId, file: &str, line: u64) -> Option<Mention> {
    (!name.is_empty()).then(|| Mention {
        subject: id.clone(),
        role: "Vessel Owner".to_owned(),
        name: name.to_owned(),
        property: Some("owner"),
        file: file.to_owned(),
        line,
    })
}
