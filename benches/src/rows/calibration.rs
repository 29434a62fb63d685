//! Are probabilities honest? On three sets that the model which is asked was not fitted on.
//!
//! *Pairs of names*: `name_bench`, by the built-in model. *Queries*: `screening_dev`, the best hit of each query by a model made
//! without it (its calibration, too). *Aliases*: for a fifth of the entities of the UN's and OFAC's lists, which the model was
//! made without, each further name with the nearest other name of its own entity, and with the nearest name of any other
//! entity. Each set is judged at 1:1 and at 1:1,000 ([`crate::reliability`]); the plot shows the first.

use mihenk_entities::Entity;
use mihenk_screening::{
    candidates::Scratch,
    compare::compare,
    index::{Index, build::build},
    making::{Inputs as MadeFrom, examples::Judged, make},
    model::{
        Model,
        calibration::{BaseRate, Score},
    },
    rarity::{Aspect, key},
    record::{NameKind, Record},
    screener::{Options, Screener},
};

use crate::{
    inputs::{Inputs, backgrounds, model},
    plot,
    reliability::{Population, Prediction, Reliability, measure as reliability},
    row::{Detail, Line, Measured},
};

const ERROR_ASKED: f64 = 0.03;
const MIDDLE_ASKED: usize = 200;
/// One part in this many of the listed entities is kept from the model.
const PARTS: u64 = 5;
/// Further names of one entity that are asked at most.
const ALIASES_MAX: usize = 2;

const PLOT: &str = "docs/book/src/measure/reliability.svg";

pub(super) fn measure(inputs: &Inputs) -> anyhow::Result<Measured> {
    let sets = [
        ("pairs of names (`name_bench`), built-in model", "name_bench", pairs(inputs)?),
        ("best hits of judged queries (`screening_dev`), held out", "screening_dev", inputs.held_out()?.predictions()),
        ("aliases of listed entities (UN, OFAC) that the model was made without", "aliases", aliases(inputs)?),
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
    Detail { name: "bins", text: text.join("\n") }
}

/// What a model says of a pair of names, and the truth.
fn prediction(model: &Model, entity: &Entity, names: [&str; 2], same: bool) -> Option<Prediction> {
    let bits = compare(model, entity.schema, names[0], names[1], BaseRate::EVEN)?.bits;
    let said = |one_in: u32| f64::from(model.calibration.probability(bits, BaseRate { one_in })) / 1e6;
    Some(Prediction { even: said(2), rare: said(1_001), listed: same, same })
}

fn pairs(inputs: &Inputs) -> anyhow::Result<Vec<Prediction>> {
    let model = model();
    let cases = inputs.cases()?;
    let said = cases.iter().filter_map(|case| {
        let entity = Entity::new(mihenk_entities::EntityId::new("query").ok()?, case.schema);
        prediction(&model, &entity, [&case.names[0], &case.names[1]], case.same)
    });
    Ok(said.collect())
}

fn is_kept_back(id: &str) -> bool {
    (key(Aspect::Form, id.as_bytes()) >> 17).is_multiple_of(PARTS)
}

fn aliases(inputs: &Inputs) -> anyhow::Result<Vec<Prediction>> {
    let model = without_a_fifth(inputs)?;
    let listed = inputs.listed()?;
    let index = Index::from_bytes(&build(&listed, &model, [0; 32]))?;
    let screener = Screener { index: &index, model: &model };
    let options = Options { cutoff: Score(500), ..Options::default() };
    let mut scratch = Scratch::default();
    let mut all = Vec::new();
    for entity in listed.iter().filter(|e| is_kept_back(e.id.as_str())) {
        let record = Record::of(entity);
        let strong = |kind: NameKind| !matches!(kind, NameKind::Weak | NameKind::Abbreviation);
        let names: Vec<&str> = record.names.iter().filter(|n| strong(n.kind)).map(|n| n.text.as_str()).collect();
        for asked in names.iter().skip(1).take(ALIASES_MAX) {
            let own = names.iter().filter(|n| *n != asked);
            let own = own.filter_map(|n| prediction(&model, entity, [asked, n], true));
            let Some(same) = own.max_by(|a, b| a.even.total_cmp(&b.even)) else { continue };
            let mut query = Entity::new(entity.id.clone(), entity.schema);
            query.add("name", *asked);
            let hits = screener.screen(&Record::of(&query), &options, &mut scratch);
            let other = hits.iter().find(|hit| index.entity(hit.entity).id() != entity.id.as_str());
            let other = other.and_then(|hit| hit.basis.names);
            let other = other.and_then(|(_, _, listed)| {
                prediction(&model, entity, [asked, index.name_text(&index.names()[listed as usize])], false)
            });
            // Where no other name comes near, the nearest is as far as can be.
            all.extend([same, other.unwrap_or(Prediction { even: 0.0, rare: 0.0, listed: false, same: false })]);
        }
    }
    Ok(all)
}

/// A model made as the built-in one, without the entities that are kept back and the queries about them.
fn without_a_fifth(inputs: &Inputs) -> anyhow::Result<Model> {
    let lists: Vec<Entity> = inputs.dev_index()?.into_iter().filter(|e| !is_kept_back(e.id.as_str())).collect();
    let judged = inputs.judged()?.into_iter().filter(|j| !j.expected.iter().any(|id| is_kept_back(id)));
    let judged: Vec<Judged> = judged.collect();
    let backgrounds = backgrounds()?;
    let made_from = MadeFrom {
        lists: &lists,
        backgrounds: &backgrounds,
        judged: &judged,
        title: String::new(),
        inputs: Vec::new(),
    };
    Ok(make(&made_from)?.0)
}
