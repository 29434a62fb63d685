//! What a row of MASAK's workbooks says about somebody: names, parents, birth, nationalities, function, address.
//!
//! In comes a row, out come properties and the other names it gives. Several values in one cell are told apart by letters,
//! semicolons and line breaks. What a property cannot take is a note.

use mihenk_entities::{Date, country::Country};

use super::{Column, Record, numbers};
use crate::{
    finding::{Severity, quote},
    lettered::lettered,
    listing::{Listing, one_line},
    sayings,
};

/// Adds what the row says; gives back the other names.
pub(super) fn read(record: &Record<'_>, listing: &mut Listing<'_>) -> Vec<String> {
    let mut aliases = Vec::new();
    for (column, property) in
        [(Column::Aliases, "alias"), (Column::OriginalName, "alias"), (Column::FormerName, "previousName")]
    {
        for name in lettered(record.cell(column)).into_iter().filter(|name| name.chars().any(char::is_alphanumeric)) {
            listing.add(property, &name);
            aliases.push(name);
        }
    }
    for (column, property) in [(Column::Mother, "motherName"), (Column::Father, "fatherName")] {
        listing.add(property, record.cell(column));
    }
    dates(record.cell(Column::Born), listing);
    for place in lettered(record.cell(Column::BirthPlace)) {
        if listing.is("Person") {
            listing.add("birthPlace", &place);
        } else {
            listing.note(&format!("Place: {place}"));
        }
    }
    for column in [Column::Nationality, Column::OtherNationality] {
        countries(record.cell(column), listing);
    }
    for position in lettered(record.cell(Column::Position)) {
        if listing.is("Person") {
            listing.add("position", &position);
        } else {
            listing.note(&position);
        }
    }
    let structure = one_line(record.cell(Column::Structure));
    if !structure.is_empty() {
        listing.add("legalForm", &structure);
    }
    for (at, address) in lettered(record.cell(Column::Address)).into_iter().enumerate() {
        listing.add("address", &address);
        let satellite = listing.satellite("Address", &format!("address-{}", at + 1));
        let id = satellite.id.to_string();
        satellite.add("full", address);
        listing.add("addressEntity", &id);
    }
    numbers::read(record.cell(Column::Numbers), listing);
    listing.note(record.cell(Column::Information));
    aliases
}

fn dates(text: &str, listing: &mut Listing<'_>) {
    if text.is_empty() {
        return;
    }
    let property = if listing.is("Person") { "birthDate" } else { "incorporationDate" };
    let dates: Result<Vec<Date>, _> = lettered(text).iter().map(|piece| Date::parse(piece)).collect();
    match dates {
        Ok(dates) if !dates.is_empty() => dates.iter().for_each(|date| listing.add(property, &date.to_string())),
        Ok(_) => listing.note(&format!("DOĞUM TARİHİ: {text}")),
        Err(error) => {
            listing.report(Severity::Medium, "DOĞUM TARİHİ", quote(text), sayings::kept_as_note(error.said()));
            listing.note(&format!("DOĞUM TARİHİ: {text}"));
        }
    }
}

fn countries(text: &str, listing: &mut Listing<'_>) {
    let property = if listing.is("Person") { "nationality" } else { "country" };
    for piece in lettered(text) {
        let pieces: Vec<&str> = match Country::parse(&piece) {
            Some(_) => vec![piece.as_str()],
            None => piece.split([',', '/', '-']).map(str::trim).filter(|piece| !piece.is_empty()).collect(),
        };
        for piece in pieces {
            listing.country(property, piece, "UYRUĞU");
        }
    }
}
