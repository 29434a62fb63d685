//! Labelled pairs of names at the threshold, beside Levenshtein.
//!
//! In come the 826 pairs of the nomenklatura project's bench, out come F1, precision, recall and false rate of the built-in
//! model and of normalised Levenshtein similarity at the same 0.70. The set only measures; nothing was fitted on it. Some of
//! its labels contradict one another, so that no method reaches 1.

use mihenk_screening::{compare::compare, model::calibration::BaseRate, model::calibration::Score};

use crate::{
    counts::Counts,
    inputs::{Case, Inputs, model},
    levenshtein::{folded, similarity},
    row::{Line, Measured},
};

const F1_ASKED: f64 = 0.87;
const FALSE_ASKED: f64 = 0.15;

pub(super) fn measure(inputs: &Inputs) -> anyhow::Result<Measured> {
    let (cases, model) = (inputs.cases()?, model());
    let ours = |case: &Case| {
        let compared = compare(&model, case.schema, &case.names[0], &case.names[1], BaseRate::EVEN);
        let score = compared.map_or(Score(0), |c| c.weighed.score);
        let said = score >= Score::THRESHOLD;
        if said != case.same {
            inputs.miss(|| format!("same {}, score {:.4}: {:?}", case.same, score.as_f64(), case.names));
        }
        (case.same, said)
    };
    let theirs = |case: &Case| (case.same, similarity(&folded(&case.names[0]), &folded(&case.names[1])) >= 0.70);
    let counts = Counts::of(cases.iter().map(ours));
    let baseline = Counts::of(cases.iter().map(theirs));
    Ok(Measured::of([Line {
        what: format!("{} labelled pairs of names (`name_bench`), at 0.70", cases.len()),
        figure: counts.line(),
        asked: format!("F1 ≥ {F1_ASKED}, false ≤ {FALSE_ASKED}"),
        reached: Some(counts.f1() >= F1_ASKED && counts.false_rate() <= FALSE_ASKED),
        baseline: format!("Levenshtein: {}", baseline.line()),
        runs: String::new(),
    }]))
}
