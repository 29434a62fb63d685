//! Reconciliation for OpenRefine: `/reconcile/{dataset}`.
//!
//! In come forms, out come the manifest, candidates for rows of a table, suggestions while somebody types, and values for new columns, as version
//! 0.2 of the protocol has them (<https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/>).

mod form;

use std::collections::{BTreeMap, BTreeSet};

use mihenk_node::entities::{Schema, country::Country};
use serde_json::{Map, Value, json};

use crate::{
    app::State,
    example,
    filter::{Asked, Filter},
    live::Live,
    matching::{self, Matching},
    neighbours,
    problem::Failure,
    query::{Against, Query},
    weighed::Weighing,
};

/// Queries that OpenRefine shall send at once.
const BATCH: usize = 3;
/// Suggestions of types and properties.
const SUGGESTED: usize = 5;
/// Candidates where no limit is asked for.
const LIMIT: usize = 5;

/// What a client has to know.
pub(crate) fn manifest(live: &Live, dataset: &str, title: &str, base: &str, query: &str) -> Result<Value, Failure> {
    let dataset = live.catalog()?.get(dataset)?;
    let place = format!("{base}/reconcile/{}", dataset.name);
    let suffix = if query.is_empty() { String::new() } else { format!("?{query}") };
    let service = |what: &str| json!({ "service_url": place, "service_path": format!("/suggest/{what}{suffix}") });
    let view = format!("{base}/entities/{{{{id}}}}");
    let choices = json!([{ "name": "Caption", "value": "caption" }, { "name": "Id", "value": "raw" }]);
    Ok(json!({
        "versions": ["0.2"],
        "name": format!("{} ({title})", dataset.title),
        "identifierSpace": format!("{base}/entities/"),
        "schemaSpace": "https://followthemoney.tech/explorer/",
        "documentation": format!("{base}/"),
        "batchSize": BATCH,
        "view": { "url": view },
        "preview": { "url": view, "width": 430, "height": 600 },
        "suggest": { "entity": service("entity"), "type": service("type"), "property": service("property") },
        "extend": {
            "propose_properties": { "service_url": place, "service_path": format!("/extend/property{suffix}") },
            "propose_settings": settings(&choices),
        },
        "defaultTypes": default_types(live)?.into_iter().map(kind).collect::<Vec<_>>(),
    }))
}

fn settings(choices: &Value) -> Value {
    json!([
        { "name": "limit", "label": "Limit", "type": "number", "default": 0,
          "help_text": "Values of a row at most; 0 for all" },
        { "name": "render", "label": "Render", "type": "select", "default": "caption",
          "help_text": "Whether entities are shown by their caption or by their id", "choices": choices },
    ])
}

/// Matchable schemata of which there are entities, and what they inherit from.
fn default_types(live: &Live) -> Result<BTreeSet<Schema>, Failure> {
    let present: Vec<Schema> = live.library()?.schemata().filter(|schema| schema.is_matchable()).collect();
    Ok(Schema::all().filter(|schema| present.iter().any(|other| other.is_a(*schema)) && schema.is("Thing")).collect())
}

fn kind(schema: Schema) -> Value {
    json!({ "id": schema.name(), "name": schema.plural(), "description": schema.label() })
}

fn named(name: &str) -> Result<Schema, Failure> {
    Schema::named(name).ok_or_else(|| Failure::bad(format!("No such schema: {name}")))
}

/// Answers a form; beside the answer, how many queries there were.
pub(crate) fn answer(
    state: &State,
    live: &Live,
    dataset: &str,
    matching: &Matching,
    form: &[(String, String)],
) -> Result<(Value, Option<usize>), Failure> {
    live.catalog()?.get(dataset)?;
    let field = |name: &str| form.iter().rev().find(|(n, _)| n == name).map(|(_, value)| value.as_str());
    if let Some(queries) = field("queries") {
        let queries = form::queries(queries)?;
        let count = queries.len();
        return Ok((reconciled(state, live, dataset, matching, &queries)?, Some(count)));
    }
    match field("extend") {
        Some(extend) => {
            let extend = form::extend(extend, state.settings.max_batch)?;
            let answer = extended(live, &extend)?;
            let rows = answer["rows"].as_object().map(Map::len);
            Ok((answer, rows))
        }
        None => Err(Failure::bad("No queries or extend request provided.")),
    }
}

fn reconciled(
    state: &State,
    live: &Live,
    dataset: &str,
    matching: &Matching,
    queries: &Map<String, Value>,
) -> Result<Value, Failure> {
    let most = state.settings.max_batch;
    if queries.len() > most {
        return Err(Failure::bad(format!("Too many queries in one batch (limit: {most})")));
    }
    let algorithm = matching.algorithm(&state.settings)?;
    let filter = Filter::new(live, dataset, matching.asked())?;
    let weighing = Weighing::new(algorithm, &std::collections::HashMap::new());
    let mut scratch = state.scratch.take();
    let mut out = Map::new();
    for (key, query) in queries {
        let schema = match &query["type"] {
            Value::Array(types) => types.first().and_then(Value::as_str),
            Value::String(name) => Some(name.as_str()),
            _ => None,
        };
        let schema = named(schema.filter(|name| !name.is_empty()).unwrap_or("Thing"))?;
        let limit = query["limit"].as_u64().or_else(|| query["limit"].as_str()?.trim().parse().ok());
        let limit = limit.map_or(LIMIT, |limit| limit as usize).min(state.settings.max_matches);
        let properties = properties(query);
        example::check_size(&properties)
            .map_err(|what| Failure::bad(format!("Cannot parse the query {key}: {what}")))?;
        let example = example::of(None, schema, &properties, algorithm);
        let matching = matching.clone().without_cutoff(limit);
        let (results, _) = matching::found(live, &matching, &filter, &weighing, &example, &mut scratch)?;
        let result = |scored: &matching::Scored| {
            let entity = &scored.entity;
            let schema = Schema::named(entity.schema);
            json!({
                "id": entity.id, "name": entity.caption, "description": schema.map(Schema::label),
                "type": schema.map(kind).into_iter().collect::<Vec<_>>(), "score": scored.score, "match": scored.is_match,
            })
        };
        out.insert(key.clone(), json!({ "result": results.iter().map(result).collect::<Vec<_>>() }));
    }
    Ok(Value::Object(out))
}

/// The name and the properties of a query; properties go by their qualified names.
fn properties(query: &Value) -> Map<String, Value> {
    let mut out: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    if let Some(name) = query["query"].as_str() {
        out.entry("name".to_owned()).or_default().push(json!(name));
    }
    for property in query["properties"].as_array().into_iter().flatten() {
        let pid = property["pid"].as_str().unwrap_or("");
        let Some((schema, name)) = pid.split_once(':') else { continue };
        if Schema::named(schema).and_then(|schema| schema.property(name)).is_some() {
            out.entry(name.to_owned()).or_default().push(property["v"].clone());
        }
    }
    out.into_iter().map(|(name, values)| (name, Value::Array(values))).collect()
}

/// Values of properties for rows whose entity is known.
fn extended(live: &Live, extend: &Map<String, Value>) -> Result<Value, Failure> {
    let texts = |name: &str| extend.get(name).and_then(Value::as_array).cloned().unwrap_or_default();
    let properties = texts("properties");
    let label = |name: &str| {
        let property = Schema::all().find_map(|schema| schema.property(name));
        property.map_or(name.to_owned(), |property| property.label.to_owned())
    };
    let names: Vec<&str> = properties.iter().filter_map(|property| property["id"].as_str()).collect();
    let meta: Vec<Value> = names.iter().map(|name| json!({ "id": name, "name": label(name) })).collect();
    let mut rows = Map::new();
    for id in texts("ids").iter().filter_map(Value::as_str) {
        let row = match neighbours::find(live, id) {
            Ok((entity, listed)) => {
                let body = crate::entity::Body::of(live, &entity, listed);
                row(live, &body, &properties)?
            }
            Err(Failure::Told(status, _)) if status == 404 => Map::new(),
            Err(Failure::Moved(place)) => {
                return Err(Failure::bad(format!("{id} is another id of {}", place.trim_start_matches("/entities/"))));
            }
            Err(other) => return Err(other),
        };
        rows.insert(id.to_owned(), Value::Object(row));
    }
    Ok(json!({ "meta": meta, "rows": rows }))
}

fn row(live: &Live, body: &crate::entity::Body, properties: &[Value]) -> Result<Map<String, Value>, Failure> {
    use crate::entity::Item;
    let library = live.library()?;
    let mut out = Map::new();
    for property in properties {
        let Some(name) = property["id"].as_str() else { continue };
        let setting = |name: &str| &property["settings"][name];
        let limit = setting("limit").as_u64().or_else(|| setting("limit").as_str()?.parse().ok()).unwrap_or(0) as usize;
        let is_raw = setting("render").as_str() == Some("raw");
        let kind = Schema::named(body.schema).and_then(|schema| schema.property(name)).map(|property| property.kind);
        let told = |text: &str| match kind {
            _ if is_raw => text.to_owned(),
            Some(mihenk_node::entities::PropertyType::Country) => {
                Country::parse(text).map_or(text, |country| country.name()).to_owned()
            }
            Some(mihenk_node::entities::PropertyType::Entity(_)) => {
                let other = library.place(text).and_then(|place| neighbours::at(&live.node, place).ok());
                other.map_or(text.to_owned(), |(entity, _)| entity.caption().to_owned())
            }
            _ => text.to_owned(),
        };
        let items = body.properties.0.iter().filter(|(known, _)| known == name).flat_map(|(_, items)| items);
        let texts = items
            .filter_map(|item| if let Item::Text(text) = item { Some(json!({ "str": told(text) })) } else { None });
        let most = if limit == 0 { usize::MAX } else { limit };
        out.insert(name.to_owned(), Value::Array(texts.take(most).collect()));
    }
    Ok(out)
}

fn suggestions(prefix: &str, result: &[Value]) -> Value {
    json!({ "code": "/api/status/ok", "status": "200 OK", "prefix": prefix, "result": result })
}

/// Entities of which a name goes on as somebody types.
pub(crate) fn suggest_entity(live: &Live, dataset: &str, prefix: &str, limit: usize) -> Result<Value, Failure> {
    let filter = Filter::new(live, dataset, Asked::default())?;
    let folded = crate::texts::folded(prefix);
    if folded.is_empty() {
        return Ok(suggestions(prefix, &[]));
    }
    let library = live.library()?;
    let mut found = Vec::new();
    for thing in &library.things {
        let names = library.datasets();
        let datasets: Vec<&str> =
            thing.datasets.iter().filter_map(|&at| names.get(usize::from(at))).map(String::as_str).collect();
        if !thing.schema.is_matchable() || !filter.has_thing(thing, &datasets) {
            continue;
        }
        let against = Against { id: &thing.id, schema: thing.schema, datasets: &datasets, texts: &thing.texts };
        if let Some(score) = Query::beginning(&folded).score(&against) {
            found.push((score, thing));
        }
    }
    found.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.id.cmp(&b.1.id)));
    let mut result = Vec::new();
    for (_, thing) in found.into_iter().take(limit) {
        let (entity, _) = neighbours::at(&live.node, thing.place)?;
        result.push(json!({
            "id": &*thing.id, "name": entity.caption(), "description": thing.schema.label(), "type": [kind(thing.schema)],
        }));
    }
    Ok(suggestions(prefix, &result))
}

fn begins(prefix: &str, texts: [&str; 2]) -> bool {
    texts.iter().any(|text| text.to_lowercase().starts_with(&prefix.to_lowercase()))
}

/// Properties whose name or label begins so.
pub(crate) fn suggest_property(prefix: &str) -> Value {
    let all = Schema::all().filter(|schema| schema.is_matchable());
    let mut seen = BTreeSet::new();
    let mut result = Vec::new();
    for schema in all {
        for property in schema.properties() {
            let owner = owner(schema, property.name);
            let id = format!("{}:{}", owner.name(), property.name);
            if begins(prefix, [property.name, property.label]) && seen.insert(id.clone()) && result.len() < SUGGESTED {
                result.push(json!({ "id": id, "name": property.label, "description": owner.label() }));
            }
        }
    }
    suggestions(prefix, &result)
}

/// The schema that a property is declared in.
fn owner(schema: Schema, property: &str) -> Schema {
    // Parents stand before their children.
    Schema::all().find(|other| schema.is_a(*other) && other.property(property).is_some()).unwrap_or(schema)
}

/// Schemata whose name or label begins so.
pub(crate) fn suggest_type(prefix: &str) -> Value {
    let fits = |schema: &Schema| schema.is_matchable() && begins(prefix, [schema.name(), schema.label()]);
    let result: Vec<Value> = Schema::all().filter(fits).take(SUGGESTED).map(kind).collect();
    suggestions(prefix, &result)
}

/// Properties that a table of a type can be extended by.
pub(crate) fn extend_property(name: &str, limit: usize) -> Result<Value, Failure> {
    let schema = named(name)?;
    let mut seen = BTreeSet::new();
    let mut properties: Vec<_> = schema.properties().filter(|property| seen.insert(property.name)).collect();
    // Those that make a caption or tell entities apart are wanted first; what is shown is in the order of labels.
    properties.sort_by_key(|property| !(schema.caption_properties().contains(&property.name) || property.matchable));
    properties.truncate(limit);
    properties.sort_by_key(|property| property.label);
    let told: Vec<Value> =
        properties.iter().map(|property| json!({ "id": property.name, "name": property.label })).collect();
    Ok(json!({ "limit": limit, "type": schema.name(), "properties": told }))
}
