//! Queries a second on one core, as `mihenk screen --batch` answers them.
//!
//! From JSON lines in memory to answers in memory, with explanations, on a pool of one thread: all the work of the command but
//! reading and writing files. p50 and p99 are those of single queries, each read, answered and written alone. Two inputs: the
//! judged queries, most of which are near somebody listed, and invented customers, most of whom are near nobody. The baseline
//! is what a loop over all listed names would do: normalised Levenshtein similarity of every query to every name.

use std::{
    hint::black_box,
    io::{Cursor, sink},
    time::Instant,
};

use mihenk_entities::Entity;
use mihenk_node::{
    Node, Options, Scratch,
    answer::answer,
    batch::{Format, Input, screen},
    query::Query,
};

use crate::{
    inputs::{Inputs, model},
    levenshtein::{folded, similarity},
    row::{Line, Measured, seconds, thousands},
    timing::{Watch, percentile, runs},
};

const ASKED_A_SECOND: f64 = 20_000.0;
const ASKED_P50: f64 = 50e-6;
const ASKED_P99: f64 = 500e-6;
/// Names against which the baseline is timed, and queries it is timed with.
const BASELINE_NAMES: usize = 2_000;
const BASELINE_QUERIES: usize = 500;

pub(super) fn measure(inputs: &Inputs) -> anyhow::Result<Measured> {
    let node = Node::from_files(&inputs.list_files(), model())?;
    let asked = ["Person", "Company", "Organization", "LegalEntity"];
    let judged = inputs.judged()?.into_iter().map(|j| j.query);
    let judged: Vec<Entity> = judged.filter(|q| asked.contains(&q.schema.name())).collect();
    let customers = inputs.people(5)?;
    let names: usize = node.screener().index.name_count();
    let baseline = names_a_second(&node, &judged) / names as f64;
    let lines = [("judged queries of people and companies", &judged), ("invented customers", &customers)];
    let lines = lines.map(|(what, entities)| measure_one(&node, what, entities, baseline));
    Ok(Measured::of(lines.into_iter().collect::<anyhow::Result<Vec<Line>>>()?))
}

fn measure_one(node: &Node, what: &str, entities: &[Entity], baseline: f64) -> anyhow::Result<Line> {
    let lines: Vec<String> = entities.iter().map(serde_json::to_string).collect::<Result<_, _>>()?;
    let file = lines.join("\n");
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build()?;
    let spread = pool.install(|| {
        runs(|| {
            let input = Input::open(what, Cursor::new(&file))?;
            let summary = screen(node, input, sink(), Format::JsonLines, &Options::default(), |_| ())?;
            black_box(summary);
            Ok(())
        })
    })?;
    let (rate, (p50, p99)) = (spread.rate(lines.len()), latencies(node, &lines)?);
    Ok(Line {
        what: format!("{} {what} against UN + OFAC, one core", thousands(lines.len() as f64)),
        figure: format!("{} a second; p50 {}, p99 {}", thousands(rate.median), seconds(p50), seconds(p99)),
        asked: "≥ 20,000 a second; p50 ≤ 50 µs, p99 ≤ 500 µs".into(),
        reached: Some(rate.median >= ASKED_A_SECOND && p50 <= ASKED_P50 && p99 <= ASKED_P99),
        baseline: format!(
            "Levenshtein to every listed name: {baseline:.0} a second; ratio {}",
            thousands(rate.median / baseline)
        ),
        runs: rate.told(thousands),
    })
}

/// p50 and p99 of single queries: for each the fastest of three rounds, so that an interruption by others is not counted. No
/// round remembers words of the one before.
fn latencies(node: &Node, lines: &[String]) -> anyhow::Result<(f64, f64)> {
    let (screener, options) = (node.screener(), Options::default());
    let mut times = vec![f64::INFINITY; lines.len()];
    for _ in 0..3 {
        let mut scratch = Scratch::default();
        for (line, time) in lines.iter().zip(&mut times) {
            let start = Instant::now();
            let query = Query::from_json(line, 1).map_err(|refusal| anyhow::anyhow!(refusal.what))?;
            black_box(serde_json::to_vec(&answer(&screener, &query, &options, &mut scratch))?);
            *time = time.min(start.elapsed().as_secs_f64());
        }
    }
    times.sort_by(f64::total_cmp);
    Ok((percentile(&times, 0.5), percentile(&times, 0.99)))
}

/// Listed names that Levenshtein compares with a query in a second.
fn names_a_second(node: &Node, queries: &[Entity]) -> f64 {
    let index = node.screener().index;
    let listed: Vec<String> = index.names().iter().take(BASELINE_NAMES).map(|n| folded(index.name_text(n))).collect();
    let asked = queries.iter().step_by((queries.len() / BASELINE_QUERIES).max(1));
    let asked: Vec<String> = asked.map(|q| folded(q.caption())).collect();
    let watch = Watch::start();
    for name in &asked {
        black_box(listed.iter().map(|listed| similarity(name, listed)).fold(0.0, f64::max));
    }
    (asked.len() * listed.len()) as f64 / watch.seconds()
}
