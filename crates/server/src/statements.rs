//! `GET /statements`: who says what, value by value.
//!
//! In come filters, out comes a page of rows: a value of a property, whose it is, and which list says it. What each list says is read of that list's own record
//! (`Node::said`), not of the joined one, so that a row never names a list that does not have the value. Of lists in memory and of folders of an earlier program only the joined
//! record is known; a row is given then where one data set has all of it, and else none.
//!
//! Of times a row has what is known of the record that the value stands in: `first_seen` is since when the record stands as it is, for when a value came into it before
//! that is not kept, and `last_seen` when the list was read last. No list says the language of a value, or how it came to be (`origin`): both are null.
//! The form is that of OpenSanctions' own API; yente has no such route.

use std::{cmp::Ordering, ops::ControlFlow};

use mihenk_node::{
    Entity,
    entities::{Date, country::Country, gender::Gender},
    seen::{Said, Seen},
};
use serde::Serialize;

use crate::{
    catalog::Scope,
    entity::{cleaned, written},
    library::{Library, Thing},
    live::{self, Live},
    neighbours,
    page::Total,
    params::Params,
    problem::Failure,
    texts::folded,
};

/// Rows of a page that may be asked for.
const PAGE_MAX: usize = 5_000;
/// Rows of a page where none is asked for.
const PAGE: usize = 50;
/// The last row at which a page may begin.
const OFFSET_MAX: usize = 50_000;
/// Rows that are put into another order than that of ids and properties.
const SORTED_MAX: usize = 20_000;

/// A value and who says it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Statement {
    /// What stands for list, entity, property and value; the same in every version that has them.
    id: String,
    /// The entity, as the list calls it.
    entity_id: String,
    /// The entity that it is one with.
    canonical_id: String,
    prop: String,
    prop_type: &'static str,
    schema: &'static str,
    value: String,
    /// As the list writes it, where that is another text.
    original_value: Option<String>,
    dataset: String,
    lang: Option<String>,
    origin: Option<String>,
    first_seen: Option<String>,
    last_seen: Option<String>,
}

/// The answer.
#[derive(Debug, Serialize)]
pub(crate) struct Found {
    results: Vec<Statement>,
    total: Total,
    limit: usize,
    offset: usize,
}

/// A field that rows can be sorted by.
type Key = fn(&Statement) -> Option<&str>;

const KEYS: [(&str, Key); 10] = [
    ("id", |row| Some(&row.id)),
    ("entity_id", |row| Some(&row.entity_id)),
    ("canonical_id", |row| Some(&row.canonical_id)),
    ("prop", |row| Some(&row.prop)),
    ("prop_type", |row| Some(row.prop_type)),
    ("schema", |row| Some(row.schema)),
    ("value", |row| Some(&row.value)),
    ("dataset", |row| Some(&row.dataset)),
    ("first_seen", |row| row.first_seen.as_deref()),
    ("last_seen", |row| row.last_seen.as_deref()),
];

/// What is asked for.
#[derive(Clone)]
pub(crate) struct Asked {
    dataset: Option<String>,
    entity_id: Option<String>,
    canonical_id: Option<String>,
    prop: Option<String>,
    value: Option<String>,
    schema: Option<String>,
    sort: Vec<(Key, bool)>,
    limit: usize,
    offset: usize,
}

impl Asked {
    /// Reads the parameters.
    pub(crate) fn read(params: &mut Params) -> Result<Asked, Failure> {
        let (limit, offset) = (params.count("limit", PAGE, PAGE_MAX), params.count("offset", 0, OFFSET_MAX));
        params.finish()?;
        let sort = params.all("sort").iter().map(|text| sort_of(text)).collect::<Result<_, _>>()?;
        let text = |name: &str| params.text(name).filter(|text| !text.is_empty()).map(str::to_owned);
        Ok(Asked {
            dataset: text("dataset"),
            entity_id: text("entity_id"),
            canonical_id: text("canonical_id"),
            prop: text("prop"),
            value: text("value"),
            schema: text("schema"),
            sort,
            limit,
            offset,
        })
    }

    /// Whether rows of a thing may fit, by what is known of it without reading it.
    fn may_have(&self, library: &Library, scope: &Scope, forms: Option<&Forms>, thing: &Thing) -> bool {
        let texts = thing.texts.all();
        let has_value = |value: &Forms| texts.iter().any(|known| value.may_be(&known.words));
        let names = library.datasets();
        let mut datasets = thing.datasets.iter().filter_map(|&number| names.get(usize::from(number)));
        (scope.0.is_none() || datasets.any(|name| scope.has([name])))
            && self.prop.as_ref().is_none_or(|prop| texts.iter().any(|known| *known.property == **prop))
            && forms.is_none_or(has_value)
    }

    /// Whether a row fits.
    fn has(&self, scope: &Scope, row: &Statement) -> bool {
        let is = |asked: &Option<String>, value: &str| asked.as_ref().is_none_or(|asked| asked == value);
        let original = row.original_value.as_deref().unwrap_or(&row.value);
        scope.has([&row.dataset])
            && is(&self.entity_id, &row.entity_id)
            && is(&self.canonical_id, &row.canonical_id)
            && is(&self.prop, &row.prop)
            && is(&self.schema, row.schema)
            && (is(&self.value, &row.value) || is(&self.value, original))
    }
}

/// How a value that is asked for may stand among the texts of a thing: as words, as a code, as a date that is written otherwise.
struct Forms {
    whole: Vec<String>,
    year: Option<String>,
}

impl Forms {
    fn of(value: &str) -> Forms {
        let country = Country::parse(value).map(|country| country.code().to_owned());
        let gender = Gender::parse(value).map(|gender| gender.code().to_owned());
        let whole = [folded(value), value.to_lowercase()].into_iter().chain(country).chain(gender).collect();
        let year = Date::parse(value).ok().and_then(|date| date.to_string().get(..4).map(str::to_owned));
        Forms { whole, year }
    }

    fn may_be(&self, words: &str) -> bool {
        self.whole.iter().any(|form| form == words) || self.year.as_ref().is_some_and(|year| words.contains(year))
    }
}

fn sort_of(text: &str) -> Result<(Key, bool), Failure> {
    let (name, order) = text.rsplit_once(':').unwrap_or((text, "asc"));
    let key = KEYS.iter().find(|(known, _)| *known == name);
    let names = || KEYS.map(|(name, _)| name).join(", ");
    let (_, key) = key.ok_or_else(|| Failure::bad(format!("Invalid sort: '{name}'; there are {}", names())))?;
    Ok((*key, order == "desc"))
}

/// Answers.
pub(crate) fn answer(live: &Live, asked: &Asked) -> Result<Found, Failure> {
    let scope = match &asked.dataset {
        Some(name) => live.scope(name, &[], &[])?,
        None => Scope(None),
    };
    let mut rows = Vec::new();
    // Rows are read in the order of ids; of a page in that order nothing behind it has to be read.
    let enough = if asked.sort.is_empty() { asked.offset + asked.limit } else { SORTED_MAX };
    let mut is_whole = true;
    each_entity(live, asked, &scope, |entity| {
        let mut some = of_entity(live, entity)?;
        some.retain(|row| asked.has(&scope, row));
        some.sort_by(|a, b| a.prop.cmp(&b.prop).then_with(|| a.id.cmp(&b.id)));
        rows.append(&mut some);
        is_whole = rows.len() <= enough;
        Ok(if is_whole { ControlFlow::Continue(()) } else { ControlFlow::Break(()) })
    })?;
    if !asked.sort.is_empty() {
        if !is_whole {
            let told = format!("more than {SORTED_MAX} statements cannot be sorted; ask for fewer, or without sort");
            return Err(Failure::bad(told));
        }
        rows.sort_by(|a, b| order(&asked.sort, a, b));
    }
    let total = if is_whole { Total::of(rows.len()) } else { Total::at_least(rows.len()) };
    let results = rows.into_iter().skip(asked.offset).take(asked.limit).collect();
    Ok(Found { results, total, limit: asked.limit, offset: asked.offset })
}

fn order(sort: &[(Key, bool)], a: &Statement, b: &Statement) -> Ordering {
    let orders = sort.iter().map(|(key, is_descending)| match (key(a), key(b)) {
        (Some(a), Some(b)) if *is_descending => b.cmp(a),
        (Some(a), Some(b)) => a.cmp(b),
        (a, b) => b.is_some().cmp(&a.is_some()),
    });
    let by_id = std::iter::once_with(|| a.canonical_id.cmp(&b.canonical_id).then_with(|| a.id.cmp(&b.id)));
    orders.chain(by_id).find(|order| order.is_ne()).unwrap_or(Ordering::Equal)
}

/// Calls `act` with entities of which rows may fit, in the order of their ids, until it has enough.
fn each_entity(
    live: &Live,
    asked: &Asked,
    scope: &Scope,
    mut act: impl FnMut(&Entity) -> Result<ControlFlow<()>, Failure>,
) -> Result<(), Failure> {
    let library = live.library()?;
    if let Some(id) = asked.canonical_id.as_ref().or(asked.entity_id.as_ref()) {
        let canonical = live.node.lookup().canonical(id);
        let canonical = library.referent(canonical).unwrap_or(canonical);
        if let Some(place) = library.place(canonical) {
            let _ = act(&neighbours::at(&live.node, place)?.0)?;
        }
        return Ok(());
    }
    let forms = asked.value.as_deref().map(Forms::of);
    let mut things: Vec<&Thing> =
        library.things.iter().filter(|thing| asked.may_have(library, scope, forms.as_ref(), thing)).collect();
    things.sort_unstable_by(|a, b| a.id.cmp(&b.id));
    for thing in things {
        if act(&neighbours::at(&live.node, thing.place)?.0)?.is_break() {
            break;
        }
    }
    Ok(())
}

/// All rows of an entity.
fn of_entity(live: &Live, entity: &Entity) -> Result<Vec<Statement>, Failure> {
    let ids = || {
        let others = entity.referents.iter().map(String::as_str).filter(|id| *id != entity.id.as_str());
        std::iter::once(entity.id.as_str()).chain(others)
    };
    let mut said = live.node.said(ids())?;
    if said.is_empty()
        && let [dataset] = entity.datasets.as_slice()
    {
        let seen = live::seen_of(&live.node, entity);
        said.push(Said { dataset: dataset.clone(), entity: entity.clone(), seen });
    }
    Ok(said.iter().flat_map(|said| of_record(said, entity.id.as_str())).collect())
}

/// The rows of what a list says.
fn of_record(said: &Said, canonical: &str) -> Vec<Statement> {
    let Said { dataset, entity, seen } = said;
    // A list that is one of several tells which of them has it; of what several have, the list is who says it.
    let dataset = if let [one] = entity.datasets.as_slice() { one } else { dataset };
    let Seen { last, change, .. } = *seen;
    let mut rows = Vec::new();
    for (prop, values) in &entity.properties {
        let property = entity.schema.property(prop);
        for original in values {
            let value = property.and_then(|property| cleaned(property, original)).unwrap_or_else(|| original.clone());
            rows.push(Statement {
                id: id_of([dataset, entity.id.as_str(), prop, original]),
                entity_id: entity.id.to_string(),
                canonical_id: canonical.to_owned(),
                prop: prop.clone(),
                prop_type: property.map_or("string", |property| property.type_name),
                schema: entity.schema.name(),
                original_value: (value != *original).then(|| original.clone()),
                value,
                dataset: dataset.clone(),
                lang: None,
                origin: None,
                first_seen: change.and_then(written),
                last_seen: last.and_then(written),
            });
        }
    }
    rows
}

/// What stands for these texts: the first 20 bytes of a SHA-256, in hexadecimal.
fn id_of(parts: [&str; 4]) -> String {
    let mut context = ring::digest::Context::new(&ring::digest::SHA256);
    for part in parts {
        context.update(&(part.len() as u64).to_be_bytes());
        context.update(part.as_bytes());
    }
    context.finish().as_ref()[..20].iter().map(|byte| format!("{byte:02x}")).collect()
}
