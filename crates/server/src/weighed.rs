//! The evidence of a hit in the form of yente: a score, and features with their details.
//!
//! In come the lines of Mihenk's waterfall, an algorithm and the weights of a request; out comes a [`Weighed`] hit: the score, the lines that count
//! and `explanations` by feature. Each line belongs to one feature ([`feature_of`]). A weight other than the usual one scales the bits of the
//! feature's lines by as much, and the lines still add up to the bits.

use std::collections::{BTreeMap, HashMap};

use mihenk_node::{BaseRate, Bits, Explanation, Hit, Line, Model, Score, answer::share, entities::IdentifierKind};
use serde::Serialize;

use crate::algorithms::Algorithm;

/// A feature as `explanations` has it.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub(crate) struct Explained {
    detail: Option<String>,
    score: f64,
    query: Option<String>,
    candidate: Option<String>,
}

/// A hit as an algorithm and the weights of a request have it.
#[derive(Clone, Debug)]
pub(crate) struct Weighed {
    pub(crate) score: f64,
    pub(crate) bits: Bits,
    /// In millionths.
    pub(crate) probability: u32,
    pub(crate) explanation: Explanation,
}

/// How hits are weighed.
#[derive(Clone, Debug)]
pub(crate) struct Weighing {
    pub(crate) algorithm: Algorithm,
    /// Factors by feature, for those whose weight is not the usual one.
    factors: HashMap<String, f64>,
}

impl Weighing {
    /// With weights that a request gives; names that the algorithm does not have say nothing.
    pub(crate) fn new(algorithm: Algorithm, weights: &HashMap<String, f64>) -> Weighing {
        let factor = |(name, weight): (&String, &f64)| {
            let usual = algorithm.weight(name)?;
            let factor = (weight / usual).clamp(0.0, 10.0);
            (factor != 1.0).then(|| (name.clone(), factor))
        };
        Weighing { algorithm, factors: weights.iter().filter_map(factor).collect() }
    }

    /// Whether scores may be others than those of the screener, so that each hit has to be weighed before it is known whether it counts.
    pub(crate) fn is_other(&self) -> bool {
        !self.factors.is_empty() || matches!(self.algorithm, Algorithm::Ofac | Algorithm::RegressionV1)
    }

    /// Weighs a hit.
    pub(crate) fn weigh(&self, model: &Model, hit: &Hit, mut explanation: Explanation) -> Weighed {
        if !self.is_other() {
            let score = hit.score.as_f64();
            return Weighed { score, bits: hit.bits, probability: hit.probability, explanation };
        }
        if self.algorithm == Algorithm::Ofac {
            explanation.lines.retain(|line| line.bits <= Bits::ZERO || !is_beside_names(line));
        }
        for line in &mut explanation.lines {
            if let Some(factor) = self.factors.get(self.feature(line, hit)) {
                line.bits = line.bits.scaled((factor * 100.0).round() as i32);
            }
        }
        let bits = explanation.total();
        let probability = model.calibration.probability(bits, BaseRate::SCREENING);
        let score = match self.algorithm {
            Algorithm::RegressionV1 => share(model.calibration.probability(bits, BaseRate::EVEN)),
            // A strong number in common is more than its bits.
            _ if hit.score == Score::FULL && bits >= hit.bits => 1.0,
            _ => model.scale.score(bits).as_f64(),
        };
        Weighed { score, bits, probability, explanation }
    }

    /// The feature that a line belongs to.
    fn feature(&self, line: &Line, hit: &Hit) -> &'static str {
        feature_of(line, hit).unwrap_or_else(|| self.algorithm.name_feature())
    }

    /// The features of a hit.
    pub(crate) fn explained(&self, model: &Model, hit: &Hit, weighed: &Weighed) -> BTreeMap<&'static str, Explained> {
        let mut lines: BTreeMap<&'static str, Vec<&Line>> = BTreeMap::new();
        for line in &weighed.explanation.lines {
            lines.entry(self.feature(line, hit)).or_default().push(line);
        }
        let is_name = |feature: &str| feature == self.algorithm.name_feature();
        let one = |(feature, lines): (&'static str, Vec<&Line>)| {
            let detail: Vec<String> = lines.iter().map(|line| format!("{} {}", line.bits, line.text)).collect();
            let first = |side: fn(&Line) -> &Option<String>| lines.iter().find_map(|line| side(line).clone());
            let bits: Bits = lines.iter().map(|line| line.bits).sum();
            let names = &weighed.explanation;
            let (score, query, candidate) = if is_name(feature) {
                (model.scale.score(bits).as_f64(), names.asked_name.clone(), names.listed_name.clone())
            } else {
                (1.0, first(|line| &line.asked), first(|line| &line.listed))
            };
            (feature, Explained { detail: Some(detail.join("; ")), score, query, candidate })
        };
        lines.into_iter().map(one).collect()
    }
}

/// Whether a line is about something else than names.
fn is_beside_names(line: &Line) -> bool {
    matches!(line.feature, "birth_date" | "country" | "gender" | "birth_place" | "address" | "identifier")
}

/// The feature of yente that a line belongs to; none if it is about names.
fn feature_of(line: &Line, hit: &Hit) -> Option<&'static str> {
    let speaks_for = line.bits > Bits::ZERO;
    Some(match line.feature {
        "identifier" if speaks_for => identifier_feature(hit),
        "identifier" => "identifier_mismatch",
        "birth_date" if speaks_for => "birth_date_match",
        "birth_date" if line.text.starts_with("born in the same year") => "dob_day_disjoint",
        "birth_date" => "dob_year_disjoint",
        "country" if speaks_for => "country_match",
        "country" => "country_mismatch",
        "gender" if speaks_for => "gender_match",
        "gender" => "gender_mismatch",
        "birth_place" if speaks_for => "birth_place_match",
        "birth_place" => "birth_place_mismatch",
        "address" => "address_prop_match",
        _ => return None,
    })
}

fn identifier_feature(hit: &Hit) -> &'static str {
    match hit.basis.identifier.as_ref().map(|shared| shared.listed_kind) {
        Some(IdentifierKind::Lei) => "lei_code_match",
        Some(IdentifierKind::Bic) => "bic_code_match",
        Some(IdentifierKind::Ogrn) => "ogrn_code_match",
        Some(IdentifierKind::Inn) => "inn_code_match",
        Some(IdentifierKind::Imo | IdentifierKind::Mmsi) => "vessel_imo_mmsi_match",
        Some(IdentifierKind::Wallet) => "crypto_wallet_address",
        Some(IdentifierKind::Isin) => "isin_security_match",
        _ => "identifier_match",
    }
}
