//! Addresses of OFAC's lists.
//!
//! In comes a row of `add.csv` (street, one field for city, province and postal code, country, remarks) or the parts of
//! an XML form; out come the country and the one-line address on the entity and an `Address` that keeps the parts. The
//! mixed field is cut at its commas, and words with digits at its end are the postal code: `Culiacan, Sinaloa 80000`,
//! `London EC3N 1DY`.

use crate::{
    listing::{Listing, one_line},
    sources::ofac::rows::Row,
};

/// An address and its parts, as written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Address {
    /// The number that OFAC gave it.
    pub(super) number: String,
    /// Its lines above the city, with commas between them.
    pub(super) street: String,
    /// City, province and postal code in one field, where a form has them so.
    pub(super) mixed: String,
    /// Its city.
    pub(super) city: String,
    /// Its province or state.
    pub(super) state: String,
    /// Its postal code.
    pub(super) postal_code: String,
    /// A region larger or smaller than a country.
    pub(super) region: String,
    /// Its country.
    pub(super) country: String,
    /// What else is said of it.
    pub(super) remarks: String,
}

/// The mixed field, taken apart.
#[derive(Debug, Default, PartialEq, Eq)]
struct City<'a> {
    city: &'a str,
    state: String,
    postal_code: String,
}

/// Words in country fields that name no country.
pub(super) const NO_COUNTRY: [&str; 3] = ["none identified", "undetermined", "unknown"];

/// The address of a row.
pub(super) fn of_row(row: &Row<'_>) -> Address {
    let [number, street, mixed, country, remarks] = [1, 2, 3, 4, 5].map(|column| row.field(column).to_owned());
    let parts = take_apart(&mixed);
    let (city, state, postal_code) = (parts.city.to_owned(), parts.state, parts.postal_code);
    Address { number, street, mixed, city, state, postal_code, country, remarks, ..Address::default() }
}

impl Address {
    /// Adds it.
    pub(super) fn add(&self, listing: &mut Listing<'_>) {
        let country = self.country.as_str();
        let mut code = "";
        if NO_COUNTRY.contains(&country.to_lowercase().as_str()) {
            listing.note(&format!("Country of address: {country}"));
        } else if !country.is_empty() {
            match listing.read_country(country, "Country") {
                Some(known) => code = known.code(),
                None => listing.note(&format!("Country: {country}")),
            }
            listing.add("country", code);
        }
        let mixed = self.mixed();
        let places = [self.street.as_str(), &mixed, &self.region];
        if places.iter().all(|part| part.is_empty()) && self.remarks.is_empty() {
            return;
        }
        let full: Vec<&str> = places.into_iter().chain([country]).filter(|part| !part.is_empty()).collect();
        let full = full.join(", ");
        if places.iter().any(|part| !part.is_empty()) {
            listing.add("address", &full);
        }
        let satellite = listing.satellite("Address", &format!("address-{}", self.number));
        let id = satellite.id.to_string();
        satellite.add("full", one_line(&full));
        satellite.add("country", code);
        for (property, value) in [
            ("street", &self.street),
            ("city", &self.city),
            ("state", &self.state),
            ("postalCode", &self.postal_code),
            ("region", &self.region),
            ("remarks", &self.remarks),
        ] {
            satellite.add(property, one_line(value));
        }
        listing.add("addressEntity", &id);
    }

    /// City, province and postal code in one field, as the CSV form has them.
    fn mixed(&self) -> String {
        if !self.mixed.is_empty() {
            return self.mixed.clone();
        }
        let places: Vec<&str> = [self.city.as_str(), &self.state].into_iter().filter(|part| !part.is_empty()).collect();
        one_line(&format!("{} {}", places.join(", "), self.postal_code))
    }
}

fn take_apart(text: &str) -> City<'_> {
    let has_digit = |word: &&str| word.chars().any(|c| c.is_ascii_digit());
    let words: Vec<&str> = text.split(' ').collect();
    let postal = words.iter().rev().take_while(|word| has_digit(word)).count();
    let postal_code = words[words.len() - postal..].join(" ");
    let places = text[..text.len() - postal_code.len()].trim_matches([' ', ',']);
    let (city, state) = places.split_once(',').unwrap_or((places, ""));
    City { city: city.trim(), state: state.trim().to_owned(), postal_code }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_mixed_field_is_taken_apart() {
        for (text, city, state, postal_code) in [
            ("Havana", "Havana", "", ""),
            ("London EC3N 1DY", "London", "", "EC3N 1DY"),
            ("Culiacan, Sinaloa 80000", "Culiacan", "Sinaloa", "80000"),
            ("Tehran 19395-4833", "Tehran", "", "19395-4833"),
            ("New York, NY", "New York", "NY", ""),
            ("80000", "", "", "80000"),
            ("", "", "", ""),
        ] {
            let expected = City { city, state: state.to_owned(), postal_code: postal_code.to_owned() };
            assert_eq!(take_apart(text), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_field_is_taken_apart(text in "\\PC{0,30}|[a1, ]{0,20}") {
            let _ = take_apart(&text);
        }
    }
}
