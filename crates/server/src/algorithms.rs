//! The names of yente's algorithms, and what Mihenk does when it is asked for one.
//!
//! Mihenk has one way to weigh evidence. A name says which of a query's properties are looked at and which of the evidence counts:
//!
//! | name | looks at | counts |
//! |---|---|---|
//! | `logic-v2`, `best` | everything | all evidence |
//! | `logic-v1` | all but addresses and places of birth | all evidence |
//! | `name-based` | names | all evidence |
//! | `name-qualified` | names, dates, countries, gender | all evidence |
//! | `ofac` | names, dates, countries, gender | names, and what speaks against a match; a birth date in common raises no score |
//! | `regression-v1` | everything | all evidence; the score is the probability at even odds |
//!
//! Feature names and their usual weights are those of yente, since clients send weights by these names and show explanations by them.

use mihenk_node::entities::{Property, PropertyType};
use serde_json::{Map, Value, json};

use crate::problem::Failure;

/// A way of weighing, by the name that is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Algorithm {
    LogicV2,
    Ofac,
    NameBased,
    NameQualified,
    LogicV1,
    RegressionV1,
}

/// A feature with its usual weight and what it means here.
pub(crate) type Feature = (&'static str, f64, &'static str);

const NAME: &str = "How far the names agree, and what in them does not";
const NUMBER: &str = "Both have the same number of this kind";

const IDENTIFIERS: &[Feature] = &[
    ("crypto_wallet_address", 0.98, NUMBER),
    ("isin_security_match", 0.98, NUMBER),
    ("lei_code_match", 0.95, NUMBER),
    ("ogrn_code_match", 0.95, NUMBER),
    ("vessel_imo_mmsi_match", 0.95, NUMBER),
    ("inn_code_match", 0.95, NUMBER),
    ("bic_code_match", 0.95, NUMBER),
    ("identifier_match", 0.85, "Both have the same number of another kind: a passport, an identity card, a register"),
];

const V2: &[Feature] = &[
    ("name_match", 1.0, NAME),
    ("address_prop_match", 0.2, "An address in common"),
    ("birth_place_match", 0.1, "A place of birth in common"),
    ("birth_date_match", 0.2, "Birth dates agree"),
    ("country_match", 0.1, "A country in common"),
    ("gender_match", 0.1, "The same gender"),
    ("country_mismatch", -0.2, "No country in common"),
    ("dob_year_disjoint", -0.15, "Born in other years"),
    ("dob_day_disjoint", -0.25, "Born in the same year, on another day"),
    ("gender_mismatch", -0.2, "Another gender"),
    ("birth_place_mismatch", -0.1, "No place of birth in common"),
    ("identifier_mismatch", -0.2, "Another number of a kind of which everybody has one"),
];

const NAMES: &[Feature] = &[("name_match", 1.0, NAME)];

const QUALIFIED: &[Feature] = &[
    ("birth_date_match", 0.2, "Birth dates agree"),
    ("country_match", 0.1, "A country in common"),
    ("gender_match", 0.1, "The same gender"),
    ("country_mismatch", -0.1, "No country in common"),
    ("dob_year_disjoint", -0.1, "Born in other years"),
    ("dob_day_disjoint", -0.15, "Born in the same year, on another day"),
    ("gender_mismatch", -0.1, "Another gender"),
];

/// The settings of `logic-v2`: name, type, default. They are taken so that a request that sends them is answered; Mihenk's model has weights of its
/// own for what they set.
const V2_CONFIG: &[(&str, &str, Option<f64>)] = &[
    ("nm_name_property", "string", None),
    ("nm_number_mismatch", "float", Some(0.3)),
    ("nm_extra_query_name", "float", Some(0.8)),
    ("nm_extra_result_name", "float", Some(0.2)),
    ("nm_family_name_weight", "float", Some(1.3)),
    ("nm_fuzzy_cutoff_factor", "float", Some(1.0)),
];

impl Algorithm {
    /// All, in the order in which they are told.
    pub(crate) const ALL: [Algorithm; 6] = [
        Algorithm::LogicV2,
        Algorithm::Ofac,
        Algorithm::NameBased,
        Algorithm::NameQualified,
        Algorithm::LogicV1,
        Algorithm::RegressionV1,
    ];

    /// Its name.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Algorithm::LogicV2 => "logic-v2",
            Algorithm::Ofac => "ofac",
            Algorithm::NameBased => "name-based",
            Algorithm::NameQualified => "name-qualified",
            Algorithm::LogicV1 => "logic-v1",
            Algorithm::RegressionV1 => "regression-v1",
        }
    }

    /// The one of a name, in any case; `best` is what the settings say.
    pub(crate) fn named(name: &str, best: Algorithm) -> Result<Algorithm, Failure> {
        let lower = name.trim().to_lowercase();
        if lower == "best" {
            return Ok(best);
        }
        let found = Algorithm::ALL.into_iter().find(|algorithm| algorithm.name() == lower);
        found.ok_or_else(|| Failure::bad(format!("Invalid algorithm: {name}")))
    }

    /// Whether it looks at a property.
    pub(crate) fn looks_at(self, property: &Property) -> bool {
        let is_name = property.kind == PropertyType::Name
            || matches!(property.name, "firstName" | "secondName" | "middleName" | "fatherName" | "lastName");
        let is_place = property.kind == PropertyType::Address || property.name == "birthPlace";
        match self {
            Algorithm::LogicV2 | Algorithm::RegressionV1 => true,
            Algorithm::LogicV1 => !is_place,
            Algorithm::NameBased => is_name,
            Algorithm::NameQualified | Algorithm::Ofac => {
                is_name || matches!(property.kind, PropertyType::Date | PropertyType::Country | PropertyType::Gender)
            }
        }
    }

    /// What the features of a name are told as.
    pub(crate) fn name_feature(self) -> &'static str {
        if self == Algorithm::Ofac { "ofac_name_score" } else { "name_match" }
    }

    /// Its features.
    pub(crate) fn features(self) -> Vec<Feature> {
        let parts: &[&[Feature]] = match self {
            Algorithm::LogicV2 | Algorithm::LogicV1 | Algorithm::RegressionV1 => &[V2, IDENTIFIERS],
            Algorithm::NameBased => &[NAMES],
            Algorithm::NameQualified => &[NAMES, QUALIFIED],
            Algorithm::Ofac => &[&[("ofac_name_score", 1.0, NAME)], QUALIFIED],
        };
        let is_place = |name: &str| name.starts_with("birth_place") || name == "address_prop_match";
        let is_told = |feature: &&Feature| match self {
            Algorithm::LogicV1 => !is_place(feature.0),
            Algorithm::Ofac => feature.1 < 0.0 || feature.0 == "ofac_name_score",
            _ => true,
        };
        parts.iter().flat_map(|part| part.iter()).filter(is_told).copied().collect()
    }

    /// The usual weight of a feature.
    pub(crate) fn weight(self, feature: &str) -> Option<f64> {
        self.features().into_iter().find(|(name, ..)| *name == feature).map(|(_, weight, _)| weight)
    }

    /// Its settings.
    fn config(self) -> &'static [(&'static str, &'static str, Option<f64>)] {
        if self == Algorithm::LogicV2 { V2_CONFIG } else { &[] }
    }

    /// Every setting of a request must be known.
    pub(crate) fn check_config(self, config: &Map<String, Value>) -> Result<(), Failure> {
        match config.keys().find(|key| !self.config().iter().any(|(name, ..)| name == key)) {
            Some(key) => Err(Failure::bad(format!("Invalid config key for algorithm {}: {key}", self.name()))),
            None => Ok(()),
        }
    }

    fn description(self) -> &'static str {
        match self {
            Algorithm::LogicV2 => "Mihenk's own way: all evidence of names, numbers, dates, countries, gender, places",
            Algorithm::Ofac => {
                "Names as with name-qualified; dates, countries and gender count only where they speak against a match"
            }
            Algorithm::NameBased => "Names alone",
            Algorithm::NameQualified => "Names, with birth dates, countries and gender; no numbers, no places",
            Algorithm::LogicV1 => "As logic-v2, without addresses and places of birth",
            Algorithm::RegressionV1 => "As logic-v2; the score is the probability at even odds",
        }
    }

    /// As `/algorithms` says it.
    fn told(self) -> Value {
        let feature = |(name, weight, what): Feature| {
            (name.to_owned(), json!({ "description": what, "coefficient": weight, "url": null }))
        };
        let features: Map<String, Value> = self.features().into_iter().map(feature).collect();
        let config: Map<String, Value> = self
            .config()
            .iter()
            .map(|(name, kind, default)| {
                let what = "Taken for the sake of clients; Mihenk's model weighs this by itself";
                ((*name).to_owned(), json!({ "type": kind, "description": what, "default": default }))
            })
            .collect();
        let (name, description) = (self.name(), self.description());
        let docs = json!({ "name": name, "description": description, "config": config, "features": features });
        json!({ "name": name, "description": description, "features": features, "docs": docs })
    }
}

/// What `/algorithms` says: all but the hidden ones, which can be asked for all the same.
pub(crate) fn page(default: &str, best: Algorithm, hidden: &[String]) -> Value {
    let shown = Algorithm::ALL.into_iter().filter(|algorithm| !hidden.iter().any(|name| name == algorithm.name()));
    let shown: Vec<Value> = shown.map(Algorithm::told).collect();
    json!({ "algorithms": shown, "default": default, "best": best.name() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_in_any_case() {
        let named = |name: &str| Algorithm::named(name, Algorithm::LogicV2).ok();
        assert_eq!(named("LOGIC-V1"), Some(Algorithm::LogicV1));
        assert_eq!(named("best"), Some(Algorithm::LogicV2));
        assert_eq!(named("logic-v3"), None);
        assert!(Algorithm::ALL.into_iter().all(|a| named(a.name()) == Some(a)));
    }

    #[test]
    fn settings_must_be_known() {
        let config = |text: &str| serde_json::from_str::<Map<String, Value>>(text).unwrap();
        assert!(Algorithm::LogicV2.check_config(&config(r#"{"nm_number_mismatch": 0.5}"#)).is_ok());
        assert!(Algorithm::LogicV2.check_config(&config(r#"{"nm": 1}"#)).is_err());
        assert!(Algorithm::Ofac.check_config(&config(r#"{"nm_number_mismatch": 0.5}"#)).is_err());
        assert!(Algorithm::Ofac.check_config(&Map::new()).is_ok());
    }
}
