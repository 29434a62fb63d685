//! Cross-validation on the judged queries: what the software says about queries that its model was not fitted on.
//!
//! In come the entities and judged queries of `screening_dev` and the background populations. Out come three things. `report`
//! is the crates' own account ([`mihenk_screening::making::make`]): each query scored by weights that did not see it, all on
//! one scale, good for recall at a fixed rate of false hits. `models` are five whole models (names counted, weights, threshold,
//! calibration), each made without a fifth of the listed entities and of the queries; `answers` is what each says of that
//! fifth when it is screened as a user's queries are, good for what stands at the threshold 0.70 and for probabilities.
//! Queries about one entity, or with one name, are in one fifth ([`fold_of`]).

use mihenk_entities::Entity;
use mihenk_screening::{
    candidates::Scratch,
    index::{Index, build::build},
    making::{FOLDS, Inputs, background::Background, examples::Judged, make, measure::Report},
    model::{
        Model,
        calibration::{BaseRate, Score},
    },
    rarity::{Aspect, key},
    record::Record,
    screener::{Hit, Options, Screener},
};
use rayon::prelude::*;

use crate::{counts::Counts, reliability::Prediction};

/// One in a thousand and one.
const ONE_TO_THOUSAND: BaseRate = BaseRate { one_in: 1_001 };
/// Candidates below this score are not looked at.
const LEAST: Score = Score(500);

/// What cross-validation gave.
pub(crate) struct HeldOut {
    /// Every query scored by weights that were not fitted on it.
    pub(crate) report: Report,
    /// Whether the model made from all queries is the one that comes with the program.
    pub(crate) is_built_in: bool,
    /// For each fifth a model that was made without it.
    pub(crate) models: Vec<Model>,
    /// Every query answered by the model that was made without it.
    pub(crate) answers: Vec<Answered>,
}

/// A judged query with what was answered.
pub(crate) struct Answered {
    pub(crate) category: String,
    pub(crate) listed: bool,
    /// Whether it counts as a false hit when it is found.
    pub(crate) counts: bool,
    /// The hits, best first.
    pub(crate) hits: Vec<Told>,
}

/// A hit as it was told.
pub(crate) struct Told {
    pub(crate) score: Score,
    /// The probability at even prior odds and at one to a thousand.
    pub(crate) probabilities: [f64; 2],
    /// Whether it is right.
    pub(crate) right: bool,
}

impl HeldOut {
    /// Makes six models: one of all queries, five each without a fifth.
    pub(crate) fn make(lists: &[Entity], judged: &[Judged], backgrounds: &[Background]) -> anyhow::Result<HeldOut> {
        let title = Model::built_in().about.title;
        let all = Inputs { lists, backgrounds, judged, title, inputs: Vec::new() };
        let (model, report) = make(&all)?;
        let built_in = Model::built_in();
        let is_built_in = (&model.weights, &model.scale, &model.calibration)
            == (&built_in.weights, &built_in.scale, &built_in.calibration);
        let models: Vec<Model> = (0..FOLDS)
            .into_par_iter()
            .map(|fold| made_without(fold, lists, judged, backgrounds))
            .collect::<anyhow::Result<_>>()?;
        let of_fold = |fold: usize| judged.iter().filter(move |j| fold_of(group(j)) == fold);
        let answers: Vec<Vec<Answered>> = models
            .par_iter()
            .enumerate()
            .map(|(fold, model)| answer(lists, model, of_fold(fold)))
            .collect::<anyhow::Result<_>>()?;
        Ok(HeldOut { report, is_built_in, models, answers: answers.into_iter().flatten().collect() })
    }

    /// Found and falsely found at the threshold, of the queries of which `wanted` is true.
    pub(crate) fn counts(&self, wanted: impl Fn(&Answered) -> bool) -> Counts {
        Counts::of(self.answers.iter().filter(|a| a.listed || a.counts).filter(|a| wanted(a)).map(Answered::verdict))
    }
}

/// A model made without the entities of a fifth and the queries about them.
fn made_without(fold: usize, lists: &[Entity], judged: &[Judged], backgrounds: &[Background]) -> anyhow::Result<Model> {
    let lists: Vec<Entity> = lists.iter().filter(|e| fold_of(e.id.as_str()) != fold).cloned().collect();
    let judged: Vec<Judged> = judged.iter().filter(|j| fold_of(group(j)) != fold).cloned().collect();
    let inputs =
        Inputs { lists: &lists, backgrounds, judged: &judged, title: "without a fifth".to_owned(), inputs: Vec::new() };
    Ok(make(&inputs)?.0)
}

impl Answered {
    /// The probability that was told of the best hit, and whether it is right. Without any hit nothing was told, which is
    /// taken as 0 and as come true: that somebody was not found is what recall counts.
    pub(crate) fn prediction(&self) -> Prediction {
        let (said, same) = self.hits.first().map_or(([0.0; 2], false), |hit| (hit.probabilities, hit.right));
        Prediction { even: said[0], rare: said[1], listed: self.listed, same }
    }

    /// Whether the query is listed, and whether the answer says so: with a right hit, or with any if it is nobody.
    pub(crate) fn verdict(&self) -> (bool, bool) {
        let matches = |hit: &Told| hit.score >= Score::THRESHOLD && (hit.right || !self.listed);
        (self.listed, self.hits.iter().any(matches))
    }
}

/// What must stay together: the entity asked for, or the name of nobody.
fn group(judged: &Judged) -> &str {
    judged.expected.iter().min().map_or_else(|| judged.query.caption(), String::as_str)
}

/// The fifth that an entity's id or nobody's name is in.
pub(crate) fn fold_of(group: &str) -> usize {
    (key(Aspect::Form, group.as_bytes()) >> 40) as usize % FOLDS
}

/// Screens queries with a model, as a user's are.
pub(crate) fn answer<'a>(
    lists: &[Entity],
    model: &Model,
    queries: impl Iterator<Item = &'a Judged>,
) -> anyhow::Result<Vec<Answered>> {
    let index = Index::from_bytes(&build(lists, model, [0; 32]))?;
    let screener = Screener { index: &index, model };
    let options = Options { cutoff: LEAST, ..Options::default() };
    let mut scratch = Scratch::default();
    let answers = queries.map(|judged| {
        let hits = screener.screen(&Record::of(&judged.query), &options, &mut scratch);
        let right = |hit: &Hit| judged.expected.iter().any(|id| id == index.entity(hit.entity).id());
        let told = |hit: &Hit| Told {
            score: hit.score,
            probabilities: [BaseRate::EVEN, ONE_TO_THOUSAND].map(|rate| probability(model, hit, rate)),
            right: right(hit),
        };
        Answered {
            category: judged.category.clone(),
            listed: judged.is_listed(),
            counts: judged.counts,
            hits: hits.iter().map(told).collect(),
        }
    });
    Ok(answers.collect())
}

fn probability(model: &Model, hit: &Hit, rate: BaseRate) -> f64 {
    f64::from(model.calibration.probability(hit.bits, rate)) / 1e6
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answered(listed: bool, hits: &[(u16, bool)]) -> Answered {
        let told = |&(score, right): &(u16, bool)| Told { score: Score(score), probabilities: [0.9, 0.1], right };
        Answered { category: String::new(), listed, counts: true, hits: hits.iter().map(told).collect() }
    }

    #[test]
    fn what_was_told_of_the_best_hit_is_held_against_the_truth() {
        let told = answered(true, &[(9000, false), (7000, true)]).prediction();
        assert_eq!((told.even, told.rare, told.listed, told.same), (0.9, 0.1, true, false));
        let nothing = answered(true, &[]).prediction();
        assert_eq!((nothing.even, nothing.listed, nothing.same), (0.0, true, false));
    }

    #[test]
    fn only_a_right_hit_finds_and_any_hit_is_false() {
        assert_eq!(answered(true, &[(9000, false), (7000, true)]).verdict(), (true, true));
        assert_eq!(answered(true, &[(9000, false), (6999, true)]).verdict(), (true, false));
        assert_eq!(answered(false, &[(7000, false)]).verdict(), (false, true));
        assert_eq!(answered(false, &[(6999, false)]).verdict(), (false, false));
    }
}
