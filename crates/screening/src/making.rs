//! Makes a model: counts names, fits weights, sets the threshold, calibrates.
//!
//! In come lists (for how common words are), background populations, and judged queries: what was asked and which listed
//! entities it is, if any. Out comes a [`Model`] with an account of itself. The steps, each a module: [`population`] counts,
//! [`examples`] turns judged queries into rows, [`crate::fit`] fits, [`measure`] scores held-out fifths and calibrates on them.
//! Everything is deterministic: fifths are drawn by a hash of the listed entity or the asked name.

pub mod background;
pub mod examples;
pub mod measure;
pub mod mined;
pub mod pairs;
pub mod population;

use mihenk_entities::Entity;

use self::{background::Background, examples::Judged};
use crate::{
    fit::{Fitted, Row, Settings, fit},
    index::{Index, build::build, file::IndexError},
    model::{About, Calibration, Model, Scale},
    weights::Weights,
};

/// What a model is made from.
#[derive(Debug)]
pub struct Inputs<'a> {
    /// Listed entities: their names are half of the population.
    pub lists: &'a [Entity],
    /// Public name counts.
    pub backgrounds: &'a [Background],
    /// Judged queries, and what each is worth.
    pub judged: &'a [Judged],
    /// One line: what it is.
    pub title: String,
    /// What each input is, for the account.
    pub inputs: Vec<String>,
}

/// How many parts the judged queries are cut into for cross-validation.
pub const FOLDS: usize = 5;

/// The generator of mined examples starts here.
const SEED: u64 = 20_170_725;
/// Mined queries of each kind for people.
const MINED_EACH: usize = 2_000;
/// A mined query that is nobody counts this much in the fit: there are many, and drawn more evenly than life draws them.
const NOBODY_WEIGHT: f64 = 0.05;
/// A pair of aliases counts this much: lists hold the spellings that somebody thought worth a line, not those people use.
const ALIAS_WEIGHT: f64 = 0.05;

/// Makes a model.
///
/// # Errors
/// When the index for the judged queries cannot be built in memory.
pub fn make(inputs: &Inputs) -> Result<(Model, measure::Report), IndexError> {
    let mut model = population::unfitted(inputs.lists, inputs.backgrounds);
    let index = Index::from_bytes(&build(inputs.lists, &model, [0; 32]))?;
    let mut draw = mined::Draw::new(SEED);
    let nobodies = mined::nobodies(inputs.lists, inputs.backgrounds, MINED_EACH, &mut draw);
    let aliases = mined::aliases(inputs.lists, &model, ALIAS_WEIGHT);
    let judged: Vec<Judged> = inputs.judged.iter().chain(&nobodies).cloned().collect();
    let asked = examples::screen(&judged, &index, &model);
    let settings = Settings::default();
    let start = Weights::reasoned();
    let rows_without = |fold: usize| -> Vec<Row> {
        let judged = asked.iter().filter(|a| a.fold != fold).flat_map(examples::rows);
        let aliases = aliases.iter().filter(|(entity, _)| entity % FOLDS != fold).map(|(_, row)| row.clone());
        judged.chain(aliases).collect()
    };
    let fitted = fit(&rows_without(FOLDS), &start, settings);
    let folds: Vec<Fitted> = (0..FOLDS).map(|fold| fit(&rows_without(fold), &start, settings)).collect();
    let pairs = pairs::scores(inputs.lists, &asked, &model, &folds);
    // Mined nobodies teach the fit; what is measured and calibrated on is what was judged.
    let judged: Vec<_> = asked.into_iter().filter(|a| !a.judged.category.starts_with("mined")).collect();
    let report = measure::report(&judged, &folds);
    model.weights = fitted.weights.clone();
    model.scale = Scale { threshold: measure::threshold(&report, &fitted) };
    model.calibration = Calibration { points: measure::calibrate(report.scores(), &fitted) };
    model.of_pairs = Calibration { points: measure::calibrate(pairs, &fitted) };
    model.about = About { title: inputs.title.clone(), inputs: inputs.inputs.clone(), measured: report.lines() };
    Ok((Model::new(model), report))
}
