//! Counts names: how common each word is among people, organisations and vessels.
//!
//! In come listed entities and public name counts, out comes a [`Model`] with rarities, reasoned weights and no calibration.
//! People are half list and half background: lists know the names of the world's suspects, the background those of
//! customers. So are organisations, of whose background a little is people's names, which founders gave them. Vessels have
//! no public counts; they borrow words from organisations.

use rustc_hash::FxHashMap;

use mihenk_entities::{Entity, country::Country};
use mihenk_names::{Bearer, Name, Script, Word};

use super::background::Background;
use crate::{
    model::{Countries, Model},
    rarity::{Population, Rarity, bits_of},
    record::Record,
};

/// A word that nobody was seen with: one in 23,000.
const FLOOR: f64 = 1.0 / 23_170.0;
/// Shares below this are not worth a row.
const LEAST: f64 = 1.0 / 400_000.0;
/// A listed bearer's own name is no sign that the name is common: one bearer is taken off each count.
const DISCOUNT: f64 = 1.0;

/// Of the population of organisations so much is companies at large, where they were counted …
const COMPANIES: f64 = 0.4;
/// … and so much people, whose names are founders' and places'.
const FOUNDERS: f64 = 0.15;

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
    let people_at_large = count(backgrounds, Bearer::Person, Bearer::Person);
    let founders = count(backgrounds, Bearer::Person, Bearer::Organization);
    let companies = count(backgrounds, Bearer::Organization, Bearer::Organization);
    let company_share = if companies.is_empty() { 0.0 } else { COMPANIES };
    let rarity = Rarity {
        each: [
            Population::mix(&[(people, 0.5, DISCOUNT), (&people_at_large, 0.5, 0.0)], FLOOR, LEAST),
            Population::mix(
                &[
                    (organisations, 1.0 - FOUNDERS - company_share, DISCOUNT),
                    (&companies, company_share, 0.0),
                    (&founders, FOUNDERS, 0.0),
                ],
                FLOOR,
                LEAST,
            ),
            Population::mix(&[(vessels, 0.7, DISCOUNT), (organisations, 0.3, DISCOUNT)], FLOOR, LEAST),
        ],
    };
    let mut model = Model::default();
    model.rarity = rarity;
    model.countries = countries(&records);
    model
}

/// Counts the backgrounds of some bearers, their words read as words in names of `read_as`.
fn count(backgrounds: &[Background], of: Bearer, read_as: Bearer) -> Population {
    let mut population = Population::default();
    for background in backgrounds.iter().filter(|b| b.bearer == of) {
        population.add_total(1.0);
        for (word, share) in &background.words {
            population.add_word(&Word::new(word.clone(), Script::Latin, read_as), *share);
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
