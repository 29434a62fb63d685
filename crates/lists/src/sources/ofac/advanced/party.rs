//! A party of OFAC's advanced XML form: its profile, features and documents.
//!
//! In comes a `Profile` and what it refers to; out come values of a [`Listing`]. A feature is a label and a value like
//! a piece of the CSV form's remarks, and is read by the same table; the names of some labels differ. A document is a
//! label with a number.

use crate::{
    bookkeeping::Unknown,
    finding::{Severity, quote},
    listing::{Listing, one_line},
    relations::Mention,
    sayings,
    sources::ofac::{
        advanced::{dates, references::References},
        record,
        remarks::Labelled,
    },
    xml::Element,
};

/// Types of features that have another name in remarks.
const SYNONYMS: [(&str, &str); 12] = [
    ("Birthdate", "DOB"),
    ("Place of Birth", "POB"),
    ("Nationality", "nationality"),
    ("Nationality Country", "nationality"),
    ("Citizenship", "citizen"),
    ("Citizenship Country", "citizen"),
    ("Call Sign", "Vessel Call Sign"),
    ("VESSEL TYPE", "Vessel Type"),
    ("Tonnage", "Vessel Tonnage"),
    ("Gross Registered Tonnage", "Vessel Gross Registered Tonnage"),
    ("Registration Country", "Nationality of Registration"),
    ("Aircraft Manufacturer’s Serial Number (MSN)", "Aircraft Manufacturer's Serial Number (MSN)"),
];

/// Where the parts of a party go.
pub(super) struct Target<'t, 'a> {
    pub(super) file: &'a str,
    pub(super) listing: &'t mut Listing<'a>,
    pub(super) mentions: &'t mut Vec<Mention>,
    pub(super) unknown: &'t mut Unknown,
}

impl Target<'_, '_> {
    fn add(&mut self, labelled: &Labelled<'_>, line: u64) {
        if !labelled.add((self.file, line), self.listing, self.mentions) {
            self.unknown.count(&format!("type {}", quote(labelled.label)), line);
        }
    }

    /// A feature: every version of it, and in each every date, place and text.
    pub(super) fn feature(&mut self, feature: &Element<'_>, references: &References<'_>) {
        let kind = references.text("FeatureType", feature.attribute("FeatureTypeID"));
        let label = SYNONYMS.iter().find(|(name, _)| *name == kind).map_or(kind, |(_, label)| label);
        for version in feature.children("FeatureVersion") {
            self.listing.goes_on_at_line(version.line);
            let comment = one_line(version.text_of("Comment"));
            if label == "Location" {
                self.addresses(version, &comment, references);
                continue;
            }
            let mut values = values(label, version, references, self.listing);
            if values.is_empty() && !comment.is_empty() {
                values.push(String::new());
            }
            if values.is_empty() {
                let expected = sayings::nothing_to_add();
                self.listing.report(Severity::Low, "Feature", sayings::found_without_value(quote(kind)), expected);
            }
            for value in &values {
                match label {
                    "Title" => {
                        record::titles(value, self.listing);
                        if !comment.is_empty() {
                            self.listing.note(&format!("{value}: {comment}"));
                        }
                    }
                    _ => self.add(&Labelled { label, value, comment: &comment, ..Labelled::default() }, version.line),
                }
            }
        }
    }

    fn addresses(&mut self, version: &Element<'_>, comment: &str, references: &References<'_>) {
        for location in version.children("VersionLocation") {
            let number = location.attribute("LocationID").unwrap_or_default();
            let Some(place) = references.place(number) else {
                missing(number, self.listing);
                continue;
            };
            let mut address = place.as_address();
            if !comment.is_empty() {
                address.remarks = [address.remarks.as_str(), comment].join("; ").trim_start_matches("; ").to_owned();
            }
            address.add(self.listing);
        }
        for detail in version.children("VersionDetail").filter(|detail| !detail.text.trim().is_empty()) {
            self.listing.add("address", &detail.text);
        }
    }

    /// A document or a register number.
    pub(super) fn document(&mut self, document: &Element<'_>, references: &References<'_>) {
        self.listing.goes_on_at_line(document.line);
        let text = |name| one_line(document.text_of(name));
        let (mut issued, mut expires, mut said) = (String::new(), String::new(), vec![text("Comment")]);
        for date in document.children("DocumentDate") {
            let kind = references.text("IDRegDocDateType", date.attribute("IDRegDocDateTypeID"));
            for period in date.children("DatePeriod").map(dates::period).filter(|period| !period.is_empty()) {
                match kind {
                    "Issue Date" if issued.is_empty() => issued = period,
                    "Expiration Date" if expires.is_empty() => expires = period,
                    _ => said.push(format!("{kind} {period}")),
                }
            }
        }
        if let Some(number) = document.attribute("IssuedIn-LocationID") {
            match references.place(number) {
                Some(place) => said.push(format!("issued in {}", place.as_text())),
                None => missing(number, self.listing),
            }
        }
        let validity = references.text("Validity", document.attribute("ValidityID"));
        if !["", "Valid", "Unknown"].contains(&validity) {
            said.push(validity.to_owned());
        }
        said.retain(|text| !text.is_empty());
        let labelled = Labelled {
            label: references.text("IDRegDocType", document.attribute("IDRegDocTypeID")),
            value: &text("IDRegistrationNo"),
            country: references.country(document.attribute("IssuedBy-CountryID")),
            issued: &issued,
            expires: &expires,
            authority: &text("IssuingAuthority"),
            comment: &said.join(", "),
        };
        self.add(&labelled, document.line);
    }
}

/// The values of one version of a feature.
fn values(label: &str, version: &Element<'_>, references: &References<'_>, listing: &mut Listing<'_>) -> Vec<String> {
    let mut values: Vec<String> = version.children("DatePeriod").map(dates::period).collect();
    for location in version.children("VersionLocation") {
        let number = location.attribute("LocationID").unwrap_or_default();
        match references.place(number) {
            Some(place) => {
                values.push(if label == "POB" { place.as_text() } else { place.as_country() });
                place.other.iter().for_each(|text| listing.note(&format!("{label}: {text}")));
            }
            None => missing(number, listing),
        }
    }
    for detail in version.children("VersionDetail") {
        values.push(one_line(&detail.text));
        values.push(references.text("DetailReference", detail.attribute("DetailReferenceID")).to_owned());
    }
    values.retain(|value| !value.is_empty());
    values.dedup();
    values
}

fn missing(number: &str, listing: &mut Listing<'_>) {
    let expected = sayings::number_of_no_place("Location");
    listing.report(Severity::High, "VersionLocation", sayings::found_the_place(quote(number)), expected);
}
