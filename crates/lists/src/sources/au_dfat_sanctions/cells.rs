//! The cells of the Australian list, which often hold more than one value.
//!
//! In come the columns of one record; out come births, citizenships, addresses, the listing and notes. Several values in one
//! cell are told apart by letters (`a) … b) …`), semicolons and line breaks, dates by commas and *and* as well. Dates have the
//! day first. A part that cannot be read leaves the whole cell as a note.

use mihenk_entities::{Date, country::Country};

use crate::{
    dates::day_first,
    finding::{Severity, quote},
    lettered::lettered,
    listing::{Listing, one_line},
    sayings,
    sources::au_dfat_sanctions::{AU_DFAT_SANCTIONS, Record},
};

/// Measures, a column each.
const MEASURES: [&str; 4] = ["Targeted Financial Sanction", "Travel Ban", "Arms Embargo", "Maritime Restriction"];

/// Adds what the columns say.
pub(super) fn read(record: &Record<'_>, listing: &mut Listing<'_>) {
    sanctions(record, listing);
    for (line, text) in record.values("Date of Birth") {
        listing.goes_on_at_line(line);
        births(text, listing);
    }
    for (_, text) in record.values("Place of Birth") {
        for place in lettered(text) {
            listing.add("birthPlace", &place);
        }
    }
    for (line, text) in record.values("Citizenship") {
        listing.goes_on_at_line(line);
        citizenships(text, listing);
    }
    for (line, text) in record.values("IMO Number") {
        listing.goes_on_at_line(line);
        listing.number("imoNumber", text, "IMO Number");
    }
    let mut count = 0;
    for (line, text) in record.values("Address") {
        listing.goes_on_at_line(line);
        for address in lettered(text) {
            count += 1;
            listing.add("address", &address);
            let satellite = listing.satellite("Address", &format!("address-{count}"));
            let id = satellite.id.to_string();
            satellite.add("full", address);
            listing.add("addressEntity", &id);
        }
    }
    for (_, text) in record.values("Additional Information") {
        listing.note(text);
    }
}

/// A listing for each committee under which the record stands.
fn sanctions(record: &Record<'_>, listing: &mut Listing<'_>) {
    let mut programs: Vec<&str> = record.values("Committees").into_iter().map(|(_, program)| program).collect();
    if programs.is_empty() {
        programs.push("");
    }
    for program in programs {
        listing.add("program", program);
        let id = listing.id().to_owned();
        let mut dates = Vec::new();
        for (line, text) in record.values("Control Date") {
            listing.goes_on_at_line(line);
            match listing.read_date(&with_century(&day_first(text)), "Control Date") {
                Some(date) => dates.push(date),
                None => listing.note(&format!("Control Date: {text}")),
            }
        }
        for date in &dates {
            listing.add("createdAt", date);
        }
        let sanction = listing.satellite("Sanction", "sanction");
        sanction.add("entity", id);
        sanction.add("authority", AU_DFAT_SANCTIONS.publisher);
        sanction.add("country", "au");
        sanction.add("authorityId", record.number.to_string());
        sanction.add("program", one_line(program));
        sanction.add("sourceUrl", AU_DFAT_SANCTIONS.page);
        for date in dates {
            sanction.add("startDate", date);
        }
        for (_, text) in record.values("Listing Information") {
            // "Listed on: 25 Jan. 2001 (amended on 1 Feb. 2008)" has the date in front.
            let bare = text.trim_start_matches("Listed on").trim_start_matches([':', ' ']);
            let day = bare.split('(').next().unwrap_or("");
            let date = Date::parse(&day_first(day));
            if let Ok(date) = date {
                sanction.add("listingDate", date.to_string());
            }
            if date.is_err() || day.trim() != text {
                sanction.add("summary", one_line(text));
            }
        }
        for (_, text) in record.values("Instrument of Designation") {
            sanction.add("summary", one_line(text));
        }
        for measure in MEASURES {
            for (_, text) in record.values(measure) {
                match text.to_ascii_lowercase().as_str() {
                    "true" | "1" | "yes" => sanction.add("provisions", measure),
                    "false" | "0" | "no" => {}
                    _ => sanction.add("provisions", format!("{measure}: {}", one_line(text))),
                }
            }
        }
    }
}

/// `2026-2-2` out of `2/2/26`: the list is younger than 2000.
fn with_century(text: &str) -> String {
    match text.split('/').collect::<Vec<_>>().as_slice() {
        [day, month, year] if year.len() == 2 => day_first(&format!("{day}/{month}/20{year}")),
        _ => text.to_owned(),
    }
}

fn births(text: &str, listing: &mut Listing<'_>) {
    let dates: Result<Vec<Date>, _> = parts_of_dates(text).iter().map(|part| Date::parse(part)).collect();
    match dates {
        Ok(dates) if !dates.is_empty() => {
            for date in dates {
                listing.add("birthDate", &date.to_string());
            }
        }
        _ => {
            let expected = sayings::dates_expected();
            listing.report(Severity::Medium, "Date of Birth", quote(text), expected);
            listing.note(&format!("Date of Birth: {text}"));
        }
    }
}

/// The dates of a cell, each with the day first made ISO; an interval is one.
fn parts_of_dates(text: &str) -> Vec<String> {
    let mut parts = Vec::new();
    for piece in lettered(text) {
        let lower = piece.to_lowercase();
        if let Some((from, to)) = lower.split_once(" to ") {
            parts.push(format!("{}/{}", day_first(from), day_first(to)));
        } else if lower.starts_with("between") {
            parts.push(lower);
        } else {
            let pieces = piece.split(',').flat_map(|piece| piece.split(" and "));
            parts.extend(pieces.map(day_first).filter(|part| !part.is_empty()));
        }
    }
    parts
}

fn citizenships(text: &str, listing: &mut Listing<'_>) {
    let property = if listing.is("Person") { "citizenship" } else { "country" };
    for piece in lettered(text) {
        // "Korea, Democratic People's Republic of" is one country, "Iran, Iraq" are two.
        let pieces: Vec<&str> = match Country::parse(&piece) {
            Some(_) => vec![piece.as_str()],
            None => piece.split(',').flat_map(|piece| piece.split(" and ")).map(str::trim).collect(),
        };
        for piece in pieces.into_iter().filter(|piece| !piece.is_empty()) {
            listing.country(property, piece, "Citizenship");
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    // The forms that OpenSanctions found on the list, with other days.
    #[test]
    fn dates_are_taken_apart() {
        for (text, expected) in [
            ("5 May 1957", &["5 May 1957"][..]),
            ("01/10/1983,15/10/1983", &["1983-10-01", "1983-10-15"]),
            ("a) 7/02/1950 b) 1951", &["1950-02-07", "1951"]),
            ("21/03/1962 to 20/04/1962", &["1962-03-21/1962-04-20"]),
            ("Between 1963 and 1968", &["between 1963 and 1968"]),
            ("1957 and Approximately 1960", &["1957", "Approximately 1960"]),
        ] {
            assert_eq!(parts_of_dates(text), expected, "{text}");
        }
        assert_eq!(with_century("2/12/26"), "2026-12-02");
    }

    proptest! {
        #[test]
        fn any_cell_is_taken_apart(text in "\\PC{0,40}|[a-c);, \n]{0,20}") {
            let _ = parts_of_dates(&text);
        }
    }
}
