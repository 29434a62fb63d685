//! Nothing of a real list is lost: every word of every element, column and remark is found again in what was read.
//!
//! The sources are taken apart here by other means than the crate's (tags and quotes, no grammar), word by word; what the crate
//! turns into codes (countries, months, genders) and the labels of remarks are allowed for by name. Runs where a copy of the
//! lists lies beside the workspace, and says so where not.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    fs,
};

use mihenk_entities::country::Country;
use mihenk_lists::{Reading, read_files};

use crate::real::files;

/// Words by the id of the record that has them, its satellites included, with the names of what it is linked to.
pub(crate) fn bags(reading: &Reading) -> HashMap<String, BTreeSet<String>> {
    let mut named: HashMap<&str, BTreeSet<String>> = HashMap::new();
    for entity in &reading.entities {
        let names = ["name", "alias", "weakAlias", "previousName"].iter().flat_map(|p| entity.values(p));
        named.insert(entity.id.as_str(), names.flat_map(|name| words(name)).collect());
    }
    let mut bags: HashMap<String, BTreeSet<String>> = HashMap::new();
    for entity in &reading.entities {
        let values = || entity.properties.values().flatten();
        let linked = values().filter_map(|value| named.get(value.as_str())).flatten();
        let own: BTreeSet<String> = values().flat_map(|value| words(value)).chain(linked.cloned()).collect();
        let record = |id: &str| id.splitn(3, '-').take(2).collect::<Vec<_>>().join("-");
        // A relation belongs to both ends.
        let ends = ["subject", "object", "owner", "asset"].iter().flat_map(|p| entity.values(p)).map(|id| record(id));
        for id in ends.chain([record(entity.id.as_str())]) {
            bags.entry(id).or_default().extend(own.iter().cloned());
        }
    }
    bags
}

pub(crate) fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase)
}

/// What a code stands for, and what a date is written with.
fn is_coded(text: &str) -> bool {
    Country::parse(text).is_some()
}

pub(crate) const MONTHS: &str = "jan feb mar apr may jun jul aug sep sept oct nov dec january february march april june july august \
                      september october november december";

#[derive(Default)]
pub(crate) struct Lost(pub(crate) BTreeMap<String, (usize, String)>);

impl Lost {
    pub(crate) fn check(
        &mut self,
        bag: Option<&BTreeSet<String>>,
        id: &str,
        field: &str,
        text: &str,
        allowed: &BTreeSet<&str>,
    ) {
        if is_coded(text.trim()) {
            return;
        }
        let has = |word: &str| bag.is_some_and(|bag| bag.contains(word)) || allowed.contains(word);
        let lost: Vec<String> = words(text).filter(|word| !has(word)).collect();
        if !lost.is_empty() {
            let entry = self.0.entry(field.to_owned()).or_insert_with(|| (0, format!("{id}: {lost:?} of {text:?}")));
            entry.0 += 1;
        }
    }
}

#[test]
fn every_word_of_the_un_list_is_read() {
    let Some(paths) = files(&["un_consolidated.xml"]) else { return };
    let text = fs::read_to_string(&paths[0]).unwrap();
    let reading = &read_files(&paths).unwrap()[0];
    let bags = bags(reading);
    // Marks between several names in one alias, the zone of a date, a label, "na" for no name.
    let mut allowed: BTreeSet<&str> = MONTHS.split(' ').collect();
    allowed.extend(["b", "original", "script", "sub", "unit", "na", "number", "approximately", "between", "and"]);
    let skipped = ["DATAID", "VERSIONNUM", "SORT_KEY", "SORT_KEY_LAST_MOD", "TYPE_OF_DATE", "QUALITY"];
    let (mut lost, mut elements, mut id) = (Lost::default(), 0, String::new());
    for piece in text.split('<') {
        let Some((tag, value)) = piece.split_once('>') else { continue };
        if tag == "DATAID" {
            id = format!("unsc-{}", value.trim());
        }
        let value = value.replace("&amp;", "&").replace("&quot;", "\"").replace("&apos;", "'").replace("&gt;", ">");
        if value.trim().is_empty() || skipped.contains(&tag) || value.trim() == "UN List" {
            continue;
        }
        elements += 1;
        let value = if tag == "LISTED_ON" { value.get(..10).unwrap_or(&value) } else { &value };
        lost.check(bags.get(&id), &id, tag, value, &allowed);
    }
    eprintln!("{elements} elements of the UN list looked for");
    // One number of a document ends in the name of a country, which became its country.
    lost.0.retain(|field, (count, _)| field != "NUMBER" || *count > 2);
    assert_eq!(lost.0, BTreeMap::new());
}

/// Words of the labels of OFAC's remarks, as they stand before a value.
pub(crate) const LABELS: &str = "gender dob alt vessel registration identification imo nationality citizen aircraft manufacturer s serial \
    number msn manufacture date organization established email address national id no construction also called f l n or \
    operator passport issued expires pob digital currency mmsi company former flag model tail circa to cedula d u tax a k b \
    linked for more information on directives please visit the following link reference target type equity ticker isin issuer \
    name bik swift bic website phone telephone fax title secondary sanctions risk mode transponder code other effective and \
    under previous occupation position ethnicity alternate rank micex call sign international maritime palestinian of";

#[test]
fn every_word_of_ofacs_lists_is_read() {
    for names in [
        &["ofac/sdn.csv", "ofac/alt.csv", "ofac/add.csv", "ofac/sdn_comments.csv"][..],
        &["ofac/cons_prim.csv", "ofac/cons_alt.csv", "ofac/cons_add.csv"][..],
    ] {
        let Some(paths) = files(names) else { return };
        let reading = &read_files(&paths).unwrap()[0];
        let bags = bags(reading);
        let none = BTreeSet::new();
        let mut labels: BTreeSet<&str> = MONTHS.split(' ').chain(LABELS.split_whitespace()).collect();
        labels.extend(["01", "31"]); // "01 Jan 1961 to 31 Dec 1962" is 1961/1962.
        let countries = include_str!("../../../../data/countries.txt").to_lowercase();
        labels.extend(
            countries.lines().filter(|l| !l.starts_with('#')).flat_map(|l| l.split(|c: char| !c.is_alphanumeric())),
        );
        let (mut lost, mut columns) = (Lost::default(), 0);
        let mut remarks: BTreeMap<String, String> = BTreeMap::new();
        for (path, name) in paths.iter().zip(names) {
            let text: String = fs::read(path).unwrap().iter().map(|&b| char::from(b)).collect();
            for row in rows(&text) {
                let id = format!("ofac-{}", row[0].trim());
                for (i, value) in row.iter().enumerate().skip(1).filter(|(_, v)| !["", "-0-"].contains(&v.trim())) {
                    let is_remark = row.len() == 12 && i == 11 || row.len() == 2;
                    // The kind of a record or an alias, and numbers of aliases and addresses, are not words of anybody.
                    let is_kind = row.len() == 12 && i == 2 || row.len() < 12 && i == 1 || row.len() == 5 && i == 2;
                    if is_remark {
                        remarks.entry(id.clone()).or_default().push_str(value);
                    } else if !is_kind || row.len() == 2 {
                        columns += 1;
                        lost.check(bags.get(&id), &id, &format!("{name}, column {i}"), value, &none);
                    }
                }
            }
        }
        for (id, text) in &remarks {
            for piece in text.split(';') {
                columns += 1;
                lost.check(bags.get(id), id, "remarks", piece, &labels);
            }
        }
        eprintln!("{columns} columns and pieces of remarks of {} looked for", reading.dataset);
        assert_eq!(lost.0, BTreeMap::new());
    }
}

/// Rows of quoted CSV, quotes doubled inside quotes.
fn rows(text: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut field, mut quoted) = (Vec::new(), Vec::new(), String::new(), false);
    for c in text.chars() {
        match c {
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(std::mem::take(&mut field)),
            '\n' if !quoted => {
                row.push(std::mem::take(&mut field));
                rows.push(std::mem::take(&mut row));
            }
            // A remark of the 2021 edition has a carriage return inside a name.
            '\r' => {}
            _ => field.push(c),
        }
    }
    rows.retain(|row| row.len() > 1);
    rows
}
