//! Countries by their names in the language of the page.
//!
//! In comes a value of a list or of a customer, a code or a name in any usual form; out comes the name that the Fluent files have for the country (`country-ir`). What is no
//! country stays as it is written.

use mihenk_node::entities::country::Country;

use crate::words::Words;

/// Properties of FollowTheMoney whose values are countries.
const PROPERTIES: [&str; 14] = [
    "birthCountry",
    "citizenship",
    "contextCountry",
    "country",
    "departureCountry",
    "destinationCountry",
    "detectedCountry",
    "flag",
    "jurisdiction",
    "mainCountry",
    "nationality",
    "originCountry",
    "pastFlags",
    "tradingCountry",
];

/// Whether the values of a property are countries.
pub(crate) fn holds(property: &str) -> bool {
    PROPERTIES.binary_search(&property).is_ok()
}

impl Words {
    /// The name of a country.
    #[must_use]
    pub fn country(&self, country: Country) -> String {
        self.known(&format!("country-{}", country.code())).unwrap_or_else(|| country.name().to_owned())
    }

    /// The name of the country that a code or a name means; none where it means none.
    #[must_use]
    pub fn country_of(&self, text: &str) -> Option<String> {
        Country::parse(text).map(|country| self.country(country))
    }

    /// The same of several, between commas, as screening writes them; what is no country stays.
    #[must_use]
    pub fn countries_of(&self, text: &str) -> String {
        // A name may have a comma itself: Bonaire, Sint Eustatius and Saba.
        let named = |text: &str| self.country_of(text).unwrap_or_else(|| text.to_owned());
        let all = || text.split(", ").map(named).collect::<Vec<_>>().join(&self.say("list-comma"));
        self.country_of(text).unwrap_or_else(all)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use mihenk_node::entities::{PropertyType, Schema};

    use super::*;
    use crate::words::Language;

    fn all() -> impl Iterator<Item = Country> {
        (0..).map_while(Country::from_index)
    }

    #[test]
    fn the_properties_are_those_of_the_model() {
        let properties = Schema::all().flat_map(Schema::properties);
        let countries = properties.filter(|one| one.kind == PropertyType::Country).map(|one| one.name);
        assert_eq!(countries.collect::<BTreeSet<_>>(), BTreeSet::from(PROPERTIES));
        assert!(PROPERTIES.is_sorted() && holds("flag") && !holds("birthPlace"));
    }

    /// Two that look alike on a page could not be told apart.
    #[test]
    fn every_country_has_a_name_of_its_own_in_each_language_and_no_name_is_there_of_none() {
        assert!(all().count() > 250);
        for language in Language::ALL {
            let mut names: BTreeMap<String, Country> = BTreeMap::new();
            for country in all() {
                let key = format!("country-{}", country.code());
                let name = Words::of(language).checked(&key, &[]);
                let name = name.unwrap_or_else(|why| panic!("{language:?} {country:?}: {why}"));
                assert!(!name.is_empty() && name != country.code(), "{language:?} {country:?}");
                let before = names.insert(name, country);
                assert_eq!(before, None, "{language:?} {country:?}");
            }
            let keys = language.source().lines().filter(|line| line.starts_with("country-"));
            assert_eq!(keys.count(), names.len(), "{language:?}: a name of no country");
        }
    }

    #[test]
    fn english_names_are_those_of_the_table() {
        for country in all() {
            assert_eq!(Words::of(Language::English).country(country), country.name());
        }
    }

    /// The names of `data/country_names.txt` came from the same standard on another way.
    #[test]
    fn a_name_that_is_read_back_means_the_same_country() {
        let mut read = 0;
        for (language, country) in Language::ALL.into_iter().flat_map(|language| all().map(move |one| (language, one)))
        {
            let name = Words::of(language).country(country);
            if let Some(back) = Country::parse(&name) {
                assert_eq!(back, country, "{language:?} {name}");
                read += 1;
            }
        }
        assert!(read > 700, "{read}");
    }

    #[test]
    fn several_countries_are_each_named_and_what_is_none_stays() {
        let [turkish, persian] = [Language::Turkish, Language::Persian].map(Words::of);
        assert_eq!(turkish.countries_of("Iran, Germany"), "İran, Almanya");
        assert_eq!(persian.countries_of("Iran, Germany"), "ایران، آلمان");
        assert_eq!(turkish.countries_of("Bonaire, Sint Eustatius and Saba"), "Karayip Hollandası");
        assert_eq!(turkish.countries_of("Atlantis"), "Atlantis");
    }
}
