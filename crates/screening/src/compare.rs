//! Compares two names without any list: how likely is it that they mean one and the same?
//!
//! In come two names and the schema of their bearer, out comes the evidence in bits, by the same code that screens:
//! [`weigh`] for the figures alone, [`explain`] with the waterfall. A name whose bearer may be a person or an organisation is
//! read as both, and the better reading counts.

use std::sync::Arc;

use mihenk_entities::Schema;
use mihenk_names::Bearer;

use crate::{
    bits::Bits,
    comparison::Comparison,
    explanation::{self, Explanation, NamePair},
    lexicon::Lexicon,
    model::{
        Model,
        calibration::{BaseRate, Score},
    },
    pairing::pairs,
    record::{bearers, is_firm},
    shape::AskedName,
};

/// What two names amount to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Weighed {
    /// How the names were read.
    pub bearer: Bearer,
    /// The evidence.
    pub bits: Bits,
    /// The evidence on the scale of scores.
    pub score: Score,
    /// The probability in millionths that both are one, at the base rate given.
    pub probability: u32,
}

/// Two names, compared.
#[derive(Clone, Debug)]
pub struct Compared {
    /// The figures.
    pub weighed: Weighed,
    /// The evidence in words.
    pub explanation: Explanation,
}

/// Compares two names; `None` when one has neither letters nor digits.
#[must_use]
pub fn compare(model: &Model, schema: Schema, first: &str, second: &str, base_rate: BaseRate) -> Option<Compared> {
    let mut lexicon = Lexicon::default();
    let mut read = |name| -> Vec<_> { bearers(schema).iter().map(|&b| lexicon.read(name, b, model)).collect() };
    explain(model, [&read(first), &read(second)], [first, second], base_rate)
}

/// What two names amount to under the better of their readings, each as the same kinds of bearer; `None` when one has
/// neither letters nor digits.
#[must_use]
pub fn weigh(model: &Model, names: [&[Arc<AskedName>]; 2], base_rate: BaseRate) -> Option<Weighed> {
    better(model, names).map(|better| better.weighed(model, base_rate))
}

/// As [`weigh`], with the evidence in words; `texts` are the names as they were written.
#[must_use]
pub fn explain(
    model: &Model,
    names: [&[Arc<AskedName>]; 2],
    texts: [&str; 2],
    base_rate: BaseRate,
) -> Option<Compared> {
    let better = better(model, names)?;
    let comparison = &better.comparison;
    let pair = NamePair {
        asked_text: texts[0],
        asked: &better.names[0].name,
        listed_text: texts[1],
        listed: &better.names[1].name,
        comparison,
    };
    let attributes = explanation::Attributes::default();
    let explanation = explanation::explain(Some(&pair), &comparison.amounts, &model.weights, None, &attributes);
    Some(Compared { weighed: better.weighed(model, base_rate), explanation })
}

/// The reading of two names that has more evidence.
struct Better<'a> {
    bits: Bits,
    names: [&'a AskedName; 2],
    comparison: Comparison,
}

fn better<'a>(model: &Model, [first, second]: [&'a [Arc<AskedName>]; 2]) -> Option<Better<'a>> {
    let firm = first.iter().chain(second).any(|reading| is_firm(&reading.name)) && first.len() > 1;
    let compared = first
        .iter()
        .zip(second)
        .filter(|(a, b)| !a.parts.is_empty() && !b.parts.is_empty())
        .filter(|(a, _)| !firm || a.name.bearer != Bearer::Person)
        .map(|(a, b)| {
            let comparison = compare_read(model, a, b);
            Better { bits: comparison.bits(&model.weights).0, names: [a, b], comparison }
        });
    compared.max_by_key(|better| (better.bits, std::cmp::Reverse(better.bearer())))
}

impl Better<'_> {
    fn bearer(&self) -> Bearer {
        self.names[0].name.bearer
    }

    fn weighed(&self, model: &Model, base_rate: BaseRate) -> Weighed {
        let score = model.scale.score(self.bits);
        let probability = model.of_pairs.probability(self.bits, base_rate);
        Weighed { bearer: self.bearer(), bits: self.bits, score, probability }
    }
}

/// Compares two names that were read before.
#[must_use]
pub fn compare_read(model: &Model, first: &AskedName, second: &AskedName) -> Comparison {
    Comparison::new(first.shape(), second.shape(), pairs(first, second, &model.costs), &first.together)
}
