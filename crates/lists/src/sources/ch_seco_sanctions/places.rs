//! Places on the Swiss list: where somebody lives and was born.
//!
//! In come the `place` elements of the file and the `address`, `place-of-birth` and `nationality` elements that refer
//! to them by `place-id`; out come addresses with their parts, `birthPlace` in one line, countries as codes. What an
//! address says itself goes before what its place says. Other spellings of a place go into the remarks.

use mihenk_entities::country::Country;
use rustc_hash::FxHashMap;

use crate::{
    finding::{Severity, quote},
    listing::{Listing, one_line},
    sayings,
    xml::Element,
};

/// A place and its parts.
#[derive(Clone, Debug, Default)]
struct Place {
    location: String,
    area: String,
    country: String,
    code: String,
    other: Vec<String>,
}

/// The places of a file by their number.
#[derive(Debug, Default)]
pub(super) struct Places(FxHashMap<String, Place>);

/// Elements of a place and an address that have a property.
const PARTS: [&str; 8] = ["location", "area", "country", "remarks", "c-o", "address-details", "p-o-box", "zip-code"];

impl Places {
    /// Enters a place.
    pub(super) fn enter(&mut self, element: &Element<'_>) {
        self.0.insert(element.attribute("ssid").unwrap_or_default().to_owned(), Place::of(element));
    }

    /// The place an element refers to, with what the element says itself.
    fn of(&self, element: &Element<'_>, listing: &mut Listing<'_>) -> Place {
        let own = Place::of(element);
        let Some(number) = element.attribute("place-id") else { return own };
        let Some(place) = self.0.get(number) else {
            let expected = sayings::number_of_no_place("place");
            listing.report(Severity::High, "place-id", quote(number), expected);
            return own;
        };
        let or = |own: String, place: &str| if own.is_empty() { place.to_owned() } else { own };
        Place {
            location: or(own.location, &place.location),
            area: or(own.area, &place.area),
            country: or(own.country, &place.country),
            code: or(own.code, &place.code),
            other: own.other.into_iter().chain(place.other.iter().cloned()).collect(),
        }
    }

    /// The place an element refers to, in one line.
    pub(super) fn text(&self, element: &Element<'_>, listing: &mut Listing<'_>) -> String {
        self.of(element, listing).text()
    }

    /// Adds the places of an identity.
    pub(super) fn identity(&self, identity: &Element<'_>, listing: &mut Listing<'_>) {
        for address in identity.children("address") {
            listing.goes_on_at_line(address.line);
            self.address(address, listing);
        }
        for birth in identity.children("place-of-birth") {
            listing.goes_on_at_line(birth.line);
            let place = self.of(birth, listing);
            if place.has_country() {
                place.add_country("birthCountry", listing);
            }
            let text = place.text();
            if text != place.country {
                listing.add("birthPlace", &text);
            }
            for text in place.other.iter().chain(&quality(birth)) {
                listing.note(&format!("Place of birth {}: {text}", place.text()));
            }
        }
        for nationality in identity.children("nationality") {
            listing.goes_on_at_line(nationality.line);
            let place = Place::of(nationality);
            if place.has_country() {
                place.add_country("nationality", listing);
            }
            for text in place.other.iter().chain(&quality(nationality)) {
                listing.note(&format!("Nationality {}: {text}", place.country));
            }
        }
    }

    fn address(&self, address: &Element<'_>, listing: &mut Listing<'_>) {
        let place = self.of(address, listing);
        let text = |name| one_line(address.text_of(name));
        let box_number = text("p-o-box");
        let care_of = text("c-o");
        let (street, postal_code) = (text("address-details"), text("zip-code"));
        let code = if place.has_country() { place.add_country("country", listing) } else { String::new() };
        let post = if box_number.is_empty() { String::new() } else { format!("P.O. Box {box_number}") };
        let city = one_line(&format!("{postal_code} {}", place.location));
        let full: Vec<&str> = [care_of.as_str(), &street, &post, &city, &place.area, &place.country]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect();
        let only_country = full.len() == usize::from(!place.country.is_empty());
        let remarks: Vec<String> = place.other.iter().cloned().chain(quality(address)).collect();
        if only_country && remarks.is_empty() {
            return;
        }
        let full = full.join(", ");
        if !only_country {
            listing.add("address", &full);
        }
        let number = address.attribute("ssid").unwrap_or("0").to_owned();
        let satellite = listing.satellite("Address", &format!("address-{number}"));
        let id = satellite.id.to_string();
        for (property, value) in [
            ("full", full.as_str()),
            ("summary", &care_of),
            ("street", &street),
            ("postOfficeBox", &box_number),
            ("city", &place.location),
            ("postalCode", &postal_code),
            ("region", &place.area),
            ("country", &code),
            ("remarks", &remarks.join("; ")),
        ] {
            satellite.add(property, value);
        }
        listing.add("addressEntity", &id);
    }
}

/// What is not of good quality says so.
pub(super) fn quality(element: &Element<'_>) -> Option<String> {
    let quality = element.attribute("quality").filter(|quality| !["good", ""].contains(quality))?;
    Some(format!("quality {quality}"))
}

impl Place {
    fn of(element: &Element<'_>) -> Place {
        let text = |name| one_line(element.text_of(name));
        let country = element.child("country");
        let mut other = vec![text("remarks")];
        // Other spellings have elements of their own.
        let variants = element.children.iter().filter(|child| !PARTS.contains(&child.name));
        other.extend(variants.map(|child| one_line(&child.text)));
        other.retain(|text| !text.is_empty());
        Place {
            location: text("location"),
            area: text("area"),
            country: text("country"),
            code: country.and_then(|country| country.attribute("iso-code")).unwrap_or_default().to_owned(),
            other,
        }
    }

    fn has_country(&self) -> bool {
        !self.country.is_empty() || !self.code.is_empty()
    }

    /// Adds the country, as its code says it, else as its name does; gives the code.
    fn add_country(&self, property: &str, listing: &mut Listing<'_>) -> String {
        if let Some(country) = Country::parse(&self.code) {
            listing.add(property, country.code());
            return country.code().to_owned();
        }
        let text = if self.country.is_empty() { &self.code } else { &self.country };
        match listing.read_country(text, "country") {
            Some(country) => {
                listing.add(property, country.code());
                country.code().to_owned()
            }
            None => {
                listing.note(&format!("{property}: {text}"));
                String::new()
            }
        }
    }

    fn text(&self) -> String {
        let parts = [self.location.as_str(), &self.area, &self.country];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
    }
}
