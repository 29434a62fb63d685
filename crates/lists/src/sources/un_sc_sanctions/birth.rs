//! When and where a person on the UN list was born.
//!
//! In come the elements INDIVIDUAL_DATE_OF_BIRTH (a type, EXACT, APPROXIMATELY or BETWEEN, with DATE, YEAR, or
//! FROM_YEAR and TO_YEAR, and a NOTE) and INDIVIDUAL_PLACE_OF_BIRTH; out come `birthDate` in the forms of
//! [`mihenk_entities::date`] (`1957~` about, `1955/1958` between), `birthPlace` in one line and `birthCountry`. Some
//! dates stand in the note alone (*Nov. 1973*).

use mihenk_entities::Date;

use crate::{
    finding::{Severity, quote},
    listing::{Listing, one_line},
    sayings,
    xml::Element,
};

/// The parts of a date of birth.
pub(super) const DATE_FIELDS: &[&str] = &["TYPE_OF_DATE", "DATE", "YEAR", "FROM_YEAR", "TO_YEAR", "NOTE"];

/// The parts of a place of birth.
pub(super) const PLACE_FIELDS: &[&str] = &["STREET", "CITY", "STATE_PROVINCE", "COUNTRY", "NOTE"];

/// Adds the births of a record.
pub(super) fn read(record: &Element<'_>, listing: &mut Listing<'_>) {
    for date in record.children("INDIVIDUAL_DATE_OF_BIRTH") {
        listing.goes_on_at_line(date.line);
        read_date(date, listing);
    }
    for place in record.children("INDIVIDUAL_PLACE_OF_BIRTH") {
        listing.goes_on_at_line(place.line);
        read_place(place, listing);
    }
}

fn read_date(element: &Element<'_>, listing: &mut Listing<'_>) {
    const FIELD: &str = "INDIVIDUAL_DATE_OF_BIRTH";
    let text = |name| one_line(element.text_of(name));
    let (date, year, from, to, note) = (text("DATE"), text("YEAR"), text("FROM_YEAR"), text("TO_YEAR"), text("NOTE"));
    let kind = text("TYPE_OF_DATE");
    let about = kind.eq_ignore_ascii_case("APPROXIMATELY") || note.to_lowercase().starts_with("approx");
    if !["", "EXACT", "APPROXIMATELY", "BETWEEN"].iter().any(|known| kind.eq_ignore_ascii_case(known)) {
        listing.report(
            Severity::Low,
            "TYPE_OF_DATE",
            quote(&kind),
            sayings::one_of_expected("EXACT, APPROXIMATELY or BETWEEN"),
        );
    }
    // "Sep." beside the year 1958 is September 1958.
    let month = Date::parse(&format!("{note} {year}")).ok().filter(|_| !note.is_empty() && !year.is_empty());
    let mut found = Vec::new();
    if !date.is_empty() {
        found.push(date);
    }
    if let Some(month) = month {
        found.push(month.to_string());
    } else if !year.is_empty() {
        found.push(year);
    }
    match (from.is_empty(), to.is_empty()) {
        (false, false) if from == to => found.push(from),
        (false, false) => found.push(format!("{from}/{to}")),
        (true, true) => {}
        _ => found.push(format!("{from}{to}")),
    }
    if found.is_empty() && !note.is_empty() {
        match Date::parse(&note) {
            Ok(date) => {
                // A date of another calendar stays readable as it stood.
                if note.contains('(') {
                    listing.note(&format!("Date of birth: {note}"));
                }
                found.push(date.to_string());
            }
            Err(error) => {
                listing.report(Severity::Medium, FIELD, quote(&note), sayings::kept_as_note(error.said()));
                return listing.note(&format!("Date of birth: {note}"));
            }
        }
    } else if !note.is_empty() && month.is_none() && !note.eq_ignore_ascii_case("approximately") {
        listing.note(&format!("Date of birth {}: {note}", found.join(", ")));
    }
    for date in found {
        match Date::parse(&date) {
            Ok(date) if about => listing.add("birthDate", &date.about().to_string()),
            _ => listing.date("birthDate", &date, FIELD),
        }
    }
}

fn read_place(element: &Element<'_>, listing: &mut Listing<'_>) {
    let parts = ["STREET", "CITY", "STATE_PROVINCE"].map(|name| one_line(element.text_of(name)));
    let (country, note) = (one_line(element.text_of("COUNTRY")), one_line(element.text_of("NOTE")));
    let mut place: Vec<&str> = parts.iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
    if !country.is_empty() {
        listing.country("birthCountry", &country, "COUNTRY");
    }
    if !place.is_empty() {
        place.extend(Some(country.as_str()).filter(|country| !country.is_empty()));
        listing.add("birthPlace", &place.join(", "));
    }
    if !note.is_empty() {
        listing.note(&format!("Place of birth {}: {note}", place.join(", ")));
    }
}
