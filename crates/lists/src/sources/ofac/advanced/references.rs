//! What the numbers of OFAC's advanced XML form stand for, and what else is kept in tables of its own.
//!
//! In come `ReferenceValueSets`, `Locations`, `IDRegDocuments`, `SanctionsEntries`, `ProfileRelationships` and
//! `SanctionsEntryLinks`; out come texts by kind and number, places as text, country or [`Address`], and the rest by
//! the party it is about. How much is held has a limit: a file that goes beyond it is refused, not read in part.

use std::cell::RefCell;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::{listing::one_line, sources::ofac::addresses::Address, xml::Element};

/// Elements that are held in all; the whole list has less than two million.
const HELD_MAX: usize = 6_000_000;

/// A number's meaning.
#[derive(Clone, Debug, Default)]
struct Reference {
    text: String,
    attributes: Vec<(String, String)>,
}

/// Everything that parties refer to.
#[derive(Default)]
pub(super) struct References<'x> {
    values: FxHashMap<(&'x str, String), Reference>,
    locations: FxHashMap<String, Element<'x>>,
    /// The numbers of the places that were asked for.
    used: RefCell<FxHashSet<String>>,
    documents: FxHashMap<String, Vec<Element<'x>>>,
    entries: FxHashMap<String, Vec<Element<'x>>>,
    /// The relations between parties, in the order of the file.
    pub(super) relations: Vec<Element<'x>>,
    /// The links between sanctions entries.
    pub(super) links: Vec<Element<'x>>,
    /// The party of a sanctions entry, by the number of the entry.
    pub(super) profile_of_entry: FxHashMap<String, String>,
    held: usize,
}

impl<'x> References<'x> {
    /// Enters the values of one set.
    pub(super) fn enter_values(&mut self, set: &Element<'x>) {
        self.held += size(set);
        for value in &set.children {
            let reference = Reference { text: one_line(&value.text), attributes: value.attributes.clone() };
            let number = value.attribute("ID").unwrap_or_default().to_owned();
            self.values.insert((value.name, number), reference);
        }
    }

    /// Enters a place, a document, a sanctions entry, a relation or a link; false for anything else.
    pub(super) fn enter(&mut self, element: &Element<'x>) -> bool {
        let number = |name| element.attribute(name).unwrap_or_default().to_owned();
        match element.name {
            "Location" => drop(self.locations.insert(number("ID"), element.clone())),
            "IDRegDocument" => self.documents.entry(number("IdentityID")).or_default().push(element.clone()),
            "SanctionsEntry" => {
                self.profile_of_entry.insert(number("ID"), number("ProfileID"));
                self.entries.entry(number("ProfileID")).or_default().push(element.clone());
            }
            "ProfileRelationship" => self.relations.push(element.clone()),
            "SanctionsEntryLink" => self.links.push(element.clone()),
            _ => return false,
        }
        self.held += size(element);
        true
    }

    /// Whether more was held than any list has.
    pub(super) fn is_too_large(&self) -> bool {
        self.held > HELD_MAX
    }

    /// The text of a number, empty if it is not in the file.
    pub(super) fn text(&self, kind: &'static str, number: Option<&str>) -> &str {
        self.reference(kind, number).map_or("", |reference| reference.text.as_str())
    }

    fn reference(&self, kind: &'static str, number: Option<&str>) -> Option<&Reference> {
        self.values.get(&(kind, number?.to_owned()))
    }

    fn attribute(&self, kind: &'static str, number: Option<&str>, name: &str) -> Option<&str> {
        let reference = self.reference(kind, number)?;
        reference.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// The kind of a party: of its subtype, or of the type above it where the subtype says *Unknown*.
    pub(super) fn party_kind(&self, subtype: Option<&str>) -> &str {
        match self.text("PartySubType", subtype) {
            "" | "Unknown" => self.text("PartyType", self.attribute("PartySubType", subtype, "PartyTypeID")),
            text => text,
        }
    }

    /// The documents of an identity; what is taken is not there any more.
    pub(super) fn take_documents(&mut self, identity: &str) -> Vec<Element<'x>> {
        self.documents.remove(identity).unwrap_or_default()
    }

    /// The sanctions entries of a party; what is taken is not there any more.
    pub(super) fn take_entries(&mut self, profile: &str) -> Vec<Element<'x>> {
        self.entries.remove(profile).unwrap_or_default()
    }

    /// What nobody took: documents and sanctions entries of parties that are not in the file.
    pub(super) fn left_over(&self) -> Vec<&Element<'x>> {
        let mut left: Vec<&Element<'x>> = self.documents.values().chain(self.entries.values()).flatten().collect();
        left.sort_by_key(|element| element.line);
        left
    }

    /// The places that say something and that nobody asked for, by line.
    pub(super) fn unused_places(&self) -> Vec<(u64, String)> {
        let used = self.used.borrow();
        let unused = self.locations.iter().filter(|(number, _)| !used.contains(*number));
        let mut places: Vec<(u64, String)> = unused
            .map(|(number, location)| {
                let place = self.place_of(number, location);
                let texts = std::iter::once(place.as_text()).chain(place.other).filter(|text| !text.is_empty());
                (location.line, texts.collect::<Vec<_>>().join(", "))
            })
            .filter(|(_, text)| !text.is_empty())
            .collect();
        places.sort();
        places
    }

    /// The country of a number.
    pub(super) fn country(&self, number: Option<&str>) -> &str {
        match self.text("Country", number) {
            "" => self.attribute("Country", number, "ISO2").unwrap_or(""),
            text => text,
        }
    }

    /// A place by its number.
    pub(super) fn place(&self, number: &str) -> Option<Place> {
        let location = self.locations.get(number)?;
        self.used.borrow_mut().insert(number.to_owned());
        Some(self.place_of(number, location))
    }

    fn place_of(&self, number: &str, location: &Element<'_>) -> Place {
        let mut place = Place { number: number.to_owned(), ..Place::default() };
        place.add_countries(location, self);
        for part in location.children("LocationPart") {
            place.add_part(part, self.text("LocPartType", part.attribute("LocPartTypeID")));
        }
        place.other.extend(location.children("Comment").map(|comment| one_line(&comment.text)));
        place.other.retain(|text| !text.is_empty());
        place
    }
}

/// Where something is.
#[derive(Clone, Debug, Default)]
pub(super) struct Place {
    number: String,
    /// Its country, as text.
    pub(super) country: String,
    /// Its parts by their kind, the primary text of each.
    parts: Vec<(String, String)>,
    /// The place as a whole, where it has no parts.
    whole: String,
    /// Further texts: other spellings and scripts of a part, comments.
    pub(super) other: Vec<String>,
}

impl Place {
    fn add_countries(&mut self, location: &Element<'_>, references: &References<'_>) {
        let countries = location.children("LocationCountry").map(|c| references.country(c.attribute("CountryID")));
        let areas = location.children("LocationAreaCode").map(|area| {
            let number = area.attribute("AreaCodeID");
            references.attribute("AreaCode", number, "Description").unwrap_or_default()
        });
        for country in countries.chain(areas).map(one_line).filter(|country| !country.is_empty()) {
            if self.country.is_empty() {
                self.country = country;
            } else if self.country != country && !self.other.contains(&country) {
                self.other.push(country);
            }
        }
    }

    fn add_part(&mut self, part: &Element<'_>, kind: &str) {
        let mut values: Vec<&Element<'_>> = part.children("LocationPartValue").collect();
        values.sort_by_key(|value| value.attribute("Primary") != Some("true"));
        for (i, value) in values.iter().enumerate() {
            let (text, comment) = (one_line(value.text_of("Value")), one_line(value.text_of("Comment")));
            match kind {
                _ if i > 0 => self.other.push(text),
                "Unknown" | "" => self.whole = text,
                _ => self.parts.push((kind.to_owned(), text)),
            }
            self.other.push(comment);
        }
    }

    fn part(&self, kind: &str) -> &str {
        self.parts.iter().find(|(known, _)| known == kind).map_or("", |(_, text)| text.as_str())
    }

    /// The place as a country: a place of a nationality has its country as text or as number.
    pub(super) fn as_country(&self) -> String {
        if self.whole.is_empty() { self.country.clone() } else { self.whole.clone() }
    }

    /// The place in one line, as of a birth.
    pub(super) fn as_text(&self) -> String {
        let parts = self.parts.iter().map(|(_, text)| text.as_str());
        let mut texts: Vec<&str> =
            std::iter::once(self.whole.as_str()).chain(parts).chain([self.country.as_str()]).collect();
        texts.retain(|text| !text.is_empty());
        texts.dedup();
        texts.join(", ")
    }

    /// The place as an address.
    pub(super) fn as_address(&self) -> Address {
        let known = ["ADDRESS1", "ADDRESS2", "ADDRESS3", "CITY", "STATE/PROVINCE", "POSTAL CODE", "REGION"];
        let lines = ["ADDRESS1", "ADDRESS2", "ADDRESS3"].map(|kind| self.part(kind));
        let street: Vec<&str> =
            std::iter::once(self.whole.as_str()).chain(lines).filter(|line| !line.is_empty()).collect();
        let unknown = self.parts.iter().filter(|(kind, _)| !known.contains(&kind.as_str()));
        let remarks = unknown.map(|(kind, text)| format!("{kind}: {text}")).chain(self.other.iter().cloned());
        Address {
            number: self.number.clone(),
            street: street.join(", "),
            city: self.part("CITY").to_owned(),
            state: self.part("STATE/PROVINCE").to_owned(),
            postal_code: self.part("POSTAL CODE").to_owned(),
            region: self.part("REGION").to_owned(),
            country: self.country.clone(),
            remarks: remarks.collect::<Vec<_>>().join("; "),
            ..Address::default()
        }
    }
}

fn size(element: &Element<'_>) -> usize {
    1 + element.children.iter().map(size).sum::<usize>()
}
