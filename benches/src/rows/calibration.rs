//! Are probabilities honest? On sets that the model which is asked was not fitted on, and on the first two of them together.
//!
//! *Queries*: `screening_dev`, the probability of the best hit of each query by a model made without it (its calibration, too).
//! *Mined queries*: the same for queries made from OFAC's lists, by models made without the entities asked for: names taken out
//! of the list, listed names with one word exchanged, invented people. *Pairs of names*: `name_bench`, by the built-in model.
//! Each set is judged at 1:1 and at 1:1,000 ([`crate::reliability`]); the plot shows the first.

use anyhow::Context;
use mihenk_entities::{Entity, Schema};
use mihenk_screening::{
    compare::compare,
    making::{FOLDS, examples::Judged},
    model::calibration::BaseRate,
};
use rayon::prelude::*;

use super::mined::{aliases_taken_out, judged, one_word_exchanged};
use crate::{
    held_out::{Answered, answer, fold_of},
    inputs::{Inputs, model},
    plot,
    reliability::{Population, Prediction, Reliability, measure as reliability},
    row::{Detail, Line, Measured},
};

const ERROR_ASKED: f64 = 0.03;
const MIDDLE_ASKED: usize = 200;
/// Names that are taken out of one entity at most.
const ALIASES_MAX: usize = 2;
/// Names with one word exchanged, of people and of organisations.
const EXCHANGED_EACH: usize = 2_000;

const PAGE: &str = "docs/book/src/measure/README.md";
const PLOT: &str = "docs/book/src/measure/reliability.svg";

pub(super) fn measure(inputs: &Inputs) -> anyhow::Result<Measured> {
    let answers = &inputs.held_out()?.answers;
    let judged: Vec<Prediction> = answers.iter().filter(|a| a.listed || a.counts).map(Answered::prediction).collect();
    let mined = mined(inputs)?;
    let sets: [(&str, &str, Vec<Prediction>); 4] = [
        ("best hits of queries of both kinds, as many of either, held out", "both", both(&judged, &mined)),
        ("best hits of judged queries (`screening_dev`), held out", "screening_dev", judged),
        ("best hits of queries mined from OFAC's lists, held out", "mined", mined),
        ("pairs of names (`name_bench`), built-in model", "name_bench", pairs(inputs)?),
    ];
    let (mut lines, mut even) = (Vec::new(), Vec::new());
    for (what, name, predictions) in &sets {
        let at_even = reliability(predictions, Population::Even);
        lines.push(line(what, "1:1", &at_even, true));
        lines.push(line(what, "1:1,000", &reliability(predictions, Population::OneToThousand), false));
        even.push((*name, at_even));
    }
    let drawn: Vec<(&str, &Reliability)> = even.iter().map(|(name, r)| (*name, r)).collect();
    Ok(Measured { lines, details: vec![bins(&drawn)], files: vec![(PLOT, plot::draw(&drawn))] })
}

fn line(what: &str, population: &str, measured: &Reliability, counts_middle: bool) -> Line {
    let middle = if counts_middle { format!(", {} from 0.2 to 0.8", measured.middle) } else { String::new() };
    let asked = if counts_middle { format!(", ≥ {MIDDLE_ASKED} from 0.2 to 0.8") } else { String::new() };
    Line {
        what: format!("{what}, {population}"),
        figure: format!(
            "error {:.4}, log-loss {:.4} bits; {} predictions{middle}",
            measured.error, measured.loss, measured.count
        ),
        asked: format!("error ≤ {ERROR_ASKED}{asked}"),
        reached: Some(measured.error <= ERROR_ASKED && (!counts_middle || measured.middle >= MIDDLE_ASKED)),
        ..Line::default()
    }
}

/// What each bin says and what came true in it.
fn bins(sets: &[(&str, &Reliability)]) -> Detail {
    let mut text = vec![
        "| set, at 1:1 | probability | predictions | share of the mass | mean said | came true | 90 % interval |"
            .to_owned(),
        "|---|---|---:|---:|---:|---:|---|".to_owned(),
    ];
    for (name, measured) in sets {
        for (i, bin) in measured.bins.iter().enumerate().filter(|(_, bin)| bin.count > 0) {
            let (low, high) = bin.interval();
            text.push(format!(
                "| {name} | {:.1}–{:.1} | {} | {:.3} | {:.3} | {:.3} | {low:.2}–{high:.2} |",
                i as f64 / 10.0,
                (i + 1) as f64 / 10.0,
                bin.count,
                bin.mass,
                bin.said,
                bin.true_share
            ));
        }
    }
    Detail { page: PAGE, name: "bins", text: text.join("\n") }
}

/// What the built-in model says of labelled pairs of names.
fn pairs(inputs: &Inputs) -> anyhow::Result<Vec<Prediction>> {
    let model = model();
    let cases = inputs.cases()?;
    let said = cases.iter().filter_map(|case| {
        let bits = compare(&model, case.schema, &case.names[0], &case.names[1], BaseRate::EVEN)?.weighed.bits;
        let said = |one_in: u32| f64::from(model.of_pairs.probability(bits, BaseRate { one_in })) / 1e6;
        Some(Prediction { even: said(2), rare: said(1_001), listed: case.same, same: case.same })
    });
    Ok(said.collect())
}

/// As many of the mined predictions as there are judged ones, evenly taken, beside these: what people ask, and what is in doubt.
fn both(judged: &[Prediction], mined: &[Prediction]) -> Vec<Prediction> {
    let step = (mined.len() / judged.len().max(1)).max(1);
    judged.iter().chain(mined.iter().step_by(step)).copied().collect()
}

/// What models say of the best hits of mined queries, each made without the entities of its fifth. The UN's list is left
/// out: it has many of OFAC's people under ids of its own, and a right hit would be counted as wrong.
fn mined(inputs: &Inputs) -> anyhow::Result<Vec<Prediction>> {
    let listed: Vec<Entity> = inputs.listed()?.into_iter().filter(|e| e.id.as_str().starts_with("ofac")).collect();
    let nobodies = nobodies(inputs, &listed)?;
    let models = &inputs.held_out()?.models;
    let answers: Vec<Vec<Answered>> = (0..FOLDS)
        .into_par_iter()
        .map(|fold| {
            let in_fold = |entity: &Entity| fold_of(entity.id.as_str()) == fold;
            let (left, aliases) = aliases_taken_out(&listed, ALIASES_MAX, in_fold)?;
            let nobodies = nobodies.iter().filter(|n| fold_of(n.query.caption()) == fold);
            answer(&left, &models[fold], aliases.iter().chain(nobodies))
        })
        .collect::<anyhow::Result<_>>()?;
    Ok(answers.iter().flatten().map(Answered::prediction).collect())
}

/// Listed names with one word exchanged, and the names of invented people.
fn nobodies(inputs: &Inputs, listed: &[Entity]) -> anyhow::Result<Vec<Judged>> {
    let schema = |name: &str| Schema::named(name).context("a schema is missing");
    let mut all = Vec::new();
    for (schema, least) in [(schema("Person")?, 3), (schema("Organization")?, 2)] {
        let names = one_word_exchanged(listed, schema, least, EXCHANGED_EACH);
        all.extend(names.iter().map(|made| judged(schema, &made.name, Vec::new())));
    }
    let person = schema("Person")?;
    let people = inputs.people(5)?;
    all.extend(people.iter().map(|p| judged(person, p.caption(), Vec::new())));
    all.into_iter().collect()
}
