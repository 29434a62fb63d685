//! Countries, addresses, citizenships and contact details of the EU's list.
//!
//! In come `address`, `citizenship` and `contactInfo` elements; out come the country and the one-line address on the entity,
//! an `Address` that keeps the parts, `nationality`, `phone`, `email` and `website`. `UNKNOWN` (code `00`) stands for no
//! country.

use mihenk_entities::country::Country;

use crate::{
    finding::{Severity, quote},
    listing::{Listing, one_line},
    sayings,
    sources::eu_fsf::{remarks, value},
    xml::Element,
};

/// A country as the list writes it.
pub(super) struct Named {
    /// Its name, empty if it is not known.
    pub(super) text: String,
    /// Its code, if it has one.
    pub(super) code: Option<&'static str>,
}

/// The country of a part. One that is not known is kept as a note and reported.
pub(super) fn country(part: &Element<'_>, listing: &mut Listing<'_>) -> Named {
    let known = |text: String, unknown: &str| if text.eq_ignore_ascii_case(unknown) { String::new() } else { text };
    let text = known(value(part, "countryDescription"), "UNKNOWN");
    let iso = known(value(part, "countryIso2Code"), "00");
    let code = Country::parse(&text).or_else(|| Country::parse(&iso)).map(Country::code);
    if code.is_none() && !(text.is_empty() && iso.is_empty()) {
        let both = one_line(&format!("{text} {iso}"));
        let expected = sayings::country_expected();
        listing.report(Severity::Low, "countryDescription", quote(&both), expected);
        listing.note(&format!("{} country: {both}", part.name));
    }
    Named { text: if text.is_empty() { iso } else { text }, code }
}

/// Adds addresses, citizenships and contact details.
pub(super) fn read(record: &Element<'_>, listing: &mut Listing<'_>) {
    for address in record.children("address") {
        listing.goes_on_at_line(address.line);
        read_address(address, listing);
    }
    for citizenship in record.children("citizenship") {
        listing.goes_on_at_line(citizenship.line);
        if let Some(code) = country(citizenship, listing).code {
            listing.add(if listing.is("Person") { "nationality" } else { "country" }, code);
        }
        let region = Some(value(citizenship, "region")).filter(|text| !text.is_empty());
        for text in remarks(citizenship).into_iter().chain(region) {
            listing.note(&format!("Citizenship: {text}"));
        }
    }
    for contact in record.children("contactInfo") {
        listing.goes_on_at_line(contact.line);
        read_contact(contact, listing);
    }
}

fn read_address(address: &Element<'_>, listing: &mut Listing<'_>) {
    let country = country(address, listing);
    let code = country.code.unwrap_or("");
    listing.add("country", code);
    address.children("contactInfo").for_each(|contact| read_contact(contact, listing));
    let [street, place, city, postal_code, region] =
        ["street", "place", "city", "zipCode", "region"].map(|name| value(address, name));
    let po_box = value(address, "poBox");
    let boxed = if po_box.is_empty() { String::new() } else { format!("P.O. Box {po_box}") };
    let mut remarks = remarks(address);
    if value(address, "asAtListingTime").eq_ignore_ascii_case("true") {
        remarks.push("address at the time of listing".to_owned());
    }
    let mut full: Vec<&str> = [&street, &boxed, &place, &city, &postal_code, &region].map(String::as_str).into();
    full.retain(|part| !part.is_empty());
    if full.is_empty() && remarks.is_empty() {
        return;
    }
    let only_remarks = full.is_empty();
    full.extend(Some(country.text.as_str()).filter(|text| !text.is_empty()));
    let full = full.join(", ");
    if !only_remarks {
        listing.add("address", &full);
    }
    let satellite = listing.satellite("Address", &format!("address-{}", value(address, "logicalId")));
    let id = satellite.id.to_string();
    satellite.add("full", full);
    satellite.add("street", street);
    satellite.add("street2", place);
    satellite.add("postOfficeBox", po_box);
    satellite.add("city", city);
    satellite.add("postalCode", postal_code);
    satellite.add("region", region);
    satellite.add("country", code);
    for remark in remarks {
        satellite.add("remarks", remark);
    }
    listing.add("addressEntity", &id);
}

/// A contact: a kind and a value, or (in the CSV file) both in one text.
fn read_contact(contact: &Element<'_>, listing: &mut Listing<'_>) {
    let (key, mut text) = (value(contact, "key"), value(contact, "value"));
    if text.is_empty() {
        text = one_line(&contact.text);
    }
    if key.is_empty() {
        return in_one_text(&text).iter().for_each(|(key, text)| add_contact(key, text, listing));
    }
    add_contact(&key, &text, listing);
}

fn add_contact(key: &str, text: &str, listing: &mut Listing<'_>) {
    let property = match key {
        "PHONE" | "FAX" => "phone",
        "EMAIL" => "email",
        "WEB" => "website",
        _ => return listing.note(one_line(&format!("Contact: {key} {text}")).as_str()),
    };
    for text in text.split([',', ';']) {
        listing.add(property, text);
    }
}

/// `EMAILinfo@example.orgPHONE+7 351WEBhttps://example.org` as pairs; a text without a key at its start is one with none.
fn in_one_text(text: &str) -> Vec<(&str, &str)> {
    const KEYS: [&str; 4] = ["EMAIL", "PHONE", "FAX", "WEB"];
    let mut starts: Vec<(usize, &str)> = KEYS.iter().flat_map(|key| text.match_indices(key)).collect();
    starts.sort_unstable();
    if starts.first().is_none_or(|(at, _)| *at > 0) {
        return if text.is_empty() { Vec::new() } else { vec![("", text)] };
    }
    let ends = starts.iter().skip(1).map(|(at, _)| *at).chain([text.len()]);
    let pairs = starts.iter().zip(ends).map(|((at, key), end)| (*key, &text[at + key.len()..end]));
    pairs.map(|(key, text)| (key, text.trim_matches([' ', ':', ',', ';', '[', ']', '=']))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contacts_in_one_text_are_taken_apart() {
        assert_eq!(
            in_one_text("EMAILinfo@example.orgPHONE+7 (351) 1WEBhttps://example.org"),
            [("EMAIL", "info@example.org"), ("PHONE", "+7 (351) 1"), ("WEB", "https://example.org")]
        );
        assert_eq!(in_one_text("call the office"), [("", "call the office")]);
        assert!(in_one_text("").is_empty());
    }
}
