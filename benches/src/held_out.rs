//! Cross-validation on the judged queries: what the software says about queries that its model was not fitted on.
//!
//! In come the entities and judged queries of `screening_dev` and the background populations. Out come two things. `report`
//! is the crates' own account ([`mihenk_screening::making::make`]): each query scored by weights that did not see it, all on
//! one scale, good for recall at a fixed rate of false hits. `answers` goes further: five whole models (weights, threshold,
//! calibration) each made without a fifth of the queries, which then screens that fifth as a user's query is screened;
//! good for what stands at the threshold 0.70 and for probabilities. Queries about one entity, or with one name, stay together.

use mihenk_entities::Entity;
use mihenk_screening::{
    candidates::Scratch,
    index::{Index, build::build},
    making::{FOLDS, Inputs, examples::Judged, make, measure::Report, population::Background},
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
    /// Every query answered by a model that was made without it.
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
        let folds: Vec<Vec<(usize, Answered)>> = (0..FOLDS)
            .into_par_iter()
            .map(|fold| {
                let known: Vec<Judged> = judged.iter().filter(|j| fold_of(j) != fold).cloned().collect();
                let inputs = Inputs { lists, backgrounds, judged: &known, title: String::new(), inputs: Vec::new() };
                let (model, _) = make(&inputs)?;
                let unknown: Vec<(usize, &Judged)> =
                    judged.iter().enumerate().filter(|(_, j)| fold_of(j) == fold).collect();
                answer(lists, &model, &unknown)
            })
            .collect::<anyhow::Result<_>>()?;
        let mut answers: Vec<(usize, Answered)> = folds.into_iter().flatten().collect();
        answers.sort_by_key(|(number, _)| *number);
        Ok(HeldOut { report, is_built_in, answers: answers.into_iter().map(|(_, a)| a).collect() })
    }

    /// Found and falsely found at the threshold, of the queries of which `wanted` is true.
    pub(crate) fn counts(&self, wanted: impl Fn(&Answered) -> bool) -> Counts {
        Counts::of(self.answers.iter().filter(|a| a.listed || a.counts).filter(|a| wanted(a)).map(Answered::verdict))
    }

    /// The probability of the best hit of each query; a query without any hit counts as told 0.
    pub(crate) fn predictions(&self) -> Vec<Prediction> {
        let counted = self.answers.iter().filter(|a| a.listed || a.counts);
        counted
            .map(|a| match a.hits.first() {
                Some(hit) => {
                    let [even, rare] = hit.probabilities;
                    Prediction { even, rare, listed: a.listed, same: hit.right }
                }
                None => Prediction { even: 0.0, rare: 0.0, listed: a.listed, same: a.listed },
            })
            .collect()
    }
}

impl Answered {
    /// Whether the query is listed, and whether the answer says so: with a right hit, or with any if it is nobody.
    pub(crate) fn verdict(&self) -> (bool, bool) {
        let matches = |hit: &Told| hit.score >= Score::THRESHOLD && (hit.right || !self.listed);
        (self.listed, self.hits.iter().any(matches))
    }
}

/// Queries about one entity, or with one name, are in one part.
fn fold_of(judged: &Judged) -> usize {
    let group = judged.expected.iter().min().map_or_else(|| judged.query.caption(), String::as_str);
    (key(Aspect::Form, group.as_bytes()) >> 40) as usize % FOLDS
}

/// Screens queries with a model, as a user's are.
pub(crate) fn answer(
    lists: &[Entity],
    model: &Model,
    queries: &[(usize, &Judged)],
) -> anyhow::Result<Vec<(usize, Answered)>> {
    let index = Index::from_bytes(&build(lists, model, [0; 32]))?;
    let screener = Screener { index: &index, model };
    let options = Options { cutoff: LEAST, ..Options::default() };
    let mut scratch = Scratch::default();
    let answers = queries.iter().map(|(number, judged)| {
        let hits = screener.screen(&Record::of(&judged.query), &options, &mut scratch);
        let right = |hit: &Hit| judged.expected.iter().any(|id| id == index.entity(hit.entity).id());
        let told = |hit: &Hit| Told {
            score: hit.score,
            probabilities: [BaseRate::EVEN, ONE_TO_THOUSAND].map(|rate| probability(model, hit, rate)),
            right: right(hit),
        };
        let answered = Answered {
            category: judged.category.clone(),
            listed: judged.is_listed(),
            counts: judged.counts,
            hits: hits.iter().map(told).collect(),
        };
        (*number, answered)
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
    fn only_a_right_hit_finds_and_any_hit_is_false() {
        assert_eq!(answered(true, &[(9000, false), (7000, true)]).verdict(), (true, true));
        assert_eq!(answered(true, &[(9000, false), (6999, true)]).verdict(), (true, false));
        assert_eq!(answered(false, &[(7000, false)]).verdict(), (false, true));
        assert_eq!(answered(false, &[(6999, false)]).verdict(), (false, false));
    }
}
