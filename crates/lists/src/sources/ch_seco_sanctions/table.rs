//! The elements of the Swiss list and what may stand in them.
//!
//! The table of [`crate::bookkeeping`]: what a file has beyond it is kept as a note, or reported where there is no
//! record to keep it.

use crate::bookkeeping::{ANYTHING, Known};

const fn row(name: &'static str, attributes: &'static [&'static str], children: &'static [&'static str]) -> Known {
    Known { name, attributes, children, text: children.is_empty() }
}

const BODY: &[&str] = &["identity", "justification", "other-information", "relation"];

const PLACE: &[&str] = &["location", "location-variant", "area", "area-variant", "country", "remarks"];

/// Elements, attributes and children.
pub(super) const TABLE: &[Known] = &[
    row(
        "sanctions-program",
        &["ssid", "version-date", "predecessor-version-date"],
        &["program-key", "program-name", "sanctions-set", "origin"],
    ),
    row("program-key", &["lang"], &[]),
    row("program-name", &["lang"], &[]),
    row("sanctions-set", &["ssid", "lang"], &[]),
    row("place", &["ssid"], PLACE),
    row("location-variant", &["variant-type", "lang", "script"], &[]),
    row("area-variant", &["variant-type", "lang", "script"], &[]),
    row("country", &["iso-code"], &[]),
    row(
        "target",
        &["ssid", "sanctions-set-id"],
        &["sanctions-set-id", "foreign-identifier", "individual", "entity", "object", "modification"],
    ),
    row("individual", &["sex"], BODY),
    row("entity", &[], BODY),
    row("object", &["object-type"], BODY),
    row("justification", &["ssid"], &[]),
    row("other-information", &["ssid"], &[]),
    // What stands in a relation is its summary.
    row("relation", &["ssid", "target-id", "relation-type"], &["remark", "remarks"]),
    row(
        "identity",
        &["ssid", "main"],
        &["name", "address", "day-month-year", "place-of-birth", "nationality", "identification-document"],
    ),
    row("name", &["ssid", "name-type", "quality", "lang"], &["name-part"]),
    row("name-part", &["order", "name-part-type"], &["value", "spelling-variant"]),
    row("spelling-variant", &["lang", "script", "spelling-variant-type"], &[]),
    row(
        "address",
        &["ssid", "place-id", "quality", "main"],
        &["c-o", "address-details", "p-o-box", "zip-code", "location", "area", "country", "remarks"],
    ),
    row("day-month-year", &["ssid", "day", "month", "year", "calendar", "quality"], &[]),
    row("place-of-birth", &["ssid", "place-id", "quality"], PLACE),
    row("nationality", &["ssid", "quality"], &["country"]),
    row(
        "identification-document",
        &["ssid", "document-type", "quality"],
        &["number", "issuer", "date-of-issue", "expiry-date", "place-of-issue", "remark", "remarks"],
    ),
    row("issuer", &["code", "iso-code"], &[]),
    row("place-of-issue", &["place-id"], &[]),
    // The history of the list: copies of what was added and removed.
    Known {
        name: "modification",
        attributes: &["modification-type", "enactment-date", "publication-date", "effective-date"],
        children: &["added", "removed", "remark"],
        text: false,
    },
    row("added", &[], ANYTHING),
    row("removed", &[], ANYTHING),
];
