//! Nothing of a sample is lost: every word of every attribute, element and column is in the entities or in a finding.
//!
//! The samples are taken apart here by other means than the crate's: at tags, quotes and separators, word by word, record by
//! record. What the crate turns into codes (countries, genders), and attributes that say nothing about anybody, are allowed for
//! by name.

use std::collections::BTreeSet;

use mihenk_entities::country::Country;
use mihenk_lists::Reading;

use crate::samples::{input, read};

fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    // A month is 2 here and 02 there.
    let bare = |word: &str| {
        let short = word.trim_start_matches('0');
        if short.is_empty() { word.to_lowercase() } else { short.to_lowercase() }
    };
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(bare)
}

/// Every word about a record: in its entities, in what is linked to it, in findings.
pub(crate) fn bag(reading: &Reading, id: &str) -> BTreeSet<String> {
    let own = reading.entities.iter().filter(|entity| {
        let linked = ["subject", "object", "owner", "asset"].iter().flat_map(|property| entity.values(property));
        entity.id.as_str().starts_with(id) || linked.into_iter().any(|linked| linked == id)
    });
    let texts = own.flat_map(|entity| entity.properties.values().flatten()).map(String::as_str);
    let findings = reading.findings.iter().filter(|finding| finding.place.record.as_deref() == Some(id));
    texts.chain(findings.map(|finding| finding.found.as_str())).flat_map(words).collect()
}

/// The fields of a record that are not in its bag.
pub(crate) fn lost(
    bag: &BTreeSet<String>,
    fields: &[(String, String)],
    skipped: &[&str],
    allowed: &[&str],
) -> Vec<String> {
    let looked_for = fields.iter().filter(|(name, text)| {
        !skipped.contains(&name.as_str()) && Country::parse(text.trim()).is_none() && !allowed.contains(&text.trim())
    });
    let lost = looked_for.filter(|(_, text)| words(text).any(|w| !bag.contains(&w) && !allowed.contains(&w.as_str())));
    lost.map(|(name, text)| format!("{name}: {text}")).collect()
}

/// Attributes and texts of a piece of a document.
pub(crate) fn fields(markup: &str) -> Vec<(String, String)> {
    let plain =
        |text: &str| text.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    let mut fields = Vec::new();
    for piece in markup.split('<') {
        let Some((tag, text)) = piece.split_once('>') else { continue };
        let name = tag.split([' ', '/']).next().unwrap_or("");
        let mut parts = tag.split('"');
        while let (Some(before), Some(value)) = (parts.next(), parts.next()) {
            fields.push((before.trim_matches([' ', '=']).rsplit(' ').next().unwrap_or("").to_owned(), plain(value)));
        }
        fields.push((name.to_owned(), plain(text)));
    }
    fields.retain(|(_, text)| !text.trim().is_empty());
    fields
}

#[test]
fn every_word_of_the_eu_list_is_read() {
    // Marks that are words of their own in a summary, ids of parts, the language of a regulation, codes.
    const SKIPPED: [&str; 16] = [
        "sanctionEntity",
        "circa",
        "strong",
        "diplomatic",
        "knownExpired",
        "knownFalse",
        "reportedLost",
        "revokedByIssuer",
        "asAtListingTime",
        "regulationLanguage",
        "classificationCode",
        "code",
        "gender",
        "key",
        "countryIso2Code",
        "identificationTypeCode",
    ];
    // The kinds of two numbers are the names of the properties that have them.
    const ALLOWED: [&str; 7] = ["UNKNOWN", "GREGORIAN", "a", "b", "00", "IMO number", "SWIFT/BIC"];
    let text = String::from_utf8(input("eu/fsf.xml").bytes).unwrap();
    let reading = read(&["eu/fsf.xml"]);
    let ids = ["eu-fsf-eu-9001-27", "eu-fsf-eu-9002-11", "eu-fsf-logical-900003"];
    for (id, record) in ids.iter().zip(text.split("<sanctionEntity").skip(1)) {
        let mut fields = fields(&format!("<sanctionEntity{record}"));
        assert!(fields.len() > 15);
        let own = fields.iter().position(|(name, _)| name == "logicalId").unwrap();
        let mut at = 0;
        fields.retain(|(name, _)| {
            at += 1;
            name != "logicalId" || at == own + 1
        });
        assert_eq!(lost(&bag(&reading, id), &fields, &SKIPPED, &ALLOWED), Vec::<String>::new(), "{id}");
    }
}

#[test]
fn every_word_of_the_uk_list_is_read() {
    // Kinds that become schemata, properties and codes.
    const SKIPPED: [&str; 4] = ["IndividualEntityShip", "NameType", "AliasStrength", "Gender"];
    // Letters for an unknown day, and what an indicator holds.
    const ALLOWED: [&str; 4] = ["dd", "mm", "true", "false"];
    let text = String::from_utf8(input("uk/sanctions.xml").bytes).unwrap();
    let reading = read(&["uk/sanctions.xml"]);
    let ids = ["gb-fcdo-afg9001", "gb-fcdo-rus9002", "gb-fcdo-rus9003", "gb-fcdo-rus9004"];
    for (id, record) in ids.iter().zip(text.split("<Designation>").skip(1)) {
        let fields = fields(record);
        assert!(fields.len() > 5);
        let mut bag = bag(&reading, id);
        // Who is linked is there by name in the other record.
        bag.extend(["sample", "shipping", "llc", "holding", "pjsc"].map(str::to_owned));
        assert_eq!(lost(&bag, &fields, &SKIPPED, &ALLOWED), Vec::<String>::new(), "{id}");
    }
}

#[test]
fn every_word_of_the_australian_list_is_read() {
    // What becomes the id, a schema, a property and its weight.
    const SKIPPED: [&str; 4] = ["Reference", "Type", "Name Type", "Alias Strength"];
    const ALLOWED: [&str; 8] = ["a", "b", "approximately", "TRUE", "FALSE", "3/3/23", "4/4/25", "5/5/25"];
    let text = String::from_utf8(input("au/dfat.csv").bytes).unwrap();
    let reading = read(&["au/dfat.csv"]);
    let rows = crate::workbooks::rows(&text);
    for row in &rows[1..] {
        let id = reading.entities.iter().find(|e| e.id.as_str().starts_with(&format!("au-dfat-{}", &row[0][..4])));
        let id = id.unwrap().id.to_string();
        let fields: Vec<(String, String)> = rows[0].iter().cloned().zip(row.iter().cloned()).collect();
        // Countries of a list of them.
        let countries: Vec<&str> = row[7].split(", ").filter(|name| Country::parse(name).is_some()).collect();
        let mut bag = bag(&reading, &id);
        bag.extend(countries.iter().flat_map(|name| words(name)));
        assert_eq!(lost(&bag, &fields, &SKIPPED, &ALLOWED), Vec::<String>::new(), "{id}");
    }
}

#[test]
fn every_word_of_the_turkish_lists_is_read() {
    // Marks, and an empty cell.
    const ALLOWED: [&str; 8] = ["a", "b", "c", "-", "vkn", "imo", "number", "şubat"];
    let names = ["tr/6415-5.csv", "tr/6415-6.csv", "tr/6415-7.csv", "tr/7262.csv"];
    let reading = read(&names);
    for name in names {
        let rows = crate::workbooks::rows(&String::from_utf8(input(name).bytes).unwrap());
        let heading = rows.iter().position(|row| row.iter().any(|cell| cell == "UYRUĞU")).unwrap();
        for row in rows[heading + 1..].iter().filter(|row| !row[1].is_empty()) {
            let id =
                reading.entities.iter().find(|entity| entity.first("name") == Some(&row[1])).unwrap().id.to_string();
            let mut fields: Vec<(String, String)> = rows[heading].iter().cloned().zip(row.iter().cloned()).collect();
            fields.retain(|(heading, _)| !heading.is_empty());
            let bag = bag(&reading, &id);
            // Countries of a list of them are codes.
            let countries: Vec<&str> =
                row.iter().flat_map(|cell| cell.split(", ")).filter(|name| Country::parse(name).is_some()).collect();
            let allowed: Vec<&str> = ALLOWED.iter().copied().chain(countries.iter().copied()).collect();
            let lowered: Vec<String> = countries.iter().flat_map(|name| words(name)).collect();
            let all: Vec<&str> = allowed.into_iter().chain(lowered.iter().map(String::as_str)).collect();
            assert_eq!(lost(&bag, &fields, &[], &all), Vec::<String>::new(), "{name}: {}", row[1]);
        }
    }
}
