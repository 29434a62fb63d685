//! When and where a person on the EU's list was born.
//!
//! In come `birthdate` elements: a day, or year, month and day apart, or a range of years, in a calendar, exact or circa, with
//! a place; out come `birthDate` in the forms of [`mihenk_entities::date`], `birthPlace` in one line and `birthCountry`. A date
//! of another calendar than the Gregorian is converted where [`mihenk_entities::date`] can, and stays readable in a note. A
//! range that is open at one end is no date that could be compared: it is kept as a note and reported.

use mihenk_entities::Date;

use crate::{
    finding::{Severity, quote},
    listing::Listing,
    sayings,
    sources::eu_fsf::{places, remarks, value},
    xml::Element,
};

const FIELD: &str = "birthdate";

/// Adds the births of a record.
pub(super) fn read(record: &Element<'_>, listing: &mut Listing<'_>) {
    for birth in record.children(FIELD) {
        listing.goes_on_at_line(birth.line);
        date(birth, listing);
        place(birth, listing);
        for remark in remarks(birth) {
            listing.note(&format!("Birth: {remark}"));
        }
    }
}

fn date(birth: &Element<'_>, listing: &mut Listing<'_>) {
    let circa = value(birth, "circa").eq_ignore_ascii_case("true");
    let calendar = value(birth, "calendarType");
    let (whole, parts) = (value(birth, FIELD), parts(birth, listing));
    for text in
        [Some(whole.clone()), parts.filter(|parts| *parts != whole), range(birth, listing)].into_iter().flatten()
    {
        // A year above 1500 is one of ours, whatever the calendar is called.
        let ours = calendar.is_empty() || calendar.eq_ignore_ascii_case("GREGORIAN") || text.as_str() > "15";
        let named = if ours { text.clone() } else { format!("{text} ({calendar})") };
        if text.is_empty() {
            continue;
        }
        if !calendar.is_empty() && !calendar.eq_ignore_ascii_case("GREGORIAN") {
            listing.note(&format!("Date of birth: {text}, calendar {calendar}"));
        }
        match Date::parse(&named) {
            Ok(date) if circa => listing.add("birthDate", &date.about().to_string()),
            _ => listing.date("birthDate", &named, FIELD),
        }
    }
}

/// `year`, `monthOfYear` and `dayOfMonth` as one date, as exact as they are.
fn parts(birth: &Element<'_>, listing: &mut Listing<'_>) -> Option<String> {
    let (year, month, day) = (value(birth, "year"), value(birth, "monthOfYear"), value(birth, "dayOfMonth"));
    let (number, month_number) = (day.parse::<u8>(), month.parse::<u8>());
    match (year.is_empty(), month.is_empty(), day.is_empty()) {
        (true, true, true) => None,
        (false, true, true) => Some(year),
        (false, false, true) if month_number.is_ok() => Some(format!("{year}-{month:0>2}")),
        (false, false, false) if number.is_ok() && month_number.is_ok() => {
            Some(format!("{year}-{month:0>2}-{day:0>2}"))
        }
        _ => {
            let text = format!("year {year}, month {month}, day {day}");
            let expected = sayings::year_or_month_expected();
            listing.report(Severity::Medium, FIELD, quote(&text), expected);
            listing.note(&format!("Date of birth: {text}"));
            None
        }
    }
}

fn range(birth: &Element<'_>, listing: &mut Listing<'_>) -> Option<String> {
    let (from, to) = (value(birth, "yearRangeFrom"), value(birth, "yearRangeTo"));
    match (from.is_empty(), to.is_empty()) {
        (true, true) => None,
        (false, false) if from == to => Some(from),
        (false, false) => Some(format!("{from}/{to}")),
        (lacks_start, _) => {
            let text = if lacks_start { format!("not after {to}") } else { format!("not before {from}") };
            listing.report(Severity::Medium, FIELD, quote(&text), sayings::range_is_open());
            listing.note(&format!("Date of birth: {text}"));
            None
        }
    }
}

fn place(birth: &Element<'_>, listing: &mut Listing<'_>) {
    let mut place: Vec<String> = ["place", "city", "region", "zipCode"].map(|name| value(birth, name)).into();
    place.retain(|part| !part.is_empty());
    let country = places::country(birth, listing);
    if let Some(code) = country.code {
        listing.add("birthCountry", code);
    }
    if !place.is_empty() {
        place.extend(Some(country.text).filter(|text| !text.is_empty()));
        listing.add("birthPlace", &place.join(", "));
    }
}
