//! Counts names: how common each word is among people, organisations and vessels.
//!
//! In come listed entities and public name counts, out comes a [`Model`] with rarities, reasoned weights and no calibration.
//! People are half list and half background: lists know the names of the world's suspects, the background those of
//! customers. Organisations and vessels have no public counts; a little of the background stands in for names of founders,
//! and vessels borrow words from organisations.

use rustc_hash::FxHashMap;

use mihenk_entities::{Entity, country::Country};
use mihenk_names::{Bearer, Name, Script, Word};

use crate::{
    model::{Countries, Model},
    rarity::{Population, Rarity, bits_of},
    record::Record,
};

/// A public population: words with the share of people who bear them.
#[derive(Clone, Debug, PartialEq)]
pub struct Background {
    /// What it is.
    pub title: String,
    /// Word and share of people.
    pub words: Vec<(String, f64)>,
}

/// A word that nobody was seen with: one in 23,000.
const FLOOR: f64 = 1.0 / 23_170.0;
/// Shares below this are not worth a row.
const LEAST: f64 = 1.0 / 400_000.0;
/// A listed bearer's own name is no sign that the name is common: one bearer is taken off each count.
const DISCOUNT: f64 = 1.0;

/// Counts names into a model without fitted weights.
#[must_use]
pub fn unfitted(lists: &[Entity], backgrounds: &[Background]) -> Model {
    let records: Vec<Record> = lists.iter().filter(|e| e.schema.is_matchable()).map(Record::of).collect();
    let mut listed = [Population::default(), Population::default(), Population::default()];
    for record in &records {
        let Some(&bearer) = record.bearers.last() else { continue };
        let names: Vec<Name> = record.names.iter().map(|n| Name::read(&n.text, bearer)).collect();
        if !names.is_empty() {
            listed[bearer as usize].add_bearer(&names);
        }
    }
    let [people, organisations, vessels] = &listed;
    let (background, founders) = (count(backgrounds, Bearer::Person), count(backgrounds, Bearer::Organization));
    let rarity = Rarity {
        each: [
            Population::mix(&[(people, 0.5, DISCOUNT), (&background, 0.5, 0.0)], FLOOR, LEAST),
            Population::mix(&[(organisations, 0.85, DISCOUNT), (&founders, 0.15, 0.0)], FLOOR, LEAST),
            Population::mix(&[(vessels, 0.7, DISCOUNT), (organisations, 0.3, DISCOUNT)], FLOOR, LEAST),
        ],
    };
    let mut model = Model::default();
    model.rarity = rarity;
    model.countries = countries(&records);
    model
}

fn count(backgrounds: &[Background], bearer: Bearer) -> Population {
    let mut population = Population::default();
    for background in backgrounds {
        population.add_total(1.0);
        for (word, share) in &background.words {
            population.add_word(&Word::new(word.clone(), Script::Latin, bearer), *share);
        }
    }
    population
}

/// How telling each country is: −log2 of the share of records that name it.
fn countries(records: &[Record]) -> Countries {
    let mut counts: FxHashMap<Country, u64> = FxHashMap::default();
    let with_country = records.iter().filter(|r| !r.attributes.countries.is_empty());
    let mut total = 0u64;
    for record in with_country {
        total += 1;
        for &country in &record.attributes.countries {
            *counts.entry(country).or_default() += 1;
        }
    }
    let bits = |count: u64| bits_of((count << 32) / total.max(1)).0.min(300);
    Countries(counts.into_iter().map(|(country, count)| (country, bits(count))).collect())
}
