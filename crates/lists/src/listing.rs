//! One record of a list on its way to becoming entities.
//!
//! In come values as the source wrote them, each with the field it stood in; out come the entity, its satellites
//! (`Sanction`, `Address` …) and the findings. The rules of every source are kept here, in one place: a value that its
//! property cannot take is kept as a note, a date or country that cannot be read is kept as a note *and* reported, an
//! `Organization` that has something only a `Company` can have becomes one, ids of satellites derive from the
//! record's. Interface names: FollowTheMoney (`data/followthemoney.txt`).

use mihenk_entities::{
    Date, Entity, EntityId, Identifier, IdentifierKind, Schema, country::Country, gender::Gender, identifier::Check,
};
use mihenk_said::Said;

use crate::{
    finding::{Finding, Place, Severity, quote},
    sayings,
};

/// A record under construction.
pub(crate) struct Listing<'a> {
    entity: Entity,
    satellites: Vec<Entity>,
    findings: Vec<Finding>,
    file: &'a str,
    line: u64,
}

/// Longest piece of a number that goes into the id of a satellite, in bytes.
const SLUG_LEN_MAX: usize = 60;

impl<'a> Listing<'a> {
    /// A record without values, found at a line of a file.
    pub(crate) fn new(dataset: &str, id: EntityId, schema: Schema, file: &'a str, line: u64) -> Listing<'a> {
        let mut entity = Entity::new(id, schema);
        entity.datasets.push(dataset.to_owned());
        Listing { entity, satellites: Vec::new(), findings: Vec::new(), file, line }
    }

    /// What is added from now on stands here.
    pub(crate) fn goes_on_at(&mut self, file: &'a str, line: u64) {
        (self.file, self.line) = (file, line);
    }

    /// What is added from now on stands on this line of the same file.
    pub(crate) fn goes_on_at_line(&mut self, line: u64) {
        self.line = line;
    }

    /// The id of the record.
    pub(crate) fn id(&self) -> &str {
        self.entity.id.as_str()
    }

    /// Whether the record is of that schema or a descendant.
    pub(crate) fn is(&self, schema: &str) -> bool {
        self.entity.schema.is(schema)
    }

    /// The schema of the record.
    pub(crate) fn schema(&self) -> Schema {
        self.entity.schema
    }

    /// The values of a property so far.
    pub(crate) fn values(&self, property: &str) -> &[String] {
        self.entity.values(property)
    }

    /// The entity, its satellites, and what was found on the way.
    pub(crate) fn finish(self, entities: &mut Vec<Entity>, findings: &mut Vec<Finding>) {
        entities.push(self.entity);
        entities.extend(self.satellites);
        findings.extend(self.findings);
    }

    /// Reports something about a field.
    pub(crate) fn report(&mut self, severity: Severity, field: &str, found: impl Into<Said>, expected: Said) {
        let (record, field) = (Some(self.entity.id.to_string()), Some(field.to_owned()));
        let place = Place { line: Some(self.line), record, field };
        self.findings.push(Finding { file: self.file.to_owned(), place, found: found.into(), expected, severity });
    }

    /// Adds a value; one that the schema has no property for becomes a note that names the property.
    pub(crate) fn add(&mut self, property: &str, value: &str) {
        let value = one_line(value);
        if value.is_empty() {
            return;
        }
        if self.entity.schema.property(property).is_none() && !self.becomes_a_company_with(property) {
            return self.note(&format!("{property}: {value}"));
        }
        self.entity.add(property, value);
    }

    /// Some properties say what the name did not: only a company has shares or a Russian bank code.
    fn becomes_a_company_with(&mut self, property: &str) -> bool {
        let company = Schema::named("Company").filter(|company| company.property(property).is_some());
        match company {
            Some(company) if self.entity.schema.name() == "Organization" => {
                self.entity.schema = company;
                true
            }
            _ => false,
        }
    }

    /// Keeps a text as it is.
    pub(crate) fn note(&mut self, text: &str) {
        self.entity.add("notes", one_line(text));
    }

    /// Adds a date in ISO form; one that cannot be read is kept as a note and reported.
    pub(crate) fn date(&mut self, property: &str, text: &str, field: &str) {
        match self.read_date(text, field) {
            Some(date) => self.add(property, &date),
            None => self.note(&format!("{field}: {text}")),
        }
    }

    /// The date in ISO form, or a finding.
    pub(crate) fn read_date(&mut self, text: &str, field: &str) -> Option<String> {
        match Date::parse(&one_line(text)) {
            Ok(date) => Some(date.to_string()),
            Err(error) => {
                self.report(Severity::Medium, field, quote(text), sayings::kept_as_note(error.said()));
                None
            }
        }
    }

    /// Adds a country as its code; one that is not known is kept as a note and reported.
    pub(crate) fn country(&mut self, property: &str, text: &str, field: &str) {
        match self.read_country(text, field) {
            Some(country) => self.add(property, country.code()),
            None => self.note(&format!("{field}: {text}")),
        }
    }

    /// The country, or a finding.
    pub(crate) fn read_country(&mut self, text: &str, field: &str) -> Option<Country> {
        let country = Country::parse(&one_line(text));
        if country.is_none() {
            let expected = sayings::country_expected();
            self.report(Severity::Low, field, quote(text), expected);
        }
        country
    }

    /// Adds a gender as its code; a word that is none is kept as a note and reported.
    pub(crate) fn gender(&mut self, text: &str, field: &str) {
        match Gender::parse(text) {
            Some(gender) => self.add("gender", gender.code()),
            None => {
                self.report(Severity::Low, field, quote(text), sayings::gender_expected("Male or Female"));
                self.note(&format!("{field}: {text}"));
            }
        }
    }

    /// Adds a number that identifies the record. A check digit that does not hold is reported, the number is kept.
    pub(crate) fn number(&mut self, property: &str, value: &str, field: &str) {
        self.check_number(property, value, field);
        self.add(property, value);
    }

    /// Reports a number that breaks the rule of its kind.
    pub(crate) fn check_number(&mut self, property: &str, value: &str, field: &str) {
        let identifier = IdentifierKind::of_property(property).and_then(|kind| Identifier::read(kind, value));
        if let Some(identifier) = identifier.filter(|identifier| identifier.check == Check::Failed) {
            let expected = sayings::own_rule_broken(identifier.kind.label());
            self.report(Severity::Low, field, quote(value), expected);
        }
    }

    /// A new satellite with an id derived from the record's; what is asked for twice is told apart by a number.
    pub(crate) fn satellite(&mut self, schema: &'static str, suffix: &str) -> &mut Entity {
        let schema = schema_named(schema);
        let wanted = format!("{}-{}", self.entity.id, slug(suffix));
        let taken = |id: &str| self.satellites.iter().any(|satellite| satellite.id.as_str() == id);
        let mut id = wanted.clone();
        let mut copy = 1;
        while taken(&id) {
            copy += 1;
            id = format!("{wanted}-{copy}");
        }
        // A slug has no white space, and sources keep the ids of records far below the length limit: this cannot fail.
        let id = EntityId::new(id).unwrap_or_else(|_| self.entity.id.clone());
        let mut satellite = Entity::new(id, schema);
        satellite.datasets.clone_from(&self.entity.datasets);
        self.satellites.push(satellite);
        let last = self.satellites.len() - 1;
        &mut self.satellites[last]
    }

    /// The listing itself, for values that come later.
    pub(crate) fn sanction(&mut self) -> Option<&mut Entity> {
        self.satellites.iter_mut().find(|satellite| satellite.schema.name() == "Sanction")
    }
}

/// A schema that a source asks for by name.
pub(crate) fn schema_named(name: &'static str) -> Schema {
    // The names are constants of this crate and the table is compiled in; a test tries each of them.
    Schema::named(name).expect("a name from the table of schemata")
}

/// White space of any kind and length as one space, none at the ends.
pub(crate) fn one_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// Letters and digits, in lower case, with hyphens for everything between them.
pub(crate) fn slug(text: &str) -> String {
    slug_within(text, SLUG_LEN_MAX)
}

/// The same, of another length at most, in bytes.
pub(crate) fn slug_within(text: &str, len_max: usize) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_alphanumeric() {
            out.extend(c.to_lowercase());
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
        if out.len() >= len_max {
            break;
        }
    }
    out.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listing(schema: &str) -> Listing<'static> {
        let id = EntityId::new("ofac-1").unwrap();
        Listing::new("us_ofac_sdn", id, Schema::named(schema).unwrap(), "sdn.csv", 7)
    }

    fn done(listing: Listing<'_>) -> (Vec<Entity>, Vec<Finding>) {
        let (mut entities, mut findings) = (Vec::new(), Vec::new());
        listing.finish(&mut entities, &mut findings);
        (entities, findings)
    }

    #[test]
    fn every_schema_that_is_asked_for_exists() {
        for name in [
            "Person",
            "Organization",
            "Company",
            "Vessel",
            "Airplane",
            "Sanction",
            "Address",
            "Passport",
            "Identification",
            "CryptoWallet",
            "UnknownLink",
        ] {
            assert_eq!(schema_named(name).name(), name);
        }
    }

    #[test]
    fn a_value_without_a_property_is_kept_as_a_note() {
        let mut vessel = listing("Vessel");
        vessel.add("email", "a@example.org");
        vessel.add("name", "  SEA \n STAR ");
        let (entities, findings) = done(vessel);
        assert_eq!(entities[0].values("notes"), ["email: a@example.org"]);
        assert_eq!(entities[0].first("name"), Some("SEA STAR"));
        assert_eq!(entities[0].datasets, ["us_ofac_sdn"]);
        assert!(findings.is_empty(), "nothing was lost");
    }

    #[test]
    fn an_organization_with_shares_is_a_company() {
        let mut organization = listing("Organization");
        organization.add("ticker", "601800 CN");
        assert!(organization.is("Company"));
    }

    #[test]
    fn what_cannot_be_read_is_kept_and_reported() {
        let mut person = listing("Person");
        person.date("birthDate", "31 Feb 1960", "DOB");
        person.country("nationality", "Atlantis", "nationality");
        person.gender("Mail", "Gender");
        person.date("birthDate", "circa 1957", "DOB");
        let (entities, findings) = done(person);
        assert_eq!(entities[0].values("notes"), ["DOB: 31 Feb 1960", "nationality: Atlantis", "Gender: Mail"]);
        assert_eq!(entities[0].values("birthDate"), ["1957~"]);
        assert_eq!(findings.len(), 3);
        assert_eq!(
            findings[0].to_string(),
            "sdn.csv: line 7, ofac-1, DOB: '31 Feb 1960'; '31 feb 1960' is not a day of the calendar: month 2 of 1960 \
             has no day 31; kept as a note"
        );
    }

    #[test]
    fn a_broken_check_digit_is_reported_and_the_number_kept() {
        let mut vessel = listing("Vessel");
        vessel.number("imoNumber", "9187629", "IMO");
        vessel.number("imoNumber", "9187628", "IMO");
        let (entities, findings) = done(vessel);
        assert_eq!(entities[0].values("imoNumber"), ["9187629", "9187628"]);
        assert_eq!(findings.len(), 1);
    }

    #[test]
    fn satellites_have_ids_of_their_own() {
        let mut person = listing("Person");
        let ids: Vec<String> = ["sanction", "passport A 12/3", "passport a-12-3"]
            .map(|suffix| person.satellite("Passport", suffix).id.to_string())
            .to_vec();
        assert_eq!(ids, ["ofac-1-sanction", "ofac-1-passport-a-12-3", "ofac-1-passport-a-12-3-2"]);
        assert!(person.sanction().is_none());
        person.satellite("Sanction", "sanction");
        assert!(person.sanction().is_some());
    }
}
