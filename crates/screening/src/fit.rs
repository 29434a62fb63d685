//! Fits the weights of the evidence to judged pairs.
//!
//! In come rows: the observed amounts of each [`Feature`] for an asked and a listed record, whether they are one, and how
//! much the row counts. Out come [`Weights`] that make the evidence predict best: logistic regression on the smaller of the
//! two sums (stranger and relative), with a penalty for leaving the reasoned weights and a bound at zero that no weight may
//! cross ([`Feature::sign`]). Plain full-batch gradient descent with momentum per weight (Adam), fixed steps, no randomness:
//! the same rows give the same weights.

use crate::{
    comparison::{COMMON, RELATIVE, STRANGER},
    weights::{FEATURES, Feature, Weights},
};

/// One judged pair.
#[derive(Clone, Debug)]
pub struct Row {
    /// Observed amounts, in hundredths.
    pub amounts: [i32; FEATURES],
    /// Whether the two are one.
    pub same: bool,
    /// How much the row counts.
    pub weight: f64,
}

/// How the fit is done.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// Steps of gradient descent.
    pub steps: usize,
    /// Penalty for leaving the reasoned weights: how much of the mean log-loss a change must save.
    pub penalty: f64,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings { steps: 1500, penalty: 0.1 }
    }
}

/// What a fit found.
#[derive(Clone, Debug)]
pub struct Fitted {
    /// The weights.
    pub weights: Weights,
    /// log2 odds per bit of evidence.
    pub slope: f64,
    /// log2 odds at zero bits, in the population of the rows.
    pub intercept: f64,
    /// Mean log-loss in bits.
    pub loss: f64,
}

/// Fits weights to rows, starting from `start`.
#[must_use]
pub fn fit(rows: &[Row], start: &Weights, settings: Settings) -> Fitted {
    let prior: Vec<f64> = start.0.iter().map(|w| f64::from(*w) / 100.0).collect();
    // One parameter more: the intercept. The slope is the scale of the rest: `exact` stays at one bit per bit.
    let mut p = prior.clone();
    let (mut slope, mut intercept) = (0.35f64, -2.0f64);
    let total: f64 = rows.iter().map(|r| r.weight).sum();
    let (mut m, mut v) = (vec![0.0; FEATURES + 2], vec![0.0; FEATURES + 2]);
    let mut loss = 0.0;
    for step in 1..=settings.steps {
        let mut g = vec![0.0; FEATURES + 2];
        loss = 0.0;
        for row in rows {
            let amount = |f: Feature| f64::from(row.amounts[f as usize]) / 100.0;
            let sum = |fs: &[Feature]| fs.iter().map(|&f| amount(f) * p[f as usize]).sum::<f64>();
            let (stranger, relative) = (sum(&STRANGER), sum(&RELATIVE));
            let common = Feature::ALL[COMMON].iter().map(|&f| amount(f) * p[f as usize]).sum::<f64>();
            let bits = stranger.min(relative) + common;
            let z = (slope * bits + intercept) * std::f64::consts::LN_2;
            let predicted = 1.0 / (1.0 + (-z).exp());
            let target = if row.same { 1.0 } else { 0.0 };
            let likelihood = if row.same { predicted } else { 1.0 - predicted };
            loss -= row.weight * likelihood.max(1e-12).log2();
            let d = row.weight * (predicted - target) * std::f64::consts::LN_2 / total;
            let binding: &[Feature] = if relative < stranger { &RELATIVE } else { &STRANGER };
            for &f in binding {
                g[f as usize] += d * slope * amount(f);
            }
            for &f in &Feature::ALL[COMMON] {
                g[f as usize] += d * slope * amount(f);
            }
            g[FEATURES] += d * bits;
            g[FEATURES + 1] += d;
        }
        for (i, prior) in prior.iter().enumerate() {
            g[i] += settings.penalty * (p[i] - prior) / (1.0 + prior * prior);
        }
        g[Feature::Exact as usize] = 0.0;
        let rate = 0.05 * (1.0 - step as f64 / (settings.steps as f64 + 1.0)).max(0.02);
        for i in 0..FEATURES + 2 {
            m[i] = 0.9 * m[i] + 0.1 * g[i];
            v[i] = 0.999 * v[i] + 0.001 * g[i] * g[i];
            let (mh, vh) = (m[i] / (1.0 - 0.9f64.powi(step as i32)), v[i] / (1.0 - 0.999f64.powi(step as i32)));
            let change = rate * mh / (vh.sqrt() + 1e-9);
            match i {
                FEATURES => slope = (slope - change * 0.2).max(0.01),
                i if i == FEATURES + 1 => intercept -= change,
                _ => p[i] = bounded(p[i] - change, Feature::ALL[i]),
            }
        }
    }
    let mut weights = Weights([0; FEATURES]);
    for (w, p) in weights.0.iter_mut().zip(&p) {
        *w = (p * 100.0).round() as i32;
    }
    Fitted { weights, slope, intercept, loss: loss / total }
}

fn bounded(weight: f64, feature: Feature) -> f64 {
    match feature.sign() {
        1 => weight.max(0.0),
        -1 => weight.min(0.0),
        _ => weight,
    }
}
