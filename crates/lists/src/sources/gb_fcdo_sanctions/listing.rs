//! The designation itself: under which regime, since when, what it imposes, why, and with which references.
//!
//! In come the elements of a designation that stand directly in it; out come a `Sanction` with the unique id, the group id of
//! the former OFSI list and the UN's reference number, and notes. The references tie one person's listings on several lists
//! together.

use crate::{
    dates::day_first,
    listing::Listing,
    sources::gb_fcdo_sanctions::{GB_FCDO_SANCTIONS, elements, texts},
    xml::Element,
};

/// Adds the listing.
pub(super) fn read(record: &Element<'_>, listing: &mut Listing<'_>) {
    let dates = [("DateDesignated", "startDate"), ("LastUpdated", "modifiedAt")]
        .map(|(field, property)| (property, dates(record, field, listing)));
    let all = |name| texts(record, &[name]).into_iter().map(|(_, text)| text).collect::<Vec<_>>();
    for regime in all("RegimeName") {
        listing.add("program", &regime);
    }
    for text in all("OtherInformation") {
        listing.note(&text);
    }
    for date in &dates[1].1 {
        listing.add("modifiedAt", date);
    }
    let id = listing.id().to_owned();
    let sanction = listing.satellite("Sanction", "sanction");
    sanction.add("entity", id);
    sanction.add("authority", GB_FCDO_SANCTIONS.publisher);
    sanction.add("country", "gb");
    for (field, property) in [
        ("UniqueID", "authorityId"),
        ("OFSIGroupID", "authorityId"),
        ("UNReferenceNumber", "unscId"),
        ("RegimeName", "program"),
        ("UKStatementofReasons", "reason"),
    ] {
        for text in all(field) {
            sanction.add(property, text);
        }
    }
    for source in all("DesignationSource") {
        sanction.add("summary", format!("Designation source: {source}"));
    }
    for (property, dates) in dates {
        for date in dates {
            if property == "startDate" {
                sanction.add("listingDate", date.as_str());
            }
            sanction.add(property, date);
        }
    }
    for provision in provisions(record) {
        sanction.add("provisions", provision);
    }
    sanction.add("sourceUrl", GB_FCDO_SANCTIONS.page);
}

fn dates(record: &Element<'_>, field: &str, listing: &mut Listing<'_>) -> Vec<String> {
    let mut dates = Vec::new();
    for (line, text) in texts(record, &[field]) {
        listing.goes_on_at_line(line);
        match listing.read_date(&day_first(&text), field) {
            Some(date) => dates.push(date),
            None => listing.note(&format!("{field}: {text}")),
        }
    }
    dates
}

/// What is imposed: the text, parted at its bars, and indicators that say more than it.
fn provisions(record: &Element<'_>) -> Vec<String> {
    let key =
        |text: &str| text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    let mut provisions: Vec<String> = texts(record, &["SanctionsImposed"])
        .iter()
        .flat_map(|(_, text)| text.split('|'))
        .map(|text| text.trim().to_owned())
        .filter(|text| !text.is_empty())
        .collect();
    for indicators in elements(record, &["SanctionsImposedIndicators"]) {
        for indicator in indicators.children.iter().filter(|child| child.text.trim().eq_ignore_ascii_case("true")) {
            if !provisions.iter().any(|known| key(known) == key(indicator.name)) {
                provisions.push(spaced(indicator.name));
            }
        }
    }
    provisions
}

/// `TravelBan` as *Travel Ban*.
fn spaced(name: &str) -> String {
    let mut out = String::with_capacity(name.len() + 8);
    for c in name.chars() {
        if c.is_uppercase() && !out.is_empty() {
            out.push(' ');
        }
        out.push(c);
    }
    out
}
