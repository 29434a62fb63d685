//! Who is on a list: a record, many records, two names, a text, a document.
//!
//! The answers are those of `mihenk screen --json`, `compare --json` and `scan --json`. Nothing of it is written down; whoever wants that adds a customer.

use std::sync::Arc;

use mihenk_node::{
    BaseRate, NodeError, Options, Score,
    answer::{self, Answer, Signed},
    compare,
    query::{Query, Refusal},
    said::Said,
    scan,
};
use rayon::prelude::*;
use serde_json::{Map, Value, json};

use super::{
    ask::Ask,
    code::Code,
    operation::Operation,
    reply::Reply,
    schema::{Schema, count, fields, flag, list, number, object, one_of, properties, shape, share, text, words},
    told,
};
use crate::{app::State, live::Live};

/// Queries in one request.
const BATCH: usize = 1_000;
/// Characters of a text that is scanned in a body.
const TEXT: usize = 1_000_000;

pub(super) fn operations() -> Vec<Operation> {
    let signed = shape! {
        "id": Schema(json!({ "type": ["string", "integer"] })), "results": list(told::hit()), @may "warnings": list(text()), @may "error": text(), "base_rate": text(),
        "model": text(), "lists": told::against(),
    };
    let answer = shape! {
        "id": Schema(json!({ "type": ["string", "integer"] })), "results": list(told::hit()), @may "warnings": list(text()), @may "error": text(),
    };
    let answers = shape! { "answers": list(answer), "base_rate": text(), "model": text(), "lists": told::against() };
    let compared = shape! {
        "name1": text(), "name2": text(), "schema": text(), "score": share(), "match": flag(), "probability": share(),
        "base_rate": text(), "bits": number(), "explanation": told::evidence(), "model": text(),
    };
    vec![
        Operation::post("/screen", "screen", "Screen a record")
            .body(fields([vec![("name", false, words()), ("id", false, words())], record(), options()].concat()))
            .gives(signed)
            .may(Code::NotReady)
            .by_anybody(screen),
        Operation::post("/screen/batch", "screenMany", "Screen many records")
            .body(fields([vec![("queries", true, list(query()).not_empty().at_most(BATCH))], options()].concat()))
            .gives(answers)
            .may(Code::NotReady)
            .by_anybody(screen_many),
        Operation::post("/compare", "compare", "Compare two names")
            .body(shape! {
                "name1": words().not_empty(), "name2": words().not_empty(), @may "schema": kind().usually("Thing"),
                @may "base_rate": base_rate().usually(2), @may "threshold": share().usually(0.7),
            })
            .gives(compared)
            .by_anybody(compare_names),
        Operation::post("/scan", "scanText", "Find who is listed in a text")
            .body(shape! { "text": text().at_most(TEXT).not_empty(), @may "name": words(), @may "threshold": share().usually(0.7), @may "base_rate": base_rate().usually(10_000) })
            .gives(scanned())
            .may(Code::NotReady)
            .by_anybody(scan_text),
        Operation::post("/scan/file", "scanFile", "Find who is listed in a document: PDF, DOCX, e-mail, HTML, text")
            .ask("name", words().says("What the file is called."))
            .ask("threshold", share().usually(0.7))
            .ask("base_rate", base_rate().usually(10_000))
            .file(scan::BYTES_MAX as u64)
            .gives(scanned())
            .may(Code::NotReady)
            .by_anybody(scan_file),
    ]
}

fn scanned() -> Schema {
    shape! {
        "file": text(), "form": text().or_null(), "date": text().or_null(), "agency": text().or_null(), "code": text().or_null(),
        "hits": list(object()), @may "unread": list(object()), @may "error": text(),
    }
}

fn kind() -> Schema {
    one_of(&[
        "Thing",
        "LegalEntity",
        "Person",
        "Organization",
        "Company",
        "PublicBody",
        "Vessel",
        "Airplane",
        "CryptoWallet",
        "Security",
    ])
    .says("A schema of FollowTheMoney.")
}

fn base_rate() -> Schema {
    count(2, 1_000_000_000).says("One in how many of those that are screened is listed: what the probability rests on.")
}

fn record() -> Vec<(&'static str, bool, Schema)> {
    vec![("schema", false, kind().usually("Thing")), ("properties", false, properties())]
}

fn query() -> Schema {
    fields([vec![("id", false, words())], record()].concat())
}

fn options() -> Vec<(&'static str, bool, Schema)> {
    vec![
        ("limit", false, count(1, 500).usually(5)),
        ("threshold", false, share().usually(0.7).says("From here on it is a match.")),
        ("cutoff", false, share().usually(0.5).says("Below this it is not answered.")),
        ("base_rate", false, base_rate().usually(1_000)),
    ]
}

fn live(state: &State) -> Result<Arc<Live>, NodeError> {
    state.holder.live().map_err(|_| NodeError::NoIndex)
}

fn read_base_rate(ask: &Ask, usual: BaseRate) -> BaseRate {
    let given = ask.whole("base_rate").and_then(|one_in| u32::try_from(one_in).ok());
    given.map_or(usual, |one_in| BaseRate { one_in })
}

fn read_options(ask: &Ask) -> Options {
    let usual = Options::default();
    let threshold = ask.number("threshold").map_or(usual.threshold, Score::of);
    Options {
        limit: ask.count("limit", usual.limit),
        cutoff: ask.number("cutoff").map_or(usual.cutoff, Score::of).min(threshold),
        threshold,
        base_rate: read_base_rate(ask, usual.base_rate),
    }
}

/// Reads a record as a line of a batch is read.
fn read(record: &Map<String, Value>, number: u64) -> Result<Query, Refusal> {
    let mut properties = record.get("properties").cloned().unwrap_or_else(|| json!({}));
    if let (Some(name), Some(fields)) = (record.get("name"), properties.as_object_mut()) {
        let names = fields.entry("name").or_insert_with(|| json!([]));
        names.as_array_mut().into_iter().for_each(|names| names.insert(0, name.clone()));
    }
    let mut line =
        json!({ "schema": record.get("schema").cloned().unwrap_or_else(|| json!("Thing")), "properties": properties });
    if let Some(id) = record.get("id") {
        line["id"] = id.clone();
    }
    Query::from_json(&line.to_string(), number)
}

fn screen(state: &State, ask: &Ask) -> Result<Reply, NodeError> {
    let (live, options) = (live(state)?, read_options(ask));
    let fields = ["id", "name", "schema", "properties"];
    let record = fields.iter().filter_map(|name| ask.raw(name).map(|value| ((*name).to_owned(), value.clone())));
    let query = read(&record.collect(), 1).map_err(|refusal| NodeError::Act(refusal.what.into()))?;
    let mut answer = live.node.answer(&query, &options, &mut state.scratch.take());
    if let Some(error) = answer.error.take() {
        return Err(NodeError::Act(error.into()));
    }
    warn(&query, &mut answer);
    live.node.add_listings(&mut answer);
    Ok(stamped(&live, Reply::json(&Signed::new(&live.node, &answer, &options))?))
}

/// Says of properties that are none of the schema that they say nothing.
fn warn(query: &Query, answer: &mut Answer) {
    let schema = query.record.schema;
    let told = query
        .unknown
        .iter()
        .map(|property| format!("{property:?} is not a property of {schema} and says nothing"))
        .map(Said::words);
    answer.warnings.extend(told);
}

/// An answer says on which version of the lists it was computed.
fn stamped(live: &Live, reply: Reply) -> Reply {
    reply.with("x-mihenk-version", live.version.clone()).with("x-mihenk-model", live.node.model().short_id())
}

fn screen_many(state: &State, ask: &Ask) -> Result<Reply, NodeError> {
    let (live, options) = (live(state)?, read_options(ask));
    let empty = Vec::new();
    let queries = ask.raw("queries").and_then(Value::as_array).unwrap_or(&empty);
    let one = |(number, record): (usize, &Value)| {
        let fields = record.as_object().cloned().unwrap_or_default();
        let number = number as u64 + 1;
        match read(&fields, number) {
            Ok(query) => {
                let mut answer = live.node.answer(&query, &options, &mut state.scratch.take());
                warn(&query, &mut answer);
                live.node.add_listings(&mut answer);
                json!(answer)
            }
            Err(refusal) => {
                let id = refusal.id.map_or_else(|| json!(number.to_string()), |id| json!(id));
                json!({ "id": id, "results": [], "error": refusal.what })
            }
        }
    };
    let answers: Vec<Value> = queries.par_iter().enumerate().map(one).collect();
    let nothing =
        Answer { id: mihenk_node::query::Id::text(""), results: Vec::new(), warnings: Vec::new(), error: None };
    let mut signed = serde_json::to_value(Signed::new(&live.node, &nothing, &options)).unwrap_or_default();
    if let Some(fields) = signed.as_object_mut() {
        fields.retain(|name, _| matches!(name.as_str(), "base_rate" | "model" | "lists"));
    }
    signed["answers"] = json!(answers);
    Ok(stamped(&live, Reply::json(&signed)?))
}

fn compare_names(state: &State, ask: &Ask) -> Result<Reply, NodeError> {
    let model = state.holder.live().map_or_else(|_| mihenk_node::Model::built_in(), |live| live.node.model().clone());
    let (first, second, schema) = (ask.text("name1"), ask.text("name2"), ask.maybe("schema").unwrap_or("Thing"));
    let base_rate = read_base_rate(ask, BaseRate::EVEN);
    let compared = compare::names(&model, schema, first, second, base_rate).map_err(NodeError::Act)?;
    let score = compared.weighed.score;
    Reply::json(&json!({
        "name1": first,
        "name2": second,
        "schema": schema,
        "score": score.as_f64(),
        "match": score >= ask.number("threshold").map_or(Score::THRESHOLD, Score::of),
        "probability": answer::share(compared.weighed.probability),
        "base_rate": base_rate.to_string(),
        "bits": compared.weighed.bits.as_f64(),
        "explanation": answer::lines(&compared.explanation),
        "model": model.short_id(),
    }))
}

fn scan_text(state: &State, ask: &Ask) -> Result<Reply, NodeError> {
    scan_bytes(state, ask, ask.text("text").as_bytes(), "text")
}

fn scan_file(state: &State, ask: &Ask) -> Result<Reply, NodeError> {
    scan_bytes(state, ask, &ask.bytes()?, "file")
}

fn scan_bytes(state: &State, ask: &Ask, bytes: &[u8], usual: &str) -> Result<Reply, NodeError> {
    let live = live(state)?;
    let options = Options {
        threshold: ask.number("threshold").map_or(Score::THRESHOLD, Score::of),
        base_rate: read_base_rate(ask, BaseRate::TEXT),
        ..Options::default()
    };
    let name = ask.maybe("name").unwrap_or(usual);
    let answer = scan::read(&live.node, name, bytes, &options, &mut state.scratch.take())?;
    Ok(stamped(&live, Reply::json(&answer)?))
}
