//! `POST /match/{dataset}`: whom may these be?
//!
//! In come queries, at most as many as the settings say, and parameters that hold for all of them; out comes an answer for each, in which results are
//! those whose score is above the cutoff, best first, and `total` counts those that match before results are cut to the limit. The checks are in
//! yente's order, so that a request with several faults is told the same one.

use std::collections::{BTreeMap, HashMap};

use mihenk_node::{
    Hit, Node, Options, Score, Scratch,
    answer::{LineOut, lines, share},
};
use rayon::prelude::*;
use serde::{Serialize, Serializer};
use serde_json::{Map, Value, json};

use crate::{
    algorithms::Algorithm,
    app::State,
    entity::{Body, Properties},
    example::{self, Example},
    filter::{Asked, Filter},
    library::is_listed,
    live::Live,
    page::Total,
    params::Params,
    problem::{Failure, FieldError},
    settings::Settings,
    weighed::{Explained, Weighed, Weighing},
};

/// Hits that are weighed at most, unless a filter asks for more.
const CANDIDATES: usize = 10_000;

/// What holds for all queries of a request.
#[derive(Clone, Debug)]
pub(crate) struct Matching {
    pub(crate) limit: usize,
    threshold: f64,
    cutoff: f64,
    algorithm: String,
    asked: Asked,
}

/// A result: an entity with what speaks for it.
#[derive(Debug, Serialize)]
pub(crate) struct Scored {
    #[serde(flatten)]
    pub(crate) entity: Body,
    pub(crate) score: f64,
    explanations: BTreeMap<&'static str, Explained>,
    #[serde(rename = "match")]
    pub(crate) is_match: bool,
    probability: f64,
    bits: f64,
    #[serde(serialize_with = "waterfall")]
    explanation: mihenk_node::Explanation,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    removal_waits: Vec<String>,
}

/// The lines of the evidence.
fn waterfall<S: Serializer>(explanation: &mihenk_node::Explanation, serializer: S) -> Result<S::Ok, S::Error> {
    let all: Vec<LineOut<'_>> = lines(explanation);
    all.serialize(serializer)
}

/// The answer to one query.
#[derive(Debug, Serialize)]
struct One {
    status: u16,
    results: Vec<Scored>,
    total: Total,
    query: Echo,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    warnings: Vec<String>,
}

/// The query as it was understood.
#[derive(Debug, Serialize)]
struct Echo {
    id: Option<String>,
    schema: &'static str,
    properties: Properties,
}

/// The answers to all queries.
#[derive(Debug, Serialize)]
pub(crate) struct Responses {
    responses: BTreeMap<String, One>,
    limit: usize,
}

impl Responses {
    /// How many queries were answered.
    pub(crate) fn len(&self) -> usize {
        self.responses.len()
    }
}

impl Matching {
    /// Reads the parameters.
    pub(crate) fn read(params: &mut Params, settings: &Settings) -> Result<Matching, Failure> {
        let limit = params.count("limit", settings.match_page, settings.max_matches);
        let threshold = params.number("threshold", Score::THRESHOLD.as_f64());
        let cutoff = params.number("cutoff", Score::THRESHOLD.as_f64()).min(threshold);
        let algorithm = params.text("algorithm").unwrap_or(&settings.default_algorithm).to_owned();
        let asked = Asked::read(params);
        params.finish()?;
        Ok(Matching { limit, threshold, cutoff, algorithm, asked })
    }

    /// As OpenRefine asks: whoever scores at all.
    pub(crate) fn without_cutoff(mut self, limit: usize) -> Matching {
        (self.limit, self.cutoff) = (limit, 0.0);
        self
    }

    /// Which entities are asked for.
    pub(crate) fn asked(&self) -> Asked {
        self.asked.clone()
    }

    /// The algorithm that is asked for.
    pub(crate) fn algorithm(&self, settings: &Settings) -> Result<Algorithm, Failure> {
        Algorithm::named(&self.algorithm, settings.best_algorithm)
    }
}

/// The body of a request, its form checked.
struct Asking {
    queries: Map<String, Value>,
    weights: HashMap<String, f64>,
    config: Map<String, Value>,
}

fn read_body(bytes: &[u8]) -> Result<Asking, Failure> {
    let body = read_json(bytes)?;
    let Value::Object(mut body) = body else {
        let msg = "Input should be a valid dictionary or object to extract fields from";
        return Err(Failure::field("model_attributes_type", vec![json!("body")], msg, body));
    };
    let mut errors = Vec::new();
    let mut object = |name: &str, is_needed: bool| match body.remove(name) {
        Some(Value::Object(object)) => object,
        None if !is_needed => Map::new(),
        given => {
            let (kind, msg) = match given {
                None => ("missing", "Field required"),
                Some(_) => ("dict_type", "Input should be a valid dictionary"),
            };
            let (loc, input) = (vec![json!("body"), json!(name)], given.unwrap_or(Value::Null));
            errors.push(FieldError { kind, loc, msg: msg.to_owned(), input, ctx: None });
            Map::new()
        }
    };
    let (queries, given, config) = (object("queries", true), object("weights", false), object("config", false));
    for (key, query) in &queries {
        example::check(key, query, &mut errors);
    }
    let mut weights = HashMap::new();
    for (name, value) in given {
        match value.as_f64() {
            Some(weight) => {
                weights.insert(name, weight);
            }
            None => {
                let (loc, msg) = (vec![json!("body"), json!("weights"), json!(name)], "Input should be a valid number");
                errors.push(FieldError { kind: "float_type", loc, msg: msg.to_owned(), input: value, ctx: None });
            }
        }
    }
    if errors.is_empty() { Ok(Asking { queries, weights, config }) } else { Err(Failure::Fields(errors)) }
}

/// JSON of a body; an empty body, one that is no JSON, not UTF-8 or nested too deeply is refused.
pub(crate) fn read_json(bytes: &[u8]) -> Result<Value, Failure> {
    if bytes.is_empty() {
        return Err(Failure::field("missing", vec![json!("body")], "Field required", Value::Null));
    }
    let Ok(text) = std::str::from_utf8(bytes) else {
        return Err(Failure::bad("There was an error parsing the body: it is not UTF-8"));
    };
    serde_json::from_str(text).map_err(|error| {
        let what = error.to_string();
        if what.contains("recursion limit") {
            return Failure::bad("There was an error parsing the body: it is nested too deeply");
        }
        let before: usize = text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
        let loc = vec![json!("body"), json!(before + error.column().saturating_sub(1))];
        let reason = what.split(" at line ").next().unwrap_or(&what).to_owned();
        let (msg, ctx) = ("JSON decode error".to_owned(), Some(json!({ "error": reason })));
        Failure::Fields(vec![FieldError { kind: "json_invalid", loc, msg, input: json!({}), ctx }])
    })
}

/// Answers a request.
pub(crate) fn answer(
    state: &State,
    live: &Live,
    dataset: &str,
    matching: &Matching,
    body: &[u8],
) -> Result<Responses, Failure> {
    let asking = read_body(body)?;
    let filter = Filter::new(live, dataset, matching.asked.clone())?;
    let algorithm = matching.algorithm(&state.settings)?;
    algorithm.check_config(&asking.config)?;
    let most = state.settings.max_batch;
    if asking.queries.len() > most {
        return Err(Failure::bad(format!("Too many queries in one batch (limit: {most})")));
    }
    if asking.queries.is_empty() {
        return Err(Failure::bad("No queries provided."));
    }
    let examples: Result<Vec<(String, Example)>, Failure> =
        asking.queries.iter().map(|(key, query)| Ok((key.clone(), example::read(query, algorithm)?))).collect();
    let weighing = Weighing::new(algorithm, &asking.weights);
    let one = |(key, example): (String, Example)| -> Result<(String, One), Failure> {
        let mut scratch = state.scratch.take();
        Ok((key, answer_one(live, matching, &filter, &weighing, example, &mut scratch)?))
    };
    let examples = examples?;
    // A single query, which is the usual case, needs no other threads.
    let responses: Result<BTreeMap<String, One>, Failure> = if examples.len() == 1 {
        examples.into_iter().map(one).collect()
    } else {
        examples.into_par_iter().map(one).collect()
    };
    Ok(Responses { responses: responses?, limit: matching.limit })
}

fn answer_one(
    live: &Live,
    matching: &Matching,
    filter: &Filter,
    weighing: &Weighing,
    example: Example,
    scratch: &mut Scratch,
) -> Result<One, Failure> {
    let (results, total) = found(live, matching, filter, weighing, &example, scratch)?;
    let query = Echo { id: example.id, schema: example.schema.name(), properties: example.properties };
    Ok(One { status: 200, results, total: Total::of(total), query, warnings: example.warnings })
}

/// The results for an example, and how many match before they are cut to the limit.
pub(crate) fn found(
    live: &Live,
    matching: &Matching,
    filter: &Filter,
    weighing: &Weighing,
    example: &Example,
    scratch: &mut Scratch,
) -> Result<(Vec<Scored>, usize), Failure> {
    let Some(query) = example.query.as_ref().filter(|_| !filter.is_empty()) else { return Ok((Vec::new(), 0)) };
    // Where scores are made anew, those that the screener would drop may count.
    let cutoff =
        if weighing.is_other() { Score::of((matching.cutoff - 0.4).max(0.01)) } else { Score::of(matching.cutoff) };
    let options = Options { limit: CANDIDATES, cutoff, threshold: Score::of(matching.threshold), ..Options::default() };
    let node: &Node = &live.node;
    let mut hits = node.screener().screen(&query.record, &options, scratch);
    if hits.len() >= CANDIDATES && !filter.is_open() {
        // Those that the filter lets in may stand behind the others.
        let options = Options { limit: node.entity_count(), ..options };
        hits = node.screener().screen(&query.record, &options, scratch);
    }
    let mut kept: Vec<(Hit, Option<Weighed>, f64)> = Vec::new();
    for hit in hits {
        let weighed = weighing
            .is_other()
            .then(|| weighing.weigh(node.model(), &hit, node.screener().explain(&query.record, &hit)));
        let score = weighed.as_ref().map_or_else(|| hit.score.as_f64(), |weighed| weighed.score);
        if score > matching.cutoff && is_let_in(live, filter, hit.entity)? {
            kept.push((hit, weighed, score));
        }
    }
    // Stable: equal scores stay in the order of their evidence.
    kept.sort_by(|a, b| b.2.total_cmp(&a.2));
    let total = kept.iter().filter(|(.., score)| *score >= matching.threshold).count();
    kept.truncate(matching.limit);
    let results: Result<Vec<Scored>, Failure> = kept
        .into_iter()
        .map(|(hit, weighed, _)| {
            let weighed = weighed
                .unwrap_or_else(|| weighing.weigh(node.model(), &hit, node.screener().explain(&query.record, &hit)));
            scored(live, weighing, &hit, weighed, matching.threshold)
        })
        .collect();
    Ok((results?, total))
}

fn is_let_in(live: &Live, filter: &Filter, number: u32) -> Result<bool, Failure> {
    if filter.is_open() {
        return Ok(true);
    }
    if !filter.may_have(live, number) {
        return Ok(false);
    }
    let profile = live.node.profile(number)?;
    Ok(filter.has(live, &profile.entity, is_listed(&profile)))
}

fn scored(live: &Live, weighing: &Weighing, hit: &Hit, weighed: Weighed, threshold: f64) -> Result<Scored, Failure> {
    let profile = live.node.profile(hit.entity)?;
    let entity = Body::of(live, &profile.entity, is_listed(&profile));
    Ok(Scored {
        explanations: weighing.explained(live.node.model(), hit, &weighed),
        removal_waits: live.node.removal_waits(&entity.id),
        entity,
        score: weighed.score,
        is_match: weighed.score >= threshold,
        probability: share(weighed.probability),
        bits: weighed.bits.as_f64(),
        explanation: weighed.explanation,
    })
}
