//! Countries: one code for the many ways of writing one.
//!
//! In comes a code, a name, a former name or a demonym; out comes a [`Country`]. The table is `data/countries.txt`, in English;
//! names in other languages are in `data/country_names.txt` and are looked at only when the first does not know. Reading
//! ignores case, diacritics and punctuation; *Korea, North* and *North Korea* are both in the table.

use std::sync::LazyLock;

use mihenk_names::{fingerprint, tokenize};
use rustc_hash::FxHashMap;

/// A country or territory.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Country(u16);

const COUNTRIES: &str = include_str!("../../../data/countries.txt");
const NAMES: &str = include_str!("../../../data/country_names.txt");

/// What stands for the way countries are read.
#[must_use]
pub fn reading(hash: u64) -> u64 {
    fingerprint(fingerprint(hash, COUNTRIES), NAMES)
}

struct Table {
    rows: Vec<(&'static str, &'static str)>,
    by_text: FxHashMap<String, Country>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table { rows: Vec::new(), by_text: FxHashMap::default() };
    let lines = COUNTRIES.lines().filter(|l| !l.starts_with('#') && !l.is_empty());
    let rows: Vec<[&str; 3]> = lines
        .map(|line| {
            let mut cut = line.splitn(3, '|').map(str::trim);
            std::array::from_fn(|_| cut.next().unwrap_or(""))
        })
        .collect();
    // Codes win over names, names over alternatives ("Dominican" may be either country's).
    for (i, [code, ..]) in rows.iter().enumerate() {
        table.by_text.insert((*code).to_owned(), Country(i as u16));
    }
    for (i, [code, name, alternatives]) in rows.iter().enumerate() {
        table.rows.push((*code, *name));
        for text in std::iter::once(*name).chain(alternatives.split(';')) {
            table.by_text.entry(fold(text)).or_insert(Country(i as u16));
        }
    }
    table
});

/// Names in other languages; none for a name that two countries share.
static FOREIGN: LazyLock<FxHashMap<String, Option<Country>>> = LazyLock::new(|| {
    let mut names: FxHashMap<String, Option<Country>> = FxHashMap::default();
    for line in NAMES.lines().filter(|l| !l.starts_with('#')) {
        let Some((code, rest)) = line.split_once('|') else { continue };
        let Some(&country) = TABLE.by_text.get(code.trim()) else { continue };
        for name in rest.split(';').map(fold).filter(|name| !name.is_empty()) {
            names
                .entry(name)
                .and_modify(|known| *known = known.filter(|known| *known == country))
                .or_insert(Some(country));
        }
    }
    names
});

fn fold(text: &str) -> String {
    let words: Vec<String> = tokenize(text).into_iter().map(|t| t.form).collect();
    words.join(" ")
}

impl Country {
    /// Reads a code or a name in any usual form.
    #[must_use]
    pub fn parse(text: &str) -> Option<Country> {
        let table = &*TABLE;
        if let Some(&country) = table.by_text.get(text) {
            return Some(country);
        }
        let folded = fold(text);
        // No code is written in another script: مصر (Egypt) is spelled like msr, Montserrat's.
        if !text.contains(|c: char| c.is_ascii_alphabetic())
            && let Some(&country) = FOREIGN.get(&folded)
        {
            return country;
        }
        let known = |key: &str| table.by_text.get(key).copied();
        known(&folded)
            .or_else(|| known(folded.strip_prefix("the ")?))
            .or_else(|| known(folded.strip_prefix("region ")?))
            .or_else(|| FOREIGN.get(&folded).copied().flatten())
    }

    /// The code: ISO 3166-1 alpha-2 in lower case, or FollowTheMoney's for what has none.
    #[must_use]
    pub fn code(self) -> &'static str {
        TABLE.rows[usize::from(self.0)].0
    }

    /// The number of the country in this version of the table; for files that name the table they were made with.
    #[must_use]
    pub fn index(self) -> u16 {
        self.0
    }

    /// The country with that number.
    #[must_use]
    pub fn from_index(index: u16) -> Option<Country> {
        (usize::from(index) < TABLE.rows.len()).then_some(Country(index))
    }

    /// The English short name.
    #[must_use]
    pub fn name(self) -> &'static str {
        TABLE.rows[usize::from(self.0)].1
    }
}

impl std::fmt::Debug for Country {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_country_is_read_from_codes_names_former_names_and_demonyms() {
        let code = |text| Country::parse(text).map(Country::code);
        for (text, expected) in [
            ("ir", "ir"),
            ("IR", "ir"),
            ("IRN", "ir"),
            ("Iran (Islamic Republic of)", "ir"),
            ("Iranian", "ir"),
            ("Korea, North", "kp"),
            ("Democratic People's Republic of Korea", "kp"),
            ("Democratic Republic of the Congo", "cd"),
            ("Zaire", "cd"),
            ("Türkiye", "tr"),
            ("TURKEY", "tr"),
            ("Palestinian", "ps"),
            ("The Gambia", "gm"),
            ("Burma", "mm"),
            ("Côte d'Ivoire", "ci"),
            ("USSR", "suhh"),
            ("Kosovo", "xk"),
            ("Region: Gaza", "ps"),
            ("ایران", "ir"),
            ("إيران", "ir"),
            ("Иран", "ir"),
            ("İran", "ir"),
            ("Türkei", "tr"),
            ("تركيا", "tr"),
            ("ترکیه", "tr"),
            ("مصر", "eg"),
            ("هند", "in"),
            ("Deutschland", "de"),
            ("Almanya", "de"),
            ("États-Unis", "us"),
            ("Россия", "ru"),
            ("中國", "cn"),
            ("대한민국", "kr"),
            ("საქართველო", "ge"),
            ("Ελλάδα", "gr"),
            ("SU", "suhh"),
            ("TP", "tl"),
        ] {
            assert_eq!(code(text), Some(expected), "{text}");
        }
        assert_eq!(code("Atlantis"), None);
        assert_eq!(code(""), None);
        assert_eq!(code("CS"), None, "two countries had it, one after the other");
    }

    #[test]
    fn every_name_in_another_language_has_a_country_and_few_are_shared() {
        for line in NAMES.lines().filter(|l| !l.starts_with('#')) {
            let code = line.split('|').next().unwrap().trim();
            assert_eq!(Country::parse(code).map(Country::code), Some(code), "{line}");
        }
        let shared: Vec<&String> =
            FOREIGN.iter().filter(|(_, country)| country.is_none()).map(|(name, _)| name).collect();
        assert!(FOREIGN.len() > 3000 && shared.len() < 30, "{} names, shared {shared:?}", FOREIGN.len());
    }
}
