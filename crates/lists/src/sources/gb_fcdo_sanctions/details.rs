//! What the UK Sanctions List says about a person, an entity or a ship: births, documents, addresses, contacts, owners.
//!
//! In come the groups of a designation; out come properties, documents and addresses, and the names of parents, subsidiaries
//! and owners, which the relations of the list resolve. Dates have the day first, and letters or zeros for what is not known.

use crate::{
    dates::day_first,
    document::Document,
    finding::{Severity, quote},
    listing::{Listing, one_line},
    sayings,
    sources::gb_fcdo_sanctions::{elements, numbers, texts},
    xml::Element,
};

/// Texts that go into a property as they are.
const PLAIN: [(&[&str], &str); 8] = [
    (&["Titles", "Title"], "title"),
    (&["IndividualDetails", "Individual", "Positions", "Position"], "position"),
    (&["PhoneNumbers", "PhoneNumber"], "phone"),
    (&["Websites", "Website"], "website"),
    (&["EntityDetails", "Entity", "TypeOfEntities", "TypeOfEntity"], "summary"),
    (&["ShipDetails", "Ship", "TypeOfShipDetails", "TypeOfShip"], "type"),
    (&["ShipDetails", "Ship", "TonnageOfShipDetails", "TonnageOfShip"], "tonnage"),
    (&["ShipDetails", "Ship", "HullIdentificationNumbers", "HullIdentificationNumber"], "registrationNumber"),
];

/// Texts that name a country.
const COUNTRIES: [(&[&str], &str); 3] = [
    (&["IndividualDetails", "Individual", "Nationalities", "Nationality"], "nationality"),
    (&["ShipDetails", "Ship", "CurrentBelievedFlagOfShips", "CurrentBelievedFlagOfShip"], "flag"),
    (&["ShipDetails", "Ship", "PreviousFlags", "PreviousFlag"], "pastFlags"),
];

/// Who is named, in which role, and the property that takes the one who is found.
const RELATIONS: [(&[&str], &str, Option<&str>); 4] = [
    (&["EntityDetails", "Entity", "ParentCompanies", "ParentCompany"], "Parent company", Some("parent")),
    (&["EntityDetails", "Entity", "Subsidiaries", "Subsidiary"], "Subsidiary", None),
    (
        &["ShipDetails", "Ship", "CurrentOwnerOperators", "CurrentOwnerOperator"],
        "Current owner/operator",
        Some("owner"),
    ),
    (&["ShipDetails", "Ship", "PreviousOwnerOperators", "PreviousOwnerOperator"], "Previous owner/operator", None),
];

/// Others that are named: line, role, name, property.
pub(super) fn relations<'e>(
    record: &'e Element<'_>,
) -> impl Iterator<Item = (u64, &'static str, String, Option<&'static str>)> + 'e {
    RELATIONS.iter().flat_map(|(path, role, property)| {
        texts(record, path).into_iter().map(|(line, name)| (line, *role, name, *property))
    })
}

/// Adds what is said about the person, the entity or the ship.
pub(super) fn read(record: &Element<'_>, listing: &mut Listing<'_>) {
    for (path, property) in PLAIN {
        for (_, text) in texts(record, path) {
            listing.add(property, &text);
        }
    }
    for (path, property) in COUNTRIES {
        for (line, text) in texts(record, path) {
            listing.goes_on_at_line(line);
            listing.country(property, &text, path[path.len() - 1]);
        }
    }
    for (_, text) in texts(record, &["EmailAddresses", "EmailAddress"]) {
        for address in text.split([';', ' ']) {
            listing.add("email", address.trim_end_matches(','));
        }
    }
    births(record, listing);
    for (line, text) in texts(record, &["IndividualDetails", "Individual", "Genders", "Gender"]) {
        listing.goes_on_at_line(line);
        listing.gender(&text, "Gender");
    }
    documents(record, listing);
    for (line, text) in
        texts(record, &["EntityDetails", "Entity", "BusinessRegistrationNumbers", "BusinessRegistrationNumber"])
    {
        listing.goes_on_at_line(line);
        numbers::registration(&text, listing);
    }
    ship(record, listing);
    for address in elements(record, &["Addresses", "Address"]) {
        listing.goes_on_at_line(address.line);
        read_address(address, listing);
    }
}

fn births(record: &Element<'_>, listing: &mut Listing<'_>) {
    for (line, text) in texts(record, &["IndividualDetails", "Individual", "DOBs", "DOB"]) {
        listing.goes_on_at_line(line);
        let date = day_first(&text);
        match listing.read_date(&date, "DOB") {
            Some(date) => listing.add("birthDate", &date),
            None => listing.note(&format!("DOB: {text}")),
        }
    }
    for place in elements(record, &["IndividualDetails", "Individual", "BirthDetails", "Location"]) {
        listing.goes_on_at_line(place.line);
        let (town, country) = (one_line(place.text_of("TownOfBirth")), one_line(place.text_of("CountryOfBirth")));
        if !country.is_empty() {
            listing.country("birthCountry", &country, "CountryOfBirth");
        }
        if !town.is_empty() {
            let parts: Vec<&str> = [town.as_str(), country.as_str()].into_iter().filter(|p| !p.is_empty()).collect();
            listing.add("birthPlace", &parts.join(", "));
        }
    }
}

fn documents(record: &Element<'_>, listing: &mut Listing<'_>) {
    const GROUPS: [([&str; 2], &str, &str, &str, &str); 2] = [
        (
            ["PassportDetails", "Passport"],
            "PassportNumber",
            "PassportAdditionalInformation",
            "passportNumber",
            "Passport",
        ),
        (
            ["NationalIdentifierDetails", "NationalIdentifier"],
            "NationalIdentifierNumber",
            "NationalIdentifierAdditionalInformation",
            "idNumber",
            "National identifier",
        ),
    ];
    for (path, number, information, property, kind) in GROUPS {
        for element in elements(record, &["IndividualDetails", "Individual", path[0], path[1]]) {
            listing.goes_on_at_line(element.line);
            let information = one_line(element.text_of(information));
            let text = one_line(element.text_of(number));
            if text.is_empty() && !information.is_empty() {
                listing.note(&format!("{kind}: {information}"));
            }
            if text.is_empty() {
                continue;
            }
            let kind = kind.to_owned();
            let document = Document { property, kind, number: text, summary: information, ..Document::default() };
            listing.document(&document, number);
        }
    }
}

fn ship(record: &Element<'_>, listing: &mut Listing<'_>) {
    for (line, text) in texts(record, &["ShipDetails", "Ship", "IMONumbers", "IMONumber"]) {
        listing.goes_on_at_line(line);
        listing.number("imoNumber", &text, "IMONumber");
    }
    for (line, text) in texts(record, &["ShipDetails", "Ship", "YearsBuilt", "YearBuilt"]) {
        listing.goes_on_at_line(line);
        listing.date("buildDate", &text, "YearBuilt");
    }
    for (_, text) in texts(record, &["ShipDetails", "Ship", "LengthOfShipDetails", "LengthOfShip"]) {
        listing.note(&format!("Length of ship: {text}"));
    }
}

fn read_address(address: &Element<'_>, listing: &mut Listing<'_>) {
    let part = |name| one_line(address.text_of(name));
    let lines =
        ["AddressLine1", "AddressLine2", "AddressLine3", "AddressLine4", "AddressLine5", "AddressLine6"].map(part);
    let (postal_code, country) = (part("AddressPostalCode"), part("AddressCountry"));
    let mut code = "";
    if !country.is_empty() {
        match listing.read_country(&country, "AddressCountry") {
            Some(known) => code = known.code(),
            None => listing.note(&format!("AddressCountry: {country}")),
        }
        listing.add("country", code);
    }
    let mut full: Vec<&str> = lines.iter().chain([&postal_code]).map(String::as_str).collect();
    full.retain(|part| !part.is_empty());
    if full.is_empty() {
        return;
    }
    full.extend(Some(country.as_str()).filter(|country| !country.is_empty()));
    let full = full.join(", ");
    listing.add("address", &full);
    let [street, second, third, place, region, city] = lines;
    let satellite = listing.satellite("Address", &format!("address-{full}"));
    let id = satellite.id.to_string();
    satellite.add("full", full);
    satellite.add("street", street);
    for line in [second, third, place] {
        satellite.add("street2", line);
    }
    satellite.add("region", region);
    satellite.add("city", city);
    satellite.add("postalCode", postal_code);
    satellite.add("country", code);
    listing.add("addressEntity", &id);
}

/// Reports a number that holds no digit; used where no document can be made of it.
pub(super) fn report_no_number(text: &str, field: &str, listing: &mut Listing<'_>) {
    listing.report(Severity::Medium, field, quote(text), sayings::no_number_found());
    listing.note(&format!("{field}: {text}"));
}
