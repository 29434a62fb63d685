//! The CSV form of the UK Sanctions List, turned into the elements of its XML form.
//!
//! In comes a table with a line above its header that tells its date, and one row for each name of a designation, with
//! everything else beside the name; out come `Designation` elements, in the order of their first rows. What stands in several
//! rows of a designation is there once. A column that is not known becomes an element of its name, which the reader reports.

use std::borrow::Cow;

use rustc_hash::FxHashMap;

use crate::{
    delimited::Table,
    error::Error,
    input::Input,
    listing::one_line,
    sources::gb_fcdo_sanctions::List,
    xml::{Element, Handler},
};

/// The column that tells designations apart.
const KEY: &str = "Unique ID";

/// Where a column goes: the elements around its text, outermost first, and the element that holds it.
type Way = (&'static [&'static str], &'static str);

const NAME: &[&str] = &["Names", "Name"];
const NON_LATIN: &[&str] = &["NonLatinNames", "NonLatinName"];
const ADDRESS: &[&str] = &["Addresses", "Address"];
const LOCATION: &[&str] = &["IndividualDetails", "Individual", "BirthDetails", "Location"];
const PASSPORT: &[&str] = &["IndividualDetails", "Individual", "PassportDetails", "Passport"];
const NATIONAL: &[&str] = &["IndividualDetails", "Individual", "NationalIdentifierDetails", "NationalIdentifier"];

/// Elements of which there is one for each row.
const REPEATED: [&[&str]; 6] = [NAME, NON_LATIN, ADDRESS, LOCATION, PASSPORT, NATIONAL];

/// Columns; where programs read two names for one, both.
const COLUMNS: [(&str, Way); 61] = [
    ("Last Updated", (&[], "LastUpdated")),
    (KEY, (&[], "UniqueID")),
    ("OFSI Group ID", (&[], "OFSIGroupID")),
    ("UN Reference Number", (&[], "UNReferenceNumber")),
    ("Name 1", (NAME, "Name1")),
    ("Name 2", (NAME, "Name2")),
    ("Name 3", (NAME, "Name3")),
    ("Name 4", (NAME, "Name4")),
    ("Name 5", (NAME, "Name5")),
    ("Name 6", (NAME, "Name6")),
    ("Name type", (NAME, "NameType")),
    ("Alias strength", (NAME, "AliasStrength")),
    ("Title", (&["Titles"], "Title")),
    ("Name non-latin script", (NON_LATIN, "NameNonLatinScript")),
    ("Non-latin script type", (NON_LATIN, "NonLatinScriptType")),
    ("Non-latin script language", (NON_LATIN, "NonLatinScriptLanguage")),
    ("Regime Name", (&[], "RegimeName")),
    ("Individual, Entity, Ship", (&[], "IndividualEntityShip")),
    ("Designation Type", (&[], "IndividualEntityShip")),
    ("Designation source", (&[], "DesignationSource")),
    ("Sanctions Imposed", (&[], "SanctionsImposed")),
    ("Other Information", (&[], "OtherInformation")),
    ("UK Statement of Reasons", (&[], "UKStatementofReasons")),
    ("Date Designated", (&[], "DateDesignated")),
    ("Address Line 1", (ADDRESS, "AddressLine1")),
    ("Address Line 2", (ADDRESS, "AddressLine2")),
    ("Address Line 3", (ADDRESS, "AddressLine3")),
    ("Address Line 4", (ADDRESS, "AddressLine4")),
    ("Address Line 5", (ADDRESS, "AddressLine5")),
    ("Address Line 6", (ADDRESS, "AddressLine6")),
    ("Address Postal Code", (ADDRESS, "AddressPostalCode")),
    ("Address Country", (ADDRESS, "AddressCountry")),
    ("Phone number", (&["PhoneNumbers"], "PhoneNumber")),
    ("Website", (&["Websites"], "Website")),
    ("Email address", (&["EmailAddresses"], "EmailAddress")),
    ("D.O.B", (&["IndividualDetails", "Individual", "DOBs"], "DOB")),
    ("Nationality(/ies)", (&["IndividualDetails", "Individual", "Nationalities"], "Nationality")),
    ("National Identifier number", (NATIONAL, "NationalIdentifierNumber")),
    ("National Identifier additional information", (NATIONAL, "NationalIdentifierAdditionalInformation")),
    ("Passport number", (PASSPORT, "PassportNumber")),
    ("Passport additional information", (PASSPORT, "PassportAdditionalInformation")),
    ("Position", (&["IndividualDetails", "Individual", "Positions"], "Position")),
    ("Gender", (&["IndividualDetails", "Individual", "Genders"], "Gender")),
    ("Town of birth", (LOCATION, "TownOfBirth")),
    ("Country of birth", (LOCATION, "CountryOfBirth")),
    ("Type of entity", (&["EntityDetails", "Entity", "TypeOfEntities"], "TypeOfEntity")),
    ("Subsidiaries", (&["EntityDetails", "Entity", "Subsidiaries"], "Subsidiary")),
    ("Parent company", (&["EntityDetails", "Entity", "ParentCompanies"], "ParentCompany")),
    (
        "Business registration number (s)",
        (&["EntityDetails", "Entity", "BusinessRegistrationNumbers"], "BusinessRegistrationNumber"),
    ),
    ("IMO number", (&["ShipDetails", "Ship", "IMONumbers"], "IMONumber")),
    ("Current owner/operator (s)", (&["ShipDetails", "Ship", "CurrentOwnerOperators"], "CurrentOwnerOperator")),
    ("Previous owner/operator (s)", (&["ShipDetails", "Ship", "PreviousOwnerOperators"], "PreviousOwnerOperator")),
    (
        "Current believed flag of ship",
        (&["ShipDetails", "Ship", "CurrentBelievedFlagOfShips"], "CurrentBelievedFlagOfShip"),
    ),
    ("Previous flags", (&["ShipDetails", "Ship", "PreviousFlags"], "PreviousFlag")),
    ("Type of ship", (&["ShipDetails", "Ship", "TypeOfShipDetails"], "TypeOfShip")),
    ("Tonnage of ship", (&["ShipDetails", "Ship", "TonnageOfShipDetails"], "TonnageOfShip")),
    ("Length of ship", (&["ShipDetails", "Ship", "LengthOfShipDetails"], "LengthOfShip")),
    ("Year Built", (&["ShipDetails", "Ship", "YearsBuilt"], "YearBuilt")),
    (
        "Hull identification number (HIN)",
        (&["ShipDetails", "Ship", "HullIdentificationNumbers"], "HullIdentificationNumber"),
    ),
    ("Individual/Entity/Ship", (&[], "IndividualEntityShip")),
    ("Regime", (&[], "RegimeName")),
];

/// Whether a row is the header of this form.
pub(crate) fn is_header(fields: &[String]) -> bool {
    let has = |name: &str| fields.iter().any(|field| field.trim().eq_ignore_ascii_case(name));
    has(KEY) && has("Name 6")
}

/// Reads the file.
pub(super) fn read(input: &Input, list: &mut List<'_>) -> Result<(), Error> {
    let table = Table::read(input, b',', is_header, &mut list.book.reading.findings)?;
    for text in table.preamble.iter().flatten() {
        if let Some(date) = text.trim().strip_prefix("Report Date:") {
            list.published(date, 1, "Report Date");
        }
    }
    let key = table.column(KEY).unwrap_or_default();
    let mut designations: Vec<Element<'_>> = Vec::new();
    let mut places: FxHashMap<&str, usize> = FxHashMap::default();
    for row in &table.rows {
        let number = row.fields[key].trim();
        // A row without a number is a record of its own, which the reader reports.
        let known = places.get(number).copied().filter(|_| !number.is_empty());
        let at = known.unwrap_or(designations.len());
        if known.is_none() {
            designations.push(holder("Designation", row.line));
            places.insert(number, at);
        }
        enter_row(&mut designations[at], &table, &row.fields, row.line);
    }
    for designation in &designations {
        list.record(&["Designations"], designation);
    }
    Ok(())
}

fn enter_row<'x>(designation: &mut Element<'x>, table: &'x Table, fields: &[String], line: u64) {
    let mut parts: Vec<(&'static [&'static str], Element<'x>)> = Vec::new();
    for (column, field) in table.columns.iter().zip(fields).filter(|(_, field)| !field.trim().is_empty()) {
        let way = COLUMNS.iter().find(|(name, _)| column.eq_ignore_ascii_case(name)).map(|(_, way)| *way);
        let (path, name) = way.unwrap_or((&[], column.as_str()));
        let text = Element { text: Cow::Owned(field.clone()), ..holder(name, line) };
        if !REPEATED.contains(&path) {
            add_unless_there(within(designation, path, line), text);
        } else if let Some((_, part)) = parts.iter_mut().find(|(known, _)| *known == path) {
            part.children.push(text);
        } else {
            let mut part = holder(path[path.len() - 1], line);
            part.children.push(text);
            parts.push((path, part));
        }
    }
    for (path, part) in parts {
        add_unless_there(within(designation, &path[..path.len() - 1], line), part);
    }
}

/// The element at a path, made where it is not there.
fn within<'e, 'x>(element: &'e mut Element<'x>, path: &[&'static str], line: u64) -> &'e mut Element<'x> {
    let mut element = element;
    for name in path {
        let at = element.children.iter().position(|child| child.name == *name).unwrap_or_else(|| {
            element.children.push(holder(name, line));
            element.children.len() - 1
        });
        element = &mut element.children[at];
    }
    element
}

fn add_unless_there<'x>(parent: &mut Element<'x>, child: Element<'x>) {
    if !parent.children.iter().any(|known| same(known, &child)) {
        parent.children.push(child);
    }
}

fn same(a: &Element<'_>, b: &Element<'_>) -> bool {
    let pairs = || a.children.iter().zip(&b.children);
    a.name == b.name
        && one_line(&a.text) == one_line(&b.text)
        && a.children.len() == b.children.len()
        && pairs().all(|(a, b)| same(a, b))
}

fn holder(name: &str, line: u64) -> Element<'_> {
    Element { name, line, attributes: Vec::new(), text: Cow::Borrowed(""), children: Vec::new() }
}
