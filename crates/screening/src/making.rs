//! Makes a model: counts names, fits weights, sets the threshold, calibrates.
//!
//! In come lists (for how common words are), background populations, and judged queries: what was asked and which listed
//! entities it is, if any. Out comes a [`Model`] with an account of itself. The steps, each a module: [`population`] counts,
//! [`examples`] turns judged queries into rows, [`crate::fit`] fits, [`measure`] scores held-out fifths and calibrates on them.
//! Everything is deterministic: fifths are drawn by a hash of the listed entity or the asked name.

pub mod examples;
pub mod measure;
pub mod population;

use mihenk_entities::Entity;

use self::{examples::Judged, population::Background};
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

/// Makes a model.
///
/// # Errors
/// When the index for the judged queries cannot be built in memory.
pub fn make(inputs: &Inputs) -> Result<(Model, measure::Report), IndexError> {
    let mut model = population::unfitted(inputs.lists, inputs.backgrounds);
    let index = Index::from_bytes(build(inputs.lists, &model, [0; 32]))?;
    let asked = examples::screen(inputs.judged, &index, &model);
    let settings = Settings::default();
    let start = Weights::reasoned();
    let all: Vec<Row> = asked.iter().flat_map(examples::rows).collect();
    let fitted = fit(&all, &start, settings);
    let folds: Vec<Fitted> = (0..FOLDS)
        .map(|fold| {
            let rows: Vec<Row> = asked.iter().filter(|a| a.fold != fold).flat_map(examples::rows).collect();
            fit(&rows, &start, settings)
        })
        .collect();
    let report = measure::report(&asked, &folds);
    model.weights = fitted.weights.clone();
    model.scale = Scale { threshold: measure::threshold(&report, &fitted) };
    model.calibration = Calibration { points: measure::calibrate(&report, &fitted) };
    model.about = About { title: inputs.title.clone(), inputs: inputs.inputs.clone(), measured: report.lines() };
    Ok((Model::new(model), report))
}
