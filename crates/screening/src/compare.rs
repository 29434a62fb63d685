//! Compares two names without any list: how likely is it that they mean one and the same?
//!
//! In come two names and the schema of their bearer, out comes the evidence in bits with its waterfall, by the same code
//! that screens. A name whose bearer may be a person or an organisation is read as both, and the better reading counts.

use mihenk_entities::Schema;
use mihenk_names::Bearer;

use crate::{
    bits::Bits,
    comparison::Comparison,
    explanation::{self, Explanation, NamePair},
    model::{
        Model,
        calibration::{BaseRate, Score},
    },
    pairing::pairs,
    record::{bearers, readings},
    shape::AskedName,
};

/// Two names, compared.
#[derive(Clone, Debug)]
pub struct Compared {
    /// How the names were read.
    pub bearer: Bearer,
    /// The evidence.
    pub bits: Bits,
    /// The evidence on the scale of scores.
    pub score: Score,
    /// The probability in millionths that both are one, at the base rate given.
    pub probability: u32,
    /// The evidence in words.
    pub explanation: Explanation,
}

/// Compares two names; `None` when one has neither letters nor digits.
#[must_use]
pub fn compare(model: &Model, schema: Schema, first: &str, second: &str, base_rate: BaseRate) -> Option<Compared> {
    let second_readings: Vec<Bearer> = readings(second, bearers(schema)).collect();
    let both = readings(first, bearers(schema)).filter(|bearer| second_readings.contains(bearer));
    let compared = both.filter_map(|bearer| {
        let (a, b) = (AskedName::read(first, bearer, &model.rarity), AskedName::read(second, bearer, &model.rarity));
        if a.parts.is_empty() || b.parts.is_empty() {
            return None;
        }
        let comparison = compare_read(model, &a, &b);
        Some((comparison.bits(&model.weights).0, bearer, a, b, comparison))
    });
    let (bits, bearer, a, b, comparison) = compared.max_by_key(|r| (r.0, std::cmp::Reverse(r.1)))?;
    let pair =
        NamePair { asked_text: first, asked: &a.name, listed_text: second, listed: &b.name, comparison: &comparison };
    let explanation = explanation::explain(
        Some(&pair),
        &comparison.amounts,
        &model.weights,
        None,
        &explanation::Attributes::default(),
    );
    let score = model.scale.score(bits);
    let probability = model.calibration.probability(bits, base_rate);
    Some(Compared { bearer, bits, score, probability, explanation })
}

/// Compares two names that were read before.
#[must_use]
pub fn compare_read(model: &Model, first: &AskedName, second: &AskedName) -> Comparison {
    Comparison::new(first.shape(), second.shape(), pairs(first, second, &model.costs), &first.together)
}
