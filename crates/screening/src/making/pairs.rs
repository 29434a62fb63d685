//! Pairs of names for the calibration of comparisons without a list.
//!
//! Who holds two names against one another has picked them because they are near. In come the lists and the mined nobodies that
//! were screened; out come the scores of pairs that are one (a name of an entity and the nearest of its other names) and of
//! pairs that are not (a nobody and the nearest listed name), each by the fit of the fold that saw neither.

use mihenk_entities::Entity;

use super::{FOLDS, examples::Asked, mined};
use crate::{comparison::total, fit::Fitted, model::Model, weights::FEATURES};

/// The log2 odds of each pair, and whether its names are one entity's.
#[must_use]
pub fn scores(lists: &[Entity], asked: &[Asked], model: &Model, folds: &[Fitted]) -> Vec<(f64, bool)> {
    let score = |amounts: &[i32; FEATURES], fold: usize| {
        let fitted = &folds[fold];
        fitted.slope * total(amounts, &fitted.weights).0.as_f64() + fitted.intercept
    };
    let same = mined::nearest_names(lists, model).into_iter();
    let same = same.map(|(number, amounts)| (score(&amounts, number % FOLDS), true));
    let others = asked.iter().filter(|a| a.judged.category.starts_with("mined")).filter_map(|asked| {
        let (hit, _) = asked.candidates.first()?;
        let amounts = &hit.basis.comparison.as_ref()?.amounts;
        Some((score(amounts, asked.fold), false))
    });
    same.chain(others).collect()
}
