//! Births, documents and further information on the Swiss list.
//!
//! In come `day-month-year`, `identification-document` and `other-information` elements; out come dates, documents,
//! numbers and ways to reach somebody. Further information is a sentence, often with a label (*IMO Number: 8405270*); a
//! label that is known and has a plain value behind it goes into its property, everything else stays a note, word for
//! word.

use mihenk_entities::Date;

use crate::{
    document::Document,
    finding::{Severity, quote},
    listing::{Listing, one_line},
    sayings,
    sources::ch_seco_sanctions::places::{Places, quality},
    xml::Element,
};

/// Labels in lower case and without spaces before the colon, and the property of what stands behind it.
const LABELS: [(&str, &str); 29] = [
    ("imo number", "imoNumber"),
    ("imo-number", "imoNumber"),
    ("imo", "imoNumber"),
    ("mmsi", "mmsi"),
    ("call sign", "callSign"),
    ("flag", "flag"),
    ("website", "website"),
    ("e-mail", "email"),
    ("email", "email"),
    ("e-mail address", "email"),
    ("email address", "email"),
    ("tel.", "phone"),
    ("tel", "phone"),
    ("telephone", "phone"),
    ("telephone number", "phone"),
    ("phone", "phone"),
    ("fax", "phone"),
    ("registration number", "registrationNumber"),
    ("state registration number", "registrationNumber"),
    ("business registration number", "registrationNumber"),
    ("taxpayer identification number", "taxNumber"),
    ("tax identification number", "taxNumber"),
    ("tax registration number", "taxNumber"),
    ("swift/bic code", "swiftBic"),
    ("swift/bic", "swiftBic"),
    ("swift code", "swiftBic"),
    ("date of registration", "incorporationDate"),
    ("type of entity", "legalForm"),
    ("gender", "gender"),
];

/// Adds the births and documents of an identity.
pub(super) fn identity(identity: &Element<'_>, places: &Places, listing: &mut Listing<'_>) {
    for element in identity.children("day-month-year") {
        listing.goes_on_at_line(element.line);
        date(element, listing);
    }
    for element in identity.children("identification-document") {
        listing.goes_on_at_line(element.line);
        document(element, places, listing);
    }
}

/// Adds what is said of a target beyond its identities.
pub(super) fn read(body: &Element<'_>, listing: &mut Listing<'_>) {
    for element in body.children("other-information") {
        listing.goes_on_at_line(element.line);
        let text = one_line(&element.text);
        if !text.is_empty() && !labelled(&text, listing) {
            listing.note(&text);
        }
    }
}

/// The day a person was born, an organisation founded, a vessel built.
fn date(element: &Element<'_>, listing: &mut Listing<'_>) {
    const FIELD: &str = "day-month-year";
    let part = |name| element.attribute(name).unwrap_or("").trim().to_owned();
    let (year, month, day) = (part("year"), part("month"), part("day"));
    let number = |text: &str| text.parse::<u8>().ok();
    let text = match (number(&month), number(&day)) {
        (Some(month), Some(day)) => format!("{year}-{month:02}-{day:02}"),
        (Some(month), None) if day.is_empty() => format!("{year}-{month:02}"),
        (None, None) if month.is_empty() && day.is_empty() => year,
        _ => format!("{day}. {month}. {year}"),
    };
    let calendar = part("calendar");
    if !["", "Gregorian"].contains(&calendar.as_str()) {
        let found = quote(&format!("{text} ({calendar})"));
        listing.report(Severity::Medium, FIELD, found, sayings::gregorian_expected());
        return listing.note(&format!("{FIELD}: {text} ({calendar})"));
    }
    let property = match () {
        () if listing.is("Person") => "birthDate",
        () if listing.is("LegalEntity") => "incorporationDate",
        () => "buildDate",
    };
    listing.date(property, &text, FIELD);
    if let Some(quality) = quality(element) {
        listing.note(&format!("{FIELD} {text}: {quality}"));
    }
}

fn document(element: &Element<'_>, places: &Places, listing: &mut Listing<'_>) {
    let text = |name| one_line(element.text_of(name));
    let kind = element.attribute("document-type").unwrap_or("").to_owned();
    let property = match kind.as_str() {
        "passport" | "diplomatic-passport" | "travel-document" => "passportNumber",
        _ => "idNumber",
    };
    let place = element.children("place-of-issue").map(|place| {
        let there = places.text(place, listing);
        one_line(&format!("{} {there}", place.text.trim()))
    });
    let place: Vec<String> = place.filter(|place| !place.is_empty()).collect();
    let mut summary = vec![text("remark"), text("remarks")];
    summary.extend(quality(element));
    summary.retain(|text| !text.is_empty());
    let document = Document {
        property,
        kind: kind.replace('-', " "),
        number: text("number"),
        country: text("issuer"),
        issued: text("date-of-issue"),
        expires: text("expiry-date"),
        authority: place.join(", "),
        summary: summary.join(", "),
    };
    listing.document(&document, "identification-document");
}

/// Adds a sentence that is a label and a plain value; false for any other.
fn labelled(text: &str, listing: &mut Listing<'_>) -> bool {
    let Some((label, value)) = text.split_once(':') else { return false };
    let label = label.trim().to_lowercase();
    let value = value.trim().trim_end_matches('.').trim_end();
    let Some((_, property)) = LABELS.iter().find(|(known, _)| *known == label) else { return false };
    if !is_plain(property, value) {
        return false;
    }
    match *property {
        "incorporationDate" => listing.date(property, value, "other-information"),
        "flag" => listing.country(property, value, "other-information"),
        "gender" => listing.gender(value, "other-information"),
        "registrationNumber" | "taxNumber" => {
            let document = Document {
                property,
                kind: text.split(':').next().unwrap_or("").trim().to_owned(),
                number: value.to_owned(),
                ..Document::default()
            };
            listing.document(&document, "other-information");
        }
        _ => listing.number(property, value, "other-information"),
    }
    true
}

/// Whether a text is one value of its kind and nothing else.
fn is_plain(property: &str, value: &str) -> bool {
    let has_digit = value.bytes().any(|b| b.is_ascii_digit());
    let one_word = !value.contains([' ', ',', ';']) && !value.is_empty();
    match property {
        "website" => one_word && value.contains('.'),
        "email" => one_word && value.split_once('@').is_some_and(|(_, host)| host.contains('.')),
        "phone" => has_digit && value.chars().all(|c| c.is_ascii_digit() || " +()-/.".contains(c)),
        "imoNumber" | "mmsi" => one_word && value.bytes().all(|b| b.is_ascii_digit()),
        "swiftBic" => one_word && [8, 11].contains(&value.len()),
        "registrationNumber" | "taxNumber" | "callSign" => one_word && has_digit,
        "incorporationDate" => Date::parse(value).is_ok(),
        "legalForm" => !value.is_empty(),
        _ => one_word,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_plain_value_behind_a_label_is_taken() {
        for (property, value, expected) in [
            ("imoNumber", "8405270", true),
            ("imoNumber", "8405270 (formerly 1)", false),
            ("swiftBic", "EXAMKPPY", true),
            ("swiftBic", "EXAMKPPY and 5040900458", false),
            ("email", "a@example.org", true),
            ("email", "a@example.org, b@example.org", false),
            ("phone", "+41 (0)58 000 00 00", true),
            ("phone", "+41 58 000 00 00 (Kish Island branch)", false),
            ("website", "www.example.org", true),
            ("incorporationDate", "11 September 2002", true),
            ("incorporationDate", "1993 (as a shop)", false),
            ("registrationNumber", "123456", true),
            ("registrationNumber", "ИНН", false),
        ] {
            assert_eq!(is_plain(property, value), expected, "{property} {value}");
        }
    }
}
