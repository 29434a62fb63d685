//! Pairs of names compared a second on one core.
//!
//! Three ways: names that were read before, reading included and nothing remembered, and as `mihenk compare --batch` does it,
//! which remembers names. Two inputs: the labelled pairs, which are alike, and pairs of a judged query and a listed name drawn
//! at random, which are not. The baseline is normalised Levenshtein similarity of the same pairs, case folded before.

use std::{hint::black_box, io::sink};

use mihenk_entities::{Entity, Schema};
use mihenk_node::BaseRate;
use mihenk_screening::{compare::compare_read, model::Model, record::bearers, shape::AskedName};

use super::mined::Draw;
use crate::{
    inputs::{Case, Inputs, model},
    levenshtein::{folded, similarity},
    row::{Line, Measured, thousands},
    timing::{Spread, runs},
};

const ASKED_A_SECOND: f64 = 500_000.0;
/// Pairs of names that were read before are compared this often in each run, so that a run takes a good part of a second:
/// the system tells the time of a thread in steps of some milliseconds.
const READ_BEFORE: usize = 400_000;
/// The same for the ways that read names.
const READING: usize = 20_000;
/// Pairs drawn at random.
const DRAWN: usize = 20_000;

/// Two names and how to read them.
type Pair = (Schema, [String; 2]);

pub(super) fn measure(inputs: &Inputs) -> anyhow::Result<Measured> {
    let model = model();
    let cases: Vec<Pair> = inputs.cases()?.into_iter().map(|Case { schema, names, .. }| (schema, names)).collect();
    let queries: Vec<Entity> = inputs.judged()?.into_iter().map(|j| j.query).collect();
    let drawn = drawn(&queries, &inputs.dev_index()?);
    let mut lines = Vec::new();
    for (what, pairs) in [("alike (`name_bench`)", &cases), ("drawn at random (`screening_dev`)", &drawn)] {
        let (often, seldom) = (READ_BEFORE.div_ceil(pairs.len()), READING.div_ceil(pairs.len()));
        let rate = |spread: Spread, repeats: usize| spread.rate(repeats * pairs.len());
        let baseline = rate(levenshtein(pairs, often)?, often);
        let ways = [
            ("names read before", rate(read_before(&model, pairs, often)?, often)),
            ("reading included", rate(reading_too(&model, pairs, seldom)?, seldom)),
            ("as `compare --batch`, which remembers names", rate(as_a_file(&model, pairs, seldom)?, seldom)),
        ];
        for (number, (way, rate)) in ways.into_iter().enumerate() {
            let asked = if number == 0 { "≥ 500,000 a second" } else { "" };
            lines.push(Line {
                what: format!("pairs of names {what}, {way}, one core"),
                figure: format!("{} a second", thousands(rate.median)),
                asked: asked.into(),
                reached: (number == 0).then_some(rate.median >= ASKED_A_SECOND),
                baseline: format!(
                    "Levenshtein: {} a second; ratio {:.3}",
                    thousands(baseline.median),
                    rate.median / baseline.median
                ),
                runs: rate.told(thousands),
            });
        }
    }
    Ok(Measured::of(lines))
}

/// A judged query and a listed entity of its kind, drawn at random.
fn drawn(queries: &[Entity], listed: &[Entity]) -> Vec<Pair> {
    let mut draw = Draw(5);
    let mut pairs = Vec::with_capacity(DRAWN);
    let has_name = |e: &&Entity| e.first("name").is_some();
    let (queries, listed): (Vec<&Entity>, Vec<&Entity>) =
        (queries.iter().filter(has_name).collect(), listed.iter().filter(has_name).collect());
    while pairs.len() < DRAWN && !queries.is_empty() && !listed.is_empty() {
        let (query, other) = (queries[draw.below(queries.len())], listed[draw.below(listed.len())]);
        if query.schema.can_match(other.schema) {
            pairs.push((query.schema, [query.caption().to_owned(), other.caption().to_owned()]));
        }
    }
    pairs
}

fn read(model: &Model, (schema, names): &Pair) -> Vec<[AskedName; 2]> {
    let both = |&bearer| [&names[0], &names[1]].map(|name| AskedName::read(name, bearer, &model.rarity));
    bearers(*schema).iter().map(both).collect()
}

fn read_before(model: &Model, pairs: &[Pair], repeats: usize) -> anyhow::Result<Spread> {
    let read: Vec<Vec<[AskedName; 2]>> = pairs.iter().map(|pair| read(model, pair)).collect();
    runs(|| {
        for pair in (0..repeats).flat_map(|_| &read) {
            for [first, second] in pair {
                black_box(compare_read(model, first, second).bits(&model.weights));
            }
        }
        Ok(())
    })
}

fn reading_too(model: &Model, pairs: &[Pair], repeats: usize) -> anyhow::Result<Spread> {
    runs(|| {
        for pair in (0..repeats).flat_map(|_| pairs) {
            for [first, second] in read(model, pair) {
                black_box(compare_read(model, &first, &second).bits(&model.weights));
            }
        }
        Ok(())
    })
}

fn as_a_file(model: &Model, pairs: &[Pair], repeats: usize) -> anyhow::Result<Spread> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(["schema", "name1", "name2"])?;
    for (schema, [first, second]) in (0..repeats).flat_map(|_| pairs) {
        writer.write_record([schema.name(), first, second])?;
    }
    let file = writer.into_inner()?;
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build()?;
    pool.install(|| {
        runs(|| {
            let pairs = mihenk_node::compare::Pairs::open("pairs", file.as_slice())?;
            mihenk_node::compare::file(model, pairs, sink(), BaseRate::EVEN, 0.7, |_| ())?;
            Ok(())
        })
    })
}

fn levenshtein(pairs: &[Pair], repeats: usize) -> anyhow::Result<Spread> {
    let folded: Vec<[String; 2]> = pairs.iter().map(|(_, [a, b])| [folded(a), folded(b)]).collect();
    runs(|| {
        for [first, second] in (0..repeats).flat_map(|_| &folded) {
            black_box(similarity(first, second));
        }
        Ok(())
    })
}
