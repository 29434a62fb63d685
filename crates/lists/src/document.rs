//! Documents and register numbers: one form for what every source says about them.
//!
//! In comes a [`Document`], texts as the source wrote them; out come the bare number on the entity (`passportNumber`,
//! `idNumber` …), which is what is compared, and a `Passport` or `Identification` that keeps country, kind and dates.
//! A Russian tax number or a Legal Entity Identifier that passes its own check is entered under its own property as
//! well, so that it counts as the strong identifier it is.

use mihenk_entities::{Identifier, IdentifierKind, country::Country, identifier::Check};

use crate::{
    finding::{Severity, quote},
    listing::{Listing, one_line},
    sayings,
};

/// A document as a source describes it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Document {
    /// The property of the entity that takes the bare number.
    pub(crate) property: &'static str,
    /// Its kind, in the words of the source.
    pub(crate) kind: String,
    /// The number.
    pub(crate) number: String,
    /// The country that issued it.
    pub(crate) country: String,
    /// When it was issued.
    pub(crate) issued: String,
    /// When it expires or expired.
    pub(crate) expires: String,
    /// Who or which place issued it.
    pub(crate) authority: String,
    /// What else the source says.
    pub(crate) summary: String,
}

impl Listing<'_> {
    /// Adds a document; one without a number is kept as a note and reported.
    pub(crate) fn document(&mut self, document: &Document, field: &str) {
        let number = one_line(&document.number);
        if !number.chars().any(|c| c.is_ascii_digit() || c.is_numeric()) {
            self.report(Severity::Medium, field, quote(&document.as_text()), sayings::no_number_found());
            return self.note(&document.as_text());
        }
        self.number(document.property, &number, field);
        let country = self.document_country(&document.country, field);
        for property in further_properties(&number, country) {
            self.add(property, &number);
        }
        if !self.is("LegalEntity") {
            // Ships and aircraft hold no documents in FollowTheMoney; what a document says beyond its number is a note.
            let Document { country, issued, expires, authority, summary, .. } = document;
            if [country, issued, expires, authority, summary].iter().any(|part| !part.trim().is_empty()) {
                self.note(&document.as_text());
            }
            return;
        }
        let issued = self.document_date(&document.issued, field);
        let expires = self.document_date(&document.expires, field);
        let holder = self.id().to_owned();
        let passport = document.property == "passportNumber";
        let (schema, what) = if passport { ("Passport", "passport") } else { ("Identification", "identification") };
        let satellite = self.satellite(schema, &format!("{what}-{number}"));
        satellite.add("holder", holder);
        satellite.add("number", number.as_str());
        if passport {
            satellite.add("passportNumber", number.as_str());
        }
        satellite.add("type", document.kind.as_str());
        satellite.add("country", country.map_or("", Country::code));
        satellite.add("startDate", issued);
        satellite.add("endDate", expires);
        satellite.add("authority", one_line(&document.authority));
        satellite.add("summary", one_line(&document.summary));
    }

    fn document_country(&mut self, text: &str, field: &str) -> Option<Country> {
        if text.trim().is_empty() {
            return None;
        }
        let country = self.read_country(text, field);
        if country.is_none() {
            self.note(&format!("{field}: {text}"));
        }
        country
    }

    fn document_date(&mut self, text: &str, field: &str) -> String {
        if text.trim().is_empty() {
            return String::new();
        }
        let date = self.read_date(text, field);
        if date.is_none() {
            self.note(&format!("{field}: {text}"));
        }
        date.unwrap_or_default()
    }
}

impl Document {
    /// The document in one line, for a note.
    fn as_text(&self) -> String {
        let mut text = one_line(&format!("{} {}", self.kind, self.number));
        for (before, part, behind) in [
            (" (", &self.country, ")"),
            (" issued ", &self.issued, ""),
            (" expires ", &self.expires, ""),
            (", ", &self.authority, ""),
            (", ", &self.summary, ""),
        ] {
            if !part.trim().is_empty() {
                text.push_str(before);
                text.push_str(&one_line(part));
                text.push_str(behind);
            }
        }
        text
    }
}

/// The properties of stronger identifiers that this number is as well.
fn further_properties(number: &str, country: Option<Country>) -> Vec<&'static str> {
    let passes = |kind| Identifier::read(kind, number).is_some_and(|id| id.check == Check::Passed);
    let mut properties = Vec::new();
    if country.is_some_and(|country| country.code() == "ru") {
        if passes(IdentifierKind::Inn) {
            properties.push("innCode");
        }
        if passes(IdentifierKind::Ogrn) {
            properties.push("ogrnCode");
        }
    }
    if number.len() == 20 && passes(IdentifierKind::Lei) {
        properties.push("leiCode");
    }
    properties
}

#[cfg(test)]
mod tests {
    use mihenk_entities::{Entity, EntityId, Schema};

    use super::*;

    fn entities(schema: &str, document: &Document) -> (Vec<Entity>, usize) {
        let id = EntityId::new("x-1").unwrap();
        let mut listing = Listing::new("x", id, Schema::named(schema).unwrap(), "x.xml", 1);
        listing.document(document, "DOCUMENT");
        let (mut entities, mut findings) = (Vec::new(), Vec::new());
        listing.finish(&mut entities, &mut findings);
        (entities, findings.len())
    }

    #[test]
    fn a_passport_is_a_number_on_the_person_and_an_entity_that_keeps_the_rest() {
        let passport = Document {
            property: "passportNumber",
            kind: "Diplomatic Passport".to_owned(),
            number: "D 001".to_owned(),
            country: "Iran".to_owned(),
            issued: "01 Jan 2010".to_owned(),
            expires: "2015".to_owned(),
            ..Document::default()
        };
        let (entities, findings) = entities("Person", &passport);
        assert_eq!(entities[0].values("passportNumber"), ["D 001"]);
        let passport = &entities[1];
        assert_eq!((passport.id.as_str(), passport.schema.name()), ("x-1-passport-d-001", "Passport"));
        let first = |property| passport.first(property).unwrap();
        assert_eq!((first("holder"), first("country"), first("type")), ("x-1", "ir", "Diplomatic Passport"));
        assert_eq!((first("startDate"), first("endDate")), ("2010-01-01", "2015"));
        assert_eq!(findings, 0);
    }

    // INN and OGRN of Sberbank, from its own site; LEI of the GLEIF.
    #[test]
    fn a_strong_number_is_entered_under_its_own_property_too() {
        let number = |property, number: &str, country: &str| Document {
            property,
            number: number.to_owned(),
            country: country.to_owned(),
            ..Document::default()
        };
        let (russian, _) = entities("Company", &number("taxNumber", "7707083893", "Russia"));
        assert_eq!(russian[0].first("innCode"), Some("7707083893"));
        let (russian, _) = entities("Company", &number("registrationNumber", "1027700132195", "Russia"));
        assert_eq!(russian[0].first("ogrnCode"), Some("1027700132195"));
        let (other, _) = entities("Company", &number("taxNumber", "7707083893", "Serbia"));
        assert_eq!(other[0].first("innCode"), None);
        let (lei, _) = entities("Company", &number("registrationNumber", "506700GE1G29325QX363", ""));
        assert_eq!(lei[0].first("leiCode"), Some("506700GE1G29325QX363"));
    }

    #[test]
    fn what_a_document_of_a_ship_says_beyond_its_number_is_a_note() {
        let document = |country: &str| Document {
            property: "registrationNumber",
            kind: "Registration ID".to_owned(),
            number: "17 A".to_owned(),
            country: country.to_owned(),
            ..Document::default()
        };
        let (with, _) = entities("Vessel", &document("Panama"));
        assert_eq!(with[0].values("registrationNumber"), ["17 A"]);
        assert_eq!((with[0].values("notes"), with.len()), (&["Registration ID 17 A (Panama)".to_owned()][..], 1));
        let (without, _) = entities("Vessel", &document(""));
        assert!(without[0].values("notes").is_empty());
    }

    #[test]
    fn a_document_without_a_number_is_a_note_and_a_finding() {
        let without = Document {
            property: "taxNumber",
            kind: "NIT #".to_owned(),
            number: "Provisional".to_owned(),
            country: "Colombia".to_owned(),
            ..Document::default()
        };
        let (entities, findings) = entities("Company", &without);
        assert_eq!(entities[0].values("notes"), ["NIT # Provisional (Colombia)"]);
        assert_eq!((entities.len(), findings), (1, 1));
    }
}
