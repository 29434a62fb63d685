//! Documents and register numbers of the EU's list.
//!
//! In come `identification` elements: a type, a number, its spelling in Latin letters, a country, who issued it and when, and
//! marks such as *known to be false*; out come [`Document`]s, and for SWIFT and IMO numbers the bare number. Marks, the name on
//! the document and remarks stay in the summary. Codes of types: those that OpenSanctions found in the published file.

use crate::{
    document::Document,
    finding::{Severity, quote},
    listing::Listing,
    sayings,
    sources::eu_fsf::{places, remarks, value},
    xml::Element,
};

const FIELD: &str = "identification";

/// Marks of a document, and what they mean.
const MARKS: [(&str, &str); 5] = [
    ("diplomatic", "diplomatic"),
    ("knownExpired", "known to be expired"),
    ("knownFalse", "known to be false"),
    ("reportedLost", "reported lost"),
    ("revokedByIssuer", "revoked by its issuer"),
];

/// Adds the documents of a record.
pub(super) fn read(record: &Element<'_>, listing: &mut Listing<'_>) {
    for element in record.children(FIELD) {
        listing.goes_on_at_line(element.line);
        let property = property(element, listing);
        let country = places::country(element, listing);
        let (number, latin) = (value(element, "number"), value(element, "latinNumber"));
        let (number, other) = if number.is_empty() { (latin, String::new()) } else { (number, latin) };
        let summary = summary(element);
        if ["swiftBic", "imoNumber"].contains(&property) {
            listing.number(property, &number, FIELD);
            if !other.is_empty() && other != number {
                listing.number(property, &other, FIELD);
            }
            listing.add("country", country.code.unwrap_or(""));
            if !summary.is_empty() {
                listing.note(&format!("{number}: {summary}"));
            }
            continue;
        }
        let mut document = Document {
            property,
            kind: value(element, "identificationTypeDescription"),
            number,
            country: country.code.unwrap_or("").to_owned(),
            issued: value(element, "issueDate"),
            expires: value(element, "validTo"),
            authority: value(element, "issuedBy"),
            summary,
        };
        if document.number.is_empty() && document == (Document { property, ..Document::default() }) {
            continue;
        }
        listing.document(&document, FIELD);
        if !other.is_empty() && other != document.number {
            document.number = other;
            listing.document(&document, FIELD);
        }
    }
}

/// The property for a type of document.
fn property(element: &Element<'_>, listing: &mut Listing<'_>) -> &'static str {
    let code = value(element, "identificationTypeCode");
    match code.to_ascii_lowercase().as_str() {
        "passport" if listing.is("Person") => "passportNumber",
        "regnumber" => "registrationNumber",
        "fiscalcode" => "taxNumber",
        "swiftbic" => "swiftBic",
        "imo" => "imoNumber",
        "tradelic" => "licenseNumber",
        "passport" | "id" | "other" | "ssn" | "birthcert" | "nationcert" | "travelcardid" | "electionid"
        | "residentperm" | "drivinglicence" | "nrn" => "idNumber",
        _ => {
            let expected = sayings::taken_as_id("passport, id, regnumber, fiscalcode, swiftbic, imo");
            listing.report(Severity::Low, "identificationTypeCode", quote(&code), expected);
            listing.note(&format!("{}: type {code}", value(element, "number")));
            "idNumber"
        }
    }
}

fn summary(element: &Element<'_>) -> String {
    let marked = MARKS.iter().filter(|(name, _)| value(element, name).eq_ignore_ascii_case("true"));
    let mut summary: Vec<String> = marked.map(|(_, meaning)| (*meaning).to_owned()).collect();
    let labelled = [("nameOnDocument", "name on it: "), ("region", "region: "), ("validFrom", "valid from ")];
    for (name, label) in labelled {
        let text = value(element, name);
        if !text.is_empty() {
            summary.push(format!("{label}{text}"));
        }
    }
    summary.extend(remarks(element));
    summary.join("; ")
}
