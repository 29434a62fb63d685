//! Nothing of an XML sample is lost: every word of every element is in the entities of its record or in a finding.
//!
//! The samples are taken apart here by their tags alone. What the crate turns into codes (countries, months, genders)
//! and the words of labels are allowed for by name; elements that say nothing about anybody are listed one by one.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use mihenk_lists::Reading;

use crate::{
    complete::{LABELS, Lost, MONTHS, bags, words},
    samples::{input, read},
};

/// How a form is taken apart.
struct Form<'a> {
    /// Elements that say nothing about anybody, or are codes of the form.
    skipped: &'a [&'a str],
    /// Whether attributes are texts, and not numbers that refer to something.
    attributes: bool,
    /// Further words that a reading turns into something else.
    coded: &'a str,
    /// The id of the record that begins with this tag or text; none where a record is put together from all over the file,
    /// whose words are looked for in all records then.
    id: Option<IdOf>,
}

/// The id of the record that begins with a tag and its text inside a parent.
type IdOf = fn(tag: &str, text: &str, parent: &str) -> Option<String>;

/// Adds the words of the findings to the records they are about; those about none to all.
fn with_findings(reading: &Reading) -> (HashMap<String, BTreeSet<String>>, BTreeSet<String>) {
    let mut bags = bags(reading);
    let mut everywhere = BTreeSet::new();
    for finding in &reading.findings {
        match &finding.place.record {
            Some(id) => bags.entry(id.clone()).or_default().extend(words(finding.found.as_str())),
            None => everywhere.extend(words(finding.found.as_str())),
        }
    }
    (bags, everywhere)
}

fn unescaped(text: &str) -> String {
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&apos;", "'");
    text.replace("&amp;", "&")
}

fn lost(name: &str, form: &Form<'_>) -> (usize, BTreeMap<String, (usize, String)>) {
    let reading = read(&[name]);
    let (mut bags, everywhere) = with_findings(&reading);
    if form.id.is_none() {
        let all = bags.values().flatten().cloned().collect();
        bags.insert(String::new(), all);
    }
    let text = String::from_utf8(input(name).bytes).expect("a sample is in UTF-8");
    let mut allowed: BTreeSet<&str> = MONTHS.split(' ').chain(LABELS.split_whitespace()).collect();
    allowed.extend(form.coded.split_whitespace());
    allowed.extend(everywhere.iter().map(String::as_str));
    let (mut lost, mut looked_for, mut id, mut parent) = (Lost::default(), 0, String::new(), String::new());
    for piece in text.split('<').skip(1) {
        let Some((tag, value)) = piece.split_once('>') else { continue };
        let name = tag.split([' ', '/']).next().unwrap_or(tag).to_owned();
        if let Some(next) = form.id.and_then(|id| id(tag, value.trim(), &parent)) {
            id = next;
        }
        if !tag.starts_with(['/', '?', '!']) {
            parent.clone_from(&name);
        }
        let attributes =
            tag.split('"').skip(1).step_by(2).filter(|_| form.attributes && !tag.starts_with(['/', '?', '!']));
        for text in attributes.chain([value]).map(unescaped).filter(|text| !text.trim().is_empty()) {
            if !form.skipped.contains(&name.as_str()) {
                looked_for += 1;
                lost.check(bags.get(&id), &id, &name, &text, &allowed);
            }
        }
    }
    (looked_for, lost.0)
}

#[test]
fn every_word_of_ofacs_xml_samples_is_read() {
    let form = Form {
        skipped: &[
            "?xml",
            "sdnList",
            "Publish_Date",
            "Record_Count",
            "uid",
            "mainEntry",
            "sdnType",
            "type",
            "category",
        ],
        attributes: true,
        coded: "",
        id: Some(|tag, text, parent| (tag == "uid" && parent == "sdnEntry").then(|| format!("ofac-{text}"))),
    };
    for (name, at_least) in [("ofac/sdn.xml", 90), ("ofac/consolidated.xml", 30)] {
        let (looked_for, lost) = lost(name, &form);
        assert_eq!(lost, BTreeMap::new(), "{name}");
        assert!(looked_for > at_least, "{name}: {looked_for} texts were looked for");
    }
}

#[test]
fn every_word_of_ofacs_advanced_xml_samples_is_read() {
    let form = Form {
        skipped: &[
            "?xml",
            "Sanctions",
            // Months and days have no zero before them in the file; `dates.rs` tests them.
            "Month",
            "Day",
            // What the values of a kind are called.
            "AliasType",
            "CountryRelevance",
            "DetailType",
            "DocNameStatus",
            "EntryEventType",
            "FeatureType",
            "IDRegDocDateType",
            "LocPartType",
            "NamePartType",
            "PartySubType",
            "PartyType",
            "SanctionsType",
            "Script",
            "Validity",
        ],
        attributes: false,
        // 2026 is the year of the list.
        coded: "unknown unspecified undetermined 2026",
        id: None,
    };
    for (name, at_least) in [("ofac/sdn_advanced.xml", 150), ("ofac/cons_advanced.xml", 50)] {
        let (looked_for, lost) = lost(name, &form);
        assert_eq!(lost, BTreeMap::new(), "{name}");
        assert!(looked_for > at_least, "{name}: {looked_for} texts were looked for");
    }
}
