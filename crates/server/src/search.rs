//! `GET /search/{dataset}`: browsing and finding by words.
//!
//! In come a text and filters, out comes a page of entities with what they share (facets). A search is for people who look around; it weighs no
//! evidence and decides nothing. It walks over the words of all things, which for lists of tens of thousands takes some milliseconds.

use std::{
    cmp::Ordering,
    collections::{BTreeMap, BTreeSet, HashMap},
};

use mihenk_node::entities::{Schema, country::Country, gender::Gender};
use rayon::prelude::*;
use serde::Serialize;

use crate::{
    entity::Body,
    filter::{self, Filter},
    library::{Library, Thing},
    live::Live,
    neighbours,
    page::{Page, Total},
    params::Params,
    problem::Failure,
    query::{Against, Query},
    sorting::Sort,
    texts::{Kind, folded},
    topics,
};

const FACETS: [&str; 6] = ["countries", "topics", "datasets", "schema", "identifiers", "genders"];
/// Values of a facet that are told.
const VALUES_MAX: usize = 1_000;

/// What is asked for.
#[derive(Clone, Debug)]
pub(crate) struct Search {
    query: Query,
    schema: Schema,
    asked: filter::Asked,
    /// Fields with the values of which one, or all, have to be there.
    fields: BTreeMap<String, Vec<String>>,
    takes_all: bool,
    only_targets: Option<bool>,
    page: Page,
    sort: Vec<Sort>,
    facets: Vec<&'static str>,
}

/// The answer.
#[derive(Debug, Serialize)]
pub(crate) struct Found {
    limit: usize,
    offset: usize,
    total: Total,
    results: Vec<Body>,
    facets: BTreeMap<&'static str, Facet>,
}

/// What the results share in a field.
#[derive(Debug, Serialize)]
pub(crate) struct Facet {
    label: &'static str,
    values: Vec<FacetValue>,
}

/// A value and how many results have it.
#[derive(Debug, Serialize)]
struct FacetValue {
    name: String,
    label: String,
    count: usize,
}

impl Search {
    /// Reads the parameters.
    pub(crate) fn read(params: &mut Params, limit: usize, offset: usize) -> Result<Search, Failure> {
        let (fuzzy, simple) = (params.flag("fuzzy", false), params.flag("simple", false));
        let target = params.text("target").is_some().then(|| params.flag("target", false));
        let facets = params.words("facets", &FACETS, &["countries", "topics", "datasets"]);
        let takes_all = params.word("filter_op", &["OR", "AND"]) == "AND";
        let asked = filter::Asked::read(params);
        params.finish()?;
        let name = params.text("schema").unwrap_or("Thing");
        let schema = Schema::named(name).ok_or_else(|| Failure::bad("Invalid schema"))?;
        let mut fields: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for field in ["countries", "topics", "datasets"] {
            let values = params.all(field);
            if !values.is_empty() {
                fields.insert(field.to_owned(), values);
            }
        }
        for text in params.all("filter") {
            let Some((field, value)) = text.split_once(':') else {
                return Err(Failure::bad(format!("Invalid filter: '{text}'; write field:value")));
            };
            let field = field.strip_prefix("properties.").unwrap_or(field);
            fields.entry(field.to_owned()).or_default().push(value.to_owned());
        }
        let text = params.text("q").unwrap_or("");
        let query = if simple {
            Query::read_simple(text, fuzzy)
        } else {
            Query::read(text, fuzzy).map_err(|what| Failure::bad(format!("Cannot understand the query: {what}")))?
        };
        Ok(Search {
            query,
            schema,
            // The data set filter of `/search` is a field like others; topics are as well.
            asked: filter::Asked { topics: Vec::new(), ..asked },
            fields,
            takes_all,
            only_targets: target,
            page: Page::clipped(limit, offset),
            sort: params.all("sort").iter().map(|text| Sort::read(text)).collect(),
            facets,
        })
    }
}

/// A thing that fits, and how well.
struct Hit<'a> {
    thing: &'a Thing,
    score: f64,
}

/// Answers a search.
pub(crate) fn answer(live: &Live, dataset: &str, search: &Search) -> Result<Found, Failure> {
    let filter = Filter::new(live, dataset, search.asked.clone())?;
    let library = live.library()?;
    let mut hits: Vec<Hit> = library
        .things
        .par_iter()
        .filter_map(|thing| Some(Hit { score: score(library, search, &filter, thing)?, thing }))
        .collect();
    if search.query.is_late() {
        return Err(Failure::bad(
            "Cannot understand the query: an expression takes too long; make it shorter, or say a field",
        ));
    }
    order(live, search, &mut hits)?;
    let facets = search.facets.iter().map(|field| (*field, facet(live, library, field, &hits))).collect();
    let page = search.page;
    let some = hits.iter().skip(page.offset).take(page.limit);
    let results: Result<Vec<Body>, Failure> = some
        .map(|hit| {
            let (entity, listed) = neighbours::at(&live.node, hit.thing.place)?;
            Ok(Body::of(live, &entity, listed))
        })
        .collect();
    Ok(Found { limit: page.limit, offset: page.offset, total: Total::of(hits.len()), results: results?, facets })
}

fn datasets<'a>(library: &'a Library, thing: &Thing) -> Vec<&'a str> {
    let names = library.datasets();
    thing.datasets.iter().filter_map(|&number| names.get(usize::from(number))).map(String::as_str).collect()
}

/// How well a thing fits; none if it does not.
fn score(library: &Library, search: &Search, filter: &Filter, thing: &Thing) -> Option<f64> {
    if !thing.schema.is_a(search.schema) {
        return None;
    }
    let datasets = datasets(library, thing);
    if !filter.has_thing(thing, &datasets) {
        return None;
    }
    if let Some(wanted) = search.only_targets
        && wanted != thing.texts.of_kind(Kind::Topic).any(topics::is_risk)
    {
        return None;
    }
    let against = Against { id: &thing.id, schema: thing.schema, datasets: &datasets, texts: &thing.texts };
    let fits = |(field, values): (&String, &Vec<String>)| {
        let has = |value: &String| field_has(&against, field, value);
        if search.takes_all { values.iter().all(has) } else { values.iter().any(has) }
    };
    if !search.fields.iter().all(fits) {
        return None;
    }
    let score = search.query.score(&against)?;
    // Of two that fit alike, the one of whom more is known comes first.
    Some(10.0 * score + (0.5 * thing.texts.all().len() as f64).sqrt())
}

/// Whether a field has exactly a value.
fn field_has(against: &Against, field: &str, value: &str) -> bool {
    let kind = match field {
        "datasets" | "dataset" => return against.datasets.contains(&value),
        "schema" | "schemata" => return Schema::named(value).is_some_and(|schema| against.schema.is_a(schema)),
        "id" | "entity_id" | "canonical_id" => return against.id == value,
        "countries" => Some(Kind::Country),
        "topics" => Some(Kind::Topic),
        "genders" => Some(Kind::Gender),
        "identifiers" => Some(Kind::Identifier),
        "names" => Some(Kind::Name),
        _ => None,
    };
    let wanted = match kind {
        Some(Kind::Country | Kind::Topic | Kind::Gender) => value.to_lowercase(),
        _ => folded(value),
    };
    let lower = value.to_lowercase();
    against.texts.all().iter().any(|known| match kind {
        Some(kind) => known.kind == kind && *known.words == wanted,
        None => &*known.property == field && (*known.words == wanted || *known.words == lower),
    })
}

fn order(live: &Live, search: &Search, hits: &mut [Hit<'_>]) -> Result<(), Failure> {
    let best_first = |a: &Hit, b: &Hit| b.score.total_cmp(&a.score).then_with(|| a.thing.id.cmp(&b.thing.id));
    if search.sort.is_empty() {
        hits.sort_by(best_first);
        return Ok(());
    }
    let mut keys: HashMap<&str, Vec<Option<String>>> = HashMap::new();
    for hit in hits.iter() {
        let (entity, _) = neighbours::at(&live.node, hit.thing.place)?;
        keys.insert(&*hit.thing.id, search.sort.iter().map(|sort| sort.key(live, &entity)).collect());
    }
    let key = |hit: &Hit| keys.get(&*hit.thing.id).map_or(&[][..], Vec::as_slice);
    hits.sort_by(|a, b| match Sort::order(&search.sort, key(a), key(b)) {
        Ordering::Equal => best_first(a, b),
        other => other,
    });
    Ok(())
}

fn facet(live: &Live, library: &Library, field: &'static str, hits: &[Hit]) -> Facet {
    let mut counts: HashMap<String, usize> = HashMap::new();
    for hit in hits {
        // A value counts once for an entity, however many properties have it.
        let values: BTreeSet<&str> = match field {
            "datasets" => datasets(library, hit.thing).into_iter().collect(),
            "schema" => BTreeSet::from([hit.thing.schema.name()]),
            "countries" => hit.thing.texts.of_kind(Kind::Country).collect(),
            "topics" => hit.thing.texts.of_kind(Kind::Topic).collect(),
            "identifiers" => hit.thing.texts.of_kind(Kind::Identifier).collect(),
            _ => hit.thing.texts.of_kind(Kind::Gender).collect(),
        };
        for value in values {
            match counts.get_mut(value) {
                Some(count) => *count += 1,
                None => {
                    counts.insert(value.to_owned(), 1);
                }
            }
        }
    }
    let (label, label_of) = labels(live, field);
    let mut values: Vec<FacetValue> =
        counts.into_iter().map(|(name, count)| FacetValue { label: label_of(&name), name, count }).collect();
    values.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.name.cmp(&b.name)));
    values.truncate(VALUES_MAX);
    Facet { label, values }
}

type LabelOf<'a> = Box<dyn Fn(&str) -> String + 'a>;

/// What a facet is called, and its values.
fn labels<'a>(live: &'a Live, field: &str) -> (&'static str, LabelOf<'a>) {
    match field {
        "countries" => {
            ("Countries", Box::new(|code: &str| Country::parse(code).map_or(code, |country| country.name()).to_owned()))
        }
        "topics" => ("Topics", Box::new(|code: &str| topics::label(code).to_owned())),
        "datasets" => (
            "Data sources",
            Box::new(|name: &str| live.catalog().map_or(name, |catalog| catalog.title(name)).to_owned()),
        ),
        "schema" => (
            "Entity types",
            Box::new(|name: &str| Schema::named(name).map_or(name, |schema| schema.plural()).to_owned()),
        ),
        "identifiers" => ("Identifiers", Box::new(str::to_owned)),
        _ => ("Genders", Box::new(|code: &str| Gender::parse(code).map_or(code, |gender| gender.code()).to_owned())),
    }
}
