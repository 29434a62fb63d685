//! Addresses of OFAC's `add.csv`.
//!
//! In comes a row: street, one field for city, province and postal code, country, remarks; out come the country and
//! the one-line address on the entity and an `Address` that keeps the parts. The mixed field is cut at its commas, and
//! words with digits at its end are the postal code: `Culiacan, Sinaloa 80000`, `London EC3N 1DY`.

use crate::{listing::Listing, sources::ofac::rows::Row};

/// The mixed field, taken apart.
#[derive(Debug, Default, PartialEq, Eq)]
struct City<'a> {
    city: &'a str,
    state: String,
    postal_code: String,
}

/// Words in country fields that name no country.
pub(super) const NO_COUNTRY: [&str; 3] = ["none identified", "undetermined", "unknown"];

/// Adds the address of a row.
pub(super) fn add(row: &Row<'_>, listing: &mut Listing<'_>) {
    let [street, city, country, remarks] = [2, 3, 4, 5].map(|column| row.field(column));
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
    if [street, city, remarks].iter().all(|part| part.is_empty()) {
        return;
    }
    let full: Vec<&str> = [street, city, country].into_iter().filter(|part| !part.is_empty()).collect();
    let full = full.join(", ");
    if !(street.is_empty() && city.is_empty()) {
        listing.add("address", &full);
    }
    let parts = take_apart(city);
    let satellite = listing.satellite("Address", &format!("address-{}", row.field(1)));
    let id = satellite.id.to_string();
    satellite.add("full", full);
    satellite.add("street", street);
    satellite.add("city", parts.city);
    satellite.add("state", parts.state);
    satellite.add("postalCode", parts.postal_code);
    satellite.add("country", code);
    satellite.add("remarks", remarks);
    listing.add("addressEntity", &id);
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
